"""The consent ledger as the workflows write it: who did what, under which words, in one chain that nobody changes."""

import asyncio
import itertools
from datetime import timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from ringback.domain.bookings import Booking, MadeBy, Opening, Wanted
from ringback.domain.consent_ledger import Broken, ConsentEntry, ConsentKind
from ringback.domain.messages import Purpose
from ringback.domain.textback import Mark
from ringback.store import consent_ledger, contacts
from ringback.store.contacts import NewMark
from ringback.store.db import business_transaction
from ringback.store.ids import new_id
from ringback.workflows import calendar
from ringback.workflows.consent_ledger import LedgerReport, forget_expired_consent, read_ledger, verify_ledger
from ringback.workflows.context import Context
from tests.cast import CARLA, HARBOR_NUMBER, NOON, TestClock
from tests.database import Server
from tests.store.places import connected
from tests.workflows.desk import Desk, open_desk
from tests.workflows.talk import listening


async def ledger(desk: Desk) -> list[dict[str, Any]]:
    """The entries in their order."""
    return await desk.fetch(
        "select e.*, l.position from consent_entries e join consent_links l using (business_id, entry_id) "
        "where e.business_id = $1 order by l.position"
    )


async def verify(desk: Desk, noted: tuple[int, str] | None = None) -> LedgerReport:
    async with business_transaction(desk.context.pool, desk.business.business_id) as connection:
        return await verify_ledger(connection, desk.business.business_id, noted)


async def carla(desk: Desk) -> UUID:
    async with business_transaction(desk.context.pool, desk.business.business_id) as connection:
        return await contacts.find_or_create_contact(connection, desk.business.business_id, CARLA, NOON)


async def test_a_call_a_text_an_opt_out_and_a_start_are_told_in_their_order(desk: Desk) -> None:
    await desk.miss()
    await desk.work(30)
    await desk.text("please dont text me again", "SM-1")
    await desk.work(5)
    await desk.text("START", "SM-2")
    await desk.work(5)
    told = [(row["kind"], row["source"], row["words"]) for row in await ledger(desk)]
    text = (await desk.fetch("select body from messages where business_id = $1 and purpose = 'text_back'"))[0]["body"]

    assert told[:2] == [("called", "call", "no_answer"), ("text_sent", "text_back", text)]
    assert ("opted_out", "words", "please dont text me again") in told
    assert ("opted_in", "keyword", "START") in told
    assert [kind for kind, *_ in told].count("texted_us") == 2
    assert (await verify(desk)).breaks == ()


async def test_an_entry_says_which_wording_which_line_and_which_call(desk: Desk) -> None:
    await desk.miss()
    await desk.work(30)
    called, sent = (await ledger(desk))[:2]
    [decision] = await desk.decisions()

    assert (called["phone"], called["line"], called["reference"]) == (CARLA, HARBOR_NUMBER, "CA" + "1" * 32)
    assert sent["wording_version"].startswith(f"{decision['wording']}@")
    assert sent["rule_version"] is not None
    assert sent["reference"] == desk.company.kept[0]["sid"]


async def test_words_of_people_stay_in_their_conversation(desk: Desk) -> None:
    await desk.text("My tooth hurts a lot", "SM-1")
    await desk.work(5)

    assert [(row["kind"], row["words"]) for row in await ledger(desk)] == [("texted_us", None)]


async def test_a_mark_against_texts_is_told_and_a_number_that_cannot_get_any_is_not(desk: Desk) -> None:
    contact_id = await carla(desk)
    async with business_transaction(desk.context.pool, desk.business.business_id) as connection:
        for mark in (Mark.DO_NOT_TEXT, Mark.UNTEXTABLE):
            new = NewMark(mark, "asked at the desk", "Sam")
            await contacts.add_mark(connection, desk.business.business_id, contact_id, new, NOON)

    [entry] = await ledger(desk)
    assert (entry["kind"], entry["words"], entry["source"]) == ("suppressed", "do_not_text: asked at the desk", "Sam")


