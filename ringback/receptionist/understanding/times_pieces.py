"""What the rules read from a text: days and hours as they were said, before am or pm is settled and wishes are made."""

from dataclasses import dataclass
from datetime import date, timedelta

from ringback.receptionist.understanding.times_kinds import Kind, Terms
from ringback.receptionist.understanding.times_parts import Part
from ringback.receptionist.understanding.wishes import Frame


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock time. Unless `sure`, twelve hours later may be meant as well."""

    minute: int
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours as said: a point has only `start` and is `exact`, "after 3" only `start`, "before 3" only `end`."""

    start: Clock | None = None
    end: Clock | None = None
    part: Part | None = None
    exact: bool = False
    about: bool = False
    # A time of another zone: which hour it is here is not known.
    foreign: bool = False
    # "10 to 2" may be ten minutes before two, or four hours.
    doubtful: bool = False

    @property
    def has_clock(self) -> bool:
        """Whether more than a part of the day was said."""
        return self.start is not None or self.end is not None


@dataclass(frozen=True, slots=True)
class Days:
    """Days as said, with the hours that the same words name ("tonight", "in two hours")."""

    first_on: date | None = None
    last_on: date | None = None
    weekdays: frozenset[int] = frozenset()
    unsure: bool = False
    hours: Hours | None = None


@dataclass(frozen=True, slots=True)
class Aside:
    """Words about time that are no wish: "two days ago", "last week", "it takes 3 hours"."""


Piece = Days | Hours | Aside


@dataclass(frozen=True, slots=True)
class Found:
    """A place where a rule matched: the terms from `start` to `end`, and what is known around it.

    `near`: a day or an hour stands right before, so that a bare number goes with it.
    """

    terms: Terms
    start: int
    end: int
    frame: Frame
    day_first: bool = False
    near: bool = False

    def one(self, kind: Kind) -> int | None:
        """Return the first value of that kind, or None."""
        return self.terms.one(kind, self.start, self.end)

    def has(self, kind: Kind) -> bool:
        """Return whether a term of that kind is among them."""
        return kind.value in self.terms.letters[self.start : self.end]

    def is_next(self) -> bool:
        """Return whether "next" is said, or "que viene"."""
        return self.has(Kind.NEXT) or self.has(Kind.COMING)

    def number(self, *kinds: Kind) -> int | None:
        """Return the value of the first term that is of one of the kinds."""
        for term in self.terms.items[self.start : self.end]:
            if term.kind in kinds:
                return term.value
        return None


def one_day(day: date | None, unsure: bool = False) -> Days | None:
    """Return the day as Days, or None where there is none."""
    return None if day is None else Days(day, day, unsure=unsure)


def shifted(day: date, amount: int) -> date | None:
    """Return the day `amount` days later, or None at the end of the calendar."""
    try:
        return day + timedelta(days=amount)
    except OverflowError:
        return None
