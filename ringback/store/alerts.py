"""Alerts: emergencies, told to the people on call round after round until one of them acknowledges."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from ringback.store.db import Connection, rows
from ringback.store.ids import new_id


@dataclass(frozen=True, slots=True)
class NewAlert:
    """An emergency as the caller told it."""

    words: str
    address: str | None = None
    fee_agreed: bool | None = None


@dataclass(frozen=True, slots=True)
class OpenAlert:
    """An alert that nobody has acknowledged, locked; `rounds` says how often people were texted."""

    alert_id: UUID
    thread_id: UUID
    line_id: UUID
    caller: str
    caller_name: str | None
    words: str
    address: str | None
    fee_agreed: bool | None
    rounds: int
    next_at: datetime | None
    version: int


async def raise_alert(
    connection: Connection, business_id: UUID, thread_id: UUID, alert: NewAlert, now: datetime
) -> UUID:
    """Raise an alert with its first round due now, or add to the one that is open in this thread; return its id."""
    alert_id: UUID = await connection.fetchval(
        "with a as (insert into alerts as a (business_id, alert_id, thread_id, words, address, fee_agreed, raised_at, "
        "  next_at) values ($1, $3, $2, $4, $5, $6, $7, $7) "
        # What is added to an emergency must not start the ladder from its first rung.
        "  on conflict (business_id, thread_id) where acknowledged_at is null do update set "
        # A ladder that came to its end, and was left open, begins anew: this may be another day's emergency.
        "  next_at = coalesce(a.next_at, $7), rounds = case when a.next_at is null then 0 else a.rounds end, "
        "  words = case when a.next_at is null then excluded.words "
        "    when position(excluded.words in a.words) > 0 then a.words "
        "    else a.words || ' / ' || excluded.words end, "
        "  address = coalesce(excluded.address, a.address), "
        "  fee_agreed = coalesce(excluded.fee_agreed, a.fee_agreed) returning alert_id, next_at), "
        "j as (select enqueue_job('alert_on_call', jsonb_build_object('business', $1, 'alert', alert_id), '0', 100) "
        "  from a where next_at = $7) "
        "select alert_id from a left join j on true",
        *(business_id, thread_id, new_id(), alert.words, alert.address, alert.fee_agreed, now),
    )
    await connection.execute("select note_change($1, 'alert', $2, $3)", business_id, alert_id, now)
    return alert_id


async def load_open_alert(
    connection: Connection, business_id: UUID, alert_id: UUID, *, lock: bool = True
) -> OpenAlert | None:
    """Return an alert that is still open, locked: after the threads it writes to, or two may deadlock."""
    row = await connection.fetchrow(
        "select a.alert_id, a.thread_id, t.line_id, c.phone as caller, c.name as caller_name, a.words, a.address, "
        "a.fee_agreed, a.rounds, a.next_at, (select version from businesses where business_id = $1) as version "
        "from alerts a join threads t using (business_id, thread_id) join contacts c using (business_id, contact_id) "
        "where a.business_id = $1 and a.alert_id = $2 and a.acknowledged_at is null"
        + (" for update of a" if lock else ""),
        business_id,
        alert_id,
    )
    return None if row is None else OpenAlert(**dict(row))


async def save_round(
    connection: Connection,
    business_id: UUID,
    alert_id: UUID,
    sent: Sequence[tuple[UUID, str]],
    next_at: datetime | None,
    now: datetime,
) -> None:
    """Count one more round: its texts as (message, phone), and when the next is due; None ends the ladder."""
    await connection.execute(
        "with a as (update alerts set rounds = rounds + 1, next_at = $3 "
        "  where business_id = $1 and alert_id = $2 returning alert_id, rounds) "
        "insert into alert_texts (business_id, message_id, alert_id, phone, round, sent_at) "
        "select $1, s.message_id, a.alert_id, s.phone, a.rounds, $4 from a, "
        "unnest($5::uuid[], $6::text[]) as s(message_id, phone)",
        *(business_id, alert_id, next_at, now, [one for one, _ in sent], [phone for _, phone in sent]),
    )


@dataclass(frozen=True, slots=True)
class Answered:
    """The alert that a staff member's text may answer, who has taken it by now, and whether this phone spoke of it."""

    alert_id: UUID
    line_id: UUID
    acknowledged_by: str | None
    answered: bool


async def find_alert_of_phone(
    connection: Connection, business_id: UUID, phone: str, since: datetime
) -> Answered | None:
    """Return the alert that this staff phone was texted about last, one that is still open before all others.

    One that another took is returned until this phone has answered it; what comes later is about something else.
    """
    row = await connection.fetchrow(
        "select a.alert_id, t.line_id, a.acknowledged_by, answered from alert_texts x "
        "join alerts a using (business_id, alert_id) join threads t using (business_id, thread_id), "
        "lateral (select exists (select from alert_texts y where y.business_id = $1 and y.phone = $2 "
        "  and y.alert_id = x.alert_id and y.answered_at is not null) as answered) said "
        "where x.business_id = $1 and x.phone = $2 and x.sent_at > $3 "
        "and not (a.acknowledged_at is not null and answered) "
        # Of two open ones the other goes on climbing: the safe side of a guess.
        "order by a.acknowledged_at is not null, x.sent_at desc limit 1",
        *(business_id, phone, since),
    )
    return None if row is None else Answered(**dict(row))


