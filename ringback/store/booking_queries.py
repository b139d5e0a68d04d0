"""What pages and the API ask of bookings beyond the calendar: lists by filter, and who may be texted about one."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from ringback.store.db import Connection, rows


@dataclass(frozen=True, slots=True)
class BookingFilter:
    """Which bookings; None leaves a condition out. `since` is included, `until` is not; both are about the start."""

    since: datetime | None = None
    until: datetime | None = None
    staff_id: UUID | None = None
    contact_id: UUID | None = None
    service: str | None = None
    state: str | None = None
    changed_since: datetime | None = None


# Every value is bound; only conditions that were asked for are written, so that each has its own plan.
_CONDITIONS = {
    "since": "b.starts_at >= ",
    "until": "b.starts_at < ",
    "staff_id": "b.staff_id = ",
    "contact_id": "b.contact_id = ",
    "service": "b.service = ",
    "state": "b.state = ",
    "changed_since": "b.changed_at >= ",
}
_BOOKINGS = """
    select b.booking_id, b.service, b.price_cents, b.staff_id, s.name as staff_name, b.starts_at, b.ends_at, b.state,
    b.for_whom, b.address, b.details, b.made_by, b.made_at, b.changed_at, b.moved_from, b.confirmed_at,
    b.reminder_sent_at, b.cancelled_at, b.cancelled_by, b.cancel_why, b.marked_at, b.marked_by,
    b.contact_id, c.phone as contact_phone, c.name as contact_name, t.thread_id
    from bookings b
    join contacts c using (business_id, contact_id)
    join staff s using (business_id, staff_id)
    left join threads t on t.business_id = b.business_id and t.contact_id = b.contact_id
"""


async def list_bookings(
    connection: Connection, business_id: UUID, wanted: BookingFilter, after: tuple[datetime, UUID] | None, limit: int
) -> list[dict[str, Any]]:
    """Return bookings by (starts_at, booking_id), the latest first, from a place on; holds are nobody's yet."""
    asked = {name: value for name, value in asdict(wanted).items() if value is not None}
    conditions = "".join(f" and {_CONDITIONS[name]}${number}" for number, name in enumerate(asked, 5))
    return rows(
        await connection.fetch(
            f"{_BOOKINGS} where b.business_id = $1 and b.state <> 'held' "
            "and ($2::timestamptz is null or (b.starts_at, b.booking_id) < ($2, $3)) "
            f"{conditions} order by b.starts_at desc, b.booking_id desc limit $4",
            business_id,
            *(after or (None, None)),
            limit,
            *asked.values(),
        )
    )


async def get_booking(connection: Connection, business_id: UUID, booking_id: UUID) -> dict[str, Any] | None:
    """Return one booking with its contact, person and thread; a hold is none."""
    row = await connection.fetchrow(
        f"{_BOOKINGS} where b.business_id = $1 and b.booking_id = $2 and b.state <> 'held'", business_id, booking_id
    )
    return None if row is None else dict(row)


async def is_proven(connection: Connection, business_id: UUID, contact_id: UUID) -> bool:
    """Return whether a contact has called or written from their number; a number that was only typed proves nothing."""
    return bool(
        await connection.fetchval(
            "select exists (select from calls where business_id = $1 and contact_id = $2) or exists ("
            "  select from messages m join threads t using (business_id, thread_id) "
            "  where m.business_id = $1 and t.contact_id = $2 and m.direction = 'in')",
            business_id,
            contact_id,
        )
    )


async def next_busy_day(
    connection: Connection, business_id: UUID, after: datetime, before: datetime
) -> tuple[datetime | None, datetime | None]:
    """Return the start of the first booking that stands at or after one instant, and of the last before another."""
    row = await connection.fetchrow(
        "select (select min(starts_at) from bookings where business_id = $1 and starts_at >= $2 and state = 'booked'), "
        "(select max(starts_at) from bookings where business_id = $1 and starts_at < $3 and state = 'booked')",
        business_id,
        after,
        before,
    )
    return (None, None) if row is None else (row[0], row[1])
