"""How often strangers may book: by where they come from, by the number they type, and over all for one business."""

from datetime import datetime, timedelta
from hashlib import sha256

from starlette.requests import Request

from ringback.domain.business import Business
from ringback.store.db import Connection
from ringback.store.page_queries import claim_try

_WINDOW = timedelta(hours=1)
_CHECKS_PER_ADDRESS = 60
_BOOKINGS_PER_ADDRESS = 8
_BOOKINGS_PER_PHONE = 5
_BOOKINGS_PER_BUSINESS = 60


async def may_check(connection: Connection, request: Request, business: Business, now: datetime) -> bool:
    """Count one look at a filled-in form; False where this address has had too many."""
    return await _claim(connection, f"{business.slug} check {_address(request)}", _CHECKS_PER_ADDRESS, now)


async def may_book(connection: Connection, request: Request, business: Business, phone: str, now: datetime) -> bool:
    """Count one booking; False where this address, this number or all strangers together have had too many."""
    limits = {
        f"{business.slug} address {_address(request)}": _BOOKINGS_PER_ADDRESS,
        f"{business.slug} phone {phone}": _BOOKINGS_PER_PHONE,
        f"{business.slug} all": _BOOKINGS_PER_BUSINESS,
    }
    for source, limit in limits.items():
        if not await _claim(connection, source, limit, now):
            return False
    return True


async def _claim(connection: Connection, source: str, limit: int, now: datetime) -> bool:
    # Hashed, because the table outlives the hour by a day and a number is somebody's.
    hashed = sha256(source.encode()).hexdigest()[:32]
    return await claim_try(connection, f"book:{hashed}", limit, now - _WINDOW, now)


def _address(request: Request) -> str:
    return request.client.host if request.client else "unknown"
