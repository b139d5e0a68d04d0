"""Calling a contact back: who may be rung, what the staff phone hears, and how such a call goes on."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ringback.domain.brakes import may_ring, may_ring_staff
from ringback.domain.business import Business, Staff
from ringback.domain.phrases import Phrase, phrase

STAFF_RING_SECONDS = 25
CONTACT_RING_SECONDS = 30
# A shorter one was a mailbox, or a hand that slipped: nobody has spoken yet.
SPOKEN_SECONDS = 10
# Rung later than this, the person who tapped has put the phone away.
LATEST_SECONDS = 45


class RingStep(StrEnum):
    """How far such a call has come."""

    STAFF_ANSWERED = "staff_answered"
    STAFF_ACCEPTED = "staff_accepted"
    STAFF_DECLINED = "staff_declined"
    CONTACT_ANSWERED = "contact_answered"
    CONTACT_OVER = "contact_over"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class RingProgress:
    """Something the phone company told of such a call; `reference` is our id of it."""

    reference: str
    step: RingStep
    at: datetime
    talk_seconds: int | None = None


def why_not_ring(business: Business, person: Staff | None, phone: str, *, blocked: bool) -> Phrase | None:
    """Return why this person cannot be connected with a contact's number, or None where they can."""
    if person is None:
        return phrase("You are not on the staff list, so there is no phone of yours to ring. Ask the owner to add you.")
    if person.phone is None:
        return phrase("There is no phone number of yours in the settings. Add it there, and try again.")
    if blocked:
        return phrase("This contact is blocked. Take the mark off first.")
    if person.phone == phone:
        return phrase("This is your own number.")
    if not may_ring_staff(person.phone, business.country):
        return phrase("Your phone number in the settings is one that costs extra, so it is not rung. Change it there.")
    # Whoever rings from a costly number and hopes for a call back earns by it.
    if not may_ring(business, phone):
        return phrase("This number is abroad or costs extra, so it is not rung from here. Ring it from your own phone.")
    return None


def spoken_connect(business: Business, name: str | None) -> str:
    """Return what the staff phone hears when it answers; a mobile's own voicemail never presses 1."""
    if business.language == "es":
        whom = name or "la persona que le llamó"
        return f"{business.name}. Pulse 1 para hablar con {whom}."
    return f"{business.name}. Press 1 to be connected to {name or 'your caller'}."
