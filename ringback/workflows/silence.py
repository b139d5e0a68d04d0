"""A contact who had replied says nothing more: one gentle follow-up inside the allowed hours, then a person."""

from uuid import UUID

from ringback.receptionist.dialog import Silence
from ringback.store import dialogs
from ringback.workflows.context import Context
from ringback.workflows.converse import hold_turn, known_dialog, may_answer
from ringback.workflows.quiet_hours import lawful_at


async def follow_up(context: Context, business_id: UUID, thread_id: UUID) -> None:
    """Let the receptionist deal with a silence that is due. Runs any number of times; each silence counts once."""
    async with context.pool.acquire() as connection, connection.transaction():
        now = context.clock.now()
        table = await dialogs.load_turn(connection, business_id, thread_id, now)
        due_at = table.dialog.follow_up_at if table and table.dialog else None
        # A text that waits to be read ends the silence; its turn says when the next one begins.
        if table is None or due_at is None or due_at > now or table.unheard:
            return
        business = await context.business(connection, business_id, table.version)
        dialog = known_dialog(business, table, now)
        if dialog is None or not may_answer(business, table, now):
            await dialogs.set_follow_up(connection, business_id, thread_id, None)
            return
        # The worker may have been away over the evening: the hours are asked again when the text would go.
        later = await lawful_at(connection, business, table.contact_id, table.contact.phone, now)
        if later is not None and later > now:
            await dialogs.set_follow_up(connection, business_id, thread_id, later)
            return
        # Who had enough texts today is not asked once more: a person sees to it at once.
        await hold_turn(context, connection, business, table, Silence(dialog.followed_up or later is None))
