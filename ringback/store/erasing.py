"""One contact's rows in every table: found, told and forgotten as `domain/erasing.py` says."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from ringback.domain.erasing import TREATMENTS, By, Empty, Traces, Treatment, pseudonym_of
from ringback.store.db import Connection

_FIND = """
with c as (select contact_id, phone, name from contacts where business_id = $1 and contact_id = $2),
t as (select thread_id from threads where business_id = $1 and contact_id = $2),
k as (select call_id, provider_call_id from calls
      where business_id = $1 and (contact_id = $2 or caller = (select phone from c))),
-- Staff are alerted by text: what such a text says is theirs too.
a as (select message_id from notices
      where business_id = $1 and thread_id in (select thread_id from t) and message_id is not null
      union select s.message_id from alert_texts s join alerts e using (business_id, alert_id)
      where s.business_id = $1 and e.thread_id in (select thread_id from t)),
m as (select message_id, provider_message_id from messages
      where business_id = $1 and (thread_id in (select thread_id from t) or message_id in (select message_id from a))
      union select m.message_id, m.provider_message_id from messages m join threads h using (business_id, thread_id)
      where m.business_id = $1 and h.for_alerts and m.body ~* $3),
b as (select booking_id from bookings where business_id = $1 and contact_id = $2),
r as (select ring_id, provider_call_id from call_back_calls
      where business_id = $1 and thread_id in (select thread_id from t))
select c.contact_id, c.phone, c.name,
    array(select thread_id from t) as threads, array(select call_id from k) as calls,
    array(select message_id from m) as messages, array(select booking_id from b) as bookings,
    array(select thread_id::text from t union select call_id::text from k union select message_id::text from m
          union select booking_id::text from b union select ring_id::text from r
          union select provider_call_id from k union select provider_message_id from m
          union select provider_call_id from r union select c.contact_id::text union select c.phone) as subjects
from c
"""

_LISTED = {By.THREAD: "threads", By.CALL: "calls", By.MESSAGE: "messages", By.BOOKING: "bookings"}


async def find_traces(connection: Connection, business_id: UUID, contact_id: UUID) -> Traces | None:
    """Return what leads to a contact's rows, or None where there is no such contact. Locks the contact."""
    row = await connection.fetchrow(
        "select contact_id, phone, name from contacts where business_id = $1 and contact_id = $2 for update",
        *(business_id, contact_id),
    )
    if row is None:
        return None
    who = Traces(row["contact_id"], row["phone"], row["name"])
    found = await connection.fetchrow(_FIND, business_id, contact_id, who.mentioned)
    lists = {} if found is None else {name: tuple(found[name]) for name in _LISTED.values()}
    subjects = () if found is None else tuple(one for one in found["subjects"] if one is not None)
    return Traces(**asdict(who) | lists | {"subjects": subjects})


def _theirs(treatment: Treatment) -> str:
    """Return the condition of rows that are theirs; $1 is the business, $2 the traces as JSON."""
    found = [_reach(by) for by in treatment.by]
    found += [f"x.{column}::text ~* ($2::jsonb->>'mentioned')" for column in treatment.mentions]
    return f"x.business_id = $1 and ({' or '.join(found)})"


def _reach(by: By) -> str:
    if by is By.CONTACT:
        return "x.contact_id = ($2::jsonb->>'contact_id')::uuid"
    if by in (By.PHONE, By.CALLER, By.SENDER):
        return f"x.{by.value} = $2::jsonb->>'phone'"
    if by is By.SUBJECT:
        return "x.subject::text = any(array(select jsonb_array_elements_text($2::jsonb->'subjects')))"
    return f"x.{by.value} = any(array(select jsonb_array_elements_text($2::jsonb->'{_LISTED[by]}')::uuid))"


def _params(business_id: UUID, traces: Traces) -> tuple[UUID, dict[str, Any]]:
    return business_id, {**asdict(traces), "mentioned": traces.mentioned, "pseudonym": pseudonym_of(traces.contact_id)}


async def load_rows(connection: Connection, business_id: UUID, traces: Traces) -> dict[str, list[dict[str, Any]]]:
    """Return every row about a contact by its table, as JSON values; tables without one are left out."""
    told: dict[str, list[dict[str, Any]]] = {}
    for treatment in TREATMENTS:
        found = await connection.fetch(
            f"select to_jsonb(x) as row from {treatment.table} x where {_theirs(treatment)} order by to_jsonb(x)::text",
            *_params(business_id, traces),
        )
        if found:
            told[treatment.table] = [record["row"] for record in found]
    return told


async def erase_rows(connection: Connection, business_id: UUID, traces: Traces) -> dict[str, int]:
    """Delete or empty every row about a contact; return how many by table."""
    done = {}
    for treatment in TREATMENTS:
        if treatment.gone or treatment.emptied:
            status = await connection.execute(_statement(treatment), *_params(business_id, traces))
            done[treatment.table] = int(str(status).rpartition(" ")[2])
    return {table: count for table, count in done.items() if count}


def _statement(treatment: Treatment) -> str:
    if treatment.gone:
        return f"delete from {treatment.table} x where {_theirs(treatment)}"
    columns = ", ".join(f"{column} = {_value(empty)}" for column, empty in treatment.emptied.items())
    return f"update {treatment.table} x set {columns} where {_theirs(treatment)}"


def _value(empty: Empty) -> str:
    return "$2::jsonb->>'pseudonym'" if empty is Empty.PSEUDONYM else empty.value


