"""A person's reply: taken once, refused with a sentence, sent again only where it certainly did not go out."""

import asyncio
from uuid import UUID

import pytest

from ringback.domain.textback import Reason
from ringback.receptionist.dialog import HandOverKind
from ringback.store import deliveries, handoffs, threads
from ringback.store.db import business_transaction
from ringback.workflows.context import Context
from ringback.workflows.replies import Refused, Reply, retry_reply, send_reply
from tests.cast import CARLA, TestClock
from tests.fixtures import Shops
from tests.workflows.desk import Desk, until_somebody_waits
from tests.workflows.phone_company import Treatment, answer, refusal
from tests.workflows.talk import SETTLE_SECONDS, open_talk, thread_id_of
from tests.workflows.test_deliver import LOST

REPLY_ID = UUID(int=0xA11CE)


async def thread_with_carla(desk: Desk) -> UUID:
    await desk.text("Hello?")
    await desk.work(1)
    [thread] = await desk.table("threads")
    thread_id: UUID = thread["thread_id"]
    return thread_id


async def reply(desk: Desk, thread_id: UUID, body: str = "Yes, come by.", message_id: UUID = REPLY_ID) -> str | None:
    """Olga replies; return the code of a refusal."""
    refused = await send_reply(desk.context, desk.business.business_id, Reply(thread_id, message_id, body, "Olga"))
    return refused.code if refused else None


async def replies(desk: Desk) -> list[tuple[str, str]]:
    return [(row["body"], row["state"]) for row in await desk.table("messages") if row["purpose"] == "reply"]


async def test_a_reply_goes_out_from_the_line_the_contact_used_and_nobody_waits_any_more(desk: Desk) -> None:
    thread_id = await thread_with_carla(desk)
    assert await reply(desk, thread_id, "  Yes,\r\ncome by.\n") is None
    await desk.work(5)
    [post] = desk.company.posts
    assert (post["To"], post["From"], post["Body"]) == (CARLA, desk.line.number, "Yes,\ncome by.")
    assert "ValidityPeriod" not in post
    [thread] = await desk.table("threads")
    assert thread["needs_reply_at"] is None
    assert await replies(desk) == [("Yes,\ncome by.", "accepted")]


@pytest.mark.parametrize(
    ("body", "code"),
    [("", "empty"), (" \n\t", "empty"), ("x" * 1601, "too_long"), ("x" * 1600, None), ("x" * 1600 + "  \n", None)],
)
async def test_a_reply_is_neither_empty_nor_longer_than_a_text_can_be(desk: Desk, body: str, code: str | None) -> None:
    thread_id = await thread_with_carla(desk)
    assert await reply(desk, thread_id, body) == code
    assert len(await replies(desk)) == (0 if code else 1)


async def test_of_two_people_who_send_at_once_the_second_is_shown_what_the_first_wrote(desk: Desk) -> None:
    thread_id = await thread_with_carla(desk)
    [seen] = await desk.table("messages")
    business_id = desk.business.business_id

    async def send(name: str, number: int) -> Refused | None:
        written = Reply(thread_id, UUID(int=number), f"{name} here.", name, seen_id=seen["message_id"])
        return await send_reply(desk.context, business_id, written)

    async with business_transaction(desk.context.pool, business_id) as connection:
        await threads.lock_thread(connection, business_id, thread_id)
        both = asyncio.gather(send("Olga", 1), send("Sam", 2))
        await until_somebody_waits(desk, 2)

    assert sorted(refused.code if refused else "" for refused in await both) == ["", "answered"]
    assert len(await replies(desk)) == 1


async def test_the_same_reply_sent_twice_is_one(desk: Desk) -> None:
    thread_id = await thread_with_carla(desk)
    assert [await reply(desk, thread_id), await reply(desk, thread_id)] == [None, None]
    await desk.work(5)
    assert [await reply(desk, thread_id), len(desk.company.posts)] == [None, 1]
    await desk.work(5)
    assert len(desk.company.posts) == 1


