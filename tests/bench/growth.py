"""Ten million stored texts: how long a missed call waits for its text then, against the same product with ten thousand.

`python -m tests.bench.growth`; it needs 12 GB of disk and about half an hour.
"""

import asyncio
import os
import tempfile
from pathlib import Path

import asyncpg
import uvloop

from ringback.store.embedded import EmbeddedPostgres
from tests.bench.calls import say, sms_company, text_waits
from tests.bench.inbox import fill_contacts, fill_texts
from tests.bench.load import Company, Target, percentile
from tests.bench.product import NUMBER, TOKEN, serving

FEW = 10_000
MANY = int(os.environ.get("GROWTH_TEXTS", "10000000"))
THREADS = 200_000
CALLS = int(os.environ.get("LOW_N", "200"))


async def _fill(database: asyncpg.Connection, already: int, until: int) -> None:
    [(business_id, line_id)] = await database.fetch("select business_id, line_id from lines where number = $1", NUMBER)
    # Rows that have long been there: nothing is to be told of them now. The words' index is built faster at the end.
    await database.execute("set session_replication_role = replica; set maintenance_work_mem = '1GB'")
    words = await database.fetchval("select indexdef from pg_indexes where indexname = 'messages_words'")
    if not already:
        await fill_contacts(database, business_id, line_id, THREADS)
    await database.execute("drop index messages_words")
    await fill_texts(database, business_id, line_id, range(already, until), THREADS)
    await database.execute(words, timeout=3600)
    await database.execute("vacuum analyze", timeout=3600)


async def _median(target: Target, company: Company, base: int) -> float:
    # The first calls after a fill read cold pages; the shop has been open for a while.
    await text_waits([target], company, 40, 20, base)
    return percentile(await text_waits([target], company, CALLS, 5, base + 100), 50)


async def main() -> None:
    """Print the medians and their ratio (bar: 1.2)."""
    with tempfile.TemporaryDirectory() as folder:
        async with sms_company(18931) as company:
            with serving(Path(folder), "http://127.0.0.1:18931") as product:
                target = Target(product.voice_urls[NUMBER], TOKEN, NUMBER)
                medians, filled = [], 0
                for texts in (FEW, MANY):
                    database = await asyncpg.connect(EmbeddedPostgres(product.home).superuser_url)
                    await _fill(database, filled, texts)
                    await database.close()
                    filled = texts
                    medians.append(await _median(target, company, 1_000_000 + texts % 999_999))
                    say(f"growth_{texts}_sms_p50_ms", medians[-1])
                say("growth_ratio", medians[1] / medians[0])


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(main())
