"""The set-up wizard's own rows: the first key of an installation, how far a set-up is, and lines going live."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from ringback.store.db import Connection
from ringback.store.people import hash_token


@dataclass(frozen=True, slots=True)
class SetUp:
    """How far a business's set-up is. `account`: credentials whose number is not chosen yet; never shown."""

    steps: frozenset[str] = frozenset()
    account: Mapping[str, Any] | None = None


async def is_empty(connection: Connection) -> bool:
    """Return whether nobody can sign in here yet."""
    return not await connection.fetchval("select exists (select from people)")


async def make_welcome_key(connection: Connection, now: datetime) -> str | None:
    """Return a new key for the first owner, which ends the one before; None where somebody can sign in already."""
    if not await is_empty(connection):
        return None
    # 256 random bits: guessing is hopeless, so the stored hash needs neither salt nor slowness.
    key = secrets.token_urlsafe(32)
    await connection.execute("delete from welcome_keys")
    await connection.execute("insert into welcome_keys (key_hash, made_at) values ($1, $2)", hash_token(key), now)
    return key


async def is_welcome(connection: Connection, key: str) -> bool:
    """Return whether a key still opens this installation."""
    return bool(
        await connection.fetchval(
            "select exists (select from welcome_keys where key_hash = $1) and not exists (select from people)",
            hash_token(key),
        )
    )


async def use_welcome_key(connection: Connection, key: str) -> bool:
    """Use the key up: of two who come with it at once, one is turned away."""
    used = await connection.fetchval(
        "delete from welcome_keys where key_hash = $1 and not exists (select from people) returning true",
        hash_token(key),
    )
    return bool(used)


async def load_set_up(connection: Connection, business_id: UUID) -> SetUp:
    """Return how far the set-up of a business is; one that the wizard never saw has no step behind it."""
    row = await connection.fetchrow("select steps, account from set_ups where business_id = $1", business_id)
    return SetUp() if row is None else SetUp(frozenset(row["steps"]), row["account"])


async def note_step(connection: Connection, business_id: UUID, step: str, now: datetime) -> None:
    """Remember that a step was finished."""
    await connection.execute(
        "insert into set_ups as s (business_id, begun_at, steps) values ($1, $3, array[$2::text]) "
        "on conflict (business_id) do update set steps = array_append(array_remove(s.steps, $2::text), $2::text)",
        *(business_id, step, now),
    )


async def keep_account(
    connection: Connection, business_id: UUID, account: Mapping[str, Any] | None, now: datetime
) -> None:
    """Keep credentials that the phone company has taken, until a number is chosen; None forgets them."""
    await connection.execute(
        "insert into set_ups (business_id, begun_at, account) values ($1, $3, $2) "
        "on conflict (business_id) do update set account = excluded.account",
        *(business_id, None if account is None else dict(account), now),
    )


async def set_live(connection: Connection, business_id: UUID, line_id: UUID) -> bool:
    """Let a line text callers from now on; False where it did already, or where nobody is there to own its replies."""
    live = await connection.fetchval(
        "with l as (update lines set in_set_up = false where business_id = $1 and line_id = $2 and in_set_up "
        # The rule is kept here as well: between the check of the page and this moment people may have left.
        "  and exists (select from staff s where s.business_id = $1 and s.ended_at is null and s.phone is not null) "
        "  returning line_id) "
        "update businesses set version = version + 1 where business_id = $1 and exists (select from l) returning true",
        *(business_id, line_id),
    )
    return bool(live)


async def has_line_at(connection: Connection, api_url: str) -> bool:
    """Return whether any line here is at a phone company with this address; asked with the owner's login, which alone
    sees the lines of all businesses, before the pretend phone company is started."""
    return bool(
        await connection.fetchval(
            "select exists (select from lines l join connections c using (business_id, connection_id) "
            "where l.ended_at is null and c.settings->>'api_url' = $1)",
            api_url,
        )
    )
