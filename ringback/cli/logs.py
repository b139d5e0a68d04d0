"""Structured log lines of the long-running processes."""

import logging
import sys
import traceback
from datetime import UTC, datetime

import structlog
from structlog.typing import EventDict, WrappedLogger

from ringback.domain.redaction import hide_numbers
from ringback.settings import Settings


def set_up_logs(settings: Settings) -> None:
    """Write structured log lines to standard error: events and ids, never names, numbers or words of callers."""
    level = {"debug": 10, "info": 20, "warning": 30, "error": 40}.get(settings.log_level.lower(), 20)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            # Real time, whatever our own clock says: a log is read beside other machines' logs.
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            hide_personal,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    _take_other_logs(level)


def hide_personal(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """The last look at a line of ours: no number in any value, and no error's own text, which may hold a row."""
    error = event.pop("exc_info", None)
    hidden = {name: hide_numbers(value) if isinstance(value, str) else value for name, value in event.items()}
    return {**hidden, "has_error": True} if error else hidden


class Wordless(logging.Formatter):
    """Lines of libraries, as JSON: of an error its kind and where it was raised, since its text may hold a row."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line: dict[str, object] = {
            "event": hide_numbers(record.getMessage()),
            "level": record.levelname.lower(),
            "logger": record.name,
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat(),
        }
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
            line["at"] = _places(record.exc_info[1])
        return str(structlog.processors.JSONRenderer()(None, "", line))


def _places(error: BaseException | None) -> list[str]:
    if error is None:
        return []
    # A database's error says the row that broke a rule, and the row has a caller's number in it.
    frames = traceback.extract_tb(error.__traceback__)[-12:]
    return [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames]


def _take_other_logs(level: int) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Wordless())
    logging.basicConfig(handlers=[handler], level=max(level, logging.WARNING), force=True)
