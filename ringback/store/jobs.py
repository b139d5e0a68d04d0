"""The job queue (pgqueuer) in our database: its tables, and jobs put into the transaction they serve."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import asyncpg
from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver, AsyncpgPoolDriver
from pgqueuer.adapters.persistence.qb import (
    DBSettings,
    QueryBuilderEnvironment,
    QueryQueueBuilder,
    QuerySchedulerBuilder,
)
from pgqueuer.adapters.persistence.queries import Queries
from pgqueuer.domain.types import Channel

from ringback.store.db import Connection

CHANNEL = "ringback_jobs"

# Every field is named: DBSettings would fill the others from bare environment variables such as CHANNEL.
_SETTINGS = DBSettings(
    db_schema="jobs",
    channel=Channel(CHANNEL),
    prefix="",
    function="fn_pgqueuer_changed",
    statistics_table="pgqueuer_statistics",
    queue_status_type="pgqueuer_status",
    queue_table="pgqueuer",
    queue_table_log="pgqueuer_log",
    trigger="tg_pgqueuer_changed",
    schedules_table="pgqueuer_schedules",
)


def queries(pool: asyncpg.Pool) -> Queries:
    """Return the queue's own operations over a pool of its own (our JSON codec would corrupt its headers)."""
    return _queries(AsyncpgPoolDriver(pool))


def _queries(driver: AsyncpgDriver | AsyncpgPoolDriver) -> Queries:
    return Queries(
        driver,
        QueryBuilderEnvironment(_SETTINGS),
        QueryQueueBuilder(_SETTINGS),
        QuerySchedulerBuilder(_SETTINGS),
    )


async def install_jobs(connection: asyncpg.Connection, app_role: str) -> None:
    """Create or upgrade the queue's tables, and let the application use them."""
    # The library's installer is not repeatable; its upgrade plan below is.
    if await connection.fetchval("select to_regnamespace('jobs') is null"):
        await connection.execute(QueryBuilderEnvironment(_SETTINGS).build_install_query())
        await connection.execute(_NOTIFY_ON_INSERT)
        await connection.execute(_grants(app_role))
    plan = await _queries(AsyncpgDriver(connection)).plan_upgrade()
    for statement in plan.statements:
        await connection.execute(statement)


# The library's trigger notifies on update and delete too: a third of the throughput (facts: 2.4k against 5.7k tx/s).
# A queue is mostly dead rows, so it is vacuumed early. The index is for asking whether a thing has a job already.
_NOTIFY_ON_INSERT = """
create index ringback_job_of on jobs.pgqueuer (md5(payload));
alter table jobs.pgqueuer set (fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);
drop trigger tg_pgqueuer_changed on jobs.pgqueuer;
create trigger tg_pgqueuer_changed after insert on jobs.pgqueuer execute function jobs.fn_pgqueuer_changed();
"""


def _grants(role: str) -> str:
    return (
        f"grant usage on schema jobs to {role};"
        f"grant select, insert, update, delete on all tables in schema jobs to {role};"
        f"grant usage on all sequences in schema jobs to {role};"
    )


async def enqueue(
    connection: Connection, entrypoint: str, payload: dict[str, Any], *, after_seconds: float = 0.0
) -> None:
    """Put a job into the current transaction; it becomes visible, and runs, with the transaction's rows."""
    await connection.execute(
        "select enqueue_job($1, $2, make_interval(secs => $3))", entrypoint, payload, after_seconds
    )


async def enqueue_missing(connection: Connection, entrypoint: str, payload: dict[str, Any]) -> bool:
    """Put a job into the current transaction unless the same one waits, runs or is parked; return whether it was."""
    return bool(await connection.fetchval("select enqueue_missing_job($1, $2)", entrypoint, payload))


async def times_picked(pool: asyncpg.Pool, job_id: int) -> int:
    """Return how often a worker has started this job, counting starts that ended in the worker's death."""
    return int(
        await pool.fetchval("select count(*) from jobs.pgqueuer_log where job_id = $1 and status = 'picked'", job_id)
    )


