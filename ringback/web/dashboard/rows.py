"""The rows behind a figure: always as many as the figure says, each with its call, its conversation and its booking."""

from datetime import date
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

from ringback.domain.recovery_figures import DEFINITIONS, NAMES, Cut, Figure
from ringback.domain.recovery_periods import Period, parse_period
from ringback.store import report_queries
from ringback.store.report_queries import Wanted
from ringback.web.dashboard.asked import read_exact_days, read_name, read_place, read_wanted
from ringback.web.dashboard.charts import WEEK, read_two_hours
from ringback.web.pages.cursors import cut, read_cursor
from ringback.web.pages.visits import Desk, Visit
from ringback.workflows.report_figures import instants_of

_ON_A_PAGE = 25
# What one page shows of lists that are short by nature.
_MOST = 200


async def show_rows(visit: Visit) -> Response:
    """Show the ledger rows of a figure."""
    days, place = read_exact_days(visit.request), read_place(visit.request)
    wanted = read_wanted(visit.request, days)
    async with visit.desk() as desk:
        found = await report_queries.list_rows(desk.connection, desk.business_id, wanted, place, _ON_A_PAGE + 1)
        page, older = found[:_ON_A_PAGE], None
        if len(found) > _ON_A_PAGE:
            last = page[-1]
            older = f"{last['on_date']}~{last['started_at'].isoformat()}~{last['call_id']}"
        return await visit.page(desk, "dashboard/rows.html", **await _frame(desk, wanted), rows=page, older=older)


async def _frame(desk: Desk, wanted: Wanted) -> dict[str, Any]:
    # The same sum as the figure that led here, so that the two can be compared.
    parts = await report_queries.sum_period(desk.connection, desk.business_id, wanted.period, (wanted.cut,))
    count = sum(getattr(part.counts, wanted.figure) for part in parts if part.name == wanted.name)
    meanings = {one.rows: one.meaning for one in DEFINITIONS if one.rows and one.key == one.rows.value}
    return {
        "count": count,
        "name": NAMES[wanted.figure],
        "meaning": meanings.get(wanted.figure),
        "wanted": wanted,
        "line_label": _label(desk, wanted),
        "kind": "period",
        "week": WEEK,
        "two_hours": read_two_hours(wanted.name) if wanted.cut is Cut.HOUR else None,
    }


def _label(desk: Desk, wanted: Wanted) -> str:
    if wanted.cut is not Cut.LINE:
        return ""
    return next((line.label for line in desk.business.lines if str(line.line_id) == wanted.name), "")


async def show_recovered(visit: Visit) -> Response:
    """Show the jobs that were booked or confirmed on one day."""
    period = _one_day(visit.request.query_params.get("on", ""))
    async with visit.desk() as desk:
        since, until = instants_of(period, desk.business.zone)
        count = await report_queries.count_recovered(desk.connection, desk.business_id, since, until)
        found = await report_queries.list_recovered(desk.connection, desk.business_id, since, until, _MOST)
        shown: dict[str, Any] = {
            "count": count,
            "name": NAMES["recovered"],
            "meaning": None,
            "line_label": "",
            "kind": "day",
            "two_hours": None,
            "wanted": Wanted(Figure.RECOVERED, period),
        }
        return await visit.page(desk, "dashboard/rows.html", **shown, rows=found, older=None)


def _one_day(text: str) -> Period:
    period = parse_period(text, text)
    if period is None or date.fromisoformat(text) != period.first_on:
        raise HTTPException(404)
    return period


async def show_answers(visit: Visit) -> Response:
    """Show the answers that somebody gave."""
    days, cursor = read_exact_days(visit.request), read_cursor(visit.request, "before")
    who = read_name(visit.request.query_params)
    async with visit.desk() as desk:
        parts = await report_queries.sum_period(desk.connection, desk.business_id, days.period, (Cut.STAFF,))
        found = await report_queries.list_answers(
            desk.connection, desk.business_id, days.period, who, cursor, _ON_A_PAGE + 1
        )
        page, older = cut(found, _ON_A_PAGE, "answered_at", "wait_id")
        count = sum(part.counts.answers for part in parts if part.name == who)
        return await visit.page(
            desk, "dashboard/answers.html", days=days, who=who, answers=page, older=older, count=count
        )


async def show_quotes(visit: Visit) -> Response:
    """Show the quotes that were asked for in some days."""
    days = read_exact_days(visit.request)
    async with visit.desk() as desk:
        since, until = instants_of(days.period, desk.business.zone)
        counted = await report_queries.count_quotes(desk.connection, desk.business_id, since, until)
        found = await report_queries.list_quotes_asked(desk.connection, desk.business_id, since, until, _MOST)
        return await visit.page(desk, "dashboard/quotes.html", days=days, quotes=found, counted=counted)
