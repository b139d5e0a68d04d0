"""The dashboard of a business with 100,000 calls in the period, asked over HTTP's own code path in one process."""

import asyncio
import tempfile
import time
from datetime import timedelta
from pathlib import Path

import asyncpg
from httpx2 import ASGITransport, AsyncClient

from ringback.store import people
from ringback.store.db import business_transaction
from ringback.store.ids import new_id
from ringback.store.people import Person
from ringback.workflows.context import Context
from ringback.workflows.reports import recount_recovery
from tests.bench.load import percentile
from tests.cast import NOON, harbor, make_context, open_shop
from tests.database import Server, fresh_pool, running_server
from tests.web.pages_cast import COOKIE, pages_app

CALLS = 100_000
RUNS = 60
# In the 90 days that the page shows; as many again stand in the 90 days before.
PERIOD_DAYS = 90
PAGES = {
    "dashboard": "/dashboard?span=90_days",
    "dashboard_rows": "/dashboard/rows?figure=recovered&from=2026-08-21&to=2026-11-18",
    "dashboard_rare_rows": "/dashboard/rows?figure=called_back&from=2026-08-21&to=2026-11-18",
}


def measure() -> dict[str, float]:
    """Return the figures of `make bench`."""
    with tempfile.TemporaryDirectory() as folder, running_server(Path(folder)) as server:
        return asyncio.run(_measure(server))


async def _measure(server: Server) -> dict[str, float]:
    async with fresh_pool(server) as pool:
        context = make_context(pool)
        await open_shop(pool, harbor())
        await _fill(pool)
        await _analyze(server, pool)
        begun = time.perf_counter()
        await recount_recovery(context, harbor().business_id)
        found = {"dashboard_first_count_of_200000_s": time.perf_counter() - begun}
        await _analyze(server, pool)
        for name, path in PAGES.items():
            took = await _ask(context, path)
            found |= {f"{name}_p50_ms": percentile(took, 50), f"{name}_p95_ms": percentile(took, 95)}
        return found | {"dashboard_catch_up_ms": await _catch_up_ms(context)}


# A made-up year as plain SQL: going through the workflows would take an hour. Two of three calls are missed, four of
# five of those texted, every third replies and every tenth books.
_HISTORY = """
    insert into contacts (business_id, contact_id, phone, created_at)
    select $1::uuid, md5('c' || n)::uuid, '+1312' || lpad(n::text, 7, '0'), $2::timestamptz
    from generate_series(1, $3::int) n;
    insert into threads (business_id, thread_id, contact_id, line_id, created_at, last_message_at)
    select $1::uuid, md5('t' || n)::uuid, md5('c' || n)::uuid, $4::uuid, $2::timestamptz, $2::timestamptz
    from generate_series(1, $3::int) n;
    insert into calls (business_id, call_id, line_id, contact_id, provider, provider_call_id, caller, plan, started_at,
        over_at, outcome, decided_at)
    select $1::uuid, md5('k' || n)::uuid, case n % 2 when 0 then $4::uuid else $5::uuid end,
        md5('c' || n)::uuid, 'twilio', 'CA' || n, '',
        'ring', at, at, (array['answered_by_staff', 'no_answer', 'busy'])[n % 3 + 1], at
    from generate_series(1, $3::int) n, lateral (select $2::timestamptz - n * $6::interval as at) t;
    insert into messages (business_id, message_id, thread_id, line_id, direction, author, purpose, body, segments,
        state, provider, created_at, send_at, sending_at)
    select c.business_id, md5('m' || n)::uuid, md5('t' || n)::uuid, $4::uuid, 'out', 'system', 'text_back', 'Sorry', 1,
        'accepted', 'twilio', c.started_at, c.started_at, c.started_at
    from generate_series(1, $3::int) n join calls c on c.call_id = md5('k' || n)::uuid where n % 3 > 0 and n % 5 > 0;
    insert into text_backs (business_id, text_back_id, call_id, contact_id, line_id, decision, outcome, wording, why,
        message_id, decided_at)
    select c.business_id, c.call_id, c.call_id, c.contact_id, c.line_id, 'send', c.outcome, 'wording ' || n % 4, '',
        md5('m' || n)::uuid, c.started_at
    from generate_series(1, $3::int) n join calls c on c.call_id = md5('k' || n)::uuid where n % 3 > 0 and n % 5 > 0;
    insert into messages (business_id, message_id, thread_id, line_id, direction, author, purpose, body, segments,
        state, provider, created_at, send_at)
    select c.business_id, md5('r' || n)::uuid, md5('t' || n)::uuid, $4::uuid, 'in', 'contact', 'inbound', 'Yes', 1,
        'received', 'twilio', c.started_at + interval '1 hour', c.started_at
    from generate_series(1, $3::int) n join calls c on c.call_id = md5('k' || n)::uuid where n % 3 > 0 and n % 7 < 2;
    insert into bookings (business_id, booking_id, contact_id, service, price_cents, staff_id, starts_at, ends_at,
        state, sitting_id, made_by, made_at, changed_at, seat)
    select c.business_id, c.call_id, c.contact_id, 'Service ' || n % 12, 12900, $7::uuid,
        c.started_at + interval '1 day',
        c.started_at + interval '25 hours', 'done', c.call_id, 'receptionist', c.started_at + interval '2 hours',
        c.started_at, 0
    from generate_series(1, $3::int) n join calls c on c.call_id = md5('k' || n)::uuid where n % 3 > 0 and n % 10 = 1;
"""


