"""The dialog's values: what is known so far, what happened, and what one step amounts to.

`engine.advance(dialog, happened, desk)` is the receptionist: pure, the same inputs give the same step. What it cannot
know by itself (openings, whether a hold succeeded) it asks for as a `need`; the workflow meets it and advances again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from ringback.domain.bookings import Booking, Opening, Search, Taken, Wanted, Window
from ringback.domain.business import Business


class Stage(StrEnum):
    """What the next text is expected to answer."""

    IDLE = "idle"
    SERVICE = "service"
    TIME = "time"
    CHOICE = "choice"
    DETAIL = "detail"
    READ_BACK = "read_back"
    WHICH_BOOKING = "which_booking"
    CANCEL_READ_BACK = "cancel_read_back"
    EMERGENCY_FEE = "emergency_fee"
    DID_YOU_MEAN = "did_you_mean"
    WAITING_LIST = "waiting_list"
    CALL_BACK = "call_back"


class Goal(StrEnum):
    """What the caller is after."""

    NONE = "none"
    BOOK = "book"
    RESCHEDULE = "reschedule"
    CANCEL = "cancel"
    QUOTE = "quote"
    EMERGENCY = "emergency"
    MESSAGE = "message"


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said: `written` for a text, `spoken` for a voice (no abbreviations, times in words)."""

    written: str
    spoken: str


# --- what happened


@dataclass(frozen=True, slots=True)
class Heard:
    """The contact said something: all texts since the last turn, in order."""

    texts: tuple[str, ...]
    pictures: int = 0


@dataclass(frozen=True, slots=True)
class Silence:
    """The contact, who had replied before, has said nothing for the follow-up time (or after the follow-up)."""

    followed_up: bool


@dataclass(frozen=True, slots=True)
class OpeningsFound:
    """The answer to FindOpenings, best first."""

    openings: tuple[Opening, ...]


@dataclass(frozen=True, slots=True)
class HoldMade:
    """The answer to Hold: the time is kept for this caller."""

    booking: Booking


@dataclass(frozen=True, slots=True)
class BookingMade:
    """The answer to Book or Move: it is committed with this turn."""

    booking: Booking


@dataclass(frozen=True, slots=True)
class BookingCancelled:
    """The answer to Cancel."""

    booking: Booking


Happened = Heard | Silence | OpeningsFound | HoldMade | BookingMade | BookingCancelled | Taken


# --- what the engine needs to go on


@dataclass(frozen=True, slots=True)
class FindOpenings:
    """Which times are free?"""

    search: Search


@dataclass(frozen=True, slots=True)
class Hold:
    """Keep this time for the caller while they decide; `moving` is the booking that would be moved there."""

    wanted: Wanted
    moving: UUID | None = None


@dataclass(frozen=True, slots=True)
class Book:
    """Turn the hold into a booking (`wanted` has the details by now)."""

    booking_id: UUID
    wanted: Wanted
    moving: UUID | None = None


@dataclass(frozen=True, slots=True)
class Cancel:
    """Cancel this booking of the contact."""

    booking_id: UUID


@dataclass(frozen=True, slots=True)
class Release:
    """Let a hold go: the caller wants another time. Answered by nothing; it is an action."""

    booking_id: UUID


Need = FindOpenings | Hold | Book | Cancel


# --- what is to be written down, no answer needed


class HandOverKind(StrEnum):
    """Why a thread goes to a person (PRODUCT 4.5)."""

    ASKED = "asked"
    ANGER = "anger"
    UNSURE = "unsure"
    TOO_LONG = "too_long"
    UNANSWERED = "unanswered"
    UNFIT = "unfit"
    EMERGENCY = "emergency"
    QUOTE = "quote"
    PICTURE = "picture"
    SILENCE = "silence"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class HandOver:
    """Give the thread to a person, with a summary for them; the receptionist goes quiet unless `stays`."""

    kind: HandOverKind
    summary: str
    stays: bool = False


@dataclass(frozen=True, slots=True)
class PromiseCall:
    """A call back was promised by this instant."""

    due_at: datetime
    about: str


@dataclass(frozen=True, slots=True)
class RecordGap:
    """A question that no Fact answered, in the caller's words."""

    question: str


