"""How often somebody asked lately: counted in the database, so that every web process counts together."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from ringback.store.db import Connection
from ringback.store.people import hash_token

_KEY_WINDOW = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class KeyUse:
    """What a live API key opens, and how its minute stands."""

    business_id: UUID
    scope: str
    per_minute: int
    used: int
    window_at: datetime

    def wait_seconds(self, now: datetime) -> int:
        """Return after how many seconds to ask again; 0 while the key is within its minute."""
        left = (self.window_at + _KEY_WINDOW - now).total_seconds()
        return max(int(left) + 1, 1) if self.used > self.per_minute else 0


# One statement, and one row that is locked for no longer than that.
_COUNT = (
    "insert into request_counts as c (source, window_at, used) {} "
    "on conflict (source) do update set "
    "  window_at = case when c.window_at > excluded.window_at - $2::interval then c.window_at "
    "    else excluded.window_at end, "
    "  used = case when c.window_at > excluded.window_at - $2::interval then c.used + 1 else 1 end "
)
_COUNT_KEY = _COUNT.format("select 'api ' || key_id, $3, 1 from key")


async def count_request(connection: Connection, source: str, window: timedelta, now: datetime) -> int:
    """Count a request of a source and return how many there were in the window that is running."""
    return int(await connection.fetchval(_COUNT.format("values ($1, $3, 1)") + "returning used", source, window, now))


async def use_api_key(connection: Connection, key: str, now: datetime) -> KeyUse | None:
    """Count one use of an API key and return what it opens; None where there is no such live key."""
    row = await connection.fetchrow(
        "with key as (select key_id, business_id, scope, per_minute from api_keys "
        "  where key_hash = $1 and ended_at is null), "
        f"counted as ({_COUNT_KEY} returning used, window_at) "
        "select business_id, scope, per_minute, used, window_at from key, counted",
        *(hash_token(key), _KEY_WINDOW, now),
    )
    return None if row is None else KeyUse(**row)
