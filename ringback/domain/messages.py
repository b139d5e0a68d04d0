"""One text from intent to delivery: its states, what a carrier's word changes, and whether it may still go."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import assert_never

from ringback.domain.textback import Reason


class Direction(StrEnum):
    """Which way a text went."""

    IN = "in"
    OUT = "out"


class Author(StrEnum):
    """Who wrote a text."""

    CONTACT = "contact"
    RECEPTIONIST = "receptionist"
    STAFF = "staff"
    SYSTEM = "system"


class MessageState(StrEnum):
    """Where an outgoing text stands with us. `sending` is committed before the request leaves (never texts twice)."""

    INTENDED = "intended"
    SENDING = "sending"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    UNCERTAIN = "uncertain"
    DROPPED = "dropped"
    RECEIVED = "received"


class Delivery(StrEnum):
    """What the carrier last said of an accepted text, lowest rank first."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    UNDELIVERED = "undelivered"
    FAILED = "failed"
    DELIVERED = "delivered"
    READ = "read"


_ORDER = tuple(Delivery)


def later_delivery(old: Delivery | None, new: Delivery) -> Delivery:
    """Return the state to keep. Callbacks come in any order (Twilio: no guarantee), so a lower rank never wins."""
    if old is None:
        return new
    return max(old, new, key=_ORDER.index)


class OptKeyword(StrEnum):
    """A keyword that a phone company or we recognised in an inbound text."""

    STOP = "stop"
    START = "start"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of an inbound text, still at the provider."""

    url: str
    content_type: str


@dataclass(frozen=True, slots=True)
class MessageReceived:
    """A text that came in. `handled_by_carrier`: the provider has already acted on and answered this keyword."""

    message_id: str
    sender: str
    to: str
    body: str
    at: datetime
    pictures: tuple[Picture, ...] = ()
    handled_by_carrier: OptKeyword | None = None


@dataclass(frozen=True, slots=True)
class MessageProgress:
    """A provider's word on a text of ours. `reference` is our own message id, when the callback carries it."""

    message_id: str
    delivery: Delivery
    at: datetime
    error_code: str | None = None
    reference: str | None = None
    # What the provider bills for it, in thousandths of a cent, and in which currency (ISO 4217); many never say so.
    price_millicents: int | None = None
    price_currency: str | None = None


class Purpose(StrEnum):
    """What an outgoing text is for; what may still be sent after a STOP depends on it."""

    INBOUND = "inbound"
    TEXT_BACK = "text_back"
    REPLY = "reply"
    KEYWORD_ANSWER = "keyword_answer"
    # What the receptionist answers; once, later, when the contact has gone silent; and what concerns a booking.
    RECEPTIONIST = "receptionist"
    FOLLOW_UP = "follow_up"
    BOOKING = "booking"
    REMINDER = "reminder"
    # To the phones of staff: an emergency.
    ALERT = "alert"


# Nobody of the business wrote these for this contact: marks of the contact hold them back.
_AUTOMATIC = frozenset([Purpose.TEXT_BACK, Purpose.RECEPTIONIST, Purpose.FOLLOW_UP, Purpose.BOOKING, Purpose.REMINDER])


@dataclass(frozen=True, slots=True)
class Send:
    """Hand the text over now."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Look again at this instant."""

    until: datetime


@dataclass(frozen=True, slots=True)
class LookUp:
    """It may have gone out: ask the provider before anything else."""


