"""Jobs in the database: there with the rows they serve or not at all, and never lost when they keep failing."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any, Literal

import asyncpg
import pytest
from pgqueuer.domain.models import Job, TracebackRecord
from pgqueuer.domain.types import QueueEntrypoint, QueueManagerId
from pgqueuer.ports.repository import EntrypointExecutionParameter

from ringback.domain.business import Business
from ringback.store import jobs
from ringback.store.db import business_transaction
from ringback.store.ids import new_id
from tests.database import Server
from tests.fixtures import Shops
from tests.store.stock import take_call


@pytest.fixture
def harbor(shops: Shops) -> Business:
    """Harbor Dental, stored."""
    return shops.harbor


@pytest.fixture
async def job_pool(server: Server, pool: asyncpg.Pool) -> AsyncIterator[asyncpg.Pool]:
    """The queue's own pool, as the application."""
    name = await pool.fetchval("select current_database()")
    async with asyncpg.create_pool(server.app_url(name), min_size=1, max_size=2) as opened:
        yield opened


async def pick(job_pool: asyncpg.Pool, entrypoint: str) -> list[Job]:
    """Take the jobs of one kind that may run now, as a worker does."""
    wanted = {QueueEntrypoint(entrypoint): EntrypointExecutionParameter(0)}
    worker = QueueManagerId(new_id())
    return await jobs.queries(job_pool).dequeue(10, wanted, worker, None, timedelta(seconds=30))


async def finish(job_pool: asyncpg.Pool, job: Job, status: Literal["successful", "failed"]) -> None:
    """Say how a job ended, as a worker does."""
    record = TracebackRecord.from_exception(ValueError("the shop burned down"), job.id) if status == "failed" else None
    await jobs.queries(job_pool).log_jobs([(job, status, record)])


async def put(pool: asyncpg.Pool, business: Business, entrypoint: str, after_seconds: float = 0.0) -> None:
    """Enqueue a job that says whose it is."""
    async with business_transaction(pool, business.business_id) as connection:
        payload = {"business": business.business_id, "word": "Zähne 🦷"}
        await jobs.enqueue(connection, entrypoint, payload, after_seconds=after_seconds)


def payload_of(job: Job) -> Any:
    """Return what a worker reads."""
    return json.loads(job.payload or b"")


async def test_a_job_of_a_transaction_that_is_rolled_back_does_not_exist(pool: asyncpg.Pool, harbor: Business) -> None:
    async with pool.acquire() as connection:
        transaction = connection.transaction()
        await transaction.start()
        await take_call(connection, harbor, "CA1")
        await jobs.enqueue(connection, "deliver", {})
        assert await connection.fetchval("select count(*) from jobs.pgqueuer") == 3
        await transaction.rollback()

    assert await jobs.count_jobs(pool) == []


async def test_a_job_is_seen_by_no_worker_before_its_rows_are(
    pool: asyncpg.Pool, job_pool: asyncpg.Pool, harbor: Business
) -> None:
    async with business_transaction(pool, harbor.business_id) as connection:
        await jobs.enqueue(connection, "deliver", {"business": harbor.business_id})
        assert await pick(job_pool, "deliver") == []

    [job] = await pick(job_pool, "deliver")
    assert payload_of(job) == {"business": str(harbor.business_id)}
    assert await pick(job_pool, "deliver") == [], "one worker has it"


async def test_a_payload_keeps_every_letter_and_a_delayed_job_waits(
    pool: asyncpg.Pool, job_pool: asyncpg.Pool, harbor: Business
) -> None:
    await put(pool, harbor, "deliver")
    await put(pool, harbor, "deliver", after_seconds=3600.0)

    [job] = await pick(job_pool, "deliver")
    assert payload_of(job)["word"] == "Zähne 🦷"
    waits = "select execute_after - created between interval '59 minutes' and interval '61 minutes' from jobs.pgqueuer "
    assert await job_pool.fetchval(f"{waits} where status = 'queued'")


async def test_texts_that_came_in_go_before_all_other_work(
    pool: asyncpg.Pool, job_pool: asyncpg.Pool, harbor: Business
) -> None:
    async with business_transaction(pool, harbor.business_id) as connection:
        for entrypoint, priority in (("note_progress", -10), ("deliver", 0), ("take_message", 100)):
            await connection.execute("select enqueue_job($1, '{}', '0', $2)", entrypoint, priority)
    wanted = {
        QueueEntrypoint(name): EntrypointExecutionParameter(0) for name in ("deliver", "note_progress", "take_message")
    }
    order = []
    for _ in wanted:
        worker = QueueManagerId(new_id())
        [job] = await jobs.queries(job_pool).dequeue(1, wanted, worker, None, timedelta(seconds=30))
        order.append(job.entrypoint)

    assert order == ["take_message", "deliver", "note_progress"]


async def test_a_job_that_keeps_failing_is_parked_where_a_person_sees_it_and_can_run_it_again(
    pool: asyncpg.Pool, job_pool: asyncpg.Pool, harbor: Business
) -> None:
    await put(pool, harbor, "deliver")
    [job] = await pick(job_pool, "deliver")
    assert await jobs.times_picked(pool, job.id) == 1
    await finish(job_pool, job, "failed")

    [parked] = await jobs.load_parked(pool)
    assert (parked["id"], parked["entrypoint"], parked["error"]) == (job.id, "deliver", "the shop burned down")
    assert json.loads(parked["payload"])["business"] == str(harbor.business_id)
    assert await pick(job_pool, "deliver") == [], "a parked job runs for nobody"
    assert await jobs.count_jobs(pool) == [{"entrypoint": "deliver", "status": "failed", "count": 1}]

    assert [await jobs.retry_parked(pool, job.id) for _ in range(2)] == [True, False]
    [again] = await pick(job_pool, "deliver")
    assert (again.id, await jobs.load_parked(pool)) == (job.id, [])
    await finish(job_pool, again, "successful")
    assert await jobs.count_jobs(pool) == []


async def test_what_the_queue_wrote_of_old_jobs_is_forgotten_and_nothing_else(
    pool: asyncpg.Pool, job_pool: asyncpg.Pool, harbor: Business
) -> None:
    for _ in range(2):
        await put(pool, harbor, "deliver")
    old, young = await pick(job_pool, "deliver")
    for job in (old, young):
        await finish(job_pool, job, "successful")
    await put(pool, harbor, "settle_call")
    aged = "update jobs.pgqueuer_log set created = created - interval '8 days' where job_id = $1"
    await pool.execute(aged, old.id)
    await jobs.forget_old_jobs(pool, 7)

    assert (await jobs.times_picked(pool, old.id), await jobs.times_picked(pool, young.id)) == (0, 1)
    assert await jobs.count_jobs(pool) == [{"entrypoint": "settle_call", "status": "queued", "count": 1}]


async def test_work_that_is_looked_for_is_enqueued_once_until_it_is_done(
    pool: asyncpg.Pool, job_pool: asyncpg.Pool, harbor: Business
) -> None:
    async def look() -> bool:
        async with business_transaction(pool, harbor.business_id) as connection:
            return await jobs.enqueue_missing(connection, "deliver", {"message": "1", "business": "2"})

    fresh = [await look(), await look()]
    [job] = await pick(job_pool, "deliver")
    running = await look()
    await finish(job_pool, job, "failed")
    parked = await look()
    await jobs.retry_parked(pool, job.id)
    [job] = await pick(job_pool, "deliver")
    await finish(job_pool, job, "successful")

    assert (fresh, running, parked, await look()) == ([True, False], False, False, True)
