"""The worker on the real queue: retries, parking, shutdown, and jobs that kill their workers."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

import asyncpg
import pytest

from ringback import worker
from ringback.ports import NoAnswer
from ringback.store import jobs
from ringback.worker import WorkerSettings, run_worker
from ringback.workflows.context import Context
from tests.database import Server
from tests.patience import PATIENCE_SECONDS

Handler = Callable[[Context, dict[str, Any]], Awaitable[None]]


class Shift:
    """A worker at work on the test's database until the test stops it."""

    def __init__(self, server: Server, context: Context) -> None:
        self.server, self.context, self.stop = server, context, asyncio.Event()
        self.task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin."""
        database = await self.context.pool.fetchval("select current_database()")

        async def open_pool() -> asyncpg.Pool:
            return await asyncpg.create_pool(self.server.app_url(database), min_size=0, max_size=5)

        settings = WorkerSettings(concurrency=4, lease_seconds=2.0)
        self.task = asyncio.create_task(run_worker(self.context, open_pool, settings, self.stop))

    async def end(self) -> None:
        """Ask the worker to stop, and wait until it has."""
        self.stop.set()
        if self.task is not None:
            await asyncio.wait_for(self.task, PATIENCE_SECONDS)


@pytest.fixture
async def shift(server: Server, context: Context) -> Any:
    """A worker that is stopped after the test."""
    at_work = Shift(server, context)
    yield at_work
    await at_work.end()


async def until(look: Callable[[], Awaitable[Any]]) -> Any:
    """Return the first result of `look` that is not empty."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if found := await look():
            return found
        await asyncio.sleep(0.02)
    raise AssertionError("waited in vain")


async def put(pool: asyncpg.Pool, entrypoint: str) -> None:
    """Enqueue a job."""
    await jobs.enqueue(pool, entrypoint, {"n": 1})


async def test_a_job_that_keeps_failing_is_parked_with_its_error_and_can_be_run_again(
    shift: Shift, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs: list[int] = []

    async def break_down(_: Context, __: dict[str, Any]) -> None:
        runs.append(1)
        if len(runs) == 1:
            raise ValueError("the tooth is gone")

    monkeypatch.setattr(worker, "_MAX_ATTEMPTS", 0)
    monkeypatch.setitem(worker.ENTRYPOINTS, "break_down", break_down)
    await put(shift.context.pool, "break_down")
    await shift.start()
    [parked] = await until(lambda: jobs.load_parked(shift.context.pool))
    assert parked["entrypoint"] == "break_down"
    assert await jobs.revive_accidents(shift.context.pool, "JobFailed") == 0
    # The name alone: what an error says may hold a caller's number, and the queue's log is kept for days.
    assert "ValueError" in parked["error"]
    assert "tooth" not in str(await shift.context.pool.fetch("select traceback from jobs.pgqueuer_log"))
    assert await jobs.retry_parked(shift.context.pool, parked["id"])
    await until(lambda: gone(shift.context.pool))
    assert len(runs) == 2


async def gone(pool: asyncpg.Pool) -> bool:
    """Return whether the queue is empty."""
    return not await pool.fetchval("select count(*) from jobs.pgqueuer")


async def test_a_provider_that_is_away_parks_nothing(shift: Shift, monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[int] = []

    async def look_up(_: Context, __: dict[str, Any]) -> None:
        runs.append(1)
        if len(runs) < 3:
            raise NoAnswer("nobody there")

    monkeypatch.setattr(worker, "_MAX_ATTEMPTS", 0)
    monkeypatch.setattr(worker, "_LONGEST_PAUSE_SECONDS", 0.05)
    monkeypatch.setitem(worker.ENTRYPOINTS, "look_up", look_up)
    await put(shift.context.pool, "look_up")
    await shift.start()
    await until(lambda: gone(shift.context.pool))
    assert len(runs) == 3
    assert await jobs.load_parked(shift.context.pool) == []


async def test_a_worker_that_is_asked_to_stop_finishes_the_job_it_runs(
    shift: Shift, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, may_end, ended = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def slow(_: Context, __: dict[str, Any]) -> None:
        begun.set()
        await may_end.wait()
        ended.set()

    monkeypatch.setitem(worker.ENTRYPOINTS, "slow", slow)
    await put(shift.context.pool, "slow")
    await shift.start()
    await asyncio.wait_for(begun.wait(), PATIENCE_SECONDS)
    shift.stop.set()
    await asyncio.sleep(0)
    may_end.set()
    await shift.end()
    assert ended.is_set()
    assert await gone(shift.context.pool)


async def test_a_job_whose_workers_die_is_parked_and_does_not_take_down_another(
    shift: Shift, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The queue's own attempts do not count deaths; its log of starts does."""
    runs: list[int] = []

    async def poison(_: Context, __: dict[str, Any]) -> None:
        runs.append(1)

    monkeypatch.setitem(worker.ENTRYPOINTS, "poison", poison)
    pool = shift.context.pool
    await put(pool, "poison")
    await pool.execute("update jobs.pgqueuer set created = now() - interval '1 minute'")
    await pool.execute(
        "insert into jobs.pgqueuer_log (job_id, status, priority, entrypoint) "
        "select id, 'picked', 0, entrypoint from jobs.pgqueuer, generate_series(1, 3)"
    )
    await shift.start()
    [parked] = await until(lambda: jobs.load_parked(pool))
    assert "workers died" in parked["error"]
    assert runs == []


async def test_a_job_that_the_queue_parked_by_accident_runs_again(context: Context) -> None:
    """The database went away while the retry was written: the queue's own error stands in the log, not ours."""
    pool = context.pool
    await put(pool, "deliver")
    await pool.execute("update jobs.pgqueuer set status = 'failed'")
    await pool.execute(
        "insert into jobs.pgqueuer_log (job_id, status, priority, entrypoint, traceback) "
        """select id, 'failed', 0, entrypoint, '{"exception_type": "InterfaceError"}' from jobs.pgqueuer"""
    )
    assert await jobs.revive_accidents(pool, "JobFailed") == 1
    assert await jobs.load_parked(pool) == []


async def test_a_cancelled_job_comes_back_and_is_not_deleted(shift: Shift, monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[int] = []

    async def cancelled_once(_: Context, __: dict[str, Any]) -> None:
        runs.append(1)
        if len(runs) == 1:
            raise asyncio.CancelledError

    monkeypatch.setitem(worker.ENTRYPOINTS, "cancelled_once", cancelled_once)
    await put(shift.context.pool, "cancelled_once")
    await shift.start()
    await until(lambda: gone(shift.context.pool))
    assert len(runs) == 2


async def test_work_that_got_stuck_gets_one_job_however_often_it_is_looked_for(context: Context) -> None:
    payload = {"business": "b", "message": "m"}
    assert await jobs.enqueue_missing(context.pool, "deliver", payload)
    assert not await jobs.enqueue_missing(context.pool, "deliver", payload)
    assert await jobs.enqueue_missing(context.pool, "deliver", {**payload, "message": "other"})
