"""What an owner sets up: the business, its lines, its people and its policies."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid5

from ringback.domain.brake_policy import BrakePolicy
from ringback.domain.hours import DayState, OpeningHours, Span
from ringback.domain.privacy_policy import PrivacyPolicy
from ringback.domain.registration_facts import CarrierFacts
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
    # Connected by the set-up wizard and not live yet: of missed callers, only whoever tests it is texted.
    in_set_up: bool = False
    # What was heard of its registration, kept beside the owner's word; `domain.registration` takes both together.
    carriers: CarrierFacts = field(default_factory=CarrierFacts)


@dataclass(frozen=True, slots=True)
class TimeOff:
    """Days, first to last, on which a person takes no bookings; with a `span`, only that part of each day (local)."""

    first_on: date
    last_on: date
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Staff:
    """A person of the business. `phone` (E.164) is rung for calls when `takes_calls`."""

    staff_id: UUID
    name: str
    phone: str | None = None
    email: str | None = None
    takes_calls: bool = True
    takes_bookings: bool = True
    # Working hours for bookings by weekday (Monday 0); None: the opening hours. Holidays of the business hold for all.
    weekly: Mapping[int, tuple[Span, ...]] | None = None
    time_off: tuple[TimeOff, ...] = ()
    # "Busy until 3": said by one tap or a text, never by the business file.
    away_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Resource:
    """What a booking also takes: one chair, room or van. A service names the `kind` it needs."""

    name: str
    kind: str

    def resource_id(self, business_id: UUID) -> UUID:
        """Return the id under which bookings occupy it: the same for ever while it keeps its name."""
        return uuid5(business_id, f"resource {self.name}")


class DetailKind(StrEnum):
    """What kind of answer a Detail takes."""

    TEXT = "text"
    YES_NO = "yes_no"
    CHOICE = "choice"
    NUMBER = "number"


class Unfit(StrEnum):
    """What happens when an answer shows that the job is not for this business."""

    DECLINE = "decline"
    HAND_OVER = "hand_over"


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing staff must know before a service, asked in the owner's words.

    `unfit_answers` are answers (a choice, "yes", "no", or "<10" and ">50" for numbers) that end the booking with
    `unfit_words`, or bring in a person.
    """

    name: str
    question: str
    question_es: str | None = None
    kind: DetailKind = DetailKind.TEXT
    choices: tuple[str, ...] = ()
    unfit_answers: tuple[str, ...] = ()
    unfit_words: str | None = None
    unfit: Unfit = Unfit.DECLINE
    # Asked of people who have not booked here before only.
    new_only: bool = False

    def rules_out(self, answer: str) -> bool:
        """Return whether an answer shows that the job is not for this business, by the owner's own list alone."""
        return any(_is_listed(unfit, answer) for unfit in self.unfit_answers)


def _is_listed(unfit: str, answer: str) -> bool:
    if unfit[:1] in ("<", ">") and answer.replace(".", "", 1).isdecimal():
        limit, value = float(unfit[1:]), float(answer)
        return value < limit if unfit[0] == "<" else value > limit
    return unfit.casefold() == answer.casefold()


@dataclass(frozen=True, slots=True)
class Service:
    """What the business sells; `price_cents` None means "not said"."""

    name: str
    minutes: int
    price_cents: int | None = None
    # True: "from $129"; the note is the owner's words that go with the price ("comes off the repair").
    price_from: bool = False
    price_note: str | None = None
    # Other words that callers use for it, in any language.
    also: tuple[str, ...] = ()
    # False: asked for, never booked by the receptionist: a person follows up, or a quote does.
    bookable: bool = True
    quote: bool = False
    # Kept free after each booking.
    buffer_minutes: int = 0
    # How many bookings may share one start (a class, a tour).
    capacity: int = 1
    # Names of those who can do it; empty: everyone who takes bookings.
    staff: tuple[str, ...] = ()
    # Kinds of Resource it takes, one of each.
    resources: tuple[str, ...] = ()
    # Done at the caller's place: the address is asked for, and the travel gap is kept.
    at_address: bool = False
    asks_name: bool = True
    details: tuple[Detail, ...] = ()
    # The visit that emergencies get; its price is the fee the caller must agree to.
    emergency: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """An answer the business gave us, to a question callers ask. `also`: other ways to ask the same."""

    question: str
    answer: str
    also: tuple[str, ...] = ()
    answer_es: str | None = None


