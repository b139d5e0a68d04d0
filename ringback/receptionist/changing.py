"""Bookings that exist: moved, cancelled, confirmed, or the caller is late; who texts is known by their number."""

import re
from dataclasses import replace
from uuid import UUID

from ringback.domain.bookings import Booking, Opening, Search, Window
from ringback.domain.healthcare import what_is_booked
from ringback.receptionist import asides
from ringback.receptionist.booking_talk import find, take_in
from ringback.receptionist.dialog import (
    Cancel,
    ConfirmBooking,
    Goal,
    HandOverKind,
    Reply,
    Stage,
)
from ringback.receptionist.draft import Draft
from ringback.receptionist.handing import close, hand_over, leave_to_a_person
from ringback.receptionist.hearing import Hearing
from ringback.receptionist.scripts.lines import either, whose
from ringback.receptionist.understanding.intents import Intent
from ringback.receptionist.understanding.numbers import read_choice
from ringback.receptionist.understanding.wishes import When
from ringback.receptionist.wanted import has_day, pick


def start_change(draft: Draft, hearing: Hearing, goal: Goal) -> None:
    """Begin to move or cancel: which booking is meant is never guessed among several."""
    bookings = draft.desk.caller.bookings
    # Who holds the phone is who may change its bookings; no name or date of birth is asked of them.
    draft.remember(goal=goal)
    if not bookings:
        _find_none(draft, hearing)
        return
    # Never "the next one" of several: cancelling the wrong one costs somebody their visit.
    meant = bookings[0] if len(bookings) == 1 else _named(draft, hearing, bookings)
    if meant is None:
        draft.remember(candidates=tuple(booking.booking_id for booking in bookings))
        draft.ask(Stage.WHICH_BOOKING, draft.line("which_booking", choices=_list(draft, bookings)))
        return
    _change(draft, hearing, meant)


def _find_none(draft: Draft, hearing: Hearing) -> None:
    draft.say("no_booking")
    draft.because("No booking to come was made under this number.")
    hand_over(draft, hearing, HandOverKind.UNSURE, stays=True)
    draft.remember(stage=Stage.IDLE, goal=Goal.NONE, pending=None)


def _named(draft: Draft, hearing: Hearing, bookings: tuple[Booking, ...]) -> Booking | None:
    """The one booking that the text itself names, by service or by whom it is for."""
    words = hearing.text.casefold()
    named = [booking for booking in bookings if booking.service in hearing.services or _is_for(booking, words)]
    if len(named) != 1:
        # "Move my Tuesday to Friday": the day that is to be replaced tells which one.
        return _at(draft, replace(hearing, when=When(wishes=hearing.when.instead_of)), bookings)
    return named[0]


def _is_for(booking: Booking, words: str) -> bool:
    """Whether words name whom a booking is for: "Leo" for Leo Paz, "my son" for "my son (Jo Lee)"."""
    whom = (booking.for_whom or "").casefold().partition(" (")[0]
    return bool(whom) and (whom in words or (not whom.startswith(("my ", "mi ")) and whom.split(" ")[0] in words))


def _list(draft: Draft, bookings: tuple[Booking, ...]) -> Reply:
    return either([_describe(draft, booking) for booking in bookings], draft.language)


def _describe(draft: Draft, booking: Booking) -> Reply:
    start = draft.start(booking)
    whom = f" ({whose(booking.for_whom, draft.language)})" if booking.for_whom else ""
    return Reply(f"{booking.service}{whom} {start.written}", f"{booking.service}{whom} {start.spoken}")


def hear_which_booking(draft: Draft, hearing: Hearing) -> None:
    """The answer to "which one do you mean"."""
    bookings = tuple(each for each in draft.desk.caller.bookings if each.booking_id in draft.dialog.candidates)
    # Cancelled by somebody else since we asked.
    if not bookings:
        _find_none(draft, hearing)
        return
    options = tuple(_describe(draft, booking).written for booking in bookings)
    # Said by number, by service, by whom it is for or by its day: each is how people tell bookings apart.
    chosen = read_choice(hearing.text, options)
    meant = _named(draft, hearing, bookings) or (bookings[chosen] if chosen is not None else None)
    meant = meant or _at(draft, hearing, bookings)
    if meant is not None:
        _change(draft, replace(hearing, when=When()), meant)
        return
    draft.remember(misread=draft.dialog.misread + 1)
    if draft.dialog.misread > 1:
        leave_to_a_person(draft, hearing)
    else:
        draft.ask_again()


