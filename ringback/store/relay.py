"""Relays: what staff write to a line from their own phones, on its way to the caller it is for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from ringback.store.db import Connection
from ringback.store.jobs import enqueue


@dataclass(frozen=True, slots=True)
class OpenTalk:
    """A thread that a staff phone may be answering; `caller` is a name, else a number."""

    thread_id: UUID
    caller: str
    is_emergency: bool = False


async def list_open_talks(
    connection: Connection, business_id: UUID, staff_id: UUID, since: datetime, talked_since: datetime
) -> list[OpenTalk]:
    """Return the threads this person was texted about and that wait still, or that they answered a moment ago.

    In the order in which they were told of them: the numbers in a question stay the same while none is added.
    """
    found = await connection.fetch(
        "with told as ("
        "  select n.thread_id, n.created_at as at, false as is_emergency from notices n "
        "  join threads t using (business_id, thread_id) where n.business_id = $1 and n.staff_id = $2 "
        "  and n.channel = 'sms' and n.message_id is not null and n.failed is null and n.created_at > $3 "
        "  and t.needs_reply_at is not null and n.created_at >= t.needs_reply_at "
        "  union all "
        "  select a.thread_id, x.sent_at, true from alert_texts x join alerts a using (business_id, alert_id) "
        "  join staff s using (business_id) "
        "  where x.business_id = $1 and s.staff_id = $2 and s.phone = x.phone and x.sent_at > $3 "
        "  and a.acknowledged_at is null "
        # A talk goes on for a while: "on my way" is followed by "which door?".
        "  union all "
        "  select r.thread_id, r.received_at, false from relays r where r.business_id = $1 and r.staff_id = $2 "
        "  and r.thread_id is not null and r.received_at > $4) "
        "select told.thread_id, coalesce(c.name, c.phone) as caller, bool_or(told.is_emergency) as is_emergency "
        "from told "
        "join threads t on t.business_id = $1 and t.thread_id = told.thread_id "
        "join contacts c on c.business_id = $1 and c.contact_id = t.contact_id "
        "group by told.thread_id, c.name, c.phone order by min(told.at), told.thread_id",
        *(business_id, staff_id, since, talked_since),
    )
    return [OpenTalk(**dict(row)) for row in found]


@dataclass(frozen=True, slots=True)
class NewRelay:
    """What a staff member wrote. `relay_id` is made from the text's own id, so that one text is one relay."""

    relay_id: UUID
    staff_id: UUID
    line_id: UUID
    body: str
    choices: Sequence[UUID]
    expires_at: datetime
    thread_id: UUID | None = None


async def add_relay(
    connection: Connection, business_id: UUID, relay: NewRelay, now: datetime, *, asked: bool = False
) -> None:
    """Keep a staff member's text: with a thread it goes out, without one it is held until they say for whom."""
    await connection.execute(
        "insert into relays (business_id, relay_id, staff_id, line_id, body, received_at, choices, thread_id, state, "
        "expires_at, asked_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict do nothing",
        *(business_id, relay.relay_id, relay.staff_id, relay.line_id, relay.body, now, list(relay.choices)),
        *(relay.thread_id, "held" if relay.thread_id is None else "going", relay.expires_at, now if asked else None),
    )
    if relay.thread_id is not None:
        await enqueue(connection, "send_relay", {"business": business_id, "relay": relay.relay_id})


async def load_question(
    connection: Connection, business_id: UUID, staff_id: UUID, since: datetime
) -> tuple[UUID, ...] | None:
    """Return the threads of the last numbered question this person was sent, first to last."""
    found = await connection.fetchval(
        "select choices from relays where business_id = $1 and staff_id = $2 and asked_at > $3 "
        "order by asked_at desc limit 1",
        *(business_id, staff_id, since),
    )
    return None if found is None else tuple(found)


async def release_held(
    connection: Connection, business_id: UUID, staff_id: UUID, thread_id: UUID, now: datetime
) -> int:
    """Let what this person wrote before go to a thread, in the order in which they wrote it; return how many."""
    released = await connection.fetch(
        "with r as (update relays set thread_id = $3, state = 'going' where business_id = $1 and staff_id = $2 "
        "  and state = 'held' and expires_at > $4 returning relay_id, received_at) "
        "select enqueue_job('send_relay', jsonb_build_object('business', $1::uuid, 'relay', relay_id), "
        "  make_interval(secs => row_number() over (order by received_at, relay_id) - 1)) from r",
        *(business_id, staff_id, thread_id, now),
    )
    return len(released)


async def count_held(connection: Connection, business_id: UUID, staff_id: UUID, now: datetime) -> int:
    """Return how many texts of this person wait for an answer to a question."""
    return int(
        await connection.fetchval(
            "select count(*) from relays where business_id = $1 and staff_id = $2 and state = 'held' "
            "and expires_at > $3",
            *(business_id, staff_id, now),
        )
    )


async def load_relay(connection: Connection, business_id: UUID, relay_id: UUID) -> dict[str, Any] | None:
    """Return a relay with the name of who wrote it, their phone, and the caller it goes to; locked."""
    row = await connection.fetchrow(
        "select r.*, s.name, s.phone, (select coalesce(c.name, c.phone) from threads t "
        "  join contacts c using (business_id, contact_id) "
        "  where t.business_id = $1 and t.thread_id = r.thread_id) as caller "
        "from relays r join staff s using (business_id, staff_id) "
        "where r.business_id = $1 and r.relay_id = $2 for update of r",
        *(business_id, relay_id),
    )
    return None if row is None else dict(row)


async def settle_relay(connection: Connection, business_id: UUID, relay_id: UUID, state: str, now: datetime) -> None:
    """Note what became of a relay: sent, refused, or expired."""
    await connection.execute(
        "update relays set state = $3, settled_at = $4 where business_id = $1 and relay_id = $2",
        *(business_id, relay_id, state, now),
    )
