"""The calls of `twin_cases` for the brakes, and the cases outside row-level security."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from ringback.domain.brakes import Place, Scope
from ringback.domain.spending import Cost
from ringback.store import brakes, members, threads
from tests.cast import NOON
from tests.store.agency_stock import ring_of
from tests.store.brakes_stock import held_call_of
from tests.store.stock import LATER, decision, text_back

TODAY = NOON.date()
_MONEY = Cost(1, TODAY, NOON + timedelta(hours=14), 1000, 100)
_PLACES = (Place(Scope.PREFIX, "prefix of harbor", 9, 9),)


async def _end_wait(a: Any) -> object:
    # What was handed over keeps waiting for its person.
    await a.connection.execute("update handoffs set taken_at = $1 where taken_at is null", LATER)
    await threads.end_wait(a.connection, a.business_id, a.harbor.thread_id, NOON)
    return None


BRAKES_CASES: dict[str, Callable[[Any], Awaitable[object]]] = {
    "brakes.take_places": lambda a: brakes.take_places(a.connection, a.business_id, _PLACES, TODAY, LATER),
    "brakes.take_money": lambda a: brakes.take_money(a.connection, a.business_id, _MONEY, LATER),
    "brakes.correct_text_cost": lambda a: brakes.correct_text_cost(
        a.connection, a.business_id, a.harbor.accepted_id, 7, LATER
    ),
    "brakes.save_ring_cost": lambda a: brakes.save_ring_cost(
        a.connection, a.business_id, ring_of(a.harbor.business_id), _MONEY
    ),
    "brakes.correct_ring_cost": lambda a: brakes.correct_ring_cost(
        a.connection, a.business_id, ring_of(a.harbor.business_id), 7
    ),
    "brakes.load_spend_day": lambda a: brakes.load_spend_day(a.connection, a.business_id, TODAY),
    "brakes.raise_cap": lambda a: brakes.raise_cap(a.connection, a.business_id, _MONEY, 5000, "Rex"),
    "brakes.list_used": lambda a: brakes.list_used(a.connection, a.business_id, TODAY, LATER),
    "brakes.list_held": lambda a: brakes.list_held(a.connection, a.business_id, NOON - timedelta(days=1), 9),
    "brakes.count_held": lambda a: brakes.count_held(a.connection, a.business_id, NOON - timedelta(days=1)),
    "brakes.release_text_back": lambda a: brakes.release_text_back(
        a.connection, a.business_id, held_call_of(a.harbor.business_id), decision(brake=None), text_back(), LATER
    ),
    "members.list_owner_staff": lambda a: members.list_owner_staff(a.connection, a.business_id),
    "threads.end_wait": _end_wait,
}


async def what_is_forgotten_is_of_days_that_are_over(town: Any) -> None:
    before = await town.harbors_rows()
    await brakes.end_past_brakes(town.pool, NOON, TODAY - timedelta(days=1))
    assert await town.harbors_rows() == before


BRAKES_OUTSIDE: dict[str, Callable[[Any], Awaitable[None]]] = {
    "brakes.end_past_brakes": what_is_forgotten_is_of_days_that_are_over,
}
