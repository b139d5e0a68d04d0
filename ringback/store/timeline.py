"""The timeline of a thread: everything that happened with a contact, page by page, however much it is."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ringback.store.db import Connection, rows

_BEFORE = "($3::timestamptz is null or (at, id) < ($3, $4))"


def _arm(kind: str, columns: str, source: str) -> str:
    """Return the newest entries of one kind; `columns` are its instant and its id. Each has an index for this."""
    return (
        f"(select '{kind}' as kind, at, id from (select {columns} from {source}) a where {_BEFORE} "
        "order by at desc, id desc limit $5)"
    )


# Each kind gives a page at most, so that ten thousand texts cost no more than thirty.
_OF_THREAD = "where business_id = $1 and thread_id = $2"
_OF_CONTACT = "using (business_id, contact_id) where t.business_id = $1 and t.thread_id = $2"
_KEYS = " union all ".join(
    (
        _arm("message", "created_at as at, message_id as id", f"messages {_OF_THREAD}"),
        _arm("call", "started_at as at, call_id as id", f"threads t join calls c {_OF_CONTACT}"),
        _arm("note", "written_at as at, note_id as id", f"thread_notes {_OF_THREAD}"),
        _arm("assignment", "assigned_at as at, assignment_id as id", f"assignments {_OF_THREAD}"),
        _arm("closure", "closed_at as at, closure_id as id", f"closures {_OF_THREAD}"),
        _arm("handoff", "handed_at as at, handoff_id as id", f"handoffs {_OF_THREAD}"),
        _arm("promise", "made_at as at, promise_id as id", f"promises {_OF_THREAD}"),
        _arm("alert", "raised_at as at, alert_id as id", f"alerts {_OF_THREAD}"),
        _arm("ring", "asked_at as at, ring_id as id", f"call_back_calls {_OF_THREAD}"),
        _arm("quote", "requested_at as at, quote_id as id", f"quotes {_OF_THREAD}"),
        _arm(
            "booking",
            "made_at as at, booking_id as id",
            f"threads t join bookings b {_OF_CONTACT} and b.state <> 'held'",
        ),
    )
)


async def list_entries(
    connection: Connection, business_id: UUID, thread_id: UUID, before: tuple[datetime, UUID] | None, limit: int
) -> list[dict[str, Any]]:
    """Return (kind, at, id) of what happened in a thread, newest first, from before an (at, id) cursor on."""
    return rows(
        await connection.fetch(
            f"select kind, at, id from ({_KEYS}) e order by at desc, id desc limit $5",
            *(business_id, thread_id, *(before or (None, None)), limit),
        )
    )


# Each kind of note as: what it is, when, a word of a closed list, words of people, who, until when, still open, where.
_NOTES = """
    select 'note' as kind, n.note_id, n.written_at as at, '' as word, n.body as words, n.written_by as by,
        null::timestamptz as until_at, false as is_open, null::uuid as subject
    from thread_notes n where n.business_id = $1 and n.note_id = any($2)
    union all
    select 'assignment', a.assignment_id, a.assigned_at, case when a.staff_id is null then 'nobody' else 'somebody' end,
        coalesce((select s.name from staff s where s.business_id = $1 and s.staff_id = a.staff_id), ''),
        a.assigned_by, null, false, a.staff_id
    from assignments a where a.business_id = $1 and a.assignment_id = any($2)
    union all
    select 'closure', x.closure_id, x.closed_at, '', '', x.closed_by, x.reopened_at, x.reopened_at is null, null
    from closures x where x.business_id = $1 and x.closure_id = any($2)
    union all
    select 'handoff', h.handoff_id, h.handed_at, h.kind, h.summary, h.taken_by, h.taken_at, h.taken_at is null, null
    from handoffs h where h.business_id = $1 and h.handoff_id = any($2)
    union all
    select 'promise', p.promise_id, p.made_at, case when p.done_at is null then 'open' else 'kept' end, p.about,
        coalesce(p.done_by, p.owner), p.due_at, p.done_at is null, p.call_back_id
    from promises p where p.business_id = $1 and p.promise_id = any($2)
    union all
    select 'alert', a.alert_id, a.raised_at, 'alert', a.words, a.acknowledged_by, a.acknowledged_at,
        a.acknowledged_at is null, null
    from alerts a where a.business_id = $1 and a.alert_id = any($2)
    union all
    select 'quote', q.quote_id, q.requested_at,
        case when q.accepted_at is not null then 'accepted' when q.sent_at is not null then 'sent' else 'requested' end,
        coalesce(q.service, ''), q.sent_by, q.sent_at, q.sent_at is null, null
    from quotes q where q.business_id = $1 and q.quote_id = any($2)
    union all
    select 'ring', r.ring_id, r.asked_at,
        coalesce(r.failed, case when r.ended_at is null then 'open' else 'spoken' end),
        coalesce(r.talk_seconds, 0)::text, r.staff_name, r.ended_at, r.ended_at is null and r.failed is null, r.ring_id
    from call_back_calls r where r.business_id = $1 and r.ring_id = any($2)
    union all
    select 'booking', b.booking_id, b.made_at, b.state, b.service, b.made_by, b.starts_at, b.state = 'booked',
        b.booking_id
    from bookings b where b.business_id = $1 and b.booking_id = any($2)
"""


async def load_notes(connection: Connection, business_id: UUID, ids: list[UUID]) -> list[dict[str, Any]]:
    """Return what a timeline shows beside texts and calls, by the ids of `list_entries`."""
    return rows(await connection.fetch(_NOTES, business_id, ids))


async def load_calls(connection: Connection, business_id: UUID, ids: list[UUID]) -> list[dict[str, Any]]:
    """Return calls by their ids, each with what was decided about a text and what became of it."""
    return rows(
        await connection.fetch(
            "select 'call' as kind, c.call_id as note_id, c.started_at as at, c.call_id, c.outcome, c.day, c.over_at, "
            "l.label as line_label, b.decision, b.reason, b.why, b.wording, m.state as message_state, m.delivery, "
            "m.error_kind, m.sending_at as texted_at "
            "from calls c join lines l using (business_id, line_id) "
            "left join text_backs b on b.business_id = c.business_id and b.call_id = c.call_id "
            "left join messages m on m.business_id = b.business_id and m.message_id = b.message_id "
            "where c.business_id = $1 and c.call_id = any($2)",
            *(business_id, ids),
        )
    )


async def load_messages(connection: Connection, business_id: UUID, ids: list[UUID]) -> list[dict[str, Any]]:
    """Return texts by their ids, with their lines and pictures, newest first."""
    return rows(await connection.fetch(_MESSAGES, business_id, ids))


_MESSAGES = """
    select m.message_id, m.thread_id, m.direction, m.author, m.purpose, m.written_by, m.body, m.state, m.delivery,
    m.error_kind, m.created_at, m.send_at, l.number as line_number, l.label as line_label,
    coalesce((select jsonb_agg(jsonb_build_object('position', p.position, 'stored', p.bytes is not null,
        'failed', p.failed) order by p.position)
        from pictures p where p.business_id = m.business_id and p.message_id = m.message_id), '[]') as pictures
    from messages m join lines l using (business_id, line_id)
    where m.business_id = $1 and m.message_id = any($2) order by m.created_at desc, m.message_id desc
"""
