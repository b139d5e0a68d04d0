"""A callback comes in: stored once, and answered with what the phone company is to do next."""

from dataclasses import replace

import pytest

from ringback.domain.business import Business, Mode
from ringback.domain.hours import OpeningHours
from ringback.domain.textback import Mark
from ringback.ports import HookRequest, HookUnreadable
from ringback.store import contacts
from ringback.store.db import business_transaction
from ringback.workflows.context import Context
from ringback.workflows.receive import receive_hook
from tests.cast import CARLA, HARBOR_ADS_NUMBER, OLGA_PHONE, SAM_PHONE, TestClock
from tests.workflows.desk import CALL, LEG, Desk, open_desk
from tests.workflows.phone_company import callback


def words(reply: object) -> str:
    return getattr(reply, "body", b"").decode()


async def test_an_open_shop_rings_those_who_take_calls(desk: Desk) -> None:
    answer = words(await desk.ring())
    assert SAM_PHONE in answer
    assert OLGA_PHONE not in answer
    assert "whisper" in answer


def closed(business: Business) -> Business:
    return replace(business, hours=OpeningHours({}))


def overflow(business: Business) -> Business:
    return replace(business, lines=tuple(replace(line, mode=Mode.OVERFLOW) for line in business.lines))


async def test_a_closed_shop_says_so_and_rings_nobody(context: Context, clock: TestClock) -> None:
    desk = await open_desk(context, clock, closed)
    answer = words(await desk.ring())
    assert "We are closed" in answer
    assert "<Dial" not in answer
    assert [(row["plan"], row["day"]) for row in await desk.table("calls")] == [("closed", "closed")]


async def test_an_overflow_call_hears_that_nobody_can_come(context: Context, clock: TestClock) -> None:
    desk = await open_desk(context, clock, overflow)
    assert "nobody can come" in words(await desk.ring())


@pytest.mark.parametrize("caller", [HARBOR_ADS_NUMBER])
async def test_our_own_line_calling_is_refused(desk: Desk, caller: str) -> None:
    assert "<Reject" in words(await desk.ring(caller=caller))


async def test_a_blocked_caller_is_refused_and_neither_texted_nor_called_back(desk: Desk) -> None:
    business_id = desk.business.business_id
    async with business_transaction(desk.context.pool, business_id) as connection:
        contact = await contacts.find_or_create_contact(connection, business_id, CARLA, desk.clock.now())
        mark = contacts.NewMark(Mark.BLOCKED, "rude", "Olga")
        await contacts.add_mark(connection, business_id, contact, mark, desk.clock.now())
    for call in ("CA-1", "CA-2"):
        assert "<Reject" in words(await desk.ring(call))
        fields = {"CallSid": call, "From": CARLA, "To": desk.line.number, "CallStatus": "busy"}
        await desk.hook("call_status", fields)
        await desk.work(10)
    assert [row["reason"] for row in await desk.decisions()] == ["blocked", "blocked"]
    assert desk.company.posts == []
    assert await desk.table("call_backs") == []


async def test_whoever_picks_up_hears_who_calls_and_is_put_through_by_pressing_1(desk: Desk) -> None:
    await desk.ring()
    whisper = words(await desk.hook("whisper", {"CallSid": LEG, "CallStatus": "in-progress"}, f"call={CALL}"))
    assert "Call for Harbor Dental, Main" in whisper
    assert "<Gather" in whisper
    assert "<Hangup" not in words(await desk.accepted("1"))
    assert "<Hangup" in words(await desk.accepted("2"))


@pytest.mark.parametrize(
    ("digits", "dialed", "gone", "says"),
    [
        ("1", "completed", False, False),
        (None, "completed", False, True),
        ("2", "completed", False, True),
        (None, "no-answer", False, True),
        (None, "canceled", True, False),
    ],
)
async def test_a_caller_who_still_waits_after_the_ringing_is_spoken_to(
    desk: Desk, digits: str | None, dialed: str, gone: bool, says: bool
) -> None:
    """Traps 2 and 3: a machine that answered, and a caller who has hung up."""
    await desk.ring()
    if digits:
        await desk.accepted(digits)
    answer = words(await desk.dialed(dialed, CallStatus="completed" if gone else "in-progress"))
    assert ("nobody can come" in answer) is says
    assert "<Hangup" in answer


async def test_a_repeated_callback_gets_the_same_answer_and_leaves_nothing_new(desk: Desk) -> None:
    first = await desk.ring()
    before = [len(await desk.table(name)) for name in ("inbound_events", "calls", "contacts")], await desk.jobs()
    assert [await desk.ring(), await desk.ring()] == [first, first]
    after = [len(await desk.table(name)) for name in ("inbound_events", "calls", "contacts")], await desk.jobs()
    assert after == before


@pytest.mark.parametrize(
    ("what", "fields"),
    [
        ("voice", {"From": CARLA}),
        ("dialed", {"CallSid": CALL, "DialCallStatus": "exploded"}),
        ("message", {"MessageSid": "SM-1", "To": "x"}),
        ("fax", {"CallSid": CALL}),
    ],
)
async def test_what_cannot_be_read_is_refused_with_a_sentence_and_leaves_nothing(
    desk: Desk, what: str, fields: dict[str, str]
) -> None:
    with pytest.raises(HookUnreadable, match="Twilio"):
        await desk.hook(what, fields)
    assert await desk.table("inbound_events") == []


async def test_a_signed_body_that_is_not_utf8_is_refused_with_a_sentence(desk: Desk) -> None:
    body = b"CallSid=CA1&From=%ff%fe"
    signed = callback(desk.line.hook_key, "voice", {"CallSid": "CA1", "From": "\udcff\udcfe"}, encoded=body)
    with pytest.raises(HookUnreadable, match="UTF-8"):
        await receive_hook(desk.context, await desk.hook_line(desk.line), signed)


async def test_rexs_callbacks_do_not_open_harbors_line(desk: Desk, context: Context, clock: TestClock) -> None:
    """A callback signed for one address is refused at another, though both have the same token."""
    other = await open_desk(context, clock)
    request: HookRequest = callback(other.line.hook_key, "voice", {"CallSid": CALL, "From": CARLA})
    moved = replace(request, url=request.url.replace(other.line.hook_key, desk.line.hook_key))
    line = await desk.hook_line(desk.line)
    assert not line.adapter.verify(moved)
