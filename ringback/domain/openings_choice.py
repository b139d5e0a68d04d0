"""Which of the free starts are offered: those that suit, spread over days and half-days, or else the nearest."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from ringback.domain.bookings import Window
from ringback.domain.openings_masks import between, lowest, minutes_in

# Up to so many are said in one text and should differ; a longer list is shown on a page, in order.
_SAID = 3
_NOON = 12 * 60
_APART = 60
_SOON_DAYS = 7
_LAST_MINUTE = 24 * 60 - 1


@dataclass(frozen=True, slots=True)
class FreeDay:
    """A local date and the minutes after midnight, by the clock on the wall, at which a booking could start."""

    on: date
    walls: int


@dataclass(frozen=True, slots=True)
class Start:
    """A start by the clock on the wall."""

    on: date
    wall: int

    @property
    def is_morning(self) -> bool:
        """Return which half of the day it is in."""
        return self.wall < _NOON


def choose_starts(days: Sequence[FreeDay], windows: Sequence[Window], limit: int) -> list[Start]:
    """Return the starts to offer, best first: the named ones that are free, then others that suit, else the nearest."""
    wishes = windows or (Window(),)
    named = [start for window in wishes if window.exact for start in _suiting(days, window)]
    pools = [_matching(days, window) for window in wishes if not window.exact]
    chosen = _unique(named)[:limit]
    # A page shows all there is; in a text two that differ say more than the two earliest.
    if limit <= _SAID:
        chosen = _spread(chosen, pools, limit)
    else:
        chosen = _unique([*chosen, *(start for pool in pools for start in _starts(pool))])[:limit]
    return chosen or _nearest(days, wishes, limit)


def matches_day(window: Window, on: date) -> bool:
    """Return whether a date is among those of a window."""
    late = window.last_on is not None and on > window.last_on
    early = window.first_on is not None and on < window.first_on
    return not late and not early and (not window.weekdays or on.weekday() in window.weekdays)


def bounds(window: Window) -> tuple[int, int]:
    """Return the first and the last start of a window, in minutes after midnight."""
    first = window.from_minute or 0
    if window.exact and window.from_minute is not None:
        return first, first
    return first, _LAST_MINUTE if window.to_minute is None else window.to_minute


def _matching(days: Sequence[FreeDay], window: Window) -> list[FreeDay]:
    wanted = between(*bounds(window))
    found = (FreeDay(day.on, day.walls & wanted) for day in days if matches_day(window, day.on))
    return [day for day in found if day.walls]


def _suiting(days: Sequence[FreeDay], window: Window) -> Iterator[Start]:
    return _starts(_matching(days, window))


def _starts(days: Iterable[FreeDay]) -> Iterator[Start]:
    return (Start(day.on, wall) for day in days for wall in minutes_in(day.walls))


def _unique(starts: Iterable[Start]) -> list[Start]:
    return list(dict.fromkeys(starts))


def _spread(chosen: list[Start], pools: list[list[FreeDay]], limit: int) -> list[Start]:
    """One from each window first ("Monday or Tuesday"), in the caller's order; then whatever differs most."""
    for pool in [*pools, *([_merged(pools)] * limit)]:
        if len(chosen) < limit and (start := _most_different(pool, chosen)):
            chosen = [*chosen, start]
    return chosen


def _merged(pools: list[list[FreeDay]]) -> list[FreeDay]:
    walls: dict[date, int] = {}
    for day in (day for pool in pools for day in pool):
        walls[day.on] = walls.get(day.on, 0) | day.walls
    return [FreeDay(on, walls[on]) for on in sorted(walls)]


def _most_different(pool: list[FreeDay], chosen: list[Start]) -> Start | None:
    if not chosen:
        return Start(pool[0].on, lowest(pool[0].walls)) if pool else None
    found = [(_likeness(start, chosen), start) for day in pool for start in _samples(day, chosen)]
    return min(found, key=lambda pair: (*pair[0], pair[1].on, pair[1].wall))[1] if found else None


def _samples(day: FreeDay, chosen: list[Start]) -> Iterator[Start]:
    """The earliest start of each half of a day, the earliest well apart from those chosen, and the earliest at all."""
    taken = {start.wall for start in chosen if start.on == day.on}
    free = day.walls & ~sum(1 << wall for wall in taken)
    near = 0
    for wall in taken:
        near |= between(max(0, wall - _APART + 1), wall + _APART - 1)
    morning = between(0, _NOON - 1)
    for some in (free & morning, free & ~morning, free & ~near, free):
        if some:
            yield Start(day.on, lowest(some))


def _likeness(start: Start, chosen: list[Start]) -> tuple[int, date | int, bool]:
    """Another day soon is best, there the other half; then the other half of the same day, then a later day."""
    # Next to the last one said: "Thu 10 AM or Fri 2 PM?"
    last = chosen[-1]
    same_half = start.is_morning == last.is_morning
    if all(start.on != other.on for other in chosen):
        is_soon = abs((start.on - last.on).days) <= _SOON_DAYS
        return (0 if is_soon else 2, start.on, same_half)
    beside = [other for other in chosen if other.on == start.on]
    if all(start.is_morning != other.is_morning for other in beside):
        return (1, start.on, same_half)
    is_apart = all(abs(start.wall - other.wall) >= _APART for other in beside)
    return (3 if is_apart else 4, start.on, same_half)


def _nearest(days: Sequence[FreeDay], windows: Sequence[Window], limit: int) -> list[Start]:
    """The same day first, there by distance; of several days as near, the best of each before the second best."""
    gaps = {day.on: min(_day_gap(days, window, day.on) for window in windows) for day in days if day.walls}
    chosen: list[Start] = []
    ordered = sorted((day for day in days if day.walls), key=lambda day: (gaps[day.on], day.on))
    for _, group in groupby(ordered, key=lambda day: gaps[day.on]):
        ranked = [
            (rank, start)
            for day in group
            for rank, start in enumerate(sorted(_starts([day]), key=lambda start: _minute_gap(windows, start)))
        ]
        chosen += [start for _, start in sorted(ranked, key=lambda pair: (pair[0], pair[1].on))]
        if len(chosen) >= limit:
            break
    return chosen[:limit]


def _day_gap(days: Sequence[FreeDay], window: Window, on: date) -> int:
    if matches_day(window, on):
        return 0
    # A day past the horizon has no neighbour that suits: its own date is what the others are near to.
    suited = [day.on for day in days if matches_day(window, day.on)]
    edges = [edge for edge in (window.first_on, window.last_on) if edge is not None]
    return min(abs((on - other).days) for other in suited or edges or [on])


def _minute_gap(windows: Sequence[Window], start: Start) -> tuple[int, int]:
    gaps = [max(first - start.wall, start.wall - last, 0) for first, last in map(bounds, windows)]
    return min(gaps), start.wall
