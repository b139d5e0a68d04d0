"""What the tests of the embedded PostgreSQL share: ask a server something, and wait for something to become true."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import asyncpg

from ringback.store.embedded.leftovers import wait_until
from ringback.store.embedded.paths import ClusterPaths
from tests.patience import PATIENCE_SECONDS


def ask(url: str, statement: str, *values: object) -> Any:
    """Return the first value of what `statement` yields over a connection of its own."""

    async def run() -> Any:
        connection = await asyncpg.connect(url)
        try:
            return await connection.fetchval(statement, *values)
        finally:
            await connection.close()

    return asyncio.run(run())


def answers(url: str) -> bool:
    try:
        return bool(ask(url, "select 1"))
    except (OSError, asyncpg.PostgresError):
        return False


def soon(is_so: Callable[[], bool]) -> None:
    assert wait_until(is_so, PATIENCE_SECONDS), "it did not come true in time"


def data_of(home: Path) -> Path:
    return ClusterPaths(home).data
