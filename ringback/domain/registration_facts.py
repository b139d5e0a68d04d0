"""What the phone company and the carriers have said of a line's registration, kept beside the owner's own word."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ringback.domain.phrases import Phrase


class CarrierWord(StrEnum):
    """What a phone company says when it is asked; `missing`: it knows of no registration for this number."""

    APPROVED = "approved"
    PENDING = "pending"
    REJECTED = "rejected"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class CarrierFacts:
    """The last answer to a look-up, the last try, and whether carriers refused a text of the line as unregistered.

    `detail` is the phone company's own reason for a rejection; `trouble` says why the last try brought no answer.
    """

    word: CarrierWord | None = None
    detail: str = ""
    answered_at: datetime | None = None
    asked_at: datetime | None = None
    trouble: str | None = None
    refused_at: datetime | None = None
    refused_code: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """The phone company answered a look-up."""

    word: CarrierWord
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A look-up brought nothing; what was known before stands."""

    sentence: Phrase


LookedUp = Answered | Unanswered
