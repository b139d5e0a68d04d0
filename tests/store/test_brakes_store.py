"""The brakes in the database: of many workers at the last place one gets it, and no day costs more than its cap."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import asyncpg
import pytest

from ringback.domain.brakes import Place, Scope, model_places
from ringback.domain.business import Business
from ringback.domain.spending import Cost, Share, cost
from ringback.store import alarms, brakes, calls, deliveries
from ringback.store.brakes import SpendDay, brake_row
from ringback.store.db import Connection, business_transaction
from tests.cast import CARLA, NOON
from tests.fixtures import Shops
from tests.store.crowd import CROWD, at_once
from tests.store.stock import decision, take_call, text, text_back

TODAY = NOON.date()


@pytest.fixture
def harbor(shops: Shops) -> Business:
    """Harbor Dental, stored."""
    return shops.harbor


def money(millicents: int, cap: int = 1000, percent: int = 100) -> Cost:
    """An amount of today's, under a cap."""
    return Cost(millicents, TODAY, NOON + timedelta(hours=14), cap, percent)


async def test_of_many_workers_at_the_last_places_as_many_pass_as_there_are_places(
    pool: asyncpg.Pool, harbor: Business
) -> None:
    places = (Place(Scope.BUSINESS, "", 7, None), Place(Scope.PREFIX, "+131255501", 100, None))

    async def take(connection: Connection, _: int) -> Scope | None:
        return await brakes.take_places(connection, harbor.business_id, places, TODAY, NOON)

    said = await at_once(pool, harbor.business_id, take)
    assert said.count(None) == 7
    assert set(said) == {None, Scope.BUSINESS}
    async with business_transaction(pool, harbor.business_id) as connection:
        used = await brakes.list_used(connection, harbor.business_id, TODAY, NOON)
    # Whoever was refused took nothing anywhere.
    assert {(one.scope, one.hour) for one in used} == {(Scope.BUSINESS, 7), (Scope.PREFIX, 7)}


async def test_a_day_never_costs_more_than_its_cap_however_many_spend_at_once(
    pool: asyncpg.Pool, harbor: Business
) -> None:
    async def spend(connection: Connection, _: int) -> str | None:
        return await brakes.take_money(connection, harbor.business_id, money(150), NOON)

    said = await at_once(pool, harbor.business_id, spend)
    assert said.count(None) == 6
    # Told once, whoever was first.
    assert said.count("cap_reached") == 1
    assert said.count("over_cap") == CROWD - 7
    async with business_transaction(pool, harbor.business_id) as connection:
        assert (await brakes.load_spend_day(connection, harbor.business_id, TODAY)).spent == 900


async def test_an_hour_is_never_shorter_than_sixty_minutes_and_ends_within_sixty_five(
    pool: asyncpg.Pool, harbor: Business
) -> None:
    place = (Place(Scope.CALLER, CARLA, 1, None),)
    async with business_transaction(pool, harbor.business_id) as connection:
        assert await brakes.take_places(connection, harbor.business_id, place, TODAY, NOON) is None
        for minutes, expected in ((1, Scope.CALLER), (60, Scope.CALLER), (65, None), (124, Scope.CALLER), (400, None)):
            at = NOON + timedelta(minutes=minutes)
            assert await brakes.take_places(connection, harbor.business_id, place, TODAY, at) is expected, minutes


async def test_a_days_limit_begins_anew_with_the_local_day(pool: asyncpg.Pool, harbor: Business) -> None:
    place = (Place(Scope.CALLER, CARLA, None, 2),)
    async with business_transaction(pool, harbor.business_id) as connection:
        days = (TODAY, TODAY, TODAY, TODAY + timedelta(days=1))
        said = [await brakes.take_places(connection, harbor.business_id, place, day, NOON) for day in days]
    assert said == [None, None, Scope.CALLER, None]


async def test_the_last_part_of_the_cap_is_for_people(pool: asyncpg.Pool, harbor: Business) -> None:
    async with business_transaction(pool, harbor.business_id) as connection:

        async def spend(percent: int) -> str | None:
            return await brakes.take_money(connection, harbor.business_id, money(100, 1000, percent), NOON)

        strangers = [await spend(70) for _ in range(8)]
        known = [await spend(80) for _ in range(2)]
        emergencies = [await spend(90) for _ in range(2)]
        people = [await spend(100) for _ in range(2)]
    assert strangers == [*[None] * 7, "cap_reached"]
    assert (known, emergencies, people) == ([None, "over_cap"], [None, "over_cap"], [None, "over_cap"])


