"""Waits: each time a thread needed an answer, who was to give it, who was told, and whether it came in time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from ringback.store.db import Connection


@dataclass(frozen=True, slots=True)
class WaitToRoute:
    """A wait that nobody has looked at, with its thread as it stands; both are locked.

    `unheard_since`: the receptionist has still to read texts of then. `ended_how` is None while it waits.
    """

    wait_id: UUID
    thread_id: UUID
    line_id: UUID
    owner_id: UUID | None
    phone: str
    version: int
    needed_at: datetime
    routed_at: datetime | None
    ended_at: datetime | None
    ended_how: str | None
    unheard_since: datetime | None
    service: str | None
    texts: tuple[str, ...]
    marks: tuple[str, ...]


async def load_wait_to_route(connection: Connection, business_id: UUID, wait_id: UUID) -> WaitToRoute | None:
    """Return a wait that is to be routed, or whose end is to be noted; None where nothing is left to do."""
    # The thread first, as whoever answers locks it; the wait follows in the trigger.
    await connection.execute(
        "select from threads t join reply_waits w using (business_id, thread_id) "
        "where t.business_id = $1 and w.wait_id = $2 for no key update of t",
        *(business_id, wait_id),
    )
    row = await connection.fetchrow(
        "select w.wait_id, w.thread_id, t.line_id, t.owner_id, c.phone, w.needed_at, w.routed_at, w.ended_at, "
        "w.ended_how, (select version from businesses where business_id = $1) as version, "
        "(select min(m.created_at) from messages m where m.business_id = $1 and m.thread_id = w.thread_id "
        "  and m.unheard) as unheard_since, "
        "(select coalesce(d.state->>'service', d.state->>'last_service') from dialogs d "
        "  where d.business_id = $1 and d.thread_id = w.thread_id) as service, "
        "array(select m.body from messages m where m.business_id = $1 and m.thread_id = w.thread_id "
        "  and m.direction = 'in' and m.created_at >= w.needed_at order by m.created_at limit 20) as texts, "
        "array(select k.kind from contact_marks k where k.business_id = $1 and k.contact_id = t.contact_id "
        "  and k.ended_at is null) as marks "
        "from reply_waits w join threads t using (business_id, thread_id) "
        "join contacts c using (business_id, contact_id) "
        "where w.business_id = $1 and w.wait_id = $2 "
        "and (w.routed_at is null or (w.ended_how is not null and w.ended_at is null)) for no key update of w",
        *(business_id, wait_id),
    )
    return None if row is None else WaitToRoute(**{**row, "texts": tuple(row["texts"]), "marks": tuple(row["marks"])})


@dataclass(frozen=True, slots=True)
class Routed:
    """What routing came to: until when the answer is due, who gives it, why, and when somebody is told."""

    due_at: datetime
    owner_id: UUID | None
    why: Sequence[Mapping[str, Any]]
    next_at: datetime | None


async def save_routed(connection: Connection, business_id: UUID, wait_id: UUID, routed: Routed, now: datetime) -> None:
    """Write who is to answer, until when; the thread is shown with its due time."""
    await connection.execute(
        "with w as (update reply_waits set routed_at = coalesce(routed_at, $7), due_at = $3, owner_id = $4, why = $5, "
        "  next_at = $6, ended_at = case when ended_how is not null then coalesce(ended_at, $7) end, "
        "  met = case when ended_how is null or ended_how = 'closed' then null else coalesce(ended_at, $7) <= $3 end "
        "  where business_id = $1 and wait_id = $2 returning thread_id, ended_how), "
        "t as (update threads t set reply_due_at = $3 from w where t.business_id = $1 and t.thread_id = w.thread_id "
        "  and w.ended_how is null and t.needs_reply_at is not null returning t.thread_id) "
        "select note_change($1, 'thread', thread_id, $7) from t",
        *(business_id, wait_id, routed.due_at, routed.owner_id, list(routed.why), routed.next_at, now),
    )


@dataclass(frozen=True, slots=True)
class WaitToClimb:
    """A wait that climbs still, locked. `taken_by` has the emergency it began with, `seen_by` opened a notice of it."""

    wait_id: UUID
    thread_id: UUID
    owner_id: UUID | None
    phone: str
    contact_name: str | None
    words: str
    urgent: bool
    version: int
    needed_at: datetime
    due_at: datetime
    step: int
    next_at: datetime
    seen_by: str | None
    taken_by: str | None
    has_alert: bool


async def load_wait_to_climb(connection: Connection, business_id: UUID, wait_id: UUID) -> WaitToClimb | None:
    """Return a wait that climbs its ladder still, whether its next rung is due or not."""
    row = await connection.fetchrow(
        "select w.wait_id, w.thread_id, w.needed_at, w.due_at, w.step, w.next_at, t.owner_id, c.phone, "
        "c.name as contact_name, t.urgent_at is not null as urgent, "
        "(select version from businesses where business_id = $1) as version, "
        "coalesce((select m.body from messages m where m.business_id = $1 and m.thread_id = w.thread_id "
        "  and m.direction = 'in' order by m.created_at desc, m.message_id desc limit 1), '') as words, "
        "(select s.name from notices n join staff s using (business_id, staff_id) where n.business_id = $1 "
        "  and n.thread_id = w.thread_id and n.created_at >= w.needed_at and n.acknowledged_at is not null "
        "  order by n.acknowledged_at limit 1) as seen_by, "
        "(select a.acknowledged_by from alerts a where a.business_id = $1 and a.thread_id = w.thread_id "
        "  and a.raised_at >= w.needed_at and a.acknowledged_at is not null limit 1) as taken_by, "
        "exists (select from alerts a where a.business_id = $1 and a.thread_id = w.thread_id "
        "  and a.acknowledged_at is null and a.next_at is not null) as has_alert "
        "from reply_waits w join threads t using (business_id, thread_id) "
        "join contacts c using (business_id, contact_id) "
        "where w.business_id = $1 and w.wait_id = $2 and w.ended_how is null and w.acknowledged_at is null "
        "and w.next_at is not null for no key update of w",
        *(business_id, wait_id),
    )
    return None if row is None else WaitToClimb(**dict(row))


async def save_step(
    connection: Connection, business_id: UUID, wait_id: UUID, step: int, next_at: datetime | None
) -> None:
    """Note which rung of the ladder comes next, and when; None ends it."""
    await connection.execute(
        "update reply_waits set step = $3, next_at = $4 where business_id = $1 and wait_id = $2",
        *(business_id, wait_id, step, next_at),
    )


async def acknowledge_wait(connection: Connection, business_id: UUID, thread_id: UUID, by: str, now: datetime) -> bool:
    """Somebody has seen that a thread waits: the ladder stops. False where it had stopped, or nobody waits."""
    found = await connection.fetchval(
        "with w as (update reply_waits set acknowledged_at = $4, acknowledged_by = $3, next_at = null "
        "  where business_id = $1 and thread_id = $2 and ended_how is null and acknowledged_at is null "
        "  returning thread_id) select true from w, note_change($1, 'thread', thread_id, $4)",
        *(business_id, thread_id, by, now),
    )
    return bool(found)


async def acknowledge_as_told(
    connection: Connection, business_id: UUID, thread_id: UUID, staff_id: UUID, now: datetime
) -> bool:
    """Somebody opened a thread of which they were told; False where they were not, or its ladder has stopped."""
    found = await connection.fetchval(
        "with w as (update reply_waits w set acknowledged_at = $4, acknowledged_by = s.name, next_at = null "
        "  from staff s where w.business_id = $1 and w.thread_id = $2 and w.ended_how is null "
        "  and w.acknowledged_at is null and s.business_id = $1 and s.staff_id = $3 "
        "  and exists (select from notices n where n.business_id = $1 and n.thread_id = $2 and n.staff_id = $3 "
        "    and n.created_at >= w.needed_at) returning w.thread_id) "
        "select true from w, note_change($1, 'thread', w.thread_id, $4)",
        *(business_id, thread_id, staff_id, now),
    )
    return bool(found)


async def hurry_wait(connection: Connection, business_id: UUID, thread_id: UUID, now: datetime) -> UUID | None:
    """Somebody who was told cannot: the next rung is due now. Returns the wait, or None where it climbs no more."""
    wait: UUID | None = await connection.fetchval(
        "update reply_waits set next_at = $3 where business_id = $1 and thread_id = $2 and ended_how is null "
        "and acknowledged_at is null and next_at is not null returning wait_id",
        *(business_id, thread_id, now),
    )
    return wait


async def begin_again(connection: Connection, business_id: UUID, thread_id: UUID, next_at: datetime) -> UUID | None:
    """A waiting thread was given to somebody who has been told: the rung after theirs is due then. Returns the wait."""
    wait: UUID | None = await connection.fetchval(
        "update reply_waits w set step = 1, next_at = $3, acknowledged_at = null, acknowledged_by = null, "
        "owner_id = t.owner_id from threads t where w.business_id = $1 and w.thread_id = $2 and w.ended_how is null "
        "and w.routed_at is not null and t.business_id = $1 and t.thread_id = $2 returning w.wait_id",
        *(business_id, thread_id, next_at),
    )
    return wait


async def share_met(connection: Connection, business_id: UUID, since: datetime, until: datetime) -> tuple[int, int]:
    """Return (answered in time, answered) of the waits that people ended between two instants."""
    row = await connection.fetchrow(
        "select count(*) filter (where met) as met, count(*) as answered from reply_waits "
        "where business_id = $1 and ended_at >= $2 and ended_at < $3 and ended_how in ('reply', 'other') "
        "and met is not null",
        *(business_id, since, until),
    )
    return (row["met"], row["answered"]) if row else (0, 0)


async def list_due_work(connection: Connection, now: datetime, stuck_before: datetime) -> list[tuple[UUID, UUID, str]]:
    """Return (business, subject, entrypoint) of waits, call-backs, relays and hooks that are due; of all businesses."""
    found = await connection.fetch("select * from due_routing_work($1, $2)", now, stuck_before)
    return [(row[0], row[1], row[2]) for row in found]
