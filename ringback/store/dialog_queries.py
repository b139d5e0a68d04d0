"""What pages and the API ask of the dialogs: why a text says what it says, and lists."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from ringback.store.db import Connection, rows


async def list_reasons(connection: Connection, business_id: UUID, message_ids: Sequence[UUID]) -> list[dict[str, Any]]:
    """Return (message, what was heard, why, actions) of the texts among these that a turn wrote."""
    return rows(
        await connection.fetch(
            "select m.message_id, t.turn_id, t.at, t.happened, t.why, t.actions, array("
            "  select h.body from messages h where h.business_id = $1 and h.message_id = any(t.heard) "
            "  order by h.created_at, h.message_id) as heard "
            "from messages m join turns t on t.business_id = m.business_id and t.turn_id = m.turn_id "
            "where m.business_id = $1 and m.message_id = any($2) and m.direction = 'out'",
            business_id,
            list(message_ids),
        )
    )


async def list_open_alerts(connection: Connection, business_id: UUID) -> list[dict[str, Any]]:
    """Return the emergencies that nobody has taken, the oldest first."""
    return rows(
        await connection.fetch(
            "select a.alert_id, a.thread_id, a.words, a.address, a.fee_agreed, a.raised_at, a.rounds, c.phone, "
            "c.name as contact_name from alerts a join threads t using (business_id, thread_id) "
            "join contacts c using (business_id, contact_id) "
            "where a.business_id = $1 and a.acknowledged_at is null order by a.raised_at limit 20",
            business_id,
        )
    )


async def list_turns(
    connection: Connection, business_id: UUID, thread_id: UUID, after: UUID | None, limit: int
) -> list[dict[str, Any]]:
    """Return turns of a thread by id, newest first, from a turn on."""
    return rows(
        await connection.fetch(
            "select turn_id, thread_id, at, happened, heard, said, actions, why from turns where business_id = $1 "
            "and thread_id = $2 and ($3::uuid is null or turn_id < $3) order by turn_id desc limit $4",
            *(business_id, thread_id, after, limit),
        )
    )


async def list_gaps(
    connection: Connection, business_id: UUID, is_answered: bool, after: UUID | None, limit: int
) -> list[dict[str, Any]]:
    """Return gaps that are answered, or those that are not, by id."""
    return rows(
        await connection.fetch(
            "select gap_id, question, thread_id, times, asked_at, last_at, answered_at, answered_by from gaps "
            "where business_id = $1 and (answered_at is not null) = $2 and ($3::uuid is null or gap_id < $3) "
            "order by gap_id desc limit $4",
            *(business_id, is_answered, after, limit),
        )
    )


async def get_gap(connection: Connection, business_id: UUID, gap_id: UUID) -> dict[str, Any] | None:
    """Return one gap."""
    row = await connection.fetchrow(
        "select gap_id, question, thread_id, times, asked_at, last_at, answered_at, answered_by from gaps "
        "where business_id = $1 and gap_id = $2",
        business_id,
        gap_id,
    )
    return None if row is None else dict(row)


async def list_promises(
    connection: Connection, business_id: UUID, is_done: bool, after: UUID | None, limit: int
) -> list[dict[str, Any]]:
    """Return promises that are kept, or those that are not yet, by id."""
    return rows(
        await connection.fetch(
            "select promise_id, thread_id, call_back_id, about, owner, made_at, due_at, done_at, done_by from promises "
            "where business_id = $1 and (done_at is not null) = $2 and ($3::uuid is null or promise_id < $3) "
            "order by promise_id desc limit $4",
            *(business_id, is_done, after, limit),
        )
    )


_ALERTS = """
    select a.alert_id, a.thread_id, a.words, a.address, a.fee_agreed, a.raised_at, a.rounds, a.acknowledged_at,
    a.acknowledged_by, a.eta_minutes, t.contact_id, c.phone as contact_phone, c.name as contact_name
    from alerts a join threads t using (business_id, thread_id) join contacts c using (business_id, contact_id)
"""


async def list_alerts(
    connection: Connection, business_id: UUID, is_acknowledged: bool, after: UUID | None, limit: int
) -> list[dict[str, Any]]:
    """Return alerts that somebody has taken, or those that nobody has, by id."""
    return rows(
        await connection.fetch(
            f"{_ALERTS} where a.business_id = $1 and (a.acknowledged_at is not null) = $2 "
            "and ($3::uuid is null or a.alert_id < $3) order by a.alert_id desc limit $4",
            *(business_id, is_acknowledged, after, limit),
        )
    )


async def get_alert(connection: Connection, business_id: UUID, alert_id: UUID) -> dict[str, Any] | None:
    """Return one alert with its contact."""
    row = await connection.fetchrow(f"{_ALERTS} where a.business_id = $1 and a.alert_id = $2", business_id, alert_id)
    return None if row is None else dict(row)


async def list_waiting(
    connection: Connection, business_id: UUID, after: UUID | None, limit: int
) -> list[dict[str, Any]]:
    """Return who waits for an opening and has not been told of one, by id."""
    return rows(
        await connection.fetch(
            "select w.waiting_id, w.contact_id, c.phone as contact_phone, c.name as contact_name, w.service, "
            "w.for_whom, w.joined_at from waiting_list w join contacts c using (business_id, contact_id) "
            "where w.business_id = $1 and w.told_at is null and ($2::uuid is null or w.waiting_id < $2) "
            "order by w.waiting_id desc limit $3",
            *(business_id, after, limit),
        )
    )
