"""A text leaves once, whatever the phone company answers and wherever a worker dies."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest

from ringback.domain.business import Business, TextBackPolicy
from ringback.ports import HttpResponse, NoAnswer, NotSent
from ringback.store import call_backs
from ringback.store.db import business_transaction
from ringback.workflows.context import Context
from ringback.workflows.deliver import deliver
from ringback.workflows.secrets import NoSealer
from tests.cast import CARLA, TestClock, open_shop
from tests.workflows.desk import Desk, open_desk
from tests.workflows.phone_company import Treatment, answer, refusal

SECOND_CALL = "CA" + "9" * 32
LOST = NoAnswer("the answer did not come")
NOT_REACHED = NotSent("connection refused")
BROKEN = answer(500, {})


async def test_a_text_is_handed_over_with_all_that_a_later_question_needs(desk: Desk) -> None:
    message_id = await desk.miss()
    await desk.work(10)
    [post] = desk.company.posts
    assert (post["To"], post["From"]) == (CARLA, desk.line.number)
    assert "Harbor Dental" in post["Body"]
    assert parse_qs(urlsplit(post["StatusCallback"]).query) == {"message": [str(message_id)]}
    assert post["ValidityPeriod"] == "600"
    message = await desk.message(message_id)
    assert (message["state"], message["provider_message_id"]) == ("accepted", desk.company.kept[0]["sid"])
    # Not even the call's own timer: a decided call has nothing left to ask.
    assert await desk.jobs() == []


async def test_a_text_waits_for_its_delay_to_the_second(desk: Desk) -> None:
    message_id = await desk.miss()
    due = (await desk.message(message_id))["send_at"]
    desk.clock.at = due - timedelta(seconds=1)
    await deliver(desk.context, desk.business.business_id, message_id)
    assert desk.company.posts == []
    desk.clock.at = due
    await deliver(desk.context, desk.business.business_id, message_id)
    assert len(desk.company.posts) == 1


async def test_however_often_the_job_runs_the_text_leaves_once(desk: Desk) -> None:
    message_id = await desk.miss()
    await desk.work(10)
    for _ in range(3):
        await deliver(desk.context, desk.business.business_id, message_id)
    assert len(desk.company.posts) == 1


async def test_a_text_that_does_not_exist_is_nobodys_work(desk: Desk) -> None:
    await deliver(desk.context, desk.business.business_id, UUID(int=404))
    assert desk.company.asked == []


@pytest.mark.parametrize("says", [LOST, BROKEN, answer(503, {}), answer(201, {}), HttpResponse(200, b"<html>")])
async def test_an_uncertain_text_that_the_company_has_is_found_and_not_sent_again(
    desk: Desk, says: HttpResponse | Exception
) -> None:
    desk.company.treats.append(Treatment(keeps=True, says=says))
    message_id = await desk.miss()
    await desk.work(120)
    assert len(desk.company.posts) == 1
    message = await desk.message(message_id)
    assert (message["state"], message["provider_message_id"]) == ("accepted", desk.company.kept[0]["sid"])


@pytest.mark.parametrize("says", [LOST, BROKEN])
async def test_an_uncertain_text_goes_once_more_after_three_look_ups_without_a_trace(
    desk: Desk, says: HttpResponse | Exception
) -> None:
    desk.company.treats.append(Treatment(keeps=False, says=says))
    message_id = await desk.miss()
    await desk.work(120)
    assert len(desk.company.posts) == 2
    assert desk.company.look_ups == 3
    assert len(desk.company.kept) == 1
    assert (await desk.message(message_id))["state"] == "accepted"


async def test_the_first_look_ups_come_before_the_list_has_it(desk: Desk) -> None:
    """A list that lags behind must not make a second text: later look-ups find it."""
    desk.company.treats.append(Treatment(keeps=True, says=LOST))
    desk.company.list_answers.extend([answer(200, {"messages": []})] * 2)
    message_id = await desk.miss()
    await desk.work(120)
    assert len(desk.company.posts) == 1
    assert (await desk.message(message_id))["state"] == "accepted"


@pytest.mark.parametrize("list_answer", [BROKEN, answer(200, {}), HttpResponse(200, b"\xff"), LOST, NOT_REACHED])
async def test_a_look_up_that_failed_counts_for_nothing(desk: Desk, list_answer: HttpResponse | Exception) -> None:
    desk.company.treats.append(Treatment(keeps=True, says=LOST))
    desk.company.list_answers.extend([list_answer] * 4)
    message_id = await desk.miss()
    await desk.work(300)
    assert len(desk.company.posts) == 1
    assert (await desk.message(message_id))["state"] == "accepted"


async def test_a_text_found_belongs_to_the_message_with_its_words_only(desk: Desk) -> None:
    """The thread's other texts, and older ones with other words, are not taken for ours."""
    message_id = await desk.miss()
    desk.company.kept += [
        {
            "To": CARLA,
            "From": desk.line.number,
            "Body": "Other words",
            "sid": "SM-other",
            "at": desk.clock.now().isoformat(),
        }
    ]
    desk.company.treats.append(Treatment(keeps=False, says=LOST))
    await desk.work(120)
    assert len(desk.company.posts) == 2
    assert (await desk.message(message_id))["provider_message_id"] != "SM-other"


