"""One line: asked about at its phone company now, or said by the owner."""

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from ringback.domain.business import Line, Registration
from ringback.domain.phrases import phrase
from ringback.web.pages.forms import read_form
from ringback.web.pages.visits import Desk, Visit
from ringback.workflows.context import line_of
from ringback.workflows.registration import look_up as ask
from ringback.workflows.registration import say_registration

_NO_LINE = phrase("There is no such number here.")
_NO_WORD = phrase("Say how it stands: approved, pending, not needed or unknown.")


async def look_up(visit: Visit) -> Response:
    """Ask the phone company now."""
    async with visit.desk() as desk:
        line = _of_path(visit, desk)
    await ask(visit.context, visit.business_id, line.line_id)
    return _back(line)


async def take_word(visit: Visit) -> Response:
    """Take the owner's word on a line; it lifts what carriers refused."""
    word = (await read_form(visit.request)).get("word", "")
    if word not in {one.value for one in Registration}:
        raise HTTPException(422, _NO_WORD)
    async with visit.desk() as desk:
        line = _of_path(visit, desk)
        await say_registration(desk.connection, desk.business_id, line, Registration(word), visit.who, desk.now)
    if word == Registration.UNKNOWN:
        await ask(visit.context, visit.business_id, line.line_id)
    return _back(line)


def _of_path(visit: Visit, desk: Desk) -> Line:
    line = line_of(desk.business, visit.path_id("line_id"))
    if line is None:
        raise HTTPException(404, _NO_LINE)
    return line


def _back(line: Line) -> Response:
    return RedirectResponse(f"/registration#line-{line.line_id}", 303)
