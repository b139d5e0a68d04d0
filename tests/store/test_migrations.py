"""Migrations: what they amount to, that they run once, and what is said where they cannot run."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import pytest

from ringback import wiring
from ringback.settings import Settings
from ringback.store import jobs
from ringback.store.db import business_transaction
from ringback.store.migrate import (
    APP_ROLE,
    MayNotCreateRole,
    MigrationChanged,
    migrate,
    migrations,
    pending_migrations,
)
from tests.cast import harbor, open_shop, rex
from tests.database import Server
from tests.store.places import connected, empty_database, superuser_of
from tools.schema import SCHEMA, dump

NAMES = [name for name, _ in migrations()]


@asynccontextmanager
async def renamed_app_role(server: Server) -> AsyncIterator[asyncpg.Connection]:
    """Yield a superuser on a server that never heard of the application's role: roles belong to no one database."""
    async with superuser_of(server) as superuser:
        await superuser.execute("alter role ringback_app rename to ringback_app_before")
        try:
            yield superuser
        finally:
            await superuser.execute("drop role if exists ringback_app")
            await superuser.execute("alter role ringback_app_before rename to ringback_app")


async def run_once(url: str) -> list[str]:
    """Migrate over a connection of its own."""
    async with connected(url) as connection:
        return await migrate(connection)


async def test_all_migrations_amount_to_the_schema_file(server: Server) -> None:
    migrated = await server.create()
    async with empty_database(server) as written:
        async with connected(server.owner_url(written)) as owner:
            await owner.execute(SCHEMA.read_text(encoding="utf-8"))
        by_file = await asyncio.to_thread(dump, server.owner_url(written))
    by_migrations = await asyncio.to_thread(dump, server.owner_url(migrated))
    await server.drop(migrated)

    assert by_migrations.splitlines() == by_file.splitlines(), "run: python -m tools.schema"
    assert "CREATE TABLE jobs.pgqueuer (" in by_file
    assert by_file.count("FORCE ROW LEVEL SECURITY") >= 19


async def test_every_migration_runs_once_and_in_order(server: Server) -> None:
    async with empty_database(server) as name, connected(server.owner_url(name)) as owner:
        assert await pending_migrations(owner) == NAMES
        assert await migrate(owner) == NAMES
        before = await owner.fetch("select * from schema_migrations order by ran_at, name")
        assert await migrate(owner) == []
        assert await pending_migrations(owner) == []
        assert await owner.fetch("select * from schema_migrations order by ran_at, name") == before
        assert [row["name"] for row in before] == NAMES == sorted(NAMES)


async def test_a_migration_added_by_a_newer_release_runs_alone(server: Server) -> None:
    """The last migration is forgotten and undone by hand: the next run finds that one missing and no other."""
    async with empty_database(server) as name, connected(server.owner_url(name)) as owner:
        await owner.execute("create table schema_migrations (name text primary key, sha256 text, ran_at timestamptz)")
        # The queue's tables are no migration of ours, and functions of ours name them.
        await jobs.install_jobs(owner, APP_ROLE)
        for shipped, sql in migrations()[:-1]:
            digest = hashlib.sha256(sql.encode()).hexdigest()
            await owner.execute("insert into schema_migrations values ($1, $2, now())", shipped, digest)
            await owner.execute(sql)

        assert await pending_migrations(owner) == NAMES[-1:]
        assert await migrate(owner) == NAMES[-1:]


async def test_a_migration_that_changed_after_it_ran_is_refused_by_name(server: Server) -> None:
    name = await server.create()
    async with connected(server.owner_url(name)) as owner:
        await owner.execute("update schema_migrations set sha256 = 'other' where name = $1", NAMES[1])
        with pytest.raises(MigrationChanged, match=f"{NAMES[1]} has changed since it ran"):
            await migrate(owner)
        assert not await owner.fetchval("select exists (select from pg_locks where locktype = 'advisory')")
    await server.drop(name)


async def test_a_migration_that_fails_leaves_nothing_of_itself_and_no_lock(server: Server) -> None:
    async with empty_database(server) as name, connected(server.owner_url(name)) as owner:
        await owner.execute("create function claim_text_back() returns int language sql as 'select 1'")
        await owner.execute("create table pictures (n int)")
        with pytest.raises(asyncpg.DuplicateTableError, match="pictures"):
            await migrate(owner)
        assert await pending_migrations(owner) == NAMES
        assert await owner.fetchval("select to_regclass('businesses')") is None

        await owner.execute("drop table pictures")
        assert await run_once(server.owner_url(name)) == NAMES


async def test_many_migrators_at_once_do_the_work_once(server: Server) -> None:
    async with empty_database(server) as name:
        ran = await asyncio.gather(*(run_once(server.owner_url(name)) for _ in range(5)))

    assert sorted(ran) == [[], [], [], [], NAMES]


async def test_the_queues_tables_need_no_upgrade_after_a_migration(server: Server) -> None:
    name = await server.create()
    async with asyncpg.create_pool(server.owner_url(name), min_size=1, max_size=1) as pool:
        assert (await jobs.queries(pool).plan_upgrade()).statements == ()
    await server.drop(name)


async def test_a_login_that_may_not_create_the_role_is_told_what_to_ask_for(server: Server) -> None:
    async with renamed_app_role(server), empty_database(server) as name:
        with pytest.raises(MayNotCreateRole) as refused:
            await run_once(server.owner_url(name))
        async with connected(server.owner_url(name)) as owner:
            assert await pending_migrations(owner) == NAMES
            assert not await owner.fetchval("select exists (select from pg_locks where locktype = 'advisory')")

    assert str(refused.value) == (
        "The login ringback_owner may not create the role ringback_app, which Ringback works as. An administrator "
        'runs this once: create role ringback_app nologin; grant ringback_app to "ringback_owner";'
    )


@asynccontextmanager
async def managed_login(superuser: asyncpg.Connection) -> AsyncIterator[None]:
    """Make the owner what a managed PostgreSQL gives out: one login that may create roles and is no superuser."""
    await superuser.execute("alter role ringback_owner createrole")
    try:
        yield
    finally:
        await superuser.execute("alter role ringback_owner nocreaterole")


async def test_one_login_of_an_external_database_works_as_the_application_and_not_as_the_owner(server: Server) -> None:
    async with (
        renamed_app_role(server) as superuser,
        managed_login(superuser),
        empty_database(server) as name,
    ):
        settings = Settings(database_url=server.owner_url(name))
        assert await run_once(wiring.owner_url(settings)) == NAMES
        await _works_as_the_application(settings)


async def _works_as_the_application(settings: Settings) -> None:
    pool = await wiring.open_app_pool(settings, 2)
    job_pool = await wiring.open_job_pool(settings)
    try:
        for place in (pool, job_pool):
            assert await place.fetchval("select current_user") == "ringback_app"
            assert await place.fetchval("select session_user") == "ringback_owner"
        await open_shop(pool, harbor())
        await open_shop(pool, rex())
        async with business_transaction(pool, rex().business_id) as connection:
            assert await connection.fetchval("select array_agg(name) from businesses") == ["Rex Dental"]
            await jobs.enqueue(connection, "deliver", {"business": str(rex().business_id)})
        assert [job["count"] for job in await jobs.count_jobs(job_pool)] == [1]
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await pool.execute("create table notes (n int)")
    finally:
        await pool.close()
        await job_pool.close()
