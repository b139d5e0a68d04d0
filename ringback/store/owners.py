"""Who answers a thread: one person of the staff, or nobody yet."""

from datetime import datetime
from uuid import UUID

from ringback.store.db import Connection


async def assign_thread(
    connection: Connection, business_id: UUID, thread_id: UUID, staff_id: UUID | None, now: datetime
) -> bool:
    """Make a thread somebody's, or nobody's; False where it was so already, or the person works here no more."""
    changed = await connection.fetchval(
        "with t as (update threads set owner_id = $3, "
        "  owned_at = case when $3::uuid is null then null else $4::timestamptz end "
        "  where business_id = $1 and thread_id = $2 and owner_id is distinct from $3::uuid "
        "  and ($3::uuid is null or exists (select from staff s where s.business_id = $1 and s.staff_id = $3 "
        "    and s.ended_at is null)) returning thread_id) "
        "select true from t, note_change($1, 'thread', t.thread_id, $4)",
        *(business_id, thread_id, staff_id, now),
    )
    return bool(changed)
