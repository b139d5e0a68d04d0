"""One outgoing text on its way: read and marked before it leaves, settled by what came back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from ringback.domain.messages import Delivery, DeliveryFacts, MessageProgress, MessageState, Purpose, later_delivery
from ringback.domain.textback import Mark, Reason, explain
from ringback.store.calls import load_standing
from ringback.store.db import Connection
from ringback.store.ids import read_id


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A text with what is needed to hand it over or to find it again."""

    message_id: UUID
    thread_id: UUID
    line_id: UUID
    contact_id: UUID
    purpose: Purpose
    to: str
    body: str
    attempts: int
    lookups: int
    version: int
    facts: DeliveryFacts
    segments: int = 1
    # Its cost stands in the day's money already.
    is_counted: bool = False
    written_by: str | None = None
    # When the call of a text-back was over; and for texts that answer nothing: how many the contact had, and where.
    over_at: datetime | None = None
    unasked_today: int | None = None
    address: str | None = None


async def load_delivery(connection: Connection, business_id: UUID, message_id: UUID, now: datetime) -> Outgoing | None:
    """Lock an outgoing text and return it with all that may stop it, in one round trip."""
    table = await connection.fetchval("select load_delivery($1, $2, $3)", business_id, message_id, now)
    message = table["message"]
    contact = load_standing(table["contact"], message["line_id"]) if message else None
    if message is None or message["message_id"] is None or contact is None:
        return None
    facts = DeliveryFacts(
        state=MessageState(message["state"]),
        purpose=Purpose(message["purpose"]),
        send_at=datetime.fromisoformat(message["send_at"]),
        expires_at=datetime.fromisoformat(message["expires_at"]) if message["expires_at"] else None,
        sending_at=datetime.fromisoformat(message["sending_at"]) if message["sending_at"] else None,
        opted_out=contact.opted_out,
        do_not_text=bool(contact.marks & {Mark.DO_NOT_TEXT, Mark.SPAM}),
        blocked=Mark.BLOCKED in contact.marks,
        untextable=Mark.UNTEXTABLE in contact.marks,
        unread_text=table["unread_text"],
        answered_since=table["answered_since"] is not None,
        called_back=table["called_back_at"] is not None,
        wrote_since=table["wrote_at"] is not None,
        ringing=table["ringing_since"] is not None,
        person_wrote=table["person_wrote"],
    )
    return Outgoing(
        message_id=message_id,
        thread_id=UUID(message["thread_id"]),
        line_id=UUID(message["line_id"]),
        contact_id=UUID(table["contact_id"]),
        purpose=facts.purpose,
        to=contact.phone,
        body=message["body"],
        attempts=message["attempts"],
        lookups=message["lookups"],
        version=table["version"],
        facts=facts,
        segments=message["segments"],
        is_counted=message["cost"] is not None,
        written_by=message["written_by"],
        over_at=datetime.fromisoformat(table["over_at"]) if table["over_at"] else None,
        unasked_today=table["unasked_today"],
        address=table["address"],
    )


async def save_sending(
    connection: Connection, business_id: UUID, outgoing: Outgoing, brake: Mapping[str, Any] | None, now: datetime
) -> datetime | str | None:
    """Mark the text as `sending`, or return when the line's rate has room for it, or which brake holds it.

    `brake` is what it takes (`brakes.brake_row`), None where it was counted before.
    """
    said: str | None = await connection.fetchval(
        "select begin_sending($1, $2, $3, $4, $5)", business_id, outgoing.message_id, outgoing.line_id, brake, now
    )
    if said is None or said in ("over_brake", "over_cap", "cap_reached"):
        return said
    return datetime.fromisoformat(said)


async def save_sent(
    connection: Connection,
    business_id: UUID,
    message_id: UUID,
    result: Mapping[str, Any],
    exchange: Mapping[str, Any],
    now: datetime,
) -> bool:
    """Settle a text that was handed over, with the exchange for support; False where it was settled meanwhile."""
    return bool(
        await connection.fetchval(
            "select save_sent($1, $2, $3, $4, $5)", business_id, message_id, dict(result), dict(exchange), now
        )
    )


async def drop_message(
    connection: Connection, business_id: UUID, message_id: UUID, reason: Reason, now: datetime
) -> UUID | None:
    """Mark an unsent text as dropped for a Reason; return its thread, or None where it had left already.

    The text-back it belongs to becomes a skip with that Reason: the call page tells what really happened.
    """
    thread: UUID | None = await connection.fetchval(
        "update messages set state = 'dropped', error_kind = $3, settled_at = $4 "
        "where business_id = $1 and message_id = $2 and state = 'intended' returning thread_id",
        business_id,
        message_id,
        reason,
        now,
    )
    # It left already, or was dropped before: then there is nothing to tell.
    if thread is None:
        return None
    await connection.execute(
        "with skipped as (update text_backs set decision = 'skip', reason = $3, why = $5 "
        "  where business_id = $1 and message_id = $2 returning call_id) "
        "select note_change($1, 'call', call_id, $4) from skipped",
        business_id,
        message_id,
        reason,
        now,
        explain(reason),
    )
    await connection.execute("select note_change($1, 'thread', $2, $3)", business_id, thread, now)
    return thread


async def known_provider_ids(connection: Connection, business_id: UUID, thread_id: UUID) -> frozenset[str]:
    """Return the provider's ids of the texts of a thread that are already accounted for."""
    found = await connection.fetch(
        "select provider_message_id from messages "
        "where business_id = $1 and thread_id = $2 and provider_message_id is not null",
        business_id,
        thread_id,
    )
    return frozenset(row[0] for row in found)


