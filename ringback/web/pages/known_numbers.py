"""What is known of a number, as the pages of a call and of a contact tell it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ringback.domain.number_facts import (
    HIGHEST_PUMPING_RISK,
    FactSource,
    LineType,
    NumberFact,
    say_line_type,
    say_source,
)
from ringback.domain.phrases import Phrase, phrase


@dataclass(frozen=True, slots=True)
class Known:
    """One fact: the sort of line, where that is from, and what else was said; `is_past`: not believed any more."""

    line: str | None
    source: str
    at: datetime
    more: tuple[Phrase, ...]
    is_past: bool


def tell_facts(facts: Sequence[NumberFact], now: datetime) -> list[Known]:
    """Return what a person reads of each fact. A look-up that nobody answered tells nothing, and is left out."""
    return [_tell(fact, now) for fact in facts if fact.source is not FactSource.LOOKUP or _says_something(fact)]


def _says_something(fact: NumberFact) -> bool:
    return fact.line_type is not LineType.UNKNOWN or fact.is_reassigned is not None or fact.country is not None


def _tell(fact: NumberFact, now: datetime) -> Known:
    # That a text arrived says nothing of the sort of line.
    line = None if fact.source in _ARRIVED else say_line_type(fact.line_type)
    is_past = fact.expires_at is not None and fact.expires_at <= now
    return Known(line, say_source(fact.source), fact.learned_at, tuple(_more(fact)), is_past)


_ARRIVED = (FactSource.DELIVERED, FactSource.TEXTED_US)


def _more(fact: NumberFact) -> list[Phrase]:
    said = []
    if fact.carrier:
        said.append(phrase("Carrier: %(name)s.", name=fact.carrier))
    if fact.is_reassigned:
        said.append(phrase("It belongs to somebody else since."))
    if fact.pumping_risk is not None and fact.pumping_risk >= HIGHEST_PUMPING_RISK:
        said.append(phrase("Texts to it are likely a fraud: %(risk)s of 100.", risk=fact.pumping_risk))
    return said
