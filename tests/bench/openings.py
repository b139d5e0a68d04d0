"""Openings for 20 people over 60 days with 5,000 bookings, read from PostgreSQL each time."""

import asyncio
import tempfile
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import asyncpg

from ringback.domain.bookings import Booking, MadeBy, Search, Wanted, Window
from ringback.domain.business import Business, Service, Staff
from ringback.domain.hours import parse_hours
from ringback.store import contacts
from ringback.store.db import Connection, business_transaction
from ringback.store.ids import new_id
from ringback.workflows import calendar
from tests.bench.load import percentile
from tests.cast import CARLA, NOON, harbor, open_shop
from tests.database import Server, fresh_pool, running_server

BOOKINGS = 5000
_WEEK = {day: ["08:00-12:00", "13:00-18:00"] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}


def big_shop() -> Business:
    """Return Harbor Dental with twenty people who all take bookings."""
    staff = tuple(Staff(UUID(int=100 + n), f"Dentist {n + 1}") for n in range(20))
    visit = Service("Cleaning", 45, buffer_minutes=15)
    policy = replace(harbor().booking, grid_minutes=15, holidays="US-IL")
    return replace(harbor(), staff=staff, services=(visit,), hours=parse_hours(_WEEK), booking=policy)


def measure() -> dict[str, float]:
    """Return the figures of `make bench`."""
    with tempfile.TemporaryDirectory() as folder, running_server(Path(folder)) as server:
        took = asyncio.run(_openings_ms(server, runs=90))
    return {"openings_p50_ms": percentile(took, 50), "openings_p99_ms": percentile(took, 99)}


async def _openings_ms(server: Server, runs: int) -> list[float]:
    """Return how long each search took, from the question to the openings, in milliseconds."""
    async with fresh_pool(server) as pool:
        shop = await open_shop(pool, big_shop())
        await _fill(pool, shop)
        took = [await _search_ms(pool, shop, _search(n)) for n in range(runs + 1)]
        # The first search also reads the year's public holidays, once for as long as the process lives.
        return took[1:]


def _search(n: int) -> Search:
    today = NOON.date()
    exact = Window(today + timedelta(days=n % 50), today + timedelta(days=n % 50), 600, 600, exact=True)
    evenings = Window(from_minute=16 * 60, weekdays=frozenset({1, 3}))
    return Search("Cleaning", ((), (exact,), (evenings,))[n % 3], limit=2)


async def _search_ms(pool: asyncpg.Pool, shop: Business, search: Search) -> float:
    async with business_transaction(pool, shop.business_id) as connection:
        begun = time.perf_counter()
        found = await calendar.find(connection, shop, search, NOON)
        took = (time.perf_counter() - begun) * 1000
    if not found:
        raise SystemExit(f"no opening for {search}")
    return took


async def _fill(pool: asyncpg.Pool, shop: Business) -> None:
    """Book every place offered, day after day, until there are enough."""
    async with business_transaction(pool, shop.business_id) as connection:
        carla = await contacts.find_or_create_contact(connection, shop.business_id, CARLA, NOON)
        made = 0
        while made < BOOKINGS:
            made += await _book_a_lot(connection, shop, carla, made)


async def _book_a_lot(connection: Connection, shop: Business, carla: UUID, made: int) -> int:
    placed = 0
    for opening in await calendar.find(connection, shop, Search("Cleaning", limit=1500), NOON):
        wanted = Wanted(carla, "Cleaning", opening, for_whom=f"child {made + placed}")
        booking = await calendar.book(connection, shop, new_id(), wanted, MadeBy.STAFF, NOON)
        placed += isinstance(booking, Booking)
        if made + placed == BOOKINGS:
            break
    return placed
