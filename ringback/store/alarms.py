"""Alarms: what only the owner can mend, one row while it lasts, however often it happens."""

from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from ringback.store.db import Connection, rows
from ringback.store.ids import new_id


async def raise_alarm(
    connection: Connection, business_id: UUID, kind: str, subject: str, words: str, now: datetime
) -> bool:
    """Raise an alarm, or count one more time that it is still so; return whether it is new."""
    is_new = await connection.fetchval(
        "with a as (insert into alarms as a (business_id, alarm_id, kind, subject, words, raised_at, last_at) "
        "  values ($1, $2, $3, $4, $5, $6, $6) on conflict (business_id, kind, subject) where ended_at is null "
        "  do update set last_at = excluded.last_at, times = a.times + 1, words = excluded.words "
        "  returning alarm_id, times) "
        "select true from a, note_change($1, 'alarm', alarm_id, $6) where times = 1",
        *(business_id, new_id(), kind, subject, words, now),
    )
    return bool(is_new)


async def end_alarm(connection: Connection, business_id: UUID, kind: str, subject: str, now: datetime) -> None:
    """End an alarm whose cause is gone."""
    await connection.execute(
        "with a as (update alarms set ended_at = $4 "
        "  where business_id = $1 and kind = $2 and subject = $3 and ended_at is null returning alarm_id) "
        "select note_change($1, 'alarm', alarm_id, $4) from a",
        business_id,
        kind,
        subject,
        now,
    )


async def list_alarms(connection: Connection, business_id: UUID) -> list[dict[str, Any]]:
    """Return the alarms that stand, newest first."""
    return rows(
        await connection.fetch(
            "select alarm_id, kind, subject, words, raised_at, last_at, times from alarms "
            "where business_id = $1 and ended_at is null order by raised_at desc",
            business_id,
        )
    )


async def end_line_alarms(
    connection: Connection, business_id: UUID, kinds: list[str], subject: str, now: datetime
) -> None:
    """End alarms of these kinds about one line: what it just did proves that their causes are gone."""
    await connection.execute(
        "with a as (update alarms set ended_at = $4 "
        "  where business_id = $1 and kind = any($2) and subject = $3 and ended_at is null returning alarm_id) "
        "select note_change($1, 'alarm', alarm_id, $4) from a",
        business_id,
        kinds,
        subject,
        now,
    )


async def end_quiet_alarms(pool: asyncpg.Pool, kind: str, before: datetime, now: datetime) -> None:
    """End alarms of a kind that have not been raised again since an instant; across all businesses."""
    await pool.execute("select end_quiet_alarms($1, $2, $3)", kind, before, now)
