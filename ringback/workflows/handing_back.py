"""Who speaks in a thread: a person takes it, or hands it back to the receptionist."""

from uuid import UUID

from ringback.domain.textback import Reason
from ringback.store import dialogs
from ringback.store.db import business_transaction
from ringback.workflows.context import Context


async def pause(context: Context, business_id: UUID, thread_id: UUID, by: str) -> None:
    """A person takes the thread: what the receptionist had still to say there is dropped."""
    async with business_transaction(context.pool, business_id) as connection:
        now = context.clock.now()
        await dialogs.silence_receptionist(connection, business_id, thread_id, by, Reason.PERSON_WROTE, now)


async def resume(context: Context, business_id: UUID, thread_id: UUID) -> bool:
    """Hand a thread back: the receptionist answers from the next text on. False where it was not paused."""
    async with business_transaction(context.pool, business_id) as connection:
        # What was written while a person had the thread is theirs: it is not read now.
        return await dialogs.resume_dialog(connection, business_id, thread_id, context.clock.now())
