"""The lines of long-running processes: events and ids, no numbers, and no error's own words."""

import json
import logging

import asyncpg
import pytest

from ringback.cli.logs import Wordless, hide_personal


def line_of(error: BaseException | None = None, message: str = "it failed for %s") -> dict[str, object]:
    """What a library's log call would write."""
    info = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("uvicorn.error", logging.ERROR, __file__, 1, message, ("+13125550142",), info)
    written: dict[str, object] = json.loads(Wordless().format(record))
    return written


def _break_a_rule() -> None:
    raise asyncpg.UniqueViolationError("duplicate key: Key (phone)=(+13125550142) Carla already exists.")


def test_an_error_of_the_database_is_named_without_the_row_in_it() -> None:
    with pytest.raises(asyncpg.UniqueViolationError) as told:
        _break_a_rule()
    written = line_of(told.value)

    assert written["error"] == "UniqueViolationError"
    assert written["event"] == "it failed for …42"
    assert "test_logs.py" in str(written["at"])
    assert "Carla" not in str(written)


def test_a_line_without_an_error_is_whole() -> None:
    written = line_of()
    assert (written["level"], written["logger"]) == ("error", "uvicorn.error")
    assert "error" not in written


@pytest.mark.parametrize("value", ["+13125550142", "to=%2B13125550142", "(312) 555-0142 wrote"])
def test_our_own_lines_lose_numbers_and_errors_whatever_field_they_are_in(value: str) -> None:
    event = {"event": "page_failed", "path": value, "count": 3, "exc_info": ValueError("Carla")}
    kept = hide_personal(None, "error", event)

    assert "0142" not in str(kept)
    assert "Carla" not in str(kept)
    assert (kept["event"], kept["count"], kept["has_error"]) == ("page_failed", 3, True)
