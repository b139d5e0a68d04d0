"""A storm of spoofed calls on `ringback serve`: 10,000 callers, one cap; the phone company counts what it was given."""

import asyncio
import os
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import httpx2

from ringback.store.embedded import EmbeddedPostgres, Role
from tests.chaos import burst
from tests.chaos.burst import Product, running_product
from tests.sandbox.company import ACCOUNT_SID, PhoneCompany

# In thousandths of a cent: what one text of one segment costs in the storm.
SEGMENT = 1_500
# A tenth of the callers each: withheld, premium, abroad, and neighbours of the line itself.
_ODD = ("Anonymous", "+1900{n:07d}", "+4487{n:08d}", "+1312555{n:04d}")
_PATIENCE_SECONDS = 600.0


@dataclass(frozen=True)
class Storm:
    """How many strangers and people known before ring, and what the day may cost in cents."""

    calls: int
    known: int
    cap_cents: int
    # Without the limits on numbers, so that the cap alone stands between the storm and the money.
    open_limits: bool = True
    callers_at_once: int = 24

    def callers(self) -> list[str]:
        """Return as many callers as calls: blocks of neighbouring numbers, and a tenth each of odd kinds."""
        return [self._caller(n) for n in range(self.calls)]

    def _caller(self, n: int) -> str:
        odd = n % 10
        if odd < len(_ODD):
            return _ODD[odd].format(n=n)
        # 200 numbers in a row, then another block: a dialler that walks through a range.
        return f"+1{(212, 415, 617, 702)[n // 2500 % 4]}{2_000_000 + (n // 200) * 10_000 + n % 200}"

    def known_callers(self) -> list[str]:
        """Return people who have texted the business before."""
        return [f"+1312666{n:04d}" for n in range(self.known)]

    def settings(self) -> str:
        """Return the brakes as the business file has them."""
        limits = "per_prefix_an_hour = 100000\nper_country_an_hour = 100000\n" if self.open_limits else ""
        return f"\n[brakes]\ncap_cents_a_day = {self.cap_cents}\nsegment_millicents = {SEGMENT}\n{limits}"

    def business(self) -> str:
        """Return the business file's text without its last table, which the product's own settings follow."""
        text = burst.BUSINESS if self.open_limits else burst.BUSINESS.replace("= 100000", "= 60")
        # Whoever is known has texted a moment ago, which must not count as a conversation that goes on.
        text = text.replace("delay_seconds = 0", "delay_seconds = 0\nthread_open_hours = 0")
        head, lines = text.split("[[staff]]")
        return f"{head}{self.settings()}\n[receptionist]\non = false\n\n[[staff]]{lines}"


async def blow(storm: Storm, folder: Path) -> dict[str, int]:
    """Return what became of the storm, as the phone company, the database and the clock saw it."""
    with running_product(folder, storm.business()) as (product, company_url):
        async with PhoneCompany(company_url) as company:
            await company.add_number(burst.NUMBER)
            await company.set_rest_fault("latency", on="messages", seconds=0.01, match={"method": "POST"})
            database = await asyncpg.connect(_database(product))
            try:
                return await _measure(storm, product, company, database)
            finally:
                await database.close()


def _database(product: Product) -> str:
    return EmbeddedPostgres(product.home).url(Role.OWNER)


async def _measure(
    storm: Storm, product: Product, company: PhoneCompany, database: asyncpg.Connection
) -> dict[str, int]:
    begun = time.monotonic()
    async with httpx2.AsyncClient(timeout=30) as client:
        for number, phone in enumerate(storm.known_callers()):
            await _text(client, product.hooks, phone, number)
        await _until(database, "select count(*) from threads where last_inbound_at is not null", storm.known)
        await _ring_all(storm, client, product, storm.callers(), "S")
        await _ring_all(storm, client, product, storm.known_callers(), "K")
    decided = await _until(database, "select count(*) from text_backs", storm.calls + storm.known)
    await _until(database, "select count(*) from messages where state in ('intended', 'sending')", 0)
    took = time.monotonic() - begun
    texts = Counter(str(one["to"]) for one in await company.messages() if one["from"] == burst.NUMBER)
    ours = {*storm.known_callers(), burst.STAFF}
    return {
        "calls": await database.fetchval("select count(*) from calls"),
        "decided": int(decided),
        "texted_strangers": sum(count for to, count in texts.items() if to not in ours),
        "texted_known": sum(count for to, count in texts.items() if to in storm.known_callers()),
        "known": storm.known,
        "texted_staff": texts[burst.STAFF],
        "spent_cents": -(-await database.fetchval("select coalesce(sum(spent), 0)::bigint from spend_days") // 1000),
        "sent_cents": -(-sum(texts.values()) * SEGMENT // 1000),
        "cap_cents": storm.cap_cents,
        "alarms": await database.fetchval("select count(*) from alarms where kind in ('brake', 'cap')"),
        "notices": await database.fetchval("select count(*) from notices where kind = 'alarm'"),
        "call_backs": await database.fetchval("select count(*) from call_backs"),
        "seconds": int(took),
    } | {f"reason_{row['reason']}": row["n"] for row in await database.fetch(_REASONS)}


_REASONS = "select reason, count(*) as n from text_backs where reason is not null group by reason order by reason"


async def _ring_all(storm: Storm, client: httpx2.AsyncClient, product: Product, callers: list[str], name: str) -> None:
    gate = asyncio.Semaphore(storm.callers_at_once)

    async def one(number: int, caller: str) -> None:
        async with gate:
            await burst.missed_call(client, product.hooks, caller, f"CA{name}{number:06d}")

    await asyncio.gather(*(one(number, caller) for number, caller in enumerate(callers)))


async def _text(client: httpx2.AsyncClient, hooks: dict[str, str], phone: str, number: int) -> None:
    fields = {"MessageSid": f"SM{number:06d}", "AccountSid": ACCOUNT_SID, "From": phone, "To": burst.NUMBER}
    await burst.post(
        client, hooks["message"], {**fields, "Body": "Hi, this is one of your customers.", "NumMedia": "0"}
    )


async def _until(database: asyncpg.Connection, question: str, wanted: Any) -> Any:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    found = await database.fetchval(question)
    while found != wanted and time.monotonic() < deadline:
        await asyncio.sleep(0.5)
        found = await database.fetchval(question)
    return found


def judge(storm: Storm, figures: dict[str, int]) -> list[str]:
    """Return what is wrong with the figures of a storm, in words."""
    checks = {
        "a call has no decision": figures["decided"] != storm.calls + storm.known,
        "the day cost more than its cap": max(figures["spent_cents"], figures["sent_cents"]) > storm.cap_cents,
        "the storm never reached the cap": "reason_over_cap" not in figures and storm.open_limits,
        "the owner was not told exactly once": figures["alarms"] != 1,
        "somebody known was not texted": figures["texted_known"] != storm.known,
    }
    return [words for words, is_wrong in checks.items() if is_wrong]


def main() -> int:
    """Run the storm; return 1 where a bar is missed."""
    storm = Storm(int(os.environ.get("STORM_CALLS", "10000")), known=20, cap_cents=int(os.environ.get("CAP", "500")))
    with tempfile.TemporaryDirectory() as folder:
        figures = asyncio.run(blow(storm, Path(folder)))
    sys.stdout.writelines(f"storm_{name}: {value}\n" for name, value in figures.items())
    wrong = judge(storm, figures)
    sys.stderr.writelines(f"{words}\n" for words in wrong)
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
