"""Dialogs and their turns: what the receptionist remembers of a thread, what it read, said and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from ringback.domain.bot_loops import Said
from ringback.domain.textback import Reason
from ringback.store.calls import ContactStanding, load_standing
from ringback.store.db import Connection, rows


@dataclass(frozen=True, slots=True)
class Unheard:
    """A text of the contact that no turn has read yet."""

    message_id: UUID
    body: str
    at: datetime
    pictures: int


@dataclass(frozen=True, slots=True)
class DialogRow:
    """A dialog as it is stored; `state` is for `memory.load`."""

    state: Mapping[str, Any]
    last_turn_at: datetime | None
    follow_up_at: datetime | None
    paused_at: datetime | None
    paused_by: str | None


@dataclass(frozen=True, slots=True)
class TurnTable:
    """All that a turn rests on. Contact and thread are locked until the transaction ends."""

    thread_id: UUID
    contact_id: UUID
    line_id: UUID
    for_alerts: bool
    version: int
    contact: ContactStanding
    # Has booked here before; has bookings that are not over.
    known: bool
    has_bookings: bool
    dialog: DialogRow | None
    unheard: tuple[Unheard, ...]
    # The booking of the reminder that was our last text.
    to_confirm: UUID | None
    # The last texts of the thread, those that wait among them, oldest first.
    recent: tuple[Said, ...] = ()


async def load_turn(connection: Connection, business_id: UUID, thread_id: UUID, now: datetime) -> TurnTable | None:
    """Lock a thread with its contact and return what a turn needs, in one round trip."""
    table = await connection.fetchval("select load_turn($1, $2, $3)", business_id, thread_id, now)
    contact = load_standing(table["contact"], table["line_id"]) if table else None
    if table is None or contact is None:
        return None
    return TurnTable(
        thread_id=thread_id,
        contact_id=UUID(table["contact_id"]),
        line_id=UUID(table["line_id"]),
        for_alerts=table["for_alerts"],
        version=table["version"],
        contact=contact,
        known=table["known"],
        has_bookings=table["has_bookings"],
        dialog=_load_dialog(table["dialog"]),
        unheard=tuple(
            Unheard(UUID(text["message_id"]), text["body"], datetime.fromisoformat(text["at"]), text["pictures"])
            for text in table["unheard"]
        ),
        to_confirm=UUID(table["to_confirm"]) if table["to_confirm"] else None,
        recent=tuple(
            Said(one["is_theirs"], one["body"], datetime.fromisoformat(one["at"]), one["is_persons"])
            for one in table["recent"]
        ),
    )


def _load_dialog(row: Mapping[str, Any] | None) -> DialogRow | None:
    if row is None:
        return None
    times = [row[name] for name in ("last_turn_at", "follow_up_at", "paused_at")]
    last_turn_at, follow_up_at, paused_at = (datetime.fromisoformat(at) if at else None for at in times)
    return DialogRow(row["state"], last_turn_at, follow_up_at, paused_at, row["paused_by"])


async def save_turn(
    connection: Connection,
    business_id: UUID,
    thread_id: UUID,
    turn: Mapping[str, Any],
    messages: Sequence[Mapping[str, Any]],
    now: datetime,
) -> None:
    """Write a turn with its texts and the dialog's new state, in one round trip."""
    await connection.execute(
        "select save_turn($1, $2, $3, $4, $5)",
        business_id,
        thread_id,
        dict(turn),
        [dict(message) for message in messages],
        now,
    )


async def await_turn(
    connection: Connection, business_id: UUID, thread_id: UUID, message_id: UUID, settle_seconds: float
) -> None:
    """Leave a text for the receptionist, and see to it that a turn comes by when it has settled."""
    await connection.execute(
        "select await_turn($1, $2, $3, $4)", business_id, thread_id, message_id, float(settle_seconds)
    )


