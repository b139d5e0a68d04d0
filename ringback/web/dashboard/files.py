"""Everything the dashboard shows as CSV files for a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from starlette.responses import Response

from ringback.domain.recovery import Sums, text_cost_cents
from ringback.domain.recovery_figures import NAMES, Cut, Figure
from ringback.domain.recovery_periods import Period, last_months
from ringback.store import report_queries
from ringback.store.report_queries import Place
from ringback.web.dashboard.asked import MONTHS, read_days, read_exact_days, read_name, read_wanted, today_of
from ringback.web.pages.visits import Visit, address_of
from ringback.web.people.proof import ask_for_proof, is_proved
from ringback.web.words import gettext, say
from ringback.workflows.report_figures import Report, instants_of, load_months, load_report

_ROWS_AT_ONCE = 5000
# What a spreadsheet still opens; the API pages through more.
_MOST_ROWS = 50_000
# What begins a formula in a spreadsheet would be run by whoever opens the file (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_COUNTED = tuple(Figure)


async def download_figures(visit: Visit) -> Response:
    """Return every figure of some days, whole and by every cut, each beside the period before where it has one."""
    async with visit.desk() as desk:
        days = read_days(visit.request, today_of(desk))
        report = await load_report(desk.connection, desk.business, days.period, desk.now)
        shown_months = last_months(today_of(desk), MONTHS)
        months = await load_months(desk.connection, desk.business_id, shown_months, report.values)
        labels = {str(line.line_id): line.label for line in desk.business.lines}
        name = f"figures-{desk.business.slug}-{days.period.first_on}-{days.period.last_on}.csv"
    return csv_file(name, [*_figure_lines(report, labels), *_month_lines(report, months)])


def _month_lines(report: Report, months: Sequence[tuple[Period, Sums]]) -> Iterator[Sequence[object]]:
    for month, sums in months:
        yield [gettext("Month"), f"{month.first_on:%Y-%m}", *_cells(sums, report)]


def _figure_lines(report: Report, labels: dict[str, str]) -> Iterator[Sequence[object]]:
    yield [gettext("By"), gettext("Name"), *(say(NAMES[figure]) for figure in _COUNTED), *_money_heads()]
    yield [gettext("All"), "", *_cells(report.whole, report)]
    yield [gettext("The period before"), "", *_cells(report.before, report)]
    for cut in (Cut.LINE, Cut.OUTCOME, Cut.WORDING, Cut.STAFF):
        for name, sums in report.parts[cut].items():
            yield [cut.value, labels.get(name, name), *_cells(sums, report)]
    # Hours are counted, not valued: Monday is 1, and "1 8" is Monday from 8 to 10.
    for name, sums in report.parts[Cut.HOUR].items():
        yield [Cut.HOUR.value, name.replace("-", " "), *(getattr(sums.counts, figure) for figure in _COUNTED)]
    quotes = report.quotes
    yield [gettext("Quotes"), gettext("asked for"), quotes.requested]
    yield [gettext("Quotes"), gettext("sent"), quotes.sent]
    yield [gettext("Quotes"), gettext("accepted"), quotes.accepted]
    yield [say(NAMES["recovered_today"]), "", report.recovered_today]
    yield [say(NAMES["recovered_today"]), gettext("the day before"), report.recovered_yesterday]


def _money_heads() -> list[str]:
    return [
        gettext("Estimated revenue, cents"),
        gettext("Confirmed revenue, cents"),
        gettext("Jobs without a value"),
        gettext("Text segments"),
        gettext("Cost of texts, cents"),
        gettext("Average call-back, seconds"),
        gettext("Answers"),
        gettext("Average time to answer, seconds"),
        gettext("Answers with a time to keep"),
        gettext("Answers in time"),
        gettext("Recovery score"),
    ]


def _cells(sums: Sums, report: Report) -> list[object]:
    counts = sums.counts
    counted = [getattr(counts, figure) for figure in _COUNTED]
    money = [sums.estimated_cents, sums.confirmed_cents, sums.unvalued, counts.segments]
    times = [sums.call_back_seconds, counts.answers, sums.answer_seconds, counts.timed, counts.in_time, sums.score]
    return [*counted, *money, text_cost_cents(counts, report.values), *times]


async def download_rows(visit: Visit) -> Response:
    """Return the ledger rows of a figure: names and numbers of many, so it asks for a fresh proof."""
    if not is_proved(visit):
        return ask_for_proof(address_of(visit.request))
    days = read_exact_days(visit.request)
    wanted = read_wanted(visit.request, days)
    rows: list[dict[str, Any]] = []
    async with visit.desk() as desk:
        place: Place | None = None
        while len(rows) < _MOST_ROWS:
            found = await report_queries.list_rows(desk.connection, desk.business_id, wanted, place, _ROWS_AT_ONCE)
            rows += found
            if len(found) < _ROWS_AT_ONCE:
                break
            place = Place(found[-1]["on_date"], found[-1]["started_at"], found[-1]["call_id"])
        name = f"{wanted.figure}-{desk.business.slug}-{days.period.first_on}-{days.period.last_on}.csv"
    return csv_file(name, _lines(_COLUMNS, rows))


# Read by name, so that a new column of the ledger is not published by accident.
_COLUMNS = (
    *("on_date", "started_at", "line_label", "phone", "contact_name", "outcome", "is_missed", "wording", "texted_at"),
    *("replied_at", "recovered_at", "service", "price_cents", "confirmed_cents", "confirmed_by", "confirmed_at"),
    *("called_back_at", "is_lost", "segments", "call_id", "thread_id", "booking_id"),
)


_OF_ANSWERS = ("on_date", "needed_at", "answered_at", "answered_by", "met", "phone", "contact_name", "thread_id")
_OF_QUOTES = ("requested_at", "service", "sent_at", "accepted_at", "phone", "contact_name", "thread_id")


def _lines(columns: Sequence[str], rows: Iterable[dict[str, Any]]) -> Iterator[Sequence[object]]:
    yield columns
    for row in rows:
        yield [row[name] for name in columns]


async def download_answers(visit: Visit) -> Response:
    """Return the answers that somebody gave in some days."""
    if not is_proved(visit):
        return ask_for_proof(address_of(visit.request))
    days, who = read_exact_days(visit.request), read_name(visit.request.query_params)
    async with visit.desk() as desk:
        where = (desk.connection, desk.business_id, days.period)
        found = await report_queries.list_answers(*where, who, None, _MOST_ROWS)
        name = f"answers-{desk.business.slug}-{days.period.first_on}-{days.period.last_on}.csv"
    return csv_file(name, _lines(_OF_ANSWERS, found))


async def download_quotes(visit: Visit) -> Response:
    """Return the quotes that were asked for in some days."""
    if not is_proved(visit):
        return ask_for_proof(address_of(visit.request))
    days = read_exact_days(visit.request)
    async with visit.desk() as desk:
        since, until = instants_of(days.period, desk.business.zone)
        found = await report_queries.list_quotes_asked(desk.connection, desk.business_id, since, until, _MOST_ROWS)
        name = f"quotes-{desk.business.slug}-{days.period.first_on}-{days.period.last_on}.csv"
    return csv_file(name, _lines(_OF_QUOTES, found))


def csv_file(name: str, lines: Iterable[Sequence[object]]) -> Response:
    """Return a file to save. The mark at its start tells Excel that it is UTF-8."""
    file = io.StringIO()
    csv.writer(file).writerows([harmless(value) for value in line] for line in lines)
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
    return Response("\ufeff" + file.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


def harmless(value: object) -> object:
    """Return what goes into a cell for a value; nothing in it is a formula to a spreadsheet."""
    match value:
        case None:
            return ""
        case int():
            return value
        case _:
            text = value.isoformat() if hasattr(value, "isoformat") else str(value)
            return f"'{text}" if text.startswith(_FORMULA) else text
