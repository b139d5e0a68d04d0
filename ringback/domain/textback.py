"""Whether a missed caller is texted, and when; if not, for which Reason (PRODUCT 2.5, 2.6)."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from ringback.domain.brakes import for_known
from ringback.domain.business import Registration, TextBackPolicy
from ringback.domain.calls import ANSWERED, Outcome, is_missed
from ringback.domain.phones import PhoneKind
from ringback.domain.phrases import phrase


class Reason(StrEnum):
    """Why no text went out; stored with the call and shown beside it."""

    ANSWERED = "answered"
    BLOCKED = "blocked"
    OPTED_OUT = "opted_out"
    WITHHELD = "withheld"
    NOT_TEXTABLE = "not_textable"
    OWN_NUMBER = "own_number"
    STAFF = "staff"
    DO_NOT_TEXT = "do_not_text"
    SPAM = "spam"
    ANSWERED_SINCE = "answered_since"
    CALLED_BACK = "called_back"
    TEXTED_RECENTLY = "texted_recently"
    THREAD_OPEN = "thread_open"
    OVER_BRAKE = "over_brake"
    OVER_CAP = "over_cap"
    ROBOCALL = "robocall"
    BOT_LOOP = "bot_loop"
    REASSIGNED = "reassigned"
    QUIET_HOURS = "quiet_hours"
    OUTSIDE_HOURS = "outside_hours"
    NOT_REGISTERED = "not_registered"
    IN_SET_UP = "in_set_up"
    SWITCHED_OFF = "switched_off"
    STALE = "stale"
    PERSON_WROTE = "person_wrote"
    BOOKING_CHANGED = "booking_changed"


class Mark(StrEnum):
    """What a person or a carrier said of a contact."""

    BLOCKED = "blocked"
    DO_NOT_TEXT = "do_not_text"
    SPAM = "spam"
    UNTEXTABLE = "untextable"


@dataclass(frozen=True, slots=True)
class SendAt:
    """Text the caller at this instant (UTC)."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Skip:
    """Do not text the caller."""

    reason: Reason


Decision = SendAt | Skip


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a decision rests on, as it stood when the call was settled.

    `over_at` is when the call was over; `claimed_until` ends the window of a text another call of this contact has
    claimed; `last_inbound_at` is the last text of an open thread. `is_test`: the owner tests the line from this phone
    (PRODUCT 2.6: staff are texted in a test window only).
    """

    outcome: Outcome
    over_at: datetime
    zone: str
    kind: PhoneKind = PhoneKind.TEXTABLE
    is_own_number: bool = False
    is_staff: bool = False
    marks: frozenset[Mark] = frozenset()
    opted_out: bool = False
    answered_since: bool = False
    called_back: bool = False
    claimed_until: datetime | None = None
    last_inbound_at: datetime | None = None
    line_sent_last_hour: int = 0
    business_sent_last_hour: int = 0
    line_on: bool = True
    registration: Registration = Registration.UNKNOWN
    in_set_up: bool = False
    is_test: bool = False
    # Has texted or booked before: a quarter more of the hourly limits is kept for them.
    is_known: bool = False
    is_robocall: bool = False
    # The number has changed hands since we last heard from it.
    reassigned: bool = False
    policy: TextBackPolicy = field(default_factory=TextBackPolicy)


def decide(facts: Facts, now: datetime) -> Decision:
    """Return SendAt or Skip with the first Reason that applies, the caller's own wishes before all others."""
    # The delay counts from the end of the call, so the settle window lies inside it.
    send_at = max(now, facts.over_at + timedelta(seconds=facts.policy.delay_seconds))
    reason = (
        _about_the_call(facts) or _about_the_caller(facts) or _about_the_need(facts) or _about_the_moment(facts, now)
    )
    if reason:
        return Skip(reason)
    allowed_at = allowed_by_owner(facts.policy, facts.zone, send_at)
    if allowed_at != send_at and not facts.policy.hold:
        return Skip(Reason.OUTSIDE_HOURS)
    return SendAt(allowed_at)


