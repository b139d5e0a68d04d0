"""Structured log lines of the long-running processes."""

import sys

import structlog

from ringback.settings import Settings


def set_up_logs(settings: Settings) -> None:
    """Write structured log lines to standard error: events and ids, never names, numbers or words of callers."""
    level = {"debug": 10, "info": 20, "warning": 30, "error": 40}.get(settings.log_level.lower(), 20)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            # Real time, whatever our own clock says: a log is read beside other machines' logs.
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
