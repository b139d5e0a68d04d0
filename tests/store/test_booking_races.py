"""Everyone at once: no time is given twice, whoever comes with a hold, a page or a move, and nobody deadlocks."""

from datetime import timedelta
from uuid import UUID

import asyncpg
import pytest

from ringback.domain.bookings import Booking, MadeBy, Opening, Taken, Wanted, class_id
from ringback.domain.business import Business
from ringback.store import bookings
from ringback.store.db import Connection, business_transaction
from ringback.store.ids import new_id
from ringback.workflows import calendar
from tests.cast import NOON, open_shop
from tests.database import Server
from tests.store.booking_races import (
    CHAIR,
    OLGA,
    SAM,
    add_callers,
    booking_shop,
    count_overlaps,
    opening,
    run_races,
    run_races_on,
)
from tests.store.crowd import CROWD, at_once

HOUR = timedelta(hours=1)


@pytest.fixture
async def shop(pool: asyncpg.Pool) -> Business:
    """Harbor Dental with its services, stored."""
    return await open_shop(pool, booking_shop())


@pytest.fixture
async def callers(pool: asyncpg.Pool, shop: Business) -> list[UUID]:
    """Twenty contacts."""
    return await add_callers(pool, shop)


def won(got: list[Booking | Taken]) -> list[Booking]:
    """Return the bookings of those who got one."""
    return [one for one in got if isinstance(one, Booking)]


async def hold(pool: asyncpg.Pool, shop: Business, wanted: Wanted, **more: UUID) -> Booking:
    """Hold a time that is free."""
    async with business_transaction(pool, shop.business_id) as connection:
        held = await calendar.hold(connection, shop, wanted, NOON, **more)
    assert isinstance(held, Booking)
    return held


async def test_of_twenty_callers_one_gets_the_opening(server: Server) -> None:
    assert await run_races(server, 12) == {"races": 12, "races_without_one_winner": 0, "double_bookings": 0}


async def test_without_the_lock_the_constraint_alone_still_gives_no_time_twice(
    server: Server, pool: asyncpg.Pool
) -> None:
    owner = await asyncpg.connect(server.owner_url(await pool.fetchval("select current_database()")))
    await owner.execute(
        "create or replace function lock_calendar(p_business uuid) returns void language sql as $$ select $$"
    )
    await owner.close()

    figures = await run_races_on(pool, 3)

    # Who waits in a circle is refused: a race may then end with nobody, never with two.
    assert (figures["races"], figures["double_bookings"]) == (3, 0)


async def test_a_class_takes_as_many_as_it_has_seats(pool: asyncpg.Pool, shop: Business, callers: list[UUID]) -> None:
    async def join(connection: Connection, n: int) -> Booking | Taken:
        wanted = Wanted(callers[n], "Tour", opening(NOON + HOUR))
        if n % 2:
            return await calendar.hold(connection, shop, wanted, NOON)
        return await calendar.book(connection, shop, new_id(), wanted, MadeBy.API, NOON)

    assert len(won(await at_once(pool, shop.business_id, join))) == 7
    async with business_transaction(pool, shop.business_id) as connection:
        seats = await connection.fetch("select seat, sitting_id from bookings order by seat")
    assert [row["seat"] for row in seats] == list(range(7))
    assert {row["sitting_id"] for row in seats} == {class_id(shop.business_id, "Tour", opening(NOON + HOUR))}


async def test_a_class_and_a_single_booking_never_share_a_person(
    pool: asyncpg.Pool, shop: Business, callers: list[UUID]
) -> None:
    async def act(connection: Connection, n: int) -> Booking | Taken:
        wanted = Wanted(callers[n], ("Tour", "Cleaning")[n % 2], opening(NOON + HOUR + timedelta(minutes=10 * (n % 4))))
        return await calendar.book(connection, shop, new_id(), wanted, MadeBy.PAGE, NOON)

    got = won(await at_once(pool, shop.business_id, act))

    assert len({(one.service, one.starts_at) for one in got}) == 1
    assert await count_overlaps(pool, shop) == 0


async def test_when_a_hold_has_run_out_either_its_owner_or_one_of_the_others_gets_the_time(
    pool: asyncpg.Pool, shop: Business, callers: list[UUID]
) -> None:
    for n in range(5):
        starts_at = NOON + 3 * n * HOUR + HOUR
        owner = Wanted(callers[0], "Cleaning", opening(starts_at))
        held = await hold(pool, shop, owner)
        late = NOON + timedelta(minutes=shop.booking.hold_minutes)
        asked = {"held": held, "owner": owner, "starts_at": starts_at, "late": late}

        async def act(connection: Connection, n: int, asked: dict[str, object] = asked) -> Booking | Taken:
            held, owner, late = asked["held"], asked["owner"], asked["late"]
            if n == 0:
                return await calendar.book(connection, shop, held.booking_id, owner, MadeBy.RECEPTIONIST, late)  # type: ignore[attr-defined,arg-type]
            wanted = Wanted(callers[n], "Cleaning", opening(asked["starts_at"]))  # type: ignore[arg-type]
            return await calendar.book(connection, shop, new_id(), wanted, MadeBy.PAGE, late)  # type: ignore[arg-type]

        assert len(won(await at_once(pool, shop.business_id, act))) == 1
    assert await count_overlaps(pool, shop) == 0


