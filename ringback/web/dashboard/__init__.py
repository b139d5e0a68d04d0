"""What Ringback brought, what leaks, and the rows behind every figure."""

from starlette.routing import BaseRoute

from ringback.web.dashboard import files, overview, rows, values
from ringback.web.pages.roles import Role
from ringback.web.pages.visits import page_route

ROUTES: list[BaseRoute] = [
    page_route("/dashboard", overview.show_dashboard),
    page_route("/dashboard/figures.csv", files.download_figures),
    page_route("/dashboard/rows", rows.show_rows),
    page_route("/dashboard/rows.csv", files.download_rows),
    page_route("/dashboard/recovered", rows.show_recovered),
    page_route("/dashboard/answers", rows.show_answers),
    page_route("/dashboard/answers.csv", files.download_answers),
    page_route("/dashboard/quotes", rows.show_quotes),
    page_route("/dashboard/quotes.csv", files.download_quotes),
    page_route("/dashboard/jobs/{call_id}", values.confirm, "POST"),
    page_route("/dashboard/values", values.show_values, least=Role.OWNER),
    page_route("/dashboard/values", values.save, "POST", least=Role.OWNER),
    page_route("/dashboard/values/service", values.save_service, "POST", least=Role.OWNER),
    page_route("/dashboard/weekly-report", values.choose_report, "POST", least=Role.OWNER),
]
