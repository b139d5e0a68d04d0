"""The dashboard: what did it bring, what leaks?"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from ringback.domain.business import Business
from ringback.domain.calls import Outcome, is_missed
from ringback.domain.recovery import Sums, text_cost_cents
from ringback.domain.recovery_figures import DEFINITIONS, NAMES, Cut, Figure
from ringback.domain.recovery_periods import last_months
from ringback.web.dashboard.asked import MONTHS, SPANS, Days, read_days, rows_address, today_of
from ringback.web.dashboard.charts import WEEK, draw_heat, draw_months, name_month, share_width
from ringback.web.pages.local import locale_of
from ringback.web.pages.visits import Visit
from ringback.web.words import current_language
from ringback.workflows.report_figures import Report, load_months, load_report

# Longer lists would be the page; the CSV has all of them.
_MOST_ROWS = 20
FUNNEL = (Figure.MISSED, Figure.TEXTED, Figure.REPLIED, Figure.BOOKED, Figure.RECOVERED)


async def show_dashboard(visit: Visit) -> Response:
    """Show the figures of some days, with those before."""
    async with visit.desk() as desk:
        today = today_of(desk)
        days = read_days(visit.request, today)
        report = await load_report(desk.connection, desk.business, days.period, desk.now)
        months = await load_months(desk.connection, desk.business_id, last_months(today, MONTHS), report.values)
        locale = locale_of(current_language(), desk.business.country)
        shown: dict[str, Any] = {
            "days": days,
            "spans": SPANS,
            "today": today,
            "report": report,
            "measured": days.period.before().measured_days(report.since_on),
            "cost_cents": text_cost_cents(report.whole.counts, report.values),
            "cost_before_cents": text_cost_cents(report.before.counts, report.values),
            "funnel": funnel_of(report.whole),
            "months": draw_months(months, locale),
            "month_name": name_month(days.period.first_on, locale),
            "week": WEEK,
            "heat": draw_heat(report.parts[Cut.HOUR]),
            "lines": name_lines(report, desk.business),
            "outcomes": _missed_outcomes(report),
            "wordings": _largest(report.parts[Cut.WORDING].items(), texted_only=True),
            "staff": report.parts[Cut.STAFF],
            "definitions": DEFINITIONS,
            "names": NAMES,
            "to_rows": Links(days).to_rows,
        }
        return await visit.page(desk, "dashboard/dashboard.html", **shown)


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses of rows, for templates."""

    days: Days

    def to_rows(self, figure: str, cut: str = Cut.ALL, name: str = "") -> str:
        """Return where the rows behind a figure are."""
        return rows_address(self.days, Figure(figure), Cut(cut), name)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the funnel: how many came so far, and how wide its bar is of 100."""

    figure: Figure
    count: int
    width: float


def funnel_of(whole: Sums) -> list[Step]:
    """Return how far missed calls came."""
    counts = [(figure, getattr(whole.counts, figure)) for figure in FUNNEL]
    return [Step(figure, count, share_width(count, whole.counts.missed)) for figure, count in counts]


def name_lines(report: Report, business: Business) -> list[tuple[str, str, Sums]]:
    """Return (id, label, sums) of each line; one that has ended is known by its id alone."""
    # Lines end; what was counted on them stays.
    labels = {str(line.line_id): line.label for line in business.lines}
    found = [(line_id, labels.get(line_id, ""), sums) for line_id, sums in report.parts[Cut.LINE].items()]
    return sorted(found, key=lambda one: -one[2].counts.missed)[:_MOST_ROWS]


def _missed_outcomes(report: Report) -> list[tuple[str, Sums]]:
    parts = report.parts[Cut.OUTCOME].items()
    return _largest((outcome, sums) for outcome, sums in parts if is_missed(Outcome(outcome)))


def _largest(parts: Iterable[tuple[str, Sums]], *, texted_only: bool = False) -> list[tuple[str, Sums]]:
    kept = [(name, sums) for name, sums in parts if sums.counts.texted or not texted_only]
    return sorted(kept, key=lambda one: -one[1].counts.missed)[:_MOST_ROWS]
