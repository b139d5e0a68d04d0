"""Bookings in each state and somebody who waits, for the stock of a business."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from ringback.domain.bookings import Booking, BookingState, MadeBy, Opening, Search, Terms, Wanted
from ringback.domain.business import Business
from ringback.store import bookings, waiting_list
from ringback.store.bookings import Placing
from ringback.store.db import Connection
from ringback.store.ids import new_id
from tests.cast import NOON


@dataclass(frozen=True)
class BookingStock:
    """Ids of bookings, each in the state that its name says, and who waits."""

    booked_id: UUID
    moving_id: UUID
    held_id: UUID
    done_id: UUID
    waiting_id: UUID


def placing(
    contact_id: UUID, staff_id: UUID, hours: float, word: str = "wisdom", moving: UUID | None = None
) -> Placing:
    """Return a wish for an hour, so many hours after NOON."""
    starts_at = NOON + timedelta(hours=hours)
    opening = Opening(starts_at, starts_at + timedelta(hours=1), staff_id)
    wanted = Wanted(contact_id, f"{word} tooth", opening, details={"Which tooth?": f"the {word} one"})
    return Placing(wanted, Terms(to_at=opening.ends_at, price_cents=12900, moving=moving))


async def add_bookings(
    connection: Connection, business: Business, callers: Mapping[str, UUID], word: str
) -> BookingStock:
    """Give the business its bookings; every free text contains `word`."""
    business_id, carla, staff_id = business.business_id, callers["contact_id"], business.staff[0].staff_id
    ids = []
    for hours in (24, 26, 1):
        wish = placing(carla, staff_id, hours, word)
        booked = await bookings.book(connection, business_id, new_id(), wish, MadeBy.STAFF, NOON)
        assert isinstance(booked, Booking)
        ids.append(booked.booking_id)
    await bookings.mark(connection, business_id, ids[2], BookingState.DONE, f"Olga of {word}", NOON)
    until, wish = NOON + timedelta(minutes=10), placing(carla, staff_id, 28, word, moving=ids[1])
    held = await bookings.hold(connection, business_id, wish, until, NOON)
    assert isinstance(held, Booking)
    search = Search(f"{word} tooth")
    await waiting_list.join_waiting_list(connection, business_id, carla, search, f"{word}'s son", NOON)
    waiting = await waiting_list.list_waiting(connection, business_id, None)
    return BookingStock(ids[0], ids[1], held.booking_id, ids[2], waiting[0].waiting_id)
