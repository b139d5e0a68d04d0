"""Shared desks: a device that several people use, and the PIN each of them has for it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from ringback.store.db import Connection, rows


@dataclass(frozen=True, slots=True)
class Desk:
    """A shared device. It locks after `idle_minutes` without a person."""

    desk_id: UUID
    name: str
    idle_minutes: int


async def add_desk(connection: Connection, business_id: UUID, desk: Desk, who: str, now: datetime) -> None:
    """Keep a shared desk; the device knows it by a token of its own."""
    await connection.execute(
        "insert into shared_desks (business_id, desk_id, name, idle_minutes, made_by, made_at) "
        "values ($1, $2, $3, $4, $5, $6)",
        *(business_id, desk.desk_id, desk.name, desk.idle_minutes, who, now),
    )


async def load_desk(connection: Connection, business_id: UUID, desk_id: UUID) -> Desk | None:
    """Return a desk that is shared still."""
    row = await connection.fetchrow(
        "select desk_id, name, idle_minutes from shared_desks "
        "where business_id = $1 and desk_id = $2 and ended_at is null",
        *(business_id, desk_id),
    )
    return None if row is None else Desk(**dict(row))


async def list_desks(connection: Connection, business_id: UUID) -> list[dict[str, Any]]:
    """Return the shared desks of a business, by name."""
    return rows(
        await connection.fetch(
            "select desk_id, name, idle_minutes, made_by, made_at from shared_desks "
            "where business_id = $1 and ended_at is null order by lower(name), desk_id",
            business_id,
        )
    )


async def set_desk_minutes(connection: Connection, business_id: UUID, desk_id: UUID, idle_minutes: int) -> bool:
    """Let a desk lock after so many minutes; False where there is no such desk."""
    done = await connection.execute(
        "update shared_desks set idle_minutes = $3 where business_id = $1 and desk_id = $2 and ended_at is null",
        *(business_id, desk_id, idle_minutes),
    )
    return str(done) == "UPDATE 1"


async def end_desk(connection: Connection, business_id: UUID, desk_id: UUID, now: datetime) -> str | None:
    """Share a device no longer; return its name, or None where there is no such desk."""
    name: str | None = await connection.fetchval(
        "update shared_desks set ended_at = $3 where business_id = $1 and desk_id = $2 and ended_at is null "
        "returning name",
        *(business_id, desk_id, now),
    )
    return name


async def set_pin(connection: Connection, business_id: UUID, person_id: UUID, pin_hash: str, now: datetime) -> None:
    """Set a person's PIN for the desks of a business."""
    # One per business: what is typed at one shop's reception must not open the desk of another.
    await connection.execute(
        "insert into desk_pins (business_id, person_id, pin_hash, set_at) values ($1, $2, $3, $4) "
        "on conflict (business_id, person_id) do update set pin_hash = excluded.pin_hash, set_at = excluded.set_at",
        *(business_id, person_id, pin_hash, now),
    )


async def find_pin(connection: Connection, business_id: UUID, person_id: UUID) -> str | None:
    """Return the hash of a person's PIN, or None where they have none."""
    pin_hash: str | None = await connection.fetchval(
        "select pin_hash from desk_pins where business_id = $1 and person_id = $2", business_id, person_id
    )
    return pin_hash


async def remove_pin(connection: Connection, business_id: UUID, person_id: UUID) -> bool:
    """Let a person in by PIN no more; False where they had none."""
    done = await connection.execute(
        "delete from desk_pins where business_id = $1 and person_id = $2", business_id, person_id
    )
    return str(done) == "DELETE 1"


async def list_desk_people(connection: Connection, business_id: UUID) -> list[dict[str, Any]]:
    """Return who may switch to themselves at a desk, by name."""
    return rows(
        await connection.fetch(
            "select p.person_id, p.name from desk_pins k join memberships m using (business_id, person_id) "
            "join people p on p.person_id = k.person_id where k.business_id = $1 order by lower(p.name), p.person_id",
            business_id,
        )
    )
