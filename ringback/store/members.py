"""Who works in a business, in which role, and who of the staff list they are."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from ringback.store.db import Connection, rows
from ringback.store.people import Person


@dataclass(frozen=True, slots=True)
class Member:
    """A person in one business."""

    person_id: UUID
    name: str
    email: str
    role: str
    staff_id: UUID | None


_MEMBER = "select m.person_id, p.name, p.email, m.role, m.staff_id from memberships m join people p using (person_id) "


async def list_members(connection: Connection, business_id: UUID) -> list[dict[str, Any]]:
    """Return who works here with when they were last seen here, by name."""
    return rows(
        await connection.fetch(
            "select m.person_id, p.name, p.email, m.role, m.staff_id, k.set_at as pin_set_at, "
            "(select max(s.last_seen_at) from sessions s where s.person_id = m.person_id "
            "  and s.business_id = m.business_id) as last_seen_at "
            "from memberships m join people p using (person_id) "
            "left join desk_pins k on k.business_id = m.business_id and k.person_id = m.person_id "
            "where m.business_id = $1 order by lower(p.name), p.person_id",
            business_id,
        )
    )


async def load_member(connection: Connection, business_id: UUID, person_id: UUID) -> Member | None:
    """Return one person of a business; its owners are locked, so that the last of them cannot go twice at once."""
    # In one order, or two owners who remove each other at the same time would wait for each other.
    await connection.execute(
        "select from memberships where business_id = $1 and (role = 'owner' or person_id = $2) "
        "order by person_id for update",
        *(business_id, person_id),
    )
    row = await connection.fetchrow(_MEMBER + "where m.business_id = $1 and m.person_id = $2", business_id, person_id)
    return None if row is None else Member(**dict(row))


async def count_owners(connection: Connection, business_id: UUID) -> int:
    """Return how many owners a business has."""
    return int(
        await connection.fetchval(
            "select count(*) from memberships where business_id = $1 and role = 'owner'", business_id
        )
    )


async def list_owner_staff(connection: Connection, business_id: UUID) -> list[UUID]:
    """Return the owners of a business who stand on its staff list, so that they can be told of something."""
    found = await connection.fetch(
        "select m.staff_id from memberships m join staff s on s.business_id = $1 and s.staff_id = m.staff_id "
        "where m.business_id = $1 and m.role = 'owner' and s.ended_at is null order by m.staff_id",
        business_id,
    )
    return [row["staff_id"] for row in found]


async def find_member_of_staff(connection: Connection, business_id: UUID, staff_id: UUID) -> UUID | None:
    """Return the person that somebody of the staff list is."""
    person: UUID | None = await connection.fetchval(
        "select person_id from memberships where business_id = $1 and staff_id = $2", business_id, staff_id
    )
    return person


async def role_in(connection: Connection, business_id: UUID, person_id: UUID) -> str | None:
    """Return a person's role in a business, or None where they do not work there."""
    role: str | None = await connection.fetchval(
        "select role from memberships where business_id = $1 and person_id = $2", business_id, person_id
    )
    return role


async def change_member(
    connection: Connection, business_id: UUID, person_id: UUID, role: str, staff_id: UUID | None
) -> bool:
    """Give a person another role, or another place on the staff list; False where that place is somebody else's."""
    done = await connection.execute(
        "update memberships m set role = $3, staff_id = $4 where m.business_id = $1 and m.person_id = $2 "
        "and not exists (select from memberships o where o.business_id = $1 and o.staff_id = $4 and o.person_id <> $2)",
        *(business_id, person_id, role, staff_id),
    )
    return str(done) == "UPDATE 1"


async def add_member(
    connection: Connection, business_id: UUID, person_id: UUID, role: str, staff_id: UUID | None
) -> None:
    """Let a person into a business; who works there already never loses by it. A place on the staff list that is
    somebody else's stays theirs.
    """
    await connection.execute(
        "insert into memberships as m (person_id, business_id, role, staff_id) select $2, $1, $3::text, "
        "  case when not exists (select from memberships o where o.business_id = $1 and o.staff_id = $4::uuid) "
        "  then $4::uuid end "
        "on conflict (person_id, business_id) do update set staff_id = coalesce(m.staff_id, excluded.staff_id), "
        "role = case when array_position(array['viewer', 'staff', 'owner', 'agency'], m.role) "
        "  < array_position(array['viewer', 'staff', 'owner', 'agency'], excluded.role) "
        "  then excluded.role else m.role end",
        *(business_id, person_id, role, staff_id),
    )


async def remove_member(connection: Connection, business_id: UUID, person_id: UUID) -> None:
    """Let a person in no more: their sessions here end with their membership."""
    await connection.execute("delete from sessions where business_id = $1 and person_id = $2", business_id, person_id)
    await connection.execute(
        "delete from memberships where business_id = $1 and person_id = $2", business_id, person_id
    )


async def list_businesses(connection: Connection, person_id: UUID) -> list[dict[str, Any]]:
    """Return the businesses a person works for, with their names and roles, by name."""
    return rows(await connection.fetch("select * from businesses_of($1) order by lower(name), business_id", person_id))


async def create_person(connection: Connection, person: Person, now: datetime) -> bool:
    """Create a person; False where somebody signs in with this e-mail already."""
    done = await connection.execute(
        "insert into people (person_id, email, name, password_hash, created_at) values ($1, $2, $3, $4, $5) "
        "on conflict do nothing",
        *(person.person_id, person.email, person.name, person.password_hash, now),
    )
    return str(done) == "INSERT 0 1"


async def load_person(connection: Connection, person_id: UUID) -> Person | None:
    """Return a person by their id."""
    row = await connection.fetchrow(
        "select person_id, email, name, password_hash from people where person_id = $1", person_id
    )
    return None if row is None else Person(**dict(row))


async def set_profile(connection: Connection, person_id: UUID, name: str, language: str | None) -> None:
    """Set a person's name and the language they read; None: what their browser says."""
    await connection.execute(
        "update people set name = $2, language = $3 where person_id = $1", person_id, name, language
    )


async def set_password(connection: Connection, person_id: UUID, password_hash: str) -> None:
    """Set a person's password."""
    await connection.execute("update people set password_hash = $2 where person_id = $1", person_id, password_hash)
