"""`ringback worker`: one process that works through the jobs."""

import asyncio
import signal

import uvloop

from ringback import wiring
from ringback.cli.logs import set_up_logs
from ringback.cli.output import fail
from ringback.cli.secrets import need_sealer
from ringback.settings import Settings
from ringback.store.db import DatabaseUnreachable
from ringback.worker import WorkerSettings, run_worker


def run_worker_process(settings: Settings) -> None:
    """Work until a signal comes, then finish the jobs that run."""
    set_up_logs(settings)
    need_sealer(settings)
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
