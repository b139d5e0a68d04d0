"""The database of a command: a pool while it works, and a sentence where none answers."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import asyncpg

from ringback import wiring
from ringback.cli.output import fail
from ringback.settings import Settings
from ringback.store.db import DatabaseUnreachable, open_pool

Result = TypeVar("Result")
Work = Callable[[asyncpg.Pool], Awaitable[Result]]


def in_pool(settings: Settings, work: Work[Result]) -> Result:
    """Run `work` as the application; a database that does not answer ends the command with a sentence."""
    return _run(settings, lambda: wiring.open_app_pool(settings, size=2), work)


def as_owner(settings: Settings, work: Work[Result]) -> Result:
    """Run `work` as the owner of the tables, who alone sees the rows of all businesses."""
    return _run(settings, lambda: open_pool(wiring.owner_url(settings), size=1), work)


def _run(settings: Settings, open_it: Callable[[], Awaitable[asyncpg.Pool]], work: Work[Result]) -> Result:
    async def run() -> Result:
        pool = await open_it()
        try:
            return await work(pool)
        finally:
            await pool.close()

    try:
        return asyncio.run(run())
    except DatabaseUnreachable as error:
        fail(say_unreachable(settings, error))


def say_unreachable(settings: Settings, error: DatabaseUnreachable) -> str:
    """Return what to tell whoever runs a command while the database does not answer."""
    return f"{error} Is `ringback serve` running?" if settings.database_url is None else str(error)
