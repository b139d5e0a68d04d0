"""Claims jobs and runs workflows. A job runs at least once; what fails comes back later, and is parked in the end."""

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import structlog
from pgqueuer.core.applications import PgQueuer
from pgqueuer.core.executors import EntrypointExecutor, EntrypointExecutorParameters
from pgqueuer.domain.errors import FailingListenerError, RetryRequested
from pgqueuer.domain.models import Context as JobContext
from pgqueuer.domain.models import Job, Schedule
from pgqueuer.domain.types import Channel

# Loaded with the worker, so that the first caller after a start does not wait for its lexicons.
import ringback.receptionist.engine  # noqa: F401
from ringback.domain.phrases import phrase
from ringback.domain.stored_phrases import SET_ASIDE
from ringback.ports import NoAnswer, NotSent
from ringback.store import alarms, people
from ringback.store.db import business_transaction
from ringback.store.ids import new_id
from ringback.store.jobs import CHANNEL, begin_again, queries, times_picked
from ringback.workflows import registration, upkeep
from ringback.workflows.alerts import alert_on_call
from ringback.workflows.call_back_calls import ring_back
from ringback.workflows.consent_ledger import forget_expired_consent
from ringback.workflows.context import Context, Later
from ringback.workflows.converse import give_up_turn, take_turn
from ringback.workflows.deliver import deliver
from ringback.workflows.escalation import climb_call_back, climb_wait
from ringback.workflows.mail import send_mail
from ringback.workflows.notice_sending import send_notice
from ringback.workflows.outgoing_hooks import deliver_hook
from ringback.workflows.poll import ProviderUnreadable, poll_line
from ringback.workflows.promises import warn_of_promise
from ringback.workflows.relay import expire_relay, send_relay
from ringback.workflows.reminders import plan_reminder, remind
from ringback.workflows.reports import recount_recovery, send_weekly_report, start_reports
from ringback.workflows.retention import forget_old_of, start_nights
from ringback.workflows.routing import own_call_back, route_wait
from ringback.workflows.settle import settle_call
from ringback.workflows.silence import follow_up
from ringback.workflows.texts import fetch_pictures, note_progress, take_message
from ringback.workflows.waiting import offer_opening

log = structlog.get_logger()

Handler = Callable[[Context, dict[str, Any]], Awaitable[Later | None]]


def _business(payload: dict[str, Any]) -> UUID:
    return UUID(payload["business"])


def _on(run: Callable[[Context, UUID, UUID], Awaitable[Later | None]], subject: str) -> Handler:
    """Return the handler of jobs that name a business and one thing of it."""

    async def handle(context: Context, job: dict[str, Any]) -> Later | None:
        return await run(context, _business(job), UUID(job[subject]))

    return handle


def _of_business(run: Callable[[Context, UUID], Awaitable[Later | None]]) -> Handler:
    """Return the handler of jobs that name a business and nothing else."""

    async def handle(context: Context, job: dict[str, Any]) -> Later | None:
        return await run(context, _business(job))

    return handle


async def _settle(context: Context, job: dict[str, Any]) -> Later | None:
    return await settle_call(context, _business(job), UUID(job["call"]), timer=bool(job.get("timer")))


async def _fetch_pictures(context: Context, job: dict[str, Any]) -> None:
    await fetch_pictures(context, _business(job), UUID(job["message"]), UUID(job["line"]))


def _or_a_person(speak: Callable[[Context, UUID, UUID], Awaitable[Later | None]]) -> Handler:
    """A turn that cannot be held goes to a person at once: a caller must not wait for our retries."""

    async def handle(context: Context, job: dict[str, Any]) -> Later | None:
        business_id, thread_id = _business(job), UUID(job["thread"])
        try:
            return await speak(context, business_id, thread_id)
        except _PASSING:
            raise
        except Exception as error:
            # Nothing of the turn was written; what the error says could hold what the caller wrote.
            log.error("turn_failed", error=type(error).__name__)  # noqa: TRY400
            await give_up_turn(context, business_id, thread_id)
            return None

    return handle


