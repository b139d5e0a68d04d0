"""Every way a call can go (PRODUCT 1.1), through real HTTP: what we make of it, and whether the caller is texted."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from ringback.domain.business import Mode, Ring, RingOrder
from ringback.domain.hours import OpeningHours, parse_hours
from tests.cast import CARLA, HARBOR_ADS_NUMBER, HARBOR_NUMBER, OLGA_PHONE, SAM_PHONE
from tests.journeys.conftest import OpenShop
from tests.journeys.shop import Shop, new_harbor, with_mode

NEVER_OPEN = OpeningHours({})


@pytest.mark.parametrize(
    ("manner", "outcome"),
    [
        ("no_answer", "no_answer"),
        ("busy", "busy"),
        ("decline", "declined"),
        ("voicemail", "carrier_voicemail"),
        ("unreachable", "unreachable"),
    ],
)
async def test_what_the_phones_do_is_the_outcome_and_the_caller_is_texted_once(
    shop: Shop, manner: str, outcome: str
) -> None:
    """No answer, busy, declined, a mobile's own voicemail, unreachable."""
    await shop.phones(manner)
    decision = await shop.missed()
    assert (decision["call_outcome"], decision["decision"]) == (outcome, "send")
    [text] = await shop.texts()
    assert text["from"] == HARBOR_NUMBER
    assert "Harbor Dental" in text["body"]


async def test_a_caller_who_hangs_up_while_it_rings_is_texted(shop: Shop) -> None:
    """Abandoned: the Dial action comes with DialCallStatus=canceled (trap 2)."""
    await shop.phones("no_answer")
    async with shop.company.by_hand():
        call = await shop.ring()
        await shop.company.wait_for_event("call.ringing", to=SAM_PHONE)
        await shop.company.hang_up(CARLA)
    assert (await shop.decided(call))["call_outcome"] == "abandoned"
    assert len(await shop.texts()) == 1


async def test_after_hours_nobody_is_rung_and_the_caller_is_texted_the_closed_wording(open_harbor: OpenShop) -> None:
    """Closed: we did not ring; the wording is for closed hours."""
    shop = await open_harbor(new_harbor(hours=NEVER_OPEN))
    decision = await shop.missed()
    assert (decision["call_outcome"], decision["day"]) == ("closed", "closed")
    assert "hours" in decision["wording"].lower()
    assert not await shop.company.events("call.ringing", to=SAM_PHONE)
    assert len(await shop.texts()) == 1


