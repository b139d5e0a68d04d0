"""From what a caller says about time to what is looked for, and which of the offers they mean."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from ringback.domain.bookings import Opening, Window
from ringback.receptionist.understanding.wishes import When, Wish

# "Around ten" is satisfied by what starts within the hour.
_ABOUT_MINUTES = 60
_NOON = 12 * 60
_DAY = timedelta(days=1)


def is_point(window: Window) -> bool:
    """Return whether a window names one start on one day: what can be held without asking further."""
    return window.exact and window.first_on is not None and window.first_on == window.last_on


def has_day(window: Window | Wish) -> bool:
    """Return whether any day was said."""
    return window.first_on is not None or window.last_on is not None or bool(window.weekdays)


def has_time(window: Window | Wish) -> bool:
    """Return whether any hour was said."""
    return window.from_minute is not None or window.to_minute is not None


def merge(when: When, kept: Sequence[Window], offered: Sequence[Opening], zone: ZoneInfo) -> tuple[Window, ...]:
    """Return the windows after one more text: a day alone keeps the hour said before, an hour alone keeps the day."""
    if when.soonest or (when.any_time and not when.wishes):
        return ()
    if when.earlier or when.later:
        moved = _beside_offers(when, offered, zone)
        if moved and not when.wishes:
            return moved
    windows = [_joined(wish, other) for wish in when.wishes for other in _others(wish, kept, offered, zone)]
    for refused in when.not_wishes:
        windows = [left for window in windows or list(kept) or [Window()] for left in _without(window, refused)]
    return tuple(dict.fromkeys(windows)) or tuple(kept)


def without_all(windows: Iterable[Window], refused: Iterable[Window]) -> tuple[Window, ...]:
    """Return what is left of the windows without what was refused."""
    left = tuple(windows)
    for each in refused:
        left = tuple(part for window in left for part in _without(window, _as_wish(each)))
    return left


def still_refused(refused: Sequence[Window], when: When) -> tuple[Window, ...]:
    """Return what stays refused after one more text: a day that is wished for again is refused no longer."""
    said = [_as_window(wish) for wish in when.not_wishes if has_day(wish)]
    wished = {wish.first_on for wish in when.wishes if wish.first_on is not None and wish.first_on == wish.last_on}
    return (*(window for window in refused if window.first_on not in wished and not when.soonest), *said)


def _as_window(wish: Wish) -> Window:
    return Window(wish.first_on, wish.last_on, wish.from_minute, wish.to_minute, wish.weekdays)


def _as_wish(window: Window) -> Wish:
    return Wish(window.first_on, window.last_on, window.from_minute, window.to_minute, window.weekdays)


def _others(wish: Wish, kept: Sequence[Window], offered: Sequence[Opening], zone: ZoneInfo) -> Sequence[Window]:
    """What was known before and still completes a wish that says only half."""
    # A whole wish replaces what was said before: callers correct themselves, they do not add up.
    if has_day(wish) and has_time(wish):
        return (Window(),)
    if has_day(wish):
        return [window for window in kept if has_time(window)] or (Window(),)
    # "5 pm" after "the 12th" is 5 pm on the 12th.
    known = [window for window in kept if has_day(window)]
    if known:
        return known
    # Offers of one day make it the day that is spoken of.
    days = {opening.starts_at.astimezone(zone).date() for opening in offered}
    return tuple(Window(day, day) for day in days) if len(days) == 1 else (Window(),)


def _joined(wish: Wish, other: Window) -> Window:
    days = wish if has_day(wish) else other
    window = Window(days.first_on, days.last_on, weekdays=days.weekdays)
    if not has_time(wish):
        return replace(window, from_minute=other.from_minute, to_minute=other.to_minute, exact=other.exact)
    # "10ish" is ten if ten is free, and the nearest to it if not: as with an exact wish.
    if wish.about and wish.from_minute is not None and wish.from_minute == wish.to_minute:
        return replace(window, from_minute=wish.from_minute, to_minute=wish.to_minute, exact=True)
    if wish.about and wish.from_minute is not None:
        latest = wish.from_minute if wish.to_minute is None else wish.to_minute
        return replace(window, from_minute=max(wish.from_minute - _ABOUT_MINUTES, 0), to_minute=latest + _ABOUT_MINUTES)
    return replace(window, from_minute=wish.from_minute, to_minute=wish.to_minute, exact=wish.exact)


def _beside_offers(when: When, offered: Sequence[Opening], zone: ZoneInfo) -> tuple[Window, ...]:
    """For "anything later?": the rest of the day after the last offer, then the days after; "earlier" the other way."""
    if not offered:
        return ()
    starts = sorted(opening.starts_at.astimezone(zone) for opening in offered)
    # From the outermost offer on, so that nothing between the offers is passed over twice.
    if when.later:
        last = starts[-1]
        return (Window(last.date(), last.date(), _minute(last) + 1), Window(last.date() + _DAY))
    first = starts[0]
    before = Window(None, first.date() - _DAY)
    return (Window(first.date(), first.date(), None, _minute(first) - 1), before)


def _without(window: Window, refused: Wish) -> Iterable[Window]:
    """The parts of a window that a refusal ("not Tuesday", "no mornings") leaves."""
    if has_time(refused):
        yield from _without_hours(window, refused)
    elif refused.weekdays:
        left = (window.weekdays or frozenset(range(7))) - refused.weekdays
        if left:
            yield replace(window, weekdays=left)
    elif refused.first_on is not None:
        yield from _without_days(window, refused.first_on, refused.last_on or refused.first_on)


def _without_hours(window: Window, refused: Wish) -> Iterable[Window]:
    start, end = refused.from_minute or 0, refused.to_minute
    if start > 0 and (window.from_minute is None or window.from_minute < start):
        yield replace(window, to_minute=min(start - 1, window.to_minute or start - 1), exact=False)
    if end is not None and (window.to_minute is None or window.to_minute > end):
        yield replace(window, from_minute=max(end + 1, window.from_minute or 0), exact=False)


def _without_days(window: Window, first: date, last: date) -> Iterable[Window]:
    if window.first_on is None or window.first_on < first:
        yield replace(window, last_on=min(first - _DAY, window.last_on or first - _DAY))
    if window.last_on is None or window.last_on > last:
        yield replace(window, first_on=max(last + _DAY, window.first_on or last + _DAY))


_WEEKDAY = re.compile(
    r"\b(mon|tue|tues|wed|weds|thu|thur|thurs|fri|sat|sun|(mon|tues|wednes|thurs|fri|satur|sun)days?|lunes|martes"
    r"|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo)\b",
    re.IGNORECASE,
)
# Words that tie a weekday to a week of its own, and dates.
_TIED = re.compile(
    r"\b(this|next|coming|following|last|week|est[ea]|pr[oó]xim[oa]|viene|siguiente|semana|\d+(st|nd|rd|th))\b"
    r"|\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic)|\d+/\d+",
    re.IGNORECASE,
)
_FORTNIGHT = 14


def anchored(when: When, kept: Sequence[Window], offered: Sequence[Opening], zone: ZoneInfo) -> When:
    """Return the wishes with bare weekdays moved to the days that are spoken of.

    After "next week" a "Wednesday" is that of next week, and with Thursday the 26th on offer "Thursday" is the 26th.
    """
    days = {opening.starts_at.astimezone(zone).date() for opening in offered}
    for window in kept:
        if window.first_on is not None and window.last_on is not None:
            length = min((window.last_on - window.first_on).days, _FORTNIGHT)
            days |= {window.first_on + number * _DAY for number in range(length + 1)} if length else set()
    return replace(when, wishes=tuple(_anchor(wish, days) for wish in when.wishes))


def _anchor(wish: Wish, days: Collection[date]) -> Wish:
    day = wish.first_on
    if day is None or day != wish.last_on or day in days:
        return wish
    if not _WEEKDAY.search(wish.words) or _TIED.search(_WEEKDAY.sub("", wish.words)):
        return wish
    same = [each for each in days if each.weekday() == day.weekday()]
    return replace(wish, first_on=same[0], last_on=same[0]) if len(same) == 1 else wish


def pick(when: When, offered: Sequence[Opening], zone: ZoneInfo) -> Opening | None:
    """Return the one offer that the wishes fit, or None where none or several do."""
    fitting = {opening.starts_at: opening for wish in when.wishes for opening in offered if _fits(wish, opening, zone)}
    # Two that fit are none: which of them is asked, not guessed.
    return next(iter(fitting.values())) if len(fitting) == 1 else None


def _fits(wish: Wish, opening: Opening, zone: ZoneInfo) -> bool:
    local = opening.starts_at.astimezone(zone)
    return _fits_day(wish, local.date()) and _fits_time(wish, _minute(local))


def _fits_day(wish: Wish, day: date) -> bool:
    if wish.weekdays and day.weekday() not in wish.weekdays:
        return False
    return (wish.first_on is None or wish.first_on <= day) and (wish.last_on is None or day <= wish.last_on)


def _fits_time(wish: Wish, minute: int) -> bool:
    if wish.from_minute is not None and wish.from_minute == wish.to_minute:
        halves = {wish.from_minute}
        if wish.half_unsure:
            halves.add((wish.from_minute + _NOON) % (2 * _NOON))
        near = 30 if wish.about else 0
        return any(abs(minute - half) <= near for half in halves)
    after = wish.from_minute is None or wish.from_minute <= minute
    return after and (wish.to_minute is None or minute <= wish.to_minute)


def is_wanted(window: Window, opening: Opening, zone: ZoneInfo) -> bool:
    """Return whether an opening lies in a window."""
    local = opening.starts_at.astimezone(zone)
    wish = Wish(window.first_on, window.last_on, window.from_minute, window.to_minute, window.weekdays)
    return _fits_day(wish, local.date()) and _fits_time(wish, _minute(local))


def _minute(local: datetime) -> int:
    return local.hour * 60 + local.minute
