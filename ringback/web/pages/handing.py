"""Who answers: a person takes a thread over, hands it back to the receptionist, or takes an emergency."""

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from ringback.store import dialog_queries, threads
from ringback.web.pages.forms import read_form
from ringback.web.pages.visits import Visit
from ringback.workflows.alerts import acknowledge_alert
from ringback.workflows.booking_notices import read_minutes
from ringback.workflows.handing_back import pause, resume


async def take_over(visit: Visit) -> Response:
    """Pause the receptionist in a thread: what it had still to say there is dropped."""
    thread_id = visit.path_id("thread_id")
    await _must_exist(visit)
    await pause(visit.context, visit.business_id, thread_id, visit.signed_in.name)
    return RedirectResponse(f"/threads/{thread_id}", 303)


async def hand_back(visit: Visit) -> Response:
    """Let the receptionist answer the next text; handed back twice it is handed back."""
    thread_id = visit.path_id("thread_id")
    await _must_exist(visit)
    await resume(visit.context, visit.business_id, thread_id)
    return RedirectResponse(f"/threads/{thread_id}", 303)


async def _must_exist(visit: Visit) -> None:
    async with visit.desk() as desk:
        if await threads.get_thread(desk.connection, desk.business_id, visit.path_id("thread_id")) is None:
            raise HTTPException(404, "There is no such conversation.")


async def acknowledge(visit: Visit) -> Response:
    """Take an emergency; the caller is told who comes, and when where that was said."""
    alert_id, form = visit.path_id("alert_id"), await read_form(visit.request)
    minutes = read_minutes(form.get("minutes", "")) or None
    async with visit.desk() as desk:
        alert = await dialog_queries.get_alert(desk.connection, desk.business_id, alert_id)
    if alert is None:
        raise HTTPException(404, "There is no such emergency.")
    if not await acknowledge_alert(visit.context, visit.business_id, alert_id, visit.signed_in.name, minutes):
        who = alert["acknowledged_by"] or "Somebody else"
        raise HTTPException(409, f"{who} has taken this emergency already.")
    return RedirectResponse(f"/threads/{alert['thread_id']}", 303)
