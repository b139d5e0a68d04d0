"""The Calls resource."""

from typing import Any

from starlette.responses import JSONResponse, Response

from ringback.sandbox.api.asking import ROOT, ApiError, Ask, Period, not_found, page_of
from ringback.sandbox.calls import Call, CallStatus, Direction, StatusHook
from ringback.sandbox.carrier import E164
from ringback.sandbox.clock import Clock, rfc2822
from ringback.sandbox.interpreter import Fetch, Inline, Step, place_outbound
from ringback.sandbox.switchboard import end, register
from ringback.sandbox.webhooks import HookKind


def shown(call: Call, clock: Clock) -> dict[str, Any]:
    """Return a call as the API shows it."""
    uri = f"{ROOT}/{call.account.sid}/Calls/{call.sid}"
    return {
        "sid": call.sid,
        "account_sid": call.account.sid,
        "parent_call_sid": call.parent.sid if call.parent else None,
        "from": call.from_,
        "from_formatted": call.from_,
        "to": call.to,
        "to_formatted": call.to,
        "phone_number_sid": call.line.sid if call.line else None,
        "status": str(call.status),
        "direction": str(call.direction),
        "start_time": rfc2822(call.created_at),
        "end_time": rfc2822(call.ended_at),
        "duration": str(clock.seconds_between(call.answered_at, call.ended_at)) if call.is_over else None,
        "date_created": rfc2822(call.created_at),
        "date_updated": rfc2822(call.updated_at or call.created_at),
        "forwarded_from": call.forwarded_from or None,
        "caller_name": call.caller_name or None,
        "answered_by": None,
        "group_sid": None,
        "trunk_sid": None,
        "queue_time": "0",
        "price": None,
        "price_unit": "USD",
        "api_version": "2010-04-01",
        "uri": uri + ".json",
        "subresource_uris": {"recordings": uri + "/Recordings.json"},
    }


def create(ask: Ask) -> Response:
    """Ring a handset and run a document when it answers."""
    _check_parties(ask)
    call = Call(
        ask.account,
        Direction.API,
        ask.get("From"),
        ask.get("To"),
        ask.get("To"),
        ask.company.clock.now(),
        line=ask.company.numbers.get(ask.get("From")),
        status_hook=_status_hook(ask),
    )
    step = _step(ask)
    if step is None:
        raise ApiError(400, 21205, "A Url or Twiml is required.")
    register(ask.company, call)
    # The answer shows the call as queued: ringing starts after the API has answered.
    ask.company.start(place_outbound(ask.company, call, step, _seconds(ask, "Timeout", 60)))
    return JSONResponse(shown(call, ask.company.clock), 201)


def _check_parties(ask: Ask) -> None:
    line = ask.company.numbers.get(ask.get("From"))
    if not ask.get("To"):
        raise ApiError(400, 21201, "No 'To' number is specified")
    if not ask.get("From"):
        raise ApiError(400, 21213, "No 'From' number is specified")
    if not E164.fullmatch(ask.get("To")):
        raise ApiError(400, 21211, f"Invalid 'To' Phone Number: {ask.get('To')}")
    if line is None or line.account is not ask.account:
        raise ApiError(400, 21210, f"The source phone number {ask.get('From')} is not yours.")


def _status_hook(ask: Ask) -> StatusHook | None:
    url = ask.get("StatusCallback")
    # A repeated parameter, unlike the space-separated attribute of <Number>.
    events = frozenset(ask.all("StatusCallbackEvent")) or frozenset({"completed"})
    return StatusHook(url, ask.get("StatusCallbackMethod", "POST"), events) if url else None


def _step(ask: Ask) -> Step | None:
    if ask.get("Twiml"):
        return Inline(ask.get("Twiml"))
    if not ask.get("Url"):
        return None
    spare = (ask.get("FallbackUrl"), ask.get("FallbackMethod", "POST"))
    return Fetch(HookKind.VOICE, ask.get("Url"), ask.get("Method", "POST"), {}, *spare)


def _seconds(ask: Ask, name: str, default: float) -> float:
    text = ask.get(name)
    if text and not text.isdecimal():
        raise ApiError(400, 20001, f"{name} must be a whole number of seconds")
    return float(text) if text else default


def listed(ask: Ask) -> Response:
    """List calls and their legs, newest first, filtered by party, parent, status and time."""
    started, ended = Period.read(ask, "StartTime"), Period.read(ask, "EndTime")
    found = [
        call
        for call in reversed(ask.company.calls.values())
        if _matches(ask, call) and started.holds(call.created_at) and ended.holds(call.ended_at)
    ]
    return page_of(ask, "calls", found, lambda call: shown(call, ask.company.clock))


def _matches(ask: Ask, call: Call) -> bool:
    return (
        call.account is ask.account
        and ask.get("To") in ("", call.to)
        and ask.get("From") in ("", call.from_)
        and ask.get("Status") in ("", call.status)
        and ask.get("ParentCallSid") in ("", call.parent.sid if call.parent else None)
    )


def find(ask: Ask) -> Call:
    """Return the call the path names; raise a 404 for another account's."""
    call = ask.company.calls.get(ask.sid)
    if call is None or call.account is not ask.account:
        raise not_found(ask.path)
    return call


def fetch(ask: Ask) -> Response:
    """Show one call."""
    return JSONResponse(shown(find(ask), ask.company.clock))


def change(ask: Ask) -> Response:
    """End a running call (`Status`), or give it another document (`Url`, `Twiml`)."""
    # One request may ask for either; `Status` wins, as the stronger wish.
    call, status, step = find(ask), ask.get("Status"), _step(ask)
    if call.is_over:
        raise ApiError(400, 21220, "Call is not in-progress. Cannot redirect.")
    if status not in ("", "completed", "canceled"):
        raise ApiError(400, 20001, "Status can be completed or canceled")
    if status == "completed" or (status == "canceled" and not call.is_answered):
        end(ask.company, call, CallStatus.COMPLETED if call.is_answered else CallStatus.CANCELED, 487)
    elif step is not None:
        call.next_document = step
        call.cut.set()
    return JSONResponse(shown(call, ask.company.clock))


def delete(ask: Ask) -> Response:
    """Forget a call that is over."""
    call = find(ask)
    if not call.is_over:
        raise ApiError(409, 20009, "A running call cannot be deleted")
    del ask.company.calls[call.sid]
    return Response(status_code=204)
