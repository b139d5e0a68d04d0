"""What became of a call's text and of any text, as a closed kind and the sentence of the rules that decided it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from ringback.domain.calls import Outcome
from ringback.domain.errors import ProviderErrorKind, words_for_owner
from ringback.domain.messages import Delivery, MessageState, Purpose
from ringback.domain.phrases import Phrase, phrase
from ringback.domain.textback import Reason, explain

# How a call ended, as people say it.
OUTCOMES: Mapping[str, Phrase] = {
    Outcome.ANSWERED_BY_STAFF: phrase("Answered"),
    Outcome.ANSWERED_BY_RECEPTIONIST: phrase("Answered by the receptionist"),
    Outcome.NO_ANSWER: phrase("Nobody answered"),
    Outcome.BUSY: phrase("You were on another call"),
    Outcome.DECLINED: phrase("Declined"),
    Outcome.CLOSED: phrase("Rang while you were closed"),
    Outcome.ABANDONED: phrase("Hung up while it rang"),
    Outcome.VOICEMAIL_LEFT: phrase("Left a voicemail"),
    Outcome.VOICEMAIL_EMPTY: phrase("Reached voicemail, said nothing"),
    Outcome.CARRIER_VOICEMAIL: phrase("A mobile’s voicemail picked up"),
    Outcome.OVERFLOW: phrase("Came over from your other number"),
    Outcome.UNREACHABLE: phrase("No phone of yours could be reached"),
    Outcome.FAILED: phrase("The call failed"),
    Outcome.RECEPTIONIST_FAILED: phrase("The receptionist could not help"),
    Outcome.BLOCKED: phrase("Blocked"),
}


class Fate(StrEnum):
    """Where a text stands, as a person would ask; templates hold the words, colours and signs."""

    RECEIVED = "received"
    DUE = "due"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    UNDELIVERED = "undelivered"
    REFUSED = "refused"
    UNCERTAIN = "uncertain"
    DROPPED = "dropped"
    SKIPPED = "skipped"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Told:
    """A text's fate, and why where it went wrong. `seconds`: from the call's end to the text, where both are known."""

    fate: Fate
    why: str | None = None
    seconds: int | None = None
    may_retry: bool = False


def tell_message(message: Mapping[str, Any]) -> Told:
    """Return what became of one text of a thread."""
    told = _tell(message["state"], message["delivery"], message["error_kind"])
    # A text-back has a short life of its own: one that was refused has become a call-back.
    may_retry = told.fate is Fate.REFUSED and message["purpose"] == Purpose.REPLY
    return Told(told.fate, told.why, may_retry=may_retry)


def tell_call(call: Mapping[str, Any]) -> Told:
    """Return whether a call's caller was texted, and why not where they were not."""
    if call["decision"] is None:
        return Told(Fate.UNDECIDED)
    if call["decision"] == "skip":
        return Told(Fate.SKIPPED, explain(Reason(call["reason"])))
    told = _tell(call["message_state"], call["delivery"], call["error_kind"])
    return Told(told.fate, told.why, _seconds_after(call))


def _seconds_after(call: Mapping[str, Any]) -> int | None:
    texted_at, over_at = call["texted_at"], call["over_at"]
    if not isinstance(texted_at, datetime) or not isinstance(over_at, datetime):
        return None
    return max(0, round((texted_at - over_at).total_seconds()))


def _tell(state: str, delivery: str | None, error_kind: str | None) -> Told:
    match MessageState(state):
        case MessageState.RECEIVED:
            return Told(Fate.RECEIVED)
        case MessageState.INTENDED:
            return Told(Fate.DUE)
        case MessageState.SENDING:
            return Told(Fate.SENDING)
        case MessageState.UNCERTAIN:
            return Told(Fate.UNCERTAIN)
        case MessageState.REJECTED:
            return Told(Fate.REFUSED, _words(error_kind))
        case MessageState.DROPPED:
            return Told(Fate.DROPPED, explain(Reason(error_kind)) if error_kind in set(Reason) else _words(error_kind))
        case MessageState.ACCEPTED:
            return _tell_accepted(delivery, error_kind)


def _tell_accepted(delivery: str | None, error_kind: str | None) -> Told:
    if delivery in (Delivery.UNDELIVERED, Delivery.FAILED):
        return Told(Fate.UNDELIVERED, _words(error_kind))
    fates = {Delivery.DELIVERED.value: Fate.DELIVERED, Delivery.READ.value: Fate.READ}
    return Told(fates.get(delivery or "", Fate.SENT))


def _words(error_kind: str | None) -> str:
    known = {kind.value: kind for kind in ProviderErrorKind}
    return words_for_owner(known.get(error_kind or "", ProviderErrorKind.UNKNOWN))
