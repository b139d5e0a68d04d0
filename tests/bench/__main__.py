"""`make bench`: the peers' job done by `ringback serve`, with the peers' own fake SMS company; `name: value` lines."""

import asyncio
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import asyncpg
import uvloop

from ringback.store.embedded import EmbeddedPostgres
from tests.bench import dashboard, inbox, openings
from tests.bench.calls import CONNECTIONS, SMS_COMPANY, drained, ring_steadily, say, sms_company, text_waits
from tests.bench.load import Answered, Company, Target, Wire, caller, percentile
from tests.bench.product import NUMBER, TOKEN, Serving, serving
from tests.bench.turns import measure_turns

SECONDS = float(os.environ.get("SECS", "10"))
# Longer than an unused connection is kept.
IDLE_SECONDS = 75


async def low(target: Target, company: Company, count: int, rate: float, base: int) -> None:
    """A low rate: the honest latency, from the Dial action written to the text's arrival."""
    waits = await text_waits([target], company, count, rate, base)
    prefix = f"low_{rate:g}_per_s"
    say(f"{prefix}_sms_p50_ms", percentile(waits, 50))
    say(f"{prefix}_sms_p99_ms", percentile(waits, 99))
    say(f"{prefix}_missing", count - len(waits))


async def burst(targets: Sequence[Target], company: Company, count: int, base: int) -> None:
    """`count` missed calls in ten seconds over all lines: every caller has one text, the last of them so much later."""
    await company.forget()
    sent = await ring_steadily(targets, count, count / 10, base)
    hits = await drained(company, count)
    first = dict(reversed(hits))
    waits = [(first[to] - sent[to].written) / 1e9 for to in sent if to in first]
    say("burst_calls", count)
    say("burst_accepted", sum(answered.status == 200 for answered in sent.values()))
    say("burst_sms_p50_s", percentile(waits, 50))
    say("burst_sms_last_s", max(waits))
    say("burst_lost", count - len(waits))
    say("burst_doubled", len(hits) - len(first))


async def saturate(target: Target, company: Company, base: int, name: str) -> None:
    """Closed loop: missed calls as fast as they are taken; texts that arrived per second until the last of them."""
    await company.forget()
    sent: dict[str, Answered] = {}
    stop, n, refused = time.monotonic() + SECONDS, base, 0

    async def connection() -> None:
        nonlocal n, refused
        wire = target.wire()
        while time.monotonic() < stop:
            n += 1
            mine = n
            answered = await target.missed_call(wire, caller(mine), f"CA{mine:032x}")
            if answered.status == 200:
                sent[caller(mine)] = answered
            else:
                refused += 1
        wire.close()

    begun = time.monotonic()
    await asyncio.gather(*(connection() for _ in range(CONNECTIONS)))
    took = time.monotonic() - begun
    hits = await drained(company, len(sent))
    span = (max(at for _, at in hits) - min(one.begun for one in sent.values())) / 1e9
    first = dict(reversed(hits))
    waits = [(first[to] - sent[to].written) / 1e6 for to in sent if to in first]
    say(f"{name}_hooks_per_s", 2 * len(sent) / took)
    say(f"{name}_calls_acked_per_s", len(sent) / took)
    say(f"{name}_sms_per_s", len(hits) / span)
    say(f"{name}_sms_p50_ms", percentile(waits, 50))
    say(f"{name}_sms_p99_ms", percentile(waits, 99))
    say(f"{name}_refused", refused)
    say(f"{name}_lost", len(sent) - len(waits))
    say(f"{name}_doubled", len(hits) - len(first))


async def probe(target: Target, company: Company, base: int) -> None:
    """The peers' correctness probe: answered, each way of missing, a retried callback, two rings, no number."""
    cases: list[tuple[str, int, list[tuple[str, str, str]]]] = [
        ("answered_call", 0, [(caller(base), f"CA{base:032x}", "answered")]),
        *(
            (f"missed_{word}", 1, [(caller(base + 10 + k), f"CA{base + 10 + k:032x}", word)])
            for k, word in enumerate(("no-answer", "busy", "failed", "canceled"))
        ),
        ("same_webhook_retried", 1, [(caller(base + 20), "CA" + "a" * 32, "no-answer")] * 3),
        (
            "caller_rings_twice_in_a_row",
            1,
            [(caller(base + 30), f"CA{base + 30 + k:032x}", "no-answer") for k in range(2)],
        ),
        ("withheld_caller_id", 0, [("anonymous", f"CA{base + 40:032x}", "no-answer")]),
    ]
    for name, want, rings in cases:
        await company.forget()
        wire = target.wire()
        for number, call, result in rings:
            if result == "answered":
                await _answered(target, wire, number, call)
            else:
                await target.missed_call(wire, number, call, result)
        wire.close()
        # Staff are told of some of these by text too; the probe is about the caller.
        callers = {number for number, _, _ in rings}
        got = sum(to in callers for to, _ in await drained(company, want + 2, patience=2.5))
        say(f"probe_{name}", "ok" if got == want else f"{got} texts instead of {want}")


