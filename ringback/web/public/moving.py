"""Another time for one's own booking: chosen, read back, and only then changed."""

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ringback.domain.bookings import Search, Taken, find_service
from ringback.web.pages.day_links import read_start, show_start
from ringback.web.pages.forms import read_form
from ringback.web.pages.visits import refuse_strangers
from ringback.web.public.booked import Own, open_booking
from ringback.web.public.days import read_week, show_week
from ringback.workflows.direct_bookings import list_openings, move_directly, nearest_openings


async def show_openings(request: Request) -> Response:
    """Show the free starts, or, with `at`, the one chosen to be read back."""
    async with open_booking(request) as own:
        if not own.may_change:
            raise HTTPException(404)
        if "at" in request.query_params:
            starts_at = read_start(request.query_params["at"])
            return _page(own, at=show_start(starts_at), new_starts=starts_at.astimezone(own.counter.zone))
        return await _openings_page(own)


async def _openings_page(own: Own) -> Response:
    counter, path = own.counter, f"{own.path}/opening"
    week = read_week(counter.request, counter.now, counter.zone, counter.business.booking.horizon_days)
    found = await list_openings(counter.connection, counter.business, _search(own), week.days, counter.now)
    shown = show_week(
        week,
        found,
        counter.zone,
        lambda **query: counter.link(path, **query),
        lambda at: counter.link(path, at=at),
    )
    return _page(own, new_starts=None, at=None, **shown)


def _search(own: Own) -> Search:
    return Search(own.booking.service, moving=own.booking.booking_id, address=own.booking.address)


def _page(own: Own, **values: Any) -> Response:
    counter = own.counter
    return counter.page(
        "move.html",
        booking=own.booking,
        starts=own.booking.starts_at.astimezone(counter.zone),
        booking_link=counter.link(own.path),
        move_link=counter.link(f"{own.path}/opening"),
        **values,
    )


async def move(request: Request) -> Response:
    """Move the booking; where the time is gone, it stays where it was and the page says so."""
    refuse_strangers(request, request.app.state.context)
    form = await read_form(request)
    async with open_booking(request) as own:
        counter, starts_at = own.counter, read_start(form.get("at"))
        if not own.may_change or find_service(counter.business, own.booking.service) is None:
            raise HTTPException(404)
        if starts_at == own.booking.starts_at:
            # A tap too many: it is there already.
            return RedirectResponse(counter.link(own.path), 303)
        moved = await move_directly(counter.connection, counter.business, own.booking, starts_at, None, counter.now)
        if isinstance(moved, Taken):
            found = await nearest_openings(counter.connection, counter.business, _search(own), starts_at, counter.now)
            path = f"{own.path}/opening"
            openings = [
                {"link": counter.link(path, at=show_start(o.starts_at)), "local": o.starts_at.astimezone(counter.zone)}
                for o in found
            ]
            values = {"openings": openings, "openings_link": counter.link(path), "is_move": True}
            return counter.page("taken.html", 409, **values)
    return RedirectResponse(own.counter.link(own.path), 303)
