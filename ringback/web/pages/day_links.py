"""Days and starts as addresses and forms carry them."""

from datetime import UTC, date, datetime

from starlette.exceptions import HTTPException
from starlette.requests import Request

# Beyond these no booking can be, and times cannot be told in every zone.
_YEARS = range(1900, 2200)


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
    at = parse_start(text or "")
    if at is None:
        raise HTTPException(404)
    return at


def parse_start(text: str) -> datetime | None:
    """Return the instant that a text names, in UTC; None for anything else."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at.astimezone(UTC) if at.tzinfo is not None and at.year in _YEARS else None


def show_start(at: datetime) -> str:
    """Return an instant as links and forms carry it."""
    return at.isoformat().replace("+00:00", "Z")
