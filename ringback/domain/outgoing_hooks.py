"""Outgoing hooks: what can be told to an address of the owner, in which words, and when a failed try is repeated."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from ringback.domain.business import Business
from ringback.domain.healthcare import is_on

MOST_HOOKS = 10
MOST_A_MINUTE = 120
# A receiver that is changed over to a new secret has a day for it.
OLD_SECRET_LASTS = timedelta(days=1)
OFF_AFTER_DAYS = 3
OFF_AFTER = timedelta(days=OFF_AFTER_DAYS)
LONGEST_URL = 2000

_PAUSES_SECONDS = (5, 30, 120, 600, 1800, 3600, 7200)


class HookEvent(StrEnum):
    """What an owner can be told of; the words are part of the contract with receivers."""

    CALL_MISSED = "call.missed"
    TEXT_BACK_SENT = "text_back.sent"
    MESSAGE_RECEIVED = "message.received"
    BOOKING_CREATED = "booking.created"
    BOOKING_CHANGED = "booking.changed"
    BOOKING_CANCELLED = "booking.cancelled"
    THREAD_NEEDS_REPLY = "thread.needs_reply"
    CONTACT_OPTED_OUT = "contact.opted_out"


# Sent by a button of the page; nobody chooses it.
TEST = "hook.test"


class HookFailure(StrEnum):
    """Why a delivery did not arrive."""

    ADDRESS = "address"
    UNREACHED = "unreached"
    NO_ANSWER = "no_answer"
    REDIRECT = "redirect"
    GONE = "gone"
    STATUS = "status"


class OffWhy(StrEnum):
    """Why a hook is off."""

    OWNER = "owner"
    FAILING = "failing"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing to tell. `facts` are as they were then; `now` is what is known of it when it is told."""

    kind: str
    subject: UUID
    at: datetime
    facts: Mapping[str, Any]
    now: Mapping[str, Any]


def pause_seconds(tries: int) -> int:
    """Return how long to wait after so many failed tries: growing to two hours, about a dozen and a half in a day."""
    return _PAUSES_SECONDS[min(tries, len(_PAUSES_SECONDS)) - 1]


def failure_of(status: int) -> HookFailure | None:
    """Return what an answer's status means; None: it has arrived."""
    if 200 <= status < 300:
        return None
    if status == 410:
        return HookFailure.GONE
    return HookFailure.REDIRECT if 300 <= status < 400 else HookFailure.STATUS


def why_off(failure: HookFailure, failing_since: datetime, now: datetime) -> OffWhy | None:
    """Return why a hook is to be switched off after a failed try, or None where it goes on."""
    # 410 is how a receiver unsubscribes (Standard Webhooks, "Operational considerations").
    if failure is HookFailure.GONE:
        return OffWhy.GONE
    return OffWhy.FAILING if now - failing_since >= OFF_AFTER else None


def hides_details(business: Business) -> bool:
    """Return whether hooks of a business tell only that something happened, and neither to whom nor what."""
    # That somebody is known to a practice is a health detail by itself (45 CFR 160.103).
    return is_on(business)


def write_body(happened: Happened, business: Business, *, hidden: bool) -> dict[str, Any]:
    """Return the payload as docs/reference/outgoing-hooks.md promises it; `hidden` leaves out who and what."""
    data = _DATA.get(happened.kind, _test)(happened)
    return {
        "type": happened.kind,
        "timestamp": _instant(happened.at),
        "business": {"id": str(business.business_id), "slug": business.slug},
        "hidden": hidden,
        "data": _without_details(data) if hidden else data,
    }


def _instant(at: datetime | str | None) -> str | None:
    if at is None:
        return None
    read = datetime.fromisoformat(at) if isinstance(at, str) else at
    return read.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _id(value: UUID | None) -> str | None:
    return None if value is None else str(value)


def _contact(now: Mapping[str, Any]) -> dict[str, Any] | None:
    # Gone where the contact has been erased meanwhile.
    if now.get("contact_id") is None:
        return None
    return {"id": _id(now["contact_id"]), "phone": now["phone"], "name": now["contact_name"]}


def _line(now: Mapping[str, Any]) -> dict[str, Any] | None:
    if now.get("line_id") is None:
        return None
    return {"id": _id(now["line_id"]), "number": now["line_number"], "label": now["line_label"]}


def _call(happened: Happened) -> dict[str, Any]:
    now = happened.now
    call = {"id": str(happened.subject), "outcome": happened.facts["outcome"]}
    call |= {"started_at": _instant(now.get("at")), "caller": now.get("caller")}
    return {"call": call, "line": _line(now), "contact": _contact(now)}


def _message(happened: Happened) -> dict[str, Any]:
    now = happened.now
    message = {"id": str(happened.subject), "body": now.get("body"), "at": _instant(now.get("at"))}
    message["pictures"] = now.get("pictures", 0)
    told = {"message": message, "thread_id": _id(now.get("thread_id")), "line": _line(now), "contact": _contact(now)}
    return told | ({"call_id": _id(now.get("call_id"))} if happened.kind == HookEvent.TEXT_BACK_SENT else {})


def _booking(happened: Happened) -> dict[str, Any]:
    facts, now = happened.facts, happened.now
    booking = {
        "id": str(happened.subject),
        "service": facts["service"],
        "starts_at": _instant(facts["starts_at"]),
        "ends_at": _instant(facts["ends_at"]),
        "state": facts["state"],
        "price_cents": facts["price_cents"],
        "staff_id": facts["staff_id"],
        "staff_name": now.get("staff_name"),
        "for_whom": now.get("for_whom"),
        "address": now.get("address"),
    }
    return {"booking": booking, "contact": _contact(now)}


def _thread(happened: Happened) -> dict[str, Any]:
    thread = {"id": str(happened.subject), "since": _instant(happened.at), "urgent": happened.facts["urgent"]}
    return {"thread": thread, "line": _line(happened.now), "contact": _contact(happened.now)}


def _opt_out(happened: Happened) -> dict[str, Any]:
    opt_out = {"at": _instant(happened.at), "source": happened.facts["source"]}
    return {"opt_out": opt_out, "contact": _contact(happened.now)}


def _test(happened: Happened) -> dict[str, Any]:
    return {"message": "A test from Ringback. It works."}


_DATA: Mapping[str, Callable[[Happened], dict[str, Any]]] = {
    HookEvent.CALL_MISSED: _call,
    HookEvent.TEXT_BACK_SENT: _message,
    HookEvent.MESSAGE_RECEIVED: _message,
    HookEvent.BOOKING_CREATED: _booking,
    HookEvent.BOOKING_CHANGED: _booking,
    HookEvent.BOOKING_CANCELLED: _booking,
    HookEvent.THREAD_NEEDS_REPLY: _thread,
    HookEvent.CONTACT_OPTED_OUT: _opt_out,
}
# Who it is and what they said or want; ids stay, and lead whoever has an API key to the rest.
_DETAILS = frozenset({"caller", "phone", "name", "body", "service", "price_cents", "for_whom", "address"})


def _without_details(data: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: _without_details(value) if isinstance(value, Mapping) else None if name in _DETAILS else value
        for name, value in data.items()
    }
