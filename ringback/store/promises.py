"""Promises: what we said would happen by a time. Each is a call-back on the pages, with an owner and a due time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from ringback.store.db import Connection, rows
from ringback.store.ids import new_id


@dataclass(frozen=True, slots=True)
class NewPromise:
    """What was promised to the contact of a thread; `owner` is the name of who is to keep it."""

    thread_id: UUID
    about: str
    due_at: datetime
    owner: str | None = None


async def add_promise(connection: Connection, business_id: UUID, promise: NewPromise, now: datetime) -> None:
    """Note a promise with its call-back; a promise that is still open in the thread becomes this one."""
    await connection.execute(
        # "Not before noon, then": two tasks for one call would be two calls.
        "with old as (update promises set done_at = $8, done_by = 'receptionist' "
        "  where business_id = $1 and thread_id = $2 and done_at is null returning call_back_id, promise_id), "
        "quiet as (update alarms a set ended_at = $8 from old where a.business_id = $1 and a.kind = 'promise' "
        "  and a.subject = old.promise_id::text and a.ended_at is null), "
        "ended as (update call_backs b set done_at = $8, done_by = 'receptionist' from old "
        "  where b.business_id = $1 and b.call_back_id = old.call_back_id), "
        "b as (insert into call_backs (business_id, call_back_id, contact_id, caller, why, due_at, created_at) "
        "  select t.business_id, $3, t.contact_id, c.phone, $5, $6, $8 from threads t "
        "  join contacts c using (business_id, contact_id) where t.business_id = $1 and t.thread_id = $2 "
        "  returning call_back_id), "
        "p as (insert into promises (business_id, promise_id, thread_id, call_back_id, about, due_at, owner, made_at) "
        "  select $1, $4, $2, call_back_id, $5, $6, $7, $8 from b) "
        "select note_change($1, 'call_back', call_back_id, $8) from b",
        *(business_id, promise.thread_id, new_id(), new_id(), promise.about, promise.due_at, promise.owner, now),
    )


async def warn_of_promise(connection: Connection, business_id: UUID, promise_id: UUID, now: datetime) -> UUID | None:
    """Mark a promise that is due and not kept as warned of; return its thread, or None where nothing is due.

    The thread needs a reply from then on, and its call-back is urgent.
    """
    thread: UUID | None = await connection.fetchval(
        # Done on the pages counts as kept, whoever rang and however.
        "with p as (update promises p set warned_at = $3 from call_backs b where p.business_id = $1 "
        "  and p.promise_id = $2 and p.due_at <= $3 and p.done_at is null and p.warned_at is null "
        "  and b.business_id = $1 and b.call_back_id = p.call_back_id and b.done_at is null "
        "  returning p.thread_id, p.call_back_id), "
        "b as (update call_backs b set urgent = true from p "
        "  where b.business_id = $1 and b.call_back_id = p.call_back_id) "
        "update threads t set needs_reply_at = coalesce(needs_reply_at, $3), urgent_at = coalesce(urgent_at, $3) "
        "from p where t.business_id = $1 and t.thread_id = p.thread_id returning t.thread_id",
        business_id,
        promise_id,
        now,
    )
    if thread is not None:
        await connection.execute("select note_change($1, 'thread', $2, $3)", business_id, thread, now)
    return thread


async def list_promises(connection: Connection, business_id: UUID, limit: int) -> list[dict[str, Any]]:
    """Return the promises that are still to be kept, the next due first."""
    return rows(
        await connection.fetch(
            "select promise_id, thread_id, call_back_id, about, owner, made_at, due_at, warned_at from promises "
            "where business_id = $1 and done_at is null order by due_at limit $2",
            business_id,
            limit,
        )
    )
