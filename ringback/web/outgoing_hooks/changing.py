"""Owners add, change, try and remove outgoing hooks."""

from typing import NoReturn

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from ringback.domain.outgoing_hooks import MOST_HOOKS
from ringback.domain.phrases import phrase
from ringback.store import outgoing_hooks as stored
from ringback.web.outgoing_hooks.showing import hook_page, list_page, secret_page
from ringback.web.pages.forms import read_form, read_pairs
from ringback.web.pages.visits import Visit
from ringback.workflows import hook_changes
from ringback.workflows.hook_changes import TOO_MANY, Wish
from ringback.workflows.outgoing_hooks import send_one

_MOST_FIELDS = 20


async def _read(visit: Visit) -> Wish:
    pairs = await read_pairs(visit.request, _MOST_FIELDS)
    urls = [value for name, value in pairs if name == "url"]
    return hook_changes.read_wish(urls[-1] if urls else "", [value for name, value in pairs if name == "events"])


def _gone() -> NoReturn:
    raise HTTPException(404)


def _to(visit: Visit, query: str = "") -> Response:
    return RedirectResponse(f"/outgoing-hooks/{visit.path_id('hook_id')}{query}", 303)


async def add(visit: Visit) -> Response:
    """Add a hook and show its secret, this once."""
    wish = await _read(visit)
    # Before any transaction: a name server may take seconds.
    troubles = await hook_changes.find_troubles(visit.context, wish)
    async with visit.desk() as desk:
        if not troubles:
            added = await hook_changes.add_hook(visit.context, desk.connection, desk.business_id, wish, visit.who)
            if added is not None:
                return await secret_page(visit, desk, added.hook_id, added.secret, is_new=True)
            troubles = {"url": phrase(TOO_MANY.msgid, most=MOST_HOOKS)}
        return await list_page(visit, desk, troubles, (wish.url, wish.events))


async def change(visit: Visit) -> Response:
    """Save address and events."""
    hook_id, wish = visit.path_id("hook_id"), await _read(visit)
    troubles = await hook_changes.find_troubles(visit.context, wish)
    async with visit.desk() as desk:
        if troubles:
            return await hook_page(visit, desk, hook_id, troubles, (wish.url, wish.events))
        who = visit.who
        if not await hook_changes.change_hook(visit.context, desk.connection, desk.business_id, hook_id, wish, who):
            _gone()
    return _to(visit, "?saved=1")


async def switch(visit: Visit) -> Response:
    """Switch a hook on or off."""
    hook_id, is_on = visit.path_id("hook_id"), (await read_form(visit.request)).get("on") == "yes"
    async with visit.desk() as desk:
        who, connection = visit.who, desk.connection
        if not await hook_changes.switch_hook(visit.context, connection, desk.business_id, hook_id, who, on=is_on):
            _gone()
    return _to(visit)


async def renew(visit: Visit) -> Response:
    """Make a new secret and show it, this once."""
    hook_id = visit.path_id("hook_id")
    async with visit.desk() as desk:
        who = visit.who
        secret = await hook_changes.renew_secret(visit.context, desk.connection, desk.business_id, hook_id, who)
        if secret is None:
            _gone()
        return await secret_page(visit, desk, hook_id, secret, is_new=False)


async def remove(visit: Visit) -> Response:
    """Remove a hook."""
    hook_id = visit.path_id("hook_id")
    async with visit.desk() as desk:
        who = visit.who
        if not await hook_changes.remove_hook(visit.context, desk.connection, desk.business_id, hook_id, who):
            _gone()
    return RedirectResponse("/outgoing-hooks", 303)


async def send_test(visit: Visit) -> Response:
    """Send a test and show what became of it."""
    hook_id = visit.path_id("hook_id")
    async with visit.desk() as desk:
        delivery_id = await hook_changes.add_test(visit.context, desk.connection, desk.business_id, hook_id)
        if delivery_id is None:
            _gone()
    # At once and not by its job, so that the page can say what came of it; the job is there if this is cut short.
    await send_one(visit.context, visit.business_id, hook_id, delivery_id)
    return _to(visit, f"?sent={delivery_id}")


async def send_again(visit: Visit) -> Response:
    """Send a delivery again, under the id it had."""
    hook_id, delivery_id = visit.path_id("hook_id"), visit.path_id("delivery_id")
    async with visit.desk() as desk:
        connection, business_id = desk.connection, desk.business_id
        if not await stored.put_delivery_back(connection, business_id, hook_id, delivery_id, desk.now):
            _gone()
    await send_one(visit.context, visit.business_id, hook_id, delivery_id)
    return _to(visit, f"?sent={delivery_id}")
