"""Hand-overs: when and why a thread went to a person, and who took it."""

from datetime import datetime
from uuid import UUID

from ringback.store.db import Connection
from ringback.store.ids import new_id


async def add_handoff(
    connection: Connection, business_id: UUID, thread_id: UUID, kind: str, summary: str, now: datetime
) -> None:
    """Give a thread to a person: it needs a reply from now on. The same kind is noted once while nobody took it."""
    await connection.execute(
        # A caller who asks for a person in each text is one hand-over, not five.
        "with t as (update threads set needs_reply_at = coalesce(needs_reply_at, $5) "
        "  where business_id = $1 and thread_id = $2 returning thread_id), "
        "known as (select from handoffs where business_id = $1 and thread_id = $2 and kind = $3 and taken_at is null), "
        "h as (insert into handoffs (business_id, handoff_id, thread_id, kind, summary, handed_at) "
        "  select $1, $6, thread_id, $3, $4, $5 from t where not exists (select from known)) "
        "select note_change($1, 'thread', thread_id, $5) from t",
        *(business_id, thread_id, kind, summary, now, new_id()),
    )


async def take_handoffs(connection: Connection, business_id: UUID, thread_id: UUID, by: str, now: datetime) -> int:
    """A person takes what was handed over in a thread; return how many hand-overs that ended."""
    taken = await connection.fetch(
        "with h as (update handoffs set taken_at = $4, taken_by = $3 "
        "  where business_id = $1 and thread_id = $2 and taken_at is null returning thread_id) "
        "select note_change($1, 'thread', thread_id, $4) from h",
        business_id,
        thread_id,
        by,
        now,
    )
    return len(taken)
