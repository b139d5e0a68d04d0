"""Bookings made without the dialog: by a stranger on the booking page, by staff, by a program."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from ringback.domain.bookings import Booking, MadeBy, Opening, Search, Taken, Wanted, Window, find_service
from ringback.domain.business import Business
from ringback.store import bookings, contacts
from ringback.store.db import Connection
from ringback.workflows import calendar

# More starts than any grid has in so many days.
_A_DAY_AT_MOST = 300


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody wants booked at one start; `booking_id` is made with the form, so that one sent twice is one."""

    booking_id: UUID
    phone: str
    service: str
    starts_at: datetime
    staff_id: UUID | None = None
    for_whom: str | None = None
    address: str | None = None
    details: Mapping[str, str] = field(default_factory=dict)


async def place_order(
    connection: Connection, business: Business, order: Order, made_by: MadeBy, now: datetime
) -> Booking | Taken:
    """Book a start if it is still free; the contact is made where the number is new, and never renamed."""
    search = Search(order.service, staff_id=order.staff_id, address=order.address)
    opening = await find_opening(connection, business, search, order.starts_at, now)
    # The very same request again finds its own booking in the way, and must still be told that it is made.
    opening = opening or await _opening_of(connection, business, order)
    if opening is None:
        return Taken()
    contact_id = await contacts.find_or_create_contact(connection, business.business_id, order.phone, now)
    wanted = Wanted(contact_id, order.service, opening, order.for_whom, order.address, order.details)
    made = await calendar.book(connection, business, order.booking_id, wanted, made_by, now)
    is_own = isinstance(made, Booking) and made.booking_id == order.booking_id
    # Whoever types another's number, name and time on the page must not be led to that booking.
    return Taken() if made_by is MadeBy.PAGE and not is_own else made


async def _opening_of(connection: Connection, business: Business, order: Order) -> Opening | None:
    made = await bookings.get_booking(connection, business.business_id, order.booking_id)
    if made is None or made.starts_at != order.starts_at or made.service != order.service:
        return None
    return Opening(made.starts_at, made.ends_at, made.staff_id, made.resource_ids)


async def move_directly(
    connection: Connection,
    business: Business,
    booking: Booking,
    starts_at: datetime,
    staff_id: UUID | None,
    now: datetime,
) -> Booking | Taken:
    """Give a booking another start if it is free; where it is not, the booking stays as it was."""
    search = Search(booking.service, staff_id=staff_id, moving=booking.booking_id, address=booking.address)
    opening = await find_opening(connection, business, search, starts_at, now, booking.contact_id)
    if opening is None:
        return Taken()
    wanted = Wanted(booking.contact_id, booking.service, opening, booking.for_whom, booking.address)
    held = await calendar.hold(connection, business, wanted, now, moving=booking.booking_id)
    if isinstance(held, Taken):
        return held
    return await calendar.move(connection, business, booking.booking_id, held.booking_id, now)


async def find_opening(
    connection: Connection,
    business: Business,
    search: Search,
    starts_at: datetime,
    now: datetime,
    contact_id: UUID | None = None,
) -> Opening | None:
    """Return the opening at one very start, or None where there is none (any more)."""
    # Calendars end with the year 9999, and in another zone a little before.
    if not now <= starts_at <= now + timedelta(days=business.booking.horizon_days + 2):
        return None
    local = starts_at.astimezone(ZoneInfo(business.zone))
    minute = local.hour * 60 + local.minute
    window = Window(local.date(), local.date(), minute, minute, exact=True)
    wanted = Search(
        search.service, (window,), search.staff_id, limit=_A_DAY_AT_MOST, moving=search.moving, address=search.address
    )
    found = await calendar.find(connection, business, wanted, now, contact_id)
    return next((opening for opening in found if opening.starts_at == starts_at), None)


async def list_openings(
    connection: Connection, business: Business, search: Search, days: tuple[date, date], now: datetime
) -> list[Opening]:
    """Return every opening of the days first to last, in order; none where the service cannot be booked."""
    service = find_service(business, search.service)
    if service is None or not service.bookable:
        return []
    first_on, last_on = days
    many = _A_DAY_AT_MOST * ((last_on - first_on).days + 1)
    wanted = Search(
        search.service,
        (Window(first_on, last_on),),
        search.staff_id,
        limit=many,
        moving=search.moving,
        address=search.address,
    )
    found = await calendar.find(connection, business, wanted, now)
    zone = ZoneInfo(business.zone)
    # Where nothing suits, the calendar offers the nearest instead: other days are not what was asked for here.
    inside = [opening for opening in found if first_on <= opening.starts_at.astimezone(zone).date() <= last_on]
    return sorted(inside, key=lambda opening: opening.starts_at)


async def nearest_openings(
    connection: Connection, business: Business, search: Search, starts_at: datetime, now: datetime, limit: int = 4
) -> list[Opening]:
    """Return what is free closest to a start that was just taken."""
    latest = now + timedelta(days=business.booking.horizon_days)
    on = min(max(starts_at, now), latest).astimezone(ZoneInfo(business.zone)).date()
    days = (on - timedelta(days=3), on + timedelta(days=4))
    found = await list_openings(connection, business, search, days, now)
    nearest = sorted(found, key=lambda opening: abs(opening.starts_at - starts_at))[:limit]
    return sorted(nearest, key=lambda opening: opening.starts_at)
