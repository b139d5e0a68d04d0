"""For every store function outside row-level security: what keeps the twins apart there, or why nothing must."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

import asyncpg
import pytest

from ringback.store import (
    alarms,
    bookings,
    businesses,
    calls,
    db,
    deliveries,
    dialogs,
    events,
    feed,
    jobs,
    migrate,
    page_queries,
    people,
    recovery,
    request_counts,
    routing,
)
from ringback.store.businesses import SlugTaken
from ringback.store.db import business_transaction, set_business
from ringback.store.feed import Position
from ringback.store.ids import new_id
from ringback.store.people import Person
from tests.cast import NOON
from tests.store.brakes_cases import BRAKES_OUTSIDE
from tests.store.consent_cases import CONSENT_OUTSIDE
from tests.store.notices_cases import NOTICES_OUTSIDE
from tests.store.privacy_cases import PRIVACY_OUTSIDE
from tests.store.registration_cases import REGISTRATION_OUTSIDE
from tests.store.stock import LATER, Stock, dump_rows
from tests.store.wizard_cases import WIZARD_OUTSIDE

LATEST = NOON + timedelta(days=400)


@dataclass(frozen=True)
class Town:
    """Both shops, stocked, in a database of the case's own."""

    pool: asyncpg.Pool
    owner_url: str
    harbor: Stock
    rex: Stock

    async def harbors_rows(self) -> list[str]:
        """Return every row of Harbor's."""
        async with business_transaction(self.pool, self.harbor.business_id) as connection:
            return await dump_rows(connection, self.harbor.business_id)

    async def lose_jobs(self) -> None:
        """Lose all jobs, as a restored backup does: what has one is not looked for."""
        await self.pool.execute("delete from jobs.pgqueuer")


Check = Callable[[Town], Awaitable[None]]
ISOLATION: dict[str, Check] = {
    **CONSENT_OUTSIDE,
    **NOTICES_OUTSIDE,
    **WIZARD_OUTSIDE,
    **BRAKES_OUTSIDE,
    **REGISTRATION_OUTSIDE,
    **PRIVACY_OUTSIDE,
}


def isolates(*names: str) -> Callable[[Check], Check]:
    """Say which functions a case is about."""

    def note(check: Check) -> Check:
        ISOLATION.update(dict.fromkeys(names, check))
        return check

    return note


@isolates("db.business_transaction", "db.set_business")
async def the_business_ends_with_its_transaction(town: Town) -> None:
    async with town.pool.acquire() as connection:
        async with connection.transaction():
            await set_business(connection, town.harbor.business_id)
            assert await connection.fetchval("select count(*) from businesses") == 1
        assert await connection.fetchval("select count(*) from businesses") == 0
    async with business_transaction(town.pool, town.rex.business_id) as connection:
        seen = await connection.fetch("select business_id from businesses")
    assert [row[0] for row in seen] == [town.rex.business_id]


@isolates("db.open_pool", "db.no_reset")
async def every_connection_of_a_pool_begins_with_no_business(town: Town) -> None:
    url = town.owner_url.replace("ringback_owner@", "ringback_app@")
    pool = await db.open_pool(url, size=3)
    try:
        async with pool.acquire() as one, pool.acquire() as two, pool.acquire() as three:
            for connection in (one, two, three):
                assert await connection.fetchval("select current_user") == "ringback_app"
                assert await connection.fetchval("select count(*) from contacts") == 0
    finally:
        await pool.close()


@isolates("businesses.find_business", "businesses.list_slugs")
async def a_slug_leads_to_its_own_business_and_cannot_be_taken(town: Town) -> None:
    before = await town.harbors_rows()
    thief = replace(town.rex.business, slug=town.harbor.business.slug)
    with pytest.raises(SlugTaken, match="harbor-dental"):
        async with business_transaction(town.pool, town.rex.business_id) as connection:
            await businesses.save_business(connection, thief, {}, LATER)

    assert await businesses.find_business(town.pool, "harbor-dental") == town.harbor.business_id
    assert await businesses.find_business(town.pool, "rex-dental") == town.rex.business_id
    assert await businesses.list_slugs(town.pool) == ["harbor-dental", "rex-dental"]
    assert await town.harbors_rows() == before


