"""Outgoing hooks and what became of each delivery. Secrets are kept sealed and come out as they are kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from ringback.ports.sealing import Sealed
from ringback.store.db import Connection, rows


@dataclass(frozen=True, slots=True)
class NewHook:
    """A hook to add."""

    hook_id: UUID
    url: str
    events: tuple[str, ...]
    secret: Sealed
    made_by: str


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of one try. `off_why`: with it the hook is switched off."""

    hook_id: UUID
    delivery_id: UUID
    status: int | None = None
    failed: str | None = None
    pause_seconds: float = 0.0
    off_why: str | None = None


_HOOK = "select hook_id, url, events, made_at, made_by, failing_since, fails, try_at, old_until, off_at, off_why"


async def add_hook(connection: Connection, business_id: UUID, hook: NewHook, most: int, now: datetime) -> bool:
    """Add a hook; return whether it was: a business has no more than `most`."""
    # Two that are added at the same moment must not both be the last one.
    await connection.execute(
        "select pg_advisory_xact_lock(hashtextextended('hooks ' || $1::uuid::text, 0))", business_id
    )
    added = await connection.fetchval(
        "insert into outgoing_hooks (business_id, hook_id, url, events, secret, made_by, made_at) "
        "select $1, $2, $3, $4, $5, $6, $7 "
        "where (select count(*) from outgoing_hooks where business_id = $1) < $8 returning true",
        *(business_id, hook.hook_id, hook.url, list(hook.events), hook.secret, hook.made_by, now, most),
    )
    return bool(added)


async def list_hooks(connection: Connection, business_id: UUID) -> list[dict[str, Any]]:
    """Return the hooks, the first made first, without their secrets."""
    return rows(
        await connection.fetch(
            f"{_HOOK}, (select count(*) from hook_deliveries d where d.business_id = h.business_id "
            "  and d.hook_id = h.hook_id and d.delivered_at is null and d.given_up_at is null) as waiting, "
            "(select max(d.delivered_at) from hook_deliveries d where d.business_id = h.business_id "
            "  and d.hook_id = h.hook_id) as delivered_at "
            "from outgoing_hooks h where business_id = $1 order by made_at, hook_id",
            business_id,
        )
    )


async def get_hook(connection: Connection, business_id: UUID, hook_id: UUID) -> dict[str, Any] | None:
    """Return one hook without its secrets."""
    row = await connection.fetchrow(
        f"{_HOOK} from outgoing_hooks where business_id = $1 and hook_id = $2", business_id, hook_id
    )
    return None if row is None else dict(row)


async def change_hook(
    connection: Connection, business_id: UUID, hook_id: UUID, url: str, events: Sequence[str]
) -> bool:
    """Save address and events; what failed at another address says nothing of the new one."""
    changed = await connection.fetchval(
        "update outgoing_hooks set url = $3, events = $4, "
        "try_at = case when url = $3 then try_at end, fails = case when url = $3 then fails else 0 end, "
        "failing_since = case when url = $3 then failing_since end "
        "where business_id = $1 and hook_id = $2 returning true",
        *(business_id, hook_id, url, list(events)),
    )
    return bool(changed)


async def switch_hook(
    connection: Connection, business_id: UUID, hook_id: UUID, off_why: str | None, now: datetime
) -> bool:
    """Switch a hook off for a reason, or on; on, it begins as if it had never failed."""
    switched = await connection.fetchval(
        "update outgoing_hooks set off_at = case when $3::text is null then null else $4::timestamptz end, "
        "off_why = $3, fails = 0, failing_since = null, try_at = null "
        "where business_id = $1 and hook_id = $2 returning true",
        *(business_id, hook_id, off_why, now),
    )
    if switched and off_why is None:
        await connection.execute("select enqueue_hook($1, $2)", business_id, hook_id)
    return bool(switched)


async def replace_hook_secret(
    connection: Connection, business_id: UUID, hook_id: UUID, secret: Sealed, old_until: datetime
) -> bool:
    """Save a new secret; the one before signs as well until `old_until`."""
    replaced = await connection.fetchval(
        "update outgoing_hooks set old_secret = secret, old_until = $4, secret = $3 "
        "where business_id = $1 and hook_id = $2 returning true",
        *(business_id, hook_id, secret, old_until),
    )
    return bool(replaced)


async def delete_hook(connection: Connection, business_id: UUID, hook_id: UUID) -> bool:
    """Delete a hook with all that it had still to tell."""
    deleted = await connection.fetchval(
        "delete from outgoing_hooks where business_id = $1 and hook_id = $2 returning true", business_id, hook_id
    )
    return bool(deleted)


async def list_hook_deliveries(
    connection: Connection, business_id: UUID, hook_id: UUID, limit: int
) -> list[dict[str, Any]]:
    """Return the last deliveries, the newest first."""
    return rows(
        await connection.fetch(
            "select delivery_id, kind, subject, happened_at, made_at, next_at, tries, tried_at, status, failed, "
            "delivered_at, given_up_at from hook_deliveries where business_id = $1 and hook_id = $2 "
            "order by made_at desc, delivery_id desc limit $3",
            *(business_id, hook_id, limit),
        )
    )


