"""What staff are told of an emergency, what their answer means, and what the caller is told then."""

import re
from dataclasses import dataclass

from ringback.domain.business import Business
from ringback.domain.graphemes import split_graphemes
from ringback.domain.healthcare import is_on, patient_words

_LONGEST_WORDS = 160
_LONGEST_ETA_MINUTES = 24 * 60
_LONGEST_REFUSAL_WORDS = 4


@dataclass(frozen=True, slots=True)
class Coming:
    """Somebody takes the emergency; `minutes` until they are there, where they said so."""

    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class CannotCome:
    """They cannot: the next person is alerted now."""


Answer = Coming | CannotCome

# Refusals first: taking a "no, I can't" for an answer would leave a flooded house without anyone.
_REFUSAL = re.compile(
    r"^\W*(no|nope|not me|busy|pass|decline|ocupad[oa])\b|\b(can'?t|cannot|can not|unable|won'?t|not available|"
    r"no puedo|imposible|someone else|otra persona)\b",
    re.IGNORECASE,
)
_HOURS = re.compile(r"\b(an|one|a|una|1(?!\d)|[2-9]|1\d|2[0-4])\s*(?:hours?|hrs?|h|horas?)\b", re.IGNORECASE)
_HALF = re.compile(r"\b(half an? h(?:ou)?r|media hora)\b", re.IGNORECASE)
# "at 12th street" and "by 9pm" are numbers too, but no minutes.
_MINUTES = re.compile(r"(\d{1,4})\s*(?:minutes?|minutos?|mins?|m)\b|\b(\d{1,4})\b(?!\s*(?:st|nd|rd|th|:|am|pm))", re.I)
_ONES = {"an": 1, "one": 1, "a": 1, "una": 1}


def read_answer(body: str) -> Answer:
    """Return what a staff member's text says to an alert. Whatever is not a refusal takes it: "1", "ok", "on it"."""
    text = body.replace("’", "'").casefold().strip()
    if _REFUSAL.search(text):
        return CannotCome()
    return Coming(_minutes(re.sub(r"^1\b[\s.,!:-]*(?!\s*(?:h|hr|hour|min))", "", text)))


_PLAIN = re.compile(
    r"(?:1|ok(?:ay)?|yes|y|yep|s[ií]|on it|on my way|omw|coming|voy|i have it|i'?ll (?:go|take it)|got it|mine|"
    r"lo tengo)?"
    r"[\s,.!:-]*(?:in|about|~|en)?\s*(?:half an? h(?:ou)?r|media hora|(?:an|one|a|una|\d{1,4})\s*"
    r"(?:minutes?|minutos?|mins?|m|hours?|hrs?|h|horas?)?)?[\s.!]*"
)


def is_plain_answer(body: str) -> bool:
    """Return whether a text can be nothing but the answer to an alert: a refusal, a "1", some minutes."""
    text = body.replace("’", "'").casefold().strip()
    # "No, we are closed on Friday" is meant for a caller.
    refuses = _REFUSAL.search(text) is not None and len(text.split()) <= _LONGEST_REFUSAL_WORDS
    return refuses or (bool(text) and _PLAIN.fullmatch(text) is not None)


def _minutes(text: str) -> int | None:
    """The minutes a text names; the "1" that takes the alert is not one of them."""
    if _HALF.search(text):
        return 30
    if hours := _HOURS.search(text):
        word = hours[1]
        return 60 * (_ONES[word] if word in _ONES else int(word))
    if found := _MINUTES.search(text):
        minutes = int(found[1] or found[2])
        return minutes if 0 < minutes <= _LONGEST_ETA_MINUTES else None
    return None


@dataclass(frozen=True, slots=True)
class Emergency:
    """What is known of an emergency when people are alerted. `caller` is a name with a number, or the number."""

    caller: str
    words: str
    address: str | None = None
    fee_agreed: bool | None = None
    again: bool = False
    # Where the conversation is read: all that a text of a business in healthcare mode leads to.
    link: str = ""


def alert_text(business: Business, emergency: Emergency) -> str:
    """Return the text to a staff phone: who, what, where, and how to take it."""
    spanish = business.language == "es"
    words = "".join(list(split_graphemes(emergency.words))[:_LONGEST_WORDS])
    hidden = is_on(business)
    said = patient_words(business.language) + f" {emergency.link}" if hidden else f'{emergency.caller}: "{words}".'
    where = f"{'Direccion' if spanish else 'Address'}: {emergency.address}." if emergency.address else ""
    parts = [
        f"{_title(spanish, emergency.again)} {business.name}: {said}",
        "" if hidden else where,
        "" if hidden else _fee(spanish, emergency.fee_agreed),
        "Responda 1 y los minutos hasta llegar (1 30), o NO si no puede."
        if spanish
        else "Reply 1 and your minutes to get there (1 30), or NO if you cannot.",
    ]
    return " ".join(part for part in parts if part)


def _title(spanish: bool, again: bool) -> str:
    word = "EMERGENCIA" if spanish else "EMERGENCY"
    return f"{'SIGUE ABIERTA' if spanish else 'STILL OPEN'} - {word}" if again else word


def _fee(spanish: bool, agreed: bool | None) -> str:
    if agreed is None:
        return ""
    if spanish:
        return "Acepta la tarifa de urgencia." if agreed else "No acepta la tarifa de urgencia."
    return "Agreed to the emergency fee." if agreed else "Did not agree to the emergency fee."


# Spanish without the accents that would make a second segment of it (UCS-2).
def coming_text(business: Business, who: str, minutes: int | None, language: str) -> str:
    """Return what the caller is told once somebody took the emergency. Without minutes only a call is spoken of."""
    if language == "es":
        if minutes is None:
            return f"{who}, de {business.name}, tiene su mensaje y le llamara enseguida."
        return f"{who}, de {business.name}, va en camino: unos {minutes} minutos."
    if minutes is None:
        return f"{who} from {business.name} has your message and will call you shortly."
    return f"{who} from {business.name} is on the way, about {minutes} minutes."


def taken_text(who: str, language: str) -> str:
    """Return what a staff member hears whose answer came after somebody else's."""
    return f"{who} ya se encarga. Gracias." if language == "es" else f"{who} has already taken it. Thank you."
