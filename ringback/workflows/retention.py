"""The night's work: what is older than its business keeps it goes, a batch at a time."""

from datetime import timedelta
from uuid import UUID

from ringback.domain.business import Business
from ringback.domain.phrases import phrase
from ringback.domain.retention import Kind, next_night, old_before
from ringback.store import retention
from ringback.store.db import Connection, business_transaction
from ringback.workflows.contact_import import Who
from ringback.workflows.context import Context
from ringback.workflows.erasing import erase_contact
from ringback.workflows.upkeep import enqueue_periodic

_BATCH = 500
# A contact has rows in many tables, and its erasure is one transaction.
_FEW = 20
_BUSINESSES = 200
_BY = Who(phrase("Ringback (kept long enough)"), None)


async def start_nights(context: Context) -> None:
    """Give a job to every business whose night has come."""
    now = context.clock.now()
    async with context.pool.acquire() as connection, connection.transaction():
        # A job that fails for good is tried the next day all the same.
        for business_id in await retention.take_due(connection, now, now + timedelta(hours=22), _BUSINESSES):
            await enqueue_periodic(connection, "forget_old_of", {"business": business_id}, now)


async def forget_old_of(context: Context, business_id: UUID) -> None:
    """Let go of everything of a business that is old. Runs any number of times; each batch is its own transaction."""
    async with business_transaction(context.pool, business_id) as connection:
        business = await context.current_business(connection, business_id)
        await retention.plan_next(connection, business_id, next_night(business.zone, context.clock.now()))
    for kind in Kind:
        while await _forget_some(context, business_id, kind) > 0:
            continue


async def _forget_some(context: Context, business_id: UUID, kind: Kind) -> int:
    async with business_transaction(context.pool, business_id) as connection:
        business = await context.current_business(connection, business_id)
        before = old_before(business.privacy, context.clock.now())[kind]
        if kind is not Kind.CONTACTS:
            return await retention.forget_old(connection, business_id, kind, before, _BATCH)
        silent = await retention.list_silent(connection, business_id, before, _FEW)
        for contact_id in silent:
            await erase_contact(context, connection, business, contact_id, _BY, context.clock.now())
        return len(silent)


async def count_old(context: Context, connection: Connection, business: Business) -> dict[Kind, int]:
    """Return how much of each kind would go tonight."""
    instants = old_before(business.privacy, context.clock.now())
    return {
        kind: await retention.count_old(connection, business.business_id, kind, before)
        for kind, before in instants.items()
    }
