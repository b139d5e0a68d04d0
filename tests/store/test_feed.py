"""The live feed: whoever reads on from where they were misses nothing and sees nothing twice."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

import asyncpg
import pytest

from ringback.store.db import Connection, business_transaction, set_business
from ringback.store.feed import Position, current_position, forget_old_changes, list_changes, parse_position
from ringback.store.ids import new_id
from ringback.store.page_queries import is_feed_held_back
from tests.cast import NOON
from tests.fixtures import Shops
from tests.store.stock import at

START = Position(0, 0)


async def note(connection: Connection, business_id: UUID, kind: str = "thread") -> UUID:
    """Write a change of something new and return what it is about."""
    subject = new_id()
    await connection.execute("select note_change($1, $2, $3, $4)", business_id, kind, subject, NOON)
    return subject


async def read(pool: asyncpg.Pool, business_id: UUID, after: Position, limit: int = 500) -> tuple[list[UUID], Position]:
    """Return what changed after a position and the position to go on from, as the id of an event carries it."""
    async with business_transaction(pool, business_id) as connection:
        changes = await list_changes(connection, business_id, after, limit)
    last = parse_position(str(changes[-1].position)) if changes else after
    assert last is not None
    return [change.subject for change in changes], last


@dataclass
class Reader:
    """Reads in pages from where it was; its connection may be cut at any time."""

    pool: asyncpg.Pool
    business_id: UUID
    position: Position = START
    seen: list[UUID] = field(default_factory=list)

    async def look(self, limit: int) -> None:
        """Read one page."""
        subjects, self.position = await read(self.pool, self.business_id, self.position, limit)
        self.seen += subjects

    async def look_to_the_end(self) -> None:
        """Read until there is no more; a reader that is given the same again and again stops as well."""
        for _ in range(200):
            before = len(self.seen)
            await self.look(2)
            if len(self.seen) == before:
                return


@dataclass
class NaiveReader(Reader):
    """Goes by the row's number alone, as a feed without our care would."""

    async def look(self, limit: int) -> None:
        """Read one page."""
        async with business_transaction(self.pool, self.business_id) as connection:
            found = await connection.fetch(
                "select change_id, subject from changes where business_id = $1 and change_id > $2 order by 1 limit $3",
                self.business_id,
                self.position.change_id,
                limit,
            )
        self.seen += [row["subject"] for row in found]
        self.position = Position(0, found[-1]["change_id"]) if found else self.position


@dataclass
class Writer:
    """One connection that writes changes in transactions that stay open while others come and go."""

    connection: asyncpg.pool.PoolConnectionProxy
    business_id: UUID
    chance: random.Random
    transaction: asyncpg.transaction.Transaction | None = None
    written: list[UUID] = field(default_factory=list)

    async def step(self) -> list[UUID]:
        """Begin, write, or end; return what this step has committed."""
        if self.transaction is None:
            self.transaction = self.connection.transaction()
            await self.transaction.start()
            await set_business(self.connection, self.business_id)
            return []
        if self.chance.random() < 0.6:
            self.written.append(await note(self.connection, self.business_id))
            return []
        return await self.end(is_kept=self.chance.random() < 0.8)

    async def end(self, *, is_kept: bool) -> list[UUID]:
        """Commit or roll back; return what is committed now."""
        if self.transaction is None:
            return []
        await (self.transaction.commit() if is_kept else self.transaction.rollback())
        committed = self.written if is_kept else []
        self.transaction, self.written = None, []
        return committed


async def interleave(pool: asyncpg.Pool, business_id: UUID, seed: int, reader: Reader) -> list[UUID]:
    """Let four writers and a reader take turns by chance; return what was committed, in that order."""
    chance = random.Random(seed)
    connections = [await pool.acquire() for _ in range(4)]
    writers = [Writer(connection, business_id, chance) for connection in connections]
    committed: list[UUID] = []
    for _ in range(80):
        committed += await chance.choice(writers).step()
        if chance.random() < 0.3:
            await reader.look(chance.choice((1, 2, 500)))
    for writer in writers:
        committed += await writer.end(is_kept=True)
    for connection in connections:
        await pool.release(connection)
    await reader.look_to_the_end()
    return committed


@pytest.fixture
def of_harbor(pool: asyncpg.Pool, shops: Shops) -> Callable[[type[Reader]], Reader]:
    """Make a reader of Harbor's feed."""
    return lambda kind: kind(pool, shops.harbor.business_id)


@pytest.mark.parametrize("seed", range(5))
async def test_no_change_is_missed_or_repeated_whatever_order_its_writers_commit_in(
    pool: asyncpg.Pool, of_harbor: Callable[[type[Reader]], Reader], seed: int
) -> None:
    reader = of_harbor(Reader)
    committed = await interleave(pool, reader.business_id, seed, reader)

    assert len(committed) > 10
    assert sorted(reader.seen) == sorted(committed)


