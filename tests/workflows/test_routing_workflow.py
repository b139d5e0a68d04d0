"""A thread that needs a person gets one, with a due time, a reason and a clock that stops when somebody answers."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from ringback.domain.business import Business, OutsideHours, RoutingPolicy, RoutingRule
from ringback.domain.hours import parse_hours
from ringback.store import away, call_backs, owners, promises, routing, threads
from ringback.store.away import NewAway
from ringback.store.call_backs import NewCallBack
from ringback.store.db import business_transaction
from ringback.store.promises import NewPromise
from ringback.workflows.context import Context
from ringback.workflows.routing import give_thread
from tests.cast import CARLA, NOON, TestClock
from tests.workflows.desk import Desk, open_desk
from tests.workflows.talk import open_talk
from tests.workflows.waiting_desk import answer, person, thread_with, told


def ruled(business: Business) -> Business:
    """Invoices are Olga's; the advertised line is Sam's."""
    rules = (RoutingRule(("Olga",), keywords=("invoice",)), RoutingRule(("Sam",), lines=("Main",)))
    return replace(business, routing=RoutingPolicy(rules=rules))


async def telling(context: Context, clock: TestClock, change: Any = ruled) -> Desk:
    desk = await open_desk(context, clock, change)
    desk.tells_staff = True
    return desk


def staff_id(desk: Desk, name: str) -> UUID:
    return person(desk, name).staff_id


async def wait_of(desk: Desk) -> dict[str, Any]:
    [wait] = await desk.table("reply_waits")
    return wait


@pytest.mark.parametrize(("body", "name"), [("Where is my INVOICE?", "Olga"), ("Are you open?", "Sam")])
async def test_the_first_rule_that_fits_gives_a_thread_its_owner(
    context: Context, clock: TestClock, body: str, name: str
) -> None:
    desk = await telling(context, clock)
    await desk.text(body)
    await desk.work(1)

    thread, wait = await thread_with(desk), await wait_of(desk)
    assert thread["owner_id"] == wait["owner_id"] == staff_id(desk, name)
    assert thread["reply_due_at"] == wait["due_at"] == NOON + timedelta(minutes=5)
    assert await told(desk) == [(name, "assigned")]
    assert wait["why"][-1]["values"]["name"] == name


async def test_who_had_a_thread_before_has_it_again(context: Context, clock: TestClock) -> None:
    desk = await telling(context, clock)
    await desk.text("Where is my invoice?")
    await desk.work(1)
    await answer(desk)
    clock.pass_time(60)
    await desk.text("Are you open?", "SM-in-2")
    await desk.work(1)

    assert (await thread_with(desk))["owner_id"] == staff_id(desk, "Olga")


async def test_who_is_away_is_given_nothing(context: Context, clock: TestClock) -> None:
    desk = await telling(context, clock)
    async with business_transaction(context.pool, desk.business.business_id) as connection:
        until = NewAway(staff_id(desk, "Sam"), NOON + timedelta(hours=2), "Sam")
        await away.set_away(connection, desk.business.business_id, until, NOON)
    await desk.text("Are you open?")
    await desk.work(1)

    assert (await thread_with(desk))["owner_id"] is None
    assert await told(desk) == [("Olga", "reply_due")]


async def test_an_answer_stops_the_clock_and_is_counted_as_in_time_or_late(context: Context, clock: TestClock) -> None:
    desk = await telling(context, clock)
    await desk.text("Are you open?")
    await desk.work(1)
    clock.pass_time(200)
    await answer(desk, "Sam")
    [wait] = await desk.table("reply_waits")
    assert (wait["ended_how"], wait["answered_by"], wait["met"]) == ("reply", "Sam", True)
    assert wait["ended_at"] == clock.now()
    assert (await thread_with(desk))["reply_due_at"] is None

    clock.pass_time(600)
    await desk.text("And tomorrow?", "SM-in-2")
    await desk.work(1)
    clock.pass_time(301)
    await answer(desk)
    async with business_transaction(context.pool, desk.business.business_id) as connection:
        business_id = desk.business.business_id
        assert await routing.share_met(connection, business_id, NOON, clock.now() + timedelta(seconds=1)) == (1, 2)


async def test_a_thread_that_is_closed_without_an_answer_counts_neither_way(context: Context, clock: TestClock) -> None:
    desk = await telling(context, clock)
    await desk.text("Thanks!")
    await desk.work(1)
    async with business_transaction(context.pool, desk.business.business_id) as connection:
        thread = await thread_with(desk)
        await threads.close_thread(connection, desk.business.business_id, thread["thread_id"], "Olga", clock.now())

    wait = await wait_of(desk)
    assert (wait["ended_how"], wait["answered_by"], wait["met"]) == ("closed", "Olga", None)


async def test_who_answers_before_anybody_was_told_is_counted_too(context: Context, clock: TestClock) -> None:
    desk = await telling(context, clock)
    await desk.text("Are you open?")
    await desk.work(only="take_message")
    await answer(desk)
    await desk.work(1)

    wait = await wait_of(desk)
    assert (wait["met"], wait["due_at"], wait["answered_by"]) == (True, NOON + timedelta(minutes=5), "Olga")
    assert await told(desk) == []


async def test_what_the_receptionist_answers_alarms_nobody(context: Context, clock: TestClock) -> None:
    desk, _ = await open_talk(context, clock)
    desk.tells_staff = True
    await desk.text("Are you open?")
    await desk.work(30)

    wait = await wait_of(desk)
    assert (wait["ended_how"], wait["met"]) == ("receptionist", True)
    assert await told(desk) == []


@pytest.mark.parametrize(("mode", "due"), [("next_opening", "2026-11-19T14:05"), ("at_once", "2026-11-19T02:05")])
async def test_at_night_a_reply_is_due_after_the_next_opening_unless_the_owner_says_otherwise(
    context: Context, clock: TestClock, mode: str, due: str
) -> None:
    def closed(business: Business) -> Business:
        hours = parse_hours({day: ["08:00-17:00"] for day in ("mon", "tue", "wed", "thu", "fri")})
        return replace(business, hours=hours, routing=RoutingPolicy(outside_hours=OutsideHours(mode)))

    desk = await telling(context, clock, closed)
    clock.pass_time(10 * 3600)
    await desk.text("Are you open?")
    await desk.work(1)

    assert f"{(await wait_of(desk))['due_at']:%Y-%m-%dT%H:%M}" == due


@pytest.mark.parametrize("sender", ["12345", "+13125550161"])
async def test_machines_and_staff_themselves_alarm_nobody(context: Context, clock: TestClock, sender: str) -> None:
    desk = await telling(context, clock)
    await desk.text("Your code is 1", sender=sender)
    await desk.work(700)

    assert await told(desk) == []


async def test_who_is_given_a_thread_by_another_is_told(context: Context, clock: TestClock) -> None:
    desk = await telling(context, clock)
    await desk.text("Are you open?")
    await desk.work(1)
    thread_id = (await thread_with(desk))["thread_id"]
    async with business_transaction(context.pool, desk.business.business_id) as connection:
        olga = staff_id(desk, "Olga")
        assert await give_thread(connection, desk.business, thread_id, olga, "Sam", clock.now())
        assert not await give_thread(connection, desk.business, thread_id, olga, "Sam", clock.now())

    assert await told(desk) == [("Sam", "assigned"), ("Olga", "assigned")]
    assert (await thread_with(desk))["owner_id"] == olga
    # From here on the ladder is hers: her silence is told to everyone.
    await desk.work(301)
    assert await told(desk) == [("Sam", "assigned"), ("Olga", "assigned"), ("Olga", "escalated"), ("Sam", "escalated")]


async def test_who_takes_a_thread_on_its_page_is_told_nothing_and_stops_the_ladder(
    context: Context, clock: TestClock
) -> None:
    desk = await telling(context, clock)
    await desk.text("Are you open?")
    await desk.work(1)
    thread_id = (await thread_with(desk))["thread_id"]
    async with business_transaction(context.pool, desk.business.business_id) as connection:
        olga = staff_id(desk, "Olga")
        assert await give_thread(connection, desk.business, thread_id, olga, "Olga", clock.now())
    await desk.work(3600)

    assert await told(desk) == [("Sam", "assigned")]


async def test_waits_whose_jobs_were_lost_are_found_again(context: Context, clock: TestClock) -> None:
    desk = await telling(context, clock)
    await desk.text("Are you open?")
    await desk.work(only="take_message")
    await desk.forget_jobs()
    clock.pass_time(180)
    async with context.pool.acquire() as connection:
        due = await routing.list_due_work(connection, clock.now(), clock.now() - timedelta(minutes=2))

    assert [one[2] for one in due if one[0] == desk.business.business_id] == ["route_wait"]


async def test_a_call_back_gets_an_owner_by_the_same_rules_and_climbs_when_it_is_due(
    context: Context, clock: TestClock
) -> None:
    desk = await telling(context, clock)
    await desk.ring(caller="+18005550199")
    await desk.dialed(caller="+18005550199")
    await desk.work(5)

    [call_back] = await desk.table("call_backs")
    assert call_back["owner_id"] == staff_id(desk, "Sam")
    assert await told(desk) == [("Sam", "call_back_due")]
    await desk.work(5 * 60)
    assert await told(desk) == [("Sam", "call_back_due"), ("Olga", "call_back_due"), ("Sam", "call_back_due")]


async def test_a_promise_is_told_of_when_its_time_has_come_and_its_owner_is_named(
    context: Context, clock: TestClock
) -> None:
    desk = await telling(context, clock)
    await desk.text("Please call me")
    await desk.work(1)
    promise = NewPromise((await thread_with(desk))["thread_id"], "call Carla", NOON + timedelta(hours=2))
    async with business_transaction(context.pool, desk.business.business_id) as connection:
        await promises.add_promise(connection, desk.business.business_id, promise, clock.now())
    await answer(desk)
    await desk.work(3600)
    assert await told(desk) == [("Sam", "assigned")]
    [row] = await desk.table("promises")
    assert row["owner"] == "Sam"

    await desk.work(3605)
    assert await told(desk) == [("Sam", "assigned"), ("Sam", "call_back_due")]


async def test_who_has_rung_is_reminded_of_nothing(context: Context, clock: TestClock) -> None:
    desk = await telling(context, clock)
    await desk.ring(caller="+18005550199")
    await desk.dialed(caller="+18005550199")
    await desk.work(5)
    [call_back] = await desk.table("call_backs")
    async with business_transaction(context.pool, desk.business.business_id) as connection:
        business_id = desk.business.business_id
        await call_backs.finish_call_back(connection, business_id, call_back["call_back_id"], "Sam", clock.now())
    await desk.work(3600)

    assert await told(desk) == [("Sam", "call_back_due")]


async def test_a_storm_of_call_backs_rings_nobodys_phone_for_each(context: Context, clock: TestClock) -> None:
    desk = await telling(context, clock)
    async with business_transaction(context.pool, desk.business.business_id) as connection:
        for n in range(12):
            new = NewCallBack(None, None, f"+1800555{n:04}", "over the brake", NOON)
            await call_backs.add_call_back(connection, desk.business.business_id, new, NOON)
    await desk.work(3600)

    assert await told(desk) == []
    assert len(await desk.table("call_backs")) == 12


async def test_nobody_is_given_a_thread_by_the_rival(context: Context, clock: TestClock) -> None:
    desk, other = await telling(context, clock), await telling(context, clock)
    await desk.text("Are you open?")
    await desk.work(1)
    thread_id, sam = (await thread_with(desk))["thread_id"], staff_id(other, "Sam")
    async with business_transaction(context.pool, other.business.business_id) as connection:
        assert not await owners.assign_thread(connection, other.business.business_id, thread_id, sam, clock.now())
    assert CARLA in [row["phone"] for row in await desk.table("contacts")]
