"""Inbound events: what a provider told us, stored once for ever, in one round trip with the job that serves it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from ringback.domain.call_back_calls import RingProgress
from ringback.domain.calls import CallEvent, CallEventKind, CallResult, Plan
from ringback.domain.hours import DayState
from ringback.domain.messages import Delivery, MessageProgress, MessageReceived, OptKeyword, Picture
from ringback.ports import InboundEvent
from ringback.store.db import Connection
from ringback.store.ids import new_id


@dataclass(frozen=True, slots=True)
class Settle:
    """A job to settle the call, so many seconds from now; `timer`: our own clock, not an event, says it is over."""

    after_seconds: float
    timer: bool = False


@dataclass(frozen=True, slots=True)
class CallReceipt:
    """What the database said of a call event: is it new, is the caller blocked, had a person taken the call."""

    fresh: bool
    blocked: bool
    accepted: bool


@dataclass(frozen=True, slots=True)
class CallArrival:
    """Where a call event belongs and what we make of it. `phone` is the caller in E.164 where there is one."""

    business_id: UUID
    line_id: UUID
    provider: str
    phone: str | None
    plan: Plan
    day: DayState | None


async def receive_call(
    connection: Connection, arrival: CallArrival, inbound: InboundEvent, jobs: Sequence[Settle], now: datetime
) -> CallReceipt:
    """Store a call event with its jobs; a repeat changes nothing and enqueues nothing."""
    event = inbound.event
    if not isinstance(event, CallEvent):
        raise TypeError("a text or a progress report is received by receive_text")
    row = await connection.fetchrow(
        "select fresh, blocked, accepted "
        "from receive_call_event($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        *(arrival.business_id, arrival.line_id, arrival.provider, inbound.delivery_key, event.call_id),
        *(dump_call_event(event), dict(inbound.raw), [new_id(), new_id(), new_id()], arrival.phone),
        *(arrival.plan, arrival.day, [{"after": job.after_seconds, "timer": job.timer} for job in jobs], now),
    )
    fresh, blocked, accepted = row or (False, False, False)
    return CallReceipt(fresh, blocked, accepted)


async def receive_text(
    connection: Connection, business_id: UUID, line_id: UUID, provider: str, inbound: InboundEvent, now: datetime
) -> bool:
    """Store an inbound text or a progress report with its job; return whether it is new."""
    event = inbound.event
    if isinstance(event, CallEvent | RingProgress):
        raise TypeError("what is told of a call is received elsewhere")
    kind = "message" if isinstance(event, MessageReceived) else "progress"
    sender = event.sender if isinstance(event, MessageReceived) else None
    return bool(
        await connection.fetchval(
            "select receive_text_event($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            *(business_id, line_id, provider, inbound.delivery_key, kind, event.message_id, sender),
            *(asdict(event), dict(inbound.raw), new_id(), now),
        )
    )


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An inbound event waiting to be handled."""

    event_id: UUID
    line_id: UUID
    provider: str
    event: MessageReceived | MessageProgress


async def claim_event(connection: Connection, business_id: UUID, event_id: UUID) -> StoredEvent | None:
    """Lock and return an event nobody has handled yet; None where it has been, or is being, handled."""
    row = await connection.fetchrow(
        "select event_id, line_id, provider, kind, event from inbound_events "
        "where business_id = $1 and event_id = $2 and handled_at is null for update skip locked",
        business_id,
        event_id,
    )
    if row is None:
        return None
    load = _load_received if row["kind"] == "message" else _load_progress
    return StoredEvent(row["event_id"], row["line_id"], row["provider"], load(row["event"]))


async def finish_event(connection: Connection, business_id: UUID, event_id: UUID, now: datetime) -> None:
    """Mark an event as handled, in the transaction that handled it."""
    await connection.execute(
        "update inbound_events set handled_at = $3 where business_id = $1 and event_id = $2",
        business_id,
        event_id,
        now,
    )


def dump_call_event(event: CallEvent) -> dict[str, Any]:
    """Return the JSON form of a call event, without what is empty."""
    return {name: value for name, value in asdict(event).items() if value not in (None, "", False)}


def load_call_event(row: Mapping[str, Any]) -> CallEvent:
    """Return the call event of its JSON form."""
    result = row.get("result")
    rest = {name: value for name, value in row.items() if name not in ("kind", "at", "result")}
    return CallEvent(
        kind=CallEventKind(row["kind"]),
        at=datetime.fromisoformat(row["at"]),
        result=CallResult(result) if result else None,
        **rest,
    )


def _load_received(row: Mapping[str, Any]) -> MessageReceived:
    keyword = row["handled_by_carrier"]
    return MessageReceived(
        message_id=row["message_id"],
        sender=row["sender"],
        to=row["to"],
        body=row["body"],
        at=datetime.fromisoformat(row["at"]),
        pictures=tuple(Picture(**picture) for picture in row["pictures"]),
        handled_by_carrier=OptKeyword(keyword) if keyword else None,
    )


def _load_progress(row: Mapping[str, Any]) -> MessageProgress:
    return MessageProgress(
        message_id=row["message_id"],
        delivery=Delivery(row["delivery"]),
        at=datetime.fromisoformat(row["at"]),
        error_code=row["error_code"],
        reference=row["reference"],
        # Not in what was stored before prices were read.
        price_millicents=row.get("price_millicents"),
        price_currency=row.get("price_currency"),
    )


async def list_unhandled(connection: Connection, before: datetime) -> list[tuple[UUID, UUID, str]]:
    """Return (business, event, kind) of events received before an instant and not handled; across all businesses."""
    found = await connection.fetch("select * from unhandled_events($1)", before)
    return [(row[0], row[1], row[2]) for row in found]
