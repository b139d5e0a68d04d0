"""Who answers: a person takes a thread over, gives it to another or back to the receptionist, or takes an emergency."""

from uuid import UUID

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from ringback.domain.phrases import phrase
from ringback.store import dialog_queries
from ringback.store.audit import Change
from ringback.web.pages.forms import id_in, read_form
from ringback.web.pages.threads import thread_of
from ringback.web.pages.visits import Visit
from ringback.workflows.alerts import acknowledge_alert
from ringback.workflows.booking_notices import read_minutes
from ringback.workflows.handing_back import pause, resume
from ringback.workflows.routing import give_thread


async def take_over(visit: Visit) -> Response:
    """Pause the receptionist in a thread: what it had still to say there is dropped."""
    thread_id = visit.path_id("thread_id")
    await _must_exist(visit, thread_id)
    await pause(visit.context, visit.business_id, thread_id, visit.signed_in.name)
    return RedirectResponse(f"/threads/{thread_id}", 303)


async def hand_back(visit: Visit) -> Response:
    """Let the receptionist answer the next text; handed back twice it is handed back."""
    thread_id = visit.path_id("thread_id")
    await _must_exist(visit, thread_id)
    await resume(visit.context, visit.business_id, thread_id)
    return RedirectResponse(f"/threads/{thread_id}", 303)


async def _must_exist(visit: Visit, thread_id: UUID) -> None:
    async with visit.desk() as desk:
        await thread_of(visit, desk, thread_id)


async def assign(visit: Visit) -> Response:
    """Make a thread somebody's of the staff, or nobody's."""
    thread_id, form = visit.path_id("thread_id"), await read_form(visit.request)
    staff_id = id_in(form, "staff")
    async with visit.desk() as desk:
        thread = await thread_of(visit, desk, thread_id)
        # The form names people by id: two of them may have one name, and one may have left meanwhile.
        names = {person.staff_id: person.name for person in desk.business.staff}
        if form.get("staff") and staff_id not in names:
            raise HTTPException(422, phrase("This person does not work here any more. Choose another one."))
        name, by = names.get(staff_id) if staff_id else None, visit.signed_in
        if await give_thread(desk.connection, desk.business, thread_id, staff_id, by.name, desk.now):
            change = Change("thread.owner", str(thread_id), thread["owner_name"], name)
            await visit.note(desk, change)
    return RedirectResponse(f"/threads/{thread_id}", 303)


async def acknowledge(visit: Visit) -> Response:
    """Take an emergency; the caller is told who comes, and when where that was said."""
    alert_id, form = visit.path_id("alert_id"), await read_form(visit.request)
    minutes = read_minutes(form.get("minutes", "")) or None
    async with visit.desk() as desk:
        alert = await dialog_queries.get_alert(desk.connection, desk.business_id, alert_id)
    if alert is None:
        raise HTTPException(404, phrase("There is no such emergency."))
    if not await acknowledge_alert(visit.context, visit.business_id, alert_id, visit.signed_in.name, minutes):
        if alert["acknowledged_by"] is None:
            raise HTTPException(409, phrase("Somebody else has taken this emergency already."))
        raise HTTPException(409, phrase("%(name)s has taken this emergency already.", name=alert["acknowledged_by"]))
    return RedirectResponse(f"/threads/{alert['thread_id']}", 303)
