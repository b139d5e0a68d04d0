"""Texts about a booking that somebody taps: refused where the number was only typed and may be anybody's."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

from ringback.store.booking_queries import get_booking, is_proven
from ringback.store.db import business_transaction
from ringback.workflows.context import Context
from ringback.workflows.replies import Refused

# `send_on_my_way` or `send_running_late`: business, booking, minutes, who.
Send = Callable[[Context, UUID, UUID, int, str], Awaitable[Refused | None]]


@dataclass(frozen=True, slots=True)
class Notice:
    """Which text, its minutes, and the person or program that asks for it."""

    send: Send
    minutes: int
    by: str


def read_minutes(text: str) -> int:
    """Return the minutes that somebody typed; 0 for anything else, which every text refuses."""
    typed = text.strip()
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 4 else 0


async def tell_contact(context: Context, business_id: UUID, booking_id: UUID, notice: Notice) -> Refused | None:
    """Send a notice to the contact of a booking; None when it was taken."""
    async with business_transaction(context.pool, business_id) as connection:
        booking = await get_booking(connection, business_id, booking_id)
        if booking is None:
            return Refused("not_found", "There is no such booking.")
        if not await is_proven(connection, business_id, booking["contact_id"]):
            return Refused("only_typed", "This number was only typed and never called or wrote. Call them instead.")
    return await notice.send(context, business_id, booking_id, notice.minutes, notice.by)
