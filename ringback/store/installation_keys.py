"""Keys of the whole installation, made the first time they are asked for."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ringback.store.db import Connection


async def find_key(connection: Connection, name: str) -> dict[str, Any] | None:
    """Return a key as it was saved, or None where it has not been made yet."""
    found: dict[str, Any] | None = await connection.fetchval(
        "select value from installation_keys where name = $1", name
    )
    return found


async def list_keys(connection: Connection) -> list[tuple[str, dict[str, Any]]]:
    """Return (name, value) of every key, as it was saved."""
    found = await connection.fetch("select name, value from installation_keys order by name")
    return [(row["name"], row["value"]) for row in found]


async def keep_key(connection: Connection, name: str, value: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Save a new key and return the one that stands: of two made at the same time, the first."""
    # Of two processes at once one writes, and both work with what stands.
    await connection.execute(
        "insert into installation_keys (name, value, made_at) values ($1, $2, $3) on conflict (name) do nothing",
        *(name, dict(value), now),
    )
    standing: dict[str, Any] = await connection.fetchval("select value from installation_keys where name = $1", name)
    return standing