@pytest.mark.parametrize("says", [answer(429, {"code": 20429}), refusal(20429, 429), NOT_REACHED])
async def test_what_was_certainly_not_processed_is_handed_over_again(
    desk: Desk, says: HttpResponse | Exception
) -> None:
    desk.company.treats.extend([Treatment(keeps=False, says=says)] * 3)
    message_id = await desk.miss()
    await desk.work(120)
    assert len(desk.company.posts) == 4
    assert len(desk.company.kept) == 1
    assert (await desk.message(message_id))["state"] == "accepted"


async def test_a_company_that_stays_busy_is_asked_ever_more_rarely_until_the_text_is_stale(desk: Desk) -> None:
    desk.company.treats.extend([Treatment(keeps=False, says=answer(429, {}))] * 100)
    message_id = await desk.miss()
    await desk.work(700)
    assert 5 <= len(desk.company.posts) <= 20
    assert (await desk.message(message_id))["state"] == "dropped"
    assert len(await desk.table("call_backs")) == 1


async def test_a_company_that_names_its_pause_is_given_it(desk: Desk) -> None:
    desk.company.treats.append(Treatment(keeps=False, says=answer(429, {}, **{"retry-after": "30"})))
    await desk.miss()
    await desk.work(25)
    assert len(desk.company.posts) == 1
    await desk.work(10)
    assert len(desk.company.posts) == 2


REFUSALS: list[tuple[int, int, dict[str, Any]]] = [
    (21610, 400, {"opt_outs": ["carrier_error"], "contact_marks": [], "alarms": [], "call_backs": 0}),
    (21614, 400, {"opt_outs": [], "contact_marks": ["untextable"], "alarms": [], "call_backs": 1}),
    (21211, 400, {"opt_outs": [], "contact_marks": ["untextable"], "alarms": [], "call_backs": 1}),
    (20003, 401, {"opt_outs": [], "contact_marks": [], "alarms": ["credentials"], "call_backs": 1}),
    (21606, 400, {"opt_outs": [], "contact_marks": [], "alarms": ["line_cannot_send"], "call_backs": 1}),
    (99999, 400, {"opt_outs": [], "contact_marks": [], "alarms": [], "call_backs": 1}),
]


@pytest.mark.parametrize(("code", "status", "learned"), REFUSALS)
async def test_a_refusal_is_final_and_teaches(desk: Desk, code: int, status: int, learned: dict[str, Any]) -> None:
    desk.company.treats.append(Treatment(keeps=False, says=refusal(code, status)))
    message_id = await desk.miss()
    await desk.work(700)
    assert len(desk.company.posts) == 1
    message = await desk.message(message_id)
    assert (message["state"], message["error_code"]) == ("rejected", str(code))
    assert await learned_from(desk) == learned


