"""Notices: what people were told, how each wants to be told, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from uuid import UUID

from ringback.domain.notices import Channel, NoticeKind, StaffNoticePolicy
from ringback.store.db import Connection, Row, rows


@dataclass(frozen=True, slots=True)
class NoticeRules:
    """What holds for all notices of a business. `shows_words`: callers' words may stand on a lock screen."""

    shows_words: bool = False
    # A phone shows a push within a second or two; the rest is a lift or a tunnel.
    push_wait_seconds: int = 45


async def load_rules(connection: Connection, business_id: UUID) -> NoticeRules:
    """Return the rules of a business, or the usual ones."""
    row = await connection.fetchrow(
        "select shows_words, push_wait_seconds from notice_rules where business_id = $1", business_id
    )
    return NoticeRules() if row is None else NoticeRules(**dict(row))


async def save_rules(connection: Connection, business_id: UUID, rules: NoticeRules) -> None:
    """Set the rules of a business."""
    await connection.execute(
        "insert into notice_rules (business_id, shows_words, push_wait_seconds) values ($1, $2, $3) "
        "on conflict (business_id) do update set shows_words = excluded.shows_words, "
        "push_wait_seconds = excluded.push_wait_seconds",
        *(business_id, rules.shows_words, rules.push_wait_seconds),
    )


@dataclass(frozen=True, slots=True)
class Reach:
    """One of the staff: how they want to be told, and what there is to reach them by."""

    staff_id: UUID
    name: str
    policy: StaffNoticePolicy
    phone: str | None
    email: str | None
    language: str | None
    has_device: bool

    @property
    def channels(self) -> frozenset[Channel]:
        """Return the channels that could reach them."""
        ways = {Channel.PUSH: self.has_device, Channel.SMS: bool(self.phone), Channel.EMAIL: bool(self.email)}
        return frozenset(channel for channel, is_open in ways.items() if is_open)


async def load_reach(
    connection: Connection, business_id: UUID, staff_ids: Sequence[UUID], now: datetime
) -> list[Reach]:
    """Return how to reach each of these people, those who work here no more left out."""
    found = await connection.fetch(
        # The address on the staff list comes before the one they sign in with: the owner wrote it for this.
        "select s.staff_id, s.name, s.phone, coalesce(s.email, p.email) as email, p.language, c.channels, "
        "q.quiet_from, q.quiet_until, q.urgent_through, exists (select from push_subscriptions u "
        "  join sessions e on e.session_id = u.session_id and e.expires_at > $3 "
        "  where u.business_id = $1 and u.person_id = m.person_id and u.ended_at is null) as has_device "
        "from staff s left join memberships m on m.business_id = $1 and m.staff_id = s.staff_id "
        "left join people p using (person_id) "
        "left join staff_channels c on c.business_id = $1 and c.staff_id = s.staff_id "
        "left join staff_quiet_hours q on q.business_id = $1 and q.staff_id = s.staff_id "
        "where s.business_id = $1 and s.staff_id = any($2) and s.ended_at is null",
        *(business_id, list(staff_ids), now),
    )
    return [_reach(row) for row in found]


def _reach(row: Row) -> Reach:
    chosen = StaffNoticePolicy().channels if row["channels"] is None else tuple(map(Channel, row["channels"]))
    span: tuple[time | None, time | None] = (None, None)
    if row["quiet_from"] is not None:
        span = time.fromisoformat(row["quiet_from"]), time.fromisoformat(row["quiet_until"])
    policy = StaffNoticePolicy(chosen, *span, urgent_through=bool(row["urgent_through"]))
    plain = ("staff_id", "name", "phone", "email", "language", "has_device")
    return Reach(policy=policy, **{name: row[name] for name in plain})


async def save_policy(connection: Connection, business_id: UUID, staff_id: UUID, policy: StaffNoticePolicy) -> None:
    """Set how a person wants to be told."""
    await connection.execute(
        "insert into staff_channels (business_id, staff_id, channels) values ($1, $2, $3) "
        "on conflict (business_id, staff_id) do update set channels = excluded.channels",
        *(business_id, staff_id, list(policy.channels)),
    )
    # No quiet hours are no row: the ladder of escalation reads this table too.
    if policy.quiet_from is None or policy.quiet_until is None:
        await connection.execute(
            "delete from staff_quiet_hours where business_id = $1 and staff_id = $2", business_id, staff_id
        )
        return
    hours = f"{policy.quiet_from:%H:%M}", f"{policy.quiet_until:%H:%M}"
    await connection.execute(
        "insert into staff_quiet_hours (business_id, staff_id, quiet_from, quiet_until, urgent_through) "
        "values ($1, $2, $3, $4, $5) on conflict (business_id, staff_id) do update set "
        "quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until, "
        "urgent_through = excluded.urgent_through",
        *(business_id, staff_id, *hours, policy.urgent_through),
    )


@dataclass(frozen=True, slots=True)
class StoredNotice:
    """One notice on one channel. `tried` are the channels of those it follows; `settled_at`: nothing is left to do."""

    notice_id: UUID
    staff_id: UUID
    kind: NoticeKind
    channel: Channel
    thread_id: UUID | None
    words: str
    path: str
    created_at: datetime
    send_at: datetime
    tried: tuple[Channel, ...] = ()
    allowed: tuple[Channel, ...] | None = None
    follows: UUID | None = None
    begun_at: datetime | None = None
    sent_at: datetime | None = None
    shown_at: datetime | None = None
    acknowledged_at: datetime | None = None
    settled_at: datetime | None = None
    message_id: UUID | None = None
    mail_id: UUID | None = None
    failed: str | None = None


