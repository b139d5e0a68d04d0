"""The calls of `twin_cases` for outgoing hooks."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from ringback.domain.outgoing_hooks import TEST
from ringback.ports.sealing import Sealed
from ringback.store import outgoing_hooks
from ringback.store.ids import new_id
from ringback.store.outgoing_hooks import NewHook, Tried
from tests.store.outgoing_hooks_stock import hook_of
from tests.store.stock import LATER


def _hook(a: Any) -> UUID:
    return hook_of(a.harbor.business_id)[0]


def _both(a: Any) -> tuple[UUID, UUID]:
    return hook_of(a.harbor.business_id)


OUTGOING_HOOKS_CASES: dict[str, Callable[[Any], Awaitable[object]]] = {
    "outgoing_hooks.add_hook": lambda a: outgoing_hooks.add_hook(
        a.connection, a.business_id, NewHook(new_id(), "https://rex.example", (), Sealed("rex"), "Rex"), 10, LATER
    ),
    "outgoing_hooks.list_hooks": lambda a: outgoing_hooks.list_hooks(a.connection, a.business_id),
    "outgoing_hooks.get_hook": lambda a: outgoing_hooks.get_hook(a.connection, a.business_id, _hook(a)),
    "outgoing_hooks.change_hook": lambda a: outgoing_hooks.change_hook(
        a.connection, a.business_id, _hook(a), "https://rex.example", ("call.missed",)
    ),
    "outgoing_hooks.switch_hook": lambda a: outgoing_hooks.switch_hook(
        a.connection, a.business_id, _hook(a), "owner", LATER
    ),
    "outgoing_hooks.replace_hook_secret": lambda a: outgoing_hooks.replace_hook_secret(
        a.connection, a.business_id, _hook(a), Sealed("rex"), LATER
    ),
    "outgoing_hooks.delete_hook": lambda a: outgoing_hooks.delete_hook(a.connection, a.business_id, _hook(a)),
    "outgoing_hooks.list_hook_deliveries": lambda a: outgoing_hooks.list_hook_deliveries(
        a.connection, a.business_id, _hook(a), 10
    ),
    "outgoing_hooks.add_test_delivery": lambda a: outgoing_hooks.add_test_delivery(
        a.connection, a.business_id, _hook(a), new_id(), TEST, LATER
    ),
    "outgoing_hooks.put_delivery_back": lambda a: outgoing_hooks.put_delivery_back(
        a.connection, a.business_id, *_both(a), LATER
    ),
    "outgoing_hooks.claim_delivery": lambda a: outgoing_hooks.claim_delivery(
        a.connection, a.business_id, _hook(a), None, 10, LATER
    ),
    "outgoing_hooks.save_tried": lambda a: outgoing_hooks.save_tried(
        a.connection, a.business_id, Tried(*_both(a), 500, "status", 5.0, "failing"), LATER
    ),
    "outgoing_hooks.load_subject": lambda a: outgoing_hooks.load_subject(
        a.connection, a.business_id, "message.received", a.harbor.received_id
    ),
}
