"""The calls of `twin_cases` for the set-up wizard, and the cases outside row-level security."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import asyncpg

from ringback.store import line_tests, set_up
from ringback.store.db import business_transaction
from ringback.store.people import hash_token
from tests.cast import NOON
from tests.store.stock import LATER


async def _set_live(a: Any) -> object:
    # Lines that were not made by the wizard are live from the start.
    await a.connection.execute("update lines set in_set_up = true where business_id = current_business()")
    return await set_up.set_live(a.connection, a.business_id, a.harbor.line_id)


WIZARD_CASES: dict[str, Callable[[Any], Awaitable[object]]] = {
    "set_up.load_set_up": lambda a: set_up.load_set_up(a.connection, a.business_id),
    "set_up.note_step": lambda a: set_up.note_step(a.connection, a.business_id, "Rex was here", LATER),
    "set_up.keep_account": lambda a: set_up.keep_account(a.connection, a.business_id, {"account_sid": "rex"}, LATER),
    "set_up.set_live": _set_live,
    "line_tests.open_window": lambda a: line_tests.open_window(
        a.connection, a.business_id, a.harbor.line_id, None, "Rex", LATER
    ),
    "line_tests.end_window": lambda a: line_tests.end_window(a.connection, a.business_id, a.harbor.line_id, NOON),
    "line_tests.newest_window": lambda a: line_tests.newest_window(a.connection, a.business_id, a.harbor.line_id),
    "line_tests.tested_by": lambda a: line_tests.tested_by(a.connection, a.business_id, a.harbor.line_id, NOON),
    "line_tests.list_test_calls": lambda a: line_tests.list_test_calls(
        a.connection, a.business_id, a.harbor.line_id, NOON
    ),
}


async def the_first_key_opens_nothing_where_somebody_can_sign_in(town: Any) -> None:
    assert not await set_up.is_empty(town.pool)
    assert await set_up.make_welcome_key(town.pool, NOON) is None
    insert = "insert into welcome_keys (key_hash, made_at) values ($1, now())"
    await town.pool.execute(insert, hash_token("an old key"))
    assert not await set_up.is_welcome(town.pool, "an old key")
    assert not await set_up.use_welcome_key(town.pool, "an old key")


async def a_first_key_opens_once_even_for_two_at_a_time(town: Any) -> None:
    await town.pool.execute("delete from people")
    old = await set_up.make_welcome_key(town.pool, NOON)
    key = await set_up.make_welcome_key(town.pool, NOON)
    assert old is not None
    assert key is not None
    assert [await set_up.is_welcome(town.pool, one) for one in (old, key, "guess")] == [False, True, False]
    assert sorted(await asyncio.gather(*(set_up.use_welcome_key(town.pool, key) for _ in range(2)))) == [False, True]
    assert not await set_up.is_welcome(town.pool, key)


async def only_the_owners_login_learns_of_lines_at_an_address(town: Any) -> None:
    address = "http://127.0.0.1:8401"
    owner = await asyncpg.connect(town.owner_url)
    try:
        assert not await set_up.has_line_at(owner, address)
        async with business_transaction(town.pool, town.harbor.business_id) as connection:
            await connection.execute(
                "update connections set settings = settings || jsonb_build_object('api_url', $1::text)", address
            )
        assert await set_up.has_line_at(owner, address)
    finally:
        await owner.close()
    async with business_transaction(town.pool, town.rex.business_id) as connection:
        assert not await set_up.has_line_at(connection, address)


WIZARD_OUTSIDE: dict[str, Callable[[Any], Awaitable[None]]] = {
    "set_up.is_empty": the_first_key_opens_nothing_where_somebody_can_sign_in,
    "set_up.make_welcome_key": a_first_key_opens_once_even_for_two_at_a_time,
    "set_up.is_welcome": the_first_key_opens_nothing_where_somebody_can_sign_in,
    "set_up.use_welcome_key": a_first_key_opens_once_even_for_two_at_a_time,
    "set_up.has_line_at": only_the_owners_login_learns_of_lines_at_an_address,
}
