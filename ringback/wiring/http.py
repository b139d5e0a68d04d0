"""The one HTTP client for all providers: one timeout, no redirects, and errors that say whether anything was sent."""

import asyncio

import httpx2

from ringback.ports import HttpRequest, HttpResponse, NoAnswer, NotSent

# Raised before the first byte of the request has left.
_NOTHING_LEFT = (
    httpx2.ConnectError,
    httpx2.ConnectTimeout,
    httpx2.PoolTimeout,
    httpx2.UnsupportedProtocol,
    httpx2.InvalidURL,
)
_LARGEST_ANSWER_BYTES = 16 * 1024 * 1024


class OutgoingHttp:
    """Makes the requests that adapters describe. Close it when the process ends."""

    def __init__(self, transport: httpx2.AsyncBaseTransport | None = None) -> None:
        self._client = httpx2.AsyncClient(
            transport=transport,
            # A redirect could carry credentials to another host, or a request into our own network.
            follow_redirects=False,
            limits=httpx2.Limits(max_connections=50, max_keepalive_connections=20),
            headers={"user-agent": "Ringback/0.1"},
        )

    async def send(self, request: HttpRequest) -> HttpResponse:
        """Make the request; raises NotSent (certainly not processed) or NoAnswer (nobody knows)."""
        form: dict[str, list[str]] = {}
        for name, value in request.form:
            form.setdefault(name, []).append(value)
        try:
            # The client's own limit is per read: an answer that drips would never end.
            async with asyncio.timeout(request.timeout_seconds):
                response = await self._client.request(
                    request.method,
                    request.url,
                    data=form or None,
                    content=request.body or None,
                    headers=dict(request.headers),
                    auth=request.auth,
                    timeout=request.timeout_seconds,
                )
        except TimeoutError as error:
            raise NoAnswer(f"no whole answer within {request.timeout_seconds:g} s") from error
        except _NOTHING_LEFT as error:
            raise NotSent(f"{type(error).__name__}: {error}") from error
        except (httpx2.TransportError, httpx2.DecodingError) as error:
            raise NoAnswer(f"{type(error).__name__}: {error}") from error
        if len(response.content) > _LARGEST_ANSWER_BYTES:
            raise NoAnswer("The answer was larger than 16 MB.")
        return HttpResponse(response.status_code, response.content, dict(response.headers))

    async def close(self) -> None:
        """Close all connections."""
        await self._client.aclose()
