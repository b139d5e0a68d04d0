"""Businesses with their staff, lines and connections."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import asyncpg

from ringback.domain.business import Business, Line
from ringback.store.db import Connection, Row, set_business
from ringback.store.ids import new_id
from ringback.store.setup_rows import business_columns, dump_ring, dump_staff, load_business_row


class SlugTaken(ValueError):
    """Another business already goes by this slug."""


@dataclass(frozen=True, slots=True)
class LineSetup:
    """A line with its business and the settings of its connection (secrets included: never shown, never logged)."""

    business: Business
    line: Line
    settings: Mapping[str, str]
    version: int


async def find_business(connection: Connection, slug: str) -> UUID | None:
    """Return the id that goes by a slug."""
    found: UUID | None = await connection.fetchval("select business_id from business_directory where slug = $1", slug)
    return found


async def list_slugs(connection: Connection) -> list[str]:
    """Return the slugs of all businesses of this installation, in order."""
    return [row["slug"] for row in await connection.fetch("select slug from business_directory order by slug")]


async def find_line(connection: Connection, hook_key: str) -> tuple[UUID, UUID] | None:
    """Return (business, line) of the key in a hook address."""
    row = await connection.fetchrow("select business_id, line_id from line_directory where hook_key = $1", hook_key)
    return None if row is None else (row["business_id"], row["line_id"])


async def load_business(connection: Connection, business_id: UUID) -> Business | None:
    """Return the business, or None where this transaction may not see it."""
    row = await connection.fetchrow(
        "select b.*, (select a.until_at from away a where a.business_id = $1 and a.staff_id is null "
        "  and a.ended_at is null order by a.since_at desc limit 1) as away_until "
        "from businesses b where b.business_id = $1",
        business_id,
    )
    if row is None:
        return None
    return load_business_row(row, await _staff(connection, business_id), await _lines(connection, business_id))


async def load_version(connection: Connection, business_id: UUID) -> int:
    """Return a number that grows with every change of the set-up; 0 where this transaction may not see the business."""
    version = await connection.fetchval("select version from businesses where business_id = $1", business_id)
    return int(version or 0)


async def _staff(connection: Connection, business_id: UUID) -> list[Row]:
    return await connection.fetch(
        # Who is away is kept beside the set-up, and read with it: an incoming call must not cost one query more.
        "select s.*, (select a.until_at from away a where a.business_id = $1 and a.staff_id = s.staff_id "
        "  and a.ended_at is null order by a.since_at desc limit 1) as away_until "
        "from staff s where s.business_id = $1 and s.ended_at is null order by s.position",
        business_id,
    )


async def _lines(connection: Connection, business_id: UUID) -> list[Row]:
    return await connection.fetch(
        "select l.*, c.provider, to_jsonb(r) as carriers from lines l "
        "join connections c using (business_id, connection_id) "
        "left join line_registrations r using (business_id, line_id) "
        "where l.business_id = $1 and l.ended_at is null order by l.created_at, l.number",
        business_id,
    )


async def load_line_settings(connection: Connection, business_id: UUID, line_id: UUID) -> dict[str, str]:
    """Return the connection settings of a line, secrets included."""
    settings: dict[str, str] = await connection.fetchval(
        "select c.settings from lines l join connections c using (business_id, connection_id) "
        "where l.business_id = $1 and l.line_id = $2",
        business_id,
        line_id,
    )
    return settings


async def save_business(
    connection: Connection, business: Business, connections: Mapping[str, Mapping[str, str]], now: datetime
) -> None:
    """Create the business or bring its rows to `business`; `connections` has new settings by line number.

    Lines and their messages are never deleted; staff no longer named are ended. Raises SlugTaken.
    """
    await set_business(connection, business.business_id)
    # The directory is outside row-level security, so a slug in use elsewhere shows here and nowhere else.
    await _claim_slug(connection, business)
    columns = business_columns(business)
    names = ", ".join(columns)
    values = ", ".join(f"${n}" for n in range(3, len(columns) + 3))
    updates = ", ".join(f"{name} = excluded.{name}" for name in columns)
    await connection.execute(
        f"insert into businesses as b (business_id, created_at, updated_at, {names}) values ($1, $2, $2, {values}) "
        f"on conflict (business_id) do update set {updates}, updated_at = excluded.updated_at, version = b.version + 1",
        business.business_id,
        now,
        *columns.values(),
    )
    await _save_staff(connection, business, now)
    for line in business.lines:
        await save_line(connection, business.business_id, line, connections.get(line.number, {}), now)


async def _claim_slug(connection: Connection, business: Business) -> None:
    await connection.execute(
        "delete from business_directory where business_id = $1 and slug <> $2", business.business_id, business.slug
    )
    owner = await connection.fetchval(
        "insert into business_directory as d (slug, business_id) values ($1, $2) "
        "on conflict (slug) do update set slug = excluded.slug returning d.business_id",
        business.slug,
        business.business_id,
    )
    if owner != business.business_id:
        raise SlugTaken(f"Another business already uses the slug “{business.slug}”.")


async def _save_staff(connection: Connection, business: Business, now: datetime) -> None:
    # Messages and alarms name the people who wrote and took them: nobody is deleted.
    kept = [person.staff_id for person in business.staff]
    await connection.execute(
        "update staff set ended_at = $3 where business_id = $1 and ended_at is null and not staff_id = any($2)",
        business.business_id,
        kept,
        now,
    )
    await connection.executemany(
        "insert into staff (business_id, staff_id, position, name, phone, email, takes_calls, takes_bookings, weekly, "
        "time_off) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (business_id, staff_id) do update set "
        "position = excluded.position, name = excluded.name, phone = excluded.phone, email = excluded.email, "
        "takes_calls = excluded.takes_calls, takes_bookings = excluded.takes_bookings, weekly = excluded.weekly, "
        "time_off = excluded.time_off, ended_at = null",
        [
            (business.business_id, person.staff_id, position, *dump_staff(person).values())
            for position, person in enumerate(business.staff)
        ],
    )


async def save_line(
    connection: Connection, business_id: UUID, line: Line, settings: Mapping[str, str], now: datetime
) -> None:
    """Create or update one line; empty `settings` keep the connection it has."""
    connection_id = await _save_connection(connection, business_id, line, settings, now)
    await connection.execute(
        "insert into lines (business_id, line_id, connection_id, number, mode, label, language, hook_key, ring, "
        "forwarding_number, registration, text_back, texts_per_second, created_at, in_set_up) "
        "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) "
        # Not `in_set_up`: a set-up that was read before a line went live must not take it back.
        "on conflict (business_id, line_id) do update set connection_id = excluded.connection_id, "
        "mode = excluded.mode, label = excluded.label, language = excluded.language, ring = excluded.ring, "
        "forwarding_number = excluded.forwarding_number, registration = excluded.registration, "
        "text_back = excluded.text_back, texts_per_second = excluded.texts_per_second, ended_at = null",
        *(business_id, line.line_id, connection_id, line.number, line.mode, line.label, line.language, line.hook_key),
        *(dump_ring(line.ring), line.forwarding_number, line.registration, line.text_back, line.texts_per_second, now),
        line.in_set_up,
    )
    await connection.execute(
        "insert into line_directory (hook_key, business_id, line_id) values ($1, $2, $3) on conflict do nothing",
        line.hook_key,
        business_id,
        line.line_id,
    )
    await connection.execute("update businesses set version = version + 1 where business_id = $1", business_id)


async def _save_connection(
    connection: Connection, business_id: UUID, line: Line, settings: Mapping[str, str], now: datetime
) -> UUID:
    """One connection per line: two lines of one account simply hold the same settings."""
    # An export has no secrets; applying it must not wipe them.
    existing: UUID | None = await connection.fetchval(
        "select connection_id from lines where business_id = $1 and line_id = $2", business_id, line.line_id
    )
    if existing is not None and not settings:
        return existing
    connection_id = existing or new_id()
    await connection.execute(
        "insert into connections (business_id, connection_id, provider, settings, created_at) "
        "values ($1, $2, $3, $4, $5) on conflict (business_id, connection_id) "
        "do update set provider = excluded.provider, settings = excluded.settings",
        business_id,
        connection_id,
        line.provider,
        dict(settings),
        now,
    )
    return connection_id


async def take_lines_to_poll(pool: asyncpg.Pool, before: datetime, now: datetime) -> list[tuple[UUID, UUID]]:
    """Return (business, line) of lines whose calls were last listed before an instant; across all businesses.

    Those whose turn was longest ago come first, and their turn is now, whatever becomes of it.
    """
    return [(row[0], row[1]) for row in await pool.fetch("select * from take_lines_to_poll($1, $2)", before, now)]


async def save_polled(connection: Connection, business_id: UUID, line_id: UUID, until: datetime) -> None:
    """Remember up to when the calls of a line have been listed."""
    await connection.execute(
        "update lines set polled_until = $3 where business_id = $1 and line_id = $2", business_id, line_id, until
    )


async def load_polled(connection: Connection, business_id: UUID, line_id: UUID) -> datetime | None:
    """Return up to when the calls of a line have been listed."""
    polled: datetime | None = await connection.fetchval(
        "select polled_until from lines where business_id = $1 and line_id = $2", business_id, line_id
    )
    return polled
