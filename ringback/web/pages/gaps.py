"""Questions the receptionist could not answer: what should callers be told next time?"""

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from ringback.store import gaps
from ringback.web.pages.visits import Visit

_SHOWN = 200


async def show_gaps(visit: Visit) -> Response:
    """Show open questions, those asked most often first."""
    async with visit.desk() as desk:
        found = await gaps.list_gaps(desk.connection, desk.business_id, _SHOWN)
        return await visit.page(desk, "gaps.html", gaps=found)


async def answer(visit: Visit) -> Response:
    """Take a question off the list: its answer is in the facts now, or it needs none."""
    gap_id = visit.path_id("gap_id")
    async with visit.desk() as desk:
        done = await gaps.answer_gap(desk.connection, desk.business_id, gap_id, visit.signed_in.name, desk.now)
    if not done:
        raise HTTPException(404, "This question is off the list already, or there is none with this address.")
    return RedirectResponse("/gaps", 303)
