"""Lost callbacks: our own timer and the poll find what nobody told us, and nothing is decided twice."""

from datetime import timedelta
from email.utils import format_datetime
from uuid import UUID

import pytest

from ringback.ports import HttpResponse, NoAnswer, NotSent
from ringback.store import deliveries
from ringback.store.db import set_business
from ringback.workflows import upkeep
from ringback.workflows.context import Context
from ringback.workflows.poll import look_at_call, poll_line
from ringback.workflows.settle import settle_call
from tests.cast import CARLA, TestClock, open_shop
from tests.workflows.desk import CALL, LEG, Desk
from tests.workflows.phone_company import answer


def listed(desk: Desk, status: str = "completed", sid: str = CALL, parent: str | None = None) -> dict[str, object]:
    """A call as the phone company lists it; it began half a minute ago and ended now."""
    now = desk.clock.now()
    return {
        "sid": sid,
        "from": CARLA,
        "to": "+13125550161" if parent else desk.line.number,
        "status": status,
        "direction": "outbound-dial" if parent else "inbound",
        "parent_call_sid": parent,
        "start_time": format_datetime(now - timedelta(seconds=30)),
        "end_time": format_datetime(now),
        "duration": "30",
    }


async def poll(desk: Desk) -> None:
    await poll_line(desk.context, desk.business.business_id, desk.line.line_id)


async def outcomes(desk: Desk) -> list[str]:
    return [row["outcome"] for row in await desk.table("calls")]


async def test_a_call_of_which_no_callback_came_is_found_and_texted(desk: Desk) -> None:
    desk.company.calls = [listed(desk)]
    await poll(desk)
    await desk.work(200)
    assert await outcomes(desk) == ["failed"]
    assert [row["decision"] for row in await desk.decisions()] == ["send"]
    assert len(desk.company.posts) == 1


async def test_polls_and_callbacks_of_the_same_facts_are_told_once(desk: Desk) -> None:
    await desk.ring()
    await desk.dialed()
    fields = {"CallSid": CALL, "From": CARLA, "To": desk.line.number, "CallStatus": "completed"}
    await desk.hook("call_status", fields)
    known = len(await desk.table("inbound_events"))
    desk.company.calls = [listed(desk)]
    for _ in range(3):
        await poll(desk)
    assert len(await desk.table("inbound_events")) == known
    await desk.work(200)
    assert await outcomes(desk) == ["no_answer"]
    assert len(desk.company.posts) == 1


async def test_a_poll_before_the_callbacks_does_not_spoil_the_outcome(desk: Desk) -> None:
    """The poll finds a ringing call first: what we answered is known only from the callback."""
    desk.company.calls = [listed(desk, "ringing")]
    await poll(desk)
    await desk.ring()
    await desk.accepted()
    await desk.work(10)
    assert await outcomes(desk) == ["answered_by_staff"]
    assert desk.company.posts == []


async def test_when_the_end_is_never_told_our_own_timer_asks(desk: Desk) -> None:
    await desk.ring()
    desk.company.calls = [listed(desk), listed(desk, "no-answer", LEG, CALL)]
    await desk.work(120)
    assert await outcomes(desk) == ["no_answer"]
    assert len(desk.company.posts) == 1


async def test_while_a_call_goes_on_the_timer_comes_back(desk: Desk) -> None:
    await desk.ring()
    desk.company.calls = [listed(desk, "in-progress")]
    await desk.work(600)
    assert await desk.decisions() == []
    assert [job["entrypoint"] for job in await desk.jobs()] == ["settle_call"]
    desk.company.calls = [listed(desk), listed(desk, "busy", LEG, CALL)]
    await desk.work(120)
    assert await outcomes(desk) == ["busy"]


async def test_a_call_that_nobody_ever_ends_is_decided_after_four_hours(desk: Desk) -> None:
    await desk.ring()
    await desk.work(4.1 * 3600, most=600)
    assert await outcomes(desk) == ["failed"]
    assert len(await desk.decisions()) == 1


async def test_a_line_is_first_looked_at_a_quarter_hour_back_and_then_from_the_last_look_on(desk: Desk) -> None:
    await poll(desk)
    desk.clock.pass_time(3600)
    await poll(desk)
    urls = [request.url for request in desk.company.asked]
    assert "StartTime%3E=2026-11-18T15%3A45%3A00Z" in urls[0]
    assert "StartTime%3E=2026-11-18T15%3A55%3A00Z" in urls[1]


@pytest.mark.parametrize("body", [answer(500, {}), answer(200, {}), HttpResponse(200, b"<html>"), answer(401, {})])
async def test_a_list_that_cannot_be_read_is_no_empty_list(desk: Desk, body: HttpResponse) -> None:
    desk.company.list_answers.append(body)
    await poll(desk)
    [alarm] = await desk.table("alarms")
    assert "could not be read" in alarm["words"]
    [line, _] = sorted(await desk.table("lines"), key=lambda row: row["number"])
    assert line["polled_until"] is None


@pytest.mark.parametrize("error", [NotSent("refused"), NoAnswer("late")])
async def test_a_company_that_does_not_answer_is_asked_again(desk: Desk, error: Exception) -> None:
    desk.company.list_answers.append(error)
    with pytest.raises(type(error)):
        await poll(desk)
    desk.company.calls = [listed(desk)]
    await poll(desk)
    assert len(await desk.table("calls")) == 1


