"""The days that have a name, as people name them when they want a booking before or after one."""

from datetime import date, timedelta

from ringback.receptionist.understanding.times_calendar import nth_weekday

_FIXED = {
    0: (12, 25), 1: (12, 24), 2: (1, 1), 3: (12, 31), 4: (7, 4), 11: (11, 11), 12: (6, 19), 14: (2, 14), 15: (10, 31),
    16: (3, 17), 22: (5, 5), 23: (12, 26), 24: (2, 2), 25: (4, 1), 26: (1, 6), 27: (5, 1), 28: (11, 2), 29: (12, 12),
    30: (11, 1), 31: (12, 28),
}  # fmt: skip
# Month, weekday, which one; then days to add.
_FLOATING = {
    5: (11, 3, 4, 0), 6: (11, 3, 4, 1), 7: (9, 0, 1, 0), 8: (5, 0, -1, 0), 9: (1, 0, 3, 0), 10: (2, 0, 3, 0),
    13: (10, 0, 2, 0), 20: (5, 6, 2, 0), 21: (6, 6, 3, 0),
}  # fmt: skip
_FROM_EASTER = {17: 0, 18: -2, 19: 1, 32: -3, 33: -7}


def coming_holiday(today: date, place: int, year: int | None = None) -> date | None:
    """Return the next such holiday from today on, or the one of that year. `place` is the lexicon's value."""
    if year is not None:
        return _holiday(year, place)
    found = _holiday(today.year, place)
    return found if found is not None and found >= today else _holiday(today.year + 1, place)


def _holiday(year: int, place: int) -> date | None:
    if place in _FIXED:
        return date(year, *_FIXED[place])
    if place in _FLOATING:
        month, weekday, nth, more = _FLOATING[place]
        found = nth_weekday(year, month, weekday, nth)
        return None if found is None else found + timedelta(days=more)
    return _easter(year) + timedelta(days=_FROM_EASTER[place]) if place in _FROM_EASTER else None


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, by the rule known as the anonymous Gregorian computus."""
    golden, century, rest = year % 19, year // 100, year % 100
    leap, correction = century // 4, (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leap - correction + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)
