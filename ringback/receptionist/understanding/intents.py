"""What a caller wants with a text: one label, and how sure the rules are of it."""

from dataclasses import dataclass
from enum import StrEnum


class Intent(StrEnum):
    """The labels of a text, as the evaluation sets name them."""

    BOOK = "book"
    RESCHEDULE = "reschedule"
    CANCEL = "cancel"
    QUESTION = "question"
    QUESTION_BOT = "question_bot"
    OPT_OUT = "optout"
    HUMAN = "human"
    EMERGENCY = "emergency"
    CONFIRM = "confirm"
    DENY = "deny"
    THANKS = "thanks"
    GREETING = "greeting"
    SPAM = "spam"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Reading:
    """The main intent of a text and all the others heard in it ("Yes, what's the address?" is CONFIRM with QUESTION).

    `why` names the words that decided, for "why did it say that?".
    """

    intent: Intent
    also: frozenset[Intent] = frozenset()
    why: str = ""
    # Heard beside the labels: each has a consequence of its own.
    wrong_number: bool = False
    abuse: bool = False
    call_me: bool = False
    quote: bool = False
    waiting_list: bool = False
    running_late: bool = False

    def has(self, intent: Intent) -> bool:
        """Return whether the intent is heard at all, as the main one or beside it."""
        return intent is self.intent or intent in self.also
