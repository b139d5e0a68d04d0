"""What an address of the dashboard asks for: which days, which figure, and which part of a cut."""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request

from ringback.domain.phrases import Phrase, phrase
from ringback.domain.recovery_figures import Cut, Figure
from ringback.domain.recovery_periods import Period, Span, named_period, parse_period
from ringback.store.report_queries import Place, Wanted
from ringback.web.pages.visits import Desk

SPANS: dict[Span, Phrase] = {
    Span.WEEK: phrase("This week"),
    Span.MONTH: phrase("This month"),
    Span.LAST_MONTH: phrase("Last month"),
    Span.QUARTER: phrase("90 days"),
}
# How far back the trend goes.
MONTHS = 12
_WRONG_DAYS = phrase("These are no two days in order, at most three years apart. The figures below are of this month.")


@dataclass(frozen=True, slots=True)
class Days:
    """The days of a page; `trouble` says what was wrong with those that were typed."""

    period: Period
    trouble: Phrase | None = None
    typed_from: str = ""
    typed_to: str = ""

    @property
    def query(self) -> str:
        """Return the days as part of an address."""
        return urlencode({"from": self.period.first_on.isoformat(), "to": self.period.last_on.isoformat()})


def today_of(desk: Desk) -> date:
    """Return the business's own day."""
    return desk.now.astimezone(ZoneInfo(desk.business.zone)).date()


def read_days(request: Request, today: date) -> Days:
    """Return the days asked for; this month where none are, or where they are no days."""
    asked = request.query_params
    # Typed days win over a name, and stay in the form when they are wrong.
    if "from" in asked or "to" in asked:
        first, last = asked.get("from", "")[:40], asked.get("to", "")[:40]
        period = parse_period(first, last)
        if period is not None:
            return Days(period, None, first, last)
        return Days(named_period(Span.MONTH, today), _WRONG_DAYS, first, last)
    span = asked.get("span", Span.MONTH)
    if span not in SPANS:
        raise HTTPException(404)
    period = named_period(Span(span), today)
    return Days(period, None, period.first_on.isoformat(), period.last_on.isoformat())


def read_exact_days(request: Request) -> Days:
    """Return the days of a link of ours; anything else is an address that does not exist."""
    first, last = request.query_params.get("from", ""), request.query_params.get("to", "")
    period = parse_period(first, last)
    if period is None:
        raise HTTPException(404)
    return Days(period, None, first, last)


def read_wanted(request: Request, days: Days) -> Wanted:
    """Return which rows a link of ours asks for."""
    asked = request.query_params
    try:
        figure, cut = Figure(asked.get("figure", "")), Cut(asked.get("by", Cut.ALL))
    except ValueError:
        raise HTTPException(404) from None
    name = read_name(asked)
    # Answers have a list of their own: their rows are waits, not calls.
    if cut is Cut.STAFF or (cut is Cut.ALL and name):
        raise HTTPException(404)
    return Wanted(figure, days.period, cut, name)


def read_name(asked: QueryParams) -> str:
    """Return the part of a cut that is asked for."""
    name = asked.get("name", "")
    if "\0" in name or len(name) > 200:
        raise HTTPException(404)
    return name


def rows_address(days: Days, figure: Figure, cut: Cut = Cut.ALL, name: str = "") -> str:
    """Return where the rows behind a figure are."""
    part = "" if cut is Cut.ALL else "&" + urlencode({"by": cut.value, "name": name})
    return f"/dashboard/rows?figure={figure.value}&{days.query}{part}"


def read_place(request: Request) -> Place | None:
    """Return where a list of rows goes on."""
    text = request.query_params.get("before")
    if text is None:
        return None
    day, _, rest = text.partition("~")
    at, _, call_id = rest.partition("~")
    try:
        place = Place(date.fromisoformat(day), datetime.fromisoformat(at), UUID(call_id))
    except ValueError:
        raise HTTPException(404) from None
    if place.started_at.tzinfo is None:
        raise HTTPException(404)
    return place
