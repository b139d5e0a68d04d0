"""Who answers a thread: one person of the staff, or nobody yet."""

from datetime import datetime
from uuid import UUID

from ringback.store.db import Connection
from ringback.store.ids import new_id


async def assign_thread(
    connection: Connection,
    business_id: UUID,
    thread_id: UUID,
    staff_id: UUID | None,
    now: datetime,
    by: str | None = None,
) -> bool:
    """Make a thread somebody's, or nobody's; False where it was so already, or the person works here no more.

    `by`: the name of the person who gave it; None where a rule did.
    """
    changed = await connection.fetchval(
        "with t as (update threads set owner_id = $3, "
        "  owned_at = case when $3::uuid is null then null else $4::timestamptz end "
        "  where business_id = $1 and thread_id = $2 and owner_id is distinct from $3::uuid "
        "  and ($3::uuid is null or exists (select from staff s where s.business_id = $1 and s.staff_id = $3 "
        "    and s.ended_at is null)) returning thread_id), "
        "a as (insert into assignments (business_id, assignment_id, thread_id, staff_id, assigned_by, assigned_at) "
        "  select $1, $5, thread_id, $3, $6, $4 from t) "
        "select true from t, note_change($1, 'thread', t.thread_id, $4)",
        *(business_id, thread_id, staff_id, now, new_id(), by),
    )
    return bool(changed)
