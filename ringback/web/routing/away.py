"""Busy until 3, by one tap: me, or everyone."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from ringback.domain.away import at_local, is_reasonable
from ringback.domain.hours import minute_of
from ringback.domain.phrases import phrase
from ringback.store import away
from ringback.store.away import NewAway
from ringback.web.pages.forms import read_form, read_number
from ringback.web.pages.visits import Desk, Visit
from ringback.workflows.away import come_back, go_away

_TAPS = (30, 60, 120)
_NO_TIME = phrase("Choose until when: a time of day that is still to come.")
_NOT_ON_THE_LIST = phrase("You are not on the staff list, so no calls come to you. Choose everyone.")


async def show_away(visit: Visit) -> Response:
    """Show who is away, and the taps that say so."""
    async with visit.desk() as desk:
        return await _page(visit, desk)


async def _page(visit: Visit, desk: Desk, status: int = 200, **more: Any) -> Response:
    shown = {
        "away": await away.list_away(desk.connection, desk.business_id, desk.now),
        "taps": _TAPS,
        "trouble": None,
        **more,
        "typed": defaultdict(str, more.get("typed", {})),
    }
    return await visit.page(desk, "routing/away.html", status, **shown)


async def go(visit: Visit) -> Response:
    """Note that this person, or everyone, is away until a time or for so many minutes."""
    form = await read_form(visit.request)
    async with visit.desk() as desk:
        until = _until(form, desk.now, desk.business.zone)
        if until is None or not is_reasonable(until, desk.now):
            return await _page(visit, desk, 422, trouble=_NO_TIME, typed=form)
        whose = _whose(visit, form)
        if whose is None and form.get("who") != "everyone":
            return await _page(visit, desk, 422, trouble=_NOT_ON_THE_LIST, typed=form)
        new = NewAway(whose, until, visit.signed_in.name)
        await go_away(desk.connection, desk.business_id, new, desk.now, visit.signed_in.person_id)
    return RedirectResponse("/away", 303)


def _whose(visit: Visit, form: dict[str, str]) -> UUID | None:
    return None if form.get("who") == "everyone" else visit.signed_in.staff_id


def _until(form: dict[str, str], now: datetime, zone: str) -> datetime | None:
    """The minutes of a tap, else the local time of day that was chosen."""
    minutes = read_number(form.get("minutes", ""))
    if minutes is not None:
        return now + timedelta(minutes=min(minutes, 60 * 24 * 30))
    # A browser without script sends whatever was typed into the field of the time.
    try:
        hour, minute = divmod(minute_of(form.get("at", "")), 60)
    except ValueError:
        return None
    today = now.astimezone(ZoneInfo(zone)).date()
    on: date = today + timedelta(days=form.get("day") == "tomorrow")
    return at_local(on, hour, minute, zone) if hour < 24 else at_local(on + timedelta(days=1), 0, minute, zone)


async def end(visit: Visit) -> Response:
    """Somebody is back: this person, everyone, or a colleague who forgot to say so."""
    form = await read_form(visit.request)
    async with visit.desk() as desk:
        # Whoever forgot to say that they are back would get no call for hours: any colleague may say it.
        staff_id = _named(desk, form.get("staff", ""))
        by = visit.signed_in
        await come_back(desk.connection, desk.business_id, staff_id, by.name, desk.now, by.person_id)
    return RedirectResponse("/away", 303)


def _named(desk: Desk, text: str) -> UUID | None:
    if text == "everyone":
        return None
    found = next((one.staff_id for one in desk.business.staff if str(one.staff_id) == text), None)
    if found is None:
        raise HTTPException(404)
    return found
