"""Limits fill themselves in from the hourly ones, money is counted in whole parts, and people come last to be held."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from uuid import UUID

import pytest

from ringback.domain import spending
from ringback.domain.answering import plan_call
from ringback.domain.brake_maxima import over_owners_most
from ringback.domain.brake_policy import BrakePolicy
from ringback.domain.brakes import (
    OWNERS_MOST,
    Scope,
    first_text_places,
    for_known,
    limits_of,
    may_ring,
    may_ring_staff,
    prefix_of,
)
from ringback.domain.business import Business, Staff, TextBackPolicy
from ringback.domain.messages import Purpose
from ringback.domain.phones import parse_phone
from ringback.domain.spending import (
    SHARES,
    Share,
    call_millicents,
    cap_cents,
    cost,
    local_day,
    owners_most_cap_cents,
    segment_millicents,
    share_of,
    text_cost,
    usual_cap_cents,
)
from tests.cast import ALL_DAY, CARLA, NOON, harbor

LINE = UUID(int=11)


def shop(policy: TextBackPolicy | None = None, country: str = "US", **brakes: object) -> Business:
    """Harbor Dental with these brakes."""
    return replace(harbor(), policy=policy or TextBackPolicy(), country=country, brakes=BrakePolicy(**brakes))  # type: ignore[arg-type]


def test_limits_that_are_left_out_follow_from_the_hourly_ones() -> None:
    limits = limits_of(shop())
    assert (limits.business_an_hour, limits.line_an_hour) == (200, 60)
    assert (limits.business_a_day, limits.line_a_day) == (2000, 600)
    assert (limits.prefix_an_hour, limits.prefix_a_day) == (50, 200)
    # Whoever lifts the hourly limits for a burst is not stopped by one they have never heard of.
    open_limits = limits_of(shop(TextBackPolicy(per_line_an_hour=100_000, per_business_an_hour=100_000)))
    assert open_limits.prefix_an_hour == 25_000
    assert usual_cap_cents(shop(TextBackPolicy(per_business_an_hour=100_000))) == 1_000_000


def test_what_the_owner_sets_wins() -> None:
    limits = limits_of(shop(per_prefix_an_hour=3, per_line_a_day=4, per_country_a_day=0))
    assert (limits.prefix_an_hour, limits.line_a_day, limits.country_a_day) == (3, 4, 0)
    assert cap_cents(shop(cap_cents_a_day=0)) == 0


def test_a_first_text_takes_a_place_by_line_business_block_and_caller_and_abroad_by_country() -> None:
    home = first_text_places(shop(), LINE, parse_phone(CARLA, "US"), is_known=False)
    assert [place.scope for place in home] == [Scope.BUSINESS, Scope.LINE, Scope.PREFIX, Scope.CALLER]
    assert home[2].subject == "+1312555"
    abroad = first_text_places(shop(), LINE, parse_phone("+14165550123", "US"), is_known=False)
    assert [(place.scope, place.subject) for place in abroad if place.scope is Scope.COUNTRY] == [(Scope.COUNTRY, "CA")]


def test_every_place_is_locked_in_one_order() -> None:
    """Two workers that lock two counters in two orders wait for each other for ever."""
    order = list(Scope)
    for phone in (CARLA, "+14165550123"):
        places = first_text_places(shop(), LINE, parse_phone(phone, "US"), is_known=True)
        assert [place.scope for place in places] == sorted((place.scope for place in places), key=order.index)


def test_callers_who_are_known_get_a_quarter_more_and_of_nothing_nothing() -> None:
    assert [for_known(limit) for limit in (0, 1, 60, 200)] == [0, 2, 75, 250]
    known = first_text_places(shop(), LINE, parse_phone(CARLA, "US"), is_known=True)
    assert (known[0].an_hour, known[0].a_day) == (250, 2500)
    # What one caller gets has nothing to do with a flood of others.
    assert known[-1].an_hour == 60


def test_a_block_is_all_but_the_last_four_digits() -> None:
    assert prefix_of("+13125550142") == prefix_of("+13125559999") == "+1312555"


SHARE_ROWS = [
    (Purpose.TEXT_BACK, False, Share.STRANGER), (Purpose.TEXT_BACK, True, Share.AUTOMATIC),
    (Purpose.RECEPTIONIST, True, Share.AUTOMATIC), (Purpose.REMINDER, True, Share.AUTOMATIC),
    # A thousand spoofed STOPs must not eat what is kept for people.
    (Purpose.KEYWORD_ANSWER, True, Share.AUTOMATIC),
    (Purpose.ALERT, True, Share.EMERGENCY), (Purpose.REPLY, True, Share.PERSON),
]  # fmt: skip


@pytest.mark.parametrize(("purpose", "is_known", "share"), SHARE_ROWS)
def test_whose_money_a_text_is(purpose: Purpose, is_known: bool, share: Share) -> None:
    assert share_of(purpose, is_known=is_known) is share


def test_automation_stops_before_emergencies_and_those_before_people() -> None:
    assert list(SHARES.values()) == sorted(SHARES.values())
    assert SHARES[Share.PERSON] == 100


def test_a_text_costs_its_segments_where_it_goes() -> None:
    us = shop()
    assert segment_millicents(us, "US") == 1_500
    assert segment_millicents(us, "GB") == 6_000
    # Nobody has looked up what a text to there costs: dear until somebody does.
    assert segment_millicents(us, "TV") == segment_millicents(us, None) == 30_000
    assert text_cost(us, "US", 3, Share.PERSON, NOON).millicents == 4_500
    # An owner's own price is for the home country, and in their own currency.
    own = shop(segment_millicents=700)
    assert (segment_millicents(own, "US"), segment_millicents(own, "CA")) == (700, 1_500)
    assert segment_millicents(shop(country="MX"), "MX") == 176_000


def test_a_call_costs_two_legs_in_started_minutes() -> None:
    assert [call_millicents(shop(), CARLA, seconds) for seconds in (1, 60, 61)] == [3_000, 3_000, 6_000]
    assert call_millicents(shop(call_minute_millicents=100), CARLA, 120) == 400


def test_prices_change_together_with_the_day_and_the_place_they_were_read() -> None:
    segment = (spending._SEGMENT, spending._SEGMENT_ELSEWHERE)
    others = (spending._MINUTE, spending._MINUTE_ELSEWHERE, spending._LOOK_UP, spending._RATES)
    seen = sha256(repr((spending.PRICES_SOURCE, segment, others)).encode()).hexdigest()[:12]
    assert (spending.PRICES_AS_OF, seen) == (date(2026, 11, 21), "e37f27c30331")


def test_a_day_is_the_businesss_own_and_ends_at_its_midnight_over_a_change_of_clocks_too() -> None:
    assert local_day("America/Chicago", NOON) == (date(2026, 11, 18), datetime(2026, 11, 19, 6, tzinfo=UTC))
    before = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    day_on, ends_at = local_day("America/Chicago", before)
    # The day on which the clocks go back has 25 hours.
    assert (day_on, ends_at) == (date(2026, 11, 1), datetime(2026, 11, 2, 6, tzinfo=UTC))
    assert local_day("America/Chicago", ends_at)[0] == date(2026, 11, 2)
    assert cost(shop(), 5, Share.STRANGER, NOON).percent == 60


def test_only_phones_that_cost_nothing_extra_are_rung() -> None:
    us = shop()
    assert may_ring(us, CARLA)
    for phone in ("+19005550123", "+881612345678", "+18765550123", "+442079460123", "not a number"):
        assert not may_ring(us, phone), phone
    assert may_ring(shop(ring_countries=("GB",)), "+442079460123")
    assert may_ring_staff("+442079460123", "US")
    assert not may_ring_staff("+19005550123", "US")
    assert not may_ring_staff("+881612345678", "US")


def test_an_incoming_call_rings_no_phone_of_the_staff_that_costs_extra() -> None:
    """Whoever gets into the settings must not turn every incoming call into a call to a number they earn by."""
    phones = ("+19005550123", "+881612345678", "55512", "+13125550161")
    staff = tuple(Staff(UUID(int=n), f"Sam {n}", phone) for n, phone in enumerate(phones, 21))
    business = replace(shop(), staff=staff, hours=ALL_DAY)
    assert plan_call(business, business.lines[0], CARLA, None, NOON).phones == ("+13125550161",)


def test_an_owner_may_not_open_the_brakes_further_than_their_most_and_what_was_open_stays() -> None:
    usual = shop()
    too_much = shop(TextBackPolicy(per_line_an_hour=601), cap_cents_a_day=20_001, per_prefix_a_day=5_001)
    places = {problem.place for problem in over_owners_most(usual, too_much)}
    assert places == {"text_back.per_line_an_hour", "brakes.cap_cents_a_day", "brakes.per_prefix_a_day"}
    assert over_owners_most(too_much, too_much) == ()
    # Lower than before, and still above the most: it was the agency's to allow.
    assert len(over_owners_most(too_much, replace(too_much, brakes=BrakePolicy(cap_cents_a_day=20_001)))) == 0
    at_most = shop(cap_cents_a_day=owners_most_cap_cents(usual), per_caller_an_hour=OWNERS_MOST["per_caller_an_hour"])
    assert over_owners_most(usual, at_most) == ()


def test_an_hour_of_midnight_belongs_to_the_day_that_begins() -> None:
    midnight = datetime(2026, 11, 19, 6, tzinfo=UTC)
    days = [local_day("America/Chicago", midnight + timedelta(seconds=one))[0].day for one in (-1, 0)]
    assert days == [18, 19]
