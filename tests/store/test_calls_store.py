"""Calls in the database: an event counts once, and of many decisions at the same moment one wins."""

from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from ringback.domain.brakes import Place, first_text_places
from ringback.domain.business import Business
from ringback.domain.calls import CallEventKind, CallResult, Plan
from ringback.domain.phones import parse_phone
from ringback.domain.spending import Share, cost
from ringback.domain.textback import Mark
from ringback.store import calls, contacts, events
from ringback.store.brakes import brake_row
from ringback.store.call_backs import NewCallBack, add_call_back, finish_call_back, list_call_backs
from ringback.store.contacts import NewMark
from ringback.store.db import Connection, business_transaction
from ringback.store.events import CallArrival, CallReceipt, Settle
from ringback.store.jobs import count_jobs
from tests.cast import CARLA, NOON
from tests.fixtures import Shops
from tests.store.crowd import CROWD, at_once
from tests.store.stock import LATER, arrival, at, call_event, decision, take_call, text_back, told

FRESH = CallReceipt(fresh=True, blocked=False, accepted=False)


@pytest.fixture
def harbor(shops: Shops) -> Business:
    """Harbor Dental, stored."""
    return shops.harbor


async def jobs_of(pool: asyncpg.Pool) -> dict[str, int]:
    """Return how many jobs wait for each entrypoint."""
    return {job["entrypoint"]: job["count"] for job in await count_jobs(pool)}


async def count(pool: asyncpg.Pool, business: Business, table: str) -> int:
    """Return how many rows a business has in a table."""
    async with business_transaction(pool, business.business_id) as connection:
        return int(await connection.fetchval(f"select count(*) from {table}"))


async def receive(pool: asyncpg.Pool, place: CallArrival, key: str, *jobs: Settle, **more: Any) -> CallReceipt:
    """Take in one event of the call CA1."""
    event = call_event("CA1", CallEventKind(more.pop("kind", "ringing")), **more)
    async with business_transaction(pool, place.business_id) as connection:
        return await events.receive_call(connection, place, told(event, key), jobs, NOON)


async def test_twenty_first_calls_at_once_make_one_contact(pool: asyncpg.Pool, harbor: Business) -> None:
    async def find(connection: Connection, _: int) -> object:
        return await contacts.find_or_create_contact(connection, harbor.business_id, CARLA, NOON)

    assert len(set(await at_once(pool, harbor.business_id, find))) == 1
    assert await count(pool, harbor, "contacts") == 1


async def test_an_event_told_twice_is_fresh_once_and_enqueues_once(pool: asyncpg.Pool, harbor: Business) -> None:
    first = await receive(pool, arrival(harbor), "key", Settle(0.0))
    again = await receive(pool, arrival(harbor), "key", Settle(0.0))

    assert (first, again.fresh) == (FRESH, False)
    assert await jobs_of(pool) == {"settle_call": 1}
    assert (await count(pool, harbor, "inbound_events"), await count(pool, harbor, "calls")) == (1, 1)


async def test_an_event_told_twenty_times_at_once_is_fresh_once(pool: asyncpg.Pool, harbor: Business) -> None:
    async def hear(connection: Connection, _: int) -> bool:
        event = told(call_event("CA1"), "key")
        return (await events.receive_call(connection, arrival(harbor), event, [Settle(0.0)], NOON)).fresh

    assert sorted(await at_once(pool, harbor.business_id, hear)) == [False] * (CROWD - 1) + [True]
    assert await jobs_of(pool) == {"settle_call": 1}


async def test_twenty_events_of_one_call_at_once_are_one_call_with_all_of_them(
    pool: asyncpg.Pool, harbor: Business
) -> None:
    async def hear(connection: Connection, number: int) -> bool:
        event = told(call_event("CA1", leg_id=f"leg-{number}"), f"key-{number}")
        return (await events.receive_call(connection, arrival(harbor), event, [], NOON)).fresh

    assert all(await at_once(pool, harbor.business_id, hear))
    assert await count(pool, harbor, "calls") == 1
    async with business_transaction(pool, harbor.business_id) as connection:
        call_id = await connection.fetchval("select call_id from calls")
        call = await calls.load_call(connection, harbor.business_id, call_id, NOON)
    assert call is not None
    assert {event.leg_id for event in call.events} == {f"leg-{number}" for number in range(CROWD)}


async def test_a_call_with_a_withheld_number_has_no_contact(pool: asyncpg.Pool, harbor: Business) -> None:
    async with business_transaction(pool, harbor.business_id) as connection:
        call_id = await take_call(connection, harbor, "CA1", phone=None)
        call = await calls.load_call(connection, harbor.business_id, call_id, NOON)

    assert call is not None
    assert (call.contact_id, call.contact, await count(pool, harbor, "contacts")) == (None, None, 0)


