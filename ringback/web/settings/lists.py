"""Lists of the settings: what is there, in which order, what is taken away, and what comes first."""

from dataclasses import dataclass
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from ringback.domain.business_file import write_business_file
from ringback.domain.business_places import Document, Place
from ringback.domain.phrases import phrase
from ringback.web.pages.roles import Role, role_of
from ringback.web.pages.visits import Desk, Visit
from ringback.web.settings.editing import load_part, name_of, where_of_visit
from ringback.web.settings.extras import coming_public_days
from ringback.web.settings.forms import Form
from ringback.web.settings.news import latest_news, news_mark
from ringback.web.settings.posted import read_typed
from ringback.web.settings.problems import Troubles, sort_problems
from ringback.web.settings.text_forms import RULES
from ringback.web.settings.where import Where, key_of
from ringback.workflows.settings import By, Edit, Gone, Outdated, Refused, Result, change_settings, print_of

_CHANGED = phrase("Somebody else has changed this meanwhile, so nothing was done. This is how it stands now.")


async def show_list(visit: Visit, form: Form) -> Response:
    """Show the entries of a list."""
    async with visit.desk() as desk:
        return await list_page(visit, desk, form)


async def list_page(visit: Visit, desk: Desk, form: Form, trouble: str | None = None, status: int = 200) -> Response:
    """Return the page of a list."""
    entries = write_business_file(desk.business)[form.section]
    shown = {
        "form": form,
        "where": Where(form),
        "rows": _rows(form, entries),
        "seen": print_of(entries),
        "trouble": trouble,
        "may_change": role_of(visit.signed_in) >= Role.OWNER,
        "news": await latest_news(visit, desk),
        "public_days": coming_public_days(desk) if form.slug == "special-days" else None,
    }
    return await visit.page(desk, "settings/list.html", status, **shown)


def _rows(form: Form, entries: Any) -> list[dict[str, Any]]:
    known_by = form.entries_or_fail().known_by
    return [
        {"entry": entry, "name": entry[known_by], "path": f"/settings/{form.slug}/{key_of(form, entry, index)}"}
        for index, entry in enumerate(entries)
    ]


async def show_removal(visit: Visit, form: Form) -> Response:
    """Ask once before something is taken away."""
    where = where_of_visit(visit, form)
    async with visit.desk() as desk:
        return await _removal_page(visit, desk, where, Troubles())


async def _removal_page(
    visit: Visit, desk: Desk, where: Where, troubles: Troubles, trouble: str | None = None
) -> Response:
    part = load_part(desk, where)
    shown = {
        "form": where.form,
        "where": where,
        "name": name_of(desk, where),
        "seen": print_of(part),
        "troubles": troubles,
        "trouble": trouble,
    }
    status = 409 if trouble else 422 if troubles.count else 200
    return await visit.page(desk, "settings/removal.html", status, **shown)


async def remove(visit: Visit, form: Form) -> Response:
    """Take an entry away, unless something else still needs it."""
    where, typed = where_of_visit(visit, form), await read_typed(visit.request)
    async with visit.desk() as desk:
        edit = Edit(where.locate, _seen(typed), lambda _: None, name_of(desk, where) or "")
        result = await _change(visit, desk, edit)
        match result:
            case Refused(problems, document, _):
                # The place is the next entry's by now, so every problem is one of another page.
                return await _removal_page(visit, desk, where, sort_problems(problems, form, ("-",), document))
            case Outdated():
                return await _removal_page(visit, desk, where, Troubles(), _CHANGED)
            case Gone():
                raise HTTPException(404, "This is not there any more: somebody may have renamed or removed it.")
        return RedirectResponse(f"{where.back}?saved={news_mark(desk.now)}", 303)


async def move_rule(visit: Visit) -> Response:
    """Move a rule up or down: the first that fits is used."""
    typed = await read_typed(visit.request)
    step = {"up": -1, "down": 1}.get("".join(typed.get("to", ())), 0)
    async with visit.desk() as desk:
        index = _index(visit, desk)
        move = _Move(index, index + step)
        name = str(desk.business.rules[index].wording)
        result = await _change(visit, desk, Edit(_all_rules, _seen(typed), move, name))
        if isinstance(result, Outdated):
            return await list_page(visit, desk, RULES, _CHANGED, 409)
    return RedirectResponse(f"/settings/{RULES.slug}", 303)


def _index(visit: Visit, desk: Desk) -> int:
    key = visit.request.path_params["key"]
    # isdecimal takes the digits of every script, and int reads them: both are only ever a position.
    if len(key) > 6 or not key.isdecimal() or not 0 < int(key) <= len(desk.business.rules):
        raise HTTPException(404, "There is no such rule.")
    return int(key) - 1


def _all_rules(_: Document) -> Place:
    return (RULES.section,)


@dataclass(frozen=True, slots=True)
class _Move:
    """Puts the entry of one position at another; past the ends nothing moves."""

    origin: int
    target: int

    def __call__(self, rules: list[Any]) -> list[Any]:
        if 0 <= self.target < len(rules):
            rules.insert(self.target, rules.pop(self.origin))
        return rules


def _seen(typed: dict[str, tuple[str, ...]]) -> str:
    return "".join(typed.get("seen", ()))[:64]


async def _change(visit: Visit, desk: Desk, edit: Edit) -> Result:
    by = By(visit.signed_in.name, visit.signed_in.person_id)
    return await change_settings(desk.connection, visit.context, desk.business_id, edit, by, desk.now)
