"""Threads in the database: one per contact, each text in it once, and what waits for a person."""

from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from ringback.domain.business import Business
from ringback.domain.messages import Picture
from ringback.store import contacts, threads
from ringback.store.db import Connection, business_transaction
from ringback.store.jobs import count_jobs
from ringback.store.page_queries import count_waiting
from ringback.store.threads import FetchedPicture
from tests.cast import CARLA, NOON
from tests.fixtures import Shops
from tests.store.crowd import CROWD, at_once
from tests.store.stock import at, text


@pytest.fixture
def harbor(shops: Shops) -> Business:
    """Harbor Dental, stored."""
    return shops.harbor


async def open_thread(connection: Connection, business: Business) -> UUID:
    """Return Carla's thread."""
    carla = await contacts.find_or_create_contact(connection, business.business_id, CARLA, NOON)
    return await threads.find_or_create_thread(connection, business.business_id, carla, business.lines[0].line_id, NOON)


async def add(connection: Connection, business: Business, thread_id: UUID, row: dict[str, Any], now: datetime) -> bool:
    """Add a text on the first line."""
    line_id = business.lines[0].line_id
    return await threads.add_message(connection, business.business_id, thread_id, line_id, row, now)


async def test_twenty_texts_at_once_open_one_thread(pool: asyncpg.Pool, harbor: Business) -> None:
    async def find(connection: Connection, _: int) -> UUID:
        return await open_thread(connection, harbor)

    assert len(set(await at_once(pool, harbor.business_id, find))) == 1


async def test_a_thread_remembers_the_line_it_was_last_used_on(pool: asyncpg.Pool, harbor: Business) -> None:
    async with business_transaction(pool, harbor.business_id) as connection:
        thread_id = await open_thread(connection, harbor)
        carla = await contacts.find_or_create_contact(connection, harbor.business_id, CARLA, NOON)
        ads = harbor.lines[1]
        again = await threads.find_or_create_thread(connection, harbor.business_id, carla, ads.line_id, NOON)
        thread = await threads.get_thread(connection, harbor.business_id, thread_id)

    assert again == thread_id
    assert thread is not None
    assert thread["line_number"] == ads.number


async def test_a_text_with_an_id_that_exists_is_one_row_and_one_job(pool: asyncpg.Pool, harbor: Business) -> None:
    row = text("Hello Carla")

    async def write(connection: Connection, _: int) -> bool:
        return await add(connection, harbor, await open_thread(connection, harbor), row, NOON)

    assert sorted(await at_once(pool, harbor.business_id, write)) == [False] * (CROWD - 1) + [True]
    assert [(job["entrypoint"], job["count"]) for job in await count_jobs(pool)] == [("deliver", 1)]


async def test_an_inbound_text_told_under_two_ids_of_ours_is_one_row(pool: asyncpg.Pool, harbor: Business) -> None:
    came = {"direction": "in", "author": "contact", "purpose": "inbound", "state": "received"}
    async with business_transaction(pool, harbor.business_id) as connection:
        thread_id = await open_thread(connection, harbor)
        fresh = [
            await add(connection, harbor, thread_id, text("Hi", **came, provider_message_id="SM1"), NOON)
            for _ in range(2)
        ]

    assert fresh == [True, False]
    assert await count_jobs(pool) == []


async def test_the_last_text_stands_in_the_list_and_the_newest_thread_first(
    pool: asyncpg.Pool, harbor: Business
) -> None:
    async with business_transaction(pool, harbor.business_id) as connection:
        thread_id = await open_thread(connection, harbor)
        dora = await contacts.find_or_create_contact(connection, harbor.business_id, "+13125550143", NOON)
        await threads.find_or_create_thread(connection, harbor.business_id, dora, harbor.lines[0].line_id, at(1))
        await add(connection, harbor, thread_id, text("x" * 500), at(2))
        listed = await threads.list_threads(connection, harbor.business_id, None, 50)

    assert [(thread["phone"], len(thread["preview"])) for thread in listed] == [(CARLA, 120), ("+13125550143", 0)]


