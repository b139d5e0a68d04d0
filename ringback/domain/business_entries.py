"""Entries of a business file as the values they stand for: people, services, and the policies of the receptionist."""

from typing import Any
from uuid import UUID

from ringback.domain.brake_policy import BrakePolicy
from ringback.domain.business import (
    BookingPolicy,
    Detail,
    Duty,
    Fact,
    LookupPolicy,
    ReceptionistPolicy,
    RoutingPolicy,
    RoutingRule,
    Service,
    Staff,
    TimeOff,
)
from ringback.domain.business_document import (
    BookingSection,
    BrakesSection,
    DetailEntry,
    FactEntry,
    HoursSection,
    LookupSection,
    PrivacySection,
    ReceptionistSection,
    RoutingSection,
    Section,
    ServiceEntry,
    StaffEntry,
    TimeOffEntry,
)
from ringback.domain.hours import Span
from ringback.domain.privacy_policy import PrivacyPolicy


def make_weekly(section: HoursSection) -> dict[int, tuple[Span, ...]]:
    """Return spans by weekday, Monday 0; every day is there, a closed one without spans."""
    return dict(enumerate((section.mon, section.tue, section.wed, section.thu, section.fri, section.sat, section.sun)))


def make_staff(entry: StaffEntry, staff_id: UUID) -> Staff:
    """Return the person of an entry, under the id that calls and bookings know them by."""
    return Staff(
        staff_id,
        entry.name,
        entry.phone,
        entry.email,
        entry.takes_calls,
        entry.takes_bookings,
        None if entry.weekly is None else make_weekly(entry.weekly),
        tuple(_time_off(away) for away in entry.time_off),
    )


def _time_off(entry: TimeOffEntry) -> TimeOff:
    return TimeOff(entry.first_on, entry.last_on, entry.span)


def make_service(entry: ServiceEntry) -> Service:
    """Return the service of an entry, with its details as values."""
    return Service(**_said(entry, "details"), details=tuple(_detail(detail) for detail in entry.details))


def _detail(entry: DetailEntry) -> Detail:
    return Detail(**_said(entry))


def make_fact(entry: FactEntry) -> Fact:
    """Return the fact of an entry."""
    return Fact(**_said(entry))


def make_booking_policy(section: BookingSection) -> BookingPolicy:
    """Return what may be booked, when."""
    return BookingPolicy(**_said(section))


def make_receptionist_policy(section: ReceptionistSection) -> ReceptionistPolicy:
    """Return how the receptionist works."""
    return ReceptionistPolicy(**_said(section))


def make_brake_policy(section: BrakesSection) -> BrakePolicy:
    """Return how hard the business brakes."""
    return BrakePolicy(**_said(section))


def make_routing_policy(section: RoutingSection) -> RoutingPolicy:
    """Return who owns the reply."""
    return RoutingPolicy(
        **_said(section, "rules", "roster"),
        rules=tuple(RoutingRule(**_said(rule)) for rule in section.rules),
        roster=tuple(Duty(**_said(duty)) for duty in section.roster),
    )


def make_lookup_policy(section: LookupSection) -> LookupPolicy:
    """Return when the phone company is asked about numbers."""
    return LookupPolicy(**_said(section))


def make_privacy_policy(section: PrivacySection) -> PrivacyPolicy:
    """Return whether patients are spoken of, and for how long things are kept."""
    return PrivacyPolicy(**_said(section))


def _said(section: Section, *left_out: str) -> dict[str, Any]:
    # Values are frozen, so a list would be the one thing in them that could still change.
    values = {name: getattr(section, name) for name in type(section).model_fields if name not in left_out}
    return {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
