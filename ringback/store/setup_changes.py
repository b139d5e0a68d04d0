"""What changes of the set-up need beside `save_business`: one at a time, lines that end, services that are renamed."""

from datetime import datetime
from uuid import UUID

from ringback.store.db import Connection


async def lock_setup(connection: Connection, business_id: UUID) -> int:
    """Let nobody else change the set-up until this transaction ends, and return its version (0: not to be seen)."""
    # Not "for update": rows that point at the business are written all day, and must not wait for a form.
    version = await connection.fetchval(
        "select version from businesses where business_id = $1 for no key update", business_id
    )
    return int(version or 0)


async def end_line(connection: Connection, business_id: UUID, line_id: UUID, now: datetime) -> bool:
    """Retire a line: its calls and texts stay, no new ones are made. False where it had ended already."""
    ended = await connection.fetchval(
        "with l as (update lines set ended_at = $3 where business_id = $1 and line_id = $2 and ended_at is null "
        "  returning business_id) "
        "update businesses b set version = b.version + 1 from l where b.business_id = l.business_id returning true",
        *(business_id, line_id, now),
    )
    return bool(ended)


async def rename_service(connection: Connection, business_id: UUID, old: str, new: str) -> None:
    """Let bookings to come and people who wait go by a service's new name; what is past keeps the old one."""
    await connection.execute(
        "update bookings set service = $3 where business_id = $1 and service = $2 and state in ('held', 'booked')",
        *(business_id, old, new),
    )
    await connection.execute(
        "update waiting_list set service = $3 where business_id = $1 and service = $2 and told_at is null",
        *(business_id, old, new),
    )
