"""The calls of `twin_cases` and `outside_cases` for secrets, erasure and retention."""

import hashlib
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from ringback.domain.erasing import Traces
from ringback.domain.retention import Kind
from ringback.ports.sealing import Sealed
from ringback.store import erasing, healthcare, installation_keys, retention, sealing
from ringback.store.db import business_transaction, open_pool
from tests.cast import CARLA
from tests.store.stock import LATER

HARBORS_HMAC = hashlib.sha256(b"harbor").digest()
MUCH_LATER = LATER + timedelta(days=4000)


def _traces(a: Any) -> Traces:
    stock = a.harbor
    subjects = (str(stock.thread_id), str(stock.intended_id), str(stock.contact_id), CARLA)
    threads, messages = (stock.thread_id,), (stock.intended_id, stock.received_id)
    return Traces(stock.contact_id, CARLA, None, threads, (stock.open_call_id,), messages, (), subjects)


async def _find_erasure(a: Any) -> object:
    contact_id = await a.connection.fetchval("select contact_id from erasures where business_id = $1", a.business_id)
    return await erasing.find_erasure(a.connection, a.business_id, contact_id)


async def _count_reminders(a: Any) -> object:
    sql = "update messages set purpose = 'reminder' where business_id = $1 and thread_id = $2"
    await a.connection.execute(sql, a.business_id, a.harbor.thread_id)
    return await healthcare.count_reminders(a.connection, a.business_id, a.harbor.contact_id, LATER)


async def _plan_next(a: Any) -> object:
    await retention.plan_next(a.connection, a.business_id, LATER)
    sql = "select forget_at from business_directory where business_id = $1"
    return await a.connection.fetchval(sql, a.harbor.business_id)


PRIVACY_CASES: dict[str, Callable[[Any], Awaitable[object]]] = {
    "erasing.find_traces": lambda a: erasing.find_traces(a.connection, a.business_id, a.harbor.contact_id),
    "erasing.load_rows": lambda a: erasing.load_rows(a.connection, a.business_id, _traces(a)),
    "erasing.erase_rows": lambda a: erasing.erase_rows(a.connection, a.business_id, _traces(a)),
    "erasing.stop_texts": lambda a: erasing.stop_texts(a.connection, a.business_id, _traces(a), LATER),
    "erasing.finish_tasks": lambda a: erasing.finish_tasks(a.connection, a.business_id, _traces(a), "Rex", LATER),
    "erasing.must_not_be_texted": lambda a: erasing.must_not_be_texted(
        a.connection, a.business_id, a.harbor.opted_out_id
    ),
    "erasing.keep_number": lambda a: erasing.keep_number(a.connection, a.business_id, b"rex", LATER),
    "erasing.list_numbers": lambda a: erasing.list_numbers(a.connection, a.business_id),
    "erasing.take_number": lambda a: erasing.take_number(a.connection, a.business_id, HARBORS_HMAC),
    "erasing.save_erasure": lambda a: erasing.save_erasure(
        a.connection, a.business_id, a.harbor.contact_id, "Rex", {}, LATER
    ),
    "erasing.find_erasure": _find_erasure,
    "healthcare.count_reminders": _count_reminders,
    "retention.count_old": lambda a: retention.count_old(a.connection, a.business_id, Kind.MESSAGES, MUCH_LATER),
    "retention.forget_old": lambda a: retention.forget_old(a.connection, a.business_id, Kind.EVENTS, MUCH_LATER, 99),
    "retention.list_silent": lambda a: retention.list_silent(a.connection, a.business_id, MUCH_LATER, 99),
    "retention.plan_next": _plan_next,
}


async def sealed_values_are_listed_and_replaced_within_a_business_alone(town: Any) -> None:
    """As the application, a business sees its own; only the owner's login, which re-seals, sees all."""
    async with business_transaction(town.pool, town.rex.business_id) as connection:
        found = await sealing.list_sealed_otherwise(connection, "none", 0, 999)
        assert {kept.business_id for kept in found} <= {town.rex.business_id, None}
    owner = await open_pool(town.owner_url, size=1)
    try:
        every = await sealing.list_sealed_otherwise(owner, "none", 0, 999)
        assert {kept.business_id for kept in every} >= {town.rex.business_id, town.harbor.business_id}
        assert sum(count for _, _, count in await sealing.count_by_key(owner)) == len(every)
    finally:
        await owner.close()
    before = await town.harbors_rows()
    async with business_transaction(town.pool, town.rex.business_id) as connection:
        for kept in every:
            if kept.business_id == town.harbor.business_id:
                await sealing.replace_kept(connection, kept, Sealed("rex"))
    assert await town.harbors_rows() == before


async def keys_of_the_installation_are_of_no_business(town: Any) -> None:
    """They are listed by name, each process opens them, and none of them is a business's."""
    async with business_transaction(town.pool, town.rex.business_id) as connection:
        await installation_keys.keep_key(connection, "one", {"sealed": "x"}, LATER)
        assert [name for name, _ in await installation_keys.list_keys(connection)] == ["one"]


async def a_night_is_given_to_each_business_once(town: Any) -> None:
    """Across businesses, and ids alone: two workers at once do not both take one."""
    async with town.pool.acquire() as connection:
        first = await retention.take_due(connection, LATER, LATER + timedelta(hours=22), 99)
        second = await retention.take_due(connection, LATER, LATER + timedelta(hours=22), 99)
    assert set(first) == {town.harbor.business_id, town.rex.business_id}
    assert second == []


PRIVACY_OUTSIDE: dict[str, Callable[[Any], Awaitable[None]]] = {
    **dict.fromkeys(
        ["sealing.count_by_key", "sealing.list_sealed_otherwise", "sealing.replace_kept"],
        sealed_values_are_listed_and_replaced_within_a_business_alone,
    ),
    "installation_keys.list_keys": keys_of_the_installation_are_of_no_business,
    "retention.take_due": a_night_is_given_to_each_business_once,
}
