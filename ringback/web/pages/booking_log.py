"""What people do to bookings by hand, for the log of changes: how the booking stood before, and how it stands now."""

from uuid import UUID
from zoneinfo import ZoneInfo

from ringback.domain.bookings import Booking
from ringback.store import bookings
from ringback.store.audit import Change
from ringback.web.pages.visits import Desk, Visit


async def note_booking(visit: Visit, desk: Desk, booking_id: UUID, deed: str, before: Booking | None) -> None:
    """Write down who did what to a booking; what was done before already is no change."""
    after = await bookings.get_booking(desk.connection, desk.business_id, booking_id)
    if after is None or after == before:
        return
    was, now = _told(desk, before), _told(desk, after)
    subject = f"{after.service}, {_local(desk, before or after)}"
    await visit.note(desk, Change(f"booking.{deed}", subject, was, now))


def _told(desk: Desk, booking: Booking | None) -> dict[str, str | bool] | None:
    if booking is None:
        return None
    names = {person.staff_id: person.name for person in desk.business.staff}
    return {
        "start": _local(desk, booking),
        "staff": names.get(booking.staff_id, ""),
        "state": booking.state,
        "confirmed": booking.confirmed_at is not None,
    }


def _local(desk: Desk, booking: Booking) -> str:
    return f"{booking.starts_at.astimezone(ZoneInfo(desk.business.zone)):%Y-%m-%d %H:%M}"
