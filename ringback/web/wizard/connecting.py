"""What step 2 does: credentials checked live, a number chosen, its addresses set at the phone company for the owner."""

from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from ringback.domain.business import Line, Mode, Registration
from ringback.domain.business_file import BusinessFileError
from ringback.domain.phones import normalise_phone
from ringback.domain.phrases import Phrase, phrase
from ringback.store import set_up
from ringback.store.audit import Change
from ringback.web.pages.forms import read_form
from ringback.web.pages.visits import Desk, Visit
from ringback.web.wizard.number import KIND, kept_account, line_settings, number_page
from ringback.web.wizard.steps import after, beside
from ringback.workflows.context import line_of
from ringback.workflows.first_steps import NewLine, connect_line, let_go
from ringback.workflows.going_live import Trouble, ask_account, ask_numbers, find_number, point_here
from ringback.workflows.line_tests import NotRunning, pretend_company
from ringback.workflows.secrets import seal_account

_NO_LINE = phrase("There is no such number here.")
_NOT_RUNNING = phrase("The pretend phone company does not answer. Start it with `ringback sandbox`, then try again.")
_MODES = {"front": Mode.FRONT, "overflow": Mode.OVERFLOW}
_FIELDS = {"number": "number", "forwarding_number": "old_number"}


async def connect_pretend(visit: Visit) -> Response:
    """Connect a number of the pretend phone company: one click, no account, nobody is texted in earnest."""
    company = pretend_company(visit.context)
    if company is None:
        raise HTTPException(404, _NOT_RUNNING)
    try:
        # Front, not overflow: the newcomer sees the phones ring, as they will.
        number, settings = await company.open_account()
        new = NewLine(number, KIND, Mode.FRONT, settings, registration=Registration.NOT_NEEDED)
        async with visit.desk() as desk:
            line = await connect_line(desk.connection, visit.context, desk.business, new, visit.who)
        hooks = visit.context.providers[KIND].hook_urls(visit.context.address(line))
        await company.connect(line, settings, hooks)
    except NotRunning:
        return await number_page(visit, {"way": "pretend"}, {"pretend": _NOT_RUNNING})
    return after("number")


async def check_account(visit: Visit) -> Response:
    """Ask Twilio whether the credentials are right, and keep them until a number is chosen."""
    form = await read_form(visit.request)
    given = {"account_sid": form.get("account_sid", "").strip()[:80]}
    token = form.get("auth_token", "").strip()[:200]
    troubles = _troubles_with(given["account_sid"], token)
    if troubles:
        return await number_page(visit, given, troubles)
    account = {**given, "auth_token": token}
    try:
        book = visit.context.providers[KIND].number_book
        found = await ask_account(visit.context, book(account)) if book else None
    except ValueError:
        return await number_page(visit, given, {"auth_token": _ODD})
    if isinstance(found, Trouble):
        return await number_page(visit, given, {"account": found.sentence})
    async with visit.desk() as desk:
        kept = seal_account(visit.context.sealer, desk.business_id, account)
        await set_up.keep_account(desk.connection, desk.business_id, kept, desk.now)
    return RedirectResponse("/set-up/number?more", 303)


_ODD = phrase("There is a space or a sign in it that Twilio never uses. Copy it once more.")


def _troubles_with(sid: str, token: str) -> dict[str, Phrase]:
    troubles = {}
    # The commonest slip: an API key or a number's id, both of which look the same in the console.
    if not sid.startswith("AC"):
        troubles["account_sid"] = (
            phrase("This begins with %(start)s. The Account SID begins with AC.", start=sid[:2])
            if sid
            else phrase("Copy the Account SID from the start page of the Twilio console. It begins with AC.")
        )
    if not token:
        troubles["auth_token"] = phrase("Copy the Auth Token from the same page: press “Show” there first.")
    return troubles


async def forget_account(visit: Visit) -> Response:
    """Forget the credentials, so that others can be typed."""
    async with visit.desk() as desk:
        await set_up.keep_account(desk.connection, desk.business_id, None, desk.now)
    return RedirectResponse("/set-up/number?more", 303)


