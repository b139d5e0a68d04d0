"""One's own booking, by a link that nobody can guess: to look at, to keep, to cancel."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ringback.domain.bookings import Booking, BookingState
from ringback.store import bookings
from ringback.web.pages.visits import refuse_strangers
from ringback.web.public.counter import Counter, open_counter
from ringback.web.public.feed import booking_file
from ringback.workflows import calendar
from ringback.workflows.links import read_booking_token

# Whom the calendar names for what was done by the link of a booking.
BY_LINK = "contact"
# A link that was kept or passed on must not tell for ever who was where.
_KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Own:
    """A booking and the page it is shown on."""

    counter: Counter
    booking: Booking

    @property
    def path(self) -> str:
        """Return the address of the booking's page, below the business's."""
        return f"bookings/{self.counter.request.path_params['token']}"

    @property
    def may_change(self) -> bool:
        """Return whether it still stands and has not begun."""
        return self.booking.state is BookingState.BOOKED and self.booking.starts_at > self.counter.now


@asynccontextmanager
async def open_booking(request: Request) -> AsyncIterator[Own]:
    """Yield the booking that a link opens; raises 404 for a link that opens none."""
    async with open_counter(request) as counter:
        token = request.path_params["token"]
        found = await read_booking_token(
            counter.connection, counter.context.sealer, counter.business, token, counter.now
        )
        booking = await bookings.get_booking(counter.connection, counter.business_id, found) if found else None
        if booking is None or booking.state is BookingState.HELD or booking.ends_at < counter.now - _KEPT:
            raise HTTPException(404)
        yield Own(counter, booking)


async def show_booking(request: Request) -> Response:
    """Show how a booking stands."""
    async with open_booking(request) as own:
        counter, booking = own.counter, own.booking
        staff = {person.staff_id: person.name for person in counter.business.staff}
        return counter.page(
            "booking.html",
            booking=booking,
            starts=booking.starts_at.astimezone(counter.zone),
            staff_name=staff.get(booking.staff_id),
            may_change=own.may_change,
            ics_link=counter.link(f"{own.path}/calendar.ics"),
            move_link=counter.link(f"{own.path}/opening"),
            cancel_link=counter.link(f"{own.path}/cancellation"),
        )


async def show_calendar_file(request: Request) -> Response:
    """Answer with the booking as a calendar file."""
    async with open_booking(request) as own:
        return booking_file(own.counter, own.booking)


async def cancel(request: Request) -> Response:
    """Cancel; done twice it is cancelled once."""
    refuse_strangers(request, request.app.state.context)
    async with open_booking(request) as own:
        counter = own.counter
        if own.may_change:
            await calendar.cancel(
                counter.connection,
                counter.business,
                own.booking.booking_id,
                BY_LINK,
                "by the booking's link",
                counter.now,
            )
    return RedirectResponse(own.counter.link(own.path), 303)