async def test_the_callback_mends_the_plan_of_a_call_that_a_poll_told_of_first(
    pool: asyncpg.Pool, harbor: Business
) -> None:
    place = arrival(harbor)
    polled = CallArrival(place.business_id, place.line_id, "twilio", CARLA, Plan.UNKNOWN, None)
    for told_by in (polled, place, polled):
        await receive(pool, told_by, "key")

    async with business_transaction(pool, harbor.business_id) as connection:
        assert [tuple(row) for row in await connection.fetch("select plan, day from calls")] == [("ring", "open")]


async def test_a_blocked_caller_is_known_at_the_first_event(pool: asyncpg.Pool, harbor: Business) -> None:
    async with business_transaction(pool, harbor.business_id) as connection:
        contact = await contacts.find_or_create_contact(connection, harbor.business_id, CARLA, NOON)
        await contacts.add_mark(connection, harbor.business_id, contact, NewMark(Mark.BLOCKED, "rude", "Sam"), NOON)

    assert (await receive(pool, arrival(harbor), "key")).blocked


async def test_the_end_of_ringing_is_told_that_a_person_had_taken_the_call(
    pool: asyncpg.Pool, harbor: Business
) -> None:
    before = await receive(pool, arrival(harbor), "dialed-1", kind="dialed", result=CallResult.NO_ANSWER)
    await receive(pool, arrival(harbor), "pressed", kind="accepted")
    after = await receive(pool, arrival(harbor), "dialed-2", kind="dialed", result=CallResult.COMPLETED)

    assert (before.accepted, after.accepted) == (False, True)


async def test_twenty_missed_calls_of_one_caller_settled_at_once_earn_one_text(
    pool: asyncpg.Pool, harbor: Business
) -> None:
    async with business_transaction(pool, harbor.business_id) as connection:
        call_ids = [await take_call(connection, harbor, f"CA{n}") for n in range(CROWD)]

    async def settle(connection: Connection, number: int) -> str:
        return await calls.save_decision(
            connection, harbor.business_id, call_ids[number], decision(), text_back(), NOON
        )

    assert sorted(await at_once(pool, harbor.business_id, settle)) == ["claimed"] * (CROWD - 1) + ["send"]
    assert (await count(pool, harbor, "messages"), await count(pool, harbor, "text_backs")) == (1, 1)
    assert await count(pool, harbor, "threads") == 1
    assert (await jobs_of(pool))["deliver"] == 1


async def test_one_call_settled_twenty_times_at_once_is_decided_once(pool: asyncpg.Pool, harbor: Business) -> None:
    async with business_transaction(pool, harbor.business_id) as connection:
        call_id = await take_call(connection, harbor, "CA1")

    async def settle(connection: Connection, _: int) -> str:
        return await calls.save_decision(connection, harbor.business_id, call_id, decision(), text_back(), NOON)

    assert sorted(await at_once(pool, harbor.business_id, settle)) == ["kept"] * (CROWD - 1) + ["send"]
    assert (await count(pool, harbor, "messages"), (await jobs_of(pool))["deliver"]) == (1, 1)


async def test_while_one_call_of_a_caller_is_decided_another_one_waits(pool: asyncpg.Pool, harbor: Business) -> None:
    async with business_transaction(pool, harbor.business_id) as connection:
        call_ids = [await take_call(connection, harbor, name) for name in ("CA1", "CA2")]
    async with business_transaction(pool, harbor.business_id) as first:
        await calls.load_call(first, harbor.business_id, call_ids[0], NOON)
        async with business_transaction(pool, harbor.business_id) as second:
            await second.execute("set local lock_timeout = '50ms'")
            with pytest.raises(asyncpg.LockNotAvailableError):
                await calls.load_call(second, harbor.business_id, call_ids[1], NOON)


async def test_evidence_after_the_decision_has_the_call_settled_again(pool: asyncpg.Pool, harbor: Business) -> None:
    async with business_transaction(pool, harbor.business_id) as connection:
        call_id = await take_call(connection, harbor, "CA1")
        await calls.save_decision(connection, harbor.business_id, call_id, decision("skip"), None, NOON)
    before = await jobs_of(pool)
    await receive(pool, arrival(harbor), "late", kind="dialed", result=CallResult.COMPLETED)

    assert await jobs_of(pool) == {"settle_call": before["settle_call"] + 1}
    async with business_transaction(pool, harbor.business_id) as connection:
        mended = decision(outcome="answered_by_staff")
        assert await calls.save_decision(connection, harbor.business_id, call_id, mended, text_back(), NOON) == "kept"
        call = await calls.get_call(connection, harbor.business_id, call_id)
    assert call is not None
    assert (call["outcome"], call["decision"], call["message_id"]) == ("answered_by_staff", "skip", None)


