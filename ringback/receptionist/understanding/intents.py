"""What a caller wants with a text: one label, and how sure the rules are of it."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from ringback.domain.consent_plain import asks_to_stop
from ringback.receptionist.understanding.emergency import EmergencyKind, find_emergency
from ringback.receptionist.understanding.intents_previous import Asked, read_previous
from ringback.receptionist.understanding.intents_signs import Sign, hear, plain_words
from ringback.receptionist.understanding.intents_spam import is_spam


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


@dataclass(frozen=True, slots=True)
class _Text:
    """What is looked at: folded words, the signs in them, and what we had asked."""

    body: str
    words: str
    signs: Mapping[Sign, str]
    asked: Asked

    def has(self, *signs: Sign) -> bool:
        return any(sign in self.signs for sign in signs)


def read_intent(text: str, previous: str = "", language: str = "en") -> Reading:
    """Return what the text is after; `previous` is our last text, which says what a "yes" is about.

    English and Spanish are both always heard, since callers switch, so the thread's `language` changes nothing yet.
    """
    del language
    words = plain_words(text)
    heard = _Text(text, words, hear(words), read_previous(previous))
    found = dict(_grave(heard))
    main, why = next(iter(found.items()), None) or _decide(heard)
    also = frozenset(found) | frozenset(_others(heard))
    return _with_flags(heard, main, also - {main}, why)


def _grave(text: _Text) -> Iterator[tuple[Intent, str]]:
    """What comes before everything else, the gravest first."""
    if asks_to_stop(text.body):
        yield Intent.OPT_OUT, text.words[:60]
    emergency = find_emergency(text.body, "")
    # "URGENT! You have won" is urgent to its sender only.
    if is_spam(text.body) and (emergency is None or emergency[0] is EmergencyKind.STATED):
        yield Intent.SPAM, "several marks of an advertisement"
    elif emergency:
        yield Intent.EMERGENCY, emergency[1]


# A greeting followed by more than this says something else besides.
_LONGEST_GREETING = 9
_ABOUT_US = re.compile(r"(?<!\S)(?:you|your|they|their|them|its|we|us|our|can i|may i|could i|usted\w*|su)(?!\S)")

_Rule = tuple[Intent, Callable[[_Text], bool], tuple[Sign, ...]]


def _decide(text: _Text) -> tuple[Intent, str]:
    for intent, holds, signs in _RULES:
        if holds(text):
            return intent, next((text.signs[sign] for sign in signs if sign in text.signs), text.words[:40])
    return Intent.OTHER, ""


def _others(text: _Text) -> Iterator[Intent]:
    """All intents whose words are heard, whichever is the main one."""
    for intent, signs in _HEARD.items():
        if text.has(*signs):
            yield intent


_HEARD: dict[Intent, tuple[Sign, ...]] = {
    Intent.BOOK: (Sign.BOOK, Sign.WISH, Sign.JOB, Sign.FREE),
    Intent.RESCHEDULE: (Sign.RESCHEDULE,),
    Intent.CANCEL: (Sign.CANCEL,),
    Intent.QUESTION: (Sign.ASKS,),
    Intent.QUESTION_BOT: (Sign.BOT,),
    Intent.HUMAN: (Sign.HUMAN, Sign.CALL_ME),
    Intent.CONFIRM: (Sign.YES, Sign.ASSENT),
    Intent.DENY: (Sign.NO, Sign.LATER),
    Intent.THANKS: (Sign.THANKS, Sign.BYE),
    Intent.GREETING: (Sign.GREETING,),
}


def _with_flags(text: _Text, main: Intent, also: frozenset[Intent], why: str) -> Reading:
    return Reading(
        main,
        also,
        why.strip(" .?"),
        wrong_number=text.has(Sign.WRONG_NUMBER),
        abuse=text.has(Sign.ABUSE),
        call_me=text.has(Sign.CALL_ME),
        quote=text.has(Sign.QUOTE),
        waiting_list=text.has(Sign.WAITING_LIST),
        running_late=text.has(Sign.LATE),
    )


_CONTENT = (Sign.BOOK, Sign.WISH, Sign.FREE, Sign.POLICY, Sign.CANCEL, Sign.RESCHEDULE)


def _is_human(text: _Text) -> bool:
    if text.has(Sign.HUMAN, Sign.FRUSTRATED):
        return True
    return text.has(Sign.CALL_ME) and not text.has(Sign.BANTER, Sign.CANCEL, Sign.RESCHEDULE)


def _is_reschedule(text: _Text) -> bool:
    return text.has(Sign.RESCHEDULE) and not (text.has(Sign.POLICY) and not text.has(Sign.TIME))


def _is_cancel(text: _Text) -> bool:
    """Absence is a cancellation, except as the answer to an offer: "I can't make it" at 3 wants another time."""
    if text.has(Sign.POLICY) and text.has(Sign.ASKS) and not text.words.startswith("can"):
        return False
    if text.has(Sign.CANCEL):
        return not (text.asked is Asked.CONFIRM and text.has(Sign.NO) and not text.has(Sign.BOOK))
    return text.has(Sign.ABSENT) and not _is_answering(text) and not text.has(Sign.FREE)


def _is_answering(text: _Text) -> bool:
    return text.asked in (Asked.CONFIRM, Asked.WHETHER, Asked.TIME)


def _is_deny(text: _Text) -> bool:
    if text.has(Sign.CANCEL, Sign.WRONG_NUMBER):
        return False
    if text.has(Sign.ABSENT) and _is_answering(text):
        return True
    if not text.has(Sign.NO, Sign.LATER):
        return False
    if text.has(Sign.POLICY) and text.has(Sign.ASKS):
        return False
    return text.has(Sign.NO) or _is_answering(text) or not text.has(*_CONTENT)


def _is_question(text: _Text) -> bool:
    """A question about the business, or one that only we can answer."""
    if text.has(Sign.ACCEPTS) and not text.has(Sign.TIME) and text.has(Sign.ASKS):
        return True
    return text.has(Sign.ASKS) and text.has(Sign.POLICY) and not text.has(Sign.BOOK)


def _is_thanks(text: _Text) -> bool:
    if text.has(Sign.BOOK, Sign.POLICY):
        return False
    if text.has(Sign.BYE):
        return not (_is_answering(text) and text.has(Sign.LATER))
    if not text.has(Sign.THANKS, Sign.ALL) or text.has(*_CONTENT):
        return False
    return not (_is_answering(text) and text.has(Sign.YES, Sign.ASSENT, Sign.NO)) and not _refuses(text)


def _refuses(text: _Text) -> bool:
    """ "No thanks" declines, whatever was asked; "no, that's all, thanks" ends an "anything else?"."""
    return text.has(Sign.NO) and text.asked is not Asked.ELSE


def _is_confirm(text: _Text) -> bool:
    """A yes with a wish of its own ("sounds good, book me for 3") is a booking, unless we had asked for that yes."""
    if not text.has(Sign.YES, Sign.ASSENT):
        return False
    if text.has(Sign.ASKS) and not _is_answering(text):
        return False
    if _is_answering(text):
        return not (text.has(Sign.TIME) and text.has(Sign.BOOK, Sign.WISH, Sign.FREE))
    return not text.has(Sign.BOOK, Sign.WISH, Sign.FREE, Sign.JOB)


def _is_book(text: _Text) -> bool:
    if text.has(Sign.BOOK, Sign.WISH, Sign.FREE):
        return True
    if text.has(Sign.JOB) or (text.has(Sign.QUOTE) and not text.has(Sign.ASKS)):
        return True
    return text.asked is Asked.TIME and text.has(Sign.TIME)


def _is_late_question(text: _Text) -> bool:
    """A question that is neither about us nor by "can I" is none that a business can answer."""
    if not text.has(Sign.ASKS):
        return False
    preface = text.signs.get(Sign.PREFACE)
    return text.has(Sign.TOPIC) if preface is None else bool(_ABOUT_US.search(text.words.replace(preface, "", 1)))


def _is_greeting(text: _Text) -> bool:
    return text.has(Sign.GREETING) and len(text.words.split()) <= _LONGEST_GREETING


_RULES: tuple[_Rule, ...] = (
    (Intent.QUESTION_BOT, lambda text: text.has(Sign.BOT), (Sign.BOT,)),
    (Intent.HUMAN, _is_human, (Sign.HUMAN, Sign.CALL_ME, Sign.FRUSTRATED)),
    (Intent.RESCHEDULE, _is_reschedule, (Sign.RESCHEDULE,)),
    (Intent.CANCEL, _is_cancel, (Sign.CANCEL, Sign.ABSENT)),
    (Intent.THANKS, _is_thanks, (Sign.THANKS, Sign.BYE, Sign.ALL)),
    (Intent.DENY, _is_deny, (Sign.NO, Sign.LATER)),
    (Intent.QUESTION, _is_question, (Sign.POLICY,)),
    (Intent.CONFIRM, _is_confirm, (Sign.YES, Sign.ASSENT)),
    (Intent.BOOK, _is_book, (Sign.BOOK, Sign.WISH, Sign.FREE, Sign.JOB, Sign.TIME)),
    (Intent.GREETING, _is_greeting, (Sign.GREETING,)),
    (Intent.QUESTION, _is_late_question, (Sign.ASKS,)),
)
