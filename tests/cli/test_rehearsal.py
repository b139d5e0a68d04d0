"""A conversation that never happened: real answers from the real calendar, and no trace of it afterwards."""

from dataclasses import replace

import pytest

from ringback.cli.chatting import open_rehearsal
from ringback.cli.rehearsal import RESUME, Rehearsal
from ringback.domain.bookings import Opening, Search, Wanted
from ringback.domain.business import Business
from ringback.receptionist.dialog import (
    Action,
    Book,
    BookingMade,
    Desk,
    Dialog,
    FindOpenings,
    HandOver,
    HandOverKind,
    Happened,
    Heard,
    Hold,
    HoldMade,
    Need,
    OpeningsFound,
    Reply,
    Step,
    Why,
)
from ringback.store import businesses
from ringback.store.db import business_transaction
from ringback.workflows.context import Context
from tests.cast import CARLA, harbor, open_shop
from tests.store.stock import dump_rows
from tests.workflows.talk import listening


def clerk(dialog: Dialog, happened: Happened, desk: Desk) -> Step:
    """An engine that books at a word ("book"), hands over at another ("person"), and else counts the texts."""
    match happened:
        case Heard(("book",)):
            return step(dialog, need=FindOpenings(Search("Cleaning")))
        case OpeningsFound(openings):
            return step(dialog, need=Hold(Wanted(desk.caller.contact_id, "Cleaning", openings[0])))
        case HoldMade(held):
            opening = Opening(held.starts_at, held.ends_at, held.staff_id)
            return step(dialog, need=Book(held.booking_id, Wanted(held.contact_id, held.service, opening)))
        case BookingMade(booking):
            return step(dialog, f"Booked for {booking.starts_at:%H:%M}.")
        case Heard(("person",)):
            handed = replace(dialog, handed_over=True)
            return step(handed, "A person will write.", HandOver(HandOverKind.ASKED, "They want a person."))
        case _ if dialog.handed_over:
            return step(dialog)
        case _:
            counted = replace(dialog, turns=dialog.turns + 1)
            return step(counted, f"{counted.turns} in {dialog.language}, {len(desk.caller.bookings)} booked.")


def step(dialog: Dialog, words: str = "", *actions: Action, need: Need | None = None) -> Step:
    replies = (Reply(words, words.upper()),) if words else ()
    return Step(dialog, replies, actions, need, (Why("The clerk said so.", "clerk"),) if words else ())


@pytest.fixture
async def shop(context: Context) -> Business:
    return await open_shop(context.pool, listening(harbor()))


@pytest.fixture
async def rehearsal(context: Context, shop: Business) -> Rehearsal:
    return await open_rehearsal(replace(context, advance=clerk), shop.slug, CARLA, None)


async def everything(context: Context, shop: Business) -> list[str]:
    async with business_transaction(context.pool, shop.business_id) as connection:
        return await dump_rows(connection, shop.business_id)


async def test_each_text_is_answered_with_what_was_said_before_in_mind(rehearsal: Rehearsal) -> None:
    assert [(await rehearsal.hear("hello")).replies for _ in range(3)] == [
        ("1 in en, 0 booked.",),
        ("2 in en, 0 booked.",),
        ("3 in en, 0 booked.",),
    ]


async def test_a_booking_stands_within_the_conversation_and_nowhere_else(
    context: Context, shop: Business, rehearsal: Rehearsal
) -> None:
    before = await everything(context, shop)

    booked = await rehearsal.hear("book")
    after = await rehearsal.hear("hello")

    assert booked.replies[0].startswith("Booked for ")
    assert after.replies == ("1 in en, 1 booked.",)
    assert await everything(context, shop) == before


async def test_the_calendar_is_free_for_callers_while_the_person_types(context: Context, rehearsal: Rehearsal) -> None:
    await rehearsal.hear("book")

    other = await open_rehearsal(rehearsal.context, rehearsal.business.slug, "+13125550143", None)
    # With the lock of the first conversation still held, this would wait for ever.
    assert (await other.hear("book")).replies[0].startswith("Booked for ")
    held = (
        "select count(*) from pg_locks l join pg_database d on d.oid = l.database "
        "where l.locktype = 'advisory' and d.datname = current_database()"
    )
    assert await context.pool.fetchval(held) == 0


async def test_a_receptionist_that_handed_over_is_quiet_until_it_is_asked_to_go_on(rehearsal: Rehearsal) -> None:
    handed = await rehearsal.hear("person")
    assert [action["action"] for action in handed.actions] == ["HandOver"]
    assert (await rehearsal.hear("hello")).quiet

    await rehearsal.hear(RESUME)
    assert (await rehearsal.hear("hello")).replies == ("1 in en, 0 booked.",)


async def test_stop_is_obeyed_before_anything_else_and_start_takes_it_back(rehearsal: Rehearsal) -> None:
    stopped = await rehearsal.hear("Please stop texting me")
    assert stopped.replies[0].startswith("Harbor Dental: you will get no more texts")
    assert (await rehearsal.hear("book")).quiet

    assert (await rehearsal.hear("START")).replies[0].startswith("Harbor Dental: you will get our texts again")
    assert (await rehearsal.hear("hello")).replies == ("1 in en, 0 booked.",)
    assert "(312) 555-" in (await rehearsal.hear("HELP")).replies[0]


async def test_the_language_may_be_given_from_the_start(context: Context, shop: Business) -> None:
    rehearsal = await open_rehearsal(replace(context, advance=clerk), shop.slug, CARLA, "es")

    answer = await rehearsal.hear("hola")

    assert (answer.replies, answer.spoken) == (("1 in es, 0 booked.",), ("1 IN ES, 0 BOOKED.",))
    assert answer.why == ({"sentence": "The clerk said so.", "fact": "clerk"},)


async def test_where_there_can_be_no_conversation_a_sentence_says_why(
    context: Context, shop: Business, capsys: pytest.CaptureFixture[str]
) -> None:
    async def refused(slug: str, caller: str = CARLA) -> str:
        with pytest.raises(SystemExit):
            await open_rehearsal(context, slug, caller, None)
        return capsys.readouterr().err

    assert "There is no business “rex”" in await refused("rex")
    assert "is not a phone number" in await refused(shop.slug, "12")
    async with business_transaction(context.pool, shop.business_id) as connection:
        off = replace(shop, receptionist=replace(shop.receptionist, on=False))
        await businesses.save_business(connection, off, {}, context.clock.now())
    assert "The receptionist of Harbor Dental is off" in await refused(shop.slug)
