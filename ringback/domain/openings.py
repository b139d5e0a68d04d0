"""Which times are free for a service, and which of them to offer: pure, over what is set up and what is booked."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from ringback.domain.bookings import Busy, Opening, Search, Window, class_id, find_service, place_of
from ringback.domain.business import Business, Service, Staff
from ringback.domain.openings_choice import FreeDay, Start, bounds, choose_starts, matches_day
from ringback.domain.openings_days import (
    A_DAY,
    Horizon,
    closures_of,
    day_slice,
    horizon_of,
    instant,
    minute_since_epoch,
    working_minutes,
)
from ringback.domain.openings_masks import room_for, span_mask


@dataclass(frozen=True, slots=True)
class _Table:
    """What one search works on. Masks have a bit for each minute of the horizon."""

    business: Business
    service: Service
    search: Search
    horizon: Horizon
    busy: Mapping[UUID, Sequence[Busy]]
    busy_minutes: Mapping[UUID, int]
    # Starts that the policy allows: on the grid, after the lead time, within the horizon, not refused already.
    allowed: int


@dataclass(frozen=True, slots=True)
class _Free:
    """Where the service could start: with each person, and with each resource of the kinds it needs."""

    people: Mapping[UUID, int]
    kinds: tuple[tuple[tuple[UUID, int], ...], ...]
    # Openings of a shared start that has a seat left, by person and minute.
    joins: Mapping[tuple[UUID, int], Opening]


def find_openings(business: Business, search: Search, busy: Sequence[Busy], now: datetime) -> tuple[Opening, ...]:
    """Return up to `search.limit` openings, best first; none where the service is unknown or nobody can do it.

    What was wished for comes first. Where nothing of it is free, the nearest alternatives come instead, those of the
    same day before others: `is_exact` and `suits` tell which it is.
    """
    service = find_service(business, search.service)
    people = _people(business, service, search) if service is not None and service.bookable else ()
    if service is None or not people or search.limit < 1:
        return ()
    table = _table(business, service, search, busy, now)
    free = _free_starts(table, people)
    starts = choose_starts(_free_days(table, free), search.windows, search.limit)
    return tuple(_opening(table, free, start) for start in starts)


def is_exact(business: Business, search: Search, opening: Opening) -> bool:
    """Return whether the caller named this very start."""
    return any(window.exact and _is_inside(business, window, opening) for window in search.windows)


def suits(business: Business, search: Search, opening: Opening) -> bool:
    """Return whether an opening is what was wished for, and not the nearest alternative to it."""
    return not search.windows or any(_is_inside(business, window, opening) for window in search.windows)


def _is_inside(business: Business, window: Window, opening: Opening) -> bool:
    local = opening.starts_at.astimezone(ZoneInfo(business.zone))
    first, last = bounds(window)
    return matches_day(window, local.date()) and first <= local.hour * 60 + local.minute <= last


def _people(business: Business, service: Service, search: Search) -> tuple[Staff, ...]:
    return tuple(
        person
        for person in business.staff
        if person.takes_bookings
        and (not service.staff or person.name in service.staff)
        and search.staff_id in {None, person.staff_id}
    )


def _table(business: Business, service: Service, search: Search, busy: Sequence[Busy], now: datetime) -> _Table:
    policy = business.booking
    today = now.astimezone(ZoneInfo(business.zone)).date()
    # Yesterday, because a night shift reaches into today; and as many days more as the last booking can take.
    taken = service.minutes + service.buffer_minutes + policy.travel_minutes
    horizon = horizon_of(business.zone, today - timedelta(days=1), policy.horizon_days + taken // A_DAY + 5)
    by_unit: dict[UUID, list[Busy]] = {}
    for one in busy:
        by_unit.setdefault(one.unit_id, []).append(one)
    busy_minutes = {unit_id: _minutes_of(all_of_it, horizon) for unit_id, all_of_it in by_unit.items()}
    allowed = _grid_mask(horizon, policy.grid_minutes, policy.horizon_days + 1)
    # A start in the middle of a minute is none: the lead time is kept whole.
    earliest = minute_since_epoch(now + timedelta(minutes=policy.lead_minutes, seconds=59)) - horizon.origin
    allowed = allowed >> earliest << earliest
    for refused_at in search.besides:
        if 0 <= (bit := minute_since_epoch(refused_at) - horizon.origin) < horizon.size:
            allowed &= ~(1 << bit)
    return _Table(business, service, search, horizon, by_unit, busy_minutes, allowed)


def _grid_mask(horizon: Horizon, step: int, last: int) -> int:
    """Return the starts on the grid of the days 1..last."""
    usual = sum(1 << wall for wall in range(0, A_DAY, step))
    mask = 0
    for day in horizon.days[1 : last + 1]:
        shape = usual if day.even else sum(1 << (minute - day.midnight) for _, minute in day.grid(step))
        mask |= shape << (day.midnight - horizon.origin)
    return mask


def _free_starts(table: _Table, people: Sequence[Staff]) -> _Free:
    joins = {
        (person.staff_id, minute_since_epoch(opening.starts_at)): opening
        for person in people
        for opening in _joinable(table, person)
    }
    kinds = tuple(_kind_starts(table, kind) for kind in dict.fromkeys(table.service.resources))
    # A kind of which the owner has none fits nowhere.
    fitted = _full(table)
    for resources in kinds:
        fitted &= _any_of(mask for _, mask in resources)
    shifts = _shifts(table, people)
    starts = {}
    for person in people:
        joined = sum(1 << (minute - table.horizon.origin) for owner, minute in joins if owner == person.staff_id)
        alone = _room_beside(table, person.staff_id) & fitted
        starts[person.staff_id] = (alone | joined) & shifts[person.staff_id] & table.allowed
    return _Free(starts, kinds, joins)


def _full(table: _Table) -> int:
    return (1 << table.horizon.size) - 1


def _any_of(masks: Iterable[int]) -> int:
    either = 0
    for mask in masks:
        either |= mask
    return either


def _shifts(table: _Table, people: Sequence[Staff]) -> dict[UUID, int]:
    """Return for each person where the work itself fits into their hours; the buffer may lie after closing."""
    closures = closures_of(table.business, table.horizon.days)
    known: dict[object, int] = {}
    shifts = {}
    for person in people:
        weekly = None if person.weekly is None else tuple(sorted(person.weekly.items()))
        hours = (weekly, person.time_off)
        if hours not in known:
            working = working_minutes(table.business, person, table.horizon, closures)
            known[hours] = room_for(working, table.service.minutes)
        shifts[person.staff_id] = known[hours]
    return shifts


def _minutes_of(busy: Iterable[Busy], horizon: Horizon) -> int:
    return span_mask((span for one in busy for span in one.spans), horizon.origin, horizon.size)


def _room_beside(table: _Table, unit_id: UUID) -> int:
    """Return where the service and its buffer fit between what a person or resource has, the way there included."""
    needed = table.service.minutes + table.service.buffer_minutes
    room = room_for(_full(table) & ~table.busy_minutes.get(unit_id, 0), needed)
    travel = table.business.booking.travel_minutes
    if not travel:
        return room
    place = place_of(table.service, table.search.address)
    elsewhere = [busy for busy in table.busy.get(unit_id, ()) if None in {busy.place, place} or busy.place != place]
    away = _minutes_of(elsewhere, table.horizon)
    return room & room_for(_full(table) & ~away, needed + 2 * travel) << travel


def _kind_starts(table: _Table, kind: str) -> tuple[tuple[UUID, int], ...]:
    needed = table.service.minutes + table.service.buffer_minutes
    ids = [one.resource_id(table.business.business_id) for one in table.business.resources if one.kind == kind]
    return tuple((unit_id, room_for(_full(table) & ~table.busy_minutes.get(unit_id, 0), needed)) for unit_id in ids)


def _joinable(table: _Table, person: Staff) -> Iterator[Opening]:
    """Yield the shared starts of this service with a person that have a seat left."""
    if table.service.capacity < 2:
        return
    for busy in table.busy.get(person.staff_id, ()):
        if busy.sitting_id is not None and busy.seats < table.service.capacity:
            starts_at = instant(busy.spans[0][0])
            ends_at = starts_at + timedelta(minutes=table.service.minutes)
            opening = Opening(starts_at, ends_at, person.staff_id, _sharing(table, busy.sitting_id))
            # Another service's class, or one from before the owner changed how long it takes, has another id.
            if class_id(table.business.business_id, table.service.name, opening) == busy.sitting_id:
                yield opening


def _sharing(table: _Table, sitting_id: UUID) -> tuple[UUID, ...]:
    ids = (resource.resource_id(table.business.business_id) for resource in table.business.resources)
    return tuple(
        unit_id for unit_id in ids if any(busy.sitting_id == sitting_id for busy in table.busy.get(unit_id, ()))
    )


def _free_days(table: _Table, free: _Free) -> list[FreeDay]:
    anyone, horizon = _any_of(free.people.values()), table.horizon
    days = []
    for n in range(1, table.business.booking.horizon_days + 2):
        day = horizon.days[n]
        walls = day_slice(anyone, horizon, n)
        # On most days a minute of the clock is a minute since midnight; only clock changes need the table.
        if walls and not day.even:
            by_minute = walls
            grid = day.grid(table.business.booking.grid_minutes)
            walls = sum(1 << wall for wall, minute in grid if by_minute >> (minute - day.midnight) & 1)
        days.append(FreeDay(day.on, walls))
    return days


def _opening(table: _Table, free: _Free, start: Start) -> Opening:
    n = (start.on - table.horizon.days[0].on).days
    minute = table.horizon.days[n].minute_at(start.wall)
    bit = minute - table.horizon.origin
    able = [staff_id for staff_id, starts in free.people.items() if starts >> bit & 1]
    # One guide with six guests, and not two with three.
    for staff_id in able:
        if (staff_id, minute) in free.joins:
            return free.joins[staff_id, minute]
    # Work is shared out: whoever has least on that day, then least altogether, then in the owner's order.
    staff_id = min(able, key=lambda one: _load(table, one, n))
    resources = tuple(next(unit_id for unit_id, starts in resources if starts >> bit & 1) for resources in free.kinds)
    starts_at = instant(minute)
    return Opening(starts_at, starts_at + timedelta(minutes=table.service.minutes), staff_id, resources)


def _load(table: _Table, staff_id: UUID, n: int) -> tuple[int, int]:
    busy = table.busy_minutes.get(staff_id, 0)
    return day_slice(busy, table.horizon, n).bit_count(), busy.bit_count()
