"""When a booking's reminder is due: some hours before, in allowed hours, and never hard upon the booking itself."""

from datetime import datetime, timedelta

from ringback.domain.bookings import Booking
from ringback.domain.business import Business
from ringback.domain.quiet import allowed_at, last_allowed_before

# Booked so shortly before the reminder would go, people have not forgotten.
_FRESH = timedelta(hours=2)
# A reminder later than this leaves no time to change anything.
LATEST = timedelta(hours=1)


def decide_reminder(business: Business, booking: Booking, phone: str, now: datetime) -> datetime | None:
    """Return when to remind of a booking made or moved now, or None where no reminder is due."""
    before = timedelta(hours=business.booking.reminder_hours)
    if before <= timedelta(0) or booking.starts_at - now < before + _FRESH:
        return None
    due_at = allowed_at(business, phone, booking.starts_at - before)
    if due_at <= booking.starts_at - LATEST:
        return due_at
    # The night lies between: rather the evening before than at breakfast of a booking at breakfast.
    earlier = last_allowed_before(business, phone, booking.starts_at - before)
    return earlier if earlier is not None and earlier > now else None
