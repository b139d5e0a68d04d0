"""Threads: who is waiting for us, and what was said."""

from typing import Any
from uuid import UUID

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from ringback.store import threads
from ringback.store.ids import new_id
from ringback.web.pages.cursors import Cursor, cut, read_cursor
from ringback.web.pages.timeline import list_notes, receptionist_of, tell_messages, weave
from ringback.web.pages.visits import Desk, Visit

ON_A_PAGE = 30
_BESIDE = 15


async def show_home(_: Visit) -> Response:
    """Go where the work is."""
    return RedirectResponse("/threads", 303)


async def show_threads(visit: Visit) -> Response:
    """Show threads, newest first."""
    cursor = read_cursor(visit.request, "before")
    async with visit.desk() as desk:
        found = await threads.list_threads(desk.connection, desk.business_id, cursor, ON_A_PAGE + 1)
        page, older = cut(found, ON_A_PAGE, "last_message_at", "thread_id")
        return await visit.page(desk, "threads.html", threads=page, older=older, is_first=cursor is None)


async def show_thread(visit: Visit) -> Response:
    """Show one thread, oldest text first, with the box for a reply."""
    thread_id = visit.path_id("thread_id")
    cursor = read_cursor(visit.request, "before")
    async with visit.desk() as desk:
        return await thread_page(visit, desk, thread_id, cursor)


async def thread_page(
    visit: Visit,
    desk: Desk,
    thread_id: UUID,
    cursor: Cursor | None = None,
    refusal: dict[str, Any] | None = None,
) -> Response:
    """Return the page of a thread; `refusal` is a reply that was not taken (see `fresh_draft`)."""
    thread = await threads.get_thread(desk.connection, desk.business_id, thread_id)
    if thread is None:
        raise HTTPException(404, "There is no such conversation.")
    found = await threads.list_messages(desk.connection, desk.business_id, thread_id, cursor, ON_A_PAGE + 1)
    newest_first, earlier = cut(found, ON_A_PAGE, "created_at", "message_id")
    until = cursor[0] if cursor else None
    notes = await list_notes(desk, thread_id, newest_first, is_first=earlier is None, until=until)
    beside = await threads.list_threads(desk.connection, desk.business_id, None, _BESIDE)
    shown: dict[str, Any] = {
        "thread": thread,
        "entries": weave(await tell_messages(desk, newest_first), notes),
        "receptionist": await receptionist_of(desk, thread_id),
        "earlier": earlier,
        "threads": beside,
        "is_latest": cursor is None,
        **(refusal or fresh_draft()),
    }
    return await visit.page(desk, "thread.html", 422 if refusal else 200, **shown)


def fresh_draft() -> dict[str, Any]:
    """Return an empty reply. Its id is made with the form, so that the form sent twice is one reply."""
    return {"message_id": new_id(), "draft": "", "trouble": None}
