"""/api/v1/threads: the running exchange with each contact, and whether it is done."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import AwareDatetime, BaseModel, Field

from ringback.store import api_queries, inbox, threads
from ringback.store.api_queries import ThreadFilter
from ringback.store.db import Connection
from ringback.web.api.access import WRITTEN_BY, Access, Authorized
from ringback.web.api.fields import Instant
from ringback.web.api.paging import Page, PageQuery, Place, page_of, read_cursor
from ringback.web.api.parts import ContactPart, LinePart, line_part
from ringback.web.api.problems import ApiRoute, not_found, responses

router = APIRouter(route_class=ApiRoute, tags=["threads"])


class Thread(BaseModel):
    """The running exchange with one contact, over all lines of the business."""

    id: UUID
    contact: ContactPart
    line: LinePart = Field(description="The line the contact used last; replies go out from it.")
    preview: str = Field(description="How the last text begins.")
    last_message_at: AwareDatetime
    last_inbound_at: AwareDatetime | None
    needs_reply_at: AwareDatetime | None = Field(description="Since when the contact waits for a reply.")
    urgent_at: AwareDatetime | None = Field(description="When the contact rang twice within minutes.")
    opted_out_at: AwareDatetime | None = Field(description="Since when this line may not text them: they asked for it.")
    closed_at: AwareDatetime | None = Field(description="When the thread was marked as done.")


class ThreadState(StrEnum):
    """Which threads a list is about."""

    OPEN = "open"
    CLOSED = "closed"
    NEEDS_REPLY = "needs_reply"


class ThreadQuery(PageQuery):
    """Which threads; all conditions given must hold."""

    state: ThreadState | None = None
    contact: UUID | None = Field(None, description="A contact's id.")
    active_since: Instant | None = Field(
        None, description="Threads with a text at this instant or later: what to ask for when polling."
    )


# A thread that needs a reply is open as well, so these are no partition.
_WANTED_STATE: dict[ThreadState | None, dict[str, bool]] = {
    None: {},
    ThreadState.OPEN: {"is_closed": False},
    ThreadState.CLOSED: {"is_closed": True},
    ThreadState.NEEDS_REPLY: {"needs_reply": True},
}


@router.get("/threads", summary="List threads")
async def list_threads(access: Authorized, query: Annotated[ThreadQuery, Query()]) -> Page[Thread]:
    """Return threads, the one begun last first: that order stays as it is while texts come in."""
    # By id and not by last text: a thread that moved up during a walk would be missed by it.
    place = read_cursor(query.cursor)
    wanted = ThreadFilter(query.contact, query.active_since, **_WANTED_STATE[query.state])
    async with access.transaction() as connection:
        found = await api_queries.list_threads(
            connection, access.business_id, wanted, place.row_id if place else None, query.limit + 1
        )
    return page_of(found, query.limit, show_thread, lambda row: Place(row["thread_id"]))


@router.get("/threads/{thread_id}", summary="Get a thread", responses=responses(404))
async def get_thread(access: Authorized, thread_id: UUID) -> Thread:
    """Return one thread; its texts have a list of their own."""
    async with access.transaction() as connection:
        return await load_thread(connection, access, thread_id)


@router.post("/threads/{thread_id}/closure", summary="Close a thread", responses=responses(404))
async def close_thread(access: Authorized, thread_id: UUID) -> Thread:
    """Mark a thread as done. Closing it twice changes nothing; a new text from the contact opens it again."""
    async with access.transaction() as connection:
        thread = await load_thread(connection, access, thread_id)
        # The store would write no second row, but note one more change for every page that watches.
        if thread.closed_at is None:
            await threads.close_thread(connection, access.business_id, thread_id, WRITTEN_BY, access.now())
        return await load_thread(connection, access, thread_id)


@router.delete("/threads/{thread_id}/closure", summary="Reopen a thread", responses=responses(404))
async def reopen_thread(access: Authorized, thread_id: UUID) -> Thread:
    """End the closure of a thread: it needs a reply again if it did. Reopening one that is open changes nothing."""
    async with access.transaction() as connection:
        await load_thread(connection, access, thread_id)
        await inbox.reopen_thread(connection, access.business_id, thread_id, access.now())
        return await load_thread(connection, access, thread_id)


async def load_thread(connection: Connection, access: Access, thread_id: UUID) -> Thread:
    """Return a thread; refuses with 404 where this business has none with that id."""
    row = await threads.get_thread(connection, access.business_id, thread_id)
    if row is None:
        raise not_found("thread")
    return show_thread(row)


_SAME_NAMES = (
    *("preview", "last_message_at", "last_inbound_at", "needs_reply_at", "urgent_at", "opted_out_at", "closed_at"),
)


def show_thread(row: Mapping[str, Any]) -> Thread:
    """Return the thread of a row of threads."""
    return Thread(
        id=row["thread_id"],
        contact=ContactPart(id=row["contact_id"], phone=row["phone"], name=row["contact_name"]),
        line=line_part(row),
        **{name: row[name] for name in _SAME_NAMES},
    )
