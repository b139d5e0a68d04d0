"""The figures of a report: what the pages, the API and the weekly letter show, read in one transaction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from ringback.domain.business import Business
from ringback.domain.recovery import Counts, Sums, Values, sum_up
from ringback.domain.recovery_figures import Cut
from ringback.domain.recovery_periods import Period
from ringback.store import recovery, report_queries
from ringback.store.db import Connection
from ringback.store.report_queries import Part, Quotes


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of a period. `parts` holds, by cut, each name with its sums; `since_on` is the first counted day."""

    period: Period
    values: Values
    whole: Sums
    before: Sums
    since_on: date | None
    quotes: Quotes
    recovered_today: int
    recovered_yesterday: int
    counted_at: datetime | None
    parts: dict[Cut, dict[str, Sums]] = field(default_factory=dict)


# The staff cut counts answers and the others calls, so only one of the others makes the whole.
_CUTS = (Cut.ALL, Cut.HOUR, Cut.LINE, Cut.OUTCOME, Cut.WORDING, Cut.STAFF)


async def load_report(connection: Connection, business: Business, period: Period, now: datetime) -> Report:
    """Return the figures of a period, with those of the one before."""
    business_id, today = business.business_id, now.astimezone(ZoneInfo(business.zone)).date()
    values = await report_queries.load_values(connection, business_id)
    found = await report_queries.sum_period(connection, business_id, period, _CUTS)
    before = await report_queries.sum_period(connection, business_id, period.before(), (Cut.ALL, Cut.STAFF))
    progress = await recovery.load_progress(connection, business_id)
    return Report(
        period,
        values,
        _whole(found, values),
        _whole(before, values),
        await report_queries.first_counted_day(connection, business_id),
        await report_queries.count_quotes(connection, business_id, *instants_of(period, business.zone)),
        await _recovered_on(connection, business, today),
        await _recovered_on(connection, business, today - timedelta(days=1)),
        progress.counted_at if progress else None,
        {cut: _by_name(found, cut, values) for cut in _CUTS},
    )


async def _recovered_on(connection: Connection, business: Business, day: date) -> int:
    since, until = instants_of(Period(day, day), business.zone)
    return await report_queries.count_recovered(connection, business.business_id, since, until)


def instants_of(period: Period, zone: str) -> tuple[datetime, datetime]:
    """Return when a period begins, and when it is over."""
    local = ZoneInfo(zone)
    first = datetime.combine(period.first_on, time(), local)
    return first, datetime.combine(period.last_on + timedelta(days=1), time(), local)


def _whole(parts: Sequence[Part], values: Values) -> Sums:
    return sum_up(((part.service, part.counts) for part in parts if part.cut in (Cut.ALL, Cut.STAFF)), values)


def _by_name(parts: Sequence[Part], cut: Cut, values: Values) -> dict[str, Sums]:
    of_cut: dict[str, list[tuple[str, Counts]]] = {}
    for part in parts:
        if part.cut is cut:
            of_cut.setdefault(part.name, []).append((part.service, part.counts))
    return {name: sum_up(found, values) for name, found in sorted(of_cut.items())}


async def load_months(
    connection: Connection, business_id: UUID, months: Sequence[Period], values: Values
) -> list[tuple[Period, Sums]]:
    """Return each month with its sums."""
    found = await report_queries.sum_months(connection, business_id, Period(months[0].first_on, months[-1].last_on))
    return [
        (month, sum_up(((service, counts) for on, service, counts in found if on == month.first_on), values))
        for month in months
    ]


@dataclass(frozen=True, slots=True)
class Written:
    """A report as a letter."""

    subject: str
    text: str
    html: str


# The web holds the templates and the languages, and wiring hands it down: business, report, language, where more is.
WriteReport = Callable[[Business, Report, str, str], Written]