_KEPT = (
    "notice_id, staff_id, kind, channel, thread_id, words, path, created_at, send_at, tried, allowed, follows, "
    "begun_at, sent_at, shown_at, acknowledged_at, settled_at, message_id, mail_id, failed"
)


async def add_notice(connection: Connection, business_id: UUID, notice: StoredNotice) -> None:
    """Write a notice down; a job sends it."""
    await connection.execute(
        "insert into notices (business_id, notice_id, staff_id, kind, channel, thread_id, words, path, created_at, "
        "send_at, tried, allowed, follows, failed, settled_at) "
        "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        *(business_id, notice.notice_id, notice.staff_id, notice.kind, notice.channel, notice.thread_id),
        *(notice.words, notice.path, notice.created_at, notice.send_at, list(notice.tried)),
        *(None if notice.allowed is None else list(notice.allowed), notice.follows, notice.failed, notice.settled_at),
    )


async def begin_notice(
    connection: Connection, business_id: UUID, notice_id: UUID, now: datetime
) -> StoredNotice | None:
    """Return a notice that still has something to do, locked, with the instant at which that began."""
    row = await connection.fetchrow(
        # An update locks it: what a phone says meanwhile waits. The time for showing begins with the first try.
        "update notices set begun_at = case when coalesce(send_at, created_at) <= $3 then coalesce(begun_at, $3) end "
        f"where business_id = $1 and notice_id = $2 and settled_at is null returning {_KEPT}",
        *(business_id, notice_id, now),
    )
    return None if row is None else _notice(row)


def _notice(row: Row) -> StoredNotice:
    known = dict(row)
    # Rows from before a notice could be held have no instant of their own.
    allowed = known["allowed"]
    return StoredNotice(
        **{
            **known,
            "kind": NoticeKind(known["kind"]),
            "channel": Channel(known["channel"]),
            "send_at": known["send_at"] or known["created_at"],
            "tried": tuple(map(Channel, known["tried"])),
            "allowed": None if allowed is None else tuple(map(Channel, allowed)),
        }
    )


async def is_answered(connection: Connection, business_id: UUID, thread_id: UUID) -> bool:
    """Return whether nobody waits for an answer in a thread any more."""
    return not await connection.fetchval(
        "select needs_reply_at is not null from threads where business_id = $1 and thread_id = $2",
        *(business_id, thread_id),
    )


async def save_carrier(
    connection: Connection, business_id: UUID, notice_id: UUID, message_id: UUID | None, mail_id: UUID | None
) -> None:
    """Note the text or the letter that carries a notice."""
    await connection.execute(
        "update notices set message_id = $3, mail_id = $4 where business_id = $1 and notice_id = $2",
        *(business_id, notice_id, message_id, mail_id),
    )


async def save_sent(connection: Connection, business_id: UUID, notice_id: UUID, at: datetime) -> None:
    """A notice has left for the first time."""
    await connection.execute(
        "with n as (update notices set sent_at = coalesce(sent_at, $3) where business_id = $1 and notice_id = $2 "
        "  returning notice_id) select note_change($1, 'notice', notice_id, $3) from n",
        *(business_id, notice_id, at),
    )


async def settle_notice(
    connection: Connection, business_id: UUID, notice_id: UUID, failed: str | None, now: datetime
) -> None:
    """Nothing is left to do for a notice; `failed` is the sentence that says why it told nobody."""
    await connection.execute(
        "with n as (update notices set settled_at = $4, failed = $3 where business_id = $1 and notice_id = $2 "
        "  and settled_at is null returning notice_id) select note_change($1, 'notice', notice_id, $4) from n",
        *(business_id, notice_id, failed, now),
    )


@dataclass(frozen=True, slots=True)
class TextFate:
    """Where the text of a notice stands."""

    state: str
    sending_at: datetime | None
    error_kind: str | None


async def get_text_fate(connection: Connection, business_id: UUID, message_id: UUID) -> TextFate | None:
    """Return where a text stands."""
    row = await connection.fetchrow(
        "select state, sending_at, error_kind from messages where business_id = $1 and message_id = $2",
        *(business_id, message_id),
    )
    return None if row is None else TextFate(**dict(row))


async def list_notices(connection: Connection, business_id: UUID, staff_id: UUID, limit: int) -> list[dict[str, Any]]:
    """Return what a person was told, the newest first, each with the devices it was pushed to."""
    return rows(
        await connection.fetch(
            f"select {_KEPT}, coalesce((select jsonb_agg(jsonb_build_object('device', u.device, 'sent_at', x.sent_at, "
            "  'shown_at', x.shown_at, 'opened_at', x.opened_at, 'failed', x.failed) order by u.device) "
            "  from notice_pushes x join push_subscriptions u using (business_id, subscription_id) "
            "  where x.business_id = $1 and x.notice_id = n.notice_id), '[]') as pushes "
            # An index gives the newest of one person, however many there are.
            "from notices n where business_id = $1 and staff_id = $2 order by created_at desc, notice_id desc limit $3",
            *(business_id, staff_id, limit),
        )
    )
