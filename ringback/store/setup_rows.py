"""How a Business is laid down in rows: its JSON columns, and back to values."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from ringback.domain.business import (
    Business,
    Fact,
    Line,
    Mode,
    Registration,
    Ring,
    RingOrder,
    Service,
    Staff,
    TextBackPolicy,
)
from ringback.domain.calls import Outcome
from ringback.domain.hours import DayState, dump_hours, parse_hours
from ringback.domain.wording import Contacts, Rule, Wording
from ringback.store.db import Row


def dump_policy(policy: TextBackPolicy) -> dict[str, Any]:
    """Return the policy's JSON column."""
    return {**asdict(policy), "outcomes_off": sorted(policy.outcomes_off)}


def dump_rule(rule: Rule) -> dict[str, Any]:
    """Return one rule of the rules' JSON column; sets become sorted lists."""
    sets = {name: sorted(getattr(rule, name)) for name in ("outcomes", "days", "lines", "languages")}
    return {"wording": rule.wording, "contacts": rule.contacts, **sets}


def _load_rule(row: Mapping[str, Any]) -> Rule:
    return Rule(
        wording=row["wording"],
        outcomes=frozenset(Outcome(name) for name in row["outcomes"]),
        days=frozenset(DayState(name) for name in row["days"]),
        lines=frozenset(row["lines"]),
        languages=frozenset(row["languages"]),
        contacts=Contacts(row["contacts"]),
    )


def dump_ring(ring: Ring) -> dict[str, Any]:
    """Return the line's `ring` JSON column."""
    return {"order": ring.order, "seconds": ring.seconds, "whisper": ring.whisper, "staff": list(ring.staff)}


def load_line(row: Row) -> Line:
    """Return the line of a row of `lines` joined with its connection's provider."""
    ring = row["ring"]
    return Line(
        line_id=row["line_id"],
        number=row["number"],
        provider=row["provider"],
        mode=Mode(row["mode"]),
        label=row["label"],
        language=row["language"],
        hook_key=row["hook_key"],
        ring=Ring(RingOrder(ring["order"]), ring["seconds"], ring["whisper"], tuple(ring["staff"])),
        forwarding_number=row["forwarding_number"],
        registration=Registration(row["registration"]),
        text_back=row["text_back"],
        texts_per_second=round(row["texts_per_second"], 3),
    )


def load_staff(row: Row) -> Staff:
    """Return the person of a row of `staff`."""
    return Staff(row["staff_id"], row["name"], row["phone"], row["email"], row["takes_calls"])


def load_business_row(row: Row, staff: list[Row], lines: list[Row]) -> Business:
    """Return the business of a row of `businesses` with its people and lines."""
    policy = {**row["policy"], "outcomes_off": frozenset(row["policy"]["outcomes_off"])}
    business_id: UUID = row["business_id"]
    return Business(
        business_id=business_id,
        slug=row["slug"],
        name=row["name"],
        trade=row["trade"],
        zone=row["zone"],
        country=row["country"],
        language=row["language"],
        tone=row["tone"],
        hours=parse_hours(row["hours"]),
        policy=TextBackPolicy(**policy),
        wordings=tuple(Wording(**wording) for wording in row["wordings"]),
        rules=tuple(_load_rule(rule) for rule in row["rules"]),
        staff=tuple(load_staff(person) for person in staff),
        lines=tuple(load_line(line) for line in lines),
        services=tuple(Service(**service) for service in row["services"]),
        facts=tuple(Fact(**fact) for fact in row["facts"]),
        text_countries=tuple(row["text_countries"]),
    )


def business_columns(business: Business) -> dict[str, Any]:
    """Return the columns of `businesses` that an owner's set-up decides."""
    return {
        "slug": business.slug,
        "name": business.name,
        "trade": business.trade,
        "zone": business.zone,
        "country": business.country,
        "language": business.language,
        "tone": business.tone,
        "hours": dump_hours(business.hours),
        "policy": dump_policy(business.policy),
        "wordings": [asdict(wording) for wording in business.wordings],
        "rules": [dump_rule(rule) for rule in business.rules],
        "services": [asdict(service) for service in business.services],
        "facts": [asdict(fact) for fact in business.facts],
        "text_countries": list(business.text_countries),
    }
