"""`rules`: the law on texts as this program keeps it, for one number at one instant, or all of it."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import phonenumbers

from ringback import wiring
from ringback.cli.database import in_pool
from ringback.cli.output import fail
from ringback.cli.setting_up import load
from ringback.domain.law.explaining import Explained, explain_law, read_local, zone_of
from ringback.domain.law.files import disclosure_rules, recording_rules, texting_rules
from ringback.domain.law.values import Grounds, TextingRule
from ringback.settings import Settings

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def explain(settings: Settings, number: str, at: str | None, slug: str | None, address: str | None) -> dict[str, Any]:
    """`ringback rules explain`: which rules apply to a number, why, and when it may be texted next."""
    business = in_pool(settings, lambda pool: load(pool, slug)) if slug else None
    phone = _read_number(number, business.country if business else "US")
    zone = zone_of(business, phone, address)
    try:
        instant = read_local(at, zone) if at else wiring.make_clock(settings).now()
    except ValueError:
        fail(f"“{at}” is no time. Write it like 2026-11-21T20:30; without an offset it is the contact's own.", code=2)
    return _as_row(explain_law(business, phone, instant, address=address), zone)


def _read_number(number: str, country: str) -> str:
    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        fail(f"“{number}” is no phone number. Write it like +13125550142.", code=2)
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def _as_row(found: Explained, zone: str) -> dict[str, Any]:
    return {
        "number": found.phone,
        "at": found.at.isoformat(),
        "local": {clock.zone: clock.local.strftime("%a %Y-%m-%d %H:%M") for clock in found.clocks},
        "allowed": found.is_allowed,
        "next_allowed_at": found.next_at.isoformat() if found.next_at else None,
        "next_allowed_local": _local(found.next_at, zone),
        "most_in_24_hours": found.most_a_day,
        "rule_version": found.rule_version,
        "jurisdictions": {
            one.grounds.jurisdiction: {
                "name": one.grounds.name,
                "why": "; ".join(one.whys),
                "hours_today": one.today or "none",
                "open_now": one.is_open,
                "hours": _hours(one.rule),
                "holidays": one.rule.holidays or "texted",
                "most_in_24_hours": one.rule.most_a_day,
                **_grounds(one.grounds),
            }
            for one in found.rules
        },
        "says_automated_up_front": found.says_automated,
        "recording": {
            "all_parties_must_know": found.recording.all_parties,
            "announcement_is_recorded": found.recording.announcement_recorded,
            **_grounds(found.recording.grounds),
        },
        "answers": "exempt: an immediate answer to a call or a text may go at any hour",
    }


def _local(at: datetime | None, zone: str) -> str | None:
    # In the contact's zone, the first of those it may be in.
    return at.astimezone(ZoneInfo(zone)).strftime("%a %Y-%m-%d %H:%M") if at else None


def list_rules() -> dict[str, Any]:
    """`ringback rules list`: every rule there is, with its citation."""
    texting = [rule for versions in texting_rules().values() for rule in versions]
    recording = [rule for versions in recording_rules().values() for rule in versions]
    disclosure = [rule for versions in disclosure_rules().values() for rule in versions]
    return {
        "texting": {rule.grounds.label: {"hours": _hours(rule), **_grounds(rule.grounds)} for rule in texting},
        "recording": {
            rule.grounds.label: {"all_parties_must_know": rule.all_parties, **_grounds(rule.grounds)}
            for rule in recording
        },
        "disclosure": {
            rule.grounds.label: {"up_front": rule.up_front, **_grounds(rule.grounds)} for rule in disclosure
        },
    }


def _hours(rule: TextingRule) -> dict[str, str]:
    return {day: str(hours or "none") for day, hours in zip(_DAYS, rule.weekly, strict=True)}


def _grounds(grounds: Grounds) -> dict[str, Any]:
    return {
        "citation": grounds.citation,
        "source": grounds.source,
        "confidence": str(grounds.confidence),
        "version": grounds.version,
        "effective_from": grounds.effective_from.isoformat(),
        "effective_until": grounds.effective_until.isoformat() if grounds.effective_until else None,
        "verified_on": grounds.verified_on.isoformat(),
        "note": grounds.note,
    }
