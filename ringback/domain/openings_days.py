"""The days of a business as stretches of minutes: clock changes, public holidays, and who works when."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

from ringback.domain.business import Business, Staff, TimeOff
from ringback.domain.hours import Span, minute_of
from ringback.domain.openings_masks import between, span_mask

A_DAY = 24 * 60
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Day:
    """A local date. `midnight` is its first minute, counted from 1970 UTC; `even`: it has 24 hours like most."""

    on: date
    midnight: int
    even: bool
    zone: str

    def minute_at(self, wall: int) -> int:
        """Return the minute at which clocks show `wall` minutes after midnight; jumped over, that of the jump."""
        return self.midnight + wall if self.even else _minute_of_wall(self.on, wall, self.zone)

    def grid(self, step: int) -> list[tuple[int, int]]:
        """Return (wall, minute) of each start on the grid; times that do not exist are left out."""
        walls = range(0, A_DAY, step)
        if self.even:
            return [(wall, self.midnight + wall) for wall in walls]
        return [(wall, self.minute_at(wall)) for wall in walls if _exists(self.on, wall, self.zone)]


@dataclass(frozen=True, slots=True)
class Horizon:
    """The days that are looked at. Bit 0 of every mask is the first day's midnight; `size` is their length."""

    days: tuple[Day, ...]
    origin: int
    size: int


def minute_since_epoch(at: datetime) -> int:
    """Return the whole minute in which an instant lies, counted from 1970 UTC."""
    return int(at.timestamp()) // 60


def instant(minute: int) -> datetime:
    """Return the instant (aware UTC) of a minute counted from 1970."""
    return _EPOCH + timedelta(minutes=minute)


def horizon_of(zone: str, first: date, count: int) -> Horizon:
    """Return `count` days from `first` on."""
    dates = [first + timedelta(days=n) for n in range(count + 1)]
    midnights = [_minute_of_wall(on, 0, zone) for on in dates]
    days = tuple(
        Day(on, midnights[n], midnights[n + 1] - midnights[n] == A_DAY, zone) for n, on in enumerate(dates[:-1])
    )
    return Horizon(days, midnights[0], midnights[-1] - midnights[0])


def _minute_of_wall(on: date, wall: int, zone: str) -> int:
    local = datetime.combine(on, time()) + timedelta(minutes=wall)
    clock = ZoneInfo(zone)
    # fold 0: a time that comes twice counts when it comes first.
    minute = minute_since_epoch(local.replace(tzinfo=clock))
    if instant(minute).astimezone(clock).replace(tzinfo=None) == local:
        return minute
    earlier = minute_since_epoch(local.replace(tzinfo=clock, fold=1))
    jump = range(earlier, minute + 1)
    return jump[bisect_left(jump, local, key=lambda m: instant(m).astimezone(clock).replace(tzinfo=None))]


def _exists(on: date, wall: int, zone: str) -> bool:
    local = datetime.combine(on, time()) + timedelta(minutes=wall)
    clock = ZoneInfo(zone)
    return local.replace(tzinfo=clock).astimezone(UTC).astimezone(clock).replace(tzinfo=None) == local


def closures_of(business: Business, days: Sequence[Day]) -> dict[date, tuple[Span, ...]]:
    """Return the spans of days that are not like their weekday; what the owner lists goes before public holidays."""
    closed: dict[date, tuple[Span, ...]] = {}
    if business.booking.holidays:
        for year in sorted({day.on.year for day in days}):
            closed.update(dict.fromkeys(public_holidays(business.booking.holidays, year), ()))
    return {**closed, **{holiday.on: holiday.spans for holiday in business.hours.holidays}}


@lru_cache(maxsize=512)
def public_holidays(where: str, year: int) -> frozenset[date]:
    """Return the public holidays of "US", "US-IL" or "ES-MD"; none for a place that is not known."""
    country, _, region = where.upper().partition("-")
    try:
        return frozenset(holidays.country_holidays(country, subdiv=region or None, years=year))
    except NotImplementedError:
        # The set-up says so to the owner; a caller is better served with a day too many than with none.
        return frozenset()


def working_minutes(
    business: Business, person: Staff, horizon: Horizon, closures: Mapping[date, tuple[Span, ...]]
) -> int:
    """Return when a person works: their own hours or the opening hours, less closed days and time off."""
    own = person.weekly
    weekly = business.hours.weekly if own is None else own
    shapes: dict[tuple[Span, ...], int] = {}
    working = 0
    for n, day in enumerate(horizon.days[:-1]):
        usual, special = weekly.get(day.on.weekday(), ()), closures.get(day.on)
        minutes = _day_minutes(horizon, n, usual if special is None or own is not None else special, shapes)
        if special is not None and own is not None:
            # A short day shortens everybody's; it gives nobody a day they do not work.
            minutes &= _day_minutes(horizon, n, special, shapes)
        working |= minutes << (day.midnight - horizon.origin)
    # By the clock: time off also ends the night shift that began the day before.
    for away in person.time_off:
        working &= ~_away_minutes(away, horizon)
    return working


def _day_minutes(horizon: Horizon, n: int, spans: tuple[Span, ...], shapes: dict[tuple[Span, ...], int]) -> int:
    """Return the minutes of spans that start on the n-th day, counted from its midnight; they may pass the next one."""
    today, tomorrow = horizon.days[n], horizon.days[n + 1]
    if not (today.even and tomorrow.even):
        return span_mask(_placed(today, tomorrow, spans), today.midnight, 4 * A_DAY)
    if spans not in shapes:
        shapes[spans] = span_mask(_placed(today, tomorrow, spans), today.midnight, 4 * A_DAY)
    return shapes[spans]


def _placed(today: Day, tomorrow: Day, spans: tuple[Span, ...]) -> list[tuple[int, int]]:
    placed = []
    for start, end in spans:
        from_wall, to_wall = minute_of(start), minute_of(end)
        if to_wall > from_wall:
            to_minute = tomorrow.midnight if to_wall == A_DAY else today.minute_at(to_wall)
        else:
            to_minute = tomorrow.minute_at(to_wall)
        placed.append((today.minute_at(from_wall), to_minute))
    return placed


def _away_minutes(away: TimeOff, horizon: Horizon) -> int:
    off = 0
    for today, tomorrow in zip(horizon.days, horizon.days[1:], strict=False):
        if away.first_on <= today.on <= away.last_on:
            spans = ((0, tomorrow.midnight - today.midnight),) if away.span is None else ()
            placed = [(today.midnight + a, today.midnight + b) for a, b in spans]
            placed += _placed(today, tomorrow, (away.span,)) if away.span is not None else []
            off |= span_mask(placed, horizon.origin, horizon.size)
    return off


def day_slice(mask: int, horizon: Horizon, n: int) -> int:
    """Return the part of a mask that lies on the n-th day, counted from its midnight."""
    day, next_midnight = horizon.days[n], horizon.days[n + 1].midnight
    return (mask >> (day.midnight - horizon.origin)) & between(0, next_midnight - day.midnight - 1)
