"""Where a person is signed in, and how those sessions end."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ringback.store.db import Connection, rows


async def list_sessions(connection: Connection, person_id: UUID, now: datetime) -> list[dict[str, Any]]:
    """Return a person's live sessions, the one used last first; no tokens."""
    return rows(
        await connection.fetch(
            "select session_id, business_id, created_at, last_seen_at, browser, system, desk_id, by_pin from sessions "
            "where person_id = $1 and expires_at > $2 order by last_seen_at desc, session_id limit 100",
            *(person_id, now),
        )
    )


async def end_one_session(connection: Connection, person_id: UUID, session_id: UUID) -> UUID | None:
    """End one of a person's sessions; return the business it was for, or None where they have no such session."""
    business: UUID | None = await connection.fetchval(
        "delete from sessions where person_id = $1 and session_id = $2 returning business_id", person_id, session_id
    )
    return business


async def end_sessions(connection: Connection, person_id: UUID, keep: UUID | None = None) -> set[UUID]:
    """End all of a person's sessions but one; return the businesses they were for."""
    ended = await connection.fetch(
        "delete from sessions where person_id = $1 and session_id is distinct from $2 returning business_id",
        *(person_id, keep),
    )
    return {row["business_id"] for row in ended}


async def put_on_desk(connection: Connection, session_id: UUID, desk_id: UUID, idle_minutes: int) -> None:
    """The session is on a shared desk from now on, and locks when idle."""
    await connection.execute(
        "update sessions set desk_id = $2, idle_minutes = $3 where session_id = $1", session_id, desk_id, idle_minutes
    )


async def set_idle_minutes(connection: Connection, desk_id: UUID, idle_minutes: int) -> None:
    """Let the sessions on a desk lock after so many minutes without a person."""
    await connection.execute("update sessions set idle_minutes = $2 where desk_id = $1", desk_id, idle_minutes)


async def end_desk_sessions(connection: Connection, desk_id: UUID) -> None:
    """End what was opened by PIN on a desk; other sessions there go on as ordinary ones."""
    await connection.execute("delete from sessions where desk_id = $1 and by_pin", desk_id)
    await connection.execute("update sessions set desk_id = null, idle_minutes = null where desk_id = $1", desk_id)
