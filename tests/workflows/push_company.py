"""A push service and a browser small enough for a test: what is pushed is decrypted with the browser's own key."""

import json
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections import deque
from dataclasses import dataclass, field
from typing import Any

import jwt
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from ringback.ports import HttpRequest, HttpResponse, PushTarget
from tests.workflows.phone_company import PhoneCompany

HOST = "https://fcm.googleapis.com"


def text(raw: bytes) -> str:
    """Base64 as the web writes it."""
    return urlsafe_b64encode(raw).decode().rstrip("=")


def raw(written: str) -> bytes:
    """And back."""
    return urlsafe_b64decode(written + "=" * (-len(written) % 4))


def _derive(key: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(key)


@dataclass
class Browser:
    """One device with its own keys."""

    name: str
    host: str = HOST
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    auth: bytes = b"sixteen bytes ok"

    @property
    def point(self) -> bytes:
        """Its public key."""
        return self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    @property
    def target(self) -> PushTarget:
        """What it gives to a page that subscribes."""
        return PushTarget(f"{self.host}/fcm/send/{self.name}", text(self.point), text(self.auth))

    def read(self, body: bytes) -> dict[str, Any]:
        """Decrypt what was pushed, as RFC 8188 and RFC 8291 say."""
        salt, size = body[:16], body[20]
        assert struct.unpack("!L", body[16:20])[0] >= 18
        theirs, sealed = body[21 : 21 + size], body[21 + size :]
        shared = self.key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs))
        secret = _derive(shared, self.auth, b"WebPush: info\0" + self.point + theirs, 32)
        key = _derive(secret, salt, b"Content-Encoding: aes128gcm\0", 16)
        nonce = _derive(secret, salt, b"Content-Encoding: nonce\0", 12)
        plain = AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\0")
        assert plain[-1:] == b"\x02"
        told: dict[str, Any] = json.loads(plain[:-1])
        return told


def read_vapid(request: HttpRequest) -> dict[str, Any]:
    """Check the signature of a push and return what it claims."""
    kind, _, rest = request.headers["authorization"].partition(" ")
    assert kind == "vapid"
    parts = dict(part.strip().split("=", 1) for part in rest.split(","))
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw(parts["k"]))
    claims: dict[str, Any] = jwt.decode(parts["t"], key, algorithms=["ES256"], audience=HOST)
    return claims


@dataclass
class PushCompany:
    """Takes pushes with the given answers (else 201); everything else goes on to the phone company."""

    phones: PhoneCompany
    answers: deque[int] = field(default_factory=deque)
    pushed: list[HttpRequest] = field(default_factory=list)

    async def send(self, request: HttpRequest) -> HttpResponse:
        """Answer one request of ours."""
        if not request.url.startswith(HOST):
            return await self.phones.send(request)
        self.pushed.append(request)
        return HttpResponse(self.answers.popleft() if self.answers else 201, b"")
