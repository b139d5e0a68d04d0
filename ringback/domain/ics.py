"""Bookings as an iCalendar file (RFC 5545): the attachment of a confirmation, and the feed a phone subscribes to."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vUri

from ringback.domain.bookings import Booking, BookingState, find_service
from ringback.domain.business import Business
from ringback.domain.healthcare import is_on, what_is_booked


class Reader(StrEnum):
    """Whose calendar it is: each reads only what they need. Details and phone numbers are in neither."""

    OWNER = "owner"
    CONTACT = "contact"


_STATUS = {
    BookingState.HELD: "TENTATIVE",
    BookingState.BOOKED: "CONFIRMED",
    BookingState.CANCELLED: "CANCELLED",
    BookingState.NO_SHOW: "CONFIRMED",
    BookingState.DONE: "CONFIRMED",
}


def entry_uid(booking: Booking) -> str:
    """Return the name of a booking's entry in every calendar, the same for ever."""
    return f"{booking.booking_id}@ringback"


def render_calendar(
    business: Business, bookings: Iterable[Booking], now: datetime, reader: Reader = Reader.OWNER
) -> str:
    """Return the text of an .ics file with one entry for each booking, in the business's time zone."""
    calendar = Calendar()
    calendar.add("prodid", "-//Ringback//Bookings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    # The name of the whole calendar; a single entry in the contact's own must not rename that.
    if reader is Reader.OWNER:
        calendar.add("x-wr-calname", business.name)
    entries = list(bookings)
    for booking in entries:
        calendar.add_component(_entry(business, booking, now, reader))
    years = [booking.starts_at.year for booking in entries] or [now.year]
    # Clients that do not know a zone's name read its rules from the file; of all years they would fill pages.
    calendar.add_missing_timezones(first_date=date(min(years) - 1, 1, 1), last_date=date(max(years) + 1, 12, 31))
    return str(calendar.to_ical().decode())


def _entry(business: Business, booking: Booking, now: datetime, reader: Reader) -> Event:
    clock = ZoneInfo(business.zone)
    entry = Event()
    entry.add("uid", entry_uid(booking))
    entry.add("sequence", booking.sequence)
    entry.add("dtstamp", booking.changed_at or now)
    entry.add("dtstart", booking.starts_at.astimezone(clock))
    entry.add("dtend", booking.ends_at.astimezone(clock))
    entry.add("status", _STATUS[booking.state])
    entry.add("summary", _summary(business, booking, reader))
    where = _where(business, booking)
    if where is not None:
        entry.add("location", where)
    if reader is Reader.CONTACT:
        _add_phone(business, entry)
    return entry


def _summary(business: Business, booking: Booking, reader: Reader) -> str:
    # Calendars are shared with families, and kept by companies with whom a practice has no agreement.
    what = what_is_booked(business, booking.service, business.language).capitalize()
    if reader is Reader.CONTACT:
        return f"{what if is_on(business) else booking.service}, {business.name}"
    if is_on(business):
        return what
    return f"{booking.for_whom or booking.contact_name or 'Caller'}: {booking.service}"


# A service that was renamed is not found: then an address that was taken down is where the work is.
def _where(business: Business, booking: Booking) -> str | None:
    service = find_service(business, booking.service)
    goes_out = service.at_address if service is not None else booking.address is not None
    return booking.address if goes_out else business.address


def _add_phone(business: Business, entry: Event) -> None:
    """Add the number to call or text about it: that of the first line."""
    if business.lines:
        entry.add("url", vUri(f"tel:{business.lines[0].number}"))
