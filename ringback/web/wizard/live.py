"""Step 7: what is looked at before a line goes live, and the button that does it."""

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from ringback.domain.business import Line
from ringback.domain.going_live import Check, Checked, Verdict, check_line, is_blocked
from ringback.domain.phrases import Phrase, phrase
from ringback.store import set_up
from ringback.web.pages.forms import read_form
from ringback.web.pages.visits import Desk, Visit
from ringback.web.wizard.number import line_settings
from ringback.web.wizard.steps import line_in_hand, step_page
from ringback.workflows import going_live
from ringback.workflows.first_steps import let_go
from ringback.workflows.going_live import check_hooks
from ringback.workflows.line_tests import pretend_company

_BLOCKED = phrase("Not yet: mend what is marked first. Nothing was changed.")


async def show_live(visit: Visit) -> Response:
    """Show the list of what is looked at."""
    return await _page(visit, {})


async def _page(visit: Visit, troubles: dict[str, Phrase]) -> Response:
    line, hooks = await _hooks(visit)
    async with visit.desk() as desk:
        noted = await set_up.load_set_up(desk.connection, desk.business_id)
        # A line that is live from the start was never tested here, and need not be.
        tested = (_tested(is_tested="test" in noted.steps),) if line and line.in_set_up else ()
        checks = (*check_line(desk.business, line), *((hooks,) if hooks else ()), *tested)
        values = {
            "line": line,
            "is_pretend": await _is_pretend(visit, desk, line),
            "checks": checks,
            "is_blocked": is_blocked(checks),
            "troubles": troubles,
        }
        return await step_page(visit, desk, "live", values)


async def _end_pretending(visit: Visit, desk: Desk, live: Line) -> None:
    """Let go of pretend numbers once a real one is live: nobody will finish their set-up."""
    if await _is_pretend(visit, desk, live):
        return
    for line in desk.business.lines:
        if await _is_pretend(visit, desk, line):
            await let_go(desk.connection, desk.business, line.line_id, visit.who, desk.now)


async def _is_pretend(visit: Visit, desk: Desk, line: Line | None) -> bool:
    return line is not None and pretend_company(visit.context, await line_settings(visit, desk, line)) is not None


async def _hooks(visit: Visit) -> tuple[Line | None, Checked | None]:
    async with visit.desk() as desk:
        line = line_in_hand(desk.business)
        settings = await line_settings(visit, desk, line)
    if line is None:
        return None, None
    return line, await check_hooks(visit.context, visit.context.providers[line.provider], line, settings)


def _tested(*, is_tested: bool) -> Checked:
    if is_tested:
        return Checked(Check.TEST, Verdict.FINE, phrase("A test call was made."))
    untested = phrase("No test call was made yet. It takes a minute, and shows what your callers will see.")
    return Checked(Check.TEST, Verdict.WARNS, untested)


async def go_live(visit: Visit) -> Response:
    """Let the line text callers, where nothing stands against it."""
    form = await read_form(visit.request)
    line, hooks = await _hooks(visit)
    # The page was about this line; another may have been connected meanwhile.
    if line is None or hooks is None or form.get("line") != str(line.line_id):
        raise HTTPException(404, phrase("There is no such number here."))
    async with visit.desk() as desk:
        who = visit.who
        checks = await going_live.go_live(desk.connection, desk.business, line.line_id, hooks, who, desk.now)
        if not is_blocked(checks):
            await _end_pretending(visit, desk, line)
    if is_blocked(checks):
        return await _page(visit, {"form": _BLOCKED})
    return RedirectResponse("/set-up/live", 303)
