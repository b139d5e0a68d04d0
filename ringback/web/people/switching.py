"""From one business to another, for whoever works for several."""

from dataclasses import replace

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from ringback.domain.phrases import phrase
from ringback.store import members, people
from ringback.web import auth
from ringback.web.devices import device_of
from ringback.web.pages.forms import id_in, read_form
from ringback.web.pages.visits import Visit
from ringback.web.people.own import require_own_sign_in


async def show_businesses(visit: Visit) -> Response:
    """List the businesses this person works for."""
    require_own_sign_in(visit)
    async with visit.desk() as desk:
        mine = await members.list_businesses(desk.connection, visit.signed_in.person_id)
        return await visit.page(desk, "people/businesses.html", businesses=mine)


async def switch_business(visit: Visit) -> Response:
    """Go on in another business, with a session of its own; the pages open for the one before are signed out."""
    require_own_sign_in(visit)
    business_id = id_in(await read_form(visit.request), "business")
    now, device = visit.context.clock.now(), await device_of(visit.request, visit.context)
    async with visit.context.pool.acquire() as connection, connection.transaction():
        person_id = visit.signed_in.person_id
        if business_id is None or await members.role_in(connection, business_id, person_id) is None:
            raise HTTPException(404, phrase("You do not work for that business."))
        # Who only goes on elsewhere has proved nothing anew.
        same = replace(device, proved_at=visit.signed_in.proved_at)
        token = await people.start_session(connection, person_id, business_id, now, same)
    response = RedirectResponse("/", 303)
    await auth.admit(visit.context, visit.request, response, token)
    return response
