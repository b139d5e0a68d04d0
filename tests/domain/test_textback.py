"""Text or no text: one row for every Reason, which of two comes first, and every boundary to the second."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringback.domain.business import Registration, TextBackPolicy
from ringback.domain.calls import Outcome, is_missed
from ringback.domain.phones import PhoneKind
from ringback.domain.textback import (
    Facts,
    Mark,
    Reason,
    SendAt,
    Skip,
    decide,
    explain,
    needs_call_back,
    raises_urgency,
)
from tests.cast import NOON

CHICAGO = "America/Chicago"
SECOND = timedelta(seconds=1)
POLICY = TextBackPolicy()
DELAY = timedelta(seconds=POLICY.delay_seconds)


def missed(**facts: Any) -> Facts:
    """Carla's missed call on an open line at noon, with nothing against a text but `facts`."""
    return replace(Facts(Outcome.NO_ANSWER, NOON, CHICAGO), **facts)


def policy(**settings: Any) -> TextBackPolicy:
    return replace(POLICY, **settings)


def within(not_before: str, not_after: str, hold: bool = True, **settings: Any) -> TextBackPolicy:
    return policy(not_before=not_before, not_after=not_after, hold=hold, **settings)


def test_a_missed_caller_is_texted_after_the_delay() -> None:
    assert decide(missed(), NOON) == SendAt(NOON + DELAY)


# In the order in which the rules ask; a fact further down never hides one further up.
ROWS: dict[Reason, dict[str, Any]] = {
    Reason.ANSWERED: {"outcome": Outcome.ANSWERED_BY_STAFF},
    Reason.OWN_NUMBER: {"is_own_number": True},
    Reason.STAFF: {"is_staff": True},
    Reason.BLOCKED: {"marks": frozenset({Mark.BLOCKED})},
    Reason.WITHHELD: {"kind": PhoneKind.WITHHELD},
    Reason.OPTED_OUT: {"opted_out": True},
    Reason.SPAM: {"marks": frozenset({Mark.SPAM})},
    Reason.DO_NOT_TEXT: {"marks": frozenset({Mark.DO_NOT_TEXT})},
    Reason.SWITCHED_OFF: {"line_on": False},
    Reason.ANSWERED_SINCE: {"answered_since": True},
    Reason.CALLED_BACK: {"called_back": True},
    Reason.IN_SET_UP: {"in_set_up": True},
    Reason.ROBOCALL: {"is_robocall": True},
    Reason.NOT_TEXTABLE: {"kind": PhoneKind.TOLL_FREE},
    Reason.REASSIGNED: {"reassigned": True},
    Reason.NOT_REGISTERED: {"registration": Registration.PENDING},
    Reason.THREAD_OPEN: {"last_inbound_at": NOON - timedelta(hours=1)},
    Reason.TEXTED_RECENTLY: {"claimed_until": NOON + SECOND},
    Reason.STALE: {"over_at": NOON - timedelta(seconds=601)},
    Reason.OVER_BRAKE: {"line_sent_last_hour": 60},
    Reason.OUTSIDE_HOURS: {"policy": within("18:00", "20:00", hold=False)},
}


# They hold back what the receptionist had to say, never a text-back; the day's money is counted in the database.
# The law's hours are asked about once it is decided (`quiet.hold_text_back`).
NOT_OF_A_CALL = {
    *(Reason.PERSON_WROTE, Reason.BOOKING_CHANGED, Reason.BOT_LOOP, Reason.OVER_CAP),
    Reason.QUIET_HOURS,
}


def test_every_reason_has_its_row() -> None:
    assert set(ROWS) == set(Reason) - NOT_OF_A_CALL


@pytest.mark.parametrize("reason", [*ROWS])
def test_each_fact_alone_keeps_the_text_back_for_its_reason(reason: Reason) -> None:
    assert decide(missed(**ROWS[reason]), NOON) == Skip(reason)


@pytest.mark.parametrize(
    ("reason", "facts"),
    [
        (Reason.ANSWERED, {"outcome": Outcome.ANSWERED_BY_RECEPTIONIST}),
        (Reason.BLOCKED, {"outcome": Outcome.BLOCKED}),
        (Reason.NOT_TEXTABLE, {"marks": frozenset({Mark.UNTEXTABLE})}),
        (Reason.NOT_TEXTABLE, {"kind": PhoneKind.SHORT_CODE}),
        (Reason.NOT_TEXTABLE, {"kind": PhoneKind.PREMIUM}),
        (Reason.NOT_TEXTABLE, {"kind": PhoneKind.FOREIGN}),
        (Reason.NOT_TEXTABLE, {"kind": PhoneKind.INVALID}),
        (Reason.OVER_BRAKE, {"business_sent_last_hour": 200}),
        (Reason.SWITCHED_OFF, {"policy": policy(outcomes_off=frozenset({"no_answer"}))}),
    ],
)
def test_other_facts_with_the_same_reason(reason: Reason, facts: dict[str, Any]) -> None:
    assert decide(missed(**facts), NOON) == Skip(reason)


