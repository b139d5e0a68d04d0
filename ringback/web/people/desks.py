"""Owners make the device in front of them a shared desk, and say when it locks."""

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from ringback.domain.phrases import phrase
from ringback.store import desks, sessions, sign_in_tokens
from ringback.store.audit import Change
from ringback.store.desks import Desk as SharedDesk
from ringback.store.ids import new_id
from ringback.store.sign_in_tokens import Opens, TokenPurpose, new_token
from ringback.web import auth
from ringback.web.devices import DESK_COOKIE
from ringback.web.pages.forms import read_form, read_number
from ringback.web.pages.visits import Desk, Visit
from ringback.web.people.fields import name_trouble
from ringback.web.people.staffing import people_page

# Browsers keep no cookie for longer.
_COOKIE_DAYS = 400
_SHORTEST, _LONGEST, _USUAL = 1, 240, 5
_WRONG_MINUTES = phrase("Write how many minutes, from 1 to 240. Nothing was changed.")


async def share_device(visit: Visit) -> Response:
    """Make this browser a shared desk."""
    form = await read_form(visit.request)
    name, minutes = form.get("name", "").strip(), _minutes(form)
    found = {"desk-name": name_trouble(name), "desk-minutes": None if minutes else _WRONG_MINUTES}
    troubles = {field: trouble for field, trouble in found.items() if trouble is not None}
    async with visit.desk() as desk:
        if troubles or minutes is None:
            typed = {"desk_name": name, "desk_minutes": form.get("minutes", "")}
            return await people_page(visit, desk, 422, troubles=troubles, typed=typed)
        token = await _share(visit, desk, SharedDesk(new_id(), name, minutes))
    response = RedirectResponse("/people#desks", 303)
    secure = auth.is_https(visit.request, visit.context)
    auth.set_cookie(response, token, secure, DESK_COOKIE, _COOKIE_DAYS)
    return response


async def _share(visit: Visit, desk: Desk, shared: SharedDesk) -> str:
    token, session_id = new_token(), visit.signed_in.session_id
    await desks.add_desk(desk.connection, desk.business_id, shared, visit.signed_in.name, desk.now)
    opens = Opens(TokenPurpose.DESK, None, desk.business_id, shared.desk_id)
    await sign_in_tokens.save_token(desk.connection, token, opens, desk.now, None)
    if session_id is not None:
        # Or the owner would stay signed in at the reception for a month.
        await sessions.put_on_desk(desk.connection, session_id, shared.desk_id, shared.idle_minutes)
    change = Change("people.desk_shared", shared.name, after={"idle_minutes": shared.idle_minutes})
    await visit.note(desk, change)
    return token


async def set_minutes(visit: Visit) -> Response:
    """Set after how many minutes without a person a desk locks."""
    desk_id, minutes = visit.path_id("desk_id"), _minutes(await read_form(visit.request))
    async with visit.desk() as desk:
        if minutes is None:
            return await people_page(visit, desk, 422, trouble=_WRONG_MINUTES)
        before = await desks.load_desk(desk.connection, desk.business_id, desk_id)
        if before is None or not await desks.set_desk_minutes(desk.connection, desk.business_id, desk_id, minutes):
            raise HTTPException(404)
        await sessions.set_idle_minutes(desk.connection, desk_id, minutes)
        change = Change("people.desk_minutes", before.name, before.idle_minutes, minutes)
        await visit.note(desk, change)
    return RedirectResponse("/people#desks", 303)


async def end_desk(visit: Visit) -> Response:
    """Share a device no longer; who came in there by PIN is signed out."""
    desk_id = visit.path_id("desk_id")
    async with visit.desk() as desk:
        name = await desks.end_desk(desk.connection, desk.business_id, desk_id, desk.now)
        if name is None:
            raise HTTPException(404)
        await sign_in_tokens.end_tokens_of_subject(desk.connection, desk_id)
        await sessions.end_desk_sessions(desk.connection, desk_id)
        await visit.note(desk, Change("people.desk_ended", name))
    return RedirectResponse("/people#desks", 303)


def _minutes(form: dict[str, str]) -> int | None:
    minutes = read_number(form.get("minutes", str(_USUAL)).strip())
    return minutes if minutes is not None and _SHORTEST <= minutes <= _LONGEST else None
