"""The kinds of words that sentences about time are made of, and the values that a text becomes before it is read.

Each kind is one letter, so that a text is a string of letters and a phrase is a regular expression over it. The rules
write the names of the kinds ("NEXT WEEKDAY"); `compile_rule` turns the names into letters.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What a word or figure can be. `Term.value` is in the brackets."""

    WORD = "x"
    STOP = "."
    COMMA = ","
    # A number that is never a time: money, a phone number, a part number.
    FIGURE = "#"
    # What people count: the number before it is no hour.
    COUNTED = "q"
    STREET = "G"
    NUMBER = "n"
    # Two figures of which the first is 0: minutes ("00", "05"), or an hour of the 24-hour clock.
    PADDED = "0"
    # Three or four figures: hours and minutes ("1030"), or nothing of ours; YEAR is one near the present.
    FOUR = "y"
    YEAR = "Y"
    ORDINAL = "o"
    # An ordinal as a word: "second" may also be a second choice.
    NTH = "O"
    # Hours and minutes (minutes after midnight); CLOCK24 leaves no doubt about am and pm.
    CLOCK = "c"
    CLOCK24 = "C"
    # Two numbers with a sign between (first * 100 + second).
    DOTTED = "d"
    SLASHED = "s"
    DASHED = "h"
    # A full date (its ordinal).
    DATE = "I"
    MERIDIEM = "m"
    # A part of the day (its place in times_hours.PARTS).
    PART = "p"
    PARTS = "P"
    # Noon, midnight (minutes after midnight).
    NOON = "N"
    ISH = "i"
    OCLOCK = "k"
    FRACTION = "f"
    # Days from today.
    RELATIVE = "r"
    WEEKDAY = "W"
    WEEKDAYS = "w"
    MONTH = "M"
    HOLIDAY = "H"
    WEEKEND = "K"
    # Minute 1, hour 60, day 1440; year -12 (months below zero).
    UNIT = "u"
    WEEK = "e"
    MONTH_NOUN = "E"
    THIS = "t"
    NEXT = "X"
    LAST = "l"
    # "que viene": the coming one of weekdays, the next one of weeks and months.
    COMING = "="
    ANY = "%"
    THE = "T"
    # The feminine plural article of Spanish clock times.
    LAS = "L"
    A = "a"
    AT = "@"
    ON = "v"
    IN = "j"
    FOR = "F"
    OF = "z"
    TO = "2"
    DASH = "_"
    AND = "&"
    OR = "|"
    BETWEEN = "B"
    # "I'm free" before two times makes a range of them.
    FREE = "^"
    FROM = "R"
    SINCE = "S"
    AFTER = "A"
    BEFORE = "b"
    UNTIL = "U"
    BY = "'"
    AROUND = "g"
    LESS = "9"
    AGO = "Q"
    HENCE = "+"
    WITHIN = "V"
    # The beginning 0, the middle 1, the end 2 of a stretch.
    EDGE = "D"
    SOME = "1"
    NOT = "!"
    # "no" by itself: only "no mornings" refuses what follows, "Tuesday no" what stands before.
    NO = "-"
    FAILS = "?"
    # "I'm busy", which may stand before or after the time that is meant.
    BUSY = "*"
    SORRY = "~"
    MOVE = "3"
    INSTEAD_OF = "4"
    SOONEST = "5"
    ANY_TIME = "6"
    EARLIER = "7"
    LATER = "8"
    ZONE = "J"


@dataclass(frozen=True, slots=True)
class Term:
    """A word, figure or set phrase of the text and where it stands there."""

    kind: Kind
    value: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Terms:
    """A whole text as terms; `letters` has one letter for each, so that rules can be matched over it."""

    text: str
    items: tuple[Term, ...]
    letters: str

    def values(self, kind: Kind, start: int, end: int) -> list[int]:
        """Return the values of that kind between two places, in order."""
        return [term.value for term in self.items[start:end] if term.kind is kind]

    def one(self, kind: Kind, start: int, end: int) -> int | None:
        """Return the first value of that kind, or None."""
        return next(iter(self.values(kind, start, end)), None)

    def words(self, start: int, end: int) -> str:
        """Return the part of the text that the terms were read from."""
        return self.text[self.items[start].start : self.items[end - 1].end] if start < end else ""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The time words of one language. `phrases` are tried longest first, by their first word."""

    language: str
    # 3/4 is the third of April here, and the fourth of March where this is False.
    day_first: bool
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], Kind, int], ...]]
    # Words that a misspelt word may stand for.
    correctable: frozenset[str]
    # Words of everyday language that are one letter from a time word.
    ordinary: frozenset[str]


# Kinds whose words are worth mending; shorter words would swallow each other and the rest of the language.
_MENDED = (
    Kind.WEEKDAY, Kind.MONTH, Kind.RELATIVE, Kind.PART, Kind.NUMBER, Kind.NTH, Kind.FRACTION, Kind.OCLOCK, Kind.WEEKEND,
    Kind.NOON, Kind.NEXT, Kind.MONTH_NOUN, Kind.WEEK, Kind.AFTER, Kind.AROUND, Kind.MERIDIEM,
)  # fmt: skip
_LONG_ENOUGH = 4


def each(**lists: str) -> dict[str, int]:
    """Return phrases separated by commas, under their value: `v3="thursday,thu"`; `m1` stands for -1."""
    return {
        phrase.strip(): int(name[1:]) * (-1 if name[0] == "m" else 1)
        for name, phrases in lists.items()
        for phrase in phrases.split(",")
    }


def listed(phrases: str, value: int = 0) -> dict[str, int]:
    """Return phrases separated by commas, all with the same value."""
    return {phrase.strip(): value for phrase in phrases.split(",")}


def build_lexicon(
    language: str,
    entries: Mapping[Kind, Mapping[str, int]],
    ordinary: Iterable[str],
    *,
    day_first: bool = False,
) -> Lexicon:
    """Return the lexicon of `entries`: for each kind its phrases and their values."""
    found: dict[str, list[tuple[tuple[str, ...], Kind, int]]] = {}
    known = set(ordinary)
    for kind, phrases in entries.items():
        for phrase, value in phrases.items():
            words = tuple(phrase.split())
            found.setdefault(words[0], []).append((words, kind, value))
            known.update(words)
    phrases_by_word = {word: tuple(sorted(those, key=lambda one: -len(one[0]))) for word, those in found.items()}
    correctable = {w for kind in _MENDED for w in entries.get(kind, {}) if len(w) >= _LONG_ENOUGH and w.isalpha()}
    return Lexicon(language, day_first, phrases_by_word, frozenset(correctable), frozenset(known))


_NAME = re.compile(r"[A-Z][A-Z_0-9]+|\bA\b")


def compile_rule(pattern: str) -> re.Pattern[str]:
    """Return the rule as an expression over letters: "NEXT WEEKDAY (OF THIS)?" becomes "XW(zt)?"."""
    return re.compile(_NAME.sub(_letter, pattern).replace(" ", ""))


def _letter(name: re.Match[str]) -> str:
    # The feminine article of Spanish is also an article: "de la semana".
    if name.group() == "THE":
        return f"[{Kind.THE.value}{Kind.LAS.value}]"
    return re.escape(Kind[name.group()].value)
