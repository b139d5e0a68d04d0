"""What would the receptionist say? Its engine takes the turn and all of it is undone; the words are kept to be offered.

Only a person sends them, so they may rest on nothing that was undone: no booking, no hold, no promise, no hand-over.
"""

from dataclasses import asdict, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from ringback.domain.business import Business
from ringback.receptionist.dialog import Book, Cancel, Happened, Heard, Hold, NameContact, RecordGap, SetLanguage, Step
from ringback.receptionist.dialog import Desk as EngineDesk
from ringback.receptionist.dialog import Dialog as DialogState
from ringback.store import dialogs, suggestions, threads
from ringback.store.db import Connection, business_transaction, set_business
from ringback.store.ids import new_id
from ringback.store.suggestions import NewSuggestion
from ringback.workflows.context import Context
from ringback.workflows.converse import DialogGoesInCircles, converse
from ringback.workflows.turn_rows import Turn, written

# What these do is lost with the turn, and the words are true without it.
_HARMLESS = (NameContact, SetLanguage, RecordGap)


class _WouldBook(Exception):
    """The engine wants the calendar changed: that is not a person's reply but the receptionist's work."""


async def suggest_reply(context: Context, business_id: UUID, thread_id: UUID) -> None:
    """Make the suggestion for the last text of a thread that a person has; made twice it is made once."""
    async with business_transaction(context.pool, business_id) as connection:
        now = context.clock.now()
        unanswered = await _unanswered(context, connection, business_id, thread_id)
        if not unanswered:
            return
        business = await context.current_business(connection, business_id)
    turn = await _rehearse(context, business, thread_id, _heard(unanswered))
    message_id = unanswered[-1]["message_id"]
    body = " ".join(written(turn.replies)) if turn else ""
    why = [asdict(one) for one in turn.why] if turn else []
    made = NewSuggestion(new_id(), thread_id, message_id, body or None, why)
    await _keep(context, business_id, made, now)


async def _unanswered(
    context: Context, connection: Connection, business_id: UUID, thread_id: UUID
) -> list[dict[str, Any]]:
    thread = await threads.get_thread(connection, business_id, thread_id)
    if thread is None or thread["opted_out_at"] is not None or thread["marks"]:
        return []
    if await suggestions.find_suggestion(connection, business_id, thread_id) is not None:
        return []
    return await suggestions.list_unanswered(connection, business_id, thread_id)


def _heard(unanswered: list[dict[str, Any]]) -> Heard:
    return Heard(tuple(text["body"] for text in unanswered), sum(text["pictures"] for text in unanswered))


async def _rehearse(context: Context, business: Business, thread_id: UUID, heard: Heard) -> Turn | None:
    """Return the turn as it would be, or None where nothing of it could be sent by a person."""

    def advance(dialog: DialogState, happened: Happened, desk: EngineDesk) -> Step:
        step = context.advance(dialog, happened, desk)
        if isinstance(step.need, Hold | Book | Cancel):
            raise _WouldBook
        return step

    async with context.pool.acquire() as connection:
        transaction = connection.transaction()
        await transaction.start()
        try:
            await set_business(connection, business.business_id)
            await dialogs.resume_dialog(connection, business.business_id, thread_id, context.clock.now())
            turn = await converse(replace(context, advance=advance), connection, business, thread_id, heard)
        except (_WouldBook, DialogGoesInCircles):
            return None
        finally:
            # No text, no job, no alert leaves a rollback.
            await transaction.rollback()
    return turn if all(isinstance(action, _HARMLESS) for action in turn.actions) else None


async def _keep(context: Context, business_id: UUID, made: NewSuggestion, now: datetime) -> None:
    async with business_transaction(context.pool, business_id) as connection:
        await suggestions.save_suggestion(connection, business_id, made, now)
