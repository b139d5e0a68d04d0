"""The shell's one HTTP client, as plain values: a request to make, and what came back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """A request for the shell to make. `form` keeps order and repeats; `auth` is HTTP Basic (name, secret).

    `body` is sent as it is, where there is no form.
    """

    method: str
    url: str
    form: tuple[tuple[str, str], ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    auth: tuple[str, str] | None = None
    # For the whole exchange: an answer that drips must end too.
    timeout_seconds: float = 10.0
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class HttpResponse:
    """What came back, whole."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


class NotSent(Exception):
    """The request certainly did not reach the company (name unknown, connection refused): it may be made again."""


class NoAnswer(Exception):
    """The request left and no whole answer came (timeout, connection lost): nobody knows what became of it."""


class HttpClient(Protocol):
    """The shell's one HTTP client: one timeout, proxy and address policy for every provider."""

    async def send(self, request: HttpRequest) -> HttpResponse:
        """Make the request, following no redirects; raises NotSent or NoAnswer."""
        ...
