"""Reminders of bookings: when each is due, for which start, and the text that came of it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ringback.store.db import Connection


@dataclass(frozen=True, slots=True)
class DueReminder:
    """A reminder whose time has come, locked. It holds for a booking that still begins at `starts_at`."""

    booking_id: UUID
    starts_at: datetime


async def plan_reminder(
    connection: Connection, business_id: UUID, booking_id: UUID, starts_at: datetime, due_at: datetime | None
) -> None:
    """Set when a booking's reminder is due; None: there is to be none. One that was written for this start stays."""
    await connection.execute(
        # The job that plans may run twice, the second time after the reminder went out.
        "insert into reminders as r (business_id, booking_id, starts_at, due_at) values ($1, $2, $3, $4) "
        "on conflict (business_id, booking_id) do update set starts_at = excluded.starts_at, "
        "due_at = excluded.due_at, message_id = null "
        "where r.starts_at <> excluded.starts_at or r.message_id is null",
        *(business_id, booking_id, starts_at, due_at),
    )


async def load_due_reminder(
    connection: Connection, business_id: UUID, booking_id: UUID, now: datetime
) -> DueReminder | None:
    """Lock a reminder that is due; None where it is not, or has been written. Holds the calendar still, too."""
    row = await connection.fetchrow(
        # Whoever changes a booking holds this lock when the change comes to its reminder.
        "with locked as materialized (select lock_calendar($1)) "
        "select booking_id, starts_at from locked, reminders "
        "where business_id = $1 and booking_id = $2 and due_at <= $3 for update of reminders",
        *(business_id, booking_id, now),
    )
    return None if row is None else DueReminder(row["booking_id"], row["starts_at"])


async def finish_reminder(connection: Connection, business_id: UUID, booking_id: UUID, message_id: UUID | None) -> None:
    """The reminder has become this text, or there is none to be any more."""
    await connection.execute(
        "update reminders set due_at = null, message_id = $3 where business_id = $1 and booking_id = $2",
        *(business_id, booking_id, message_id),
    )
