"""Says when the business is open and who works when, for a named day, for now, or for the week."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from ringback.domain.business import Business, Staff
from ringback.domain.hours import DayState, Span, describe_opening, minute_of, next_opening, state_at
from ringback.domain.openings_days import public_holidays
from ringback.receptionist.scripts.clock_words import say_day, say_time
from ringback.receptionist.understanding.times import read_when
from ringback.receptionist.understanding.wishes import Frame
from ringback.receptionist.understanding.words import plain

_NOW = re.compile(r"\b(?:now|right now|currently|still open|ahora|ahorita)\b")
_DAYS = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "es": ("lun", "mar", "mié", "jue", "vie", "sáb", "dom"),
}
_PLURALS = {
    "en": ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays"),
    "es": ("los lunes", "los martes", "los miércoles", "los jueves", "los viernes", "los sábados", "los domingos"),
}
_NEAR = {"en": ("today", "tomorrow"), "es": ("hoy", "mañana")}
_ON_DAY = {"en": "on ", "es": ""}
_ON = {"en": "{day} {who} {spans}.", "es": "{day}: {who} {spans}."}
_OFF = {"en": "{day} {who}.", "es": "{day}: {who}."}
_WEEK = {"en": "{who} {days}.", "es": "{who} {days}."}
_OPEN_NOW = {"en": "Yes, we're open now. Today: {spans}.", "es": "Sí, ahora está abierto. Hoy: {spans}."}
_CLOSED_NOW = {"en": "We're closed now; we open {opens}.", "es": "Ahora está cerrado; abrimos {opens}."}
_TO = {"en": " to ", "es": " a "}
_ALL_DAY = {"en": "all day", "es": "todo el día"}
_NEVER = {"en": "The opening hours are something the team must tell you.", "es": "El horario se lo dirá el equipo."}
_MIDNIGHT = {"en": "midnight", "es": "medianoche"}
_CLOCK = 24 * 60
_FURTHEST_DAYS = 366


@dataclass(frozen=True, slots=True)
class _Hours:
    """Somebody's or the business's week, what replaces it on dates, and how one says that they are there or not."""

    weekly: Mapping[int, tuple[Span, ...]]
    special: Mapping[date, tuple[Span, ...]]
    there: str
    away: str


def tell_hours(text: str, business: Business, language: str, now: datetime) -> str:
    """Return the opening hours that a question asks for: now, a day it names, or the whole week."""
    there, away = ("we're open", "we're closed") if language == "en" else ("abrimos", "está cerrado")
    hours = _Hours(business.hours.weekly, _closures(business, now), there, away)
    if _NOW.search(plain(text)):
        return _tell_now(business, hours, language, now)
    return _tell(text, hours, business, language, now)


def tell_staff_hours(text: str, person: Staff, business: Business, language: str, now: datetime) -> str:
    """Return when a person works: on the day that a question names, or in the week."""
    there, away = (f"{person.name} is in", f"{person.name} is not in")
    if language == "es":
        there, away = f"{person.name} trabaja", f"{person.name} no trabaja"
    weekly = business.hours.weekly if person.weekly is None else person.weekly
    hours = _Hours(weekly, {**_closures(business, now), **_absences(person, now)}, there, away)
    return _tell(text, hours, business, language, now)


def _tell_now(business: Business, hours: _Hours, language: str, now: datetime) -> str:
    if state_at(business.hours, business.zone, now) is DayState.OPEN:
        today = now.astimezone(ZoneInfo(business.zone)).date()
        spans = _spans_on(hours, today)
        return _OPEN_NOW[language].format(spans=_say_spans(spans, language)) if spans else _say_week(hours, language)
    # Closed now is only half an answer.
    opens_at = next_opening(business.hours, business.zone, now)
    return _CLOSED_NOW[language].format(opens=describe_opening(opens_at, now, business.zone, language))


def _tell(text: str, hours: _Hours, business: Business, language: str, now: datetime) -> str:
    local = now.astimezone(ZoneInfo(business.zone))
    when = read_when(text, Frame(local.date(), local.hour * 60 + local.minute), language)
    weekdays = sorted({day for wish in when.wishes for day in wish.weekdays})
    # "Are you open Saturdays?" wants the rule; "on Saturday" the date, which may be a holiday.
    if weekdays:
        return " ".join(
            _say_on(_ON_DAY[language] + _PLURALS[language][day], hours.weekly.get(day, ()), hours, language)
            for day in weekdays
        )
    days = [wish.first_on for wish in when.wishes if wish.first_on and wish.first_on == wish.last_on]
    # "This weekend" comes as one stretch of two days; longer ones ("next week") get the whole week.
    weekend = [
        wish for wish in when.wishes if wish.first_on and wish.last_on and (wish.last_on - wish.first_on).days == 1
    ]
    days += [day for wish in weekend for day in (wish.first_on, wish.last_on) if day]
    if days:
        named = [
            (_day_words(day, local.date(), business, language), _spans_on(hours, day)) for day in dict.fromkeys(days)
        ]
        return " ".join(_say_on(said, spans, hours, language) for said, spans in named)
    return _say_week(hours, language)


def _spans_on(hours: _Hours, day: date) -> tuple[Span, ...]:
    return hours.special.get(day, hours.weekly.get(day.weekday(), ()))


def _say_on(day: str, spans: Sequence[Span], hours: _Hours, language: str) -> str:
    if not spans:
        return _OFF[language].format(day=_capital(day), who=hours.away)
    return _ON[language].format(day=_capital(day), who=hours.there, spans=_say_spans(spans, language))


def _day_words(day: date, today: date, business: Business, language: str) -> str:
    """ "Today", "tomorrow", or the day with its date; with the "on" that goes before it."""
    near = _NEAR[language]
    distance = (day - today).days
    return (
        near[distance]
        if 0 <= distance < len(near)
        else _ON_DAY[language] + say_day(day, business.country, language).written
    )


def _capital(day: str) -> str:
    return day[:1].upper() + day[1:]


def _say_week(hours: _Hours, language: str) -> str:
    """The week with days of the same hours together: "Mon-Thu 8 AM to 5 PM, Fri 8 AM to 12 noon"."""
    runs: list[tuple[int, int, tuple[Span, ...]]] = []
    for day in range(7):
        spans = tuple(hours.weekly.get(day, ()))
        if runs and runs[-1][2] == spans:
            runs[-1] = (runs[-1][0], day, spans)
        else:
            runs.append((day, day, spans))
    said = [f"{_say_run(first, last, language)} {_say_spans(spans, language)}" for first, last, spans in runs if spans]
    if not said:
        return _NEVER[language]
    who = hours.there[:1].upper() + hours.there[1:]
    return _WEEK[language].format(who=who, days="; ".join(said))


def _say_run(first: int, last: int, language: str) -> str:
    days = _DAYS[language]
    return days[first] if first == last else f"{days[first]}-{days[last]}"


def _say_spans(spans: Sequence[Span], language: str) -> str:
    joint = " and " if language == "en" else " y "
    return joint.join(_say_span(span, language) for span in spans)


def _say_span(span: Span, language: str) -> str:
    start, end = minute_of(span[0]), minute_of(span[1])
    if end - start == _CLOCK:
        return _ALL_DAY[language]
    return f"{_say_clock(start, language)}{_TO[language]}{_say_clock(end, language)}"


def _say_clock(minute: int, language: str) -> str:
    return say_time(minute, language).written if minute % _CLOCK else _MIDNIGHT[language]


def _closures(business: Business, now: datetime) -> dict[date, tuple[Span, ...]]:
    """The dates that do not follow the week: public holidays where they are kept, and the owner's own, which win."""
    year = now.astimezone(ZoneInfo(business.zone)).year
    where = business.booking.holidays
    public = {day: () for each in (year, year + 1) for day in public_holidays(where, each)} if where else {}
    return {**public, **{holiday.on: holiday.spans for holiday in business.hours.holidays}}


def _absences(person: Staff, now: datetime) -> dict[date, tuple[Span, ...]]:
    days: dict[date, tuple[Span, ...]] = {}
    for away in person.time_off:
        # A part of a day off is for bookings to mind; here it would make a sentence nobody reads.
        if away.span is None and away.last_on >= now.date():
            length = min((away.last_on - away.first_on).days + 1, _FURTHEST_DAYS)
            days |= {date.fromordinal(away.first_on.toordinal() + at): () for at in range(length)}
    return days
