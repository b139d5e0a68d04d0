"""The calls of `twin_cases` for what the settings do beside saving the business."""

from collections.abc import Awaitable, Callable
from typing import Any

from ringback.store import setup_changes
from tests.store.stock import LATER

SETTINGS_CASES: dict[str, Callable[[Any], Awaitable[object]]] = {
    "setup_changes.lock_setup": lambda a: setup_changes.lock_setup(a.connection, a.business_id),
    "setup_changes.end_line": lambda a: setup_changes.end_line(
        a.connection, a.business_id, a.harbor.business.lines[0].line_id, LATER
    ),
    "setup_changes.rename_service": lambda a: setup_changes.rename_service(
        a.connection, a.business_id, "harbor tooth", "Renamed"
    ),
}
