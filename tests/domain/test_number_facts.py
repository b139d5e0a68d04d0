"""What is known of a number decides whether it is texted: what carriers did goes before what look-ups say."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringback.domain.business import LookupPolicy
from ringback.domain.copying import NewName, copy_setup
from ringback.domain.number_facts import (
    HIGHEST_PUMPING_RISK,
    POLICY,
    FactSource,
    LineType,
    NumberFact,
    Textable,
    judge_number,
    kind_by_facts,
    say_line_type,
    say_source,
    wants_reassignment,
)
from ringback.domain.phones import PhoneKind, former_phone, is_retired, parse_phone, retired_phone, show_phone
from tests.cast import harbor

NOW = datetime(2026, 11, 18, 16, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def fact(source: FactSource, line_type: LineType = LineType.UNKNOWN, days_ago: int = 1) -> NumberFact:
    return NumberFact(source, line_type, NOW - days_ago * DAY)


def looked_up(line_type: LineType, expires_at: datetime | None = NOW + DAY, risk: int | None = None) -> NumberFact:
    return NumberFact(FactSource.LOOKUP, line_type, NOW - DAY, expires_at, pumping_risk=risk)


# The table of facts/compliance.md 2.8, by sort of line: what a look-up alone says.
ROWS = [
    (LineType.MOBILE, Textable.YES),
    (LineType.VOIP, Textable.YES),
    (LineType.LANDLINE, Textable.NO),
    (LineType.TOLL_FREE, Textable.NO),
    (LineType.PREMIUM, Textable.NO),
    (LineType.SHARED_COST, Textable.NO),
    (LineType.UAN, Textable.NO),
    (LineType.PERSONAL, Textable.NO),
    (LineType.VOICEMAIL, Textable.NO),
    (LineType.PAGER, Textable.NO),
    (LineType.INVALID, Textable.NO),
    (LineType.UNKNOWN, Textable.UNKNOWN),
]


def test_every_sort_of_line_has_its_row() -> None:
    assert [row[0] for row in ROWS] == list(LineType) == list(POLICY)


@pytest.mark.parametrize(("line_type", "textable"), ROWS)
def test_a_look_up_alone_decides(line_type: LineType, textable: Textable) -> None:
    assert judge_number([looked_up(line_type)], NOW) is textable


def test_nothing_known_is_unknown_and_texted_once() -> None:
    assert judge_number([], NOW) is Textable.UNKNOWN


@pytest.mark.parametrize("worked", [FactSource.DELIVERED, FactSource.TEXTED_US])
def test_a_number_that_texts_reached_or_came_from_is_textable_though_listed_as_a_landline(worked: FactSource) -> None:
    assert judge_number([looked_up(LineType.LANDLINE), fact(worked)], NOW) is Textable.YES


def test_a_landline_learned_from_a_delivery_is_not_texted_again_though_listed_as_a_mobile() -> None:
    failed = fact(FactSource.DELIVERY_ERROR, LineType.LANDLINE)

    assert judge_number([looked_up(LineType.MOBILE), failed], NOW) is Textable.NO
    assert judge_number([failed], NOW + 5000 * DAY) is Textable.NO


@pytest.mark.parametrize(("failed_days_ago", "textable"), [(1, Textable.NO), (2, Textable.NO), (3, Textable.YES)])
def test_of_an_arrival_and_a_failure_the_later_counts(failed_days_ago: int, textable: Textable) -> None:
    arrived = fact(FactSource.DELIVERED, days_ago=2)
    failed = fact(FactSource.DELIVERY_ERROR, LineType.LANDLINE, failed_days_ago)

    assert judge_number([arrived, failed], NOW) is textable


@pytest.mark.parametrize(
    "dear", [LineType.PREMIUM, LineType.SHARED_COST, LineType.UAN, LineType.PERSONAL, LineType.TOLL_FREE]
)
def test_a_costly_number_is_never_texted_though_a_text_arrived_there(dear: LineType) -> None:
    assert judge_number([looked_up(dear), fact(FactSource.DELIVERED, days_ago=0)], NOW) is Textable.NO


@pytest.mark.parametrize(
    ("risk", "textable"), [(HIGHEST_PUMPING_RISK - 1, Textable.YES), (HIGHEST_PUMPING_RISK, Textable.NO)]
)
def test_a_number_that_is_likely_a_fraud_is_not_texted(risk: int, textable: Textable) -> None:
    assert judge_number([looked_up(LineType.MOBILE, risk=risk)], NOW) is textable


def test_what_a_look_up_said_is_believed_until_it_expires() -> None:
    known = [looked_up(LineType.LANDLINE, expires_at=NOW)]

    assert judge_number(known, NOW - timedelta(seconds=1)) is Textable.NO
    assert judge_number(known, NOW) is Textable.UNKNOWN


facts = st.builds(
    NumberFact,
    st.sampled_from(FactSource),
    st.sampled_from(LineType),
    st.integers(0, 400).map(lambda days: NOW - days * DAY),
    st.none() | st.integers(-5, 5).map(lambda days: NOW + days * DAY),
)


@given(st.lists(facts, max_size=4, unique_by=lambda one: one.source))
def test_the_order_in_which_facts_are_listed_changes_nothing(known: list[NumberFact]) -> None:
    assert len({judge_number(order, NOW) for order in permutations(known)}) == 1


def test_a_listed_landline_that_takes_texts_counts_as_textable_and_nothing_else_does() -> None:
    assert kind_by_facts(PhoneKind.LANDLINE, Textable.YES) is PhoneKind.TEXTABLE
    assert kind_by_facts(PhoneKind.LANDLINE, Textable.UNKNOWN) is PhoneKind.LANDLINE
    others = [kind for kind in PhoneKind if kind is not PhoneKind.LANDLINE]
    assert [kind_by_facts(kind, Textable.YES) for kind in others] == others


@pytest.mark.parametrize(("days", "wanted"), [(89, False), (90, False), (91, True)])
def test_who_has_a_number_is_asked_after_so_many_days_of_silence(days: int, wanted: bool) -> None:
    assert wants_reassignment(NOW - days * DAY, 90, NOW) is wanted


def test_of_somebody_never_heard_of_it_is_not_asked() -> None:
    assert not wants_reassignment(None, 90, NOW)


@given(
    st.sampled_from(["+13125550142", "+447400123456"]),
    st.integers(0, 10**9).map(lambda seconds: NOW + timedelta(seconds=seconds)),
)
def test_a_number_that_is_another_persons_now_can_be_read_but_never_dialled(phone: str, at: datetime) -> None:
    retired = retired_phone(phone, at)

    assert is_retired(retired)
    assert (former_phone(retired), former_phone(phone)) == (phone, phone)
    assert parse_phone(retired, "US").e164 is None
    assert show_phone(retired, "US") == "✕ " + show_phone(phone, "US")
    assert not is_retired(phone)


def test_every_sort_of_line_and_every_source_has_words() -> None:
    assert all(say_line_type(line_type) for line_type in LineType)
    assert all(say_source(source) for source in FactSource)


def test_a_copied_set_up_asks_nobody_to_pay_for_look_ups() -> None:
    paying = replace(harbor(), number_lookup=LookupPolicy(on=True))

    copied = copy_setup(paying, NewName("Shore Dental", "shore-dental", "America/Chicago"))

    assert copied.document["number_lookup"] == {}
