"""Races for one opening: twenty callers on connections of their own, who all want it at the same moment."""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import asyncpg

from ringback.domain.bookings import Booking, MadeBy, Opening, Taken, Wanted
from ringback.domain.business import Business, Resource, Service
from ringback.store import contacts
from ringback.store.db import Connection, business_transaction
from ringback.store.ids import new_id
from ringback.workflows import calendar
from tests.cast import NOON, harbor, open_shop
from tests.database import Server, database_folder, fresh_pool, running_server
from tests.store.crowd import CROWD, at_once

SAM, OLGA = UUID(int=21), UUID(int=22)
CLEANING = Service("Cleaning", 60, price_cents=12900, buffer_minutes=15)
FILLING = Service("Filling", 60, resources=("chair",))
TOUR = Service("Tour", 60, capacity=7)
CHAIR = Resource("Chair 1", "chair")
OVERLAPS = (
    "select count(*) from bookings a join bookings b on a.business_id = b.business_id and a.booking_id < b.booking_id "
    "and (a.staff_id = b.staff_id or a.resource_ids && b.resource_ids) "
    "and tstzrange(a.starts_at, a.ends_at) && tstzrange(b.starts_at, b.ends_at) "
    "where a.business_id = $1 and a.state in ('held', 'booked') and b.state in ('held', 'booked') "
    "and (a.sitting_id <> b.sitting_id or a.seat = b.seat)"
)


def booking_shop() -> Business:
    """Return Harbor Dental with a service of each sort and one chair."""
    return replace(harbor(), services=(CLEANING, FILLING, TOUR), resources=(CHAIR,))


def opening(at: datetime, staff_id: UUID = SAM, *resource_ids: UUID) -> Opening:
    """Return an opening of an hour."""
    return Opening(at, at + timedelta(hours=1), staff_id, resource_ids)


async def add_callers(pool: asyncpg.Pool, shop: Business, count: int = CROWD) -> list[UUID]:
    """Return so many contacts of a business."""
    async with business_transaction(pool, shop.business_id) as connection:
        return [
            await contacts.find_or_create_contact(connection, shop.business_id, f"+1312555{n:04d}", NOON)
            for n in range(count)
        ]


async def count_overlaps(pool: asyncpg.Pool, shop: Business) -> int:
    """Return how many pairs of bookings share a person or a resource at some moment: what must never be."""
    async with business_transaction(pool, shop.business_id) as connection:
        return int(await connection.fetchval(OVERLAPS, shop.business_id))


async def race(pool: asyncpg.Pool, shop: Business, callers: list[UUID], number: int) -> int:
    """Let every caller try for one time, each race for a time of its own; return how many of them booked it.

    Even callers hold it first and book in a second transaction, as a talk does; odd ones book at once, as the page
    does. Every third race is for a chair that two people would use.
    """
    starts_at = NOON + timedelta(hours=3 * (number + 1))
    chair = CHAIR.resource_id(shop.business_id)

    def wish(n: int) -> Wanted:
        if number % 3 == 2:
            return Wanted(callers[n], "Filling", opening(starts_at, (SAM, OLGA)[n % 2], chair))
        # Starts that are not the same and still overlap.
        return Wanted(callers[n], "Cleaning", opening(starts_at + timedelta(minutes=15 * (n % 3) * (number % 3))))

    async def try_it(connection: Connection, n: int) -> Booking | Taken:
        if n % 2:
            return await calendar.book(connection, shop, new_id(), wish(n), MadeBy.PAGE, NOON)
        return await calendar.hold(connection, shop, wish(n), NOON)

    got = await at_once(pool, shop.business_id, try_it)
    winners = [n for n, one in enumerate(got) if isinstance(one, Booking)]
    for n in winners:
        won = got[n]
        async with business_transaction(pool, shop.business_id) as connection:
            assert isinstance(won, Booking)
            booked = await calendar.book(connection, shop, won.booking_id, wish(n), MadeBy.RECEPTIONIST, NOON)
            assert booked.booking_id == won.booking_id if isinstance(booked, Booking) else False
    return len(winners)


async def run_races(server: Server, count: int) -> dict[str, int]:
    """Run so many races; return how many, those without exactly one winner, and double bookings in the database."""
    async with fresh_pool(server, size=CROWD + 4) as pool:
        return await run_races_on(pool, count)


async def run_races_on(pool: asyncpg.Pool, count: int) -> dict[str, int]:
    """Run so many races in one database."""
    shop = await open_shop(pool, booking_shop())
    callers = await add_callers(pool, shop)
    winners = Counter([await race(pool, shop, callers, number) for number in range(count)])
    return {
        "races": count,
        "races_without_one_winner": count - winners[1],
        "double_bookings": await count_overlaps(pool, shop),
    }


def measure(count: int) -> dict[str, int]:
    """Return the figures of `make chaos`."""
    with database_folder() as folder, running_server(folder) as server:
        return asyncio.run(run_races(server, count))
