"""Twin businesses: whatever Rex asks for with Harbor Dental's ids, he sees nothing of it and changes nothing of it."""

import importlib
import inspect
import pkgutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import asyncpg
import pytest
import pytest_asyncio

from ringback import store
from ringback.store.db import business_transaction, set_business
from ringback.store.tenancy import OUTSIDE_ROW_SECURITY
from tests.cast import harbor, rex
from tests.database import Server, fresh_pool
from tests.store.outside_cases import ISOLATION, Check, Town
from tests.store.stock import BUSINESS_TABLES, Stock, dump_rows, secrets_of, stock
from tests.store.twin_cases import BY_ARGUMENT, SETS_BUSINESS, Ask, Case

# One loop for the module, so that one pool serves all its tests.
pytestmark = pytest.mark.asyncio(loop_scope="module")
EVERY_CASE = {**BY_ARGUMENT, **SETS_BUSINESS}
# How the database says no: by the policy, by a key that leads to another business's row, by a key it has seen, or
# because the row that would be completed is not there.
Refused = (
    asyncpg.InsufficientPrivilegeError,
    asyncpg.ForeignKeyViolationError,
    asyncpg.UniqueViolationError,
    asyncpg.NotNullViolationError,
)


@dataclass(frozen=True)
class Twins:
    """A database with both businesses in it, their rows, and what only Harbor may read."""

    pool: asyncpg.Pool
    harbor: Stock
    rex: Stock
    harbors_rows: list[str]
    rexs_rows: list[str]
    secrets: frozenset[str]


@dataclass(frozen=True)
class Answer:
    """What came of one call: what was returned or how it was refused, and Harbor's rows right after it."""

    said: str
    harbors_rows: list[str]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def twins(server: Server) -> AsyncIterator[Twins]:
    """Both shops, stocked alike; every test rolls back what it does to them."""
    async with fresh_pool(server, size=2) as pool:
        ours, theirs = await stock(pool, harbor(), "harbor"), await stock(pool, rex(), "rival")
        harbors_rows, rexs_rows = await rows_of(pool, ours), await rows_of(pool, theirs)
        yield Twins(pool, ours, theirs, harbors_rows, rexs_rows, secrets_of(harbors_rows, rexs_rows))


async def rows_of(pool: asyncpg.Pool, owner: Stock) -> list[str]:
    """Return every row of a business, as it sees them itself."""
    async with business_transaction(pool, owner.business_id) as connection:
        return await dump_rows(connection, owner.business_id)


@asynccontextmanager
async def undone(twins: Twins, business: Stock) -> AsyncIterator[asyncpg.pool.PoolConnectionProxy]:
    """Yield a transaction of one business that is rolled back in the end."""
    async with twins.pool.acquire() as connection:
        transaction = connection.transaction()
        await transaction.start()
        try:
            await set_business(connection, business.business_id)
            yield connection
        finally:
            await transaction.rollback()


async def ask(twins: Twins, case: Case, *, inside: Stock, about: Stock) -> Answer:
    """Call a function with Harbor's ids inside a transaction of `inside`, with the business id of `about`."""
    async with undone(twins, inside) as connection:
        try:
            async with connection.transaction():
                said = repr(await case(Ask(connection, about.business_id, twins.harbor)))
        except Refused as error:
            said = type(error).__name__
        await set_business(connection, twins.harbor.business_id)
        return Answer(said, await dump_rows(connection, twins.harbor.business_id))


def is_secured(row: str) -> bool:
    """Return whether a line of a dump comes from a table under row-level security."""
    return row.split(maxsplit=1)[0] not in {*OUTSIDE_ROW_SECURITY, "job"}


def leaks(twins: Twins, said: str) -> list[str]:
    """Return what an answer gives away of Harbor."""
    found = [secret for secret in twins.secrets if secret in said]
    return found + (["its name"] if "harbor" in said.lower() else [])


def public_functions() -> set[str]:
    """Return `module.function` of every public asynchronous function of the store, context managers too."""
    found = set()
    for entry in pkgutil.iter_modules(store.__path__):
        module = importlib.import_module(f"ringback.store.{entry.name}")
        for name, thing in vars(module).items():
            own = getattr(thing, "__module__", None) == module.__name__ and not name.startswith("_")
            plain = inspect.unwrap(thing) if own and callable(thing) else None
            if inspect.iscoroutinefunction(plain) or inspect.isasyncgenfunction(plain):
                found.add(f"{entry.name}.{name}")
    return found


async def test_every_function_of_the_store_has_a_twin_case() -> None:
    assert public_functions() == EVERY_CASE.keys() | ISOLATION.keys()


async def test_both_twins_have_a_row_in_every_table_of_a_business(twins: Twins) -> None:
    tables = {row[0] for row in await twins.pool.fetch(BUSINESS_TABLES)}
    for rows in (twins.harbors_rows, twins.rexs_rows):
        assert {row.split(maxsplit=1)[0] for row in rows} == tables | {"job"}


async def test_rex_reads_no_row_of_harbor_from_any_table(twins: Twins) -> None:
    async with undone(twins, twins.rex) as connection:
        assert [row for row in await dump_rows(connection, twins.harbor.business_id) if is_secured(row)] == []


async def test_a_transaction_of_no_business_reads_no_row_of_anyone(twins: Twins) -> None:
    async with twins.pool.acquire() as connection:
        for one in (twins.harbor, twins.rex):
            assert [row for row in await dump_rows(connection, one.business_id) if is_secured(row)] == []


@pytest.mark.parametrize("name", sorted(BY_ARGUMENT))
async def test_with_harbors_ids_rex_gets_nowhere_whichever_business_the_argument_says(twins: Twins, name: str) -> None:
    named_rex = await ask(twins, BY_ARGUMENT[name], inside=twins.rex, about=twins.rex)
    named_harbor = await ask(twins, BY_ARGUMENT[name], inside=twins.rex, about=twins.harbor)
    by_harbor = await ask(twins, BY_ARGUMENT[name], inside=twins.harbor, about=twins.harbor)

    for answer in (named_rex, named_harbor):
        assert leaks(twins, answer.said) == []
        assert answer.harbors_rows == twins.harbors_rows
    assert by_harbor != named_harbor, "the case proves nothing: it gives Harbor itself no more than it gives Rex"


@pytest.mark.parametrize("name", sorted(SETS_BUSINESS))
async def test_a_function_that_sets_its_business_finds_no_row_of_another_one(twins: Twins, name: str) -> None:
    for_rex = await ask(twins, SETS_BUSINESS[name], inside=twins.rex, about=twins.rex)
    moved = await ask(twins, SETS_BUSINESS[name], inside=twins.harbor, about=twins.rex)
    for_harbor = await ask(twins, SETS_BUSINESS[name], inside=twins.rex, about=twins.harbor)

    assert leaks(twins, for_rex.said) == []
    assert for_rex.harbors_rows == twins.harbors_rows
    assert moved == for_rex, "the business that was set before must not count"
    assert for_harbor != for_rex, "it does not set the business: move the case to BY_ARGUMENT"


@pytest.mark.parametrize("check", list(dict.fromkeys(ISOLATION.values())))
async def test_what_is_outside_row_level_security_keeps_the_twins_apart(server: Server, check: Check) -> None:
    async with fresh_pool(server) as pool:
        ours, theirs = await stock(pool, harbor(), "harbor"), await stock(pool, rex(), "rival")
        name = await pool.fetchval("select current_database()")
        await check(Town(pool, server.owner_url(name), ours, theirs))
