"""The ledger of what missed calls brought: who gets the credit, and that it follows whatever changes."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import asyncpg
import pytest

from ringback.domain.business import Business
from ringback.domain.recovery import Counts
from ringback.domain.recovery_figures import Cut, Figure
from ringback.domain.recovery_periods import Period
from ringback.store import recovery, report_queries
from ringback.store.db import business_transaction
from ringback.store.report_queries import Wanted
from ringback.workflows.context import Context
from ringback.workflows.report_figures import load_report
from ringback.workflows.reports import confirm_job, recount_recovery, start_reports
from tests.cast import CARLA, NOON
from tests.database import Server, fresh_pool
from tests.fixtures import Shops
from tests.store.recovery_history import History

DORA = "+13125550143"
ALWAYS = Period(NOON.date() - timedelta(days=400), NOON.date() + timedelta(days=400))
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
async def pool(server: Server) -> AsyncIterator[asyncpg.Pool]:
    """A database of the test's own: these tests count everything that is in it."""
    async with fresh_pool(server) as fresh:
        yield fresh


async def counted(context: Context, business: Business, period: Period = ALWAYS) -> Counts:
    """Return the sums of a business after its ledger was brought up to date."""
    await recount_recovery(context, business.business_id)
    async with business_transaction(context.pool, business.business_id) as connection:
        return (await load_report(connection, business, period, context.clock.now())).whole.counts


async def rows_of(context: Context, business: Business, figure: Figure) -> list[dict[str, Any]]:
    """Return the rows of a figure."""
    async with business_transaction(context.pool, business.business_id) as connection:
        wanted = Wanted(figure, ALWAYS)
        return await report_queries.list_rows(connection, business.business_id, wanted, None, 1000)


async def test_a_missed_caller_who_is_texted_replies_and_books_is_recovered(context: Context, shops: Shops) -> None:
    async with business_transaction(context.pool, shops.harbor.business_id) as connection:
        story = History(connection, shops.harbor)
        call = await story.call(CARLA, NOON)
        await story.text_back(call, CARLA, NOON + timedelta(seconds=5))
        await story.reply(CARLA, NOON + HOUR)
        booking = await story.book(CARLA, NOON + 2 * HOUR)

    counts = await counted(context, shops.harbor)

    assert (counts.calls, counts.missed, counts.texted, counts.replied, counts.booked) == (1, 1, 1, 1, 1)
    assert (counts.recovered, counts.confirmed, counts.estimated, counts.lost) == (1, 0, 1, 0)
    (row,) = await rows_of(context, shops.harbor, Figure.RECOVERED)
    assert (row["call_id"], row["booking_id"], row["recovered_at"]) == (call, booking, NOON + 2 * HOUR)


async def test_the_first_texted_call_within_30_days_gets_the_credit_and_one_job(context: Context, shops: Shops) -> None:
    async with business_transaction(context.pool, shops.harbor.business_id) as connection:
        story = History(connection, shops.harbor)
        first, second = await story.call(CARLA, NOON), await story.call(CARLA, NOON + 10 * DAY)
        late = await story.call(CARLA, NOON + 35 * DAY)
        for call, days in ((first, 0), (second, 10), (late, 35)):
            await story.text_back(call, CARLA, NOON + days * DAY + HOUR)
        await story.book(CARLA, NOON + 11 * DAY, ahead=1)
        await story.book(CARLA, NOON + 12 * DAY, ahead=2)
        await story.book(CARLA, NOON + 36 * DAY, ahead=3)
        await story.book(CARLA, NOON + 50 * DAY, ahead=4)

    counts = await counted(context, shops.harbor)
    credited = {row["call_id"]: row["recovered_at"] for row in await rows_of(context, shops.harbor, Figure.BOOKED)}

    # The call on day 10 stands in the first one's 30 days; of day 36 it is the first one itself.
    assert credited == {first: NOON + 11 * DAY, second: NOON + 36 * DAY, late: NOON + 50 * DAY}
    assert counts.booked == 3


@pytest.mark.parametrize(("state", "booked"), [("booked", 1), ("done", 1), ("cancelled", 0), ("no_show", 0)])
async def test_only_a_booking_that_stands_is_recovered(context: Context, shops: Shops, state: str, booked: int) -> None:
    async with business_transaction(context.pool, shops.harbor.business_id) as connection:
        story = History(connection, shops.harbor)
        await story.text_back(await story.call(CARLA, NOON), CARLA, NOON)
        await story.book(CARLA, NOON + HOUR, state=state)

    assert (await counted(context, shops.harbor)).recovered == booked


async def test_a_stop_is_no_reply_and_an_undelivered_text_texted_nobody(context: Context, shops: Shops) -> None:
    async with business_transaction(context.pool, shops.harbor.business_id) as connection:
        story = History(connection, shops.harbor)
        await story.text_back(await story.call(CARLA, NOON), CARLA, NOON)
        await story.reply(CARLA, NOON + HOUR, "STOP")
        await story.opt_out(CARLA, NOON + HOUR, "STOP")
        await story.text_back(await story.call(DORA, NOON), DORA, NOON, delivery="undelivered")

    counts = await counted(context, shops.harbor)

    assert (counts.missed, counts.texted, counts.replied) == (2, 1, 0)


