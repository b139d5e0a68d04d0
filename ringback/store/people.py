"""People who sign in, their sessions, and API keys. Only hashes of tokens are stored."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from ringback.store.db import Connection, rows

SESSION_DAYS = 30
# Nobody was here for so long: whoever comes now may be somebody else.
SESSION_IDLE_DAYS = 7
# Of one person; a new sign-in beyond these ends the session that was used least lately.
MOST_SESSIONS = 50


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who may sign in, with the stored hash of their password."""

    person_id: UUID
    email: str
    name: str
    password_hash: str


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Whose request this is, for which business, and in which role."""

    person_id: UUID
    name: str
    business_id: UUID
    role: str
    # Who they are on the staff list, where they are on it.
    staff_id: UUID | None = None
    # The language they chose for the interface.
    language: str | None = None
    session_id: UUID | None = None
    # They work for other businesses too.
    has_others: bool = False
    desk_id: UUID | None = None
    idle_minutes: int | None = None
    by_pin: bool = False
    # When they last showed a password or a passkey; None where a PIN let them in.
    proved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Device:
    """Where somebody signs in: the browser by its name, and the shared desk, if it is one, with its idle lock."""

    browser: str | None = None
    system: str | None = None
    desk_id: UUID | None = None
    idle_minutes: int | None = None
    by_pin: bool = False
    # Of the session before, where one goes on in another; None: the proof is given now.
    proved_at: datetime | None = None


UNKNOWN_DEVICE = Device()


def hash_token(token: str) -> bytes:
    """Return what is stored of a token: 256 random bits need no slow hash."""
    return hashlib.sha256(token.encode()).digest()


async def save_person(connection: Connection, person: Person, business_id: UUID, role: str, now: datetime) -> UUID:
    """Create a person or set their password, and let them into a business; return their id."""
    person_id: UUID = await connection.fetchval(
        "insert into people (person_id, email, name, password_hash, created_at) values ($1, $2, $3, $4, $5) "
        "on conflict (lower(email)) do update set name = excluded.name, password_hash = excluded.password_hash "
        "returning person_id",
        person.person_id,
        person.email,
        person.name,
        person.password_hash,
        now,
    )
    await connection.execute(
        "insert into memberships (person_id, business_id, role) values ($1, $2, $3) "
        "on conflict (person_id, business_id) do update set role = excluded.role",
        person_id,
        business_id,
        role,
    )
    return person_id


async def find_person(connection: Connection, email: str) -> Person | None:
    """Return the person who signs in with this address, whatever its case."""
    row = await connection.fetchrow(
        "select person_id, email, name, password_hash from people where lower(email) = lower($1)", email
    )
    return None if row is None else Person(**row)


async def first_business(connection: Connection, person_id: UUID) -> UUID | None:
    """Return the business a person works for; the one joined by name order where there are several."""
    found: UUID | None = await connection.fetchval(
        "select m.business_id from memberships m join business_directory d using (business_id) "
        "where m.person_id = $1 order by d.slug limit 1",
        person_id,
    )
    return found


async def start_session(
    connection: Connection, person_id: UUID, business_id: UUID, now: datetime, device: Device = UNKNOWN_DEVICE
) -> str:
    """Return the token of a new session; it is not stored and cannot be had again."""
    # 256 random bits: guessing is hopeless, so the stored hash needs neither salt nor slowness.
    token = secrets.token_urlsafe(32)
    await connection.execute(
        "with oldest as (delete from sessions where session_id in (select session_id from sessions "
        "  where person_id = $2 order by last_seen_at desc, session_id offset $12)) "
        "insert into sessions (token_hash, person_id, business_id, created_at, last_seen_at, expires_at, browser, "
        "system, desk_id, idle_minutes, by_pin, proved_at) values ($1, $2, $3, $4, $4, $5, $6, $7, $8, $9, $10, $11)",
        *(hash_token(token), person_id, business_id, now, now + timedelta(days=SESSION_DAYS)),
        *(device.browser, device.system, device.desk_id, device.idle_minutes, device.by_pin),
        *(None if device.by_pin else device.proved_at or now, MOST_SESSIONS - 1),
    )
    return token


async def find_session(
    connection: Connection, token: str, now: datetime, *, is_by_hand: bool = True
) -> SignedIn | None:
    """Return whose session a token is; a membership that ended ends its sessions, and so does an idle shared desk.

    `is_by_hand` notes that a person was here; what an open page asks for by itself must not keep a desk unlocked.
    """
    row = await connection.fetchrow(
        "with s as (select p.person_id, p.name, s.business_id, m.staff_id, p.language, s.session_id, "
        "    exists (select from memberships o where o.person_id = s.person_id and o.business_id <> s.business_id) "
        "    as has_others, s.desk_id, s.idle_minutes, s.by_pin, s.proved_at, "
        # Six digits open a desk, not the owner's rights.
        "    case when s.by_pin and m.role in ('agency', 'owner') then 'staff' else m.role end as role "
        "  from sessions s join people p using (person_id) "
        # Someone who no longer works there loses access at once, not when the session ends.
        "  join memberships m on m.person_id = s.person_id and m.business_id = s.business_id "
        "  where s.token_hash = $1 and s.expires_at > $2 and s.last_seen_at > $2 - $4::interval "
        "  and (s.idle_minutes is null or s.last_seen_at > $2 - make_interval(mins => s.idle_minutes))), "
        # Cheap: written once in a while, not at every request.
        "seen as (update sessions t set last_seen_at = $2 from s where $3 and t.session_id = s.session_id "
        "  and t.last_seen_at < $2 - case when s.idle_minutes is null then interval '5 minutes' "
        "    else interval '10 seconds' end) "
        "select * from s",
        *(hash_token(token), now, is_by_hand, timedelta(days=SESSION_IDLE_DAYS)),
    )
    return None if row is None else SignedIn(**row)


async def end_session(connection: Connection, token: str) -> None:
    """Sign out."""
    await connection.execute("delete from sessions where token_hash = $1", hash_token(token))


async def forget_failures(connection: Connection, before: datetime) -> None:
    """Delete failed sign-ins, counted requests and sessions that no longer matter."""
    await connection.execute("delete from request_counts where window_at < $1", before)
    await connection.execute("delete from sign_in_failures where failed_at < $1", before)
    await connection.execute("delete from sessions where expires_at < $1", before)
    await connection.execute("delete from sign_in_tokens where expires_at < $1", before)


async def create_api_key(
    connection: Connection, business_id: UUID, name: str, now: datetime, scope: str = "all", per_minute: int = 600
) -> str:
    """Return a new API key of a business, for `all` or to `read`; only its hash is stored."""
    key = "rb_" + secrets.token_urlsafe(32)
    await connection.execute(
        "insert into api_keys (key_hash, business_id, name, created_at, scope, per_minute) "
        "values ($1, $2, $3, $4, $5, $6)",
        *(hash_token(key), business_id, name, now, scope, per_minute),
    )
    return key


async def list_api_keys(connection: Connection, business_id: UUID) -> list[dict[str, Any]]:
    """Return the live keys of a business, the newest first, without what opens anything."""
    return rows(
        await connection.fetch(
            "select key_id, name, scope, per_minute, created_at from api_keys "
            "where business_id = $1 and ended_at is null order by created_at desc, key_id",
            business_id,
        )
    )


async def end_api_key(connection: Connection, business_id: UUID, key_id: UUID, now: datetime) -> str | None:
    """Let a key open nothing from now on; return its name, or None where the business has no such live key."""
    name: str | None = await connection.fetchval(
        "update api_keys set ended_at = $3 where business_id = $1 and key_id = $2 and ended_at is null returning name",
        *(business_id, key_id, now),
    )
    return name


async def save_beat(connection: Connection, worker_id: UUID, now: datetime) -> None:
    """Say that a worker lives, for `/readyz`."""
    await connection.execute(
        "insert into worker_beats (worker_id, beat_at) values ($1, $2) "
        "on conflict (worker_id) do update set beat_at = excluded.beat_at",
        worker_id,
        now,
    )
    await connection.execute("delete from worker_beats where beat_at < $1", now - timedelta(days=1))


async def last_beat(connection: Connection) -> datetime | None:
    """Return when a worker last said that it lives."""
    beat: datetime | None = await connection.fetchval("select max(beat_at) from worker_beats")
    return beat