async def test_a_start_where_nothing_stood_is_a_wish_all_the_same(desk: Desk) -> None:
    await desk.text("START", "SM-1")
    await desk.work(5)

    assert "opted_in" in [row["kind"] for row in await ledger(desk)]


@pytest.mark.parametrize("made_by", list(MadeBy))
async def test_whoever_books_on_the_page_has_asked_and_whom_we_book_has_not(
    context: Context, clock: TestClock, made_by: MadeBy
) -> None:
    desk = await open_desk(context, clock, listening)
    business, starts_at = desk.business, NOON + timedelta(days=2)
    opening = Opening(starts_at, starts_at + timedelta(hours=1), business.staff[0].staff_id)
    wanted = Wanted(await carla(desk), "Cleaning", opening)
    async with business_transaction(desk.context.pool, business.business_id) as connection:
        booked = await calendar.book(connection, business, new_id(), wanted, made_by, NOON)
    assert isinstance(booked, Booking)

    told = [(row["kind"], row["phone"], row["source"], row["reference"]) for row in await ledger(desk)]
    asked = ("asked", CARLA, "booking_page", str(booked.booking_id))
    assert told == ([asked] if made_by is MadeBy.PAGE else [])


async def test_many_at_once_make_one_chain_without_a_gap(desk: Desk) -> None:
    """Each in a transaction of its own, at the same time."""
    entry = ConsentEntry(await carla(desk), CARLA, ConsentKind.ASKED, "at once")

    async def add() -> None:
        async with business_transaction(desk.context.pool, desk.business.business_id) as connection:
            await consent_ledger.add_consent_entry(connection, desk.business.business_id, entry, NOON)

    await asyncio.gather(*(add() for _ in range(40)))

    assert [row["position"] for row in await ledger(desk)] == list(range(1, 41))
    assert (await verify(desk)).breaks == ()


async def test_what_is_rolled_back_leaves_no_link(desk: Desk) -> None:
    entry = ConsentEntry(await carla(desk), CARLA, ConsentKind.ASKED)
    async with desk.context.pool.acquire() as connection:
        transaction = connection.transaction()
        await transaction.start()
        await connection.execute("select set_config('app.business', $1, true)", str(desk.business.business_id))
        await consent_ledger.add_consent_entry(connection, desk.business.business_id, entry, NOON)
        await connection.execute("set constraints link_consent immediate")
        await transaction.rollback()

    assert await desk.table("consent_links") == []


CHANGES = [
    "update consent_entries set words = 'yes please'",
    "delete from consent_entries",
    "update consent_links set hash = ''",
    "delete from consent_links",
]


@pytest.mark.parametrize("change", CHANGES)
async def test_neither_the_application_nor_the_owner_of_the_database_changes_an_entry(
    desk: Desk, server: Server, shared_database: str, change: str
) -> None:
    await desk.text("STOP", "SM-1")
    await desk.work(5)
    business_id = desk.business.business_id
    with pytest.raises((asyncpg.RestrictViolationError, asyncpg.InsufficientPrivilegeError)):
        async with business_transaction(desk.context.pool, business_id) as connection:
            await connection.execute(change)
    async with connected(server.owner_url(shared_database)) as owner:
        with pytest.raises(asyncpg.RestrictViolationError, match="append-only"):
            await owner.execute(f"{change} where business_id = $1", business_id)


async def test_an_entry_changed_past_every_guard_is_found(desk: Desk, server: Server, shared_database: str) -> None:
    await desk.text("STOP", "SM-1")
    await desk.work(5)
    async with connected(server.owner_url(shared_database)) as owner, owner.transaction():
        await owner.execute("alter table consent_entries disable trigger refuse_consent_change")
        await owner.execute(
            "update consent_entries set words = 'yes please' where business_id = $1 and kind = 'opted_out'",
            desk.business.business_id,
        )
        await owner.execute("alter table consent_entries enable trigger refuse_consent_change")

    [found] = (await verify(desk)).breaks
    [opted_out] = [row for row in await ledger(desk) if row["kind"] == "opted_out"]
    assert (found.position, found.how) == (opted_out["position"], Broken.CHANGED_ENTRY)


