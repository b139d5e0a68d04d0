"""The time in which an owner tries a line: calls from staff phones, and from one other phone, are texted then."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from ringback.store.db import Connection, rows
from ringback.store.ids import new_id

LASTS = timedelta(minutes=15)
_MOST_CALLS = 5


@dataclass(frozen=True, slots=True)
class TestWindow:
    """When a line was or is tested; `phone` is the one that may be texted beside those of the staff (E.164)."""

    __test__ = False

    window_id: UUID
    line_id: UUID
    phone: str | None
    opened_at: datetime
    ends_at: datetime


async def open_window(
    connection: Connection, business_id: UUID, line_id: UUID, phone: str | None, who: str, now: datetime
) -> None:
    """Let a line be tested for a quarter of an hour from now; one that is open ends."""
    await end_window(connection, business_id, line_id, now)
    await connection.execute(
        "insert into test_windows (business_id, window_id, line_id, phone, opened_by, opened_at, ends_at) "
        "values ($1, $2, $3, $4, $5, $6, $7)",
        *(business_id, new_id(), line_id, phone, who, now, now + LASTS),
    )


async def end_window(connection: Connection, business_id: UUID, line_id: UUID, now: datetime) -> bool:
    """End the test of a line before its time; False where none was going on."""
    done = await connection.execute(
        "update test_windows set ends_at = $3 where business_id = $1 and line_id = $2 and ends_at > $3",
        *(business_id, line_id, now),
    )
    return str(done) != "UPDATE 0"


async def newest_window(connection: Connection, business_id: UUID, line_id: UUID) -> TestWindow | None:
    """Return the last test of a line, whether or not it is over."""
    row = await connection.fetchrow(
        "select window_id, line_id, phone, opened_at, ends_at from test_windows "
        "where business_id = $1 and line_id = $2 order by opened_at desc limit 1",
        *(business_id, line_id),
    )
    return None if row is None else TestWindow(**dict(row))


async def tested_by(connection: Connection, business_id: UUID, line_id: UUID, at: datetime) -> str | None:
    """Return the phone that tested a line at an instant, "" where that is staff's alone, None where nobody did."""
    found: str | None = await connection.fetchval(
        "select coalesce(phone, '') from test_windows where business_id = $1 and line_id = $2 "
        "and opened_at <= $3 and ends_at > $3 order by opened_at desc limit 1",
        *(business_id, line_id, at),
    )
    return found


async def list_test_calls(
    connection: Connection, business_id: UUID, line_id: UUID, since: datetime
) -> list[dict[str, Any]]:
    """Return the last few calls to a line since an instant, the newest first."""
    return rows(
        await connection.fetch(
            "select call_id, caller, started_at from calls where business_id = $1 and line_id = $2 "
            "and started_at >= $3 order by started_at desc, call_id desc limit $4",
            *(business_id, line_id, since, _MOST_CALLS),
        )
    )
