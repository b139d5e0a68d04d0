"""`make chaos`: 1,000 races for one opening, 20,000 generated requests on the API, 5,000 histories with opt-outs, then
ten bursts of 500 missed calls, each with web, worker and database killed; figures as `name: value`."""

import asyncio
import os
import random
import tempfile
from pathlib import Path

from tests.chaos import api_cases, forged_hooks, opt_outs, storm
from tests.chaos.burst import callers_of, run_round, running_product, witness
from tests.sandbox.company import PhoneCompany
from tests.store import booking_races


async def main(rounds: int, calls: int, seed: int) -> int:
    """Run the rounds; return 1 when a caller was lost or texted twice."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder, running_product(Path(folder)) as (product, company_url):
        async with PhoneCompany(company_url) as company:
            for number in range(rounds):
                texts = await run_round(product, company, number, calls, chance)
                print(f"round {number + 1}: texted {len(texts)} of {calls} so far", flush=True)
            # Counted at the very end: a text can be late after a crash, and one sent again later must not be missed.
            everyone = [caller for number in range(rounds) for caller in callers_of(number, calls)]
            texts = await witness(company, everyone)
            lost = rounds * calls - len(texts)
            doubled = sum(1 for count in texts.values() if count > 1)
    for name, value in {"rounds": rounds, "kills": rounds * 3, "calls": rounds * calls}.items():
        print(f"chaos_{name}: {value}")
    print(f"chaos_lost: {lost}\nchaos_doubled: {doubled}")
    return 1 if lost or doubled else 0


if __name__ == "__main__":
    raced = booking_races.measure(int(os.environ.get("RACES", "1000")))
    for name, value in raced.items():
        print(f"chaos_{name}: {value}", flush=True)
    asked = api_cases.measure(int(os.environ.get("API_CASES", str(api_cases.CASES))))
    for name, answered in asked.items():
        print(f"{name}: {answered}", flush=True)
    forged = forged_hooks.measure(int(os.environ.get("FORGED", "10000")), int(os.environ.get("SEED", "8400")))
    forged_hooks.report(forged)
    # Raises, with the shortest history that shows it, where a text left after an opt-out.
    for name, value in opt_outs.measure(int(os.environ.get("OPT_OUT_RUNS", "5000"))).items():
        print(f"{name}: {value}", flush=True)
    rounds, calls = int(os.environ.get("ROUNDS", "10")), int(os.environ.get("CALLS", "500"))
    failed = asyncio.run(main(rounds, calls, int(os.environ.get("SEED", "7"))))
    raise SystemExit(
        1
        if storm.main() or failed or not forged.is_clean or raced["double_bookings"] or asked["api_server_errors"]
        else 0
    )