@isolates("businesses.find_line")
async def a_hook_key_leads_to_its_own_line_and_cannot_be_taken(town: Town) -> None:
    line = town.rex.business.lines[0]
    for thief in (replace(line, hook_key="harbor-main"), replace(line, hook_key="harbor-main", line_id=new_id())):
        try:
            async with business_transaction(town.pool, town.rex.business_id) as connection:
                await businesses.save_line(connection, town.rex.business_id, thief, {"auth_token": "rex"}, LATER)
        except asyncpg.UniqueViolationError:
            continue

    assert await businesses.find_line(town.pool, "harbor-main") == (town.harbor.business_id, town.harbor.line_id)
    assert await businesses.find_line(town.pool, "rex-main") == (town.rex.business_id, town.rex.line_id)
    assert await businesses.find_line(town.pool, "nobody") is None


@isolates("bookings.forget_spent_holds")
async def spent_holds_are_forgotten_for_all_and_only_they(town: Town) -> None:
    async with business_transaction(town.pool, town.harbor.business_id) as connection:
        held = "select booking_id from bookings where state = 'held'"
        kept = "select count(*) from bookings where state <> 'held'"
        ids, others = await connection.fetch(held), await connection.fetchval(kept)
        assert ids
        await bookings.forget_spent_holds(connection, NOON)
        assert await connection.fetch(held) == ids
        await bookings.forget_spent_holds(connection, LATEST)
        assert await connection.fetch(held) == []
        assert await connection.fetchval(kept) == others
    async with business_transaction(town.pool, town.rex.business_id) as connection:
        assert await connection.fetch(held) == []


@isolates("dialogs.list_due_work")
async def due_work_of_all_businesses_is_ids_and_what_to_do(town: Town) -> None:
    await town.lose_jobs()
    before = await town.harbors_rows()
    async with business_transaction(town.pool, town.rex.business_id) as connection:
        found = await dialogs.list_due_work(connection, LATEST, LATEST)
        for kind in ("take_turn", "follow_up", "warn_of_promise", "alert_on_call", "remind"):
            owners = {business_id for business_id, subject, what in found if what == kind and isinstance(subject, UUID)}
            assert owners == {town.harbor.business_id, town.rex.business_id}
    assert await town.harbors_rows() == before


@isolates("routing.list_due_work")
async def due_waits_of_all_businesses_are_ids_and_what_to_do(town: Town) -> None:
    await town.lose_jobs()
    before = await town.harbors_rows()
    async with business_transaction(town.pool, town.rex.business_id) as connection:
        found = await routing.list_due_work(connection, LATEST, LATEST)
        for kind in ("route_wait", "climb_wait", "own_call_back", "expire_relay", "deliver_hook"):
            owners = {business_id for business_id, subject, what in found if what == kind and isinstance(subject, UUID)}
            assert owners == {town.harbor.business_id, town.rex.business_id}
    assert await town.harbors_rows() == before


@isolates("recovery.list_due_work")
async def due_reports_of_all_businesses_are_ids_and_what_to_do(town: Town) -> None:
    before = await town.harbors_rows()
    async with business_transaction(town.pool, town.rex.business_id) as connection:
        found = await recovery.list_due_work(connection, LATEST)
        for kind in ("recount_recovery", "weekly_report"):
            owners = {business_id for business_id, what in found if what == kind}
            assert owners == {town.harbor.business_id, town.rex.business_id}
    assert await town.harbors_rows() == before


@isolates("businesses.take_lines_to_poll")
async def a_turn_to_be_polled_is_noted_for_all_businesses_and_only_that(town: Town) -> None:
    tried = re.compile(r'"poll_tried_at": [^,]+, ')
    before = [tried.sub("", row) for row in await town.harbors_rows()]
    found = await businesses.take_lines_to_poll(town.pool, LATEST, LATEST)
    assert {row[0] for row in found} == {town.harbor.business_id, town.rex.business_id}
    assert all(isinstance(part, UUID) for row in found for part in row)
    after = await town.harbors_rows()
    assert [tried.sub("", row) for row in after] == before
    assert after != before