async def note_answer(connection: Connection, business_id: UUID, alert_id: UUID, phone: str, now: datetime) -> None:
    """A staff phone has said something to the alert."""
    await connection.execute(
        "update alert_texts set answered_at = $4 "
        "where business_id = $1 and phone = $3 and alert_id = $2 and answered_at is null",
        *(business_id, alert_id, phone, now),
    )


async def find_alert_of_text(connection: Connection, business_id: UUID, message_id: UUID) -> UUID | None:
    """Return the alert that this text tells a staff phone of, while nobody has taken it."""
    alert: UUID | None = await connection.fetchval(
        "select a.alert_id from alert_texts x join alerts a using (business_id, alert_id) "
        "where x.business_id = $1 and x.message_id = $2 and a.acknowledged_at is null",
        *(business_id, message_id),
    )
    return alert


async def find_writer_since_raised(connection: Connection, business_id: UUID, alert_id: UUID) -> str | None:
    """Return who of the staff has written to the caller since an emergency was raised; None where nobody has."""
    writer: str | None = await connection.fetchval(
        "select m.written_by from alerts a join messages m using (business_id, thread_id) "
        "where a.business_id = $1 and a.alert_id = $2 and m.direction = 'out' and m.author = 'staff' "
        "and m.created_at >= a.raised_at order by m.created_at limit 1",
        *(business_id, alert_id),
    )
    return writer


async def may_be_alerted(connection: Connection, business_id: UUID, contact_id: UUID, line_id: UUID) -> bool:
    """Return whether a text of a line can reach this staff phone: it has not stopped ours, and takes texts at all."""
    return not await connection.fetchval(
        "select exists (select from opt_outs where business_id = $1 and contact_id = $2 "
        "  and $3 <> all (resumed_line_ids)) "
        "or exists (select from contact_marks where business_id = $1 and contact_id = $2 and ended_at is null "
        "  and kind = 'untextable')",
        *(business_id, contact_id, line_id),
    )


async def find_or_create_alert_thread(
    connection: Connection, business_id: UUID, contact_id: UUID, line_id: UUID, now: datetime
) -> UUID:
    """Return the thread of a staff phone; a new one is kept out of the inbox, one that is shown there stays."""
    thread: UUID = await connection.fetchval(
        "insert into threads (business_id, thread_id, contact_id, line_id, created_at, last_message_at, for_alerts) "
        "values ($1, $2, $3, $4, $5, $5, true) on conflict (business_id, contact_id) "
        "do update set line_id = excluded.line_id returning thread_id",
        *(business_id, new_id(), contact_id, line_id, now),
    )
    return thread


async def hurry_alert(connection: Connection, business_id: UUID, alert_id: UUID, now: datetime) -> None:
    """Somebody who was alerted cannot come: the next round is due now."""
    await connection.execute(
        "with a as (update alerts set next_at = $3 where business_id = $1 and alert_id = $2 "
        "  and acknowledged_at is null returning alert_id) "
        "select enqueue_job('alert_on_call', jsonb_build_object('business', $1, 'alert', alert_id), '0', 100) from a",
        business_id,
        alert_id,
        now,
    )


async def acknowledge_alert(
    connection: Connection, business_id: UUID, alert_id: UUID, by: str, eta_minutes: int | None, now: datetime
) -> UUID | None:
    """Somebody has taken the alert: texts about it that still wait are dropped. None where it was taken before."""
    thread: UUID | None = await connection.fetchval(
        "with a as (update alerts set acknowledged_at = $5, acknowledged_by = $3, eta_minutes = $4, next_at = null "
        "  where business_id = $1 and alert_id = $2 and acknowledged_at is null returning alert_id, thread_id), "
        # Who is asleep need not be woken for what is in hands.
        "m as (update messages m set state = 'dropped', error_kind = 'person_wrote', settled_at = $5 "
        "  from a join alert_texts x using (alert_id) where m.business_id = $1 and x.business_id = $1 "
        "  and m.message_id = x.message_id and m.state = 'intended') "
        "select thread_id from a",
        *(business_id, alert_id, by, eta_minutes, now),
    )
    if thread is not None:
        await connection.execute("select note_change($1, 'alert', $2, $3)", business_id, alert_id, now)
    return thread


_ALERT_COLUMNS = """
    a.alert_id, a.thread_id, a.words, a.address, a.fee_agreed, a.raised_at, a.rounds, a.next_at, a.acknowledged_at,
    a.acknowledged_by, a.eta_minutes, c.phone, c.name as contact_name
    from alerts a join threads t using (business_id, thread_id) join contacts c using (business_id, contact_id)
"""


async def list_alerts(connection: Connection, business_id: UUID, limit: int) -> list[dict[str, Any]]:
    """Return alerts, those that nobody has taken first, then the newest."""
    return rows(
        await connection.fetch(
            f"select {_ALERT_COLUMNS} where a.business_id = $1 "
            "order by a.acknowledged_at is not null, a.raised_at desc limit $2",
            business_id,
            limit,
        )
    )


async def get_alert(connection: Connection, business_id: UUID, alert_id: UUID) -> dict[str, Any] | None:
    """Return one alert with whose emergency it is."""
    row = await connection.fetchrow(
        f"select {_ALERT_COLUMNS} where a.business_id = $1 and a.alert_id = $2", business_id, alert_id
    )
    return None if row is None else dict(row)
