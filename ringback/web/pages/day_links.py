"""Days and starts as addresses and forms carry them."""

from datetime import date, datetime

from starlette.exceptions import HTTPException
from starlette.requests import Request


def read_day(request: Request, name: str) -> date | None:
    """Return the date in a query parameter; a spoilt one is an address that does not exist."""
    text = request.query_params.get(name)
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise HTTPException(404) from None


def read_start(text: str | None) -> datetime:
    """Return the instant that an opening's link or form names; raises 404 for anything else."""
    try:
        at = datetime.fromisoformat(text or "")
    except ValueError:
        raise HTTPException(404) from None
    if at.tzinfo is None:
        raise HTTPException(404)
    return at


def show_start(at: datetime) -> str:
    """Return an instant as links and forms carry it."""
    return at.isoformat().replace("+00:00", "Z")
