"""Twilio's REST API, version 2010-04-01: command -> request, answer -> value. Nothing here does I/O."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from ringback.domain.calls import CallEvent, CallEventKind, CallResult
from ringback.domain.errors import ProviderError, ProviderErrorKind
from ringback.ports import (
    Accepted,
    FoundText,
    HookUnreadable,
    HttpRequest,
    HttpResponse,
    InboundEvent,
    LineAddress,
    Rejected,
    SendResult,
    SendText,
    TryLater,
    Uncertain,
)
from ringback.providers.twilio import hooks
from ringback.providers.twilio.connection import Connection, given_url
from ringback.providers.twilio.errors import refusal

LONGEST_VALIDITY_SECONDS = 36000
BUSY_SECONDS = 2.0
# The largest page Twilio gives; later pages are not followed: no line has a thousand calls between two polls.
PAGE_SIZE = "1000"


def send_request(connection: Connection, address: LineAddress, text: SendText) -> HttpRequest:
    """Return the POST that hands a text over. Twilio has no idempotency key: it must never be made twice."""
    form = [("To", text.to), ("From", text.sender)]
    if connection.messaging_service_sid:
        # Both: the service's opt-out and registration apply, and the text still comes from the line that was rung.
        form.append(("MessagingServiceSid", connection.messaging_service_sid))
    form.append(("Body", text.body))
    status_url = given_url(address, "message_status", urlencode({"message": text.reference}))
    form.append(("StatusCallback", status_url))
    if text.valid_seconds is not None:
        form.append(("ValidityPeriod", str(min(max(text.valid_seconds, 1), LONGEST_VALIDITY_SECONDS))))
    return HttpRequest("POST", connection.resource("Messages.json"), tuple(form), auth=connection.auth, trusted=True)


def read_sent(response: HttpResponse) -> SendResult:
    """Return what the answer to `send_request` means; whatever is not clearly yes or no is Uncertain."""
    answer = json_object(response.body)
    if response.status in (200, 201):
        sid = answer.get("sid")
        return Accepted(sid) if isinstance(sid, str) and sid else Uncertain("Twilio's answer names no message.")
    # 408 is in the refusing range, yet only says that somebody on the way lost patience.
    if not 400 <= response.status < 500 or response.status == 408:
        return Uncertain(f"Twilio answered with HTTP status {response.status}.")
    error = _refusal(response)
    if response.status == 429 or error.kind in (ProviderErrorKind.THROTTLED, ProviderErrorKind.PROVIDER_DOWN):
        return TryLater(error, _retry_after(response))
    return Rejected(error)


def refused(response: HttpResponse) -> ProviderError:
    """Return why an answer to a question is none: Twilio's trouble, or what it says against the question."""
    if not 400 <= response.status < 500:
        return ProviderError(ProviderErrorKind.PROVIDER_DOWN, f"http {response.status}")
    return _refusal(response)


def _refusal(response: HttpResponse) -> ProviderError:
    answer = json_object(response.body)
    return refusal(response.status, str(answer.get("code") or ""), str(answer.get("message") or ""))


def _retry_after(response: HttpResponse) -> float:
    return float(hooks.seconds(_header(response, "retry-after")) or BUSY_SECONDS)


def find_request(connection: Connection, to: str, sender: str) -> HttpRequest:
    """Return the request that lists the newest texts from `sender` to `to`, whatever their age."""
    # No DateSent filter: a text still queued has no date_sent, and no page says that the filter keeps it.
    return get_request(connection, "Messages.json", To=to, From=sender, PageSize=PAGE_SIZE)


def read_found(response: HttpResponse) -> tuple[FoundText, ...] | None:
    """Return the outgoing texts listed, newest first by their creation, or None where the answer is no list."""
    items = listed(response, "messages")
    if items is None:
        return None
    found = [_found(item) for item in items if str(item.get("direction", "")).startswith("outbound")]
    whole = [text for text in found if text is not None]
    return tuple(sorted(whole, key=lambda text: text.at, reverse=True)) if len(whole) == len(found) else None


def _found(item: Mapping[str, Any]) -> FoundText | None:
    sid, at = item.get("sid"), _instant(item.get("date_created"))
    if not isinstance(sid, str) or at is None:
        return None
    return FoundText(sid, str(item.get("to") or ""), str(item.get("body") or ""), at)


def calls_request(connection: Connection, number: str, since: datetime) -> HttpRequest:
    """Return the request that lists calls to `number`. Twilio may round `since` down to its UTC day."""
    start = since.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return get_request(connection, "Calls.json", **{"To": number, "StartTime>": start, "PageSize": PAGE_SIZE})


def legs_request(connection: Connection, call_id: str) -> HttpRequest:
    """Return the request that lists the legs that a call's Dial made."""
    return get_request(connection, "Calls.json", ParentCallSid=call_id, PageSize=PAGE_SIZE)


