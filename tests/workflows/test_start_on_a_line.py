"""STOP holds on all lines of the business; START opens the line it was sent to, and no other."""

from datetime import timedelta

import pytest

from ringback.domain.bookings import Booking, Opening
from ringback.domain.business import Line
from ringback.store.db import business_transaction
from ringback.store.ids import new_id
from ringback.workflows.consent_opting import record_opt_out
from ringback.workflows.contact_import import Who
from ringback.workflows.context import Context
from ringback.workflows.erasing import erase_contact
from ringback.workflows.outgoing import ForStaff, text_staff_phone
from ringback.workflows.reminders import send_on_my_way
from ringback.workflows.replies import Refused, Reply, send_reply
from tests.cast import CARLA, NOON, TestClock
from tests.workflows.desk import Desk
from tests.workflows.phone_company import Treatment, refusal
from tests.workflows.talk import Parrot, book, contact_id_of, open_talk, thread_id_of, thread_of

MAIN, ADS = 0, 1


@pytest.fixture
async def talk(context: Context, clock: TestClock) -> tuple[Desk, Parrot]:
    """Harbor Dental with two lines and a parrot for a receptionist."""
    return await open_talk(context, clock)


def line_of(desk: Desk, which: int) -> Line:
    """The main line or the one of the ads."""
    return desk.business.lines[which]


async def say(desk: Desk, which: int, *bodies: str) -> None:
    """Carla texts a line, and what follows from it is done."""
    line = line_of(desk, which)
    for body in bodies:
        fields = {"MessageSid": f"SM-{new_id()}", "From": CARLA, "To": line.number, "Body": body}
        await desk.hook("message", fields, line=line)
        await desk.work(10)


async def miss(desk: Desk, which: int) -> tuple[str, str | None]:
    """Carla rings a line, and nobody answers: what was decided, and why."""
    line, call = line_of(desk, which), f"CA-{new_id()}"
    fields = {"CallSid": call, "From": CARLA, "To": line.number, "CallStatus": "ringing"}
    await desk.hook("voice", fields, line=line)
    await desk.hook("dialed", {**fields, "DialCallStatus": "no-answer"}, line=line)
    await desk.work(60)
    decided = (await desk.decisions())[-1]
    return decided["decision"], decided["reason"]


def sent_from(desk: Desk) -> list[str]:
    """Return the numbers that texts went out from, in order."""
    return [post["From"] for post in desk.company.posts]


async def reply(desk: Desk) -> str | None:
    """Sam answers Carla; return why he could not."""
    what = Reply(await thread_id_of(desk), new_id(), "See you at 3", "Sam")
    refused = await send_reply(desk.context, desk.business.business_id, what)
    await desk.work(5)
    return refused.code if isinstance(refused, Refused) else None


async def appointment(desk: Desk) -> Booking:
    """Carla has an appointment in two days."""
    starts_at = NOON + timedelta(days=2)
    opening = Opening(starts_at, starts_at + timedelta(hours=1), desk.business.staff[0].staff_id)
    return await book(desk, opening, await contact_id_of(desk))


