"""What happens in the histories of `opt_outs`: what a contact may say, what the phone company may do, what is known."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any, TypeVar

import asyncpg
from hypothesis import strategies as st

from tests.workflows.phone_company import Treatment, answer, refusal

OPT_OUTS = (
    *("STOP", "stop", "Unsubscribe", "CANCEL", "S.T.O.P!", "stooop", "STOP \U0001f6d1", "Alto", "arrêt", "sair"),
    *("stop, I already called someone, thanks", "please dont text me again", "take me off your list", "no me escriban"),
)
OTHERS = ("Do you have time on Friday?", "can you stop by at 3?", "please don't stop", "thanks", "cancel my Tuesday")
FAULTS = {
    "busy": Treatment(keeps=False, says=answer(429, {})),
    "lost and kept": Treatment(keeps=True, says=answer(500, {})),
    "lost and not kept": Treatment(keeps=False, says=answer(500, {})),
    "refused": Treatment(keeps=False, says=refusal(21211)),
}
CONFIRMATION = "Harbor Dental: you will get no more texts"
Result = TypeVar("Result")
WAITS = st.sampled_from([0.0, 0.0, 1.0, 6.0, 40.0, 600.0, 86_400.0])


@dataclass
class World:
    """One event loop and one database for all histories; each history is a business of its own."""

    runner: asyncio.Runner
    pool: asyncpg.Pool
    histories: int = 0
    sent: int = 0
    opted_out: int = 0

    def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Do something in the world's loop."""
        return self.runner.run(work)


@dataclass
class Told:
    """What the contact has said, as it stands at this moment, and what must not have happened."""

    # Our numbers, and those of them that no text may go out from.
    numbers: frozenset[str] = frozenset()
    closed: set[str] = field(default_factory=set)
    carrier_answers: bool = False
    confirmations: int = 0
    # How many texts had begun to be handed over when the opt-out came in.
    leaving: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def is_out(self) -> bool:
        """Whether nothing may go out at all: no START came after the last opt-out."""
        return bool(self.closed) and self.closed == self.numbers
