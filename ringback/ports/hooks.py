"""The socket for outgoing hooks: a message for an address of the owner's, as a request that proves who sent it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ringback.ports.http import HttpRequest


@dataclass(frozen=True, slots=True)
class HookMessage:
    """What is sent. `message_id` is the same at every try, `at` is the instant of this one, by the real clock."""

    message_id: str
    at: datetime
    body: bytes


class HookSigner(Protocol):
    """Makes secrets and signed requests."""

    def write_secret(self, random: bytes) -> str:
        """Return a secret as receivers enter it."""
        ...

    def request(self, url: str, message: HookMessage, secrets: Sequence[str]) -> HttpRequest:
        """Return the request, signed with each of the secrets."""
        ...
