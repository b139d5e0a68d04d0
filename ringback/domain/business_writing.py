"""A business as the sections of its file: in the order people read, without defaults and without secrets."""

from dataclasses import MISSING, Field, fields
from enum import StrEnum

from ringback.domain.brake_policy import BrakePolicy
from ringback.domain.business import (
    BookingPolicy,
    Business,
    Detail,
    Duty,
    Fact,
    Line,
    LookupPolicy,
    ReceptionistPolicy,
    Resource,
    Ring,
    RoutingPolicy,
    RoutingRule,
    Service,
    Staff,
    TextBackPolicy,
    TimeOff,
)
from ringback.domain.hours import Holiday, OpeningHours, Span, dump_hours
from ringback.domain.privacy_policy import PrivacyPolicy
from ringback.domain.wording import Rule, Wording

_Settings = LookupPolicy | BrakePolicy | PrivacyPolicy
_Policy = TextBackPolicy | BookingPolicy | ReceptionistPolicy | RoutingPolicy | _Settings
_Part = Ring | Detail | RoutingRule | Duty
_Entry = Staff | Resource | Service | Fact | Wording | Rule | Line | _Part | _Policy


def write_business_file(business: Business) -> dict[str, object]:
    """Return the file that brings any business to this state: tables and lists of what TOML can hold.

    Empty lists are written too, because a list left out would leave what is there as it is.
    """
    return {
        "business": _head(business),
        "hours": _weekly(business),
        "text_back": _entry(business.policy),
        "booking": _entry(business.booking),
        "receptionist": _entry(business.receptionist),
        "routing": _entry(business.routing),
        "number_lookup": _entry(business.number_lookup),
        "brakes": _entry(business.brakes),
        "privacy": _entry(business.privacy),
        "holidays": [_holiday(holiday) for holiday in business.hours.holidays],
        "staff": [_person(person) for person in business.staff],
        "resources": [_entry(resource) for resource in business.resources],
        "services": [_entry(service) for service in business.services],
        "facts": [_entry(fact) for fact in business.facts],
        "wordings": [_entry(wording, *_same_language(wording, business)) for wording in business.wordings],
        "rules": [_entry(rule) for rule in business.rules],
        "lines": [_line(line, business) for line in business.lines],
    }


def _head(business: Business) -> dict[str, object]:
    keys = ("slug", "name", "trade", "tone", "zone", "country", "language")
    head = {key: getattr(business, key) for key in keys}
    # Written when there is none, because a key left out would leave the old address as it is.
    return head | {"address": business.address or "", "text_countries": list(business.text_countries)}


def _weekly(business: Business) -> dict[str, object]:
    table = dump_hours(business.hours)
    # Holidays are a list of their own, so that a file can bring next year's and leave the week alone.
    table.pop("holidays", None)
    return table


def _holiday(holiday: Holiday) -> dict[str, object]:
    spans = [_span(span) for span in holiday.spans]
    return {"on": holiday.on, "name": holiday.name} | ({"spans": spans} if spans else {})


def _span(span: Span) -> str:
    return f"{span[0]}-{span[1]}"


def _person(person: Staff) -> dict[str, object]:
    entry = _entry(person, "staff_id", "weekly", "time_off", "away_until")
    # None is "the opening hours"; a week of his own is written whole, days off too.
    own = {} if person.weekly is None else {"weekly": dump_hours(OpeningHours(person.weekly))}
    return entry | own | ({"time_off": [_time_off(away) for away in person.time_off]} if person.time_off else {})


def _time_off(away: TimeOff) -> dict[str, object]:
    days: dict[str, object] = {"first_on": away.first_on, "last_on": away.last_on}
    return days if away.span is None else days | {"span": _span(away.span)}


def _line(line: Line, business: Business) -> dict[str, object]:
    entry = _entry(line, "line_id", "hook_key", "in_set_up", *_same_language(line, business))
    # A file that is silent on registration keeps it, so an export has to say it even when it is the default.
    return entry | {"registration": line.registration.value}


def _same_language(value: Wording | Line, business: Business) -> tuple[str, ...]:
    return ("language",) if value.language == business.language else ()


def _entry(value: _Entry, *left_out: str) -> dict[str, object]:
    said = [each for each in fields(value) if each.name not in left_out]
    told = [each for each in said if getattr(value, each.name) != _default(each)]
    return {each.name: _plain(getattr(value, each.name)) for each in told}


def _default(each: "Field[object]") -> object:
    if each.default is not MISSING:
        return each.default
    return None if each.default_factory is MISSING else each.default_factory()


def _plain(value: object) -> object:
    match value:
        case Ring() | Detail() | RoutingRule() | Duty():
            return _entry(value)
        case StrEnum():
            return value.value
        case frozenset():
            # Sets have no order; sorted, two exports of one state are the same file.
            return sorted(str(item) for item in value)
        case tuple():
            return [_plain(item) for item in value]
        # "5" reads better than "5.0" and is read back as the same number.
        case float() if value.is_integer():
            return int(value)
        case _:
            return value
