"""A promise that is due and not kept: the thread needs a person, and every page says so."""

from uuid import UUID

from ringback.domain.phrases import phrase
from ringback.store import alarms, promises
from ringback.store.db import business_transaction
from ringback.workflows.context import Context

# No name and no number: alarms are shown to everyone who signs in, and are kept.
_WORDS = phrase("A call that was promised to a caller is overdue. See call-backs.")


async def warn_of_promise(context: Context, business_id: UUID, promise_id: UUID) -> None:
    """Warn of a promise once, when its time has come and nobody has called. Runs any number of times."""
    async with business_transaction(context.pool, business_id) as connection:
        now = context.clock.now()
        if await promises.warn_of_promise(connection, business_id, promise_id, now) is not None:
            await alarms.raise_alarm(connection, business_id, "promise", str(promise_id), _WORDS, now)
