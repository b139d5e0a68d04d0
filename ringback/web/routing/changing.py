"""What owners change on the routing page: targets and ladder, the order of rules, the roster."""

from collections.abc import Callable
from datetime import date
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from ringback.domain.business_file import write_business_file
from ringback.domain.phrases import phrase
from ringback.web.pages.forms import read_pairs
from ringback.web.pages.visits import Visit
from ringback.web.routing.showing import beside, routing_page
from ringback.workflows.settings import By, Edit, Refused, Result, Saved, change_settings

Routing = dict[str, Any]
Fields = dict[str, tuple[str, ...]]
_MOST_FIELDS = 200
_NOT_A_DAY = phrase("must be a date")
_NOT_A_NUMBER = phrase("must be a whole number")
_OUTDATED = phrase("Somebody else has changed this meanwhile. Nothing of yours was saved: look at it again.")


async def read_fields(visit: Visit) -> Fields:
    """Return the fields of a form, each with all that was sent under its name."""
    fields: Fields = {}
    for name, text in await read_pairs(visit.request, _MOST_FIELDS):
        fields[name] = (*fields.get(name, ()), text.strip())
    return fields


def one(fields: Fields, name: str) -> str:
    """Return a field that is sent once."""
    return fields.get(name, ("",))[-1]


async def change(visit: Visit, fields: Fields, step: Callable[[Routing], Routing]) -> Result:
    """Make a change to the routing, unless it has changed since its page was opened; raises 409 then."""
    edit = Edit(lambda _: ("routing",), one(fields, "seen"), step, "routing")
    by = By(visit.signed_in.name, visit.signed_in.person_id)
    async with visit.desk() as desk:
        result = await change_settings(desk.connection, visit.context, visit.business_id, edit, by, desk.now)
    # Rules are known by their place: with another order, the wrong one would be changed.
    if not isinstance(result, Saved | Refused):
        raise HTTPException(409, _OUTDATED)
    return result


async def save_policy(visit: Visit) -> Response:
    """Save target, ladder and confirmation; what is wrong stands beside its field."""
    fields = await read_fields(visit)
    problems: dict[str, str] = {
        name: _NOT_A_NUMBER for name in ("target_minutes", "step_minutes") if not _is_number(one(fields, name))
    }
    if not problems:
        result = await change(visit, fields, lambda routing: _with_policy(routing, fields))
        if isinstance(result, Saved):
            return RedirectResponse("/routing?saved=1", 303)
        problems = beside(result.problems) if isinstance(result, Refused) else {}
    return await _again(visit, fields, problems)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 7


def _with_policy(routing: Routing, fields: Fields) -> Routing:
    backup = one(fields, "backup")
    said = {
        "target_minutes": int(one(fields, "target_minutes")),
        "step_minutes": int(one(fields, "step_minutes")),
        "outside_hours": one(fields, "outside_hours"),
        "confirm_relay": bool(one(fields, "confirm_relay")),
    }
    # A key that is left out is "nobody", and an empty name would be nobody's.
    rest = {name: value for name, value in routing.items() if name != "backup"}
    return {**rest, **said, **({"backup": backup} if backup else {})}


async def _again(visit: Visit, fields: Fields, problems: dict[str, str]) -> Response:
    async with visit.desk() as desk:
        typed = {name: texts[-1] for name, texts in fields.items()}
        return await routing_page(visit, desk, problems, typed, 422)


async def move_rule(visit: Visit) -> Response:
    """Move a rule one place up or down: the first that fits counts."""
    fields = await read_fields(visit)
    number, by = await number_of(visit, "rules"), -1 if one(fields, "to") == "up" else 1

    def move(routing: Routing) -> Routing:
        rules = list(routing.get("rules", ()))
        rule = rules.pop(number)
        rules.insert(max(number + by, 0), rule)
        return {**routing, "rules": rules}

    await change(visit, fields, move)
    return RedirectResponse("/routing#rules", 303)


async def remove_rule(visit: Visit) -> Response:
    """Take a rule away."""
    return await _remove(visit, "rules")


async def remove_duty(visit: Visit) -> Response:
    """Take an entry of the roster away."""
    return await _remove(visit, "roster")


async def _remove(visit: Visit, what: str) -> Response:
    fields, number = await read_fields(visit), await number_of(visit, what)
    await change(visit, fields, lambda routing: {**routing, what: _without(routing[what], number)})
    return RedirectResponse(f"/routing#{what}", 303)


def _without(entries: list[Any], number: int) -> list[Any]:
    return [entry for place, entry in enumerate(entries) if place != number]


async def number_of(visit: Visit, what: str) -> int:
    """Return the place in a list that the address names; raises 404 where there is none."""
    text = visit.request.path_params["number"]
    async with visit.desk() as desk:
        document = write_business_file(desk.business)["routing"]
    entries = document.get(what, ()) if isinstance(document, dict) else ()
    if not _is_number(text) or int(text) >= len(entries):
        raise HTTPException(404)
    return int(text)


async def add_duty(visit: Visit) -> Response:
    """Put somebody on the roster."""
    fields = await read_fields(visit)
    entry: dict[str, Any] = {"staff": one(fields, "staff"), "days": list(fields.get("days", ()))}
    problems: dict[str, str] = {}
    for name in ("first_on", "last_on"):
        try:
            entry |= {name: date.fromisoformat(one(fields, name))} if one(fields, name) else {}
        except ValueError:
            problems[name] = _NOT_A_DAY
    weeks = one(fields, "every_weeks") or "1"
    if _is_number(weeks):
        entry["every_weeks"] = int(weeks)
    else:
        problems["every_weeks"] = _NOT_A_NUMBER
    if not problems:
        result = await change(visit, fields, lambda routing: {**routing, "roster": [*routing.get("roster", ()), entry]})
        if isinstance(result, Saved):
            return RedirectResponse("/routing#roster", 303)
        problems = beside(result.problems) if isinstance(result, Refused) else {}
    return await _again(visit, fields, problems)
