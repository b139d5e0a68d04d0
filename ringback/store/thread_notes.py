"""Notes that the people of a business leave each other in a thread; they are never sent."""

from datetime import datetime
from uuid import UUID

from ringback.store.db import Connection


async def add_thread_note(
    connection: Connection,
    business_id: UUID,
    thread_id: UUID,
    note_id: UUID,
    words: tuple[str, str],
    now: datetime,
) -> bool:
    """Add a note, `words` being (author, body); False where the thread is not there or the note is already."""
    added = await connection.fetchval(
        "with n as (insert into thread_notes (business_id, note_id, thread_id, written_by, body, written_at) "
        "  select $1, $3, t.thread_id, $4, $5, $6 from threads t where t.business_id = $1 and t.thread_id = $2 "
        "  on conflict do nothing returning thread_id) "
        "select true from n, note_change($1, 'thread', n.thread_id, $6)",
        *(business_id, thread_id, note_id, *words, now),
    )
    return bool(added)
