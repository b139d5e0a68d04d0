"""The calls of `twin_cases` for what the law counts of a contact."""

from collections.abc import Awaitable, Callable
from typing import Any

from ringback.store import unasked
from tests.store.stock import LATER

LAW_CASES: dict[str, Callable[[Any], Awaitable[object]]] = {
    "unasked.load_unasked": lambda a: unasked.load_unasked(a.connection, a.business_id, a.harbor.contact_id, LATER),
    "unasked.note_rule": lambda a: unasked.note_rule(a.connection, a.business_id, a.harbor.outgoing.message_id, "US@1"),
}
