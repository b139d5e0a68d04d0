"""Where a thread and its contact stand: done or open again, read or not, blocked, spam, or not to be texted."""

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from ringback.domain.phrases import phrase
from ringback.domain.textback import Mark
from ringback.store import inbox, threads
from ringback.store.contacts import NewMark
from ringback.web.marking import set_mark, take_mark_off
from ringback.web.pages.threads import thread_of
from ringback.web.pages.visits import Visit

# What people may say of a contact; "untextable" is the phone company's word.
_MARKS = {"blocked": Mark.BLOCKED, "spam": Mark.SPAM, "do-not-text": Mark.DO_NOT_TEXT}
_WHY = {
    Mark.BLOCKED: phrase("Blocked by hand in the inbox."),
    Mark.SPAM: phrase("Marked as spam by hand in the inbox."),
    Mark.DO_NOT_TEXT: phrase("Marked “do not text” by hand in the inbox."),
}


async def close(visit: Visit) -> Response:
    """Mark a thread as done; the next text opens it again, and so does the list that comes next."""
    thread_id = visit.path_id("thread_id")
    async with visit.desk() as desk:
        await thread_of(visit, desk, thread_id)
        await threads.close_thread(desk.connection, desk.business_id, thread_id, visit.signed_in.name, desk.now)
    return RedirectResponse(f"/threads?done={thread_id}", 303)


async def reopen(visit: Visit) -> Response:
    """Undo "done"; what needed a reply needs one again."""
    thread_id = visit.path_id("thread_id")
    async with visit.desk() as desk:
        await thread_of(visit, desk, thread_id)
        await inbox.reopen_thread(desk.connection, desk.business_id, thread_id, desk.now)
    return RedirectResponse(f"/threads/{thread_id}", 303)


async def mark_unread(visit: Visit) -> Response:
    """Let a thread look unread to this person again; nobody else sees a difference."""
    thread_id = visit.path_id("thread_id")
    async with visit.desk() as desk:
        await thread_of(visit, desk, thread_id)
        await inbox.mark_unread(desk.connection, desk.business_id, visit.signed_in.person_id, thread_id)
    return RedirectResponse("/threads", 303)


async def confirm_mark(visit: Visit) -> Response:
    """Ask once more, and say what a mark will do."""
    mark = _mark(visit)
    async with visit.desk() as desk:
        thread = await thread_of(visit, desk, visit.path_id("thread_id"))
        return await visit.page(desk, "marking.html", thread=thread, mark=mark.value, word=_word(visit))


async def mark(visit: Visit) -> Response:
    """Mark the contact of a thread."""
    thread_id, kind = visit.path_id("thread_id"), _mark(visit)
    async with visit.desk() as desk:
        thread = await thread_of(visit, desk, thread_id)
        if kind not in thread["marks"]:
            new, by = NewMark(kind, _WHY[kind], visit.signed_in.name), visit.signed_in.person_id
            await set_mark(desk.connection, desk.business_id, thread, new, desk.now, by)
    return RedirectResponse(f"/threads/{thread_id}", 303)


async def end_mark(visit: Visit) -> Response:
    """Take a mark off again; it stays in the books that there was one."""
    thread_id, kind = visit.path_id("thread_id"), _mark(visit)
    async with visit.desk() as desk:
        thread = await thread_of(visit, desk, thread_id)
        if kind in thread["marks"]:
            await take_mark_off(desk.connection, desk.business_id, thread, kind, visit.who, desk.now)
    return RedirectResponse(f"/threads/{thread_id}", 303)


def _word(visit: Visit) -> str:
    return str(visit.request.path_params["mark"])


def _mark(visit: Visit) -> Mark:
    kind = _MARKS.get(_word(visit))
    if kind is None:
        raise HTTPException(404, phrase("There is no such mark."))
    return kind
