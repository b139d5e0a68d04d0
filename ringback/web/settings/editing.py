"""A form of the settings: shown, saved, refused with what is wrong, or held because somebody else was quicker."""

from dataclasses import dataclass, field
from functools import partial
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from ringback.domain.business_file import write_business_file
from ringback.domain.business_places import value_at
from ringback.store.audit import list_entries
from ringback.web.pages.roles import Role, role_of
from ringback.web.pages.visits import Desk, Visit
from ringback.web.settings.extras import load_extras
from ringback.web.settings.fields import differences, draw
from ringback.web.settings.forms import Form, Part, fill, patch
from ringback.web.settings.inputs import Typed
from ringback.web.settings.news import SAME, latest_news, news_mark
from ringback.web.settings.posted import read_typed
from ringback.web.settings.problems import Troubles, sort_problems
from ringback.web.settings.where import NEW, Where
from ringback.workflows.settings import By, Edit, Gone, Outdated, Refused, Result, Saved, change_settings, print_of

_LOOKED_BACK = 20


@dataclass(frozen=True, slots=True)
class Draft:
    """What a form shows: texts, the print of the part they were made from, and what is wrong."""

    typed: Typed
    seen: str
    status: int = 200
    troubles: Troubles = field(default_factory=Troubles)
    # For an outdated form: who was quicker, and what differs.
    conflict: dict[str, Any] | None = None
    is_gone: bool = False


def where_of_visit(visit: Visit, form: Form) -> Where:
    """Return what a form's address is about."""
    params = visit.request.path_params
    key = params.get("key") if form.entries else None
    return Where(form, key, params.get("service"))


async def show_form(visit: Visit, form: Form) -> Response:
    """Show a form filled from the business; a link to a new entry may name it, like an open question does."""
    where = where_of_visit(visit, form)
    async with visit.desk() as desk:
        part = load_part(desk, where)
        typed, asked = fill(form, part), visit.request.query_params
        if form.entries and where.key == NEW and form.entries.known_by in asked:
            typed[form.entries.known_by] = (asked[form.entries.known_by],)
        return await form_page(visit, desk, where, Draft(typed, print_of(part)))


def load_part(desk: Desk, where: Where) -> Part | None:
    """Return the part of the document a form is about, None for a new entry; raises 404 where there is none."""
    document = write_business_file(desk.business)
    place = where.locate(document)
    if place is None:
        raise HTTPException(404, "This is not there any more: somebody may have renamed or removed it.")
    part: Part | None = value_at(document, place)
    return part


async def save_form(visit: Visit, form: Form) -> Response:
    """Save a form, or show it again with what was typed and what keeps it from being saved."""
    where, typed = where_of_visit(visit, form), await read_typed(visit.request)
    async with visit.desk() as desk:
        result = await _save(visit, desk, where, typed)
        if isinstance(result, Saved):
            # A renamed entry has another address: the list knows it, and what a service is asked stands on its page.
            mark = SAME if result.before == result.after else news_mark(desk.now)
            return RedirectResponse(f"{_after(where)}?saved={mark}", 303)
        return await form_page(visit, desk, where, await _held(desk, where, typed, result))


def _after(where: Where) -> str:
    return where.path if where.key is None else where.back


async def _save(visit: Visit, desk: Desk, where: Where, typed: Typed) -> Result:
    edit = Edit(
        where.locate,
        _seen(typed),
        partial(patch, where.form, typed=typed, country=desk.business.country),
        subject_of(where, typed),
    )
    is_agency = role_of(visit.signed_in) >= Role.AGENCY
    by = By(visit.signed_in.name, visit.signed_in.person_id, is_agency)
    return await change_settings(desk.connection, visit.context, desk.business_id, edit, by, desk.now)


def _seen(typed: Typed) -> str:
    return "".join(typed.get("seen", ()))[:64]


def subject_of(where: Where, typed: Typed) -> str:
    """Return what the audit calls an entry: the name it was sent with."""
    if where.form.entries is None:
        return where.form.slug
    return "".join(typed.get(where.form.entries.known_by, ()))[:80] or (where.key or "")


async def _held(desk: Desk, where: Where, typed: Typed, result: Refused | Outdated | Gone) -> Draft:
    match result:
        case Refused(problems, document, place):
            return Draft(typed, _seen(typed), 422, sort_problems(problems, where.form, place, document))
        case Outdated(current):
            now = fill(where.form, current)
            differing = differences(where.form, now, typed, desk.business)
            quicker = await _who(desk, where.form)
            return Draft(typed, print_of(current), 409, conflict={"entry": quicker, "differences": differing})
        case Gone():
            return Draft(typed, print_of(None), 409, is_gone=True)


async def _who(desk: Desk, form: Form) -> dict[str, Any] | None:
    entries = await list_entries(desk.connection, desk.business_id, None, _LOOKED_BACK)
    return next((entry for entry in entries if entry["what"].endswith(f".{form.section}")), None)


async def form_page(visit: Visit, desk: Desk, where: Where, draft: Draft, **values: Any) -> Response:
    """Return the page of a form. Whoever may not change it sees it all the same."""
    # What was removed meanwhile can still be kept, as a new entry.
    where = Where(where.form, NEW, where.service) if draft.is_gone else where
    shown = {
        "form": where.form,
        "where": where,
        "is_new": where.key == NEW,
        "sets": draw(where.form, draft.typed, desk.business, draft.troubles.by_path),
        "draft": draft,
        "name": name_of(desk, where),
        "may_change": role_of(visit.signed_in) >= Role.OWNER,
        "news": await latest_news(visit, desk),
        **load_extras(visit, desk, where, draft.typed),
        **values,
    }
    return await visit.page(desk, "settings/form.html", draft.status, **shown)


def name_of(desk: Desk, where: Where) -> str | None:
    """Return the name of an existing entry as it is kept; None for a new one and for a form about one thing."""
    document = write_business_file(desk.business)
    place = where.locate(document)
    if where.form.entries is None or place is None or where.key == NEW:
        return None
    return str(value_at(document, place)[where.form.entries.known_by])
