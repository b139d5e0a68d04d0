"""Letting go what the brakes hold: more money for today, a text to one caller."""

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from ringback.domain.phrases import phrase
from ringback.domain.textback import explain
from ringback.store import calls
from ringback.web.pages.roles import Role, role_of
from ringback.web.pages.visits import Visit
from ringback.workflows.releasing import Released, raise_todays_cap, text_anyway
from ringback.workflows.settings import By


def _by(visit: Visit) -> By:
    return By(visit.signed_in.name, visit.signed_in.person_id, role_of(visit.signed_in) >= Role.AGENCY)


async def raise_cap(visit: Visit) -> Response:
    """Raise today's cap, and nothing else: tomorrow the usual one holds again."""
    async with visit.desk() as desk:
        today = await raise_todays_cap(desk.connection, desk.business, _by(visit), desk.now)
        return RedirectResponse(f"/brakes?done={'most' if today is None else 'raised'}", 303)


async def release_call(visit: Visit) -> Response:
    """Text a caller whose text-back is held."""
    call_id = visit.path_id("call_id")
    async with visit.desk() as desk:
        if await calls.get_call(desk.connection, desk.business_id, call_id) is None:
            raise HTTPException(404, phrase("There is no such call."))
        done = await text_anyway(desk.connection, desk.business, call_id, _by(visit), desk.now)
        if isinstance(done, Released):
            return RedirectResponse("/brakes?done=texted", 303)
        why = phrase("This call is not held any more.") if done.reason is None else explain(done.reason)
        return await visit.page(desk, "brakes/refused.html", 422, why=why, call_id=call_id)
