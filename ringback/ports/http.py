"""The shell's one HTTP client, as plain values: a request to make, and what came back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from ringback.domain.phrases import Phrase

LARGEST_ANSWER_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """A request for the shell to make. `form` keeps order and repeats; `auth` is HTTP Basic (name, secret).

    `body` is sent as it is, where there is no form. `trusted`: the address is in our code or was set by whoever runs
    this installation; every other (typed in a page, sent by a browser, named by an answer) is checked before anything
    leaves, and may lead nowhere but to the public internet.
    """

    method: str
    url: str
    form: tuple[tuple[str, str], ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    auth: tuple[str, str] | None = None
    # For the whole exchange: an answer that drips must end too.
    timeout_seconds: float = 10.0
    body: bytes = b""
    trusted: bool = False
    # A longer answer is NoAnswer; where its rest does not matter, it is cut there and not read on.
    most_bytes: int = LARGEST_ANSWER_BYTES
    rest_matters: bool = True


@dataclass(frozen=True, slots=True)
class HttpResponse:
    """What came back: whole, or its beginning where the request said that the rest does not matter."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


class NotSent(Exception):
    """The request certainly did not reach the company (name unknown, connection refused): it may be made again."""


class AddressRefused(NotSent):
    """The address may not be reached from here, and nothing has left; `sentence` tells a person why."""

    def __init__(self, sentence: Phrase) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NoAnswer(Exception):
    """The request left and no whole answer came (timeout, connection lost): nobody knows what became of it."""


class HttpClient(Protocol):
    """The shell's one HTTP client: one timeout, proxy and address policy for every provider."""

    async def send(self, request: HttpRequest) -> HttpResponse:
        """Make the request, following no redirects; raises NotSent (AddressRefused is one) or NoAnswer."""
        ...
