"""The steps of the set-up, how far it is, and the frame around each of its pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.responses import RedirectResponse, Response

from ringback.domain.business import Business, Line
from ringback.domain.business_file import BusinessFileError
from ringback.domain.going_live import owners_of
from ringback.domain.phrases import Phrase, phrase
from ringback.store import set_up
from ringback.store.set_up import SetUp
from ringback.web.pages.visits import Desk, Visit


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the set-up. `name` is its end of the address, too."""

    name: str
    title: Phrase


@dataclass(frozen=True, slots=True)
class Progress:
    """A step as the list of all of them shows it."""

    number: int
    step: Step
    is_done: bool
    is_here: bool


STEPS = (
    Step("business", phrase("Your business")),
    Step("number", phrase("Your number")),
    Step("words", phrase("Your words")),
    Step("hours", phrase("Your hours")),
    Step("people", phrase("Who gets replies")),
    Step("test", phrase("Test call")),
    Step("live", phrase("Go live")),
)


async def go_on(visit: Visit) -> Response:
    """Lead to the first step that is not done."""
    async with visit.desk() as desk:
        done = steps_done(desk.business, await set_up.load_set_up(desk.connection, desk.business_id))
    step = next((one for one in STEPS if one.name not in done), STEPS[-1])
    return RedirectResponse(f"/set-up/{step.name}", 303)


def line_in_hand(business: Business) -> Line | None:
    """Return the line that is being set up: the newest that is not live, else the first."""
    # The newest: whoever tried a pretend number first goes on with the real one.
    waiting = [line for line in business.lines if line.in_set_up]
    return waiting[-1] if waiting else next(iter(business.lines), None)


def steps_done(business: Business, noted: SetUp) -> frozenset[str]:
    """Return what is behind us; a business that was set up otherwise has most of it behind it, too."""
    line = line_in_hand(business)
    if line is None:
        return noted.steps - {"number", "test", "live"}
    done = set(noted.steps) | {"number"}
    # Not what was once clicked through: people leave, and then the step is open again.
    if owners_of(business, line):
        done.add("people")
    else:
        done.discard("people")
    if line.in_set_up:
        return frozenset(done - {"live"})
    return frozenset({step.name for step in STEPS})


def after(name: str) -> Response:
    """Lead to the step after this one."""
    names = [step.name for step in STEPS]
    return RedirectResponse(f"/set-up/{names[names.index(name) + 1]}", 303)


async def step_page(visit: Visit, desk: Desk, name: str, values: Mapping[str, Any], status: int = 200) -> Response:
    """Return the page of a step with the list of all steps above it."""
    noted = await set_up.load_set_up(desk.connection, desk.business_id)
    done = steps_done(desk.business, noted)
    progress = [Progress(number, step, step.name in done, step.name == name) for number, step in enumerate(STEPS, 1)]
    given: dict[str, Any] = {"troubles": {}, **values}
    here = next(one for one in progress if one.is_here)
    return await visit.page(
        desk, f"wizard/{name}.html", 422 if given["troubles"] else status, progress=progress, at=here, **given
    )


def beside(error: BusinessFileError, fields: Mapping[str, str]) -> dict[str, Phrase]:
    """Return a document's problems by the field of the page each belongs to; `fields` maps places to fields.

    What belongs to no field of this page comes under "form".
    """
    troubles: dict[str, Phrase] = {}
    for problem in error.found:
        field = fields.get(problem.place, "form")
        sentence = phrase("%(what)s.", what=problem.sentence)
        troubles.setdefault(field, sentence if field != "form" else phrase("%(problem)s", problem=str(problem)))
    if not troubles and error.problems:
        troubles["form"] = phrase("%(problem)s", problem=error.problems[0])
    return troubles
