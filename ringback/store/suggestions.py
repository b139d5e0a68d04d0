"""Suggested replies: what the receptionist would answer to the last text, for a person to send, edit or drop."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from ringback.store.db import Connection, rows


@dataclass(frozen=True, slots=True)
class NewSuggestion:
    """`message_id` is the text it answers; no body: there is nothing that a person could send."""

    suggestion_id: UUID
    thread_id: UUID
    message_id: UUID
    body: str | None
    why: Sequence[dict[str, Any]]


async def list_unanswered(connection: Connection, business_id: UUID, thread_id: UUID) -> list[dict[str, Any]]:
    """Return what the contact wrote since our last text, oldest first; nothing where we wrote last."""
    return rows(
        await connection.fetch(
            "select m.message_id, m.body, (select count(*) from pictures p where p.business_id = $1 "
            "  and p.message_id = m.message_id)::int as pictures "
            "from (select * from messages where business_id = $1 and thread_id = $2 and direction = 'in' "
            "  and created_at > coalesce((select max(o.created_at) from messages o where o.business_id = $1 "
            "    and o.thread_id = $2 and o.direction = 'out' and o.state <> 'dropped'), '-infinity') "
            "  order by created_at desc, message_id desc limit 10) m order by m.created_at, m.message_id",
            *(business_id, thread_id),
        )
    )


async def save_suggestion(connection: Connection, business_id: UUID, made: NewSuggestion, now: datetime) -> None:
    """Keep a suggestion; of two that were made at once for a text the first stands."""
    await connection.execute(
        "insert into suggestions (business_id, suggestion_id, thread_id, message_id, body, why, made_at) "
        "values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing",
        *(business_id, made.suggestion_id, made.thread_id, made.message_id, made.body, list(made.why), now),
    )


async def find_suggestion(connection: Connection, business_id: UUID, thread_id: UUID) -> dict[str, Any] | None:
    """Return the suggestion for the last text of a thread; anything newer has retired it."""
    # Compared with the newest text when it is asked for: nothing has to be cleared up when a text comes in.
    row = await connection.fetchrow(
        "select s.suggestion_id, s.message_id, s.body, s.why, s.made_at, s.settled_as from suggestions s "
        "where s.business_id = $1 and s.thread_id = $2 and s.message_id = ("
        "  select m.message_id from messages m where m.business_id = $1 and m.thread_id = $2 "
        "  order by m.created_at desc, m.message_id desc limit 1)",
        *(business_id, thread_id),
    )
    return None if row is None else dict(row)


async def settle_suggestion(
    connection: Connection, business_id: UUID, suggestion_id: UUID, settled_as: str, now: datetime
) -> bool:
    """Note what a person did with a suggestion: sent, edited or dropped; False where that was done already."""
    settled = await connection.fetchval(
        "with s as (update suggestions set settled_at = $4, settled_as = $3 "
        "  where business_id = $1 and suggestion_id = $2 and settled_at is null returning thread_id) "
        "select true from s, note_change($1, 'thread', s.thread_id, $4)",
        *(business_id, suggestion_id, settled_as, now),
    )
    return bool(settled)


async def get_body(connection: Connection, business_id: UUID, suggestion_id: UUID) -> str | None:
    """Return the words of a suggestion."""
    body: str | None = await connection.fetchval(
        "select body from suggestions where business_id = $1 and suggestion_id = $2", business_id, suggestion_id
    )
    return body
