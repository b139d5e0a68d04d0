"""A turn as it is stored: its texts, and its actions and reasons as JSON."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter

from ringback.domain.business import Business, Line
from ringback.domain.messages import Author, Purpose
from ringback.domain.quiet import ANSWER, allowed_at, answer_at
from ringback.receptionist import memory
from ringback.receptionist.dialog import (
    Action,
    AlertOnCall,
    Close,
    Dialog,
    Goal,
    HandOver,
    HandOverKind,
    Happened,
    Heard,
    MarkContact,
    Reply,
    Silence,
    Why,
)
from ringback.store.dialogs import TurnTable
from ringback.store.ids import new_id
from ringback.workflows.outgoing import outgoing_message

# What Twilio takes in one message; a turn that says more goes out as several.
_LONGEST_TEXT = 1600
# An answer that comes later than this is worse than a person's.
REPLY_VALID = timedelta(minutes=10)
# Who paused the receptionist, where it was its own hand-over.
RECEPTIONIST = "receptionist"
_URGENT = frozenset([HandOverKind.EMERGENCY, HandOverKind.ANGER])
_ACTION: TypeAdapter[Action] = TypeAdapter(Action)


@dataclass(frozen=True, slots=True)
class Turn:
    """What one turn came to. `message_ids` are its texts, in order; nothing of it has been handed over yet."""

    turn_id: UUID
    happened: Happened
    before: Dialog | None
    dialog: Dialog
    replies: tuple[Reply, ...] = ()
    actions: tuple[Action, ...] = ()
    why: tuple[Why, ...] = ()
    message_ids: tuple[UUID, ...] = ()


def written(replies: tuple[Reply, ...]) -> list[str]:
    """Return the texts of a turn: all that it says in one, where one can hold it, so that nothing can overtake."""
    texts: list[str] = []
    for reply in replies:
        joined = f"{texts[-1]} {reply.written}" if texts else reply.written
        if texts and len(joined) <= _LONGEST_TEXT:
            texts[-1] = joined
        else:
            texts.append(reply.written)
    return [text for text in texts if text]


def message_rows(turn: Turn, line: Line, send_at: datetime) -> list[dict[str, Any]]:
    """Return the rows of a turn's texts, which go out from `send_at` on."""
    purpose = _purpose(turn.happened)
    return [
        {
            **outgoing_message(message_id, Author.RECEPTIONIST, purpose, body, line),
            "turn_id": turn.turn_id,
            # A second apart: two texts handed over at once may arrive in either order.
            "send_at": send_at + timedelta(seconds=place),
            "expires_at": send_at + REPLY_VALID,
            "rule_version": ANSWER if purpose is Purpose.RECEPTIONIST else None,
        }
        for place, (message_id, body) in enumerate(zip(turn.message_ids, written(turn.replies), strict=True))
    ]


def _purpose(happened: Happened) -> Purpose:
    """Only what was heard is answered; a silence or an opening that came free is our own affair."""
    if isinstance(happened, Heard):
        return Purpose.RECEPTIONIST
    return Purpose.FOLLOW_UP if isinstance(happened, Silence) else Purpose.BOOKING


def reply_at(turn: Turn, table: TurnTable, business: Business, now: datetime) -> datetime:
    """Return when a turn's texts go out: now, or in the law's hours where the owner wants that; danger never waits."""
    is_urgent = turn.dialog.goal is Goal.EMERGENCY or any(isinstance(one, AlertOnCall) for one in turn.actions)
    return now if is_urgent else answer_at(business, table.contact.phone, now)


def turn_row(turn: Turn, table: TurnTable, business: Business, now: datetime) -> dict[str, Any]:
    """Return the row of a turn, with what becomes of its thread."""
    return {
        "turn_id": turn.turn_id,
        "happened": type(turn.happened).__name__.lower(),
        "heard": [text.message_id for text in table.unheard] if isinstance(turn.happened, Heard) else [],
        "actions": [dump_action(action) for action in turn.actions],
        "why": [asdict(why) for why in turn.why],
        "state_before": None if turn.before is None else memory.dump(turn.before),
        "state_after": memory.dump(turn.dialog),
        **_thread_row(turn, table, business, now),
    }


def _thread_row(turn: Turn, table: TurnTable, business: Business, now: datetime) -> dict[str, Any]:
    handed = [one for one in turn.actions if isinstance(one, HandOver)]
    is_over = any(isinstance(one, Close | MarkContact) for one in turn.actions)
    is_urgent = any(isinstance(one, AlertOnCall) for one in turn.actions)
    row = {
        "follow_up_at": None if is_over else _follow_up_at(turn, table, business, now),
        # Only an answer ends the waiting: a follow-up of our own answers nobody.
        "needs_person": "no" if isinstance(turn.happened, Heard) and (turn.message_ids or is_over) else "kept",
        "urgent": is_urgent or any(one.kind in _URGENT for one in handed),
        "closure_id": new_id() if is_over and not handed else None,
    }
    if handed:
        row["needs_person"] = "yes"
    if turn.dialog.handed_over:
        row |= {"paused_at": now, "paused_by": RECEPTIONIST, "follow_up_at": None}
    return row


def _follow_up_at(turn: Turn, table: TurnTable, business: Business, now: datetime) -> datetime | None:
    """When the contact's silence is looked at: after each thing we said, and once more after the follow-up itself."""
    if not turn.message_ids:
        return None
    later = now + timedelta(minutes=business.receptionist.follow_up_minutes)
    return allowed_at(business, table.contact.phone, later)


def dump_action(action: Action) -> Mapping[str, Any]:
    """Return an action as JSON, under the name of its class."""
    plain: dict[str, Any] = _ACTION.dump_python(action, mode="json")
    return {"action": type(action).__name__, **plain}
