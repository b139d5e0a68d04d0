"""Staff answer callers from their own phones; what could be for two callers is held until they say for whom."""

from dataclasses import replace

import pytest

from ringback.domain.business import Business, RoutingPolicy, RoutingRule
from ringback.receptionist.dialog import AlertOnCall, HandOver, HandOverKind
from ringback.store.contacts import OptOut, save_opt_out
from ringback.store.db import business_transaction
from ringback.workflows.context import Context
from tests.cast import CARLA, OLGA_PHONE, SAM_PHONE, TestClock
from tests.workflows.desk import Desk, open_desk
from tests.workflows.talk import listening, open_talk
from tests.workflows.waiting_desk import answer, person, texts_to, thread_with, told

DORA = "+13125550143"


def sams(business: Business) -> Business:
    """Everything is Sam's, and he is told when a reply has gone out."""
    return replace(business, routing=RoutingPolicy(rules=(RoutingRule(("Sam",)),), backup="Olga", confirm_relay=True))


@pytest.fixture
async def desk(context: Context, clock: TestClock) -> Desk:
    """Harbor Dental; Sam was texted that Carla waits."""
    desk = await open_desk(context, clock, sams)
    desk.tells_staff = True
    await desk.text("Are you open?")
    await desk.work(15)
    assert len(texts_to(desk, SAM_PHONE)) == 1
    return desk


async def sam_texts(desk: Desk, body: str, sid: str, seconds: float = 15) -> None:
    await desk.text(body, sid, sender=SAM_PHONE)
    await desk.work(seconds)


async def dora_writes(desk: Desk) -> None:
    await desk.text("How much is a crown?", "SM-dora", sender=DORA)
    await desk.work(15)


async def replies(desk: Desk) -> list[tuple[str, str | None, str]]:
    """What was written to callers by people: phone, who, words."""
    found = await desk.fetch(
        "select c.phone, m.written_by, m.body from messages m join threads t using (business_id, thread_id) "
        "join contacts c using (business_id, contact_id) where m.business_id = $1 and m.purpose = 'reply' "
        "order by m.created_at, m.message_id"
    )
    return [(row["phone"], row["written_by"], row["body"]) for row in found]


async def test_an_answer_to_the_notice_goes_to_the_caller_from_the_business_number(desk: Desk) -> None:
    await sam_texts(desk, "Yes, until five.", "SM-sam")

    assert await replies(desk) == [(CARLA, "Sam", "Yes, until five.")]
    [post] = [post for post in desk.company.posts if post["To"] == CARLA]
    assert (post["From"], post["Body"]) == (desk.line.number, "Yes, until five.")
    assert (await thread_with(desk))["needs_reply_at"] is None
    assert texts_to(desk, SAM_PHONE)[-1] == "Sent to (312) 555-0142."
    assert [wait["answered_by"] for wait in await desk.table("reply_waits")] == ["Sam"]
    # What he wrote stands in no thread as something that a contact said.
    assert [row["body"] for row in await inbound(desk)] == ["Are you open?"]


async def inbound(desk: Desk) -> list[dict[str, str]]:
    return await desk.fetch(
        "select m.body from messages m join threads t using (business_id, thread_id) where m.business_id = $1 "
        "and m.direction = 'in' and not t.for_alerts"
    )


async def test_told_twice_by_the_phone_company_it_goes_out_once(desk: Desk) -> None:
    await desk.text("Yes, until five.", "SM-sam", sender=SAM_PHONE)
    await desk.text("Yes, until five.", "SM-sam", sender=SAM_PHONE)
    await desk.work(15)

    assert len(await replies(desk)) == 1


async def test_a_worker_that_dies_after_the_reply_sends_it_no_second_time(desk: Desk) -> None:
    await sam_texts(desk, "Yes, until five.", "SM-sam")
    await desk.fetch("update relays set state = 'going', settled_at = null where business_id = $1 returning 1")
    [relay] = await desk.table("relays")
    payload = {"business": str(desk.business.business_id), "relay": str(relay["relay_id"])}
    await desk.context.pool.execute("select enqueue_job('send_relay', $1)", payload)
    await desk.work(15)

    assert len(texts_to(desk, CARLA)) == 1


async def test_with_two_open_it_is_held_and_he_is_asked_which(desk: Desk) -> None:
    await dora_writes(desk)
    await sam_texts(desk, "Yes, until five.", "SM-sam")
    assert await replies(desk) == []
    question = texts_to(desk, SAM_PHONE)[-1]
    assert question == "Who is your reply for? 1 (312) 555-0142, 2 (312) 555-0143. Reply with the number."

    await sam_texts(desk, "2", "SM-sam-2")
    assert await replies(desk) == [(DORA, "Sam", "Yes, until five.")]


