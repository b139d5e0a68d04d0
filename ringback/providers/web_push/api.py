"""A push as a request (RFC 8291, 8292), and a push service's answer as what it means (RFC 8030)."""

from base64 import urlsafe_b64decode
from collections.abc import Collection
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from ringback.ports import (
    HttpRequest,
    HttpResponse,
    PushGone,
    PushKeys,
    PushLater,
    PushRefused,
    PushTaken,
    PushTarget,
)
from ringback.providers.web_push.addresses import is_push_address

# A phone without a network for longer is told on another way long before.
_KEPT_SECONDS = 3600
_TIMEOUT_SECONDS = 8.0
_LATER_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class WebPusher:
    """Pushes as `contact` (an e-mail address: push services write there); `allowed_hosts` beside the known ones."""

    contact: str
    allowed_hosts: Collection[str] = field(default_factory=frozenset)

    def make_keys(self) -> PushKeys:
        """Return a new key pair."""
        # Cryptography weighs more than the whole adapter; a process that never pushes does not carry it.
        from webpush.vapid import VAPID  # noqa: PLC0415

        private_pem, public_pem, public = VAPID.generate_keys()
        return PushKeys(private_pem.decode(), public_pem.decode(), public)

    def may_reach(self, target: PushTarget) -> bool:
        """Return whether keys and address are those of a subscription."""
        return is_push_address(target.endpoint, self.allowed_hosts) and _are_keys(target)

    def push_request(self, target: PushTarget, keys: PushKeys, payload: bytes, topic: str) -> HttpRequest:
        """Return the request for one device, encrypted so that its push service cannot read it.

        Raises ValueError for a key that is no point of the curve.
        """
        from pydantic import AnyHttpUrl  # noqa: PLC0415
        from webpush import WebPush  # noqa: PLC0415
        from webpush.types import WebPushKeys, WebPushSubscription  # noqa: PLC0415

        pusher = WebPush(
            keys.private_pem.encode(), keys.public_pem.encode(), subscriber=self.contact, ttl=_KEPT_SECONDS
        )
        whose = WebPushKeys(auth=target.auth, p256dh=target.p256dh)
        message = pusher.get(payload, WebPushSubscription(endpoint=AnyHttpUrl(target.endpoint), keys=whose))
        headers = {
            "authorization": message.headers["authorization"],
            "content-encoding": message.headers["content-encoding"],
            "content-type": "application/octet-stream",
            "ttl": message.headers["ttl"],
            # Low ones wait until a phone is picked up.
            "urgency": "high",
            "topic": topic,
        }
        return HttpRequest(
            "POST",
            target.endpoint,
            headers=headers,
            body=message.encrypted,
            timeout_seconds=_TIMEOUT_SECONDS,
            trusted=urlsplit(target.endpoint).netloc in self.allowed_hosts,
        )

    def read_pushed(self, response: HttpResponse) -> PushTaken | PushGone | PushRefused | PushLater:
        """Return what an answer means; 404 and 410 say that the subscription is no more."""
        match response.status:
            case 200 | 201 | 202 | 204:
                return PushTaken()
            case 404 | 410:
                return PushGone()
            case 429 | 500 | 502 | 503 | 504:
                return PushLater(_seconds(response.headers.get("retry-after", "")))
            case status:
                return PushRefused(f"The push service refused it (answer {status}).")


def _seconds(text: str) -> float:
    # It may also be a date; then our own pause is as good.
    return max(float(text), 1.0) if text.isdecimal() and len(text) < 6 else _LATER_SECONDS


def _are_keys(target: PushTarget) -> bool:
    try:
        point, secret = _decode(target.p256dh), _decode(target.auth)
    except ValueError:
        return False
    # An uncompressed point of P-256, and 128 bits (RFC 8291, section 3).
    return len(point) == 65 and point[0] == 4 and len(secret) == 16


def _decode(text: str) -> bytes:
    if not text.isascii() or len(text) > 200:
        raise ValueError("no key is that long")
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
