"""Notices: rows and jobs in the transaction of what they tell of; and what phones say back."""

import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ringback.domain.business import Business
from ringback.domain.notices import Channel, NoticeKind, choose_channel, choose_send_at
from ringback.domain.phrases import phrase
from ringback.domain.stored_phrases import UNREACHED
from ringback.ports.sealing import Sealer
from ringback.store import alarms, installation_keys, push_subscriptions
from ringback.store import notices as stored
from ringback.store.db import Connection, business_transaction
from ringback.store.ids import new_id
from ringback.store.jobs import enqueue
from ringback.store.notices import Reach, StoredNotice
from ringback.workflows.context import Context
from ringback.workflows.secrets import open_key, seal_key

_NO_WAY = phrase("Not told: there is no device, no phone and no e-mail address to reach them by.")
_SIGNATURE_BYTES = 16
_TOKEN_BYTES = 3 * 16 + _SIGNATURE_BYTES


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to tell a person of the staff. `path` is the page it leads to, like "/threads/…"."""

    staff_id: UUID
    kind: NoticeKind
    words: str
    path: str
    thread_id: UUID | None = None


async def notify(
    connection: Connection,
    business: Business,
    notices: Sequence[Notice],
    now: datetime,
    channels: frozenset[Channel] | None = None,
) -> list[UUID]:
    """Tell people, each on the first way of their own that reaches them; return the ids of the notices.

    What nobody sees goes on to the next way, among `channels` where they are given. Who works here no more is left out.
    """
    people = await stored.load_reach(connection, business.business_id, [one.staff_id for one in notices], now)
    # One query for all: an escalation tells everyone.
    by_id = {person.staff_id: person for person in people}
    known = [(one, by_id[one.staff_id]) for one in notices if one.staff_id in by_id]
    return [await _tell(connection, business, one, (person, channels), now) for one, person in known]


async def _tell(
    connection: Connection,
    business: Business,
    notice: Notice,
    whom: tuple[Reach, frozenset[Channel] | None],
    now: datetime,
) -> UUID:
    person, allowed = whom
    channel = choose_channel(person.policy, person.channels, allowed=allowed)
    # One who cannot be told gets a row all the same, so that it can be seen.
    first = next(iter(person.policy.channels), Channel.PUSH)
    row = StoredNotice(
        new_id(),
        notice.staff_id,
        notice.kind,
        channel or first,
        notice.thread_id,
        notice.words,
        notice.path,
        created_at=now,
        send_at=choose_send_at(notice.kind, person.policy, business.zone, now),
        allowed=None if allowed is None else tuple(sorted(allowed)),
        failed=None if channel else str(_NO_WAY),
        settled_at=None if channel else now,
    )
    await add_row(connection, business.business_id, row, now)
    if channel is None:
        await warn_of_unreached(connection, business.business_id, person, now)
    return row.notice_id


async def add_row(connection: Connection, business_id: UUID, notice: StoredNotice, now: datetime) -> None:
    """Write a notice down, with the job that sends it where there is something to send."""
    await stored.add_notice(connection, business_id, notice)
    if notice.settled_at is None:
        payload = {"business": str(business_id), "notice": str(notice.notice_id)}
        await enqueue(
            connection, "send_notice", payload, after_seconds=max((notice.send_at - now).total_seconds(), 0.0)
        )


async def warn_of_unreached(connection: Connection, business_id: UUID, person: Reach, now: datetime) -> None:
    """Somebody could not be told at all: only the owner can mend that."""
    words = phrase(UNREACHED.msgid, name=person.name)
    await alarms.raise_alarm(connection, business_id, "notice", str(person.staff_id), words, now)


async def notice_secret(connection: Connection, sealer: Sealer, now: datetime) -> bytes:
    """Return the secret that tokens in pushes are signed with."""
    found = await installation_keys.find_key(connection, "notice_tokens")
    if found is None:
        fresh = seal_key(sealer, "notice_tokens", {"secret": secrets.token_hex(32)})
        found = await installation_keys.keep_key(connection, "notice_tokens", fresh, now)
    return bytes.fromhex(open_key(sealer, "notice_tokens", found)["secret"])


def push_token(secret: bytes, business_id: UUID, notice_id: UUID, subscription_id: UUID) -> str:
    """Return the token by which one device may say that it showed one notice; it opens nothing else."""
    what = business_id.bytes + notice_id.bytes + subscription_id.bytes
    return urlsafe_b64encode(what + _sign(secret, what)).decode().rstrip("=")


def _sign(secret: bytes, what: bytes) -> bytes:
    return hmac.digest(secret, b"notice" + what, "sha256")[:_SIGNATURE_BYTES]


async def note_shown(context: Context, token: str, *, is_opened: bool) -> bool:
    """A service worker says that it showed a notice, or that it was opened; False where the token is none of ours."""
    parts = _decode(token)
    now = context.clock.now()
    secret = await notice_secret(context.pool, context.sealer, now)
    # Checked before anything is looked up, and in a time that tells nothing.
    what, signature = parts[:48], parts[48:]
    if len(parts) != _TOKEN_BYTES or not hmac.compare_digest(signature, _sign(secret, what)):
        return False
    business_id, notice_id, subscription_id = (UUID(bytes=what[n : n + 16]) for n in (0, 16, 32))
    async with business_transaction(context.pool, business_id) as connection:
        push = (notice_id, subscription_id)
        return await push_subscriptions.note_shown(connection, business_id, push, now, is_opened=is_opened)


def _decode(token: str) -> bytes:
    # Anybody may send anything here.
    if not token.isascii() or len(token) > 100:
        return b""
    try:
        return urlsafe_b64decode(token.encode() + b"=" * (-len(token) % 4))
    except (ValueError, NotBase64):
        return b""