async def _answered(target: Target, wire: Wire, number: str, call: str) -> None:
    """Sam presses 1, they speak, and the Dial action says completed."""
    accepted = target.voice_url.replace("/voice", f"/accepted?call={call}")
    await target.post(wire, target.voice_url, target.fields(number, call))
    await target.post(wire, accepted, {**target.fields(number, call + "d"), "Digits": "1"})
    done = {**target.fields(number, call), "CallStatus": "completed", "DialCallStatus": "completed"}
    await target.post(wire, target.voice_url.replace("/voice", "/dialed"), done)


async def crash(product: Serving, target: Target, company: Company, base: int) -> None:
    """kill -9 of everything in mid-burst; after a restart, count accepted calls without a text."""
    await company.forget()
    accepted: list[str] = []
    n, dead = base, False

    async def connection() -> None:
        nonlocal n, dead
        wire = target.wire()
        while not dead and n < base + 600:
            n += 1
            mine = n
            try:
                if (await target.missed_call(wire, caller(mine), f"CA{mine:032x}")).status == 200:
                    accepted.append(caller(mine))
            except (OSError, asyncio.IncompleteReadError):
                return
            if len(accepted) >= 300 and not dead:
                dead = True
                product.kill_everything()

    await asyncio.gather(*(connection() for _ in range(CONNECTIONS)))
    product.start()
    await asyncio.to_thread(product.wait_until_ready)
    # This company cannot be asked whether it took a text whose answer the crash swallowed, so that one comes last.
    hits = Counter(to for to, _ in await drained(company, 10**9, patience=60))
    say("crash_acked", len(accepted))
    say("crash_lost", len(set(accepted) - set(hits)))
    say("crash_doubled", sum(1 for count in hits.values() if count > 1))


async def commit_ms(home: Path) -> float:
    """Return the median of one bare committed insert on the same database, the floor of everything durable."""
    connection = await asyncpg.connect(EmbeddedPostgres(home).superuser_url)
    await connection.execute("create table if not exists bench_commit (n int)")
    took = []
    for n in range(200):
        begun = time.perf_counter()
        await connection.execute("insert into bench_commit values ($1)", n)
        took.append((time.perf_counter() - begun) * 1000)
    await connection.execute("drop table bench_commit")
    await connection.close()
    return percentile(took, 50)


async def main() -> None:
    """Run every measure once; the load average stands beside them."""
    say("load_average_before", os.getloadavg()[0])
    with tempfile.TemporaryDirectory() as folder:
        async with sms_company(18931) as company:
            with serving(Path(folder), "http://127.0.0.1:18931") as product:
                target = Target(product.voice_urls[NUMBER], TOKEN, NUMBER)
                await low(target, company, 40, 40, 9_000_000 - 2_000_000)
                say("commit_p50_ms", await commit_ms(product.home))
                await asyncio.sleep(IDLE_SECONDS)
                say("idle_pss_mb", product.pss_mb())
                await probe(target, company, 100_000)
                await low(target, company, int(os.environ.get("LOW_N", "100")), 5, 1_000_000)
                for name, figure in (await measure_turns(target, company, 200, 5, 500_000)).items():
                    say(name, figure)
                for run in (1, 2):
                    await saturate(target, company, 1_000_000 + run * 1_000_000, f"sat{run}")
                product.open_lines(20)
                targets = [Target(url, TOKEN, number) for number, url in product.voice_urls.items()]
                await burst(targets, company, int(os.environ.get("BURST_N", "2000")), 4_000_000)
                say("loaded_pss_mb", product.pss_mb())
                await crash(product, target, company, 5_000_000)
    say("load_average_after", os.getloadavg()[0])


if __name__ == "__main__":
    is_whole = SMS_COMPANY.exists()
    if not is_whole:
        print(f"Calls are not measured: there is no {SMS_COMPANY}. PEERS_BENCH names its folder.", file=sys.stderr)
    for name, value in dashboard.measure().items():
        say(name, value)
    for name, value in {**openings.measure(), **inbox.measure()}.items():
        say(name, value)
    if not is_whole:
        sys.exit(1)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(main())
