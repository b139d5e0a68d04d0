"""The sockets: what the product needs from an outside company, as small Protocols over plain values.

Adapters are pure: bytes in, events out; command in, request out. The shell does the I/O with one shared HTTP client.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from ringback.domain.bookings import Booking, Busy
from ringback.domain.errors import ProviderError, ProviderErrorKind
from ringback.ports.calls import (
    AskToConnect,
    Connect,
    HookReply,
    HookRequest,
    HookUnreadable,
    InboundEvent,
    RingOut,
    RingStaff,
    SayAndHangUp,
    VoicePlan,
    VoiceStep,
    Whisper,
)
from ringback.ports.http import (
    AddressRefused,
    HttpClient,
    HttpRequest,
    HttpResponse,
    NoAnswer,
    NotSent,
)
from ringback.ports.lookup import NumberLookup
from ringback.ports.registration import Inquiry
from ringback.ports.telling import (
    Letter,
    Mailer,
    MailLater,
    MailRefused,
    MailTaken,
    Pusher,
    PushGone,
    PushKeys,
    PushLater,
    PushRefused,
    PushTaken,
    PushTarget,
)

__all__ = [
    "Accepted",
    "Adapter",
    "AddressRefused",
    "AskToConnect",
    "Calendar",
    "CalendarChanges",
    "CalendarEntry",
    "CallSource",
    "Capability",
    "Clock",
    "Connect",
    "EntryChanged",
    "EntrySaved",
    "Field",
    "FoundText",
    "HookReply",
    "HookRequest",
    "HookUnreadable",
    "HttpClient",
    "HttpRequest",
    "HttpResponse",
    "InboundEvent",
    "Inquiry",
    "Letter",
    "LineAddress",
    "MailLater",
    "MailRefused",
    "MailTaken",
    "Mailer",
    "Messenger",
    "NoAnswer",
    "NotSent",
    "NumberBook",
    "NumberLookup",
    "PictureSource",
    "Poller",
    "Provider",
    "PushGone",
    "PushKeys",
    "PushLater",
    "PushRefused",
    "PushTaken",
    "PushTarget",
    "Pusher",
    "Rejected",
    "RingOut",
    "RingStaff",
    "SayAndHangUp",
    "SendResult",
    "SendText",
    "TryLater",
    "Uncertain",
    "VoiceControl",
    "VoicePlan",
    "VoiceStep",
    "Whisper",
]
from ringback.domain.owned_numbers import AccountFound, OwnedNumber


class Clock(Protocol):
    """The only source of the present instant; `RINGBACK_CLOCK` moves its origin."""

    def now(self) -> datetime:
        """Return the present as an aware UTC datetime."""
        ...

    def to_wall(self, at: datetime) -> datetime:
        """Return the real instant of one of ours: what a provider means when it says when something was."""
        ...

    def from_wall(self, at: datetime) -> datetime:
        """Return our instant of a real one."""
        ...


class CallSource(Protocol):
    """A company that tells us of calls and texts by callback."""

    def verify(self, request: HookRequest) -> bool:
        """Return whether the callback really comes from the company."""
        ...

    def read(self, request: HookRequest, now: datetime) -> tuple[InboundEvent, ...]:
        """Return the facts in a verified callback; raises HookUnreadable with a sentence."""
        ...


class VoiceControl(Protocol):
    """A company that asks us what to do with a call, and that rings where we ask it to."""

    def ring_request(self, ring: RingOut) -> HttpRequest:
        """Return the request that rings a phone of ours; `read_sent` says what the answer to it means."""
        ...

    def render(self, plan: VoicePlan, request: HookRequest) -> HookReply:
        """Return the answer to `request` that makes the company carry out `plan`."""
        ...


@dataclass(frozen=True, slots=True)
class SendText:
    """One text to hand over. `reference` is our message id: callbacks carry it back. `valid_seconds`: drop it after."""

    to: str
    sender: str
    body: str
    reference: str
    valid_seconds: int | None = None


@dataclass(frozen=True, slots=True)
class Accepted:
    """The company took the text and will try to deliver it."""

    provider_message_id: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """The company refused the text; it was certainly not sent."""

    error: ProviderError


@dataclass(frozen=True, slots=True)
class TryLater:
    """Certainly not processed (429, connection refused): the same text may be handed over again after a while."""

    error: ProviderError
    after_seconds: float


@dataclass(frozen=True, slots=True)
class Uncertain:
    """Nobody knows (timeout, 5xx, connection lost): look the text up, never send it again blindly."""

    why: str


SendResult = Accepted | Rejected | TryLater | Uncertain


@dataclass(frozen=True, slots=True)
class FoundText:
    """A text that the company knows of."""

    provider_message_id: str
    to: str
    body: str
    at: datetime


class Messenger(Protocol):
    """A company that sends texts."""

    def send_request(self, text: SendText) -> HttpRequest:
        """Return the request that hands `text` over."""
        ...

    def read_sent(self, response: HttpResponse) -> SendResult:
        """Return what the company's answer to `send_request` means."""
        ...

    def find_request(self, to: str, sender: str, since: datetime) -> HttpRequest:
        """Return the request that lists texts from `sender` to `to` since an instant."""
        ...

    def read_found(self, response: HttpResponse) -> tuple[FoundText, ...] | None:
        """Return the texts listed, newest first, or None where the answer is no list (the look-up must be repeated)."""
        ...

    def error_kind(self, code: str) -> ProviderErrorKind:
        """Return what an error code of a delivery callback means."""
        ...


