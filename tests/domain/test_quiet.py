"""Quiet hours, and when a reminder is due within them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from ringback.domain.bookings import Booking, BookingState
from ringback.domain.business import BookingPolicy, TextBackPolicy
from ringback.domain.calls import Outcome
from ringback.domain.messages import Purpose
from ringback.domain.quiet import (
    Quiet,
    allowed_at,
    answer_at,
    ask_law,
    hold_text_back,
    is_unasked,
    last_allowed_before,
)
from ringback.domain.reminding import decide_reminder
from ringback.domain.textback import Decision, Facts, Reason, SendAt, Skip
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
        # It is 6:30 in San Diego, where texts go from 9 on, and 21:30 there is after nine in Chicago as well.
        (SAN_DIEGO, at(18, 14, 30), at(18, 17, 0)),
        (SAN_DIEGO, at(18, 3, 30), at(18, 17, 0)),
        (MADRID, at(18, 21, 0), at(19, 15, 0)),
        # A number that tells nothing may be on either coast.
        ("12345", at(18, 4), at(18, 17)),
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


def test_zones_that_share_no_hour_leave_the_contact_theirs() -> None:
    shop = replace(harbor(), zone="Pacific/Auckland")
    assert allowed_at(shop, MADRID, at(18, 11)) == at(18, 11)
    assert allowed_at(shop, MADRID, at(18, 21)) == at(19, 8)


def test_an_address_moves_the_hours_with_it() -> None:
    assert allowed_at(harbor(), CARLA, at(18, 14)) == at(18, 14)
    assert allowed_at(harbor(), CARLA, at(18, 14), address="12 Bay Street, San Diego, CA 92101") == at(18, 17)


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


NIGHT = at(18, 4)


@pytest.mark.parametrize(
    ("policy", "sent_at", "decided"),
    [
        # An answer to the call that just was, at ten in the evening.
        (TextBackPolicy(), NIGHT, SendAt(NIGHT)),
        # The same by an owner who wants no text at night, who would rather have none than a late one.
        (TextBackPolicy(answers_keep_quiet_hours=True), NIGHT, SendAt(at(18, 14))),
        (TextBackPolicy(answers_keep_quiet_hours=True, hold=False), NIGHT, Skip(Reason.QUIET_HOURS)),
        # Held until the owner's own hours began at six: it answers nothing any more, and waits until eight.
        (TextBackPolicy(not_before="06:00", not_after="20:00"), at(18, 12), SendAt(at(18, 14))),
        (TextBackPolicy(), at(18, 15), SendAt(at(18, 15))),
    ],
)
def test_a_text_back_is_held_only_where_it_is_no_answer_any_more(
    policy: TextBackPolicy, sent_at: datetime, decided: Decision
) -> None:
    shop = replace(harbor(), policy=policy)
    facts = Facts(Outcome.NO_ANSWER, over_at=NIGHT, zone=shop.zone)
    assert hold_text_back(SendAt(sent_at), shop, CARLA, facts) == decided


def test_neither_a_test_nor_a_skip_is_held() -> None:
    shop = replace(harbor(), policy=TextBackPolicy(answers_keep_quiet_hours=True))
    facts = Facts(Outcome.NO_ANSWER, over_at=NIGHT, zone=shop.zone)
    assert hold_text_back(SendAt(NIGHT), shop, CARLA, replace(facts, is_test=True)) == SendAt(NIGHT)
    assert hold_text_back(Skip(Reason.SPAM), shop, CARLA, facts) == Skip(Reason.SPAM)


@pytest.mark.parametrize(
    ("purpose", "written_by", "over_at", "unasked"),
    [
        (Purpose.FOLLOW_UP, None, None, True),
        (Purpose.REMINDER, None, None, True),
        (Purpose.BOOKING, None, None, True),
        (Purpose.BOOKING, "Sam", None, False),
        (Purpose.TEXT_BACK, None, NIGHT - timedelta(minutes=30), False),
        (Purpose.TEXT_BACK, None, NIGHT - timedelta(minutes=31), True),
        (Purpose.RECEPTIONIST, None, None, False),
        (Purpose.KEYWORD_ANSWER, None, None, False),
        (Purpose.REPLY, "Sam", None, False),
        (Purpose.ALERT, None, None, False),
    ],
)
def test_what_answers_nothing_is_what_nobody_asked_for_just_now(
    purpose: Purpose, written_by: str | None, over_at: datetime | None, unasked: bool
) -> None:
    assert is_unasked(purpose, written_by, over_at, NIGHT) is unasked


def test_the_law_names_its_rules_the_wait_and_the_limit() -> None:
    assert ask_law(harbor(), CARLA, None, 0, at(18, 15)) == Quiet("US-IL@1 US@1")
    assert ask_law(harbor(), CARLA, None, 3, NIGHT) == Quiet("US-IL@1 US@1", at(18, 14), is_over_cap=True)
    assert ask_law(harbor(), CARLA, "33139", 2, NIGHT) == Quiet("US-FL@1 US-IL@1 US@1", at(18, 13))


def test_replies_wait_for_the_day_only_by_the_owners_wish() -> None:
    shop = replace(harbor(), policy=TextBackPolicy(answers_keep_quiet_hours=True))
    assert answer_at(harbor(), CARLA, NIGHT) == NIGHT
    assert answer_at(shop, CARLA, NIGHT) == at(18, 14)
