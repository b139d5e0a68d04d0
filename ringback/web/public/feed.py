"""The owner's feed: all bookings as a calendar that other calendars subscribe to, at an address nobody can guess."""

import re
from asyncio import to_thread
from datetime import timedelta

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ringback.domain.bookings import Booking
from ringback.domain.ics import Reader, render_calendar
from ringback.store import bookings
from ringback.web.public.counter import Counter, open_business
from ringback.workflows.links import is_feed_token

# What a phone's calendar is for: last month to look something up, and all that may be booked yet.
_BACK, _AHEAD = timedelta(days=30), timedelta(days=400)


async def show_feed(request: Request) -> Response:
    """Answer with the calendar of a business; its clients ask again every few minutes to hours."""
    async with open_business(request) as (context, connection, business):
        now = context.clock.now()
        if not await is_feed_token(connection, context.sealer, business, request.path_params["token"], now):
            raise HTTPException(404)
        found = await bookings.list_bookings(connection, business.business_id, now - _BACK, now + _AHEAD)
    # Thousands of entries take seconds to write down: meanwhile others are served, and have the connection.
    text = await to_thread(render_calendar, business, found, now)
    return _file(text, f"{business.slug}.ics", inline=True)


def booking_file(counter: Counter, booking: Booking) -> Response:
    """Return one booking as a file that a phone puts into its calendar; a cancelled one takes it out again."""
    text = render_calendar(counter.business, [booking], counter.now, Reader.CONTACT)
    return _file(text, f"{counter.business.slug}.ics", inline=False)


def one_line_each(text: str) -> str:
    """Return a calendar file in which only CRLF ends a line: a lone CR or another break would begin a forged one."""
    return re.sub(r"(?!\r\n)(?<!\r)[\n\x0b\x0c\x85\u2028\u2029]|\r(?!\n)", " ", text)


def _file(text: str, name: str, *, inline: bool) -> Response:
    how = "inline" if inline else "attachment"
    headers = {
        "content-disposition": f'{how}; filename="{name}"',
        "cache-control": "private, no-store",
        "x-robots-tag": "noindex",
    }
    return Response(one_line_each(text), media_type="text/calendar; charset=utf-8", headers=headers)
