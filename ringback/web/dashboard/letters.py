"""The weekly report as a letter, in its reader's language."""

from ringback.domain.business import Business
from ringback.domain.recovery import text_cost_cents
from ringback.domain.recovery_figures import NAMES
from ringback.web.dashboard.overview import funnel_of
from ringback.web.pages.rendering import render
from ringback.web.words import in_language
from ringback.workflows.report_figures import Report, Written


def write_weekly(business: Business, report: Report, language: str, url: str) -> Written:
    """Return the letter about a week; `url` leads to the same figures on the dashboard."""
    # No frame and no navigation: a letter is read away from the product.
    values = {
        "business": business,
        "report": report,
        "url": url,
        "names": NAMES,
        "funnel": funnel_of(report.whole),
        "measured": report.period.before().measured_days(report.since_on),
        "cost_cents": text_cost_cents(report.whole.counts, report.values),
    }
    with in_language(language):
        subject, _, text = render("dashboard/weekly.txt", values).partition("\n")
        # A name with a line break in it must not begin another header.
        return Written(" ".join(subject.split()), text.strip() + "\n", render("dashboard/weekly.html", values))
