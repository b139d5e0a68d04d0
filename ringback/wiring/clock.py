"""The clock: real time, or real time from another origin."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True, slots=True)
class ShiftedClock:
    """Real time moved by a fixed shift; the shift of a plain clock is zero."""

    shift: timedelta = timedelta()

    def now(self) -> datetime:
        """Return the present as an aware UTC datetime."""
        return real_now() + self.shift

    def to_wall(self, at: datetime) -> datetime:
        """Return the real instant of one of ours."""
        return at - self.shift

    def from_wall(self, at: datetime) -> datetime:
        """Return our instant of a real one."""
        return at + self.shift


def real_now() -> datetime:
    """Return the machine's present instant in UTC."""
    return datetime.fromtimestamp(time.time(), UTC)


def shift_to(origin: datetime) -> timedelta:
    """Return the shift of a clock that reads `origin` at this moment; an instant without a zone is UTC."""
    aware = origin if origin.tzinfo else origin.replace(tzinfo=UTC)
    return aware - real_now()