async def _send_mail(context: Context, job: dict[str, Any]) -> Later | None:
    return await send_mail(context, UUID(job["mail"]), _business(job) if "business" in job else None)


ENTRYPOINTS: dict[str, Handler] = {
    # Names are stored in job rows: renaming one strands the jobs that wait under the old name.
    "settle_call": _settle,
    "deliver": _on(deliver, "message"),
    "take_message": _on(take_message, "event"),
    "note_progress": _on(note_progress, "event"),
    "fetch_pictures": _fetch_pictures,
    "poll_line": _on(poll_line, "line"),
    "ring_back": _on(ring_back, "ring"),
    "take_turn": _or_a_person(take_turn),
    "follow_up": _or_a_person(follow_up),
    "warn_of_promise": _on(warn_of_promise, "promise"),
    "alert_on_call": _on(alert_on_call, "alert"),
    "plan_reminder": _on(plan_reminder, "booking"),
    "remind": _on(remind, "booking"),
    "offer_opening": _on(offer_opening, "booking"),
    "recount_recovery": _of_business(recount_recovery),
    "weekly_report": _of_business(send_weekly_report),
    "send_notice": _on(send_notice, "notice"),
    "send_mail": _send_mail,
    "route_wait": _on(route_wait, "wait"),
    "climb_wait": _on(climb_wait, "wait"),
    "own_call_back": _on(own_call_back, "call_back"),
    "climb_call_back": _on(climb_call_back, "call_back"),
    "send_relay": _on(send_relay, "relay"),
    "expire_relay": _on(expire_relay, "relay"),
    "deliver_hook": _on(deliver_hook, "hook"),
    "look_up_registration": _on(registration.look_up, "line"),
    "forget_old_of": _of_business(forget_old_of),
}

# Everything periodic. These are plain ticks on real time; what is due is decided by our clock, in SQL.
SCHEDULE: dict[str, tuple[str, Callable[[Context], Awaitable[None]]]] = {
    "start_polls": ("* * * * *", upkeep.start_polls),
    "sweep": ("* * * * *", upkeep.sweep),
    "start_due": ("* * * * *", upkeep.start_due),
    "start_reports": ("* * * * *", start_reports),
    "start_registration_look_ups": ("*/10 * * * *", registration.start_look_ups),
    "forget_old": ("17 3 * * *", upkeep.forget_old),
    "forget_expired_consent": ("47 3 * * *", forget_expired_consent),
    "start_nights": ("*/15 * * * *", start_nights),
}

# 1, 2, 4 … seconds apart: about four minutes in all, longer than a deploy or a database restart.
_MAX_ATTEMPTS = 8
# A worker can be killed by bad luck once or twice; the same job under three dead workers is the job.
_MAX_DEATHS = 3
_BEAT_SECONDS = 5.0


class JobKillsWorkers(RuntimeError):
    """Workers died while they ran this job; it is parked so that it does not take down another."""


# A provider or a database that is away comes back: jobs wait for it as long as it takes, and none is parked for it.
_PASSING = (
    NotSent,
    NoAnswer,
    ProviderUnreadable,
    OSError,
    TimeoutError,
    asyncpg.InterfaceError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.TransactionRollbackError,
)
_LONGEST_PAUSE_SECONDS = 60.0


async def _tell_nobody(_: Job) -> None:
    """Jobs of no business concern no owner."""


