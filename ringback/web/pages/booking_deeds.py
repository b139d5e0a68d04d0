"""What people do about a booking: confirm, tell the contact, mark how it went, cancel, another address for the feed."""

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from ringback.domain.bookings import Booking, BookingState
from ringback.domain.phrases import phrase
from ringback.store import bookings
from ringback.store.audit import Change
from ringback.store.booking_queries import get_booking
from ringback.store.link_secrets import LinkPurpose
from ringback.web.pages.booking_log import note_booking
from ringback.web.pages.bookings import booking_page
from ringback.web.pages.forms import read_form
from ringback.web.pages.visits import Desk, Visit
from ringback.workflows import calendar
from ringback.workflows.booking_notices import Notice, Send, read_minutes, tell_contact
from ringback.workflows.links import renew_link_secret
from ringback.workflows.reminders import send_on_my_way, send_running_late

_GONE = phrase("That cannot be done any more: the booking has changed meanwhile. This is how it stands now.")
_LONGEST_WHY = 300


async def confirm(visit: Visit) -> Response:
    """Note that the contact has confirmed, on the phone for instance."""
    booking_id = visit.path_id("booking_id")
    async with visit.desk() as desk:
        before = await bookings.get_booking(desk.connection, desk.business_id, booking_id)
        done = await bookings.confirm(desk.connection, desk.business_id, booking_id, desk.now)
        return await _answer(visit, desk, "confirmed", before, done=done)


async def mark(visit: Visit) -> Response:
    """Note how it went: `done`, `no_show`, or `booked` to take the note back."""
    booking_id, form = visit.path_id("booking_id"), await read_form(visit.request)
    state = form.get("state", "")
    if state not in (BookingState.DONE, BookingState.NO_SHOW, BookingState.BOOKED):
        raise HTTPException(400, "The form could not be read. Nothing was changed.")
    async with visit.desk() as desk:
        by, before = visit.signed_in.name, await bookings.get_booking(desk.connection, desk.business_id, booking_id)
        done = await bookings.mark(desk.connection, desk.business_id, booking_id, BookingState(state), by, desk.now)
        return await _answer(visit, desk, "marked", before, done=done)


async def cancel(visit: Visit) -> Response:
    """Cancel, with the reason for those who ask later."""
    booking_id, form = visit.path_id("booking_id"), await read_form(visit.request)
    why = form.get("why", "").strip()[:_LONGEST_WHY]
    async with visit.desk() as desk:
        by, before = visit.signed_in.name, await bookings.get_booking(desk.connection, desk.business_id, booking_id)
        cancelled = await calendar.cancel(desk.connection, desk.business, booking_id, by, why, desk.now)
        return await _answer(visit, desk, "cancelled", before, done=cancelled is not None)


async def _answer(visit: Visit, desk: Desk, deed: str, before: Booking | None, *, done: bool) -> Response:
    booking_id = visit.path_id("booking_id")
    if not done:
        return await booking_page(visit, desk, booking_id, _GONE, 409)
    await note_booking(visit, desk, booking_id, deed, before)
    return RedirectResponse(f"/bookings/{booking_id}", 303)


async def tell_on_my_way(visit: Visit) -> Response:
    """Text the contact that somebody sets off."""
    return await _tell(visit, send_on_my_way)


async def tell_running_late(visit: Visit) -> Response:
    """Text the contact that it begins later."""
    return await _tell(visit, send_running_late)


async def _tell(visit: Visit, send: Send) -> Response:
    booking_id, form = visit.path_id("booking_id"), await read_form(visit.request)
    notice = Notice(send, read_minutes(form.get("minutes", "")), visit.signed_in.name)
    trouble = await tell_contact(visit.context, visit.business_id, booking_id, notice)
    async with visit.desk() as desk:
        if trouble is not None:
            return await booking_page(visit, desk, booking_id, trouble.sentence, 422)
        booking = await get_booking(desk.connection, desk.business_id, booking_id)
    # What was just sent is seen in the thread, with whether it arrived.
    return RedirectResponse(f"/threads/{booking['thread_id']}" if booking else "/bookings", 303)


async def make_feed_address(visit: Visit) -> Response:
    """Give the feed another address; whoever has the old one reads nothing any more."""
    async with visit.desk() as desk:
        await renew_link_secret(desk.connection, visit.context.sealer, desk.business_id, LinkPurpose.FEED, desk.now)
        await visit.note(desk, Change("booking.feed_renewed", desk.business.name))
    return RedirectResponse("/bookings", 303)
