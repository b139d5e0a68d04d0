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
    """Return open call-backs, urgent ones first, then by when they are due."""
    return rows(
        await connection.fetch(
            "select b.call_back_id, b.call_id, b.contact_id, b.caller, b.why, b.urgent, b.due_at, b.created_at, "
            "c.name as contact_name from call_backs b left join contacts c using (business_id, contact_id) "
            "where b.business_id = $1 and b.done_at is null order by b.urgent desc, b.due_at limit $2",
            business_id,
            limit,
        )
    )