async def save_found(
    connection: Connection, business_id: UUID, looked_for: Outgoing, provider_message_id: str | None, now: datetime
) -> bool:
    """Settle an uncertain text after a look-up: found, so accepted; None counts one more look-up without a trace.

    False, and nothing written, where the text is no longer at the attempt and look-up that was asked about.
    """
    noted = await connection.fetch(
        "with m as (update messages set "
        "  state = case when $3::text is null then 'uncertain' else 'accepted' end, "
        "  provider_message_id = coalesce(provider_message_id, $3), lookups = lookups + 1, settled_at = $4 "
        "  where business_id = $1 and message_id = $2 and state in ('sending', 'uncertain') "
        "  and attempts = $5 and lookups = $6 returning thread_id) "
        "select note_change($1, 'thread', thread_id, $4) from m",
        business_id,
        looked_for.message_id,
        provider_message_id,
        now,
        looked_for.attempts,
        looked_for.lookups,
    )
    return bool(noted)


async def send_again(connection: Connection, business_id: UUID, message_id: UUID, attempt: int, now: datetime) -> bool:
    """Put a text whose last attempt certainly did not go out back to `intended`, with a job.

    False where its state forbids it, or where it is at a later attempt by now.
    """
    # Both functions return void, which counts as null: a row says that there was a text, its values say nothing.
    done = await connection.fetchrow(
        "with m as (update messages set state = 'intended', lookups = 0, send_at = $3, error_kind = null, "
        "  error_code = null where business_id = $1 and message_id = $2 and attempts = $4 "
        "  and state in ('uncertain', 'rejected') "
        "  returning message_id, thread_id) "
        "select enqueue_job('deliver', jsonb_build_object('business', $1, 'message', message_id)), "
        "  note_change($1, 'thread', thread_id, $3) from m",
        business_id,
        message_id,
        now,
        attempt,
    )
    return done is not None


async def give_up(connection: Connection, business_id: UUID, message_id: UUID, error_kind: str, now: datetime) -> bool:
    """Settle a text that there is no way left to hand over or to look up; False where it was settled before."""
    noted = await connection.fetch(
        "with m as (update messages set state = 'rejected', error_kind = $3, settled_at = $4 "
        "  where business_id = $1 and message_id = $2 and state in ('intended', 'sending', 'uncertain') "
        "  returning thread_id) select note_change($1, 'thread', thread_id, $4) from m",
        business_id,
        message_id,
        error_kind,
        now,
    )
    return bool(noted)


async def put_back(connection: Connection, business_id: UUID, message_id: UUID, attempt: int) -> bool:
    """Undo `sending` of an attempt whose request certainly was not made; False where the text has moved on."""
    done = await connection.execute(
        "update messages set state = 'intended', attempts = attempts - 1 "
        "where business_id = $1 and message_id = $2 and state = 'sending' and attempts = $3",
        business_id,
        message_id,
        attempt,
    )
    return str(done) == "UPDATE 1"


@dataclass(frozen=True, slots=True)
class Progressed:
    """The text a progress report is about."""

    message_id: UUID
    thread_id: UUID
    contact_id: UUID
    line_id: UUID
    purpose: Purpose
    was: Delivery | None
    delivery: Delivery


async def apply_progress(
    connection: Connection, business_id: UUID, provider: str, news: MessageProgress, now: datetime
) -> Progressed | None:
    """Move a text's delivery state forward, never back; a report also proves that the text was accepted.

    Our own id, where the callback carried it, names a text whose answer we never saw.
    """
    row = await connection.fetchrow(
        "select m.message_id, m.thread_id, m.line_id, m.purpose, m.delivery, t.contact_id from messages m "
        "join threads t using (business_id, thread_id) where m.business_id = $1 and m.direction = 'out' "
        # With its provider: the index of the companies' ids begins with it.
        "and ((m.provider = $4 and m.provider_message_id = $2) "
        "  or (m.message_id = $3 and m.provider_message_id is null)) for update of m",
        *(business_id, news.message_id, read_id(news.reference), provider),
    )
    if row is None:
        return None
    # The row is locked: of two reports at once the second sees what the first wrote.
    was = Delivery(row["delivery"]) if row["delivery"] else None
    kept = later_delivery(was, news.delivery)
    await connection.execute(
        "update messages set delivery = $3, provider_message_id = $4, settled_at = $5, "
        "state = case when state in ('sending', 'uncertain', 'intended') then 'accepted' else state end "
        "where business_id = $1 and message_id = $2",
        business_id,
        row["message_id"],
        kept,
        news.message_id,
        now,
    )
    await connection.execute("select note_change($1, 'thread', $2, $3)", business_id, row["thread_id"], now)
    return Progressed(
        row["message_id"],
        row["thread_id"],
        row["contact_id"],
        row["line_id"],
        Purpose(row["purpose"]),
        was,
        kept,
    )


async def save_failure(
    connection: Connection, business_id: UUID, message_id: UUID, error_kind: str, error_code: str
) -> None:
    """Store why a carrier did not deliver an accepted text."""
    await connection.execute(
        "update messages set error_kind = $3, error_code = $4 where business_id = $1 and message_id = $2",
        business_id,
        message_id,
        error_kind,
        error_code,
    )


async def list_stuck(connection: Connection, before: datetime) -> list[tuple[UUID, UUID]]:
    """Return (business, message) of texts due before an instant and still unsettled; across all businesses."""
    return [(row[0], row[1]) for row in await connection.fetch("select * from stuck_messages($1)", before)]