async def test_start_opens_its_line_for_missed_calls_and_the_other_stays_closed(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    await say(desk, ADS, "STOP")
    assert await miss(desk, MAIN) == ("skip", "opted_out")
    await say(desk, MAIN, "START")

    assert await miss(desk, ADS) == ("skip", "opted_out")
    assert sent_from(desk) == []
    assert await miss(desk, MAIN) == ("send", None)
    assert sent_from(desk) == [line_of(desk, MAIN).number]


async def test_start_on_the_other_line_opens_that_too_and_the_next_stop_closes_both(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    await say(desk, ADS, "STOP")
    await say(desk, MAIN, "START")
    await say(desk, ADS, "START")
    assert await miss(desk, ADS) == ("send", None)
    desk.clock.pass_time(86_400)
    assert await miss(desk, MAIN) == ("send", None)
    await say(desk, MAIN, "STOP")
    desk.clock.pass_time(86_400)

    assert await miss(desk, MAIN) == ("skip", "opted_out")
    assert await miss(desk, ADS) == ("skip", "opted_out")


@pytest.mark.parametrize("which", [MAIN, ADS])
async def test_nobody_writes_on_a_closed_line_whatever_they_text_there(talk: tuple[Desk, Parrot], which: int) -> None:
    """Neither the receptionist, nor a person, nor what is said of an appointment, nor an answer to HELP."""
    desk, parrot = talk
    await say(desk, which, "please dont text me again")
    await say(desk, 1 - which, "empezar")
    before = sent_from(desk)
    await say(desk, which, "Do you have time on Friday?", "Help?")
    booking = await appointment(desk)
    tapped = await send_on_my_way(desk.context, desk.business.business_id, booking.booking_id, 20, "Sam")

    assert parrot.heard == []
    assert await reply(desk) == "opted_out"
    assert isinstance(tapped, Refused)
    assert tapped.code == "opted_out"
    assert sent_from(desk) == before
    assert (await thread_of(desk))["needs_reply_at"] is not None, "a person may still call"
    await say(desk, 1 - which, "Do you have time on Friday?")
    assert await reply(desk) is None
    assert sent_from(desk)[len(before) :] == [line_of(desk, 1 - which).number] * 2
    assert len(parrot.heard) == 1


async def test_the_answer_to_a_start_goes_out_from_its_line_and_the_ledger_names_it(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    await say(desk, ADS, "STOP")
    await say(desk, MAIN, "empezar")
    await say(desk, ADS, "empezar")
    numbers = [line_of(desk, MAIN).number, line_of(desk, ADS).number]
    told = await desk.table("consent_entries")

    assert sent_from(desk) == numbers
    assert [row["line"] for row in sorted(told, key=lambda row: row["at"]) if row["kind"] == "opted_in"] == numbers


async def test_what_was_told_to_a_person_is_ended_line_by_line_too(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    await say(desk, ADS, "Hello?")
    async with business_transaction(desk.context.pool, desk.business.business_id) as connection:
        contact_id, now = await contact_id_of(desk), desk.clock.now()
        await record_opt_out(connection, desk.business.business_id, contact_id, "phone: stop", now)
    await say(desk, MAIN, "START")
    desk.clock.pass_time(4 * 86_400)

    assert await miss(desk, ADS) == ("skip", "opted_out")
    assert await miss(desk, MAIN) == ("send", None)


async def test_a_late_21610_of_a_closed_line_leaves_the_open_one_open(talk: tuple[Desk, Parrot]) -> None:
    """It went out before the STOP; the carrier refuses it after the START on the other line."""
    desk, _ = talk
    await say(desk, ADS, "Hello?")
    late = desk.company.kept[-1]["sid"]
    await say(desk, ADS, "STOP")
    await say(desk, MAIN, "START")
    await desk.hook(
        "message_status",
        {"MessageSid": late, "MessageStatus": "undelivered", "ErrorCode": "21610"},
        line=line_of(desk, ADS),
    )
    await desk.work(5)

    assert [row["error_kind"] for row in await desk.table("messages") if row["direction"] == "out"] == ["opted_out"]
    assert len(await desk.table("opt_outs")) == 1
    assert await reply(desk) is None
    assert sent_from(desk)[-1] == line_of(desk, MAIN).number


async def test_a_21610_of_an_open_line_closes_all(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    await say(desk, ADS, "STOP")
    await say(desk, MAIN, "START")
    desk.company.treats.append(Treatment(keeps=False, says=refusal(21610)))
    assert await reply(desk) is None

    assert await reply(desk) == "opted_out"
    assert await miss(desk, ADS) == ("skip", "opted_out")


async def test_a_staff_phone_is_alerted_from_the_line_that_it_sent_start_to(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    await say(desk, ADS, "STOP")
    await say(desk, MAIN, "START")
    async with business_transaction(desk.context.pool, desk.business.business_id) as connection:
        told = [
            await text_staff_phone(
                connection, desk.business.business_id, line, ForStaff(CARLA, "!", timedelta(hours=1)), NOON
            )
            for line in desk.business.lines
        ]

    assert [one is not None for one in told] == [True, False]


async def test_a_number_that_is_erased_while_one_line_is_closed_stays_untexted(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    await say(desk, ADS, "STOP")
    await say(desk, MAIN, "START")
    contact_id, business = await contact_id_of(desk), desk.business
    async with business_transaction(desk.context.pool, business.business_id) as connection:
        now = desk.clock.now()
        erased = await erase_contact(desk.context, connection, business, contact_id, Who("Olga", None), now)

    assert erased is not None
    assert erased.keeps_opt_out
    assert await miss(desk, ADS) == ("skip", "opted_out")