async def forget_unheard(connection: Connection, business_id: UUID, thread_id: UUID) -> None:
    """No turn is to read what waits in a thread: a person does, or nobody."""
    await connection.execute(
        "update messages set unheard = false where business_id = $1 and thread_id = $2 and unheard",
        business_id,
        thread_id,
    )


async def lock_unsaid(connection: Connection, business_id: UUID, thread_id: UUID) -> int:
    """Lock what the receptionist has still to say in a thread, before the thread, as a delivery does; return how much.

    A delivery that gives such a text up holds it while it hands the thread to a person: the other way round, each
    would wait for the other.
    """
    held = await connection.fetch(
        "select message_id from messages where business_id = $1 and thread_id = $2 and state = 'intended' "
        "and purpose in ('receptionist', 'follow_up') for update",
        *(business_id, thread_id),
    )
    return len(held)


async def silence_receptionist(
    connection: Connection, business_id: UUID, thread_id: UUID, by: str, reason: Reason, now: datetime
) -> list[datetime]:
    """Pause the receptionist in a thread: what it had still to say is dropped for a Reason, what it had to read left.

    With PERSON_WROTE the open hand-overs of the thread are taken by that person. Returns when each text that is
    dropped now was written: what was booked at that instant has not been told to the contact.
    """
    unsaid: list[datetime] = await connection.fetchval(
        "select silence_receptionist($1, $2, $3, $4, $5)", business_id, thread_id, by, reason, now
    )
    return unsaid


async def resume_dialog(
    connection: Connection, business_id: UUID, thread_id: UUID, now: datetime, paused_by: str | None = None
) -> bool:
    """Let the receptionist answer the next text again; False where it was not paused (by `paused_by`, where said)."""
    resumed = await connection.fetchrow(
        "with d as (update dialogs set paused_at = null, paused_by = null, "
        # A handed-over dialog has nothing to say any more; handed back, it has.
        "  state = case when state ? 'handed_over' "
        "    then state || jsonb_build_object('handed_over', false, 'turns', 0) else state end "
        "  where business_id = $1 and thread_id = $2 and paused_at is not null "
        "  and ($4::text is null or paused_by = $4) returning thread_id) "
        "select note_change($1, 'thread', thread_id, $3) from d",
        *(business_id, thread_id, now, paused_by),
    )
    return resumed is not None


async def set_follow_up(connection: Connection, business_id: UUID, thread_id: UUID, at: datetime | None) -> None:
    """Set when the contact's silence is to be followed up, or that it is not."""
    await connection.execute(
        # No change is noted: nothing that a page shows is different.
        "update dialogs set follow_up_at = $3 where business_id = $1 and thread_id = $2",
        *(business_id, thread_id, at),
    )


async def get_dialog(connection: Connection, business_id: UUID, thread_id: UUID) -> dict[str, Any] | None:
    """Return a dialog: state, language, last_turn_at, follow_up_at, paused_at and paused_by."""
    row = await connection.fetchrow(
        "select state, language, started_at, last_turn_at, follow_up_at, paused_at, paused_by from dialogs "
        "where business_id = $1 and thread_id = $2",
        business_id,
        thread_id,
    )
    return None if row is None else dict(row)


async def list_turns(connection: Connection, business_id: UUID, thread_id: UUID, limit: int) -> list[dict[str, Any]]:
    """Return the turns of a thread, newest first: `heard` and `said` are message ids, `why` is sentence and fact."""
    return rows(
        await connection.fetch(
            "select turn_id, at, happened, heard, said, actions, why, state_before, state_after from turns "
            "where business_id = $1 and thread_id = $2 order by turn_id desc limit $3",
            business_id,
            thread_id,
            limit,
        )
    )


async def list_due_work(connection: Connection, now: datetime, stuck_before: datetime) -> list[tuple[UUID, UUID, str]]:
    """Return (business, subject, entrypoint) of all that is due by our clock, or stuck; across all businesses."""
    found = await connection.fetch("select * from due_dialog_work($1, $2)", now, stuck_before)
    return [(row[0], row[1], row[2]) for row in found]
