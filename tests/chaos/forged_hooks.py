"""`python -m tests.chaos.forged_hooks`: 10,000 webhooks that were tampered with, and replays, at the real application.

None of the forged may be accepted or leave a row; a replay may leave none either. What a change left as good as it was
(fields in another order) is told by the phone company's own library, counted apart, and must not be refused.
"""

import asyncio
import logging
import os
import random
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import asyncpg
import structlog
import uvicorn

from ringback.store import businesses
from ringback.store.db import business_transaction
from ringback.web.app import create_app
from ringback.workflows.context import Context
from tests.cast import ACCOUNT_SID, NOON, harbor, make_context, rex
from tests.chaos.forging import TOKENS, Hook, genuine, is_genuine, tampered
from tests.database import Server, database_folder, fresh_pool, running_server

_LANES = 8
# The wrong signature; and the same from an address that has sent many.
_REFUSED = (403, 429)
# What a forged request may leave behind: that the owner was told of it.
_TOLD = ("alarms", "changes")


@dataclass
class Tally:
    """What came of it all; the first few that went wrong are kept to be looked at."""

    forged: int = 0
    equivalent: int = 0
    replayed: int = 0
    second_effects: list[str] = field(default_factory=list)
    answers: Counter[int] = field(default_factory=Counter)
    refused_wrongly: list[str] = field(default_factory=list)
    accepted: list[str] = field(default_factory=list)
    stored: list[str] = field(default_factory=list)

    @property
    def figures(self) -> dict[str, int]:
        """Return the figures as they are printed."""
        return {
            "forged_hooks": self.forged,
            "forged_hooks_accepted": len(self.accepted),
            "forged_hooks_tables_changed": len(self.stored),
            "forged_hooks_equivalent": self.equivalent,
            "equivalent_hooks_refused": len(self.refused_wrongly),
            "replayed_hooks": self.replayed,
            "replayed_second_effects": len(self.second_effects),
        }

    @property
    def is_clean(self) -> bool:
        """Whether nothing forged came in and nothing genuine was kept out."""
        return not (self.accepted or self.stored or self.second_effects or self.refused_wrongly)


class Wire:
    """One connection to the application, on which requests go byte for byte as they were made up."""

    def __init__(self, port: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._port, self._reader, self._writer = port, reader, writer

    @classmethod
    async def connect(cls, port: int) -> "Wire":
        """Return a connection to the application of this machine."""
        return cls(port, *await asyncio.open_connection("127.0.0.1", port))

    async def send(self, hook: Hook) -> int:
        """Return the status of the answer."""
        lines = [f"{hook.method} {hook.target} HTTP/1.1", f"Host: {hook.host}", f"Content-Length: {len(hook.body)}"]
        lines += [f"{name}: {value}" for name, value in hook.headers]
        self._writer.write("\r\n".join([*lines, "", ""]).encode() + hook.body)
        await self._writer.drain()
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = head.partition("content-length: ")[2].partition("\r\n")[0]
        await self._reader.readexactly(int(length or 0))
        if "connection: close" in head:
            # What is no HTTP at all ends the connection; the next request has one of its own.
            await self.close()
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)
        return int(head.split(" ", 2)[1])

    async def close(self) -> None:
        """Hang up."""
        self._writer.close()
        await self._writer.wait_closed()


@asynccontextmanager
async def serving(context: Context) -> AsyncIterator[int]:
    """Yield the port of the whole application, served as an installation serves it."""

    @asynccontextmanager
    async def opened() -> AsyncIterator[Context]:
        yield context

    server = uvicorn.Server(uvicorn.Config(create_app(opened), port=0, log_level="error", timeout_graceful_shutdown=2))
    task = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110
        # uvicorn offers no event for this moment, only the flag.
        await asyncio.sleep(0.01)
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        await task


async def open_lines(pool: asyncpg.Pool) -> None:
    """Store Harbor Dental and its rival, with an account of its own for every line."""
    for business in (harbor(), rex()):
        async with business_transaction(pool, business.business_id) as connection:
            accounts = {
                line.number: {
                    "account_sid": ACCOUNT_SID,
                    "auth_token": TOKENS[line.hook_key],
                    "api_url": "http://127.0.0.1:9",
                }
                for line in business.lines
            }
            await businesses.save_business(connection, business, accounts, NOON)


async def take_prints(pool: asyncpg.Pool) -> dict[str, str]:
    """Return a print of the rows of each table of the two businesses, and of the queue of jobs."""
    prints: dict[str, str] = {}
    for business in (harbor(), rex()):
        async with business_transaction(pool, business.business_id) as connection:
            tables = await connection.fetch(
                "select c.table_name from information_schema.columns c join pg_tables t on t.tablename = c.table_name "
                "and t.schemaname = c.table_schema where c.table_schema = 'public' and c.column_name = 'business_id'"
            )
            for (table,) in tables:
                if table not in _TOLD:
                    prints[f"{business.slug} {table}"] = await connection.fetchval(
                        f"select count(*) || ' rows, ' || coalesce(md5(string_agg(t::text, '' order by t::text)), '') "
                        f"from {table} t where business_id = $1",
                        business.business_id,
                    )
    prints["jobs"] = str(await pool.fetchval("select count(*) from jobs.pgqueuer"))
    return prints


