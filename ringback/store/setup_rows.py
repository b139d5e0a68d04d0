"""How a Business is laid down in rows: its JSON columns, and back to values."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ringback.domain.brake_policy import BrakePolicy
from ringback.domain.business import (
    BookingPolicy,
    Business,
    Detail,
    DetailKind,
    Duty,
    Fact,
    Line,
    LookupPolicy,
    Mode,
    OutsideHours,
    ReceptionistPolicy,
    Registration,
    Resource,
    Ring,
    RingOrder,
    RoutingPolicy,
    RoutingRule,
    Service,
    Staff,
    TextBackPolicy,
    TimeOff,
    Unfit,
)
from ringback.domain.calls import Outcome
from ringback.domain.hours import DayState, OpeningHours, dump_hours, parse_hours
from ringback.domain.privacy_policy import PrivacyPolicy
from ringback.domain.registration_facts import CarrierFacts, CarrierWord
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
        in_set_up=row["in_set_up"],
        carriers=_load_carriers(row["carriers"]),
    )


def _load_carriers(found: Mapping[str, Any] | None) -> CarrierFacts:
    if found is None:
        return CarrierFacts()
    return CarrierFacts(
        word=CarrierWord(found["word"]) if found["word"] else None,
        detail=found["detail"],
        answered_at=_instant(found["answered_at"]),
        asked_at=_instant(found["asked_at"]),
        trouble=found["trouble"],
        refused_at=_instant(found["refused_at"]),
        refused_code=found["refused_code"],
    )


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def load_staff(row: Row) -> Staff:
    """Return the person of a row of `staff`."""
    weekly = row["weekly"]
    return Staff(
        row["staff_id"],
        row["name"],
        row["phone"],
        row["email"],
        row["takes_calls"],
        row["takes_bookings"],
        None if weekly is None else parse_hours(weekly).weekly,
        tuple(_load_time_off(away) for away in row["time_off"]),
        row["away_until"],
    )


def dump_staff(person: Staff) -> dict[str, Any]:
    """Return the columns of `staff` that an owner's set-up decides."""
    return {
        "name": person.name,
        "phone": person.phone,
        "email": person.email,
        "takes_calls": person.takes_calls,
        "takes_bookings": person.takes_bookings,
        "weekly": None if person.weekly is None else dump_hours(OpeningHours(person.weekly)),
        "time_off": [
            {"first_on": away.first_on, "last_on": away.last_on, "span": away.span} for away in person.time_off
        ],
    }


def _load_time_off(row: Mapping[str, Any]) -> TimeOff:
    span = row["span"]
    first_on, last_on = date.fromisoformat(row["first_on"]), date.fromisoformat(row["last_on"])
    return TimeOff(first_on, last_on, None if span is None else (span[0], span[1]))


def _load_service(row: Mapping[str, Any]) -> Service:
    return Service(**_frozen(row) | {"details": tuple(_load_detail(detail) for detail in row.get("details", ()))})


def _load_detail(row: Mapping[str, Any]) -> Detail:
    return Detail(**_frozen(row) | {"kind": DetailKind(row["kind"]), "unfit": Unfit(row["unfit"])})


def _load_routing(row: Mapping[str, Any]) -> RoutingPolicy:
    plain = {name: value for name, value in row.items() if name not in ("rules", "roster")}
    if "outside_hours" in plain:
        plain["outside_hours"] = OutsideHours(plain["outside_hours"])
    rules = tuple(_load_routing_rule(rule) for rule in row.get("rules", ()))
    return RoutingPolicy(**plain, rules=rules, roster=tuple(_load_duty(duty) for duty in row.get("roster", ())))


def _load_routing_rule(row: Mapping[str, Any]) -> RoutingRule:
    return RoutingRule(**_frozen(row) | {"days": tuple(DayState(day) for day in row["days"])})


def _load_duty(row: Mapping[str, Any]) -> Duty:
    dates = {name: date.fromisoformat(row[name]) for name in ("first_on", "last_on") if row[name]}
    return Duty(**_frozen(row) | dates)


def _frozen(row: Mapping[str, Any]) -> dict[str, Any]:
    # JSON knows lists only; values hold tuples, so that they equal those of the business file.
    return {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}


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
        services=tuple(_load_service(service) for service in row["services"]),
        facts=tuple(Fact(**_frozen(fact)) for fact in row["facts"]),
        resources=tuple(Resource(**resource) for resource in row["resources"]),
        booking=BookingPolicy(**row["booking"]),
        receptionist=ReceptionistPolicy(**_frozen(row["receptionist"])),
        routing=_load_routing(row["routing"]),
        number_lookup=LookupPolicy(**row["number_lookup"]),
        brakes=BrakePolicy(**_frozen(row["brakes"])),
        privacy=PrivacyPolicy(**row["privacy"]),
        away_until=row["away_until"],
        address=row["address"],
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
        "resources": [asdict(resource) for resource in business.resources],
        "booking": asdict(business.booking),
        "receptionist": asdict(business.receptionist),
        "routing": asdict(business.routing),
        "number_lookup": asdict(business.number_lookup),
        "brakes": asdict(business.brakes),
        "privacy": asdict(business.privacy),
        "address": business.address,
        "text_countries": list(business.text_countries),
    }
