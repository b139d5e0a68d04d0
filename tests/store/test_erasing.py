"""A contact is told whole and forgotten whole: no table of the catalogue is left out, no row says who they were."""

import json
import re

import asyncpg
import pytest

from ringback.domain.erasing import NOT_THEIRS, TREATMENTS, By, Traces, pseudonym_of
from ringback.store import audit, contacts, erasing
from ringback.store.audit import Change
from ringback.store.db import business_transaction
from ringback.store.tenancy import OUTSIDE_ROW_SECURITY
from ringback.workflows.contact_import import Who
from ringback.workflows.context import Context
from ringback.workflows.erasing import Erased, erase_contact, load_everything
from tests.cast import CARLA, NOON, harbor
from tests.store.stock import Stock, dump_rows, stock

OLGA = Who("Olga", None)
# What a column is called that says or leads to who somebody outside is.
_OTHER_COLUMNS = "caller_name for_whom words body raw content to_address question summary"
_TELLING = (*(by.value for by in By if by is not By.SUBJECT), *_OTHER_COLUMNS.split())

# The stock gives these to others: one row of each becomes Carla's.
_CARLA = f"(select contact_id from contacts where phone = '{CARLA}')"
_THREAD = f"(select thread_id from threads where contact_id = {_CARLA} limit 1)"
_BOOKING = f"(select booking_id from bookings where contact_id = {_CARLA} and state = 'booked' limit 1)"
_MAKE_HERS = tuple(
    f"update {table} set {column} = {value} where ctid = (select ctid from {table} limit 1)"
    for table, column, value in (
        ("alarms", "words", "'Ring (312) 555-0142'"),
        ("brake_counts", "subject", f"'{CARLA}'"),
        ("closures", "thread_id", _THREAD),
        ("contact_import_rows", "contact_id", _CARLA),
        ("contact_imports", "content", "'Carla Q. Marker;312 555 0142'"),
        ("contact_marks", "contact_id", _CARLA),
        ("hook_deliveries", "subject", _THREAD),
        ("notices", "words", "'Carla Q. Marker waits'"),
        ("number_facts", "phone", f"'{CARLA}'"),
        ("opt_outs", "contact_id", _CARLA),
        ("reminders", "booking_id", _BOOKING),
    )
)


@pytest.fixture
async def full(context: Context) -> Stock:
    """Harbor Dental with a row in every table, most of them about Carla."""
    full = await stock(context.pool, harbor(), "harbor")
    async with business_transaction(context.pool, full.business_id) as connection:
        await contacts.save_contact(connection, full.business_id, full.contact_id, "Carla Q. Marker", "en")
        told = {"name": "Carla Q. Marker"}
        for statement in _MAKE_HERS:
            await connection.execute(statement)
        await audit.add_entry(connection, full.business_id, "Olga", Change("contact.changed", CARLA, None, told), NOON)
    return full


async def erase(context: Context, full: Stock) -> Erased:
    """Erase Carla."""
    async with business_transaction(context.pool, full.business_id) as connection:
        erased = await erase_contact(context, connection, full.business, full.contact_id, OLGA, NOON)
    assert erased is not None
    return erased


async def test_every_table_that_could_tell_of_somebody_is_in_the_list_or_left_out_for_a_reason(
    pool: asyncpg.Pool,
) -> None:
    found = await pool.fetch(
        "select distinct table_name from information_schema.columns where table_schema = 'public' "
        "and column_name = any($1::text[]) and table_name in (select tablename from pg_tables "
        "where schemaname = 'public')",
        list(_TELLING),
    )
    telling = {row[0] for row in found} - OUTSIDE_ROW_SECURITY.keys()
    treated = {treatment.table for treatment in TREATMENTS}

    assert sorted(telling - treated - NOT_THEIRS.keys()) == []
    assert sorted(treatment.table for treatment in TREATMENTS if not treatment.gone and not treatment.why) == []
    assert treated & NOT_THEIRS.keys() == set()