# Facts that are said by the same field cannot both be there.
PAIRS = [
    (first, second)
    for place, first in enumerate(ROWS)
    for second in list(ROWS)[place + 1 :]
    if not set(ROWS[first]) & set(ROWS[second])
]


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_of_two_reasons_the_first_in_the_order_is_told(first: Reason, second: Reason) -> None:
    assert decide(missed(**ROWS[second], **ROWS[first]), NOON) == Skip(first)


def test_of_several_marks_the_owners_word_comes_before_the_carriers() -> None:
    marks = [Mark.BLOCKED, Mark.SPAM, Mark.DO_NOT_TEXT, Mark.UNTEXTABLE]
    reasons = [Reason.BLOCKED, Reason.SPAM, Reason.DO_NOT_TEXT, Reason.NOT_TEXTABLE]
    for place, reason in enumerate(reasons):
        assert decide(missed(marks=frozenset(marks[place:])), NOON) == Skip(reason)


@pytest.mark.parametrize("outcome", [outcome for outcome in Outcome if is_missed(outcome)])
def test_every_missed_outcome_earns_a_text(outcome: Outcome) -> None:
    assert decide(missed(outcome=outcome), NOON) == SendAt(NOON + DELAY)


@pytest.mark.parametrize(
    "facts",
    [
        {"claimed_until": NOON},
        {"last_inbound_at": NOON - timedelta(hours=72)},
        {"over_at": NOON - timedelta(seconds=600)},
        {"line_sent_last_hour": 59, "business_sent_last_hour": 199},
        {"registration": Registration.UNKNOWN},
        {"registration": Registration.APPROVED},
        {"policy": policy(outcomes_off=frozenset({"busy"}))},
        {"policy": policy(thread_open_hours=0), "last_inbound_at": NOON},
    ],
)
def test_at_the_boundary_the_text_goes(facts: dict[str, Any]) -> None:
    assert isinstance(decide(missed(**facts), NOON), SendAt)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"claimed_until": NOON + SECOND}, Reason.TEXTED_RECENTLY),
        ({"last_inbound_at": NOON - timedelta(hours=72) + SECOND}, Reason.THREAD_OPEN),
        ({"over_at": NOON - timedelta(seconds=600) - SECOND}, Reason.STALE),
        ({"line_sent_last_hour": 60, "business_sent_last_hour": 199}, Reason.OVER_BRAKE),
        ({"line_sent_last_hour": 59, "business_sent_last_hour": 200}, Reason.OVER_BRAKE),
        ({"policy": policy(per_line_an_hour=0)}, Reason.OVER_BRAKE),
    ],
)
def test_one_second_or_one_text_past_the_boundary_it_does_not(facts: dict[str, Any], reason: Reason) -> None:
    assert decide(missed(**facts), NOON) == Skip(reason)


@pytest.mark.parametrize(
    ("over_seconds_ago", "delay_seconds", "send_in_seconds"),
    [(0, 5, 5), (2, 5, 3), (5, 5, 0), (6, 5, 0), (600, 5, 0), (0, 0, 0), (30, 0, 0), (-1, 5, 6), (2, 2.5, 0.5)],
)
def test_the_delay_counts_from_the_calls_end_and_never_reaches_into_the_past(
    over_seconds_ago: int, delay_seconds: float, send_in_seconds: float
) -> None:
    facts = missed(over_at=NOON - over_seconds_ago * SECOND, policy=policy(delay_seconds=delay_seconds))
    assert decide(facts, NOON) == SendAt(NOON + send_in_seconds * SECOND)


def local(text: str, zone: str = CHICAGO, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)


