"""`serve`, `web`, `worker`, `migrate`: the commands that run the product."""

import asyncio
import signal
import sys

import asyncpg
import structlog
import uvicorn
import uvloop

from ringback import wiring
from ringback.cli.output import fail
from ringback.cli.processes import Child, ProcessTree
from ringback.settings import Settings
from ringback.store.db import DatabaseUnreachable
from ringback.store.embedded import EmbeddedPostgres, PostgresWouldNotStart
from ringback.store.migrate import MigrationChanged, migrate
from ringback.worker import WorkerSettings, run_worker


def set_up_logs(settings: Settings) -> None:
    """Write structured log lines to standard error: events and ids, never names, numbers or words of callers."""
    level = {"debug": 10, "info": 20, "warning": 30, "error": 40}.get(settings.log_level.lower(), 20)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            # Real time, whatever our own clock says: a log is read beside other machines' logs.
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


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


def run_web(settings: Settings) -> None:
    """Serve HTTP until a signal comes."""
    set_up_logs(settings)
    config = uvicorn.Config(
        wiring.web_app(settings),
        host=settings.host,
        port=settings.port,
        loop="uvloop",
        http="httptools",
        access_log=False,
        log_level="warning",
        # An open live feed would otherwise hold up the exit for ever.
        timeout_graceful_shutdown=5,
        server_header=False,
    )
    uvicorn.Server(config).run()


def run_worker_process(settings: Settings) -> None:
    """Work until a signal comes, then finish the jobs that run."""
    set_up_logs(settings)
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(_work(settings))
    except DatabaseUnreachable as error:
        fail(str(error))


async def _work(settings: Settings) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    worker = WorkerSettings(settings.worker_concurrency, settings.job_lease_seconds)
    async with wiring.open_context(settings, pool_size=min(settings.worker_concurrency, 10)) as context:
        await run_worker(context, lambda: wiring.open_job_pool(settings), worker, stop)
