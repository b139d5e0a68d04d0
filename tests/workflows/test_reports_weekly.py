"""The weekly report: Monday at eight by the business's own clock, to owners who want it, once."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest

from ringback.ports.sealing import open_text
from ringback.store import people, recovery, report_queries
from ringback.store.db import business_transaction
from ringback.store.ids import new_id
from ringback.store.people import Person
from ringback.wiring import write_report
from ringback.workflows.context import Context
from ringback.workflows.reports import ReportsNotWired, send_weekly_report
from ringback.workflows.secrets import letter_place
from tests.cast import CARLA, TestClock, make_context
from tests.database import Server, fresh_pool
from tests.fixtures import Shops
from tests.store.recovery_history import History

# Chicago is six hours behind in November.
MONDAY_AT_8 = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)


@pytest.fixture
async def pool(server: Server) -> AsyncIterator[asyncpg.Pool]:
    """A database of the test's own."""
    async with fresh_pool(server) as fresh:
        yield fresh


@pytest.fixture
def context(pool: asyncpg.Pool) -> Context:
    """What the workflows work with, at Monday eight o'clock."""
    return replace(make_context(pool, TestClock(MONDAY_AT_8)), write_report=write_report)


async def subscribe(context: Context, shops: Shops, role: str = "owner", language: str | None = None) -> None:
    """Let a person of Harbor want the report since last week."""
    harbor, pool = shops.harbor, context.pool
    person = Person(new_id(), f"{role}-{language}@harbor.example", "Olga", "no password")
    person_id = await people.save_person(pool, person, harbor.business_id, role, MONDAY_AT_8)
    await pool.execute("update people set language = $2 where person_id = $1", person_id, language)
    async with business_transaction(pool, harbor.business_id) as connection:
        since = MONDAY_AT_8 - timedelta(days=3)
        await report_queries.set_reader(connection, harbor.business_id, person_id, since, wanted=True)


async def is_due(context: Context, shops: Shops, at: datetime) -> bool:
    """Return whether Harbor's report is due at an instant."""
    return (shops.harbor.business_id, "weekly_report") in await recovery.list_due_work(context.pool, at)


async def letters(context: Context) -> list[asyncpg.Record]:
    """Return the letters that wait."""
    found: list[asyncpg.Record] = await context.pool.fetch("select * from mails order by to_address")
    return found


async def test_it_is_due_from_monday_at_eight_local_time_until_it_is_sent(context: Context, shops: Shops) -> None:
    assert not await is_due(context, shops, MONDAY_AT_8), "nobody wants it"
    await subscribe(context, shops)

    assert not await is_due(context, shops, MONDAY_AT_8 - timedelta(seconds=1))
    assert await is_due(context, shops, MONDAY_AT_8)
    # A machine that was off on Monday morning makes up for it.
    assert await is_due(context, shops, MONDAY_AT_8 + timedelta(days=2))
    await send_weekly_report(context, shops.harbor.business_id)
    assert not await is_due(context, shops, MONDAY_AT_8 + timedelta(days=2))
    assert await is_due(context, shops, MONDAY_AT_8 + timedelta(days=7))


async def test_who_asks_for_it_on_wednesday_gets_the_first_one_next_monday(context: Context, shops: Shops) -> None:
    await subscribe(context, shops)
    async with business_transaction(context.pool, shops.harbor.business_id) as connection:
        await connection.execute("update weekly_report_readers set since_at = $1", MONDAY_AT_8 + timedelta(days=2))

    assert not await is_due(context, shops, MONDAY_AT_8 + timedelta(days=2, hours=1))
    assert await is_due(context, shops, MONDAY_AT_8 + timedelta(days=7))


async def test_several_workers_at_once_write_one_letter_to_each_reader(context: Context, shops: Shops) -> None:
    await subscribe(context, shops)
    await subscribe(context, shops, "agency")
    await subscribe(context, shops, "staff")

    await asyncio.gather(*(send_weekly_report(context, shops.harbor.business_id) for _ in range(5)))
    await send_weekly_report(context, shops.harbor.business_id)

    assert [mail["to_address"] for mail in await letters(context)] == [
        "agency-None@harbor.example",
        "owner-None@harbor.example",
    ]


async def test_the_letter_has_the_figures_of_the_week_before_in_words_and_as_a_page(
    context: Context, shops: Shops
) -> None:
    await subscribe(context, shops)
    last_wednesday = MONDAY_AT_8 - timedelta(days=5)
    async with business_transaction(context.pool, shops.harbor.business_id) as connection:
        story = History(connection, shops.harbor)
        await story.text_back(await story.call(CARLA, last_wednesday), CARLA, last_wednesday)
        await story.book(CARLA, last_wednesday + timedelta(hours=1), price_cents=54000)
        await story.call("+13125550143", MONDAY_AT_8 - timedelta(hours=1))

    await send_weekly_report(context, shops.harbor.business_id)

    (mail,) = await letters(context)
    assert mail["subject"] == "Harbor Dental: your week, Nov 16 to Nov 22, 2026"
    text, page = (open_text(context.sealer, mail[part], letter_place(part)) for part in ("body_text", "body_html"))
    for part in (text, page):
        assert "You missed 1 call." in part
        assert "$540" in part
        assert "/dashboard?from=2026-11-16" in part
    assert "Booked: 1" in text
    assert "<style" not in page
    assert "http://ringback.test/dashboard" in page


async def test_a_process_that_cannot_write_it_leaves_it_due(pool: asyncpg.Pool, shops: Shops) -> None:
    context = make_context(pool, TestClock(MONDAY_AT_8))
    await subscribe(context, shops)

    with pytest.raises(ReportsNotWired):
        await send_weekly_report(context, shops.harbor.business_id)

    assert await is_due(context, shops, MONDAY_AT_8)
