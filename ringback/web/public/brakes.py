"""How often strangers may book: by where they come from, by the number they type, and over all for one business."""

from datetime import datetime, timedelta
from hashlib import sha256
from ipaddress import IPv6Address, ip_address, ip_network

from starlette.requests import Request

from ringback.domain.business import Business
from ringback.store.db import Connection
from ringback.store.page_queries import claim_try

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_CHECKS_PER_ADDRESS = 60
_BOOKINGS_PER_ADDRESS = 8
_BOOKINGS_PER_PHONE = 5
_BOOKINGS_PER_BUSINESS = 60
# Nobody has so many on one day, but a calendar is full soon for whoever comes back every hour.
_A_DAY_PER_ADDRESS = 20
_A_DAY_PER_PHONE = 6
# What one household has of the IPv6 addresses.
_HOUSEHOLD_BITS = 64


async def may_check(connection: Connection, request: Request, business: Business, now: datetime) -> bool:
    """Count one look at a filled-in form; False where this address has had too many."""
    return await _claim(connection, f"{business.slug} check {_address(request)}", _CHECKS_PER_ADDRESS, _HOUR, now)


async def may_book(connection: Connection, request: Request, business: Business, phone: str, now: datetime) -> bool:
    """Count one booking; False where this address, this number or all strangers together have had too many."""
    address = _address(request)
    limits = {
        f"{business.slug} address {address}": (_BOOKINGS_PER_ADDRESS, _HOUR),
        f"{business.slug} address a day {address}": (_A_DAY_PER_ADDRESS, _DAY),
        f"{business.slug} phone {phone}": (_BOOKINGS_PER_PHONE, _HOUR),
        f"{business.slug} phone a day {phone}": (_A_DAY_PER_PHONE, _DAY),
        f"{business.slug} all": (_BOOKINGS_PER_BUSINESS, _HOUR),
    }
    for source, (limit, window) in limits.items():
        if not await _claim(connection, source, limit, window, now):
            return False
    return True


async def _claim(connection: Connection, source: str, limit: int, window: timedelta, now: datetime) -> bool:
    # Hashed, because the table outlives the hour by a day and a number is somebody's.
    hashed = sha256(source.encode()).hexdigest()[:32]
    return await claim_try(connection, f"book:{hashed}", limit, now - window, now)


def _address(request: Request) -> str:
    return place_of(request.client.host) if request.client else "unknown"


def place_of(address: str) -> str:
    """Return what of an address stays the same for one household: all of IPv4, the network of IPv6."""
    try:
        ip = ip_address(address)
    except ValueError:
        return address
    if isinstance(ip, IPv6Address):
        network = ip_network((ip, _HOUSEHOLD_BITS), strict=False).network_address
        return str(ip.ipv4_mapped or network)
    return str(ip)
