"""What people do in a thread: write, try again, be done."""

from typing import Any
from uuid import UUID

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from ringback.store import threads
from ringback.store.db import business_transaction
from ringback.web.pages.forms import read_form
from ringback.web.pages.rendering import html
from ringback.web.pages.threads import ON_A_PAGE, fresh_draft, thread_page
from ringback.web.pages.timeline import receptionist_of, tell_messages
from ringback.web.pages.visits import Visit
from ringback.workflows.replies import Refused, Reply, retry_reply, send_reply

_STATUS = {"not_found": 404}


async def add_reply(visit: Visit) -> Response:
    """Take a reply. A refused one comes back with its words, so that nothing typed is lost."""
    thread_id = visit.path_id("thread_id")
    form = await read_form(visit.request)
    try:
        message_id = UUID(form.get("message_id", ""))
    except ValueError:
        raise HTTPException(400, "The reply came without its id, so it was not sent. Load the page again.") from None
    body = form.get("body", "")
    reply = Reply(thread_id, message_id, body, visit.signed_in.name)
    refused = await send_reply(visit.context, visit.business_id, reply)
    if refused is not None and refused.code == "not_found":
        raise HTTPException(404, refused.sentence)
    if not _wants_part(visit):
        return await _answer_whole(visit, thread_id, refused, message_id, body)
    draft = fresh_draft()
    if refused is not None:
        draft = {"message_id": message_id, "draft": body, "trouble": refused.sentence}
    return await _answer_part(visit, thread_id, draft, 422 if refused else 200)


async def retry(visit: Visit) -> Response:
    """Send a refused text once more."""
    thread_id, message_id = visit.path_id("thread_id"), visit.path_id("message_id")
    refused = await retry_reply(visit.context, visit.business_id, message_id)
    if refused is not None:
        raise HTTPException(_STATUS.get(refused.code, 409), refused.sentence)
    if _wants_part(visit):
        return await _answer_part(visit, thread_id, None, 200)
    return RedirectResponse(f"/threads/{thread_id}", 303)


async def close(visit: Visit) -> Response:
    """Mark a thread as done; the next text opens it again."""
    thread_id = visit.path_id("thread_id")
    async with business_transaction(visit.context.pool, visit.business_id) as connection:
        if await threads.get_thread(connection, visit.business_id, thread_id) is None:
            raise HTTPException(404, "There is no such conversation.")
        now = visit.context.clock.now()
        await threads.close_thread(connection, visit.business_id, thread_id, visit.signed_in.name, now)
    return RedirectResponse("/threads", 303)


def _wants_part(visit: Visit) -> bool:
    return "hx-request" in visit.request.headers


async def _answer_whole(
    visit: Visit, thread_id: UUID, refused: Refused | None, message_id: UUID, body: str
) -> Response:
    if refused is None:
        return RedirectResponse(f"/threads/{thread_id}", 303)
    async with visit.desk() as desk:
        refusal = {"message_id": message_id, "draft": body, "trouble": refused.sentence}
        return await thread_page(visit, desk, thread_id, refusal=refusal)


async def _answer_part(visit: Visit, thread_id: UUID, draft: dict[str, Any] | None, status: int) -> Response:
    """The newest texts, placed as the live feed would place them, and the box for the next reply."""
    async with visit.desk() as desk:
        thread = await threads.get_thread(desk.connection, desk.business_id, thread_id)
        found = await threads.list_messages(desk.connection, desk.business_id, thread_id, None, ON_A_PAGE)
        values = {
            **await visit.frame(desk),
            "thread": thread,
            "entries": await tell_messages(desk, found[:3] if draft else found),
            "receptionist": await receptionist_of(desk, thread_id),
            "has_draft": draft is not None,
            **(draft or fresh_draft()),
        }
        return html("replied.html", values, status)
