"""Passkeys: the public half of a key that a person's phone or computer keeps."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from ringback.store.db import Connection, rows
from ringback.store.ids import new_id


@dataclass(frozen=True, slots=True)
class NewPasskey:
    """A passkey as its authenticator made it."""

    credential_id: bytes
    public_key: bytes
    sign_count: int
    name: str


@dataclass(frozen=True, slots=True)
class Passkey:
    """What a signature is checked against, and whose it is."""

    person_id: UUID
    public_key: bytes
    sign_count: int


async def add_passkey(connection: Connection, person_id: UUID, key: NewPasskey, now: datetime) -> bool:
    """Keep a passkey; False where this credential is known already, to whomever it belongs."""
    done = await connection.execute(
        "insert into passkeys (credential_id, passkey_id, person_id, public_key, sign_count, name, created_at) "
        "values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing",
        *(key.credential_id, new_id(), person_id, key.public_key, key.sign_count, key.name, now),
    )
    return str(done) == "INSERT 0 1"


async def list_passkeys(connection: Connection, person_id: UUID) -> list[dict[str, Any]]:
    """Return a person's passkeys, the oldest first."""
    return rows(
        await connection.fetch(
            "select passkey_id, credential_id, name, created_at, used_at from passkeys where person_id = $1 "
            "order by created_at, passkey_id",
            person_id,
        )
    )


async def load_passkey(connection: Connection, credential_id: bytes) -> Passkey | None:
    """Return a passkey, locked, so that two sign-ins with one counter value come one after the other."""
    row = await connection.fetchrow(
        "select person_id, public_key, sign_count from passkeys where credential_id = $1 for update", credential_id
    )
    return None if row is None else Passkey(**dict(row))


async def note_passkey_use(connection: Connection, credential_id: bytes, sign_count: int, now: datetime) -> None:
    """A passkey has let its person in; its counter never goes back."""
    await connection.execute(
        "update passkeys set sign_count = greatest(sign_count, $2), used_at = $3 where credential_id = $1",
        *(credential_id, sign_count, now),
    )


async def remove_passkey(connection: Connection, person_id: UUID, passkey_id: UUID) -> str | None:
    """Remove one of a person's passkeys; return its name, or None where they have no such key."""
    name: str | None = await connection.fetchval(
        "delete from passkeys where person_id = $1 and passkey_id = $2 returning name", person_id, passkey_id
    )
    return name


async def remove_all_passkeys(connection: Connection, person_id: UUID) -> None:
    """Remove every passkey of a person, after a reset: whoever had the account may have added one."""
    await connection.execute("delete from passkeys where person_id = $1", person_id)
