"""The gate before /api: a limit on bodies, and no failure leaves it in another shape than a problem."""

from collections.abc import Callable, Mapping
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# The longest text has 1,600 characters; nothing a program sends here comes near this.
LARGEST_BODY_BYTES = 64 * 1024

# The words of a problem are not the gate's: it is given them, and so knows no more than statuses.
AnswerForStatus = Callable[[int, Mapping[str, Any], Mapping[str, str]], Response]


class ProblemGate:
    """ASGI middleware around everything under /api."""

    def __init__(self, app: ASGIApp, answer: AnswerForStatus) -> None:
        self._app, self._answer = app, answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or not f"{scope['path']}/".startswith("/api/"):
            return await self._app(scope, receive, send)
        body = _Body(receive)
        answered = _Answered(scope, send, self._answer)
        if not await body.fits():
            return await answered.refuse(413, {})
        try:
            return await self._app(scope, body.receive, answered.send)
        finally:
            # A bug of ours: the error goes on to the log, and the program still gets the one shape.
            if not answered.started:
                await answered.refuse(500, {})


class _Body:
    """The body of a request, read up to the limit before anything is done with it."""

    def __init__(self, receive: Receive) -> None:
        self._receive, self._bytes = receive, 0
        # Kept whole before any of it is looked at: FastAPI would make 400 of a limit that strikes while it reads.
        self._messages: list[Message] = []

    async def fits(self) -> bool:
        """Read the body; return False as soon as it is too large."""
        while True:
            message = await self._receive()
            self._messages.append(message)
            self._bytes += len(message.get("body", b""))
            if self._bytes > LARGEST_BODY_BYTES:
                return False
            if not message.get("more_body", False):
                return True

    async def receive(self) -> Message:
        """Give the application what was read, then whatever comes after it."""
        return self._messages.pop(0) if self._messages else await self._receive()


class _Answered:
    """What goes back: a failure that is no problem answer yet becomes one."""

    def __init__(self, scope: Scope, send: Send, answer: AnswerForStatus) -> None:
        self._scope, self._send, self._answer = scope, send, answer
        self._replaced = False
        self.started = False

    async def send(self, message: Message) -> None:
        """Pass an answer on."""
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            if message["status"] >= 400 and not headers.get("content-type", "").startswith("application/problem"):
                self._replaced = True
                return await self.refuse(message["status"], _kept(headers))
            # Contacts and texts are nobody's but the program's that asked.
            headers.setdefault("cache-control", "no-store")
            self.started = True
        # The body of an answer that was replaced belongs to nobody.
        if not self._replaced:
            await self._send(message)
        return None

    async def refuse(self, status: int, headers: Mapping[str, str]) -> None:
        """Answer with the problem of a status."""
        self.started = True
        response = self._answer(status, self._scope, headers)
        response.headers["cache-control"] = "no-store"
        await response(self._scope, _nothing_more, self._send)


# Headers that a client acts on; the rest described the body that is gone.
_ACTED_ON = ("allow", "www-authenticate", "retry-after")


def _kept(headers: MutableHeaders) -> dict[str, str]:
    return {name: headers[name] for name in _ACTED_ON if name in headers}


async def _nothing_more() -> Message:
    return {"type": "http.disconnect"}