@dataclass(frozen=True, slots=True)
class AlertOnCall:
    """An emergency: alert the on-call people until one acknowledges; then the caller is told who comes and when."""

    words: str
    address: str | None = None
    fee_agreed: bool | None = None


@dataclass(frozen=True, slots=True)
class NameContact:
    """The contact's own name, as they gave it."""

    name: str


@dataclass(frozen=True, slots=True)
class SetLanguage:
    """The thread's language from now on ("en", "es")."""

    language: str


@dataclass(frozen=True, slots=True)
class RequestQuote:
    """A quote was asked for: what is known of the job."""

    service: str | None
    details: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class JoinWaitingList:
    """Tell this contact when something opens up."""

    search: Search
    for_whom: str | None = None


@dataclass(frozen=True, slots=True)
class MarkContact:
    """`spam` or `wrong_number`: nothing automatic goes to this contact any more."""

    kind: str


@dataclass(frozen=True, slots=True)
class ConfirmBooking:
    """The contact answered the reminder with C."""

    booking_id: UUID


@dataclass(frozen=True, slots=True)
class Close:
    """Nothing is left to do in this thread for now."""


Action = (
    HandOver
    | PromiseCall
    | RecordGap
    | AlertOnCall
    | NameContact
    | SetLanguage
    | RequestQuote
    | JoinWaitingList
    | MarkContact
    | ConfirmBooking
    | Release
    | Close
)


# --- the state and the step


@dataclass(frozen=True, slots=True)
class Dialog:
    """All that the receptionist remembers of a thread; stored as JSON between turns (`memory.dump`, `memory.load`)."""

    language: str
    stage: Stage = Stage.IDLE
    goal: Goal = Goal.NONE
    service: str | None = None
    search: Search | None = None
    offered: tuple[Opening, ...] = ()
    chosen: Opening | None = None
    held: UUID | None = None
    moving: UUID | None = None
    name: str | None = None
    for_whom: str | None = None
    address: str | None = None
    details: Mapping[str, str] = field(default_factory=dict)
    # The Detail's name that was asked for last, and how often in a row the answer could not be read.
    asking: str | None = None
    misread: int = 0
    # How often in a row a turn left everything as it was, the question still waiting.
    standstill: int = 0
    turns: int = 0
    # The question that waits for an answer, as it is put again after an interruption; and all we said last.
    pending: Reply | None = None
    said: str = ""
    # What the caller first wrote: staff read it, nobody guesses from it.
    about: str | None = None
    # Days and hours that the caller refused: the nearest alternative is none of them.
    refused: tuple[Window, ...] = ()
    # A visit for more than one person was asked for; each is booked by itself.
    several: bool = False
    # We said that we would not text again.
    wrong_number: bool = False
    # No name could be read, and it is not asked for again.
    unnamed: bool = False
    # What was booked last: "and Tuesday at 4 for Leo" is another of it.
    last_service: str | None = None
    # A time of day (minutes, before noon) of which "morning or afternoon?" was asked.
    half_minute: int | None = None
    # Bookings of which "which one?" was asked, and the one that is to be cancelled.
    candidates: tuple[UUID, ...] = ()
    emergency: str | None = None
    alerted: bool = False
    # Facts offered by "did you mean", and the question that led to it.
    suggested: tuple[str, ...] = ()
    question: str | None = None
    greeted: bool = False
    followed_up: bool = False
    handed_over: bool = False


@dataclass(frozen=True, slots=True)
class Caller:
    """The contact as the engine may know them. `known`: has booked here before; `bookings` are those to come."""

    contact_id: UUID
    phone: str
    name: str | None = None
    known: bool = False
    bookings: tuple[Booking, ...] = ()
    # Our last text asked for a C about this booking.
    to_confirm: UUID | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """What the engine may look at: the business as set up, the caller, and the present (aware UTC)."""

    business: Business
    caller: Caller
    now: datetime


@dataclass(frozen=True, slots=True)
class Why:
    """One reason of a turn, in a sentence for the owner; `fact` names the Fact or Service that was used."""

    sentence: str
    fact: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """What one advance amounts to. With a `need`, replies and actions so far stand and the turn goes on."""

    dialog: Dialog
    replies: tuple[Reply, ...] = ()
    actions: tuple[Action, ...] = ()
    need: Need | None = None
    why: tuple[Why, ...] = ()
