"""Links and challenges that open something: only their hashes are stored, and all but a desk's work once."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from ringback.store.db import Connection
from ringback.store.people import hash_token


class TokenPurpose(StrEnum):
    """What a token is for. `TEXTED` is an invitation sent by text, which asks for a code as well."""

    CHALLENGE = "challenge"
    RESET = "reset"
    INVITATION = "invitation"
    TEXTED = "texted"
    DESK = "desk"


@dataclass(frozen=True, slots=True)
class Opens:
    """What a token opens. `subject_id` is the invitation or the desk."""

    purpose: TokenPurpose
    person_id: UUID | None = None
    business_id: UUID | None = None
    subject_id: UUID | None = None


def new_token() -> str:
    """Return a token that nobody can guess."""
    return secrets.token_urlsafe(32)


async def save_token(
    connection: Connection, token: str, opens: Opens, now: datetime, expires_at: datetime | None
) -> None:
    """Let a token open something until an instant, or for good."""
    await connection.execute(
        "insert into sign_in_tokens (token_hash, purpose, person_id, business_id, subject_id, made_at, expires_at) "
        "values ($1, $2, $3, $4, $5, $6, $7)",
        *(hash_token(token), opens.purpose, opens.person_id, opens.business_id, opens.subject_id, now, expires_at),
    )


async def find_token(connection: Connection, token: str, now: datetime) -> Opens | None:
    """Return what a token opens, and leave it as it is."""
    row = await connection.fetchrow(
        "select purpose, person_id, business_id, subject_id from sign_in_tokens "
        "where token_hash = $1 and (expires_at is null or expires_at > $2)",
        *(hash_token(token), now),
    )
    return None if row is None else _opens(dict(row))


async def use_token(connection: Connection, token: str, now: datetime) -> Opens | None:
    """Return what a token opens, once: of two at the same time, one gets nothing."""
    row = await connection.fetchrow(
        "delete from sign_in_tokens where token_hash = $1 and (expires_at is null or expires_at > $2) "
        "returning purpose, person_id, business_id, subject_id",
        *(hash_token(token), now),
    )
    return None if row is None else _opens(dict(row))


async def end_tokens_of_subject(connection: Connection, subject_id: UUID) -> None:
    """Let every link to an invitation or a desk lead nowhere."""
    await connection.execute("delete from sign_in_tokens where subject_id = $1", subject_id)


async def end_resets(connection: Connection, person_id: UUID) -> None:
    """Let every reset link of a person lead nowhere: one was used, or a newer one was made."""
    await connection.execute("delete from sign_in_tokens where person_id = $1 and purpose = 'reset'", person_id)


def _opens(row: dict[str, object]) -> Opens:
    return Opens(**{**row, "purpose": TokenPurpose(str(row["purpose"]))})  # type: ignore[arg-type]
