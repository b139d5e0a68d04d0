"""What a person sees on a handset: its calls and its texts."""

from typing import Any

from ringback.sandbox.calls import Call, Direction
from ringback.sandbox.company import Company
from ringback.sandbox.handsets import Handset
from ringback.sandbox.messages import Message, MessageDirection, MessageStatus

# More than anyone scrolls; the calls endpoint has all of them.
SHOWN_CALLS = 30


def view(company: Company, handset: Handset) -> dict[str, Any]:
    """Return a handset's screen: newest call first, texts in the order they came."""
    calls = [call for call in reversed(company.calls.values()) if call.handset_number == handset.number]
    behaviour = {name: getattr(handset.behaviour, name) for name in handset.behaviour.__slots__}
    return {
        "number": handset.number,
        "label": handset.label,
        "behaviour": behaviour,
        "calls": [call_view(company, call) for call in calls[:SHOWN_CALLS]],
        "texts": texts_on(company, handset.number),
    }


def texts_on(company: Company, number: str) -> list[dict[str, Any]]:
    """Return the texts of a handset, in the order they came."""
    return [_text_view(company, number, text) for text in company.messages.values() if _is_seen(number, text)]


def call_view(company: Company, call: Call) -> dict[str, Any]:
    """Return one call as its handset's owner sees it."""
    is_incoming = call.direction is not Direction.INBOUND
    other = call.from_ if is_incoming else call.to
    return {
        "sid": call.sid,
        "with": other,
        "with_name": company.name_of(other),
        "way": "incoming" if is_incoming else "outgoing",
        "state": _state(call),
        "status": str(call.status),
        "hears": list(call.hears),
        "keys": call.keys,
        "talking_to": company.name_of(call.peer.handset_number) if call.peer else None,
        "at": call.created_at.isoformat(),
        "answered_at": call.answered_at.isoformat() if call.answered_at else None,
    }


def _state(call: Call) -> str:
    if call.is_over:
        return "over"
    return "talking" if call.is_answered else "ringing"


def _is_seen(number: str, message: Message) -> bool:
    if message.direction is MessageDirection.INBOUND:
        return message.from_ == number
    # A text on its way is not on the screen yet.
    return message.to == number and message.status is MessageStatus.DELIVERED


def _text_view(company: Company, number: str, message: Message) -> dict[str, Any]:
    is_mine = message.direction is MessageDirection.INBOUND
    other = message.to if is_mine else message.from_
    return {
        "sid": message.sid,
        "with": other,
        "with_name": company.name_of(other),
        "mine": is_mine,
        "body": message.body,
        "media": [{"sid": one.sid, "url": f"/sandbox/api/media/{one.sid}"} for one in message.media],
        "at": (message.updated_at or message.created_at).isoformat(),
    }


def witness(message: Message) -> dict[str, Any]:
    """Return everything known of a text, for those who count them."""
    return {
        "sid": message.sid,
        "account_sid": message.account.sid,
        "direction": str(message.direction),
        "request_number": message.request_number,
        "from": message.from_,
        "to": message.to,
        "body": message.body,
        "status": str(message.status),
        "error_code": message.error_code,
        "num_segments": message.num_segments,
        "media": [one.sid for one in message.media],
        "accepted_at": message.created_at.isoformat(),
        "history": [[str(status), at.isoformat()] for status, at in message.history],
    }
