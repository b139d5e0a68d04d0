"""Threads: one running exchange per contact, over all lines of the business."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from ringback.domain.messages import Picture
from ringback.store.db import Connection, rows
from ringback.store.ids import new_id


@dataclass(frozen=True, slots=True)
class FetchedPicture:
    """What came of fetching a picture: its bytes, or the sentence that says why there are none."""

    position: int
    content_type: str | None = None
    content: bytes | None = None
    failed: str | None = None


class View(StrEnum):
    """Where a thread stands for the people who answer; each thread stands in one view."""

    NEEDS_REPLY = "needs_reply"
    WAITING = "waiting"
    BOOKED = "booked"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which threads a list is about; no view is all of them. `at`: the present, which ends bookings."""

    view: View | None = None
    owner_id: UUID | None = None
    line_id: UUID | None = None
    only_unread: bool = False
    reader_id: UUID | None = None
    at: datetime = datetime(1970, 1, 1, tzinfo=UTC)


async def find_or_create_thread(
    connection: Connection, business_id: UUID, contact_id: UUID, line_id: UUID, now: datetime
) -> UUID:
    """Return the contact's thread, made if new, and note the line it was last used on; two at once get the same one."""
    thread: UUID = await connection.fetchval(
        "select find_or_create_thread($1, $2, $3, $4, $5)", business_id, new_id(), contact_id, line_id, now
    )
    return thread


@dataclass(frozen=True, slots=True)
class ContactThread:
    """Where a contact was last texted, and in which language."""

    thread_id: UUID
    line_id: UUID
    language: str | None


async def find_thread_of_contact(connection: Connection, business_id: UUID, contact_id: UUID) -> ContactThread | None:
    """Return the thread of a contact, if there is one yet."""
    row = await connection.fetchrow(
        "select t.thread_id, t.line_id, coalesce(d.language, c.language) as language from threads t "
        "join contacts c using (business_id, contact_id) left join dialogs d using (business_id, thread_id) "
        "where t.business_id = $1 and t.contact_id = $2",
        *(business_id, contact_id),
    )
    return None if row is None else ContactThread(**dict(row))


async def add_message(
    connection: Connection, business_id: UUID, thread_id: UUID, line_id: UUID, message: Mapping[str, Any], now: datetime
) -> bool:
    """Add a text to a thread, with its delivery job where it goes out; False where its id exists already."""
    return bool(
        await connection.fetchval(
            "select add_message($1, $2, $3, $4, $5)", business_id, thread_id, line_id, dict(message), now
        )
    )


async def add_pictures(
    connection: Connection, business_id: UUID, message_id: UUID, pictures: Sequence[Picture]
) -> None:
    """Note the pictures of an inbound text; their bytes are fetched by a job."""
    await connection.executemany(
        "insert into pictures (business_id, message_id, position, url, content_type) values ($1, $2, $3, $4, $5) "
        "on conflict do nothing",
        [(business_id, message_id, n, picture.url, picture.content_type) for n, picture in enumerate(pictures)],
    )


async def list_missing_pictures(connection: Connection, business_id: UUID, message_id: UUID) -> list[tuple[int, str]]:
    """Return (position, url) of the pictures of a text that are still to be fetched."""
    found = await connection.fetch(
        "select position, url from pictures where business_id = $1 and message_id = $2 "
        "and bytes is null and failed is null order by position",
        business_id,
        message_id,
    )
    return [(row["position"], row["url"]) for row in found]


async def save_picture(
    connection: Connection, business_id: UUID, message_id: UUID, picture: FetchedPicture, now: datetime
) -> None:
    """Store a fetched picture, or why there is none."""
    await connection.execute(
        "with p as (update pictures set bytes = $4, content_type = coalesce($5, content_type), failed = $6, "
        "  fetched_at = $7 where business_id = $1 and message_id = $2 and position = $3 returning message_id) "
        "select note_change($1, 'thread', m.thread_id, $7) from p join messages m using (message_id) "
        "where m.business_id = $1",
        business_id,
        message_id,
        picture.position,
        picture.content,
        picture.content_type,
        picture.failed,
        now,
    )


async def get_picture(
    connection: Connection, business_id: UUID, message_id: UUID, position: int
) -> tuple[str, bytes] | None:
    """Return (content type, bytes) of a stored picture."""
    row = await connection.fetchrow(
        "select content_type, bytes from pictures "
        "where business_id = $1 and message_id = $2 and position = $3 and bytes is not null",
        business_id,
        message_id,
        position,
    )
    return None if row is None else (row["content_type"], row["bytes"])