def _about_the_call(facts: Facts) -> Reason | None:
    # Whose call it was comes before what became of it: staff testing the line read why nothing came.
    if facts.outcome in ANSWERED:
        return Reason.ANSWERED
    if facts.is_own_number:
        return Reason.OWN_NUMBER
    if facts.is_staff and not facts.is_test:
        return Reason.STAFF
    if facts.outcome is Outcome.BLOCKED or Mark.BLOCKED in facts.marks:
        return Reason.BLOCKED
    return Reason.WITHHELD if facts.kind is PhoneKind.WITHHELD else None


def _about_the_caller(facts: Facts) -> Reason | None:
    # The caller's own word outranks the owner's marks, so that it is the one shown.
    if facts.opted_out:
        return Reason.OPTED_OUT
    if Mark.SPAM in facts.marks:
        return Reason.SPAM
    return Reason.DO_NOT_TEXT if Mark.DO_NOT_TEXT in facts.marks else None


def _about_the_need(facts: Facts) -> Reason | None:
    """No text is due at all; asked before what hinders one, which would note a call-back that nobody needs."""
    if not facts.line_on or facts.outcome.value in facts.policy.outcomes_off:
        return Reason.SWITCHED_OFF
    # Somebody spoke with the caller meanwhile: "sorry we missed you" would be false.
    if facts.answered_since:
        return Reason.ANSWERED_SINCE
    return Reason.CALLED_BACK if facts.called_back else None


def _about_the_moment(facts: Facts, now: datetime) -> Reason | None:
    if facts.in_set_up and not facts.is_test:
        return Reason.IN_SET_UP
    # Before what hinders a text: nobody is to ring a machine back because its number is a landline's.
    if facts.is_robocall and not facts.is_test:
        return Reason.ROBOCALL
    if not _is_textable(facts):
        return Reason.NOT_TEXTABLE
    # Their own call is consent anew, but nobody knows who they are: a person rings.
    if facts.reassigned:
        return Reason.REASSIGNED
    if facts.registration is Registration.PENDING:
        return Reason.NOT_REGISTERED
    # Whoever tests rings several times, and wants to see the text each time.
    again = None if facts.is_test else _said_enough(facts, now)
    if again is not None:
        return again
    # A decision made late (lost callbacks, a machine that was off) must not text hours after the call.
    if now - facts.over_at > timedelta(seconds=facts.policy.stale_after_seconds):
        return Reason.STALE
    return Reason.OVER_BRAKE if _is_over_brake(facts) else None


def _is_textable(facts: Facts) -> bool:
    # The pretend phone company's test phone has one country, wherever the business is.
    kinds = (PhoneKind.TEXTABLE, PhoneKind.FOREIGN) if facts.is_test else (PhoneKind.TEXTABLE,)
    return facts.kind in kinds and Mark.UNTEXTABLE not in facts.marks


def _said_enough(facts: Facts, now: datetime) -> Reason | None:
    if _is_thread_open(facts, now):
        return Reason.THREAD_OPEN
    return Reason.TEXTED_RECENTLY if facts.claimed_until is not None and facts.claimed_until > now else None


def _is_thread_open(facts: Facts, now: datetime) -> bool:
    if facts.last_inbound_at is None:
        return False
    return now - facts.last_inbound_at < timedelta(hours=facts.policy.thread_open_hours)


def _is_over_brake(facts: Facts) -> bool:
    # A first look, which spares most calls of a storm the rest; the database counts again where the text is written.
    line, business = facts.policy.per_line_an_hour, facts.policy.per_business_an_hour
    if facts.is_known:
        line, business = for_known(line), for_known(business)
    return facts.line_sent_last_hour >= line or facts.business_sent_last_hour >= business


def allowed_by_owner(policy: TextBackPolicy, zone: str, at: datetime) -> datetime:
    """Return the first instant from `at` on that lies inside the owner's hours for texts, which may pass midnight."""
    if policy.not_before is None or policy.not_after is None:
        return at
    first, last = time.fromisoformat(policy.not_before), time.fromisoformat(policy.not_after)
    local = at.astimezone(ZoneInfo(zone))
    clock = local.time()
    inside = first <= clock < last if first <= last else clock >= first or clock < last
    if inside:
        return at
    day = local.date() if clock < first else local.date() + timedelta(days=1)
    opens = datetime.combine(day, first, ZoneInfo(zone))
    # Through UTC: on the night the clocks change, local times may not exist, or come twice and the first one is over.
    if opens.astimezone(UTC) < at:
        opens = opens.replace(fold=1)
    return max(at, opens.astimezone(UTC))


