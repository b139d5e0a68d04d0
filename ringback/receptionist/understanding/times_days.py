"""Reads days: weekdays, weeks and months, holidays, spans from now, and days counted from another day."""

from datetime import date, timedelta

from ringback.receptionist.understanding import times_calendar as calendar
from ringback.receptionist.understanding.times_dates import compile_rules
from ringback.receptionist.understanding.times_holidays import coming_holiday
from ringback.receptionist.understanding.times_kinds import Kind, compile_rule
from ringback.receptionist.understanding.times_parts import Part
from ringback.receptionist.understanding.times_pieces import Aside, Clock, Days, Found, Hours, one_day, shifted

_DAY_MINUTES = 1440
# "tonight", "this morning": today and a part of it.
_TODAY = {100: Part.EVENING, 101: Part.MORNING}


def _nth_weekday(found: Found) -> Days | None:
    """Return "first Friday of October", "last Monday of this month"."""
    weekday = found.one(Kind.WEEKDAY)
    nth = -1 if found.has(Kind.LAST) else found.number(Kind.NTH, Kind.ORDINAL)
    if weekday is None or nth is None:
        return None
    start = _month_start(found)
    return one_day(calendar.nth_weekday(start.year, start.month, weekday, nth))


def _nth_week(found: Found) -> Days | None:
    """Return "the first week of October" as its days 1 to 7, the last as its last seven."""
    start = _month_start(found)
    nth = 5 if found.has(Kind.LAST) else found.number(Kind.NTH, Kind.ORDINAL) or 1
    if nth > 5:
        return None
    end = calendar.months_later(start, 1)
    first = end - timedelta(days=7) if nth == 5 else start + timedelta(days=7 * (nth - 1))
    return Days(max(first, found.frame.today), max(first + timedelta(days=6), found.frame.today))


def _last_day_of_month(found: Found) -> Days | None:
    return one_day(calendar.months_later(_month_start(found), 1) - timedelta(days=1))


def _month_start(found: Found) -> date:
    """The first of the month that is named, of the next or of this one."""
    month, today = found.one(Kind.MONTH), found.frame.today
    if month is not None:
        return date(found.one(Kind.YEAR) or today.year + (month < today.month), month, 1)
    return calendar.months_later(today.replace(day=1), 1 if found.is_next() else 0)


def _weekday_in_week(found: Found) -> Days | None:
    weekday, today = found.one(Kind.WEEKDAY), found.frame.today
    if weekday is None:
        return None
    weeks = 2 if found.has(Kind.AFTER) else 1 if found.is_next() else 0
    day = calendar.weekday_of_week(today, weekday, weeks)
    return one_day(day if day >= today else day + timedelta(days=7), unsure=day < today)


def _next_weekday(found: Found) -> Days | None:
    """Return that day of next week. Some mean the very next one, so it is unsure while that one is still to come."""
    weekday, today = found.one(Kind.WEEKDAY), found.frame.today
    if weekday is None:
        return None
    return one_day(calendar.weekday_of_week(today, weekday, 1), unsure=weekday > today.weekday())


def _weekday_after_next(found: Found) -> Days | None:
    weekday = found.one(Kind.WEEKDAY)
    return None if weekday is None else one_day(calendar.coming_weekday(found.frame.today, weekday) + timedelta(days=7))


def _weekday(found: Found) -> Days | None:
    """Return the coming one; on a Tuesday, "Tuesday" is in a week, but "this Tuesday" may be today."""
    weekday, today = found.one(Kind.WEEKDAY), found.frame.today
    if weekday is None:
        return None
    if weekday == today.weekday() and found.has(Kind.THIS):
        return one_day(today, unsure=True)
    if found.has(Kind.COMING):
        # "El miércoles que viene" on a Tuesday is not tomorrow: that would be called so.
        return one_day(calendar.coming_weekday(today + timedelta(days=1), weekday), unsure=True)
    return one_day(calendar.coming_weekday(today, weekday), unsure=weekday == today.weekday())


def _weekdays_from_now(found: Found) -> Days | None:
    """Return "three Fridays from now"."""
    weekday, count = found.number(Kind.WEEKDAYS, Kind.WEEKDAY), found.number(Kind.NUMBER, Kind.SOME)
    if weekday is None or weekday > 6 or not count:
        return None
    return one_day(calendar.coming_weekday(found.frame.today, weekday) + timedelta(days=7 * (count - 1)))


