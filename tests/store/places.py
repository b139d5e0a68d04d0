"""Databases and connections beside the pool every test gets: as the owner, and with no migration yet."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

import asyncpg

from ringback.store.embedded import Role
from tests.database import Server


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[asyncpg.Connection]:
    """Yield a connection."""
    connection = await asyncpg.connect(url)
    try:
        yield connection
    finally:
        await connection.close()


@asynccontextmanager
async def superuser_of(server: Server) -> AsyncIterator[asyncpg.Connection]:
    """Yield a connection that may do anything."""
    async with connected(server.postgres.url(Role.SUPERUSER, "postgres")) as connection:
        yield connection


@asynccontextmanager
async def empty_database(server: Server) -> AsyncIterator[str]:
    """Yield the name of a database without any migration."""
    name = f"empty_{uuid4().hex[:12]}"
    async with superuser_of(server) as superuser:
        await superuser.execute(f"create database {name} owner ringback_owner")
        try:
            yield name
        finally:
            await superuser.execute(f"drop database {name} with (force)")
