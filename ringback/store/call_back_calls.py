"""Calls that ring a staff phone first and then the contact: asked for, how far they came, and how long both spoke."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from ringback.domain.call_back_calls import SPOKEN_SECONDS, RingStep
from ringback.store.db import Connection


@dataclass(frozen=True, slots=True)
class NewRing:
    """Who wants to be connected in which thread."""

    ring_id: UUID
    thread_id: UUID
    contact_id: UUID
    line_id: UUID
    staff_id: UUID
    staff_name: str


@dataclass(frozen=True, slots=True)
class Brake:
    """How many may be asked for: to one contact and in the whole business, within an hour."""

    per_contact: int = 6
    per_business: int = 60


# Instants, not one state: callbacks come in any order, and each instant is set by its own.
_COLUMNS = {
    RingStep.STAFF_ANSWERED: "staff_answered_at",
    RingStep.STAFF_ACCEPTED: "staff_accepted_at",
    RingStep.CONTACT_ANSWERED: "contact_answered_at",
    RingStep.OVER: "ended_at",
}


async def add_ring(connection: Connection, business_id: UUID, ring: NewRing, brake: Brake, now: datetime) -> bool:
    """Note that somebody wants to be connected; False where one such call is on its way, or the brake holds it.

    The lock lets two taps at once pass one by one.
    """
    await connection.fetch(
        "select from contacts where business_id = $1 and contact_id = $2 for no key update",
        business_id,
        ring.contact_id,
    )
    done = await connection.execute(
        "insert into call_back_calls (business_id, ring_id, thread_id, contact_id, line_id, staff_id, staff_name, "
        "asked_at, missed_at) select $1, $2, $3, $4, $5, $6, $7, $8::timestamptz, "
        "  (select min(c.over_at) from calls c where c.business_id = $1 and c.contact_id = $4 "
        "   and c.outcome not like 'answered%' and c.outcome <> 'blocked' and c.over_at > $9::timestamptz "
        "   and c.over_at > coalesce((select max(a.started_at) from calls a where a.business_id = $1 "
        "     and a.contact_id = $4 and a.outcome like 'answered%'), '-infinity') "
        "   and c.over_at > coalesce((select max(s.contact_answered_at) from call_back_calls s "
        "     where s.business_id = $1 and s.contact_id = $4 and s.talk_seconds >= $12), '-infinity')) "
        # Somebody is being rung for this contact at this moment.
        "where not exists (select from call_back_calls r where r.business_id = $1 and r.contact_id = $4 "
        "  and r.ended_at is null and r.failed is null and r.asked_at > $8::timestamptz - interval '90 seconds') "
        "and (select count(*) from call_back_calls r where r.business_id = $1 and r.contact_id = $4 "
        "  and r.asked_at > $8::timestamptz - interval '1 hour') < $10 "
        "and (select count(*) from call_back_calls r where r.business_id = $1 "
        "  and r.asked_at > $8::timestamptz - interval '1 hour') < $11",
        *(business_id, ring.ring_id, ring.thread_id, ring.contact_id, ring.line_id, ring.staff_id, ring.staff_name),
        *(now, now - timedelta(days=7), brake.per_contact, brake.per_business, SPOKEN_SECONDS),
    )
    return str(done) == "INSERT 0 1"


async def claim_ring(connection: Connection, business_id: UUID, ring_id: UUID, now: datetime) -> dict[str, Any] | None:
    """Take a call to place it, once for ever; None where it was taken already. `version` is the set-up's."""
    row = await connection.fetchrow(
        "update call_back_calls r set placing_at = $3 from contacts c, businesses b "
        "where r.business_id = $1 and r.ring_id = $2 and r.placing_at is null and r.failed is null "
        "and c.business_id = $1 and c.contact_id = r.contact_id and b.business_id = $1 "
        "returning r.*, c.phone, c.name as contact_name, b.version",
        *(business_id, ring_id, now),
    )
    return None if row is None else dict(row)


async def save_placed(
    connection: Connection, business_id: UUID, ring_id: UUID, provider_call_id: str | None, failed: str | None
) -> None:
    """Write down what the phone company said to the call: its id, or why there is none."""
    await connection.execute(
        "update call_back_calls set provider_call_id = coalesce($3, provider_call_id), "
        # A callback may be quicker than the answer: what has begun has not failed.
        "failed = case when staff_answered_at is null then $4 end where business_id = $1 and ring_id = $2",
        *(business_id, ring_id, provider_call_id, failed),
    )