async def test_nobody_replies_to_one_who_opted_out(desk: Desk) -> None:
    thread_id = await thread_with_carla(desk)
    await desk.text("STOP", "SM-2")
    await desk.work(1)
    assert await reply(desk, thread_id) == "opted_out"


async def test_a_reply_that_waits_is_dropped_by_a_stop(desk: Desk) -> None:
    thread_id = await thread_with_carla(desk)
    await reply(desk, thread_id)
    await desk.text("STOP", "SM-2")
    await desk.work(5)
    assert await replies(desk) == [("Yes, come by.", "dropped")]
    assert desk.company.posts == []


async def test_rex_cannot_reply_in_a_thread_of_harbors(desk: Desk, shops: Shops) -> None:
    thread_id = await thread_with_carla(desk)
    reply = Reply(thread_id, REPLY_ID, "Come to us!", "Rex")
    refused = await send_reply(desk.context, shops.rex.business_id, reply)
    assert refused is not None
    assert refused.code == "not_found"
    assert await replies(desk) == []


async def test_a_thread_whose_line_has_ended_takes_no_reply(desk: Desk) -> None:
    thread_id = await thread_with_carla(desk)
    await desk.fetch("update lines set ended_at = now() where business_id = $1 and line_id = $2", desk.line.line_id)
    await desk.fetch("update businesses set version = version + 1 where business_id = $1")
    assert await reply(desk, thread_id) == "line_ended"


async def again(desk: Desk, message_id: UUID = REPLY_ID) -> Refused | None:
    return await retry_reply(desk.context, desk.business.business_id, message_id)


async def test_a_refused_reply_can_be_sent_again_once_it_is_known_why(desk: Desk) -> None:
    thread_id = await thread_with_carla(desk)
    desk.company.treats.append(Treatment(keeps=False, says=refusal(20003, 401)))
    await reply(desk, thread_id)
    await desk.work(5)
    assert await replies(desk) == [("Yes, come by.", "rejected")]
    assert await desk.table("call_backs") == []
    assert await again(desk) is None
    await desk.work(5)
    assert await replies(desk) == [("Yes, come by.", "accepted")]
    assert len(desk.company.kept) == 1


@pytest.mark.parametrize("says", [None, LOST, answer(429, {})])
async def test_a_reply_that_may_have_gone_out_or_still_will_is_not_sent_again(
    desk: Desk, says: Exception | None
) -> None:
    thread_id = await thread_with_carla(desk)
    desk.company.treats.append(Treatment(keeps=True, says=says))
    await reply(desk, thread_id)
    await desk.work(0.1)
    refused = await again(desk)
    assert refused is not None
    assert refused.code == "not_refused"


async def test_what_does_not_exist_is_not_sent_again(desk: Desk) -> None:
    refused = await again(desk, UUID(int=404))
    assert refused is not None
    assert refused.code == "not_found"


async def test_a_reply_and_an_answer_of_the_receptionist_that_is_given_up_do_not_wait_for_each_other(
    context: Context, clock: TestClock
) -> None:
    desk, parrot = await open_talk(context, clock)
    business_id = desk.business.business_id
    parrot.will(say="Tomorrow at nine?")
    await desk.text("Any time this week?")
    await desk.work(SETTLE_SECONDS + 1, only="take_message")
    await desk.work(SETTLE_SECONDS + 1, only="take_turn")
    thread_id = await thread_id_of(desk)
    [answer] = [row for row in await desk.table("messages") if row["purpose"] == "receptionist"]

    async with business_transaction(context.pool, business_id) as connection:
        await deliveries.load_delivery(connection, business_id, answer["message_id"], clock.now())
        replying = asyncio.create_task(reply(desk, thread_id))
        await until_somebody_waits(desk)
        # What the delivery of a text does that came too late.
        await deliveries.drop_message(connection, business_id, answer["message_id"], Reason.STALE, clock.now())
        await handoffs.add_handoff(connection, business_id, thread_id, HandOverKind.FAILED, "It is late.", clock.now())

    assert await replying is None
    assert await replies(desk) == [("Yes, come by.", "intended")]
