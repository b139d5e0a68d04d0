"""Bookings in the database: held, booked, moved, cancelled. Each change checks, writes and notes itself at once."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from ringback.domain.bookings import Booking, BookingState, Busy, MadeBy, Taken, Terms, Wanted
from ringback.store.db import Connection, Row
from ringback.store.ids import new_id


@dataclass(frozen=True, slots=True)
class Placing:
    """What is to be booked, and on which terms of the set-up."""

    wanted: Wanted
    terms: Terms


@dataclass(frozen=True, slots=True)
class Asking:
    """Who looks for openings: neither the booking that `moving` names nor a hold of this contact is in the way."""

    moving: UUID | None = None
    contact_id: UUID | None = None


# A booking is made, and may be cancelled, before anybody knows the contact by name: lists alone join the contact.
_COLUMNS = ", ".join(f"b.{column.name}" for column in fields(Booking) if not column.name.startswith("contact_n"))
_COLUMNS = _COLUMNS.replace(", b.contact_phone", "")
_WITH_CONTACT = (
    f"select {_COLUMNS}, c.name as contact_name, c.phone as contact_phone "
    "from bookings b join contacts c using (business_id, contact_id)"
)


async def load_busy(
    connection: Connection, business_id: UUID, from_at: datetime, to_at: datetime, now: datetime, asking: Asking
) -> list[Busy]:
    """Return what every person and resource has between two instants, gathered by unit: thousands in one short read."""
    # Arrays of minutes: a row and two instants for each of thousands of bookings would cost more than the search.
    found = await connection.fetch(
        "select unit_id, place, case when is_shared then sitting_id end as sitting_id, count(*)::int as seats, "
        "array_agg((date_part('epoch', from_at) / 60)::int) as starts, "
        "array_agg(ceil(date_part('epoch', to_at) / 60)::int) as ends "
        "from occupancies where business_id = $1 and to_at > $2 and from_at < $3 "
        "and (held_until is null or (held_until > $4 and holder_id is distinct from $6)) "
        "and sitting_id is distinct from $5 group by 1, 2, 3",
        *(business_id, from_at, to_at, now, asking.moving, asking.contact_id),
    )
    return [
        Busy(
            row["unit_id"],
            tuple(zip(row["starts"], row["ends"], strict=True)),
            row["place"],
            row["sitting_id"],
            row["seats"],
        )
        for row in found
    ]


async def hold(
    connection: Connection, business_id: UUID, placing: Placing, until: datetime, now: datetime
) -> Booking | Taken:
    """Keep a time for a contact until an instant. Their own earlier hold of the same start gives way to it."""
    # Who made it is said when it is booked: a hold may end on the page that its talk linked to.
    row = _row(new_id(), placing, BookingState.HELD, MadeBy.RECEPTIONIST)
    return await _place(connection, business_id, {**row, "held_until": until}, placing.terms, now)


async def book(
    connection: Connection, business_id: UUID, booking_id: UUID, placing: Placing, made_by: MadeBy, now: datetime
) -> Booking | Taken:
    """Book a time under this id: that of a hold, run out or not, or a new one. The same id twice is one booking."""
    row = _row(booking_id, placing, BookingState.BOOKED, made_by)
    return await _place(connection, business_id, row, placing.terms, now)


def _row(booking_id: UUID, placing: Placing, state: BookingState, made_by: MadeBy) -> dict[str, Any]:
    wanted, opening = placing.wanted, placing.wanted.opening
    return {
        "booking_id": booking_id,
        "contact_id": wanted.contact_id,
        "service": wanted.service,
        "price_cents": placing.terms.price_cents,
        "staff_id": opening.staff_id,
        "resource_ids": list(opening.resource_ids),
        "starts_at": opening.starts_at,
        "ends_at": opening.ends_at,
        "state": state,
        "for_whom": wanted.for_whom,
        "address": wanted.address,
        # In the owner's words for the question, so that it can be read after the question is gone.
        "details": dict(wanted.details),
        "made_by": made_by,
    }


async def _place(
    connection: Connection, business_id: UUID, row: dict[str, Any], terms: Terms, now: datetime
) -> Booking | Taken:
    # Null: the function found the time taken, or the constraints did; either way it wrote nothing.
    extra = {column.name: getattr(terms, column.name) for column in fields(terms)}
    placed = await connection.fetchrow(
        f"select {_COLUMNS} from place_booking($1, $2, $3, $4) b", business_id, row, extra, now
    )
    return Taken() if placed is None else _booking(placed)


async def move(
    connection: Connection, business_id: UUID, booking_id: UUID, held_id: UUID, now: datetime
) -> Booking | Taken:
    """Give a booking the time of a hold of the same contact: it keeps its id, its old time is free at once."""
    moved = await connection.fetchrow(
        f"select {_COLUMNS} from move_booking($1, $2, $3, $4) b", business_id, booking_id, held_id, now
    )
    return Taken() if moved is None else _booking(moved)


async def cancel(
    connection: Connection, business_id: UUID, booking_id: UUID, by: str, why: str, now: datetime
) -> Booking | None:
    """Cancel a booking and free its time; None where there is none to cancel (any more)."""
    cancelled = await connection.fetchrow(
        f"select {_COLUMNS} from cancel_booking($1, $2, $3, $4, $5) b", business_id, booking_id, by, why, now
    )
    return None if cancelled is None else _booking(cancelled)


async def release(connection: Connection, business_id: UUID, booking_id: UUID, now: datetime) -> bool:
    """Let a hold go; False where it is none (any more)."""
    return bool(await connection.fetchval("select release_hold($1, $2, $3)", business_id, booking_id, now))


async def forget_spent_holds(connection: Connection, before: datetime) -> None:
    """Delete holds that ran out before an instant; across all businesses."""
    await connection.execute("select forget_spent_holds($1)", before)


async def mark(
    connection: Connection, business_id: UUID, booking_id: UUID, state: BookingState, by: str, now: datetime
) -> bool:
    """Note that the contact did not come (`no_show`) or that the work is `done`; `booked` takes the note back."""
    return bool(
        await connection.fetchval(
            # Whoever changes a booking takes the calendar's lock first, or two who do more could wait in a circle.
            "with locked as materialized (select lock_calendar($1)), "
            "b as (update bookings set state = $3, marked_by = $4, marked_at = $5, changed_at = $5 from locked "
            "  where business_id = $1 and booking_id = $2 and state in ('booked', 'no_show', 'done') "
            "  and $3 in ('booked', 'no_show', 'done') returning booking_id) "
            "select true from b, lateral (select note_change($1, 'booking', booking_id, $5)) told",
            *(business_id, booking_id, state, by, now),
        )
    )


async def confirm(connection: Connection, business_id: UUID, booking_id: UUID, now: datetime) -> bool:
    """Note that the contact confirmed; False where the booking does not stand. The first time counts."""
    return bool(
        await connection.fetchval(
            "with locked as materialized (select lock_calendar($1)), "
            "b as (update bookings set confirmed_at = coalesce(confirmed_at, $3), changed_at = $3 from locked "
            "  where business_id = $1 and booking_id = $2 and state = 'booked' returning booking_id) "
            "select true from b, lateral (select note_change($1, 'booking', booking_id, $3)) told",
            *(business_id, booking_id, now),
        )
    )


async def claim_reminder(connection: Connection, business_id: UUID, booking_id: UUID, now: datetime) -> bool:
    """Return whether the reminder of this booking is still to be sent, and note that it now is."""
    # Claimed and sent in one transaction: of two workers one waits here and then finds it claimed.
    claimed = await connection.execute(
        "update bookings set reminder_sent_at = $3 where business_id = $1 and booking_id = $2 "
        "and state = 'booked' and reminder_sent_at is null and starts_at > $3",
        *(business_id, booking_id, now),
    )
    return str(claimed) == "UPDATE 1"


async def get_booking(connection: Connection, business_id: UUID, booking_id: UUID) -> Booking | None:
    """Return a booking, whatever its state, with its contact."""
    row = await connection.fetchrow(
        f"{_WITH_CONTACT} where b.business_id = $1 and b.booking_id = $2", business_id, booking_id
    )
    return None if row is None else _booking(row)


async def list_bookings(
    connection: Connection, business_id: UUID, from_at: datetime, to_at: datetime, staff_id: UUID | None = None
) -> list[Booking]:
    """Return what stands between two instants (booked, done, no-show), in order, with the contacts."""
    return _bookings(
        await connection.fetch(
            f"{_WITH_CONTACT} where b.business_id = $1 and b.starts_at < $3 and b.ends_at > $2 "
            "and b.state in ('booked', 'no_show', 'done') and ($4::uuid is null or b.staff_id = $4) "
            "order by b.starts_at, b.booking_id",
            *(business_id, from_at, to_at, staff_id),
        )
    )


async def list_contact_bookings(
    connection: Connection, business_id: UUID, contact_id: UUID, now: datetime
) -> list[Booking]:
    """Return a contact's bookings that are not over yet, the next one first."""
    return _bookings(
        await connection.fetch(
            f"{_WITH_CONTACT} where b.business_id = $1 and b.contact_id = $2 and b.ends_at > $3 "
            "and b.state = 'booked' order by b.starts_at, b.booking_id",
            *(business_id, contact_id, now),
        )
    )


def _bookings(found: Sequence[Row]) -> list[Booking]:
    return [_booking(row) for row in found]


def _booking(row: Row) -> Booking:
    values = dict(row)
    state, made_by = BookingState(values.pop("state")), MadeBy(values.pop("made_by"))
    return Booking(**{**values, "state": state, "made_by": made_by, "resource_ids": tuple(values["resource_ids"])})
