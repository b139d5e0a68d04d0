"""Quick replies: what the people of a business write again and again, kept in one place."""

from typing import Any
from uuid import UUID

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from ringback.domain.phrases import Phrase, phrase
from ringback.domain.wording import MERGE_FIELDS, UnknownMergeField, split_fields
from ringback.store import quick_replies
from ringback.store.audit import Change
from ringback.store.ids import new_id
from ringback.web.pages.forms import read_form
from ringback.web.pages.visits import Desk, Visit

# What is known of the thread a reply is written in; opening times are a text-back's affair.
FIELDS = ("business", "caller_name", "line")
_LONGEST_TITLE = 60
_LONGEST_BODY = 1000
_MOST = 100
_SHOWN: dict[str, Any] = {"title": "", "body": "", "errors": {}, "quick_reply_id": None}


async def show_quick_replies(visit: Visit) -> Response:
    """Show the quick replies with a form for another one."""
    async with visit.desk() as desk:
        return await _page(visit, desk, _SHOWN)


async def _page(visit: Visit, desk: Desk, shown: dict[str, Any], status: int = 200) -> Response:
    found = await quick_replies.list_quick_replies(desk.connection, desk.business_id)
    return await visit.page(desk, "quick_replies.html", status, **shown, quick_replies=found, fields=FIELDS)


async def add(visit: Visit) -> Response:
    """Keep a new quick reply."""
    return await _save(visit, None)


async def change(visit: Visit) -> Response:
    """Change a quick reply."""
    return await _save(visit, visit.path_id("quick_reply_id"))


async def _save(visit: Visit, quick_reply_id: UUID | None) -> Response:
    form = await read_form(visit.request)
    title, body = form.get("title", "").strip(), form.get("body", "").replace("\r\n", "\n").strip()
    async with visit.desk() as desk:
        before = await _must_exist(desk, quick_reply_id) if quick_reply_id else None
        errors = find_faults(title, body)
        if before is None and len(await quick_replies.list_quick_replies(desk.connection, desk.business_id)) >= _MOST:
            errors["title"] = phrase("There are %(most)s quick replies already. Remove one first.", most=_MOST)
        saved_id = quick_reply_id or new_id()
        if not errors and not await quick_replies.save_quick_reply(
            desk.connection, desk.business_id, saved_id, title, body
        ):
            errors["title"] = phrase("There is a quick reply of this name already. Choose another name.")
        if errors:
            shown = {"title": title, "body": body, "errors": errors, "quick_reply_id": quick_reply_id}
            return await _page(visit, desk, shown, 422)
        after = {"title": title, "body": body}
        await visit.note(desk, Change("quick_reply", title, before and _words(before), after))
    return RedirectResponse("/quick-replies", 303)


def find_faults(title: str, body: str) -> dict[str, Phrase]:
    """Return what is wrong with a quick reply, by field."""
    errors: dict[str, Phrase] = {}
    if not 0 < len(title) <= _LONGEST_TITLE:
        errors["title"] = phrase("Give it a name of at most %(most)s characters.", most=_LONGEST_TITLE)
    if not 0 < len(body) <= _LONGEST_BODY:
        errors["body"] = phrase("Write what it says, at most %(most)s characters.", most=_LONGEST_BODY)
    # A field of text-backs, like {until}, would stay empty in a reply.
    known = ", ".join(f"{{{name}}}" for name in FIELDS)
    try:
        asked = frozenset(field for _, field in split_fields(body) if field)
    except UnknownMergeField:
        asked = MERGE_FIELDS
    if not asked <= set(FIELDS):
        errors["body"] = phrase("Curly brackets are for %(fields)s alone.", fields=known)
    return errors


async def remove(visit: Visit) -> Response:
    """Remove a quick reply."""
    quick_reply_id = visit.path_id("quick_reply_id")
    async with visit.desk() as desk:
        before = await _must_exist(desk, quick_reply_id)
        await quick_replies.remove_quick_reply(desk.connection, desk.business_id, quick_reply_id)
        await visit.note(desk, Change("quick_reply", before["title"], _words(before), None))
    return RedirectResponse("/quick-replies", 303)


async def _must_exist(desk: Desk, quick_reply_id: UUID) -> dict[str, Any]:
    found = await quick_replies.get_quick_reply(desk.connection, desk.business_id, quick_reply_id)
    if found is None:
        raise HTTPException(404, phrase("There is no such quick reply."))
    return found


def _words(row: dict[str, Any]) -> dict[str, str]:
    return {"title": row["title"], "body": row["body"]}
