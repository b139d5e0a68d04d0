"""Who is away until when: a person, or the whole business. Being away ends by itself, or when somebody says so."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from ringback.store.db import Connection, rows
from ringback.store.ids import new_id


@dataclass(frozen=True, slots=True)
class NewAway:
    """Who is away (`staff_id` None: the whole business), until when, and who said so."""

    staff_id: UUID | None
    until_at: datetime
    said_by: str


async def set_away(connection: Connection, business_id: UUID, away: NewAway, now: datetime) -> None:
    """Note that somebody is away; what was said before of the same person counts no more."""
    await connection.execute(
        "update away set ended_at = $3, ended_by = $4 where business_id = $1 "
        "and staff_id is not distinct from $2::uuid and ended_at is null",
        *(business_id, away.staff_id, now, away.said_by),
    )
    await connection.execute(
        "insert into away (business_id, away_id, staff_id, since_at, until_at, said_by) "
        "values ($1, $2, $3, $4, $5, $6)",
        *(business_id, new_id(), away.staff_id, now, away.until_at, away.said_by),
    )
    await _renew(connection, business_id)


async def end_away(
    connection: Connection, business_id: UUID, staff_id: UUID | None, ended_by: str, now: datetime
) -> bool:
    """Somebody is back; False where they were not away."""
    ended = await connection.execute(
        "update away set ended_at = $4, ended_by = $3 where business_id = $1 "
        "and staff_id is not distinct from $2::uuid and ended_at is null",
        *(business_id, staff_id, ended_by, now),
    )
    await _renew(connection, business_id)
    return str(ended) != "UPDATE 0"


async def _renew(connection: Connection, business_id: UUID) -> None:
    # Every process keeps the business by its version: the next call must know who is away.
    await connection.execute("update businesses set version = version + 1 where business_id = $1", business_id)


async def list_away(connection: Connection, business_id: UUID, now: datetime) -> list[dict[str, Any]]:
    """Return who is away now, the business first: staff_id, name (None: the business), since, until, who said so."""
    return rows(
        await connection.fetch(
            "select a.staff_id, s.name, a.since_at, a.until_at, a.said_by from away a "
            "left join staff s using (business_id, staff_id) "
            "where a.business_id = $1 and a.ended_at is null and a.until_at > $2 "
            "order by a.staff_id is not null, a.until_at",
            *(business_id, now),
        )
    )