async def test_a_raised_cap_lets_texts_go_again_up_to_the_most_and_tells_anew(
    pool: asyncpg.Pool, harbor: Business
) -> None:
    async with business_transaction(pool, harbor.business_id) as connection:
        assert await brakes.take_money(connection, harbor.business_id, money(1000), NOON) is None
        assert await brakes.take_money(connection, harbor.business_id, money(1), NOON) == "cap_reached"
        assert await brakes.raise_cap(connection, harbor.business_id, money(500), 700, "Olga") == 500
        assert await brakes.take_money(connection, harbor.business_id, money(500), NOON) is None
        assert await brakes.take_money(connection, harbor.business_id, money(1), NOON) == "cap_reached"
        assert await brakes.raise_cap(connection, harbor.business_id, money(500), 700, "Olga") == 700
        assert await brakes.raise_cap(connection, harbor.business_id, money(500), 700, "Olga") is None
        day = await brakes.load_spend_day(connection, harbor.business_id, TODAY)
    assert day == SpendDay(1500, 700, "Olga", None)


async def test_a_call_that_a_brake_holds_is_stored_with_its_reason_and_leaves_no_text_claim_or_thread(
    pool: asyncpg.Pool, harbor: Business
) -> None:
    held = {"over_brake": "Too many.", "over_cap": "Too dear."}
    full = brake_row(money(5), (Place(Scope.LINE, "x", 0, None),), held)
    dear = brake_row(money(2000), (), held)
    async with business_transaction(pool, harbor.business_id) as connection:
        for name, brake, stands in (
            ("CA1", full, "over_brake"),
            ("CA2", dear, "cap_reached"),
            ("CA3", dear, "over_cap"),
        ):
            call_id = await take_call(connection, harbor, name)
            row, message = decision(brake=brake), text_back()
            assert await calls.save_decision(connection, harbor.business_id, call_id, row, message, NOON) == stands
        rows = await connection.fetch("select decision, reason, why, message_id from text_backs order by decided_at")
        left = [
            await connection.fetchval(f"select count(*) from {t}") for t in ("messages", "threads", "text_back_claims")
        ]
        spent = (await brakes.load_spend_day(connection, harbor.business_id, TODAY)).spent
        counted = await brakes.count_held(connection, harbor.business_id, NOON - timedelta(hours=1))
    assert sorted(tuple(row)[1:] for row in rows) == [
        ("over_brake", "Too many.", None), ("over_cap", "Too dear.", None), ("over_cap", "Too dear.", None)
    ]  # fmt: skip
    assert (left, spent, counted) == ([0, 0, 0], 0, {"over_brake": 1, "over_cap": 2})


async def test_a_text_that_is_dropped_gives_its_money_back_and_one_sent_again_is_counted_anew(
    pool: asyncpg.Pool, harbor: Business
) -> None:
    business_id = harbor.business_id
    async with business_transaction(pool, business_id) as connection:
        call_id = await take_call(connection, harbor, "CA1")
        message = text_back()
        brake = brake_row(money(300), ())
        await calls.save_decision(connection, business_id, call_id, decision(brake=brake), message, NOON)
        spent = [await _spent(connection, business_id)]
        await connection.execute("update messages set state = 'rejected'")
        spent.append(await _spent(connection, business_id))
        await deliveries.send_again(connection, business_id, message["message_id"], 0, NOON)
        outgoing = await deliveries.load_delivery(connection, business_id, message["message_id"], NOON)
        assert outgoing is not None
        assert not outgoing.is_counted
        assert await deliveries.save_sending(connection, business_id, outgoing, brake, NOON) is None
        spent.append(await _spent(connection, business_id))
    assert spent == [300, 0, 300]


async def _spent(connection: Connection, business_id: UUID) -> int:
    return (await brakes.load_spend_day(connection, business_id, TODAY)).spent


async def test_what_a_provider_says_a_text_cost_takes_the_place_of_the_estimate(
    pool: asyncpg.Pool, harbor: Business
) -> None:
    business_id = harbor.business_id
    async with business_transaction(pool, business_id) as connection:
        call_id = await take_call(connection, harbor, "CA1")
        message = text_back()
        row = decision(brake=brake_row(money(300), ()))
        await calls.save_decision(connection, business_id, call_id, row, message, NOON)
        said = [
            await brakes.correct_text_cost(connection, business_id, message["message_id"], price, NOON)
            for price in (120, 120, 450)
        ]
        spent = await _spent(connection, business_id)
    assert (said, spent) == ([True, False, True], 450)


