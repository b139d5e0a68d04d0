"""The way into the REST API: authentication, unknown parameters, faults, then the resource."""

import asyncio
import base64
import binascii
import hmac
import socket
import struct
from collections.abc import Awaitable, Callable
from email.utils import format_datetime
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ringback.sandbox.accounts import Account
from ringback.sandbox.api import calls, compliance, lookups, messages, numbers, recordings
from ringback.sandbox.api.asking import ROOT, ApiError, Ask, check_known, not_found
from ringback.sandbox.company import Company
from ringback.sandbox.faults import Fault, Target

TRANSPORT = "ringback.sandbox.transport"
Handler = Callable[[Ask], Response]
PAGING = "PageSize Page PageToken"
HOOKS = (
    "ApiVersion FriendlyName SmsApplicationSid SmsFallbackMethod SmsFallbackUrl SmsMethod SmsUrl StatusCallback "
    "StatusCallbackMethod VoiceApplicationSid VoiceCallerIdLookup VoiceFallbackMethod VoiceFallbackUrl VoiceMethod "
    "VoiceUrl EmergencyStatus EmergencyAddressSid TrunkSid VoiceReceiveMode IdentitySid AddressSid BundleSid"
)
MESSAGE = (
    "To From Body MediaUrl StatusCallback ApplicationSid MaxPrice ProvideFeedback Attempt ValidityPeriod "
    "ForceDelivery ContentRetention AddressRetention SmartEncoded PersistentAction TrafficType ShortenUrls "
    "ScheduleType SendAt SendAsMms ContentVariables RiskCheck FallbackFrom MessagingServiceSid ContentSid"
)
CALL = (
    "To From Url Twiml ApplicationSid Method FallbackUrl FallbackMethod StatusCallback StatusCallbackEvent "
    "StatusCallbackMethod SendDigits Timeout Record RecordingChannels RecordingStatusCallback "
    "RecordingStatusCallbackMethod RecordingStatusCallbackEvent RecordingTrack SipAuthUsername SipAuthPassword "
    "MachineDetection MachineDetectionTimeout MachineDetectionSpeechThreshold MachineDetectionSpeechEndThreshold "
    "MachineDetectionSilenceTimeout AsyncAmd AsyncAmdStatusCallback AsyncAmdStatusCallbackMethod Trim CallerId "
    "Byoc CallReason CallToken TimeLimit ClientNotificationUrl"
)
# (path below the account, method, resource for faults, the vendor's parameter names, handler)
# The lists let a misspelt parameter fail; a test compares them with the vendor's own description.
RESOURCES: tuple[tuple[str, str, str, str, Handler], ...] = (
    (".json", "GET", "account", "", numbers.account),
    ("/Messages.json", "GET", "messages", "To From DateSent DateSent< DateSent> " + PAGING, messages.listed),
    (
        "/Messages.json",
        "POST",
        "messages",
        MESSAGE,
        messages.create,
    ),
    ("/Messages/{sid}.json", "GET", "messages", "", messages.fetch),
    ("/Messages/{sid}.json", "POST", "messages", "Body Status", messages.change),
    ("/Messages/{sid}.json", "DELETE", "messages", "", messages.delete),
    (
        "/Messages/{sid}/Media.json",
        "GET",
        "media",
        "DateCreated DateCreated< DateCreated> " + PAGING,
        messages.media_listed,
    ),
    (
        "/Calls.json",
        "GET",
        "calls",
        "To From ParentCallSid Status StartTime StartTime< StartTime> EndTime EndTime< EndTime> " + PAGING,
        calls.listed,
    ),
    (
        "/Calls.json",
        "POST",
        "calls",
        CALL,
        calls.create,
    ),
    ("/Calls/{sid}.json", "GET", "calls", "", calls.fetch),
    (
        "/Calls/{sid}.json",
        "POST",
        "calls",
        "Url Method Status FallbackUrl FallbackMethod StatusCallback StatusCallbackMethod Twiml TimeLimit",
        calls.change,
    ),
    ("/Calls/{sid}.json", "DELETE", "calls", "", calls.delete),
    (
        "/IncomingPhoneNumbers.json",
        "GET",
        "numbers",
        "Beta FriendlyName PhoneNumber Origin " + PAGING,
        numbers.listed,
    ),
    ("/IncomingPhoneNumbers.json", "POST", "numbers", f"PhoneNumber AreaCode {HOOKS}", numbers.create),
    ("/IncomingPhoneNumbers/{sid}.json", "GET", "numbers", "", numbers.fetch),
    ("/IncomingPhoneNumbers/{sid}.json", "POST", "numbers", f"AccountSid {HOOKS}", numbers.change),
    ("/IncomingPhoneNumbers/{sid}.json", "DELETE", "numbers", "", numbers.delete),
    ("/Recordings/{sid}.json", "GET", "recordings", "IncludeSoftDeleted", recordings.fetch),
    ("/Recordings/{sid}.json", "DELETE", "recordings", "", recordings.delete),
)


# Of the messaging API, which has no account in its path.
MESSAGING: tuple[tuple[str, str, Handler], ...] = (
    ("/v1/Services", PAGING, compliance.services),
    ("/v1/Services/{sid}/PhoneNumbers", PAGING, compliance.service_numbers),
    ("/v1/Services/{sid}/Compliance/Usa2p", PAGING, compliance.campaigns),
    (
        "/v1/Tollfree/Verifications",
        f"TollfreePhoneNumberSid Status ExternalReferenceId IncludeSubAccounts TrustProductSid {PAGING}",
        compliance.verifications,
    ),
)