async def note_inbound(connection: Connection, business_id: UUID, thread_id: UUID, now: datetime) -> None:
    """A contact wrote: the thread needs a reply, and is open again if it was done."""
    await connection.execute(
        "with t as (update threads set last_inbound_at = $3, needs_reply_at = coalesce(needs_reply_at, $3), "
        "  for_alerts = false where business_id = $1 and thread_id = $2) "
        # A done thread with a new text in it would be a reply that nobody sees.
        "update closures set reopened_at = $3 where business_id = $1 and thread_id = $2 and reopened_at is null",
        business_id,
        thread_id,
        now,
    )


async def lock_thread(connection: Connection, business_id: UUID, thread_id: UUID) -> bool:
    """Let nobody else write in a thread until this transaction ends; False where there is none."""
    return bool(
        await connection.fetchval(
            "select true from threads where business_id = $1 and thread_id = $2 for no key update",
            *(business_id, thread_id),
        )
    )


async def note_reply(connection: Connection, business_id: UUID, thread_id: UUID) -> None:
    """A person of the business wrote: nobody is waiting any more."""
    await connection.execute(
        "update threads set needs_reply_at = null, urgent_at = null where business_id = $1 and thread_id = $2",
        business_id,
        thread_id,
    )


async def end_wait(connection: Connection, business_id: UUID, thread_id: UUID, since: datetime) -> None:
    """A machine wrote: the thread needs no reply, if all that waits came since then and nothing was handed over."""
    await connection.execute(
        "update threads t set needs_reply_at = null where t.business_id = $1 and t.thread_id = $2 "
        "and t.needs_reply_at >= $3 and not exists (select from handoffs h where h.business_id = $1 "
        "  and h.thread_id = $2 and h.taken_at is null)",
        *(business_id, thread_id, since),
    )


async def raise_urgency(connection: Connection, business_id: UUID, contact_id: UUID, now: datetime) -> None:
    """A caller rang twice within minutes: their thread, if there is one, asks for a person."""
    await connection.execute(
        "with t as (update threads set urgent_at = $3 where business_id = $1 and contact_id = $2 returning thread_id) "
        "select note_change($1, 'thread', thread_id, $3) from t",
        business_id,
        contact_id,
        now,
    )


async def close_thread(
    connection: Connection, business_id: UUID, thread_id: UUID, closed_by: str, now: datetime
) -> None:
    """Mark a thread as done, with who and when; a new text opens it again."""
    await connection.execute(
        "insert into closures (business_id, closure_id, thread_id, closed_at, closed_by) values ($1, $2, $3, $4, $5) "
        "on conflict do nothing",
        business_id,
        new_id(),
        thread_id,
        now,
        closed_by,
    )
    await note_reply(connection, business_id, thread_id)
    # Whoever writes next begins anew, with the receptionist; what was handed over is dealt with.
    await connection.execute(
        "with d as (update dialogs set paused_at = null, paused_by = null, follow_up_at = null, last_turn_at = null "
        "  where business_id = $1 and thread_id = $2) "
        "update handoffs set taken_at = $4, taken_by = $3 "
        "where business_id = $1 and thread_id = $2 and taken_at is null",
        *(business_id, thread_id, closed_by, now),
    )
    await connection.execute("select note_change($1, 'thread', $2, $3)", business_id, thread_id, now)


_THREAD_COLUMNS = """
    t.thread_id, t.contact_id, t.line_id, t.last_message_at, t.last_inbound_at, t.needs_reply_at, t.urgent_at,
    t.preview, t.closed_at, t.owner_id, t.reply_due_at, c.phone, c.name as contact_name,
    c.language as contact_language, l.number as line_number, l.label as line_label,
    (select s.name from staff s where s.business_id = t.business_id and s.staff_id = t.owner_id) as owner_name,
    (select max(o.opted_out_at) from opt_outs o where o.business_id = t.business_id and o.contact_id = t.contact_id
        and t.line_id <> all (o.resumed_line_ids)) as opted_out_at,
    array(select m.kind from contact_marks m where m.business_id = t.business_id and m.contact_id = t.contact_id
        and m.ended_at is null order by m.kind) as marks,
    (select max(b.ends_at) from bookings b where b.business_id = t.business_id and b.contact_id = t.contact_id
        and b.state = 'booked') as booked_until,
    coalesce(t.last_inbound_at > coalesce(r.read_at, p.created_at), false) as unread
    from threads t
    join contacts c using (business_id, contact_id)
    join lines l using (business_id, line_id)
    left join people p on p.person_id = $2
    left join thread_reads r on r.business_id = t.business_id and r.person_id = $2 and r.thread_id = t.thread_id
"""

_BOOKED = (
    "exists (select from bookings b where b.business_id = $1 and b.contact_id = t.contact_id "
    "and b.state = 'booked' and b.ends_at > $3)"
)
_OPEN = "t.needs_reply_at is null and t.closed_at is null"
_IN_VIEW = {
    View.NEEDS_REPLY: "t.needs_reply_at is not null",
    View.WAITING: f"{_OPEN} and not {_BOOKED}",
    View.BOOKED: f"{_OPEN} and {_BOOKED}",
    View.DONE: "t.needs_reply_at is null and t.closed_at is not null",
}


