"""/api/v1/reports: what missed calls brought, and the rows behind every figure."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from ringback.domain.calls import Outcome
from ringback.domain.recovery import Sums, text_cost_cents
from ringback.domain.recovery_figures import Figure
from ringback.domain.recovery_periods import Period, Span, named_period, parse_period
from ringback.store import report_queries
from ringback.store.report_queries import Place as LedgerPlace
from ringback.store.report_queries import Wanted
from ringback.web.api.access import Access, Authorized
from ringback.web.api.paging import Page, PageQuery, Place, page_of, read_cursor
from ringback.web.api.problems import ApiRoute, refuse_field
from ringback.workflows.report_figures import Report, load_report

router = APIRouter(route_class=ApiRoute, tags=["reports"])

# As text and not as a date: what is no day is refused with a sentence, as everywhere here.
Day = Annotated[str | None, Field(None, max_length=10, examples=["2026-11-01"])]


class RecoverySums(BaseModel):
    """Figures of some days. Estimated and confirmed revenue are apart: neither holds the other."""

    calls: int
    missed: int
    texted: int
    replied: int
    recovered: int
    booked: int
    confirmed: int
    lost: int
    called_back: int
    estimated_cents: int = Field(description="Of recovered jobs that nobody confirmed, by today's values.")
    confirmed_cents: int = Field(description="What people noted for confirmed jobs.")
    jobs_without_value: int
    segments: int
    text_cost_cents: int
    average_call_back_seconds: int | None
    average_answer_seconds: int | None
    answers: int
    answers_in_time: int
    score: int | None = Field(description="The recovery score, 0 to 100; null where nothing was missed.")


class RecoveryReport(BaseModel):
    """What missed calls brought in some days, and in as many days before."""

    first_on: date
    last_on: date
    counted_at: AwareDatetime | None = Field(description="When the ledger was last counted.")
    first_counted_on: date | None = Field(description="The day of the first call ever counted.")
    sums: RecoverySums
    before: RecoverySums
    quotes_requested: int
    quotes_sent: int
    quotes_accepted: int


class RecoveryRow(BaseModel):
    """One call of the ledger, with what followed from it."""

    call_id: UUID
    thread_id: UUID | None
    booking_id: UUID | None
    started_at: AwareDatetime
    outcome: Outcome
    line_label: str
    wording: str | None
    texted_at: AwareDatetime | None
    replied_at: AwareDatetime | None
    recovered_at: AwareDatetime | None
    called_back_at: AwareDatetime | None
    is_lost: bool
    service: str = Field(description="Of the booking; empty where there is none.")
    price_cents: int | None
    confirmed_cents: int | None
    confirmed_by: str | None


class DaysQuery(BaseModel):
    """Which days, by the business's own clock; this month where left out."""

    model_config = ConfigDict(extra="forbid")

    first_on: Day
    last_on: Day


class RowsQuery(PageQuery):
    """Which rows."""

    figure: Figure = Field(Figure.RECOVERED, description="The figure whose rows are wanted.")
    first_on: Day
    last_on: Day


@router.get("/reports/recovery", summary="Get what missed calls brought")
async def get_recovery(access: Authorized, query: Annotated[DaysQuery, Query()]) -> RecoveryReport:
    """Return the figures of some days, with those of as many days before."""
    async with access.transaction() as connection:
        business = await access.business(connection)
        period = _period(access, business.zone, query.first_on, query.last_on)
        report = await load_report(connection, business, period, access.now())
    return RecoveryReport(
        first_on=period.first_on,
        last_on=period.last_on,
        counted_at=report.counted_at,
        first_counted_on=report.since_on,
        sums=_sums(report.whole, report),
        before=_sums(report.before, report),
        quotes_requested=report.quotes.requested,
        quotes_sent=report.quotes.sent,
        quotes_accepted=report.quotes.accepted,
    )


@router.get("/reports/recovery/rows", summary="List the rows behind a figure")
async def list_recovery_rows(access: Authorized, query: Annotated[RowsQuery, Query()]) -> Page[RecoveryRow]:
    """Return calls of the ledger, the latest first: as many as the figure says."""
    place = read_cursor(query.cursor, timed=True)
    async with access.transaction() as connection:
        zone = (await access.business(connection)).zone
        wanted = Wanted(query.figure, _period(access, zone, query.first_on, query.last_on))
        after = _ledger_place(place.row_id, place.at, zone) if place and place.at else None
        found = await report_queries.list_rows(connection, access.business_id, wanted, after, query.limit + 1)
    return page_of(found, query.limit, _row, lambda row: Place(row["call_id"], row["started_at"]))


def _period(access: Access, zone: str, first_on: str | None, last_on: str | None) -> Period:
    if first_on is None and last_on is None:
        return named_period(Span.MONTH, access.now().astimezone(ZoneInfo(zone)).date())
    period = parse_period(first_on or "", last_on or "")
    if period is None:
        raise refuse_field("query.first_on", "Give two days in order, at most three years apart.")
    return period


def _ledger_place(call_id: UUID, at: datetime, zone: str) -> LedgerPlace:
    # A cursor holds an instant; its day follows from the business's zone.
    try:
        return LedgerPlace(at.astimezone(ZoneInfo(zone)).date(), at, call_id)
    except OverflowError:
        return LedgerPlace(at.date(), at, call_id)


_COUNTED = (
    *("calls", "missed", "texted", "replied", "recovered", "booked", "confirmed", "lost", "called_back", "segments"),
)


def _sums(sums: Sums, report: Report) -> RecoverySums:
    counts = sums.counts
    return RecoverySums(
        **{name: getattr(counts, name) for name in _COUNTED},
        estimated_cents=sums.estimated_cents,
        confirmed_cents=sums.confirmed_cents,
        jobs_without_value=sums.unvalued,
        text_cost_cents=text_cost_cents(counts, report.values),
        average_call_back_seconds=sums.call_back_seconds,
        average_answer_seconds=sums.answer_seconds,
        answers=counts.answers,
        answers_in_time=counts.in_time,
        score=sums.score,
    )


def _row(row: Mapping[str, Any]) -> RecoveryRow:
    return RecoveryRow(**{name: row[name] for name in RecoveryRow.model_fields})
