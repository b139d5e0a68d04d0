"""A business's server that says what a test tells it to; it remembers every webhook, judged by the vendor's code."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import parse_qsl

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from twilio.request_validator import RequestValidator

from tests.sandbox.company import AUTH_TOKEN
from tests.sandbox.serving import serving


@dataclass(frozen=True)
class Received:
    """One webhook as it arrived."""

    path: str
    method: str
    params: dict[str, str]
    token: str
    genuine: bool


@dataclass(frozen=True)
class Say:
    """What to answer; `status` 0 means never to answer."""

    body: str = "<Response/>"
    status: int = 200
    content_type: str = "text/xml"
    location: str = ""


class Business:
    """Answers by path: `say("/voice", twiml, …)`; several answers are given in turn, the last one for ever."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.received: list[Received] = []
        self._answers: dict[str, list[Say]] = defaultdict(lambda: [Say()])

    def say(self, path: str, *answers: "str | Say") -> str:
        """Set what a path answers; return its URL."""
        self._answers[path] = [Say(one) if isinstance(one, str) else one for one in answers]
        return self.url + path

    def got(self, path: str) -> list[Received]:
        """Return the webhooks a path received, in order of arrival."""
        return [one for one in self.received if one.path == path]

    async def hear(self, request: Request) -> Response:
        raw = (await request.body()).decode()
        params = dict(parse_qsl(raw, keep_blank_values=True))
        genuine = RequestValidator(AUTH_TOKEN).validate(
            str(request.url), params, request.headers.get("x-twilio-signature", "")
        )
        token = request.headers.get("i-twilio-idempotency-token", "")
        query = dict(parse_qsl(request.url.query, keep_blank_values=True))
        self.received.append(Received(request.url.path, request.method, params or query, token, genuine))
        return await self._answer(request.url.path)

    async def _answer(self, path: str) -> Response:
        answers = self._answers[path]
        chosen = answers.pop(0) if len(answers) > 1 else answers[0]
        if not chosen.status:
            await asyncio.Event().wait()
        headers = {"Location": chosen.location} if chosen.location else {}
        return Response(chosen.body, chosen.status, headers, chosen.content_type)


@contextmanager
def running_business() -> Iterator[Business]:
    """Run a business's server in a thread."""
    made: list[Business] = []

    def make(url: str) -> uvicorn.Server:
        made.append(Business(url))
        app = Starlette(routes=[Route("/{path:path}", made[0].hear, methods=["GET", "POST"])])
        config = uvicorn.Config(app, log_level="critical", access_log=False, timeout_graceful_shutdown=1)
        return uvicorn.Server(config)

    with serving(make, see_it_end=False):
        yield made[0]
