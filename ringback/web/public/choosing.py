"""The first two steps: which service, and when."""

from starlette.requests import Request
from starlette.responses import Response

from ringback.domain.bookings import Search
from ringback.web.public.counter import open_counter
from ringback.web.public.days import read_week, show_week
from ringback.workflows.direct_bookings import list_openings


async def show_services(request: Request) -> Response:
    """Show what can be booked, with the prices that the owner's facts say."""
    async with open_counter(request) as counter:
        services = [service for service in counter.business.services if service.bookable]
        return counter.page("services.html", services=services)


async def show_openings(request: Request) -> Response:
    """Show the free starts of a service, a week at a time."""
    async with open_counter(request) as counter:
        service = counter.service(request.query_params.get("service"))
        week = read_week(request, counter.now, counter.zone, counter.business.booking.horizon_days)
        search = Search(service.name)
        found = await list_openings(counter.connection, counter.business, search, week.days, counter.now)
        shown = show_week(
            week,
            found,
            counter.zone,
            lambda **query: counter.link("openings", service=service.name, **query),
            lambda at: counter.link("details", service=service.name, at=at),
        )
        return counter.page("openings.html", service=service, **shown)
