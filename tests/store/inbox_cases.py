"""The calls of `twin_cases` for the inbox."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from ringback.store import (
    inbox,
    page_queries,
    presence,
    quick_replies,
    search,
    suggestions,
    thread_notes,
    threads,
    timeline,
)
from ringback.store.ids import new_id
from ringback.store.suggestions import NewSuggestion
from ringback.store.threads import View, Wanted
from tests.cast import CARLA
from tests.store.inbox_stock import id_of
from tests.store.stock import LATER, text

Case = Callable[[Any], Awaitable[object]]
SOON = LATER + timedelta(minutes=1)


def _quick_id(ask: Any) -> UUID:
    return id_of(ask.harbor.business_id, "quick")


def _suggestion_id(ask: Any) -> UUID:
    return id_of(ask.harbor.business_id, "suggestion")


async def _list_unanswered(ask: Any) -> object:
    heard = text("Hello?", direction="in", author="contact", purpose="inbound", state="received")
    await threads.add_message(ask.connection, ask.business_id, ask.harbor.thread_id, ask.harbor.line_id, heard, LATER)
    return await suggestions.list_unanswered(ask.connection, ask.business_id, ask.harbor.thread_id)


async def _find_reply_after(ask: Any) -> object:
    said = text("Hello!", written_by="Sam")
    await threads.add_message(ask.connection, ask.business_id, ask.harbor.thread_id, ask.harbor.line_id, said, LATER)
    return await threads.find_reply_after(ask.connection, ask.business_id, ask.harbor.sending_id, "Nobody")


INBOX_CASES: dict[str, Case] = {
    "inbox.count_views": lambda a: inbox.count_views(a.connection, a.business_id, Wanted(at=LATER)),
    "inbox.mark_read": lambda a: inbox.mark_read(
        a.connection, a.business_id, a.harbor.person_id, a.harbor.thread_id, LATER
    ),
    "inbox.mark_unread": lambda a: inbox.mark_unread(
        a.connection, a.business_id, a.harbor.person_id, a.harbor.thread_id
    ),
    "inbox.reopen_thread": lambda a: inbox.reopen_thread(a.connection, a.business_id, a.harbor.closed_thread_id, LATER),
    "page_queries.list_threads_behind": lambda a: page_queries.list_threads_behind(
        a.connection, a.business_id, [a.harbor.texted_call_id, a.harbor.bookings.booked_id]
    ),
    "presence.note_presence": lambda a: presence.note_presence(
        a.connection, a.business_id, a.harbor.thread_id, (new_id(), "Rex"), SOON, LATER
    ),
    "presence.note_typing": lambda a: presence.note_typing(
        a.connection, a.business_id, a.harbor.thread_id, (new_id(), "Rex"), SOON, LATER
    ),
    "presence.end_typing": lambda a: presence.end_typing(
        a.connection, a.business_id, a.harbor.thread_id, id_of(a.harbor.business_id, "person"), LATER
    ),
    "presence.list_others": lambda a: presence.list_others(
        a.connection, a.business_id, a.harbor.thread_id, new_id(), LATER
    ),
    "quick_replies.list_quick_replies": lambda a: quick_replies.list_quick_replies(a.connection, a.business_id),
    "quick_replies.get_quick_reply": lambda a: quick_replies.get_quick_reply(a.connection, a.business_id, _quick_id(a)),
    "quick_replies.save_quick_reply": lambda a: quick_replies.save_quick_reply(
        a.connection, a.business_id, new_id(), "Rex", "Rex says"
    ),
    "quick_replies.remove_quick_reply": lambda a: quick_replies.remove_quick_reply(
        a.connection, a.business_id, _quick_id(a)
    ),
    "search.find_contact_threads": lambda a: search.find_contact_threads(a.connection, a.business_id, CARLA[1:], 50),
    "search.find_texts": lambda a: search.find_texts(a.connection, a.business_id, "received", 50),
    "suggestions.list_unanswered": _list_unanswered,
    "suggestions.save_suggestion": lambda a: suggestions.save_suggestion(
        a.connection, a.business_id, NewSuggestion(new_id(), a.harbor.thread_id, new_id(), "Rex says", []), LATER
    ),
    "suggestions.find_suggestion": lambda a: suggestions.find_suggestion(
        a.connection, a.business_id, a.harbor.thread_id
    ),
    "suggestions.settle_suggestion": lambda a: suggestions.settle_suggestion(
        a.connection, a.business_id, _suggestion_id(a), "dropped", LATER
    ),
    "suggestions.get_body": lambda a: suggestions.get_body(a.connection, a.business_id, _suggestion_id(a)),
    "thread_notes.add_thread_note": lambda a: thread_notes.add_thread_note(
        a.connection, a.business_id, a.harbor.thread_id, new_id(), ("Rex", "Rex was here"), LATER
    ),
    "threads.list_threads_among": lambda a: threads.list_threads_among(
        a.connection, a.business_id, [a.harbor.thread_id], a.harbor.person_id
    ),
    "threads.find_reply_after": _find_reply_after,
    "timeline.list_entries": lambda a: timeline.list_entries(a.connection, a.business_id, a.harbor.thread_id, None, 50),
    "timeline.load_messages": lambda a: timeline.load_messages(
        a.connection, a.business_id, [a.harbor.received_id, a.harbor.sending_id]
    ),
    "timeline.load_calls": lambda a: timeline.load_calls(
        a.connection, a.business_id, [a.harbor.texted_call_id, a.harbor.open_call_id]
    ),
    "timeline.load_notes": lambda a: timeline.load_notes(
        a.connection, a.business_id, [id_of(a.harbor.business_id, "note"), a.harbor.bookings.booked_id]
    ),
    "threads.list_threads": lambda a: threads.list_threads(
        a.connection, a.business_id, None, 50, Wanted(View.NEEDS_REPLY, reader_id=a.harbor.person_id, at=LATER)
    ),
}