def _weekdays(found: Found) -> Days | None:
    value = found.one(Kind.WEEKDAYS)
    several = {7: frozenset(range(5)), 8: frozenset({5, 6})}
    return None if value is None else Days(weekdays=several.get(value, frozenset({value})))


def _any_weekday(found: Found) -> Days | None:
    weekday = found.one(Kind.WEEKDAY)
    return None if weekday is None else Days(weekdays=frozenset({weekday}))


def _weekend(found: Found) -> Days | None:
    return calendar.weekend(found.frame.today, 1 if found.is_next() else 0)


def _week(found: Found) -> Days | None:
    weeks = 2 if found.has(Kind.AFTER) else 1 if found.is_next() else 0
    return calendar.week(found.frame.today, weeks, found.one(Kind.EDGE))


def _month(found: Found) -> Days | None:
    today = found.frame.today
    start = today.replace(day=1)
    if found.is_next():
        start = calendar.months_later(start, 1)
    return calendar.month(today, start.year, start.month, found.one(Kind.EDGE))


def _named_month(found: Found) -> Days | None:
    number, today = found.one(Kind.MONTH), found.frame.today
    if number is None:
        return None
    year = found.one(Kind.YEAR) or today.year + (number < today.month)
    return calendar.month(today, year, number, found.one(Kind.EDGE)) if year >= today.year else None


def _year_end(found: Found) -> Days | None:
    return one_day(date(found.frame.today.year, 12, 31))


def _relative(found: Found) -> Days | None:
    offset = found.one(Kind.RELATIVE)
    if offset is None:
        return None
    if offset in _TODAY:
        return Days(found.frame.today, found.frame.today, hours=Hours(part=_TODAY[offset]))
    return one_day(shifted(found.frame.today, offset))


def _this_part(found: Found) -> Days | None:
    part = found.one(Kind.PART)
    today = found.frame.today
    return None if part is None else Days(today, today, hours=Hours(part=Part(part)))


def _holiday(found: Found) -> Days | None:
    place = found.one(Kind.HOLIDAY)
    return None if place is None else one_day(coming_holiday(found.frame.today, place, found.one(Kind.YEAR)))


def _in_a_span(found: Found) -> Days | None:
    """Return "in two weeks", "3 days from now", "in 45 minutes"."""
    span = read_span(found)
    return None if span is None else add_span(found, found.frame.today, span)


def _within_a_span(found: Found) -> Days | None:
    span = read_span(found)
    last = None if span is None else add_span(found, found.frame.today, span)
    return None if last is None else Days(found.frame.today, last.first_on)


def read_span(found: Found) -> int | None:
    """Return a length in minutes, or below zero in months ("two months" is -2)."""
    unit = found.number(Kind.UNIT, Kind.WEEK, Kind.MONTH_NOUN)
    count = found.number(Kind.NUMBER, Kind.SOME, Kind.PADDED)
    count = 1 if count is None else count
    if unit is None or count > 400:
        return None
    if found.has(Kind.MONTH_NOUN):
        return -count
    return count * (unit * 7 * _DAY_MINUTES if found.has(Kind.WEEK) else unit)


