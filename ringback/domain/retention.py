"""For how long each kind of thing is kept, what goes then, and when of a night."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from zoneinfo import ZoneInfo

from ringback.domain.phrases import Phrase, phrase
from ringback.domain.privacy_policy import PrivacyPolicy


class Kind(StrEnum):
    """A kind of thing that goes when it is old; the names of the policy's fields are made of these."""

    MESSAGES = "messages"
    PICTURES = "pictures"
    RECORDINGS = "recordings"
    CONTACTS = "contacts"
    NOTICES = "notices"
    EVENTS = "events"
    EXCHANGES = "exchanges"
    AUDIT = "audit"


@dataclass(frozen=True, slots=True)
class Words:
    """How a kind is said on a page: its name, and what goes of it."""

    name: Phrase
    goes: Phrase


WORDS: Mapping[Kind, Words] = MappingProxyType(
    {
        Kind.MESSAGES: Words(
            phrase("What was written"),
            phrase("The words of texts, notes and questions. That there was a text, and when, stays for the figures."),
        ),
        Kind.PICTURES: Words(phrase("Pictures"), phrase("Pictures that callers sent.")),
        Kind.RECORDINGS: Words(phrase("Recordings"), phrase("Voicemails and recordings. Nothing is recorded yet.")),
        Kind.CONTACTS: Words(
            phrase("Contacts you have not heard of"),
            phrase("Who has not called, written or booked for so long is erased. That they said STOP stays."),
        ),
        Kind.NOTICES: Words(phrase("Alerts to your people"), phrase("What your people were told, and on which way.")),
        Kind.EVENTS: Words(
            phrase("What phone companies told us"),
            phrase("The contents of callbacks. That each one came stays, so that none counts twice."),
        ),
        Kind.EXCHANGES: Words(phrase("What we asked phone companies"), phrase("Requests and answers, for support.")),
        Kind.AUDIT: Words(phrase("Who changed what"), phrase("Entries of the list of changes.")),
    }
)
# Not in business hours anywhere in between: calls are few, and so are those who would wait for a page.
_AT_NIGHT = time(3, 20)


def kept_days(policy: PrivacyPolicy, kind: Kind) -> int:
    """Return for how many days a business keeps things of a kind."""
    days: int = getattr(policy, f"keep_{kind.value}_days")
    return days


def old_before(policy: PrivacyPolicy, now: datetime) -> dict[Kind, datetime]:
    """Return the instant before which things of each kind go."""
    return {kind: now - timedelta(days=kept_days(policy, kind)) for kind in Kind}


def next_night(zone: str, now: datetime) -> datetime:
    """Return when the next night's work begins, local to the business."""
    here = ZoneInfo(zone)
    local = now.astimezone(here)
    tonight = datetime.combine(local.date(), _AT_NIGHT, here)
    after = tonight if tonight > local else datetime.combine(local.date() + timedelta(days=1), _AT_NIGHT, here)
    return after.astimezone(now.tzinfo)
