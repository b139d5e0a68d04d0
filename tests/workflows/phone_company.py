"""A phone company small enough to hold in a test: it takes our requests, lists what it knows, and signs callbacks."""

import json
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import parse_qs, urlencode, urlsplit

from ringback.ports import HookRequest, HttpRequest, HttpResponse
from ringback.providers.twilio.signature import FORM, signature
from tests.cast import AUTH_TOKEN, TestClock

PUBLIC_URL = "http://ringback.test"


@dataclass(frozen=True)
class Treatment:
    """What the company does with one text: whether it keeps and sends it, and what we hear of that."""

    keeps: bool
    says: HttpResponse | Exception | None = None


def answer(status: int, body: object, **headers: str) -> HttpResponse:
    """An answer with a JSON body."""
    return HttpResponse(status, json.dumps(body).encode(), headers)


def refusal(code: int, status: int = 400) -> HttpResponse:
    """Twilio's form of a refusal."""
    return answer(status, {"code": code, "message": "no", "status": status})


@dataclass
class PhoneCompany:
    """Takes texts as told by `treats` (else keeps each), lists `kept` texts and `calls`, and serves `pictures`."""

    clock: TestClock
    treats: deque[Treatment] = field(default_factory=deque)
    # Answers to the next requests for a list, before it answers with what it knows.
    list_answers: deque[HttpResponse | Exception] = field(default_factory=deque)
    asked: list[HttpRequest] = field(default_factory=list)
    kept: list[dict[str, str]] = field(default_factory=list)
    calls: list[dict[str, object]] = field(default_factory=list)
    pictures: dict[str, HttpResponse | Exception] = field(default_factory=dict)
    # Called while a text is being handed over: what happens before we have the answer.
    meanwhile: Callable[[dict[str, str]], Awaitable[None]] | None = None

    async def send(self, request: HttpRequest) -> HttpResponse:
        """Answer one request of ours."""
        self.asked.append(request)
        if request.method == "POST":
            return await self._take(dict(request.form))
        if request.url in self.pictures:
            return _given(self.pictures[request.url])
        if self.list_answers:
            return _given(self.list_answers.popleft())
        parts = urlsplit(request.url)
        wanted = {name: values[0] for name, values in parse_qs(parts.query).items()}
        listed = self._texts(wanted) if parts.path.endswith("Messages.json") else self._calls(wanted)
        return answer(200, listed, date=format_datetime(self.clock.now()))

    @property
    def posts(self) -> list[dict[str, str]]:
        """The forms of all texts we handed over, kept or not."""
        return [dict(request.form) for request in self.asked if request.method == "POST"]

    @property
    def look_ups(self) -> int:
        """How often we asked for a list."""
        return sum(request.method == "GET" for request in self.asked)

    async def _take(self, form: dict[str, str]) -> HttpResponse:
        treatment = self.treats.popleft() if self.treats else Treatment(keeps=True)
        sid = f"SM{len(self.asked):032x}"
        if treatment.keeps:
            self.kept.append({**form, "sid": sid, "at": self.clock.now().isoformat()})
        if self.meanwhile is not None:
            await self.meanwhile({**form, "sid": sid})
        return answer(201, {"sid": sid, "status": "queued"}) if treatment.says is None else _given(treatment.says)

    def _texts(self, wanted: dict[str, str]) -> dict[str, object]:
        mine = [text for text in self.kept if (text["To"], text["From"]) == (wanted["To"], wanted["From"])]
        return {
            "messages": [
                {
                    "sid": text["sid"],
                    "to": text["To"],
                    "body": text["Body"],
                    "direction": "outbound-api",
                    "date_created": format_datetime(datetime.fromisoformat(text["at"])),
                }
                for text in mine
            ]
        }

    def _calls(self, wanted: dict[str, str]) -> dict[str, object]:
        parent = wanted.get("ParentCallSid")
        key, value = ("parent_call_sid", parent) if parent else ("to", wanted["To"])
        return {"calls": [call for call in self.calls if call.get(key) == value]}


def _given(what: HttpResponse | Exception) -> HttpResponse:
    if isinstance(what, Exception):
        raise what
    return what


def callback(
    hook_key: str, what: str, fields: dict[str, str], query: str = "", encoded: bytes | None = None
) -> HookRequest:
    """A callback to a line, signed as Twilio signs it; `encoded` is its body where that is no plain form."""
    url = f"{PUBLIC_URL}/hooks/{hook_key}/{what}" + (f"?{query}" if query else "")
    signed = url + "".join(name + fields[name] for name in sorted(fields))
    headers = {"content-type": FORM, "x-twilio-signature": signature(AUTH_TOKEN, signed).decode()}
    return HookRequest(what, url, headers, encoded or urlencode(fields).encode())