async def connect_number(visit: Visit) -> Response:
    """Connect the chosen number, and let its calls and texts come here."""
    form = await read_form(visit.request)
    given = {name: form.get(name, "").strip()[:80] for name in ("number", "mode", "old_number", "registration")}
    async with visit.desk() as desk:
        account = await kept_account(visit, desk)
        old_number = normalise_phone(given["old_number"], desk.business.country)
    if account is None:
        return RedirectResponse("/set-up/number?more", 303)
    # Asked anew: what the page offered may be minutes old, and a form can be sent by hand.
    number, troubles = await _chosen(visit, account, given)
    if given["old_number"] and old_number is None:
        troubles["old_number"] = phrase("This is no phone number. Write it as you would dial it.")
    if troubles:
        return await number_page(visit, given, troubles)
    mode = _MODES[given["mode"]]
    forwarding = old_number if mode is Mode.OVERFLOW else None
    registration = Registration(given["registration"] or "unknown")
    new = NewLine(number, KIND, mode, account, forwarding, registration)
    try:
        async with visit.desk() as desk:
            line = await connect_line(desk.connection, visit.context, desk.business, new, visit.who)
    except BusinessFileError as error:
        return await number_page(visit, given, beside(error, _places(error)))
    await _point(visit, line, account)
    return RedirectResponse("/set-up/number", 303)


def _places(error: BusinessFileError) -> dict[str, str]:
    """Return the field of the page for each place that speaks of a line, whichever line of the document it is."""
    ends = ((found.place, found.place.rpartition(".")[2]) for found in error.found if found.place.startswith("lines"))
    return {place: _FIELDS[end] for place, end in ends if end in _FIELDS}


async def _chosen(visit: Visit, account: Mapping[str, str], given: Mapping[str, str]) -> tuple[str, dict[str, Phrase]]:
    """Return the number, as the account has it, or what is wrong with the choice."""
    troubles: dict[str, Phrase] = {}
    book = visit.context.providers[KIND].number_book
    numbers = await ask_numbers(visit.context, book(account)) if book else ()
    if isinstance(numbers, Trouble):
        return "", {"number": numbers.sentence}
    chosen = next((number for number in numbers if number.phone == given["number"]), None)
    if chosen is None:
        troubles["number"] = phrase("Choose one of the numbers.")
    elif not chosen.can_text:
        troubles["number"] = phrase("This number cannot text, and texting is what it is for. Choose another one.")
    elif not chosen.can_ring:
        troubles["number"] = phrase("This number cannot take calls, so no call could be missed. Choose another one.")
    if given["mode"] not in _MODES:
        troubles["mode"] = phrase("Say how callers reach you.")
    if given["registration"] not in ("", *Registration):
        troubles["registration"] = phrase("Choose one of these.")
    return (chosen.phone if chosen else ""), troubles


async def _point(visit: Visit, line: Line, settings: Mapping[str, str]) -> None:
    """Set the number's addresses; the page says afterwards whether they are right, and how to set them by hand."""
    provider = visit.context.providers[line.provider]
    found = await find_number(visit.context, provider, line, settings)
    # Nothing is lost where it cannot be set: the page reads it back, and shows the way by hand.
    if provider.number_book is None or found is None or isinstance(found, Trouble):
        return
    await point_here(visit.context, provider.number_book(settings), found.number_id, visit.context.address(line))


async def set_hooks(visit: Visit) -> Response:
    """Set a number's addresses at its phone company once more."""
    line, settings = await _of_path(visit)
    await _point(visit, line, settings)
    async with visit.desk() as desk:
        await visit.note(desk, Change("line.hooks_set", line.number))
    return RedirectResponse("/set-up/number", 303)


async def end_line(visit: Visit) -> Response:
    """Let go of a number that never went live, or of a pretend one."""
    line, settings = await _of_path(visit)
    may_go = line.in_set_up or pretend_company(visit.context, settings) is not None
    async with visit.desk() as desk:
        if not may_go or not await let_go(desk.connection, desk.business, line.line_id, visit.who, desk.now):
            raise HTTPException(404, _NO_LINE)
    return RedirectResponse("/set-up/number", 303)


async def _of_path(visit: Visit) -> tuple[Line, dict[str, str]]:
    line_id = visit.path_id("line_id")
    async with visit.desk() as desk:
        return await _load(visit, desk, line_of(desk.business, line_id))


async def _load(visit: Visit, desk: Desk, line: Line | None) -> tuple[Line, dict[str, str]]:
    if line is None:
        raise HTTPException(404, _NO_LINE)
    return line, await line_settings(visit, desk, line)
