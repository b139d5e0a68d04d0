"""The calls of `twin_cases` for what people at work change, own and are told."""

from collections.abc import Awaitable, Callable
from typing import Any

from ringback.store import audit, owners
from ringback.store.audit import Change
from tests.store.stock import LATER

WORKPLACE_CASES: dict[str, Callable[[Any], Awaitable[object]]] = {
    "audit.add_entry": lambda a: audit.add_entry(
        a.connection, a.business_id, "Rex", Change("settings.hours", "the hours"), LATER
    ),
    "audit.list_entries": lambda a: audit.list_entries(a.connection, a.business_id, None, 50),
    "owners.assign_thread": lambda a: owners.assign_thread(
        a.connection, a.business_id, a.harbor.thread_id, a.harbor.business.staff[0].staff_id, LATER
    ),
}
