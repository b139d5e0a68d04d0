"""Periodic work: find what got stuck and give it a job again, poll lines, forget what is old."""

from datetime import datetime, timedelta
from uuid import UUID

from ringback.domain.errors import ProviderErrorKind
from ringback.store import (
    alarms,
    bookings,
    brakes,
    businesses,
    calls,
    deliveries,
    dialogs,
    events,
    feed,
    jobs,
    mails,
    people,
    routing,
)
from ringback.store.db import Connection, set_business
from ringback.workflows.context import Context
from ringback.workflows.number_facts import FILTER_DAYS

_STUCK_AFTER = timedelta(minutes=2)
_POLL_EVERY = timedelta(minutes=2)
_KEEP_CHANGES = timedelta(days=2)
_KEEP_JOB_LOG_DAYS = 7
# A caller who says yes the next morning still gets the time that was kept, where nobody took it since.
_KEEP_HOLDS = timedelta(days=1)
_KEEP_EXCHANGES = timedelta(days=30)
_BRAKE_IS_OFF_AFTER = timedelta(hours=1)
_PARKED_FOR = timedelta(hours=4)


class JobFailed(RuntimeError):
    """A job failed too often, or in a way that no retry mends: it is parked under the name of its last error."""


async def sweep(context: Context) -> None:
    """Give a new job to every text, call and event that should have been settled by now and is not.

    Each has a durable job already; this is for the ones whose job was lost with a restored backup. One that is parked
    stays parked: the next try would fail as well.
    """
    now = context.clock.now()
    before = now - _STUCK_AFTER
    await alarms.end_quiet_alarms(context.pool, "brake", now - _BRAKE_IS_OFF_AFTER, now)
    # Two days back, a day is over in every time zone.
    await brakes.end_past_brakes(context.pool, now, (now - timedelta(days=2)).date())
    await alarms.end_quiet_alarms(context.pool, ProviderErrorKind.FILTERED, now - FILTER_DAYS, now)
    async with context.pool.acquire() as connection, connection.transaction():
        await jobs.revive_accidents(connection, JobFailed.__name__)
        for business_id, message_id in await deliveries.list_stuck(connection, before):
            await _enqueue(connection, "deliver", business_id, message=message_id)
        for business_id, call_id in await calls.list_undecided(connection, before):
            await _enqueue(connection, "settle_call", business_id, call=call_id, timer=True)
        for business_id, event_id, kind in await events.list_unhandled(connection, before):
            entrypoint = "take_message" if kind == "message" else "note_progress"
            await _enqueue(connection, entrypoint, business_id, event=event_id)


async def enqueue_periodic(connection: Connection, entrypoint: str, payload: dict[str, UUID], now: datetime) -> None:
    """Enqueue what comes round again for a business, unless it waits or runs; parked, it is tried again after hours."""
    if await jobs.enqueue_missing(connection, entrypoint, dict(payload)):
        return
    # What made it fail may be mended by now, and nobody who looks at a page can revive a job.
    if await jobs.revive_parked(connection, entrypoint, dict(payload), _PARKED_FOR):
        await set_business(connection, payload["business"])
        # Should it fail again, the alarm is raised again.
        await alarms.end_alarm(connection, payload["business"], "parked_job", entrypoint, now)


async def start_polls(context: Context) -> None:
    """Enqueue a poll for every line that has not been listed for a while."""
    now = context.clock.now()
    # Outside the transaction: a delivery that waits for the rate of its line must not wait for all these jobs.
    taken = await businesses.take_lines_to_poll(context.pool, now - _POLL_EVERY, now)
    async with context.pool.acquire() as connection, connection.transaction():
        for business_id, line_id in taken:
            await enqueue_periodic(connection, "poll_line", {"business": business_id, "line": line_id}, now)


# What the subject of each kind of due work is called in its job.
_SUBJECTS = {
    "take_turn": "thread",
    "follow_up": "thread",
    "warn_of_promise": "promise",
    "alert_on_call": "alert",
    "remind": "booking",
    "route_wait": "wait",
    "climb_wait": "wait",
    "own_call_back": "call_back",
    "climb_call_back": "call_back",
    "send_relay": "relay",
    "expire_relay": "relay",
    "deliver_hook": "hook",
}


async def start_due(context: Context) -> None:
    """Enqueue what our clock says is due: silences, promises, alerts, ladders; and what has lost its job."""
    now = context.clock.now()
    async with context.pool.acquire() as connection, connection.transaction():
        due = await dialogs.list_due_work(connection, now, now - _STUCK_AFTER)
        due += await routing.list_due_work(connection, now, now - _STUCK_AFTER)
        for business_id, subject, entrypoint in due:
            await _enqueue(connection, entrypoint, business_id, **{_SUBJECTS[entrypoint]: subject})


async def _enqueue(connection: Connection, entrypoint: str, business_id: UUID, **rest: UUID | bool) -> None:
    payload = {"business": business_id, **rest}
    await jobs.enqueue_missing(connection, entrypoint, payload)


async def forget_old(context: Context) -> None:
    """Delete what nobody needs any more: the live feed, the queue's log, failed sign-ins, ended sessions."""
    now = context.clock.now()
    await feed.forget_old_changes(context.pool, now - _KEEP_CHANGES)
    await jobs.forget_old_jobs(context.pool, _KEEP_JOB_LOG_DAYS)
    await bookings.forget_spent_holds(context.pool, now - _KEEP_HOLDS)
    await feed.forget_old_exchanges(context.pool, now - _KEEP_EXCHANGES)
    async with context.pool.acquire() as connection:
        await people.forget_failures(connection, now - timedelta(days=1))
        await mails.forget_mails(connection, now)
