"""What a staff member's text to a line means: words for a caller, a number from a list, or that they have it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from ringback.domain.graphemes import split_graphemes

_LONGEST_QUOTE = 60


class Word(StrEnum):
    """What says something to us and nothing to the caller."""

    TAKE = "take"
    CANNOT = "cannot"


@dataclass(frozen=True, slots=True)
class Pick:
    """The number that a held text is for."""

    thread_id: UUID


@dataclass(frozen=True, slots=True)
class Send:
    """Words for the caller of a thread."""

    thread_id: UUID
    body: str


@dataclass(frozen=True, slots=True)
class Ask:
    """Nobody can tell for whom this is: it is held. `anew`: the question has not been asked yet, or has changed."""

    body: str
    anew: bool


@dataclass(frozen=True, slots=True)
class Speak:
    """They have it, or cannot; `threads` are those it may be about."""

    word: Word
    threads: tuple[UUID, ...]


Meaning = Pick | Send | Ask | Speak | None

_TAKE = re.compile(
    r"(i have it|i've got (it|this)|got it|i'?ll take it|mine|on it|lo tengo|yo me encargo|es mio|es mío|mio|mío)"
)
_CANNOT = re.compile(r"(no|nope|pass|not me|busy|can'?t|cannot|i can'?t|someone else|no puedo|ocupad[oa]|otra persona)")
_NUMBER = re.compile(r"(?P<number>\d{1,2})(?:\s*[.:)\-,]+\s*|\s+|$)(?P<rest>.*)", re.DOTALL)
# "2 pm works" and "10 minutes" begin with a number that picks nobody.
_UNIT = re.compile(
    r"(a\.?m\b|p\.?m\b|o'?clock|h\b|hrs?\b|hours?\b|m\b|mins?\b|minut\w*|horas?\b|days?\b|d[ií]as?\b|weeks?\b|semanas?\b|"
    r"(?:or|to|and|o|a|y)\s*\d|%|[\d$€£/])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a staff phone has to do with: open talks in order, the last question's numbers, and how many are held."""

    talks: Sequence[UUID]
    question: Sequence[UUID] = ()
    held: int = 0


def read_staff_text(body: str, standing: Standing) -> Meaning:
    """Return what a staff member's text means; None where nothing is open that it could be about."""
    text = body.strip()
    picked = _read_number(text, standing)
    if picked is not None:
        return picked
    talks = tuple(standing.talks)
    if not talks or not text:
        return None
    word = read_word(text)
    if word is not None:
        return Speak(word, talks)
    # What was asked is still to be answered: a second text belongs to the first.
    if standing.held:
        return Ask(text, anew=tuple(standing.question) != talks)
    if len(talks) == 1:
        return Send(talks[0], text)
    return Ask(text, anew=True)


def read_word(text: str) -> Word | None:
    """Return whether a text says no more than that they have it, or cannot; whole texts only."""
    plain = " ".join(text.replace("’", "'").casefold().strip(" \t\n.,!?").split())
    if _TAKE.fullmatch(plain):
        return Word.TAKE
    return Word.CANNOT if _CANNOT.fullmatch(plain) else None


def _read_number(text: str, standing: Standing) -> Pick | Send | None:
    found = _NUMBER.fullmatch(text)
    if found is None or not 1 <= int(found["number"]) <= len(standing.question):
        return None
    thread_id, rest = standing.question[int(found["number"]) - 1], found["rest"].strip()
    if not rest:
        return Pick(thread_id) if standing.held else None
    return None if _UNIT.match(rest) else Send(thread_id, rest)


def question_text(callers: Sequence[str], language: str) -> str:
    """Return the question which caller a held text is for: a short numbered list."""
    listed = ", ".join(f"{number} {caller}" for number, caller in enumerate(callers, 1))
    if language == "es":
        return f"Para quien es su respuesta? {listed}. Responda con el numero."
    return f"Who is your reply for? {listed}. Reply with the number."


def expired_text(body: str, language: str) -> str:
    """Return what a staff member hears whose held text was sent to nobody."""
    if language == "es":
        return f'No se envio: "{_short(body)}". Nadie dijo para quien era.'
    return f'Not sent: "{_short(body)}". You did not say who it was for.'


def sent_text(caller: str, language: str) -> str:
    """Return the short note that a relayed reply went out."""
    return f"Enviado a {caller}." if language == "es" else f"Sent to {caller}."


def refused_text(caller: str, why: str, language: str) -> str:
    """Return what a staff member hears whose reply was not taken; `why` is the sentence that pages show."""
    return f"No se envio a {caller}: {why}" if language == "es" else f"Not sent to {caller}: {why}"


def several_text(language: str) -> str:
    """Return what a staff member hears who takes "it" while several wait."""
    if language == "es":
        return "Hay varias conversaciones abiertas. Escriba su respuesta, o tomela en la bandeja de entrada."
    return "More than one conversation waits. Write your reply, or take one in the inbox."


def _short(body: str) -> str:
    letters = list(split_graphemes(" ".join(body.split())))
    return "".join(letters[:_LONGEST_QUOTE]) + ("..." if len(letters) > _LONGEST_QUOTE else "")
