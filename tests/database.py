"""A real PostgreSQL for the tests: one server per test process, a fresh copy of the migrated database per test."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import asyncpg

from ringback.store.db import open_pool
from ringback.store.embedded import EmbeddedPostgres, Role
from ringback.store.migrate import migrate

TEMPLATE = "ringback_template"

# A new database is a thousand small files: in memory 20 ms, on some disks a second.
_IN_MEMORY = Path("/dev/shm")  # noqa: S108
_ROOM_BYTES = 2 * 2**30


@dataclass(frozen=True)
class Server:
    """A running PostgreSQL with the migrated template database."""

    postgres: EmbeddedPostgres

    def app_url(self, database: str) -> str:
        """Return the application's URL of a database."""
        return self.postgres.url(Role.APP, database)

    def owner_url(self, database: str) -> str:
        """Return the owner's URL of a database."""
        return self.postgres.url(Role.OWNER, database)

    async def create(self) -> str:
        """Return the name of a new copy of the migrated database."""
        name = f"test_{uuid4().hex[:12]}"
        await self._superuser(f"create database {name} template {TEMPLATE} strategy file_copy owner ringback_owner")
        return name

    async def rename(self, old: str, new: str) -> None:
        """Take a database away from under its users, or bring it back."""
        await self._superuser(f"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{old}'")
        await self._superuser(f"alter database {old} rename to {new}")

    async def drop(self, name: str) -> None:
        """Delete a test's database, with whoever is still connected."""
        await self._superuser(f"drop database if exists {name} with (force)")

    async def _superuser(self, sql: str) -> None:
        connection = await asyncpg.connect(self.postgres.url(Role.SUPERUSER, "postgres"))
        try:
            await connection.execute(sql)
        finally:
            await connection.close()


@contextmanager
def database_folder() -> Iterator[Path]:
    """Yield a folder for a server that nobody will miss: in memory, where the system gives enough of it."""
    in_memory = _IN_MEMORY.is_dir() and shutil.disk_usage(_IN_MEMORY).free >= _ROOM_BYTES
    with tempfile.TemporaryDirectory(prefix="ringback-tests-", dir=_IN_MEMORY if in_memory else None) as folder:
        # Under root, PostgreSQL runs as somebody else, who must be able to pass through.
        Path(folder).chmod(0o755)
        yield Path(folder)


@contextmanager
def running_server(home: Path) -> Iterator[Server]:
    """Yield a server whose template database has every migration."""
    with EmbeddedPostgres(home, fast_unsafe=True, extra_settings={"max_connections": "200"}) as postgres:
        server = Server(postgres)
        asyncio.run(_make_template(server))
        yield server


async def _make_template(server: Server) -> None:
    await server._superuser(f"create database {TEMPLATE} owner ringback_owner")
    connection = await asyncpg.connect(server.owner_url(TEMPLATE))
    try:
        await migrate(connection)
    finally:
        await connection.close()


@asynccontextmanager
async def fresh_pool(server: Server, size: int = 5) -> AsyncIterator[asyncpg.Pool]:
    """Yield an application pool on a copy of the database that is dropped afterwards."""
    name = await server.create()
    pool = await open_pool(server.app_url(name), size=size)
    try:
        yield pool
    finally:
        pool.terminate()
        await server.drop(name)
