"""Numbered SQL migrations, forward only, under an advisory lock; and the tables of the job queue."""

import hashlib
from importlib import resources

import asyncpg

from ringback.store.jobs import install_jobs

APP_ROLE = "ringback_app"
# Any constant will do; it only has to be the same in every process of ours.
_LOCK = 7_462_255_225


class MigrationChanged(RuntimeError):
    """A migration that has run is not the file we ship: the sentence names it."""


class MayNotCreateRole(asyncpg.InsufficientPrivilegeError):
    """This login may not create the application's role: the sentence says what an administrator runs once."""


def migrations() -> list[tuple[str, str]]:
    """Return (name, SQL) of every migration, in order."""
    folder = resources.files("ringback.store").joinpath("migrations")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".sql"))
    return [(name, folder.joinpath(name).read_text(encoding="utf-8")) for name in names]


async def migrate(connection: asyncpg.Connection) -> list[str]:
    """Bring the schema up to date as its owner; return the names of the migrations that ran.

    Raises MigrationChanged; MayNotCreateRole and other asyncpg errors where the login may not do what is needed.
    """
    # Every process of a rolling upgrade may try at once; one runs them, the others find nothing to do.
    await connection.execute("select pg_advisory_lock($1)", _LOCK)
    try:
        await _ensure_app_role(connection)
        async with connection.transaction():
            await connection.execute(
                "create table if not exists schema_migrations "
                "(name text primary key, sha256 text not null, ran_at timestamptz not null default now())"
            )
            await install_jobs(connection, APP_ROLE)
        return [name for name, sql in migrations() if await _run(connection, name, sql)]
    finally:
        await connection.execute("select pg_advisory_unlock($1)", _LOCK)


async def _run(connection: asyncpg.Connection, name: str, sql: str) -> bool:
    digest = hashlib.sha256(sql.encode()).hexdigest()
    ran = await connection.fetchval("select sha256 from schema_migrations where name = $1", name)
    if ran == digest:
        return False
    if ran is not None:
        raise MigrationChanged(f"The migration {name} has changed since it ran. Restore the file of its release.")
    async with connection.transaction():
        await connection.execute(sql)
        await connection.execute("insert into schema_migrations (name, sha256) values ($1, $2)", name, digest)
    return True


async def _ensure_app_role(connection: asyncpg.Connection) -> None:
    if await connection.fetchval("select exists (select from pg_roles where rolname = $1)", APP_ROLE):
        return
    try:
        async with connection.transaction():
            await connection.execute(f"create role {APP_ROLE} nologin")
            await connection.execute(f"grant {APP_ROLE} to current_user")
    except asyncpg.InsufficientPrivilegeError as error:
        login = await connection.fetchval("select current_user")
        raise MayNotCreateRole(
            f"The login {login} may not create the role {APP_ROLE}, which Ringback works as. "
            f'An administrator runs this once: create role {APP_ROLE} nologin; grant {APP_ROLE} to "{login}";'
        ) from error


async def pending_migrations(connection: asyncpg.Connection | asyncpg.Pool) -> list[str]:
    """Return the names of migrations that have not run, for `/readyz`."""
    if not await connection.fetchval("select to_regclass('schema_migrations') is not null"):
        return [name for name, _ in migrations()]
    ran = {record["name"] for record in await connection.fetch("select name from schema_migrations")}
    return [name for name, _ in migrations() if name not in ran]
