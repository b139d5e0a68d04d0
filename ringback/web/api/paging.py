"""Lists a page at a time, newest first: a cursor names a place, so rows that come meanwhile move nothing."""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from ringback.web.api.problems import Refusal

Item = TypeVar("Item", bound=BaseModel)
Row = dict[str, Any]


class Page(BaseModel, Generic[Item]):
    """Some items of a list, newest first, and where to go on."""

    items: list[Item] = Field(description="Newest first.")
    next_cursor: str | None = Field(description="Give it as `cursor` to get the next page; null on the last one.")


class PageQuery(BaseModel):
    """Which page of a list; a parameter that does not exist is refused, for it may be a filter spelt wrong."""

    model_config = ConfigDict(extra="forbid")

    # A page of 200 calls is some 125 KB of JSON: more at once would keep a connection busy for too long.
    limit: int = Field(50, ge=1, le=200, description="How many items at most.")
    cursor: str | None = Field(None, description="`next_cursor` of the page before; leave out for the first page.")


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a list: after the row with this id, and this instant where the list is in order of time."""

    row_id: UUID
    at: datetime | None = None


def write_cursor(place: Place) -> str:
    """Return the opaque form of a place."""
    # Opaque, but no secret: it holds an id and an instant that the program has seen, and every look is scoped anew.
    text = str(place.row_id) if place.at is None else f"{place.at.astimezone(UTC).isoformat()}~{place.row_id}"
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(cursor: str | None, *, timed: bool = False) -> Place | None:
    """Return the place of a cursor that we wrote; refuses any other with 400."""
    if cursor is None:
        return None
    try:
        place = _read(urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4)).decode())
        # Only what we write is taken: other spellings of the same place would be an interface of their own.
        ours = write_cursor(place) == cursor
    except (ValueError, OverflowError, binascii.Error):
        raise _bad_cursor() from None
    if not ours or (place.at is not None) is not timed:
        raise _bad_cursor()
    return place


def _read(text: str) -> Place:
    at, _, row_id = text.rpartition("~")
    return Place(UUID(row_id), datetime.fromisoformat(at) if at else None)


def _bad_cursor() -> Refusal:
    return Refusal(400, "bad_cursor", "This cursor is not one of ours. Start again without it.")


def page_of(found: Sequence[Row], limit: int, show: Callable[[Row], Item], place: Callable[[Row], Place]) -> Page[Item]:
    """Return the page of up to `limit` + 1 rows: the one too many tells that there is a next page."""
    # No total: counting millions of rows for every page would cost more than the page.
    shown = found[:limit]
    more = len(found) > limit
    return Page(items=[show(row) for row in shown], next_cursor=write_cursor(place(shown[-1])) if more else None)