@dataclass
class _Executor(EntrypointExecutor):
    """Retries with backoff; a cancelled job comes back (the queue's default would delete it)."""

    lease: timedelta = timedelta(seconds=4)
    pool: asyncpg.Pool | None = None
    tell_owner: Callable[[Job], Awaitable[None]] = _tell_nobody

    async def execute(self, job: Job, context: JobContext) -> None:
        """Run the job; raises RetryRequested to have it again, upkeep.JobFailed to have it parked."""
        try:
            await self._run(job, context)
        except asyncio.CancelledError:
            # Cancelled anywhere, even while it waits for the database: the queue would delete the job.
            raise RetryRequested(delay=timedelta(0), reason="the worker was stopped") from None

    async def _run(self, job: Job, context: JobContext) -> None:
        try:
            await self._park_if_deadly(job)
            await super().execute(job, context)
        except RetryRequested:
            await self._until_the_database_answers()
            raise
        except Exception as error:
            await self._until_the_database_answers()
            # "from None", and the name alone: the queue keeps what it is given, and an error can hold a number.
            if self._is_hopeless(job, error):
                log.error("job_parked", entrypoint=job.entrypoint, job=job.id, error=_name(error))  # noqa: TRY400
                await self.tell_owner(job)
                raise upkeep.JobFailed(_name(error)) from None
            raise _again(job, error) from None

    def _is_hopeless(self, job: Job, error: Exception) -> bool:
        return isinstance(error, JobKillsWorkers) or (job.attempts >= _MAX_ATTEMPTS and not isinstance(error, _PASSING))

    async def _until_the_database_answers(self) -> None:
        """The queue writes the retry next; where it cannot, it parks a job that has failed but once."""
        while self.pool is not None:
            try:
                await self.pool.fetchval("select 1")
            except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
                await asyncio.sleep(0.5)
            else:
                return

    async def _park_if_deadly(self, job: Job) -> None:
        # A job younger than the lease cannot have outlived a worker, so the common case asks nothing.
        if self.pool is None or datetime.now(UTC) - job.created < self.lease:
            return
        deaths = await times_picked(self.pool, job.id) - job.attempts - 1
        if deaths >= _MAX_DEATHS:
            raise JobKillsWorkers(f"{deaths} workers died while they ran this job; it is parked.")


def _again(job: Job, error: Exception) -> RetryRequested:
    pause = min(2.0 ** min(job.attempts, 10), _LONGEST_PAUSE_SECONDS)
    return RetryRequested(delay=timedelta(seconds=pause), reason=_name(error))


def _name(error: Exception) -> str:
    """What may be kept of an error: our own words, a database's code, else its kind."""
    match error:
        case JobKillsWorkers() | ProviderUnreadable():
            return str(error)
        case asyncpg.PostgresError():
            return f"{type(error).__name__} {error.sqlstate}"
        case _:
            return type(error).__name__


@dataclass(frozen=True, slots=True)
class WorkerSettings:
    """How hard one worker works, and how soon the jobs of a dead one are taken over."""

    concurrency: int = 20
    lease_seconds: float = 4.0


def build_queue(pool: asyncpg.Pool, context: Context, settings: WorkerSettings) -> PgQueuer:
    """Return the queue with every entrypoint and schedule; it can run once and is then built anew."""
    job_queries = queries(pool)
    queue = PgQueuer(connection=job_queries.driver, channel=Channel(CHANNEL), queries=job_queries)
    # The default of 100 ms would be most of the time between a call's end and its text.
    queue.qm.min_dequeue_poll_interval = timedelta(milliseconds=10)
    for name, handler in ENTRYPOINTS.items():
        _register(queue, name, handler, context, (pool, settings))
    _schedule(queue, context)
    return queue


def _register(
    queue: PgQueuer, name: str, handler: Handler, context: Context, rest: tuple[asyncpg.Pool, WorkerSettings]
) -> None:
    pool, settings = rest

    async def tell_owner(job: Job) -> None:
        await _alarm(context, job)

    def executor(parameters: EntrypointExecutorParameters) -> _Executor:
        lease = timedelta(seconds=settings.lease_seconds)
        return _Executor(parameters, pool=pool, lease=lease, tell_owner=tell_owner)

    @queue.entrypoint(name, on_failure="hold", executor_factory=executor, accepts_context=False)
    async def run(job: Job) -> None:
        later = await handler(context, json.loads(job.payload or b"{}"))
        if later is not None:
            await begin_again(pool, job.id)
            raise RetryRequested(delay=timedelta(seconds=max(later.seconds, 0.05)), reason="not yet")


