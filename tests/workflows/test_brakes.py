"""The brakes at work: what is held becomes a call-back with its Reason, the owner is told once, people let it go."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from ringback.domain.brake_policy import BrakePolicy
from ringback.domain.business import Business, Mode, TextBackPolicy
from ringback.domain.spending import Share
from ringback.domain.textback import Reason
from ringback.ports import HttpResponse
from ringback.store import people
from ringback.store.db import business_transaction
from ringback.store.ids import new_id
from ringback.store.people import Person
from ringback.workflows import brakes, upkeep
from ringback.workflows.context import Context
from ringback.workflows.releasing import Released, StillHeld, raise_todays_cap, text_anyway
from ringback.workflows.replies import Reply, send_reply
from ringback.workflows.settings import By
from tests.cast import CARLA, TestClock
from tests.workflows.desk import Desk, open_desk
from tests.workflows.phone_company import Treatment, refusal
from tests.workflows.talk import SETTLE_SECONDS, listening, open_talk, outbound, thread_id_of

# What one text costs here, so that figures are easily read.
CENT = 1_000
BY = By("Olga", UUID(int=77))
PROMO = "Your car's warranty is about to expire, call 555 0100 today"


def capped(cents: int, **policy: Any) -> Callable[[Business], Business]:
    """Harbor Dental with a cap, and a price of one cent a segment."""
    brake = BrakePolicy(cap_cents_a_day=cents, segment_millicents=CENT)
    return lambda business: replace(business, brakes=brake, policy=TextBackPolicy(**policy))


async def with_owner(desk: Desk) -> Desk:
    """Let Olga own the business, so that somebody can be told."""
    olga = next(person.staff_id for person in desk.business.staff if person.name == "Olga")
    person = Person(new_id(), f"olga@{desk.business.slug}.example", "Olga", "no password")
    pool = desk.context.pool
    person_id = await people.save_person(pool, person, desk.business.business_id, "owner", desk.clock.now())
    await pool.execute("update memberships set staff_id = $1 where person_id = $2", olga, person_id)
    return desk


async def ring_many(desk: Desk, count: int, first: int = 1000) -> None:
    """So many strangers ring, one after the other, and nobody answers."""
    for n in range(first, first + count):
        caller = f"+1415555{n}"
        await desk.ring(f"CA{n}", caller)
        await desk.dialed(call=f"CA{n}", caller=caller)
        await desk.work(3, only="settle_call")


async def test_a_flood_cannot_spend_more_than_its_part_of_the_cap_and_the_owner_is_told_once(
    context: Context, clock: TestClock
) -> None:
    desk = await with_owner(await open_desk(context, clock, capped(20)))
    await ring_many(desk, 30)

    reasons = [row["reason"] for row in await desk.decisions()]
    # Six in ten of the cap are for strangers; each of these texts is one segment.
    assert reasons == [None] * 12 + ["over_cap"] * 18
    assert len(await desk.table("call_backs")) == 18
    [alarm] = await desk.table("alarms")
    assert (alarm["kind"], alarm["times"]) == ("cap", 1)
    [notice] = [row for row in await desk.table("notices") if row["kind"] == "alarm"]
    assert notice["path"] == "/brakes"
    [day] = await desk.table("spend_days")
    assert day["spent"] == 12 * CENT


NEIGHBOURS, CANADA, ELSEWHERE = ("+14155550101", "+14155550102"), ("+14165550101", "+15145550101"), "+12125550101"
HELD = [None, "over_brake", "over_brake"]
BUT_ONE = [None, "over_brake", None]


@pytest.mark.parametrize(
    ("limit", "callers", "reasons"),
    [
        # The block of numbers and the country are counted alone; line and business count everybody.
        ("per_prefix_an_hour", (*NEIGHBOURS, ELSEWHERE), BUT_ONE),
        ("per_prefix_a_day", (*NEIGHBOURS, ELSEWHERE), BUT_ONE),
        ("per_country_an_hour", (*CANADA, ELSEWHERE), BUT_ONE),
        ("per_country_a_day", (*CANADA, ELSEWHERE), BUT_ONE),
        ("per_line_a_day", (*NEIGHBOURS, ELSEWHERE), HELD),
        ("per_business_a_day", (*NEIGHBOURS, ELSEWHERE), HELD),
    ],
)
async def test_each_limit_holds_whom_it_counts_and_nobody_else(
    context: Context, clock: TestClock, limit: str, callers: tuple[str, ...], reasons: list[str | None]
) -> None:
    brake = BrakePolicy(**{limit: 1})  # type: ignore[arg-type]
    desk = await open_desk(context, clock, lambda business: replace(business, brakes=brake))
    for number, caller in enumerate(callers):
        await desk.ring(f"CA{number}", caller)
        await desk.dialed(call=f"CA{number}", caller=caller)
        await desk.work(3, only="settle_call")

    assert [row["reason"] for row in await desk.decisions()] == reasons
    assert len(await desk.table("call_backs")) == reasons.count("over_brake")


@pytest.mark.parametrize("limit", ["per_caller_an_hour", "per_caller_a_day"])
async def test_one_caller_cannot_make_us_write_without_end_and_a_person_sees_to_it(
    context: Context, clock: TestClock, limit: str
) -> None:
    brake = BrakePolicy(**{limit: 2})  # type: ignore[arg-type]
    desk, _ = await open_talk(context, clock, lambda business: replace(listening(business), brakes=brake))
    for number, body in enumerate(("Do you clean teeth?", "And on Fridays?", "How long does it take?")):
        await desk.text(body, f"SM-{number}")
        await desk.work(SETTLE_SECONDS + 2)

    assert [state for _, state, _ in await outbound(desk)] == ["accepted", "accepted", "dropped"]
    assert {row["error_kind"] for row in await desk.table("messages")} == {None, Reason.OVER_BRAKE}
    assert len(await desk.table("handoffs")) == 1


async def test_somebody_known_is_texted_while_strangers_are_held(context: Context, clock: TestClock) -> None:
    desk = await open_desk(context, clock, capped(10, thread_open_hours=0.001))
    await desk.text("I am a customer of yours", sender=CARLA)
    await desk.work(1)
    await ring_many(desk, 12)
    await desk.work(60)
    await desk.miss("CA-known", CARLA)

    reasons = {row["contact_id"]: row["reason"] for row in await desk.table("text_backs")}
    [carla] = await desk.fetch("select contact_id from contacts where business_id = $1 and phone = $2", CARLA)
    assert reasons[carla["contact_id"]] is None
    assert sum(reason == "over_cap" for reason in reasons.values()) == 6


async def test_the_receptionist_and_staff_are_held_at_their_own_marks_and_say_why(
    context: Context, clock: TestClock
) -> None:
    desk, _ = await open_talk(context, clock, lambda business: capped(10)(listening(business)))
    await desk.fetch(
        "insert into spend_days (business_id, day_on, ends_at, spent) "
        "select $1, ($2::timestamptz at time zone 'America/Chicago')::date, $2::timestamptz + interval '14 hours', "
        "8000 returning 1",
        clock.now(),
    )
    await desk.text("Do you do cleanings?")
    await desk.work(SETTLE_SECONDS + 2)
    assert [state for _, state, _ in await outbound(desk)] == ["dropped"]
    assert {row["error_kind"] for row in await desk.table("messages")} == {None, Reason.OVER_CAP}
    [handed] = await desk.table("handoffs")
    assert "may cost in a day" in handed["summary"]

    for number in range(3):
        reply = Reply(await thread_id_of(desk), new_id(), f"Olga here {number}", "Olga")
        assert await send_reply(desk.context, desk.business.business_id, reply) is None
        await desk.work(2)
    # Two cents were left above the mark of automation, and people use them.
    assert [state for _, state, _ in await outbound(desk)][1:] == ["accepted", "accepted", "dropped"]


async def test_a_cap_ends_by_itself_at_local_midnight(context: Context, clock: TestClock) -> None:
    desk = await open_desk(context, clock, capped(2))
    await ring_many(desk, 3)
    assert [row["reason"] for row in await desk.decisions()] == [None, "over_cap", "over_cap"]
    # 10:00 in Chicago; midnight is fourteen hours away.
    clock.pass_time(14 * 3600 + 60)
    await upkeep.sweep(desk.context)
    [alarm] = await desk.table("alarms")
    assert alarm["ended_at"] is not None
    await ring_many(desk, 1, first=2000)
    assert [row["reason"] for row in await desk.decisions()][-1] is None


async def test_the_owner_raises_todays_cap_and_texts_go_again(context: Context, clock: TestClock) -> None:
    desk = await open_desk(context, clock, capped(400))
    await desk.fetch(
        "insert into spend_days (business_id, day_on, ends_at, spent) "
        "select $1, ($2::timestamptz at time zone 'America/Chicago')::date, $2::timestamptz + interval '14 hours', "
        "280000 returning 1",
        clock.now(),
    )
    await ring_many(desk, 1)
    async with business_transaction(context.pool, desk.business.business_id) as connection:
        assert await raise_todays_cap(connection, desk.business, BY, clock.now()) == 600
    await ring_many(desk, 1, first=2000)

    assert [row["reason"] for row in await desk.decisions()] == ["over_cap", None]
    [entry] = await desk.table("audit_entries")
    assert (entry["what"], entry["who"], entry["after"]) == ("brakes.cap_raised", "Olga", {"cap": "$6"})
    [alarm] = await desk.table("alarms")
    assert alarm["ended_at"] is not None


async def test_a_held_caller_is_texted_anyway_by_a_person_and_only_once(context: Context, clock: TestClock) -> None:
    desk = await open_desk(context, clock, capped(10, per_line_an_hour=0))
    await ring_many(desk, 1)
    [call] = await desk.table("calls")
    said = []
    for _ in range(2):
        async with business_transaction(context.pool, desk.business.business_id) as connection:
            said.append(await text_anyway(connection, desk.business, call["call_id"], BY, clock.now()))
    await desk.work(2)

    assert said == [Released(), StillHeld(None)]
    assert len(desk.company.posts) == 1
    [decided] = await desk.decisions()
    assert (decided["decision"], decided["reason"]) == ("send", None)


@pytest.mark.parametrize(("says", "call_backs"), [(None, 0), (refusal(21606), 1)], ids=["taken", "refused"])
async def test_a_caller_who_is_texted_anyway_is_rung_only_where_the_text_is_refused(
    context: Context, clock: TestClock, says: HttpResponse | None, call_backs: int
) -> None:
    desk = await open_desk(context, clock, capped(10, per_line_an_hour=0))
    desk.company.treats.append(Treatment(keeps=says is None, says=says))
    await ring_many(desk, 1)
    [call], [_] = await desk.table("calls"), await desk.table("call_backs")
    async with business_transaction(context.pool, desk.business.business_id) as connection:
        await text_anyway(connection, desk.business, call["call_id"], BY, clock.now())
    assert await desk.table("call_backs") == []
    await desk.work(2)

    assert len(desk.company.posts) == 1
    assert len(await desk.table("call_backs")) == call_backs


@pytest.mark.parametrize("how", ["urgent = true", "acknowledged_at = now(), acknowledged_by = 'Sam'"])
async def test_a_call_back_that_is_urgent_or_taken_stays_when_its_caller_is_texted(
    context: Context, clock: TestClock, how: str
) -> None:
    desk = await open_desk(context, clock, capped(10, per_line_an_hour=0))
    await ring_many(desk, 1)
    [call] = await desk.table("calls")
    async with business_transaction(context.pool, desk.business.business_id) as connection:
        await connection.execute(f"update call_backs set {how}")
        await text_anyway(connection, desk.business, call["call_id"], BY, clock.now())
    assert len(await desk.table("call_backs")) == 1


async def test_what_else_forbids_a_text_still_does(context: Context, clock: TestClock) -> None:
    desk = await open_desk(context, clock, capped(10, per_line_an_hour=0))
    await desk.ring("CA1", CARLA)
    await desk.dialed(call="CA1", caller=CARLA)
    await desk.work(3, only="settle_call")
    await desk.text("STOP", sender=CARLA)
    await desk.work(2)
    [call] = await desk.table("calls")
    async with business_transaction(context.pool, desk.business.business_id) as connection:
        said = await text_anyway(connection, desk.business, call["call_id"], BY, clock.now())
    assert said == StillHeld(Reason.OPTED_OUT)


async def test_a_robocall_is_shown_and_not_texted_and_nobody_is_to_ring_it_back(
    context: Context, clock: TestClock
) -> None:
    desk = await open_desk(
        context, clock, lambda shop: replace(shop, lines=tuple(replace(one, mode=Mode.OVERFLOW) for one in shop.lines))
    )
    fields = {"CallSid": "CA1", "From": "+14155550123", "To": desk.line.number, "CallStatus": "ringing"}
    await desk.hook("voice", {**fields, "StirVerstat": "TN-Validation-Passed-C"})
    clock.pass_time(1)
    await desk.hook("call_status", {**fields, "CallStatus": "completed"})
    await desk.work(10)

    [decided] = await desk.decisions()
    assert (decided["outcome"], decided["reason"]) == ("overflow", "robocall")
    assert await desk.table("call_backs") == []
    [call] = await desk.table("calls")
    async with business_transaction(context.pool, desk.business.business_id) as connection:
        assert await text_anyway(connection, desk.business, call["call_id"], BY, clock.now()) == Released()


async def test_a_look_up_counts_and_none_is_made_when_the_day_is_spent(context: Context, clock: TestClock) -> None:
    desk = await open_desk(context, clock, capped(2))
    async with business_transaction(context.pool, desk.business.business_id) as connection:
        said = [await brakes.may_look_up(connection, desk.business, clock.now()) for _ in range(3)]
        cost = await brakes.take_money(connection, desk.business, 1, Share.PERSON, clock.now())
    assert said == [True, False, False]
    assert cost is not None


async def test_a_machine_that_answers_is_left_alone_until_a_person_writes(context: Context, clock: TestClock) -> None:
    desk, parrot = await open_talk(context, clock)
    await with_owner(desk)
    for number in range(4):
        await desk.text(PROMO, sid=f"SM-{number}")
        await desk.work(SETTLE_SECONDS + 30)
    # The third of one text is a machine's; the fourth changes nothing.
    assert len(parrot.heard) == 2
    [dialog] = await desk.table("dialogs")
    assert dialog["paused_by"] == "bot-loop"
    [note] = await desk.table("thread_notes")
    assert "The same text came again and again" in note["body"]
    [thread] = await desk.table("threads")
    assert thread["needs_reply_at"] is None
    assert len([row for row in await desk.table("notices") if row["kind"] == "alarm"]) == 1

    await desk.text("Sorry about that! I need a cleaning on Tuesday.", sid="SM-person")
    await desk.work(SETTLE_SECONDS + 2)
    assert len(parrot.heard) == 3


async def test_an_emergency_said_three_times_is_no_machine(context: Context, clock: TestClock) -> None:
    desk, parrot = await open_talk(context, clock)
    for number in range(3):
        await desk.text("My jaw is swelling and I cannot breathe", sid=f"SM-{number}")
        await desk.work(SETTLE_SECONDS + 1)
    assert len(parrot.heard) == 3


@pytest.mark.parametrize("words", ["ok", "are you there?"])
async def test_somebody_who_waits_is_no_machine(context: Context, clock: TestClock, words: str) -> None:
    desk, parrot = await open_talk(context, clock)
    for number in range(3):
        await desk.text(words, sid=f"SM-{number}")
        await desk.work(SETTLE_SECONDS + timedelta(minutes=2).total_seconds())
    assert len(parrot.heard) == 3
