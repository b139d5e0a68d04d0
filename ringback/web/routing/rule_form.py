"""The form of one routing rule: for which conversations, and who answers them."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import RedirectResponse, Response

from ringback.domain.business_file import write_business_file
from ringback.web.pages.forms import beside
from ringback.web.pages.visits import Desk, Visit
from ringback.web.routing.changing import Routing, change, number_of, one, read_fields
from ringback.web.routing.showing import Fields, seen_of
from ringback.workflows.settings import Refused

_NEW = "new"
_MOST_PEOPLE = 3
_EMPTY: dict[str, Any] = {"on_call": False, "lines": [], "services": [], "days": [], "keywords": []}


async def show_rule(visit: Visit) -> Response:
    """Show a rule, or an empty form for a new one."""
    number = await _number(visit)
    async with visit.desk() as desk:
        return await _form(visit, desk, number, {} if number is None else _rules(desk)[number])


async def save_rule(visit: Visit) -> Response:
    """Save a rule; what is wrong stands beside its field, and what was typed is kept."""
    number, fields = await _number(visit), await read_fields(visit)
    rule = _rule(fields)

    def put(routing: Routing) -> Routing:
        rules = list(routing.get("rules", ()))
        place = len(rules) if number is None else number
        return {**routing, "rules": [*rules[:place], rule, *rules[place + 1 :]]}

    result = await change(visit, fields, put)
    if not isinstance(result, Refused):
        return RedirectResponse("/routing#rules", 303)
    async with visit.desk() as desk:
        return await _form(visit, desk, number, rule, beside(result.problems))


async def _number(visit: Visit) -> int | None:
    return None if visit.request.path_params["number"] == _NEW else await number_of(visit, "rules")


def _rules(desk: Desk) -> list[dict[str, Any]]:
    document = write_business_file(desk.business)["routing"]
    return list(document.get("rules", ())) if isinstance(document, dict) else []


def _rule(fields: Fields) -> dict[str, Any]:
    words = [word.strip() for word in one(fields, "keywords").replace("\n", ",").split(",")]
    people = list(dict.fromkeys(name for name in fields.get("staff", ()) if name))
    return {
        "staff": people,
        "on_call": bool(one(fields, "on_call")),
        "lines": list(fields.get("lines", ())),
        "services": list(fields.get("services", ())),
        "days": list(fields.get("days", ())),
        "keywords": [word for word in words if word],
    }


async def _form(
    visit: Visit, desk: Desk, number: int | None, rule: dict[str, Any], problems: Mapping[str, str] | None = None
) -> Response:
    people = [*rule.get("staff", ()), *[""] * _MOST_PEOPLE][: max(_MOST_PEOPLE, len(rule.get("staff", ())) + 1)]
    shown = {"number": number, "rule": _EMPTY | rule, "people": people, "seen": seen_of(desk.business)}
    return await visit.page(desk, "routing/rule.html", 422 if problems else 200, problems=problems or {}, **shown)