async def test_what_follows_a_held_text_goes_with_it_and_he_is_asked_once(desk: Desk) -> None:
    await dora_writes(desk)
    await sam_texts(desk, "Yes, until five.", "SM-sam")
    asked = len(texts_to(desk, SAM_PHONE))
    await sam_texts(desk, "Ring the bell.", "SM-sam-2")
    assert len(texts_to(desk, SAM_PHONE)) == asked
    await sam_texts(desk, "1", "SM-sam-3")

    assert [words for _, _, words in await replies(desk)] == ["Yes, until five.", "Ring the bell."]
    assert {phone for phone, _, _ in await replies(desk)} == {CARLA}


async def test_a_number_before_the_words_says_for_whom(desk: Desk) -> None:
    await dora_writes(desk)
    await sam_texts(desk, "Yes, until five.", "SM-sam")
    await sam_texts(desk, "2 A crown is $900.", "SM-sam-2")
    await sam_texts(desk, "1", "SM-sam-3")

    assert await replies(desk) == [(DORA, "Sam", "A crown is $900."), (CARLA, "Sam", "Yes, until five.")]


@pytest.mark.parametrize("body", ["2 pm works", "2 hours", "2 or 3?", "1 to 2"])
async def test_a_number_that_is_a_time_says_for_nobody(desk: Desk, body: str) -> None:
    await dora_writes(desk)
    await sam_texts(desk, "Yes, until five.", "SM-sam")
    await sam_texts(desk, body, "SM-sam-2")

    assert await replies(desk) == []
    assert [relay["state"] for relay in await desk.table("relays")] == ["held", "held"]


async def test_a_held_text_that_nobody_places_is_sent_to_nobody_and_he_is_told(desk: Desk) -> None:
    await dora_writes(desk)
    await sam_texts(desk, "Yes, until five.", "SM-sam")
    await desk.work(31 * 60)
    assert 'Not sent: "Yes, until five.". You did not say who it was for.' in texts_to(desk, SAM_PHONE)
    await sam_texts(desk, "1", "SM-sam-2")

    assert await replies(desk) == []


async def test_i_have_it_and_cannot_are_no_words_for_the_caller(desk: Desk) -> None:
    await sam_texts(desk, "Can't!", "SM-sam", 1)
    assert await told(desk) == [("Sam", "assigned"), ("Olga", "escalated")]
    await desk.text("I have it", "SM-olga", sender=OLGA_PHONE)
    # Olga's notice is on its way still: what she says now is about nothing that she was told.
    await desk.work(15)
    await desk.text("I have it", "SM-olga-2", sender=OLGA_PHONE)
    await desk.work(15)

    assert await replies(desk) == []
    assert (await thread_with(desk))["owner_id"] == person(desk, "Olga").staff_id


async def test_stop_from_a_staff_phone_is_a_stop(desk: Desk) -> None:
    await sam_texts(desk, "STOP", "SM-sam")

    assert await replies(desk) == []
    assert len(await desk.table("opt_outs")) == 1


async def test_a_reply_that_may_not_go_out_is_told_to_its_writer(desk: Desk) -> None:
    async with business_transaction(desk.context.pool, desk.business.business_id) as connection:
        carla = (await thread_with(desk))["contact_id"]
        opt_out = OptOut(desk.line.line_id, "keyword", desk.clock.now(), "STOP")
        await save_opt_out(connection, desk.business.business_id, carla, opt_out, desk.clock.now())
    await sam_texts(desk, "Yes, until five.", "SM-sam")

    assert await replies(desk) == []
    assert texts_to(desk, SAM_PHONE)[-1].startswith("Not sent to (312) 555-0142: This person asked for no more texts.")


async def test_what_is_answered_by_another_is_not_open_any_more(desk: Desk) -> None:
    await answer(desk, "Olga")
    await sam_texts(desk, "Who took my keys?", "SM-sam")

    assert [written_by for _, written_by, _ in await replies(desk)] == ["Olga"]


async def test_an_answer_to_an_emergency_in_his_own_words_takes_it_and_reaches_the_caller(
    context: Context, clock: TestClock
) -> None:
    desk, parrot = await open_talk(context, clock, lambda business: listening(business, on_call=("Sam",)))
    parrot.will(AlertOnCall("water"), HandOver(HandOverKind.EMERGENCY, "Flood", stays=True), say="Shut the valve.")
    await desk.text("water everywhere")
    await desk.work(10)
    await sam_texts(desk, "Stay out of the cellar, we are there in 20 minutes", "SM-sam")

    assert [alert["acknowledged_by"] for alert in await desk.table("alerts")] == ["Sam"]
    assert texts_to(desk, CARLA)[-1] == "Stay out of the cellar, we are there in 20 minutes"
    assert not any("on the way" in words for words in texts_to(desk, CARLA))