async def test_an_export_holds_what_every_table_knows_of_a_contact_and_nothing_of_another(
    context: Context, full: Stock
) -> None:
    async with business_transaction(context.pool, full.business_id) as connection:
        told = await load_everything(connection, full.business, full.contact_id)
        rows = await connection.fetch(
            "select to_jsonb(c) as row from contacts c where contact_id <> $1", full.contact_id
        )
    assert told is not None
    everything = json.dumps(told)

    async with business_transaction(context.pool, full.business_id) as connection:
        rows_of = {
            one.table: await connection.fetchval(f"select count(*) from {one.table}")
            for one in TREATMENTS
            if one.table not in told
        }
    assert rows_of == dict.fromkeys(rows_of, 0), "Carla has a row in every table that has any"
    assert "Carla Q. Marker" in everything
    assert [row["row"]["phone"] for row in rows if row["row"]["contact_id"] in everything] == []


async def test_after_an_erasure_no_row_of_the_business_says_who_it_was(context: Context, full: Stock) -> None:
    async with business_transaction(context.pool, full.business_id) as connection:
        before = await dump_rows(connection, full.business_id)
    await erase(context, full)
    async with business_transaction(context.pool, full.business_id) as connection:
        after = await dump_rows(connection, full.business_id)
        told = await load_everything(connection, full.business, full.contact_id)

    digits = re.compile(r"312\D{0,3}555\D{0,3}0142")
    assert any(digits.search(row) for row in before)
    assert [row for row in after if digits.search(row) or "Marker" in row] == []
    assert told is not None
    assert {row["phone"] for row in told["contacts"]} == {pseudonym_of(full.contact_id)}
    assert {row["body"] for row in told["messages"]} == {""}


async def test_an_erasure_keeps_what_the_dashboard_counts(context: Context, full: Stock) -> None:
    count = (
        "select (select count(*) from calls), (select count(*) from messages), (select count(*) from text_backs), "
        "(select count(*) from recovery_calls), (select count(*) from bookings), (select sum(segments) from messages)"
    )
    async with business_transaction(context.pool, full.business_id) as connection:
        before = await connection.fetchrow(count)
    await erase(context, full)
    async with business_transaction(context.pool, full.business_id) as connection:
        assert await connection.fetchrow(count) == before


async def test_an_erasure_is_noted_without_saying_whose_and_done_twice_is_done_once(
    context: Context, full: Stock
) -> None:
    first, second = await erase(context, full), await erase(context, full)

    assert first.rows["messages"] > 0
    assert second.rows == {}
    async with business_transaction(context.pool, full.business_id) as connection:
        noted = await erasing.find_erasure(connection, full.business_id, full.contact_id)
        entries = await connection.fetch("select * from audit_entries where what = 'contact.erased'")
        ledger = await connection.fetch("select phone from consent_entries where kind = 'erased'")
    assert noted == NOON
    assert [entry["subject"] for entry in entries] == [pseudonym_of(full.contact_id)]
    assert [row["phone"] for row in ledger] == [pseudonym_of(full.contact_id)]


@pytest.mark.parametrize(
    "written", ["+13125550142", "(312) 555-0142", "312.555.0142", "1 312 555 0142", "0042-3125550142"]
)
def test_a_number_is_found_however_it_is_written(written: str) -> None:
    traces = Traces(harbor().business_id, CARLA, None)
    assert re.search(traces.mentioned, f"call {written} back")


def test_a_first_name_alone_finds_nobody_and_odd_names_do_no_harm() -> None:
    assert not re.search(Traces(harbor().business_id, "anonymous", "Sam").mentioned, "Sam: no. anonymous")
    assert re.search(Traces(harbor().business_id, "x", "J. (Jo) Ruiz+").mentioned, "for J. (Jo)  Ruiz+ at 3")
