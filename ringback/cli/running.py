"""`serve` and `migrate`: the database brought up, and web and worker kept alive beside it."""

import asyncio
import sys

import asyncpg

from ringback import wiring
from ringback.cli.output import fail
from ringback.cli.processes import Child, ProcessTree
from ringback.settings import Settings
from ringback.store.embedded import EmbeddedPostgres, PostgresWouldNotStart
from ringback.store.migrate import MigrationChanged, migrate


def start_database(settings: Settings) -> EmbeddedPostgres | None:
    """Start the embedded database, or return None where DATABASE_URL names another."""
    if settings.database_url is not None:
        return None
    postgres = wiring.embedded(settings)
    try:
        postgres.start()
    except PostgresWouldNotStart as error:
        fail(str(error))
    return postgres


def bring_up_to_date(settings: Settings) -> list[str]:
    """Run the migrations that are missing and return their names."""
    try:
        return asyncio.run(_migrate(settings))
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        fail(f"The database could not be brought up to date ({type(error).__name__}: {error}).")
    except MigrationChanged as error:
        fail(str(error))


async def _migrate(settings: Settings) -> list[str]:
    connection = await asyncpg.connect(wiring.owner_url(settings), timeout=10)
    try:
        return await migrate(connection)
    finally:
        await connection.close()


def child_environment(settings: Settings) -> dict[str, str]:
    """Return what our processes must share: above all one shift of the clock, or each would have its own present."""
    shift = wiring.make_clock(settings).shift.total_seconds()
    return {"RINGBACK_CLOCK_SHIFT_SECONDS": repr(shift)}


def serve(settings: Settings) -> None:
    """Run web, worker and database until a signal comes."""
    postgres = start_database(settings)
    bring_up_to_date(settings)
    environment = child_environment(settings)
    children = [Child("web", ["web"], environment), Child("worker", ["worker"], environment)]
    tree = ProcessTree(children, postgres)
    tree.stop_on_signals()
    print(f"Ringback runs at {settings.address}", file=sys.stderr)
    tree.run()
