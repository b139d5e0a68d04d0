""" "Busy until 3": a person, or everyone, is not rung and given nothing; callers hear until when; it ends by itself."""

from dataclasses import replace

import pytest

from ringback.domain.business import Business
from ringback.domain.wording import Rule, Wording
from ringback.workflows.context import Context
from tests.cast import CARLA, SAM_PHONE, TestClock
from tests.workflows.desk import Desk, open_desk
from tests.workflows.waiting_desk import texts_to

BUSY = Wording(
    "With a patient", "en", "Hi, {business} here. We are with a patient until {until}. What is it? STOP to opt out."
)


def saying_until(business: Business) -> Business:
    return replace(business, wordings=(BUSY,), rules=(Rule("With a patient"),))


@pytest.fixture
async def desk(context: Context, clock: TestClock) -> Desk:
    """Harbor Dental, where Sam's phone alone rings."""
    return await open_desk(context, clock, saying_until)


async def sam_texts(desk: Desk, body: str, sid: str = "SM-sam") -> None:
    await desk.text(body, sid, sender=SAM_PHONE)
    await desk.work(2)


async def rings_sam(desk: Desk, call: str) -> bool:
    desk._hook_lines.clear()
    return SAM_PHONE.encode() in (await desk.ring(call)).body


async def test_who_says_busy_is_not_rung_until_then_and_is_told_so(desk: Desk) -> None:
    assert await rings_sam(desk, "CA1")
    await sam_texts(desk, "busy until 3")
    assert texts_to(desk, SAM_PHONE) == ["OK, you are away until 3 PM. Text BACK to end it."]
    assert not await rings_sam(desk, "CA2")

    desk.clock.pass_time(5 * 3600)
    assert await rings_sam(desk, "CA3")


async def test_the_caller_reads_until_when(desk: Desk) -> None:
    await sam_texts(desk, "busy until 3")
    message = await desk.miss()

    assert "We are with a patient until 3 PM." in (await desk.message(message))["body"]


async def test_back_ends_it(desk: Desk) -> None:
    await sam_texts(desk, "busy 2h")
    assert not await rings_sam(desk, "CA1")
    await sam_texts(desk, "back", "SM-back")

    assert await rings_sam(desk, "CA2")
    assert [row["ended_by"] for row in await desk.table("away")] == ["Sam"]
    assert [row["what"] for row in await desk.table("audit_entries")] == ["away.begin", "away.end"]


async def test_everyone_can_be_away_at_once(desk: Desk) -> None:
    await sam_texts(desk, "We're busy until 5")

    assert not await rings_sam(desk, "CA1")
    assert [row["staff_id"] for row in await desk.table("away")] == [None]
    await sam_texts(desk, "back", "SM-back")
    assert await rings_sam(desk, "CA2")


async def test_said_again_the_later_word_counts(desk: Desk) -> None:
    await sam_texts(desk, "busy until 3")
    await sam_texts(desk, "busy 30 min", "SM-again")
    desk.clock.pass_time(31 * 60)

    assert await rings_sam(desk, "CA1")
    assert len(await desk.table("away")) == 2


async def test_a_caller_who_writes_busy_is_a_caller(desk: Desk) -> None:
    await desk.text("busy until 3", sender=CARLA)
    await desk.work(2)

    assert await desk.table("away") == []
    assert [row["needs_reply_at"] is not None for row in await desk.table("threads")] == [True]
