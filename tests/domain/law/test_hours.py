"""Hours to the minute: generated from every file over clock changes, Sundays and holidays; by hand for some."""

import tomllib
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import holidays
import pytest

from ringback.domain.law.files import read_texting, rule_files
from ringback.domain.law.places import Place
from ringback.domain.law.rules import Applied, AppliedLaw, is_allowed, law_for, next_allowed_at
from ringback.domain.law.states import STATES
from ringback.domain.phrases import phrase

MINUTE = timedelta(minutes=1)
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FILES = rule_files("texting")

# A week around each of the clock changes of 2027 in America, Europe and Australia, and the holidays of the winter.
# Rules that have ended are asked about the same days of 2026, when America's spring change was on 8 March.
_WEEKS = [
    date(2027, 3, 7),
    date(2027, 3, 10),
    date(2027, 3, 24),
    date(2027, 4, 1),
    date(2027, 9, 30),
    date(2027, 10, 28),
    date(2027, 11, 4),
]
_FEASTS = [date(2027, 12, 22), date(2027, 12, 29)]
DATES = sorted({first + timedelta(days=day) for first in (*_WEEKS, *_FEASTS) for day in range(8)})


class Oracle:
    """What a file says, read a second way: from its text, day by day, with the calendar asked directly."""

    def __init__(self, text: str) -> None:
        self.said: dict[str, Any] = tomllib.loads(text)
        country, _, part = self.said.get("holidays", "").partition("-")
        years = (2026, 2027, 2028)
        self.feasts = holidays.country_holidays(country, subdiv=part or None, years=years) if country else {}
        state = self.said["jurisdiction"].partition("-")[2]
        names = self.said.get("zones") or (STATES[state][1] if state else ["America/New_York"])
        self.zone = ZoneInfo(names[0])

    def span(self, on: date) -> tuple[datetime, datetime] | None:
        """Return the first minute of a local day on which a text may go, and the first on which none may (UTC)."""
        said = self.said["hours"][DAYS[on.weekday()]]
        if said == "none" or on in self.feasts:
            return None
        first, last = (time.fromisoformat(part) for part in said.split("-"))
        ends = [datetime.combine(on, clock, self.zone).astimezone(UTC) for clock in (first, last)]
        return ends[0], ends[1]

    def next_span(self, after: date) -> tuple[datetime, datetime]:
        """Return the hours of the next day that has any."""
        for day in range(1, 20):
            found = self.span(after + timedelta(days=day))
            if found is not None:
                return found
        raise AssertionError(f"nothing for three weeks after {after}")


def alone(name: str, text: str, zone: ZoneInfo) -> AppliedLaw:
    """Return the law that is this one rule, read in one zone."""
    rule = read_texting(name, text)
    place = Place(rule.grounds.jurisdiction, (zone.key,), phrase("The area code"))
    return AppliedLaw((Applied(place, (rule,)),), (zone.key,), (zone.key,))


@pytest.mark.parametrize(("name", "text"), FILES, ids=[name for name, _ in FILES])
def test_the_first_and_the_last_minute_of_every_day_are_as_the_file_says(name: str, text: str) -> None:
    oracle = Oracle(text)
    law = alone(name, text, oracle.zone)
    # A rule that has ended is asked about days on which it held.
    days = [on.replace(year=2026) for on in DATES] if "effective_until" in oracle.said else DATES
    days = [on for on in days if on < oracle.said.get("effective_until", date.max) - timedelta(days=20)]
    for on in days:
        found = oracle.span(on)
        noon = datetime.combine(on, time(12), oracle.zone).astimezone(UTC)
        if found is None:
            assert not is_allowed(law, noon), on
            assert next_allowed_at(law, noon) == oracle.next_span(on)[0], on
            continue
        first, last = found
        assert [is_allowed(law, at) for at in (first - MINUTE, first, last - MINUTE, last)] == [
            False,
            True,
            True,
            False,
        ]
        assert next_allowed_at(law, first - MINUTE) == first, on
        assert next_allowed_at(law, first) == first, on
        assert next_allowed_at(law, last - MINUTE) == last - MINUTE, on
        assert next_allowed_at(law, last) == oracle.next_span(on)[0], on


