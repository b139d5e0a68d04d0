"""How many SMS segments a text costs (GSM 03.38), counted as Twilio's own calculator counts them."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from ringback.domain.graphemes import split_graphemes


class Encoding(StrEnum):
    """How a text travels; one character outside GSM-7 puts the whole text in UCS-2."""

    GSM7 = "GSM-7"
    UCS2 = "UCS-2"


@dataclass(frozen=True, slots=True)
class Segments:
    """The size of a text. `units` are septets in GSM-7 and UTF-16 units in UCS-2.

    `per_segment_left` is what the last segment still takes before another one is billed; `forced_by` are the
    characters that force UCS-2, in order, each once.
    """

    encoding: Encoding
    units: int
    count: int
    per_segment_left: int
    forced_by: str


# 140 octets hold 160 septets or 70 units; in a text of several parts, 6 octets of each number the part.
_ROOM = {Encoding.GSM7: (160, 153), Encoding.UCS2: (70, 67)}

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
# Each is an escape and a letter, which cost two septets and stay in one part.
_EXTENSION = frozenset("\f^{}\\[~]|€")
_GSM7 = _BASIC | _EXTENSION


def count_segments(text: str) -> Segments:
    """Return the size of `text` as it stands. The empty text, which nobody can send, has no segment."""
    forced_by = "".join(dict.fromkeys(character for character in text if character not in _GSM7))
    encoding = Encoding.UCS2 if forced_by else Encoding.GSM7
    whole, part = _ROOM[encoding]
    units = sum(_unit_cost(character, encoding) for character in text)
    if units <= whole:
        return Segments(encoding, units, 1 if text else 0, whole - units, forced_by)
    count, used = _pack(_unsplittable(text, encoding), part)
    return Segments(encoding, units, count, part - used, forced_by)


def _unit_cost(character: str, encoding: Encoding) -> int:
    if encoding is Encoding.GSM7:
        return 2 if character in _EXTENSION else 1
    return 2 if character > "\uffff" else 1


def _unsplittable(text: str, encoding: Encoding) -> Iterable[int]:
    """Yield the units of each piece that must not be cut between two parts."""
    if encoding is Encoding.GSM7:
        yield from (_unit_cost(character, encoding) for character in text)
        return
    for cluster in split_graphemes(text):
        costs = [_unit_cost(character, encoding) for character in cluster]
        # Nothing can keep a pile of accents whole that is longer than a part.
        yield from costs if sum(costs) > _ROOM[encoding][1] else [sum(costs)]


def _pack(costs: Iterable[int], part: int) -> tuple[int, int]:
    count, used = 1, 0
    for cost in costs:
        if used + cost > part:
            count, used = count + 1, 0
        used += cost
    return count, used


def smart_replacements(text: str) -> str:
    """Return `text` with typographic characters (curly quotes, dashes, no-break spaces) as plain ones.

    Accented letters stay: only the writer knows whether a word may lose its accent.
    """
    return text.translate(_REPLACEMENTS)


def gsm7_like(text: str) -> str:
    """Return the nearest text that GSM-7 can carry: accents that force UCS-2 dropped, what has no likeness left out."""
    plain = unicodedata.normalize("NFC", smart_replacements(text))
    return "".join(_nearest(character) for character in plain)


def _nearest(character: str) -> str:
    if character in _GSM7:
        return character
    return "".join(part for part in unicodedata.normalize("NFKD", character) if part in _GSM7)


_REPLACEMENTS = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02b9\u02bb\u02bc\u02bd\u00b4\u0060\u2039\u203a\uff07", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u02ba\u00ab\u00bb\u301d\u301e\uff02", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\ufe63\uff0d", "-"),
        **dict.fromkeys("\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a", " "),
        **dict.fromkeys("\u202f\u205f\u3000\t", " "),
        **dict.fromkeys("\u2022\u00b7\u2219", "*"),
        # Invisible: a writer who pastes them never meant to pay for them.
        **dict.fromkeys("\u00ad\u200b\u2060\ufeff", None),
        **dict.fromkeys("\u2028\u2029\u0085", "\n"),
        "\u2026": "...",
        "\u2044": "/",
        "\u00bc": "1/4",
        "\u00bd": "1/2",
        "\u00be": "3/4",
        "\u00ba": "o",
        "\u00aa": "a",
        "\u2122": "TM",
    }
)
