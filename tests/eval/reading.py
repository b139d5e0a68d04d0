"""How a caller reads our texts: a small reader of its own, so that the product's reading is not judged by itself."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAY = r"(?P<{0}>mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"
_MONTH = r"(?P<{0}>jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\b\.?"
_DATED = re.compile(
    rf"\b(?:{_WEEKDAY.format('w1')},?\s+(?:the\s+)?)?"
    rf"(?:{_MONTH.format('m1')}\s+(?P<d1>\d{{1,2}})|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH.format('m2')})"
    r"(?:st|nd|rd|th)?\b",
    re.IGNORECASE,
)
_NEAR = re.compile(rf"\b(?:(?P<near>today|tonight|tomorrow)\b|{_WEEKDAY.format('w3')})", re.IGNORECASE)
_TIME = re.compile(
    r"\b(?:(?P<hour>1[0-2]|0?[1-9])(?::(?P<minute>[0-5]\d))?\s*(?P<half>[ap])(?:m\b|\.m\.)"
    r"|(?:12\s+)?(?P<noon>noon)\b|(?P<hour24>[01]?\d|2[0-3]):(?P<minute24>[0-5]\d)\b)",
    re.IGNORECASE,
)
# What is not free and when the shop opens are no offers, whatever times they name.
_NO_OFFER = re.compile(
    r"[^.?!]*\b(?:isn't free|not free|already passed|was taken|(?:we|we're) open)\b[^?!]*?[.?!](?=\s|$)",
    re.IGNORECASE,
)
_BOOKED = re.compile(
    r"\b(?:you're (?:booked|all set)|you are booked|is booked|your \w+ is now|see you)\b", re.IGNORECASE
)
_BINDING = re.compile(r"\b(?:confirm|book(?: it)?\b[^?]*\?|is that (?:right|correct)|shall i)\b", re.IGNORECASE)


class Ask(StrEnum):
    """What a question of ours asks for."""

    NAME = "name"
    HALF = "half"
    WHEN = "when"
    PROVIDER = "provider"
    SERVICE = "service"
    OTHER = "other"


_ASKS = (
    (Ask.NAME, re.compile(r"\bname\b", re.IGNORECASE)),
    (Ask.HALF, re.compile(r"in the (?:morning|afternoon) or\b", re.IGNORECASE)),
    (Ask.PROVIDER, re.compile(r"\b(?:with whom|with who|who would you like|anyone in particular)\b", re.IGNORECASE)),
    (Ask.WHEN, re.compile(r"\b(?:what|which|another)(?: other)? (?:day|time|date)|\bwhen\b|the day, the time", re.I)),
    (Ask.SERVICE, re.compile(r"\b(?:what do you need|which of these|what can we|which service)\b", re.IGNORECASE)),
)


@dataclass(frozen=True, slots=True)
class Option:
    """A day, a time, or both, as our text put it. `at` is "HH:MM"."""

    on: date | None
    at: str | None
    words: str


@dataclass(frozen=True, slots=True)
class Understood:
    """What one message of ours says to a caller. `names` are the providers it names; `binding`: yes would book."""

    options: tuple[Option, ...] = ()
    names: tuple[str, ...] = ()
    ask: Ask | None = None
    binding: bool = False
    is_booked: bool = False


def understand_turn(texts: Sequence[str], today: date, known_names: Sequence[str] = ()) -> Understood:
    """Return what a turn of ours says: what its last question says, unless anything in it says that it is booked."""
    read = [understand(text, today, known_names) for text in texts]
    told = next((one for one in read if one.is_booked), None)
    # Of two questions in a row people answer the second.
    asked = next((one for one in reversed(read) if one.ask is not None), None)
    return told or asked or Understood()


def understand(text: str, today: date, known_names: Sequence[str] = ()) -> Understood:
    """Return what a text of ours offers, reads back or asks; `known_names` are the people who may be named in it."""
    rest, names = _without_names(text, known_names)
    question = _last_question(rest)
    if question is None:
        return Understood(names=names, is_booked=bool(_BOOKED.search(rest)))
    ask = next((kind for kind, words in _ASKS if words.search(question)), Ask.OTHER)
    return Understood(tuple(_options(_NO_OFFER.sub(" ", rest), today)), names, ask, bool(_BINDING.search(rest)))


def _without_names(text: str, known: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    found = []
    # The longest first: a name may be the beginning of another, and may hold "Sun" or a full stop.
    for name in sorted(known, key=len, reverse=True):
        pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
        if pattern.search(text):
            found.append(name)
            text = pattern.sub("someone", text)
    return text, tuple(found)


def _last_question(text: str) -> str | None:
    questions = re.findall(r"[^.?!]*\?", text)
    return questions[-1] if questions else None


def _options(text: str, today: date) -> Iterable[Option]:
    days = list(_days(text, today))
    used = set()
    for found in _TIME.finditer(text):
        day = _day_of(found, days, text)
        used.add(day)
        on, words = (
            (None, found[0]) if day is None else (days[day][2], f"{text[days[day][0] : days[day][1]]} {found[0]}")
        )
        yield Option(on, _clock(found), words)
    for number, (start, end, on) in enumerate(days):
        if number not in used:
            yield Option(on, None, text[start:end])


def _days(text: str, today: date) -> Iterable[tuple[int, int, date]]:
    end = 0
    for found in sorted(
        [*_DATED.finditer(text), *_NEAR.finditer(text)], key=lambda match: (match.start(), -match.end())
    ):
        if found.start() < end:
            continue
        end = found.end()
        day = _dated(found, today) if found.re is _DATED else _near(found, today)
        if day is not None:
            yield found.start(), found.end(), day


def _dated(found: re.Match[str], today: date) -> date | None:
    month = _MONTHS.index((found["m1"] or found["m2"])[:3].lower()) + 1
    for year in (today.year, today.year + 1):
        try:
            day = date(year, month, int(found["d1"] or found["d2"]))
        except ValueError:
            continue
        if day >= today:
            # A weekday that is not the date's own makes the text one that nobody should say yes to.
            right = not found["w1"] or _WEEKDAYS[day.weekday()] == found["w1"][:3].lower()
            return day if right else date.max
    return None


def _near(found: re.Match[str], today: date) -> date:
    match (found["near"] or "").lower():
        case "today" | "tonight":
            return today
        case "tomorrow":
            return today + timedelta(days=1)
    ahead = (_WEEKDAYS.index(found["w3"][:3].lower()) - today.weekday()) % 7
    return today + timedelta(days=ahead or 7)


def _day_of(time: re.Match[str], days: Sequence[tuple[int, int, date]], text: str) -> int | None:
    """The day of a time: one joined to it ("10 AM on Thu"), else the last before, else the first after."""
    joined = [n for n, (start, _, _) in enumerate(days) if re.fullmatch(r",?\s+on\s+", text[time.end() : start])]
    if joined:
        return joined[0]
    before = [n for n, (start, _, _) in enumerate(days) if start < time.start()]
    return before[-1] if before else (0 if days else None)


def _clock(found: re.Match[str]) -> str:
    if found["noon"]:
        return "12:00"
    if found["hour24"]:
        return f"{int(found['hour24']):02d}:{found['minute24']}"
    hour = int(found["hour"]) % 12 + (12 if found["half"].lower() == "p" else 0)
    return f"{hour:02d}:{found['minute'] or '00'}"
