"""The law at work: what answers nothing waits, is counted and dropped; answers go; each names the rule it went by."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from ringback.domain.bookings import Opening
from ringback.domain.business import Business
from ringback.domain.messages import Author, Purpose
from ringback.receptionist.dialog import AlertOnCall, Dialog, Heard, OpeningsFound, Silence
from ringback.store import threads
from ringback.store.db import business_transaction
from ringback.store.ids import new_id
from ringback.workflows.context import Context
from ringback.workflows.deliver import deliver
from ringback.workflows.outgoing import outgoing_message
from ringback.workflows.silence import follow_up
from ringback.workflows.turn_rows import Turn, message_rows
from tests.cast import CARLA, NOON, TestClock, harbor
from tests.workflows.desk import Desk, open_desk
from tests.workflows.talk import Parrot, book, contact_id_of, listening, open_talk, outbound, said, thread_id_of

# 10 and 20:59 in the evening in Chicago, and 8 the next morning.
TEN_AT_NIGHT = NOON.replace(day=19, hour=4)
LAST_MINUTE = NOON.replace(day=19, hour=2, minute=59)
MORNING = NOON.replace(day=19, hour=14)
MAINE = "+12075550142"


@pytest.fixture
async def talk(context: Context, clock: TestClock) -> tuple[Desk, Parrot]:
    """Harbor Dental, with a parrot for a receptionist; Carla has written."""
    desk, parrot = await open_talk(context, clock)
    await desk.text("Hello?")
    await desk.work(10)
    return desk, parrot


async def write(desk: Desk, purpose: Purpose, minutes: float = 240, written_by: str | None = None) -> UUID:
    """Write one text to Carla now; it is worth sending for so many minutes."""
    message_id, now = new_id(), desk.clock.now()
    body = f"{purpose} {message_id}"
    row = outgoing_message(message_id, Author.SYSTEM, purpose, body, desk.line)
    row |= {"expires_at": now + timedelta(minutes=minutes), "written_by": written_by}
    thread_id, business_id = await thread_id_of(desk), desk.business.business_id
    async with business_transaction(desk.context.pool, business_id) as connection:
        await threads.add_message(connection, business_id, thread_id, desk.line.line_id, row, now)
    return message_id


async def fate(desk: Desk, message_id: UUID) -> tuple[str, str | None, str | None]:
    found: dict[str, Any] = await desk.message(message_id)
    return found["state"], found["error_kind"], found["rule_version"]


@pytest.mark.parametrize("purpose", [Purpose.FOLLOW_UP, Purpose.REMINDER, Purpose.BOOKING])
async def test_what_answers_nothing_waits_for_the_morning_and_names_its_rules(
    talk: tuple[Desk, Parrot], purpose: Purpose
) -> None:
    desk, _ = talk
    desk.clock.at = TEN_AT_NIGHT
    message_id = await write(desk, purpose, minutes=11 * 60)
    await desk.work(60, only="deliver")
    assert await fate(desk, message_id) == ("intended", None, None)
    desk.clock.at = MORNING - timedelta(seconds=1)
    await deliver(desk.context, desk.business.business_id, message_id)
    assert (await fate(desk, message_id))[0] == "intended"
    desk.clock.at = MORNING
    await deliver(desk.context, desk.business.business_id, message_id)
    assert await fate(desk, message_id) == ("accepted", None, "US-IL@1 US@1")


async def test_what_would_come_too_late_is_dropped_with_the_reason(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    desk.clock.at = TEN_AT_NIGHT
    message_id = await write(desk, Purpose.REMINDER)
    await desk.work(1, only="deliver")
    assert await fate(desk, message_id) == ("dropped", "quiet_hours", None)


async def test_the_last_minute_counts_when_it_leaves_and_not_when_it_was_written(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    desk.clock.at = LAST_MINUTE
    in_time, too_late = await write(desk, Purpose.FOLLOW_UP), await write(desk, Purpose.FOLLOW_UP, minutes=10)
    await deliver(desk.context, desk.business.business_id, in_time)
    desk.clock.pass_time(60)
    await deliver(desk.context, desk.business.business_id, too_late)
    assert [(await fate(desk, one))[:2] for one in (in_time, too_late)] == [
        ("accepted", None),
        ("dropped", "quiet_hours"),
    ]


@pytest.mark.parametrize(
    ("purpose", "written_by"),
    [
        (Purpose.RECEPTIONIST, None),
        (Purpose.KEYWORD_ANSWER, None),
        (Purpose.REPLY, "Sam"),
        (Purpose.BOOKING, "Sam"),
    ],
)
async def test_answers_and_what_people_write_go_at_any_hour(
    talk: tuple[Desk, Parrot], purpose: Purpose, written_by: str | None
) -> None:
    desk, _ = talk
    desk.clock.at = TEN_AT_NIGHT
    message_id = await write(desk, purpose, written_by=written_by)
    await deliver(desk.context, desk.business.business_id, message_id)
    state, _, rule = await fate(desk, message_id)
    assert state == "accepted"
    assert "@" not in (rule or "")


async def test_a_missed_call_at_night_is_answered_at_once(context: Context, clock: TestClock) -> None:
    clock.at = TEN_AT_NIGHT
    desk = await open_desk(context, clock)
    message_id = await desk.miss()
    await desk.work(10)
    assert await fate(desk, message_id) == ("accepted", None, "answer")


def at_night_too(business: Business) -> Business:
    """An owner who wants no text at night at all."""
    return replace(listening(business), policy=replace(business.policy, answers_keep_quiet_hours=True))


async def test_an_owner_may_hold_answers_until_the_morning(context: Context, clock: TestClock) -> None:
    clock.at = TEN_AT_NIGHT
    desk, _ = await open_talk(context, clock, at_night_too)
    message_id = await desk.miss(caller="+13125550143")
    await desk.text("Hello?")
    await desk.work(3600)
    assert desk.company.posts == []
    assert (await fate(desk, message_id))[0] == "intended"
    desk.clock.at = MORNING - timedelta(seconds=30)
    await desk.work(60)
    assert sorted(post["To"] for post in desk.company.posts) == [CARLA, "+13125550143"]


async def test_danger_is_answered_at_night_whatever_the_owner_wants(context: Context, clock: TestClock) -> None:
    clock.at = TEN_AT_NIGHT
    desk, parrot = await open_talk(context, clock, at_night_too)
    parrot.will(AlertOnCall("gas", None), say="Leave the house now.")
    await desk.text("I smell gas")
    await desk.work(10)
    assert [post["Body"] for post in desk.company.posts if post["To"] == CARLA] == ["Leave the house now."]


async def test_the_fourth_text_of_a_day_that_answers_nothing_is_dropped(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    purposes = [Purpose.FOLLOW_UP, Purpose.REMINDER, Purpose.BOOKING, Purpose.REMINDER]
    written = [await write(desk, purpose) for purpose in purposes]
    for message_id in written:
        await deliver(desk.context, desk.business.business_id, message_id)
    assert [(await fate(desk, one))[:2] for one in written] == [
        *[("accepted", None)] * 3,
        ("dropped", "texted_recently"),
    ]
    # Answers go on, and a day later there is room again.
    answer = await write(desk, Purpose.RECEPTIONIST)
    await deliver(desk.context, desk.business.business_id, answer)
    desk.clock.at += timedelta(hours=24, seconds=1)
    again = await write(desk, Purpose.REMINDER)
    await deliver(desk.context, desk.business.business_id, again)
    assert [(await fate(desk, one))[0] for one in (answer, again)] == ["accepted", "accepted"]


async def test_workers_at_once_do_not_get_past_the_limit(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    written = [await write(desk, Purpose.REMINDER) for _ in range(6)]
    await asyncio.gather(*(deliver(desk.context, desk.business.business_id, one) for one in written))
    states = [(await fate(desk, one))[0] for one in written]
    assert (states.count("accepted"), states.count("dropped")) == (3, 3)


async def test_nothing_is_written_to_who_had_enough_and_a_person_sees_to_it(talk: tuple[Desk, Parrot]) -> None:
    desk, parrot = talk
    for _ in range(3):
        await deliver(desk.context, desk.business.business_id, await write(desk, Purpose.REMINDER))
    desk.clock.at = NOON + timedelta(hours=3)
    await follow_up(desk.context, desk.business.business_id, await thread_id_of(desk))
    assert not [row for row in await outbound(desk) if row[0] == "follow_up"]
    assert parrot.heard[-1] == Silence(followed_up=True)


async def test_the_address_of_a_booking_moves_the_hours(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    starts_at = NOON + timedelta(days=5)
    opening = Opening(starts_at, starts_at + timedelta(hours=1), desk.business.staff[0].staff_id)
    made = await book(desk, opening, await contact_id_of(desk))
    async with business_transaction(desk.context.pool, desk.business.business_id) as connection:
        sql = "update bookings set address = '7 Hill Road, San Diego, CA 92101' where booking_id = $1"
        await connection.execute(sql, made.booking_id)
    # Ten in the morning in Chicago is eight in San Diego, where the law begins at nine.
    message_id = await write(desk, Purpose.FOLLOW_UP)
    await deliver(desk.context, desk.business.business_id, message_id)
    assert await fate(desk, message_id) == ("intended", None, None)
    desk.clock.at = datetime(2026, 11, 18, 17, 0, tzinfo=NOON.tzinfo)
    await deliver(desk.context, desk.business.business_id, message_id)
    assert await fate(desk, message_id) == ("accepted", None, "US-CA@1 US-IL@1 US@1")


def test_only_what_was_heard_is_answered() -> None:
    line = harbor().lines[0]
    purposes = []
    for happened in (Heard(("Hello?",)), Silence(followed_up=False), OpeningsFound(())):
        turn = Turn(new_id(), happened, None, Dialog("en"), (said("Hello."),), message_ids=(new_id(),))
        [row] = message_rows(turn, line, NOON)
        purposes.append((row["purpose"], row["rule_version"]))
    assert purposes == [(Purpose.RECEPTIONIST, "answer"), (Purpose.FOLLOW_UP, None), (Purpose.BOOKING, None)]


async def test_somebody_in_maine_reads_that_a_machine_writes(context: Context, clock: TestClock) -> None:
    desk, _ = await open_talk(context, clock)
    await desk.miss(call="CA-me", caller=MAINE)
    await desk.miss(call="CA-il", caller="+13125550143")
    await desk.work(10)
    said = {post["To"]: post["Body"].endswith("(automated assistant)") for post in desk.company.posts}
    assert said == {MAINE: True, "+13125550143": False}
