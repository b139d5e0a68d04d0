"""Reads dates: a day of a month, in figures and words, alone or with its weekday."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from ringback.receptionist.understanding import times_calendar as calendar
from ringback.receptionist.understanding.times_kinds import Kind, compile_rule
from ringback.receptionist.understanding.times_pieces import Aside, Days, Found, one_day

Builder = Callable[[Found], Days | Aside | None]
Rule = tuple[re.Pattern[str], Builder]

_DAY_KINDS = (Kind.ORDINAL, Kind.NTH, Kind.NUMBER, Kind.PADDED)
_DAY_MINUTES = 1440
# A weekday and a date that disagree, or meet only in months, are asked about.
_FAR = timedelta(days=62)
# A day of a named month, to which another may be added: "May 5 or ...".
_MONTH_BEFORE = compile_rule(
    "(MONTH (THE|OF)* (ORDINAL|NTH|NUMBER|PADDED)|(ORDINAL|NTH|NUMBER|PADDED) (OF|THE)* MONTH) COMMA? (OR|AND) $"
)


def _month_day(found: Found) -> Days | None:
    month, day = found.one(Kind.MONTH), found.number(*_DAY_KINDS)
    if month is None or day is None:
        return None
    return _checked(found, calendar.coming_date(found.frame.today, month, day, found.one(Kind.YEAR)))


def _checked(found: Found, day: date | None) -> Days | None:
    """The day, unsure where the weekday said with it is another one."""
    weekday = found.one(Kind.WEEKDAY)
    return one_day(day, unsure=day is not None and weekday is not None and weekday != day.weekday())


def _of_month(found: Found, month: int | None) -> Days | None:
    day = found.number(*_DAY_KINDS)
    return None if month is None or day is None else one_day(calendar.coming_date(found.frame.today, month, day))


def _day_of_later_month(found: Found) -> Days | None:
    """Return the 5th of "the 5th or 6th of May"."""
    month = found.terms.one(Kind.MONTH, found.end, len(found.terms.items))
    return _of_month(found, month)


def _day_of_earlier_month(found: Found) -> Days | None:
    """Return the 6th of "May 5 or 6", "the 5th of May or the 6th"."""
    before = _MONTH_BEFORE.search(found.terms.letters, 0, found.start)
    return _of_month(found, found.terms.one(Kind.MONTH, before.start(), before.end())) if before else None


def _day_of_month(found: Found) -> Days | None:
    """Return "the 7th of this month", "20 of next month"."""
    day, today = found.number(*_DAY_KINDS), found.frame.today
    if day is None:
        return None
    if not found.is_next():
        return _checked(found, calendar.coming_day_of_month(today, day))
    later = calendar.months_later(today.replace(day=1), 1)
    return _checked(found, calendar.coming_day_of_month(later, day))


def _full_date(found: Found) -> Days | None:
    ordinal = found.one(Kind.DATE)
    return None if ordinal is None else _checked(found, date.fromordinal(ordinal))


def _two_numbers(found: Found) -> Days | None:
    """Return 3/4 in the order of the language, or in the only order that is a date."""
    pair = found.number(Kind.SLASHED, Kind.DASHED, Kind.DOTTED)
    if pair is None:
        return None
    if found.has(Kind.DASHED) and not found.day_first:
        return None
    first, second = divmod(pair, 100)
    day_first = found.day_first if first <= 12 and second <= 12 else first > 12
    day, month = (first, second) if day_first else (second, first)
    if not 1 <= month <= 12:
        return None
    read = calendar.coming_date(found.frame.today, month, day, found.one(Kind.YEAR))
    return _checked(found, read)


def _spanish_day_and_month(found: Found) -> Days | None:
    """Return "el 17 del 11"."""
    numbers = [t.value for t in found.terms.items[found.start : found.end] if t.kind in _DAY_KINDS]
    if not found.day_first or not (0 < numbers[0] <= 31 and 0 < numbers[1] <= 12):
        return None
    return _checked(found, calendar.coming_date(found.frame.today, numbers[1], numbers[0], found.one(Kind.YEAR)))


def _weekday_and_day(found: Found) -> Days | None:
    weekday, day, today = found.one(Kind.WEEKDAY), found.number(*_DAY_KINDS), found.frame.today
    if weekday is None or day is None or not 1 <= day <= 31:
        return None
    if found.number(Kind.NUMBER) is not None and not _is_plainly_a_day(found, weekday, day):
        return None
    read = calendar.coming_weekday_and_day(today, weekday, day)
    return one_day(read, unsure=read is not None and read > today + _FAR)


def _is_plainly_a_day(found: Found, weekday: int, day: int) -> bool:
    """ "Tuesday 25" is a date; "Friday 3" is one only where that Friday is near, and Spanish."""
    if day > 12:
        return True
    near = calendar.coming_weekday_and_day(found.frame.today, weekday, day)
    return found.day_first and near is not None and near <= found.frame.today + _FAR


def _days_of_month(found: Found) -> Days | None:
    """Return "the 5th to the 8th", "March 5-8"."""
    pair, month, today = found.one(Kind.DASHED), found.one(Kind.MONTH), found.frame.today
    items = found.terms.items[found.start : found.end]
    numbers = list(divmod(pair, 100)) if pair else [term.value for term in items if term.kind in _DAY_KINDS]
    if len(numbers) != 2 or not 0 < numbers[0] < numbers[1] <= 31:
        return None
    if month is not None:
        first = calendar.coming_date(today, month, numbers[0], found.one(Kind.YEAR))
    else:
        first = calendar.coming_day_of_month(today, numbers[0])
    return None if first is None else Days(first, first + timedelta(days=numbers[1] - numbers[0]))


def _spanish_days_of_month(found: Found) -> Days | None:
    return _days_of_month(found) if found.day_first else None


def _spanish_two_numbers(found: Found) -> Days | None:
    """Return 17-2 as a date where it cannot be hours, or follows "el" or "en"."""
    before = found.terms.letters[found.start - 1 : found.start]
    first, second = divmod(found.one(Kind.DASHED) or 0, 100)
    if not found.day_first or not (first > second or before in (Kind.THE.value, Kind.IN.value)):
        return None
    return _two_numbers(found)


def _bare_day(found: Found) -> Days | None:
    """Return the day that a bare figure answers with, where a day was asked for and no time."""
    day = found.number(Kind.NUMBER, Kind.PADDED, Kind.ORDINAL, Kind.NTH)
    if day is None or not 1 <= day <= 31:
        return None
    return one_day(calendar.coming_day_of_month(found.frame.today, day))


def _spanish_day(found: Found) -> Days | None:
    """Return "el día 18"."""
    return _bare_day(found) if found.day_first and found.one(Kind.UNIT) == _DAY_MINUTES else None


def _spanish_day_after_the(found: Found) -> Days | None:
    """Return "el 20"; the clock has "las"."""
    masculine = found.terms.letters[found.start] == Kind.THE.value
    return _bare_day(found) if found.day_first and masculine else None


def _asked_day(found: Found) -> Days | None:
    # In figures only: "one" is rather a pronoun.
    figures = found.terms.items[found.start]
    asked = found.frame.asked == frozenset({"date"}) and figures.end - figures.start <= len("31")
    return _bare_day(found) if asked else None


def compile_rules(*rows: tuple[str, Builder]) -> tuple[Rule, ...]:
    """Return the rules of a table, in its order: the first that fits is taken."""
    return tuple((compile_rule(pattern), builder) for pattern, builder in rows)


_D = "(ORDINAL|NTH|NUMBER|PADDED)"
_WD = "(WEEKDAY COMMA? (ON|THE)*)"
_NO_HOUR = "(?!MERIDIEM|OCLOCK|ISH|UNIT)"
_NO_NOUN = "(?!COUNTED|STREET|UNIT|MONTH_NOUN|NUMBER)"

# The longer and more certain a date, the earlier it is tried.
SURE_DATES = compile_rules(
    (f"{_WD}? (THE|ON)? {_D} UNIT? (OF|THE|COMMA|DASH)* MONTH (OF|IN|COMMA|DASH|THE)* YEAR", _month_day),
    (f"YEAR (COMMA|DASH) MONTH (COMMA|DASH) {_D}", _month_day),
    (f"{_D} (COMMA|DASH) YEAR (COMMA|DASH) MONTH", _month_day),
    (f"MONTH (COMMA|DASH) YEAR (COMMA|DASH) {_D}", _month_day),
    (f"{_WD}? (THE|ON)? {_D} UNIT? (OF|THE)* MONTH", _month_day),
    (f"{_WD}? MONTH DASH? (OF|THE|ON)* {_D} (OF|THE|COMMA|DASH)* YEAR (COMMA? WEEKDAY)?", _month_day),
    (f"{_WD}? MONTH COMMA? (OF|THE|ON)* {_D} {_NO_HOUR} (COMMA? WEEKDAY)?", _month_day),
    (f"THE? {_D} (?=(OR|AND|COMMA) THE? {_D} (OF|THE)* MONTH)", _day_of_later_month),
    (f"THE? {_D} {_NO_HOUR} {_NO_NOUN}", _day_of_earlier_month),
    (f"{_WD}? THE? {_D} UNIT? (OF|THE|IN)+ (THIS|NEXT)? MONTH_NOUN (NEXT|COMING)?", _day_of_month),
    (f"{_WD}? {_D} (THIS|NEXT) MONTH_NOUN", _day_of_month),
    (f"{_WD}? DATE", _full_date),
    (f"{_WD} COMMA? (SLASHED|DASHED)", _two_numbers),
    (
        f"{_WD}? THE? (NUMBER|NTH) (OF|THE) (NUMBER|PADDED) ((OF|THE) YEAR)? {_NO_NOUN} {_NO_HOUR}",
        _spanish_day_and_month,
    ),
    (f"{_WD} (THE|UNIT|ON)* {_D} (?!MERIDIEM|OCLOCK|ISH|UNIT|COUNTED)", _weekday_and_day),
    (f"(FROM|BETWEEN)? THE? {_D} (TO|DASH|UNTIL|AND|AT) THE? {_D} (OF|THE)* MONTH YEAR?", _days_of_month),
    (f"(FROM|BETWEEN|THE)* ORDINAL (TO|DASH|UNTIL) THE? ORDINAL {_NO_NOUN}", _days_of_month),
    (f"(FROM|BETWEEN)? THE {_D} (TO|UNTIL|AND THE) {_D} {_NO_NOUN} {_NO_HOUR}", _spanish_days_of_month),
    (f"MONTH THE? {_D} (TO|DASH|UNTIL|AND) THE? {_D} {_NO_HOUR}", _days_of_month),
    ("(FROM|BETWEEN|THE)* DASHED (OF|THE)* MONTH", _days_of_month),
    ("MONTH DASHED", _days_of_month),
)

# These are dates only where nothing else can be made of the figures.
BARE_DATES = compile_rules(
    (f"THE? ORDINAL {_NO_NOUN}", _bare_day),
    (f"(?<=ON) THE NTH {_NO_NOUN} (?!WORD)", _bare_day),
    ("SLASHED", _two_numbers),
    ("DASHED (?!MERIDIEM|PART)", _spanish_two_numbers),
    ("THE? UNIT (NUMBER|NTH|PADDED) (?!COUNTED|UNIT|MERIDIEM)", _spanish_day),
    (f"THE (NUMBER|NTH) (?!MERIDIEM) {_NO_NOUN}", _spanish_day_after_the),
    ("(NUMBER|PADDED) (?!COUNTED|MERIDIEM|UNIT|STREET|OCLOCK|ISH|(IN|OF|THE)*PART)", _asked_day),
)