async def test_the_same_histories_defeat_a_reader_that_goes_by_row_numbers(
    pool: asyncpg.Pool, of_harbor: Callable[[type[Reader]], Reader]
) -> None:
    """Without this, the test above might pass because nothing ever overlapped."""
    reader = of_harbor(NaiveReader)
    committed = await interleave(pool, reader.business_id, 0, reader)

    assert set(reader.seen) < set(committed)


async def test_a_reader_that_begins_now_gets_all_that_is_committed_from_now_on(
    pool: asyncpg.Pool, shops: Shops
) -> None:
    business_id = shops.harbor.business_id
    async with pool.acquire() as slow:
        transaction = slow.transaction()
        await transaction.start()
        await set_business(slow, business_id)
        early = await note(slow, business_id)
        async with business_transaction(pool, business_id) as connection:
            before = await note(connection, business_id)
        began = await current_position(pool)
        async with business_transaction(pool, business_id) as connection:
            later = await note(connection, business_id)
        held, position = await read(pool, business_id, began)
        async with business_transaction(pool, business_id) as connection:
            assert await is_feed_held_back(connection, business_id, position)
        await transaction.commit()
    seen, position = await read(pool, business_id, position)

    assert held == []
    assert [subject for subject in seen if subject != before] == [early, later]
    async with business_transaction(pool, business_id) as connection:
        assert not await is_feed_held_back(connection, business_id, position)


async def test_changes_of_one_transaction_come_in_the_order_they_were_made(pool: asyncpg.Pool, shops: Shops) -> None:
    business_id = shops.harbor.business_id
    async with business_transaction(pool, business_id) as connection:
        made = [await note(connection, business_id) for _ in range(5)]
        async with connection.transaction():  # type: ignore[union-attr] # a savepoint has an xid of its own
            made.append(await note(connection, business_id))

    assert (await read(pool, business_id, START))[0] == made


async def test_a_page_that_was_cut_in_the_middle_of_a_transaction_goes_on_there(
    pool: asyncpg.Pool, shops: Shops
) -> None:
    business_id = shops.harbor.business_id
    async with business_transaction(pool, business_id) as connection:
        made = [await note(connection, business_id) for _ in range(5)]
    first, position = await read(pool, business_id, START, limit=2)
    rest, _ = await read(pool, business_id, position)

    assert (first, rest) == (made[:2], made[2:])


async def test_what_is_rolled_back_is_never_read_and_holds_nothing_back(pool: asyncpg.Pool, shops: Shops) -> None:
    business_id = shops.harbor.business_id
    async with pool.acquire() as connection:
        transaction = connection.transaction()
        await transaction.start()
        await set_business(connection, business_id)
        await note(connection, business_id)
        await transaction.rollback()
    async with business_transaction(pool, business_id) as connection:
        kept = await note(connection, business_id)

    assert (await read(pool, business_id, START))[0] == [kept]


async def test_each_business_reads_its_own_changes(pool: asyncpg.Pool, shops: Shops) -> None:
    made = {}
    for shop in (shops.harbor, shops.rex):
        async with business_transaction(pool, shop.business_id) as connection:
            made[shop.business_id] = [await note(connection, shop.business_id)]

    for business_id, subjects in made.items():
        assert (await read(pool, business_id, START))[0] == subjects


async def test_old_changes_are_forgotten_and_the_rest_is_read_as_before(pool: asyncpg.Pool, shops: Shops) -> None:
    business_id = shops.harbor.business_id
    async with business_transaction(pool, business_id) as connection:
        await note(connection, business_id)
        kept = new_id()
        await connection.execute("select note_change($1, 'call', $2, $3)", business_id, kept, at(minutes=10))
    await forget_old_changes(pool, at(minutes=5))

    assert (await read(pool, business_id, START))[0] == [kept]


LARGEST = Position(2**64 - 1, 2**63 - 1)


async def test_an_event_id_of_ours_is_read_back_and_can_be_asked_for(pool: asyncpg.Pool, shops: Shops) -> None:
    for position in (START, Position(7, 3), LARGEST):
        assert parse_position(str(position)) == position
        assert await read(pool, shops.harbor.business_id, position) == ([], position)


@pytest.mark.parametrize(
    "text",
    [
        "", "-", "7", "7-", "-3", "--", "7-3-1", "a-b", "7-b", " 7-3", "7-3 ", "7-3\n", "+7-3", "7--3", "0x7-3",
        "7.0-3", "１-２", "²-³", "7-3\x00", "null", f"{2**64}-3", f"7-{2**63}", "9" * 41 + "-1",
    ],
)  # fmt: skip
def test_an_event_id_that_is_none_of_ours_is_no_position(text: str) -> None:
    assert parse_position(text) is None
