"""Connections to PostgreSQL and transactions that belong to one business."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime
from typing import Any
from uuid import UUID

import asyncpg

# A single statement may go to the pool as well; a transaction needs one of the other two.
Connection = asyncpg.Connection | asyncpg.pool.PoolConnectionProxy | asyncpg.Pool
Row = asyncpg.Record


class DatabaseUnreachable(RuntimeError):
    """PostgreSQL does not answer; the sentence says where it was looked for and what to do."""


def _plain(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, frozenset | set):
        # Two writes of the same set-up must give the same row, or every apply would look like a change.
        raise TypeError("a set has no order; store a sorted list")
    raise TypeError(f"{type(value).__name__} cannot be stored as JSON")


def to_json(value: object) -> str:
    """Return `value` as JSON text; instants and ids become strings."""
    return json.dumps(value, default=_plain, ensure_ascii=False)


async def _set_codecs(connection: asyncpg.Connection) -> None:
    # On this pool only: the job queue reads its own jsonb columns as text.
    await connection.set_type_codec("jsonb", encoder=to_json, decoder=json.loads, schema="pg_catalog")


async def no_reset(_: asyncpg.Connection) -> None:
    """Every setting we make is local to its transaction, so there is nothing to reset: one round trip saved."""


async def open_pool(url: str, *, role: str | None = None, size: int = 10) -> asyncpg.Pool:
    """Return a pool that works as the application. `role`: switch to it after login, where one login serves all.

    Raises DatabaseUnreachable.
    """

    async def prepare(connection: asyncpg.Connection) -> None:
        if role is not None:
            await connection.execute(f'set role "{role}"')
        await _set_codecs(connection)

    try:
        # No floor: a pool that keeps one prints a traceback a second while the database is away.
        pool = await asyncpg.create_pool(
            url,
            min_size=0,
            max_size=size,
            # Each connection is a process of the database, of some 9 MB: those of a burst are given back after it.
            max_inactive_connection_lifetime=60.0,
            init=prepare,
            reset=no_reset,
            command_timeout=10,
            timeout=10,
        )
        await pool.fetchval("select 1")
        return pool
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError) as error:
        raise DatabaseUnreachable(
            f"The database does not answer ({type(error).__name__}: {error}). "
            "Nothing that was accepted is lost; check that PostgreSQL runs and that DATABASE_URL is right."
        ) from error


@asynccontextmanager
async def business_transaction(pool: asyncpg.Pool, business_id: UUID) -> AsyncIterator[Connection]:
    """Yield a connection inside a transaction that sees the rows of one business only."""
    async with pool.acquire() as connection, connection.transaction():
        await set_business(connection, business_id)
        yield connection


async def set_business(connection: Connection, business_id: UUID) -> None:
    """Let the current transaction see the rows of one business."""
    await connection.execute("select set_config('app.business', $1, true)", str(business_id))


def rows(records: list[Row]) -> list[dict[str, Any]]:
    """Return records as plain dicts, for the JSON of a page or an answer."""
    return [dict(record) for record in records]
