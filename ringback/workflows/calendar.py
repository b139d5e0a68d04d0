"""The calendar as the dialog, the pages and the API use it, inside one open transaction; the built-in one beneath."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from ringback.domain.bookings import (
    Booking,
    BookingState,
    Busy,
    MadeBy,
    Opening,
    Search,
    Taken,
    Wanted,
    find_service,
    terms_of,
)
from ringback.domain.business import Business
from ringback.domain.ics import entry_uid
from ringback.domain.openings import find_openings
from ringback.ports import CalendarChanges, CalendarEntry, EntryChanged, EntrySaved
from ringback.store import bookings, feed
from ringback.store.bookings import Asking, Placing
from ringback.store.db import Connection
from ringback.store.feed import parse_position


@dataclass(frozen=True, slots=True)
class BuiltInCalendar:
    """The Calendar that needs nothing else: its entries are the bookings themselves. `asking` is not in its own way."""

    connection: Connection
    business_id: UUID
    now: datetime
    asking: Asking = field(default_factory=Asking)

    async def read_busy(self, unit_ids: Sequence[UUID], from_at: datetime, to_at: datetime) -> Sequence[Busy]:
        """Return what these people and resources have, holds included."""
        # One read for all: people who left still have rows, and nobody asks for them.
        wanted = frozenset(unit_ids)
        busy = await bookings.load_busy(self.connection, self.business_id, from_at, to_at, self.now, self.asking)
        return [one for one in busy if one.unit_id in wanted]

    async def save_entry(self, entry: CalendarEntry) -> EntrySaved:
        """Return the booking's own id: whoever has an entry to save has committed it here."""
        return EntrySaved(str(entry.booking.booking_id), str(entry.booking.sequence))

    async def read_changes(self, token: str | None) -> CalendarChanges:
        """Return bookings that changed since a position in the feed of changes."""
        position = parse_position(token or "")
        if position is None:
            # Whoever begins reads the bookings themselves; from here on nothing is missed.
            return CalendarChanges((), (), str(await feed.current_position(self.connection)), anew=True)
        changes = await feed.list_changes(self.connection, self.business_id, position)
        ids = dict.fromkeys(change.subject for change in changes if change.kind == "booking")
        found = [await bookings.get_booking(self.connection, self.business_id, booking_id) for booking_id in ids]
        entries = tuple(_changed(one) for one in found if one is not None and one.state is not BookingState.HELD)
        return CalendarChanges(entries, (), str(changes[-1].position if changes else position))


def _changed(booking: Booking) -> EntryChanged:
    if booking.state is BookingState.CANCELLED:
        return EntryChanged(entry_uid(booking))
    return EntryChanged(entry_uid(booking), booking.starts_at, booking.ends_at)


async def find(
    connection: Connection, business: Business, search: Search, now: datetime, contact_id: UUID | None = None
) -> tuple[Opening, ...]:
    """Return the openings to offer, best first. A contact's own hold is not in their way, and where they are is not
    offered as somewhere to move to."""
    # "Can we move it?" is not answered with the time it has.
    if search.moving is not None:
        moving = await bookings.get_booking(connection, business.business_id, search.moving)
        # Given to somebody else, it may well stay at its hour.
        if moving is not None and search.staff_id in {None, moving.staff_id}:
            search = replace(search, besides=search.besides | {moving.starts_at})
    built_in = BuiltInCalendar(connection, business.business_id, now, Asking(search.moving, contact_id))
    # What ended a while ago may still ask for a way from there; what begins after the horizon for one to it.
    longest = max((service.minutes + service.buffer_minutes for service in business.services), default=0)
    ahead = timedelta(days=business.booking.horizon_days + 3, minutes=longest + business.booking.travel_minutes)
    busy = await built_in.read_busy(units_of(business), now - timedelta(days=2), now + ahead)
    return find_openings(business, search, busy, now)


def units_of(business: Business) -> list[UUID]:
    """Return everyone and everything that a booking can occupy."""
    resources = [resource.resource_id(business.business_id) for resource in business.resources]
    return [person.staff_id for person in business.staff] + resources


async def hold(
    connection: Connection, business: Business, wanted: Wanted, now: datetime, moving: UUID | None = None
) -> Booking | Taken:
    """Keep a time for a contact while they decide, for as long as the owner's policy says."""
    placing = _placing(business, wanted, moving)
    # The owner took the service out while the caller was reading about it.
    if placing is None:
        return Taken()
    until = now + timedelta(minutes=business.booking.hold_minutes)
    return await bookings.hold(connection, business.business_id, placing, until, now)


async def book(
    connection: Connection, business: Business, booking_id: UUID, wanted: Wanted, made_by: MadeBy, now: datetime
) -> Booking | Taken:
    """Book under this id: a hold's, run out or not, or a new one (`new_id()`). The same id twice is one booking."""
    placing = _placing(business, wanted)
    if placing is None:
        return Taken()
    return await bookings.book(connection, business.business_id, booking_id, placing, made_by, now)


def _placing(business: Business, wanted: Wanted, moving: UUID | None = None) -> Placing | None:
    service, opening = find_service(business, wanted.service), wanted.opening
    # Whoever left, or was taken off the list, since the time was offered cannot be booked any more.
    is_gone = not {opening.staff_id, *opening.resource_ids} <= set(units_of(business))
    return None if service is None or is_gone else Placing(wanted, terms_of(business, service, wanted, moving))


async def move(
    connection: Connection, business: Business, booking_id: UUID, held_id: UUID, now: datetime
) -> Booking | Taken:
    """Give a booking the time of a hold made with `moving`: it keeps its id, its old time is free at once."""
    if held_id == booking_id:
        # The hold found that the booking already is where it was to go.
        stays = await bookings.get_booking(connection, business.business_id, booking_id)
        return stays if stays is not None and stays.state is BookingState.BOOKED else Taken()
    return await bookings.move(connection, business.business_id, booking_id, held_id, now)


async def cancel(
    connection: Connection, business: Business, booking_id: UUID, by: str, why: str, now: datetime
) -> Booking | None:
    """Cancel a booking; None where there is none to cancel. `by` is "contact" or a person's name."""
    return await bookings.cancel(connection, business.business_id, booking_id, by, why, now)


async def release(connection: Connection, business: Business, booking_id: UUID, now: datetime) -> bool:
    """Let a hold go."""
    return await bookings.release(connection, business.business_id, booking_id, now)
