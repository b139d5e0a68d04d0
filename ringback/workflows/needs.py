"""What the engine cannot know by itself is asked of the calendar, in the transaction of the turn."""

from datetime import datetime
from typing import assert_never
from uuid import UUID

from ringback.domain.bookings import Booking, MadeBy, Taken
from ringback.domain.business import Business
from ringback.receptionist.dialog import (
    Book,
    BookingCancelled,
    BookingMade,
    Cancel,
    ConfirmBooking,
    Desk,
    FindOpenings,
    Happened,
    Hold,
    HoldMade,
    JoinWaitingList,
    Need,
    OpeningsFound,
    Release,
)
from ringback.store import bookings, waiting_list
from ringback.store.db import Connection
from ringback.workflows import calendar


async def meet_need(connection: Connection, desk: Desk, need: Need) -> Happened:
    """Ask the calendar and return its answer. What it writes is committed, or not, with the turn."""
    business, contact_id, now = desk.business, desk.caller.contact_id, desk.now
    match need:
        case FindOpenings(search):
            return OpeningsFound(await calendar.find(connection, business, search, now, contact_id))
        case Hold(wanted, moving):
            held = await calendar.hold(connection, business, wanted, now, moving)
            return held if isinstance(held, Taken) else HoldMade(held)
        case Book():
            booked = await _book(connection, business, need, now)
            return booked if isinstance(booked, Taken) else BookingMade(booked)
        case Cancel(booking_id):
            cancelled = await calendar.cancel(connection, business, booking_id, "contact", "by text", now)
            return Taken() if cancelled is None else BookingCancelled(cancelled)
    assert_never(need)


async def _book(connection: Connection, business: Business, need: Book, now: datetime) -> Booking | Taken:
    if need.moving is not None:
        return await calendar.move(connection, business, need.moving, need.booking_id, now)
    return await calendar.book(connection, business, need.booking_id, need.wanted, MadeBy.RECEPTIONIST, now)


async def act_on_calendar(
    connection: Connection,
    business: Business,
    contact_id: UUID,
    action: Release | ConfirmBooking | JoinWaitingList,
    now: datetime,
) -> None:
    """Do what needs no answer: let a hold go, note a confirmation, put the contact on the waiting list."""
    business_id = business.business_id
    match action:
        # A hold that ran out, or a booking that is gone by now, needs nothing done about it.
        case Release(booking_id):
            await bookings.release(connection, business_id, booking_id, now)
        case ConfirmBooking(booking_id):
            await bookings.confirm(connection, business_id, booking_id, now)
        case JoinWaitingList(search, for_whom):
            await waiting_list.join_waiting_list(connection, business_id, contact_id, search, for_whom, now)
        case _:
            assert_never(action)
