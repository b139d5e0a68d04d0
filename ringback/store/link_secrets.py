"""Secrets from which links without a sign-in are made, one for each purpose of a business."""

import secrets
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from ringback.store.db import Connection


class LinkPurpose(StrEnum):
    """What a link opens: one booking, or the feed of all of them."""

    BOOKING = "booking"
    FEED = "feed"


async def find_or_make_secret(connection: Connection, business_id: UUID, purpose: LinkPurpose, now: datetime) -> bytes:
    """Return the secret of a purpose, made the first time it is asked for; two at once get the same one."""
    # Read first: every visitor comes here, and none may write or hold up another.
    read = "select secret from link_secrets where business_id = $1 and purpose = $2"
    found: bytes | None = await connection.fetchval(read, business_id, purpose)
    if found is not None:
        return found
    await connection.execute(
        "insert into link_secrets (business_id, purpose, secret, made_at) values ($1, $2, $3, $4) "
        "on conflict (business_id, purpose) do nothing",
        business_id,
        purpose,
        secrets.token_bytes(32),
        now,
    )
    secret: bytes = await connection.fetchval(read, business_id, purpose)
    return secret


async def replace_secret(connection: Connection, business_id: UUID, purpose: LinkPurpose, now: datetime) -> bytes:
    """Return a new secret of a purpose: every link made with the old one leads nowhere from now on."""
    secret: bytes = await connection.fetchval(
        "insert into link_secrets (business_id, purpose, secret, made_at) values ($1, $2, $3, $4) "
        "on conflict (business_id, purpose) do update set secret = excluded.secret, made_at = excluded.made_at "
        "returning secret",
        business_id,
        purpose,
        secrets.token_bytes(32),
        now,
    )
    return secret
