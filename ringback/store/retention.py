"""What is older than its business keeps it: counted for those who ask first, and gone in batches at night."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ringback.domain.retention import Kind
from ringback.store.db import Connection


@dataclass(frozen=True, slots=True)
class _Part:
    """Rows of a table that are old when `old` holds ($1 business, $2 instant), and what becomes of them."""

    kind: Kind
    table: str
    old: str
    emptied: str | None = None


_PARTS = (
    _Part(Kind.MESSAGES, "messages", "x.created_at < $2 and x.body <> ''", "body = '', turn_id = null"),
    _Part(Kind.MESSAGES, "turns", "x.at < $2"),
    _Part(Kind.MESSAGES, "suggestions", "x.made_at < $2"),
    _Part(Kind.MESSAGES, "thread_notes", "x.written_at < $2"),
    _Part(Kind.MESSAGES, "dialogs", "coalesce(x.last_turn_at, x.started_at) < $2"),
    _Part(Kind.MESSAGES, "threads", "x.last_message_at < $2 and x.preview <> ''", "preview = ''"),
    _Part(Kind.MESSAGES, "handoffs", "x.handed_at < $2 and x.summary <> ''", "summary = ''"),
    _Part(Kind.MESSAGES, "relays", "x.received_at < $2 and x.body <> ''", "body = ''"),
    _Part(Kind.MESSAGES, "promises", "x.made_at < $2 and x.done_at is not null and x.about <> ''", "about = ''"),
    _Part(Kind.MESSAGES, "quotes", "x.requested_at < $2 and x.details <> '{}'", "details = '{}'"),
    _Part(Kind.MESSAGES, "alerts", "x.raised_at < $2 and x.words <> ''", "words = '', address = null"),
    _Part(Kind.MESSAGES, "bookings", "x.ends_at < $2 and x.details <> '{}'", "details = '{}', address = null"),
    _Part(
        Kind.PICTURES,
        "pictures",
        "x.message_id in (select message_id from messages where business_id = $1 and created_at < $2)",
    ),
    _Part(
        Kind.NOTICES,
        "notice_pushes",
        "x.notice_id in (select notice_id from notices where business_id = $1 and created_at < $2)",
    ),
    _Part(Kind.NOTICES, "notices", "x.created_at < $2 and x.settled_at is not null"),
    _Part(
        Kind.EVENTS,
        "inbound_events",
        "x.received_at < $2 and x.handled_at is not null and x.raw <> '{}'",
        "sender = null, event = '{}', raw = '{}'",
    ),
    _Part(Kind.EXCHANGES, "provider_exchanges", "x.at < $2"),
    _Part(Kind.AUDIT, "audit_entries", "x.at < $2"),
)
_SILENT = (
    "select x.contact_id from contacts x where x.business_id = $1 and x.created_at < $2 "
    "and not starts_with(x.phone, 'erased:') "
    "and not exists (select from calls k where k.business_id = $1 and k.contact_id = x.contact_id "
    "  and k.started_at >= $2) "
    "and not exists (select from threads t where t.business_id = $1 and t.contact_id = x.contact_id "
    "  and t.last_message_at >= $2) "
    "and not exists (select from bookings b where b.business_id = $1 and b.contact_id = x.contact_id "
    "  and b.ends_at >= $2) "
    "and not exists (select from staff s where s.business_id = $1 and s.phone = x.phone and s.ended_at is null)"
)


async def count_old(connection: Connection, business_id: UUID, kind: Kind, before: datetime) -> int:
    """Return how many rows of a kind are older than this and would go."""
    if kind is Kind.CONTACTS:
        return int(await connection.fetchval(f"select count(*) from ({_SILENT}) s", business_id, before))
    counts = [
        await connection.fetchval(
            f"select count(*) from {part.table} x where x.business_id = $1 and {part.old}", business_id, before
        )
        for part in _PARTS
        if part.kind is kind
    ]
    return sum(counts)


async def forget_old(connection: Connection, business_id: UUID, kind: Kind, before: datetime, limit: int) -> int:
    """Delete or empty up to `limit` rows of each table of a kind; return how many there were."""
    done = 0
    for part in _PARTS:
        if part.kind is kind:
            # By their place in the table: the keys of tables differ, and nothing moves within this transaction.
            some = f"select x.ctid from {part.table} x where x.business_id = $1 and {part.old} limit $3 for update"
            what = f"update {part.table} set {part.emptied}" if part.emptied else f"delete from {part.table}"
            status = await connection.execute(
                f"{what} where business_id = $1 and ctid = any(array({some}))", business_id, before, limit
            )
            done += int(str(status).rpartition(" ")[2])
    return done


async def list_silent(connection: Connection, business_id: UUID, before: datetime, limit: int) -> list[UUID]:
    """Return contacts who have neither called, written nor booked since an instant."""
    return [row[0] for row in await connection.fetch(f"{_SILENT} limit $3", business_id, before, limit)]


async def take_due(connection: Connection, now: datetime, again_at: datetime, limit: int) -> list[UUID]:
    """Return businesses whose night has come, and put them off until `again_at`, when nobody else does before."""
    found = await connection.fetch(
        "update business_directory set forget_at = $2 where business_id in ("
        "  select business_id from business_directory where forget_at <= $1 order by forget_at limit $3 "
        "  for update skip locked) returning business_id",
        *(now, again_at, limit),
    )
    return list(dict.fromkeys(row["business_id"] for row in found))


async def plan_next(connection: Connection, business_id: UUID, at: datetime) -> None:
    """Say when a business's next night is."""
    await connection.execute(
        "update business_directory set forget_at = $2 where business_id = $1 and business_id = current_business()",
        *(business_id, at),
    )
