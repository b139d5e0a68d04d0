"""The agency's businesses: which one needs us now?"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

from ringback.domain.calls import Outcome, is_missed
from ringback.domain.phrases import phrase
from ringback.store import agencies, people
from ringback.store.agencies import Agency, Figures
from ringback.web.pages.visits import Desk, Visit

# More rows than anybody reads; a search finds the rest.
_SHOWN = 100
_MISSED = tuple(outcome.value for outcome in Outcome if is_missed(outcome))
# A worker says every few seconds, by the clock on the wall, that it lives.
_WORKER_QUIET = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Totals:
    """All businesses together."""

    needs_reply: int
    missed: int
    texted: int
    recovered: int


async def show_agency(visit: Visit) -> Response:
    """Show one row for each business of the agency: those that need somebody first."""
    said = visit.request.query_params.get("q", "").strip()[:80]
    made = visit.request.query_params.get("made", "")
    async with visit.desk() as desk:
        agency = await agency_of(visit, desk)
        ids = await agencies.list_business_ids(desk.connection, agency.agency_id)
        figures = await agencies.load_figures(desk.connection, ids, _MISSED, desk.now)
        beat = await people.last_beat(desk.connection)
        found = sorted((one for one in figures if said.casefold() in one.name.casefold()), key=_urgency)
        shown: dict[str, Any] = {
            "agency": agency,
            "said": said,
            "rows": found[:_SHOWN],
            "hidden": max(len(found) - _SHOWN, 0),
            "count": len(figures),
            "totals": _totals(figures),
            "worker_is_quiet": beat is None or datetime.now(UTC) - beat > _WORKER_QUIET,
            "made": next((one.name for one in figures if str(one.business_id) == made), None),
        }
        return await visit.page(desk, "agency/businesses.html", **shown)


async def agency_of(visit: Visit, desk: Desk) -> Agency:
    """Return the agency of the business this person is in, where they work for it; else refuses with 404."""
    found = await agencies.agency_of(desk.connection, visit.signed_in.person_id, desk.business_id)
    if found is None:
        raise HTTPException(404, phrase("This business belongs to no agency of yours."))
    return found


def _urgency(one: Figures) -> tuple[bool, bool, str, str]:
    # Instants in UTC sort as text; without one, the name decides.
    waits = one.waiting_since.isoformat() if one.waiting_since else ""
    return one.alarms == 0, one.waiting_since is None, waits, one.name.casefold()


def _totals(figures: list[Figures]) -> Totals:
    return Totals(
        sum(one.needs_reply for one in figures),
        sum(one.missed for one in figures),
        sum(one.texted for one in figures),
        sum(one.recovered for one in figures),
    )
