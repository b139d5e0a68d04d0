"""The inbox as a whole: how many threads stand in each view, what has been read, and "done" undone."""

from datetime import datetime
from uuid import UUID

from ringback.store.db import Connection
from ringback.store.threads import View, Wanted

# Nobody reads an exact number past this, and counting stops there.
MOST_COUNTED = 1000


async def count_views(connection: Connection, business_id: UUID, wanted: Wanted) -> dict[View, int]:
    """Return how many threads stand in each view, up to MOST_COUNTED; `wanted` narrows by owner and line."""
    # Three partial indexes answer this, and one of the bookings to come, of which there are few.
    chosen = (
        "t.business_id = $1 and not t.for_alerts and ($3::uuid is null or t.owner_id = $3) "
        "and ($4::uuid is null or t.line_id = $4)"
    )
    row = await connection.fetchrow(
        "with booked as materialized ("
        "  select distinct contact_id from bookings where business_id = $1 and state = 'booked' and ends_at > $2), "
        "open as materialized (select t.contact_id in (select contact_id from booked) as is_booked from threads t "
        f"  where {chosen} and t.needs_reply_at is null and t.closed_at is null) "
        f"select (select count(*) from (select from threads t where {chosen} and t.needs_reply_at is not null "
        "    limit $5) n) as needs_reply, "
        "  (select count(*) from open where not is_booked) as waiting, "
        "  (select count(*) from open where is_booked) as booked, "
        f"  (select count(*) from (select from threads t where {chosen} and t.needs_reply_at is null "
        "    and t.closed_at is not null limit $5) d) as done",
        *(business_id, wanted.at, wanted.owner_id, wanted.line_id, MOST_COUNTED),
    )
    return {view: min(row[view.value], MOST_COUNTED) if row else 0 for view in View}


async def mark_read(
    connection: Connection, business_id: UUID, person_id: UUID, thread_id: UUID, read_at: datetime
) -> datetime | None:
    """Note that a person has read a thread up to an instant; return up to when they had before."""
    before: datetime | None = await connection.fetchval(
        "with before as (select read_at from thread_reads "
        "  where business_id = $1 and person_id = $2 and thread_id = $3), "
        "r as (insert into thread_reads as r (business_id, person_id, thread_id, read_at) values ($1, $2, $3, $4) "
        "  on conflict (business_id, person_id, thread_id) do update set read_at = excluded.read_at "
        "  where r.read_at < excluded.read_at) "
        "select coalesce((select read_at from before), (select created_at from people where person_id = $2))",
        *(business_id, person_id, thread_id, read_at),
    )
    return before


async def mark_unread(connection: Connection, business_id: UUID, person_id: UUID, thread_id: UUID) -> None:
    """Let a thread look to a person as it did before its last text came in."""
    await connection.execute(
        "insert into thread_reads (business_id, person_id, thread_id, read_at) "
        "select $1, $2, thread_id, last_inbound_at - interval '1 microsecond' from threads "
        "where business_id = $1 and thread_id = $3 and last_inbound_at is not null "
        "on conflict (business_id, person_id, thread_id) do update set read_at = excluded.read_at",
        *(business_id, person_id, thread_id),
    )


async def reopen_thread(connection: Connection, business_id: UUID, thread_id: UUID, now: datetime) -> bool:
    """Undo "done": the thread needs a reply again if it did; False where it was not done."""
    reopened = await connection.fetchval(
        "with x as (update closures set reopened_at = $3 where business_id = $1 and thread_id = $2 "
        "  and reopened_at is null returning thread_id, needed_reply_at) "
        "select x.needed_reply_at is not null from x, note_change($1, 'thread', x.thread_id, $3)",
        *(business_id, thread_id, now),
    )
    if reopened:
        await connection.execute(
            "update threads set needs_reply_at = (select max(needed_reply_at) from closures x "
            "  where x.business_id = $1 and x.thread_id = $2 and x.reopened_at = $3) "
            "where business_id = $1 and thread_id = $2 and needs_reply_at is null",
            *(business_id, thread_id, now),
        )
    return reopened is not None