FLORIDA, TEXAS, EL_PASO, RHODE_ISLAND = "+13055550142", "+12145550142", "+19155550142", "+14015550142"
ALABAMA, CHICAGO, NEW_YORK, PHILADELPHIA = "+12055550142", "+13125550142", "+12125550142", "+12155550142"
ATLANTA, TORONTO, MADRID, SYDNEY, LONDON = (
    "+14045550142",
    "+14165550142",
    "+34910123456",
    "+61280001234",
    "+442079460142",
)


@pytest.mark.parametrize(
    ("phone", "local", "zone", "allowed"),
    [
        # Florida: 8 to 8, every day of the week.
        (FLORIDA, "2026-11-20T07:59", "America/New_York", False),
        (FLORIDA, "2026-11-20T08:00", "America/New_York", True),
        (FLORIDA, "2026-11-20T19:59", "America/New_York", True),
        (FLORIDA, "2026-11-20T20:00", "America/New_York", False),
        (FLORIDA, "2026-11-22T08:00", "America/New_York", True),
        # The Sundays on which the clocks change: 8 o'clock is 8 o'clock.
        (FLORIDA, "2026-11-01T07:59", "America/New_York", False),
        (FLORIDA, "2026-11-01T08:00", "America/New_York", True),
        (FLORIDA, "2027-03-14T07:59", "America/New_York", False),
        (FLORIDA, "2027-03-14T08:00", "America/New_York", True),
        # Texas: 9 to 9, Sundays from noon; El Paso an hour behind.
        (TEXAS, "2026-11-20T08:59", "America/Chicago", False),
        (TEXAS, "2026-11-20T09:00", "America/Chicago", True),
        (TEXAS, "2026-11-20T20:59", "America/Chicago", True),
        (TEXAS, "2026-11-20T21:00", "America/Chicago", False),
        (TEXAS, "2026-11-22T11:59", "America/Chicago", False),
        (TEXAS, "2026-11-22T12:00", "America/Chicago", True),
        (EL_PASO, "2026-11-20T08:59", "America/Denver", False),
        (EL_PASO, "2026-11-20T09:00", "America/Denver", True),
        # Rhode Island: 9 to 6, Saturdays 10 to 5, never on Sundays or holidays of the state (Victory Day too).
        (RHODE_ISLAND, "2026-11-20T09:00", "America/New_York", True),
        (RHODE_ISLAND, "2026-11-20T17:59", "America/New_York", True),
        (RHODE_ISLAND, "2026-11-20T18:00", "America/New_York", False),
        (RHODE_ISLAND, "2026-11-21T09:59", "America/New_York", False),
        (RHODE_ISLAND, "2026-11-21T10:00", "America/New_York", True),
        (RHODE_ISLAND, "2026-11-21T17:00", "America/New_York", False),
        (RHODE_ISLAND, "2026-11-22T12:00", "America/New_York", False),
        (RHODE_ISLAND, "2026-11-26T12:00", "America/New_York", False),
        (RHODE_ISLAND, "2026-08-10T12:00", "America/New_York", False),
        # Alabama: 8 to 8, no Sundays, no holidays.
        (ALABAMA, "2026-11-20T07:59", "America/Chicago", False),
        (ALABAMA, "2026-11-20T08:00", "America/Chicago", True),
        (ALABAMA, "2026-11-20T20:00", "America/Chicago", False),
        (ALABAMA, "2026-11-22T12:00", "America/Chicago", False),
        (ALABAMA, "2026-12-25T12:00", "America/Chicago", False),
        # The federal hours, where a state has the same: 8 to 9, holidays and all.
        (CHICAGO, "2026-11-20T07:59", "America/Chicago", False),
        (CHICAGO, "2026-11-20T08:00", "America/Chicago", True),
        (CHICAGO, "2026-11-20T20:59", "America/Chicago", True),
        (CHICAGO, "2026-11-20T21:00", "America/Chicago", False),
        (NEW_YORK, "2026-11-26T08:00", "America/New_York", True),
        # Pennsylvania before and after its new law, which begins on 18 October 2026.
        (PHILADELPHIA, "2026-10-16T08:30", "America/New_York", True),
        (PHILADELPHIA, "2026-10-16T20:30", "America/New_York", True),
        (PHILADELPHIA, "2026-10-19T08:30", "America/New_York", False),
        (PHILADELPHIA, "2026-10-19T18:59", "America/New_York", True),
        (PHILADELPHIA, "2026-10-19T19:00", "America/New_York", False),
        (PHILADELPHIA, "2026-10-18T12:00", "America/New_York", False),
        # Georgia has no file: the strictest, 9 to 8, Sundays from noon, no federal holidays.
        (ATLANTA, "2026-11-20T08:59", "America/New_York", False),
        (ATLANTA, "2026-11-20T09:00", "America/New_York", True),
        (ATLANTA, "2026-11-20T20:00", "America/New_York", False),
        (ATLANTA, "2026-11-22T11:59", "America/New_York", False),
        (ATLANTA, "2026-11-22T12:00", "America/New_York", True),
        (ATLANTA, "2026-11-26T12:00", "America/New_York", False),
        (TORONTO, "2026-11-20T21:29", "America/Toronto", True),
        (TORONTO, "2026-11-20T21:30", "America/Toronto", False),
        (TORONTO, "2026-11-21T09:59", "America/Toronto", False),
        (MADRID, "2026-11-20T20:59", "Europe/Madrid", True),
        (MADRID, "2026-11-21T12:00", "Europe/Madrid", False),
        (SYDNEY, "2026-11-21T16:59", "Australia/Sydney", True),
        (SYDNEY, "2026-11-21T17:00", "Australia/Sydney", False),
        (LONDON, "2026-11-20T09:00", "Europe/London", True),
        (LONDON, "2026-12-24T12:00", "Europe/London", True),
        (LONDON, "2026-12-28T12:00", "Europe/London", False),
    ],
)
def test_hours_written_by_hand_hold_for_a_number(phone: str, local: str, zone: str, allowed: bool) -> None:
    law = law_for(None, phone)
    assert law.zones == (zone,)
    assert is_allowed(law, datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone))) is allowed


