"""Secrets from which links without a sign-in are made, one for each purpose of a business; kept sealed."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from ringback.ports.sealing import Sealed
from ringback.store.db import Connection


class LinkPurpose(StrEnum):
    """What a link opens: one booking, or the feed of all of them."""

    BOOKING = "booking"
    FEED = "feed"


async def find_secret(connection: Connection, business_id: UUID, purpose: LinkPurpose) -> str | None:
    """Return the secret of a purpose as it is kept, or None where it has not been made yet."""
    # Only read: every visitor comes here, and none may write or hold up another.
    found: str | None = await connection.fetchval(
        "select secret from link_secrets where business_id = $1 and purpose = $2", business_id, purpose
    )
    return found


async def keep_secret(
    connection: Connection, business_id: UUID, purpose: LinkPurpose, sealed: Sealed, now: datetime
) -> str:
    """Keep a new secret and return the one that stands: of two made at the same time, the first."""
    await connection.execute(
        "insert into link_secrets (business_id, purpose, secret, made_at) values ($1, $2, $3, $4) "
        "on conflict (business_id, purpose) do nothing",
        *(business_id, purpose, sealed, now),
    )
    standing: str = await connection.fetchval(
        "select secret from link_secrets where business_id = $1 and purpose = $2", business_id, purpose
    )
    return standing


async def replace_secret(
    connection: Connection, business_id: UUID, purpose: LinkPurpose, sealed: Sealed, now: datetime
) -> None:
    """Keep another secret: every link made with the old one leads nowhere from now on."""
    await connection.execute(
        "insert into link_secrets (business_id, purpose, secret, made_at) values ($1, $2, $3, $4) "
        "on conflict (business_id, purpose) do update set secret = excluded.secret, made_at = excluded.made_at",
        *(business_id, purpose, sealed, now),
    )