@isolates("calls.list_undecided", "deliveries.list_stuck", "events.list_unhandled")
async def periodic_work_sees_ids_of_all_businesses_and_nothing_else(town: Town) -> None:
    """Rex's own transaction sees them too: an id opens no row of another business, as the other cases prove."""
    await town.lose_jobs()
    before = await town.harbors_rows()
    async with business_transaction(town.pool, town.rex.business_id) as connection:
        lists: list[list[tuple[object, ...]]] = [
            [*await calls.list_undecided(connection, LATEST)],
            [*await deliveries.list_stuck(connection, LATEST)],
            [*await events.list_unhandled(connection, LATEST)],
        ]
        for found in lists:
            assert {row[0] for row in found} == {town.harbor.business_id, town.rex.business_id}
            assert all(isinstance(part, UUID) for row in found for part in row[:2])
        assert {row[2] for row in lists[2]} == {"message", "progress"}
    assert await town.harbors_rows() == before


@isolates("feed.current_position")
async def a_position_says_nothing_of_a_business(town: Town) -> None:
    async with business_transaction(town.pool, town.rex.business_id) as connection:
        position = await feed.current_position(connection)
    async with business_transaction(town.pool, town.harbor.business_id) as connection:
        assert await feed.current_position(connection) == position


@isolates("feed.forget_old_changes")
async def old_changes_are_forgotten_for_all_and_only_they(town: Town) -> None:
    before = await town.harbors_rows()
    await feed.forget_old_changes(town.pool, NOON)
    assert await town.harbors_rows() == before
    await feed.forget_old_changes(town.pool, LATER)
    assert await town.harbors_rows() == [row for row in before if not row.startswith("changes ")]


@isolates("feed.forget_old_exchanges")
async def old_exchanges_are_forgotten_for_all_and_only_they(town: Town) -> None:
    before = await town.harbors_rows()
    await feed.forget_old_exchanges(town.pool, NOON)
    assert await town.harbors_rows() == before
    await feed.forget_old_exchanges(town.pool, LATER + timedelta(days=1))
    assert await town.harbors_rows() == [
        row for row in before if not row.startswith(("provider_exchanges ", "hook_deliveries "))
    ]


@isolates("alarms.end_quiet_alarms")
async def alarms_that_went_quiet_end_for_all_and_no_other_kind_does(town: Town) -> None:
    before = await town.harbors_rows()
    await alarms.end_quiet_alarms(town.pool, "another kind", LATER + timedelta(days=1), LATER)
    assert await town.harbors_rows() == before
    await alarms.end_quiet_alarms(town.pool, "credentials", LATER + timedelta(days=1), LATER)
    changed = set(await town.harbors_rows()) - set(before)
    assert [row.split(" ", 1)[0] for row in changed] == ["alarms"]


@isolates("page_queries.is_feed_held_back")
async def rex_does_not_learn_that_harbors_feed_is_held_back(town: Town) -> None:
    start = Position(0, 0)
    async with town.pool.acquire() as slow, slow.transaction():
        await slow.fetchval("select pg_current_xact_id()")
        async with business_transaction(town.pool, town.harbor.business_id) as connection:
            await alarms.raise_alarm(connection, town.harbor.business_id, "held", "back", "words", LATER)
        for business, about, held in (
            (town.harbor, town.harbor, True), (town.rex, town.harbor, False), (town.rex, town.rex, False),
        ):  # fmt: skip
            async with business_transaction(town.pool, business.business_id) as connection:
                assert await page_queries.is_feed_held_back(connection, about.business_id, start) is held


@isolates("page_queries.listening")
async def a_change_tells_whose_it_is_and_no_more(town: Town) -> None:
    heard: asyncio.Queue[str] = asyncio.Queue()
    async with page_queries.listening(town.pool, heard.put_nowait, lambda: None):
        for one in (town.harbor, town.rex):
            async with business_transaction(town.pool, one.business_id) as connection:
                await alarms.raise_alarm(connection, one.business_id, "new", "one", "secret words", LATER)
        async with asyncio.timeout(10):
            told = [await heard.get(), await heard.get()]
    assert told == [str(town.harbor.business_id), str(town.rex.business_id)]


@isolates("page_queries.claim_try", "page_queries.take_back_try")
async def tries_are_counted_for_the_one_who_made_them(town: Town) -> None:
    async with town.pool.acquire() as connection, connection.transaction():
        for _ in range(2):
            assert await page_queries.claim_try(connection, "rex@rival.example", 2, NOON, LATER)
        assert not await page_queries.claim_try(connection, "rex@rival.example", 2, NOON, LATER)
        assert await page_queries.claim_try(connection, "olga@harbor.example", 2, NOON, LATER)
        await page_queries.take_back_try(connection, "rex@rival.example", LATER)
        assert await page_queries.claim_try(connection, "rex@rival.example", 2, NOON, LATER)


