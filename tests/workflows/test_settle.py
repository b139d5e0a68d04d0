"""A call is settled: one outcome, one decision, and people told of what no text can do."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from ringback.domain.business import Business, Mode, TextBackPolicy
from ringback.domain.hours import OpeningHours
from ringback.workflows.context import Context
from ringback.workflows.receive import HookRefused, receive_hook
from ringback.workflows.settle import settle_call
from tests.cast import CARLA, HARBOR_ADS_NUMBER, SAM_PHONE, TestClock
from tests.fixtures import Shops
from tests.workflows.desk import CALL, LEG, Desk, open_desk
from tests.workflows.phone_company import callback

SECOND_CALL = "CA" + "9" * 32


async def test_the_shops_are_stored(context: Context, shops: Shops) -> None:
    """The twin businesses load back as they were stored."""
    setup = await context.setup_of_hook("harbor-main")
    assert setup is not None
    assert setup.business == shops.harbor


async def decision(desk: Desk) -> tuple[str, str, str | None]:
    """Outcome, decision and Reason of the only call."""
    [row] = await desk.decisions()
    return row["outcome"], row["decision"], row["reason"]


async def test_a_missed_call_is_decided_after_the_settle_window_and_not_before(desk: Desk) -> None:
    await desk.ring()
    await desk.dialed()
    await desk.work(1.9)
    assert await desk.decisions() == []
    await desk.work(0.2)
    assert await decision(desk) == ("no_answer", "send", None)


async def test_a_call_that_staff_take_earns_no_text(desk: Desk) -> None:
    await desk.ring()
    await desk.accepted()
    await desk.dialed("completed")
    await desk.work(200)
    assert await decision(desk) == ("answered_by_staff", "skip", "answered")
    assert desk.company.posts == []


async def test_a_machine_that_answers_the_whisper_is_no_answer(desk: Desk) -> None:
    """Trap 3: the phone company says "completed"."""
    await desk.ring()
    await desk.hook("whisper", {"CallSid": LEG, "CallStatus": "in-progress"}, f"call={CALL}")
    await desk.dialed("completed")
    await desk.work(10)
    assert await decision(desk) == ("carrier_voicemail", "send", None)
    assert len(desk.company.posts) == 1


async def test_workers_that_settle_one_call_at_once_make_one_decision(desk: Desk) -> None:
    await desk.ring()
    await desk.dialed()
    [call] = await desk.table("calls")
    settling = (settle_call(desk.context, desk.business.business_id, call["call_id"], timer=False) for _ in range(4))
    await asyncio.gather(*settling)
    assert len(await desk.decisions()) == 1
    assert len(await desk.table("messages")) == 1


async def test_calls_of_one_caller_on_two_lines_settled_at_once_earn_one_text(desk: Desk) -> None:
    main, ads = desk.business.lines
    for call, line in ((CALL, main), (SECOND_CALL, ads)):
        await desk.ring(call, line=line)
        fields = {"CallSid": call, "From": CARLA, "To": line.number, "CallStatus": "completed"}
        await desk.hook("call_status", fields, line=line)
    calls = [row["call_id"] for row in await desk.table("calls")]
    await asyncio.gather(*(settle_call(desk.context, desk.business.business_id, one, timer=False) for one in calls))
    assert sorted(row["decision"] for row in await desk.decisions()) == ["send", "skip"]
    assert len(await desk.table("text_back_claims")) == 1


async def test_evidence_that_comes_late_mends_the_outcome_and_not_the_decision(desk: Desk) -> None:
    await desk.ring()
    await desk.dialed()
    await desk.work(10)
    await desk.accepted()
    await desk.work(10)
    [call] = await desk.table("calls")
    assert call["outcome"] == "answered_by_staff"
    assert [row["decision"] for row in await desk.decisions()] == ["send"]
    assert len(desk.company.posts) == 1


async def test_a_late_word_that_earns_no_job_of_its_own_mends_the_outcome_too(desk: Desk) -> None:
    await desk.ring()
    await desk.dialed("completed")
    await desk.work(10)
    await desk.accepted("2")
    await desk.work()
    [call] = await desk.table("calls")
    assert call["outcome"] == "declined"
    assert len(await desk.decisions()) == 1


async def test_three_calls_in_a_minute_earn_one_text_and_an_urgent_call_back(desk: Desk) -> None:
    """Trap 13, and PRODUCT 2.5."""
    for n in range(3):
        await desk.ring(f"CA-{n}")
        await desk.dialed(call=f"CA-{n}")
        await desk.work(20)
    assert len(desk.company.posts) == 1
    assert [row["reason"] for row in await desk.decisions()] == [None, "texted_recently", "texted_recently"]
    assert [row["urgent"] for row in await desk.table("call_backs")] == [True, True]
    [thread] = await desk.table("threads")
    assert thread["urgent_at"] is not None


@pytest.mark.parametrize("caller", [SAM_PHONE, HARBOR_ADS_NUMBER])
async def test_staff_and_own_lines_that_call_twice_are_nobodys_call_back(
    context: Context, clock: TestClock, caller: str
) -> None:
    desk = await open_desk(context, clock, overflow)
    for call in (CALL, SECOND_CALL):
        await desk.ring(call, caller)
        fields = {"CallSid": call, "From": caller, "To": desk.line.number, "CallStatus": "completed"}
        await desk.hook("call_status", fields)
        await desk.work(30)
    assert await desk.table("call_backs") == []


async def test_after_the_window_the_next_missed_call_is_texted_again(desk: Desk) -> None:
    await desk.miss()
    await desk.work(12 * 3600)
    await desk.miss(SECOND_CALL)
    await desk.work(10)
    assert len(desk.company.posts) == 2


def closed(business: Business) -> Business:
    return replace(business, hours=OpeningHours({}))


def overflow(business: Business) -> Business:
    return replace(business, lines=tuple(replace(line, mode=Mode.OVERFLOW) for line in business.lines))


def braked(business: Business) -> Business:
    return replace(business, policy=TextBackPolicy(per_line_an_hour=1))


def switched_off(business: Business) -> Business:
    return replace(business, lines=tuple(replace(line, text_back=False) for line in business.lines))


NOBODY = [
    (closed, CARLA, ("closed", "send", None)),
    (overflow, CARLA, ("overflow", "send", None)),
    (switched_off, CARLA, ("no_answer", "skip", "switched_off")),
    (overflow, SAM_PHONE, ("overflow", "skip", "staff")),
    (overflow, HARBOR_ADS_NUMBER, ("overflow", "skip", "own_number")),
    (overflow, "Anonymous", ("overflow", "skip", "withheld")),
    (overflow, "+266696687", ("overflow", "skip", "withheld")),
    (overflow, "+18005550199", ("overflow", "skip", "not_textable")),
    (overflow, "+442079460123", ("overflow", "skip", "not_textable")),
    (None, HARBOR_ADS_NUMBER, ("blocked", "skip", "own_number")),
]


@pytest.mark.parametrize(("change", "caller", "decided"), NOBODY)
async def test_who_calls_and_where_decides(
    context: Context,
    clock: TestClock,
    change: Callable[[Business], Business] | None,
    caller: str,
    decided: tuple[str, str, str | None],
) -> None:
    desk = await open_desk(context, clock, change or (lambda business: business))
    await desk.ring(caller=caller)
    fields = {"CallSid": CALL, "From": caller, "To": desk.line.number, "CallStatus": "completed"}
    await (desk.dialed() if decided[0] == "no_answer" else desk.hook("call_status", fields))
    await desk.work(10)
    assert await decision(desk) == decided
    assert len(desk.company.posts) == (1 if decided[1] == "send" else 0)


async def test_what_the_brake_holds_back_becomes_call_backs_and_one_alarm(context: Context, clock: TestClock) -> None:
    desk = await open_desk(context, clock, braked)
    for n in range(4):
        await desk.ring(f"CA-{n}", f"+1312555018{n}")
        await desk.dialed(call=f"CA-{n}", caller=f"+1312555018{n}")
        await desk.work(10)
    assert len(desk.company.posts) == 1
    assert [row["reason"] for row in await desk.decisions()] == [None, *["over_brake"] * 3]
    assert len(await desk.table("call_backs")) == 3
    assert [(row["kind"], row["times"]) for row in await desk.table("alarms")] == [("brake", 3)]


async def test_a_call_whose_line_has_ended_is_left_alone(desk: Desk) -> None:
    await desk.ring()
    await desk.dialed()
    await desk.fetch("update lines set ended_at = now() where business_id = $1")
    await desk.fetch("update businesses set version = version + 1 where business_id = $1")
    await desk.work(200)
    assert desk.company.posts == []


async def test_a_callback_with_another_signature_is_refused_and_leaves_nothing(desk: Desk) -> None:
    request = callback(desk.line.hook_key, "voice", {"CallSid": CALL, "From": CARLA, "To": desk.line.number})
    forged: dict[str, Any] = {**request.headers, "x-twilio-signature": "bm90IHNpZ25lZA=="}
    await desk.ring("CA-real")
    with pytest.raises(HookRefused):
        await receive_hook(desk.context, await desk.hook_line(desk.line), replace(request, headers=forged))
    assert [row["provider_call_id"] for row in await desk.table("calls")] == ["CA-real"]
