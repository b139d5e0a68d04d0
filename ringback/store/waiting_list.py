"""Who waits for an opening: told once, first come first told."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ringback.domain.bookings import Search, Window
from ringback.store.db import Connection, Row
from ringback.store.ids import new_id


@dataclass(frozen=True, slots=True)
class Waiting:
    """A contact who wants to hear when something opens up that suits."""

    waiting_id: UUID
    contact_id: UUID
    search: Search
    for_whom: str | None
    joined_at: datetime


async def join_waiting_list(
    connection: Connection, business_id: UUID, contact_id: UUID, search: Search, for_whom: str | None, now: datetime
) -> None:
    """Put a contact on the list for a service; who is on it already keeps the place, with the new wish."""
    await connection.execute(
        "with w as (insert into waiting_list as w "
        "  (business_id, waiting_id, contact_id, service, search, for_whom, joined_at) "
        "  values ($1, $2, $3, $4, $5, $6, $7) "
        "  on conflict (business_id, contact_id, service, lower(coalesce(for_whom, ''))) where told_at is null "
        "  do update set search = excluded.search returning waiting_id) "
        "select note_change($1, 'waiting', waiting_id, $7) from w",
        *(business_id, new_id(), contact_id, search.service, _dump_search(search), for_whom, now),
    )


async def list_waiting(
    connection: Connection, business_id: UUID, service: str | None, limit: int = 100
) -> list[Waiting]:
    """Return who waits (for one service, or any), the longest wait first."""
    found = await connection.fetch(
        "select waiting_id, contact_id, search, for_whom, joined_at from waiting_list "
        "where business_id = $1 and told_at is null and ($2::text is null or service = $2) "
        "order by joined_at, waiting_id limit $3",
        *(business_id, service, limit),
    )
    return [_waiting(row) for row in found]


async def take_waiting(connection: Connection, business_id: UUID, waiting_id: UUID, now: datetime) -> bool:
    """Take a contact off the list, who is told now (or has booked); False where another already did."""
    # Two openings at once must not make two texts.
    return bool(
        await connection.fetchval(
            "with w as (update waiting_list set told_at = $3 "
            "  where business_id = $1 and waiting_id = $2 and told_at is null returning waiting_id) "
            "select true from w, lateral (select note_change($1, 'waiting', waiting_id, $3)) told",
            *(business_id, waiting_id, now),
        )
    )


def _waiting(row: Row) -> Waiting:
    return Waiting(row["waiting_id"], row["contact_id"], _load_search(row["search"]), row["for_whom"], row["joined_at"])


def _dump_search(search: Search) -> dict[str, Any]:
    """What was refused, how many were shown and what was moving belonged to that talk, and is not waited for."""
    # What was refused may be welcome again to somebody who has waited.
    return {
        "service": search.service,
        "windows": [_dump_window(window) for window in search.windows],
        "staff_id": search.staff_id,
        "address": search.address,
    }


def _dump_window(window: Window) -> dict[str, Any]:
    return {
        "first_on": window.first_on,
        "last_on": window.last_on,
        "from_minute": window.from_minute,
        "to_minute": window.to_minute,
        "weekdays": sorted(window.weekdays),
        "exact": window.exact,
    }


def _load_search(row: dict[str, Any]) -> Search:
    staff_id = row["staff_id"]
    return Search(
        service=row["service"],
        windows=tuple(_load_window(window) for window in row["windows"]),
        staff_id=UUID(staff_id) if staff_id else None,
        address=row["address"],
    )


def _load_window(row: dict[str, Any]) -> Window:
    return Window(
        first_on=_day(row["first_on"]),
        last_on=_day(row["last_on"]),
        from_minute=row["from_minute"],
        to_minute=row["to_minute"],
        weekdays=frozenset(row["weekdays"]),
        exact=row["exact"],
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
