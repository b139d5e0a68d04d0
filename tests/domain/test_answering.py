"""What a caller gets: every mode at every hour from every caller, loops, and how long a ring can last."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from ringback.domain.answering import (
    Answer,
    longest_ring_seconds,
    own_numbers,
    plan_call,
    spoken_closed,
    spoken_missed,
    spoken_whisper,
    staff_phones,
)
from ringback.domain.business import Business, Mode, Ring, RingOrder, Staff
from ringback.domain.calls import Plan
from ringback.domain.hours import DayState, Holiday, OpeningHours
from tests.cast import (
    ALL_DAY,
    CARLA,
    HARBOR_ADS_NUMBER,
    HARBOR_NUMBER,
    NOON,
    OLGA_PHONE,
    REX_NUMBER,
    SAM_PHONE,
    harbor,
)

OLD_NUMBER = "+13125550110"
NEVER = OpeningHours({})
# NOON falls on this date in Chicago.
TODAY_OFF = OpeningHours(ALL_DAY.weekly, (Holiday(date(2026, 11, 18), "Founders' Day"),))
BOTH = (Staff(UUID(int=21), "Sam", SAM_PHONE), Staff(UUID(int=22), "Olga", OLGA_PHONE))
RING_BOTH = (SAM_PHONE, OLGA_PHONE)


def shop(mode: Mode = Mode.FRONT, ring: Ring | None = None, **changes: Any) -> Business:
    """Harbor Dental with Sam and Olga both taking calls, and its old number forwarding to the main line."""
    main, ads = harbor().lines
    main = replace(main, mode=mode, ring=ring or Ring(), forwarding_number=OLD_NUMBER)
    return replace(harbor(), lines=(main, ads), **{"staff": BOTH, **changes})


def plan(business: Business, caller: str | None = CARLA, forwarded_from: str | None = None) -> Answer:
    return plan_call(business, business.lines[0], caller, forwarded_from, NOON)


OPEN, CLOSED, HOLIDAY = DayState.OPEN, DayState.CLOSED, DayState.HOLIDAY
MODES = [
    (Mode.FRONT, ALL_DAY, Answer(Plan.RING, OPEN, RING_BOTH)),
    (Mode.FRONT, NEVER, Answer(Plan.CLOSED, CLOSED)),
    (Mode.FRONT, TODAY_OFF, Answer(Plan.CLOSED, HOLIDAY)),
    (Mode.OVERFLOW, ALL_DAY, Answer(Plan.OVERFLOW, OPEN)),
    (Mode.OVERFLOW, NEVER, Answer(Plan.OVERFLOW, CLOSED)),
    (Mode.OVERFLOW, TODAY_OFF, Answer(Plan.OVERFLOW, HOLIDAY)),
    # A watched system that asks us what to do has nobody left to ring: the call has overflowed to us.
    (Mode.WATCH, ALL_DAY, Answer(Plan.OVERFLOW, OPEN)),
    (Mode.WATCH, NEVER, Answer(Plan.OVERFLOW, CLOSED)),
    (Mode.WATCH, TODAY_OFF, Answer(Plan.OVERFLOW, HOLIDAY)),
]


@pytest.mark.parametrize("caller", [CARLA, None, REX_NUMBER])
@pytest.mark.parametrize(("mode", "hours", "answer"), MODES)
def test_a_caller_gets_what_the_mode_and_the_hour_say(
    mode: Mode, hours: OpeningHours, answer: Answer, caller: str | None
) -> None:
    assert plan(shop(mode, hours=hours), caller) == answer


@pytest.mark.parametrize("hours", [ALL_DAY, NEVER, TODAY_OFF])
@pytest.mark.parametrize(
    ("caller", "forwarded_from"),
    [
        (HARBOR_NUMBER, None),
        (HARBOR_ADS_NUMBER, None),
        (OLD_NUMBER, None),
        (CARLA, SAM_PHONE),
        (CARLA, OLGA_PHONE),
        (None, SAM_PHONE),
        (SAM_PHONE, SAM_PHONE),
    ],
)
def test_a_call_that_would_ring_for_ever_is_refused_at_any_hour(
    caller: str | None, forwarded_from: str | None, hours: OpeningHours
) -> None:
    assert plan(shop(hours=hours), caller, forwarded_from).plan is Plan.LOOP


@pytest.mark.parametrize("forwarded_from", [OLD_NUMBER, CARLA, "unknown", ""])
def test_a_call_forwarded_from_anywhere_else_rings_as_usual(forwarded_from: str) -> None:
    assert plan(shop(), CARLA, forwarded_from).plan is Plan.RING


@pytest.mark.parametrize("mode", [Mode.OVERFLOW, Mode.WATCH])
@pytest.mark.parametrize(("caller", "forwarded_from"), [(OLD_NUMBER, None), (CARLA, SAM_PHONE)])
def test_where_we_ring_nobody_there_is_no_loop(mode: Mode, caller: str, forwarded_from: str | None) -> None:
    """The forwarding number as caller (trap 14) is kept from texts by its Reason, not by the plan."""
    assert plan(shop(mode), caller, forwarded_from).plan is Plan.OVERFLOW


RINGING = [
    (Ring(), BOTH, CARLA, RING_BOTH),
    (Ring(staff=("Olga",)), BOTH, CARLA, (OLGA_PHONE,)),
    (Ring(staff=("Olga", "Sam")), BOTH, CARLA, RING_BOTH),
    (Ring(), BOTH, SAM_PHONE, (OLGA_PHONE,)),
    (Ring(), (replace(BOTH[0], takes_calls=False), BOTH[1]), CARLA, (OLGA_PHONE,)),
    (Ring(staff=("Sam",)), (replace(BOTH[0], takes_calls=False), BOTH[1]), CARLA, ()),
    (Ring(), (replace(BOTH[0], phone=None), BOTH[1]), CARLA, (OLGA_PHONE,)),
    (Ring(staff=("Rex",)), BOTH, CARLA, ()),
    (Ring(staff=("Sam",)), BOTH, SAM_PHONE, ()),
    (Ring(), (), CARLA, ()),
]


@pytest.mark.parametrize(("ring", "staff", "caller", "phones"), RINGING)
def test_those_ring_who_take_calls_on_this_line_and_do_not_call_themselves(
    ring: Ring, staff: tuple[Staff, ...], caller: str, phones: tuple[str, ...]
) -> None:
    answer = plan(shop(ring=ring, staff=staff), caller)
    assert answer == Answer(Plan.RING if phones else Plan.OVERFLOW, OPEN, phones)


def test_no_more_than_ten_phones_ring_and_a_member_of_staff_who_calls_takes_no_place() -> None:
    crowd = tuple(Staff(UUID(int=100 + n), f"Sam {n}", f"+131255502{n:02}") for n in range(12))
    phones = [person.phone for person in crowd]
    assert plan(shop(staff=crowd)).phones == tuple(phones[:10])
    assert plan(shop(staff=crowd), phones[0]).phones == tuple(phones[1:11])


@pytest.mark.parametrize(
    ("ring", "phones", "seconds"),
    [
        (Ring(seconds=20, whisper=False), 1, 55),
        (Ring(seconds=20, whisper=True), 1, 70),
        (Ring(seconds=20, whisper=True), 5, 70),
        (Ring(RingOrder.IN_TURN, seconds=20, whisper=False), 1, 55),
        (Ring(RingOrder.IN_TURN, seconds=20, whisper=False), 3, 105),
        (Ring(RingOrder.IN_TURN, seconds=20, whisper=True), 3, 150),
        (Ring(RingOrder.IN_TURN, seconds=20, whisper=True), 0, 70),
    ],
)
def test_our_own_timer_outlasts_the_longest_ring(ring: Ring, phones: int, seconds: float) -> None:
    assert longest_ring_seconds(replace(harbor().lines[0], ring=ring), phones) == seconds


def test_own_numbers_are_all_lines_and_the_old_numbers_that_forward_to_them() -> None:
    assert own_numbers(shop()) == {HARBOR_NUMBER, HARBOR_ADS_NUMBER, OLD_NUMBER}
    assert own_numbers(harbor()) == {HARBOR_NUMBER, HARBOR_ADS_NUMBER}


def test_staff_phones_are_those_of_everyone_who_has_one() -> None:
    off_duty = (replace(BOTH[0], takes_calls=False), BOTH[1], Staff(UUID(int=23), "Rex"))
    assert staff_phones(shop(staff=off_duty)) == {SAM_PHONE, OLGA_PHONE}


@pytest.mark.parametrize("language", ["en", "es"])
def test_what_is_said_names_the_business_and_promises_no_text(language: str) -> None:
    business = shop()
    for words in (spoken_missed(business, language), spoken_closed(business, language)):
        assert "Harbor Dental" in words
        assert not any(word in words.casefold() for word in ("text", "mensaje", "message", "call you back"))
    whisper = spoken_whisper(business, business.lines[0], language)
    assert "Harbor Dental, Main" in whisper
    assert "1" in whisper


def test_the_hour_of_the_call_counts_and_not_that_of_the_day_before() -> None:
    weekdays = OpeningHours(dict.fromkeys(range(5), (("08:00", "17:00"),)))
    business = shop(hours=weekdays)
    states = [
        plan_call(business, business.lines[0], CARLA, None, NOON + timedelta(hours=hours)).day for hours in (0, 6.99, 7)
    ]
    assert states == [OPEN, OPEN, CLOSED]
