"""What a line needs to speak with its phone company: what is no secret is shown, secrets can only be replaced."""

from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from ringback.domain.business import Line
from ringback.domain.business_file import write_business_file
from ringback.domain.business_places import value_at
from ringback.ports import Field
from ringback.web.pages.forms import read_form
from ringback.web.pages.visits import Desk, Visit
from ringback.web.settings.business_forms import LINES
from ringback.web.settings.news import news_mark
from ringback.web.settings.where import Where
from ringback.workflows.settings import By, NewSettings, replace_line_settings

# Where requests go is for whoever runs this installation: an owner's address could reach into their network.
_OPERATORS_ENDING = "_url"


def offered_fields(visit: Visit, line: Line) -> list[Field]:
    """Return the settings of a line's provider that an owner may change here."""
    fields = visit.context.providers[line.provider].fields
    return [field for field in fields if not field.name.endswith(_OPERATORS_ENDING)]


def find_line(desk: Desk, key: str) -> Line:
    """Return a line of this business by its key; raises 404."""
    document = write_business_file(desk.business)
    place = Where(LINES, key).locate(document)
    entry = value_at(document, place) if place else None
    line = next((line for line in desk.business.lines if entry and line.number == entry["number"]), None)
    if line is None:
        raise HTTPException(404, "There is no such line.")
    return line


async def show_connection(visit: Visit) -> Response:
    """Show what the line's provider needs; of secrets, whether there is one."""
    async with visit.desk() as desk:
        line = find_line(desk, visit.request.path_params["key"])
        return await _page(visit, desk, line)


async def _page(visit: Visit, desk: Desk, line: Line, typed: Any = None, trouble: str | None = None) -> Response:
    known = await visit.context.line_settings(desk.connection, desk.business_id, line.line_id)
    fields = [
        {
            "field": field,
            # A browser that is sent a secret may keep it; what is not sent cannot leak.
            "text": "" if field.secret else (typed or known).get(field.name, ""),
            "has_secret": field.secret and bool(known.get(field.name)),
        }
        for field in offered_fields(visit, line)
    ]
    shown = {
        "line": line,
        "where": Where(LINES, visit.request.path_params["key"]),
        "provider": visit.context.providers[line.provider],
        "hooks": visit.context.providers[line.provider].hook_urls(visit.context.address(line)),
        "fields": fields,
        "trouble": trouble,
    }
    return await visit.page(desk, "settings/connection.html", 422 if trouble else 200, **shown)


async def save_connection(visit: Visit) -> Response:
    """Put what was typed in place of what there was; a secret left empty stays."""
    form = await read_form(visit.request)
    async with visit.desk() as desk:
        line = find_line(desk, visit.request.path_params["key"])
        fields = offered_fields(visit, line)
        given = {field.name: form[field.name].strip() for field in fields if _is_given(field, form)}
        by = By(visit.signed_in.name, visit.signed_in.person_id)
        new = NewSettings(line, given)
        try:
            await replace_line_settings(desk.connection, visit.context, desk.business_id, new, by, desk.now)
        except ValueError as error:
            return await _page(visit, desk, line, form, str(error))
        return RedirectResponse(f"/settings/{LINES.slug}?saved={news_mark(desk.now)}", 303)


def _is_given(field: Field, form: dict[str, str]) -> bool:
    return field.name in form and (bool(form[field.name].strip()) or not field.secret)