def api_routes() -> list[Route]:
    """Return the routes of the REST API."""
    made = [
        Route(f"{ROOT}/{{account}}{path}", _endpoint(resource, frozenset(known.split()), handler), methods=[method])
        for path, method, resource, known, handler in RESOURCES
    ]
    media = f"{ROOT}/{{account}}/Messages/{{sid}}/Media/{{media}}"
    play = _endpoint("recordings", frozenset(), recordings.sound)
    sounds = [Route(f"{ROOT}/{{account}}/Recordings/{{sid}}{ending}", play) for ending in (".wav", ".mp3", "")]
    asked = [
        Route(path, _endpoint("compliance", frozenset(known.split()), handler)) for path, known, handler in MESSAGING
    ]
    lookup = Route(lookups.PATH, _endpoint("lookups", frozenset(lookups.KNOWN.split()), lookups.fetch))
    # The vendor answers the bare address with the picture or sound, and `.json` with its description.
    return [lookup, *made, *asked, Route(f"{media}.json", _media_shown), Route(media, _media), *sounds]


def _endpoint(resource: str, known: frozenset[str], handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        company: Company = request.app.state.company
        try:
            ask = await _read(request, company)
            check_known(ask.params, known)
            response = await _with_faults(request, resource, ask, handler)
        except ApiError as error:
            response = error.response()
        # A client may read from this how far its clock and ours are apart.
        response.headers["Date"] = format_datetime(company.clock.now(), usegmt=True)
        _log(request, response)
        return response

    return endpoint


async def _read(request: Request, company: Company) -> Ask:
    account = _authenticate(request, company)
    params = parse_qsl(request.url.query, keep_blank_values=True)
    if request.method == "POST":
        try:
            params = parse_qsl((await request.body()).decode(), keep_blank_values=True)
        except UnicodeDecodeError as error:
            raise ApiError(400, 20001, "The request body is not UTF-8") from error
    sid = request.path_params.get("sid", "")
    return Ask(company, account, next(company.request_numbers), sid, tuple(params), request.url.path)


def _authenticate(request: Request, company: Company) -> Account:
    user, _, password = _basic(request.headers.get("authorization", "")).partition(":")
    account = company.accounts.get(user)
    # In constant time, as any check of a secret should be written, even here.
    if account is None or not hmac.compare_digest(account.auth_token.encode(), password.encode()):
        raise ApiError(401, 20003, "Authenticate")
    # Another customer's account is as good as absent.
    if request.path_params.get("account", account.sid) != account.sid:
        raise not_found(request.url.path)
    return account


def _basic(header: str) -> str:
    scheme, _, encoded = header.partition(" ")
    try:
        return base64.b64decode(encoded).decode() if scheme.lower() == "basic" else ""
    except (binascii.Error, UnicodeDecodeError):
        return ""


async def _with_faults(request: Request, resource: str, ask: Ask, handler: Handler) -> Response:
    params = {"method": request.method, **dict(ask.params)}
    faults = {fault.effect: fault for fault in ask.company.faults.draw(Target.REST, resource, params)}
    for fault in faults.values():
        ask.company.log("rest.fault", f"{request.method} {resource}: {fault.effect}, on purpose", fault=fault.id)
    await _before(request, faults)
    # Between `before` and `after` lies the moment the request is accepted.
    response = handler(ask)
    await _after(request, faults)
    return response


async def _before(request: Request, faults: dict[str, Fault]) -> None:
    if "latency" in faults:
        await asyncio.sleep(faults["latency"].seconds)
    if "429" in faults:
        raise ApiError(429, 20429, "Too Many Requests")
    if "500_before" in faults:
        raise ApiError(500, 20500, "Internal Server Error")
    if "hang_before" in faults:
        await asyncio.sleep(faults["hang_before"].seconds)
        raise ApiError(503, 20503, "Service Unavailable")
    if "reset_before" in faults:
        await _reset(request)


async def _after(request: Request, faults: dict[str, Fault]) -> None:
    if "hang_after" in faults:
        await asyncio.sleep(faults["hang_after"].seconds)
    if "500_after" in faults:
        raise ApiError(500, 20500, "Internal Server Error")
    if "reset_after" in faults:
        await _reset(request)


async def _reset(request: Request) -> None:
    transport = request.scope.get("extensions", {}).get(TRANSPORT)
    if transport is None:
        raise ApiError(500, 20500, "Connections can be reset only under `ringback sandbox`")
    # Linger 0 makes the kernel send RST instead of an orderly FIN.
    wire = transport.get_extra_info("socket")
    wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    # Give the loop a turn to notice, then leave by an error nobody will receive.
    transport.abort()
    await asyncio.sleep(0.01)
    raise ApiError(500, 20500, "The connection was reset")


def _log(request: Request, response: Response) -> None:
    company: Company = request.app.state.company
    name = request.url.path.removeprefix(ROOT).partition("/")[2].partition("/")[2] or "account"
    text = f"The business asked: {request.method} {name.removesuffix('.json')} → {response.status_code}"
    company.log("rest.request", text, path=request.url.path, method=request.method, status=response.status_code)


async def _media_shown(request: Request) -> Response:
    return await _endpoint("media", frozenset(), lambda ask: _find_media(request, ask, described=True))(request)


async def _media(request: Request) -> Response:
    company: Company = request.app.state.company
    if not company.options.media_auth and request.path_params["media"] in company.media:
        return messages.media_content(company.public_url, company.media[request.path_params["media"]])
    return await _endpoint("media", frozenset(), lambda ask: _find_media(request, ask, described=False))(request)


def _find_media(request: Request, ask: Ask, described: bool) -> Response:
    message = messages.find(ask)
    for media in message.media:
        if media.sid == request.path_params["media"]:
            return messages.media_response(ask.company.public_url, message, media, described)
    raise not_found(ask.path)
