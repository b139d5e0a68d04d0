"""What people write in a thread: a reply, the same once more, a note, and words put into the box for them."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from ringback.domain.phrases import phrase
from ringback.domain.wording import MissingMergeValue, UnknownMergeField, render_wording
from ringback.store import presence, quick_replies, suggestions, thread_notes
from ringback.web.pages.forms import id_in, read_form
from ringback.web.pages.rendering import html
from ringback.web.pages.threads import ON_A_PAGE, composer_values, fresh_draft, thread_of, thread_page
from ringback.web.pages.timeline import last_text, list_page, load_entries, receptionist_of
from ringback.web.pages.visits import Desk, Visit
from ringback.workflows.replies import LONGEST_REPLY, Refused, Reply, retry_reply, send_reply

_STATUS = {"not_found": 404}
# How many of the newest entries an answer in place brings: what the reply itself may have added.
_BROUGHT = 5
_LONGEST_NOTE = 4000
# The page says it again every few seconds while keys are pressed.
_TYPING_LASTS = timedelta(seconds=7)

Form = dict[str, str]


async def add_reply(visit: Visit) -> Response:
    """Take a reply. A refused one comes back with its words, so that nothing typed is lost."""
    thread_id = visit.path_id("thread_id")
    form = await read_form(visit.request)
    message_id = id_in(form, "message_id")
    if message_id is None:
        raise HTTPException(400, phrase("The reply came without its id, so it was not sent. Load the page again."))
    refused = await send_reply(visit.context, visit.business_id, _reply(visit, thread_id, message_id, form))
    if refused is not None and refused.code == "not_found":
        raise HTTPException(404, refused.sentence)
    draft = fresh_draft() if refused is None else _kept(message_id, form, refused)
    status = 200 if refused is None else 422
    if wants_part(visit):
        return await _answer_part(visit, thread_id, draft, status, is_sent=refused is None)
    if refused is None:
        return RedirectResponse(f"/threads/{thread_id}", 303)
    async with visit.desk() as desk:
        return await thread_page(visit, desk, thread_id, draft=draft, status=status)


def _reply(visit: Visit, thread_id: UUID, message_id: UUID, form: Form) -> Reply:
    return Reply(
        thread_id,
        message_id,
        form.get("body", ""),
        visit.signed_in.name,
        visit.signed_in.person_id,
        id_in(form, "seen"),
        id_in(form, "suggestion"),
        form.get("anyway") == "1",
    )


def _kept(message_id: UUID, form: Form, refused: Refused) -> dict[str, Any]:
    return {
        "message_id": message_id,
        "draft": form.get("body", ""),
        "trouble": refused.sentence,
        "may_insist": refused.may_insist,
        "suggestion_id": id_in(form, "suggestion"),
    }


async def retry(visit: Visit) -> Response:
    """Send a refused text once more."""
    thread_id, message_id = visit.path_id("thread_id"), visit.path_id("message_id")
    refused = await retry_reply(visit.context, visit.business_id, message_id)
    if refused is not None:
        raise HTTPException(_STATUS.get(refused.code, 409), refused.sentence)
    if wants_part(visit):
        return await _answer_part(visit, thread_id, None, 200)
    return RedirectResponse(f"/threads/{thread_id}", 303)


async def fill_draft(visit: Visit) -> Response:
    """Put a quick reply or the suggestion into the box, after what was typed; nothing is sent."""
    thread_id, form = visit.path_id("thread_id"), await read_form(visit.request)
    async with visit.desk() as desk:
        thread = await thread_of(visit, desk, thread_id)
        draft = {**fresh_draft(), "suggestion_id": id_in(form, "suggestion")}
        words = await _words_for(desk, thread, form)
        draft["draft"] = "\n".join(filter(None, (form.get("body", "").strip(), words)))[:LONGEST_REPLY]
        draft["message_id"] = id_in(form, "message_id") or draft["message_id"]
        if not wants_part(visit):
            return await thread_page(visit, desk, thread_id, draft=draft)
        shown = {**await visit.frame(desk), "thread": thread, **await composer_values(visit, desk, thread_id), **draft}
        return html("drafted.html", {**shown, "seen_id": id_in(form, "seen"), "is_sent": False})


async def _words_for(desk: Desk, thread: dict[str, Any], form: Form) -> str:
    quick_id, suggestion_id = id_in(form, "quick"), id_in(form, "suggestion")
    if quick_id is not None:
        quick = await quick_replies.get_quick_reply(desk.connection, desk.business_id, quick_id)
        return _filled(desk, thread, quick["body"]) if quick else ""
    if suggestion_id is not None:
        return await suggestions.get_body(desk.connection, desk.business_id, suggestion_id) or ""
    return ""


def _filled(desk: Desk, thread: dict[str, Any], body: str) -> str:
    fields = {
        "business": desk.business.name,
        "caller_name": thread["contact_name"] or "",
        "line": thread["line_label"],
    }
    try:
        return render_wording(body, fields)
    except (UnknownMergeField, MissingMergeValue):
        # Saved before the list of fields was what it is now: the person sees it as it stands, and mends it.
        return body


async def add_note(visit: Visit) -> Response:
    """Take a note for the team; the form sent twice is one note."""
    thread_id, form = visit.path_id("thread_id"), await read_form(visit.request)
    note_id, body = id_in(form, "note_id"), form.get("body", "").replace("\r\n", "\n").strip()
    async with visit.desk() as desk:
        await thread_of(visit, desk, thread_id)
        if note_id is None or not body or len(body) > _LONGEST_NOTE:
            raise HTTPException(
                422, phrase("A note needs some words, at most %(most)s characters.", most=_LONGEST_NOTE)
            )
        words = (visit.signed_in.name, body)
        await thread_notes.add_thread_note(desk.connection, desk.business_id, thread_id, note_id, words, desk.now)
    return RedirectResponse(f"/threads/{thread_id}", 303)


async def note_typing(visit: Visit) -> Response:
    """Say that this person writes; the others at this thread are shown it for a few seconds."""
    thread_id, signed_in = visit.path_id("thread_id"), visit.signed_in
    async with visit.desk() as desk:
        await thread_of(visit, desk, thread_id)
        until = desk.now + _TYPING_LASTS
        who = (signed_in.person_id, signed_in.name)
        await presence.note_typing(desk.connection, desk.business_id, thread_id, who, until, desk.now)
    return Response(status_code=204)


def wants_part(visit: Visit) -> bool:
    """Return whether the page's own script asks: it places parts, and follows no redirect."""
    return "hx-request" in visit.request.headers


async def _answer_part(
    visit: Visit, thread_id: UUID, draft: dict[str, Any] | None, status: int, *, is_sent: bool = False
) -> Response:
    """The newest entries, placed as the live feed would place them, and the box for the next reply."""
    async with visit.desk() as desk:
        keys, _ = await list_page(desk, thread_id, None, _BROUGHT if draft else ON_A_PAGE)
        entries = await load_entries(desk, keys)
        values = {
            **await visit.frame(desk),
            "thread": await thread_of(visit, desk, thread_id),
            "entries": entries,
            "read_until": None,
            "receptionist": await receptionist_of(desk, thread_id),
            **await composer_values(visit, desk, thread_id),
            "has_draft": draft is not None,
            "is_sent": is_sent,
            "seen_id": last_text(entries),
            **(draft or fresh_draft()),
        }
        return html("replied.html", values, status)
