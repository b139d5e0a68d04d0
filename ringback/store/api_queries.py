"""What the REST API reads in its own order: lists by filter, from a place on, newest first."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from ringback.store.db import Connection, rows
from ringback.store.number_facts import KNOWN_OF_CONTACT


@dataclass(frozen=True, slots=True)
class CallFilter:
    """Which calls; None leaves a condition out. `since` is included, `until` is not."""

    outcome: str | None = None
    decision: str | None = None
    reason: str | None = None
    contact_id: UUID | None = None
    line_id: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class ThreadFilter:
    """Which threads; None leaves a condition out. `closed` and `needs_reply` are true or not said."""

    contact_id: UUID | None = None
    active_since: datetime | None = None
    is_closed: bool | None = None
    needs_reply: bool | None = None


# Every value is bound; only conditions that were asked for are written, so that each has its own plan.
_CALL_CONDITIONS = {
    "outcome": "c.outcome = ",
    "decision": "t.decision = ",
    "reason": "t.reason = ",
    "contact_id": "c.contact_id = ",
    "line_id": "c.line_id = ",
    "since": "c.started_at >= ",
    "until": "c.started_at < ",
}
_THREAD_CONDITIONS = {
    "contact_id": "t.contact_id = ",
    "active_since": "t.last_message_at >= ",
    "is_closed": "(x.closed_at is not null) = ",
    "needs_reply": "(t.needs_reply_at is not null) = ",
}


def _conditions(known: dict[str, str], wanted: CallFilter | ThreadFilter, first: int) -> tuple[str, list[Any]]:
    """Return the SQL of the conditions asked for, their parameters numbered from `first`, and the values."""
    asked = {name: value for name, value in asdict(wanted).items() if value is not None}
    sql = "".join(f" and {known[name]}${number}" for number, name in enumerate(asked, first))
    return sql, list(asked.values())


# Its own columns and not the pages': what a page needs next must not change what programs were promised.
_CALLS = """
    select c.call_id, c.line_id, l.number as line_number, l.label as line_label, c.caller, c.caller_name,
    c.contact_id, n.phone as contact_phone, n.name as contact_name, th.thread_id, c.started_at, c.over_at, c.outcome,
    t.decision, t.reason, t.why, t.wording, t.send_at, m.sending_at as texted_at, m.message_id,
    m.state as message_state, m.delivery, m.error_kind, m.error_code
    from calls c
    join lines l using (business_id, line_id)
    left join contacts n using (business_id, contact_id)
    left join text_backs t using (business_id, call_id)
    left join messages m on m.business_id = c.business_id and m.message_id = t.message_id
    left join threads th on th.business_id = c.business_id and th.contact_id = c.contact_id
"""


async def list_calls(
    connection: Connection,
    business_id: UUID,
    wanted: CallFilter,
    after: tuple[datetime, UUID] | None,
    limit: int,
) -> list[dict[str, Any]]:
    """Return calls with outcome and decision, by (started_at, call_id) from a place on."""
    conditions, values = _conditions(_CALL_CONDITIONS, wanted, 5)
    return rows(
        await connection.fetch(
            f"{_CALLS} where c.business_id = $1 "
            "and ($2::timestamptz is null or (c.started_at, c.call_id) < ($2, $3)) "
            f"{conditions} order by c.started_at desc, c.call_id desc limit $4",
            business_id,
            *(after or (None, None)),
            limit,
            *values,
        )
    )


async def get_call(connection: Connection, business_id: UUID, call_id: UUID) -> dict[str, Any] | None:
    """Return one call with outcome and decision."""
    row = await connection.fetchrow(f"{_CALLS} where c.business_id = $1 and c.call_id = $2", business_id, call_id)
    return None if row is None else dict(row)


_THREADS = """
    select t.thread_id, t.contact_id, t.line_id, t.last_message_at, t.last_inbound_at, t.needs_reply_at, t.urgent_at,
    t.preview, c.phone, c.name as contact_name, l.number as line_number, l.label as line_label,
    (select max(o.opted_out_at) from opt_outs o where o.business_id = t.business_id and o.contact_id = t.contact_id
        and t.line_id <> all (o.resumed_line_ids)) as opted_out_at, x.closed_at
    from threads t
    join contacts c using (business_id, contact_id)
    join lines l using (business_id, line_id)
    left join closures x on x.business_id = t.business_id and x.thread_id = t.thread_id and x.reopened_at is null
"""


async def list_threads(
    connection: Connection, business_id: UUID, wanted: ThreadFilter, after: UUID | None, limit: int
) -> list[dict[str, Any]]:
    """Return threads by id, which is by when they began: a text that comes in meanwhile moves none of them."""
    conditions, values = _conditions(_THREAD_CONDITIONS, wanted, 4)
    return rows(
        await connection.fetch(
            f"{_THREADS} where t.business_id = $1 and not t.for_alerts "
            f"and ($2::uuid is null or t.thread_id < $2) {conditions} "
            "order by t.thread_id desc limit $3",
            business_id,
            after,
            limit,
            *values,
        )
    )


_CONTACTS = f"""
    select c.contact_id, c.phone, c.name, c.language, c.created_at,
    contact_standing(c.business_id, c.contact_id) as standing, {KNOWN_OF_CONTACT} from contacts c
"""


async def list_contacts(
    connection: Connection, business_id: UUID, after: UUID | None, limit: int
) -> list[dict[str, Any]]:
    """Return contacts with their standing by id, which is by when they came."""
    return rows(
        await connection.fetch(
            f"{_CONTACTS} where c.business_id = $1 and ($2::uuid is null or c.contact_id < $2) "
            "order by c.contact_id desc limit $3",
            business_id,
            after,
            limit,
        )
    )


async def find_contact(connection: Connection, business_id: UUID, phone: str) -> list[dict[str, Any]]:
    """Return the contact with this phone, as it is stored, in a list of at most one."""
    return rows(await connection.fetch(f"{_CONTACTS} where c.business_id = $1 and c.phone = $2", business_id, phone))


_CALL_BACKS = """
    select b.call_back_id, b.call_id, b.contact_id, c.phone as contact_phone, c.name as contact_name, b.caller, b.why,
    b.urgent, b.due_at, b.created_at, b.done_at, b.done_by
    from call_backs b left join contacts c using (business_id, contact_id)
"""


async def list_call_backs(
    connection: Connection, business_id: UUID, is_done: bool, after: UUID | None, limit: int
) -> list[dict[str, Any]]:
    """Return call-backs that are done, or those that are not, by id."""
    return rows(
        await connection.fetch(
            f"{_CALL_BACKS} where b.business_id = $1 and (b.done_at is not null) = $2 "
            "and ($3::uuid is null or b.call_back_id < $3) order by b.call_back_id desc limit $4",
            business_id,
            is_done,
            after,
            limit,
        )
    )


async def get_call_back(connection: Connection, business_id: UUID, call_back_id: UUID) -> dict[str, Any] | None:
    """Return one call-back."""
    row = await connection.fetchrow(
        f"{_CALL_BACKS} where b.business_id = $1 and b.call_back_id = $2", business_id, call_back_id
    )
    return None if row is None else dict(row)


async def list_alarms(
    connection: Connection, business_id: UUID, after: UUID | None, limit: int
) -> list[dict[str, Any]]:
    """Return the alarms that stand, by id."""
    return rows(
        await connection.fetch(
            "select alarm_id, kind, words, raised_at, last_at, times from alarms where business_id = $1 "
            "and ended_at is null and ($2::uuid is null or alarm_id < $2) order by alarm_id desc limit $3",
            business_id,
            after,
            limit,
        )
    )
