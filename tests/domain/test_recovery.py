"""What figures follow from counts: worth, rates, the score; and how amounts and days are read."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringback.domain.recovery import Counts, ServiceValue, Sums, Values, percent_of, sum_up, text_cost_cents
from ringback.domain.recovery_periods import Period, Span, last_months, last_week, named_period, parse_period

TODAY = date(2026, 11, 18)


def jobs(count: int, *prices: int) -> Counts:
    """Return recovered jobs that nobody confirmed, some of them with a price in cents."""
    return Counts(recovered=count, estimated=count, priced=len(prices), price_cents=sum(prices))


@pytest.mark.parametrize(
    ("values", "estimated_cents", "unvalued"),
    [
        (Values(), 20000, 1),
        (Values(job_value_cents=5000), 25000, 0),
        (Values(job_value_cents=5000, close_percent=50), 12500, 0),
        (Values(services={"Crown": ServiceValue(job_value_cents=90000)}), 270000, 0),
        (Values(services={"Crown": ServiceValue(90000, 10)}, close_percent=50), 27000, 0),
        (Values(services={"Crown": ServiceValue(close_percent=0)}), 0, 1),
        (Values(services={"Other": ServiceValue(90000)}), 20000, 1),
    ],
)
def test_a_job_is_worth_the_services_value_else_its_price_else_the_average_times_the_close_rate(
    values: Values, estimated_cents: int, unvalued: int
) -> None:
    whole = sum_up([("Crown", jobs(3, 8000, 12000))], values)

    assert (whole.estimated_cents, whole.unvalued) == (estimated_cents, unvalued)


def test_what_is_confirmed_is_never_part_of_the_estimate() -> None:
    whole = sum_up([("Crown", Counts(recovered=1, confirmed=1, confirmed_cents=20000))], Values(job_value_cents=5000))

    assert (whole.estimated_cents, whole.confirmed_cents) == (0, 20000)


@given(st.lists(st.tuples(st.sampled_from(["", "Crown", "Cleaning"]), st.integers(0, 9), st.integers(0, 99999))))
def test_the_parts_of_a_table_add_up_to_its_whole_but_for_a_cent_each(parts: list[tuple[str, int, int]]) -> None:
    values = Values(12345, 37, services={"Crown": ServiceValue(close_percent=61)})
    counted = [(service, jobs(count, *([price] if count else []))) for service, count, price in parts]

    whole = sum_up(counted, values)
    each = [sum_up([one], values).estimated_cents for one in counted]

    assert 0 <= whole.estimated_cents - sum(each) <= len(each)


@pytest.mark.parametrize(
    ("counts", "score"),
    [
        (Counts(), None),
        (Counts(missed=10), 0),
        (Counts(missed=10, texted=10, replied=10, recovered=10), 100),
        (Counts(missed=10, texted=5, replied=2, recovered=1), 47),
        (Counts(missed=10, texted=10, replied=1, recovered=5), 73),
    ],
)
def test_the_score_follows_its_formula_and_stays_below_100(counts: Counts, score: int | None) -> None:
    assert Sums(counts).score == score


def test_without_anything_to_divide_by_there_is_no_figure() -> None:
    nothing = Sums(Counts())

    assert nothing.recovery_percent is None
    assert nothing.call_back_seconds is None
    assert nothing.answer_seconds is None
    assert nothing.in_time_percent is None
    assert percent_of(1, 3) == 33


def test_a_cost_is_never_understated() -> None:
    assert text_cost_cents(Counts(segments=1), Values(segment_millicents=790)) == 1
    assert text_cost_cents(Counts(segments=100), Values(segment_millicents=790)) == 79
    assert text_cost_cents(Counts(), Values()) == 0


@pytest.mark.parametrize(
    ("span", "first", "last"),
    [
        (Span.WEEK, "2026-11-16", "2026-11-18"),
        (Span.MONTH, "2026-11-01", "2026-11-18"),
        (Span.LAST_MONTH, "2026-10-01", "2026-10-31"),
        (Span.QUARTER, "2026-08-21", "2026-11-18"),
    ],
)
def test_a_named_period_ends_today_at_the_latest(span: Span, first: str, last: str) -> None:
    period = named_period(span, TODAY)

    assert (period.first_on.isoformat(), period.last_on.isoformat()) == (first, last)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 400))
def test_the_period_before_is_as_long_and_ends_the_day_before(first_on: date, more: int) -> None:
    period = Period(first_on, date.fromordinal(first_on.toordinal() + more))

    assert period.before().days == period.days
    assert (period.first_on - period.before().last_on).days == 1


@pytest.mark.parametrize(
    ("since", "measured"), [(None, 0), ("2026-11-19", 0), ("2026-11-18", 1), ("2026-11-10", 9), ("2026-01-01", 18)]
)
def test_days_before_the_first_call_were_not_measured(since: str | None, measured: int) -> None:
    assert named_period(Span.MONTH, TODAY).measured_days(date.fromisoformat(since) if since else None) == measured


@pytest.mark.parametrize(
    ("first", "last"),
    [("", ""), ("2026-11-02", "2026-11-01"), ("2026-13-01", "2026-11-01"), ("0001-01-01", "0001-01-02"),
     ("9999-12-30", "9999-12-31"), ("2020-01-01", "2026-01-01"), ("tomorrow", "2026-11-01")],
)  # fmt: skip
def test_what_are_no_two_days_in_order_is_no_period(first: str, last: str) -> None:
    assert parse_period(first, last) is None


def test_months_and_weeks_follow_the_calendar() -> None:
    months = last_months(TODAY, 12)

    assert [month.first_on.month for month in months] == [12, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
    assert months[-1].last_on == TODAY
    assert last_week(TODAY) == Period(date(2026, 11, 9), date(2026, 11, 15))