@dataclass(frozen=True, slots=True)
class BookingPolicy:
    """What may be booked, when. Minutes and days count from now; the grid from midnight, local."""

    lead_minutes: int = 120
    horizon_days: int = 60
    grid_minutes: int = 30
    # Between two bookings at different addresses of the same person.
    travel_minutes: int = 0
    hold_minutes: int = 10
    reminder_hours: float = 24.0
    # Public holidays kept without listing them: "US", "US-IL", "ES-MD"; None: only the dates the owner lists.
    holidays: str | None = None
    public_page: bool = True


@dataclass(frozen=True, slots=True)
class ReceptionistPolicy:
    """How the receptionist works for this business."""

    on: bool = True
    # Several texts in a row are read together: a turn waits for this long a pause.
    settle_seconds: float = 4.0
    # After so many turns without an end a person takes over.
    max_turns: int = 15
    says_automated: bool = False
    follow_up_minutes: int = 120
    # Postcodes, their beginnings, or place names; empty: the area is not checked.
    area: tuple[str, ...] = ()
    # Words for work that the business does not do.
    not_ours: tuple[str, ...] = ()
    # Told first in an emergency, in the owner's words; None: the trade's own.
    emergency_words: tuple[str, ...] = ()
    emergency_instruction: str | None = None
    emergency_instruction_es: str | None = None
    # Staff alerted in emergencies, by name, in this order; empty: everyone who takes calls.
    on_call: tuple[str, ...] = ()
    alert_again_minutes: int = 5
    # What "we will call you back" promises: so many minutes of opening hours.
    call_back_minutes: int = 60


class OutsideHours(StrEnum):
    """When a reply is due that came to be needed while the business was closed."""

    NEXT_OPENING = "next_opening"
    AT_ONCE = "at_once"


@dataclass(frozen=True, slots=True)
class RoutingRule:
    """Who answers a thread that fits; what is empty fits anything. The first of `staff` who is in gets it."""

    staff: tuple[str, ...] = ()
    # Whoever the roster has on call, before those of `staff`.
    on_call: bool = False
    lines: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    days: tuple[DayState, ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """One entry of the roster: who is on call on which weekdays ("mon"), between two days, every so many weeks.

    Weeks begin on Monday and are counted from the week of `first_on`.
    """

    staff: str
    days: tuple[str, ...] = ()
    first_on: date | None = None
    last_on: date | None = None
    every_weeks: int = 1


@dataclass(frozen=True, slots=True)
class RoutingPolicy:
    """Who owns the reply: rules (the first that fits), how soon it is due, and who is told when nobody answers."""

    target_minutes: int = 5
    outside_hours: OutsideHours = OutsideHours.NEXT_OPENING
    # From one rung of the ladder to the next: owner, backup, everyone.
    step_minutes: int = 5
    backup: str | None = None
    # A staff member who answers by text hears that it went out.
    confirm_relay: bool = False
    rules: tuple[RoutingRule, ...] = ()
    roster: tuple[Duty, ...] = ()


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
    # Immediate answers (text-backs, the receptionist's replies) wait for the law's hours too, which leave them free.
    answers_keep_quiet_hours: bool = False
    outcomes_off: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class LookupPolicy:
    """Whether the phone company is asked what sort of line a number is; it bills every look-up to the owner."""

    on: bool = False
    # What a look-up said is believed for so long.
    keep_days: int = 90
    pumping_risk: bool = False
    reassigned: bool = False
    # A contact not heard of for longer may have another's number by now.
    reassigned_after_days: int = 90


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
    resources: tuple[Resource, ...] = ()
    booking: BookingPolicy = field(default_factory=BookingPolicy)
    receptionist: ReceptionistPolicy = field(default_factory=ReceptionistPolicy)
    routing: RoutingPolicy = field(default_factory=RoutingPolicy)
    number_lookup: LookupPolicy = field(default_factory=LookupPolicy)
    brakes: BrakePolicy = field(default_factory=BrakePolicy)
    privacy: PrivacyPolicy = field(default_factory=PrivacyPolicy)
    # Where customers come, as it is said and put into calendar entries.
    address: str | None = None
    # Countries whose numbers may be texted, ISO 3166 alpha-2; empty: its own, and the US and Canada text each other.
    text_countries: tuple[str, ...] = ()
    # The whole business is away ("busy until 3"); kept beside the set-up, like that of each person.
    away_until: datetime | None = None
