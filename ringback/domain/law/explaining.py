"""Answers "may we text this number now, by which law, and if not, when?" for people and programs."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from ringback.domain.business import Business
from ringback.domain.law.rules import (
    AppliedLaw,
    disclosures_for,
    is_allowed,
    law_for,
    next_allowed_at,
    only_where_the_contact_is,
    recording_rule,
)
from ringback.domain.law.values import DisclosureRule, Grounds, RecordingRule, TextingRule
from ringback.domain.phrases import Phrase


@dataclass(frozen=True, slots=True)
class Clock:
    """What time it is in a zone."""

    zone: str
    local: datetime


@dataclass(frozen=True, slots=True)
class RuleExplained:
    """One rule that applies, why it does, and what it says of this day: "08:00-20:00", or None for no text at all."""

    rule: TextingRule
    whys: tuple[Phrase, ...]
    today: str | None
    is_open: bool

    @property
    def grounds(self) -> Grounds:
        """Return where the rule stands."""
        return self.rule.grounds


@dataclass(frozen=True, slots=True)
class Explained:
    """All about one number at one instant. `next_at` is None where two weeks bring no lawful instant."""

    phone: str
    at: datetime
    is_allowed: bool
    next_at: datetime | None
    most_a_day: int
    rule_version: str
    clocks: tuple[Clock, ...]
    rules: tuple[RuleExplained, ...]
    recording: RecordingRule
    disclosures: tuple[DisclosureRule, ...]

    @property
    def says_automated(self) -> bool:
        """Return whether an automatic conversation must say up front that it is one."""
        return any(rule.up_front for rule in self.disclosures)


def explain_law(business: Business | None, phone: str, at: datetime, *, address: str | None = None) -> Explained:
    """Return which rules apply to a number (E.164) at an instant, why, and when it may be texted next."""
    law = _meeting(law_for(business, phone, address=address), at)
    on = at.astimezone(ZoneInfo(law.contact_zones[0])).date()
    law = AppliedLaw(law.applied, law.contact_zones, law.zones, on)
    return Explained(
        phone=phone,
        at=at.astimezone(UTC),
        is_allowed=is_allowed(law, at),
        next_at=next_allowed_at(law, at.astimezone(UTC)),
        most_a_day=law.most_a_day,
        rule_version=law.rule_version,
        clocks=tuple(Clock(zone, at.astimezone(ZoneInfo(zone))) for zone in law.zones),
        rules=_explain_rules(law, at),
        recording=recording_rule(business, phone, address=address, on=on),
        disclosures=disclosures_for(business, phone, address=address, on=on),
    )


def read_local(typed: str, zone: str) -> datetime:
    """Return the instant of an ISO time; without an offset it is local to `zone`. Raises ValueError."""
    at = datetime.fromisoformat(typed)
    return at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))


def zone_of(business: Business | None, phone: str, address: str | None) -> str:
    """Return the first zone that a contact may be in."""
    return law_for(business, phone, address=address).contact_zones[0]


def _meeting(law: AppliedLaw, at: datetime) -> AppliedLaw:
    """As `quiet.allowed_at` does: zones that share no hour leave the contact's alone."""
    return law if next_allowed_at(law, at) is not None else only_where_the_contact_is(law)


def _explain_rules(law: AppliedLaw, at: datetime) -> tuple[RuleExplained, ...]:
    """Each rule once, with every reason: contact and business are often of one place."""
    local = [at.astimezone(ZoneInfo(zone)) for zone in law.zones]
    whys: dict[TextingRule, dict[Phrase, None]] = {}
    for one in law.applied:
        whys.setdefault(one.rule_on(local[0].date()), {})[one.place.why] = None
    return tuple(_explain(rule, tuple(found), local) for rule, found in whys.items())


def _explain(rule: TextingRule, whys: tuple[Phrase, ...], local: list[datetime]) -> RuleExplained:
    hours = [rule.hours_on(moment.date()) for moment in local]
    is_open = all(span is not None and span.holds(moment.time()) for span, moment in zip(hours, local, strict=True))
    return RuleExplained(rule, whys, None if hours[0] is None else str(hours[0]), is_open)
