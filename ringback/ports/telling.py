"""Ways to a person of the business beside the phone company's: a mail server, and the browsers' push services."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from ringback.ports.http import HttpRequest, HttpResponse


@dataclass(frozen=True, slots=True)
class Letter:
    """An e-mail. `reference` makes its Message-ID: the same letter sent twice can be told to be one."""

    to: str
    subject: str
    text: str
    # None: made from the text.
    html: str | None
    reference: UUID


@dataclass(frozen=True, slots=True)
class MailTaken:
    """The mail server took the letter."""


@dataclass(frozen=True, slots=True)
class MailRefused:
    """The mail server will never take this letter; the sentence says why."""

    why: str


@dataclass(frozen=True, slots=True)
class MailLater:
    """The letter was not taken now; another try may do better."""

    why: str


class Mailer(Protocol):
    """The mail server of this installation."""

    async def send(self, letter: Letter) -> MailTaken | MailRefused | MailLater:
        """Hand a letter over, on a connection of its own."""
        ...


@dataclass(frozen=True, slots=True)
class PushKeys:
    """The key pair (VAPID) by which push services know this installation; `public` is what browsers are given."""

    private_pem: str
    public_pem: str
    public: str


@dataclass(frozen=True, slots=True)
class PushTarget:
    """One device's subscription, as its browser gave it."""

    # Whoever knows it and our key may push: it is never shown again.
    endpoint: str
    p256dh: str
    auth: str


@dataclass(frozen=True, slots=True)
class PushTaken:
    """The push service has it. Apple says so of dead subscriptions too (WebKit bug 249766)."""


@dataclass(frozen=True, slots=True)
class PushGone:
    """The subscription has ended: nothing more will reach this device through it."""


@dataclass(frozen=True, slots=True)
class PushRefused:
    """The push service will not take it; the sentence says why."""

    why: str


@dataclass(frozen=True, slots=True)
class PushLater:
    """The push service asks for patience, or is in trouble."""

    after_seconds: float


class Pusher(Protocol):
    """Pushes to browsers: encrypted for one device, signed with our key."""

    def make_keys(self) -> PushKeys:
        """Return a new key pair."""
        ...

    def may_reach(self, target: PushTarget) -> bool:
        """Return whether a subscription is one: keys of the right form, and an address of a push service."""
        ...

    def push_request(self, target: PushTarget, keys: PushKeys, payload: bytes, topic: str) -> HttpRequest:
        """Return the request that pushes `payload`; of two with one topic that wait, the later replaces the first."""
        ...

    def read_pushed(self, response: HttpResponse) -> PushTaken | PushGone | PushRefused | PushLater:
        """Return what a push service's answer means."""
        ...