async def stop_texts(connection: Connection, business_id: UUID, traces: Traces, now: datetime) -> None:
    """Drop every text that has not left, the letters about them, and the jobs that would work on what is theirs."""
    await connection.execute(
        "update messages set state = 'dropped', error_kind = 'do_not_text', settled_at = $3, unheard = false "
        "where business_id = $1 and message_id = any($2::uuid[]) and state in ('intended', 'sending', 'uncertain')",
        *(business_id, list(traces.messages), now),
    )
    await connection.execute(
        "update inbound_events set handled_at = $3 "
        "where business_id = $1 and handled_at is null and (sender = $4 or subject = any($2::text[]))",
        *(business_id, list(traces.subjects), now, traces.phone),
    )
    await connection.execute(
        "delete from mails where sent_at is null and mail_id in (select mail_id from notices "
        "where business_id = $1 and thread_id = any($2::uuid[]))",
        *(business_id, list(traces.threads)),
    )
    await connection.execute(
        # Jobs are outside row-level security: nobody else's transaction may take them.
        "delete from jobs.pgqueuer q where q.status = 'queued' and $1 = current_business()::text "
        "and convert_from(q.payload, 'UTF8')::jsonb->>'business' = $1 and exists ("
        "  select from jsonb_each_text(convert_from(q.payload, 'UTF8')::jsonb) e where e.value = any($2::text[]))",
        *(str(business_id), list(traces.subjects)),
    )


async def finish_tasks(connection: Connection, business_id: UUID, traces: Traces, who: str, now: datetime) -> None:
    """End what is still to be done about them: calls to decide, call-backs, promises, waits for a reply."""
    params = (business_id, list(traces.threads), who, now)
    await connection.execute(
        "update calls set decided_at = $4 where business_id = $1 and (contact_id = $2 or caller = $3) "
        "and decided_at is null",
        *(business_id, traces.contact_id, traces.phone, now),
    )
    await connection.execute(
        "update call_backs set done_at = $3, done_by = $4 where business_id = $1 and contact_id = $2 "
        "and done_at is null",
        *(business_id, traces.contact_id, now, who),
    )
    await connection.execute(
        "update promises set done_at = $4, done_by = $3 "
        "where business_id = $1 and thread_id = any($2::uuid[]) and done_at is null",
        *params,
    )
    await connection.execute(
        "update alerts set acknowledged_at = $4, acknowledged_by = $3, next_at = null "
        "where business_id = $1 and thread_id = any($2::uuid[]) and acknowledged_at is null",
        *params,
    )
    await connection.execute(
        "update reply_waits set ended_at = $3, ended_how = 'closed', next_at = null "
        "where business_id = $1 and thread_id = any($2::uuid[]) and ended_at is null",
        *(business_id, list(traces.threads), now),
    )
    await connection.execute(
        "update threads set needs_reply_at = null, urgent_at = null, reply_due_at = null "
        "where business_id = $1 and thread_id = any($2::uuid[])",
        *(business_id, list(traces.threads)),
    )


async def must_not_be_texted(connection: Connection, business_id: UUID, contact_id: UUID) -> bool:
    """Return whether a contact has opted out, or somebody here said that they are not to be texted."""
    return bool(
        await connection.fetchval(
            "select exists (select from opt_outs o where business_id = $1 and contact_id = $2 and holds_somewhere(o)) "
            "or exists (select from contact_marks where business_id = $1 and contact_id = $2 and ended_at is null "
            "  and kind in ('do_not_text', 'blocked'))",
            *(business_id, contact_id),
        )
    )


async def keep_number(connection: Connection, business_id: UUID, number_hmac: bytes, now: datetime) -> None:
    """Keep that a number must not be texted, as a keyed hash; all processes know by the set-up's new version."""
    await connection.execute(
        "with kept as (insert into erased_numbers (business_id, number_hmac, kept_at) values ($1, $2, $3) "
        "  on conflict do nothing) update businesses set version = version + 1 where business_id = $1",
        *(business_id, number_hmac, now),
    )


async def list_numbers(connection: Connection, business_id: UUID) -> frozenset[bytes]:
    """Return the keyed hashes of numbers that must not be texted."""
    found = await connection.fetch("select number_hmac from erased_numbers where business_id = $1", business_id)
    return frozenset(row["number_hmac"] for row in found)


async def take_number(connection: Connection, business_id: UUID, number_hmac: bytes) -> datetime | None:
    """Forget a keyed hash, as its number is a contact's again; return since when it was kept, None where it is not."""
    since: datetime | None = await connection.fetchval(
        "with gone as (delete from erased_numbers where business_id = $1 and number_hmac = $2 "
        "  returning business_id, kept_at) update businesses b set version = version + 1 from gone "
        "where b.business_id = gone.business_id returning gone.kept_at",
        *(business_id, number_hmac),
    )
    return since


async def save_erasure(
    connection: Connection, business_id: UUID, contact_id: UUID, who: str, rows: Mapping[str, int], now: datetime
) -> None:
    """Note that somebody was erased; open pages are told, as of any change."""
    await connection.execute(
        "insert into erasures (business_id, contact_id, erased_at, erased_by, rows) values ($1, $2, $3, $4, $5) "
        "on conflict (business_id, contact_id) do update set erased_at = excluded.erased_at, rows = excluded.rows",
        *(business_id, contact_id, now, who, dict(rows)),
    )
    await connection.execute("select note_change($1, 'contact', $2, $3)", business_id, contact_id, now)


async def find_erasure(connection: Connection, business_id: UUID, contact_id: UUID) -> datetime | None:
    """Return when a contact was erased, or None where they were not."""
    erased_at: datetime | None = await connection.fetchval(
        "select erased_at from erasures where business_id = $1 and contact_id = $2", business_id, contact_id
    )
    return erased_at
