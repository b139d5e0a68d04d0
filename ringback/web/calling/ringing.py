"""One tap, and both phones ring: yours first. The page says what happens while you hold yours."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from ringback.domain.phrases import Phrase, phrase
from ringback.store import call_back_calls
from ringback.web.pages.visits import Desk, Visit
from ringback.workflows.call_back_calls import Caller, ask_for_call

_NO_THREAD = phrase("There is no such conversation.")
_NO_TASK = phrase("This call-back is done already, or there is none with this address.")
# Later than this nothing more is coming, whatever got lost on the way.
_LONGEST = timedelta(hours=2)


async def ring_thread(visit: Visit) -> Response:
    """Connect whoever tapped with the contact of a thread."""
    async with visit.desk() as desk:
        return await _ring(visit, desk, visit.path_id("thread_id"))


async def ring_task(visit: Visit) -> Response:
    """Connect whoever tapped with the contact of a call-back."""
    async with visit.desk() as desk:
        thread_id = await call_back_calls.find_thread_of_task(
            desk.connection, desk.business_id, visit.path_id("call_back_id")
        )
        if thread_id is None:
            raise HTTPException(404, _NO_TASK)
        return await _ring(visit, desk, thread_id)


async def _ring(visit: Visit, desk: Desk, thread_id: UUID) -> Response:
    caller = Caller(visit.signed_in.staff_id, visit.signed_in.name)
    asked = await ask_for_call(visit.context, desk.connection, desk.business, thread_id, caller)
    # Nothing is left on the page to correct, so a refusal is a page of its own.
    match asked:
        case None:
            raise HTTPException(404, _NO_THREAD)
        case Phrase():
            return await visit.page(desk, "calling/refused.html", 422, trouble=asked, thread_id=thread_id)
        case _:
            return RedirectResponse(f"/rings/{asked}", 303)


async def show_ring(visit: Visit) -> Response:
    """Show how far a call has come."""
    async with visit.desk() as desk:
        ring = await call_back_calls.get_ring(desk.connection, desk.business_id, visit.path_id("ring_id"))
        if ring is None:
            raise HTTPException(404, phrase("There is no such call."))
        phone = next((one.phone for one in desk.business.staff if one.staff_id == ring["staff_id"]), None)
        shown: dict[str, Any] = {"ring": ring, "told": tell_ring(ring, desk.now), "staff_phone": phone}
        return await visit.page(desk, "calling/ring.html", **shown)


def tell_ring(ring: dict[str, Any], now: datetime) -> dict[str, Any]:
    """Return what to say of such a call: `words`, and whether it `is_over`."""
    # The last instant that is set says where the call stands.
    if ring["failed"] or ring["ended_at"]:
        return {"is_over": True, "words": _ENDINGS[ring["failed"] or "spoken"]}
    if now - ring["asked_at"] > _LONGEST:
        return {"is_over": True, "words": phrase("Nobody told us how this call ended.")}
    if ring["contact_answered_at"]:
        return {"is_over": False, "words": phrase("You are connected.")}
    if ring["staff_accepted_at"]:
        return {"is_over": False, "words": phrase("Their phone rings now. Stay on the line.")}
    if ring["staff_answered_at"]:
        return {"is_over": False, "words": phrase("Press 1 on your phone to be connected.")}
    return {"is_over": False, "words": phrase("Your phone is about to ring. Answer it, and press 1.")}


_ENDINGS = {
    "spoken": phrase("The call is over."),
    "refused": phrase("The phone company refused this call. Ring from your own phone, and tell the owner."),
    "not_sent": phrase("The phone company could not be reached, so no phone was rung. Try again in a minute."),
    "uncertain": phrase("The phone company did not answer us. Your phone may still ring; if not, try again."),
    "late": phrase("This took too long, so no phone was rung. Try again."),
    "no_staff": phrase("You were not connected: your phone was not answered, or 1 was not pressed."),
    "no_contact": phrase("They did not answer."),
}
