"""Which day is meant: weekdays, days of the month and stretches of weeks and months, counted from today."""

import calendar
from datetime import date, timedelta

from ringback.receptionist.understanding.times_pieces import Days


def coming_weekday(today: date, weekday: int) -> date:
    """Return the next such weekday after today: nobody calls today by its name."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def weekday_of_week(today: date, weekday: int, weeks: int) -> date:
    """Return that weekday of the week (Monday first) so many weeks from now."""
    return today + timedelta(days=weekday - today.weekday() + 7 * weeks)


def coming_day_of_month(today: date, day: int) -> date | None:
    """Return the next date with that day, today included; months too short for it are passed over."""
    year, month = today.year, today.month
    for _ in range(12):
        if day <= calendar.monthrange(year, month)[1] and (found := date(year, month, max(day, 1))) >= today:
            return found
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return None


def coming_weekday_and_day(today: date, weekday: int, day: int) -> date | None:
    """Return the next date that is both, like "Friday the 13th", within a year and a half."""
    found = coming_day_of_month(today, day)
    for _ in range(18):
        if found is None or found.weekday() == weekday:
            return found
        found = coming_day_of_month(found + timedelta(days=1), day)
    return None


def coming_date(today: date, month: int, day: int, year: int | None = None) -> date | None:
    """Return that day of that month, the next one from today on unless the year is given."""
    years = range(today.year, today.year + 9) if year is None else (year,)
    for candidate in years:
        # 29 February: the next year that has one.
        if 1 <= day <= calendar.monthrange(candidate, month)[1]:
            found = date(candidate, month, day)
            if year is not None or found >= today:
                return found
    return None


def months_later(day: date, months: int) -> date:
    """Return the same day so many months later, or the last of a shorter month."""
    count = min(day.year * 12 + day.month - 1 + months, 9998 * 12)
    year, month = divmod(max(count, 12), 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def week(today: date, weeks: int, edge: int | None = None) -> Days:
    """Return the week so many weeks from now, or its beginning (0), middle (1) or end (2); never before today."""
    monday = weekday_of_week(today, 0, weeks)
    first, last = {None: (0, 6), 0: (0, 1), 1: (2, 2), 2: (3, 4)}[edge]
    if edge == 2 and weeks == 0 and today.weekday() >= 4:
        last = 6
    end = max(monday + timedelta(days=last), today)
    return Days(max(monday + timedelta(days=first), today), end)


def month(today: date, year: int, number: int, edge: int | None = None) -> Days:
    """Return a month, or its beginning (0), middle (1) or end (2), from today on."""
    length = calendar.monthrange(year, number)[1]
    first, last = {None: (1, length), 0: (1, 7), 1: (11, 20), 2: (length - 6, length)}[edge]
    end = max(date(year, number, last), today)
    return Days(max(date(year, number, first), today), end)


def weekend(today: date, weeks: int) -> Days:
    """Return Saturday and Sunday of the week so many weeks from now; what is past of it is left out."""
    saturday = weekday_of_week(today, 5, weeks)
    return Days(max(saturday, today), saturday + timedelta(days=1))


def nth_weekday(year: int, number: int, weekday: int, nth: int) -> date | None:
    """Return the nth such weekday of a month; -1 is the last. None where the month has no such day."""
    length = calendar.monthrange(year, number)[1]
    days = [day for day in range(1, length + 1) if date(year, number, day).weekday() == weekday]
    place = nth if nth < 0 else nth - 1
    return date(year, number, days[place]) if -len(days) <= place < len(days) else None
