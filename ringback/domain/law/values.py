"""The shapes of the rules: one value per rule file, whatever it is about."""

import functools
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

import holidays

_FILES_BEGIN = date(2025, 1, 1)


class Confidence(StrEnum):
    """How well a rule is known: its text read, or somebody else's reading of it, or readings that disagree."""

    STATUTE_READ = "statute_read"
    SECONDARY = "secondary"
    SOLD_TABLE = "vendor"
    CONFLICTING = "conflicting"


@dataclass(frozen=True, slots=True)
class Grounds:
    """Where a rule stands and how we know it. `effective_until` is the first day on which it is no more."""

    jurisdiction: str
    name: str
    version: str
    covers: str
    citation: str
    source: str
    confidence: Confidence
    verified_on: date
    effective_from: date
    effective_until: date | None = None
    note: str = ""

    @property
    def label(self) -> str:
        """Return how a text that this rule allowed names it, for the consent ledger: US-FL@2."""
        return f"{self.jurisdiction}@{self.version}"

    @property
    def is_of_old(self) -> bool:
        """Return whether the rule was in force before its files began, since a day nobody looked up."""
        return self.effective_from == _FILES_BEGIN

    def is_in_force(self, on: date) -> bool:
        """Return whether the rule holds on a day."""
        return self.effective_from <= on and (self.effective_until is None or on < self.effective_until)


@dataclass(frozen=True, slots=True)
class Hours:
    """From the first minute on which a text may go to the first on which none may."""

    first: time
    last: time

    def __str__(self) -> str:
        return f"{self.first:%H:%M}-{self.last:%H:%M}"

    def holds(self, at: time) -> bool:
        """Return whether a local time lies inside."""
        return self.first <= at < self.last


@dataclass(frozen=True, slots=True)
class TextingRule:
    """When and how often a contact may be texted without having asked for it just now."""

    grounds: Grounds
    weekly: tuple[Hours | None, ...]
    # The public holidays on which no text goes ("US", "US-AL"), by the calendars of `holidays`; None: no day is one.
    holidays: str | None = None
    most_a_day: int | None = None
    # For numbers that do not tell where in the jurisdiction they are: its outermost zones.
    zones: tuple[str, ...] = ()

    def hours_on(self, on: date) -> Hours | None:
        """Return the hours of a local day, or None where no text goes all day."""
        if self.holidays is not None and is_holiday(self.holidays, on):
            return None
        return self.weekly[on.weekday()]


@dataclass(frozen=True, slots=True)
class RecordingRule:
    """What a call that is recorded or transcribed must be told."""

    grounds: Grounds
    # Everybody on the call has to know, not only one side of it.
    all_parties: bool
    # The announcement itself must be on the recording.
    announcement_recorded: bool = False


@dataclass(frozen=True, slots=True)
class DisclosureRule:
    """Whether an automatic conversation must say by itself that it is one."""

    grounds: Grounds
    # Said up front; False: only when asked, which the receptionist always does.
    up_front: bool


def is_holiday(calendar: str, on: date) -> bool:
    """Return whether a day is a public holiday of a country ("US") or of a part of it ("US-AL")."""
    return on in _holidays(calendar, on.year)


@functools.lru_cache(maxsize=256)
def _holidays(calendar: str, year: int) -> frozenset[date]:
    country, _, part = calendar.partition("-")
    return frozenset(holidays.country_holidays(country, subdiv=part or None, years=year))
