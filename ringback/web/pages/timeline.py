"""A thread's timeline: texts with the reasons of the turn that wrote them, and what happened between the texts."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from ringback.store import dialog_queries, dialogs
from ringback.store.page_queries import list_text_back_calls
from ringback.web.pages.telling import tell_message
from ringback.web.pages.visits import Desk

Row = dict[str, Any]


async def tell_messages(desk: Desk, newest_first: Sequence[Row]) -> list[Row]:
    """Return texts oldest first, each with what became of it, the call it answered, and why it says what it says."""
    outgoing = [message["message_id"] for message in newest_first if message["direction"] == "out"]
    answered = await list_text_back_calls(desk.connection, desk.business_id, outgoing)
    calls = {row["message_id"]: row["call_id"] for row in answered}
    found = await dialog_queries.list_reasons(desk.connection, desk.business_id, outgoing)
    reasons = {row["message_id"]: row for row in found}
    return [
        {
            **message,
            "told": tell_message(message),
            "call_id": calls.get(message["message_id"]),
            "turn": reasons.get(message["message_id"]),
        }
        for message in reversed(newest_first)
    ]


async def list_notes(
    desk: Desk, thread_id: UUID, newest_first: Sequence[Row], *, is_first: bool, until: datetime | None = None
) -> list[Row]:
    """Return what happened beside the texts of one page: a note has `kind`, a text has none.

    `is_first`: nothing is older, so notes from before the first text belong here; `until`: where the next page begins.
    """
    since = None if is_first or not newest_first else newest_first[-1]["created_at"]
    return await dialog_queries.list_notes(desk.connection, desk.business_id, thread_id, since, until)


def weave(texts: Sequence[Row], notes: Sequence[Row]) -> list[Row]:
    """Return texts and notes in the order in which they happened."""
    # A turn's note and its texts share an instant: what was decided comes before what was said of it.
    return sorted([*texts, *notes], key=lambda entry: (_at(entry), "kind" not in entry))


def _at(entry: Row) -> datetime:
    at: datetime = entry["at"] if "kind" in entry else entry["created_at"]
    return at


async def receptionist_of(desk: Desk, thread_id: UUID) -> Row | None:
    """Return who answers in a thread, as its badge shows it; None where the receptionist is switched off."""
    if not desk.business.receptionist.on:
        return None
    dialog = await dialogs.get_dialog(desk.connection, desk.business_id, thread_id)
    paused_at = dialog["paused_at"] if dialog else None
    return {"is_paused": paused_at is not None, "paused_by": dialog["paused_by"] if dialog else None}
