"""May we text this number now? The rules that apply, why, and when the next text may go."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from starlette.responses import Response

from ringback.domain.business import Business
from ringback.domain.law.explaining import Explained, explain_law, read_local, zone_of
from ringback.domain.phones import normalise_phone
from ringback.domain.phrases import Phrase, phrase
from ringback.domain.quiet import allowed_at
from ringback.web.pages.forms import read_form
from ringback.web.pages.visits import Desk, Visit

_NO_NUMBER = phrase("That is no phone number. Write it as you would dial it, like (305) 555-0142.")
_NO_TIME = phrase("Choose both a day and a time, or leave both empty for now.")
_FIELDS = ("number", "address", "day", "clock")
_LONGEST = 200


async def show_form(visit: Visit) -> Response:
    """Ask for a number."""
    async with visit.desk() as desk:
        return await _page(visit, desk, {})


async def answer(visit: Visit) -> Response:
    """Say whether the number may be texted, with the form kept as it was filled in."""
    form = await read_form(visit.request)
    typed = {field: form.get(field, "").strip()[:_LONGEST] for field in _FIELDS}
    async with visit.desk() as desk:
        troubles: dict[str, Phrase] = {}
        phone = normalise_phone(typed["number"], desk.business.country)
        if phone is None:
            troubles["number"] = _NO_NUMBER
        at = _read_time(typed, desk, phone)
        if at is None:
            troubles["clock"] = _NO_TIME
        if phone is None or at is None:
            return await _page(visit, desk, typed, 422, troubles=troubles)
        found = explain_law(desk.business, phone, at, address=typed["address"] or None)
        return await _page(visit, desk, typed, found=found, **_local_times(desk.business, found, typed))


async def _page(visit: Visit, desk: Desk, typed: Mapping[str, str], status: int = 200, **more: Any) -> Response:
    troubles = {"number": None, "clock": None, **more.pop("troubles", {})}
    kept = {field: typed.get(field, "") for field in _FIELDS}
    shown = {"found": None, "next_local": None, "our_local": None, **more, "troubles": troubles, "typed": kept}
    return await visit.page(desk, "law/asking.html", status, **shown)


def _local_times(business: Business, found: Explained, typed: Mapping[str, str]) -> dict[str, Any]:
    """When the law, and the law and the owner's own hours for texts, let a text go, on the contact's clock."""
    ours = allowed_at(business, found.phone, found.at, address=typed["address"] or None)
    zone = ZoneInfo(found.clocks[0].zone)
    return {"next_local": found.next_at and found.next_at.astimezone(zone), "our_local": ours.astimezone(zone)}


def _read_time(typed: Mapping[str, str], desk: Desk, phone: str | None) -> datetime | None:
    if not typed["day"] and not typed["clock"]:
        return desk.now
    zone = zone_of(desk.business, phone or "", typed["address"] or None)
    try:
        at = read_local(f"{typed['day']}T{typed['clock']}", zone)
    except ValueError:
        return None
    # Calendars of holidays end somewhere; nobody plans a text for then.
    return at if abs((at - desk.now).days) < 3700 else None
