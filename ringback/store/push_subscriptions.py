"""Devices that take pushes, one subscription of one person's browser each, and what was pushed to them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from ringback.store.db import Connection, rows
from ringback.store.ids import new_id


@dataclass(frozen=True, slots=True)
class NewSubscription:
    """What a browser gave for a person; `session_hash` is that of the sign-in it was given in."""

    person_id: UUID
    session_hash: bytes
    endpoint: str
    p256dh: str
    auth: str
    device: str


async def save_subscription(
    connection: Connection, business_id: UUID, new: NewSubscription, now: datetime
) -> UUID | None:
    """Keep or renew a device's subscription; it belongs to whoever signed in there last. None without a session."""
    saved: UUID | None = await connection.fetchval(
        "insert into push_subscriptions as u (business_id, subscription_id, person_id, session_id, endpoint, p256dh, "
        "  auth, device, made_at, seen_at) "
        "select $1, $2, $3, e.session_id, $5, $6, $7, $8, $9, $9 from sessions e "
        # A session that has just ended must not leave a device behind.
        "where e.token_hash = $4 and e.business_id = $1 and e.person_id = $3 "
        "on conflict (business_id, endpoint) do update set person_id = excluded.person_id, "
        "session_id = excluded.session_id, p256dh = excluded.p256dh, auth = excluded.auth, device = excluded.device, "
        "seen_at = excluded.seen_at, ended_at = null, ended_why = null returning subscription_id",
        *(business_id, new_id(), new.person_id, new.session_hash, new.endpoint, new.p256dh, new.auth, new.device, now),
    )
    return saved


async def list_subscriptions(
    connection: Connection, business_id: UUID, person_id: UUID, now: datetime
) -> list[dict[str, Any]]:
    """Return a person's devices that take pushes, the one seen last first."""
    # A device whose session has ended gets nothing, so it is not listed either.
    return rows(
        await connection.fetch(
            "select u.subscription_id, u.endpoint, u.device, u.made_at, u.seen_at, u.shown_at "
            "from push_subscriptions u "
            "join sessions e on e.session_id = u.session_id and e.expires_at > $3 "
            "where u.business_id = $1 and u.person_id = $2 and u.ended_at is null order by u.seen_at desc",
            *(business_id, person_id, now),
        )
    )


async def find_owner(connection: Connection, business_id: UUID, endpoint: str) -> UUID | None:
    """Return whose live subscription an endpoint is."""
    person_id: UUID | None = await connection.fetchval(
        "select person_id from push_subscriptions where business_id = $1 and endpoint = $2 and ended_at is null",
        *(business_id, endpoint),
    )
    return person_id


async def end_endpoint(connection: Connection, business_id: UUID, endpoint: str, now: datetime) -> None:
    """The browser has given another endpoint for this device."""
    await connection.execute(
        "update push_subscriptions set ended_at = $3, ended_why = 'renewed' "
        "where business_id = $1 and endpoint = $2 and ended_at is null",
        *(business_id, endpoint, now),
    )


async def end_subscription(
    connection: Connection, business_id: UUID, subscription_id: UUID, why: str, now: datetime
) -> None:
    """Push to a device no more."""
    await connection.execute(
        "update push_subscriptions set ended_at = $4, ended_why = $3 "
        "where business_id = $1 and subscription_id = $2 and ended_at is null",
        *(business_id, subscription_id, why, now),
    )


async def end_own_subscription(
    connection: Connection, business_id: UUID, person_id: UUID, subscription_id: UUID, now: datetime
) -> str | None:
    """End one of a person's own; return the device's name, or None where it is not theirs."""
    device: str | None = await connection.fetchval(
        "update push_subscriptions set ended_at = $4, ended_why = 'removed' "
        "where business_id = $1 and subscription_id = $3 and person_id = $2 and ended_at is null returning device",
        *(business_id, person_id, subscription_id, now),
    )
    return device


@dataclass(frozen=True, slots=True)
class PendingPush:
    """A device that a notice is still to be pushed to."""

    subscription_id: UUID
    endpoint: str
    p256dh: str
    auth: str


async def begin_pushes(
    connection: Connection, business_id: UUID, notice_id: UUID, staff_id: UUID, now: datetime
) -> list[PendingPush]:
    """Return the devices of one of the staff that have not been handed this notice yet."""
    found = await connection.fetch(
        # One that was turned on between two tries gets its push too. The update of nothing is what returns a known row.
        "with u as (select u.* from push_subscriptions u "
        "    join memberships m on m.business_id = $1 and m.person_id = u.person_id and m.staff_id = $3 "
        "    join sessions e on e.session_id = u.session_id and e.expires_at > $4 "
        "    where u.business_id = $1 and u.ended_at is null), "
        "p as (insert into notice_pushes as p (business_id, notice_id, subscription_id) "
        "    select $1, $2, u.subscription_id from u "
        "    on conflict (business_id, notice_id, subscription_id) do update set notice_id = excluded.notice_id "
        "    returning p.subscription_id, p.sent_at, p.failed) "
        "select u.subscription_id, u.endpoint, u.p256dh, u.auth from u join p using (subscription_id) "
        "where p.sent_at is null and p.failed is null",
        *(business_id, notice_id, staff_id, now),
    )
    return [PendingPush(**dict(row)) for row in found]


async def save_push(
    connection: Connection, business_id: UUID, push: tuple[UUID, UUID], failed: str | None, now: datetime
) -> None:
    """Note what came of one push, given as (notice, subscription)."""
    await connection.execute(
        "update notice_pushes set sent_at = case when $4::text is null then $5::timestamptz end, failed = $4 "
        "where business_id = $1 and notice_id = $2 and subscription_id = $3",
        *(business_id, *push, failed, now),
    )


async def note_shown(
    connection: Connection, business_id: UUID, push: tuple[UUID, UUID], now: datetime, *, is_opened: bool
) -> bool:
    """A device says that it showed a notice, or that it was opened; False where there is no such push."""
    noted = await connection.fetchval(
        # The notice before its pushes, as the job that sends it locks them. Opened is shown, even where the word of
        # showing was lost on its way.
        "with locked as materialized (select notice_id from notices "
        "    where business_id = $1 and notice_id = $2 for update), "
        "p as (update notice_pushes p set shown_at = coalesce(shown_at, $4), "
        "    opened_at = case when $5 then coalesce(opened_at, $4) else opened_at end from locked "
        "    where business_id = $1 and p.notice_id = locked.notice_id and subscription_id = $3 "
        "    returning p.notice_id), "
        "u as (update push_subscriptions set shown_at = $4 where business_id = $1 and subscription_id = $3), "
        "n as (update notices n set shown_at = coalesce(shown_at, $4), "
        "    acknowledged_at = case when $5 then coalesce(acknowledged_at, $4) else acknowledged_at end "
        "    from p where n.business_id = $1 and n.notice_id = p.notice_id returning n.notice_id) "
        "select true from n, note_change($1, 'notice', n.notice_id, $4)",
        *(business_id, *push, now, is_opened),
    )
    return bool(noted)


async def count_waiting_threads(connection: Connection, business_id: UUID) -> int:
    """Return how many threads need a reply: the number on the app's icon."""
    # The threads of staff phones are no callers' and stand in no inbox.
    return int(
        await connection.fetchval(
            "select count(*) from threads where business_id = $1 and needs_reply_at is not null and not for_alerts",
            business_id,
        )
    )
