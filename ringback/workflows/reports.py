"""Reports: the ledger follows what changed, and owners get their week by e-mail on Monday morning."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from ringback.domain.business import Business
from ringback.domain.recovery_periods import last_week
from ringback.store import feed, recovery, report_queries
from ringback.store.db import Connection, business_transaction
from ringback.store.recovery import Progress, Touched
from ringback.store.report_queries import Reader
from ringback.workflows.context import Context
from ringback.workflows.mail import Mail, enqueue_mail
from ringback.workflows.report_figures import load_report
from ringback.workflows.upkeep import enqueue_periodic

_CHANGES_AT_ONCE = 500
_CONTACTS_AT_ONCE = 500
_DAYS_AT_ONCE = 60
# Changes are forgotten after two days: a ledger that was not looked after for so long is counted from the beginning.
_LONGEST_PAUSE = timedelta(hours=36)

Item = TypeVar("Item")


class ReportsNotWired(RuntimeError):
    """A report is due in a process that cannot write one."""


async def start_reports(context: Context) -> None:
    """Enqueue what is to be counted, and the weekly reports that are due."""
    now = context.clock.now()
    async with context.pool.acquire() as connection, connection.transaction():
        for business_id, entrypoint in await recovery.list_due_work(connection, now):
            await enqueue_periodic(connection, entrypoint, {"business": business_id}, now)


async def recount_recovery(context: Context, business_id: UUID) -> None:
    """Bring the ledger up to date. Runs any number of times, and by several workers one after the other."""
    while True:
        async with business_transaction(context.pool, business_id) as connection:
            business = await context.current_business(connection, business_id)
            if await follow_changes(connection, business, context.clock.now()):
                return


async def follow_changes(connection: Connection, business: Business, now: datetime) -> bool:
    """Count what changed since the last time; return whether that was all of it."""
    business_id, zone = business.business_id, business.zone
    known = await recovery.lock_progress(connection, business_id)
    if known is None or known.zone != zone or now - known.counted_at > _LONGEST_PAUSE:
        position = await feed.current_position(connection)
        await _count_everything(connection, business_id, zone)
        await recovery.save_progress(connection, business_id, Progress(position, zone, now))
        return True
    changes = await feed.list_changes(connection, business_id, known.position, _CHANGES_AT_ONCE)
    if changes:
        touched = await recovery.find_touched(connection, business_id, changes)
        days = await recovery.recount(connection, business_id, touched, zone)
        await recovery.sum_days(connection, business_id, days)
    # Where nothing was new the time is still noted: the page says how fresh its figures are.
    position = changes[-1].position if changes else known.position
    await recovery.save_progress(connection, business_id, Progress(position, zone, now))
    return len(changes) < _CHANGES_AT_ONCE


async def _count_everything(connection: Connection, business_id: UUID, zone: str) -> None:
    """In one transaction, so that nobody sees half a ledger; in steps that each end before a query may time out."""
    await recovery.forget_ledger(connection, business_id)
    everyone = await recovery.list_everyone(connection, business_id)
    days: set[str] = set()
    for contacts in _batches(everyone.contacts, _CONTACTS_AT_ONCE):
        days |= await recovery.recount(connection, business_id, Touched(tuple(contacts)), zone)
    for calls in _batches(everyone.calls, _CONTACTS_AT_ONCE):
        days |= await recovery.recount(connection, business_id, Touched((), tuple(calls)), zone)
    for some in _batches(sorted(days), _DAYS_AT_ONCE):
        await recovery.sum_days(connection, business_id, set(some))


def _batches(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    return (items[start : start + size] for start in range(0, len(items), size))


async def confirm_job(
    connection: Connection, business: Business, call_id: UUID, value_cents: int | None, by: str, now: datetime
) -> bool:
    """Note what the job of a texted call has brought (None: nothing any more); False where there is no such call."""
    await recovery.lock_progress(connection, business.business_id)
    row = await report_queries.get_row(connection, business.business_id, call_id)
    if row is None or row["texted_at"] is None:
        return False
    await report_queries.save_job_value(connection, business.business_id, call_id, value_cents, by, now)
    # At once, and not with the next count: whoever typed it must see it in the figures.
    touched = Touched((row["contact_id"],))
    days = await recovery.recount(connection, business.business_id, touched, business.zone)
    await recovery.sum_days(connection, business.business_id, days)
    return True


async def send_weekly_report(context: Context, business_id: UUID) -> None:
    """Write last week's figures to the owners who want them; one letter each, however many workers try."""
    await recount_recovery(context, business_id)
    async with business_transaction(context.pool, business_id) as connection:
        now = context.clock.now()
        business = await context.current_business(connection, business_id)
        today = now.astimezone(ZoneInfo(business.zone)).date()
        readers = await report_queries.list_readers(connection, business_id)
        if await report_queries.claim_week(connection, business_id, _monday(today), now, len(readers)):
            await _write(context, connection, business, readers, now)


def _monday(today: date) -> date:
    return today - timedelta(days=today.weekday())


async def _write(
    context: Context, connection: Connection, business: Business, readers: Sequence[Reader], now: datetime
) -> None:
    if context.write_report is None:
        raise ReportsNotWired("This process was not given what writes a report (Context.write_report).")
    today = now.astimezone(ZoneInfo(business.zone)).date()
    week = last_week(today)
    report = await load_report(connection, business, week, now)
    url = f"{context.public_url}/dashboard?from={week.first_on}&to={week.last_on}"
    for reader in readers:
        written = context.write_report(business, report, reader.language or business.language, url)
        mail = Mail(reader.email, written.subject, written.text, written.html)
        await enqueue_mail(connection, context.sealer, mail, now, business.business_id)