async def learned_from(desk: Desk) -> dict[str, Any]:
    """What a refusal left behind."""
    return {
        "opt_outs": [row["source"] for row in await desk.table("opt_outs")],
        "contact_marks": [row["kind"] for row in await desk.table("contact_marks")],
        "alarms": [row["kind"] for row in await desk.table("alarms")],
        "call_backs": len(await desk.table("call_backs")),
    }


@pytest.mark.parametrize("why", ["wrong setting", "lost key"])
async def test_a_text_whose_connection_cannot_be_used_becomes_a_call_back(desk: Desk, why: str) -> None:
    message_id = await desk.miss()
    wrong = {"api_url": "ftp://phone.example"} if why == "wrong setting" else {}
    await open_shop(desk.context.pool, desk.business, {"account_sid": "AC1", "auth_token": "t", **wrong})
    if why == "lost key":
        desk.context.sealer = NoSealer()
    await desk.work(10)
    message = await desk.message(message_id)
    assert (message["state"], message["error_kind"]) == ("rejected", "credentials")
    assert await learned_from(desk) == {"opt_outs": [], "contact_marks": [], "alarms": ["credentials"], "call_backs": 1}
    assert (desk.company.asked, await desk.jobs()) == ([], [])


class WorkerDied(RuntimeError):
    """The worker is gone between `sending` and the answer."""


@pytest.mark.parametrize("keeps", [True, False])
async def test_a_worker_that_dies_while_it_sends_leaves_a_text_to_look_up_and_not_to_resend(
    desk: Desk, keeps: bool
) -> None:
    message_id = await desk.miss()
    desk.company.treats.append(Treatment(keeps=keeps, says=WorkerDied()))
    desk.clock.pass_time(5)
    with pytest.raises(WorkerDied):
        await deliver(desk.context, desk.business.business_id, message_id)
    assert (await desk.message(message_id))["state"] == "sending"
    await desk.work(14)
    assert (len(desk.company.posts), desk.company.look_ups) == (1, 0)
    await desk.work(120)
    assert len(desk.company.posts) == (1 if keeps else 2)
    assert len(desk.company.kept) == 1
    assert (await desk.message(message_id))["state"] == "accepted"


async def test_a_text_that_could_not_go_in_time_is_dropped_and_becomes_a_call_back(desk: Desk) -> None:
    message_id = await desk.miss()
    desk.clock.pass_time(11 * 60)
    await desk.work()
    assert desk.company.posts == []
    message = await desk.message(message_id)
    assert (message["state"], message["error_kind"]) == ("dropped", "stale")
    [decision] = await desk.decisions()
    assert (decision["decision"], decision["reason"]) == ("skip", "stale")
    [call_back] = await desk.table("call_backs")
    assert call_back["caller"] == CARLA
    assert await desk.table("text_back_claims") == []


async def test_after_a_dropped_text_the_next_missed_call_is_texted(desk: Desk) -> None:
    await desk.miss()
    desk.clock.pass_time(11 * 60)
    await desk.work()
    await desk.miss(SECOND_CALL)
    await desk.work(10)
    assert len(desk.company.posts) == 1


@pytest.mark.parametrize("code", [20003, 21606, 99999])
async def test_after_a_refused_text_the_next_missed_call_is_not_called_texted_recently(desk: Desk, code: int) -> None:
    desk.company.treats.append(Treatment(keeps=False, says=refusal(code)))
    await desk.miss()
    await desk.work(3600)
    await desk.miss(SECOND_CALL)
    await desk.work(10)
    assert len(desk.company.kept) == 1


