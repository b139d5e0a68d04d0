"""What the dashboard and the reports read: sums of the ledger by day, its rows, quotes, and the owner's values."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ringback.domain.recovery import Counts, ServiceValue, Values
from ringback.domain.recovery_figures import Cut, Figure
from ringback.domain.recovery_periods import Period
from ringback.store.db import Connection, rows
from ringback.store.recovery import CUT_BY, FIGURE_IS

# The columns of the sums are the fields of Counts, in their order.
_COUNTED = tuple(Counts.__slots__)
_SUMS = ", ".join(f"sum({name})::bigint as {name}" for name in _COUNTED)


@dataclass(frozen=True, slots=True)
class Part:
    """The sums of one name of a cut, for the jobs of one service ("" where there is no job)."""

    cut: Cut
    name: str
    service: str
    counts: Counts


async def sum_period(connection: Connection, business_id: UUID, period: Period, cuts: Sequence[Cut]) -> list[Part]:
    """Return the sums of a period in every cut asked for."""
    found = await connection.fetch(
        f"select cut, name, service, {_SUMS} from recovery_days "
        "where business_id = $1 and cut = any($2) and on_date between $3 and $4 group by cut, name, service",
        *(business_id, [cut.value for cut in cuts], period.first_on, period.last_on),
    )
    return [Part(Cut(row[0]), row[1], row[2], Counts(*row[3:])) for row in found]


async def sum_months(connection: Connection, business_id: UUID, period: Period) -> list[tuple[date, str, Counts]]:
    """Return (first of the month, service, sums) of each month that has any."""
    found = await connection.fetch(
        f"select date_trunc('month', on_date)::date, service, {_SUMS} from recovery_days "
        "where business_id = $1 and cut = 'all' and on_date between $2 and $3 group by 1, 2 order by 1",
        *(business_id, period.first_on, period.last_on),
    )
    return [(row[0], row[1], Counts(*row[2:])) for row in found]


async def first_counted_day(connection: Connection, business_id: UUID) -> date | None:
    """Return the day of the first call ever counted."""
    found: date | None = await connection.fetchval(
        "select min(on_date) from recovery_days where business_id = $1 and cut = 'all'", business_id
    )
    return found


async def count_recovered(connection: Connection, business_id: UUID, since: datetime, until: datetime) -> int:
    """Return how many jobs were booked or confirmed from one instant until before another."""
    return int(
        await connection.fetchval(
            "select count(*) from recovery_calls where business_id = $1 and recovered_at >= $2 and recovered_at < $3",
            *(business_id, since, until),
        )
    )


@dataclass(frozen=True, slots=True)
class Quotes:
    """Quotes asked for in a period, and what became of them."""

    requested: int
    sent: int
    accepted: int


async def count_quotes(connection: Connection, business_id: UUID, since: datetime, until: datetime) -> Quotes:
    """Return quotes asked for from one instant until before another."""
    row = await connection.fetchrow(
        "select count(*), count(sent_at), count(accepted_at) from quotes "
        "where business_id = $1 and requested_at >= $2 and requested_at < $3",
        *(business_id, since, until),
    )
    return Quotes(*(row or (0, 0, 0)))


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows of the ledger: a figure, in some days, and in one part of a cut where one is given."""

    figure: Figure
    period: Period
    cut: Cut = Cut.ALL
    name: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a list of rows goes on: after this row, by day, then instant, then id, the latest first."""

    on_date: date
    started_at: datetime
    call_id: UUID


_ROWS = """
    select r.*, c.caller, c.caller_name, n.phone, n.name as contact_name, l.label as line_label,
    t.thread_id, v.confirmed_by, v.confirmed_at
    from recovery_calls r
    join calls c on c.business_id = r.business_id and c.call_id = r.call_id
    join lines l on l.business_id = r.business_id and l.line_id = r.line_id
    left join contacts n on n.business_id = r.business_id and n.contact_id = r.contact_id
    left join threads t on t.business_id = r.business_id and t.contact_id = r.contact_id
    left join job_values v on v.business_id = r.business_id and v.call_id = r.call_id
