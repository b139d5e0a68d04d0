"""Twilio's callbacks in normal form. A delivery key is built from the normal form, not from Twilio's spelling of it,
so that a callback and a poll of the same fact have the same key."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import ROUND_CEILING, Decimal
from urllib.parse import parse_qsl, urlsplit

from ringback.domain.call_back_calls import RingProgress, RingStep
from ringback.domain.calls import CallEvent, CallEventKind, CallResult
from ringback.domain.messages import Delivery, MessageProgress, MessageReceived, OptKeyword, Picture
from ringback.ports import HookRequest, HookUnreadable, InboundEvent
from ringback.providers.twilio.signature import FORM, content_type

Fields = Mapping[str, str]

CALL_RESULTS = {
    "queued": CallResult.RINGING,
    "initiated": CallResult.RINGING,
    "ringing": CallResult.RINGING,
    "in-progress": CallResult.IN_PROGRESS,
    "answered": CallResult.IN_PROGRESS,
    "completed": CallResult.COMPLETED,
    "busy": CallResult.BUSY,
    "no-answer": CallResult.NO_ANSWER,
    "failed": CallResult.UNREACHABLE,
    "canceled": CallResult.CANCELED,
}
# Up to a thousand units of money: what is longer is no price of a text.
_PRICE = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{1,8})?")
UNFINISHED = frozenset({CallResult.RINGING, CallResult.IN_PROGRESS})
_LEG_HOOKS = frozenset({"whisper", "accepted", "leg"})
_DIALED = {status: result for status, result in CALL_RESULTS.items() if result not in UNFINISHED} | {
    "answered": CallResult.COMPLETED
}
_DELIVERIES = {
    "accepted": Delivery.QUEUED,
    "scheduled": Delivery.QUEUED,
    "queued": Delivery.QUEUED,
    "sending": Delivery.SENDING,
    "sent": Delivery.SENT,
    # In Twilio's enum without a word on what it means: not taken for delivered.
    "partially_delivered": Delivery.SENT,
    "undelivered": Delivery.UNDELIVERED,
    "failed": Delivery.FAILED,
    "canceled": Delivery.FAILED,
    "delivered": Delivery.DELIVERED,
    "read": Delivery.READ,
}


def read(request: HookRequest, now: datetime) -> tuple[InboundEvent, ...]:
    """Return the facts in a verified callback, dated `now`; raises HookUnreadable with a sentence."""
    reader = _READERS.get(request.what)
    if reader is None:
        raise HookUnreadable(f"Twilio has no hook called {request.what!r}.")
    return (reader(request, read_fields(request), now),)


def read_fields(request: HookRequest) -> Fields:
    """Return the fields of a callback, byte for byte as sent except that NUL, which no database keeps, is replaced."""
    if request.method == "GET":
        return _decoded(urlsplit(request.url).query)
    if content_type(request) != FORM:
        raise HookUnreadable(f"Twilio's callback has the content type {content_type(request)!r}, not {FORM}.")
    try:
        return _decoded(request.body.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise HookUnreadable("Twilio's callback is not UTF-8.") from error


def _decoded(form: str) -> Fields:
    try:
        pairs = parse_qsl(form, keep_blank_values=True, encoding="utf-8", errors="strict")
    except UnicodeDecodeError as error:
        raise HookUnreadable("A field of Twilio's callback is not UTF-8.") from error
    return {name.replace("\0", "\ufffd"): value.replace("\0", "\ufffd") for name, value in pairs}


def inbound_call_id(request: HookRequest, fields: Fields) -> str:
    """Return the CallSid of the inbound call that a callback is about, whichever leg it comes from."""
    call_id = _needed(fields, "CallSid")
    if request.what not in _LEG_HOOKS:
        return call_id
    # On a leg's callbacks CallSid is the leg's own, and ParentCallSid does not always come with it: our TwiML
    # therefore writes the inbound call's id into the addresses of those hooks, where the signature covers it.
    parent_id = _query(request).get("call") or fields.get("ParentCallSid")
    if not parent_id or parent_id == call_id:
        raise HookUnreadable("Twilio's callback about a leg does not say which call the leg belongs to.")
    return parent_id


def _query(request: HookRequest) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(request.url).query, keep_blank_values=True))


def _needed(fields: Fields, *names: str) -> str:
    for name in names:
        if value := fields.get(name):
            return value
    raise HookUnreadable(f"Twilio's callback has no {' or '.join(names)}.")


def _result(fields: Fields, name: str, results: Mapping[str, CallResult]) -> CallResult:
    status = _needed(fields, name)
    if status not in results:
        raise HookUnreadable(f"Twilio's callback has the {name} {status[:40]!r}, which we do not know.")
    return results[status]


def seconds(text: str | None) -> int | None:
    """Return a duration as Twilio writes it (digits in a string), or None where it gives none."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 9 else None