def _at(draft: Draft, hearing: Hearing, bookings: tuple[Booking, ...]) -> Booking | None:
    opening = pick(hearing.when, [_as_opening(booking) for booking in bookings], draft.zone)
    return next((each for each in bookings if opening and each.starts_at == opening.starts_at), None)


def _as_opening(booking: Booking) -> Opening:
    return Opening(booking.starts_at, booking.ends_at, booking.staff_id)


def _change(draft: Draft, hearing: Hearing, booking: Booking) -> None:
    draft.remember(candidates=(booking.booking_id,), misread=0)
    start = draft.start(booking)
    if draft.dialog.goal is Goal.CANCEL:
        draft.ask(Stage.CANCEL_READ_BACK, draft.line("cancel_read_back", what=booking.service, start=start))
        draft.because("What is to be cancelled is read back first.")
        return
    _move(draft, hearing, booking.booking_id)


def _move(draft: Draft, hearing: Hearing, booking_id: UUID) -> None:
    booking = draft.booking(booking_id)
    if booking is None:
        return
    # The same person as before unless another is asked for; the old time is no obstacle to the new.
    search = Search(booking.service, _kept_day(draft, hearing, booking), booking.staff_id, moving=booking_id)
    draft.remember(goal=Goal.RESCHEDULE, moving=booking_id, service=booking.service, search=search, offered=())
    draft.remember(for_whom=booking.for_whom, address=booking.address, details=dict(booking.details), chosen=None)
    if _names_another_time(draft, hearing, booking) and take_in(draft, replace(hearing, services=())):
        find(draft)
        return
    draft.ask(Stage.TIME, draft.line("move_to_when", start=draft.start(booking)))


def _kept_day(draft: Draft, hearing: Hearing, booking: Booking) -> tuple[Window, ...]:
    """The day of the booking, where another hour alone was named ("move it to 4")."""
    if not hearing.when.wishes or any(map(has_day, hearing.when.wishes)):
        return ()
    day = draft.local(booking.starts_at).date()
    return (Window(day, day),)


def _names_another_time(draft: Draft, hearing: Hearing, booking: Booking) -> bool:
    """Whether a new time was named: "move my Tuesday" names the booking, not the wish."""
    return hearing.names_a_time and pick(hearing.when, [_as_opening(booking)], draft.zone) is None


_KEEP = re.compile(
    r"\b(?:keep|leave) (?:it|that|them|my)\b|\bdon.?t\W*$|\bdon.?t cancel\b|\bd[e\u00e9]j[ae]l[ao]\b", re.IGNORECASE
)


def hear_cancel(draft: Draft, hearing: Hearing) -> None:
    """The answer to the read-back of a cancellation."""
    booking = draft.booking(next(iter(draft.dialog.candidates), None))
    if booking is None:
        close(draft)
    elif asides.asks_to_move(hearing) or (hearing.names_a_time and not hearing.has(Intent.CONFIRM)):
        _move(draft, hearing, booking.booking_id)
    elif hearing.has(Intent.DENY) or _KEEP.search(hearing.text):
        draft.say("kept", what=booking.service, start=draft.start(booking))
        draft.because("The caller did not want it cancelled after all.")
        close(draft)
    elif asides.is_conditional(hearing):
        draft.ask_again()
    # "Yes, cancel it" is the likeliest yes of all here.
    elif hearing.has(Intent.CONFIRM) or hearing.reading.intent is Intent.CANCEL:
        draft.because("The caller said yes to the cancellation.")
        draft.need = Cancel(booking.booking_id)
    else:
        draft.ask_again()


def confirm_cancelled(draft: Draft, booking: Booking) -> None:
    """Say that the booking is off the calendar, once it is."""
    what = what_is_booked(draft.desk.business, booking.service, draft.language)
    draft.say("cancelled", what=what, start=draft.start(booking))
    draft.because("The booking was cancelled in the calendar.")
    close(draft)
    draft.remember(candidates=())


def confirm(draft: Draft, booking: Booking) -> None:
    """The caller answered the reminder."""
    draft.do(ConfirmBooking(booking.booking_id))
    draft.say("see_you", start=draft.start(booking))
    draft.because("The caller confirmed the booking.")
    close(draft)


def note_late(draft: Draft, hearing: Hearing) -> None:
    """The caller says that they are late: people are told, nothing is moved."""
    draft.say("late")
    draft.because("The caller will be late.")
    # Nothing is moved on its own: whether late is too late is for people to say.
    hand_over(draft, hearing, HandOverKind.ASKED, stays=True)
