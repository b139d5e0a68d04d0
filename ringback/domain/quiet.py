"""Quiet hours: when an automatic text that answers nothing may reach a contact (PRODUCT 7.2).

A thin layer over the law as data (`domain.law`): the law's hours and the owner's own for texts, both kept.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from ringback.domain.business import Business
from ringback.domain.law.rules import AppliedLaw, is_allowed, law_for, next_allowed_at, only_where_the_contact_is
from ringback.domain.messages import Purpose
from ringback.domain.textback import Decision, Facts, Reason, SendAt, Skip, allowed_by_owner

_STEP = timedelta(minutes=5)
_LOOK_AHEAD = timedelta(days=14)
# An answer comes while the contact still has the phone in hand (FCC 15-72: "immediately", one text, on request);
# the delay an owner may set, a jam and a carrier's second try lie inside it.
ANSWER_WITHIN = timedelta(minutes=30)
# What stands beside an answer where other texts name the rules that allowed them.
ANSWER = "answer"
_UNASKED = frozenset([Purpose.FOLLOW_UP, Purpose.REMINDER, Purpose.BOOKING])


@dataclass(frozen=True, slots=True)
class Quiet:
    """What the law says of one text at the moment it would leave. `rule_version` goes with it when it does.

    `until` is set where it must wait; `is_over_cap`, where the contact had as many as the law allows in a day.
    """

    rule_version: str
    until: datetime | None = None
    is_over_cap: bool = False


def allowed_at(business: Business, phone: str, at: datetime, *, address: str | None = None) -> datetime:
    """Return the first instant from `at` on that is inside the law's hours and the owner's own.

    Where the two meet nowhere, the law's alone are kept; `phone` may be empty: then the business's own place counts.
    """
    law = law_for(business, phone, address=address)
    there = only_where_the_contact_is(law)
    # Zones so distant that they share no hour: the law names the contact's place, not ours.
    found = _next_in_both(law, business, at) or _next_in_both(there, business, at) or next_allowed_at(there, at)
    return at if found is None else found


def last_allowed_before(business: Business, phone: str, at: datetime, *, address: str | None = None) -> datetime | None:
    """Return the last instant before `at` inside the allowed hours, or None where a day back has none."""
    law = law_for(business, phone, address=address)
    step = at - _STEP
    while at - step < timedelta(days=1):
        if is_allowed(law, step) and allowed_by_owner(business.policy, business.zone, step) == step:
            return step
        step -= _STEP
    return None


def hold_text_back(decision: Decision, business: Business, phone: str, facts: Facts) -> Decision:
    """Return a text-back's decision as the law leaves it: an answer may go at any hour, a late one keeps its hours."""
    # Whoever tests the line rings it themselves, and waits.
    if not isinstance(decision, SendAt) or facts.is_test:
        return decision
    is_answer = decision.at - facts.over_at <= ANSWER_WITHIN
    if is_answer and not business.policy.answers_keep_quiet_hours:
        return decision
    later = allowed_at(business, phone, decision.at)
    return SendAt(later) if later == decision.at or business.policy.hold else Skip(Reason.QUIET_HOURS)


def answer_at(business: Business, phone: str, now: datetime) -> datetime:
    """Return when the receptionist's reply to a text goes out: now, or by the owner's wish in the law's hours."""
    return allowed_at(business, phone, now) if business.policy.answers_keep_quiet_hours else now


def is_unasked(purpose: Purpose, written_by: str | None, over_at: datetime | None, now: datetime) -> bool:
    """Return whether a text answers nothing that the contact did just now; `over_at` is the end of a text-back's call.

    What a person wrote or tapped ("on my way") is theirs, not ours.
    """
    if written_by is not None:
        return False
    if purpose is Purpose.TEXT_BACK:
        return over_at is not None and now - over_at > ANSWER_WITHIN
    return purpose in _UNASKED


def ask_law(business: Business, phone: str, address: str | None, sent_today: int, now: datetime) -> Quiet:
    """Return what the law says of a text that answers nothing; `sent_today`: those of the last 24 hours, all lines."""
    law = law_for(business, phone, address=address, on=now.astimezone(ZoneInfo(business.zone)).date())
    later = allowed_at(business, phone, now, address=address)
    return Quiet(law.rule_version, later if later > now else None, sent_today >= law.most_a_day)


def _next_in_both(law: AppliedLaw, business: Business, at: datetime) -> datetime | None:
    """The first instant that both the law and the owner allow, found by asking them in turn."""
    step = at
    while step - at < _LOOK_AHEAD:
        lawful = next_allowed_at(law, step)
        if lawful is None:
            return None
        step = allowed_by_owner(business.policy, business.zone, lawful)
        if step == lawful:
            return step.astimezone(UTC)
    return None
