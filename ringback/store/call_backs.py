"""Call-backs: callers a person must ring, because no text could or should go out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from ringback.store.db import Connection, rows
from ringback.store.ids import new_id


@dataclass(frozen=True, slots=True)
class NewCallBack:
    """Who to ring and why; `call_id` makes it at most one per call."""

    call_id: UUID | None
    contact_id: UUID | None
    caller: str
    why: str
    due_at: datetime
    urgent: bool = False


async def add_call_back(connection: Connection, business_id: UUID, call_back: NewCallBack, now: datetime) -> None:
    """Note a call-back; a second one for the same call only raises its urgency."""
    await connection.execute(
        # One call asks for one call-back, however often its decision is looked at again.
        "with b as (insert into call_backs as b "
        "  (business_id, call_back_id, call_id, contact_id, caller, why, urgent, due_at, created_at) "
        "  values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (business_id, call_id) where call_id is not null "
        "  do update set urgent = b.urgent or excluded.urgent returning call_back_id) "
        "select note_change($1, 'call_back', call_back_id, $9) from b",
        *(business_id, new_id(), call_back.call_id, call_back.contact_id, call_back.caller),
        *(call_back.why, call_back.urgent, call_back.due_at, now),
    )


async def add_call_back_for_message(
    connection: Connection, business_id: UUID, message_id: UUID, why: str, now: datetime
) -> None:
    """Note a call-back to the caller whose text-back did not go out."""
    await connection.execute(
        "with b as (insert into call_backs as b "
        "  (business_id, call_back_id, call_id, contact_id, caller, why, due_at, created_at) "
        "  select t.business_id, $3, t.call_id, t.contact_id, c.caller, $4, $5, $5 from text_backs t "
        "  join calls c using (business_id, call_id) where t.business_id = $1 and t.message_id = $2 "
        "  on conflict (business_id, call_id) where call_id is not null do nothing returning call_back_id) "
        "select note_change($1, 'call_back', call_back_id, $5) from b",
        business_id,
        message_id,
        new_id(),
        why,
        now,
    )


async def withdraw_call_back(connection: Connection, business_id: UUID, call_id: UUID, now: datetime) -> None:
    """Take back the call-back of a call whose caller is texted after all, unless it is urgent or somebody has taken it.

    Done it would not be: the text would be dropped as one to a caller who was rung.
    """
    await connection.execute(
        "with b as (delete from call_backs where business_id = $1 and call_id = $2 and done_at is null "
        "  and acknowledged_at is null and not urgent returning call_back_id) "
        "select note_change($1, 'call_back', call_back_id, $3) from b",
        *(business_id, call_id, now),
    )


async def finish_call_back(
    connection: Connection, business_id: UUID, call_back_id: UUID, done_by: str, now: datetime
) -> bool:
    """Mark a call-back as done, and with it the promise it was to keep; False where there is none open."""
    done = await connection.execute(
        "update call_backs set done_at = $4, done_by = $3 "
        "where business_id = $1 and call_back_id = $2 and done_at is null",
        business_id,
        call_back_id,
        done_by,
        now,
    )
    await connection.execute(
        "with p as (update promises set done_at = $4, done_by = $3 "
        "  where business_id = $1 and call_back_id = $2 and done_at is null returning promise_id), "
        "a as (update alarms set ended_at = $4 from p where business_id = $1 and kind = 'promise' "
        "  and subject = promise_id::text and ended_at is null) "
        "select note_change($1, 'call_back', $2, $4)",
        *(business_id, call_back_id, done_by, now),
    )
    return str(done) == "UPDATE 1"


async def list_call_backs(connection: Connection, business_id: UUID, limit: int = 100) -> list[dict[str, Any]]:
    """Return open call-backs with their owner, urgent ones first, then by when they are due."""
    return rows(
        await connection.fetch(
            "select b.call_back_id, b.call_id, b.contact_id, b.caller, b.why, b.urgent, b.due_at, b.created_at, "
            "b.owner_id, b.acknowledged_at, b.acknowledged_by, c.name as contact_name, (select s.name from staff s "
            "  where s.business_id = $1 and s.staff_id = b.owner_id) as owner_name "
            "from call_backs b left join contacts c using (business_id, contact_id) "
            "where b.business_id = $1 and b.done_at is null order by b.urgent desc, b.due_at limit $2",
            business_id,
            limit,
        )
    )


@dataclass(frozen=True, slots=True)
class CallBackToOwn:
    """A call-back that is still to be done, with what routing goes by; locked.

    `is_promised`: the caller was told a time. `in_a_storm`: so many came within minutes that nobody is told of each.
    """

    call_back_id: UUID
    line_id: UUID | None
    thread_owner_id: UUID | None
    why: str
    caller: str
    contact_name: str | None
    due_at: datetime
    version: int
    owner_id: UUID | None
    owned_at: datetime | None
    step: int
    next_at: datetime | None
    acknowledged_at: datetime | None
    urgent: bool
    created_at: datetime
    is_promised: bool
    in_a_storm: bool


async def load_call_back_to_own(connection: Connection, business_id: UUID, call_back_id: UUID) -> CallBackToOwn | None:
    """Return an open call-back with the line and the owner of its caller's thread; None where it is done."""
    row = await connection.fetchrow(
        "select b.call_back_id, coalesce(k.line_id, t.line_id) as line_id, t.owner_id as thread_owner_id, b.why, "
        "b.caller, c.name as contact_name, b.due_at, b.owner_id, b.owned_at, b.step, b.next_at, b.acknowledged_at, "
        "b.urgent, b.created_at, b.due_at > b.created_at as is_promised, (select count(*) > 5 from call_backs o "
        "  where o.business_id = $1 and o.done_at is null and o.due_at > b.due_at - interval '10 minutes' "
        "  and o.created_at > b.created_at - interval '10 minutes') as in_a_storm, "
        "(select version from businesses where business_id = $1) as version "
        "from call_backs b left join calls k on k.business_id = $1 and k.call_id = b.call_id "
        "left join contacts c on c.business_id = $1 and c.contact_id = b.contact_id "
        "left join threads t on t.business_id = $1 and t.contact_id = b.contact_id "
        "where b.business_id = $1 and b.call_back_id = $2 and b.done_at is null for no key update of b",
        *(business_id, call_back_id),
    )
    return None if row is None else CallBackToOwn(**dict(row))


