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


async def list_entries(
    connection: Connection, business_id: UUID, before: tuple[datetime, UUID] | None, limit: int
) -> list[dict[str, Any]]:
    """Return entries, the newest first; `before` is the (at, entry_id) that ended the page before."""
    return rows(
        await connection.fetch(
            "select * from audit_entries where business_id = $1 "
            "and ($2::timestamptz is null or (at, entry_id) < ($2, $3)) order by at desc, entry_id desc limit $4",
            *(business_id, *(before or (None, None)), limit),
        )
    )
