"""Bookings: who comes when, day by day, and one booking with all that can be done about it."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from starlette.exceptions import HTTPException
from starlette.responses import Response

from ringback.domain.bookings import BookingState
from ringback.store import booking_queries
from ringback.store.booking_queries import BookingFilter
from ringback.store.dialog_queries import list_waiting
from ringback.store.link_secrets import LinkPurpose
from ringback.web.pages.day_links import read_day
from ringback.web.pages.visits import Desk, Visit
from ringback.workflows.links import booking_path, feed_path, link_secret

_A_DAY = timedelta(days=1)
_MOST_A_DAY = 500
_MOST_WAITING = 20

Row = dict[str, Any]


async def show_bookings(visit: Visit) -> Response:
    """Show the bookings of a day, person by person; today's where the address names no day."""
    async with visit.desk() as desk:
        today = desk.now.astimezone(_zone(desk)).date()
        on = read_day(visit.request, "on") or today
        found = await list_day(desk, on)
        values = {
            "on": on,
            "today": today,
            "staff": _by_person(desk, found),
            "count": len([row for row in found if row["state"] != BookingState.CANCELLED]),
            "elsewhere": await _elsewhere(desk, on) if not found else None,
            "waiting_list": await list_waiting(desk.connection, desk.business_id, None, _MOST_WAITING),
            **await _addresses(visit, desk),
        }
        return await visit.page(desk, "bookings.html", **values)


async def list_day(desk: Desk, on: date) -> list[Row]:
    """Return the bookings that start on a local day, the first one first."""
    since, until = _day_ends(desk, on)
    wanted = BookingFilter(since=since, until=until)
    found = await booking_queries.list_bookings(desk.connection, desk.business_id, wanted, None, _MOST_A_DAY)
    return found[::-1]


def _day_ends(desk: Desk, on: date) -> tuple[datetime, datetime]:
    try:
        begin, end = (datetime.combine(day, time(), _zone(desk)) for day in (on, on + _A_DAY))
        return begin.astimezone(ZoneInfo("UTC")), end.astimezone(ZoneInfo("UTC"))
    except OverflowError:
        raise HTTPException(404) from None


def _by_person(desk: Desk, found: Sequence[Row]) -> list[Row]:
    """Everyone who takes bookings has a place, also on a day off; then those who have left and still have some."""
    names = {person.staff_id: person.name for person in desk.business.staff if person.takes_bookings}
    names |= {row["staff_id"]: row["staff_name"] for row in found if row["staff_id"] not in names}
    return [
        {"name": name, "bookings": [row for row in found if row["staff_id"] == staff_id]}
        for staff_id, name in names.items()
    ]


async def _elsewhere(desk: Desk, on: date) -> Row:
    """The nearest days that have bookings, for the page of a day that has none."""
    since, until = _day_ends(desk, on)
    later, earlier = await booking_queries.next_busy_day(desk.connection, desk.business_id, until, since)
    zone = _zone(desk)
    return {
        "later_on": later.astimezone(zone).date() if later else None,
        "earlier_on": earlier.astimezone(zone).date() if earlier else None,
    }


async def _addresses(visit: Visit, desk: Desk) -> Row:
    secret = await link_secret(desk.connection, visit.context.sealer, desk.business_id, LinkPurpose.FEED, desk.now)
    public_url, business = visit.context.public_url, desk.business
    return {
        # A viewer may look at bookings here, but an address that opens them without a sign-in is more than a look.
        "feed_url": f"{public_url}{feed_path(business, secret)}" if visit.signed_in.role != "viewer" else None,
        "page_url": f"{public_url}/book/{business.slug}" if business.booking.public_page else None,
    }


def _zone(desk: Desk) -> ZoneInfo:
    return ZoneInfo(desk.business.zone)


async def show_booking(visit: Visit) -> Response:
    """Show one booking."""
    booking_id = visit.path_id("booking_id")
    async with visit.desk() as desk:
        return await booking_page(visit, desk, booking_id)


async def booking_page(
    visit: Visit, desk: Desk, booking_id: UUID, trouble: str | None = None, status: int = 200
) -> Response:
    """Return the page of a booking; `trouble` is the sentence of what could not be done."""
    booking = await booking_queries.get_booking(desk.connection, desk.business_id, booking_id)
    if booking is None:
        raise HTTPException(404, "There is no such booking.")
    values = {
        "booking": booking,
        "on": booking["starts_at"].astimezone(_zone(desk)).date(),
        "has_begun": booking["starts_at"] <= desk.now,
        "may_text": await booking_queries.is_proven(desk.connection, desk.business_id, booking["contact_id"]),
        "own_url": await _own_url(visit, desk, booking_id) if desk.business.booking.public_page else None,
        "trouble": trouble,
    }
    return await visit.page(desk, "booking.html", status, **values)


async def _own_url(visit: Visit, desk: Desk, booking_id: UUID) -> str:
    context = visit.context
    path = await booking_path(desk.connection, context.sealer, desk.business, booking_id, desk.now)
    return context.public_url + path
