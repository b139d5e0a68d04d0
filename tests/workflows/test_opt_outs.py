"""An opt-out in effect: at once, on every line, over everything that was still to go, and confirmed once at most."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from ringback.domain.bookings import Opening
from ringback.store.db import business_transaction
from ringback.store.ids import new_id
from ringback.workflows.consent_opting import record_opt_out
from ringback.workflows.context import Context
from ringback.workflows.reminders import send_on_my_way
from ringback.workflows.replies import Refused, Reply, send_reply
from tests.cast import CARLA, NOON, TestClock
from tests.workflows.desk import Desk, open_desk
from tests.workflows.phone_company import Treatment, answer, refusal
from tests.workflows.talk import Parrot, book, contact_id_of, open_talk, thread_id_of, thread_of, tick

CONFIRMATION = "Harbor Dental: you will get no more texts from us. Reply START to get them again."


@pytest.fixture
async def talk(context: Context, clock: TestClock) -> tuple[Desk, Parrot]:
    """Harbor Dental with a parrot for a receptionist; Carla has written and was answered."""
    desk, parrot = await open_talk(context, clock)
    await desk.text("Hello?", "SM-0")
    await desk.work(10)
    assert len(desk.company.posts) == 1
    return desk, parrot


def bodies(desk: Desk) -> list[str]:
    """What was handed to the phone company after the first text, in order."""
    return [post["Body"] for post in desk.company.posts[1:]]


async def appointment(desk: Desk, hours: int = 50) -> Any:
    """Carla has an appointment."""
    starts_at = NOON + timedelta(hours=hours)
    opening = Opening(starts_at, starts_at + timedelta(hours=1), desk.business.staff[0].staff_id)
    return await book(desk, opening, await contact_id_of(desk))


async def test_everything_that_is_still_with_us_is_dropped_with_the_message(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    booking = await appointment(desk)
    await send_reply(
        desk.context, desk.business.business_id, Reply(await thread_id_of(desk), booking.booking_id, "At 3", "Sam")
    )
    await send_on_my_way(desk.context, desk.business.business_id, booking.booking_id, 20, "Sam")
    await desk.text("please dont text me again", "SM-1")
    # The one job of the text, and none that would clear up after it.
    await desk.work(only="take_message")
    states = await desk.fetch(
        "select state, error_kind from messages where business_id = $1 and direction = 'out' and state <> 'accepted' "
        "and purpose <> 'keyword_answer'"
    )

    assert len(states) == 2
    assert {(row["state"], row["error_kind"]) for row in states} == {("dropped", "opted_out")}


async def test_an_opt_out_on_one_line_holds_for_the_other(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    await desk.text("STOP", "SM-1")
    await desk.work(5)
    ads = desk.business.lines[1]
    fields = {"CallSid": "CA-9", "From": CARLA, "To": ads.number, "CallStatus": "ringing"}
    await desk.hook("voice", fields, line=ads)
    await desk.hook("dialed", {**fields, "DialCallStatus": "no-answer"}, line=ads)
    await desk.work(60)

    [decision] = await desk.decisions()
    assert (decision["decision"], decision["reason"]) == ("skip", "opted_out")
    assert bodies(desk) == []


async def test_a_reminder_that_comes_due_later_is_not_sent(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    await appointment(desk)
    await desk.work(1)
    await desk.text("take me off your list", "SM-1")
    await desk.work(5)
    desk.clock.at = NOON + timedelta(hours=27)
    await tick(desk)

    assert bodies(desk) == [CONFIRMATION]


@pytest.mark.parametrize("body", ["CANCEL", "cancel!!", "Please cancel", "Cancelar \U0001f64f", "cancel cancel"])
async def test_a_bare_cancel_ends_the_texts_and_the_appointment_is_shown_to_a_person(
    talk: tuple[Desk, Parrot], body: str
) -> None:
    desk, _ = talk
    await appointment(desk)
    await desk.text(body, "SM-1")
    await desk.work(5)

    [opted_out] = await desk.table("opt_outs")
    assert opted_out["words"] == body
    [handoff] = [row for row in await desk.table("handoffs") if row["taken_at"] is None]
    assert "did they mean that?" in handoff["summary"]
    assert (await thread_of(desk))["needs_reply_at"] is not None
    assert [row["state"] for row in await desk.table("bookings")] == ["booked"]


async def test_a_bare_cancel_without_an_appointment_asks_nobody_anything(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    await desk.text("CANCEL", "SM-1")
    await desk.work(5)

    assert len(await desk.table("opt_outs")) == 1
    assert await desk.table("handoffs") == []


@pytest.mark.parametrize("has_appointment", [True, False])
@pytest.mark.parametrize(
    "body", ["cancel my Tuesday", "can you stop by at 3?", "please don't stop", "end of the driveway"]
)
async def test_what_only_sounds_like_it_goes_to_the_receptionist(
    talk: tuple[Desk, Parrot], body: str, has_appointment: bool
) -> None:
    desk, parrot = talk
    if has_appointment:
        await appointment(desk)
    await desk.text(body, "SM-1")
    await desk.work(10)

    assert await desk.table("opt_outs") == []
    assert parrot.heard[-1].texts == (body,)  # type: ignore[union-attr]


async def test_it_is_confirmed_once_however_often_it_is_said(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    for n, body in enumerate(["stop please", "please dont text me again", "unsubscribe me now"]):
        await desk.text(body, f"SM-{n + 1}")
        await desk.work(5)

    assert bodies(desk) == [CONFIRMATION]


@pytest.mark.parametrize("body", ["STOP", "stop", "Unsubscribe"])
async def test_where_the_carrier_confirms_we_do_not(talk: tuple[Desk, Parrot], body: str) -> None:
    desk, _ = talk
    await desk.text(body, "SM-1")
    await desk.work(5)

    assert len(await desk.table("opt_outs")) == 1
    assert bodies(desk) == []


async def test_the_answer_to_a_start_never_follows_the_next_stop(talk: tuple[Desk, Parrot]) -> None:
    """Told to wait, the answer is with us again when the next STOP has been read."""
    desk, _ = talk
    await desk.text("stop please", "SM-1")
    await desk.work(5)
    desk.company.treats.append(Treatment(keeps=False, says=answer(429, {})))
    await desk.text("empezar", "SM-2")
    await desk.work(0.5)
    await desk.text("stop it please", "SM-3")
    await desk.work(120)

    taken = [text["Body"] for text in desk.company.kept]
    assert taken[-2:] == [CONFIRMATION, CONFIRMATION], "one for each opt-out, and nothing between them"
    assert not [body for body in taken if "again. Reply STOP" in body]


async def test_a_start_that_comes_before_the_confirmation_takes_its_place(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    await desk.text("stop please", "SM-1")
    await desk.text("empezar", "SM-2")
    await desk.work(30)

    assert [body for body in bodies(desk) if body == CONFIRMATION] == []
    assert await desk.fetch("select 1 from opt_outs where business_id = $1 and ended_at is null") == []


async def test_a_stop_that_races_a_send_lets_through_only_what_was_already_handed_over(
    talk: tuple[Desk, Parrot],
) -> None:
    """The reply meets trouble on the wire while the STOP is read: it is not tried again."""
    desk, _ = talk
    thread_id = await thread_id_of(desk)

    async def stop(_: dict[str, str]) -> None:
        desk.company.meanwhile = None
        await desk.text("please dont text me again", "SM-1")
        await desk.work(only="take_message")

    for n in range(3):
        await send_reply(
            desk.context, desk.business.business_id, Reply(thread_id, new_id(), f"Reply {n}", "Sam", insists=True)
        )
    desk.company.treats.append(Treatment(keeps=False, says=answer(429, {})))
    desk.company.meanwhile = stop
    await desk.work(120)

    assert bodies(desk) == ["Reply 0", CONFIRMATION]


async def test_two_workers_and_a_stop_at_once_hand_over_each_text_once_at_most(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    thread_id = await thread_id_of(desk)
    for n in range(2):
        await send_reply(
            desk.context, desk.business.business_id, Reply(thread_id, new_id(), f"Reply {n}", "Sam", insists=True)
        )
    await desk.text("please dont text me again", "SM-1")
    await asyncio.gather(*(desk.do(job) for job in await desk.jobs()))
    await desk.work(60)

    assert len(bodies(desk)) == len(set(bodies(desk)))
    sent_at = [row["sending_at"] for row in await desk.fetch(
        "select sending_at from messages where business_id = $1 and purpose = 'reply' and state = 'accepted'"
    )]  # fmt: skip
    [opted_out] = await desk.table("opt_outs")
    assert all(at <= opted_out["opted_out_at"] for at in sent_at)


async def test_the_carriers_word_that_they_opted_out_counts_at_once_and_late(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    thread_id = await thread_id_of(desk)
    desk.company.treats.append(Treatment(keeps=False, says=refusal(21610)))
    await send_reply(desk.context, desk.business.business_id, Reply(thread_id, new_id(), "See you", "Sam"))
    await desk.work(5)
    [opted_out] = await desk.table("opt_outs")
    assert opted_out["source"] == "carrier_error"
    refused = await send_reply(desk.context, desk.business.business_id, Reply(thread_id, new_id(), "Hey", "Sam"))
    assert isinstance(refused, Refused)
    assert refused.code == "opted_out"
    assert bodies(desk) == ["See you"]


async def test_an_opt_out_told_to_a_person_counts_the_same_and_is_not_texted_about(talk: tuple[Desk, Parrot]) -> None:
    desk, parrot = talk
    await send_reply(desk.context, desk.business.business_id, Reply(await thread_id_of(desk), new_id(), "Hi", "Sam"))
    async with business_transaction(desk.context.pool, desk.business.business_id) as connection:
        contact_id = await contact_id_of(desk)
        said = [
            await record_opt_out(connection, desk.business.business_id, contact_id, "phone: stop", desk.clock.now())
            for _ in range(2)
        ]
    heard = len(parrot.heard)
    await desk.text("and what about Friday", "SM-1")
    await desk.work(20)

    assert said == [True, False]
    assert bodies(desk) == []
    assert len(parrot.heard) == heard


@pytest.mark.parametrize("body", ["wrong number", "you have the wrong number", "número equivocado"])
async def test_a_wrong_number_gets_nothing_automatic_and_a_person_looks(
    context: Context, clock: TestClock, body: str
) -> None:
    """With or without a receptionist: here there is none to hear it."""
    desk = await open_desk(context, clock)
    await desk.miss()
    await desk.work(30)
    assert len(desk.company.posts) == 1
    await desk.text(body, "SM-1")
    await desk.work(10)
    await desk.ring("CA-2")
    await desk.dialed(call="CA-2")
    await desk.work(60)

    assert [row["kind"] for row in await desk.table("contact_marks")] == ["do_not_text"]
    assert "whose number it is" in (await desk.table("handoffs"))[0]["summary"]
    assert bodies(desk) == []
    assert await desk.table("opt_outs") == []