async def list_threads(
    connection: Connection,
    business_id: UUID,
    after: tuple[datetime, UUID] | None,
    limit: int,
    wanted: Wanted | None = None,
) -> list[dict[str, Any]]:
    """Return threads, newest message first, from after a (last_message_at, thread_id) cursor on."""
    wanted = wanted or Wanted()
    in_view = f"and {_IN_VIEW[wanted.view]}" if wanted.view else ""
    unread = "and t.last_inbound_at > coalesce(r.read_at, p.created_at)" if wanted.only_unread else ""
    return rows(
        await connection.fetch(
            f"select {_THREAD_COLUMNS} where t.business_id = $1 and not t.for_alerts {in_view} {unread} "
            "and $3::timestamptz is not null "
            "and ($4::timestamptz is null or (t.last_message_at, t.thread_id) < ($4, $5)) "
            "and ($7::uuid is null or t.owner_id = $7) and ($8::uuid is null or t.line_id = $8) "
            "order by t.last_message_at desc, t.thread_id desc limit $6",
            *(business_id, wanted.reader_id, wanted.at, *(after or (None, None)), limit),
            *(wanted.owner_id, wanted.line_id),
        )
    )


async def get_thread(
    connection: Connection, business_id: UUID, thread_id: UUID, reader_id: UUID | None = None
) -> dict[str, Any] | None:
    """Return one thread with its contact and line; `unread` is as the reader stands to it."""
    row = await connection.fetchrow(
        f"select {_THREAD_COLUMNS} where t.business_id = $1 and t.thread_id = $3", business_id, reader_id, thread_id
    )
    return None if row is None else dict(row)


async def list_threads_among(
    connection: Connection, business_id: UUID, thread_ids: Sequence[UUID], reader_id: UUID
) -> list[dict[str, Any]]:
    """Return these threads, in the order of the ids."""
    return rows(
        await connection.fetch(
            f"select {_THREAD_COLUMNS} where t.business_id = $1 and t.thread_id = any($3) "
            "order by array_position($3, t.thread_id)",
            *(business_id, reader_id, list(thread_ids)),
        )
    )


_MESSAGE_COLUMNS = """
    m.message_id, m.thread_id, m.direction, m.author, m.purpose, m.written_by, m.body, m.segments, m.state, m.delivery,
    m.error_kind, m.error_code, m.created_at, m.send_at, m.sending_at, m.attempts, l.number as line_number,
    l.label as line_label,
    coalesce((select jsonb_agg(jsonb_build_object('position', p.position, 'content_type', p.content_type,
        'stored', p.bytes is not null, 'failed', p.failed) order by p.position)
        from pictures p where p.business_id = m.business_id and p.message_id = m.message_id), '[]') as pictures
    from messages m
    join lines l using (business_id, line_id)
"""


async def list_messages(
    connection: Connection, business_id: UUID, thread_id: UUID, before: tuple[datetime, UUID] | None, limit: int
) -> list[dict[str, Any]]:
    """Return the texts of a thread, newest first, from before a (created_at, message_id) cursor on."""
    created_at, message_id = before or (None, None)
    return rows(
        await connection.fetch(
            f"select {_MESSAGE_COLUMNS} where m.business_id = $1 and m.thread_id = $2 "
            "and ($3::timestamptz is null or (m.created_at, m.message_id) < ($3, $4)) "
            "order by m.created_at desc, m.message_id desc limit $5",
            business_id,
            thread_id,
            created_at,
            message_id,
            limit,
        )
    )


async def get_message(connection: Connection, business_id: UUID, message_id: UUID) -> dict[str, Any] | None:
    """Return one text."""
    row = await connection.fetchrow(
        f"select {_MESSAGE_COLUMNS} where m.business_id = $1 and m.message_id = $2", business_id, message_id
    )
    return None if row is None else dict(row)


async def find_reply_after(
    connection: Connection, business_id: UUID, seen_id: UUID, written_by: str
) -> dict[str, Any] | None:
    """Return the newest reply that somebody else wrote in a thread after one of its texts, if there is one."""
    row = await connection.fetchrow(
        "select m.message_id, m.written_by, m.body from messages s join messages m "
        "on m.business_id = s.business_id and m.thread_id = s.thread_id "
        "and (m.created_at, m.message_id) > (s.created_at, s.message_id) "
        "where s.business_id = $1 and s.message_id = $2 and m.author = 'staff' and m.written_by <> $3 "
        "order by m.created_at desc, m.message_id desc limit 1",
        *(business_id, seen_id, written_by),
    )
    return None if row is None else dict(row)
