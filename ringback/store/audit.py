"""Who changed what: one entry per change, with what it was before and after. Entries are never altered."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from ringback.store.db import Connection, rows
from ringback.store.ids import new_id


@dataclass(frozen=True, slots=True)
class Change:
    """A change that somebody made. `what` is a word like "settings.hours"; `subject` what it was done to.

    `before` and `after` are JSON values; they hold no secrets and no words of callers.
    """

    what: str
    subject: str
    before: Any = None
    after: Any = None


async def add_entry(
    connection: Connection, business_id: UUID, who: str, change: Change, now: datetime, person_id: UUID | None = None
) -> None:
    """Write one entry, in the transaction of the change itself."""
    await connection.execute(
        "insert into audit_entries (business_id, entry_id, at, who, person_id, what, subject, before, after) "
        "values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        *(business_id, new_id(), now, who, person_id, change.what, change.subject, change.before, change.after),
    )


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Whose changes, and of which kind: the first word of `what`. None asks for all."""

    who: str | None = None
    kind: str | None = None


async def list_entries(
    connection: Connection,
    business_id: UUID,
    before: tuple[datetime, UUID] | None,
    limit: int,
    asked: AuditFilter = AuditFilter(),
) -> list[dict[str, Any]]:
    """Return entries, the newest first; `before` is the (at, entry_id) that ended the page before."""
    return rows(
        await connection.fetch(
            "select * from audit_entries where business_id = $1 "
            "and ($2::timestamptz is null or (at, entry_id) < ($2, $3)) "
            "and ($5::text is null or who = $5) and ($6::text is null or split_part(what, '.', 1) = $6) "
            # Entries of one transaction share their instant.
            "order by at desc, entry_id desc limit $4",
            *(business_id, *(before or (None, None)), limit, asked.who, asked.kind),
        )
    )


async def list_choices(connection: Connection, business_id: UUID) -> tuple[list[str], list[str]]:
    """Return who has changed anything here, and of which kinds the changes were, both in order."""
    row = await connection.fetchrow(
        "select array(select distinct who from audit_entries where business_id = $1 order by who) as people, "
        "array(select distinct split_part(what, '.', 1) as kind from audit_entries where business_id = $1 "
        "  order by kind) as kinds",
        business_id,
    )
    return (list(row["people"]), list(row["kinds"])) if row is not None else ([], [])