async def begin_again(pool: asyncpg.Pool, job_id: int) -> None:
    """Let a job that is to come back later, and has not failed, keep all its tries and none of its starts."""
    await pool.execute(
        "with job as (update jobs.pgqueuer set attempts = -1 where id = $1 returning id) "
        "delete from jobs.pgqueuer_log l using job where l.job_id = job.id",
        job_id,
    )


async def revive_accidents(connection: Connection, parked_by: str) -> int:
    """Let jobs run again that the queue parked by itself; return how many.

    When the database goes away while a retry is being written, the queue parks the job after a single failure. Jobs
    parked on purpose carry the error `parked_by` and stay.
    """
    revived = await connection.execute(
        "update jobs.pgqueuer q set status = 'queued', attempts = 0, execute_after = now(), queue_manager_id = null "
        "where q.status = 'failed' and not exists (select from jobs.pgqueuer_log l where l.job_id = q.id "
        "and l.status = 'failed' and l.traceback->>'exception_type' = $1)",
        parked_by,
    )
    return int(str(revived).rpartition(" ")[2])


async def load_parked(pool: asyncpg.Pool, limit: int = 100) -> list[dict[str, Any]]:
    """Return jobs that kept failing: id, entrypoint, payload, attempts, since when, and the last error."""
    records = await pool.fetch(
        "select q.id, q.entrypoint, convert_from(q.payload, 'UTF8') as payload, q.attempts, q.updated, "
        "(select l.traceback->>'exception_message' from jobs.pgqueuer_log l "
        " where l.job_id = q.id and l.traceback is not null order by l.created desc limit 1) as error "
        "from jobs.pgqueuer q where q.status = 'failed' order by q.updated desc limit $1",
        limit,
    )
    return [dict(record) for record in records]


# With its log of starts, or the deaths counted from it would park the job again at once.
_REVIVE = (
    "with job as (update jobs.pgqueuer set status = 'queued', attempts = 0, execute_after = now(), "
    "  queue_manager_id = null where status = 'failed' and {} returning id), "
    "forgotten as (delete from jobs.pgqueuer_log l using job where l.job_id = job.id and l.status = 'picked') "
    "select id from job limit 1"
)


async def retry_parked(pool: asyncpg.Pool, job_id: int) -> bool:
    """Let a parked job run again from the start; return whether there was such a job."""
    return await pool.fetchval(_REVIVE.format("id = $1"), job_id) is not None


async def revive_parked(
    connection: Connection, entrypoint: str, payload: dict[str, Any], parked_for: timedelta
) -> bool:
    """Let a job run again from the start that was parked so long ago; return whether there was such a job."""
    which = "md5(payload) = md5(convert_to($2::jsonb::text, 'UTF8')) and entrypoint = $1 and updated < now() - $3"
    return await connection.fetchval(_REVIVE.format(f"{which}::interval"), entrypoint, payload, parked_for) is not None


async def forget_old_jobs(pool: asyncpg.Pool, keep_days: int) -> None:
    """Delete the queue's own log and statistics of jobs that ended more than `keep_days` ago."""
    await pool.execute("delete from jobs.pgqueuer_log where created < now() - make_interval(days => $1)", keep_days)
    await pool.execute(
        "delete from jobs.pgqueuer_statistics where created < now() - make_interval(days => $1)", keep_days
    )


async def take_waiting(pool: asyncpg.Pool, business_id: UUID, entrypoint: str | None) -> list[dict[str, Any]]:
    """Take a business's waiting jobs out of the queue (of one entrypoint, or all) and return their payloads.

    For whoever does them without a worker: the demo's past is lived through in one go.
    """
    records = await pool.fetch(
        "delete from jobs.pgqueuer where status = 'queued' and convert_from(payload, 'UTF8')::jsonb->>'business' = $1 "
        "and ($2::text is null or entrypoint = $2) returning convert_from(payload, 'UTF8') as payload",
        str(business_id),
        entrypoint,
    )
    return [json.loads(record["payload"]) for record in records]


async def count_jobs(pool: asyncpg.Pool) -> list[dict[str, Any]]:
    """Return how many jobs there are by entrypoint and status; `failed` ones are parked."""
    records = await pool.fetch(
        "select entrypoint, status::text, count(*) from jobs.pgqueuer group by entrypoint, status order by 1, 2"
    )
    return [dict(record) for record in records]
