"""What an owner sets up: the business, its lines, its people and its policies."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from ringback.domain.hours import OpeningHours
from ringback.domain.wording import Rule, Wording


class Mode(StrEnum):
    """How a line hears of calls (GLOSSARY: Mode)."""

    FRONT = "front"
    OVERFLOW = "overflow"
    WATCH = "watch"


class RingOrder(StrEnum):
    """Whether staff phones ring all at once or one after the other."""

    TOGETHER = "together"
    IN_TURN = "in_turn"


class Registration(StrEnum):
    """Whether carriers let this line text; `pending` holds every text (10DLC, toll-free)."""

    UNKNOWN = "unknown"
    PENDING = "pending"
    APPROVED = "approved"
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True, slots=True)
class Ring:
    """How a `front` line rings staff. `staff` names who rings; empty means everyone who takes calls."""

    order: RingOrder = RingOrder.TOGETHER
    # 20 s keeps us below the 20-25 s after which most mobiles' own voicemail answers.
    seconds: int = 20
    whisper: bool = True
    staff: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One phone number we watch for a business. `number` is E.164; `label` says where callers saw it."""

    line_id: UUID
    number: str
    provider: str
    mode: Mode
    label: str
    language: str
    hook_key: str
    ring: Ring = field(default_factory=Ring)
    # The business's old number whose carrier forwards to this line; a call "from" it is a loop.
    forwarding_number: str | None = None
    registration: Registration = Registration.UNKNOWN
    text_back: bool = True
    # How many texts a second are handed over for this line; 0 means as fast as they come.
    texts_per_second: float = 10.0


@dataclass(frozen=True, slots=True)
class Staff:
    """A person of the business. `phone` (E.164) is rung for calls when `takes_calls`."""

    staff_id: UUID
    name: str
    phone: str | None = None
    email: str | None = None
    takes_calls: bool = True


@dataclass(frozen=True, slots=True)
class Service:
    """What the business sells; `price_cents` None means "not said"."""

    name: str
    minutes: int
    price_cents: int | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """An answer the business gave us, to a question callers ask."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class TextBackPolicy:
    """When a missed caller is texted. Times of day are local to the business ("08:00")."""

    delay_seconds: float = 5.0
    settle_seconds: float = 2.0
    window_hours: float = 12.0
    per_line_an_hour: int = 60
    per_business_an_hour: int = 200
    stale_after_seconds: int = 600
    thread_open_hours: float = 72.0
    not_before: str | None = None
    not_after: str | None = None
    # Outside not_before..not_after: True waits for the window, False never texts.
    hold: bool = True
    outcomes_off: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Business:
    """The company whose calls we cover; everything here comes from its business file or its settings pages."""

    business_id: UUID
    slug: str
    name: str
    trade: str
    zone: str
    country: str
    language: str
    hours: OpeningHours
    tone: str = "warm"
    policy: TextBackPolicy = field(default_factory=TextBackPolicy)
    wordings: tuple[Wording, ...] = ()
    rules: tuple[Rule, ...] = ()
    staff: tuple[Staff, ...] = ()
    lines: tuple[Line, ...] = ()
    services: tuple[Service, ...] = ()
    facts: tuple[Fact, ...] = ()
    # Countries whose numbers may be texted, ISO 3166 alpha-2; empty: its own, and the US and Canada text each other.
    text_countries: tuple[str, ...] = ()