def changed(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """Return the tables whose rows differ, with what they were and are."""
    return [f"{table}: {before[table]} -> {after[table]}" for table in after if before[table] != after[table]]


async def attack(pool: asyncpg.Pool, context: Context, wanted: int, seed: int) -> Tally:
    """Send so many forged webhooks, then what was as good as genuine, then replays of what was accepted."""
    tally, choose = Tally(), random.Random(seed)
    await open_lines(pool)
    async with serving(context) as port:
        lanes = [await Wire.connect(port) for _ in range(_LANES)]
        try:
            before = await take_prints(pool)
            as_good = await _send_forged(lanes, tally, wanted, choose)
            tally.stored = changed(before, await take_prints(pool))
            accepted = await _send_as_good(lanes, tally, as_good)
            accepted += await _send_genuine(lanes, tally, wanted // 10, choose)
            await _replay(pool, lanes, tally, accepted, choose)
        finally:
            for lane in lanes:
                await lane.close()
    return tally


async def _send_forged(lanes: list[Wire], tally: Tally, wanted: int, choose: random.Random) -> list[Hook]:
    as_good: list[Hook] = []
    forged: list[tuple[Hook, tuple[str, ...]]] = []
    number = 0
    while len(forged) < wanted:
        number += 1
        hook, how = tampered(genuine(number, choose), choose)
        if is_genuine(hook, TOKENS):
            as_good.append(hook)
        else:
            forged.append((hook, how))
    for (hook, how), status in zip(forged, await _all(lanes, [hook for hook, _ in forged]), strict=True):
        tally.answers[status] += 1
        # Led on to another address (307 for one with a slash too many), it was not taken.
        if status < 300 or status >= 500:
            tally.accepted.append(f"{status} {', '.join(how)}: {hook}")
    tally.forged, tally.equivalent = len(forged), len(as_good)
    return as_good


async def _send_as_good(lanes: list[Wire], tally: Tally, hooks: list[Hook]) -> list[Hook]:
    """A signature that fits is not refused, though what it is on may make no sense (400) or lead nowhere (404)."""
    statuses = await _all(lanes, hooks)
    tally.refused_wrongly = [f"{hook}" for hook, status in zip(hooks, statuses, strict=True) if status in _REFUSED]
    return [hook for hook, status in zip(hooks, statuses, strict=True) if status == 200]


async def _send_genuine(lanes: list[Wire], tally: Tally, wanted: int, choose: random.Random) -> list[Hook]:
    # Numbers no forgery used: what is accepted here was not seen before.
    hooks = [genuine(10**9 + number, choose) for number in range(wanted)]
    statuses = await _all(lanes, hooks)
    tally.refused_wrongly += [f"{hook}" for hook, status in zip(hooks, statuses, strict=True) if status in _REFUSED]
    return [hook for hook, status in zip(hooks, statuses, strict=True) if status == 200]


async def _replay(
    pool: asyncpg.Pool, lanes: list[Wire], tally: Tally, accepted: list[Hook], choose: random.Random
) -> None:
    before = await take_prints(pool)
    again = choose.sample(accepted, len(accepted))
    statuses = await _all(lanes, again)
    tally.replayed = sum(status == 200 for status in statuses)
    tally.second_effects = changed(before, await take_prints(pool))


async def _all(lanes: list[Wire], hooks: list[Hook]) -> list[int]:
    """Send everything over all connections at once; return the statuses in the order of `hooks`."""
    shares = [hooks[lane::_LANES] for lane in range(_LANES)]
    done = await asyncio.gather(*(_in_turn(lane, share) for lane, share in zip(lanes, shares, strict=True)))
    return [done[number % _LANES][number // _LANES] for number in range(len(hooks))]


async def _in_turn(lane: Wire, hooks: list[Hook]) -> list[int]:
    return [await lane.send(hook) for hook in hooks]


def measure(wanted: int, seed: int) -> Tally:
    """Run the attack on a database of its own."""
    # Each refusal is a line of the log, which would bury the figures.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    with database_folder() as folder, running_server(folder) as server:
        return asyncio.run(on_fresh_database(server, wanted, seed))


async def on_fresh_database(server: Server, wanted: int, seed: int) -> Tally:
    """Run the attack on a fresh copy of the migrated database."""
    async with fresh_pool(server) as pool:
        return await attack(pool, make_context(pool), wanted, seed)


def report(tally: Tally) -> None:
    """Print the figures as `name: value`, and what went wrong."""
    wrong = (tally.accepted + tally.stored + tally.second_effects + tally.refused_wrongly)[:20]
    sys.stdout.write("".join(f"{line}\n" for line in [*(f"{n}: {v}" for n, v in tally.figures.items()), *wrong]))


if __name__ == "__main__":
    found = measure(int(os.environ.get("FORGED", "10000")), int(os.environ.get("SEED", "8400")))
    report(found)
    raise SystemExit(0 if found.is_clean else 1)
