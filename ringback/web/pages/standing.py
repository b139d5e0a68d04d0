"""Where a thread and its contact stand: done or open again, read or not, blocked, spam, or not to be texted."""

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from ringback.domain.phrases import phrase
from ringback.domain.textback import Mark
from ringback.store import audit, contacts, inbox, threads
from ringback.store.audit import Change
from ringback.store.contacts import NewMark
from ringback.web.pages.threads import thread_of
from ringback.web.pages.visits import Desk, Visit

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
    """Mark the contact of a thread. Who is blocked or spam waits for nobody's reply."""
    thread_id, kind = visit.path_id("thread_id"), _mark(visit)
    async with visit.desk() as desk:
        thread = await thread_of(visit, desk, thread_id)
        by = visit.signed_in.name
        if kind not in thread["marks"]:
            made = NewMark(kind, _WHY[kind], by)
            await contacts.add_mark(desk.connection, desk.business_id, thread["contact_id"], made, desk.now)
            await _note_marks(visit, desk, thread, sorted({*thread["marks"], kind.value}))
        if kind is not Mark.DO_NOT_TEXT:
            await threads.close_thread(desk.connection, desk.business_id, thread_id, by, desk.now)
    return RedirectResponse(f"/threads/{thread_id}", 303)


async def end_mark(visit: Visit) -> Response:
    """Take a mark off again; it stays in the books that there was one."""
    thread_id, kind = visit.path_id("thread_id"), _mark(visit)
    async with visit.desk() as desk:
        thread = await thread_of(visit, desk, thread_id)
        if kind in thread["marks"]:
            whose = (desk.connection, desk.business_id, thread["contact_id"])
            await contacts.end_mark(*whose, kind, visit.signed_in.name, desk.now)
            await _note_marks(visit, desk, thread, [one for one in thread["marks"] if one != kind])
            # The mark had ended the waiting, so taking it back brings the waiting back.
            if kind is not Mark.DO_NOT_TEXT:
                await inbox.reopen_thread(desk.connection, desk.business_id, thread_id, desk.now)
    return RedirectResponse(f"/threads/{thread_id}", 303)


async def _note_marks(visit: Visit, desk: Desk, thread: dict[str, object], after: list[str]) -> None:
    change = Change("contact.marks", str(thread["contact_id"]), thread["marks"], after)
    by = visit.signed_in
    await audit.add_entry(desk.connection, desk.business_id, by.name, change, desk.now, by.person_id)


def _word(visit: Visit) -> str:
    return str(visit.request.path_params["mark"])


def _mark(visit: Visit) -> Mark:
    kind = _MARKS.get(_word(visit))
    if kind is None:
        raise HTTPException(404, phrase("There is no such mark."))
    return kind
