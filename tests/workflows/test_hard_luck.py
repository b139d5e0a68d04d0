"""What goes wrong at the worst moment: nobody is left waiting unseen, and no emergency ends in silence."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from ringback.domain.bookings import Opening, Search, Taken, Wanted
from ringback.domain.business import Business
from ringback.domain.call_back_calls import RingProgress, RingStep
from ringback.domain.spending import call_millicents
from ringback.receptionist.dialog import AlertOnCall, Book, HandOver, HandOverKind, PromiseCall, Reply, Step
from ringback.store import alerts, call_back_calls, contacts, waiting_list
from ringback.store.db import business_transaction
from ringback.store.ids import new_id
from ringback.workflows import calendar
from ringback.workflows.alerts import alert_on_call, take_staff_text
from ringback.workflows.call_back_calls import Caller, ask_for_call, ring_back, take_progress
from ringback.workflows.context import Context
from ringback.workflows.handing_back import pause, resume
from ringback.workflows.reminders import remind
from tests.cast import CARLA, OLGA_PHONE, SAM_PHONE, TestClock
from tests.workflows.desk import Desk, until_somebody_waits
from tests.workflows.phone_company import Treatment, refusal
from tests.workflows.talk import (
    Parrot,
    book,
    contact_id_of,
    listening,
    open_talk,
    outbound,
    thread_id_of,
    thread_of,
    tick,
)

DORA = "+13125550143"
FLOOD = AlertOnCall("water everywhere", "12 Oak St", fee_agreed=True)


def on_call(business: Business) -> Business:
    return listening(business, on_call=("Sam", "Olga"))


@pytest.fixture
async def talk(context: Context, clock: TestClock) -> tuple[Desk, Parrot]:
    """Harbor Dental with a parrot for a receptionist, with Sam and then Olga on call."""
    return await open_talk(context, clock, on_call)


async def emergency(talk: tuple[Desk, Parrot], sid: str = "SM-flood") -> UUID:
    """Carla tells of an emergency; the first round has gone out."""
    desk, parrot = talk
    parrot.will(FLOOD, HandOver(HandOverKind.EMERGENCY, "Flood", stays=True), say="Shut the main valve.")
    await desk.text("water everywhere pls", sid)
    await desk.work(10)
    found: UUID = (await desk.table("alerts"))[-1]["alert_id"]
    return found


def to(desk: Desk, phone: str) -> list[str]:
    return [post["Body"] for post in desk.company.posts if post["To"] == phone]


async def alarm_words(desk: Desk, kind: str) -> list[str]:
    return [row["words"] for row in await desk.table("alarms") if row["kind"] == kind and row["ended_at"] is None]


# --- nobody waits unseen


async def test_an_answer_to_a_new_text_does_not_hide_an_older_one_that_nobody_answered(
    talk: tuple[Desk, Parrot],
) -> None:
    desk, _ = talk
    await desk.text("Hello?", "SM-1")
    await desk.work(10)
    thread_id = await thread_id_of(desk)
    await pause(desk.context, desk.business.business_id, thread_id, "Olga")
    await desk.text("Is my daughter's result back?", "SM-2")
    await desk.work(10)
    waits_since = (await thread_of(desk))["needs_reply_at"]
    assert waits_since is not None
    await resume(desk.context, desk.business.business_id, thread_id)
    await desk.text("And do you take cards?", "SM-3")
    await desk.work(10)
    assert (await outbound(desk))[-1][2] == "You said And do you take cards?."
    assert (await thread_of(desk))["needs_reply_at"] == waits_since


async def test_small_talk_does_not_hide_a_promise_that_is_overdue(talk: tuple[Desk, Parrot]) -> None:
    desk, parrot = talk
    parrot.will(PromiseCall(desk.clock.now() + timedelta(hours=1), "their tooth"), say="We will call you.")
    await desk.text("Call me", "SM-1")
    await desk.work(10)
    desk.clock.pass_time(3700)
    await tick(desk)
    assert (await thread_of(desk))["needs_reply_at"] is not None
    desk.clock.pass_time(60)
    await desk.text("Do you have parking?", "SM-2")
    await desk.work(10)
    assert (await thread_of(desk))["needs_reply_at"] is not None


async def test_an_answer_without_words_is_no_answer(talk: tuple[Desk, Parrot]) -> None:
    desk, parrot = talk
    parrot.answers.append(lambda dialog: Step(dialog, (Reply("", ""),)))
    await desk.text("Hello?", "SM-1")
    await desk.work(10)
    assert (await thread_of(desk))["needs_reply_at"] is not None


async def test_a_new_promise_ends_the_alarm_about_the_one_it_replaces(talk: tuple[Desk, Parrot]) -> None:
    desk, parrot = talk
    parrot.will(PromiseCall(desk.clock.now() + timedelta(hours=1), "their tooth"), say="We will call you.")
    await desk.text("Call me", "SM-1")
    await desk.work(10)
    desk.clock.pass_time(3700)
    await tick(desk)
    assert len(await alarm_words(desk, "promise")) == 1
    parrot.will(PromiseCall(desk.clock.now() + timedelta(hours=1), "their tooth"), say="We will call you at noon.")
    await desk.text("Call me at noon then", "SM-2")
    await desk.work(10)
    assert await alarm_words(desk, "promise") == []


async def test_a_silence_that_the_engine_cannot_deal_with_goes_to_a_person(talk: tuple[Desk, Parrot]) -> None:
    desk, parrot = talk
    await desk.text("Hello?", "SM-1")
    await desk.work(10)
    parrot.will_fail(RuntimeError("lost the thread"))
    desk.clock.pass_time(2 * 3600 + 60)
    await tick(desk)
    assert [row["kind"] for row in await desk.table("handoffs")] == ["failed"]
    assert [row["follow_up_at"] for row in await desk.table("dialogs")] == [None]


async def test_whoever_never_stops_typing_is_answered_all_the_same(talk: tuple[Desk, Parrot]) -> None:
    desk, parrot = talk
    for number in range(30):
        await desk.text(f"and {number}", f"SM-{number}")
        await desk.work(3)
    assert parrot.heard


async def test_who_stops_texts_before_the_confirmation_leaves_is_told_by_a_person(talk: tuple[Desk, Parrot]) -> None:
    desk, parrot = talk
    await desk.text("Hello?", "SM-1")
    await desk.work(10)
    starts_at = desk.clock.now().replace(minute=0, second=0) + timedelta(days=1)
    opening = Opening(starts_at, starts_at + timedelta(hours=1), desk.business.staff[0].staff_id)
    wanted = Wanted(await contact_id_of(desk), "Cleaning", opening)
    parrot.will(need=Book(new_id(), wanted))
    parrot.will(say="You are booked.")
    await desk.text("Yes", "SM-2")
    await desk.work(10, only="take_message")
    await desk.work(10, only="take_turn")
    await desk.text("STOP", "SM-3")
    await desk.work(10)
    assert [state for purpose, state, _ in await outbound(desk) if purpose == "receptionist"] == ["accepted", "dropped"]
    assert [row["state"] for row in await desk.table("bookings")] == ["booked"]
    assert len(await desk.table("handoffs")) == 1
    assert (await thread_of(desk))["needs_reply_at"] is not None


# --- emergencies


async def test_an_on_call_phone_that_stopped_our_texts_is_passed_over_at_once(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    await desk.text("STOP", "SM-stop", sender=SAM_PHONE)
    await desk.work(5)
    await emergency(talk)
    assert to(desk, SAM_PHONE) == []
    assert to(desk, OLGA_PHONE)[0].startswith("EMERGENCY")
    [words] = await alarm_words(desk, "emergency")
    assert "cannot be texted" in words


async def test_where_no_on_call_phone_may_be_texted_the_pages_say_so_at_once(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    for phone in (SAM_PHONE, OLGA_PHONE):
        await desk.text("STOP", f"SM-{phone}", sender=phone)
    await desk.work(5)
    await emergency(talk)
    [words] = await alarm_words(desk, "emergency")
    assert words.startswith("There is an emergency and nobody on call has a phone")


async def test_an_alert_that_the_phone_company_refuses_is_an_alarm_at_once(talk: tuple[Desk, Parrot]) -> None:
    desk, parrot = talk
    desk.company.treats.extend([Treatment(keeps=False, says=refusal(21612))] * 2)
    parrot.will(FLOOD, say="Shut the main valve.")
    await desk.text("water everywhere pls", "SM-1")
    await desk.work(10)
    assert len(await alarm_words(desk, "emergency")) == 1


async def test_a_new_emergency_after_a_ladder_that_ended_starts_a_new_one(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    alert_id = await emergency(talk)
    async with business_transaction(desk.context.pool, desk.business.business_id) as connection:
        await alerts.save_round(connection, desk.business.business_id, alert_id, [], None, desk.clock.now())
    desk.clock.pass_time(14 * 24 * 3600)
    texted = len(to(desk, SAM_PHONE))
    await emergency(talk, "SM-again")
    assert len(to(desk, SAM_PHONE)) == texted + 1


async def test_a_phone_that_answers_by_itself_that_it_cannot_does_not_race_through_the_rounds(
    talk: tuple[Desk, Parrot],
) -> None:
    desk, _ = talk
    await emergency(talk)
    for number in range(6):
        await desk.text("Sorry, I can't talk right now.", f"SM-auto-{number}", sender=SAM_PHONE)
        await desk.work(5)
    assert len(to(desk, SAM_PHONE)) == 2


async def test_who_could_not_come_at_first_can_still_take_it(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    await emergency(talk)
    await desk.text("no", "SM-no", sender=SAM_PHONE)
    await desk.work(5)
    await desk.text("ok 30", "SM-ok", sender=SAM_PHONE)
    await desk.work(5)
    assert [row["acknowledged_by"] for row in await desk.table("alerts")] == ["Sam"]


async def test_what_staff_write_after_an_alert_was_taken_by_another_is_not_lost(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    await emergency(talk)
    desk.clock.pass_time(300)
    await tick(desk)
    await desk.text("1 20", "SM-olga", sender=OLGA_PHONE)
    await desk.work(5)
    await desk.text("1 10", "SM-sam", sender=SAM_PHONE)
    await desk.work(5)
    assert to(desk, SAM_PHONE)[-1] == "Olga has already taken it. Thank you."
    await desk.text("I am ill tomorrow, please move my patients", "SM-sam-2", sender=SAM_PHONE)
    await desk.work(5)
    [sam] = [
        row
        for row in await desk.table("threads")
        if row["last_inbound_at"]
        and row["needs_reply_at"]
        and not row["for_alerts"]
        and row["thread_id"] != await carlas_thread(desk)
    ]
    assert sam["preview"].startswith("I am ill")


async def carlas_thread(desk: Desk) -> UUID:
    [row] = await desk.fetch(
        "select thread_id from threads join contacts using (business_id, contact_id) "
        "where business_id = $1 and phone = $2",
        CARLA,
    )
    found: UUID = row["thread_id"]
    return found


async def test_an_answer_that_meets_the_next_round_does_not_deadlock_with_it(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    alert_id = await emergency(talk)
    desk.clock.pass_time(300)
    business_id, now = desk.business.business_id, desk.clock.now()
    async with business_transaction(desk.context.pool, business_id) as connection:
        # As a text from Sam's phone does before it is read.
        contact_id = await contacts.find_or_create_contact(connection, business_id, SAM_PHONE, now)
        await alerts.find_or_create_alert_thread(connection, business_id, contact_id, desk.line.line_id, now)
        meanwhile = asyncio.create_task(alert_on_call(desk.context, business_id, alert_id))
        await until_somebody_waits(desk)
        assert await take_staff_text(connection, desk.business, (SAM_PHONE, "1 20"), now)
    await meanwhile
    await desk.work(5)
    assert len(to(desk, SAM_PHONE)) == 1


# --- calls back


async def ask(desk: Desk) -> UUID:
    """Carla writes, and Sam taps to call her back."""
    await desk.text("Call me", "SM-1")
    await desk.work(10)
    thread_id, sam = await thread_id_of(desk), next(one for one in desk.business.staff if one.name == "Sam")
    async with business_transaction(desk.context.pool, desk.business.business_id) as connection:
        asked = await ask_for_call(desk.context, connection, desk.business, thread_id, Caller(sam.staff_id, "Sam"))
    assert isinstance(asked, UUID)
    return asked


async def test_a_call_back_whose_worker_died_is_unsure_until_the_phone_company_tells_of_it(
    talk: tuple[Desk, Parrot],
) -> None:
    desk, _ = talk
    asked, business_id, now = await ask(desk), desk.business.business_id, desk.clock.now()
    async with business_transaction(desk.context.pool, business_id) as connection:
        assert await call_back_calls.claim_ring(connection, business_id, asked, now) is not None

    await ring_back(desk.context, business_id, asked)
    assert [ring["failed"] for ring in await desk.table("call_back_calls")] == ["uncertain"]

    told = RingProgress(str(asked), RingStep.STAFF_ANSWERED, now)
    await take_progress(desk.context, (await desk.hook_line(desk.line)).setup, told, now)
    await ring_back(desk.context, business_id, asked)
    assert [ring["failed"] for ring in await desk.table("call_back_calls")] == [None]


async def test_a_call_back_that_never_rang_gives_the_days_money_back(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    asked = await ask(desk)
    before = sum(row["spent"] for row in await desk.table("spend_days"))
    desk.clock.pass_time(60)

    await ring_back(desk.context, desk.business.business_id, asked)
    [ring] = await desk.table("call_back_calls")
    assert (ring["failed"], ring["cost"]) == ("late", 0)
    spent = sum(row["spent"] for row in await desk.table("spend_days"))
    assert before - spent == call_millicents(desk.business, CARLA, 180)


async def test_the_end_of_a_call_back_that_meets_the_end_of_the_contacts_leg_keeps_how_long_they_spoke(
    talk: tuple[Desk, Parrot],
) -> None:
    desk, _ = talk
    asked, business_id, now = await ask(desk), desk.business.business_id, desk.clock.now()
    setup, over = (await desk.hook_line(desk.line)).setup, RingProgress(str(asked), RingStep.OVER, now)
    async with business_transaction(desk.context.pool, business_id) as connection:
        await call_back_calls.note_end(connection, business_id, asked, 600, now)
        meanwhile = asyncio.create_task(take_progress(desk.context, setup, over, now))
        await until_somebody_waits(desk)
    await meanwhile

    [ring] = await desk.table("call_back_calls")
    assert ring["cost"] == call_millicents(desk.business, CARLA, 600)


# --- bookings


async def test_a_reminder_that_meets_a_change_of_its_booking_does_not_deadlock_with_it(
    talk: tuple[Desk, Parrot],
) -> None:
    desk, _ = talk
    await desk.text("Hello?", "SM-1")
    await desk.work(10)
    starts_at = desk.clock.now().replace(minute=0, second=0) + timedelta(days=2)
    opening = Opening(starts_at, starts_at + timedelta(hours=1), desk.business.staff[0].staff_id)
    made = await book(desk, opening, await contact_id_of(desk))
    await desk.work(1)
    desk.clock.at = starts_at - timedelta(hours=24)
    business_id, now = desk.business.business_id, desk.clock.now()
    async with business_transaction(desk.context.pool, business_id) as connection:
        # A turn of this thread in which the contact confirms or moves, while the reminder is being written.
        await connection.execute("select load_turn($1, $2, $3)", business_id, await thread_id_of(desk), now)
        meanwhile = asyncio.create_task(remind(desk.context, business_id, made.booking_id))
        await until_somebody_waits(desk)
        assert await calendar.cancel(connection, desk.business, made.booking_id, "contact", "ill", now)
    await meanwhile
    await desk.work(5)
    assert [purpose for purpose, _, _ in await outbound(desk) if purpose == "reminder"] == []


async def test_a_yes_for_somebody_who_left_meanwhile_is_not_booked(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    await desk.text("Hello?", "SM-1")
    await desk.work(10)
    starts_at = desk.clock.now().replace(minute=0, second=0) + timedelta(days=2)
    gone, *rest = desk.business.staff
    left = replace(desk.business, staff=tuple(rest))
    opening = Opening(starts_at, starts_at + timedelta(hours=1), gone.staff_id)
    wanted = Wanted(await contact_id_of(desk), "Cleaning", opening)
    async with business_transaction(desk.context.pool, desk.business.business_id) as connection:
        assert isinstance(await calendar.hold(connection, left, wanted, desk.clock.now()), Taken)


async def test_one_dialog_that_cannot_be_read_does_not_hold_up_the_waiting_list(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    await desk.text("Hello?", "SM-1")
    await desk.text("Hello?", "SM-2", sender=DORA)
    await desk.work(10)
    starts_at = desk.clock.now().replace(minute=0, second=0) + timedelta(days=2)
    opening = Opening(starts_at, starts_at + timedelta(hours=1), desk.business.staff[0].staff_id)
    business_id = desk.business.business_id
    ids = {row["phone"]: row["contact_id"] for row in await desk.table("contacts")}
    made = await book(desk, opening, ids[CARLA])
    async with business_transaction(desk.context.pool, business_id) as connection:
        for phone in (CARLA, DORA):
            await waiting_list.join_waiting_list(
                connection, business_id, ids[phone], Search("Cleaning"), None, desk.clock.now()
            )
            desk.clock.pass_time(1)
        await connection.execute(
            "update dialogs set state = jsonb_build_object('stage', 'of another version', 'language', 'en') "
            "where business_id = $1 and thread_id = $2",
            business_id,
            await carlas_thread(desk),
        )
        await connection.execute(
            'update dialogs set state = state || \'{"stage": "idle"}\' where business_id = $1 and thread_id <> $2',
            business_id,
            await carlas_thread(desk),
        )
        await calendar.cancel(connection, desk.business, made.booking_id, "contact", "ill", desk.clock.now())
    await desk.work(5)
    assert any("has opened up" in words for words in to(desk, DORA))
