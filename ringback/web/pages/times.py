"""How long ago or how soon, in the parts that templates put into words."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


class AgeKind(StrEnum):
    """Which words fit: relative up to a day, then the weekday, then the date."""

    NOW = "now"
    MINUTES = "minutes"
    HOURS = "hours"
    WEEKDAY = "weekday"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Age:
    """An instant as seen from now; `local` is in the business's zone, `count` the minutes or hours."""

    kind: AgeKind
    count: int
    is_ahead: bool
    local: datetime
    is_this_year: bool


def describe_age(at: datetime, now: datetime, zone: str) -> Age:
    """Return how `at` is said at `now`."""
    local, today = at.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone))
    distance = abs(now - at)
    kind, count = _kind_and_count(distance, abs((today.date() - local.date()).days))
    return Age(kind, count, at > now, local, local.year == today.year)


def _kind_and_count(distance: timedelta, days: int) -> tuple[AgeKind, int]:
    if distance < _MINUTE:
        return AgeKind.NOW, 0
    if distance < _HOUR:
        return AgeKind.MINUTES, distance // _MINUTE
    if distance < _DAY:
        return AgeKind.HOURS, distance // _HOUR
    # After a week the same weekday would be ambiguous.
    return (AgeKind.WEEKDAY if days < 7 else AgeKind.DATE), days