async def test_a_timer_survives_a_company_that_is_down_for_a_while(desk: Desk) -> None:
    await desk.ring()
    desk.company.list_answers.extend([NotSent("refused"), answer(500, {}), NoAnswer("late")])
    desk.company.calls = [listed(desk), listed(desk, "no-answer", LEG, CALL)]
    await desk.work(200)
    assert await outcomes(desk) == ["no_answer"]


async def test_a_connection_with_a_wrong_setting_says_so_and_stores_nothing(desk: Desk) -> None:
    wrong = {"account_sid": "AC1", "auth_token": "t", "api_url": "ftp://phone.example"}
    await open_shop(desk.context.pool, desk.business, wrong)
    with pytest.raises(ValueError, match="api_url"):
        await poll(desk)
    assert await desk.table("inbound_events") == []


async def test_a_call_whose_connection_cannot_be_used_any_more_is_decided_in_the_end(desk: Desk) -> None:
    await desk.ring()
    wrong = {"account_sid": "AC1", "auth_token": "t", "api_url": "ftp://phone.example"}
    await open_shop(desk.context.pool, desk.business, wrong)
    for _ in range(5):
        await desk.work(60)
        desk.clock.pass_time(3600)
    await desk.work(60)
    assert await outcomes(desk) == ["failed"]
    assert [row["caller"] for row in await desk.table("call_backs")] == [CARLA]


async def test_what_is_not_there_is_not_looked_at(desk: Desk) -> None:
    business_id, nothing = desk.business.business_id, UUID(int=404)
    await poll_line(desk.context, business_id, nothing)
    await look_at_call(desk.context, business_id, nothing)
    await settle_call(desk.context, business_id, nothing, timer=False)
    assert desk.company.asked == []


async def test_a_line_is_polled_when_its_last_look_is_two_minutes_old(desk: Desk) -> None:
    await upkeep.start_polls(desk.context)
    await desk.work()
    await upkeep.start_polls(desk.context)
    assert await desk.jobs() == []
    desk.clock.pass_time(121)
    await upkeep.start_polls(desk.context)
    assert [job["entrypoint"] for job in await desk.jobs()] == ["poll_line"] * len(desk.business.lines)


async def test_the_sweep_gives_a_job_back_to_all_that_lost_theirs(
    context: Context, clock: TestClock, desk: Desk
) -> None:
    await desk.miss()
    await desk.ring("CA-other", "+13125550180")
    await desk.text("Hello?", sender="+13125550181")
    await desk.progress("SM-unknown", "sent")
    await desk.forget_jobs()
    await upkeep.sweep(desk.context)
    assert await desk.jobs() == []
    desk.clock.pass_time(125)
    await upkeep.sweep(desk.context)
    waiting = sorted(job["entrypoint"] for job in await desk.jobs())
    assert waiting == ["deliver", "note_progress", "settle_call", "take_message"]
    desk.company.calls = [{**listed(desk, sid="CA-other"), "from": "+13125550180"}]
    await desk.work(10)
    assert len(desk.company.posts) == 2
    assert [row["direction"] for row in await desk.table("messages")].count("in") == 1
    desk.clock.pass_time(125)
    await upkeep.sweep(desk.context)
    assert await desk.jobs() == []


async def test_the_sweep_does_not_multiply_the_jobs_of_a_call_that_goes_on(desk: Desk) -> None:
    await desk.ring()
    desk.company.calls = [listed(desk, "in-progress")]
    for _ in range(10):
        await desk.work(60)
        await upkeep.sweep(desk.context)
    await desk.work(60)
    assert len(await desk.jobs()) <= 2


_MANY_LINES = """
    insert into lines (business_id, line_id, connection_id, number, mode, label, language, hook_key, ring, registration,
        text_back, texts_per_second, created_at)
    select business_id, gen_random_uuid(), connection_id, number || n, mode, label, language, hook_key || '-' || n,
        ring, registration, text_back, texts_per_second, created_at
    from lines, generate_series(1, 1000) n where line_id = $1
"""


async def test_a_thousand_lines_whose_polls_fail_do_not_keep_the_others_from_theirs(desk: Desk) -> None:
    now, turns = desk.clock.now(), []
    async with desk.context.pool.acquire() as connection:
        transaction = connection.transaction()
        await transaction.start()
        try:
            await set_business(connection, desk.business.business_id)
            await connection.execute("update lines set polled_until = $1", now - timedelta(hours=1))
            await connection.execute(_MANY_LINES, desk.line.line_id)
            for minute in range(2):
                at = now + timedelta(minutes=minute)
                found = await connection.fetch("select line_id from take_lines_to_poll($1, $2)", now, at)
                turns.append({row["line_id"] for row in found})
            mine = {row["line_id"] for row in await connection.fetch("select line_id from lines")}
        finally:
            await transaction.rollback()

    assert len(turns[0]) == 1000
    assert mine <= turns[0] | turns[1]


async def test_what_has_a_job_is_not_looked_for_and_hides_nothing_that_lost_its_own(desk: Desk) -> None:
    message_id, business_id = await desk.miss(), desk.business.business_id
    at = desk.clock.now() + timedelta(hours=1)

    async def stuck() -> list[UUID]:
        async with desk.context.pool.acquire() as connection:
            return [found for whose, found in await deliveries.list_stuck(connection, at) if whose == business_id]

    assert await stuck() == []
    await desk.forget_jobs()
    assert await stuck() == [message_id]
