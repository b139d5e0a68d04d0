"""Break things on purpose: which webhook or API request goes wrong, how, and how often."""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random
from typing import Any

ANY = "any"


class Target(StrEnum):
    """The side that misbehaves: what we send, or what we answer."""

    WEBHOOK = "webhook"
    REST = "rest"


WEBHOOK_EFFECTS = frozenset({"duplicate", "delay", "reorder", "hold", "lose", "bad_signature"})
REST_EFFECTS = frozenset(
    {"429", "500_before", "500_after", "hang_before", "hang_after", "reset_before", "reset_after", "latency"}
)


class BadFault(ValueError):
    """The asked-for fault does not exist or contradicts itself."""


@dataclass(slots=True)
class Fault:
    """One rule. It strikes matching requests until `count` is used up, each with `probability`."""

    id: int
    target: Target
    on: str
    effect: str
    count: int | None = None
    probability: float = 1.0
    seed: int = 0
    # Telephone time for webhook delays, wall time for the API: the client there has a real timeout.
    seconds: float = 5.0
    copies: int = 2
    batch: int = 2
    match: Mapping[str, str] = field(default_factory=dict)
    struck: int = 0
    dice: Random = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.dice = Random(self.seed)

    def strikes(self, on: str, params: Mapping[str, str]) -> bool:
        """Decide whether this request is hit, and use up one of `count` if so."""
        if self.count == 0 or self.on not in (ANY, on):
            return False
        if any(params.get(name) != value for name, value in self.match.items()):
            return False
        # Drawn only for requests that match: the same seed then strikes the same ones in every run.
        if self.dice.random() >= self.probability:
            return False
        self.count = None if self.count is None else self.count - 1
        self.struck += 1
        return True

    def as_json(self) -> dict[str, Any]:
        """Return the rule as the control API shows it; `count` is what is left."""
        shown = ("id", "target", "on", "effect", "count", "probability", "seed", "seconds", "copies", "batch", "struck")
        return {name: getattr(self, name) for name in shown} | {"match": dict(self.match)}


class FaultBook:
    """The rules in force, in the order they were written."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self.faults: list[Fault] = []

    def add(self, target: Target, on: str, effect: str, **options: Any) -> Fault:
        """Put a rule in force; raise BadFault when it makes no sense."""
        # A misspelt fault would let a chaos test pass without chaos.
        known = WEBHOOK_EFFECTS if target is Target.WEBHOOK else REST_EFFECTS
        if effect not in known:
            raise BadFault(f"A {target} fault is one of {', '.join(sorted(known))}, not {effect!r}.")
        try:
            fault = Fault(next(self._numbers), target, on, effect, **options)
        except TypeError as error:
            raise BadFault(f"Unknown option for a fault: {error}.") from error
        self.faults.append(fault)
        return fault

    def draw(self, target: Target, on: str, params: Mapping[str, str]) -> list[Fault]:
        """Return the rules that hit this request, each already counted."""
        # Several rules may hit one request, e.g. a delay and a duplicate.
        return [fault for fault in self.faults if fault.target is target and fault.strikes(on, params)]

    def remove(self, fault_id: int) -> bool:
        """Lift one rule; False when there is no such rule."""
        kept = [fault for fault in self.faults if fault.id != fault_id]
        removed = len(kept) < len(self.faults)
        self.faults = kept
        return removed
