"""The texts that go with a booking beside the talk itself: reminder, on the way, late, an opening for who waited."""

from datetime import datetime

from ringback.domain.bookings import Booking
from ringback.domain.business import Business
from ringback.domain.healthcare import is_on, what_is_booked
from ringback.domain.segments import count_segments
from ringback.receptionist.scripts.clock_words import say_start


def reminder_text(business: Business, booking: Booking, language: str) -> str:
    """Return the reminder, in one segment. It asks for a C; CANCEL it never speaks of: carriers take that as STOP."""
    when = say_start(booking.starts_at, business.zone, business.country, language).written
    what = what_is_booked(business, booking.service, language)
    # Spanish says "cita" already.
    brackets = "" if is_on(business) else f" ({booking.service})"
    if language == "es":
        return _shortest_fit(
            f"{business.name}: le recordamos su cita{brackets}, {when}. "
            "Responda C para confirmar, o escribanos para cambiarla.",
            f"{business.name}: su cita es {when}. Responda C para confirmar, o escribanos para cambiarla.",
            f"{business.name}: su cita es {when}. Responda C para confirmar.",
        )
    return _shortest_fit(
        f"{business.name}: a reminder of your {what}, {when}. Reply C to confirm, or text us to change it.",
        f"{business.name}: your appointment is {when}. Reply C to confirm, or text us to change it.",
        f"{business.name}: your appointment is {when}. Reply C to confirm.",
    )


def on_my_way_text(business: Business, who: str, minutes: int, language: str) -> str:
    """Return what the contact reads when somebody sets off to them."""
    if language == "es":
        return _shortest_fit(
            f"{business.name}: {who} va en camino, unos {minutes} minutos.",
            f"{business.name}: vamos en camino, unos {minutes} minutos.",
        )
    return _shortest_fit(
        f"{business.name}: {who} is on the way, about {minutes} minutes.",
        f"{business.name}: we are on the way, about {minutes} minutes.",
    )


def running_late_text(business: Business, who: str, minutes: int, language: str) -> str:
    """Return what the contact reads when a booking begins later than agreed."""
    if language == "es":
        return _shortest_fit(
            f"{business.name}: {who} lleva unos {minutes} minutos de retraso. Disculpe la espera.",
            f"{business.name}: llevamos unos {minutes} minutos de retraso. Disculpe la espera.",
        )
    return _shortest_fit(
        f"{business.name}: {who} is running about {minutes} minutes late. Sorry for the wait.",
        f"{business.name}: we are running about {minutes} minutes late. Sorry for the wait.",
    )


def offer_text(business: Business, held: Booking, until: datetime, language: str) -> str:
    """Return the offer to a contact of the waiting list; the time is kept for them until an instant."""
    when = say_start(held.starts_at, business.zone, business.country, language).written
    keep = say_start(until, business.zone, business.country, language).written
    if is_on(business):
        return _offer_unnamed(business, when, keep, language)
    if language == "es":
        return _shortest_fit(
            f"{business.name}: se ha liberado {when} ({held.service}). Se lo guardamos hasta {keep}. Lo quiere?",
            f"{business.name}: se ha liberado {when}. Se lo guardamos hasta {keep}. Lo quiere?",
        )
    return _shortest_fit(
        f"{business.name}: {when} has opened up for {held.service}. We keep it for you until {keep}. Shall we book it?",
        f"{business.name}: {when} has opened up. We keep it for you until {keep}. Shall we book it?",
    )


def _offer_unnamed(business: Business, when: str, keep: str, language: str) -> str:
    if language == "es":
        return f"{business.name}: se ha liberado {when}. Se lo guardamos hasta {keep}. Lo quiere?"
    return f"{business.name}: {when} has opened up. We keep it for you until {keep}. Shall we book it?"


# Names of services are the owner's, and as long as they like; the day and the time are what must not be missing.
def _shortest_fit(*candidates: str) -> str:
    """The first that fits one segment, else the last: a long name of a service must not cost a second one."""
    return next((text for text in candidates if count_segments(text).count == 1), candidates[-1])
