"""Texts that answer nothing (follow-ups, reminders, offers): what the law counts of a contact, and by which rules."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from ringback.store.db import Connection

_A_DAY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Unasked:
    """How many such texts a contact had in the last 24 hours, over all lines, and the address they gave, if any."""

    sent_today: int
    address: str | None


async def load_unasked(connection: Connection, business_id: UUID, contact_id: UUID, now: datetime) -> Unasked:
    """Return what the law asks of a contact before one more text that answers nothing is written."""
    row = await connection.fetchrow(
        "select contact_address($1, $2), (select unasked_since($1, t.thread_id, $3) from threads t "
        "  where t.business_id = $1 and t.contact_id = $2)",
        business_id,
        contact_id,
        now - _A_DAY,
    )
    return Unasked(row[1] or 0, row[0]) if row else Unasked(0, None)


async def note_rule(connection: Connection, business_id: UUID, message_id: UUID, rule_version: str) -> None:
    """Write the rules that allowed a text beside it, in the transaction that lets it leave; it counts from then on."""
    await connection.execute(
        "update messages set rule_version = $3 where business_id = $1 and message_id = $2",
        business_id,
        message_id,
        rule_version,
    )
