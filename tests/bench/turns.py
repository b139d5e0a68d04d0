"""How long a scripted turn takes: a caller's text written to our hook, to the reply's arrival at the SMS company."""

import asyncio
import time

from tests.bench.load import Company, Target, Wire, caller, percentile

# What a line of real callers asks; each is a caller of its own, so that every turn is the first of its dialog.
QUESTIONS = ("Hi, can I book a cleaning on Tuesday morning?", "how much is a cleaning", "do you have parking?", "hello")
RECEPTIONIST = """
[receptionist]
settle_seconds = 0

[[services]]
name = "Cleaning"
minutes = 60
price_cents = 12900

[[facts]]
question = "Do you have parking?"
answer = "Yes, behind the house."
"""


async def measure_turns(target: Target, company: Company, count: int, rate: float, base: int) -> dict[str, float]:
    """Return the figures of `count` first texts at a steady rate, in milliseconds from the text to its answer."""
    await company.forget()
    url = target.voice_url.replace("/voice", "/message")
    written: dict[str, int] = {}
    free: asyncio.Queue[Wire] = asyncio.Queue()
    for _ in range(4):
        free.put_nowait(target.wire())

    async def one(n: int) -> None:
        wire, sender = await free.get(), caller(base + n)
        body = QUESTIONS[n % len(QUESTIONS)]
        fields = {"MessageSid": f"SM{base + n:032x}", "From": sender, "To": target.number, "Body": body}
        _, _, written[sender] = await target.post(wire, url, {**fields, "NumMedia": "0"})
        free.put_nowait(wire)

    start, tasks = time.monotonic(), []
    for n in range(count):
        await asyncio.sleep(max(0.0, start + n / rate - time.monotonic()))
        tasks.append(asyncio.create_task(one(n)))
    await asyncio.gather(*tasks)
    arrived = await _arrivals(company, count)
    waits = [(arrived[sender] - at) / 1e6 for sender, at in written.items() if sender in arrived]
    return {
        "turn_p50_ms": percentile(waits, 50),
        "turn_p99_ms": percentile(waits, 99),
        "turn_missing": count - len(waits),
    }


async def _arrivals(company: Company, count: int, patience: float = 10.0) -> dict[str, int]:
    """When the first text to each caller arrived; waits for all, or until nothing is left to wait for."""
    until = time.monotonic() + patience
    while True:
        arrived = dict(reversed(await company.texts()))
        if len(arrived) >= count or time.monotonic() > until:
            return arrived
        await asyncio.sleep(0.1)
