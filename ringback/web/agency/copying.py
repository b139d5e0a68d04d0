"""A new business for the agency, set up as another one is."""

from functools import cache
from typing import Any
from uuid import UUID
from zoneinfo import available_timezones

from starlette.responses import RedirectResponse, Response

from ringback.domain.business import Business
from ringback.domain.business_file import BusinessFileError
from ringback.domain.caller_names import visible
from ringback.domain.copying import NewName, slug_of
from ringback.domain.phrases import Phrase, phrase
from ringback.store import agencies, businesses
from ringback.store.businesses import SlugTaken
from ringback.store.db import business_transaction
from ringback.web.agency.businesses import agency_of
from ringback.web.pages.forms import read_form
from ringback.web.pages.visits import Desk, Visit
from ringback.workflows.copy_setup import copy_to_new

_LONGEST_NAME = 80
_NO_NAME = phrase("Write the name that callers know it by.")
_NO_ZONE = phrase("This is no time zone. Write it like America/Chicago.")
_TAKEN = phrase("Another business here has a name too much like this one. Add the town, for example.")


# Where the countries first served lie; any other zone may be typed.
_SERVED = ("America/", "Europe/", "Australia/", "Pacific/", "Atlantic/")


@cache
def _zones() -> tuple[str, ...]:
    return tuple(sorted(available_timezones()))


async def show_form(visit: Visit) -> Response:
    """Show which businesses can be copied, and ask for the new one's name and zone."""
    async with visit.desk() as desk:
        given = {"source": str(desk.business_id), "name": "", "zone": desk.business.zone}
        return await _form(visit, desk, given, {})


async def _form(visit: Visit, desk: Desk, given: dict[str, str], troubles: dict[str, Any]) -> Response:
    agency = await agency_of(visit, desk)
    ids = await agencies.list_business_ids(desk.connection, agency.agency_id)
    figures = await agencies.load_figures(desk.connection, ids, (), desk.now)
    shown = {
        "agency": agency,
        "choices": sorted(figures, key=lambda one: one.name.casefold()),
        "given": given,
        "troubles": troubles,
        "zones": [zone for zone in _zones() if zone.startswith(_SERVED)],
    }
    return await visit.page(desk, "agency/copy.html", 422 if troubles else 200, **shown)


async def copy(visit: Visit) -> Response:
    """Set the new business up, or say beside each field what is wrong with it."""
    form = await read_form(visit.request)
    given = {
        "source": form.get("source", ""),
        "name": visible(form.get("name", "")),
        "zone": form.get("zone", "").strip(),
    }
    # Each business has a transaction of its own: this one, the one to copy, and the new one.
    async with visit.desk() as desk:
        agency = await agency_of(visit, desk)
        ids = await agencies.list_business_ids(desk.connection, agency.agency_id)
    source = await _load(visit, given["source"], ids)
    troubles: dict[str, Any] = _troubles_with(given, source)
    if source is not None and not troubles:
        to = NewName(given["name"], slug_of(given["name"]), given["zone"])
        try:
            made = await copy_to_new(visit.context, agency.agency_id, source, to, visit.who)
            return RedirectResponse(f"/agency?made={made.business_id}", 303)
        except SlugTaken:
            troubles = {"name": _TAKEN}
        except BusinessFileError as error:
            troubles = {"document": error.problems}
    async with visit.desk() as desk:
        return await _form(visit, desk, given, troubles)


def _troubles_with(given: dict[str, str], source: Business | None) -> dict[str, Phrase]:
    troubles = {}
    if source is None:
        troubles["source"] = phrase("Choose one of your businesses.")
    if not slug_of(given["name"]) or len(given["name"]) > _LONGEST_NAME:
        troubles["name"] = _NO_NAME
    if given["zone"] not in _zones():
        troubles["zone"] = _NO_ZONE
    return troubles


async def _load(visit: Visit, text: str, ids: list[UUID]) -> Business | None:
    """Return the business to copy, where it is one of the agency's."""
    # The form is anybody's text: only a business of this agency is ever opened by it.
    source_id = next((one for one in ids if str(one) == text), None)
    if source_id is None:
        return None
    async with business_transaction(visit.context.pool, source_id) as connection:
        return await businesses.load_business(connection, source_id)
