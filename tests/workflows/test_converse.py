"""A turn of the receptionist: read once, answered once, and never after STOP or after a person."""

import asyncio
from dataclasses import replace
from uuid import UUID

import pytest

from ringback.domain.bookings import Opening, Search, Wanted
from ringback.receptionist.dialog import (
    Close,
    Dialog,
    FindOpenings,
    HandOver,
    HandOverKind,
    Happened,
    Heard,
    Hold,
    HoldMade,
    MarkContact,
    NameContact,
    OpeningsFound,
    PromiseCall,
    RecordGap,
    RequestQuote,
    SetLanguage,
    Step,
)
from ringback.receptionist.dialog import (
    Desk as EngineDesk,
)
from ringback.store import call_backs, dialogs, threads
from ringback.store.db import business_transaction
from ringback.workflows import upkeep
from ringback.workflows.context import Context
from ringback.workflows.converse import converse, take_turn
from ringback.workflows.handing_back import pause, resume
from ringback.workflows.replies import Reply, send_reply
from tests.cast import CARLA, SAM_PHONE, TestClock
from tests.workflows.desk import Desk
from tests.workflows.phone_company import Treatment, refusal
from tests.workflows.talk import (
    SETTLE_SECONDS,
    Parrot,
    listening,
    open_talk,
    outbound,
    said,
    thread_id_of,
    thread_of,
)


@pytest.fixture
async def talk(context: Context, clock: TestClock) -> tuple[Desk, Parrot]:
    """Harbor Dental, with a parrot for a receptionist."""
    return await open_talk(context, clock)


async def reply_of_olga(desk: Desk, body: str = "Olga here.", number: int = 1) -> None:
    message_id = UUID(int=(0xA11CE << 64) + number)
    reply = Reply(await thread_id_of(desk), message_id, body, "Olga")
    assert await send_reply(desk.context, desk.business.business_id, reply) is None