@dataclass(frozen=True, slots=True)
class Owned:
    """Whose a call-back is (None: everyone's), until when, and when the ladder is climbed if nobody has rung."""

    owner_id: UUID | None
    due_at: datetime
    next_at: datetime | None


async def own_call_back(
    connection: Connection, business_id: UUID, call_back_id: UUID, owned: Owned, now: datetime
) -> bool:
    """Give a call-back, and the promise that it keeps, to a person or to everyone; False where none is open."""
    found = await connection.fetchval(
        "with b as (update call_backs set owner_id = $3, owned_at = $5, next_at = $4, due_at = $6 "
        "  where business_id = $1 and call_back_id = $2 and done_at is null returning call_back_id), "
        "p as (update promises p set owner = s.name from staff s where p.business_id = $1 and p.call_back_id = $2 "
        "  and p.done_at is null and s.business_id = $1 and s.staff_id = $3) "
        "select true from b, note_change($1, 'call_back', call_back_id, $5)",
        *(business_id, call_back_id, owned.owner_id, owned.next_at, now, owned.due_at),
    )
    return bool(found)


async def save_call_back_step(
    connection: Connection, business_id: UUID, call_back_id: UUID, step: int, next_at: datetime | None
) -> None:
    """Note which rung of the ladder comes next, and when; None ends it."""
    await connection.execute(
        "update call_backs set step = $3, next_at = $4 where business_id = $1 and call_back_id = $2",
        *(business_id, call_back_id, step, next_at),
    )


async def acknowledge_call_back(
    connection: Connection, business_id: UUID, call_back_id: UUID, by: str, now: datetime
) -> bool:
    """Somebody sees to a call-back: its ladder stops. False where it had stopped, or the call is done."""
    found = await connection.fetchval(
        "with b as (update call_backs set acknowledged_at = $4, acknowledged_by = $3, next_at = null "
        "  where business_id = $1 and call_back_id = $2 and done_at is null and acknowledged_at is null "
        "  returning call_back_id) select true from b, note_change($1, 'call_back', call_back_id, $4)",
        *(business_id, call_back_id, by, now),
    )
    return bool(found)
