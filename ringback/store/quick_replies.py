"""Quick replies: words that the people of a business write again and again."""

from typing import Any
from uuid import UUID

from ringback.store.db import Connection, rows


async def list_quick_replies(connection: Connection, business_id: UUID) -> list[dict[str, Any]]:
    """Return the quick replies of a business by title."""
    return rows(
        await connection.fetch(
            "select quick_reply_id, title, body from quick_replies where business_id = $1 "
            "order by lower(title), quick_reply_id limit 100",
            business_id,
        )
    )


async def get_quick_reply(connection: Connection, business_id: UUID, quick_reply_id: UUID) -> dict[str, Any] | None:
    """Return one quick reply."""
    row = await connection.fetchrow(
        "select quick_reply_id, title, body from quick_replies where business_id = $1 and quick_reply_id = $2",
        *(business_id, quick_reply_id),
    )
    return None if row is None else dict(row)


async def save_quick_reply(
    connection: Connection, business_id: UUID, quick_reply_id: UUID, title: str, body: str
) -> bool:
    """Create or change a quick reply; False where another one has the title."""
    taken = await connection.fetchval(
        "select exists (select from quick_replies where business_id = $1 and lower(title) = lower($2) "
        "and quick_reply_id <> $3)",
        *(business_id, title, quick_reply_id),
    )
    if taken:
        return False
    await connection.execute(
        "insert into quick_replies (business_id, quick_reply_id, title, body) values ($1, $2, $3, $4) "
        "on conflict (business_id, quick_reply_id) do update set title = excluded.title, body = excluded.body",
        *(business_id, quick_reply_id, title, body),
    )
    return True


async def remove_quick_reply(connection: Connection, business_id: UUID, quick_reply_id: UUID) -> None:
    """Remove a quick reply; texts that were made of it stay."""
    await connection.execute(
        "delete from quick_replies where business_id = $1 and quick_reply_id = $2", business_id, quick_reply_id
    )
