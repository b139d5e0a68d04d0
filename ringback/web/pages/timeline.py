"""A thread's timeline: texts with the reasons of the turn that wrote them, and what happened between the texts."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from ringback.store import dialog_queries, dialogs, timeline
from ringback.store.page_queries import list_text_back_calls
from ringback.web.pages.cursors import Cursor, cut
from ringback.web.pages.telling import tell_call, tell_message
from ringback.web.pages.visits import Desk

Row = dict[str, Any]


async def list_page(desk: Desk, thread_id: UUID, before: Cursor | None, limit: int) -> tuple[list[Row], str | None]:
    """Return what happened before a cursor, newest first, as (kind, at, id), and the cursor of what was before that."""
    found = await timeline.list_entries(desk.connection, desk.business_id, thread_id, before, limit + 1)
    return cut(found, limit, "at", "id")


async def load_entries(desk: Desk, keys: Sequence[Row]) -> list[Row]:
    """Return the entries of a page, oldest first: texts, and notes, which have a `kind`."""
    ids: dict[str, list[UUID]] = {"message": [], "call": [], "note": []}
    for key in keys:
        ids[key["kind"] if key["kind"] in ("message", "call") else "note"].append(key["id"])
    texts = await timeline.load_messages(desk.connection, desk.business_id, ids["message"])
    notes = await timeline.load_notes(desk.connection, desk.business_id, ids["note"]) if ids["note"] else []
    calls = await timeline.load_calls(desk.connection, desk.business_id, ids["call"]) if ids["call"] else []
    for call in calls:
        call["told"] = tell_call(call)
    return weave(await tell_messages(desk, texts), [*notes, *calls])


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


def last_text(entries: Sequence[Row]) -> UUID | None:
    """Return the id of the newest text among entries: what the reader has seen when they write."""
    ids: list[UUID] = [entry["message_id"] for entry in entries if "kind" not in entry]
    return ids[-1] if ids else None