@pytest.mark.parametrize(
    ("phone", "local", "zone", "following"),
    [
        (FLORIDA, "2026-11-21T20:30", "America/New_York", "2026-11-22T08:00"),
        (FLORIDA, "2026-10-31T23:30", "America/New_York", "2026-11-01T08:00"),
        (TEXAS, "2026-11-21T21:00", "America/Chicago", "2026-11-22T12:00"),
        (TEXAS, "2027-03-13T22:00", "America/Chicago", "2027-03-14T12:00"),
        # The Wednesday before Thanksgiving, the Saturday evening, and the Friday before a Christmas on Saturday's eve.
        (RHODE_ISLAND, "2026-11-25T18:00", "America/New_York", "2026-11-27T09:00"),
        (RHODE_ISLAND, "2026-11-21T17:00", "America/New_York", "2026-11-23T09:00"),
        (ALABAMA, "2026-11-21T20:00", "America/Chicago", "2026-11-23T08:00"),
        (CHICAGO, "2026-11-20T21:00", "America/Chicago", "2026-11-21T08:00"),
        (MADRID, "2026-12-24T21:00", "Europe/Madrid", "2026-12-28T09:00"),
    ],
)
def test_the_next_instant_written_by_hand_holds_for_a_number(phone: str, local: str, zone: str, following: str) -> None:
    found = next_allowed_at(law_for(None, phone), datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone)))
    assert found == datetime.fromisoformat(following).replace(tzinfo=ZoneInfo(zone))
