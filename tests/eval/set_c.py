"""Set C: every dialogue replayed by a plain and a messy caller, many at once; figures and transcripts."""

import asyncio
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from tests.eval.dialogues import Replay, read_dialogue
from tests.eval.replaying import PERSONAS, Outcome, replay_dialogue
from tests.eval.sets import FILES, EvaluationFolder, MissingSets, Row
from tests.eval.town import ClockedInstallation, open_town, running_product

Figures = dict[str, float | None]
_FIRST_NUMBER = {"plain": 1, "messy": 1_000_001, "wordy": 2_000_001}


def measure_c(folder: EvaluationFolder, jobs: int, out: Path, only: str = "") -> Figures:
    """Return success, wrong, handoff and fail of each persona; transcripts of all that failed go to `out`."""
    rows = [row for row in folder.rows(*FILES["C"]) if not only or row["id"] == only]
    if not rows:
        raise MissingSets(f"There is no dialogue “{only}” in {folder.sets}.")
    replays = sorted((read_dialogue(row) for row in rows), key=lambda replay: replay.ref)
    outcomes: dict[str, list[Outcome]] = {persona: [] for persona in PERSONAS}
    # A clock has one origin: dialogues of another day have an installation of their own.
    for ref, group in groupby(replays, key=lambda replay: replay.ref):
        with running_product(ref) as product:
            found = asyncio.run(_replay_all(product, list(group), jobs))
        for persona in PERSONAS:
            outcomes[persona] += found[persona]
    figures: Figures = {}
    for persona in PERSONAS:
        scored = folder.score("C", rows, [outcome.result for outcome in outcomes[persona]])
        figures |= _figures(scored, persona)
        _write_transcripts(out, persona, rows, outcomes[persona])
    return figures


async def _replay_all(product: ClockedInstallation, replays: Sequence[Replay], jobs: int) -> dict[str, list[Outcome]]:
    free = asyncio.Semaphore(jobs)
    async with open_town(product) as town:

        async def one(replay: Replay, persona: str, number: int) -> Outcome:
            async with free:
                return await replay_dialogue(town, replay, persona, number)

        found = await asyncio.gather(
            *(
                one(replay, persona, _FIRST_NUMBER[persona] + n)
                for persona in PERSONAS
                for n, replay in enumerate(replays)
            )
        )
    return {persona: found[n * len(replays) : (n + 1) * len(replays)] for n, persona in enumerate(PERSONAS)}


def _figures(scored: dict[str, Any], persona: str) -> Figures:
    prefix = f"c_{persona}_"
    figures: Figures = {f"{prefix}{name}": scored["ALL"][name] for name in ("success", "wrong", "handoff", "fail")}
    for part in ("plain", "changed_mind"):
        if part in scored:
            # In the set's own words: dialogues whose caller changed their mind after a booking, and the others.
            name = "steady" if part == "plain" else part
            figures[f"{prefix}{name}_success"] = scored[part]["success"]
    figures[f"{prefix}median_bot_messages"] = scored["median_bot_messages"]
    return figures


def succeeded(row: Row, result: dict[str, Any]) -> bool:
    """Return whether a dialogue ended as the scorer wants it: booked once, exactly the goal."""
    goal = row["goal"]
    right: bool = result["date"] == goal["date"] and result["time"] == goal["time"] and result["n_bookings"] == 1
    return right and result.get("provider", goal["provider"]) == goal["provider"]


def _write_transcripts(out: Path, persona: str, rows: Sequence[Row], outcomes: Sequence[Outcome]) -> None:
    """Write all that was said, and once more all of the dialogues that did not succeed."""
    by_id = {row["id"]: row for row in rows}
    every, failed = [], []
    for outcome in outcomes:
        row = by_id[outcome.result["id"]]
        good = succeeded(row, outcome.result)
        verdict = "success" if good else "WRONG" if outcome.result["n_bookings"] else outcome.result["outcome"]
        head = f"=== {row['id']} ({row['vertical']}, {persona} caller) goal {row['goal']}: {verdict}"
        every.append("\n".join([head, *outcome.transcript]))
        failed += [] if good else every[-1:]
    for name, parts in ((f"{persona}-all.txt", every), (f"{persona}.txt", failed)):
        (out / name).write_text("\n\n".join(parts) + "\n", encoding="utf-8")