def read_calls(response: HttpResponse, now: datetime) -> tuple[InboundEvent, ...] | None:
    """Return the events that the calls or legs listed amount to, or None where the answer is no list."""
    items = listed(response, "calls")
    if items is None or not all(isinstance(item.get("sid"), str) for item in items):
        return None
    shift = _clock_shift(response, now)
    return tuple(event for item in items for event in _call_events(item, now, shift))


def _clock_shift(response: HttpResponse, now: datetime) -> timedelta:
    """Return how far our clock is ahead of Twilio's, by the Date of its answer; a moved or wrong clock of ours then
    still dates a polled call as long ago as it really was."""
    date = _instant(_header(response, "date"))
    return now - date if date else timedelta(0)


def _call_events(item: Mapping[str, Any], now: datetime, shift: timedelta) -> tuple[InboundEvent, ...]:
    # A status we do not know counts as not over: the next poll asks again.
    result = hooks.CALL_RESULTS.get(str(item.get("status")), CallResult.RINGING)
    began_at, ended_at = _instant(item.get("start_time") or item.get("date_created")), _instant(item.get("end_time"))
    began_at = began_at + shift if began_at else now
    ended_at = ended_at + shift if ended_at else now
    match item.get("direction"):
        case "inbound":
            return _inbound_events(item, result, began_at, ended_at)
        case "outbound-dial" if item.get("parent_call_sid"):
            return (_leg_event(item, result, began_at if result in hooks.UNFINISHED else ended_at),)
        case _:
            return ()


def _inbound_events(
    item: Mapping[str, Any], result: CallResult, began_at: datetime, ended_at: datetime
) -> tuple[InboundEvent, ...]:
    caller, called = str(item.get("from") or ""), str(item.get("to") or "")
    began = CallEvent(
        CallEventKind.RINGING,
        item["sid"],
        began_at,
        caller,
        called,
        forwarded_from=item.get("forwarded_from") or None,
        caller_name=item.get("caller_name") or None,
    )
    if result in hooks.UNFINISHED:
        return (hooks.ringing(began, _raw(item)),)
    lasted = hooks.seconds(item.get("duration"))
    over = CallEvent(CallEventKind.ENDED, item["sid"], ended_at, caller, called, result=result, evidence_seconds=lasted)
    return hooks.ringing(began, _raw(item)), hooks.ended(over, _raw(item))


def _leg_event(item: Mapping[str, Any], result: CallResult, at: datetime) -> InboundEvent:
    lasted = hooks.seconds(item.get("duration"))
    event = CallEvent(
        CallEventKind.LEG, item["parent_call_sid"], at, leg_id=item["sid"], result=result, evidence_seconds=lasted
    )
    return hooks.leg(event, _raw(item))


def _raw(item: Mapping[str, Any]) -> dict[str, str]:
    return {name: value for name, value in item.items() if isinstance(value, str)}


def picture_request(connection: Connection, url: str) -> HttpRequest:
    """Return the request that fetches a picture. Twilio answers with a redirect to its storage, which must be
    followed without the credentials; raises HookUnreadable for an address that is not Twilio's."""
    # A plain form first: two URL parsers then cannot disagree on which host gets our credentials.
    if not re.fullmatch(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?/[!-~]*", url) or "\\" in url:
        raise HookUnreadable("The picture's address is no plain web address.")
    parts, ours = urlsplit(url), urlsplit(connection.api_url)
    at_api = (parts.scheme, parts.netloc.lower()) == (ours.scheme, ours.netloc.lower())
    at_twilio = parts.scheme == "https" and parts.netloc.lower().endswith(".twilio.com")
    if not (at_api or at_twilio):
        raise HookUnreadable("The picture's address is not at Twilio.")
    # Our own account's address was set by the operator; any other came with the text.
    return HttpRequest("GET", url, auth=connection.auth, trusted=at_api)


def get_request(connection: Connection, path: str, **query: str) -> HttpRequest:
    """Return the request that reads a resource of the account."""
    return HttpRequest("GET", f"{connection.resource(path)}?{urlencode(query)}", auth=connection.auth, trusted=True)


def listed(response: HttpResponse, name: str) -> list[dict[str, Any]] | None:
    """Return the resources listed in an answer under `name`, or None where it is no such list."""
    items = json_object(response.body).get(name) if response.status == 200 else None
    return items if isinstance(items, list) and all(isinstance(item, dict) for item in items) else None


def json_object(body: bytes) -> dict[str, Any]:
    """Return the JSON object of an answer, empty where it is none."""
    try:
        answer = json.loads(body)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


def _header(response: HttpResponse, wanted: str) -> str | None:
    return next((value for name, value in response.headers.items() if name.lower() == wanted), None)


def _instant(text: object) -> datetime | None:
    """Return an RFC 2822 date as an aware UTC datetime, or None."""
    if not isinstance(text, str):
        return None
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
