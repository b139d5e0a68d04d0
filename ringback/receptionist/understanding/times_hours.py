"""Reads hours: points ("half past 3", "10ish"), ranges ("between 2 and 4"), bounds ("after 3"), parts of the day."""

import re
from collections.abc import Callable
from dataclasses import replace

from ringback.receptionist.understanding.times_kinds import Kind, compile_rule
from ringback.receptionist.understanding.times_parts import Part, narrow
from ringback.receptionist.understanding.times_pieces import Aside, Clock, Found, Hours

_NOON = 720

# "quarter to 3", "20 min past eight", "cuarto para las 3".
_TO_OR_PAST = (
    "(A? FRACTION|NUMBER) UNIT? (TO|UNTIL|AFTER|OF) (THE|LAS)? (NUMBER|CLOCK|CLOCK24|NOON|PADDED)(?!PADDED|FRACTION)"
)
_SPANISH_TO = "(A? FRACTION|NUMBER) UNIT? (ON|TO) LAS (NUMBER|CLOCK|CLOCK24|PADDED)(?!PADDED|FRACTION)"
_POINT = "(CLOCK|CLOCK24|NOON|DOTTED|(NUMBER|PADDED) (NUMBER|PADDED)|NUMBER|PADDED|FOUR|YEAR)"
_AFTER_POINT = "ISH? (OCLOCK|UNIT)? MERIDIEM? ISH? ZONE?"
_SPANISH_MINUTES = "((AND|LESS) (FRACTION|NUMBER|PADDED) UNIT?)"
_TIMES = {
    "en": f"({_TO_OR_PAST}|{_POINT}) {_AFTER_POINT}",
    "es": f"({_SPANISH_TO}|{_POINT} MERIDIEM? {_SPANISH_MINUTES}?) {_AFTER_POINT}",
}
_LEAD = "(AT|LAS|THE|AROUND)*"
_TAIL = "(COMMA? (IN|OF|THE)* EDGE? PART)?"
# What a number must not be followed by if it is to be an hour.
_NOUN = "(?!COUNTED|WEEK|MONTH_NOUN|FIGURE|UNIT|SLASHED|WORD{0,2}STREET)"
_PREFIX = "(AFTER|BEFORE|UNTIL|BY|FROM|AROUND|AT|LAS|THE)"

_GREETED = compile_rule("(STOP|COMMA).")

_Builder = Callable[[Found, re.Match[str]], Hours | Aside | None]


def _range(found: Found, match: re.Match[str]) -> Hours | None:
    start, end = _clock(found, match, "one"), _clock(found, match, "two")
    if start is None or end is None:
        return None
    # "2 to 4" alone may be a score, a size or a number of people.
    bare = not (_is_certain(found, match, "one") or _is_certain(found, match, "two"))
    named = bool(set(match.group("lead")) - {Kind.AT.value, Kind.THE.value, Kind.AROUND.value})
    if bare and not (named or found.near or _part(found) or "time" in found.frame.asked):
        return None
    return Hours(start, end, _part(found))


def _spanish_range(found: Found, match: re.Match[str]) -> Hours | None:
    """Return "de 2 a 4"; in "cambiar mi cita de las 2 a las 4" they are two times."""
    moving = Kind.MOVE.value in found.terms.letters[: found.start]
    start, end = _clock(found, match, "one"), _clock(found, match, "two")
    return None if moving or start is None or end is None else Hours(start, end, _part(found))


def _dashed(found: Found, match: re.Match[str]) -> Hours | None:
    """Return "2-4" as hours where hours are spoken of."""
    pair, half = found.one(Kind.DASHED), found.one(Kind.MERIDIEM)
    clear = half is not None or _part(found) is not None or found.near or "time" in found.frame.asked
    if pair is None or not (clear or found.has(Kind.BETWEEN) or found.has(Kind.FROM)):
        return None
    first, last = divmod(pair, 100)
    if not (0 <= first <= 24 and 0 < last <= 24):
        return None
    end = _in_half(last * 60, half) if half in (0, 1) else Clock(last * 60, last > 12)
    return Hours(Clock(first * 60, first > 12), end, _part(found))


def _bounded(found: Found, match: re.Match[str]) -> Hours | None:
    """Return "after 3", "before 10", "until noon", "at 4", "around 5"."""
    clock, lead = _clock(found, match, "one"), match.group("lead")
    if clock is None:
        return None
    firm = set(lead) & {Kind.AT.value, Kind.LAS.value, Kind.AFTER.value, Kind.BEFORE.value}
    firm |= set(lead) & {Kind.UNTIL.value, Kind.BY.value}
    certain = firm or _is_certain(found, match, "one")
    if not certain and (_is_pronoun(found, match) or not _may_be_bare(found)):
        return None
    if _is_day_of_month(found, match):
        return None
    said = _placed(found, clock, lead)
    return replace(said, doubtful=_may_be_a_range(match.group("one")))


