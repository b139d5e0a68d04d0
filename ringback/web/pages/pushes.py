"""Changes as the parts of the page they alter: the same partials that the page itself is made of."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from ringback.store import threads
from ringback.store.feed import Change
from ringback.store.page_queries import list_thread_calls, newest_thread
from ringback.web.pages.call_backs import list_call_backs
from ringback.web.pages.calls import load_call_page, load_call_row
from ringback.web.pages.rendering import render
from ringback.web.pages.threads import ON_A_PAGE
from ringback.web.pages.timeline import list_notes, receptionist_of, tell_messages, weave
from ringback.web.pages.visits import Desk, Visit

# Past this a page is brought up to date faster by loading it again.
_MOST_AT_ONCE = 60
_CALLS_OF_A_THREAD = 3

# The list a page about one thing belongs to; a list is its own. The stream's address is no page of the navigation.
_LISTS = {"thread": "/threads", "call": "/calls", "booking": "/bookings", "form": "/bookings"}


class TooMuch(Exception):
    """More has changed than parts can carry: the page must be loaded again."""


@dataclass(slots=True)
class OpenPage:
    """What a reader looks at: the page's name and, for a page about one thing, its id.

    `sent` remembers each text and note as it was last pushed, so that a change sends one and not thirty.
    """

    name: str
    subject: UUID | None
    sent: dict[UUID, str] = field(default_factory=dict)


async def push(visit: Visit, page: OpenPage, changes: Sequence[Change], since: int) -> str:
    """Return the parts of an open page that changes alter, as HTML; `since`: Unix seconds of the last parts.

    Raises TooMuch.
    """
    subjects = {kind: _subjects(changes, kind) for kind in ("thread", "call", "call_back", "alarm")}
    if sum(len(ids) for ids in subjects.values()) > _MOST_AT_ONCE or _is_of_bookings(page, changes):
        raise TooMuch
    async with visit.desk() as desk:
        values = {
            **await visit.frame(desk),
            "here": _LISTS.get(page.name, f"/{page.name}"),
            "newest": await newest_thread(desk.connection, desk.business_id),
            **await _threads(desk, page, subjects["thread"], since),
            **await _calls(desk, page, subjects),
            "call_backs": await _call_backs(desk, page, subjects["call_back"]),
        }
    return render("push.html", values)


def _is_of_bookings(page: OpenPage, changes: Sequence[Change]) -> bool:
    """A day or a booking is loaded anew as a whole: where in the list it belongs, only the list knows."""
    changed = {change.subject for change in changes if change.kind == "booking"}
    return page.subject in changed if page.name == "booking" else page.name == "bookings" and bool(changed)


def _subjects(changes: Sequence[Change], kind: str) -> list[UUID]:
    """Each subject once, in the order of its last change."""
    last = {change.subject: n for n, change in enumerate(changes) if change.kind == kind}
    return sorted(last, key=last.__getitem__)


async def _threads(desk: Desk, page: OpenPage, ids: list[UUID], since: int) -> dict[str, Any]:
    shown: dict[str, Any] = {"threads": [], "thread": None, "entries": [], "receptionist": None}
    if page.name not in ("threads", "thread"):
        return shown
    loaded = [await threads.get_thread(desk.connection, desk.business_id, thread_id) for thread_id in ids]
    shown["threads"] = [thread for thread in loaded if thread is not None]
    if page.name == "thread" and page.subject in ids:
        shown["thread"] = next((t for t in shown["threads"] if t["thread_id"] == page.subject), None)
        shown["entries"] = await _entries(desk, page, page.subject, since)
        shown["receptionist"] = await receptionist_of(desk, page.subject)
    return shown


async def _entries(desk: Desk, page: OpenPage, thread_id: UUID, since: int) -> list[dict[str, Any]]:
    found = await threads.list_messages(desk.connection, desk.business_id, thread_id, None, ON_A_PAGE)
    is_full = len(found) == ON_A_PAGE
    if is_full and found[-1]["created_at"].timestamp() >= since:
        raise TooMuch
    notes = await list_notes(desk, thread_id, found, is_first=not is_full)
    fresh_notes = _fresh(page, notes, "note_id")
    return weave(await tell_messages(desk, _fresh(page, found, "message_id")), fresh_notes)


def _fresh(page: OpenPage, rows: Sequence[dict[str, Any]], key: str) -> list[dict[str, Any]]:
    fresh = [row for row in rows if page.sent.get(row[key]) != _print(row)]
    page.sent.update({row[key]: _print(row) for row in fresh})
    return fresh


def _print(row: dict[str, Any]) -> str:
    return hashlib.sha256(repr(sorted(row.items())).encode()).hexdigest()


async def _calls(desk: Desk, page: OpenPage, subjects: dict[str, list[UUID]]) -> dict[str, Any]:
    ids, thread_ids = list(subjects["call"]), subjects["thread"]
    if page.name == "call" and page.subject is not None and (ids or thread_ids):
        return {"calls": [], "call": await load_call_page(desk, page.subject)}
    if page.name != "calls":
        return {"calls": [], "call": None}
    # A text that moved on is told as a change of its thread, and the row of its call shows it too.
    for thread_id in thread_ids:
        ids += await list_thread_calls(desk.connection, desk.business_id, thread_id, _CALLS_OF_A_THREAD)
    rows = [await load_call_row(desk, call_id) for call_id in dict.fromkeys(ids)]
    return {"calls": sorted((row for row in rows if row), key=lambda row: row["started_at"]), "call": None}


async def _call_backs(desk: Desk, page: OpenPage, ids: list[UUID]) -> list[dict[str, Any]] | None:
    if page.name != "call-backs" or not ids:
        return None
    return await list_call_backs(desk)
