"""Opening hours: spans, nights, holidays, clock changes, the business file, and how a text says it."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ringback.domain.hours import (
    DayState,
    Holiday,
    OpeningHours,
    describe_opening,
    describe_time,
    dump_hours,
    longest_opening,
    minute_of,
    next_opening,
    parse_hours,
    state_at,
)
from ringback.domain.segments import Encoding, count_segments

NEW_YORK = "America/New_York"
CHRISTMAS = Holiday(date(2026, 12, 25), "Christmas")
EVE = Holiday(date(2026, 12, 24), "Christmas Eve", (("08:00", "12:00"),))
# Friday 25 December 2026 is Christmas.
DENTAL = OpeningHours(dict.fromkeys(range(5), (("08:00", "12:00"), ("13:00", "17:00"))), holidays=(EVE, CHRISTMAS))
ROUND_THE_CLOCK = OpeningHours(dict.fromkeys(range(7), (("00:00", "24:00"),)))
NIGHTS = OpeningHours({4: (("22:00", "06:00"),)})
NEVER = OpeningHours({})


def local(text: str, zone: str = NEW_YORK, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold)


STATES = [
    (DENTAL, "2026-12-21 07:59:59", DayState.CLOSED),
    (DENTAL, "2026-12-21 08:00", DayState.OPEN),
    (DENTAL, "2026-12-21 11:59:59", DayState.OPEN),
    (DENTAL, "2026-12-21 12:00", DayState.CLOSED),
    (DENTAL, "2026-12-21 13:00", DayState.OPEN),
    (DENTAL, "2026-12-21 17:00", DayState.CLOSED),
    (DENTAL, "2026-12-20 10:00", DayState.CLOSED),
    (DENTAL, "2026-12-24 10:00", DayState.OPEN),
    (DENTAL, "2026-12-24 14:00", DayState.HOLIDAY),
    (DENTAL, "2026-12-25 10:00", DayState.HOLIDAY),
    (DENTAL, "2026-12-25 00:00", DayState.HOLIDAY),
    (DENTAL, "2026-12-26 00:00", DayState.CLOSED),
    (NIGHTS, "2026-12-18 21:59", DayState.CLOSED),
    (NIGHTS, "2026-12-18 22:00", DayState.OPEN),
    (NIGHTS, "2026-12-19 00:00", DayState.OPEN),
    (NIGHTS, "2026-12-19 05:59", DayState.OPEN),
    (NIGHTS, "2026-12-19 06:00", DayState.CLOSED),
    (NIGHTS, "2026-12-18 03:00", DayState.CLOSED),
    (ROUND_THE_CLOCK, "2026-12-19 00:00", DayState.OPEN),
    (ROUND_THE_CLOCK, "2026-12-19 23:59:59", DayState.OPEN),
    (NEVER, "2026-12-19 12:00", DayState.CLOSED),
]


@pytest.mark.parametrize(("hours", "at", "state"), STATES)
def test_a_moment_is_open_closed_or_on_a_holiday(hours: OpeningHours, at: str, state: DayState) -> None:
    assert state_at(hours, NEW_YORK, local(at)) is state
    assert state_at(hours, NEW_YORK, local(at).astimezone(UTC)) is state


def test_a_span_that_ends_when_it_starts_lasts_a_day() -> None:
    hours = OpeningHours({0: (("08:00", "08:00"),)})
    assert state_at(hours, NEW_YORK, local("2026-12-22 07:59")) is DayState.OPEN
    assert state_at(hours, NEW_YORK, local("2026-12-22 08:00")) is DayState.CLOSED


def test_the_zone_decides_which_day_it_is() -> None:
    at = datetime(2026, 12, 26, 3, tzinfo=UTC)
    assert state_at(DENTAL, NEW_YORK, at) is DayState.HOLIDAY
    assert state_at(DENTAL, "Europe/Madrid", at) is DayState.CLOSED


def test_a_night_shift_runs_on_into_a_holiday_that_follows_it() -> None:
    hours = OpeningHours({3: (("22:00", "06:00"),)}, holidays=(CHRISTMAS,))
    assert state_at(hours, NEW_YORK, local("2026-12-25 05:00")) is DayState.OPEN
    assert state_at(hours, NEW_YORK, local("2026-12-25 06:00")) is DayState.HOLIDAY


OPENINGS = [
    (DENTAL, "2026-12-21 07:00", "2026-12-21 08:00"),
    (DENTAL, "2026-12-21 08:00", "2026-12-21 13:00"),
    (DENTAL, "2026-12-21 12:30", "2026-12-21 13:00"),
    (DENTAL, "2026-12-21 17:00", "2026-12-22 08:00"),
    (DENTAL, "2026-12-23 18:00", "2026-12-24 08:00"),
    (DENTAL, "2026-12-24 12:00", "2026-12-28 08:00"),
    (NIGHTS, "2026-12-18 23:00", "2026-12-25 22:00"),
    (ROUND_THE_CLOCK, "2026-12-18 23:00", None),
    (NEVER, "2026-12-18 23:00", None),
]


@pytest.mark.parametrize(("hours", "at", "opens"), OPENINGS)
def test_the_next_opening_is_when_the_business_goes_from_closed_to_open(
    hours: OpeningHours, at: str, opens: str | None
) -> None:
    opens_at = next_opening(hours, NEW_YORK, local(at))
    assert opens_at == (local(opens) if opens else None)
    assert opens_at is None or opens_at.tzinfo is UTC


def test_spans_that_touch_are_one_opening() -> None:
    hours = OpeningHours({0: (("08:00", "12:00"), ("12:00", "24:00")), 1: (("00:00", "02:00"), ("09:00", "10:00"))})
    assert next_opening(hours, NEW_YORK, local("2026-12-21 09:00")) == local("2026-12-22 09:00")


def test_an_opening_60_days_off_is_told_and_a_later_one_is_not() -> None:
    at = local("2026-06-01 08:00").astimezone(UTC)
    near = OpeningHours({}, (Holiday(date(2026, 7, 31), "Open day", (("08:00", "09:00"),)),))
    far = OpeningHours({}, (Holiday(date(2026, 7, 31), "Open day", (("08:01", "09:00"),)),))
    assert next_opening(near, NEW_YORK, at) == at + timedelta(days=60)
    assert next_opening(far, NEW_YORK, at) is None


# Clocks went from 02:00 to 03:00 on 8 March 2026 and from 02:00 back to 01:00 on 1 November 2026.
CLOCK_CHANGES = [
    ("02:30", "05:00", "2026-03-08 03:00", 0, "2026-03-08 05:00", 0),
    ("01:00", "02:30", "2026-03-08 01:00", 0, "2026-03-08 03:00", 0),
    ("01:30", "05:00", "2026-11-01 01:30", 0, "2026-11-01 05:00", 0),
    ("00:00", "01:30", "2026-11-01 00:00", 0, "2026-11-01 01:30", 0),
    ("00:00", "02:00", "2026-11-01 00:00", 0, "2026-11-01 02:00", 0),
]


@pytest.mark.parametrize(("start", "end", "opens", "fold", "closes", "closes_fold"), CLOCK_CHANGES)
def test_spans_hold_over_clock_changes(
    start: str, end: str, opens: str, fold: int, closes: str, closes_fold: int
) -> None:
    hours = OpeningHours({6: ((start, end),)})
    opens_at, closes_at = local(opens, fold=fold).astimezone(UTC), local(closes, fold=closes_fold).astimezone(UTC)
    second = timedelta(seconds=1)
    assert next_opening(hours, NEW_YORK, opens_at - timedelta(hours=9)) == opens_at
    assert state_at(hours, NEW_YORK, opens_at - second) is DayState.CLOSED
    assert state_at(hours, NEW_YORK, opens_at) is DayState.OPEN
    assert state_at(hours, NEW_YORK, closes_at - second) is DayState.OPEN
    assert state_at(hours, NEW_YORK, closes_at) is DayState.CLOSED


def test_a_span_that_the_clock_change_swallows_opens_nothing() -> None:
    hours = OpeningHours({6: (("02:10", "02:50"),)})
    assert next_opening(hours, NEW_YORK, local("2026-03-07 12:00")) == local("2026-03-15 02:10")
    assert state_at(hours, NEW_YORK, local("2026-03-08 03:00")) is DayState.CLOSED


def test_a_day_whose_midnight_does_not_exist_opens_at_its_first_moment() -> None:
    # In Santiago the clocks of 6 September 2026 go from midnight to 01:00.
    hours = OpeningHours({6: (("00:00", "24:00"),)})
    opens_at = next_opening(hours, "America/Santiago", datetime(2026, 9, 5, 12, tzinfo=UTC))
    assert opens_at == local("2026-09-06 01:00", "America/Santiago")


ZONES = st.sampled_from([NEW_YORK, "America/Santiago", "Europe/Madrid", "Australia/Lord_Howe", "America/Havana", "UTC"])
TIMES = st.integers(0, 95).map(lambda quarter: f"{quarter // 4:02d}:{quarter % 4 * 15:02d}")
SPANS = st.tuples(TIMES, TIMES | st.just("24:00")).filter(lambda span: span[0] != span[1])
HOURS = st.builds(
    OpeningHours,
    st.dictionaries(st.integers(0, 6), st.lists(SPANS, max_size=2).map(tuple), min_size=1),
    st.lists(st.builds(Holiday, st.dates(date(2026, 3, 1), date(2026, 4, 10)), st.just("Day off")), max_size=2).map(
        tuple
    ),
)
MOMENTS = st.datetimes(datetime(2026, 3, 1), datetime(2026, 11, 10), timezones=st.just(UTC))  # noqa: DTZ001


@given(HOURS, ZONES, MOMENTS)
def test_a_next_opening_is_later_and_open_and_comes_out_of_being_closed(
    hours: OpeningHours, zone: str, at: datetime
) -> None:
    opens_at = next_opening(hours, zone, at)
    if opens_at is not None:
        assert at < opens_at <= at + timedelta(days=60)
        assert state_at(hours, zone, opens_at) is DayState.OPEN
        assert state_at(hours, zone, opens_at - timedelta(seconds=1)) is not DayState.OPEN


@given(HOURS, ZONES, MOMENTS, st.integers(1, 14 * 96))
def test_no_opening_is_left_out(hours: OpeningHours, zone: str, at: datetime, quarters: int) -> None:
    later_at = at + timedelta(minutes=15 * quarters)
    opens_at = next_opening(hours, zone, at)
    is_before_it = opens_at is None or later_at < opens_at
    was_open, is_open = (state_at(hours, zone, moment) is DayState.OPEN for moment in (at, later_at))
    assert not (is_before_it and is_open and not was_open)


@given(HOURS, ZONES, MOMENTS)
def test_away_from_clock_changes_only_the_wall_clock_counts(hours: OpeningHours, zone: str, at: datetime) -> None:
    clock = ZoneInfo(zone)
    wall = at.astimezone(clock)
    days = [wall + timedelta(days=days) for days in (-2, 2)]
    assume(len({day.utcoffset() for day in (*days, wall)}) == 1)
    open_now = any(_holds(hours, wall, days_back) for days_back in (0, 1))
    assert (state_at(hours, zone, at) is DayState.OPEN) == open_now


def _holds(hours: OpeningHours, wall: datetime, days_back: int) -> bool:
    day = wall.date() - timedelta(days=days_back)
    minute = wall.hour * 60 + wall.minute + 1440 * days_back
    special = next((holiday.spans for holiday in hours.holidays if holiday.on == day), None)
    spans = hours.weekly.get(day.weekday(), ()) if special is None else special
    ends = [(minute_of(start), minute_of(end)) for start, end in spans]
    return any(start <= minute < (end if end > start else end + 1440) for start, end in ends)


def test_the_business_file_reads_as_hours_and_is_written_back_the_same() -> None:
    table = {
        "mon": ["13:00-17:00", "08:00 - 12:00"],
        "sat": ["22:00-06:00"],
        "sun": [],
        "holidays": [
            {"on": date(2026, 12, 25), "name": " Christmas "},
            {"on": "2026-12-24", "name": "Christmas Eve", "spans": ["08:00-12:00"]},
        ],
    }
    hours = parse_hours(table)
    assert hours.weekly[0] == (("08:00", "12:00"), ("13:00", "17:00"))
    assert hours.weekly[5] == (("22:00", "06:00"),)
    assert [hours.weekly[day] for day in (1, 2, 3, 4, 6)] == [()] * 5
    assert hours.holidays == (EVE, CHRISTMAS)
    assert parse_hours(dump_hours(hours)) == hours
    assert list(dump_hours(hours))[:7] == ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def test_hours_without_holidays_are_written_without_them() -> None:
    assert dump_hours(parse_hours({})) == {day: [] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}


BAD_HOURS = [
    ({"monday": []}, 'have no day "monday"'),
    ({"mon": "08:00-17:00"}, "Monday: write a list"),
    ({"tue": None}, "Tuesday: write a list"),
    ({"wed": ["08:00"]}, 'Wednesday: "08:00" is not a span'),
    ({"wed": [8]}, 'Wednesday: "8" is not a span'),
    ({"thu": ["8:00-17:00"]}, 'Thursday: "8:00" is not a time of day'),
    ({"thu": ["08:00-25:00"]}, 'Thursday: "25:00" is not a time of day'),
    ({"thu": ["08:60-10:00"]}, 'Thursday: "08:60" is not a time of day'),
    ({"thu": ["08:00-24:01"]}, 'Thursday: "24:01" is not a time of day'),
    ({"thu": ["٠٨:00-10:00"]}, "Thursday"),
    ({"fri": ["08:00-08:00"]}, 'Friday: "08:00-08:00" is empty'),
    ({"fri": ["24:00-08:00"]}, 'Friday: "24:00-08:00" is empty'),
    ({"sat": ["08:00-12:00", "11:59-17:00"]}, "Saturday: the span 08:00-12:00 runs into the one that starts at 11:59"),
    ({"sat": ["20:00-02:00", "22:00-23:00"]}, "Saturday: the span 20:00-02:00 runs into"),
    ({"holidays": "Christmas"}, "Holidays must be a list"),
    ({"holidays": ["2026-12-25"]}, "no name: 2026-12-25"),
    ({"holidays": [{"on": "2026-12-25"}]}, "has no name"),
    ({"holidays": [{"name": "Christmas"}]}, 'Christmas: "None" is not a date'),
    ({"holidays": [{"name": "Christmas", "on": "25.12."}]}, 'Christmas: "25.12." is not a date'),
    ({"holidays": [{"name": "Christmas", "on": datetime(2026, 12, 25, tzinfo=UTC)}]}, "is not a date"),
    ({"holidays": [{"name": "Eve", "on": "2026-12-24", "spans": ["8-12"]}]}, 'Eve: "8" is not a time'),
    ({"holidays": [{"name": "A", "on": "2026-12-24"}, {"name": "B", "on": "2026-12-24"}]}, "A and B are both on"),
]


@pytest.mark.parametrize(("table", "sentence"), BAD_HOURS)
def test_what_is_wrong_with_hours_is_said_with_its_day(table: dict[str, object], sentence: str) -> None:
    with pytest.raises(ValueError, match=r"\.$") as raised:
        parse_hours(table)
    assert sentence in str(raised.value)


def test_spans_may_touch() -> None:
    assert parse_hours({"mon": ["08:00-12:00", "12:00-17:00"]}).weekly[0] == (("08:00", "12:00"), ("12:00", "17:00"))


# Monday 23 November 2026, 20:00 in New York.
NOW = local("2026-11-23 20:00")
SAID = [
    ("2026-11-23 21:00", "today at 9 PM", "hoy a las 9 pm"),
    ("2026-11-24 00:00", "tomorrow at 12 AM", "mañana a las 12 am"),
    ("2026-11-24 08:30", "tomorrow at 8:30 AM", "mañana a las 8:30 am"),
    ("2026-11-25 12:00", "Wednesday at 12 PM", "el miércoles a las 12 pm"),
    ("2026-11-27 13:05", "Friday at 1:05 PM", "el viernes a la 1:05 pm"),
    ("2026-11-28 09:00", "Saturday at 9 AM", "el 28 de nov a las 9 am"),
    ("2026-11-29 01:00", "Sunday at 1 AM", "el domingo a la 1 am"),
    ("2026-11-30 08:00", "Nov 30 at 8 AM", "el 30 de nov a las 8 am"),
    ("2027-01-02 08:00", "Jan 2 at 8 AM", "el 2 de ene a las 8 am"),
]


@pytest.mark.parametrize(("opens", "english", "spanish"), SAID)
def test_an_opening_is_said_as_people_say_it(opens: str, english: str, spanish: str) -> None:
    opens_at = local(opens).astimezone(UTC)
    assert describe_opening(opens_at, NOW, NEW_YORK, "en") == english
    assert describe_opening(opens_at, NOW, NEW_YORK, "es") == spanish
    assert describe_opening(opens_at, NOW, NEW_YORK, "es-MX") == spanish
    assert describe_opening(opens_at, NOW, NEW_YORK, "fr") == english


def test_today_is_the_business_day_and_not_that_of_utc() -> None:
    now, opens_at = datetime(2026, 11, 24, 4, tzinfo=UTC), datetime(2026, 11, 24, 13, tzinfo=UTC)
    assert describe_opening(opens_at, now, NEW_YORK, "en") == "tomorrow at 8 AM"
    assert describe_opening(opens_at, now, "Europe/Madrid", "en") == "today at 2 PM"


def test_without_an_opening_in_sight_no_time_is_named() -> None:
    assert describe_opening(None, NOW, NEW_YORK, "en") == "at our usual hours"
    assert describe_opening(None, NOW, NEW_YORK, "es") == "en el horario habitual"


def test_a_time_on_its_own_fits_until() -> None:
    assert [describe_time(hour, 0, "en") for hour in (0, 9, 12, 15)] == ["12 AM", "9 AM", "12 PM", "3 PM"]
    assert describe_time(15, 45, "es") == "3:45 pm"


@given(MOMENTS, st.integers(0, 400 * 96))
def test_what_is_said_is_gsm7_and_no_longer_than_the_longest(now: datetime, quarters: int) -> None:
    opens_at = now + timedelta(minutes=15 * quarters)
    for language in ("en", "es"):
        said = describe_opening(opens_at, now, NEW_YORK, language)
        assert count_segments(said).encoding is Encoding.GSM7
        assert len(said) <= len(longest_opening(language))


def test_the_longest_opening_is_one_that_can_be_said() -> None:
    assert (longest_opening("en"), longest_opening("es")) == ("Wednesday at 10:30 AM", "el 28 de mayo a las 10:30 am")
