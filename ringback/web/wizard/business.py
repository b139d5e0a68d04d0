"""Step 1: what the business is and where; its trade fills in the rest until its owner says otherwise."""

from typing import Any
from zoneinfo import available_timezones

from starlette.responses import Response

from ringback.domain.business import Business
from ringback.domain.business_file import BusinessFileError, write_business_file
from ringback.domain.caller_names import visible
from ringback.domain.phrases import Phrase, phrase
from ringback.domain.trade_defaults import TRADE_NAMES, default_sections, defaults_of
from ringback.store import set_up
from ringback.store.businesses import SlugTaken
from ringback.web.pages.forms import read_form
from ringback.web.pages.visits import Desk, Visit
from ringback.web.wizard.guesses import countries, country_names, zone_groups
from ringback.web.wizard.steps import after, beside, step_page
from ringback.workflows.first_steps import Edit, free_slug, save_step

_FIELDS = ("name", "trade", "country", "zone", "language")
_LONGEST_NAME = 80
_PLACES = {f"business.{field}": field for field in _FIELDS}


async def show_business(visit: Visit) -> Response:
    """Ask for name, trade, place and language."""
    async with visit.desk() as desk:
        noted = await set_up.load_set_up(desk.connection, desk.business_id)
        given = {field: getattr(desk.business, field) for field in _FIELDS}
        # Until it was saved once, name and trade are ours, not the owner's.
        is_new = "welcome" in noted.steps and "business" not in noted.steps
        if is_new:
            given |= {"name": "", "trade": ""}
        return await _page(visit, desk, given, {}, is_new=is_new)


async def _page(
    visit: Visit, desk: Desk, given: dict[str, str], troubles: dict[str, Phrase], *, is_new: bool = False
) -> Response:
    values = {
        "given": given,
        "troubles": troubles,
        "trades": TRADE_NAMES,
        "countries": country_names(),
        "zones": zone_groups(),
        "is_new": is_new,
    }
    return await step_page(visit, desk, "business", values)


async def save_business(visit: Visit) -> Response:
    """Save them, and let the trade fill in what nobody has changed by hand."""
    form = await read_form(visit.request)
    given = {field: visible(form.get(field, "")) for field in _FIELDS}
    troubles = _troubles_with(given)
    async with visit.desk() as desk:
        if troubles:
            return await _page(visit, desk, given, troubles)
        slug = await free_slug(desk.connection, desk.business, given["name"])
        edit = Edit("business", _sections(desk.business, given, slug))
        try:
            await save_step(desk.connection, visit.context, desk.business, edit, visit.who)
        except BusinessFileError as error:
            return await _page(visit, desk, given, beside(error, _PLACES))
        except SlugTaken:
            return await _page(visit, desk, given, {"name": _TAKEN})
    return after("business")


_TAKEN = phrase("Another business here has a name too much like this one. Add the town, for example.")


def _troubles_with(given: dict[str, str]) -> dict[str, Phrase]:
    found = {
        "name": None if 0 < len(given["name"]) <= _LONGEST_NAME else phrase("Write the name that callers know it by."),
        "trade": None if given["trade"] in TRADE_NAMES else phrase("Choose what fits best, or “Something else”."),
        "country": None if given["country"] in countries() else phrase("Choose a country."),
        "zone": None if given["zone"] in available_timezones() else phrase("Choose a time zone."),
        "language": None if given["language"] in ("en", "es") else phrase("Choose a language."),
    }
    return {field: trouble for field, trouble in found.items() if trouble is not None}


def _sections(business: Business, given: dict[str, str], slug: str) -> dict[str, Any]:
    """Return the head with what was given, and the trade's defaults for every section nobody has touched."""
    document: dict[str, Any] = write_business_file(business)
    tone = business.tone if _is_own_tone(business) else defaults_of(given["trade"]).tone.value
    sections: dict[str, Any] = {"business": {**document["business"], **given, "tone": tone, "slug": slug}}
    before = default_sections(business.trade, business.country, business.language)
    wanted = default_sections(given["trade"], given["country"], given["language"])
    return sections | {name: one for name, one in wanted.items() if _same(document[name], before[name])}


def _is_own_tone(business: Business) -> bool:
    return business.tone != defaults_of(business.trade).tone.value


def _same(now: Any, was: Any) -> bool:
    """Return whether a section is still what a trade gave it; the document leaves out what is empty or usual."""
    match now, was:
        case dict(), dict():
            return {key: value for key, value in now.items() if value} == _said(was)
        case list(), list():
            return len(now) == len(was) and all(_same(one, other) for one, other in zip(now, was, strict=True))
        case _:
            return bool(now == was)


def _said(section: dict[str, Any]) -> dict[str, Any]:
    usual = {"lead_minutes": 120, "call_back_minutes": 60}
    return {key: value for key, value in section.items() if value and usual.get(key) != value}
