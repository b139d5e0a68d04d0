"""The control API: everything a test, a script or the test phone's page may do to the phone company."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from ringback.sandbox.accounts import NUMBER_SETTINGS, CompanyNumber
from ringback.sandbox.calls import Call
from ringback.sandbox.company import Company, UnknownAccount
from ringback.sandbox.faults import ANY, BadFault, Target
from ringback.sandbox.handset_actions import ACTIONS, NothingToDo
from ringback.sandbox.handset_view import view, witness
from ringback.sandbox.handsets import BadBehaviour, Handset
from ringback.sandbox.messages import Media
from ringback.sandbox.webhooks import release

Wanted = dict[str, Any]
Endpoint = Callable[[Request], Awaitable[Response]]
PREFIX = "/sandbox/api"
LONGEST_WAIT = 60.0
STATUS_OF: dict[type[Exception], int] = {
    NothingToDo: 409,
    UnknownAccount: 404,
    BadFault: 400,
    BadBehaviour: 400,
    KeyError: 400,
    AttributeError: 400,
    TypeError: 400,
    ValueError: 400,
}


def control_routes() -> list[Route]:
    """Return the routes below /sandbox/api."""
    posts: dict[str, Callable[[Company, Request, Wanted], Any]] = {
        "/reset": _reset,
        "/speed": _speed,
        "/options": _options,
        "/accounts": _account,
        "/numbers": _number,
        "/faults": _fault,
        "/webhooks/release": _release,
        "/handsets/{number}": _behave,
        "/handsets/{number}/{action}": _act,
    }
    gets: dict[str, Endpoint] = {
        "/state": _state,
        "/handsets/{number}": _handset,
        "/messages": _messages,
        "/calls": _calls,
        "/events": _events,
        "/events/stream": _stream,
        "/faults": _faults,
        "/media/{sid}": _media,
    }
    return [
        *(Route(PREFIX + path, _post(act), methods=["POST"]) for path, act in posts.items()),
        *(Route(PREFIX + path, show, methods=["GET"]) for path, show in gets.items()),
        Route(PREFIX + "/media", _upload, methods=["POST"]),
        Route(PREFIX + "/faults", _clear_faults, methods=["DELETE"]),
        Route(PREFIX + "/faults/{id:int}", _clear_faults, methods=["DELETE"]),
    ]


def _post(act: Callable[[Company, Request, Wanted], Any]) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        # A page elsewhere can post a form to this machine, but not JSON without asking first.
        if request.headers.get("content-type", "").partition(";")[0] != "application/json":
            return _error("Send application/json.", 415)
        try:
            wanted = json.loads(await request.body() or b"{}")
            return JSONResponse(act(_company(request), request, wanted))
        except tuple(STATUS_OF) as error:
            known = next(status for kind, status in STATUS_OF.items() if isinstance(error, kind))
            return _error(f"{type(error).__name__}: {error}", known)

    return endpoint


def _error(sentence: str, status: int) -> Response:
    return JSONResponse({"error": sentence}, status)


def _company(request: Request) -> Company:
    company: Company = request.app.state.company
    return company


def _reset(company: Company, request: Request, wanted: Wanted) -> Wanted:
    company.restore()
    return {"events_after": company.events.last_seq}


def _speed(company: Company, request: Request, wanted: Wanted) -> Wanted:
    speed = float(wanted["speed"])
    # At 0 every wait would last for ever.
    if speed <= 0:
        raise ValueError("The speed must be above 0.")
    company.clock.speed = speed
    return {"speed": speed}


def _options(company: Company, request: Request, wanted: Wanted) -> Wanted:
    company.set_options(wanted)
    return _option_values(company)


def _option_values(company: Company) -> Wanted:
    return {name: getattr(company.options, name) for name in company.options.__slots__}


def _account(company: Company, request: Request, wanted: Wanted) -> Wanted:
    account = company.open_account(**wanted)
    return {"sid": account.sid, "auth_token": account.auth_token, "friendly_name": account.friendly_name}


def _number(company: Company, request: Request, wanted: Wanted) -> Wanted:
    return _number_view(company.add_number(wanted))


def _number_view(number: CompanyNumber) -> Wanted:
    settings = {name: getattr(number, name) for name in NUMBER_SETTINGS.values()}
    return {
        "sid": number.sid,
        "account_sid": number.account.sid,
        "phone_number": number.phone_number,
        "advanced_opt_out": number.advanced_opt_out,
        "registration": str(number.registration),
        **settings,
    }


def _fault(company: Company, request: Request, wanted: Wanted) -> Wanted:
    target = Target(wanted.pop("target"))
    fault = company.faults.add(target, wanted.pop("on", ANY), wanted.pop("effect"), **wanted)
    company.log("fault.set", f"Fault set: {fault.effect} on {fault.on} ({fault.target})", fault=fault.id)
    return fault.as_json()


def _release(company: Company, request: Request, wanted: Wanted) -> Wanted:
    return {"released": release(company, wanted.get("order", "fifo"))}


def _behave(company: Company, request: Request, wanted: Wanted) -> Wanted:
    handset = company.set_handset({**wanted, "number": request.path_params["number"]})
    company.log("handset.changed", _habit(company, handset), handset.number)
    return view(company, handset)


def _habit(company: Company, handset: Handset) -> str:
    state = "off" if handset.behaviour.switched_off else handset.behaviour.manner.value.replace("_", " ")
    return f"{company.name_of(handset.number)}: when rung, {state}; as a text's target, {handset.behaviour.kind}"


def _act(company: Company, request: Request, wanted: Wanted) -> Wanted:
    action = ACTIONS.get(request.path_params["action"])
    if action is None:
        raise NothingToDo(f"A handset can {', '.join(ACTIONS)}.")
    return action(company, company.handset(request.path_params["number"]), wanted)


async def _state(request: Request) -> Response:
    company = _company(request)
    body = {
        "speed": company.clock.speed,
        "options": _option_values(company),
        "public_url": company.public_url,
        "accounts": [{"sid": one.sid, "friendly_name": one.friendly_name} for one in company.accounts.values()],
        "numbers": [_number_view(number) for number in company.numbers.values()],
        "handsets": [{"number": one.number, "label": one.label} for one in company.handsets.values()],
        "opt_outs": sorted(company.opt_outs),
        "last_event": company.events.last_seq,
    }
    return JSONResponse(body)


async def _handset(request: Request) -> Response:
    company = _company(request)
    return JSONResponse(view(company, company.handset(request.path_params["number"])))


async def _messages(request: Request) -> Response:
    asked = request.query_params
    found = [
        witness(message)
        for message in _company(request).messages.values()
        # The carrier's own words and the handsets' texts were not sent by the business.
        if (message.request_number is not None or asked.get("all") == "1")
        and asked.get("to") in (None, message.to)
        and asked.get("from") in (None, message.from_)
    ]
    return JSONResponse({"messages": found})


async def _calls(request: Request) -> Response:
    company = _company(request)
    return JSONResponse({"calls": [_call_facts(company, call) for call in company.calls.values()]})


def _call_facts(company: Company, call: Call) -> Wanted:
    return {
        "sid": call.sid,
        "parent_sid": call.parent.sid if call.parent else None,
        "direction": str(call.direction),
        "from": call.from_,
        "to": call.to,
        "handset": call.handset_number,
        "status": str(call.status),
        "answered": call.is_answered,
        "over": call.is_over,
        "seconds": company.clock.seconds_between(call.answered_at, call.ended_at),
        "hears": list(call.hears),
    }


async def _events(request: Request) -> Response:
    asked, company = request.query_params, _company(request)
    try:
        # A cap, so that a forgotten reader does not keep a connection for ever.
        after, wait = int(asked.get("after", "0")), min(float(asked.get("wait", "0")), LONGEST_WAIT)
    except ValueError:
        return _error("`after` and `wait` are numbers.", 400)
    events = await company.events.wait(after, wait) if wait > 0 else company.events.since(after)
    return JSONResponse({"events": [event.as_json() for event in events], "last": company.events.last_seq})


async def _stream(request: Request) -> Response:
    company = _company(request)
    seen = request.headers.get("last-event-id") or request.query_params.get("after", "0")
    after = int(seen) if seen.isdecimal() else 0
    headers = {"Cache-Control": "no-store"}
    return StreamingResponse(_lines(company, after), media_type="text/event-stream", headers=headers)


async def _lines(company: Company, after: int) -> AsyncIterator[str]:
    yield "retry: 1000\n\n"
    while not company.events.closed:
        # The pause of 15 s at most keeps proxies and browsers from giving up on a quiet line.
        events = await company.events.wait(after, 15)
        yield "".join(f"id: {event.seq}\ndata: {json.dumps(event.as_json())}\n\n" for event in events) or ": quiet\n\n"
        after = events[-1].seq if events else after


async def _faults(request: Request) -> Response:
    return JSONResponse({"faults": [fault.as_json() for fault in _company(request).faults.faults]})


async def _clear_faults(request: Request) -> Response:
    book = _company(request).faults
    if "id" not in request.path_params:
        book.faults = []
    elif not book.remove(request.path_params["id"]):
        return _error("There is no such fault.", 404)
    return JSONResponse({"faults": [fault.as_json() for fault in book.faults]})


async def _upload(request: Request) -> Response:
    content_type = request.headers.get("content-type", "")
    if not content_type.startswith(("image/", "audio/", "video/")):
        return _error("Send the picture itself, with its content type.", 415)
    company = _company(request)
    media = Media(content_type, await request.body(), company.clock.now())
    company.media[media.sid] = media
    return JSONResponse({"sid": media.sid, "url": f"{PREFIX}/media/{media.sid}"}, 201)


async def _media(request: Request) -> Response:
    media = _company(request).media.get(request.path_params["sid"])
    if media is None:
        return _error("There is no such picture.", 404)
    # Uploaded by anyone, so a browser must neither guess its type nor run it.
    headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'"}
    return Response(media.content, media_type=media.content_type, headers=headers)
