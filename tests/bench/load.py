"""A load client that costs little: signed callbacks over kept-alive connections, written and timed by hand."""

import asyncio
import json
import re
import time
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlencode, urlsplit

from ringback.providers.twilio import signature

_ACTION = re.compile(rb'action="([^"#]+)')


class Wire:
    """One kept-alive HTTP/1.1 connection."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def request(self, method: str, path: str, body: bytes = b"", headers: str = "") -> tuple[int, bytes, int]:
        """Return (status, body, CLOCK_MONOTONIC ns at which the request was written)."""
        if self._streams is None:
            self._streams = await asyncio.open_connection(self.host, self.port)
        reader, writer = self._streams
        head = f"{method} {path} HTTP/1.1\r\nHost: {self.host}\r\n{headers}Content-Length: {len(body)}\r\n\r\n"
        written = time.monotonic_ns()
        writer.write(head.encode() + body)
        answer = await reader.readuntil(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: *(\d+)", answer)
        content = await reader.readexactly(int(length[1])) if length else b""
        return int(answer.split(b" ", 2)[1]), content, written

    def close(self) -> None:
        """Drop the connection."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


class Company:
    """The fake SMS company. A reset would make it give ids again, as no company does: what is past is left out here."""

    def __init__(self, port: int) -> None:
        self.wire = Wire("127.0.0.1", port)
        self._past = 0

    async def count(self) -> int:
        """Return how many texts arrived since `forget`."""
        _, body, _ = await self.wire.request("GET", "/_count")
        return int(json.loads(body)["n"]) - self._past

    async def texts(self) -> list[tuple[str, int]]:
        """Return (to, arrival ns) of every text that arrived since `forget`."""
        _, body, _ = await self.wire.request("GET", "/_log")
        return [(to, at) for to, at in json.loads(body)["hits"][self._past :]]

    async def forget(self) -> None:
        """Leave out what has arrived until now."""
        self._past += await self.count()


@dataclass
class Target:
    """Where calls go: the voice hook of a line, and the token its callbacks are signed with."""

    voice_url: str
    token: str
    number: str

    def wire(self) -> Wire:
        """Return a new connection to the server."""
        parts = urlsplit(self.voice_url)
        return Wire(parts.hostname or "127.0.0.1", parts.port or 80)

    async def post(self, wire: Wire, url: str, fields: dict[str, str]) -> tuple[int, bytes, int]:
        """Post a signed callback."""
        url = url.partition("#")[0]
        text = url + "".join(name + fields[name] for name in sorted(fields))
        signed = signature.signature(self.token, text).decode()
        headers = f"Content-Type: application/x-www-form-urlencoded\r\nX-Twilio-Signature: {signed}\r\n"
        parts = urlsplit(url)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        return await wire.request("POST", path, urlencode(fields).encode(), headers)

    def fields(self, caller: str, call: str) -> dict[str, str]:
        """Return what every callback of a call carries."""
        return {
            "AccountSid": "AC" + "0" * 32,
            "ApiVersion": "2010-04-01",
            "CallSid": call,
            "CallStatus": "ringing",
            "Called": self.number,
            "Caller": caller,
            "Direction": "inbound",
            "From": caller,
            "FromCity": "PEORIA",
            "FromCountry": "US",
            "FromState": "IL",
            "To": self.number,
        }

    async def missed_call(self, wire: Wire, caller: str, call: str, result: str = "no-answer") -> "Answered":
        """Make the voice callback, then the Dial action that its answer names."""
        fields = self.fields(caller, call)
        begun = time.monotonic_ns()
        status, answer, _ = await self.post(wire, self.voice_url, fields)
        action = _ACTION.search(answer)
        if status != 200 or action is None:
            return Answered(status, begun, 0, 0)
        rung = time.monotonic_ns()
        dialed = {"CallStatus": "in-progress", "DialCallStatus": result, "DialCallSid": call + "d"}
        if result == "canceled":
            dialed["CallStatus"] = "completed"
        status, _, written = await self.post(wire, unescape(action[1].decode()), {**fields, **dialed})
        return Answered(status, begun, written, rung - begun + time.monotonic_ns() - written)


@dataclass(frozen=True)
class Answered:
    """One missed call: the last status, when its first and last callback were written, how long both took (ns)."""

    status: int
    begun: int
    written: int
    took: int


def caller(n: int) -> str:
    """Return a valid US number, one for each n (area code 312)."""
    return f"+1312{2_000_000 + n % 7_999_999:07d}"


def percentile(values: list[float], percent: float) -> float:
    """Return a percentile, or NaN of nothing."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(percent / 100 * len(ordered)))] if ordered else float("nan")
