"""People who sign in, their sessions, and API keys. Only hashes of tokens are stored."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from ringback.store.db import Connection

SESSION_DAYS = 30


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


async def start_session(connection: Connection, person_id: UUID, business_id: UUID, now: datetime) -> str:
    """Return the token of a new session; it is not stored and cannot be had again."""
    # 256 random bits: guessing is hopeless, so the stored hash needs neither salt nor slowness.
    token = secrets.token_urlsafe(32)
    await connection.execute(
        "insert into sessions (token_hash, person_id, business_id, created_at, last_seen_at, expires_at) "
        "values ($1, $2, $3, $4, $4, $5)",
        hash_token(token),
        person_id,
        business_id,
        now,
        now + timedelta(days=SESSION_DAYS),
    )
    return token


async def find_session(connection: Connection, token: str, now: datetime) -> SignedIn | None:
    """Return whose session a token is; a membership that ended ends its sessions."""
    row = await connection.fetchrow(
        "select p.person_id, p.name, s.business_id, m.role, m.staff_id, p.language "
        "from sessions s join people p using (person_id) "
        # Someone who no longer works there loses access at once, not when the session ends.
        "join memberships m on m.person_id = s.person_id and m.business_id = s.business_id "
        "where s.token_hash = $1 and s.expires_at > $2",
        hash_token(token),
        now,
    )
    return None if row is None else SignedIn(**row)


async def end_session(connection: Connection, token: str) -> None:
    """Sign out."""
    await connection.execute("delete from sessions where token_hash = $1", hash_token(token))


async def note_failure(connection: Connection, source: str, now: datetime) -> None:
    """Count a failed sign-in for an address or an e-mail."""
    await connection.execute("insert into sign_in_failures (source, failed_at) values ($1, $2)", source, now)


async def count_failures(connection: Connection, source: str, since: datetime) -> int:
    """Return how many sign-ins failed for an address or an e-mail since an instant."""
    return int(
        await connection.fetchval(
            "select count(*) from sign_in_failures where source = $1 and failed_at > $2", source, since
        )
    )


async def forget_failures(connection: Connection, before: datetime) -> None:
    """Delete failed sign-ins and sessions that no longer matter."""
    await connection.execute("delete from sign_in_failures where failed_at < $1", before)
    await connection.execute("delete from sessions where expires_at < $1", before)


async def create_api_key(connection: Connection, business_id: UUID, name: str, now: datetime) -> str:
    """Return a new API key of a business; only its hash is stored."""
    key = "rb_" + secrets.token_urlsafe(32)
    await connection.execute(
        "insert into api_keys (key_hash, business_id, name, created_at) values ($1, $2, $3, $4)",
        hash_token(key),
        business_id,
        name,
        now,
    )
    return key


async def find_api_key(connection: Connection, key: str) -> UUID | None:
    """Return the business of a live API key."""
    found: UUID | None = await connection.fetchval(
        "select business_id from api_keys where key_hash = $1 and ended_at is null", hash_token(key)
    )
    return found


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
