"""Gaps: questions that no Fact answered, for the owner to answer once and for all."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ringback.store.db import Connection, rows
from ringback.store.ids import new_id


async def record_gap(connection: Connection, business_id: UUID, thread_id: UUID, question: str, now: datetime) -> None:
    """Note a question without an answer, or that it was asked once more."""
    await connection.execute(
        # How often a question comes is what tells the owner which answer to write first.
        "insert into gaps as g (business_id, gap_id, question, thread_id, asked_at, last_at) "
        "values ($1, $2, $3, $4, $5, $5) on conflict (business_id, lower(question)) where answered_at is null "
        "do update set times = g.times + 1, last_at = excluded.last_at, thread_id = excluded.thread_id",
        business_id,
        new_id(),
        question,
        thread_id,
        now,
    )


async def answer_gap(connection: Connection, business_id: UUID, gap_id: UUID, by: str, now: datetime) -> bool:
    """The owner has added the answer to the facts (or does not want to); False where that was done before."""
    done = await connection.execute(
        "update gaps set answered_at = $4, answered_by = $3 "
        "where business_id = $1 and gap_id = $2 and answered_at is null",
        business_id,
        gap_id,
        by,
        now,
    )
    return str(done) == "UPDATE 1"


async def list_gaps(connection: Connection, business_id: UUID, limit: int) -> list[dict[str, Any]]:
    """Return the open gaps, those asked most often first."""
    return rows(
        await connection.fetch(
            "select gap_id, question, thread_id, times, asked_at, last_at from gaps "
            "where business_id = $1 and answered_at is null order by times desc, last_at desc limit $2",
            business_id,
            limit,
        )
    )
