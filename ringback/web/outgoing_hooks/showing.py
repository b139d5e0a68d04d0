"""The list of outgoing hooks, and one hook with its last deliveries."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from starlette.exceptions import HTTPException
from starlette.responses import Response

from ringback.domain.outgoing_hooks import MOST_HOOKS, hides_details
from ringback.domain.phrases import Phrase
from ringback.store import outgoing_hooks as stored
from ringback.web.outgoing_hooks import words
from ringback.web.pages.visits import Desk, Visit

_SHOWN_DELIVERIES = 30


async def show_hooks(visit: Visit) -> Response:
    """List the hooks with a form for another one."""
    async with visit.desk() as desk:
        return await list_page(visit, desk)


async def list_page(
    visit: Visit,
    desk: Desk,
    troubles: Mapping[str, Phrase] | None = None,
    typed: tuple[str, Sequence[str]] | None = None,
) -> Response:
    """Return the list; `troubles` by field and `typed` (address, events) are of a form that was refused."""
    hooks = await stored.list_hooks(desk.connection, desk.business_id)
    url, events = typed or ("", [event.value for event in words.EVENTS])
    shown = {"hooks": hooks, "is_full": len(hooks) >= MOST_HOOKS, "most": MOST_HOOKS, "url": url, "chosen": events}
    return await _page(visit, desk, "outgoing_hooks/hooks.html", shown, troubles)


async def show_hook(visit: Visit) -> Response:
    """Show one hook."""
    async with visit.desk() as desk:
        return await hook_page(visit, desk, visit.path_id("hook_id"))


async def hook_page(
    visit: Visit,
    desk: Desk,
    hook_id: UUID,
    troubles: Mapping[str, Phrase] | None = None,
    typed: tuple[str, Sequence[str]] | None = None,
) -> Response:
    """Return the page of one hook; raises 404."""
    hook = await stored.get_hook(desk.connection, desk.business_id, hook_id)
    if hook is None:
        raise HTTPException(404)
    found = await stored.list_hook_deliveries(desk.connection, desk.business_id, hook_id, _SHOWN_DELIVERIES)
    sent = visit.request.query_params.get("sent")
    url, events = typed or (hook["url"], hook["events"])
    shown = {
        "hook": hook,
        "deliveries": found,
        "sent": next((one for one in found if str(one["delivery_id"]) == sent), None),
        "url": url,
        "chosen": events,
    }
    return await _page(visit, desk, "outgoing_hooks/hook.html", shown, troubles)


async def secret_page(visit: Visit, desk: Desk, hook_id: UUID, secret: str, *, is_new: bool) -> Response:
    """Show a secret: this once, because it is kept sealed and never shown again."""
    return await visit.page(desk, "outgoing_hooks/secret.html", hook_id=hook_id, secret=secret, is_new=is_new)


async def _page(
    visit: Visit, desk: Desk, template: str, shown: dict[str, Any], troubles: Mapping[str, Phrase] | None
) -> Response:
    told: dict[str, Any] = {"events": words.EVENTS, "kinds": words.KINDS, "failures": words.FAILURES, "off": words.OFF}
    status = 422 if troubles else 200
    is_hidden = hides_details(desk.business)
    return await visit.page(desk, template, status, **shown, **told, troubles=troubles or {}, is_hidden=is_hidden)
