"""The inputs of a settings form: how a value of the business's document is shown as text, and read back from it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from ringback.domain.business import Business
from ringback.domain.phones import normalise_phone
from ringback.domain.phrases import Phrase

Texts = tuple[str, ...]
Typed = Mapping[str, Texts]


class Kind(StrEnum):
    """What an input is for; templates/settings/inputs.html draws each."""

    TEXT = "text"
    LONG = "long"
    PHONE = "phone"
    EMAIL = "email"
    WHOLE = "whole"
    DECIMAL = "decimal"
    MONEY = "money"
    DATE = "date"
    TIME = "time"
    YES = "yes"
    # Whether a table of the document is there at all; the inputs below it fill it.
    OWN = "own"
    # One of a closed list; several of one, in its order; several in an order of the owner's.
    CHOICE = "choice"
    SEVERAL = "several"
    ORDERED = "ordered"
    # One entry on each line.
    LIST = "list"
    # Pairs of times; and rows of first day, last day, from, to.
    SPANS = "spans"
    TIMES_OFF = "times_off"


@dataclass(frozen=True, slots=True)
class Option:
    """One of a closed list: the value as the document has it, and how people say it."""

    value: str
    label: str


Choices = Callable[[Business], Sequence[Option]]


@dataclass(frozen=True, slots=True)
class Input:
    """One field of a form. `path` is its place within the part of the document that the form is about.

    `required`: left empty it is sent as "", for the document's checks to refuse; else its key is left out.
    `said_empty`: the key is written though it is empty, because left out it would leave what was there.
    """

    path: str
    kind: Kind
    label: Phrase
    hint: Phrase | None = None
    choices: Choices | None = None
    required: bool = False
    said_empty: bool = False
    unit: Phrase | None = None


class Absent:
    """Marks a key that is to be left out of the document."""


ABSENT: Final = Absent()
_MIDNIGHT = "00:00"
_LAST_MINUTE = "24:00"


def show(kind: Kind, value: Any) -> Texts:
    """Return the texts of an input that shows a value; None is an empty one."""
    match kind:
        case Kind.YES:
            return ("on",) if value else ()
        case Kind.OWN:
            return () if value is None else ("on",)
        case Kind.SEVERAL | Kind.ORDERED:
            return tuple(str(one) for one in value or ())
        case Kind.LIST:
            return ("\n".join(value or ()),)
        case Kind.SPANS:
            return tuple(time for span in value or () for time in _ends(span))
        case Kind.TIMES_OFF:
            return tuple(text for away in value or () for text in _row(away))
        case Kind.MONEY if value is not None:
            return (f"{value / 100:.2f}".removesuffix(".00"),)
        case _:
            return ("" if value is None else str(value),)


def _ends(span: str) -> Texts:
    start, _, end = span.partition("-")
    # A time input knows no 24:00; the end of a span at 00:00 can mean nothing else.
    return (start, _MIDNIGHT if end == _LAST_MINUTE else end)


def _row(away: Mapping[str, Any]) -> Texts:
    span = away.get("span")
    return (str(away["first_on"]), str(away["last_on"]), *(_ends(span) if span else ("", "")))


def read(given: Input, texts: Texts, country: str) -> Any:
    """Return the value that the texts of an input stand for, or ABSENT. What cannot be read is left as it was typed."""
    match given.kind:
        case Kind.YES:
            return bool(texts)
        case Kind.OWN:
            return {} if texts else ABSENT
        case Kind.SEVERAL:
            return list(texts)
        case Kind.ORDERED:
            return list(dict.fromkeys(filter(None, texts)))
        case Kind.LIST:
            return [line.strip() for line in _one(texts).splitlines() if line.strip()]
        case Kind.SPANS:
            return [_span(start, end) for start, end in _groups(texts, 2)]
        case Kind.TIMES_OFF:
            return [_time_off(row) for row in _groups(texts, 4)]
        case _:
            text = _one(texts)
            return _read_one(given, text, country) if text or given.required or given.said_empty else ABSENT


def _read_one(given: Input, text: str, country: str) -> Any:
    match given.kind:
        case Kind.WHOLE if re.fullmatch(r"-?\d{1,12}", text):
            return int(text)
        case Kind.DECIMAL if re.fullmatch(r"-?\d{1,9}([.,]\d{1,6})?", text):
            return float(text.replace(",", "."))
        case Kind.MONEY:
            return _cents(text)
        case Kind.PHONE:
            # As people of the country write it; the document asks for the whole number.
            return normalise_phone(text, country) or text
        case _:
            return text


def _one(texts: Texts) -> str:
    return texts[-1].replace("\r\n", "\n").strip() if texts else ""


def _cents(text: str) -> int | str:
    said = re.fullmatch(r"[$€£]?\s*(\d{1,7}|\d{1,3}(?:,\d{3})+)(?:[.,](\d{1,2}))?\s*[$€£]?", text)
    if said is None:
        return text
    whole, part = said.groups()
    return int(whole.replace(",", "")) * 100 + int((part or "").ljust(2, "0"))


def _groups(texts: Texts, size: int) -> list[Texts]:
    """The rows of inputs that were sent one after the other, without the empty ones."""
    rows = [texts[start : start + size] for start in range(0, len(texts) - size + 1, size)]
    return [row for row in rows if any(row)]


def _span(start: str, end: str) -> str:
    return f"{start}-{_LAST_MINUTE if end == _MIDNIGHT else end}"


def _time_off(row: Texts) -> dict[str, str]:
    first_on, last_on, start, end = row
    away = {"first_on": first_on, "last_on": last_on or first_on}
    return away | ({"span": _span(start, end)} if start or end else {})


def says_the_same(kind: Kind, one: Texts, other: Texts) -> bool:
    """Return whether two readings of an input differ in nothing but empty rows, order of choices or line ends."""
    return _settled(kind, one) == _settled(kind, other)


def _settled(kind: Kind, texts: Texts) -> object:
    match kind:
        case Kind.SEVERAL:
            return set(texts)
        case Kind.ORDERED:
            return [text for text in texts if text]
        case Kind.SPANS:
            return _groups(texts, 2)
        case Kind.TIMES_OFF:
            return _groups(texts, 4)
        case Kind.YES | Kind.OWN:
            return bool(texts)
        case _:
            return _one(texts)
