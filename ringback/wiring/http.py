"""The one HTTP client: one timeout, no redirects, an address policy, and errors that say whether anything was sent."""

import asyncio
import ssl
import zlib
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any

import httpx2

from ringback.domain.phrases import Phrase
from ringback.ports import AddressRefused, HttpRequest, HttpResponse, NoAnswer, NotSent
from ringback.wiring.addresses import AddressPolicy, IpAddress, Target, read_opened

# Raised before the first byte of the request has left.
_NOTHING_LEFT = (
    httpx2.ConnectError,
    httpx2.ConnectTimeout,
    httpx2.PoolTimeout,
    httpx2.UnsupportedProtocol,
    httpx2.InvalidURL,
)
# More than a name has addresses that are worth a try while somebody waits.
_MOST_TRIES = 3
# Somebody has pressed a button and waits.
_PATIENCE_SECONDS = 5.0
_KEPT_ALIVE = httpx2.Limits(max_connections=50, max_keepalive_connections=20)
_ALONE = httpx2.Limits(max_connections=50, max_keepalive_connections=0)


class OutgoingHttp:
    """Makes the requests that adapters describe. Close it when the process ends.

    `outside` carries those that are not trusted, and never keeps a connection: two names at one address must not share
    what was verified for one of them.
    """

    def __init__(
        self,
        transport: httpx2.AsyncBaseTransport | None = None,
        *,
        policy: AddressPolicy | None = None,
        outside: httpx2.AsyncBaseTransport | None = None,
        proxy: str | None = None,
    ) -> None:
        self._policy = policy or AddressPolicy()
        # One for both: the certificates of the whole web take megabytes.
        tls = httpx2.create_ssl_context()
        self._trusted = _client(transport, tls)
        # Without the environment: a proxy named there would resolve the name once more, and reach what we may not.
        way = outside or httpx2.AsyncHTTPTransport(verify=tls, trust_env=False, limits=_ALONE, proxy=proxy)
        self._outside = _client(way, tls)

    async def check_address(self, url: str) -> Phrase | None:
        """Return why an address would be refused, as a sentence, or None."""
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                await self._policy.check(url)
        except AddressRefused as refused:
            return refused.sentence
        except (NotSent, TimeoutError):
            # Not to be looked up just now is no reason to refuse it for ever.
            return None
        return None

    async def send(self, request: HttpRequest) -> HttpResponse:
        """Make the request; raises NotSent (certainly not processed) or NoAnswer (nobody knows)."""
        try:
            # The client's own limit is per read: an answer that drips would never end.
            async with asyncio.timeout(request.timeout_seconds):
                return await (self._ask(request) if request.trusted else self._ask_outside(request))
        except TimeoutError as error:
            raise NoAnswer(f"no whole answer within {request.timeout_seconds:g} s") from error
        except _NOTHING_LEFT as error:
            raise NotSent(f"{type(error).__name__}: {error}") from error
        except (httpx2.TransportError, httpx2.DecodingError, zlib.error) as error:
            raise NoAnswer(f"{type(error).__name__}: {error}") from error

    async def _ask(self, request: HttpRequest) -> HttpResponse:
        return await _exchange(request, _stream(self._trusted, request, request.url, dict(request.headers)))

    async def _ask_outside(self, request: HttpRequest) -> HttpResponse:
        target = await self._policy.check(request.url)
        *first, last = target.addresses[:_MOST_TRIES]
        for address in first:
            try:
                return await self._ask_at(request, target, address)
            except (httpx2.ConnectError, httpx2.ConnectTimeout):
                continue
        return await self._ask_at(request, target, last)

    async def _ask_at(self, request: HttpRequest, target: Target, address: IpAddress) -> HttpResponse:
        """Speak to the host at this very address: no second look-up, and TLS still asks for the host's own name."""
        headers = {**request.headers, "host": target.host_header}
        extensions = {"sni_hostname": target.host}
        return await _exchange(request, _stream(self._outside, request, target.url_at(address), headers, extensions))

    async def close(self) -> None:
        """Close all connections."""
        await self._trusted.aclose()
        await self._outside.aclose()


def _client(transport: httpx2.AsyncBaseTransport | None, tls: ssl.SSLContext) -> httpx2.AsyncClient:
    return httpx2.AsyncClient(
        transport=transport,
        verify=tls,
        # A redirect could carry credentials to another host, or a request into our own network.
        follow_redirects=False,
        limits=_KEPT_ALIVE,
        # What one company's answer sets must never go along to another, nor to another business's account there.
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
        headers={"user-agent": "Ringback/0.1", "accept-encoding": "gzip"},
    )


def _stream(
    client: httpx2.AsyncClient,
    request: HttpRequest,
    url: str,
    headers: Mapping[str, str],
    extensions: dict[str, Any] | None = None,
) -> AbstractAsyncContextManager[httpx2.Response]:
    form: dict[str, list[str]] = {}
    for name, value in request.form:
        form.setdefault(name, []).append(value)
    return client.stream(
        request.method,
        url,
        data=form or None,
        content=request.body or None,
        headers=headers,
        auth=request.auth,
        timeout=request.timeout_seconds,
        extensions=extensions,
    )


async def _exchange(request: HttpRequest, stream: AbstractAsyncContextManager[httpx2.Response]) -> HttpResponse:
    async with stream as response:
        body = await _read(response, request.most_bytes, request.rest_matters)
        return HttpResponse(response.status_code, body, dict(response.headers))


async def _read(response: httpx2.Response, most: int, rest_matters: bool) -> bytes:
    """Return the body. Never more than `most` bytes are unpacked: a small answer can be gigabytes once unpacked."""
    coding = response.headers.get("content-encoding", "identity").strip().lower()
    if coding not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise NoAnswer("The answer is packed in a way that we did not ask for.")
    # 47: the largest window, and whether it is gzip or zlib is seen from its beginning.
    unpacker = zlib.decompressobj(47) if coding not in ("", "identity") else None
    body = bytearray()
    async for piece in response.aiter_raw():
        body += unpacker.decompress(piece, most + 1 - len(body)) if unpacker else piece
        if len(body) > most:
            if rest_matters:
                raise NoAnswer(f"The answer was larger than {most // (1024 * 1024)} MB.")
            break
    return bytes(body[:most])


def open_http(allowed_hosts: str, proxy: str | None) -> OutgoingHttp:
    """Return the client of a process; raises ValueError where a setting is none."""
    return OutgoingHttp(policy=AddressPolicy(read_opened(allowed_hosts)), proxy=proxy)