async def test_a_reply_is_held_when_the_day_is_spent_and_leaves_its_row_as_it_was(
    pool: asyncpg.Pool, harbor: Business
) -> None:
    business_id = harbor.business_id
    async with business_transaction(pool, business_id) as connection:
        call_id = await take_call(connection, harbor, "CA1")
        await calls.save_decision(connection, business_id, call_id, decision(), text_back(), NOON)
        [thread] = await connection.fetch("select thread_id, line_id from threads")
        reply = text("Come at 3", purpose="reply", author="staff")
        await connection.fetchval(
            "select add_message($1, $2, $3, $4, $5)", business_id, thread["thread_id"], thread["line_id"], reply, NOON
        )
        outgoing = await deliveries.load_delivery(connection, business_id, reply["message_id"], NOON)
        assert outgoing is not None
        held = await deliveries.save_sending(connection, business_id, outgoing, brake_row(money(2000), ()), NOON)
        state = await connection.fetchval("select state from messages where message_id = $1", reply["message_id"])
    assert (held, state) == ("cap_reached", "intended")


async def test_tokens_of_a_model_are_taken_from_thread_caller_and_business_or_from_none(
    pool: asyncpg.Pool, harbor: Business
) -> None:
    frugal = replace(harbor, brakes=replace(harbor.brakes, model_tokens_per_thread_a_day=1000, model_tokens_a_day=1500))
    async with business_transaction(pool, harbor.business_id) as connection:

        async def take(thread: int, phone: str, tokens: int) -> Scope | None:
            places = model_places(frugal, UUID(int=thread), phone)
            return await brakes.take_places(connection, harbor.business_id, places, TODAY, NOON, amount=tokens)

        said = [
            await take(1, CARLA, 800), await take(1, CARLA, 300), await take(2, "+13125550177", 600),
            await take(3, "+13125550178", 101), await take(3, "+13125550178", 100),
        ]  # fmt: skip
    assert said == [None, Scope.MODEL_THREAD, None, Scope.MODEL_BUSINESS, None]


async def test_a_number_that_rings_many_businesses_is_counted_under_a_hash_that_lasts_a_day(
    pool: asyncpg.Pool, shops: Shops
) -> None:
    seen = [await _rings(pool, shop, name) for shop in (shops.harbor, shops.rex) for name in ("CA1", "CA2")]
    # Two businesses, though each was rung twice.
    assert seen == [1, 1, 2, 2]
    [row] = await pool.fetch("select * from ring_counts")
    assert {*row.keys()} == {"day_on", "number_hash", "businesses"}
    assert CARLA.encode() not in row["number_hash"]
    await brakes.end_past_brakes(pool, NOON, TODAY + timedelta(days=1))
    assert await _rings(pool, shops.rex, "CA3") == 0


async def _rings(pool: asyncpg.Pool, shop: Business, name: str) -> int:
    """Let Carla ring a shop, and return in how many businesses she has rung today."""
    async with business_transaction(pool, shop.business_id) as connection:
        call_id = await take_call(connection, shop, name)
        row = decision("skip", stranger=CARLA)
        await calls.save_decision(connection, shop.business_id, call_id, row, None, NOON)
        call = await calls.load_call(connection, shop.business_id, call_id, NOON)
        assert call is not None
        return call.rings_across


async def test_the_alarm_of_a_cap_ends_with_its_day_and_not_before(pool: asyncpg.Pool, harbor: Business) -> None:
    async with business_transaction(pool, harbor.business_id) as connection:
        asked = cost(harbor, 10**9, Share.PERSON, NOON)
        await brakes.take_money(connection, harbor.business_id, asked, NOON)
        words = (harbor.business_id, "cap", str(asked.day_on), "Held.", NOON)
        assert await alarms.raise_alarm(connection, *words)
        assert not await alarms.raise_alarm(connection, *words)
    open_alarms = []
    for at in (asked.ends_at - timedelta(seconds=1), asked.ends_at):
        await brakes.end_past_brakes(pool, at, TODAY)
        async with business_transaction(pool, harbor.business_id) as connection:
            open_alarms.append(await connection.fetchval("select count(*) from alarms where ended_at is null"))
    assert open_alarms == [1, 0]