async def test_on_a_holiday_the_call_is_closed_and_the_day_says_holiday(open_harbor: OpenShop) -> None:
    """Open, closed and holiday are a fact of the call apart from its outcome."""
    today = datetime.now(UTC).astimezone(ZoneInfo("America/Chicago")).date()
    week = {day: ["00:00-24:00"] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
    hours = parse_hours({**week, "holidays": [{"on": today, "name": "Founders' Day"}]})
    shop = await open_harbor(new_harbor(hours=hours))
    decision = await shop.missed()
    assert (decision["call_outcome"], decision["day"]) == ("closed", "holiday")


async def test_a_call_that_staff_take_is_answered_and_earns_no_text(shop: Shop) -> None:
    """Sam presses 1; nobody is texted, and the call says why."""
    await shop.company.behave(SAM_PHONE, "answer", keys="1")
    await shop.company.behave(OLGA_PHONE, "no_answer")
    decision = await shop.missed()
    assert (decision["call_outcome"], decision["reason"]) == ("answered_by_staff", "answered")
    assert await shop.texts() == []


async def test_two_staff_ring_together_and_one_answers(shop: Shop) -> None:
    """The other phone stops ringing; the call counts as answered."""
    await shop.phones("manual")
    async with shop.company.by_hand():
        call = await shop.ring()
        await shop.company.answer(OLGA_PHONE)
        await shop.company.wait_for_webhook("leg_status", CallStatus="in-progress")
        await shop.company.press(OLGA_PHONE, "1")
    assert (await shop.decided(call))["call_outcome"] == "answered_by_staff"
    assert await shop.texts() == []


async def test_staff_ring_in_turn_when_the_line_says_so(open_harbor: OpenShop) -> None:
    """Sam's phone rings out before Olga's starts."""
    shop = new_harbor()
    turns = Ring(order=RingOrder.IN_TURN, seconds=10)
    opened = await open_harbor(replace(shop, lines=tuple(replace(line, ring=turns) for line in shop.lines)))
    await opened.phones("no_answer")
    assert (await opened.missed())["call_outcome"] == "no_answer"
    rung = [event["to"] for event in await opened.company.events("call.ringing") if event["to"] != HARBOR_NUMBER]
    assert rung == [SAM_PHONE, OLGA_PHONE]


async def test_a_blocked_caller_is_refused_and_not_texted(shop: Shop) -> None:
    """Blocked: the call is not answered at all."""
    await shop.phones("no_answer")
    first = await shop.missed()
    await shop.quiet()
    await shop.fetch(
        "insert into contact_marks (business_id, mark_id, contact_id, kind, why, made_by, made_at) "
        "values ($1, gen_random_uuid(), $2, 'blocked', 'rude', 'Olga', now()) returning 1",
        shop.business.business_id,
        first["contact_id"],
    )
    decision = await shop.missed()
    assert (decision["call_outcome"], decision["reason"]) == ("blocked", "blocked")
    assert len(await shop.texts()) == 1


async def test_an_overflow_call_was_missed_before_it_reached_us(open_harbor: OpenShop) -> None:
    """The carrier forwarded it: nobody is rung, the caller is texted."""
    shop = await open_harbor(with_mode(new_harbor(), Mode.OVERFLOW))
    decision = await shop.missed(forwarded_from="+13125550177")
    assert (decision["call_outcome"], decision["decision"]) == ("overflow", "send")
    assert len(await shop.texts()) == 1


async def test_a_call_that_our_server_could_not_answer_is_failed_and_texted(shop: Shop) -> None:
    """The voice hook is lost: the caller heard an error, the status callback still tells of the call."""
    await shop.phones("no_answer")
    await shop.company.set_webhook_fault("lose", on="voice")
    decision = await shop.missed()
    assert (decision["call_outcome"], decision["decision"]) == ("failed", "send")
    assert len(await shop.texts()) == 1


async def test_a_caller_who_redials_within_the_delay_and_is_answered_gets_no_text(open_harbor: OpenShop) -> None:
    """The first call's text waits; the second call is answered while it does."""
    shop = await open_harbor(new_harbor(policy=replace(new_harbor().policy, delay_seconds=6.0)))
    await shop.phones("no_answer")
    async with shop.company.by_hand():
        first = await shop.ring()
        await shop.company.wait_for_event("call.ringing", to=SAM_PHONE)
        await shop.company.hang_up(CARLA)
    assert (await shop.decided(first))["decision"] == "send"
    await shop.company.behave(SAM_PHONE, "answer", keys="1")
    second = await shop.ring()
    assert (await shop.decided(second))["reason"] == "answered"

    async def dropped() -> bool:
        return bool((await shop.decided(first))["reason"] == "answered_since")

    await shop.wait_for(dropped, "the first text to be dropped")
    assert await shop.texts() == []


async def test_three_calls_in_a_minute_earn_one_text_and_urgency(shop: Shop) -> None:
    """Trap 13: three missed calls, one text; a person hears that it is urgent."""
    await shop.phones("busy")
    decisions = [await shop.missed() for _ in range(3)]
    assert [decision["decision"] for decision in decisions] == ["send", "skip", "skip"]
    assert {decision["reason"] for decision in decisions[1:]} == {"texted_recently"}
    assert len(await shop.texts()) == 1
    [thread] = await shop.fetch("select urgent_at from threads where not for_alerts")
    assert thread["urgent_at"] is not None
    assert [row["urgent"] for row in await shop.fetch("select urgent from call_backs")] == [True, True]


async def test_one_caller_on_two_lines_is_one_contact_and_gets_one_text(shop: Shop) -> None:
    """PRODUCT 1.5: the window is per caller and business, over all lines."""
    await shop.phones("busy")
    await shop.missed()
    decision = await shop.missed(line=shop.ads)
    assert decision["reason"] == "texted_recently"
    callers = "select from contacts where phone not in (select phone from staff where phone is not null)"
    assert len(await shop.fetch(callers)) == 1
    assert len(await shop.texts()) == 1


@pytest.mark.parametrize("withheld", [True, "+266696687", "Restricted"])
async def test_a_withheld_number_cannot_be_texted_and_the_call_says_so(shop: Shop, withheld: bool | str) -> None:
    """Trap 5: anonymous, its number-like forms, and words."""
    await shop.phones("no_answer")
    decision = await shop.missed(withheld=withheld)
    assert decision["reason"] == "withheld"
    assert decision["call_outcome"] == "no_answer"
    assert await shop.company.messages() == []


async def test_a_call_from_our_own_line_is_refused_and_not_texted(shop: Shop) -> None:
    """Trap 6: ringing staff for a call of our own would ring for ever."""
    decision = await shop.missed(caller=HARBOR_ADS_NUMBER)
    assert decision["reason"] == "own_number"
    assert await shop.texts(HARBOR_ADS_NUMBER) == []
    assert not await shop.company.events("call.ringing", to=SAM_PHONE)


async def test_a_member_of_staff_who_calls_in_rings_the_others_and_is_not_texted(shop: Shop) -> None:
    """Trap 6: Sam's own phone is not rung for Sam's call."""
    await shop.phones("no_answer")
    decision = await shop.missed(caller=SAM_PHONE)
    assert decision["reason"] == "staff"
    assert not await shop.company.events("call.ringing", to=SAM_PHONE)
    assert await shop.company.events("call.ringing", to=OLGA_PHONE)


async def test_an_opted_out_caller_is_not_texted(shop: Shop) -> None:
    """STOP once, and no missed call earns a text again until START."""
    await shop.phones("busy")
    await shop.company.text(CARLA, HARBOR_NUMBER, "Stop.")

    async def opted_out() -> list[object]:
        return list(await shop.fetch("select from opt_outs where ended_at is null"))

    await shop.wait_for(opted_out, "the opt-out")
    assert (await shop.missed())["reason"] == "opted_out"
    answers = await shop.texts()
    assert ["no more texts" in text["body"] for text in answers] == [True]


async def test_a_storm_of_calls_is_all_handled_and_the_brake_turns_the_rest_into_call_backs(
    open_harbor: OpenShop,
) -> None:
    """PRODUCT 1.6: what the brake holds back becomes a call-back and one alarm."""
    policy = replace(new_harbor().policy, per_line_an_hour=5)
    shop = await open_harbor(new_harbor(policy=policy))
    await shop.phones("busy")
    callers = [f"+1312555{n:04d}" for n in range(1000, 1012)]
    calls = await asyncio.gather(*(shop.ring(caller) for caller in callers))
    decisions = [await shop.decided(call) for call in calls]
    sent = [one for one in decisions if one["decision"] == "send"]
    held = [one for one in decisions if one["reason"] == "over_brake"]
    assert len(sent) + len(held) == len(callers)
    # Decisions about different callers run side by side; each worker slot can be one text over the line's limit.
    assert held
    assert len(sent) >= 5
    assert len(await shop.fetch("select from call_backs")) == len(held)
    assert len(await shop.fetch("select from alarms where kind = 'brake'")) == 1
