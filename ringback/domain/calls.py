"""What happened on a call: events from a phone company, in any order, become one Outcome."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import assert_never


class Outcome(StrEnum):
    """How a call ended (PRODUCT 1.1). Those marked reserved need a voicemail or receptionist of ours."""

    ANSWERED_BY_STAFF = "answered_by_staff"
    ANSWERED_BY_RECEPTIONIST = "answered_by_receptionist"  # reserved
    RECEPTIONIST_FAILED = "receptionist_failed"  # reserved
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    DECLINED = "declined"
    CLOSED = "closed"
    ABANDONED = "abandoned"
    VOICEMAIL_LEFT = "voicemail_left"  # reserved
    VOICEMAIL_EMPTY = "voicemail_empty"  # reserved
    CARRIER_VOICEMAIL = "carrier_voicemail"
    OVERFLOW = "overflow"
    UNREACHABLE = "unreachable"
    FAILED = "failed"
    BLOCKED = "blocked"


ANSWERED = frozenset({Outcome.ANSWERED_BY_STAFF, Outcome.ANSWERED_BY_RECEPTIONIST})


def is_missed(outcome: Outcome) -> bool:
    """Return whether nobody of ours spoke with the caller. A blocked caller was refused, not missed."""
    return outcome not in ANSWERED and outcome is not Outcome.BLOCKED


class Plan(StrEnum):
    """What we told the phone company to do when the call came in; stored with the call."""

    RING = "ring"
    CLOSED = "closed"
    OVERFLOW = "overflow"
    WATCH = "watch"
    LOOP = "loop"
    UNKNOWN = "unknown"


class CallEventKind(StrEnum):
    """The normal form of every provider's call events."""

    RINGING = "ringing"
    LEG = "leg"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    DIALED = "dialed"
    ENDED = "ended"


class CallResult(StrEnum):
    """What became of a leg, of the ringing of staff, or of the whole call."""

    RINGING = "ringing"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    BUSY = "busy"
    NO_ANSWER = "no_answer"
    DECLINED = "declined"
    UNREACHABLE = "unreachable"
    CANCELED = "canceled"


@dataclass(frozen=True, slots=True)
class CallEvent:
    """One thing a phone company told us of one inbound call.

    `call_id` is the provider's id of the inbound call, whichever leg the event is about; `caller` is as the
    provider gave it (not always E.164); `called` is our line's number. `caller_gone`: the event says that the
    inbound call is itself over. `evidence_seconds` is how long the leg or call was up, where the provider says so.
    """

    kind: CallEventKind
    call_id: str
    at: datetime
    caller: str = ""
    called: str = ""
    leg_id: str | None = None
    result: CallResult | None = None
    caller_gone: bool = False
    evidence_seconds: int | None = None
    forwarded_from: str | None = None
    caller_name: str | None = None
    # What the phone company found when it checked that the caller owns the number (STIR), in its own words.
    verstat: str | None = None


@dataclass(frozen=True, slots=True)
class CallStory:
    """All events of one call, folded. The order and the number of times they came make no difference."""

    plan: Plan
    whisper: bool
    blocked: bool = False
    accepted: bool = False
    declined: bool = False
    caller_gone: bool = False
    legs: dict[str, CallResult] = field(default_factory=dict)
    dialed: CallResult | None = None
    ended: CallResult | None = None
    over_at: datetime | None = None


# A later fact about a leg replaces an earlier one only if it ranks higher: callbacks come in any order.
_RANK = {
    CallResult.RINGING: 0,
    CallResult.IN_PROGRESS: 1,
    CallResult.CANCELED: 2,
    CallResult.NO_ANSWER: 3,
    CallResult.UNREACHABLE: 4,
    CallResult.BUSY: 5,
    CallResult.DECLINED: 6,
    CallResult.COMPLETED: 7,
}


def _higher(old: CallResult | None, new: CallResult | None) -> CallResult | None:
    if old is None or new is None:
        return old or new
    return max(old, new, key=_RANK.__getitem__)


def fold(story: CallStory, events: Iterable[CallEvent]) -> CallStory:
    """Return `story` with `events` added; the result is the same for any order and any number of repeats."""
    for event in events:
        story = _add(story, event)
    return story


def _add(story: CallStory, event: CallEvent) -> CallStory:
    story = replace(story, caller_gone=story.caller_gone or event.caller_gone)
    match event.kind:
        case CallEventKind.RINGING:
            return story
        case CallEventKind.ACCEPTED:
            return replace(story, accepted=True)
        case CallEventKind.DECLINED:
            return replace(story, declined=True)
        case CallEventKind.LEG:
            leg = event.leg_id or ""
            result = _higher(story.legs.get(leg), event.result) or CallResult.RINGING
            return replace(story, legs={**story.legs, leg: result})
        case CallEventKind.DIALED:
            return replace(story, dialed=_higher(story.dialed, event.result), over_at=_earlier(story, event))
        case CallEventKind.ENDED:
            return replace(story, ended=_higher(story.ended, event.result), over_at=_earlier(story, event))
    assert_never(event.kind)


