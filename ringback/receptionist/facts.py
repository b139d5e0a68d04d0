"""Finds the business's own answer to a question: strict, so that what is not surely meant is asked or handed over."""

from dataclasses import dataclass

from ringback.domain.business import Business


@dataclass(frozen=True, slots=True)
class Found:
    """An answer of the business. `fact` is the Fact's question, or "service: <name>", "hours", "address", "area"."""

    fact: str
    answer: str
    score: float


@dataclass(frozen=True, slots=True)
class Unsure:
    """Two or three that may be meant: ask "did you mean"."""

    candidates: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """Nothing fits: hand over and record a Gap."""


Answer = Found | Unsure | NoAnswer


def answer_question(question: str, business: Business, language: str) -> Answer:
    """Return what the business's facts say to a question."""
    raise NotImplementedError(question, business, language)
