"""One dialogue of our own through the running product: what `make eval` does hundreds of times."""

import asyncio

from tests.eval.dialogues import read_dialogue
from tests.eval.replaying import PERSONAS, Outcome, replay_dialogue
from tests.eval.set_c import succeeded
from tests.eval.test_dialogues import row
from tests.eval.town import ClockedInstallation, open_town, running_product


async def replay_all(product: ClockedInstallation) -> list[Outcome]:
    async with open_town(product) as town:
        callers = enumerate(PERSONAS, start=1)
        return await asyncio.gather(
            *(replay_dialogue(town, read_dialogue(row()), persona, number) for number, persona in callers)
        )


def test_every_persona_gets_the_booking_they_want_as_the_database_has_it() -> None:
    with running_product(read_dialogue(row()).ref) as product:
        outcomes = asyncio.run(replay_all(product))
    for outcome in outcomes:
        assert succeeded(row(), outcome.result), "\n".join(outcome.transcript)
