"""Telephones of the outside world: what each does when it rings, and what a text to it meets."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import Any


class Manner(StrEnum):
    """What happens when a handset rings."""

    MANUAL = "manual"
    ANSWER = "answer"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    DECLINE = "decline"
    UNREACHABLE = "unreachable"
    VOICEMAIL = "voicemail"


class Kind(StrEnum):
    """What a text to the number meets."""

    MOBILE = "mobile"
    LANDLINE = "landline"
    FILTERED = "filtered"
    UNREACHABLE = "unreachable"
    INVALID = "invalid"


class BadBehaviour(ValueError):
    """The asked-for behaviour does not exist."""


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How a handset acts; seconds are telephone time, counted from the ring or, for keys and talk, from the answer."""

    manner: Manner = Manner.MANUAL
    after_seconds: float = 1.0
    keys: str = ""
    keys_after_seconds: float = 1.0
    hang_up_after_seconds: float | None = None
    kind: Kind = Kind.MOBILE
    switched_off: bool = False
    # None: as many calls at once as come, which a test of a storm of calls needs.
    lines: int | None = None
    # What a look-up says of the number, in the vendor's words; "" goes by `kind`, and by never having changed hands.
    line_type: str = ""
    reassigned_on: str = ""
    pumping_risk: int = 0

    def changed(self, options: Mapping[str, Any]) -> "Behaviour":
        """Return this behaviour with `options` laid over it; raise BadBehaviour for one we do not know."""
        known = {spec.name for spec in fields(self)}
        if not set(options) <= known:
            raise BadBehaviour(f"A behaviour has {', '.join(sorted(known))}, not {', '.join(set(options) - known)}.")
        try:
            # From JSON these two arrive as plain strings.
            typed = {**options, "manner": Manner(options.get("manner", self.manner))}
            return replace(self, **typed | {"kind": Kind(options.get("kind", self.kind))})
        except ValueError as error:
            raise BadBehaviour(f"No such behaviour: {error}.") from error


@dataclass(slots=True)
class Handset:
    """One telephone, made the first time its number is used."""

    number: str
    label: str = ""
    behaviour: Behaviour = Behaviour()
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    def behave(self, behaviour: Behaviour) -> None:
        """Act differently from now on."""
        self.behaviour = behaviour
        self._changed.set()

    async def wait_until_on(self, wall_seconds: float) -> bool:
        """Return True once the handset is switched on, False if it still is not after that long."""
        try:
            async with asyncio.timeout(wall_seconds):
                while self.behaviour.switched_off:
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            return False
        return True