@isolates("people.save_person", "people.find_person", "people.first_business")
async def letting_someone_into_rexs_business_does_not_let_them_into_harbors(town: Town) -> None:
    stranger = Person(new_id(), "Stranger@rival.example", "Stranger", "hash")
    made = await people.save_person(town.pool, stranger, town.rex.business_id, "staff", LATER)
    found = await people.find_person(town.pool, "stranger@RIVAL.example")

    assert found == stranger
    assert await people.first_business(town.pool, made) == town.rex.business_id
    assert await people.first_business(town.pool, town.harbor.person_id) == town.harbor.business_id
    assert await people.find_person(town.pool, "nobody@rival.example") is None


@isolates("people.start_session", "people.find_session", "people.end_session", "people.forget_failures")
async def a_session_is_for_one_business_and_ends_alone(town: Town) -> None:
    for one in (town.harbor, town.rex):
        signed_in = await people.find_session(town.pool, one.session, LATER)
        assert signed_in is not None
        assert (signed_in.business_id, signed_in.person_id) == (one.business_id, one.person_id)
    stolen = await people.start_session(town.pool, town.rex.person_id, town.harbor.business_id, LATER)

    await people.end_session(town.pool, town.rex.session)
    await people.forget_failures(town.pool, LATER)

    assert await people.find_session(town.pool, stolen, LATER) is None, "a session opens no business without membership"
    assert await people.find_session(town.pool, town.rex.session, LATER) is None
    assert await people.find_session(town.pool, town.harbor.session, LATER) is not None
    await people.forget_failures(town.pool, LATEST)
    assert await people.find_session(town.pool, town.harbor.session, LATER) is None


@isolates(
    "people.create_api_key", "people.list_api_keys", "people.end_api_key",
    "request_counts.use_api_key", "request_counts.count_request",
)  # fmt: skip
async def an_api_key_opens_its_own_business_and_is_ended_and_counted_there_alone(town: Town) -> None:
    [ours] = await people.list_api_keys(town.pool, town.harbor.business_id)
    assert await people.end_api_key(town.pool, town.rex.business_id, ours["key_id"], LATER) is None
    for stock in (town.harbor, town.rex):
        used = await request_counts.use_api_key(town.pool, stock.api_key, LATER)
        assert used is not None
        assert (used.business_id, used.used) == (stock.business_id, 1)
    assert await request_counts.use_api_key(town.pool, town.rex.api_key.lower(), LATER) is None
    assert await request_counts.count_request(town.pool, "rex", timedelta(hours=1), LATER) == 1
    assert await request_counts.count_request(town.pool, "olga", timedelta(hours=1), LATER) == 1
    await people.forget_failures(town.pool, NOON)
    assert await request_counts.count_request(town.pool, "rex", timedelta(hours=1), LATER) == 2
    assert await people.end_api_key(town.pool, town.rex.business_id, ours["key_id"], LATER) is None


@isolates("people.save_beat", "people.last_beat")
async def a_beat_belongs_to_a_process_and_tells_of_no_business(town: Town) -> None:
    before = await town.harbors_rows()
    await people.save_beat(town.pool, new_id(), LATER)
    assert await people.last_beat(town.pool) == LATER
    assert await town.harbors_rows() == before


@isolates("jobs.enqueue", "jobs.count_jobs", "jobs.times_picked", "jobs.load_parked", "jobs.retry_parked")
@isolates("jobs.forget_old_jobs")
async def a_job_of_rex_that_names_harbors_row_finds_nothing(town: Town) -> None:
    """The queue itself knows no business: a worker works for all, and each job sets the business it names."""
    before = await town.harbors_rows()
    counted = {(row["entrypoint"], row["status"]): row["count"] for row in await jobs.count_jobs(town.pool)}
    async with business_transaction(town.pool, town.rex.business_id) as connection:
        payload = {"business": str(town.rex.business_id), "message": str(town.harbor.intended_id)}
        await jobs.enqueue(connection, "deliver", payload)
        job_id = await connection.fetchval("select max(id) from jobs.pgqueuer")
        assert (
            await deliveries.load_delivery(connection, UUID(payload["business"]), UUID(payload["message"]), LATER)
            is None
        )
    after = {(row["entrypoint"], row["status"]): row["count"] for row in await jobs.count_jobs(town.pool)}

    assert after == {**counted, ("deliver", "queued"): counted["deliver", "queued"] + 1}
    assert (await jobs.times_picked(town.pool, job_id), await jobs.load_parked(town.pool)) == (0, [])
    assert not await jobs.retry_parked(town.pool, job_id), "only a parked job is started again"
    await jobs.forget_old_jobs(town.pool, 0)
    assert await town.harbors_rows() == before