async def add_test_delivery(
    connection: Connection, business_id: UUID, hook_id: UUID, delivery_id: UUID, kind: str, now: datetime
) -> bool:
    """Add a delivery that tells nothing but itself; return whether there is such a hook."""
    added = await connection.fetchval(
        "insert into hook_deliveries "
        "(business_id, delivery_id, hook_id, kind, subject, facts, happened_at, made_at, next_at) "
        "select $1, $3, hook_id, $4, hook_id, '{}', $5, $5, $5 from outgoing_hooks "
        "where business_id = $1 and hook_id = $2 returning true",
        *(business_id, hook_id, delivery_id, kind, now),
    )
    return bool(added) and await _enqueue(connection, business_id, hook_id)


async def put_delivery_back(
    connection: Connection, business_id: UUID, hook_id: UUID, delivery_id: UUID, now: datetime
) -> bool:
    """Let a delivery be sent again, under the id it had: a receiver that has it already will know it."""
    found = await connection.fetchval(
        "update hook_deliveries set delivered_at = null, given_up_at = null, status = null, failed = null, tries = 0, "
        "made_at = $4, next_at = $4 where business_id = $1 and hook_id = $2 and delivery_id = $3 returning true",
        *(business_id, hook_id, delivery_id, now),
    )
    return bool(found) and await _enqueue(connection, business_id, hook_id)


async def _enqueue(connection: Connection, business_id: UUID, hook_id: UUID) -> bool:
    await connection.execute("select enqueue_hook($1, $2)", business_id, hook_id)
    return True


async def claim_delivery(
    connection: Connection, business_id: UUID, hook_id: UUID, delivery_id: UUID | None, per_minute: int, now: datetime
) -> dict[str, Any] | None:
    """Take a hook and one delivery: {hook, delivery}, or {wait: seconds}, or None where nothing is left.

    With `delivery_id` that one, whatever its pause; without, the one that is due first.
    """
    claimed: dict[str, Any] | None = await connection.fetchval(
        "select claim_hook_delivery($1, $2, $3, $4, $5)", business_id, hook_id, delivery_id, per_minute, now
    )
    return claimed


async def save_tried(connection: Connection, business_id: UUID, tried: Tried, now: datetime) -> None:
    """Write down what became of a try, and free the hook for the next one."""
    await connection.execute(
        "update hook_deliveries set status = $4, failed = $5, "
        "delivered_at = case when $5::text is null then $6::timestamptz end, "
        "next_at = $6::timestamptz + make_interval(secs => $7) "
        "where business_id = $1 and hook_id = $2 and delivery_id = $3",
        *(business_id, tried.hook_id, tried.delivery_id, tried.status, tried.failed, now, tried.pause_seconds),
    )
    await connection.execute(
        "update outgoing_hooks set busy_until = null, "
        "fails = case when $3::text is null then 0 else fails + 1 end, "
        "failing_since = case when $3::text is not null then coalesce(failing_since, $4) end, "
        "try_at = case when $3::text is not null then $4::timestamptz + make_interval(secs => $5) end, "
        "off_at = case when $6::text is null then off_at else $4 end, off_why = coalesce($6, off_why) "
        "where business_id = $1 and hook_id = $2",
        *(business_id, tried.hook_id, tried.failed, now, tried.pause_seconds, tried.off_why),
    )


async def load_subject(connection: Connection, business_id: UUID, kind: str, subject: UUID) -> dict[str, Any]:
    """Return what is known now of the call, message, booking, thread or contact that an event is about."""
    query = _SUBJECTS.get(kind.partition(".")[0])
    row = await connection.fetchrow(query, business_id, subject) if query else None
    return {} if row is None else dict(row)


_CONTACT = "n.contact_id, n.phone, n.name as contact_name"
_LINE = "l.line_id, l.number as line_number, l.label as line_label"
_MESSAGE = (
    f"select m.body, coalesce(m.settled_at, m.created_at) as at, m.thread_id, {_LINE}, {_CONTACT}, "
    "(select b.call_id from text_backs b where b.business_id = $1 and b.message_id = m.message_id) as call_id, "
    "(select count(*) from pictures p where p.business_id = $1 and p.message_id = m.message_id) as pictures "
    "from messages m join lines l using (business_id, line_id) join threads t using (business_id, thread_id) "
    "join contacts n on n.business_id = m.business_id and n.contact_id = t.contact_id "
    "where m.business_id = $1 and m.message_id = $2"
)
_SUBJECTS = {
    "call": f"select c.caller, c.started_at as at, {_LINE}, {_CONTACT} from calls c "
    "join lines l using (business_id, line_id) left join contacts n using (business_id, contact_id) "
    "where c.business_id = $1 and c.call_id = $2",
    "text_back": _MESSAGE,
    "message": _MESSAGE,
    "booking": f"select s.name as staff_name, b.for_whom, b.address, {_CONTACT} from bookings b "
    "join staff s using (business_id, staff_id) join contacts n using (business_id, contact_id) "
    "where b.business_id = $1 and b.booking_id = $2",
    "thread": f"select {_LINE}, {_CONTACT} from threads t join lines l using (business_id, line_id) "
    "join contacts n using (business_id, contact_id) where t.business_id = $1 and t.thread_id = $2",
    "contact": f"select {_CONTACT} from contacts n where n.business_id = $1 and n.contact_id = $2",
}
