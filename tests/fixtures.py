"""Fixtures every test may use: `server`, `pool` (a fresh database), `clock`, `context`, `shops` (Harbor and Rex)."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

import asyncpg
import pytest

from ringback.domain.business import Business
from ringback.workflows.context import Context
from tests.cast import TestClock, harbor, make_context, open_shop, rex
from tests.database import Server, database_folder, fresh_pool, running_server


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """One PostgreSQL for this test process."""
    with database_folder() as folder, running_server(folder) as running:
        yield running


@pytest.fixture
async def pool(server: Server) -> AsyncIterator[asyncpg.Pool]:
    """An application pool on a database of the test's own."""
    async with fresh_pool(server) as fresh:
        yield fresh


@pytest.fixture
def clock() -> TestClock:
    """A clock that stands at NOON until the test moves it."""
    return TestClock()


@pytest.fixture
def context(pool: asyncpg.Pool, clock: TestClock) -> Context:
    """What workflows work with, without a network."""
    return make_context(pool, clock)


@dataclass(frozen=True)
class Shops:
    """Harbor Dental and its rival."""

    harbor: Business
    rex: Business


@pytest.fixture
async def shops(pool: asyncpg.Pool) -> Shops:
    """Both businesses, stored."""
    return Shops(await open_shop(pool, harbor()), await open_shop(pool, rex()))
