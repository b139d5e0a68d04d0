"""Call-backs: whom must a person ring?"""

from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from ringback.store import call_backs, promises
from ringback.store.db import business_transaction
from ringback.web.pages.visits import Desk, Visit

# As many as there are call-backs on the page.
_MOST_PROMISES = 100


async def show_call_backs(visit: Visit) -> Response:
    """Show open call-backs, urgent ones first."""
    async with visit.desk() as desk:
        return await visit.page(desk, "call_backs.html", call_backs=await list_call_backs(desk))


async def list_call_backs(desk: Desk) -> list[dict[str, Any]]:
    """Return open call-backs, each with the promise that it keeps, where one was made."""
    found = await call_backs.list_call_backs(desk.connection, desk.business_id)
    made = await promises.list_promises(desk.connection, desk.business_id, _MOST_PROMISES)
    promised = {promise["call_back_id"]: promise for promise in made}
    return [{**call_back, "promise": promised.get(call_back["call_back_id"])} for call_back in found]


async def take(visit: Visit) -> Response:
    """Say that one rings: the others are told no more."""
    call_back_id = visit.path_id("call_back_id")
    async with business_transaction(visit.context.pool, visit.business_id) as connection:
        now, name = visit.context.clock.now(), visit.signed_in.name
        await call_backs.acknowledge_call_back(connection, visit.business_id, call_back_id, name, now)
    return RedirectResponse("/call-backs", 303)


async def finish(visit: Visit) -> Response:
    """Mark a call-back as done; done twice is done."""
    call_back_id = visit.path_id("call_back_id")
    async with business_transaction(visit.context.pool, visit.business_id) as connection:
        now, name = visit.context.clock.now(), visit.signed_in.name
        done = await call_backs.finish_call_back(connection, visit.business_id, call_back_id, name, now)
    if not done:
        raise HTTPException(404, "This call-back is done already, or there is none with this address.")
    return RedirectResponse("/call-backs", 303)
