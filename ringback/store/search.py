"""Search over what was written, and over the names and numbers of contacts."""

from typing import Any
from uuid import UUID

from ringback.store.db import Connection, rows


async def find_contact_threads(connection: Connection, business_id: UUID, words: str, limit: int) -> list[UUID]:
    """Return threads of contacts whose name or number holds all the words' beginnings, the newest first."""
    found = await connection.fetch(
        "select f.thread_id from find_contacts($2, $3) f join threads t using (thread_id) where t.business_id = $1",
        *(business_id, words, limit),
    )
    return [row["thread_id"] for row in found]


async def find_texts(connection: Connection, business_id: UUID, words: str, limit: int) -> list[dict[str, Any]]:
    """Return texts that hold all the words' beginnings, the newest first."""
    return rows(
        await connection.fetch(
            "select m.message_id, m.thread_id, m.direction, m.body, m.created_at from find_texts($2, $3) f "
            "join messages m using (message_id) where m.business_id = $1 "
            "order by m.created_at desc, m.message_id desc",
            *(business_id, words, limit),
        )
    )