async def test_a_text_is_answered_when_it_has_settled_and_nobody_waits_any_more(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    await desk.text("Is Dr. Lee in today?")
    await desk.work(SETTLE_SECONDS - 1)
    assert desk.company.posts == []
    assert (await thread_of(desk))["needs_reply_at"] is not None
    await desk.work(2)
    [post] = desk.company.posts
    assert (post["To"], post["From"]) == (CARLA, desk.line.number)
    assert post["Body"] == "You said Is Dr. Lee in today?."
    assert (await thread_of(desk))["needs_reply_at"] is None


async def test_several_texts_in_a_row_are_read_together_and_answered_once(talk: tuple[Desk, Parrot]) -> None:
    desk, parrot = talk
    for number, body in enumerate(("hi", "do you do cleanings", "on mondays?")):
        await desk.text(body, f"SM-{number}")
        await desk.work(2)
    await desk.work(10)
    assert parrot.heard == [Heard(("hi", "do you do cleanings", "on mondays?"))]
    assert len(desk.company.posts) == 1


async def test_a_turn_is_kept_with_all_that_it_rested_on(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    await desk.text("Hello?")
    await desk.work(10)
    [turn] = await desk.table("turns")
    inbound, answer = sorted(await desk.table("messages"), key=lambda row: str(row["direction"]))
    assert (turn["heard"], turn["said"]) == ([inbound["message_id"]], [answer["message_id"]])
    assert inbound["turn_id"] == answer["turn_id"] == turn["turn_id"]
    assert turn["why"] == [{"sentence": "a parrot", "fact": "fact"}]
    assert turn["state_before"] is None
    assert turn["state_after"]["turns"] == 1
    assert (answer["author"], answer["purpose"]) == ("receptionist", "receptionist")


async def test_the_dialog_goes_on_where_it_was(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    await desk.text("One", "SM-1")
    await desk.work(10)
    await desk.text("Two", "SM-2")
    await desk.work(10)
    [dialog] = await desk.table("dialogs")
    assert dialog["state"]["turns"] == 2


async def test_after_days_without_a_word_a_new_dialog_begins(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    await desk.text("One", "SM-1")
    await desk.work(10)
    desk.clock.pass_time((desk.business.policy.thread_open_hours + 1) * 3600)
    await desk.text("Two", "SM-2")
    await desk.work(10)
    [dialog] = await desk.table("dialogs")
    assert dialog["state"]["turns"] == 1


async def test_the_reply_to_a_text_back_is_answered_too(talk: tuple[Desk, Parrot]) -> None:
    desk, parrot = talk
    await desk.miss()
    await desk.work(20)
    await desk.text("I need a cleaning")
    await desk.work(10)
    assert [type(one) for one in parrot.heard] == [Heard]
    assert [purpose for purpose, _, _ in await outbound(desk)] == ["text_back", "receptionist"]


async def test_a_missed_caller_who_never_replies_gets_nothing_more(talk: tuple[Desk, Parrot]) -> None:
    desk, parrot = talk
    await desk.miss()
    await desk.work(20)
    desk.clock.pass_time(24 * 3600)
    await upkeep.start_due(desk.context)
    await desk.work(60)
    assert parrot.heard == []
    assert len(desk.company.posts) == 1


async def test_however_often_and_wherever_the_job_runs_there_is_one_answer(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    await desk.text("Hello?")
    await desk.work(1)
    desk.clock.pass_time(SETTLE_SECONDS)
    business_id, thread_id = desk.business.business_id, await thread_id_of(desk)
    await asyncio.gather(*(take_turn(desk.context, business_id, thread_id) for _ in range(4)))
    await desk.work(10)
    assert len(desk.company.posts) == 1
    assert len(await desk.table("turns")) == 1


async def test_a_text_that_comes_during_the_turn_has_a_turn_of_its_own(talk: tuple[Desk, Parrot]) -> None:
    desk, parrot = talk
    await desk.text("One", "SM-1")
    await desk.work(1)
    desk.clock.pass_time(SETTLE_SECONDS)
    business_id, thread_id = desk.business.business_id, await thread_id_of(desk)
    await desk.text("Two", "SM-2")
    [job] = [job for job in await desk.jobs() if job["entrypoint"] == "take_message"]
    # Both at once: the text waits for the turn at the thread's lock, or the turn for the text.
    await asyncio.gather(take_turn(desk.context, business_id, thread_id), desk.do(job))
    await desk.work(20)
    texts = [text for heard in parrot.heard if isinstance(heard, Heard) for text in heard.texts]
    assert sorted(texts) == ["One", "Two"]
    assert {row["turn_id"] is not None for row in await desk.table("messages")} == {True}


async def test_stop_drops_the_answer_that_waits_and_ends_the_talk(talk: tuple[Desk, Parrot]) -> None:
    desk, parrot = talk
    await desk.text("Hello?", "SM-1")
    await desk.work(SETTLE_SECONDS + 0.5, only="take_message")
    await take_turn(desk.context, desk.business.business_id, await thread_id_of(desk))
    await desk.text("STOP", "SM-2")
    await desk.work(20)
    assert desk.company.posts == []
    assert await outbound(desk) == [("receptionist", "dropped", "You said Hello?.")]
    await desk.text("And another thing", "SM-3")
    await desk.work(20)
    assert len(parrot.heard) == 1
    assert desk.company.posts == []
    assert (await thread_of(desk))["needs_reply_at"] is not None


async def test_a_stop_that_is_not_read_yet_holds_the_answer_back(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    await desk.text("Hello?", "SM-1")
    await desk.work(SETTLE_SECONDS + 0.5, only="take_message")
    await take_turn(desk.context, desk.business.business_id, await thread_id_of(desk))
    await desk.text("STOP", "SM-2")
    await desk.work(3, only="deliver")
    assert desk.company.posts == []
    await desk.work(20)
    assert [state for _, state, _ in await outbound(desk)] == ["dropped"]


async def test_a_wish_in_plain_words_stops_us_as_well(talk: tuple[Desk, Parrot]) -> None:
    desk, parrot = talk
    await desk.text("please don't text me again")
    await desk.work(20)
    [opt_out] = await desk.table("opt_outs")
    assert (opt_out["source"], opt_out["words"]) == ("words", "please don't text me again")
    assert parrot.heard == []


async def test_after_start_the_receptionist_answers_again(talk: tuple[Desk, Parrot]) -> None:
    desk, parrot = talk
    for number, body in enumerate(("Hello?", "STOP", "START", "Are you open?")):
        await desk.text(body, f"SM-{number}")
        await desk.work(20)
    assert [heard.texts for heard in parrot.heard if isinstance(heard, Heard)] == [("Hello?",), ("Are you open?",)]


async def test_a_person_who_writes_takes_over_at_once(talk: tuple[Desk, Parrot]) -> None:
    desk, parrot = talk
    await desk.text("Hello?", "SM-1")
    await desk.work(SETTLE_SECONDS + 0.5, only="take_message")
    await take_turn(desk.context, desk.business.business_id, await thread_id_of(desk))
    await reply_of_olga(desk)
    await desk.work(10)
    assert [post["Body"] for post in desk.company.posts] == ["Olga here."]
    assert ("receptionist", "dropped", "You said Hello?.") in await outbound(desk)
    await desk.text("Thank you Olga", "SM-2")
    await desk.work(20)
    assert len(parrot.heard) == 1
    assert (await thread_of(desk))["needs_reply_at"] is not None


async def test_a_person_who_writes_before_the_text_has_settled_leaves_no_answer_to_give(
    talk: tuple[Desk, Parrot],
) -> None:
    desk, parrot = talk
    await desk.text("Hello?")
    await desk.work(1)
    await reply_of_olga(desk)
    await desk.work(20)
    assert parrot.heard == []
    assert len(desk.company.posts) == 1
    await desk.text("Thank you Olga", "SM-2")
    await desk.work(20)
    assert parrot.heard == []


async def test_a_person_keeps_the_thread_through_a_stop_and_a_start(talk: tuple[Desk, Parrot]) -> None:
    desk, parrot = talk
    await desk.text("Hello?", "SM-1")
    await desk.work(10)
    await reply_of_olga(desk)
    for number, body in enumerate(("STOP", "START", "Olga?")):
        await desk.text(body, f"SM-x{number}")
        await desk.work(10)
    assert len(parrot.heard) == 1


async def test_a_dialog_handed_back_has_not_been_handed_over(talk: tuple[Desk, Parrot]) -> None:
    desk, parrot = talk
    parrot.answers.append(
        lambda dialog: Step(
            replace(dialog, handed_over=True, turns=14), (), (HandOver(HandOverKind.TOO_LONG, "Round and round."),)
        )
    )
    await desk.text("Hello?", "SM-1")
    await desk.work(10)
    assert await resume(desk.context, desk.business.business_id, await thread_id_of(desk))
    await desk.text("Hello again", "SM-2")
    await desk.work(10)
    assert parrot.heard[-1] == Heard(("Hello again",))
    [dialog] = await desk.table("dialogs")
    assert (dialog["state"]["handed_over"], dialog["state"]["turns"]) == (False, 1)


async def test_a_person_and_the_receptionist_at_once_never_both_speak_after_one_another(
    talk: tuple[Desk, Parrot],
) -> None:
    desk, _ = talk
    await desk.text("Hello?")
    await desk.work(1)
    desk.clock.pass_time(SETTLE_SECONDS)
    business_id, thread_id = desk.business.business_id, await thread_id_of(desk)
    await asyncio.gather(take_turn(desk.context, business_id, thread_id), reply_of_olga(desk))
    await desk.work(10)
    assert [post["Body"] for post in desk.company.posts] == ["Olga here."]


async def test_a_thread_handed_back_is_answered_from_the_next_text_on(talk: tuple[Desk, Parrot]) -> None:
    desk, parrot = talk
    await desk.text("Hello?", "SM-1")
    await desk.work(10)
    thread_id = await thread_id_of(desk)
    await reply_of_olga(desk)
    await desk.text("Thank you Olga", "SM-2")
    await desk.work(10)
    assert await resume(desk.context, desk.business.business_id, thread_id)
    assert not await resume(desk.context, desk.business.business_id, thread_id)
    await desk.work(10)
    assert len(parrot.heard) == 1
    await desk.text("And parking?", "SM-3")
    await desk.work(10)
    assert parrot.heard[-1] == Heard(("And parking?",))


async def test_a_thread_that_a_person_took_or_closed_and_left_begins_anew(talk: tuple[Desk, Parrot]) -> None:
    desk, parrot = talk
    await desk.text("Hello?", "SM-1")
    await desk.work(10)
    business_id, thread_id = desk.business.business_id, await thread_id_of(desk)
    await pause(desk.context, business_id, thread_id, "Olga")
    async with business_transaction(desk.context.pool, business_id) as connection:
        await threads.close_thread(connection, business_id, thread_id, "Olga", desk.clock.now())
    await desk.text("One more thing", "SM-2")
    await desk.work(10)
    assert len(parrot.heard) == 2
    [dialog] = await desk.table("dialogs")
    assert dialog["state"]["turns"] == 1


@pytest.mark.parametrize("sender", ["12345", SAM_PHONE])
async def test_machines_and_staff_get_no_answer(talk: tuple[Desk, Parrot], sender: str) -> None:
    desk, parrot = talk
    await desk.text("Your code is 1234", sender=sender)
    await desk.work(20)
    assert parrot.heard == []
    assert desk.company.posts == []
    assert (await thread_of(desk))["needs_reply_at"] is not None


async def test_where_the_receptionist_is_off_a_person_answers(context: Context, clock: TestClock) -> None:
    desk, parrot = await open_talk(
        context,
        clock,
        lambda business: replace(
            listening(
                business,
            ),
            receptionist=replace(listening(business).receptionist, on=False),
        ),
    )
    await desk.text("Hello?")
    await desk.work(20)
    assert parrot.heard == []
    assert (await thread_of(desk))["needs_reply_at"] is not None


async def test_an_engine_that_fails_leaves_nothing_half_written_and_calls_a_person(talk: tuple[Desk, Parrot]) -> None:
    desk, parrot = talk
    parrot.will(NameContact("Carla"), need=FindOpenings(Search("Cleaning")))
    parrot.will_fail(ZeroDivisionError("Carla wrote something odd"))
    await desk.text("Hello?")
    await desk.work(20)
    assert desk.company.posts == []
    [handoff] = await desk.table("handoffs")
    assert handoff["kind"] == "failed"
    assert "odd" not in handoff["summary"]
    assert (await thread_of(desk))["needs_reply_at"] is not None
    assert [await desk.table(name) for name in ("turns", "dialogs")] == [[], []]
    assert [row["name"] for row in await desk.table("contacts")] == [None]
    # Not again and again: the next text gets its own try.
    await desk.work(60)
    assert len(parrot.heard) == 2
    await desk.text("Hello again", "SM-2")
    await desk.work(10)
    assert parrot.heard[-1] == Heard(("Hello again",))


async def test_an_engine_that_never_comes_to_an_end_is_stopped(talk: tuple[Desk, Parrot]) -> None:
    desk, parrot = talk
    for _ in range(50):
        parrot.will(need=FindOpenings(Search("Cleaning")))
    await desk.text("Hello?")
    await desk.work(20)
    assert [row["kind"] for row in await desk.table("handoffs")] == ["failed"]
    assert len(parrot.heard) < 20


async def test_needs_are_met_by_the_calendar_and_booked_with_the_turn(talk: tuple[Desk, Parrot]) -> None:
    desk, parrot = talk
    found: list[Opening] = []

    def hold_the_first(dialog: Dialog) -> Step:
        happened = parrot.heard[-1]
        assert isinstance(happened, OpeningsFound)
        found.extend(happened.openings)
        return Step(dialog, need=Hold(Wanted(parrot.desks[-1].caller.contact_id, "Cleaning", happened.openings[0])))

    parrot.will(need=FindOpenings(Search("Cleaning")), say="Let me look.")
    parrot.answers.append(hold_the_first)
    parrot.will(say="Is that right?")
    await desk.text("A cleaning please")
    await desk.work(10)
    assert isinstance(parrot.heard[-1], HoldMade)
    [booking] = await desk.table("bookings")
    assert (booking["state"], booking["starts_at"]) == ("held", found[0].starts_at)
    # What is said in one turn is one text, so that nothing can overtake.
    assert [post["Body"] for post in desk.company.posts] == ["Let me look. Is that right?"]


async def test_a_hand_over_calls_a_person_and_the_receptionist_goes_quiet(talk: tuple[Desk, Parrot]) -> None:
    desk, parrot = talk
    parrot.will(HandOver(HandOverKind.ANGER, "They are cross."), say="I am getting someone.")
    await desk.text("This is ridiculous", "SM-1")
    await desk.work(10)
    thread = await thread_of(desk)
    assert thread["needs_reply_at"] is not None
    assert thread["urgent_at"] is not None
    await desk.text("Hello??", "SM-2")
    await desk.work(10)
    # Heard, because it might be an emergency; but nothing more is said until a person hands the thread back.
    assert len(parrot.heard) == 2
    assert len(desk.company.posts) == 1
    [dialog] = await desk.table("dialogs")
    assert dialog["paused_by"] == "receptionist"
    [handoff] = await desk.table("handoffs")
    assert (handoff["kind"], handoff["taken_at"]) == ("anger", None)
    await reply_of_olga(desk)
    [handoff] = await desk.table("handoffs")
    assert handoff["taken_by"] == "Olga"


async def test_what_was_handed_over_waits_for_its_person_though_the_receptionist_talks_on(
    talk: tuple[Desk, Parrot],
) -> None:
    desk, parrot = talk
    parrot.will(HandOver(HandOverKind.UNANSWERED, "Do they take Aetna?", stays=True), say="I will ask.")
    await desk.text("Do you take Aetna?", "SM-1")
    await desk.work(10)
    await desk.text("And a cleaning?", "SM-2")
    await desk.work(10)
    assert len(parrot.heard) == 2
    assert (await thread_of(desk))["needs_reply_at"] is not None


async def test_what_a_turn_decides_beside_its_words_is_written_down(talk: tuple[Desk, Parrot]) -> None:
    desk, parrot = talk
    due_at = desk.clock.now().replace(hour=20)
    parrot.will(
        NameContact("Carla Ruiz"),
        SetLanguage("es"),
        RecordGap("Do you take Aetna?"),
        PromiseCall(due_at, "about Aetna"),
        RequestQuote("Crown", {"tooth": "left"}),
        say="Claro.",
    )
    await desk.text("hola")
    await desk.work(10)
    [contact] = await desk.table("contacts")
    assert (contact["name"], contact["language"]) == ("Carla Ruiz", "es")
    [gap], [promise], [quote] = [await desk.table(name) for name in ("gaps", "promises", "quotes")]
    assert (gap["question"], gap["times"]) == ("Do you take Aetna?", 1)
    assert (promise["about"], promise["due_at"], promise["owner"]) == ("about Aetna", due_at, "Sam")
    assert (quote["service"], quote["details"]) == ("Crown", {"tooth": "left"})
    business_id = desk.business.business_id
    async with business_transaction(desk.context.pool, business_id) as connection:
        [task] = await call_backs.list_call_backs(connection, business_id)
        assert (task["why"], task["due_at"]) == ("about Aetna", due_at)
        assert await call_backs.finish_call_back(connection, business_id, task["call_back_id"], "Sam", due_at)
    assert [row["done_by"] for row in await desk.table("promises")] == ["Sam"]


async def test_a_wrong_number_is_never_texted_again_and_a_person_looks(talk: tuple[Desk, Parrot]) -> None:
    desk, parrot = talk
    await desk.text("You have the wrong number", "SM-1")
    await desk.work(10)
    assert [row["kind"] for row in await desk.table("contact_marks")] == ["do_not_text"]
    assert (await thread_of(desk))["needs_reply_at"] is not None
    await desk.text("Who is this", "SM-2")
    await desk.work(10)
    assert parrot.heard == []
    assert desk.company.posts == []


async def test_a_contact_whom_the_receptionist_marks_is_not_answered_any_more(talk: tuple[Desk, Parrot]) -> None:
    desk, parrot = talk
    parrot.will(MarkContact("wrong_number"))
    await desk.text("I do not live there, so leave it", "SM-1")
    await desk.work(10)
    assert [row["kind"] for row in await desk.table("contact_marks")] == ["do_not_text"]
    await desk.text("Who is this", "SM-2")
    await desk.work(10)
    assert len(parrot.heard) == 1


async def test_a_thread_with_nothing_left_to_do_is_done_until_the_next_text(talk: tuple[Desk, Parrot]) -> None:
    desk, parrot = talk
    parrot.will(Close(), say="You're welcome.")
    await desk.text("Thanks!", "SM-1")
    await desk.work(10)
    [closure] = await desk.table("closures")
    assert (closure["closed_by"], closure["reopened_at"]) == ("receptionist", None)
    await desk.text("Oh, and parking?", "SM-2")
    await desk.work(10)
    [closure] = await desk.table("closures")
    assert closure["reopened_at"] is not None
    assert len(parrot.heard) == 2


async def test_an_answer_that_could_not_leave_in_time_becomes_a_persons(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    await desk.text("Hello?")
    await desk.work(SETTLE_SECONDS + 0.5, only="take_message")
    await take_turn(desk.context, desk.business.business_id, await thread_id_of(desk))
    desk.clock.pass_time(11 * 60)
    await desk.work(10)
    assert desk.company.posts == []
    assert [row["kind"] for row in await desk.table("handoffs")] == ["failed"]
    assert (await thread_of(desk))["needs_reply_at"] is not None


async def test_an_answer_that_the_phone_company_refuses_becomes_a_persons(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    desk.company.treats.append(Treatment(keeps=False, says=refusal(21614)))
    await desk.text("Hello?")
    await desk.work(10)
    assert [row["kind"] for row in await desk.table("handoffs")] == ["failed"]
    assert (await thread_of(desk))["needs_reply_at"] is not None


async def test_a_turn_whose_job_was_lost_is_found_by_the_tick(talk: tuple[Desk, Parrot]) -> None:
    desk, parrot = talk
    await desk.text("Hello?")
    await desk.work(1)
    await desk.forget_jobs()
    desk.clock.pass_time(180)
    await upkeep.start_due(desk.context)
    await desk.work(5)
    assert parrot.heard == [Heard(("Hello?",))]
    assert len(desk.company.posts) == 1


async def test_a_database_lost_in_the_middle_leaves_the_text_to_the_next_try(talk: tuple[Desk, Parrot]) -> None:
    desk, parrot = talk
    lost: list[bool] = []

    def lose(dialog: Dialog, happened: Happened, at: EngineDesk) -> Step:
        if not lost:
            lost.append(True)
            raise ConnectionResetError("the database went away")
        return parrot(dialog, happened, at)

    desk.context.advance = lose
    await desk.text("Hello?")
    await desk.work(1)
    desk.clock.pass_time(SETTLE_SECONDS)
    [job] = await desk.jobs()
    with pytest.raises(ConnectionResetError):
        await desk.do(job)
    assert await desk.table("handoffs") == []
    await take_turn(desk.context, desk.business.business_id, await thread_id_of(desk))
    await desk.work(10)
    assert len(desk.company.posts) == 1


async def test_no_job_of_the_dialog_holds_anything_but_ids(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    await desk.text("My name is Carla")
    await desk.work(1)
    [job] = await desk.jobs()
    assert job["payload"] == {"business": str(desk.business.business_id), "thread": str(await thread_id_of(desk))}


async def test_a_turn_can_be_tried_out_and_taken_back(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    await desk.text("Hello?", "SM-1")
    await desk.work(10)
    thread_id = await thread_id_of(desk)
    async with desk.context.pool.acquire() as connection:
        transaction = connection.transaction()
        await transaction.start()
        turn = await converse(desk.context, connection, desk.business, thread_id, Heard(("What if?",)))
        again = await converse(desk.context, connection, desk.business, thread_id, Heard(("And then?",)))
        assert [one.dialog.turns for one in (turn, again)] == [2, 3]
        assert turn.replies == (said("You said What if?."),)
        await transaction.rollback()
    assert len(await desk.table("turns")) == 1
    assert await desk.jobs() == []


async def test_the_turns_of_a_thread_can_be_read_by_whoever_asks_why(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    await desk.text("Hello?")
    await desk.work(10)
    business_id, thread_id = desk.business.business_id, await thread_id_of(desk)
    async with business_transaction(desk.context.pool, business_id) as connection:
        [turn] = await dialogs.list_turns(connection, business_id, thread_id, 10)
        dialog = await dialogs.get_dialog(connection, business_id, thread_id)
    assert turn["happened"] == "heard"
    assert turn["why"][0]["sentence"] == "a parrot"
    assert dialog is not None
    assert dialog["paused_at"] is None
