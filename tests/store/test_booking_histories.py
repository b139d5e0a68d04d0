"""Random days at the desk: what is refused had a reason, what is given had none, and nobody is ever in two places."""

import random
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

import asyncpg
import pytest

from ringback.domain.bookings import Booking, BookingState, MadeBy, Taken, Wanted, find_service, place_of
from ringback.domain.business import BookingPolicy, Business, Service
from ringback.store import bookings
from ringback.store.db import Connection, business_transaction
from ringback.store.ids import new_id
from ringback.workflows import calendar
from tests.cast import NOON, open_shop
from tests.store.booking_races import CHAIR, OLGA, SAM, add_callers, booking_shop, opening

TRAVEL = timedelta(minutes=30)
REPAIR = Service("Repair", 60, at_address=True)
PEOPLE = (None, "Mia")
ADDRESSES = (None, "9 Elm St", "12 Oak St")


def shop() -> Business:
    """Return Harbor Dental with a service of each sort, a class of two, and a way to go between addresses."""
    base = booking_shop()
    services = [replace(one, capacity=2) if one.capacity > 1 else one for one in base.services]
    return replace(base, services=(*services, REPAIR), booking=BookingPolicy(travel_minutes=30))


@dataclass
class Day:
    """One history: whatever happens is chosen by chance, and checked against a plain list of what stands."""

    connection: Connection
    shop: Business
    callers: list[UUID]
    chance: random.Random
    now: datetime = NOON
    moves: int = 0
    refused: int = 0
    known: dict[UUID, Booking] = field(default_factory=dict)

    async def refresh(self) -> list[Booking]:
        """Read every booking anew; return those that count now."""
        ids = await self.connection.fetch("select booking_id from bookings")
        read = [await bookings.get_booking(self.connection, self.shop.business_id, row[0]) for row in ids]
        self.known = {one.booking_id: one for one in read if one is not None}
        return [one for one in self.known.values() if self.counts(one)]

    def counts(self, booking: Booking) -> bool:
        """Return whether a booking keeps others away now."""
        is_held = booking.held_until is not None and booking.held_until > self.now
        return booking.state is BookingState.BOOKED or is_held

    def wish(self) -> Wanted:
        """Return what somebody wants."""
        service = self.chance.choice(self.shop.services)
        starts_at = NOON + timedelta(hours=4, minutes=15 * self.chance.randrange(36))
        chair = (CHAIR.resource_id(self.shop.business_id),) if service.resources else ()
        free = opening(starts_at, self.chance.choice((SAM, OLGA)), *chair)
        for_whom, address = self.chance.choice(PEOPLE), self.chance.choice(ADDRESSES)
        return Wanted(self.chance.choice(self.callers), service.name, free, for_whom, address)

    def in_the_way(self, wanted: Wanted, standing: Iterable[Booking]) -> list[Booking]:
        """Return what keeps a wish from being met."""
        service = self.service(wanted.service)
        ends_at = wanted.opening.ends_at + timedelta(minutes=service.buffer_minutes)
        found, sharing = [], []
        for one in standing:
            is_self = (one.contact_id, one.for_whom) == (wanted.contact_id, wanted.for_whom)
            meets = self.meets(wanted, one, ends_at)
            if is_self and one.starts_at == wanted.opening.starts_at and one.state is BookingState.BOOKED:
                found.append(one)
            elif is_self and one.state is BookingState.HELD and (meets or one.starts_at == wanted.opening.starts_at):
                continue
            elif meets and self.shares(wanted, one):
                sharing.append(one)
            elif meets or self.is_too_far(wanted, one, ends_at):
                found.append(one)
        return found + (sharing if len(sharing) >= service.capacity else [])

    def service(self, name: str) -> Service:
        """Return a service."""
        service = find_service(self.shop, name)
        assert service is not None
        return service

    def until(self, one: Booking) -> datetime:
        """Return when a booking's buffer is over."""
        return one.ends_at + timedelta(minutes=self.service(one.service).buffer_minutes)

    def meets(self, wanted: Wanted, one: Booking, ends_at: datetime) -> bool:
        """Return whether a wish and a booking need the same person or chair at one moment."""
        units = {wanted.opening.staff_id, *wanted.opening.resource_ids} & {one.staff_id, *one.resource_ids}
        return bool(units) and one.starts_at < ends_at and self.until(one) > wanted.opening.starts_at

    def shares(self, wanted: Wanted, one: Booking) -> bool:
        """Return whether both are of one class."""
        is_class = self.service(wanted.service).capacity > 1 and one.service == wanted.service
        return is_class and (one.staff_id, one.starts_at) == (wanted.opening.staff_id, wanted.opening.starts_at)

    def is_too_far(self, wanted: Wanted, one: Booking, ends_at: datetime) -> bool:
        """Return whether a person could not get from one to the other in time."""
        here = place_of(self.service(wanted.service), wanted.address)
        there = place_of(self.service(one.service), one.address)
        is_near = here is not None and here == there
        return (
            one.staff_id == wanted.opening.staff_id
            and not is_near
            and one.starts_at < ends_at + TRAVEL
            and self.until(one) > wanted.opening.starts_at - TRAVEL
        )

    async def something_happens(self) -> None:
        """Let somebody hold, book, say yes, move or cancel; or let time pass."""
        standing = await self.refresh()
        deed = self.chance.choice(("hold", "book", "book", "yes", "move", "move", "cancel", "wait"))
        some = self.chance.choice(list(self.known.values())) if self.known else None
        if deed in {"hold", "book"}:
            await self._ask(deed, standing)
        elif deed == "wait":
            self.now += timedelta(minutes=self.chance.randrange(8))
        elif some is not None and deed == "yes" and some.state is BookingState.HELD:
            await self._say_yes(some, standing)
        elif some is not None and deed == "move" and some.state is BookingState.BOOKED:
            await self._move(some, standing)
        elif some is not None and deed == "cancel":
            gone = await calendar.cancel(self.connection, self.shop, some.booking_id, "Sam", "chance", self.now)
            assert (gone is not None) is (some.state is BookingState.BOOKED)

    async def _ask(self, deed: str, standing: list[Booking]) -> None:
        wanted = self.wish()
        if deed == "hold":
            got = await calendar.hold(self.connection, self.shop, wanted, self.now)
        else:
            got = await calendar.book(self.connection, self.shop, new_id(), wanted, MadeBy.PAGE, self.now)
        self._judge(wanted, got, standing)

    async def _say_yes(self, held: Booking, standing: list[Booking]) -> None:
        free = opening(held.starts_at, held.staff_id, *held.resource_ids)
        wanted = Wanted(held.contact_id, held.service, free, held.for_whom, held.address)
        got = await calendar.book(self.connection, self.shop, held.booking_id, wanted, MadeBy.RECEPTIONIST, self.now)
        self._judge(wanted, got, [one for one in standing if one.booking_id != held.booking_id])
        assert not self.counts(held) or isinstance(got, Booking), "a hold that stands is never lost"

    async def _move(self, booking: Booking, standing: list[Booking]) -> None:
        wish = self.wish()
        wanted = replace(wish, contact_id=booking.contact_id, for_whom=booking.for_whom, address=booking.address)
        others = [one for one in standing if one.booking_id != booking.booking_id]
        held = await calendar.hold(self.connection, self.shop, wanted, self.now, booking.booking_id)
        if isinstance(held, Taken):
            return
        assert self.in_the_way(wanted, others) == []
        moved = await calendar.move(self.connection, self.shop, booking.booking_id, held.booking_id, self.now)
        assert isinstance(moved, Booking)
        assert (moved.booking_id, moved.starts_at) == (booking.booking_id, wanted.opening.starts_at)
        self.moves += 1

    def _judge(self, wanted: Wanted, got: Booking | Taken, standing: list[Booking]) -> None:
        reasons = self.in_the_way(wanted, standing)
        if isinstance(got, Taken):
            assert reasons != []
            self.refused += 1
        else:
            # The same wish again is answered with the booking there is.
            assert reasons == [] or got.booking_id in {one.booking_id for one in reasons}

    async def check(self) -> None:
        """Fail when two that stand keep each other away."""
        standing = await self.refresh()
        for one in standing:
            wanted = Wanted(
                one.contact_id,
                one.service,
                replace(opening(one.starts_at, one.staff_id, *one.resource_ids), ends_at=one.ends_at),
                f"somebody else than {one.for_whom}",
                one.address,
            )
            others = [other for other in standing if other.booking_id != one.booking_id]
            assert len(self.in_the_way(wanted, others)) == 0
        rows = await self.connection.fetchval("select count(distinct booking_id) from occupancies")
        assert rows == sum(one.state is not BookingState.CANCELLED for one in self.known.values())


@pytest.mark.parametrize("seed", range(4))
async def test_whatever_happens_in_whatever_order_no_time_is_given_twice_or_refused_for_nothing(
    pool: asyncpg.Pool, seed: int
) -> None:
    stored = await open_shop(pool, shop())
    callers = await add_callers(pool, stored, 5)
    async with business_transaction(pool, stored.business_id) as connection:
        day = Day(connection, stored, callers, random.Random(seed))
        for _ in range(200):
            await day.something_happens()
            await day.check()
    assert day.moves > 0
    assert day.refused > 10
