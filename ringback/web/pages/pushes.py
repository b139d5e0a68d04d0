"""Changes as the parts of the page they alter: the same partials that the page itself is made of."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from ringback.store import inbox, presence, suggestions, threads
from ringback.store.db import business_transaction
from ringback.store.feed import Change
from ringback.store.page_queries import list_thread_calls, list_threads_behind
from ringback.web.pages.call_backs import list_call_backs
from ringback.web.pages.calls import load_call_page, load_call_row
from ringback.web.pages.inbox_filters import Chosen, belongs
from ringback.web.pages.rendering import render
from ringback.web.pages.roles import Role, role_of
from ringback.web.pages.threads import ON_A_PAGE, fresh_draft, inbox_values
from ringback.web.pages.timeline import last_text, list_page, load_entries, receptionist_of
from ringback.web.pages.visits import Desk, Visit

# Past this a page is brought up to date faster by loading it again.
_MOST_AT_ONCE = 60
_CALLS_OF_A_THREAD = 3
# More than two looks of a stream at the database (see web/live.py): one that is late takes nobody away.
_PRESENCE_LASTS = timedelta(seconds=12)

# The list a page about one thing belongs to; a list is its own. The stream's address is no page of the navigation.
_LISTS = {"thread": "/threads", "call": "/calls", "booking": "/bookings", "form": "/bookings"}


class TooMuch(Exception):
    """More has changed than parts can carry: the page must be loaded again."""


@dataclass(slots=True)
class OpenPage:
    """What a reader looks at: the page's name and, for a page about one thing, its id.

    `chosen`: the filters of a list. `sent` remembers each text and note as it was last pushed, so that a change sends
    one and not thirty; `others` who was last said to be at the thread.
    """

    name: str
    subject: UUID | None
    chosen: Chosen = field(default_factory=Chosen)
    sent: dict[UUID, str] = field(default_factory=dict)
    others: list[dict[str, Any]] = field(default_factory=list)


async def push(visit: Visit, page: OpenPage, changes: Sequence[Change], since: int) -> str:
    """Return the parts of an open page that changes alter, as HTML; `since`: Unix seconds of the last parts.

    Raises TooMuch.
    """
    subjects = {kind: _subjects(changes, kind) for kind in ("thread", "call", "call_back", "alarm")}
    is_too_much = sum(len(ids) for ids in subjects.values()) > _MOST_AT_ONCE
    if is_too_much or any(is_of(page, changes) for is_of in (_is_of_bookings, _is_of_notices, _is_of_set_up)):
        raise TooMuch
    async with visit.desk() as desk:
        values = {
            **await visit.frame(desk),
            "here": _LISTS.get(page.name, f"/{page.name}"),
            **await _threads(visit, desk, page, await _thread_ids(desk, page, changes, subjects["thread"]), since),
            **await _calls(desk, page, subjects),
            "call_backs": await _call_backs(desk, page, subjects["call_back"]),
        }
    return render("push.html", values)


def _is_of_bookings(page: OpenPage, changes: Sequence[Change]) -> bool:
    """A day or a booking is loaded anew as a whole: where in the list it belongs, only the list knows."""
    changed = {change.subject for change in changes if change.kind == "booking"}
    return page.subject in changed if page.name == "booking" else page.name == "bookings" and bool(changed)


def _is_of_set_up(page: OpenPage, changes: Sequence[Change]) -> bool:
    """The test call of the set-up is told as one story, made anew with each thing that happens."""
    return page.name == "set-up" and any(change.kind in ("call", "thread") for change in changes)


def _is_of_notices(page: OpenPage, changes: Sequence[Change]) -> bool:
    return page.name == "notices" and any(change.kind == "notice" for change in changes)


def _subjects(changes: Sequence[Change], kind: str) -> list[UUID]:
    """Each subject once, in the order of its last change."""
    last = {change.subject: n for n, change in enumerate(changes) if change.kind == kind}
    return sorted(last, key=last.__getitem__)


async def _thread_ids(desk: Desk, page: OpenPage, changes: Sequence[Change], ids: list[UUID]) -> list[UUID]:
    """A call and a booking stand in the timeline of their contact, and a booking moves the thread to another view."""
    behind = _subjects(changes, "call") + _subjects(changes, "booking")
    if page.name not in ("threads", "thread") or not behind:
        return ids
    found = await list_threads_behind(desk.connection, desk.business_id, behind)
    return list(dict.fromkeys([*found, *ids]))


async def _threads(visit: Visit, desk: Desk, page: OpenPage, ids: list[UUID], since: int) -> dict[str, Any]:
    shown: dict[str, Any] = {"threads": [], "gone": [], "newest": None, "thread": None, "entries": [], "counts": None}
    if page.name not in ("threads", "thread") or not ids:
        return shown
    whose = visit.signed_in.person_id
    if page.name == "thread" and page.subject in ids:
        # The stream of a page rests while nobody looks at it, so what is pushed is read.
        await inbox.mark_read(desk.connection, desk.business_id, whose, page.subject, desk.now)
        shown |= await _open_thread(visit, desk, page, page.subject, since)
    wanted = page.chosen.wanted(visit.signed_in, desk.now)
    rows = await threads.list_threads_among(desk.connection, desk.business_id, ids, whose)
    first = await threads.list_threads(desk.connection, desk.business_id, None, 1, wanted)
    shown["threads"] = [row for row in rows if belongs(row, wanted)]
    shown["gone"] = [row for row in rows if not belongs(row, wanted)]
    shown["newest"] = first[0]["thread_id"] if first else None
    if page.name == "threads":
        shown |= await inbox_values(visit, desk, page.chosen)
    return shown


async def _open_thread(visit: Visit, desk: Desk, page: OpenPage, thread_id: UUID, since: int) -> dict[str, Any]:
    whose = visit.signed_in.person_id
    thread = await threads.get_thread(desk.connection, desk.business_id, thread_id, whose)
    if thread is None:
        return {}
    entries = await _entries(desk, page, thread_id, since)
    return {
        "thread": thread,
        "entries": entries,
        "seen_id": last_text(entries),
        "read_until": None,
        "receptionist": await receptionist_of(desk, thread_id),
        "suggestion": await suggestions.find_suggestion(desk.connection, desk.business_id, thread_id),
        **fresh_draft(),
    }


async def _entries(desk: Desk, page: OpenPage, thread_id: UUID, since: int) -> list[dict[str, Any]]:
    keys, earlier = await list_page(desk, thread_id, None, ON_A_PAGE)
    if earlier is not None and keys[-1]["at"].timestamp() >= since:
        raise TooMuch
    return _fresh(page, await load_entries(desk, keys))


async def push_presence(visit: Visit, page: OpenPage) -> str | None:
    """Say that this reader looks at a thread, and return who else does, as HTML, where that has changed."""
    if page.name != "thread" or page.subject is None:
        return None
    person, now = (visit.signed_in.person_id, visit.signed_in.name), visit.context.clock.now()
    async with business_transaction(visit.context.pool, visit.business_id) as connection:
        where = (connection, visit.business_id, page.subject)
        # Whoever may only look answers nobody, so nobody needs to know.
        if role_of(visit.signed_in) >= Role.STAFF:
            await presence.note_presence(*where, person, now + _PRESENCE_LASTS, now)
        found = await presence.list_others(*where, person[0], now)
    others = [{"name": row["name"], "is_typing": row["is_typing"]} for row in found]
    if others == page.others:
        return None
    page.others = others
    return render("presence_push.html", {"others": others})


def _fresh(page: OpenPage, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    fresh = [row for row in rows if page.sent.get(_id(row)) != _print(row)]
    page.sent.update({_id(row): _print(row) for row in fresh})
    return fresh


def _id(row: dict[str, Any]) -> UUID:
    row_id: UUID = row["note_id"] if "kind" in row else row["message_id"]
    return row_id


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