def _is_pronoun(found: Found, match: re.Match[str]) -> bool:
    """Whether it is the "one" of "I want one", "quiero una", and not an hour beside another."""
    term = found.terms.items[match.start("one")]
    alone = match.end("one") - match.start("one") == 1 and found.end == match.end("one")
    more = len(found.terms.items) > 2
    return alone and more and not found.near and term.value == 1 and term.end - term.start == len("one")


def _is_day_of_month(found: Found, match: re.Match[str]) -> bool:
    """Whether it is the 14 of "before the 14 Jan"."""
    following = found.terms.letters[match.end("one") : match.end("one") + 1]
    return match.group("one") == Kind.NUMBER.value and following == Kind.MONTH.value


def _may_be_a_range(letters: str) -> bool:
    return letters == Kind.NUMBER.value + Kind.TO.value + Kind.NUMBER.value


def _placed(found: Found, clock: Clock, lead: str) -> Hours:
    """The clock time as a point, or as the beginning or end that the words before it make of it."""
    part, foreign = _part(found), found.has(Kind.ZONE)
    if set(lead) & {Kind.BEFORE.value, Kind.UNTIL.value, Kind.BY.value}:
        return Hours(None, clock, part, foreign=foreign)
    if Kind.AFTER.value in lead or Kind.FROM.value in lead:
        return Hours(clock, None, part, foreign=foreign)
    about = Kind.AROUND.value in lead or found.has(Kind.ISH)
    return Hours(clock, None, part, exact=True, about=about, foreign=foreign)


def _part_first(found: Found, match: re.Match[str]) -> Hours | None:
    clock = _clock(found, match, "one")
    return None if clock is None else _placed(found, clock, match.group("lead"))


def _only_part(found: Found, match: re.Match[str]) -> Hours | Aside | None:
    part = _part(found)
    # "Morning! Can I come on Friday?" is a greeting.
    if found.start == 0 and not found.frame.asked and _GREETED.match(found.terms.letters, found.end):
        return Aside()
    return None if part is None else Hours(part=part)


def _either(found: Found, match: re.Match[str]) -> Hours | None:
    """Return the 3 of "3 or 4pm": what is said of the second holds for the first."""
    first, second = _clock(found, match, "one"), _clock(found, match, "two")
    if first is None or second is None or not (_is_certain(found, match, "two") or _may_be_bare(found)):
        return None
    half = found.one(Kind.MERIDIEM)
    earlier = first if first.sure or half not in (0, 1) else _in_half(first.minute, half)
    return Hours(earlier, exact=True)


def _may_be_bare(found: Found) -> bool:
    return found.near or _part(found) is not None or "time" in found.frame.asked


def _part(found: Found) -> Part | None:
    value = found.number(Kind.PART, Kind.PARTS)
    return None if value is None else narrow(Part(value), found.one(Kind.EDGE))


def _is_certain(found: Found, match: re.Match[str], group: str) -> bool:
    """Whether the words alone make a time of it: a bare number, or two, need more."""
    letters = set(match.group(group))
    bare = {kind.value for kind in (Kind.NUMBER, Kind.PADDED, Kind.FOUR, Kind.YEAR, Kind.A)}
    if letters - bare == {Kind.DOTTED.value}:
        return (found.one(Kind.DOTTED) or 0) % 5 == 0
    return not letters <= bare


def _clock(found: Found, match: re.Match[str], group: str) -> Clock | None:
    """The clock time of a group of the rule, or None where the numbers make none."""
    inner = Found(found.terms, match.start(group), match.end(group), found.frame)
    minute = None if _is_no_clock(inner) else _minutes(inner)
    if minute is None or not 0 <= minute <= 24 * 60:
        return None
    half = inner.one(Kind.MERIDIEM)
    # "7ampm" (2) leaves both halves open, as it says.
    if half in (0, 1):
        return _in_half(minute, half)
    return Clock(minute % 1440, _is_sure(inner, minute))


def _is_no_clock(inner: Found) -> bool:
    """Whether it is a bare nought, or "la" with another number than one: Spanish clocks say "las" from two on."""
    before = inner.terms.items[inner.start - 1] if inner.start else None
    first = inner.terms.items[inner.start]
    alone = first.kind is Kind.NUMBER and inner.end - inner.start == 1
    singular = before is not None and before.kind is Kind.LAS and before.value == 1
    return alone and (first.value == 0 or (singular and first.value != 1))


def _is_sure(inner: Found, minute: int) -> bool:
    sure = inner.has(Kind.CLOCK24) or inner.has(Kind.NOON) or minute >= 13 * 60
    padded = inner.terms.items[inner.start].kind is Kind.PADDED
    return sure or padded or minute < 60


