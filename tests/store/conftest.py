"""What the tests of the store share beside the fixtures of all tests."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from tests.database import Server, fresh_pool
from tests.store.crowd import CROWD


@pytest.fixture
async def pool(server: Server) -> AsyncIterator[asyncpg.Pool]:
    """An application pool with room for a crowd, on a database of the test's own."""
    async with fresh_pool(server, size=CROWD + 4) as fresh:
        yield fresh
