"""The gate before everything: whom a request may name as its host, which methods there are, how much and how slowly."""

import asyncio
import time
from collections.abc import Mapping
from http import HTTPStatus
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import structlog
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = structlog.get_logger()

# The page of an import reads a file that is too large to its end, to say so; nothing else comes near this.
LARGEST_BODY_BYTES = 64 * 1024 * 1024
LONGEST_ADDRESS_BYTES = 8 * 1024
# A form is there in a second, 5 MB from a phone at the edge of the network in two minutes.
BODY_SECONDS, UPLOAD_SECONDS = 30.0, 150.0
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
# Monitors and phone companies come by whatever name they were given; what they get depends on no name.
_ANY_HOST = ("/healthz", "/readyz", "/metrics", "/hooks/")
# Refusals that whoever looks for an intruder wants to see, with where they came from.
_TOLD = frozenset({401, 403, 405, 408, 413, 414, 421, 429})


class TooSlow(Exception):
    """The body did not come within its time."""


class TooLarge(Exception):
    """More came than anything of ours takes."""


class Gate:
    """ASGI middleware that lets in what a request of a browser, a program or a phone company can look like."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a request, or pass it on with a limit on its body."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        answer = _Answer(scope, send)
        refusal = refusal_of(scope)
        if refusal is not None:
            await answer.refuse(refusal)
            return
        body = _LimitedBody(receive, UPLOAD_SECONDS if _is_upload(scope) else BODY_SECONDS)
        try:
            await self.app(scope, body.receive, answer.send)
        except TooSlow:
            await answer.refuse(HTTPStatus.REQUEST_TIMEOUT)
        except TooLarge:
            await answer.refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def refusal_of(scope: Mapping[str, Any]) -> HTTPStatus | None:
    """Return the status with which a request is refused for its head alone, or None."""
    headers = Headers(raw=scope["headers"])
    if scope["method"] not in METHODS:
        return HTTPStatus.METHOD_NOT_ALLOWED
    if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > LONGEST_ADDRESS_BYTES:
        return HTTPStatus.REQUEST_URI_TOO_LONG
    if not scope["path"].startswith(_ANY_HOST) and not _is_own_host(headers, scope):
        return HTTPStatus.MISDIRECTED_REQUEST
    length = headers.get("content-length", "0")
    if not length.isdigit() or len(length) > 18:
        return HTTPStatus.BAD_REQUEST
    return HTTPStatus.REQUEST_ENTITY_TOO_LARGE if int(length) > LARGEST_BODY_BYTES else None


def _is_own_host(headers: Headers, scope: Mapping[str, Any]) -> bool:
    """A name that somebody else points at us (DNS rebinding) is none of ours; X-Forwarded-Host is never read."""
    named = headers.getlist("host")
    if len(named) != 1:
        return False
    public = urlsplit(scope["app"].state.context.public_url)
    name = _name_of(named[0])
    if named[0] == public.netloc or (name and name == public.hostname):
        return True
    # By its number, only this machine itself, or the address at which the request arrived.
    arrived_at = (scope.get("server") or ("", None))[0]
    return name == "localhost" or (_is_number(name) and (ip_address(name).is_loopback or name == arrived_at))


def _name_of(host: str) -> str:
    try:
        parts = urlsplit(f"//{host}")
        # Read, because it is the port that raises where it is none.
        return "" if parts.port == 0 or parts.username is not None or parts.path else parts.hostname or ""
    except ValueError:
        return ""


def _is_number(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _is_upload(scope: Mapping[str, Any]) -> bool:
    return Headers(raw=scope["headers"]).get("content-type", "").startswith("multipart/form-data")


class _LimitedBody:
    """The body as it arrives, for so long and so much of it."""

    def __init__(self, receive: Receive, seconds: float) -> None:
        self._receive, self._until = receive, time.monotonic() + seconds
        self._bytes, self._is_whole = 0, False

    async def receive(self) -> Message:
        """Return what comes next; raises TooSlow or TooLarge."""
        # After the body one waits here for the client to leave, and a live page may stay all day.
        if self._is_whole:
            return await self._receive()
        try:
            async with asyncio.timeout(max(self._until - time.monotonic(), 0.0)):
                message = await self._receive()
        except TimeoutError:
            raise TooSlow from None
        self._bytes += len(message.get("body", b""))
        if self._bytes > LARGEST_BODY_BYTES:
            raise TooLarge
        self._is_whole = not message.get("more_body", False)
        return message


class _Answer:
    """What goes back, and a line in the log where it is a refusal."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._scope, self._send, self._started = scope, send, False

    async def send(self, message: Message) -> None:
        """Pass an answer on."""
        if message["type"] == "http.response.start":
            self._started = True
            if message["status"] in _TOLD:
                _tell(self._scope, message["status"])
        await self._send(message)

    async def refuse(self, status: HTTPStatus) -> None:
        """Answer with a sentence, and end the connection: what is left of the body is nobody's."""
        if self._started:
            return
        headers = {"connection": "close", "cache-control": "no-store"}
        if status == HTTPStatus.METHOD_NOT_ALLOWED:
            headers["allow"] = ", ".join(METHODS)
        response = PlainTextResponse(f"{status.phrase}.\n", status, headers)
        await response(self._scope, _nothing, self.send)


def _tell(scope: Mapping[str, Any], status: int) -> None:
    client = scope.get("client") or ("unknown", 0)
    # The first two parts name the area; further on there may be the key of a link.
    area = "/".join(scope["path"].split("/")[:3])[:80]
    log.warning("request_refused", status=status, method=scope["method"][:10], area=area, address=client[0])


async def _nothing() -> Message:
    return {"type": "http.disconnect"}