def _earlier(story: CallStory, event: CallEvent) -> datetime:
    return event.at if story.over_at is None else min(story.over_at, event.at)


def is_over(story: CallStory) -> bool:
    """Return whether enough is known to say how the call went: someone took it, ringing is over, or it ended.

    Without a whisper, a call that "completed" and of whose legs nothing is known may have been a conversation:
    then the phone company is asked about the legs before anything is decided.
    """
    if story.blocked or story.accepted or story.dialed is not None:
        return True
    unheard = story.plan is Plan.RING and not story.whisper and not story.legs
    return story.ended is not None and not (unheard and story.ended is CallResult.COMPLETED)


def decide_outcome(story: CallStory) -> Outcome:
    """Return how the call ended, from all its events together and never from one provider word.

    A leg that answered without an accepted whisper is a mobile's own voicemail: a person presses 1
    (facts: Twilio reports such a leg as "completed", the same word as for a conversation).
    """
    # Pressing 1 after the caller has gone puts nobody through: then the ringing ends as canceled.
    if (story.accepted and story.dialed is not CallResult.CANCELED) or _was_taken(story):
        return Outcome.ANSWERED_BY_STAFF
    if story.blocked or story.plan is Plan.LOOP:
        return Outcome.BLOCKED
    match story.plan:
        case Plan.CLOSED:
            return Outcome.CLOSED
        case Plan.OVERFLOW:
            return Outcome.OVERFLOW
        case Plan.WATCH:
            return _watched_outcome(story)
        case Plan.RING:
            return _rung_outcome(story)
        case Plan.UNKNOWN:
            # Our answer to the call never left: the caller heard an error, whatever the status word.
            return Outcome.FAILED
    assert_never(story.plan)


def _was_taken(story: CallStory) -> bool:
    """Without a whisper the phone company's word is all there is: a leg that was up was a person."""
    # A watched phone system rings its own phones: the line's whisper setting says nothing about them.
    if story.plan is not Plan.WATCH and (story.plan is not Plan.RING or story.whisper):
        return False
    up = (CallResult.COMPLETED, CallResult.IN_PROGRESS)
    return story.dialed in up or any(result in up for result in story.legs.values())


def _watched_outcome(story: CallStory) -> Outcome:
    match story.ended:
        case CallResult.COMPLETED | CallResult.IN_PROGRESS:
            # The phone system reports one word per call. "completed" may be its voicemail, but a
            # person who was spoken to must never read "sorry we missed you".
            return Outcome.ANSWERED_BY_STAFF
        case CallResult.BUSY:
            return Outcome.BUSY
        case CallResult.DECLINED:
            return Outcome.DECLINED
        case CallResult.CANCELED:
            return Outcome.ABANDONED
        case CallResult.UNREACHABLE:
            return Outcome.FAILED
        case CallResult.NO_ANSWER | CallResult.RINGING | None:
            return Outcome.NO_ANSWER
    assert_never(story.ended)


def _rung_outcome(story: CallStory) -> Outcome:
    # Legs and the Dial result are two reports of the same ringing; either may be lost.
    results = set(story.legs.values())
    if story.dialed is not None:
        results.add(story.dialed)
    # The caller went first: what a voicemail did on another leg does not matter to them.
    if story.dialed is CallResult.CANCELED:
        return Outcome.ABANDONED
    if CallResult.COMPLETED in results or CallResult.IN_PROGRESS in results:
        return Outcome.DECLINED if story.declined else Outcome.CARRIER_VOICEMAIL
    if story.caller_gone or story.ended is CallResult.CANCELED:
        return Outcome.ABANDONED
    if story.declined or CallResult.DECLINED in results:
        return Outcome.DECLINED
    return _of_silent_legs(results)


def _of_silent_legs(results: set[CallResult]) -> Outcome:
    """The most telling of what the phones did: one that rang out says more than one that was busy or off."""
    for result, outcome in (
        (CallResult.NO_ANSWER, Outcome.NO_ANSWER),
        (CallResult.RINGING, Outcome.NO_ANSWER),
        (CallResult.BUSY, Outcome.BUSY),
        (CallResult.UNREACHABLE, Outcome.UNREACHABLE),
    ):
        if result in results:
            return outcome
    return Outcome.FAILED
