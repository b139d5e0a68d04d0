"""What some forms show beside their fields: questions of a service, the preview of a wording, holidays to come."""

from datetime import date, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from ringback.domain.business import Business, Line
from ringback.domain.business_file import write_business_file
from ringback.domain.business_places import value_at
from ringback.web.pages.visits import Desk, Visit
from ringback.web.settings.business_forms import LINES
from ringback.web.settings.inputs import Texts, Typed
from ringback.web.settings.offering_forms import DETAILS, SERVICES
from ringback.web.settings.previews import preview_wording
from ringback.web.settings.text_forms import BOOKING, WORDINGS
from ringback.web.settings.where import NEW, Where, key_of

_HOLIDAYS_SHOWN = 12
_LOOK_AHEAD = timedelta(days=365)


def load_extras(visit: Visit, desk: Desk, where: Where, typed: Typed) -> dict[str, Any]:
    """Return what the page of a form shows beside it; every name is always there."""
    values: dict[str, Any] = {"questions": None, "preview": None, "public_days": None, "connection": None}
    values["line"] = _line(desk, where) if where.form is LINES else None
    form = where.form
    if form is SERVICES and where.key != NEW:
        values["questions"] = _questions(desk, where)
    if form is WORDINGS:
        values["preview"] = preview_of(typed, desk)
    if form is BOOKING:
        values["public_days"] = coming_public_days(desk)
    return values


def _line(desk: Desk, where: Where) -> Line | None:
    document = write_business_file(desk.business)
    entry = value_at(document, where.locate(document) or ())
    number = entry.get("number") if isinstance(entry, dict) else None
    return next((line for line in desk.business.lines if line.number == number), None)


def preview_of(typed: Typed, desk: Desk) -> Any:
    """Return the preview of a wording as it was typed, or None where nothing was."""
    body = _text(typed.get("body", ()))
    language = _text(typed.get("language", ())) or desk.business.language
    return preview_wording(body, language, desk.business, desk.now) if body else None


def _text(texts: Texts) -> str:
    return texts[-1].replace("\r\n", "\n").strip() if texts else ""


def _questions(desk: Desk, where: Where) -> list[dict[str, str]]:
    document = write_business_file(desk.business)
    service = value_at(document, where.locate(document) or ()) or {}
    details = service.get("details", ())
    return [
        {"path": f"{where.path}/details/{key_of(DETAILS, detail, index)}", **detail}
        for index, detail in enumerate(details)
    ]


def coming_public_days(desk: Desk) -> list[tuple[date, str]]:
    """Return the public holidays of the year to come that bookings and answers keep, by date, with their names."""
    business = desk.business
    if business.booking.holidays is None:
        return []
    today = desk.now.astimezone(ZoneInfo(business.zone)).date()
    named = {
        **_public_days(business.booking.holidays, today.year, business.language),
        **_public_days(business.booking.holidays, today.year + 1, business.language),
    }
    coming = sorted((on, name) for on, name in named.items() if today <= on < today + _LOOK_AHEAD)
    return [day for day in coming if day[0] not in _own_days(business)][:_HOLIDAYS_SHOWN]


def _own_days(business: Business) -> set[date]:
    return {holiday.on for holiday in business.hours.holidays}


@cache
def _public_days(where: str, year: int, language: str) -> dict[date, str]:
    # Loading the library takes a large part of a second, and few pages ask for it.
    import holidays  # noqa: PLC0415

    country, _, region = where.partition("-")
    try:
        spoken = {"en": "en_US"}.get(language, language)
        return dict(holidays.country_holidays(country, subdiv=region or None, years=year, language=spoken))
    except NotImplementedError:
        return {}