async def test_a_caller_is_lost_until_somebody_speaks_or_writes_and_counted_once(
    context: Context, shops: Shops
) -> None:
    async with business_transaction(context.pool, shops.harbor.business_id) as connection:
        story = History(connection, shops.harbor)
        await story.call(CARLA, NOON)
        await story.call(CARLA, NOON + HOUR)
        await story.call(DORA, NOON)
        await story.call(DORA, NOON + HOUR, "answered_by_staff")
        await story.call(None, NOON)
        await story.call("+13125550150", NOON, reason="spam")

    assert (await counted(context, shops.harbor)).lost == 2

    async with business_transaction(context.pool, shops.harbor.business_id) as connection:
        story = History(connection, shops.harbor, made=100)
        await story.reply(CARLA, NOON + 2 * HOUR)
        await connection.execute(
            "select note_change($1, 'thread', $2, $3)", shops.harbor.business_id, await story.thread(CARLA, NOON), NOON
        )

    assert (await counted(context, shops.harbor)).lost == 1


async def test_what_a_person_confirms_is_apart_from_the_estimate_and_can_be_taken_back(
    context: Context, shops: Shops
) -> None:
    harbor = shops.harbor
    async with business_transaction(context.pool, harbor.business_id) as connection:
        story = History(connection, harbor)
        call = await story.call(CARLA, NOON)
        await story.text_back(call, CARLA, NOON)
        await story.book(CARLA, NOON + HOUR, price_cents=12900)
        untexted = await story.call(DORA, NOON)
    await recount_recovery(context, harbor.business_id)

    async with business_transaction(context.pool, harbor.business_id) as connection:
        before = (await load_report(connection, harbor, ALWAYS, NOON)).whole
        assert await confirm_job(connection, harbor, call, 20000, "Sam", NOON)
        confirmed = (await load_report(connection, harbor, ALWAYS, NOON)).whole
        assert not await confirm_job(connection, harbor, untexted, 20000, "Sam", NOON)
        assert await confirm_job(connection, harbor, call, None, "Sam", NOON)
        after = (await load_report(connection, harbor, ALWAYS, NOON)).whole

    assert (before.estimated_cents, before.confirmed_cents) == (12900, 0)
    assert (confirmed.estimated_cents, confirmed.confirmed_cents, confirmed.counts.recovered) == (0, 20000, 1)
    assert after == before


async def test_texts_of_the_credited_days_cost_and_those_outside_do_not(context: Context, shops: Shops) -> None:
    async with business_transaction(context.pool, shops.harbor.business_id) as connection:
        story = History(connection, shops.harbor)
        await story.message(CARLA, NOON - DAY, "Before", segments=7)
        await story.text_back(await story.call(CARLA, NOON), CARLA, NOON)
        await story.message(CARLA, NOON + DAY, "Yes, at ten", segments=2)
        await story.text_back(await story.call(CARLA, NOON + 20 * DAY), CARLA, NOON + 20 * DAY)
        await story.message(CARLA, NOON + 60 * DAY, "Later", segments=5)

    assert (await counted(context, shops.harbor)).segments == 4


async def test_who_answered_how_fast_and_in_time(context: Context, shops: Shops) -> None:
    async with business_transaction(context.pool, shops.harbor.business_id) as connection:
        story = History(connection, shops.harbor)
        await story.answered_wait(CARLA, NOON, by="Sam", seconds=60)
        await story.answered_wait(CARLA, NOON + HOUR, by="Sam", seconds=600, met=False)
        await story.answered_wait(DORA, NOON, by="Olga", seconds=30, met=None)
    await recount_recovery(context, shops.harbor.business_id)

    async with business_transaction(context.pool, shops.harbor.business_id) as connection:
        report = await load_report(connection, shops.harbor, ALWAYS, NOON)
        listed = await report_queries.list_answers(connection, shops.harbor.business_id, ALWAYS, "Sam", None, 50)

    staff = report.parts[Cut.STAFF]
    assert {who: (sums.counts.answers, sums.answer_seconds, sums.in_time_percent) for who, sums in staff.items()} == {
        "Sam": (2, 330, 50),
        "Olga": (1, 30, None),
    }
    assert len(listed) == 2


async def test_days_are_the_businesss_own_and_another_zone_counts_everything_anew(
    context: Context, shops: Shops
) -> None:
    late_evening = NOON.replace(hour=5)
    async with business_transaction(context.pool, shops.harbor.business_id) as connection:
        await History(connection, shops.harbor).call(CARLA, late_evening)
    the_17th = Period(late_evening.date() - DAY, late_evening.date() - DAY)

    assert (await counted(context, shops.harbor, the_17th)).missed == 1

    async with business_transaction(context.pool, shops.harbor.business_id) as connection:
        await connection.execute("update businesses set zone = 'Europe/Madrid', version = version + 1")
    async with context.pool.acquire() as connection, connection.transaction():
        assert (shops.harbor.business_id, "recount_recovery") in await recovery.list_due_work(connection, NOON)

    assert (await counted(context, shops.harbor, the_17th)).missed == 0


async def test_the_ledger_is_counted_when_something_changed_and_not_otherwise(context: Context, shops: Shops) -> None:
    await start_reports(context)
    for shop in (shops.harbor, shops.rex):
        await recount_recovery(context, shop.business_id)
    assert await due(context) == set()

    async with business_transaction(context.pool, shops.harbor.business_id) as connection:
        call = await History(connection, shops.harbor).call(CARLA, NOON)
        await connection.execute("select note_change($1, 'call', $2, $3)", shops.harbor.business_id, call, NOON)

    assert await due(context) == {(shops.harbor.business_id, "recount_recovery")}
    assert (await counted(context, shops.harbor)).missed == 1
    assert await due(context) == set()


async def due(context: Context) -> set[tuple[object, str]]:
    """Return what would be enqueued now."""
    async with context.pool.acquire() as connection, connection.transaction():
        return set(await recovery.list_due_work(connection, context.clock.now()))
