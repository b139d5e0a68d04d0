"""The inbox of a busy shop: 5,000 threads, one of 10,000 texts, a million texts to search; what the server takes."""

import asyncio
import os
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import asyncpg
import httpx2

from ringback.store.db import open_pool
from tests.bench.load import percentile
from tests.cast import NOON, TestClock, harbor, make_context, open_shop
from tests.database import Server, running_server
from tests.web.pages_cast import Site, pages_app

THREADS = 5000
LONG = 10_000
TEXTS = int(os.environ.get("INBOX_TEXTS", "1000000"))
RUNS = 60

# Ids are made of numbers, so that a thread is found again by its number.
_CONTACTS = """
    insert into contacts (business_id, contact_id, phone, name, created_at)
    select $1, ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, '+1312' || (5550000 + n),
        (array['Carla', 'Dora', 'José', 'Lee', 'Ann'])[1 + n % 5] || ' ' || chr(65 + n % 26) || 'uiz' || n,
        $2::timestamptz
    from generate_series(1, $3::int) n
"""
_THREADS = """
    insert into threads (business_id, thread_id, contact_id, line_id, created_at, last_message_at, last_inbound_at,
        needs_reply_at, preview)
    select $1, ('00000000-0000-7000-9000-' || lpad(n::text, 12, '0'))::uuid,
        ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, $4,
        $2::timestamptz - interval '2 years', $2::timestamptz - n * interval '1 minute',
        $2::timestamptz - n * interval '1 minute', case when n % 10 = 0 then $2::timestamptz end, 'Where do I park?'
    from generate_series(1, $3::int) n
"""
_CLOSURES = """
    insert into closures (business_id, closure_id, thread_id, closed_at, closed_by)
    select business_id, gen_random_uuid(), thread_id, $2::timestamptz, 'Olga' from threads
    where business_id = $1 and needs_reply_at is null and right(thread_id::text, 1) in ('1', '3', '5', '7')
"""
# The first thread gets every text up to LONG; the others share the rest.
_TEXTS = """
    insert into messages (business_id, message_id, thread_id, line_id, direction, author, purpose, body, segments,
        state, provider, created_at, send_at)
    select $1, ('00000000-0001-7000-9000-' || lpad(n::text, 12, '0'))::uuid,
        ('00000000-0000-7000-9000-' || lpad((case when n <= $5 then 1 else 1 + n % $6 end)::text, 12, '0'))::uuid, $4,
        case when n % 2 = 0 then 'in' else 'out' end, case when n % 2 = 0 then 'contact' else 'staff' end,
        case when n % 2 = 0 then 'inbound' else 'reply' end,
        'Hello, where do I park on ' || (array['Monday', 'Friday', 'Sunday'])[1 + n % 3] || ' with '
            || (array['a van', 'my dog', 'the kids', 'a broken tooth'])[1 + n % 4]
            || ' number word' || n % 50000 || '?',
        1, case when n % 2 = 0 then 'received' else 'accepted' end, 'twilio',
        $2::timestamptz - n * interval '1 minute', $2::timestamptz
    from generate_series($3::int + 1, $7::int) n
"""
_CHUNK = 50_000


def measure() -> dict[str, float]:
    """Return the figures of `make bench`."""
    with tempfile.TemporaryDirectory() as folder, running_server(Path(folder)) as server:
        return asyncio.run(_measure(server))


async def _measure(server: Server) -> dict[str, float]:
    name = await server.create()
    clock = TestClock(NOON + timedelta(hours=1))
    pool = await open_pool(server.app_url(name), size=4)
    try:
        shop = await open_shop(pool, harbor())
        await _fill(server.owner_url(name), shop.business_id, shop.lines[0].line_id)
        context = make_context(pool, clock)
        app = pages_app(context)
        site = Site(context, None, "", None)  # type: ignore[arg-type]
        cookies = {"ringback": await site.session(shop)}
        transport = httpx2.ASGITransport(app=app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://bench.test", cookies=cookies) as client:
            return {
                f"inbox_{what}_p95_ms": percentile(await _times(client, paths), 95) for what, paths in _PATHS.items()
            }
    finally:
        pool.terminate()


_LONG_THREAD = "/threads/00000000-0000-7000-9000-000000000001"
_MIDDLE = f"{(NOON - timedelta(hours=80)).isoformat()}~{UUID(int=0)}".replace("+", "%2B")
_PATHS = {
    "list": ("/threads", "/threads?view=waiting", "/threads?view=done", "/threads?view=needs_reply&unread=1"),
    "long_thread": (_LONG_THREAD, f"{_LONG_THREAD}?before={_MIDDLE}"),
    "search_rare": ("/threads?q=word4711", "/threads?q=uiz4711", "/threads?q=5554711"),
    "search_common": ("/threads?q=park", "/threads?q=broken+sunday"),
}


async def _times(client: httpx2.AsyncClient, paths: tuple[str, ...]) -> list[float]:
    took = []
    for n in range(RUNS + len(paths)):
        begun = time.perf_counter()
        answer = await client.get(paths[n % len(paths)])
        took.append((time.perf_counter() - begun) * 1000)
        answer.raise_for_status()
    # The first of each also compiles its template.
    return took[len(paths) :]


async def fill_contacts(connection: asyncpg.Connection, business_id: UUID, line_id: UUID, threads: int) -> None:
    """Store so many contacts, each with a thread."""
    await connection.execute(_CONTACTS, business_id, NOON, threads, timeout=300)
    await connection.execute(_THREADS, business_id, NOON, threads, line_id, timeout=300)


async def fill_texts(
    connection: asyncpg.Connection, business_id: UUID, line_id: UUID, texts: range, threads: int
) -> None:
    """Store texts by their numbers, shared out over the threads."""
    for start in range(texts.start, texts.stop, _CHUNK):
        until = min(start + _CHUNK, texts.stop)
        await connection.execute(_TEXTS, business_id, NOON, start, line_id, LONG, threads, until, timeout=300)


async def _fill(url: str, business_id: UUID, line_id: UUID) -> None:
    connection = await asyncpg.connect(url)
    await fill_contacts(connection, business_id, line_id, THREADS)
    await connection.execute(_CLOSURES, business_id, NOON)
    await fill_texts(connection, business_id, line_id, range(TEXTS), THREADS)
    await connection.execute("vacuum analyze", timeout=300)
    await connection.close()


if __name__ == "__main__":
    for figure, value in measure().items():
        sys.stdout.write(f"{figure}: {value:.1f}\n")