def ringing(event: CallEvent, raw: Fields) -> InboundEvent:
    """Return the event under the key of the fact that a call came in."""
    return InboundEvent(f"call:{event.call_id}:ringing", event, raw)


def ended(event: CallEvent, raw: Fields) -> InboundEvent:
    """Return the event under the key of the fact that a call is over with this result."""
    return InboundEvent(f"call:{event.call_id}:ended:{event.result}", event, raw)


def leg(event: CallEvent, raw: Fields) -> InboundEvent:
    """Return the event under the key of the fact that a leg has got this far."""
    return InboundEvent(f"call:{event.call_id}:leg:{event.leg_id}:{event.result}", event, raw)


def _read_voice(_request: HookRequest, fields: Fields, now: datetime) -> InboundEvent:
    event = CallEvent(
        kind=CallEventKind.RINGING,
        call_id=_needed(fields, "CallSid"),
        at=now,
        caller=fields.get("From", ""),
        called=fields.get("To", ""),
        forwarded_from=fields.get("ForwardedFrom") or None,
        caller_name=fields.get("CallerName") or None,
        verstat=fields.get("StirVerstat") or None,
    )
    return ringing(event, fields)


def _read_call_status(request: HookRequest, fields: Fields, now: datetime) -> InboundEvent:
    result = _result(fields, "CallStatus", CALL_RESULTS)
    # A number reports only the end of a call; an operator's own wiring may report more, which says no more than this.
    if result in UNFINISHED:
        return _read_voice(request, fields, now)
    event = CallEvent(
        kind=CallEventKind.ENDED,
        call_id=_needed(fields, "CallSid"),
        at=now,
        caller=fields.get("From", ""),
        called=fields.get("To", ""),
        result=result,
        evidence_seconds=seconds(fields.get("CallDuration")),
    )
    return ended(event, fields)


def _read_dialed(_request: HookRequest, fields: Fields, now: datetime) -> InboundEvent:
    result = _result(fields, "DialCallStatus", _DIALED)
    inbound = CALL_RESULTS.get(fields.get("CallStatus", ""), CallResult.RINGING)
    event = CallEvent(
        kind=CallEventKind.DIALED,
        call_id=_needed(fields, "CallSid"),
        at=now,
        caller=fields.get("From", ""),
        called=fields.get("To", ""),
        leg_id=fields.get("DialCallSid") or None,
        result=result,
        # Twilio asks the action address also when the caller hung up: seen as canceled + a finished CallStatus.
        caller_gone=inbound not in UNFINISHED or result is CallResult.CANCELED,
        evidence_seconds=seconds(fields.get("DialCallDuration")),
    )
    return InboundEvent(f"call:{event.call_id}:dialed:{result}", event, fields)


def _read_leg(request: HookRequest, fields: Fields, now: datetime) -> InboundEvent:
    result = _result(fields, "CallStatus", CALL_RESULTS)
    # 603 Decline: the person pressed "reject". Twilio has no status of its own for that.
    if fields.get("SipResponseCode") == "603" and result not in UNFINISHED and result is not CallResult.COMPLETED:
        result = CallResult.DECLINED
    return leg(_leg_event(request, fields, now, result), fields)


def _read_whisper(request: HookRequest, fields: Fields, now: datetime) -> InboundEvent:
    return leg(_leg_event(request, fields, now, CallResult.IN_PROGRESS), fields)


def _leg_event(request: HookRequest, fields: Fields, now: datetime, result: CallResult) -> CallEvent:
    return CallEvent(
        kind=CallEventKind.LEG,
        call_id=inbound_call_id(request, fields),
        at=now,
        leg_id=_needed(fields, "CallSid"),
        result=result,
        evidence_seconds=seconds(fields.get("CallDuration")),
    )


def _read_accepted(request: HookRequest, fields: Fields, now: datetime) -> InboundEvent:
    kind = CallEventKind.ACCEPTED if fields.get("Digits") == "1" else CallEventKind.DECLINED
    leg_id = _needed(fields, "CallSid")
    event = CallEvent(kind=kind, call_id=inbound_call_id(request, fields), at=now, leg_id=leg_id)
    return InboundEvent(f"call:{event.call_id}:{kind}:{leg_id}", event, fields)