AT_ONCE: dict[str, Any] = {"delay_seconds": 0.0}
DAY = within("08:00", "20:00", **AT_ONCE)
NIGHT = within("18:00", "06:00", **AT_ONCE)
# In Chicago clocks go forward at 02:00 on 8 March 2026 and back at 02:00 on 1 November 2026.
ALLOWED = [
    (DAY, local("2026-11-18 08:00:00"), local("2026-11-18 08:00:00")),
    (DAY, local("2026-11-18 07:59:59"), local("2026-11-18 08:00:00")),
    (DAY, local("2026-11-18 19:59:59"), local("2026-11-18 19:59:59")),
    (DAY, local("2026-11-18 20:00:00"), local("2026-11-19 08:00:00")),
    (DAY, local("2026-11-18 23:59:59"), local("2026-11-19 08:00:00")),
    (DAY, local("2026-12-31 22:00:00"), local("2027-01-01 08:00:00")),
    (NIGHT, local("2026-11-18 17:59:59"), local("2026-11-18 18:00:00")),
    (NIGHT, local("2026-11-18 18:00:00"), local("2026-11-18 18:00:00")),
    (NIGHT, local("2026-11-19 00:00:00"), local("2026-11-19 00:00:00")),
    (NIGHT, local("2026-11-19 05:59:59"), local("2026-11-19 05:59:59")),
    (NIGHT, local("2026-11-19 06:00:00"), local("2026-11-19 18:00:00")),
    (DAY, local("2026-03-07 20:00:00"), local("2026-03-07 20:00:00") + timedelta(hours=11)),
    (DAY, local("2026-10-31 20:00:00"), local("2026-10-31 20:00:00") + timedelta(hours=13)),
    (within("02:30", "20:00", **AT_ONCE), local("2026-03-08 01:59:59"), local("2026-03-08 03:30:00")),
    (within("01:30", "20:00", **AT_ONCE), local("2026-11-01 01:10:00"), local("2026-11-01 01:30:00")),
    (within("01:30", "20:00", **AT_ONCE), local("2026-11-01 01:45:00"), local("2026-11-01 01:45:00")),
    (within("01:30", "20:00", **AT_ONCE), local("2026-11-01 01:10:00", fold=1), local("2026-11-01 01:30:00", fold=1)),
    (within("08:00", "01:30", **AT_ONCE), local("2026-11-01 01:10:00", fold=1), local("2026-11-01 01:10:00", fold=1)),
    (policy(not_before=None, not_after=None, **AT_ONCE), local("2026-11-18 03:00"), local("2026-11-18 03:00")),
]


@pytest.mark.parametrize(("hours", "over_at", "send_at"), ALLOWED)
def test_a_text_waits_for_the_owners_hours(hours: TextBackPolicy, over_at: datetime, send_at: datetime) -> None:
    assert decide(missed(over_at=over_at, policy=hours), over_at) == SendAt(send_at)


@pytest.mark.parametrize(("hours", "over_at", "send_at"), ALLOWED)
def test_where_the_owner_does_not_hold_texts_there_is_none_outside_the_hours(
    hours: TextBackPolicy, over_at: datetime, send_at: datetime
) -> None:
    decision = decide(missed(over_at=over_at, policy=replace(hours, hold=False)), over_at)
    assert decision == (SendAt(over_at) if send_at == over_at else Skip(Reason.OUTSIDE_HOURS))


def test_a_delay_that_ends_after_hours_moves_the_text_to_the_next_morning() -> None:
    over_at = local("2026-11-18 19:59:58")
    hours = within("08:00", "20:00", delay_seconds=5.0)
    assert decide(missed(over_at=over_at, policy=hours), over_at) == SendAt(local("2026-11-19 08:00:00"))


def test_the_hours_are_local_to_the_business() -> None:
    over_at = local("2026-11-18 07:00", "Europe/Madrid")
    facts = missed(over_at=over_at, zone="Europe/Madrid", policy=DAY)
    assert decide(facts, over_at) == SendAt(local("2026-11-18 08:00", "Europe/Madrid"))


ZONES = ("America/Chicago", "America/St_Johns", "Europe/Dublin", "Australia/Lord_Howe", "Pacific/Auckland", "UTC")
TIMES = st.times(max_value=time(23, 59)).map(lambda one: one.replace(second=0, microsecond=0).isoformat("minutes"))
# The hours round both changes of the clock come up often enough to matter.
CHANGES = st.builds(
    lambda day, seconds: day + timedelta(seconds=seconds),
    st.sampled_from(
        [local("2026-03-08 01:00"), local("2026-11-01 00:00"), local("2026-04-05 00:00", "Pacific/Auckland")]
    ),
    st.integers(-7200, 14400),
)
MOMENTS = CHANGES | st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


@given(MOMENTS, st.integers(-30, 600), st.sampled_from(ZONES), TIMES, TIMES, st.floats(0, 60))
def test_a_text_goes_now_or_later_and_inside_the_owners_hours(
    now: datetime, over_seconds_ago: int, zone: str, first: str, last: str, delay: float
) -> None:
    hours = within(first, last, delay_seconds=delay)
    decision = decide(missed(over_at=now - over_seconds_ago * SECOND, zone=zone, policy=hours), now)
    assert isinstance(decision, SendAt)
    assert now <= decision.at <= now + timedelta(days=2)
    clock = decision.at.astimezone(ZoneInfo(zone)).time()
    # The same time twice leaves no hours at all; such a file is refused, and a stored one means "at that time".
    opens, closes = time.fromisoformat(first), time.fromisoformat(last)
    inside = opens <= clock < closes if opens < closes else clock >= opens or clock < closes
    assert inside


