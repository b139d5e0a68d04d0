"""A slow search that asks every start, minute by minute: the fast one must find the same, whatever the set-up."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from ringback.domain.bookings import Busy, Opening, Search, Window
from ringback.domain.business import BookingPolicy, Business, Resource, Service, Staff, TimeOff
from ringback.domain.hours import DayState, Holiday, OpeningHours, Span, state_at
from ringback.domain.openings import find_openings
from tests.cast import harbor

# Every time is a multiple of this, so that asking at each step asks for every minute between.
STEP = 10
PEOPLE = (UUID(int=21), UUID(int=22))
CHAIRS = (Resource("One", "chair"), Resource("Two", "chair"))
# Days around a change of clocks, by an hour and by half an hour, and an ordinary week.
STARTS = (
    ("America/Chicago", datetime(2026, 10, 31, 15, tzinfo=UTC)),
    ("Europe/Madrid", datetime(2026, 3, 28, 9, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2026, 4, 4, 1, tzinfo=UTC)),
    ("America/Santiago", datetime(2026, 9, 5, 13, tzinfo=UTC)),
    ("Europe/London", datetime(2026, 7, 1, 12, tzinfo=UTC)),
)

clock_minutes = st.integers(0, 143).map(lambda n: n * STEP)


def clock_time(minute: int) -> str:
    """Return minutes after midnight as "HH:MM"."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


@st.composite
def spans(draw: st.DrawFn) -> tuple[Span, ...]:
    """Return a working day of one stretch, which may pass midnight."""
    start, length = draw(clock_minutes), draw(st.integers(6, 100)) * STEP
    return ((clock_time(start), clock_time((start + length) % 1440)),)


weeks = st.dictionaries(st.integers(0, 6), spans(), min_size=3)


@dataclass(frozen=True)
class Town:
    """A shop with what it has in its calendar, and the present."""

    shop: Business
    busy: tuple[Busy, ...]
    now: datetime

    @property
    def service(self) -> Service:
        """Return the one service it sells."""
        return self.shop.services[0]


@st.composite
def towns(draw: st.DrawFn) -> Town:
    """Return a small shop: two people, two chairs, some bookings at the shop and elsewhere, any policy."""
    zone, begin = draw(st.sampled_from(STARTS))
    today = begin.astimezone(ZoneInfo(zone)).date()
    away = draw(st.none() | st.integers(0, 3))
    staff = (
        Staff(PEOPLE[0], "Sam", weekly=draw(st.none() | weeks)),
        Staff(
            PEOPLE[1],
            "Olga",
            time_off=() if away is None else (TimeOff(today + timedelta(days=away), today + timedelta(days=away + 1)),),
        ),
    )
    closed = tuple(Holiday(today + timedelta(days=n), "Closed") for n in draw(st.sets(st.integers(0, 3), max_size=1)))
    service = Service(
        "Visit",
        draw(st.sampled_from((20, 50, 90))),
        buffer_minutes=draw(st.sampled_from((0, 10, 40))),
        resources=draw(st.sampled_from(((), ("chair",)))),
        at_address=draw(st.booleans()),
    )
    policy = BookingPolicy(
        lead_minutes=draw(st.integers(0, 600)),
        horizon_days=draw(st.integers(0, 3)),
        grid_minutes=draw(st.sampled_from((20, 30, 50, 60))),
        travel_minutes=draw(st.sampled_from((0, 30))),
    )
    shop = replace(harbor(), zone=zone, staff=staff, services=(service,), resources=CHAIRS, booking=policy)
    shop = replace(shop, hours=OpeningHours(draw(weeks), closed))
    return Town(shop, tuple(draw(st.lists(busy_times(shop, begin), max_size=12))), begin)


def busy_times(shop: Business, begin: datetime) -> st.SearchStrategy[Busy]:
    """Return stretches that somebody or something has, within some days."""
    units = (*PEOPLE, *(chair.resource_id(shop.business_id) for chair in CHAIRS))
    first = int(begin.timestamp()) // 60 // STEP * STEP - 1440
    return st.builds(
        lambda unit, start, length, place: Busy(
            unit, ((first + start * STEP, first + (start + length) * STEP),), place
        ),
        st.sampled_from(units),
        st.integers(0, 800),
        st.integers(1, 60),
        st.sampled_from(("", "12 oak st", None)),
    )


windows = st.builds(
    Window,
    first_on=st.none() | st.sampled_from((date(2026, 11, 1), date(2026, 3, 29), date(2026, 4, 5), date(2026, 7, 2))),
    from_minute=st.none() | clock_minutes,
    to_minute=st.none() | clock_minutes,
    weekdays=st.sets(st.integers(0, 6), max_size=3).map(frozenset),
)


# --- the slow search


def every_start(town: Town) -> Iterator[tuple[datetime, datetime]]:
    """Yield (instant, local time) of every start that the policy allows, each local time once."""
    clock, policy = ZoneInfo(town.shop.zone), town.shop.booking
    today = town.now.astimezone(clock).date()
    for n in range(policy.horizon_days + 1):
        for minute in range(0, 1440, policy.grid_minutes):
            local = datetime.combine(today + timedelta(days=n), time()) + timedelta(minutes=minute)
            at = local.replace(tzinfo=clock).astimezone(UTC)
            exists = at.astimezone(clock).replace(tzinfo=None) == local
            if exists and at >= town.now + timedelta(minutes=policy.lead_minutes):
                yield at, local


