"""The calls of `twin_cases` for waits, call-backs on their ladder, people away and texts of staff."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from ringback.store import alerts, away, call_backs, relay, routing
from ringback.store.away import NewAway
from ringback.store.call_backs import Owned
from ringback.store.relay import NewRelay
from ringback.store.routing import Routed
from tests.cast import NOON
from tests.store.stock import LATER

HOUR = timedelta(hours=1)
ROUTED = Routed(LATER, None, (), LATER)


def _sam(ask: Any) -> UUID:
    found: UUID = ask.harbor.business.staff[0].staff_id
    return found


def _relay(ask: Any) -> NewRelay:
    return NewRelay(UUID(int=77), _sam(ask), ask.harbor.line_id, "Yes", [ask.harbor.thread_id], LATER)


async def _begin_again(ask: Any) -> object:
    # Only a wait that has been routed begins again; the stock's has not, because periodic work must find it.
    routed = "update reply_waits set routed_at = $3 where business_id = $1 and wait_id = $2"
    await ask.connection.execute(routed, ask.business_id, ask.harbor.routing.wait_id, LATER)
    return await routing.begin_again(ask.connection, ask.business_id, ask.harbor.thread_id, LATER)


async def _acknowledge_as_told(ask: Any) -> object:
    told = "update notices set thread_id = $2, created_at = $3 where business_id = $1 and staff_id = $4"
    await ask.connection.execute(told, ask.business_id, ask.harbor.thread_id, LATER, _sam(ask))
    return await routing.acknowledge_as_told(ask.connection, ask.business_id, ask.harbor.thread_id, _sam(ask), LATER)


ROUTING_CASES: dict[str, Callable[[Any], Awaitable[object]]] = {
    "routing.load_wait_to_route": lambda a: routing.load_wait_to_route(
        a.connection, a.business_id, a.harbor.routing.wait_id
    ),
    "routing.save_routed": lambda a: routing.save_routed(
        a.connection, a.business_id, a.harbor.routing.wait_id, ROUTED, LATER
    ),
    "routing.load_wait_to_climb": lambda a: routing.load_wait_to_climb(
        a.connection, a.business_id, a.harbor.routing.wait_id
    ),
    "routing.save_step": lambda a: routing.save_step(a.connection, a.business_id, a.harbor.routing.wait_id, 1, LATER),
    "routing.acknowledge_wait": lambda a: routing.acknowledge_wait(
        a.connection, a.business_id, a.harbor.thread_id, "Rex", LATER
    ),
    "routing.hurry_wait": lambda a: routing.hurry_wait(a.connection, a.business_id, a.harbor.thread_id, LATER),
    "routing.begin_again": _begin_again,
    "routing.acknowledge_as_told": _acknowledge_as_told,
    "routing.share_met": lambda a: routing.share_met(a.connection, a.business_id, NOON - HOUR, LATER + HOUR),
    "away.set_away": lambda a: away.set_away(a.connection, a.business_id, NewAway(_sam(a), LATER, "Rex"), LATER),
    "away.end_away": lambda a: away.end_away(a.connection, a.business_id, _sam(a), "Rex", LATER),
    "away.list_away": lambda a: away.list_away(a.connection, a.business_id, NOON),
    "relay.list_open_talks": lambda a: relay.list_open_talks(
        a.connection, a.business_id, _sam(a), NOON - HOUR, NOON - HOUR
    ),
    "relay.add_relay": lambda a: relay.add_relay(a.connection, a.business_id, _relay(a), LATER),
    "relay.load_question": lambda a: relay.load_question(a.connection, a.business_id, _sam(a), NOON - HOUR),
    "relay.release_held": lambda a: relay.release_held(a.connection, a.business_id, _sam(a), a.harbor.thread_id, LATER),
    "relay.count_held": lambda a: relay.count_held(a.connection, a.business_id, _sam(a), LATER),
    "relay.load_relay": lambda a: relay.load_relay(a.connection, a.business_id, a.harbor.routing.relay_id),
    "relay.settle_relay": lambda a: relay.settle_relay(
        a.connection, a.business_id, a.harbor.routing.relay_id, "expired", LATER
    ),
    "call_backs.load_call_back_to_own": lambda a: call_backs.load_call_back_to_own(
        a.connection, a.business_id, a.harbor.call_back_id
    ),
    "call_backs.own_call_back": lambda a: call_backs.own_call_back(
        a.connection, a.business_id, a.harbor.call_back_id, Owned(_sam(a), LATER, LATER), LATER
    ),
    "call_backs.save_call_back_step": lambda a: call_backs.save_call_back_step(
        a.connection, a.business_id, a.harbor.call_back_id, 1, LATER
    ),
    "call_backs.acknowledge_call_back": lambda a: call_backs.acknowledge_call_back(
        a.connection, a.business_id, a.harbor.call_back_id, "Rex", LATER
    ),
    "alerts.find_writer_since_raised": lambda a: alerts.find_writer_since_raised(
        a.connection, a.business_id, a.harbor.dialog.alert_id
    ),
}
