"""The live feed: what changed, in an order that a reader can take up again after a cut connection."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import asyncpg

from ringback.store.db import Connection


@dataclass(frozen=True, slots=True)
class Position:
    """A place in the feed: the transaction, then the row. As text, the id of a server-sent event."""

    xid: int
    change_id: int

    def __str__(self) -> str:
        return f"{self.xid}-{self.change_id}"


def parse_position(text: str) -> Position | None:
    """Return the position of an event id, or None where it is none of ours."""
    xid, _, change_id = text.partition("-")
    # isdigit() alone lets in digits of other scripts, which int() reads but PostgreSQL never wrote.
    if not (text.isascii() and xid.isdigit() and change_id.isdigit() and len(text) <= 40):
        return None
    position = Position(int(xid), int(change_id))
    return position if position.xid < 2**64 and position.change_id < 2**63 else None


@dataclass(frozen=True, slots=True)
class Change:
    """Something a page may show has changed: a call, a thread, a call-back or an alarm."""

    position: Position
    kind: str
    subject: UUID
    at: datetime


async def current_position(connection: Connection) -> Position:
    """Return the place from which every later change will be read."""
    return Position(int(await connection.fetchval("select pg_snapshot_xmin(pg_current_snapshot())::text")), 0)


async def list_changes(connection: Connection, business_id: UUID, after: Position, limit: int = 500) -> list[Change]:
    """Return changes after a position. Rows of transactions younger than one still running wait for the next read."""
    found = await connection.fetch(
        "select xid::text, change_id, kind, subject, at from changes where business_id = $1 "
        "and (xid, change_id) > ($2::text::xid8, $3) and xid < pg_snapshot_xmin(pg_current_snapshot()) "
        "order by xid, change_id limit $4",
        business_id,
        str(after.xid),
        after.change_id,
        limit,
    )
    return [
        Change(Position(int(row["xid"]), row["change_id"]), row["kind"], row["subject"], row["at"]) for row in found
    ]


async def forget_old_changes(pool: asyncpg.Pool, before: datetime) -> None:
    """Delete changes older than an instant; a reader that was away for longer loads its page anew."""
    await pool.execute("select forget_old_changes($1)", before)


async def forget_old_exchanges(pool: asyncpg.Pool, before: datetime) -> None:
    """Delete exchanges with providers and deliveries of hooks older than an instant: support has had its time."""
    await pool.execute("select forget_old_exchanges($1)", before)
