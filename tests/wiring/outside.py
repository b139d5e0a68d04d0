"""The outside world in small: a name server that says what it is told, a server with TLS, and a way to it."""

import asyncio
import contextlib
import datetime
import re
import socket
import ssl
from collections import deque
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path

import httpx2
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from ringback.ports import HttpRequest
from tests.patience import PATIENCE_SECONDS

PUBLIC = "93.184.216.34"
NAME = "hooks.example.com"


@dataclass
class Names:
    """Answers look-ups: for each name a row of answers, the last of which stays. `asked` counts them."""

    answers: dict[str, deque[list[str]]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def says(self, name: str, *answers: list[str]) -> None:
        """Let a name have these addresses, one list for each look-up."""
        self.answers[name] = deque(answers)

    async def resolve(self, host: str, port: int) -> Sequence[str]:
        """Return the addresses of a name, as the policy asks."""
        self.asked.append(host)
        if host not in self.answers:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        row = self.answers[host]
        return row.popleft() if len(row) > 1 else row[0]


@dataclass
class Listener:
    """A server on this machine. `connections` counts who came, `requests` has what they sent."""

    port: int = 0
    answer: bytes = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok"
    connections: int = 0
    requests: list[bytes] = field(default_factory=list)

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Read one request and answer it."""
        self.connections += 1
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            length = re.search(rb"content-length: (\d+)", head.lower())
            self.requests.append(head + await reader.readexactly(int(length[1]) if length else 0))
            writer.write(self.answer)
            await writer.drain()
        finally:
            writer.close()
            # Who hangs up in the middle has their reasons here.
            with contextlib.suppress(OSError, ssl.SSLError):
                await writer.wait_closed()


@asynccontextmanager
async def listening(tls: ssl.SSLContext | None = None) -> AsyncIterator[Listener]:
    """Yield a server on a free port of 127.0.0.1 and, where there is one, ::1."""
    listener = Listener()
    async with await asyncio.start_server(listener.talk, "127.0.0.1", 0, ssl=tls) as server:
        listener.port = server.sockets[0].getsockname()[1]
        yield listener


@dataclass
class Detour(httpx2.AsyncBaseTransport):
    """Notes where each request would have gone, and takes it to a server on this machine instead."""

    port: int
    way: httpx2.AsyncBaseTransport
    went: list[str] = field(default_factory=list)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send it on, changed in nothing but the address it connects to."""
        self.went.append(str(request.url))
        request.url = request.url.copy_with(host="127.0.0.1", port=self.port)
        return await self.way.handle_async_request(request)

    async def aclose(self) -> None:
        """Close the way."""
        await self.way.aclose()


def certificate(folder: Path, name: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Return what a server called `name` shows, and what a client needs to believe it."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.datetime.now(datetime.UTC)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    names = [x509.DNSName(name), x509.IPAddress(ip_address("192.0.2.1"))]
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    shown, secret = folder / "certificate.pem", folder / "key.pem"
    shown.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, plain)
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(shown, secret)
    return server, ssl.create_default_context(cafile=shown)


def get(url: str, **more: object) -> HttpRequest:
    """A request to an address that somebody typed."""
    return HttpRequest("GET", url, timeout_seconds=PATIENCE_SECONDS, **more)  # type: ignore[arg-type]  # fields by name
