"""Tell the phone company's time, which may pass faster than the wall clock's."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime


@dataclass(slots=True)
class Clock:
    """Pace of everything that rings, speaks or waits; `speed` 50 makes 20 s of ringing last 0.4 s."""

    speed: float = 1.0
    ahead: timedelta = field(default_factory=timedelta)

    def now(self) -> datetime:
        """Return the aware UTC instant the company stamps on its records."""
        return datetime.now(UTC) + self.ahead

    def wall_seconds(self, seconds: float) -> float:
        """Return how long `seconds` of telephone time last on the wall clock."""
        return seconds / self.speed

    async def sleep(self, seconds: float) -> None:
        """Wait `seconds` of telephone time."""
        # A change of speed does not reach sleeps that have begun: they keep the pace they started with.
        await asyncio.sleep(self.wall_seconds(seconds))

    def seconds_between(self, start_at: datetime | None, end_at: datetime | None) -> int:
        """Return whole telephone seconds, as billed; 0 when either end is missing."""
        if start_at is None or end_at is None:
            return 0
        return round((end_at - start_at).total_seconds() * self.speed)


def rfc2822(at: datetime | None) -> str | None:
    """Return the date form of the REST API, e.g. `Sat, 21 Nov 2026 07:30:00 +0000`."""
    # The vendor writes the offset as +0000, never as GMT; the standard library does the same for UTC.
    return None if at is None else format_datetime(at)
