"""Missed calls against a running product, whose texts go to the peers' fake SMS company."""

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from tests.bench.load import Answered, Company, Target, Wire, caller

# Not part of this repository: beside the clone, unless the variable says where.
PEERS = Path(os.environ.get("PEERS_BENCH") or Path(__file__).parents[3] / "shared/bench/peers")
SMS_COMPANY = PEERS / "fake_sms_api.py"
CONNECTIONS = int(os.environ.get("CONC", "32"))


def say(name: str, value: object) -> None:
    """Print one figure."""
    sys.stdout.write(f"{name}: {round(value, 2) if isinstance(value, float) else value}\n")
    sys.stdout.flush()


@asynccontextmanager
async def sms_company(port: int) -> AsyncIterator[Company]:
    """Run the peers' fake SMS company and yield a connection to it."""
    process = await asyncio.create_subprocess_exec(sys.executable, str(SMS_COMPANY), "--port", str(port))
    company = Company(port)
    try:
        while True:
            try:
                await company.count()
                break
            except OSError:
                await asyncio.sleep(0.05)
        yield company
    finally:
        company.wire.close()
        process.terminate()
        await process.wait()


async def drained(company: Company, want: int, patience: float = 20.0) -> list[tuple[str, int]]:
    """Wait until `want` texts arrived, or nothing new came for a while."""
    seen, since = -1, time.monotonic()
    while True:
        count = await company.count()
        if count != seen:
            seen, since = count, time.monotonic()
        if count >= want or time.monotonic() - since > patience:
            return await company.texts()
        await asyncio.sleep(0.1)


async def ring_steadily(targets: Sequence[Target], count: int, rate: float, base: int) -> dict[str, Answered]:
    """Open loop: `count` missed calls, `rate` a second, the lines in turn; by caller."""
    sent: dict[str, Answered] = {}
    free: asyncio.Queue[Wire] = asyncio.Queue()
    for _ in range(8 if rate < CONNECTIONS else CONNECTIONS):
        free.put_nowait(targets[0].wire())

    async def one(n: int) -> None:
        wire = await free.get()
        sent[caller(n)] = await targets[n % len(targets)].missed_call(wire, caller(n), f"CA{n:032x}")
        free.put_nowait(wire)

    start, tasks = time.monotonic(), []
    for n in range(count):
        await asyncio.sleep(max(0.0, start + n / rate - time.monotonic()))
        tasks.append(asyncio.create_task(one(base + n)))
    await asyncio.gather(*tasks)
    return sent


async def text_waits(targets: Sequence[Target], company: Company, count: int, rate: float, base: int) -> list[float]:
    """Ring steadily; return how long each caller's text took from the Dial action written to its arrival, in ms."""
    await company.forget()
    sent = await ring_steadily(targets, count, rate, base)
    first = dict(reversed(await drained(company, count)))
    return [(first[to] - sent[to].written) / 1e6 for to in sent if to in first]