async def _fill(pool: asyncpg.Pool) -> None:
    shop = harbor()
    first, second = (line.line_id for line in shop.lines)
    every = timedelta(days=PERIOD_DAYS) / CALLS
    given = (shop.business_id, NOON, 2 * CALLS, first, second, every, shop.staff[0].staff_id)
    async with business_transaction(pool, shop.business_id) as connection:
        for statement in _HISTORY.split(";\n")[:-1]:
            numbers = [number for number in range(1, 8) if f"${number}" in statement]
            bound = statement
            for place, number in enumerate(numbers, 1):
                bound = bound.replace(f"${number}", f"${place}")
            await connection.execute(bound, *(given[number - 1] for number in numbers), timeout=300)


async def _analyze(server: Server, pool: asyncpg.Pool) -> None:
    """Do what autovacuum does in a minute or two; only the owner of a table may."""
    owner = await asyncpg.connect(server.owner_url(await pool.fetchval("select current_database()")))
    await owner.execute("analyze")
    await owner.close()


async def _ask(context: Context, path: str) -> list[float]:
    shop = harbor()
    person = Person(new_id(), f"{new_id()}@harbor.example", "Olga", "no password")
    person_id = await people.save_person(context.pool, person, shop.business_id, "owner", NOON)
    token = await people.start_session(context.pool, person_id, shop.business_id, NOON)
    transport = ASGITransport(pages_app(context))
    async with AsyncClient(transport=transport, base_url="http://ringback.test", cookies={COOKIE: token}) as browser:
        took = []
        for _ in range(RUNS + 5):
            begun = time.perf_counter()
            answer = await browser.get(path)
            took.append((time.perf_counter() - begun) * 1000)
            if answer.status_code != 200:
                raise SystemExit(f"{path} answered {answer.status_code}")
        # The first few fill caches: prepared statements, templates, the business.
        return took[5:]


async def _catch_up_ms(context: Context) -> float:
    """Return how long it takes to count one changed conversation among them all."""
    shop, took = harbor(), []
    for number in range(1, 21):
        async with business_transaction(context.pool, shop.business_id) as connection:
            await connection.execute(
                "select note_change($1, 'thread', md5('t' || $2::int)::uuid, $3)", shop.business_id, number, NOON
            )
        begun = time.perf_counter()
        await recount_recovery(context, shop.business_id)
        took.append((time.perf_counter() - begun) * 1000)
    return percentile(took, 50)