class Slow:
    """Who is free when, asked step by step."""

    def __init__(self, town: Town, address: str | None) -> None:
        self.town = town
        self.place = (address or "").lower() or None if town.service.at_address else ""
        self._working: dict[tuple[UUID, datetime], bool] = {}

    def works(self, person: Staff, at: datetime) -> bool:
        """Return whether a person works at an instant."""
        if (person.staff_id, at) not in self._working:
            shop = self.town.shop
            weekly = shop.hours.weekly if person.weekly is None else person.weekly
            today = at.astimezone(ZoneInfo(shop.zone)).date()
            is_open = state_at(OpeningHours(weekly, shop.hours.holidays), shop.zone, at) is DayState.OPEN
            is_away = any(off.first_on <= today <= off.last_on for off in person.time_off)
            self._working[person.staff_id, at] = is_open and not is_away
        return self._working[person.staff_id, at]

    def is_free(self, unit_id: UUID, at: datetime) -> bool:
        """Return whether the service and its buffer meet nothing that a unit has, the way included."""
        service, travel = self.town.service, self.town.shop.booking.travel_minutes
        first = int(at.timestamp()) // 60
        last = first + service.minutes + service.buffer_minutes
        for busy in self.town.busy:
            is_elsewhere = unit_id in PEOPLE and (busy.place != self.place or self.place is None)
            gap = travel if is_elsewhere else 0
            if busy.unit_id == unit_id and any(a < last + gap and b > first - gap for a, b in busy.spans):
                return False
        return True

    def can(self, person: Staff, at: datetime) -> bool:
        """Return whether a person can begin at an instant."""
        steps = range(0, self.town.service.minutes, STEP)
        return self.is_free(person.staff_id, at) and all(
            self.works(person, at + timedelta(minutes=step)) for step in steps
        )

    def openings(self) -> dict[datetime, tuple[datetime, set[UUID]]]:
        """Return for each start its local time and who could do it."""
        found = {}
        chairs = [chair.resource_id(self.town.shop.business_id) for chair in CHAIRS]
        for at, local in every_start(self.town):
            able = {person.staff_id for person in self.town.shop.staff if self.can(person, at)}
            has_chair = not self.town.service.resources or any(self.is_free(chair, at) for chair in chairs)
            if able and has_chair:
                found[at] = (local, able)
        return found

    def check(self, opening: Opening) -> None:
        """Fail unless an opening is truly free, with the person and the resources that it names."""
        _, able = self.openings()[opening.starts_at]
        assert opening.staff_id in able
        assert opening.ends_at - opening.starts_at == timedelta(minutes=self.town.service.minutes)
        assert len(opening.resource_ids) == len(self.town.service.resources)
        assert all(self.is_free(chair, opening.starts_at) for chair in opening.resource_ids)


def is_wished(local: datetime, window: Window) -> bool:
    """Return whether a local time is in a window."""
    minute = local.hour * 60 + local.minute
    return (
        (window.first_on is None or local.date() >= window.first_on)
        and (not window.weekdays or local.weekday() in window.weekdays)
        and (window.from_minute or 0) <= minute <= (1439 if window.to_minute is None else window.to_minute)
    )


@given(towns(), st.sampled_from((None, "12 oak st", "9 elm st")))
@settings(max_examples=80, deadline=None)
def test_every_opening_is_free_and_none_that_is_free_is_missed(town: Town, address: str | None) -> None:
    slow = Slow(town, address)
    found = find_openings(town.shop, Search("Visit", address=address, limit=10_000), town.busy, town.now)

    assert [one.starts_at for one in found] == sorted(slow.openings())
    for one in found[:20]:
        slow.check(one)


@given(towns(), st.lists(windows, min_size=1, max_size=2), st.sampled_from(PEOPLE))
@settings(max_examples=80, deadline=None)
def test_what_was_wished_is_found_whole_and_else_everything_is_an_alternative(
    town: Town, wishes: list[Window], person: UUID
) -> None:
    slow = Slow(town, None)
    free = {at: local for at, (local, able) in slow.openings().items() if person in able}
    wished = {at for at, local in free.items() if any(is_wished(local, window) for window in wishes)}
    search = Search("Visit", tuple(wishes), staff_id=person, limit=10_000)

    assert {one.starts_at for one in find_openings(town.shop, search, town.busy, town.now)} == (wished or set(free))


@given(towns(), st.lists(windows, max_size=2))
@settings(max_examples=80, deadline=None)
def test_two_choices_are_free_and_wished_and_there_whenever_two_are_free(town: Town, wishes: list[Window]) -> None:
    slow = Slow(town, None)
    free = {at: local for at, (local, _) in slow.openings().items()}
    wished = {at for at, local in free.items() if not wishes or any(is_wished(local, window) for window in wishes)}
    found = find_openings(town.shop, Search("Visit", tuple(wishes), limit=2), town.busy, town.now)

    assert len({one.starts_at for one in found}) == len(found) == min(2, len(wished or free))
    assert {one.starts_at for one in found} <= (wished or set(free))
    for one in found:
        slow.check(one)