@pytest.mark.parametrize(("hours", "stands"), [(23.9, "claimed"), (24, "send")])
async def test_a_caller_is_texted_again_when_the_window_is_over(
    pool: asyncpg.Pool, harbor: Business, hours: float, stands: str
) -> None:
    async with business_transaction(pool, harbor.business_id) as connection:
        one, two = [await take_call(connection, harbor, name) for name in ("CA1", "CA2")]
        await calls.save_decision(connection, harbor.business_id, one, decision(), text_back(), NOON)
        later = at(minutes=60 * hours)
        assert await calls.save_decision(connection, harbor.business_id, two, decision(), text_back(), later) == stands


async def test_a_text_that_does_not_go_out_gives_its_window_back(pool: asyncpg.Pool, harbor: Business) -> None:
    dropped = text_back()
    async with business_transaction(pool, harbor.business_id) as connection:
        one, two = [await take_call(connection, harbor, name) for name in ("CA1", "CA2")]
        await calls.save_decision(connection, harbor.business_id, one, decision(), dropped, NOON)
        await calls.release_claim(connection, harbor.business_id, dropped["message_id"])
        assert await calls.save_decision(connection, harbor.business_id, two, decision(), text_back(), NOON) == "send"


def places_of(business: Business) -> tuple[Place, ...]:
    """What a text-back to Carla takes."""
    return first_text_places(business, business.lines[0].line_id, parse_phone(CARLA, "US"), is_known=False)


async def test_a_call_lies_on_the_table_with_what_happened_around_it(pool: asyncpg.Pool, harbor: Business) -> None:
    business_id = harbor.business_id
    async with business_transaction(pool, business_id) as connection:
        first, second, third = [await take_call(connection, harbor, name) for name in ("CA1", "CA2", "CA3")]
        for minutes, call_id in enumerate((first, second, third)):
            await connection.execute("update calls set started_at = $2 where call_id = $1", call_id, at(minutes))
        taken = brake_row(cost(harbor, 1, Share.AUTOMATIC, at(0)), places_of(harbor))
        await calls.save_decision(connection, business_id, first, decision(brake=taken), text_back(), at(0))
        alone = await calls.load_call(connection, business_id, first, LATER)
        answered = decision("skip", outcome="answered_by_staff")
        await calls.save_decision(connection, business_id, third, answered, None, at(2))
        call = await calls.load_call(connection, business_id, second, LATER)
        await add_call_back(connection, business_id, NewCallBack(second, call.contact_id, CARLA, "ring", NOON), NOON)  # type: ignore[union-attr]
        [task] = await list_call_backs(connection, business_id)
        await finish_call_back(connection, business_id, task["call_back_id"], "Sam", LATER)
        rung = await calls.load_call(connection, business_id, second, LATER)

    assert alone is not None
    assert (alone.first_time, alone.answered_since, alone.previous_missed_at) == (True, False, None)
    assert (alone.has_decision, alone.claimed_until, alone.line_sent, alone.business_sent) == (True, None, 1, 1)
    assert call is not None
    assert (call.first_time, call.answered_since, call.previous_missed_at) == (False, True, at(0))
    assert (call.has_decision, call.claimed_until, call.called_back) == (False, at(minutes=24 * 60), False)
    assert rung is not None
    assert rung.called_back


async def test_a_second_call_back_for_a_call_only_raises_its_urgency(pool: asyncpg.Pool, harbor: Business) -> None:
    async with business_transaction(pool, harbor.business_id) as connection:
        call_id = await take_call(connection, harbor, "CA1")
        for urgent in (False, True, False):
            task = NewCallBack(call_id, None, CARLA, "ring her", NOON, urgent=urgent)
            await add_call_back(connection, harbor.business_id, task, NOON)
        found = await list_call_backs(connection, harbor.business_id)

    assert [task["urgent"] for task in found] == [True]


async def test_pages_of_calls_have_each_call_once_newest_first(pool: asyncpg.Pool, harbor: Business) -> None:
    async with business_transaction(pool, harbor.business_id) as connection:
        for number in range(7):
            await take_call(connection, harbor, f"CA{number}")
        everything = await calls.list_calls(connection, harbor.business_id, None, 50)
        paged: list[dict[str, Any]] = []
        while page := await calls.list_calls(connection, harbor.business_id, _end(paged), 2):
            paged += page

    assert [call["call_id"] for call in paged] == [call["call_id"] for call in everything]
    assert len({call["call_id"] for call in paged}) == 7


def _end(page: list[dict[str, Any]]) -> tuple[datetime, UUID] | None:
    return (page[-1]["started_at"], page[-1]["call_id"]) if page else None
