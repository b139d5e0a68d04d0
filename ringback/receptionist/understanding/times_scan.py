"""Walks over a text's terms and reads piece after piece by the rules of days and hours."""

from collections.abc import Iterator
from dataclasses import dataclass

from ringback.receptionist.understanding.times_dates import BARE_DATES, SURE_DATES
from ringback.receptionist.understanding.times_days import ANCHORED, DAY_RULES, count_from
from ringback.receptionist.understanding.times_hours import HOUR_RULES
from ringback.receptionist.understanding.times_kinds import Kind, Terms, compile_rule
from ringback.receptionist.understanding.times_pieces import Aside, Days, Found, Piece
from ringback.receptionist.understanding.wishes import Frame

# Between a day and a bare number that goes with it ("Friday around 3", "3 or 4").
_NEAR = compile_rule("(COMMA|SORRY|AROUND|OR|AND|AT|FROM|DASH|LAS|THE|BETWEEN)*")
_NEAR_MOVING = compile_rule("(WORD|TO|FOR|AT|COMMA){0,3}")
_DAY_RULES = (*SURE_DATES, *DAY_RULES, *BARE_DATES)
# Kinds at which no rule begins, so that ordinary words cost nothing.
_IDLE = frozenset({Kind.WORD, Kind.STOP, Kind.COMMA, Kind.FIGURE, Kind.COUNTED, Kind.STREET, Kind.NOT, Kind.SORRY})


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece and the terms it was read from."""

    piece: Piece
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Scan:
    """One text being read against one frame."""

    terms: Terms
    frame: Frame
    language: str
    day_first: bool


def scan(reading: Scan) -> Iterator[Placed]:
    """Yield the pieces of the text in order, without overlap."""
    place, last = 0, None
    while place < len(reading.terms.items):
        placed = None
        if reading.terms.items[place].kind not in _IDLE:
            placed = _read_day(reading, place) or _read_hours(reading, place, _is_near(reading, last, place))
        if placed is None:
            place += 1
            continue
        yield placed
        place, last = placed.end, placed


def _is_near(reading: Scan, last: Placed | None, place: int) -> bool:
    if last is None or isinstance(last.piece, Aside):
        return False
    letters = reading.terms.letters
    if _NEAR.fullmatch(letters, last.end, place):
        return True
    moving = Kind.MOVE.value in letters[: last.start]
    return moving and _NEAR_MOVING.fullmatch(letters, last.end, place) is not None


def _read_day(reading: Scan, place: int, depth: int = 0) -> Placed | None:
    letters = reading.terms.letters
    for rule in ANCHORED if depth < 2 else ():
        match = rule.match(letters, place)
        anchor = _read_day(reading, match.end(), depth + 1) if match else None
        if match and anchor and isinstance(anchor.piece, Days):
            days = count_from(_found(reading, place, match.end()), anchor.piece)
            if days is not None:
                return Placed(days, place, anchor.end)
    for rule, build in _DAY_RULES:
        match = rule.match(letters, place)
        if match and (piece := build(_found(reading, place, match.end()))) is not None:
            return Placed(piece, place, match.end())
    return None


def _read_hours(reading: Scan, place: int, near: bool) -> Placed | None:
    for rule, build in HOUR_RULES[reading.language]:
        match = rule.match(reading.terms.letters, place)
        if match and (piece := build(_found(reading, place, match.end(), near), match)) is not None:
            return Placed(piece, place, match.end())
    return None


def _found(reading: Scan, start: int, end: int, near: bool = False) -> Found:
    return Found(reading.terms, start, end, reading.frame, reading.day_first, near)
