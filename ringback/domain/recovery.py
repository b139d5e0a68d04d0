"""What missed calls brought: how figures follow from the counts of the ledger, and what a job is taken to be worth."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import timedelta

# A reply or a booking belongs to the caller's first missed call that was texted within this time before it.
CREDIT = timedelta(days=30)
# Of a job's worth, what a booking is taken for, until the owner knows better: all of it.
DEFAULT_CLOSE_PERCENT = 100
# 1.1 cents: a US text with its carrier fee (about 0.8 and 0.3 cents), an estimate until the owner sets the real price.
DEFAULT_SEGMENT_MILLICENTS = 1100


@dataclass(frozen=True, slots=True)
class Counts:
    """Sums over part of the ledger. Each of the first ten is the number of rows that the figure opens."""

    calls: int = 0
    missed: int = 0
    texted: int = 0
    replied: int = 0
    recovered: int = 0
    booked: int = 0
    confirmed: int = 0
    estimated: int = 0
    lost: int = 0
    called_back: int = 0
    call_back_seconds: int = 0
    segments: int = 0
    priced: int = 0
    price_cents: int = 0
    confirmed_cents: int = 0
    answers: int = 0
    answer_seconds: int = 0
    timed: int = 0
    in_time: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        """Return both together."""
        return Counts(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


@dataclass(frozen=True, slots=True)
class ServiceValue:
    """What the owner says of one service; None leaves it to the price of the booking, or to the business's values."""

    job_value_cents: int | None = None
    close_percent: int | None = None


@dataclass(frozen=True, slots=True)
class Values:
    """What jobs and texts are worth to this business. `segment_millicents`: thousandths of a cent."""

    job_value_cents: int | None = None
    close_percent: int = DEFAULT_CLOSE_PERCENT
    segment_millicents: int = DEFAULT_SEGMENT_MILLICENTS
    services: Mapping[str, ServiceValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sums:
    """Part of the ledger, with its worth. `unvalued`: estimated jobs of which nothing says what they are worth."""

    counts: Counts
    estimated_cents: int = 0
    unvalued: int = 0

    @property
    def confirmed_cents(self) -> int:
        """Return what people confirmed; never part of the estimate."""
        return self.counts.confirmed_cents

    @property
    def recovery_percent(self) -> int | None:
        """Return recovered jobs per 100 missed calls."""
        return percent_of(self.counts.recovered, self.counts.missed)

    @property
    def call_back_seconds(self) -> int | None:
        """Return how long a call-back took on average."""
        return _mean(self.counts.call_back_seconds, self.counts.called_back)

    @property
    def answer_seconds(self) -> int | None:
        """Return how long an answer took on average."""
        return _mean(self.counts.answer_seconds, self.counts.answers)

    @property
    def in_time_percent(self) -> int | None:
        """Return answers that came in time, per 100 that had a time."""
        return percent_of(self.counts.in_time, self.counts.timed)

    @property
    def score(self) -> int | None:
        """Return the recovery score, 0 to 100; None where nothing was missed.

        40 × texted ÷ missed + 30 × replied ÷ texted + 30 × recovered ÷ replied, each share at most 1.
        """
        counts = self.counts
        if not counts.missed:
            return None
        shares = ((40, counts.texted, counts.missed), (30, counts.replied, counts.texted))
        parts = (*shares, (30, counts.recovered, counts.replied))
        return round(sum(weight * min(part / whole, 1.0) for weight, part, whole in parts if whole))


def sum_up(parts: Iterable[tuple[str, Counts]], values: Values) -> Sums:
    """Return the whole of parts of the ledger, each the jobs of one service ("" where there is no job)."""
    whole, worth, unvalued = Counts(), 0, 0
    for service, counts in parts:
        whole = whole + counts
        cents_percent, unknown = _estimate(service, counts, values)
        worth, unvalued = worth + cents_percent, unvalued + unknown
    # Divided once, at the end: the parts of a table then add up to its whole but for one rounding.
    return Sums(whole, worth // 100, unvalued)


def _estimate(service: str, counts: Counts, values: Values) -> tuple[int, int]:
    """Return the worth of the jobs nobody confirmed, in hundredths of a cent, and how many have none."""
    own = values.services.get(service, ServiceValue())
    close = values.close_percent if own.close_percent is None else own.close_percent
    if own.job_value_cents is not None:
        return counts.estimated * own.job_value_cents * close, 0
    unpriced = counts.estimated - counts.priced
    if values.job_value_cents is None:
        return counts.price_cents * close, unpriced
    return (counts.price_cents + unpriced * values.job_value_cents) * close, 0


def text_cost_cents(counts: Counts, values: Values) -> int:
    """Return what the texts to missed callers cost, in whole cents rounded up: a cost is never understated."""
    return -(-counts.segments * values.segment_millicents // 1000)


def percent_of(part: int, whole: int) -> int | None:
    """Return a share in whole percent; None where there is nothing to have a share of."""
    return None if whole == 0 else round(100 * part / whole)


def _mean(total: int, count: int) -> int | None:
    return None if count == 0 else round(total / count)
