"""`/events`: the live feed of an open page, as server-sent events that can be taken up where they broke off."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from ringback.store.feed import Position, current_position, parse_position
from ringback.web.auth import find_signed_in
from ringback.web.hooks import DATABASE_TROUBLE
from ringback.web.live import Feed
from ringback.web.pages.inbox_filters import read_filters
from ringback.web.pages.pushes import OpenPage, TooMuch, push, push_presence
from ringback.web.pages.rendering import render
from ringback.web.pages.visits import Visit

log = structlog.get_logger()

PAGES = frozenset(
    {"threads", "thread", "calls", "call", "call-backs", "bookings", "booking", "gaps", "form", "notices", "set-up"}
)

# The feed is kept for two days (workflows/upkeep.py); a reader away for longer than this loads its page again.
_REPLAY_SECONDS = 24 * 3600
_LARGEST = 2**63


@dataclass(frozen=True, slots=True)
class Marker:
    """An event's id: a place in the feed, and when it was given out (Unix seconds), to know one that is too old."""

    position: Position
    at: int

    def __str__(self) -> str:
        return f"{self.position}.{self.at}"


def parse_marker(text: str) -> Marker | None:
    """Return the marker of an event id, or None where it is none of ours."""
    place, _, at = text.partition(".")
    position = parse_position(place)
    if position is None or not re.fullmatch(r"[0-9]{1,12}", at):
        return None
    if position.xid >= _LARGEST or position.change_id >= _LARGEST:
        return None
    return Marker(position, int(at))


async def stream_events(visit: Visit) -> Response:
    """Answer with the stream of changes to the page named in the query, from the last event the reader has."""
    page = _open_page(visit.request)
    known = visit.request.headers.get("last-event-id") or visit.request.query_params.get("after", "")
    marker = parse_marker(known)
    is_lost = known != "" and (marker is None or _seconds(visit) - marker.at > _REPLAY_SECONDS)
    if marker is None or is_lost:
        marker = Marker(await current_position(visit.context.pool), _seconds(visit))
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return StreamingResponse(_stream(visit, page, marker, is_lost), media_type="text/event-stream", headers=headers)


def _open_page(request: Request) -> OpenPage:
    name, subject = request.query_params.get("page", ""), request.query_params.get("subject")
    try:
        page = OpenPage(name, UUID(subject) if subject else None, read_filters(request))
    except ValueError:
        raise HTTPException(404) from None
    if name not in PAGES:
        raise HTTPException(404)
    return page


def _seconds(visit: Visit) -> int:
    now: datetime = visit.context.clock.now()
    return int(now.timestamp())


async def _stream(visit: Visit, page: OpenPage, marker: Marker, is_lost: bool) -> AsyncIterator[str]:
    feed: Feed = visit.request.app.state.feed
    yield event(marker, name="reload" if is_lost else None)
    try:
        async for batch in feed.batches(visit.business_id, marker.position):
            if await find_signed_in(visit.request, visit.context) is None:
                yield event(marker, render("signed_out.html", {})) + event(marker, name="ended")
                return
            since, marker = marker.at, Marker(batch.position, _seconds(visit))
            others = await push_presence(visit, page)
            changes = [change for change in batch.changes if change.kind != "presence"]
            if not changes:
                yield event(marker, others)
                continue
            try:
                yield event(marker, (others or "") + await push(visit, page, changes, since))
            except TooMuch:
                yield event(marker, name="reload")
    except DATABASE_TROUBLE as error:
        # The reader comes back by itself with the last id it has, and is given what it missed.
        log.warning("stream_broken", error=type(error).__name__)


def event(marker: Marker, html: str | None = None, name: str | None = None) -> str:
    """Return one server-sent event. Without HTML or name it only moves the reader's place forward."""
    lines = [f"id: {marker}"]
    if name is not None:
        lines += [f"event: {name}", "data: -"]
    elif html is not None:
        lines += [f"data: {line}" for line in re.split(r"\r\n|\r|\n", html)]
    return "\n".join(lines) + "\n\n"
