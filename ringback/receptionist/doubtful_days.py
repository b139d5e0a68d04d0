"""Days that contradict themselves: "Thursday the 20th" where the 20th is a Friday. Both days are then what was said."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from ringback.domain.bookings import Window
from ringback.receptionist.understanding.wishes import When, Wish
from ringback.receptionist.understanding.words import plain

_WEEKDAYS = (
    *("mon", "tue", "wed", "thu", "fri", "sat", "sun"),
    *("lunes", "martes", "mierc", "jueve", "viern", "sabad", "domin"),
)
_WEEKDAY = re.compile(rf"\b({'|'.join(_WEEKDAYS)})[a-z]*\b")
_MONTH_DAY = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?\b(?!\s*(?:[ap]\.?m|:))")
_A_MONTH = 31
_WEEK = timedelta(days=7)
_NEAR = 3


def with_both_days(when: When, today: date) -> When:
    """Return the wishes with each contradictory day as two: neither is guessed, both are looked up and offered."""
    return replace(when, wishes=tuple(one for wish in when.wishes for one in _both(wish, today)))


_A_WEEK_ON = re.compile(rf"\b(?:the|el)\s+(?:{'|'.join(_WEEKDAYS)})[a-z]*\s+(?:after|following|siguiente)\b(?!\s+next)")


def with_week_after(text: str, when: When, kept: Sequence[Window]) -> When:
    """Return the wishes with "the Thursday after" a week after the Thursday that was spoken of."""
    if not _A_WEEK_ON.search(plain(text)):
        return when
    known = [window.first_on for window in kept if window.first_on is not None and window.first_on == window.last_on]
    return replace(when, wishes=tuple(_after(wish, known) for wish in when.wishes))


def _after(wish: Wish, known: Sequence[date]) -> Wish:
    same = [day for day in known if wish.first_on is not None and day.weekday() == wish.first_on.weekday()]
    return replace(wish, first_on=same[0] + _WEEK, last_on=same[0] + _WEEK) if len(same) == 1 else wish


def _both(wish: Wish, today: date) -> Iterable[Wish]:
    words = plain(wish.words)
    weekday, number = _WEEKDAY.search(words), _MONTH_DAY.search(words)
    if not wish.day_unsure or wish.first_on is None or weekday is None or number is None:
        return (wish,)
    # The month that was said, else the one in which the day comes next.
    dated = wish.first_on if wish.first_on - today <= timedelta(_A_MONTH) else _next(int(number.group(1)), today)
    if dated is None:
        return (wish,)
    said = _WEEKDAYS.index(weekday.group(1)) % 7
    near = [dated + timedelta(days) for days in range(-_NEAR, _NEAR + 1)]
    meant = next(day for day in near if day.weekday() == said)
    days = (meant, dated) if meant < dated else (dated, meant)
    # No point of time: two that are equally likely are offered, not one of them kept.
    return tuple(replace(wish, first_on=day, last_on=day, exact=False) for day in days if day >= today)


def _next(number: int, today: date) -> date | None:
    days = (today + timedelta(ahead) for ahead in range(_A_MONTH + 1))
    return next((day for day in days if day.day == number), None)
