"""The days that a report is about, in the business's own zone, and the days before them to compare with."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

_LONGEST_DAYS = 3 * 366


class Span(StrEnum):
    """The periods that can be chosen by name."""

    WEEK = "week"
    MONTH = "month"
    LAST_MONTH = "last_month"
    QUARTER = "90_days"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Period:
    """Days, first to last, both included."""

    first_on: date
    last_on: date
    span: Span = Span.OTHER

    @property
    def days(self) -> int:
        """Return how many days it has."""
        return (self.last_on - self.first_on).days + 1

    def before(self) -> "Period":
        """Return the same number of days right before."""
        last_on = self.first_on - timedelta(days=1)
        return Period(last_on - timedelta(days=self.days - 1), last_on)

    def measured_days(self, since_on: date | None) -> int:
        """Return on how many of its days calls were counted already, when the first one ever was on `since_on`."""
        if since_on is None or since_on > self.last_on:
            return 0
        return (self.last_on - max(self.first_on, since_on)).days + 1


def named_period(span: Span, today: date) -> Period:
    """Return the days of a name as of today; what runs on ends today, so that like is compared with like."""
    match span:
        case Span.WEEK:
            return Period(today - timedelta(days=today.weekday()), today, span)
        case Span.LAST_MONTH:
            last_on = today.replace(day=1) - timedelta(days=1)
            return Period(last_on.replace(day=1), last_on, span)
        case Span.QUARTER:
            return Period(today - timedelta(days=89), today, span)
        case Span.MONTH | Span.OTHER:
            return Period(today.replace(day=1), today, Span.MONTH)


def parse_period(first: str, last: str) -> Period | None:
    """Return the days between two dates as forms send them; None where they are none, or too many to count."""
    try:
        period = Period(date.fromisoformat(first), date.fromisoformat(last))
    except ValueError:
        return None
    # Room for the days before, and for those around it in other zones.
    inside = date(1990, 1, 1) <= period.first_on <= period.last_on <= date(2200, 1, 1)
    return period if inside and period.days <= _LONGEST_DAYS else None


def last_months(today: date, count: int) -> tuple[Period, ...]:
    """Return the last `count` calendar months, the oldest first; the present one ends today."""
    months = [Period(today.replace(day=1), today)]
    while len(months) < count:
        last_on = months[0].first_on - timedelta(days=1)
        months.insert(0, Period(last_on.replace(day=1), last_on))
    return tuple(months)


def last_week(today: date) -> Period:
    """Return Monday to Sunday of the week before this one."""
    monday = today - timedelta(days=today.weekday())
    return Period(monday - timedelta(days=7), monday - timedelta(days=1))