@given(MOMENTS, st.sampled_from(ZONES), TIMES, TIMES)
def test_hold_only_moves_texts_that_would_not_go_at_once(now: datetime, zone: str, first: str, last: str) -> None:
    """With and without hold, a text inside the hours is the same."""
    facts = missed(over_at=now, zone=zone, policy=within(first, last, hold=False))
    held = decide(replace(facts, policy=within(first, last)), now)
    assert decide(facts, now) in (held, Skip(Reason.OUTSIDE_HOURS))


@pytest.mark.parametrize("reason", [*Reason])
def test_every_reason_is_explained_in_one_sentence_of_its_own(reason: Reason) -> None:
    sentence = explain(reason)
    assert sentence.startswith("Not texted")
    assert sentence.rstrip().endswith(".")
    assert [other for other in Reason if explain(other) == sentence] == [reason]


CALL_BACKS = {
    *(Reason.OVER_BRAKE, Reason.OVER_CAP, Reason.STALE, Reason.NOT_TEXTABLE, Reason.NOT_REGISTERED),
    *(Reason.REASSIGNED, Reason.QUIET_HOURS),
    *(Reason.IN_SET_UP, Reason.OUTSIDE_HOURS),
}


@pytest.mark.parametrize("reason", [*Reason])
def test_a_person_calls_back_where_a_text_was_due_and_cannot_go(reason: Reason) -> None:
    assert needs_call_back(Skip(reason), Outcome.NO_ANSWER) is (reason in CALL_BACKS)


def test_nobody_calls_back_an_answered_or_a_texted_caller() -> None:
    assert not needs_call_back(SendAt(NOON), Outcome.NO_ANSWER)
    assert not any(needs_call_back(Skip(Reason.STALE), one) for one in Outcome if not is_missed(one))


@pytest.mark.parametrize("hinders", [Reason.NOT_TEXTABLE, Reason.NOT_REGISTERED, Reason.STALE, Reason.OVER_BRAKE])
@pytest.mark.parametrize("spares", [Reason.ANSWERED_SINCE, Reason.CALLED_BACK, Reason.SWITCHED_OFF])
def test_a_caller_who_needs_no_text_needs_no_call_back_either(hinders: Reason, spares: Reason) -> None:
    decision = decide(missed(**ROWS[hinders], **ROWS[spares]), NOON)
    assert not needs_call_back(decision, Outcome.NO_ANSWER)


@pytest.mark.parametrize(
    ("seconds_between", "urgent"), [(0, True), (1, True), (299, True), (300, True), (301, False), (86400, False)]
)
def test_a_second_missed_call_within_five_minutes_raises_urgency(seconds_between: int, urgent: bool) -> None:
    assert raises_urgency(NOON - seconds_between * SECOND, NOON, Outcome.BUSY, SendAt(NOON)) is urgent


def test_a_first_call_or_an_answered_second_one_is_not_urgent() -> None:
    assert not raises_urgency(None, NOON, Outcome.BUSY, SendAt(NOON))
    for outcome in (one for one in Outcome if not is_missed(one)):
        assert not raises_urgency(NOON - SECOND, NOON, outcome, SendAt(NOON))


QUIET = {
    *(Reason.OWN_NUMBER, Reason.STAFF, Reason.BLOCKED, Reason.SPAM, Reason.ROBOCALL),
    *(Reason.ANSWERED_SINCE, Reason.CALLED_BACK),
}


@pytest.mark.parametrize("reason", [*Reason])
def test_a_second_call_of_someone_nobody_waits_for_is_not_urgent(reason: Reason) -> None:
    assert raises_urgency(NOON - SECOND, NOON, Outcome.BUSY, Skip(reason)) is (reason not in QUIET)


TESTING = {"is_test": True, "in_set_up": True}


@pytest.mark.parametrize(
    "facts",
    [
        {"is_staff": True},
        {"kind": PhoneKind.FOREIGN},
        {"last_inbound_at": NOON - timedelta(hours=1)},
        {"claimed_until": NOON + SECOND},
    ],
)
def test_whoever_tests_a_line_is_texted_each_time_though_they_are_staff(facts: dict[str, Any]) -> None:
    assert decide(missed(**TESTING, **facts), NOON) == SendAt(NOON + DELAY)


@pytest.mark.parametrize("reason", [Reason.OPTED_OUT, Reason.BLOCKED, Reason.NOT_REGISTERED, Reason.SWITCHED_OFF])
def test_a_test_overrides_neither_a_wish_nor_the_carriers(reason: Reason) -> None:
    assert decide(missed(**TESTING, **ROWS[reason]), NOON) == Skip(reason)
