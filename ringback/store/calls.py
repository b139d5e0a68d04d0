"""Calls and the one decision each of them earns."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from ringback.domain.calls import CallEvent, Outcome, Plan
from ringback.domain.erasing import is_erased
from ringback.domain.hours import DayState
from ringback.domain.textback import Mark
from ringback.store.db import Connection, rows
from ringback.store.events import load_call_event


@dataclass(frozen=True, slots=True)
class ContactStanding:
    """What we know of a contact when something is decided about them; `opted_out` on the line that it is about."""

    phone: str
    name: str | None
    language: str | None
    marks: frozenset[Mark]
    opted_out: bool


@dataclass(frozen=True, slots=True)
class CallOnTable:
    """A call with everything its decision rests on, locked against other decisions about the same contact."""

    call_id: UUID
    line_id: UUID
    provider_call_id: str
    caller: str
    caller_name: str | None
    forwarded_from: str | None
    contact_id: UUID | None
    plan: Plan
    day: DayState | None
    blocked: bool
    started_at: datetime
    over_at: datetime | None
    outcome: Outcome | None
    has_decision: bool
    version: int
    events: tuple[CallEvent, ...]
    contact: ContactStanding | None
    first_time: bool
    # Has texted us, booked here, or was brought in from a file.
    is_known: bool
    # In how many businesses of the installation this number rang today, this one's own first call among them.
    rings_across: int
    answered_since: bool
    called_back: bool
    previous_missed_at: datetime | None
    claimed_until: datetime | None
    last_inbound_at: datetime | None
    line_sent: int
    business_sent: int


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def load_standing(row: Mapping[str, Any] | None, line_id: str) -> ContactStanding | None:
    """Return the standing of `contact_standing()`'s JSON, where texts would go out from this line."""
    if row is None:
        return None
    marks = frozenset(Mark(kind) for kind in row["marks"])
    opted_out = any(line_id not in lines for lines in row["resumed"])
    return ContactStanding(row["phone"], row["name"], row["language"], marks, opted_out)


async def load_call(connection: Connection, business_id: UUID, call_id: UUID, now: datetime) -> CallOnTable | None:
    """Lock a call and its contact and return all that is known, in one round trip; None for one that was erased."""
    table = await connection.fetchval("select load_call($1, $2, $3)", business_id, call_id, now)
    call = table["call"]
    if call is None or call["call_id"] is None or is_erased(call["caller"]):
        return None
    # A thread that was closed is not open, whenever the contact wrote last.
    thread = table["thread"] or {}
    return CallOnTable(
        call_id=UUID(call["call_id"]),
        line_id=UUID(call["line_id"]),
        provider_call_id=call["provider_call_id"],
        caller=call["caller"],
        caller_name=call["caller_name"],
        forwarded_from=call["forwarded_from"],
        contact_id=UUID(call["contact_id"]) if call["contact_id"] else None,
        plan=Plan(call["plan"]),
        day=DayState(call["day"]) if call["day"] else None,
        blocked=call["blocked"],
        started_at=datetime.fromisoformat(call["started_at"]),
        over_at=_instant(call["over_at"]),
        outcome=Outcome(call["outcome"]) if call["outcome"] else None,
        has_decision=table["text_back"] is not None,
        version=table["version"],
        events=tuple(load_call_event(event) for event in table["events"]),
        contact=load_standing(table["contact"], call["line_id"]),
        # Brought in from a file, somebody is known before they ever ring.
        first_time=table["first_time"] and not (table["contact"] or {}).get("brought_in", False),
        is_known=table["booked_before"]
        or thread.get("last_inbound_at") is not None
        or (table["contact"] or {}).get("brought_in", False),
        rings_across=table["rings_across"],
        answered_since=table["answered_since"] is not None,
        called_back=table["called_back_at"] is not None,
        previous_missed_at=_instant(table["previous_missed_at"]),
        claimed_until=_instant(table["claimed_until"]),
        last_inbound_at=None if thread.get("closed") else _instant(thread.get("last_inbound_at")),
        line_sent=table["line_sent"],
        business_sent=table["business_sent"],
    )


async def save_decision(
    connection: Connection,
    business_id: UUID,
    call_id: UUID,
    decision: Mapping[str, Any],
    message: Mapping[str, Any] | None,
    now: datetime,
) -> str:
    """Write outcome and decision; return `send`, `skip`, `kept` (decided before), `claimed`, or the brake that held it.

    The brakes are `over_brake`, `over_cap` and `cap_reached`, which is said once a day (see the SQL).
    """
    return str(
        await connection.fetchval(
            "select save_decision($1, $2, $3, $4, $5)", business_id, call_id, dict(decision), message, now
        )
    )


async def release_claim(connection: Connection, business_id: UUID, message_id: UUID) -> None:
    """Free the window of a text-back that will not go out, so that the next missed call may be texted."""
    await connection.execute(
        "delete from text_back_claims k using text_backs b where k.business_id = $1 and b.business_id = $1 "
        "and b.message_id = $2 and k.call_id = b.call_id",
        business_id,
        message_id,
    )


async def list_undecided(connection: Connection, before: datetime) -> list[tuple[UUID, UUID]]:
    """Return (business, call) of calls that came before an instant and have no decision; across all businesses."""
    return [(row[0], row[1]) for row in await connection.fetch("select * from undecided_calls($1)", before)]


_CALL_COLUMNS = """
    c.call_id, c.caller, c.caller_name, c.started_at, c.over_at, c.outcome, c.day, c.plan, c.decided_at,
    l.number as line_number, l.label as line_label, n.contact_id, n.phone, n.name as contact_name,
    t.decision, t.reason, t.send_at, t.wording, t.why, t.message_id,
    m.state as message_state, m.delivery, m.error_kind, m.sending_at as texted_at, th.thread_id
    from calls c
    join lines l using (business_id, line_id)
    left join contacts n using (business_id, contact_id)
    left join text_backs t using (business_id, call_id)
    left join messages m on m.business_id = c.business_id and m.message_id = t.message_id
    left join threads th on th.business_id = c.business_id and th.contact_id = c.contact_id
"""


async def list_calls(
    connection: Connection, business_id: UUID, after: tuple[datetime, UUID] | None, limit: int
) -> list[dict[str, Any]]:
    """Return calls with outcome and decision, newest first, from after a (started_at, call_id) cursor on."""
    started_at, call_id = after or (None, None)
    return rows(
        await connection.fetch(
            f"select {_CALL_COLUMNS} where c.business_id = $1 "
            "and ($2::timestamptz is null or (c.started_at, c.call_id) < ($2, $3)) "
            "order by c.started_at desc, c.call_id desc limit $4",
            business_id,
            started_at,
            call_id,
            limit,
        )
    )


async def get_call(connection: Connection, business_id: UUID, call_id: UUID) -> dict[str, Any] | None:
    """Return one call with outcome and decision."""
    row = await connection.fetchrow(
        f"select {_CALL_COLUMNS} where c.business_id = $1 and c.call_id = $2", business_id, call_id
    )
    return None if row is None else dict(row)


async def list_call_events(connection: Connection, business_id: UUID, call_id: UUID) -> list[dict[str, Any]]:
    """Return what the phone company told us of a call, in the order it came."""
    return rows(
        await connection.fetch(
            "select e.event, e.received_at from calls c join inbound_events e on e.business_id = c.business_id "
            "and e.provider = c.provider and e.subject = c.provider_call_id and e.kind = 'call' "
            "where c.business_id = $1 and c.call_id = $2 order by e.received_at, e.event_id",
            business_id,
            call_id,
        )
    )
