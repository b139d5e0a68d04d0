"""Contacts, the marks on them, and their opt-outs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from ringback.domain.textback import Mark, Reason, explain
from ringback.store.db import Connection
from ringback.store.ids import new_id
from ringback.store.number_facts import KNOWN_OF_CONTACT


@dataclass(frozen=True, slots=True)
class NewMark:
    """What is said of a contact, by whom and why."""

    kind: Mark
    why: str
    made_by: str


@dataclass(frozen=True, slots=True)
class OptOut:
    """How and when an opt-out was said: `source` is keyword, words, carrier, carrier_error, staff, erased.

    `line_id`: where they texted it; None where they told a person.
    """

    line_id: UUID | None
    source: str
    said_at: datetime
    words: str | None = None


@dataclass(frozen=True, slots=True)
class OptIn:
    """A START: the line it was sent to, when, and in which words."""

    line_id: UUID
    said_at: datetime
    words: str


async def find_or_create_contact(connection: Connection, business_id: UUID, phone: str, now: datetime) -> UUID:
    """Return the contact with this number (E.164), made if new; two at once get the same one."""
    contact: UUID = await connection.fetchval(
        "select find_or_create_contact($1, $2, $3, $4)", business_id, new_id(), phone, now
    )
    return contact


async def find_contact(connection: Connection, business_id: UUID, phone: str) -> tuple[UUID, str | None] | None:
    """Return the id and name of the contact with this number (E.164)."""
    row = await connection.fetchrow(
        "select contact_id, name from contacts where business_id = $1 and phone = $2", business_id, phone
    )
    return None if row is None else (row["contact_id"], row["name"])


async def save_contact(
    connection: Connection, business_id: UUID, contact_id: UUID, name: str | None, language: str | None
) -> None:
    """Set a contact's name and language."""
    await connection.execute(
        "update contacts set name = $3, language = $4 where business_id = $1 and contact_id = $2",
        business_id,
        contact_id,
        name,
        language,
    )


async def get_contact(connection: Connection, business_id: UUID, contact_id: UUID) -> dict[str, Any] | None:
    """Return a contact with its live marks and opt-out."""
    row = await connection.fetchrow(
        "select c.contact_id, c.phone, c.name, c.language, c.created_at, contact_standing($1, $2) as standing, "
        f"{KNOWN_OF_CONTACT} "
        "from contacts c where c.business_id = $1 and c.contact_id = $2",
        business_id,
        contact_id,
    )
    return None if row is None else dict(row)


async def add_mark(connection: Connection, business_id: UUID, contact_id: UUID, mark: NewMark, now: datetime) -> None:
    """Mark a contact; a mark that already stands stays as it is."""
    await connection.execute(
        "insert into contact_marks (business_id, mark_id, contact_id, kind, why, made_by, made_at) "
        "values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing",
        business_id,
        new_id(),
        contact_id,
        mark.kind,
        mark.why,
        mark.made_by,
        now,
    )


async def end_mark(
    connection: Connection, business_id: UUID, contact_id: UUID, mark: Mark, ended_by: str, now: datetime
) -> None:
    """End a mark; the row stays as history."""
    await connection.execute(
        "update contact_marks set ended_at = $4, ended_by = $5 "
        "where business_id = $1 and contact_id = $2 and kind = $3 and ended_at is null",
        business_id,
        contact_id,
        mark,
        now,
        ended_by,
    )


async def save_opt_out(
    connection: Connection, business_id: UUID, contact_id: UUID, opt_out: OptOut, now: datetime
) -> bool:
    """Opt the contact out on every line and drop every text not yet handed over; False where it stood already."""
    said = {"opt_out_id": new_id(), "line_id": opt_out.line_id, "source": opt_out.source, "words": opt_out.words}
    return bool(
        await connection.fetchval(
            "select opt_out_contact($1, $2, $3, $4, $5)",
            *(business_id, contact_id, {**said, "said_at": opt_out.said_at}, explain(Reason.OPTED_OUT), now),
        )
    )


async def end_opt_out(connection: Connection, business_id: UUID, contact_id: UUID, opt_in: OptIn) -> bool:
    """End on one line what is older than the contact's START there; False where nothing held on it.

    Texts may be filed in another order than they were sent: the last word said counts, not the last one read.
    """
    said = (opt_in.line_id, opt_in.words, opt_in.said_at)
    return bool(await connection.fetchval("select opt_in_contact($1, $2, $3, $4, $5)", business_id, contact_id, *said))


async def is_opted_out(
    connection: Connection, business_id: UUID, contact_id: UUID, line_id: UUID | None = None
) -> bool:
    """Return whether no text may go to the contact from a line; None: from the one their conversation is on."""
    return bool(
        await connection.fetchval(
            "select exists (select from opt_outs where business_id = $1 and contact_id = $2 and coalesce($3, "
            "  (select line_id from threads where business_id = $1 and contact_id = $2)) <> all (resumed_line_ids))",
            *(business_id, contact_id, line_id),
        )
    )
