"""Contacts brought along in a file: what it would change, the change itself in one transaction, and its undoing."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ringback.domain.business import Business
from ringback.domain.contact_cards import is_card_file, read_cards
from ringback.domain.contact_files import Columns, Reading, guess_columns, read_rows, read_table
from ringback.domain.contact_plans import ImportKind, Known, Planned, plan_import
from ringback.domain.phrases import phrase
from ringback.domain.textback import Mark
from ringback.store import contact_lists
from ringback.store.audit import Change, add_entry
from ringback.store.contact_lists import Effect
from ringback.store.db import Connection
from ringback.store.ids import new_id

WHY = {
    ImportKind.FRIENDS: phrase("Family and friends, from a file"),
    ImportKind.SUPPLIERS: phrase("A supplier, from a file"),
}


@dataclass(frozen=True, slots=True)
class Who:
    """Who does it."""

    name: str
    person_id: UUID | None


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file understood: its headings (none for address cards), where the values were looked for, what was found."""

    headings: tuple[str, ...]
    columns: Columns
    reading: Reading


async def read_file(content: str, country: str, columns: Columns | None = None) -> FileRead:
    """Return what a file holds; without `columns` they are guessed. Raises UnreadableFile."""
    # Ten thousand numbers take a second to understand, in which other pages must not wait.
    return await asyncio.to_thread(_read, content, country, columns)


def _read(content: str, country: str, columns: Columns | None) -> FileRead:
    if is_card_file(content):
        return FileRead((), Columns(), read_cards(content, country))
    table = read_table(content, country)
    chosen = columns or guess_columns(table, country)
    return FileRead(table.headings, chosen, read_rows(table, chosen, country))


async def plan(connection: Connection, business_id: UUID, reading: Reading, kind: ImportKind) -> list[Planned]:
    """Return what would become of each number of a file."""
    # One query for all of them: a question for each number would take ten thousand.
    phones = [entry.phone for entry in reading.entries]
    found = await contact_lists.find_known(connection, business_id, phones)
    known = {
        row["phone"]: Known(row["contact_id"], row["name"], row["language"], frozenset(row["marks"])) for row in found
    }
    return plan_import(reading.entries, known, kind)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which draft is to be brought in, as what, by whom."""

    import_id: UUID
    kind: ImportKind
    file: FileRead
    who: Who


async def bring_in(connection: Connection, business: Business, wanted: Wanted, now: datetime) -> bool:
    """Bring a draft in; done twice it is done once. False where there is no such draft."""
    business_id, reading = business.business_id, wanted.file.reading
    if not await contact_lists.lock_import(connection, business_id, wanted.import_id):
        return False
    # Looked at under the lock: of two who send the form at once, the second finds it done.
    draft = await contact_lists.get_import(connection, business_id, wanted.import_id)
    if draft is None or draft["done_at"] is not None:
        return draft is not None
    planned = [one for one in await plan(connection, business_id, reading, wanted.kind) if one.changes]
    effects = await _change(connection, business_id, planned, wanted, now)
    if effects:
        await contact_lists.add_effects(connection, business_id, wanted.import_id, effects)
    counts = (len(reading.entries) + len(reading.faults), len(reading.faults))
    await contact_lists.finish_import(connection, business_id, wanted.import_id, wanted.kind, counts, now)
    told = {"kind": wanted.kind.value, "contacts": len(effects)}
    change = Change("contacts.imported", draft["file_name"], None, told)
    await add_entry(connection, business_id, wanted.who.name, change, now, wanted.who.person_id)
    return True


async def _change(
    connection: Connection, business_id: UUID, planned: Sequence[Planned], wanted: Wanted, now: datetime
) -> list[Effect]:
    made = await _add_new(connection, business_id, planned, now)
    named = [
        (one.known.contact_id, one.name, one.language) for one in planned if one.known and (one.name or one.language)
    ]
    if named:
        await contact_lists.fill_in(connection, business_id, named)
    # Someone new to us who rang in this moment has no id here, and keeps what the call gave them.
    ids = {one.entry.phone: one.known.contact_id if one.known else made.get(one.entry.phone) for one in planned}
    marks = await _add_marks(
        connection, business_id, [ids[one.entry.phone] for one in planned if one.marked], wanted, now
    )
    return [
        Effect(contact_id, one.known is None, one.name, one.language, marks.get(contact_id))
        for one in planned
        if (contact_id := ids[one.entry.phone]) is not None
    ]


async def _add_new(
    connection: Connection, business_id: UUID, planned: Sequence[Planned], now: datetime
) -> dict[str, UUID]:
    """Return the ids of new contacts by number; one that rang in this very moment is left as it is."""
    new = [(new_id(), one.entry.phone, one.name, one.language) for one in planned if one.known is None]
    if not new:
        return {}
    made = await contact_lists.add_contacts(connection, business_id, new, now)
    return {phone: contact_id for contact_id, phone, _, _ in new if contact_id in made}


async def _add_marks(
    connection: Connection, business_id: UUID, contact_ids: Sequence[UUID | None], wanted: Wanted, now: datetime
) -> dict[UUID, UUID]:
    """Return the mark that each contact was given."""
    marks = [(new_id(), contact_id) for contact_id in contact_ids if contact_id is not None]
    if not marks:
        return {}
    said = (Mark.DO_NOT_TEXT, str(WHY[wanted.kind]), wanted.who.name, now)
    made = await contact_lists.add_marks(connection, business_id, marks, said)
    return {contact_id: mark_id for mark_id, contact_id in marks if mark_id in made}


async def undo(connection: Connection, business_id: UUID, import_id: UUID, who: Who, now: datetime) -> bool:
    """Take an import back; done twice it is done once. False where none of this id was done."""
    if not await contact_lists.lock_import(connection, business_id, import_id):
        return False
    done = await contact_lists.get_import(connection, business_id, import_id)
    if done is None or done["done_at"] is None:
        return False
    # Counted before the rows go.
    if done["undone_at"] is None:
        gone = await contact_lists.undo_import(connection, business_id, import_id, who.name, now)
        change = Change("contacts.import_undone", done["file_name"], {"contacts": done["changed"]}, {"removed": gone})
        await add_entry(connection, business_id, who.name, change, now, who.person_id)
    return True
