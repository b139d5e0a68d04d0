"""Links that open something without a sign-in: a contact's booking, and the owner's feed of bookings."""

import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from datetime import datetime
from uuid import UUID

from ringback.domain.business import Business
from ringback.ports.sealing import Sealed, Sealer, open_text, seal_text
from ringback.store.db import Connection
from ringback.store.link_secrets import LinkPurpose, find_secret, keep_secret, replace_secret
from ringback.workflows.secrets import link_secret_place

# 128 bits, as many as a session has use for; longer would only make the address of a text longer.
_SIGNATURE_BYTES = 16
_TOKEN_BYTES = 16 + _SIGNATURE_BYTES


async def link_secret(
    connection: Connection, sealer: Sealer, business_id: UUID, purpose: LinkPurpose, now: datetime
) -> bytes:
    """Return the secret of a purpose, made the first time it is asked for; two at once get the same one."""
    kept = await find_secret(connection, business_id, purpose)
    if kept is None:
        kept = await keep_secret(connection, business_id, purpose, _fresh(sealer, business_id, purpose), now)
    return bytes.fromhex(open_text(sealer, kept, link_secret_place(business_id, purpose)))


async def renew_link_secret(
    connection: Connection, sealer: Sealer, business_id: UUID, purpose: LinkPurpose, now: datetime
) -> bytes:
    """Return a new secret of a purpose: every link made with the old one leads nowhere from now on."""
    await replace_secret(connection, business_id, purpose, _fresh(sealer, business_id, purpose), now)
    return await link_secret(connection, sealer, business_id, purpose, now)


def _fresh(sealer: Sealer, business_id: UUID, purpose: LinkPurpose) -> Sealed:
    return seal_text(sealer, secrets.token_hex(32), link_secret_place(business_id, purpose))


async def booking_path(
    connection: Connection, sealer: Sealer, business: Business, booking_id: UUID, now: datetime
) -> str:
    """Return the path of a booking's own page, the same one as long as the business's secret stands."""
    secret = await link_secret(connection, sealer, business.business_id, LinkPurpose.BOOKING, now)
    token = _encode(booking_id.bytes + _sign(secret, booking_id.bytes))
    return f"/book/{business.slug}/bookings/{token}"


async def read_booking_token(
    connection: Connection, sealer: Sealer, business: Business, token: str, now: datetime
) -> UUID | None:
    """Return which booking a token opens, or None where it is none of this business's."""
    parts = _decode(token)
    if len(parts) != _TOKEN_BYTES:
        return None
    secret = await link_secret(connection, sealer, business.business_id, LinkPurpose.BOOKING, now)
    booking_id, signature = parts[:16], parts[16:]
    return UUID(bytes=booking_id) if hmac.compare_digest(signature, _sign(secret, booking_id)) else None


def feed_path(business: Business, secret: bytes) -> str:
    """Return the path of the feed that opens with a secret."""
    return f"/feeds/{business.slug}/{_encode(_sign(secret, b'feed'))}.ics"


async def is_feed_token(connection: Connection, sealer: Sealer, business: Business, token: str, now: datetime) -> bool:
    """Return whether a token opens the feed of this business."""
    secret = await link_secret(connection, sealer, business.business_id, LinkPurpose.FEED, now)
    return hmac.compare_digest(_decode(token), _sign(secret, b"feed"))


def _sign(secret: bytes, what: bytes) -> bytes:
    return hmac.digest(secret, what, "sha256")[:_SIGNATURE_BYTES]


def _encode(token: bytes) -> str:
    return urlsafe_b64encode(token).decode().rstrip("=")


def _decode(token: str) -> bytes:
    # Anybody may ask for any address, in any alphabet and of any length.
    if not token.isascii() or len(token) > 64:
        return b""
    try:
        decoded = urlsafe_b64decode(token.encode() + b"=" * (-len(token) % 4))
    except (ValueError, NotBase64):
        return b""
    # Base64 skips what it does not know; one link has one spelling.
    return decoded if _encode(decoded) == token else b""
