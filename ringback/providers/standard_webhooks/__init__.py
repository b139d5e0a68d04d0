"""Standard Webhooks (github.com/standard-webhooks/standard-webhooks, 1.0): hooks whose receivers can check the sender.

The signature covers id, timestamp and body: a receiver that refuses old timestamps and ids it knows cannot be replayed.
"""

import hashlib
import hmac
from base64 import b64decode, b64encode
from collections.abc import Sequence

from ringback.ports import HttpRequest
from ringback.ports.hooks import HookMessage

_PREFIX = "whsec_"
_TIMEOUT_SECONDS = 8.0
# Only the status counts; what else a receiver says is not kept.
_MOST_ANSWER_BYTES = 2000


class StandardWebhooks:
    """Signs with HMAC-SHA256 ("v1"), once for each secret that is valid."""

    def write_secret(self, random: bytes) -> str:
        """Return a secret as receivers enter it; `random` has 24 to 64 bytes (spec: "Signature scheme")."""
        if not 24 <= len(random) <= 64:
            raise ValueError("A secret has 24 to 64 bytes.")
        return _PREFIX + b64encode(random).decode()

    def request(self, url: str, message: HookMessage, secrets: Sequence[str]) -> HttpRequest:
        """Return the request, signed with each of the secrets: a receiver needs to know one of them."""
        timestamp = str(int(message.at.timestamp()))
        signed = b".".join((message.message_id.encode(), timestamp.encode(), message.body))
        headers = {
            "content-type": "application/json",
            "webhook-id": message.message_id,
            "webhook-timestamp": timestamp,
            "webhook-signature": " ".join(_sign(secret, signed) for secret in secrets),
        }
        return HttpRequest(
            "POST",
            url,
            headers=headers,
            timeout_seconds=_TIMEOUT_SECONDS,
            body=message.body,
            most_bytes=_MOST_ANSWER_BYTES,
            rest_matters=False,
        )


def _sign(secret: str, signed: bytes) -> str:
    key = b64decode(secret.removeprefix(_PREFIX))
    return "v1," + b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