"""


async def list_rows(
    connection: Connection, business_id: UUID, wanted: Wanted, after: Place | None, limit: int
) -> list[dict[str, Any]]:
    """Return the rows behind a figure, the latest call first: as many as the figure says."""
    after_day, after_at, after_id = (after.on_date, after.started_at, after.call_id) if after else (None,) * 3
    return rows(
        await connection.fetch(
            f"{_ROWS} where r.business_id = $1 and r.on_date between $2 and $3 "
            f"and {FIGURE_IS[wanted.figure]} and {CUT_BY[wanted.cut]} = $4 "
            # Days first, though instants would do: the index begins with them.
            "and ($5::date is null or (r.on_date, r.started_at, r.call_id) < ($5, $6, $7)) "
            "order by r.on_date desc, r.started_at desc, r.call_id desc limit $8",
            *(business_id, wanted.period.first_on, wanted.period.last_on, wanted.name),
            *(after_day, after_at, after_id, limit),
        )
    )


async def list_recovered(
    connection: Connection, business_id: UUID, since: datetime, until: datetime, limit: int
) -> list[dict[str, Any]]:
    """Return the rows of jobs booked or confirmed from one instant until before another, the latest first."""
    return rows(
        await connection.fetch(
            f"{_ROWS} where r.business_id = $1 and r.recovered_at >= $2 and r.recovered_at < $3 "
            "order by r.recovered_at desc, r.call_id desc limit $4",
            *(business_id, since, until, limit),
        )
    )


async def get_row(connection: Connection, business_id: UUID, call_id: UUID) -> dict[str, Any] | None:
    """Return the row of one call."""
    row = await connection.fetchrow(f"{_ROWS} where r.business_id = $1 and r.call_id = $2", business_id, call_id)
    return None if row is None else dict(row)


async def list_answers(
    connection: Connection, business_id: UUID, period: Period, answered_by: str, after: tuple[datetime, UUID] | None,
    limit: int,
) -> list[dict[str, Any]]:  # fmt: skip
    """Return the answers that somebody gave, the latest first."""
    return rows(
        await connection.fetch(
            "select a.*, n.phone, n.name as contact_name from recovery_answers a "
            "join threads t using (business_id, thread_id) join contacts n using (business_id, contact_id) "
            "where a.business_id = $1 and a.on_date between $2 and $3 and a.answered_by = $4 "
            "and ($5::timestamptz is null or (a.answered_at, a.wait_id) < ($5, $6)) "
            "order by a.answered_at desc, a.wait_id desc limit $7",
            *(business_id, period.first_on, period.last_on, answered_by, *(after or (None, None)), limit),
        )
    )


async def list_quotes_asked(
    connection: Connection, business_id: UUID, since: datetime, until: datetime, limit: int
) -> list[dict[str, Any]]:
    """Return quotes asked for from one instant until before another, the latest first."""
    return rows(
        await connection.fetch(
            "select q.quote_id, q.thread_id, q.service, q.requested_at, q.sent_at, q.accepted_at, n.phone, "
            "n.name as contact_name from quotes q join threads t using (business_id, thread_id) "
            "join contacts n using (business_id, contact_id) "
            "where q.business_id = $1 and q.requested_at >= $2 and q.requested_at < $3 "
            "order by q.requested_at desc, q.quote_id limit $4",
            *(business_id, since, until, limit),
        )
    )


async def load_values(connection: Connection, business_id: UUID) -> Values:
    """Return what jobs and texts are worth to a business; the defaults where it has set nothing."""
    row = await connection.fetchrow("select * from recovery_values where business_id = $1", business_id)
    if row is None:
        return Values()
    services = {name: ServiceValue(**value) for name, value in row["services"].items()}
    return Values(row["job_value_cents"], row["close_percent"], row["segment_millicents"], services)


async def save_values(connection: Connection, business_id: UUID, values: Values) -> None:
    """Set what jobs and texts are worth."""
    services: Mapping[str, Any] = {name: asdict(value) for name, value in sorted(values.services.items())}
    await connection.execute(
        "insert into recovery_values values ($1, $2, $3, $4, $5) on conflict (business_id) do update set "
        "job_value_cents = excluded.job_value_cents, close_percent = excluded.close_percent, "
        "segment_millicents = excluded.segment_millicents, services = excluded.services",
        *(business_id, values.job_value_cents, values.close_percent, values.segment_millicents, services),
    )


async def save_job_value(
    connection: Connection, business_id: UUID, call_id: UUID, value_cents: int | None, by: str, now: datetime
) -> None:
    """Note what the job of a missed call has brought; None takes it back."""
    if value_cents is None:
        await connection.execute("delete from job_values where business_id = $1 and call_id = $2", business_id, call_id)
        return
    await connection.execute(
        "insert into job_values values ($1, $2, $3, $4, $5) on conflict (business_id, call_id) do update set "
        "value_cents = excluded.value_cents, confirmed_by = excluded.confirmed_by, "
        "confirmed_at = excluded.confirmed_at",
        *(business_id, call_id, value_cents, by, now),
    )


@dataclass(frozen=True, slots=True)
class Reader:
    """An owner who gets the weekly report."""

    person_id: UUID
    name: str
    email: str
    language: str | None


async def list_readers(connection: Connection, business_id: UUID) -> list[Reader]:
    """Return who gets the weekly report: those who asked for it and still are owners here."""
    found = await connection.fetch(
        "select p.person_id, p.name, p.email, p.language from weekly_report_readers r "
        "join memberships m using (business_id, person_id) join people p using (person_id) "
        "where r.business_id = $1 and m.role in ('owner', 'agency') order by p.email",
        business_id,
    )
    return [Reader(*row) for row in found]


async def set_reader(
    connection: Connection, business_id: UUID, person_id: UUID, now: datetime, *, wanted: bool
) -> None:
    """Send a person the weekly report from the next Monday on, or no more."""
    if wanted:
        await connection.execute(
            "insert into weekly_report_readers values ($1, $2, $3) on conflict do nothing", business_id, person_id, now
        )
    else:
        await connection.execute(
            "delete from weekly_report_readers where business_id = $1 and person_id = $2", business_id, person_id
        )


async def claim_week(connection: Connection, business_id: UUID, week_on: date, now: datetime, letters: int) -> bool:
    """Take the report of the week that begins on this Monday; False where somebody else has it."""
    done = await connection.execute(
        "insert into weekly_reports values ($1, $2, $3, $4) on conflict do nothing",
        *(business_id, week_on, now, letters),
    )
    return str(done) == "INSERT 0 1"
