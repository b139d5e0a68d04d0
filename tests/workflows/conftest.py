"""The desk that most tests of workflows sit at. They share one database: every desk is a business of its own."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import asyncpg
import pytest

from ringback.store.db import open_pool
from ringback.workflows.context import Context
from tests.cast import TestClock
from tests.database import Server
from tests.workflows.desk import Desk, open_desk


@pytest.fixture(scope="session")
def shared_database(server: Server) -> Iterator[str]:
    """The name of a database for all tests of this folder: a fresh one for each would take most of their time."""
    name = asyncio.run(server.create())
    yield name
    asyncio.run(server.drop(name))


@pytest.fixture
async def pool(server: Server, shared_database: str) -> AsyncIterator[asyncpg.Pool]:
    """An application pool on the shared database."""
    pool = await open_pool(server.app_url(shared_database), size=5)
    # The same Carla rings a new business in every test: after twenty of them she would pass for a machine.
    await pool.execute("delete from ring_counts")
    yield pool
    pool.terminate()


@pytest.fixture
async def desk(context: Context, clock: TestClock) -> Desk:
    """Harbor Dental with a phone company that does what it is told."""
    return await open_desk(context, clock)