async def test_the_same_request_twenty_times_is_one_booking(
    pool: asyncpg.Pool, shop: Business, callers: list[UUID]
) -> None:
    booking_id, wanted = new_id(), Wanted(callers[0], "Cleaning", opening(NOON + HOUR))

    async def act(connection: Connection, _: int) -> Booking | Taken:
        return await calendar.book(connection, shop, booking_id, wanted, MadeBy.API, NOON)

    got = won(await at_once(pool, shop.business_id, act))
    assert [one.booking_id for one in got] == [booking_id] * CROWD


async def test_one_contact_who_asks_twenty_times_has_one_booking(
    pool: asyncpg.Pool, shop: Business, callers: list[UUID]
) -> None:
    """Without an id that makes it once, from two people's pages: one place, one person, one booking."""

    async def act(connection: Connection, n: int) -> Booking | Taken:
        wanted = Wanted(callers[0], "Cleaning", opening(NOON + HOUR, (SAM, OLGA)[n % 2]))
        return await calendar.book(connection, shop, new_id(), wanted, MadeBy.PAGE, NOON)

    got = won(await at_once(pool, shop.business_id, act))
    assert len({one.booking_id for one in got}) == 1


async def test_people_who_swap_times_and_chairs_never_deadlock_and_never_meet(
    pool: asyncpg.Pool, shop: Business, callers: list[UUID]
) -> None:
    """Ten moves to a time that ten others want, half the way there and back, with people and a chair in every order."""
    chair = CHAIR.resource_id(shop.business_id)
    first = [Opening(NOON + 2 * n * HOUR, NOON + (2 * n + 1) * HOUR, (SAM, OLGA)[n % 2], (chair,)) for n in range(10)]
    made = []
    for n, free in enumerate(first):
        held = await hold(pool, shop, Wanted(callers[n], "Filling", free))
        async with business_transaction(pool, shop.business_id) as connection:
            wanted = Wanted(callers[n], "Filling", free)
            made.append(await calendar.book(connection, shop, held.booking_id, wanted, MadeBy.STAFF, NOON))
    there = [replace_staff(free, (OLGA, SAM)[n % 2]) for n, free in enumerate(first[1:] + first[:1])]

    async def act(connection: Connection, n: int) -> Booking | Taken:
        if n >= 10:
            wanted = Wanted(callers[n], "Filling", there[n - 10])
            return await calendar.book(connection, shop, new_id(), wanted, MadeBy.PAGE, NOON)
        booking = won([made[n]])[0]
        held = await calendar.hold(connection, shop, Wanted(callers[n], "Filling", there[n]), NOON, booking.booking_id)
        if isinstance(held, Taken):
            await calendar.cancel(connection, shop, booking.booking_id, "contact", "no time", NOON)
            return held
        return await calendar.move(connection, shop, booking.booking_id, held.booking_id, NOON)

    await at_once(pool, shop.business_id, act)
    assert await count_overlaps(pool, shop) == 0


def replace_staff(free: Opening, staff_id: UUID) -> Opening:
    """Return the opening with another person."""
    return Opening(free.starts_at, free.ends_at, staff_id, free.resource_ids)


async def test_of_twenty_who_move_to_one_time_one_gets_there_and_the_rest_stay_where_they_are(
    pool: asyncpg.Pool, shop: Business, callers: list[UUID]
) -> None:
    made: list[Booking] = []
    for n, contact_id in enumerate(callers):
        async with business_transaction(pool, shop.business_id) as connection:
            wanted = Wanted(contact_id, "Cleaning", opening(NOON + 2 * n * HOUR, OLGA))
            made += won([await calendar.book(connection, shop, new_id(), wanted, MadeBy.STAFF, NOON)])
    there = NOON + 5 * HOUR

    async def act(connection: Connection, n: int) -> Booking | Taken:
        wanted = Wanted(callers[n], "Cleaning", opening(there))
        held = await calendar.hold(connection, shop, wanted, NOON, made[n].booking_id)
        if isinstance(held, Taken):
            return held
        return await calendar.move(connection, shop, made[n].booking_id, held.booking_id, NOON)

    (moved,) = won(await at_once(pool, shop.business_id, act))

    async with business_transaction(pool, shop.business_id) as connection:
        standing = await bookings.list_bookings(connection, shop.business_id, NOON, NOON + timedelta(days=9))
    assert {one.booking_id for one in standing} == {one.booking_id for one in made}
    assert [one.booking_id for one in standing if one.starts_at == there] == [moved.booking_id]
    assert sum(one.staff_id == OLGA for one in standing) == CROWD - 1
