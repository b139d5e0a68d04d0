"""Many transactions that do the same thing at the same moment."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar
from uuid import UUID

import asyncpg

from ringback.store.db import Connection, business_transaction

T = TypeVar("T")
CROWD = 20


async def at_once(pool: asyncpg.Pool, business_id: UUID, act: Callable[[Connection, int], Awaitable[T]]) -> list[T]:
    """Return what each of CROWD transactions got; none acts before all are open, none ends before it has acted."""
    gate = asyncio.Barrier(CROWD)

    async def one(number: int) -> T:
        async with business_transaction(pool, business_id) as connection:
            await gate.wait()
            return await act(connection, number)

    return await asyncio.gather(*(one(number) for number in range(CROWD)))
