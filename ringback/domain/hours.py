"""When a business works: weekly spans of local time, holidays, clock changes, and how a text says it."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from zoneinfo import ZoneInfo

from ringback.domain.phrases import phrase

Span = tuple[str, str]

# Past this, "we open again" is no longer something a caller can use.
LOOK_AHEAD = timedelta(days=60)
_MINUTES_A_DAY = 24 * 60


class HoursUnreadable(ValueError):
    """Hours that say nothing. `sentence` is what is wrong, without the day it is on and without a full stop."""

    def __init__(self, day: str, sentence: str) -> None:
        super().__init__(f"{day}: {sentence}.")
        self.sentence = sentence


class DayState(StrEnum):
    """What the opening hours say of one moment. Holiday means closed because the day is a holiday."""

    OPEN = "open"
    CLOSED = "closed"
    HOLIDAY = "holiday"


@dataclass(frozen=True, slots=True)
class Holiday:
    """A date whose spans replace those of its weekday; without spans the business stays closed."""

    on: date
    name: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """Spans ("HH:MM", "HH:MM") by weekday, Monday 0. An end at or before its start falls on the next day.

    A span belongs to the day on which it starts, so a night shift runs on into a holiday that follows it.
    """

    weekly: Mapping[int, tuple[Span, ...]]
    holidays: tuple[Holiday, ...] = ()


def state_at(hours: OpeningHours, zone: str, at: datetime) -> DayState:
    """Return whether the business works at `at` (aware). A span holds its start and not its end."""
    today = at.astimezone(ZoneInfo(zone)).date()
    # A span of yesterday may pass midnight, so today's alone are not enough.
    for start_at, end_at in _open_times(hours, zone, today - timedelta(days=1), days=2):
        if start_at <= at < end_at:
            return DayState.OPEN
    is_holiday = any(holiday.on == today for holiday in hours.holidays)
    return DayState.HOLIDAY if is_holiday else DayState.CLOSED


def next_opening(hours: OpeningHours, zone: str, at: datetime) -> datetime | None:
    """Return when, after `at`, the business next goes from closed to open (aware UTC).

    While it is open that is the opening after the next closing. None: not within 60 days, or never closed.
    """
    today = at.astimezone(ZoneInfo(zone)).date()
    times = _open_times(hours, zone, today - timedelta(days=1), days=LOOK_AHEAD.days + 3)
    for start_at in _openings(sorted(times)):
        if start_at > at:
            return start_at if start_at - at <= LOOK_AHEAD else None
    return None


def _openings(times: list[tuple[datetime, datetime]]) -> Iterator[datetime]:
    """Yield the start of each stretch, having joined those that touch or overlap (24:00 and 00:00)."""
    open_until: datetime | None = None
    for start_at, end_at in times:
        if open_until is None or start_at > open_until:
            yield start_at
        open_until = end_at if open_until is None else max(open_until, end_at)


def _open_times(hours: OpeningHours, zone: str, first: date, days: int) -> Iterator[tuple[datetime, datetime]]:
    clock = ZoneInfo(zone)
    special = {holiday.on: holiday.spans for holiday in hours.holidays}
    for day in (first + timedelta(days=number) for number in range(days)):
        for start, end in special.get(day, hours.weekly.get(day.weekday(), ())):
            ends_on = day if minute_of(end) > minute_of(start) else day + timedelta(days=1)
            start_at, end_at = _moment(day, start, clock), _moment(ends_on, end, clock)
            if start_at < end_at:
                yield start_at, end_at


def minute_of(clock_time: str) -> int:
    """Return minutes since midnight for "HH:MM" ("24:00" is 1440). Raises ValueError for anything else."""
    hour, colon, minute = clock_time.partition(":")
    digits = hour + minute
    if not (colon and len(hour) == len(minute) == 2 and digits.isascii() and digits.isdecimal()):
        raise ValueError(phrase('"%(text)s" is not a time of day: write it like 08:30', text=clock_time))
    total = int(hour) * 60 + int(minute)
    if int(minute) > 59 or total > _MINUTES_A_DAY:
        raise ValueError(
            phrase('"%(text)s" is not a time of day: hours go to 24:00 and minutes to 59', text=clock_time)
        )
    return total


def _moment(day: date, clock_time: str, clock: ZoneInfo) -> datetime:
    wall = datetime.combine(day, time()) + timedelta(minutes=minute_of(clock_time))
    # fold=0: a time that comes twice, when clocks go back, counts the first time it comes.
    moment = wall.replace(tzinfo=clock).astimezone(UTC)
    is_real = moment.astimezone(clock).replace(tzinfo=None) == wall
    return moment if is_real else _clock_change(wall, clock)


def _clock_change(wall: datetime, clock: ZoneInfo) -> datetime:
    """Return the instant at which clocks jump over `wall`: whoever waits for 02:30 acts at 03:00."""
    before_at = wall.replace(tzinfo=clock, fold=1).astimezone(UTC)
    after_at = wall.replace(tzinfo=clock, fold=0).astimezone(UTC)
    seconds = range(int((after_at - before_at).total_seconds()) + 1)

    def _wall_after(second: int) -> datetime:
        return (before_at + timedelta(seconds=second)).astimezone(clock).replace(tzinfo=None)

    return before_at + timedelta(seconds=bisect_right(seconds, wall, key=_wall_after))


_DAY_KEYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def parse_hours(mapping: Mapping[str, object]) -> OpeningHours:
    """Return hours from the `[hours]` table: `mon = ["08:00-12:00", "13:00-17:00"]`; a day left out is closed.

    Holidays are `[[hours.holidays]]` with `on`, `name` and perhaps `spans`. Raises ValueError with a sentence
    that names the day and what is wrong with it.
    """
    unknown = sorted(set(mapping) - {*_DAY_KEYS, "holidays"})
    if unknown:
        raise ValueError(f'Opening hours have no day "{unknown[0]}": use {", ".join(_DAY_KEYS)} or holidays.')
    weekly = {day: _parse_spans(_DAYS["en"][day], mapping.get(key, ())) for day, key in enumerate(_DAY_KEYS)}
    no_list = ValueError("Holidays must be a list of tables, each with a date and a name.")
    entries = _entries(mapping.get("holidays", ()), no_list)
    return OpeningHours(weekly, _without_twins([_parse_holiday(entry) for entry in entries]))


def dump_hours(hours: OpeningHours) -> dict[str, object]:
    """Return the `[hours]` table that `parse_hours` reads back as the same hours."""
    table: dict[str, object] = {key: _dump_spans(hours.weekly.get(day, ())) for day, key in enumerate(_DAY_KEYS)}
    if hours.holidays:
        table["holidays"] = [
            {"on": holiday.on, "name": holiday.name, "spans": _dump_spans(holiday.spans)} for holiday in hours.holidays
        ]
    return table


def _dump_spans(spans: tuple[Span, ...]) -> list[str]:
    return [f"{start}-{end}" for start, end in spans]


def _entries(value: object, otherwise: ValueError) -> list[object]:
    if isinstance(value, list | tuple):
        return list(value)
    raise otherwise


def _parse_spans(day: str, value: object) -> tuple[Span, ...]:
    sentence = phrase('write a list of spans like ["08:00-17:00"], or [] when closed')
    texts = _entries(value, HoursUnreadable(day, sentence))
    spans = sorted(_parse_span(day, text) for text in texts)
    for (start, end), (later, _) in pairwise(spans):
        if end <= start or end > later:
            times = {"start": start, "end": end, "later": later}
            raise HoursUnreadable(
                day, phrase("the span %(start)s-%(end)s runs into the one that starts at %(later)s", **times)
            )
    return tuple(spans)


def _parse_span(day: str, value: object) -> Span:
    start, dash, end = (part.strip() for part in str(value).partition("-"))
    if not dash:
        raise HoursUnreadable(day, phrase('"%(span)s" is not a span: write it like 08:00-17:00', span=value))
    try:
        minutes = minute_of(start), minute_of(end)
    except ValueError as error:
        raise HoursUnreadable(day, error.args[0]) from error
    if minutes[0] == minutes[1] or minutes[0] == _MINUTES_A_DAY:
        raise HoursUnreadable(
            day, phrase('"%(span)s" is empty. A whole day is 00:00-24:00, a closed one is []', span=value)
        )
    return start, end


def _parse_holiday(entry: object) -> Holiday:
    table: Mapping[str, object] = entry if isinstance(entry, Mapping) else {}
    name, on = str(table.get("name", "")).strip(), table.get("on")
    if not name:
        raise ValueError(f"A holiday needs a name and a date; this one has no name: {entry}.")
    return Holiday(_parse_date(name, on), name, _parse_spans(name, table.get("spans", ())))


def _parse_date(name: str, on: object) -> date:
    # TOML gives a date, JSON and forms give text; going through text refuses a date with a time of day.
    try:
        return date.fromisoformat(str(on))
    except ValueError as error:
        raise ValueError(f'{name}: "{on}" is not a date; write it like 2026-12-25.') from error


def _without_twins(holidays: list[Holiday]) -> tuple[Holiday, ...]:
    ordered = sorted(holidays, key=lambda holiday: holiday.on)
    for one, other in pairwise(ordered):
        if one.on == other.on:
            raise ValueError(f"{one.name} and {other.name} are both on {one.on}: keep one.")
    return tuple(ordered)


# Spanish says Saturday by its date: "sábado" would force UCS-2, which more than halves the room in a text.
_SATURDAY = 5
_DAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "es": ("el lunes", "el martes", "el miércoles", "el jueves", "el viernes", "", "el domingo"),
}
_MONTHS = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "es": ("ene", "feb", "mar", "abr", "mayo", "jun", "jul", "ago", "sep", "oct", "nov", "dic"),
}
_NEAR = {"en": ("today", "tomorrow"), "es": ("hoy", "mañana")}
_UNKNOWN = {"en": "at our usual hours", "es": "en el horario habitual"}


def describe_opening(opens_at: datetime | None, now: datetime, zone: str, language: str) -> str:
    """Return when a business opens, as a caller would say it now, always in GSM-7.

    Fits after "we open": it carries its own "at" or "a las". A language other than Spanish gets English;
    None (no opening within sight) names no time at all.
    """
    spoken = _spoken(language)
    if opens_at is None:
        return _UNKNOWN[spoken]
    clock = ZoneInfo(zone)
    local = opens_at.astimezone(clock)
    return _join(_day_words(local.date(), now.astimezone(clock).date(), spoken), local.hour, local.minute, spoken)


def longest_opening(language: str) -> str:
    """Return the longest words that `describe_opening` can give, for previews and the linter."""
    spoken = _spoken(language)
    days = [_join(day, 10, 30, spoken) for day in _all_days(spoken)]
    return max([*days, _UNKNOWN[spoken]], key=len)


def describe_time(hour: int, minute: int, language: str) -> str:
    """Return a time of day on its own ("3 PM", "10:30 am"), as {until} wants it."""
    marks = ("AM", "PM") if _spoken(language) == "en" else ("am", "pm")
    minutes = f":{minute:02d}" if minute else ""
    return f"{hour % 12 or 12}{minutes} {marks[hour // 12]}"


def _spoken(language: str) -> str:
    return "es" if language.lower().startswith("es") else "en"


def _join(day: str, hour: int, minute: int, language: str) -> str:
    said = describe_time(hour, minute, language)
    if language == "en":
        return f"{day} at {said}"
    # One o'clock is the only hour that is singular in Spanish.
    return f"{day} a {'la' if hour % 12 == 1 else 'las'} {said}"


def _day_words(day: date, today: date, language: str) -> str:
    distance = (day - today).days
    if distance in (0, 1):
        return _NEAR[language][distance]
    is_near = 1 < distance < 7
    return _weekday_or_date(day, language) if is_near else _date_words(day.day, day.month, language)


def _weekday_or_date(day: date, language: str) -> str:
    if language == "es" and day.weekday() == _SATURDAY:
        return _date_words(day.day, day.month, language)
    return _DAYS[language][day.weekday()]


def _date_words(day: int, month: int, language: str) -> str:
    name = _MONTHS[language][month - 1]
    return f"{name} {day}" if language == "en" else f"el {day} de {name}"


def _all_days(language: str) -> Iterator[str]:
    yield from _NEAR[language]
    yield from _DAYS[language]
    yield from (_date_words(28, month, language) for month in range(1, 13))