async def test_pages_of_a_thread_have_each_text_once_newest_first(pool: asyncpg.Pool, harbor: Business) -> None:
    async with business_transaction(pool, harbor.business_id) as connection:
        thread_id = await open_thread(connection, harbor)
        for number in range(7):
            # Two texts a minute share their instant: the id must break the tie.
            await add(connection, harbor, thread_id, text(f"text {number}"), at(number // 2))
        everything = await threads.list_messages(connection, harbor.business_id, thread_id, None, 50)
        paged: list[dict[str, Any]] = []
        while page := await threads.list_messages(connection, harbor.business_id, thread_id, _end(paged), 2):
            paged += page

    assert paged == everything
    assert sorted(message["body"] for message in paged) == [f"text {number}" for number in range(7)]


def _end(page: list[dict[str, Any]]) -> tuple[datetime, UUID] | None:
    return (page[-1]["created_at"], page[-1]["message_id"]) if page else None


async def test_a_contact_waits_from_the_first_text_until_a_person_replies(pool: asyncpg.Pool, harbor: Business) -> None:
    async with business_transaction(pool, harbor.business_id) as connection:
        thread_id = await open_thread(connection, harbor)
        for minutes in (1, 2):
            await threads.note_inbound(connection, harbor.business_id, thread_id, at(minutes))
        waiting = await threads.get_thread(connection, harbor.business_id, thread_id)
        counted = await count_waiting(connection, harbor.business_id)
        await threads.note_reply(connection, harbor.business_id, thread_id)
        replied = await threads.get_thread(connection, harbor.business_id, thread_id)

    assert waiting is not None
    assert (waiting["needs_reply_at"], waiting["last_inbound_at"], counted.threads) == (at(1), at(2), 1)
    assert replied is not None
    assert (replied["needs_reply_at"], replied["last_inbound_at"]) == (None, at(2))


async def test_a_closed_thread_opens_again_when_the_contact_writes(pool: asyncpg.Pool, harbor: Business) -> None:
    async with business_transaction(pool, harbor.business_id) as connection:
        thread_id = await open_thread(connection, harbor)
        states = []
        for is_closing in (True, True, False, True):
            if is_closing:
                await threads.close_thread(connection, harbor.business_id, thread_id, "Olga", NOON)
            else:
                await threads.note_inbound(connection, harbor.business_id, thread_id, NOON)
            thread = await threads.get_thread(connection, harbor.business_id, thread_id)
            states.append(thread is not None and thread["closed_at"] is not None)
        closures = await connection.fetchval("select count(*) from closures")

    assert states == [True, True, False, True]
    assert closures == 2, "each closure stays as history, and closing twice is closing once"


async def test_a_picture_is_missing_until_it_is_fetched_or_given_up(pool: asyncpg.Pool, harbor: Business) -> None:
    row = text("Look", direction="in", author="contact", purpose="inbound", state="received")
    message_id = row["message_id"]
    async with business_transaction(pool, harbor.business_id) as connection:
        await add(connection, harbor, await open_thread(connection, harbor), row, NOON)
        pictures = [Picture(f"https://phone.example/{n}", "image/png") for n in range(3)]
        for _ in range(2):
            await threads.add_pictures(connection, harbor.business_id, message_id, pictures)
        missing = await threads.list_missing_pictures(connection, harbor.business_id, message_id)
        for fetched in (FetchedPicture(0, "image/jpeg", b"tooth"), FetchedPicture(2, failed="It is gone (404).")):
            await threads.save_picture(connection, harbor.business_id, message_id, fetched, NOON)
        left = await threads.list_missing_pictures(connection, harbor.business_id, message_id)
        stored = [await threads.get_picture(connection, harbor.business_id, message_id, n) for n in range(3)]

    assert missing == [(n, picture.url) for n, picture in enumerate(pictures)]
    assert left == [(1, pictures[1].url)]
    assert stored == [("image/jpeg", b"tooth"), None, None]


async def test_a_second_call_within_minutes_makes_the_thread_urgent_until_a_reply(
    pool: asyncpg.Pool, harbor: Business
) -> None:
    async with business_transaction(pool, harbor.business_id) as connection:
        thread_id = await open_thread(connection, harbor)
        carla = await contacts.find_or_create_contact(connection, harbor.business_id, CARLA, NOON)
        await threads.raise_urgency(connection, harbor.business_id, carla, at(1))
        urgent = await threads.get_thread(connection, harbor.business_id, thread_id)
        await threads.note_reply(connection, harbor.business_id, thread_id)
        calm = await threads.get_thread(connection, harbor.business_id, thread_id)

    assert urgent is not None
    assert calm is not None
    assert (urgent["urgent_at"], calm["urgent_at"]) == (at(1), None)
