"""Whether a call has the signs of a machine that rings many numbers: never on one sign alone, never somebody known."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from ringback.domain.calls import CallEvent, Outcome

# Somebody who hangs up so soon has heard one ring at most.
_SHORT = timedelta(seconds=3)
# A person rings one dentist or three plumbers in a day. With a number that is not vouched for, the first figure speaks
# of a machine; where nothing is known of the number, only the second one does.
_MANY_BUSINESSES = 5
_VERY_MANY_BUSINESSES = 20
# How a call ends that the caller ended: where it rang out, its length says how long we let it ring.
_THEIR_END = frozenset({Outcome.ABANDONED, Outcome.OVERFLOW, Outcome.CLOSED})
# +1 and six digits: the exchange. Callers are spoofed into the one of whom they ring, so as to look like neighbours.
_EXCHANGE = 8


class Attestation(StrEnum):
    """What the phone company found of the caller's right to the number (STIR; ATIS-1000074)."""

    FULL = "full"
    PARTIAL = "partial"
    GATEWAY = "gateway"
    FAILED = "failed"
    NONE = "none"


def read_attestation(verstat: str | None) -> Attestation:
    """Return what a `StirVerstat` says ("TN-Validation-Passed-A"); nothing, or words we do not know, say nothing.

    Source: twilio.com/docs/voice/trusted-calling-with-shakenstir. It comes only with calls that carry a PASSporT.
    """
    words = (verstat or "").casefold()
    if words.startswith("tn-validation-failed"):
        return Attestation.FAILED
    level = words.removeprefix("tn-validation-passed-")
    return {"a": Attestation.FULL, "b": Attestation.PARTIAL, "c": Attestation.GATEWAY}.get(level, Attestation.NONE)


def attestation_of(events: Iterable[CallEvent]) -> Attestation:
    """Return what was said when the call came in; only its first event carries it."""
    return read_attestation(next((event.verstat for event in events if event.verstat), None))


@dataclass(frozen=True, slots=True)
class CallSigns:
    """What is known of a call and its caller. `rings_across`: in how many businesses of the installation it rang today.

    `is_known`: has texted or booked here before, or stands among the owner's contacts.
    """

    caller: str
    line_number: str
    outcome: Outcome
    lasted: timedelta | None
    attestation: Attestation
    rings_across: int
    is_known: bool
    first_time: bool


def lasted(started_at: datetime, over_at: datetime | None) -> timedelta | None:
    """Return how long a call went on; None where its end is not known."""
    return None if over_at is None else over_at - started_at


def is_robocall(signs: CallSigns) -> bool:
    """Return whether the network and the call's own course both speak of a machine.

    The number is not vouched for, and it rang many businesses today, hung up at once, or looks like a neighbour's; or
    it rang very many and hung up at once. A neighbour who hangs up at once has misdialled, if that is all we know.
    """
    # A carrier that knows its customer vouches for the number: a machine may still ring, but as itself.
    if signs.is_known or not signs.first_time or signs.attestation is Attestation.FULL:
        return False
    if signs.attestation in (Attestation.GATEWAY, Attestation.FAILED):
        return signs.rings_across >= _MANY_BUSINESSES or _says_nothing(signs) or _poses_as_neighbour(signs)
    return signs.rings_across >= _VERY_MANY_BUSINESSES and _says_nothing(signs)


def _says_nothing(signs: CallSigns) -> bool:
    short = signs.outcome in _THEIR_END and signs.lasted is not None and signs.lasted < _SHORT
    return short or signs.outcome is Outcome.VOICEMAIL_EMPTY


def _poses_as_neighbour(signs: CallSigns) -> bool:
    # Only in North America are numbers handed out by exchange; elsewhere the first digits say nothing.
    is_american = signs.caller.startswith("+1") and signs.line_number.startswith("+1")
    return is_american and signs.caller[:_EXCHANGE] == signs.line_number[:_EXCHANGE]
