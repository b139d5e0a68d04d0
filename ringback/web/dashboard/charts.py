"""Where the marks of a chart stand. The templates draw them as SVG; a table with the same numbers goes with each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from babel import Locale
from babel.dates import format_skeleton

from ringback.domain.recovery import Sums
from ringback.domain.recovery_periods import Period

# In units of the drawing, which the page scales to its width.
WIDTH, HEIGHT = 336, 120
_SHADES = 4
# A Monday to a Sunday, to name the days of the week by.
WEEK = {number: date(2024, 1, number) for number in range(1, 8)}


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the trend: its bars, from the bottom up, and its numbers."""

    period: Period
    sums: Sums
    name: str
    letter: str
    x: float
    width: float
    missed_height: float
    recovered_height: float


def name_month(on: date, locale: Locale) -> str:
    """Return "October 2026"."""
    return str(format_skeleton("yMMMM", on, locale=locale))


def draw_months(months: Sequence[tuple[Period, Sums]], locale: Locale) -> list[Month]:
    """Return the bars of the trend; the highest fills the drawing."""
    highest = max((sums.counts.missed for _, sums in months), default=0)
    step = WIDTH / max(len(months), 1)
    bar = (step - 4) / 2
    return [
        Month(
            period,
            sums,
            name_month(period.first_on, locale),
            locale.months["stand-alone"]["narrow"][period.first_on.month],
            round(place * step + 2, 1),
            round(bar, 1),
            _height(sums.counts.missed, highest),
            _height(min(sums.counts.recovered, highest), highest),
        )
        for place, (period, sums) in enumerate(months)
    ]


def _height(count: int, highest: int) -> float:
    # Something that is there is seen, however small beside the rest.
    return 0.0 if count == 0 else max(2.0, round(HEIGHT * count / highest, 1))


@dataclass(frozen=True, slots=True)
class Cell:
    """Missed calls of a weekday (Monday 1) in two hours; `shade` goes from 0, none, to 4, most."""

    name: str
    missed: int
    shade: int


@dataclass(frozen=True, slots=True)
class HeatMap:
    """The week by two hours: a row for each two hours between the first and the last missed call."""

    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
    # The worst cell as (weekday, hour), where one stands out.
    worst: tuple[int, int] | None


def draw_heat(by_hour: Mapping[str, Sums]) -> HeatMap:
    """Return when calls are missed."""
    missed = {name: sums.counts.missed for name, sums in by_hour.items() if sums.counts.missed}
    if not missed:
        return HeatMap((), None)
    hours = [int(name.partition("-")[2]) for name in missed]
    most = max(missed.values())
    rows = tuple(
        (hour, tuple(_cell(f"{weekday}-{hour}", missed, most) for weekday in range(1, 8)))
        for hour in range(min(hours), max(hours) + 1, 2)
    )
    worst = [name for name, count in missed.items() if count == most]
    weekday, _, hour = worst[0].partition("-")
    return HeatMap(rows, (int(weekday), int(hour)) if len(worst) == 1 and most > 1 else None)


def _cell(name: str, missed: Mapping[str, int], most: int) -> Cell:
    count = missed.get(name, 0)
    # Few calls are no hot spot, however they compare.
    return Cell(name, count, -(-_SHADES * count // max(most, _SHADES)))


def share_width(count: int, whole: int) -> float:
    """Return how wide a bar is of 100."""
    return 0.0 if whole == 0 else round(min(100 * count / whole, 100.0), 1)


def read_two_hours(name: str) -> tuple[int, int] | None:
    """Return weekday and hour of a cell's name; None for any other text."""
    weekday, _, hour = name.partition("-")
    known = weekday in {str(number) for number in WEEK} and hour in {str(number) for number in range(0, 24, 2)}
    return (int(weekday), int(hour)) if known else None
