"""What is older than a business keeps it goes at night, in batches; what is younger and what counts stays."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest

from ringback.domain.business import Business
from ringback.domain.erasing import is_erased
from ringback.domain.privacy_policy import PrivacyPolicy
from ringback.domain.retention import Kind, next_night, old_before
from ringback.store import alarms, businesses, contacts, retention
from ringback.store.contacts import OptOut
from ringback.store.db import business_transaction, set_business
from ringback.worker import ENTRYPOINTS, SCHEDULE
from ringback.workflows.context import Context
from ringback.workflows.retention import count_old, forget_old_of, start_nights
from tests.cast import CARLA, NOON, TestClock, harbor
from tests.database import Server, fresh_pool
from tests.store.stock import stock
from tests.workflows.desk import Desk, open_desk

DAY = 86400.0
_NO_WORD = "select count(*) from messages where business_id = $1 and body <> ''"


def soon(business: Business) -> Business:
    """Keeps things for as short a time as may be."""
    return replace(business, privacy=replace(business.privacy, keep_messages_days=30, keep_contacts_days=90))


@pytest.fixture
async def pool(server: Server) -> AsyncIterator[asyncpg.Pool]:
    """A database of the test's own: a night comes to all businesses, and a full one would be in others' way."""
    async with fresh_pool(server) as fresh:
        yield fresh


@pytest.fixture
async def desk(context: Context, clock: TestClock) -> Desk:
    """Harbor Dental, where Carla has called and written."""
    desk = await open_desk(context, clock, soon)
    await desk.miss()
    await desk.text("It hurts")
    await desk.work(60)
    return desk


async def old(desk: Desk) -> dict[Kind, int]:
    """How much of each kind would go now."""
    async with business_transaction(desk.context.pool, desk.business.business_id) as connection:
        return await count_old(desk.context, connection, desk.business)


async def words(desk: Desk) -> int:
    """How many texts still have words."""
    return int((await desk.fetch(_NO_WORD))[0]["count"])


async def test_nothing_goes_that_is_young_and_what_is_asked_first_is_what_goes(desk: Desk) -> None:
    assert set((await old(desk)).values()) == {0}
    await forget_old_of(desk.context, desk.business.business_id)
    assert await words(desk) == 2

    desk.clock.pass_time(31 * DAY)
    before = await old(desk)
    await forget_old_of(desk.context, desk.business.business_id)

    assert before[Kind.MESSAGES] >= 3, "two texts and the preview of their thread"
    assert set((await old(desk)).values()) == {0}
    assert await words(desk) == 0
    assert len(await desk.table("messages")) == 2, "that there were texts still counts"
    assert [row["phone"] for row in await desk.table("contacts")] == [CARLA]


async def test_a_contact_nobody_heard_of_for_long_is_erased_and_their_opt_out_outlives_it(desk: Desk) -> None:
    business_id = desk.business.business_id
    async with business_transaction(desk.context.pool, business_id) as connection:
        contact_id = await contacts.find_or_create_contact(connection, business_id, CARLA, NOON)
        await contacts.save_opt_out(connection, business_id, contact_id, OptOut(None, "staff", NOON), NOON)
    desk.clock.pass_time(91 * DAY)
    await forget_old_of(desk.context, business_id)

    [contact] = await desk.table("contacts")
    assert is_erased(contact["phone"])
    assert len(await desk.table("erased_numbers")) == 1
    assert [call["caller"] for call in await desk.table("calls")] == [contact["phone"]]


async def test_who_called_again_is_kept_with_what_is_young(desk: Desk) -> None:
    desk.clock.pass_time(89 * DAY)
    await desk.text("Me again", "SM-again")
    await desk.work(30)
    desk.clock.pass_time(10 * DAY)
    await forget_old_of(desk.context, desk.business.business_id)

    assert [row["phone"] for row in await desk.table("contacts")] == [CARLA]
    assert [row["body"] for row in await desk.table("messages") if row["body"]] == ["Me again"]


async def test_a_callback_whose_contents_are_gone_still_has_no_second_effect(desk: Desk) -> None:
    desk.clock.pass_time(95 * DAY)
    await forget_old_of(desk.context, desk.business.business_id)
    events = await desk.table("inbound_events")
    await desk.text("It hurts")
    await desk.work(30)

    assert {str(event["raw"]) for event in events} == {"{}"}
    assert len(await desk.table("inbound_events")) == len(events)


async def test_every_kind_of_thing_can_go_and_no_other_business_loses_any(context: Context) -> None:
    full = await stock(context.pool, harbor(), "harbor")
    much_later = NOON + timedelta(days=9000)
    gone = {}
    async with business_transaction(context.pool, full.business_id) as connection:
        for kind in Kind:
            before = old_before(PrivacyPolicy(), much_later)[kind]
            counted = await retention.count_old(connection, full.business_id, kind, before)
            if kind is not Kind.CONTACTS:
                gone[kind] = await retention.forget_old(connection, full.business_id, kind, before, 1000)
                assert gone[kind] == counted, kind
                assert await retention.count_old(connection, full.business_id, kind, before) == 0, kind
    assert {kind for kind, count in gone.items() if count == 0} == {Kind.RECORDINGS}


async def test_the_night_comes_once_a_day_where_the_business_is(desk: Desk) -> None:
    assert "start_nights" in SCHEDULE
    assert "forget_old_of" in ENTRYPOINTS
    business_id = desk.business.business_id
    await start_nights(desk.context)
    await start_nights(desk.context)
    assert [job["entrypoint"] for job in await desk.jobs()].count("forget_old_of") == 1
    await desk.work(1, only="forget_old_of")

    async with desk.context.pool.acquire() as connection:
        at = await connection.fetchval("select forget_at from business_directory where business_id = $1", business_id)
    assert at == next_night(desk.business.zone, desk.clock.now())
    async with business_transaction(desk.context.pool, business_id) as connection:
        assert await businesses.load_business(connection, business_id) is not None


async def test_a_night_that_failed_for_good_does_not_keep_the_next_one_from_being_tried(desk: Desk) -> None:
    await start_nights(desk.context)
    business_id, words = desk.business.business_id, ("parked_job", "forget_old_of", "It keeps failing.")
    async with business_transaction(desk.context.pool, business_id) as connection:
        await alarms.raise_alarm(connection, business_id, *words, desk.clock.now())
    await desk.context.pool.execute("update jobs.pgqueuer set status = 'failed', updated = now()")
    desk.clock.pass_time(DAY)
    await start_nights(desk.context)
    assert [job["entrypoint"] for job in await desk.jobs()].count("forget_old_of") == 0

    await desk.context.pool.execute("update jobs.pgqueuer set updated = now() - interval '5 hours'")
    desk.clock.pass_time(DAY)
    await start_nights(desk.context)
    assert [job["entrypoint"] for job in await desk.jobs()].count("forget_old_of") == 1
    assert [alarm["ended_at"] for alarm in await desk.table("alarms")] == [desk.clock.now()]


@pytest.mark.parametrize(
    ("zone", "now", "at"),
    [
        ("America/Chicago", datetime(2026, 11, 18, 16, tzinfo=UTC), datetime(2026, 11, 19, 9, 20, tzinfo=UTC)),
        ("America/Chicago", datetime(2026, 11, 18, 9, tzinfo=UTC), datetime(2026, 11, 18, 9, 20, tzinfo=UTC)),
        # The clocks go back in this night, and forward in the next one.
        ("Europe/Madrid", datetime(2026, 10, 24, 20, tzinfo=UTC), datetime(2026, 10, 25, 2, 20, tzinfo=UTC)),
        ("Europe/Madrid", datetime(2027, 3, 27, 20, tzinfo=UTC), datetime(2027, 3, 28, 1, 20, tzinfo=UTC)),
        ("Australia/Sydney", datetime(2026, 11, 18, 16, tzinfo=UTC), datetime(2026, 11, 18, 16, 20, tzinfo=UTC)),
    ],
)
def test_a_night_is_local_also_when_the_clocks_change(zone: str, now: datetime, at: datetime) -> None:
    assert next_night(zone, now) == at


_EMPTIED = """
    insert into messages (business_id, message_id, thread_id, line_id, direction, author, purpose, body, segments,
        state, provider, created_at, send_at)
    select business_id, gen_random_uuid(), thread_id, line_id, direction, author, purpose, '', segments, 'dropped',
        provider, created_at - interval '100 days', send_at
    from messages, generate_series(1, 3000) n where business_id = $1 and direction = 'out'
"""


async def test_what_was_emptied_in_other_nights_is_not_read_again(desk: Desk) -> None:
    business_id = desk.business.business_id
    async with desk.context.pool.acquire() as connection, connection.transaction():
        await set_business(connection, business_id)
        assert await connection.execute(_EMPTIED, business_id) == "INSERT 0 3000"
        asked = "select ctid from messages where business_id = $1 and created_at < $2 and body <> '' limit 200"
        plan = await connection.fetch(f"explain {asked}", business_id, NOON)
    assert "messages_with_words" in str(plan)