async def note_unsure(connection: Connection, business_id: UUID, ring_id: UUID) -> None:
    """A call was taken to be placed, and nobody has written what came of it; the first callback takes this back."""
    await connection.execute(
        "with r as (update call_back_calls set failed = 'uncertain' where business_id = $1 and ring_id = $2 "
        "  and placing_at is not null and provider_call_id is null and failed is null and staff_answered_at is null "
        "  and ended_at is null returning thread_id, placing_at) "
        "select note_change($1, 'thread', thread_id, placing_at) from r",
        *(business_id, ring_id),
    )


async def get_ring(connection: Connection, business_id: UUID, ring_id: UUID) -> dict[str, Any] | None:
    """Return one such call with the contact it is for."""
    row = await connection.fetchrow(
        "select r.*, c.phone, c.name as contact_name, m.kind is not null as blocked from call_back_calls r "
        "join contacts c on c.business_id = $1 and c.contact_id = r.contact_id "
        "left join contact_marks m on m.business_id = $1 and m.contact_id = r.contact_id and m.kind = 'blocked' "
        "  and m.ended_at is null where r.business_id = $1 and r.ring_id = $2",
        business_id,
        ring_id,
    )
    return None if row is None else dict(row)


async def note_step(connection: Connection, business_id: UUID, ring_id: UUID, step: RingStep, at: datetime) -> bool:
    """Note that such a call has come this far; the first time counts. False where there is no such call."""
    column = _COLUMNS[step]
    return bool(
        await connection.fetchval(
            f"update call_back_calls set {column} = coalesce({column}, $3), failed = case when failed = 'uncertain' "
            "then null else failed end where business_id = $1 and ring_id = $2 returning true",
            *(business_id, ring_id, at),
        )
    )


async def note_end(
    connection: Connection, business_id: UUID, ring_id: UUID, talk_seconds: int | None, at: datetime
) -> dict[str, Any] | None:
    """Note that such a call is over, and what came of it; it is the same however often and in which order it is told.

    Returns the call as it stands now.
    """
    row = await connection.fetchrow(
        # How long both spoke also tells that the contact answered, should that callback be late or lost.
        "with r as (select coalesce(contact_answered_at, $4::timestamptz - make_interval(secs => $3::int)) as spoke_at "
        "  from call_back_calls where business_id = $1 and ring_id = $2 for update) "
        "update call_back_calls c set ended_at = coalesce(c.ended_at, $4), contact_answered_at = r.spoke_at, "
        "talk_seconds = greatest(c.talk_seconds, $3::int), "
        "failed = case when c.staff_accepted_at is null then 'no_staff' when r.spoke_at is null then 'no_contact' end "
        "from r where c.business_id = $1 and c.ring_id = $2 returning c.*",
        *(business_id, ring_id, talk_seconds, at),
    )
    return None if row is None else dict(row)


async def tell_thread(connection: Connection, business_id: UUID, thread_id: UUID, now: datetime) -> None:
    """Let the open pages of a thread show how far a call has come."""
    await connection.execute("select note_change($1, 'thread', $2, $3)", business_id, thread_id, now)


async def list_open_tasks(connection: Connection, business_id: UUID, contact_id: UUID) -> list[UUID]:
    """Return the call-backs to a contact that are still to do."""
    found = await connection.fetch(
        "select call_back_id from call_backs where business_id = $1 and contact_id = $2 and done_at is null",
        business_id,
        contact_id,
    )
    return [row["call_back_id"] for row in found]


async def callback_seconds(
    connection: Connection, business_id: UUID, since: datetime, until: datetime
) -> tuple[int, float | None]:
    """Return how many missed callers were spoken with by such a call in a period, and how long they waited on average.

    The wait is counted from the end of the first missed call since anybody last spoke with them.
    """
    row = await connection.fetchrow(
        "select count(*) as count, avg(extract(epoch from contact_answered_at - missed_at))::float8 as seconds "
        "from call_back_calls where business_id = $1 and asked_at >= $2 and asked_at < $3 "
        "and talk_seconds >= $4 and missed_at is not null",
        *(business_id, since, until, SPOKEN_SECONDS),
    )
    return (0, None) if row is None else (row["count"], row["seconds"])


async def find_thread_of_task(connection: Connection, business_id: UUID, call_back_id: UUID) -> UUID | None:
    """Return the thread with the contact of a call-back that is still to do."""
    # By contact, not by what stands in the task: a task may name a number that nobody has a thread with.
    found: UUID | None = await connection.fetchval(
        "select t.thread_id from call_backs b join threads t using (business_id, contact_id) "
        "where b.business_id = $1 and b.call_back_id = $2 and b.done_at is null",
        business_id,
        call_back_id,
    )
    return found
