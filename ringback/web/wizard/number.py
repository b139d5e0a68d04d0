"""Step 2: the number that callers dial or that their calls are forwarded to."""

from typing import Any
from urllib.parse import urlsplit

from starlette.responses import Response

from ringback.domain.business import Line, Mode
from ringback.domain.forwarding_codes import carriers_of
from ringback.domain.going_live import Checked
from ringback.domain.owned_numbers import OwnedNumber
from ringback.domain.phrases import Phrase
from ringback.store import set_up
from ringback.web.pages.visits import Desk, Visit
from ringback.web.wizard.steps import line_in_hand, step_page
from ringback.workflows.going_live import Trouble, ask_account, ask_numbers, check_hooks
from ringback.workflows.line_tests import pretend_company
from ringback.workflows.secrets import open_account

KIND = "twilio"
_FIELDS = ("account_sid", "number", "mode", "old_number", "registration")


async def show_number(visit: Visit) -> Response:
    """Show the number that is connected, or the ways to connect one."""
    return await number_page(visit, {}, {})


async def number_page(visit: Visit, given: dict[str, str], troubles: dict[str, Phrase]) -> Response:
    """Return the page; outside companies are asked before its transaction begins, never within one."""
    # An outside company may take seconds: no lock and no connection of ours waits for it.
    async with visit.desk() as desk:
        line = line_in_hand(desk.business)
        settings = await line_settings(visit, desk, line)
        account = await kept_account(visit, desk)
    wants_more = "more" in visit.request.query_params or bool(given) or account is not None
    values: dict[str, Any] = {
        "line": line,
        "is_pretend": line is not None and pretend_company(visit.context, settings) is not None,
        "wants_more": line is None or wants_more,
        "hooks": None,
        "hook_urls": {},
        "carriers": (),
        "can_pretend": False,
        "is_reachable": _is_reachable(visit.context.public_url),
        "public_url": visit.context.public_url,
        "given": {**dict.fromkeys(_FIELDS, ""), **given},
        "troubles": troubles,
        **await _account_values(visit, account, troubles),
    }
    if line is not None and not values["is_pretend"]:
        values |= await _line_values(visit, line, settings)
    # Offered only while it answers: a button that leads nowhere is worse than none.
    if values["wants_more"] and not values["is_pretend"]:
        company = pretend_company(visit.context)
        values["can_pretend"] = company is not None and await company.is_running()
    async with visit.desk() as desk:
        if line is not None and line.mode is Mode.OVERFLOW:
            values["carriers"] = carriers_of(desk.business.country, line.number)
        return await step_page(visit, desk, "number", values)


async def line_settings(visit: Visit, desk: Desk, line: Line | None) -> dict[str, str]:
    """Return the provider's settings of a line, secrets included: never shown."""
    if line is None:
        return {}
    return await visit.context.line_settings(desk.connection, desk.business_id, line.line_id)


async def kept_account(visit: Visit, desk: Desk) -> dict[str, str] | None:
    """Return credentials whose number is not chosen yet; never shown."""
    kept = (await set_up.load_set_up(desk.connection, desk.business_id)).account
    return open_account(visit.context.sealer, desk.business_id, kept)


def _is_reachable(public_url: str) -> bool:
    """Return whether a phone company can reach this address, as far as can be told from here."""
    # Twilio takes plain http as well, but then anybody on the way reads what callers write.
    return urlsplit(public_url).scheme == "https"


async def _line_values(visit: Visit, line: Line, settings: dict[str, str]) -> dict[str, Any]:
    provider = visit.context.providers[line.provider]
    urls = provider.hook_urls(visit.context.address(line))
    hooks: Checked = await check_hooks(visit.context, provider, line, settings)
    return {"hooks": hooks, "hook_urls": {name: url for name, url in urls.items() if name != "message_status"}}


async def _account_values(visit: Visit, account: Any, troubles: dict[str, Phrase]) -> dict[str, Any]:
    """Return the account between its check and the choice of a number, with the numbers to choose from."""
    book = visit.context.providers[KIND].number_book
    if account is None or book is None:
        return {"account": None, "numbers": ()}
    found = await ask_account(visit.context, book(account))
    numbers = found if isinstance(found, Trouble) else await ask_numbers(visit.context, book(account))
    if isinstance(numbers, Trouble):
        troubles.setdefault("account", numbers.sentence)
        return {"account": None, "numbers": ()}
    return {"account": found, "numbers": sorted(numbers, key=_best_first)}


def _best_first(number: OwnedNumber) -> tuple[bool, bool, str]:
    return not (number.can_ring and number.can_text), bool(number.led_elsewhere), number.phone
