"""What only the pages ask: counts for the navigation, sign-in tries, and being told of changes."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import asyncpg

from ringback.store.db import Connection, rows
from ringback.store.feed import Position

CHANNEL = "ringback_changes"


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many threads need a reply, how many call-backs are open, how many questions have no answer."""

    threads: int
    call_backs: int
    gaps: int


async def count_waiting(connection: Connection, business_id: UUID) -> Waiting:
    """Return what waits for a person."""
    found = await connection.fetch(
        "select (select count(*) from threads where business_id = $1 and needs_reply_at is not null) as threads, "
        "(select count(*) from call_backs where business_id = $1 and done_at is null) as call_backs, "
        "(select count(*) from gaps where business_id = $1 and answered_at is null) as gaps",
        business_id,
    )
    return Waiting(**found[0])


async def list_threads_behind(connection: Connection, business_id: UUID, ids: Sequence[UUID]) -> list[UUID]:
    """Return the threads of the contacts whose calls or bookings these are: their timelines show them."""
    # Two kinds of ids in one question: an id is in one table or in the other.
    found = await connection.fetch(
        "select t.thread_id from calls c join threads t using (business_id, contact_id) "
        "where c.business_id = $1 and c.call_id = any($2) "
        "union select t.thread_id from bookings b join threads t using (business_id, contact_id) "
        "where b.business_id = $1 and b.booking_id = any($2)",
        *(business_id, list(ids)),
    )
    return [row["thread_id"] for row in found]


async def list_text_back_calls(
    connection: Connection, business_id: UUID, message_ids: Sequence[UUID]
) -> list[dict[str, UUID]]:
    """Return message and call of the texts among these that answered a missed call."""
    return rows(
        await connection.fetch(
            "select message_id, call_id from text_backs where business_id = $1 and message_id = any($2)",
            business_id,
            list(message_ids),
        )
    )


async def list_thread_calls(connection: Connection, business_id: UUID, thread_id: UUID, limit: int) -> list[UUID]:
    """Return the last calls of a thread's contact, newest first."""
    found = await connection.fetch(
        "select c.call_id from threads t join calls c using (business_id, contact_id) "
        "where t.business_id = $1 and t.thread_id = $2 order by c.started_at desc limit $3",
        business_id,
        thread_id,
        limit,
    )
    return [row["call_id"] for row in found]


async def is_feed_held_back(connection: Connection, business_id: UUID, after: Position) -> bool:
    """Return whether committed changes wait for an older transaction to end before they may be read."""
    return bool(
        await connection.fetchval(
            "select exists (select from changes where business_id = $1 and (xid, change_id) > ($2::text::xid8, $3) "
            "and xid >= pg_snapshot_xmin(pg_current_snapshot()))",
            business_id,
            str(after.xid),
            after.change_id,
        )
    )


async def claim_try(connection: Connection, source: str, limit: int, since: datetime, now: datetime) -> bool:
    """Count a sign-in try as failed before its password is looked at; False where the source has none left.

    The lock, held until the transaction ends, lets a hundred tries at once pass one by one.
    """
    await connection.execute("select pg_advisory_xact_lock(hashtextextended($1, 0))", source)
    done = await connection.execute(
        "insert into sign_in_failures (source, failed_at) select $1, $4::timestamptz "
        "where (select count(*) from sign_in_failures where source = $1 and failed_at > $3) < $2",
        source,
        limit,
        since,
        now,
    )
    return str(done) == "INSERT 0 1"


async def take_back_try(connection: Connection, source: str, tried_at: datetime) -> None:
    """Forget one try: its password was right."""
    await connection.execute(
        "delete from sign_in_failures where ctid = "
        "(select ctid from sign_in_failures where source = $1 and failed_at = $2 limit 1)",
        source,
        tried_at,
    )


@asynccontextmanager
async def listening(
    pool: asyncpg.Pool, on_change: Callable[[str], None], on_loss: Callable[[], None]
) -> AsyncIterator[None]:
    """Call `on_change` with the business id of every change; `on_loss` says that the connection is gone."""

    def heard(_: object, __: int, ___: str, payload: object) -> None:
        on_change(str(payload))

    def lost(_: object) -> None:
        on_loss()

    async with pool.acquire() as connection:
        await connection.add_listener(CHANNEL, heard)
        connection.add_termination_listener(lost)
        try:
            yield
        finally:
            if not connection.is_closed():
                connection.remove_termination_listener(lost)
                await connection.remove_listener(CHANNEL, heard)