def _read_message(_request: HookRequest, fields: Fields, now: datetime) -> InboundEvent:
    message_id = _needed(fields, "MessageSid", "SmsSid")
    opt_out = fields.get("OptOutType", "").lower()
    event = MessageReceived(
        message_id=message_id,
        sender=_needed(fields, "From"),
        to=_needed(fields, "To"),
        body=fields.get("Body", ""),
        at=now,
        pictures=_pictures(fields),
        handled_by_carrier=OptKeyword(opt_out) if opt_out in set(OptKeyword) else None,
    )
    return InboundEvent(f"msg:{message_id}", event, fields)


def _pictures(fields: Fields) -> tuple[Picture, ...]:
    # The numbered fields are counted, not NumMedia: a text must not be lost over a count that does not fit.
    numbers = [name.removeprefix("MediaUrl") for name, url in fields.items() if name.startswith("MediaUrl") and url]
    ordered = sorted((number for number in numbers if seconds(number) is not None), key=int)
    return tuple(Picture(fields[f"MediaUrl{n}"], fields.get(f"MediaContentType{n}", "")) for n in ordered)


def _read_message_status(request: HookRequest, fields: Fields, now: datetime) -> InboundEvent:
    message_id = _needed(fields, "MessageSid", "SmsSid")
    status = _needed(fields, "MessageStatus", "SmsStatus")
    # A status that Twilio adds one day is refused aloud, so that its error log and ours show it.
    if status not in _DELIVERIES:
        raise HookUnreadable(f"Twilio's callback has the MessageStatus {status[:40]!r}, which we do not know.")
    event = MessageProgress(
        message_id=message_id,
        delivery=_DELIVERIES[status],
        at=now,
        error_code=fields.get("ErrorCode") or None,
        reference=_query(request).get("message") or None,
        price_millicents=_millicents(fields.get("Price")),
        price_currency=fields.get("PriceUnit", "").upper() or None,
    )
    return InboundEvent(f"msg:{message_id}:{event.delivery}", event, fields)


def _millicents(price: str | None) -> int | None:
    """Return a price of Twilio's ("-0.00750", what is taken off the account) in thousandths of a cent, rounded up."""
    if not price or not _PRICE.fullmatch(price):
        return None
    return int((abs(Decimal(price)) * 100_000).to_integral_value(ROUND_CEILING))


def _ring(
    request: HookRequest, fields: Fields, now: datetime, step: RingStep, talked: int | None = None
) -> InboundEvent:
    """Return how far a call that we asked for has come; our id of it stands in the address, which is signed."""
    reference = _query(request).get("ring")
    if not reference:
        raise HookUnreadable("Twilio's callback does not say which of our calls it is about.")
    return InboundEvent(f"ring:{reference}:{step}", RingProgress(reference, step, now, talked), fields)


def _read_staff_answered(request: HookRequest, fields: Fields, now: datetime) -> InboundEvent:
    return _ring(request, fields, now, RingStep.STAFF_ANSWERED)


def _read_staff_accepted(request: HookRequest, fields: Fields, now: datetime) -> InboundEvent:
    step = RingStep.STAFF_ACCEPTED if fields.get("Digits") == "1" else RingStep.STAFF_DECLINED
    return _ring(request, fields, now, step)


def _read_staff_status(request: HookRequest, fields: Fields, now: datetime) -> InboundEvent:
    return _ring(request, fields, now, RingStep.OVER)


def _read_contact_leg(request: HookRequest, fields: Fields, now: datetime) -> InboundEvent:
    result = _result(fields, "CallStatus", CALL_RESULTS)
    # Only "answered" is asked for; its status is the call's own word for it.
    if result is not CallResult.IN_PROGRESS:
        raise HookUnreadable(f"Twilio's callback about a contact's phone says {result}, which was not asked for.")
    return _ring(request, fields, now, RingStep.CONTACT_ANSWERED)


def _read_contact_dialed(request: HookRequest, fields: Fields, now: datetime) -> InboundEvent:
    talked = _result(fields, "DialCallStatus", _DIALED) is CallResult.COMPLETED
    return _ring(
        request, fields, now, RingStep.CONTACT_OVER, seconds(fields.get("DialCallDuration")) if talked else None
    )


_READERS: dict[str, Callable[[HookRequest, Fields, datetime], InboundEvent]] = {
    "voice": _read_voice,
    "call_status": _read_call_status,
    "dialed": _read_dialed,
    "whisper": _read_whisper,
    "accepted": _read_accepted,
    "leg": _read_leg,
    "message": _read_message,
    "message_status": _read_message_status,
    "staff_answered": _read_staff_answered,
    "staff_accepted": _read_staff_accepted,
    "staff_status": _read_staff_status,
    "contact_leg": _read_contact_leg,
    "contact_dialed": _read_contact_dialed,
}
