"""Threads: who is waiting for us, and what was said."""

from typing import Any
from uuid import UUID

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from ringback.domain.phrases import phrase
from ringback.store import booking_queries, inbox, presence, quick_replies, suggestions, threads
from ringback.store.booking_queries import BookingFilter
from ringback.store.ids import new_id
from ringback.web.pages.cursors import Cursor, cut, read_cursor
from ringback.web.pages.forms import id_in
from ringback.web.pages.inbox_filters import Chosen, read_filters
from ringback.web.pages.searching import search_inbox
from ringback.web.pages.timeline import last_text, list_page, load_entries, receptionist_of
from ringback.web.pages.visits import Desk, Visit
from ringback.workflows.escalation import see_thread

ON_A_PAGE = 30
_BESIDE = 15
_BOOKINGS_BESIDE = 5
NO_SUCH_THREAD = phrase("There is no such conversation.")


async def show_home(_: Visit) -> Response:
    """Go where the work is."""
    return RedirectResponse("/threads", 303)


async def show_threads(visit: Visit) -> Response:
    """Show the threads of one view, newest first, or what a search has found."""
    cursor, query = read_cursor(visit.request, "before"), visit.request.query_params.get("q", "").strip()
    chosen = read_filters(visit.request)
    async with visit.desk() as desk:
        shown = await inbox_values(visit, desk, chosen)
        if query:
            hits = await search_inbox(desk, query, visit.signed_in.person_id)
            return await visit.page(desk, "found.html", **{**shown, "hits": hits, "query": query})
        wanted = chosen.wanted(visit.signed_in, desk.now)
        found = await threads.list_threads(desk.connection, desk.business_id, cursor, ON_A_PAGE + 1, wanted)
        page, older = cut(found, ON_A_PAGE, "last_message_at", "thread_id")
        undoable = await _just_done(visit, desk)
        shown |= {"threads": page, "older": older, "is_first": cursor is None, "undoable": undoable}
        return await visit.page(desk, "threads.html", **shown)


async def inbox_values(visit: Visit, desk: Desk, chosen: Chosen) -> dict[str, Any]:
    """Return what the views and filters above the list are made of."""
    wanted = chosen.wanted(visit.signed_in, desk.now)
    return {
        "chosen": chosen,
        "counts": await inbox.count_views(desk.connection, desk.business_id, wanted),
        "most_counted": inbox.MOST_COUNTED,
        "query": "",
    }


async def _just_done(visit: Visit, desk: Desk) -> dict[str, Any] | None:
    """Return the thread that was marked as done by the page before this one: a slip is undone here."""
    thread_id = id_in(visit.request.query_params, "done")
    thread = await threads.get_thread(desk.connection, desk.business_id, thread_id) if thread_id else None
    return thread if thread and thread["closed_at"] else None


async def show_thread(visit: Visit) -> Response:
    """Show one thread, oldest text first, with the box for a reply."""
    thread_id = visit.path_id("thread_id")
    cursor = read_cursor(visit.request, "before")
    async with visit.desk() as desk:
        return await thread_page(visit, desk, thread_id, cursor)


async def show_about(visit: Visit) -> Response:
    """Show who the contact of a thread is and what can be done with it: on a phone a page of its own."""
    async with visit.desk() as desk:
        thread = await thread_of(visit, desk, visit.path_id("thread_id"))
        return await visit.page(desk, "about.html", thread=thread, **await about_values(desk, thread))


async def thread_of(visit: Visit, desk: Desk, thread_id: UUID) -> dict[str, Any]:
    """Return a thread as this person sees it. Raises HTTPException where there is none."""
    reader_id = visit.signed_in.person_id
    thread = await threads.get_thread(desk.connection, desk.business_id, thread_id, reader_id)
    if thread is None:
        raise HTTPException(404, NO_SUCH_THREAD)
    return thread


async def thread_page(
    visit: Visit,
    desk: Desk,
    thread_id: UUID,
    cursor: Cursor | None = None,
    draft: dict[str, Any] | None = None,
    status: int = 200,
) -> Response:
    """Return the page of a thread; `draft` is what its box holds (see `fresh_draft`)."""
    thread = await thread_of(visit, desk, thread_id)
    keys, earlier = await list_page(desk, thread_id, cursor, ON_A_PAGE)
    read_until = None
    # Who pages back through the past has not seen the newest text.
    if cursor is None:
        whose = visit.signed_in.person_id
        read_until = await inbox.mark_read(desk.connection, desk.business_id, whose, thread_id, desk.now)
        if thread["needs_reply_at"] is not None:
            await see_thread(desk.connection, desk.business_id, thread_id, visit.signed_in.staff_id, desk.now)
    beside = await threads.list_threads(
        desk.connection, desk.business_id, None, _BESIDE, Chosen().wanted(visit.signed_in, desk.now)
    )
    entries = await load_entries(desk, keys)
    shown: dict[str, Any] = {
        "thread": thread,
        "entries": entries,
        "seen_id": last_text(entries),
        "is_sent": False,
        "read_until": read_until if thread["unread"] else None,
        "receptionist": await receptionist_of(desk, thread_id),
        "earlier": earlier,
        "threads": beside,
        "is_latest": cursor is None,
        **await composer_values(visit, desk, thread_id),
        **await about_values(desk, thread),
        **(draft or fresh_draft()),
    }
    return await visit.page(desk, "thread.html", status, **shown)


async def composer_values(visit: Visit, desk: Desk, thread_id: UUID) -> dict[str, Any]:
    """Return what stands around the box for a reply: who else is here, quick replies, what is suggested."""
    whose, now = visit.signed_in.person_id, desk.now
    return {
        "others": await presence.list_others(desk.connection, desk.business_id, thread_id, whose, now),
        "quick_replies": await quick_replies.list_quick_replies(desk.connection, desk.business_id),
        "suggestion": await suggestions.find_suggestion(desk.connection, desk.business_id, thread_id),
    }


async def about_values(desk: Desk, thread: dict[str, Any]) -> dict[str, Any]:
    """Return what is known of the contact beside the thread: the bookings to come."""
    # The store gives the latest first; what comes next is wanted on top.
    asked = BookingFilter(since=desk.now, contact_id=thread["contact_id"], state="booked")
    found = await booking_queries.list_bookings(desk.connection, desk.business_id, asked, None, _BOOKINGS_BESIDE)
    return {"bookings_ahead": found[::-1]}


def fresh_draft() -> dict[str, Any]:
    """Return an empty reply. Its id is made with the form, so that the form sent twice is one reply."""
    return {"message_id": new_id(), "draft": "", "trouble": None, "may_insist": False, "suggestion_id": None}
