"""What owners change on the routing page: targets and ladder, the order of rules, the roster."""

from collections.abc import Callable
from datetime import date
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from ringback.domain.business_file import write_business_file
from ringback.domain.phrases import phrase
from ringback.web.pages.forms import NOT_A_NUMBER, OUTDATED, beside, read_number, read_pairs
from ringback.web.pages.visits import Visit
from ringback.web.routing.showing import Fields, routing_page
from ringback.workflows.settings import By, Edit, Refused, Result, Saved, change_settings

Routing = dict[str, Any]
_MOST_FIELDS = 200
_NOT_A_DAY = phrase("must be a date")


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
        raise HTTPException(409, OUTDATED)
    return result


async def save_policy(visit: Visit) -> Response:
    """Save target, ladder and confirmation; what is wrong stands beside its field."""
    fields = await read_fields(visit)
    problems: dict[str, str] = {
        name: NOT_A_NUMBER for name in ("target_minutes", "step_minutes") if read_number(one(fields, name)) is None
    }
    if not problems:
        result = await change(visit, fields, lambda routing: _with_policy(routing, fields))
        if isinstance(result, Saved):
            return RedirectResponse("/routing?saved=1", 303)
        problems = beside(result.problems) if isinstance(result, Refused) else {}
    return await _again(visit, fields, problems)


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
        return await routing_page(visit, desk, problems, fields, 422)


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
    number = read_number(visit.request.path_params["number"])
    async with visit.desk() as desk:
        document = write_business_file(desk.business)["routing"]
    entries = document.get(what, ()) if isinstance(document, dict) else ()
    if number is None or number >= len(entries):
        raise HTTPException(404)
    return number


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
    entry["every_weeks"] = read_number(one(fields, "every_weeks") or "1")
    if entry["every_weeks"] is None:
        problems["every_weeks"] = NOT_A_NUMBER
    if not problems:
        result = await change(visit, fields, lambda routing: {**routing, "roster": [*routing.get("roster", ()), entry]})
        if isinstance(result, Saved):
            return RedirectResponse("/routing#roster", 303)
        problems = beside(result.problems) if isinstance(result, Refused) else {}
    return await _again(visit, fields, problems)
