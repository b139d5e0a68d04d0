"""The settings of a business, each form a part of its business file."""

from collections.abc import Awaitable, Callable, Iterator

from starlette.responses import Response
from starlette.routing import BaseRoute

from ringback.web.pages.roles import Role
from ringback.web.pages.visits import Visit, page_route
from ringback.web.settings import connections, editing, fact_trial, lists, overview, rule_trial, wording_preview
from ringback.web.settings.forms import Form
from ringback.web.settings.offering_forms import DETAILS
from ringback.web.settings.where import LISTS, TABLES

Handle = Callable[[Visit, Form], Awaitable[Response]]
Handler = Callable[[Visit], Awaitable[Response]]


def _on(handle: Handle, form: Form) -> Handler:
    async def answer(visit: Visit) -> Response:
        return await handle(visit, form)

    return answer


def _table_routes(form: Form) -> Iterator[BaseRoute]:
    path = f"/settings/{form.slug}"
    yield page_route(path, _on(editing.show_form, form))
    yield page_route(path, _on(editing.save_form, form), "POST", Role.OWNER)


def _entry_routes(form: Form, path: str) -> Iterator[BaseRoute]:
    yield page_route(f"{path}/{{key}}", _on(editing.show_form, form))
    yield page_route(f"{path}/{{key}}", _on(editing.save_form, form), "POST", Role.OWNER)
    yield page_route(f"{path}/{{key}}/removal", _on(lists.show_removal, form), "GET", Role.OWNER)
    yield page_route(f"{path}/{{key}}/removal", _on(lists.remove, form), "POST", Role.OWNER)


ROUTES: list[BaseRoute] = [
    page_route("/settings", overview.show_overview),
    # Before the entries of the lists, whose keys these words could be.
    page_route("/settings/rules/trial", rule_trial.show_trial),
    page_route("/settings/facts/trial", fact_trial.show_trial),
    page_route("/settings/wordings/preview", wording_preview.show_preview, "POST", Role.OWNER),
    page_route("/settings/rules/{key}/position", lists.move_rule, "POST", Role.OWNER),
    page_route("/settings/lines/{key}/connection", connections.show_connection, "GET", Role.OWNER),
    page_route("/settings/lines/{key}/connection", connections.save_connection, "POST", Role.OWNER),
    *(route for form in TABLES for route in _table_routes(form)),
    *(page_route(f"/settings/{form.slug}", _on(lists.show_list, form)) for form in LISTS),
    *(route for form in LISTS for route in _entry_routes(form, f"/settings/{form.slug}")),
    *_entry_routes(DETAILS, "/settings/services/{service}/details"),
]