@dataclass(frozen=True, slots=True)
class Drop:
    """It must not go out any more."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class Leave:
    """Nothing to do: it was handed over, refused or dropped before."""


DeliveryStep = Send | Wait | LookUp | Drop | Leave


@dataclass(frozen=True, slots=True)
class DeliveryFacts:
    """One outgoing text and all that may stop it, read in the transaction that marks it as `sending`."""

    state: MessageState
    purpose: Purpose
    send_at: datetime
    expires_at: datetime | None
    sending_at: datetime | None
    opted_out: bool
    do_not_text: bool
    blocked: bool
    # A carrier or a look-up says that no text arrives there.
    untextable: bool = False
    unread_text: bool = False
    answered_since: bool = False
    called_back: bool = False
    # The contact has texted since the call: the thread is open, and an automatic opening would restart it.
    wrote_since: bool = False
    ringing: bool = False
    registered: bool = True
    switched_off: bool = False
    # A person of the business has texted the contact since this text was written.
    person_wrote: bool = False
    # The law keeps the contact's hours quiet until then, or allows no further text today.
    quiet_until: datetime | None = None
    over_law_cap: bool = False


# A worker that died between "sending" and the answer leaves the state behind; one that lives is done by then.
SENDING_LEASE = timedelta(seconds=15)
_SHORTLY = timedelta(seconds=1)
_AT_MOST = timedelta(seconds=30)


def decide_delivery(facts: DeliveryFacts, now: datetime) -> DeliveryStep:
    """Return what to do with an outgoing text at the last moment before it would leave."""
    match facts.state:
        case MessageState.SENDING:
            free_at = (facts.sending_at or now) + SENDING_LEASE
            return LookUp() if now >= free_at else Wait(free_at)
        # Twilio's create is not idempotent (error page 20500): asking is the only safe next step.
        case MessageState.UNCERTAIN:
            return LookUp()
        case MessageState.INTENDED:
            return _decide_intended(facts, now)
        case MessageState.ACCEPTED | MessageState.REJECTED | MessageState.DROPPED | MessageState.RECEIVED:
            return Leave()
    assert_never(facts.state)


def _decide_intended(facts: DeliveryFacts, now: datetime) -> DeliveryStep:
    reason = _reason_to_drop(facts, now)
    if reason:
        return Drop(reason)
    # Jobs come a little early where the clocks of database and process differ.
    if facts.send_at > now:
        return Wait(facts.send_at)
    if facts.quiet_until is not None:
        is_too_late = facts.expires_at is not None and facts.quiet_until >= facts.expires_at
        return Drop(Reason.QUIET_HOURS) if is_too_late else Wait(facts.quiet_until)
    # An inbound text that is not read yet may be a STOP; a call that still rings may be answered.
    if facts.unread_text or (facts.purpose is Purpose.TEXT_BACK and facts.ringing):
        # Longer and longer: what has not come in a minute will not come in the next second.
        return Wait(now + min(max((now - facts.send_at) / 4, _SHORTLY), _AT_MOST))
    return Send()


def _reason_to_drop(facts: DeliveryFacts, now: datetime) -> Reason | None:
    """The first Reason that applies; what a person wrote goes out to contacts that automatic texts are kept from."""
    automatic, text_back = facts.purpose in _AUTOMATIC, facts.purpose is Purpose.TEXT_BACK
    checks = (
        (facts.opted_out and facts.purpose is not Purpose.KEYWORD_ANSWER, Reason.OPTED_OUT),
        (automatic and facts.blocked, Reason.BLOCKED),
        (automatic and facts.do_not_text, Reason.DO_NOT_TEXT),
        (automatic and facts.untextable, Reason.NOT_TEXTABLE),
        (text_back and facts.answered_since, Reason.ANSWERED_SINCE),
        (text_back and facts.called_back, Reason.CALLED_BACK),
        (text_back and facts.wrote_since, Reason.THREAD_OPEN),
        (text_back and facts.switched_off, Reason.SWITCHED_OFF),
        (facts.person_wrote, Reason.PERSON_WROTE),
        # Carriers block and bill every text of an unregistered line, whatever it is for.
        (not facts.registered, Reason.NOT_REGISTERED),
        (facts.over_law_cap, Reason.TEXTED_RECENTLY),
        (facts.expires_at is not None and now >= facts.expires_at, Reason.STALE),
    )
    return next((reason for applies, reason in checks if applies), None)