async def _alarm(context: Context, job: Job) -> None:
    """Say in the owner's pages that work was set aside; `ringback jobs` shows and revives it."""
    payload = json.loads(job.payload or b"{}")
    if "business" not in payload:
        return
    words = phrase(SET_ASIDE.msgid, work=job.entrypoint)
    business_id = _business(payload)
    async with business_transaction(context.pool, business_id) as connection:
        await alarms.raise_alarm(connection, business_id, "parked_job", job.entrypoint, words, context.clock.now())


def _schedule(queue: PgQueuer, context: Context) -> None:
    # They fall due together; side by side, each would open a connection every minute and keep it for a minute.
    one_at_a_time = asyncio.Lock()
    for name, (cron, tick) in SCHEDULE.items():

        async def run(_: Schedule, tick: Callable[[Context], Awaitable[None]] = tick) -> None:
            async with one_at_a_time:
                await tick(context)

        queue.schedule(name, cron, accepts_context=False)(run)


async def run_worker(
    context: Context,
    open_job_pool: Callable[[], Awaitable[asyncpg.Pool]],
    settings: WorkerSettings,
    stop: asyncio.Event,
) -> None:
    """Work until `stop` is set; then finish what is running. Survives the loss of the database."""
    at_work = asyncio.Event()
    beat = asyncio.create_task(_beat(context, stop, at_work))
    while not stop.is_set():
        try:
            await _run_once(context, await open_job_pool(), settings, Signals(stop, at_work))
        except Exception as error:
            # Whatever broke the queue, jobs are safe in their table: build it anew and go on.
            log.error("worker_lost_the_queue", error=type(error).__name__)  # noqa: TRY400
            await _pause(stop, 1.0)
    await beat


@dataclass(frozen=True, slots=True)
class Signals:
    """`stop` is set by whoever wants the worker gone; `at_work` while jobs are really being taken."""

    stop: asyncio.Event
    at_work: asyncio.Event


async def _run_once(context: Context, pool: asyncpg.Pool, settings: WorkerSettings, signals: Signals) -> None:
    queue = build_queue(pool, context, settings)
    stopping = asyncio.create_task(_pass_on(signals.stop, queue.shutdown))
    try:
        # The first health probe can beat LISTEN and kill the worker; a listener set up before cannot be late.
        await queue.connection.add_listener(CHANNEL, lambda _: None)
        signals.at_work.set()
        await queue.run(
            # Retries do not notify, so this poll is what brings them back.
            dequeue_timeout=timedelta(seconds=1),
            batch_size=max(settings.concurrency // 2, 1),
            max_concurrent_tasks=max(settings.concurrency, 2),
            heartbeat_timeout=timedelta(seconds=settings.lease_seconds),
            shutdown_on_listener_failure=True,
            # Its statistics table grows for ever; our figures come from the queue itself.
            log_aggregation_interval=timedelta(0),
        )
    except FailingListenerError:
        log.warning("worker_listener_lost")
    finally:
        signals.at_work.clear()
        stopping.cancel()
        await _close(pool)


async def _close(pool: asyncpg.Pool) -> None:
    """The queue's listener connection is never given back, so a plain close would wait for ever."""
    try:
        await asyncio.wait_for(pool.close(), timeout=2.0)
    except TimeoutError:
        pool.terminate()


async def _pass_on(stop: asyncio.Event, shutdown: asyncio.Event) -> None:
    await stop.wait()
    shutdown.set()


async def _beat(context: Context, stop: asyncio.Event, at_work: asyncio.Event) -> None:
    """Say that jobs are being taken: a worker that only lives, and takes none, must not look ready."""
    worker_id = new_id()
    while not stop.is_set():
        if at_work.is_set():
            # A beat that cannot be written is what /readyz reports; the queue itself says more in the log.
            with contextlib.suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError):
                await people.save_beat(context.pool, worker_id, datetime.now(UTC))
        await _pause(stop, _BEAT_SECONDS if at_work.is_set() else 0.2)


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), timeout=seconds)