def _in_half(minute: int, half: int | None) -> Clock:
    """The time in the forenoon (0) or afternoon (1); "0:45 pm" and "15:00 pm" mean what they can."""
    if minute >= 13 * 60:
        return Clock(minute, sure=True)
    return Clock(minute % _NOON + _NOON * (half or 0), sure=True)


def _minutes(inner: Found) -> int | None:
    letters = inner.terms.letters[inner.start : inner.end]
    points = [t for t in inner.terms.items[inner.start : inner.end] if t.kind in _POINTS]
    if not points or any(t.kind is Kind.UNIT and t.value != 60 for t in inner.terms.items[inner.end - 1 : inner.end]):
        return None
    if any(kind.value in letters for kind in (Kind.TO, Kind.UNTIL, Kind.AFTER, Kind.OF, Kind.ON)):
        return _to_or_past(inner, letters)
    # The Spanish clock adds and takes away: "las 3 y media", "las 3 menos cuarto".
    minute = _point(points[0].kind, points[0].value, [t.value for t in points[1:]])
    added = inner.one(Kind.FRACTION)
    if minute is not None and added is not None:
        minute += -added if inner.has(Kind.LESS) else added
    elif minute is not None and inner.has(Kind.LESS) and len(points) > 1:
        minute -= 2 * points[1].value
    # "La una menos cuarto" is in the hour of 12.
    return minute + _NOON if minute is not None and minute < 60 and inner.has(Kind.LESS) else minute


_POINTS = (Kind.CLOCK, Kind.CLOCK24, Kind.NOON, Kind.DOTTED, Kind.NUMBER, Kind.PADDED, Kind.FOUR, Kind.YEAR)


def _point(kind: Kind, value: int, more: list[int]) -> int | None:
    match kind:
        case Kind.CLOCK | Kind.CLOCK24 | Kind.NOON:
            return value
        case Kind.DOTTED | Kind.FOUR | Kind.YEAR:
            hour, minute = divmod(value, 100)
        case _:
            hour, minute = value, more[0] if more else 0
    return hour * 60 + minute if hour <= 24 and minute < 60 else None


def _to_or_past(inner: Found, letters: str) -> int | None:
    """Minutes before or after an hour; without the word "minutes", only those that clocks are read in."""
    last = next(t for t in reversed(inner.terms.items[inner.start : inner.end]) if t.kind in _POINTS)
    hour = _point(last.kind, last.value, [])
    minutes = inner.number(Kind.FRACTION, Kind.NUMBER)
    spelt = inner.has(Kind.FRACTION) or inner.one(Kind.UNIT) == 1
    if hour is None or minutes is None or not (spelt or (minutes % 5 == 0 and 5 <= minutes <= 25)):
        return None
    if Kind.AFTER.value in letters:
        return hour + minutes
    before = hour - minutes
    # "20 to 1" is in the hour of 12.
    return before + _NOON if hour <= 60 else before


def _rules(language: str) -> tuple[tuple[re.Pattern[str], _Builder], ...]:
    time = _TIMES[language]
    one, two = f"(?P<one>{time})", f"(?P<two>{time})"
    table: tuple[tuple[str, _Builder], ...] = (
        (f"(?P<lead>(BETWEEN|FREE FROM?) {_LEAD}) {one} (AND|TO|DASH|UNTIL) {_LEAD} {two} {_NOUN} {_TAIL}", _range),
        (f"(?P<lead>FROM {_LEAD}) {one} (TO|UNTIL|DASH) {_LEAD} {two} {_NOUN} {_TAIL}", _range),
        *(
            ((f"(?P<lead>OF LAS?) {one} (AT|UNTIL) LAS? {two} {_NOUN} {_TAIL}", _spanish_range),)
            if language == "es"
            else ()
        ),
        (f"(BETWEEN|FROM|AT|LAS)* DASHED MERIDIEM? (?!COUNTED|WEEK|MONTH_NOUN|UNIT) {_TAIL}", _dashed),
        (f"(?P<lead>{_PREFIX}*) {one} {_NOUN} (?P<two>){_TAIL}(?!TO|DASH|UNTIL)", _bounded),
        (f"(?P<lead>{_LEAD}) {one} (TO|UNTIL|DASH) {_LEAD} {two} {_NOUN} {_TAIL}", _range),
        (f"(?P<lead>{_PREFIX}*) {one} {_NOUN} (?P<two>){_TAIL}", _bounded),
        (f"(OF|THE)* EDGE? PART (COMMA|AT|LAS|THE|FOR|ON)* (?P<lead>{_PREFIX}*) {one} {_NOUN}", _part_first),
        (f"(?P<lead>AT? LAS?) {one} OR (?=(AT|LAS)* {two})", _either),
        ("EDGE? (OF|THE)* (PART|PARTS)", _only_part),
    )
    return tuple((compile_rule(pattern), builder) for pattern, builder in table)


HOUR_RULES = {language: _rules(language) for language in _TIMES}
