"""Silence: one gentle follow-up to those who had replied, in allowed hours; promises that come due."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from ringback.receptionist.dialog import Close, HandOver, HandOverKind, Heard, PromiseCall, Silence
from ringback.store import call_backs, promises
from ringback.store.db import business_transaction
from ringback.workflows.context import Context
from ringback.workflows.promises import warn_of_promise
from ringback.workflows.silence import follow_up
from tests.cast import NOON, TestClock
from tests.workflows.desk import Desk
from tests.workflows.talk import Parrot, open_talk, outbound, thread_id_of, thread_of, tick
from tests.workflows.test_converse import reply_of_olga

FOLLOW_UP = timedelta(minutes=120)


@pytest.fixture
async def talk(context: Context, clock: TestClock) -> tuple[Desk, Parrot]:
    """Harbor Dental, with a parrot for a receptionist."""
    return await open_talk(context, clock)


async def begin(desk: Desk, at: datetime = NOON) -> None:
    """Carla writes, and is answered."""
    desk.clock.at = at
    await desk.text("I need a cleaning")
    await desk.work(10)


async def due(desk: Desk) -> Any:
    [dialog] = await desk.table("dialogs")
    return dialog["follow_up_at"]


async def test_who_falls_silent_is_asked_once_and_then_left_to_a_person(talk: tuple[Desk, Parrot]) -> None:
    desk, parrot = talk
    await begin(desk)
    desk.clock.pass_time(FOLLOW_UP.total_seconds() - 60)
    await tick(desk)
    assert len(desk.company.posts) == 1
    desk.clock.pass_time(60)
    await tick(desk)
    assert (await outbound(desk))[-1] == ("follow_up", "accepted", "Are you still there?")
    parrot.will(HandOver(HandOverKind.SILENCE, "They fell silent."))
    desk.clock.pass_time(FOLLOW_UP.total_seconds())
    await tick(desk)
    assert [one for one in parrot.heard if isinstance(one, Silence)] == [
        Silence(followed_up=False),
        Silence(followed_up=True),
    ]
    assert [row["kind"] for row in await desk.table("handoffs")] == ["silence"]
    assert (await thread_of(desk))["needs_reply_at"] is not None
    for _ in range(3):
        desk.clock.pass_time(FOLLOW_UP.total_seconds())
        await tick(desk)
    assert len(desk.company.posts) == 2


async def test_however_often_the_job_runs_there_is_one_follow_up(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    await begin(desk)
    desk.clock.pass_time(FOLLOW_UP.total_seconds())
    for _ in range(3):
        await follow_up(desk.context, desk.business.business_id, await thread_id_of(desk))
    await desk.work(5)
    assert len(desk.company.posts) == 2


async def test_an_answer_in_time_ends_the_silence(talk: tuple[Desk, Parrot]) -> None:
    desk, parrot = talk
    await begin(desk)
    desk.clock.pass_time(FOLLOW_UP.total_seconds() - 60)
    await desk.text("Monday", "SM-2")
    await desk.work(1)
    desk.clock.pass_time(60)
    # The text is not read yet, though the follow-up is due.
    await follow_up(desk.context, desk.business.business_id, await thread_id_of(desk))
    await desk.work(20)
    assert not any(isinstance(one, Silence) for one in parrot.heard)
    assert [purpose for purpose, _, _ in await outbound(desk)] == ["receptionist", "receptionist"]


async def test_a_silence_that_ends_at_night_is_followed_up_in_the_morning(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    # 20:30 in Chicago: two hours later it is night there.
    await begin(desk, NOON.replace(hour=2, minute=30))
    morning = NOON.replace(hour=14, minute=0)
    assert await due(desk) == morning
    desk.clock.at = morning - timedelta(minutes=1)
    await tick(desk)
    assert len(desk.company.posts) == 1
    desk.clock.at = morning
    await tick(desk)
    assert len(desk.company.posts) == 2


async def test_a_worker_that_was_away_over_the_evening_waits_for_the_morning(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    await begin(desk)
    desk.clock.at = NOON.replace(day=19, hour=4)
    await tick(desk)
    assert len(desk.company.posts) == 1
    assert await due(desk) == NOON.replace(day=19, hour=14)


async def test_nobody_is_followed_up_where_all_is_said_or_a_person_is_at_it(talk: tuple[Desk, Parrot]) -> None:
    desk, parrot = talk
    parrot.will(Close(), say="You're welcome.")
    await begin(desk)
    assert await due(desk) is None
    await desk.text("Oh, a cleaning please", "SM-2")
    await desk.work(10)
    assert await due(desk) is not None
    await reply_of_olga(desk)
    assert await due(desk) is None
    desk.clock.pass_time(FOLLOW_UP.total_seconds())
    await tick(desk)
    assert all(isinstance(one, Heard) for one in parrot.heard)


async def test_stop_ends_the_wait_for_an_answer(talk: tuple[Desk, Parrot]) -> None:
    desk, parrot = talk
    await begin(desk)
    await desk.text("STOP", "SM-2")
    await desk.work(5)
    desk.clock.pass_time(FOLLOW_UP.total_seconds())
    await tick(desk)
    assert not any(isinstance(one, Silence) for one in parrot.heard)


async def promise(talk: tuple[Desk, Parrot]) -> datetime:
    desk, parrot = talk
    due_at = desk.clock.now() + timedelta(hours=1)
    parrot.will(PromiseCall(due_at, "wants to talk about implants"), say="We will call you by 11.")
    await begin(desk)
    return due_at


async def test_a_promise_that_is_due_and_not_kept_calls_for_a_person_once(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    due_at = await promise(talk)
    assert (await thread_of(desk))["needs_reply_at"] is None
    desk.clock.at = due_at - timedelta(seconds=1)
    await tick(desk)
    assert await desk.table("alarms") == []
    desk.clock.at = due_at
    await tick(desk)
    [alarm], [task], thread = await desk.table("alarms"), await desk.table("call_backs"), await thread_of(desk)
    assert (alarm["kind"], alarm["times"]) == ("promise", 1)
    assert task["urgent"]
    assert thread["needs_reply_at"] == thread["urgent_at"] == due_at
    [row] = await desk.table("promises")
    for _ in range(2):
        await warn_of_promise(desk.context, desk.business.business_id, row["promise_id"])
    assert [alarm["times"] for alarm in await desk.table("alarms")] == [1]


async def test_a_promise_that_was_kept_warns_of_nothing(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    due_at = await promise(talk)
    business_id = desk.business.business_id
    async with business_transaction(desk.context.pool, business_id) as connection:
        [open_one] = await promises.list_promises(connection, business_id, 10)
        assert await call_backs.finish_call_back(connection, business_id, open_one["call_back_id"], "Sam", due_at)
        assert await promises.list_promises(connection, business_id, 10) == []
    desk.clock.at = due_at
    await tick(desk)
    assert await desk.table("alarms") == []


async def test_a_promise_made_again_is_one_promise(talk: tuple[Desk, Parrot]) -> None:
    desk, parrot = talk
    await promise(talk)
    parrot.will(PromiseCall(desk.clock.now() + timedelta(hours=3), "later please"), say="Then by 1.")
    await desk.text("Not before noon", "SM-2")
    await desk.work(10)
    assert [row["about"] for row in await desk.table("promises") if row["done_at"] is None] == ["later please"]
    assert [row["why"] for row in await desk.table("call_backs") if row["done_at"] is None] == ["later please"]