async def test_an_end_that_was_noted_is_there_later_or_missed(desk: Desk) -> None:
    await desk.text("STOP", "SM-1")
    await desk.work(5)
    report = await verify(desk)
    assert report.head is not None

    assert (await verify(desk, (report.position, report.head))).breaks == ()
    assert [one.how for one in (await verify(desk, (report.position + 1, report.head))).breaks] == [Broken.MISSING_END]


async def test_an_erasure_takes_number_and_words_out_and_leaves_the_chain_whole(desk: Desk) -> None:
    await desk.text("take me off your list", "SM-1")
    await desk.work(5)
    contact_id, business_id = await carla(desk), desk.business.business_id
    async with business_transaction(desk.context.pool, business_id) as connection:
        erased = ConsentEntry(contact_id, "", ConsentKind.ERASED, source="Olga")
        await consent_ledger.add_consent_entry(connection, business_id, erased, desk.clock.now())

    assert [row["kind"] for row in await ledger(desk)] == ["erased"]
    assert CARLA not in str(await desk.table("consent_links"))
    report = await verify(desk)
    assert (report.breaks, report.gone) == ((), report.links - 1)


async def test_what_was_kept_long_enough_is_forgotten_by_kind_and_the_chain_says_so(desk: Desk) -> None:
    await desk.miss()
    await desk.work(30)
    await desk.text("take me off your list", "SM-1")
    await desk.work(5)
    await desk.forget_jobs()
    kinds: dict[int, set[str]] = {}
    for years in (4, 6, 11):
        desk.clock.at = NOON.replace(year=NOON.year + years)
        await forget_expired_consent(desk.context)
        kinds[years] = {row["kind"] for row in await ledger(desk)}

    assert kinds[4] == {"called", "text_sent", "texted_us", "opted_out"}
    assert kinds[6] == {"opted_out", "expired"}
    assert kinds[11] == {"expired"}
    assert (await verify(desk)).breaks == ()


async def test_the_record_of_a_contact_is_read_the_oldest_first(desk: Desk) -> None:
    await desk.miss()
    await desk.work(30)
    await desk.text("STOP", "SM-1")
    await desk.work(5)
    async with business_transaction(desk.context.pool, desk.business.business_id) as connection:
        found = await read_ledger(connection, desk.business.business_id, await carla(desk), 50)

    assert [row["kind"] for row in found][:2] == ["called", "text_sent"]
    assert all(row["at"] <= later["at"] for row, later in itertools.pairwise(found))


async def test_texts_to_the_phones_of_staff_are_no_dealings_with_a_contact(context: Context, desk: Desk) -> None:
    message = {
        "message_id": UUID(int=5), "direction": "out", "author": "system", "purpose": Purpose.ALERT, "body": "Fire",
        "segments": 1, "state": "intended", "provider": "twilio",
    }  # fmt: skip
    business_id, line_id = desk.business.business_id, desk.line.line_id
    async with business_transaction(context.pool, business_id) as connection:
        from_sam = await contacts.find_or_create_contact(connection, business_id, "+13125550161", NOON)
        thread_id = await connection.fetchval(
            "select find_or_create_thread($1, gen_random_uuid(), $2, $3, $4)", business_id, from_sam, line_id, NOON
        )
        await connection.fetchval(
            "select add_message($1, $2, $3, $4, $5)", business_id, thread_id, line_id, message, NOON
        )
    await desk.work(10)

    assert [row["state"] for row in await desk.table("messages")] == ["accepted"]
    assert await ledger(desk) == []