async def test_a_caller_who_redials_within_the_delay_and_is_answered_gets_no_text(desk: Desk) -> None:
    message_id = await desk.miss()
    await desk.ring(SECOND_CALL)
    await desk.accepted(call=SECOND_CALL)
    await desk.dialed("completed", SECOND_CALL)
    await desk.work(30)
    assert desk.company.posts == []
    message = await desk.message(message_id)
    assert (message["state"], message["error_kind"]) == ("dropped", "answered_since")
    assert await desk.table("call_backs") == []


async def test_while_the_caller_rings_again_the_text_waits_for_how_that_ends(desk: Desk) -> None:
    await desk.miss()
    await desk.ring(SECOND_CALL)
    await desk.work(20)
    assert desk.company.posts == []
    await desk.dialed(call=SECOND_CALL)
    await desk.work(10)
    assert len(desk.company.posts) == 1


async def test_a_caller_whom_somebody_has_rung_back_gets_no_text(desk: Desk) -> None:
    message_id = await desk.miss()
    business_id = desk.business.business_id
    [call] = await desk.table("calls")
    async with business_transaction(desk.context.pool, business_id) as connection:
        due = call_backs.NewCallBack(call["call_id"], call["contact_id"], CARLA, "by hand", desk.clock.now())
        await call_backs.add_call_back(connection, business_id, due, desk.clock.now())
        [row] = await call_backs.list_call_backs(connection, business_id)
        await call_backs.finish_call_back(connection, business_id, row["call_back_id"], "Olga", desk.clock.now())
    await desk.work(10)
    assert desk.company.posts == []
    assert (await desk.message(message_id))["error_kind"] == "called_back"


@pytest.mark.parametrize(("purpose", "reason"), [("text_back", "not_registered"), ("reply", "not_registered")])
async def test_a_line_that_lost_its_registration_sends_nothing_at_all(
    context: Context, clock: TestClock, purpose: str, reason: str
) -> None:
    desk = await open_desk(context, clock)
    message_id = await desk.miss()
    await desk.fetch("update messages set purpose = $2 where business_id = $1", purpose)
    await desk.fetch("update lines set registration = 'pending' where business_id = $1")
    await desk.fetch("update businesses set version = version + 1 where business_id = $1")
    await desk.work(10)
    assert desk.company.posts == []
    assert (await desk.message(message_id))["error_kind"] == reason


async def test_a_line_that_has_ended_sends_nothing_and_its_text_says_why(desk: Desk) -> None:
    message_id = await desk.miss()
    await desk.fetch("update lines set ended_at = now() where business_id = $1 and line_id = $2", desk.line.line_id)
    await desk.fetch("update businesses set version = version + 1 where business_id = $1")
    await desk.work(10)
    assert desk.company.posts == []
    message = await desk.message(message_id)
    assert (message["state"], message["error_kind"]) == ("rejected", "line_cannot_send")


def slow(business: Business) -> Business:
    main, ads = business.lines
    return replace(business, lines=(replace(main, texts_per_second=1.0), ads), policy=TextBackPolicy(delay_seconds=0))


async def test_a_line_hands_over_no_more_texts_a_second_than_it_may(context: Context, clock: TestClock) -> None:
    desk = await open_desk(context, clock, slow)
    for n in range(3):
        await desk.ring(f"CA-{n}", f"+1312555018{n}")
        await desk.dialed(call=f"CA-{n}", caller=f"+1312555018{n}")
    await desk.work(20)
    at = [datetime.fromisoformat(text["at"]).timestamp() for text in desk.company.kept]
    assert len(at) == 3
    assert [later - earlier >= 1 for earlier, later in pairwise(at)] == [True, True]


async def test_a_held_text_is_dropped_when_the_caller_has_written_meanwhile(desk: Desk) -> None:
    """An open thread is continued, never restarted (PRODUCT 2.5)."""
    message_id = await desk.miss()
    await desk.text("Hello, I just called you")
    await desk.work(30)
    assert desk.company.posts == []
    assert (await desk.message(message_id))["error_kind"] == "thread_open"
