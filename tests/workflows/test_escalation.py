"""The ladder: owner, backup, everyone; once per rung; stopped by whoever sees to it; past those who want quiet."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from ringback.domain.business import Business, RoutingPolicy, RoutingRule, Staff
from ringback.domain.hours import parse_hours
from ringback.domain.notices import StaffNoticePolicy
from ringback.store import notices, threads
from ringback.store.db import business_transaction
from ringback.store.ids import new_id
from ringback.workflows import upkeep
from ringback.workflows.context import Context
from ringback.workflows.escalation import climb_wait, pass_on, see_thread
from ringback.workflows.routing import take_thread
from tests.cast import NOON, TestClock
from tests.workflows.desk import Desk, open_desk
from tests.workflows.waiting_desk import answer, person, thread_with, told

STEP = 5 * 60
TESS_PHONE = "+13125550163"


def three(business: Business) -> Business:
    """Sam answers, Olga is the backup, Tess is everyone."""
    tess = Staff(new_id(), "Tess", TESS_PHONE)
    policy = RoutingPolicy(backup="Olga", rules=(RoutingRule(("Sam",)),))
    return replace(business, staff=(*business.staff, tess), routing=policy)


@pytest.fixture
async def desk(context: Context, clock: TestClock) -> Desk:
    """Harbor Dental, and Carla who waits for Sam."""
    desk = await open_desk(context, clock, three)
    desk.tells_staff = True
    await desk.text("Are you open?")
    await desk.work(1)
    return desk


SAM, OLGA = ("Sam", "assigned"), ("Olga", "escalated")
EVERYONE = [("Olga", "escalated"), ("Sam", "escalated"), ("Tess", "escalated")]


async def test_owner_then_backup_then_everyone_and_then_nobody_more(desk: Desk) -> None:
    assert await told(desk) == [SAM]
    await desk.work(STEP - 10)
    assert await told(desk) == [SAM]
    await desk.work(20)
    assert await told(desk) == [SAM, OLGA]
    await desk.work(STEP)
    assert await told(desk) == [SAM, OLGA, *EVERYONE]
    await desk.work(6 * STEP)
    assert await told(desk) == [SAM, OLGA, *EVERYONE]


async def test_a_rung_is_told_once_however_often_its_job_runs(desk: Desk) -> None:
    [wait] = await desk.table("reply_waits")
    desk.clock.pass_time(STEP)
    for _ in range(3):
        await climb_wait(desk.context, desk.business.business_id, wait["wait_id"])

    assert await told(desk) == [SAM, OLGA]


async def test_a_rung_whose_worker_died_is_told_by_the_next_tick(desk: Desk) -> None:
    await desk.forget_jobs()
    desk.clock.pass_time(STEP)
    await upkeep.start_due(desk.context)
    await desk.work(1)

    assert await told(desk) == [SAM, OLGA]


async def test_an_answer_stops_the_ladder(desk: Desk) -> None:
    await answer(desk, "Sam")
    await desk.work(3 * STEP)

    assert await told(desk) == [SAM]


async def test_who_was_told_and_opens_the_thread_stops_the_ladder(desk: Desk) -> None:
    async with business_transaction(desk.context.pool, desk.business.business_id) as connection:
        where = (connection, desk.business.business_id, (await thread_with(desk))["thread_id"])
        # Olga was told nothing: that she looks around says nothing of who answers.
        assert not await see_thread(*where, person(desk, "Olga").staff_id, desk.clock.now())
        assert not await see_thread(*where, None, desk.clock.now())
        assert await see_thread(*where, person(desk, "Sam").staff_id, desk.clock.now())
        assert not await see_thread(*where, person(desk, "Sam").staff_id, desk.clock.now())
    await desk.work(3 * STEP)

    assert await told(desk) == [SAM]
    assert [row["acknowledged_by"] for row in await desk.table("reply_waits")] == ["Sam"]


async def test_a_notice_that_was_acknowledged_on_its_own_channel_counts(desk: Desk) -> None:
    await desk.fetch("update notices set acknowledged_at = $2 where business_id = $1 returning 1", desk.clock.now())
    await desk.work(3 * STEP)

    assert await told(desk) == [SAM]
    assert [row["acknowledged_by"] for row in await desk.table("reply_waits")] == ["Sam"]


async def test_i_have_it_makes_the_thread_theirs(desk: Desk) -> None:
    async with business_transaction(desk.context.pool, desk.business.business_id) as connection:
        olga = person(desk, "Olga").staff_id
        assert await take_thread(
            connection, desk.business, (await thread_with(desk))["thread_id"], olga, desk.clock.now()
        )
    await desk.work(3 * STEP)

    assert (await thread_with(desk))["owner_id"] == olga
    assert await told(desk) == [SAM]


async def test_who_cannot_sends_it_on_at_once(desk: Desk) -> None:
    async with business_transaction(desk.context.pool, desk.business.business_id) as connection:
        thread_id = (await thread_with(desk))["thread_id"]
        assert await pass_on(connection, desk.business.business_id, thread_id, desk.clock.now())
    await desk.work(1)

    assert await told(desk) == [SAM, OLGA]


async def quiet(desk: Desk, name: str, *, urgent_through: bool = False) -> None:
    """From 09:00 to 12:00 in Chicago, and NOON is 10:00 there."""
    policy = StaffNoticePolicy(quiet_from=time(9), quiet_until=time(12), urgent_through=urgent_through)
    async with business_transaction(desk.context.pool, desk.business.business_id) as connection:
        await notices.save_policy(connection, desk.business.business_id, person(desk, name).staff_id, policy)


async def again(desk: Desk) -> None:
    """Carla is answered, and writes anew."""
    await answer(desk, "Sam")
    desk.clock.pass_time(60)
    await desk.text("And on Monday?", "SM-in-2")
    await desk.work(1)


async def test_the_ladder_goes_past_who_wants_quiet(desk: Desk) -> None:
    await quiet(desk, "Sam")
    await again(desk)

    assert await told(desk) == [SAM, ("Olga", "assigned")]


async def test_with_everybody_quiet_the_ladder_waits_for_the_first_who_wakes(desk: Desk) -> None:
    for name in ("Sam", "Olga", "Tess"):
        await quiet(desk, name)
    await again(desk)
    assert await told(desk) == [SAM]

    await desk.work(2 * 3600)
    # It climbs from where it stood, one rung at a time.
    assert (await told(desk))[:2] == [SAM, SAM]


async def test_what_is_urgent_comes_through_only_where_the_person_allows(desk: Desk) -> None:
    await quiet(desk, "Sam")
    await quiet(desk, "Olga", urgent_through=True)
    await quiet(desk, "Tess")
    await again(desk)
    assert await told(desk) == [SAM]

    async with business_transaction(desk.context.pool, desk.business.business_id) as connection:
        contact = (await thread_with(desk))["contact_id"]
        await threads.raise_urgency(connection, desk.business.business_id, contact, desk.clock.now())
    [wait] = [row for row in await desk.table("reply_waits") if row["ended_how"] is None]
    await desk.fetch("update reply_waits set next_at = $2 where business_id = $1 returning 1", desk.clock.now())
    await climb_wait(desk.context, desk.business.business_id, wait["wait_id"])
    assert await told(desk) == [SAM, OLGA]


async def test_at_night_the_owner_is_told_and_the_rest_when_the_shop_opens(context: Context, clock: TestClock) -> None:
    def closed(business: Business) -> Business:
        return replace(three(business), hours=parse_hours({day: ["12:00-17:00"] for day in ("wed", "thu")}))

    desk = await open_desk(context, clock, closed)
    desk.tells_staff = True
    await desk.text("Are you open?")
    await desk.work(3600)
    assert await told(desk) == [SAM]
    await desk.work(3600 + STEP)
    assert await told(desk) == [SAM, OLGA]
    assert clock.now() >= NOON + timedelta(hours=2)
