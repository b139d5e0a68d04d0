"""Contacts, the marks on them, and their opt-outs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from ringback.domain.textback import Mark, Reason, explain
from ringback.store.db import Connection
from ringback.store.ids import new_id


@dataclass(frozen=True, slots=True)
class NewMark:
    """What is said of a contact, by whom and why."""

    kind: Mark
    why: str
    made_by: str


@dataclass(frozen=True, slots=True)
class OptOut:
    """How and when an opt-out was said: `source` is keyword, carrier, carrier_error or staff; `words` the contact's."""

    line_id: UUID
    source: str
    said_at: datetime
    words: str | None = None


async def find_or_create_contact(connection: Connection, business_id: UUID, phone: str, now: datetime) -> UUID:
    """Return the contact with this number (E.164), made if new; two at once get the same one."""
    contact: UUID = await connection.fetchval(
        "select find_or_create_contact($1, $2, $3, $4)", business_id, new_id(), phone, now
    )
    return contact


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
        "select c.contact_id, c.phone, c.name, c.language, c.created_at, contact_standing($1, $2) as standing "
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
    # Only what is still with us can be stopped; a text marked `sending` may be out already.
    dropped = await connection.fetch(
        "update messages m set state = 'dropped', error_kind = 'opted_out', settled_at = $3 from threads t "
        "where t.business_id = $1 and t.contact_id = $2 and m.business_id = $1 and m.thread_id = t.thread_id "
        "and m.state = 'intended' and m.purpose <> 'keyword_answer' returning m.message_id",
        business_id,
        contact_id,
        now,
    )
    await connection.execute(
        "with skipped as (update text_backs set decision = 'skip', reason = 'opted_out', why = $3 "
        "  where business_id = $1 and message_id = any($2) returning call_id) "
        "select note_change($1, 'call', call_id, $4) from skipped",
        business_id,
        [row["message_id"] for row in dropped],
        explain(Reason.OPTED_OUT),
        now,
    )
    # Said again, it stands from the later instant on: a START sent in between must not end it.
    return bool(
        await connection.fetchval(
            "insert into opt_outs as o (business_id, opt_out_id, contact_id, line_id, source, words, opted_out_at) "
            "values ($1, $2, $3, $4, $5, $6, $7) on conflict (business_id, contact_id) where ended_at is null "
            "do update set opted_out_at = greatest(o.opted_out_at, excluded.opted_out_at) returning xmax = 0",
            business_id,
            new_id(),
            contact_id,
            opt_out.line_id,
            opt_out.source,
            opt_out.words,
            opt_out.said_at,
        )
    )


async def end_opt_out(connection: Connection, business_id: UUID, contact_id: UUID, how: str, said_at: datetime) -> bool:
    """End a contact's opt-out that is older than their START; False where there was none.

    Texts may be filed in another order than they were sent: the last word said counts, not the last one read.
    """
    done = await connection.execute(
        "update opt_outs set ended_at = $3, ended_how = $4 "
        "where business_id = $1 and contact_id = $2 and ended_at is null and opted_out_at <= $3",
        business_id,
        contact_id,
        said_at,
        how,
    )
    return str(done) != "UPDATE 0"


async def is_opted_out(connection: Connection, business_id: UUID, contact_id: UUID) -> bool:
    """Return whether the contact has asked for no more texts."""
    return bool(
        await connection.fetchval(
            "select exists (select from opt_outs where business_id = $1 and contact_id = $2 and ended_at is null)",
            business_id,
            contact_id,
        )
    )