def add_span(found: Found, day: date, span: int) -> Days | None:
    """Return the day so much later; hours and minutes count from the present minute and name the time as well."""
    if span < 0:
        return one_day(calendar.months_later(day, -span))
    if (found.one(Kind.UNIT) or _DAY_MINUTES) >= _DAY_MINUTES:
        return one_day(shifted(day, span // _DAY_MINUTES))
    days, minute = divmod(found.frame.minute + span, _DAY_MINUTES)
    then = shifted(day, days)
    return Days(then, then, hours=Hours(Clock(minute, sure=True), exact=True))


def _aside(found: Found) -> Aside:
    return Aside()


_SPAN = "(NUMBER|A|SOME|PADDED) OF? (UNIT|WEEK|MONTH_NOUN)"

# The first that fits is taken, so the longer and more certain ones come first.
DAY_RULES = compile_rules(
    ("(THE|ON)? (NTH|ORDINAL|LAST) WEEKDAY (OF|IN|THE)+ (MONTH|(THIS|NEXT)? MONTH_NOUN) YEAR?", _nth_weekday),
    ("THE? (NTH|ORDINAL|LAST) WEEK (OF|IN|THE)+ (MONTH|(THIS|NEXT)? MONTH_NOUN) YEAR?", _nth_week),
    ("(THE)? LAST UNIT (OF|IN|THE)+ (MONTH|(THIS|NEXT)? MONTH_NOUN) YEAR?", _last_day_of_month),
    ("(A|NUMBER|SOME) (UNIT|WEEK|MONTH_NOUN) AGO", _aside),
    ("AGO (A|NUMBER|SOME) (UNIT|WEEK|MONTH_NOUN)", _aside),
    ("AGO", _aside),
    ("(NUMBER|SOME) (WEEKDAYS|WEEKDAY) HENCE", _weekdays_from_now),
    (f"{_SPAN} HENCE", _in_a_span),
    ("WITHIN (NUMBER|A|SOME|PADDED)? OF? (UNIT|WEEK|MONTH_NOUN)", _within_a_span),
    ("(THE|THIS)? NEXT (NUMBER|SOME) (UNIT|WEEK|MONTH_NOUN)", _within_a_span),
    (f"IN {_SPAN}", _in_a_span),
    (f"FOR {_SPAN}", _aside),
    ("(NEXT|THIS) WEEK (COMMA|OF|ON|THE|NEXT)* WEEKDAY", _weekday_in_week),
    ("WEEKDAY (COMMA|OF|IN|ON|THE)* (NEXT|THIS) WEEK NEXT?", _weekday_in_week),
    ("WEEKDAY (OF|IN|THE)+ WEEK (NEXT|AFTER THE? NEXT|COMING)", _weekday_in_week),
    ("WEEK COMING (COMMA|ON|THE)* WEEKDAY", _weekday_in_week),
    ("(THE)? WEEKDAY AFTER THE? NEXT (?!WEEK|WEEKDAY|MONTH_NOUN)", _weekday_after_next),
    ("THIS NEXT WEEKDAY", _weekday),
    ("(THE)? NEXT WEEKDAY", _next_weekday),
    ("(THE)? WEEKDAY NEXT", _next_weekday),
    ("(THIS|THE)? (NEXT|THIS)? WEEKEND (NEXT|COMING)?", _weekend),
    ("EDGE? (OF|THE|IN)* (NEXT|THIS) WEEK", _week),
    ("EDGE? (OF|THE|IN)* WEEK (AFTER THE? NEXT|NEXT|COMING) (?!WEEKDAY)", _week),
    ("EDGE (OF|THE|IN)* WEEK", _week),
    ("EDGE? (OF|THE|IN)* (NEXT|THIS) MONTH_NOUN", _month),
    ("EDGE? (OF|THE|IN)* MONTH_NOUN (NEXT|COMING)", _month),
    ("EDGE (OF|THE|IN)* MONTH_NOUN", _month),
    ("EDGE (OF|THE|IN|THIS)* MONTH", _named_month),
    ("EDGE (OF|THE|THIS)* UNIT", _year_end),
    ("(?<=[IN FROM BEFORE AFTER UNTIL THIS NEXT SINCE]) MONTH YEAR?", _named_month),
    ("LAST (WEEKDAY|WEEK|MONTH_NOUN|MONTH|WEEKEND|PART|UNIT)", _aside),
    ("(WEEKDAY|WEEK|MONTH_NOUN|WEEKEND) LAST", _aside),
    ("THIS PART", _this_part),
    ("RELATIVE", _relative),
    ("NEXT? HOLIDAY (OF|IN|COMMA)? YEAR?", _holiday),
    ("ANY WEEKDAY", _any_weekday),
    ("THIS? WEEKDAY COMING?", _weekday),
    ("WEEKDAYS", _weekdays),
    (f"{_SPAN} (?!(AFTER|TO|UNTIL|OF)(THE|LAS)?(NUMBER|CLOCK|CLOCK24|NOON))", _aside),
)

# Days counted from another day, which is read right behind.
ANCHORED = tuple(
    compile_rule(pattern)
    for pattern in (
        f"IN? {_SPAN} (FROM|AFTER|BEFORE|ON|SINCE)",
        "(A|NUMBER) WEEK (?=RELATIVE|WEEKDAY)",
        "THE? (UNIT|WEEK) (AFTER|BEFORE|OF|FROM)",
    )
)


def count_from(found: Found, anchor: Days) -> Days | None:
    """Return "two weeks from Monday", "the day after Christmas", "the week of the 12th"."""
    day, span = anchor.first_on, read_span(found)
    if day is None or day != anchor.last_on or span is None or 0 < span < _DAY_MINUTES:
        return None
    if found.has(Kind.OF):
        return calendar.week(day, 0) if found.has(Kind.WEEK) else None
    if not found.has(Kind.BEFORE):
        return add_span(found, day, span)
    return one_day(calendar.months_later(day, span) if span < 0 else shifted(day, -span // _DAY_MINUTES))
