"""Texts about a booking that no turn says: the reminder, "on my way", "running late"."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from ringback.domain.bookings import Booking, BookingState
from ringback.domain.business import Business
from ringback.domain.healthcare import is_on, may_remind
from ringback.domain.messages import Author, Purpose
from ringback.domain.reminding import LATEST, decide_reminder
from ringback.receptionist.booking_words import on_my_way_text, reminder_text, running_late_text
from ringback.store import bookings, contacts, dialogs, reminders, threads
from ringback.store.db import Connection, business_transaction
from ringback.store.healthcare import count_reminders
from ringback.store.ids import new_id
from ringback.workflows.context import Context, line_of
from ringback.workflows.outgoing import outgoing_message
from ringback.workflows.quiet_hours import lawful_at
from ringback.workflows.replies import Refused

_LONGEST_MINUTES = 12 * 60
_SAME_TAP_SECONDS = 300
_NOTICE_VALID = timedelta(minutes=15)

Words = Callable[[Business, str, int, str], str]
# The words in a language.
Body = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class BookingText:
    """A text about a booking; `by` is the person who tapped it, where one did."""

    message_id: UUID
    purpose: Purpose
    expires_at: datetime
    by: str | None = None


async def plan_reminder(context: Context, business_id: UUID, booking_id: UUID) -> None:
    """Set when the reminder of a booking is due, after it was made or moved. Runs any number of times."""
    async with business_transaction(context.pool, business_id) as connection:
        booking = await bookings.get_booking(connection, business_id, booking_id)
        if booking is None or booking.state is not BookingState.BOOKED:
            return
        business = await context.current_business(connection, business_id)
        # Counted from the change, not from when this job comes to run.
        made_at = booking.changed_at or context.clock.now()
        due_at = decide_reminder(business, booking, booking.contact_phone or "", made_at)
        await reminders.plan_reminder(connection, business_id, booking_id, booking.starts_at, due_at)


async def remind(context: Context, business_id: UUID, booking_id: UUID) -> None:
    """Write the reminder of a booking that is due and still stands. Runs any number of times; reminds once."""
    async with business_transaction(context.pool, business_id) as connection:
        now = context.clock.now()
        await _lock_contact(connection, business_id, booking_id, now)
        due = await reminders.load_due_reminder(connection, business_id, booking_id, now)
        if due is None:
            return
        booking = await bookings.get_booking(connection, business_id, booking_id)
        is_same = booking is not None and booking.starts_at == due.starts_at
        if booking is None or not is_same or booking.starts_at - now < LATEST / 2:
            await reminders.finish_reminder(connection, business_id, booking_id, None)
            return
        business = await context.current_business(connection, business_id)
        later = await lawful_at(connection, business, booking.contact_id, booking.contact_phone or "", now)
        if later is None or later > now:
            keep = later if later is not None and later <= booking.starts_at - LATEST else None
            await reminders.plan_reminder(connection, business_id, booking_id, booking.starts_at, keep)
            return
        message_id = None
        allowed = await _may_remind(connection, business, booking.contact_id, now)
        if allowed and await bookings.claim_reminder(connection, business_id, booking_id, now):
            expires_at = min(now + timedelta(hours=4), booking.starts_at)
            notice = BookingText(new_id(), Purpose.REMINDER, expires_at)
            body = functools.partial(reminder_text, business, booking)
            message_id = await _text_contact(connection, business, booking, notice, body, now)
        await reminders.finish_reminder(connection, business_id, booking_id, message_id)


async def _may_remind(connection: Connection, business: Business, contact_id: UUID, now: datetime) -> bool:
    """47 CFR 64.1200(a)(9)(iv): a patient is reminded once a day and three times a week at most."""
    if not is_on(business):
        return True
    return may_remind(business, *await count_reminders(connection, business.business_id, contact_id, now))


async def _lock_contact(connection: Connection, business_id: UUID, booking_id: UUID, now: datetime) -> None:
    """As a turn does before it comes to the calendar: in the other order the two could wait in a circle."""
    booking = await bookings.get_booking(connection, business_id, booking_id)
    thread = await threads.find_thread_of_contact(connection, business_id, booking.contact_id) if booking else None
    if thread is not None:
        await dialogs.load_turn(connection, business_id, thread.thread_id, now)


async def send_on_my_way(
    context: Context, business_id: UUID, booking_id: UUID, minutes: int, by: str
) -> Refused | None:
    """Tell the contact of a booking that somebody sets off now; None when it was taken."""
    return await _send_notice(context, business_id, booking_id, (on_my_way_text, minutes), by)


async def send_running_late(
    context: Context, business_id: UUID, booking_id: UUID, minutes: int, by: str
) -> Refused | None:
    """Tell the contact of a booking that it begins later; None when it was taken."""
    return await _send_notice(context, business_id, booking_id, (running_late_text, minutes), by)


async def _send_notice(
    context: Context, business_id: UUID, booking_id: UUID, what: tuple[Words, int], by: str
) -> Refused | None:
    words, minutes = what
    if not 0 < minutes <= _LONGEST_MINUTES:
        return Refused("minutes", "Say in how many minutes, up to 12 hours.")
    now = context.clock.now()
    async with business_transaction(context.pool, business_id) as connection:
        booking = await bookings.get_booking(connection, business_id, booking_id)
        if booking is None or booking.state is not BookingState.BOOKED:
            return Refused("not_found", "There is no such booking any more.")
        if await contacts.is_opted_out(connection, business_id, booking.contact_id):
            return Refused("opted_out", "This person asked for no more texts. Call them instead.")
        business = await context.current_business(connection, business_id)
        who = next((one.name for one in business.staff if one.staff_id == booking.staff_id), business.name)
        # One tap is one text, however often the button sends it.
        same = f"{words.__name__} {minutes} {int(now.timestamp()) // _SAME_TAP_SECONDS}"
        notice = BookingText(uuid5(booking_id, same), Purpose.BOOKING, now + _NOTICE_VALID, by)
        body = functools.partial(words, business, who, minutes)
        if await _text_contact(connection, business, booking, notice, body, now) is None:
            return Refused("line_ended", "There is no line left to text from.")
    return None


async def _text_contact(
    connection: Connection, business: Business, booking: Booking, notice: BookingText, words: Body, now: datetime
) -> UUID | None:
    """Add a text to the thread of a booking's contact; None where no line is left to send it from."""
    business_id = business.business_id
    known = await threads.find_thread_of_contact(connection, business_id, booking.contact_id)
    line = (line_of(business, known.line_id) if known else None) or next(iter(business.lines), None)
    if line is None:
        return None
    thread_id = await threads.find_or_create_thread(connection, business_id, booking.contact_id, line.line_id, now)
    language = (known.language if known else None) or line.language
    author = Author.STAFF if notice.by else Author.SYSTEM
    message = outgoing_message(notice.message_id, author, notice.purpose, words(language), line)
    message |= {"expires_at": notice.expires_at, "written_by": notice.by}
    await threads.add_message(connection, business_id, thread_id, line.line_id, message, now)
    return notice.message_id