class Poller(Protocol):
    """A company whose calls can be listed: the backstop for lost callbacks."""

    def calls_request(self, number: str, since: datetime) -> HttpRequest:
        """Return the request that lists calls to `number` since an instant."""
        ...

    def legs_request(self, call_id: str) -> HttpRequest:
        """Return the request that lists the legs of one inbound call."""
        ...

    def read_calls(self, response: HttpResponse, now: datetime) -> tuple[InboundEvent, ...] | None:
        """Return the events that the listed calls or legs amount to, or None where the answer is no list."""
        ...


class PictureSource(Protocol):
    """A company that keeps the pictures of inbound texts until we fetch them."""

    def picture_request(self, url: str) -> HttpRequest:
        """Return the request that fetches a picture; raises HookUnreadable for an address that is not the company's."""
        ...


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """The copy of a booking that a calendar keeps. `uid` stays the same for ever; of two copies the one with the
    higher `booking.sequence` is right, and a cancelled booking's copy is taken away."""

    uid: str
    booking: Booking
    summary: str
    where: str | None = None


@dataclass(frozen=True, slots=True)
class EntrySaved:
    """The calendar has this copy. `version` is what it calls its state (an ETag), to notice changes made there."""

    outside_id: str
    version: str | None = None


@dataclass(frozen=True, slots=True)
class EntryChanged:
    """One of our copies was changed in the calendar: moved there, or, without times, taken away."""

    uid: str
    starts_at: datetime | None = None
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CalendarChanges:
    """What changed since a token. `busy`: times of others; `anew`: the token was too old, all busy times are here."""

    entries: tuple[EntryChanged, ...]
    busy: tuple[Busy, ...]
    token: str
    anew: bool = False


class Calendar(Protocol):
    """Where bookings are kept or copied. Our own database always holds the time and says who has it; a calendar
    outside adds times that are busy, gets a copy after our commit, and tells what was changed there."""

    async def read_busy(self, unit_ids: Sequence[UUID], from_at: datetime, to_at: datetime) -> Sequence[Busy]:
        """Return when these people and resources cannot be booked. Never called for an outside one in a transaction."""
        ...

    async def save_entry(self, entry: CalendarEntry) -> EntrySaved | Rejected | TryLater | Uncertain:
        """Write a copy, or bring it up to date; the same entry twice is one."""
        ...

    async def read_changes(self, token: str | None) -> CalendarChanges:
        """Return what changed since a token of an earlier answer; None begins, and returns a token to go on from."""
        ...


class NumberBook(Protocol):
    """A company that can be asked, with an account's credentials alone, which numbers the account has."""

    def account_request(self) -> HttpRequest:
        """Return the request that reads the account itself."""
        ...

    def read_account(self, response: HttpResponse) -> AccountFound | ProviderError:
        """Return the account, or why the company does not show it."""
        ...

    def numbers_request(self) -> HttpRequest:
        """Return the request that lists the account's numbers with where each leads."""
        ...

    def read_numbers(self, response: HttpResponse) -> tuple[OwnedNumber, ...] | ProviderError:
        """Return the numbers listed, or why the company does not list them."""
        ...

    def hooks_request(self, number_id: str, address: "LineAddress") -> HttpRequest:
        """Return the request that makes a number lead to a line of ours; it may be made again safely."""
        ...


class Capability(StrEnum):
    """What an adapter can do; the set-up page, `check` and the docs are made from it."""

    CALLS = "calls"
    VOICE = "voice"
    TEXTS = "texts"
    POLL = "poll"
    PICTURES = "pictures"
    LOOKUP = "lookup"


@dataclass(frozen=True, slots=True)
class Field:
    """One setting of a connection, as the set-up page and `line add --set` ask for it."""

    name: str
    title: str
    secret: bool = False
    default: str | None = None


@dataclass(frozen=True, slots=True)
class LineAddress:
    """Where a line's callbacks go: `hook_url("voice")` is what the company is given for that hook."""

    base: str

    def hook_url(self, what: str, query: str = "") -> str:
        """Return the address of one hook, without the retry fragment a company may want."""
        return f"{self.base}/{what}" + (f"?{query}" if query else "")


class Adapter(CallSource, VoiceControl, Messenger, Poller, PictureSource, NumberLookup, Protocol):
    """Everything one full provider does; `Provider.capabilities` says which parts may be called."""


@dataclass(frozen=True, slots=True)
class Provider:
    """One outside company. `make(settings, address)` raises ValueError with a sentence when a setting is wrong.

    `hook_urls(address)` gives the addresses an operator must enter at the company, by hook name
    (`voice`, `call_status`, `message`, `message_status`).
    """

    kind: str
    title: str
    fields: tuple[Field, ...]
    capabilities: frozenset[Capability]
    make: Callable[[Mapping[str, str], LineAddress], Adapter]
    hook_urls: Callable[[LineAddress], Mapping[str, str]]
    # Asks with an account's settings alone, before there is a line; None: the company has no such list.
    number_book: Callable[[Mapping[str, str]], NumberBook] | None = None
    # Asks how a number (E.164) of an account is registered with the carriers; None: the company cannot be asked.
    look_up_registration: Callable[[Mapping[str, str], str], Inquiry] | None = None
    # Upper-case words on which the carrier itself acts and answers, as the whole text; we add no second answer.
    carrier_words: frozenset[str] = frozenset()