def needs_call_back(decision: Decision, outcome: Outcome) -> bool:
    """Return whether a person must ring the caller, because a text was due and cannot go out."""
    if not is_missed(outcome) or isinstance(decision, SendAt):
        return False
    return decision.reason in (
        Reason.OVER_BRAKE,
        Reason.OVER_CAP,
        Reason.QUIET_HOURS,
        Reason.STALE,
        Reason.NOT_TEXTABLE,
        Reason.REASSIGNED,
        Reason.NOT_REGISTERED,
        Reason.IN_SET_UP,
        Reason.OUTSIDE_HOURS,
    )


_NOBODY_WAITS = frozenset(
    (
        *(Reason.OWN_NUMBER, Reason.STAFF, Reason.BLOCKED, Reason.SPAM, Reason.ROBOCALL),
        *(Reason.ANSWERED_SINCE, Reason.CALLED_BACK),
    )
)


def raises_urgency(
    previous_missed_at: datetime | None, started_at: datetime, outcome: Outcome, decision: Decision
) -> bool:
    """Return whether this is a second missed call within 5 minutes: a person must hear of it, not a second text."""
    if previous_missed_at is None or not is_missed(outcome):
        return False
    if isinstance(decision, Skip) and decision.reason in _NOBODY_WAITS:
        return False
    return started_at - previous_missed_at <= timedelta(minutes=5)


_SENTENCES: dict[Reason, str] = {
    Reason.ANSWERED: phrase("Not texted: somebody answered this call."),
    Reason.BLOCKED: phrase("Not texted: this caller is blocked."),
    Reason.OPTED_OUT: phrase("Not texted: this caller asked for no more texts."),
    Reason.WITHHELD: phrase("Not texted: the caller withheld their number."),
    Reason.NOT_TEXTABLE: phrase("Not texted: this number cannot get texts from here (landline, toll-free, abroad …)."),
    Reason.OWN_NUMBER: phrase("Not texted: the call came from a number of your own."),
    Reason.STAFF: phrase("Not texted: the call came from someone of your staff."),
    Reason.DO_NOT_TEXT: phrase("Not texted: this contact is marked “do not text”."),
    Reason.SPAM: phrase("Not texted: this caller is marked as spam."),
    Reason.ANSWERED_SINCE: phrase("Not texted: the caller rang again and was answered."),
    Reason.CALLED_BACK: phrase("Not texted: somebody has already called back."),
    Reason.TEXTED_RECENTLY: phrase("Not texted again: this caller was texted not long ago."),
    Reason.THREAD_OPEN: phrase("Not texted: a conversation with this caller is already going on."),
    Reason.OVER_BRAKE: phrase("Not texted: more texts than your limits allow were due. A call-back was noted instead."),
    Reason.OVER_CAP: phrase(
        "Not texted: the most that texts may cost in a day was reached. A call-back was noted instead."
    ),
    Reason.ROBOCALL: phrase("Not texted: the call had the signs of a machine that rings many numbers."),
    Reason.BOT_LOOP: phrase("Not texted: a machine seems to be answering our texts."),
    Reason.REASSIGNED: phrase("Not texted: this number seems to belong to somebody else now."),
    Reason.QUIET_HOURS: phrase("Not texted: the law keeps this hour quiet where the contact is."),
    Reason.OUTSIDE_HOURS: phrase("Not texted: outside the hours in which you allow texts."),
    Reason.NOT_REGISTERED: phrase("Not texted: carriers have not yet approved this line for texting."),
    Reason.IN_SET_UP: phrase(
        "Not texted: this line is not live yet. Finish the set-up, and callers are texted from then on."
    ),
    Reason.SWITCHED_OFF: phrase("Not texted: text-back is switched off for calls like this one."),
    Reason.STALE: phrase(
        "Not texted: it could not be sent in time, and a late text is worse than none. See call-backs."
    ),
    Reason.PERSON_WROTE: phrase("Not texted: a person of the business wrote first."),
    Reason.BOOKING_CHANGED: phrase("Not texted: the booking it was about has changed."),
}


def explain(reason: Reason) -> str:
    """Return the sentence that answers "why was this caller not texted?"."""
    return _SENTENCES[reason]
