"""Agencies: which businesses each looks after, who works for it, and how its businesses do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ringback.store.db import Connection


@dataclass(frozen=True, slots=True)
class Agency:
    """A company that looks after several businesses."""

    agency_id: UUID
    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Figures:
    """One business at a glance: what is wrong, who waits, and its month so far (local)."""

    business_id: UUID
    name: str
    lines: int
    alarms: int
    needs_reply: int
    waiting_since: datetime | None
    missed: int
    texted: int
    recovered: int


async def create_agency(connection: Connection, agency: Agency, now: datetime) -> bool:
    """Add an agency; False where another goes by its slug."""
    done = await connection.execute(
        "insert into agencies (agency_id, slug, name, created_at) values ($1, $2, $3, $4) on conflict do nothing",
        *(agency.agency_id, agency.slug, agency.name, now),
    )
    return str(done) == "INSERT 0 1"


async def find_agency(connection: Connection, slug: str) -> Agency | None:
    """Return the agency that goes by a slug."""
    row = await connection.fetchrow("select agency_id, slug, name from agencies where slug = $1", slug)
    return None if row is None else Agency(**row)


async def agency_of(connection: Connection, person_id: UUID, business_id: UUID) -> Agency | None:
    """Return the agency of a business, where this person works for it."""
    # Both lists are asked: the role of a session alone does not say which agency it is.
    row = await connection.fetchrow(
        "select a.agency_id, a.slug, a.name from agencies a join agency_businesses b using (agency_id) "
        "join agency_people p using (agency_id) where p.person_id = $1 and b.business_id = $2",
        person_id,
        business_id,
    )
    return None if row is None else Agency(**row)


async def add_business(connection: Connection, agency_id: UUID, business_id: UUID, now: datetime) -> bool:
    """Let an agency look after a business; its people may enter at once. False where another agency does."""
    # Written again where it is there, so that one statement says whose it is.
    owner = await connection.fetchval(
        "insert into agency_businesses as b (business_id, agency_id, added_at) values ($1, $2, $3) "
        "on conflict (business_id) do update set added_at = b.added_at returning b.agency_id",
        *(business_id, agency_id, now),
    )
    return bool(owner == agency_id)


async def remove_business(connection: Connection, agency_id: UUID, business_id: UUID) -> bool:
    """Let an agency go of a business, and its people out; False where it does not look after it."""
    done = await connection.execute(
        "delete from agency_businesses where agency_id = $1 and business_id = $2", agency_id, business_id
    )
    return str(done) == "DELETE 1"


async def add_person(connection: Connection, agency_id: UUID, person_id: UUID, now: datetime) -> None:
    """Let somebody work for an agency, in all its businesses."""
    await connection.execute(
        "insert into agency_people (agency_id, person_id, added_at) values ($1, $2, $3) on conflict do nothing",
        *(agency_id, person_id, now),
    )


async def remove_person(connection: Connection, agency_id: UUID, person_id: UUID) -> bool:
    """End somebody's work for an agency, in all its businesses; False where there was none."""
    done = await connection.execute(
        "delete from agency_people where agency_id = $1 and person_id = $2", agency_id, person_id
    )
    return str(done) == "DELETE 1"


async def list_business_ids(connection: Connection, agency_id: UUID) -> list[UUID]:
    """Return the businesses an agency looks after."""
    found = await connection.fetch(
        "select business_id from agency_businesses where agency_id = $1 order by business_id", agency_id
    )
    return [row["business_id"] for row in found]


async def load_figures(
    connection: Connection, business_ids: Sequence[UUID], missed: Sequence[str], now: datetime
) -> list[Figures]:
    """Return how businesses do, each read under its own row-level security, all in one round trip.

    `missed`: the outcomes of a missed call. The transaction goes on seeing the business it saw before.
    """
    # Two hundred transactions, one for each business, would take a second; this takes one of them.
    found = await connection.fetch("select * from agency_figures($1, $2, $3)", list(business_ids), list(missed), now)
    return [Figures(**row) for row in found]


async def list_slugs(connection: Connection, agency_id: UUID) -> list[str]:
    """Return the slugs of the businesses an agency looks after, in order."""
    found = await connection.fetch(
        "select d.slug from agency_businesses b join business_directory d using (business_id) "
        "where b.agency_id = $1 order by d.slug",
        agency_id,
    )
    return [row["slug"] for row in found]
