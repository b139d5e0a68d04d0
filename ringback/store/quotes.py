"""Quotes: asked for, sent, accepted. The price is a person's; the receptionist never makes one up."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from ringback.store.db import Connection, rows
from ringback.store.ids import new_id


async def request_quote(
    connection: Connection,
    business_id: UUID,
    thread_id: UUID,
    service: str | None,
    details: Mapping[str, str],
    now: datetime,
) -> None:
    """Note that a quote was asked for; asked again before it was sent, it is the same one with what is known now."""
    await connection.execute(
        # The details of one job come in over several texts.
        "with known as (update quotes set service = $4, details = details || $5 "
        "  where business_id = $1 and thread_id = $3 and sent_at is null returning quote_id) "
        "insert into quotes (business_id, quote_id, thread_id, service, details, requested_at) "
        "select $1, $2, $3, $4, $5, $6 where not exists (select from known)",
        *(business_id, new_id(), thread_id, service, dict(details), now),
    )


async def mark_quote_sent(connection: Connection, business_id: UUID, quote_id: UUID, by: str, now: datetime) -> bool:
    """A person has sent the quote; False where that was done before."""
    done = await connection.fetchval(
        "with q as (update quotes set sent_at = $4, sent_by = $3 "
        "  where business_id = $1 and quote_id = $2 and sent_at is null returning thread_id) "
        "select true from q, note_change($1, 'thread', q.thread_id, $4)",
        *(business_id, quote_id, by, now),
    )
    return bool(done)


async def mark_quote_accepted(connection: Connection, business_id: UUID, quote_id: UUID, now: datetime) -> bool:
    """The contact has agreed to a quote that was sent; False where there is none open."""
    done = await connection.fetchval(
        "with q as (update quotes set accepted_at = $3 where business_id = $1 and quote_id = $2 "
        "  and sent_at is not null and accepted_at is null returning thread_id) "
        "select true from q, note_change($1, 'thread', q.thread_id, $3)",
        *(business_id, quote_id, now),
    )
    return bool(done)


async def list_quotes(connection: Connection, business_id: UUID, limit: int) -> list[dict[str, Any]]:
    """Return quotes that are not agreed yet, the oldest request first."""
    return rows(
        await connection.fetch(
            "select quote_id, thread_id, service, details, requested_at, sent_at, sent_by from quotes "
            "where business_id = $1 and accepted_at is null order by requested_at limit $2",
            business_id,
            limit,
        )
    )
