"""Where a list goes on: an instant and an id, as text in an address."""

from datetime import datetime
from typing import Any
from uuid import UUID

from starlette.exceptions import HTTPException
from starlette.requests import Request

Cursor = tuple[datetime, UUID]


def read_cursor(request: Request, name: str) -> Cursor | None:
    """Return the cursor in a query parameter; a spoilt one is an address that does not exist."""
    text = request.query_params.get(name)
    if text is None:
        return None
    at, _, row_id = text.partition("~")
    try:
        instant = datetime.fromisoformat(at)
        if instant.tzinfo is None:
            raise HTTPException(404)
        return instant, UUID(row_id)
    except ValueError:
        raise HTTPException(404) from None


def cut(rows: list[dict[str, Any]], limit: int, at: str, row_id: str) -> tuple[list[dict[str, Any]], str | None]:
    """Return one page of `limit + 1` rows, and the cursor of the next page where there is one."""
    if len(rows) <= limit:
        return rows, None
    last = rows[limit - 1]
    return rows[:limit], f"{last[at].isoformat()}~{last[row_id]}"