@isolates("jobs.take_waiting")
async def the_jobs_that_rex_takes_out_are_its_own(town: Town) -> None:
    async with town.pool.acquire() as connection:
        await jobs.enqueue(connection, "deliver", {"business": town.rex.business_id})
    mine = await jobs.take_waiting(town.pool, town.rex.business_id, "deliver")

    assert {payload["business"] for payload in mine} == {str(town.rex.business_id)}


@isolates("jobs.begin_again")
async def a_job_that_begins_again_leaves_the_others_as_they_are(town: Town) -> None:
    before = await town.harbors_rows()
    async with business_transaction(town.pool, town.rex.business_id) as connection:
        await jobs.enqueue(connection, "deliver", {"business": town.rex.business_id})
    mine = await town.pool.fetchval("select max(id) from jobs.pgqueuer")
    await jobs.begin_again(town.pool, mine)
    assert await town.harbors_rows() == before
    assert await town.pool.fetchval("select count(*) from jobs.pgqueuer where attempts = -1") == 1


@isolates("jobs.revive_accidents")
async def reviving_parked_jobs_touches_no_row_of_a_business(town: Town) -> None:
    before = await town.harbors_rows()
    async with business_transaction(town.pool, town.rex.business_id) as connection:
        await jobs.enqueue(connection, "deliver", {"business": town.rex.business_id})
        await connection.execute(
            "update jobs.pgqueuer set status = 'failed' where id = (select max(id) from jobs.pgqueuer)"
        )
        assert await jobs.revive_accidents(connection, "JobFailed") == 1
    assert await town.harbors_rows() == before


@isolates("jobs.revive_parked")
async def a_parked_job_is_revived_for_the_business_it_names_after_a_while(town: Town) -> None:
    rex, harbor = ({"business": one.business_id} for one in (town.rex, town.harbor))
    async with business_transaction(town.pool, town.rex.business_id) as connection:
        for payload in (rex, harbor):
            await jobs.enqueue(connection, "forget_old_of", payload)
        await connection.execute(
            "update jobs.pgqueuer set status = 'failed', updated = now() - interval '1 hour' "
            "where entrypoint = 'forget_old_of'"
        )
        for hours, revived in ((2, False), (0.5, True), (0.5, False)):
            parked_for = timedelta(hours=hours)
            assert await jobs.revive_parked(connection, "forget_old_of", rex, parked_for) is revived
        assert await connection.fetchval("select count(*) from jobs.pgqueuer where status = 'failed'") == 1


@isolates("jobs.enqueue_missing")
async def a_waiting_job_of_harbor_does_not_stand_for_one_of_rex(town: Town) -> None:
    subject = str(town.harbor.intended_id)
    enqueued = []
    for one in (town.harbor, town.rex, town.harbor, town.rex):
        async with business_transaction(town.pool, one.business_id) as connection:
            payload = {"business": str(one.business_id), "message": subject, "again": True}
            enqueued.append(await jobs.enqueue_missing(connection, "deliver", payload))
    assert enqueued == [True, True, False, False]


@isolates("jobs.install_jobs", "migrate.migrate", "migrate.pending_migrations")
async def a_migration_of_a_full_database_changes_no_row(town: Town) -> None:
    before = await town.harbors_rows()
    owner = await asyncpg.connect(town.owner_url)
    try:
        assert await migrate.migrate(owner) == []
        await jobs.install_jobs(owner, migrate.APP_ROLE)
    finally:
        await owner.close()
    assert await migrate.pending_migrations(town.pool) == []
    assert await town.harbors_rows() == before
