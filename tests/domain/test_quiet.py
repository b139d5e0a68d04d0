"""Quiet hours, and when a reminder is due within them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from ringback.domain.bookings import Booking, BookingState
from ringback.domain.business import BookingPolicy, TextBackPolicy
from ringback.domain.quiet import allowed_at, last_allowed_before, zones_of_phone
from ringback.domain.reminding import decide_reminder
from tests.cast import CARLA, harbor

SAN_DIEGO = "+16195550142"
MADRID = "+34910123456"


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """An instant of November 2026, UTC; Chicago is six hours behind."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("phone", "when", "then"),
    [
        (CARLA, at(18, 16), at(18, 16)),
        (CARLA, at(18, 14, 0), at(18, 14, 0)),
        (CARLA, at(18, 13, 59), at(18, 14, 0)),
        (CARLA, at(18, 2, 59), at(18, 2, 59)),
        (CARLA, at(18, 3, 0), at(18, 14, 0)),
        # It is 6:30 in San Diego, and 21:30 there is after nine in Chicago as well.
        (SAN_DIEGO, at(18, 14, 30), at(18, 16, 0)),
        (SAN_DIEGO, at(18, 3, 30), at(18, 16, 0)),
        (MADRID, at(18, 21, 0), at(19, 14, 0)),
        ("12345", at(18, 4), at(18, 14)),
    ],
)
def test_nothing_reaches_a_contact_at_night_here_or_there(phone: str, when: datetime, then: datetime) -> None:
    assert allowed_at(harbor(), phone, when) == then


def test_the_owners_own_hours_are_kept_too() -> None:
    shop = replace(harbor(), policy=TextBackPolicy(not_before="10:00", not_after="18:00"))
    assert allowed_at(shop, CARLA, at(18, 14)) == at(18, 16)
    assert allowed_at(shop, CARLA, at(19, 0)) == at(19, 16)


def test_hours_that_meet_nowhere_leave_the_instant_as_it_was() -> None:
    shop = replace(harbor(), policy=TextBackPolicy(not_before="22:00", not_after="23:00"))
    assert allowed_at(shop, CARLA, at(18, 14)) == at(18, 14)
    assert last_allowed_before(shop, CARLA, at(18, 14)) is None


def test_zones_that_share_no_hour_leave_the_business_its_own() -> None:
    shop = replace(harbor(), zone="Pacific/Auckland")
    assert allowed_at(shop, MADRID, at(18, 11)) == at(18, 19)


def test_a_number_that_may_be_anywhere_has_no_zone() -> None:
    assert [zone.key for zone in zones_of_phone(CARLA)] == ["America/Chicago"]
    assert zones_of_phone("+18005550142") == []
    assert zones_of_phone("nobody") == []


def booking(starts_at: datetime) -> Booking:
    """A cleaning."""
    return Booking(
        UUID(int=1),
        UUID(int=2),
        "Cleaning",
        UUID(int=3),
        starts_at,
        starts_at + timedelta(hours=1),
        BookingState.BOOKED,
    )


@pytest.mark.parametrize(
    ("hours", "starts_at", "due_at"),
    [
        (24.0, at(20, 21), at(19, 21)),
        (24.0, at(20, 12), at(19, 14)),
        (0.0, at(20, 21), None),
        # Two hours before 8:30 is 6:30: the evening before instead.
        (2.0, at(20, 14, 30), at(20, 2, 55)),
        (2.0, at(20, 17), at(20, 15)),
        (24.0, at(19, 17), None),
        (24.0, at(19, 18), at(18, 18)),
    ],
)
def test_a_reminder_is_due_in_time_and_in_daylight(hours: float, starts_at: datetime, due_at: datetime | None) -> None:
    shop = replace(harbor(), booking=BookingPolicy(reminder_hours=hours))
    assert decide_reminder(shop, booking(starts_at), CARLA, at(18, 16)) == due_at


def test_a_reminder_that_could_only_go_before_it_was_booked_does_not_go() -> None:
    shop = replace(harbor(), booking=BookingPolicy(reminder_hours=2.0))
    assert decide_reminder(shop, booking(at(19, 14, 30)), CARLA, at(19, 4)) is None
