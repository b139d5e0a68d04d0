"""Calls: what happened, and why did we (not) text?"""

from typing import Any
from uuid import UUID

from starlette.exceptions import HTTPException
from starlette.responses import Response

from ringback.store import calls, number_facts
from ringback.store.events import load_call_event
from ringback.web.pages.cursors import cut, read_cursor
from ringback.web.pages.known_numbers import tell_facts
from ringback.web.pages.telling import tell_call
from ringback.web.pages.visits import Desk, Visit

_ON_A_PAGE = 25


async def show_calls(visit: Visit) -> Response:
    """Show calls, newest first."""
    cursor = read_cursor(visit.request, "before")
    async with visit.desk() as desk:
        found = await calls.list_calls(desk.connection, desk.business_id, cursor, _ON_A_PAGE + 1)
        page, older = cut(found, _ON_A_PAGE, "started_at", "call_id")
        for call in page:
            call["told"] = tell_call(call)
        return await visit.page(desk, "calls.html", calls=page, older=older, is_first=cursor is None)


async def show_call(visit: Visit) -> Response:
    """Show one call with its events and its decision."""
    call_id = visit.path_id("call_id")
    async with visit.desk() as desk:
        call = await load_call_page(desk, call_id)
        if call is None:
            raise HTTPException(404, "There is no such call.")
        return await visit.page(desk, "call.html", call=call)


async def load_call_row(desk: Desk, call_id: UUID) -> dict[str, Any] | None:
    """Return a call as its row in the list shows it."""
    call = await calls.get_call(desk.connection, desk.business_id, call_id)
    return None if call is None else {**call, "told": tell_call(call)}


async def load_call_page(desk: Desk, call_id: UUID) -> dict[str, Any] | None:
    """Return a call as its own page shows it."""
    call = await load_call_row(desk, call_id)
    if call is None:
        return None
    events = await calls.list_call_events(desk.connection, desk.business_id, call_id)
    # The number that rang, whoever it belongs to since.
    facts = await number_facts.list_number_facts(desk.connection, desk.business_id, call["caller"])
    return {
        **call,
        "events": [load_call_event(row["event"]) for row in events],
        "known": tell_facts(facts, desk.now),
    }
