"""The ledger of what missed calls brought: counted anew for whoever something changed about, and summed by day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ringback.domain.calls import ANSWERED, Outcome, is_missed
from ringback.domain.recovery import CREDIT
from ringback.domain.recovery_figures import Cut, Figure
from ringback.domain.textback import Reason
from ringback.store.db import Connection, Row
from ringback.store.feed import Change, Position

# What each figure counts, over a row of the ledger: the sums by day and the lists of rows are made from the same words.
FIGURE_IS = {
    Figure.CALLS: "true",
    Figure.MISSED: "r.is_missed",
    Figure.TEXTED: "r.texted_at is not null",
    Figure.REPLIED: "r.replied_at is not null",
    Figure.RECOVERED: "r.recovered_at is not null",
    Figure.BOOKED: "r.booking_id is not null",
    Figure.CONFIRMED: "r.confirmed_cents is not null",
    Figure.ESTIMATED: "r.recovered_at is not null and r.confirmed_cents is null",
    Figure.LOST: "r.is_lost",
    Figure.CALLED_BACK: "r.called_back_at is not null",
}
# What a row of the ledger is called in each cut.
CUT_BY = {
    Cut.ALL: "''",
    # Monday is 1; two hours together, as a page has room for.
    Cut.HOUR: "extract(isodow from r.on_date)::int || '-' || r.hour / 2 * 2",
    Cut.LINE: "r.line_id::text",
    Cut.OUTCOME: "r.outcome",
    Cut.WORDING: "coalesce(r.wording, '')",
}
_ANSWERED = sorted(ANSWERED)
_MISSED = sorted(outcome for outcome in Outcome if is_missed(outcome))
# Nobody lost anything when these were missed.
_NO_LEADS = sorted([Reason.OWN_NUMBER, Reason.STAFF, Reason.BLOCKED, Reason.SPAM])


@dataclass(frozen=True, slots=True)
class Progress:
    """Up to which change the ledger has been counted, in which zone, and when."""

    position: Position
    zone: str
    counted_at: datetime


@dataclass(frozen=True, slots=True)
class Touched:
    """Whom changes are about; a call of a withheld number has no contact and stands for itself."""

    contacts: tuple[UUID, ...]
    calls: tuple[UUID, ...] = ()


async def lock_progress(connection: Connection, business_id: UUID) -> Progress | None:
    """Return how far the ledger is counted, and let nobody else count until the transaction ends."""
    # The lock's name is the business's: a transaction that names another one waits for it, and reads nothing of it.
    await connection.execute(
        "select pg_advisory_xact_lock(hashtextextended('recovery ' || $1::uuid::text, 0))", business_id
    )
    return await load_progress(connection, business_id)


async def load_progress(connection: Connection, business_id: UUID) -> Progress | None:
    """Return how far the ledger is counted; None where it never was."""
    row = await connection.fetchrow(
        "select xid::text, change_id, zone, counted_at from recovery_progress where business_id = $1", business_id
    )
    if row is None:
        return None
    return Progress(Position(int(row["xid"]), row["change_id"]), row["zone"], row["counted_at"])


async def save_progress(connection: Connection, business_id: UUID, progress: Progress) -> None:
    """Note how far the ledger is counted."""
    await connection.execute(
        "insert into recovery_progress (business_id, xid, change_id, zone, counted_at) "
        "values ($1, $2::text::xid8, $3, $4, $5) on conflict (business_id) do update set xid = excluded.xid, "
        "change_id = excluded.change_id, zone = excluded.zone, counted_at = excluded.counted_at",
        *(business_id, str(progress.position.xid), progress.position.change_id, progress.zone, progress.counted_at),
    )


async def find_touched(connection: Connection, business_id: UUID, changes: Sequence[Change]) -> Touched:
    """Return whose calls changes of the feed may have changed the ledger of."""
    found = await connection.fetch(
        "select c.contact_id, c.call_id from calls c where c.business_id = $1 and c.call_id = any($2) "
        "union select t.contact_id, null from threads t where t.business_id = $1 and t.thread_id = any($2) "
        "union select b.contact_id, null from bookings b where b.business_id = $1 and b.booking_id = any($2) "
        "union select k.contact_id, k.call_id from call_backs k where k.business_id = $1 and k.call_back_id = any($2)",
        business_id,
        [change.subject for change in changes],
    )
    contacts = {row["contact_id"] for row in found if row["contact_id"]}
    calls = {row["call_id"] for row in found if not row["contact_id"] and row["call_id"]}
    return Touched(tuple(contacts), tuple(calls))


async def list_everyone(connection: Connection, business_id: UUID) -> Touched:
    """Return every contact who ever called or wrote, and every call of a withheld number."""
    contacts = await connection.fetch("select contact_id from contacts where business_id = $1", business_id)
    calls = await connection.fetch(
        "select call_id from calls where business_id = $1 and contact_id is null", business_id
    )
    return Touched(tuple(row[0] for row in contacts), tuple(row[0] for row in calls))


async def forget_ledger(connection: Connection, business_id: UUID) -> None:
    """Empty the ledger, to count it from the beginning."""
    for table in ("recovery_calls", "recovery_answers", "recovery_days"):
        await connection.execute(f"delete from {table} where business_id = $1", business_id)


# The moment a text-back left; one that the carrier reports as lost did not text anybody.
_TEXTED_AT = """
    case when m.state = 'accepted' and coalesce(m.delivery, '') not in ('undelivered', 'failed')
         then coalesce(m.sending_at, m.created_at) end
"""
# Each texted call is credited from its text on, or from where the credit of the one before it ends, for 30 days.
# What follows a call is looked up for each call by itself: joined as a whole, a planner without fresh statistics
# reads every text of the business for a handful of callers.
_RECOUNT = f"""
    with whole as (
        select c.*, b.wording, b.reason, m.texted_at, t.thread_id
        from calls c
        left join lateral (
            select * from text_backs b where b.business_id = $1 and b.call_id = c.call_id limit 1) b on true
        left join lateral (
            select {_TEXTED_AT} as texted_at from messages m
            where m.business_id = $1 and m.message_id = b.message_id limit 1) m on true
        left join lateral (
            select t.thread_id from threads t
            where t.business_id = $1 and t.contact_id = c.contact_id limit 1) t on true
        where c.business_id = $1 and c.outcome is not null and $wanted
    ), credited as (
        select w.*, w.texted_at + $3::interval as credit_to, case when w.texted_at is not null then greatest(
            w.texted_at, max(w.texted_at) over (
                partition by w.contact_id order by w.texted_at nulls last, w.call_id
                rows between unbounded preceding and 1 preceding) + $3::interval) end as credit_from
        from whole w
    )
    insert into recovery_calls
    select w.business_id, w.call_id, w.started_at, (w.started_at at time zone $4)::date,
        extract(hour from w.started_at at time zone $4)::int, w.line_id, w.contact_id, w.outcome, w.wording,
        w.outcome = any($5), w.texted_at, reply.at, job.booking_id, coalesce(job.made_at, v.confirmed_at),
        coalesce(job.service, ''), job.price_cents, v.value_cents, k.done_at,
        w.outcome = any($5) and not coalesce(w.reason, '') = any($6) and v.call_id is null and k.done_at is null
            and (select true from calls a where a.business_id = $1 and a.contact_id = w.contact_id
                and (a.started_at, a.call_id) > (w.started_at, w.call_id)
                and a.started_at <= w.started_at + $3::interval and a.outcome = any($5 || $7::text[]) limit 1) is null
            and (select true from call_backs d where d.business_id = $1 and d.contact_id = w.contact_id
                and d.done_at > w.started_at limit 1) is null
            and (select true from bookings b where b.business_id = $1 and b.contact_id = w.contact_id
                and b.made_at > w.started_at and b.state in ('booked', 'done') limit 1) is null
            and (select true from messages i where i.business_id = $1 and i.thread_id = w.thread_id
                and i.direction = 'in' and i.created_at > w.started_at limit 1) is null,
        coalesce(cost.segments, 0)
    from credited w
    left join lateral (
        select * from job_values v where v.business_id = $1 and v.call_id = w.call_id limit 1) v on true
    left join lateral (
        select k.done_at from call_backs k
        where k.business_id = $1 and k.call_id = w.call_id and w.outcome = any($5) limit 1) k on true
    left join lateral (
        select min(i.created_at) as at from messages i
        where i.business_id = $1 and i.thread_id = w.thread_id and i.direction = 'in'
          and i.created_at > w.credit_from and i.created_at <= w.credit_to
          and not exists (select from opt_outs o where o.business_id = $1 and o.contact_id = w.contact_id
                                                   and o.words = left(i.body, 200))) reply on true
    left join lateral (
        select b.booking_id, b.made_at, b.service, b.price_cents from bookings b
        where b.business_id = $1 and b.contact_id = w.contact_id and b.state in ('booked', 'done')
          and b.made_at > w.credit_from and b.made_at <= w.credit_to
        order by b.made_at, b.booking_id limit 1) job on true
    left join lateral (
        select sum(o.segments) as segments from messages o
        where o.business_id = $1 and o.thread_id = w.thread_id and o.direction = 'out' and o.state = 'accepted'
          and coalesce(o.sending_at, o.created_at) >= w.texted_at
          and (coalesce(o.sending_at, o.created_at) > w.credit_from or w.credit_from = w.texted_at)
          and coalesce(o.sending_at, o.created_at) <= w.credit_to) cost on true
"""
_ANSWERS = """
    insert into recovery_answers
    select w.business_id, w.wait_id, w.thread_id, (w.ended_at at time zone $3)::date, w.needed_at, w.ended_at,
        coalesce(w.answered_by, w.ended_how), w.met
    from threads t join reply_waits w on w.business_id = t.business_id and w.thread_id = t.thread_id
    where t.business_id = $1 and t.contact_id = any($2) and w.ended_how in ('reply', 'receptionist')
      and w.ended_at >= w.needed_at
"""


async def recount(connection: Connection, business_id: UUID, touched: Touched, zone: str) -> set[str]:
    """Write the ledger of these contacts and calls anew; return the days (ISO) whose sums that changes."""
    gone = await connection.fetch(
        "with c as (delete from recovery_calls where business_id = $1 and contact_id = any($2) returning on_date), "
        "n as (delete from recovery_calls where business_id = $1 and call_id = any($3) returning on_date), "
        "a as (delete from recovery_answers where business_id = $1 and thread_id = any(array("
        "  select thread_id from threads where business_id = $1 and contact_id = any($2))) returning on_date) "
        "select on_date from c union select on_date from n union select on_date from a",
        *(business_id, list(touched.contacts), list(touched.calls)),
    )
    words = (CREDIT, zone, _MISSED, _NO_LEADS, _ANSWERED)
    made: list[Row] = []
    for wanted, ids in (("c.contact_id = any($2)", touched.contacts), ("c.call_id = any($2)", touched.calls)):
        if ids:
            sql = _RECOUNT.replace("$wanted", wanted) + " returning on_date"
            made += await connection.fetch(sql, business_id, list(ids), *words)
    made += await connection.fetch(f"{_ANSWERS} returning on_date", business_id, list(touched.contacts), zone)
    return {row["on_date"].isoformat() for row in [*gone, *made]}


_SUMS = ", ".join(f"count(*) filter (where {condition})" for condition in FIGURE_IS.values())
_NO_SERVICE = "''"
# Hours are not cut by service as well: what they are worth is asked nowhere, and it would be most of the rows.
_CUTS = ", ".join(
    f"('{cut}', {name}, {_NO_SERVICE if cut is Cut.HOUR else 'r.service'})" for cut, name in CUT_BY.items()
)
_SUM_CALLS = f"""
    insert into recovery_days (business_id, on_date, cut, name, service, {", ".join(FIGURE_IS)},
        call_back_seconds, segments, priced, price_cents, confirmed_cents)
    select r.business_id, r.on_date, d.cut, d.name, d.service, {_SUMS},
        coalesce(sum(extract(epoch from r.called_back_at - r.started_at))::bigint, 0), sum(r.segments),
        count(r.price_cents) filter (where {FIGURE_IS[Figure.ESTIMATED]}),
        coalesce(sum(r.price_cents) filter (where {FIGURE_IS[Figure.ESTIMATED]}), 0),
        coalesce(sum(r.confirmed_cents), 0)
    from recovery_calls r cross join lateral (values {_CUTS}) d (cut, name, service)
    where r.business_id = $1 and r.on_date = any($2::text[]::date[])
    group by r.business_id, r.on_date, d.cut, d.name, d.service
"""
_SUM_ANSWERS = """
    insert into recovery_days (business_id, on_date, cut, name, service, answers, answer_seconds, timed, in_time)
    select a.business_id, a.on_date, 'staff', a.answered_by, '', count(*),
        sum(extract(epoch from a.answered_at - a.needed_at))::bigint, count(a.met), count(*) filter (where a.met)
    from recovery_answers a where a.business_id = $1 and a.on_date = any($2::text[]::date[])
    group by a.business_id, a.on_date, a.answered_by
"""


async def sum_days(connection: Connection, business_id: UUID, days: set[str]) -> None:
    """Write the sums of these days (ISO) anew from the ledger."""
    await connection.execute(
        "delete from recovery_days where business_id = $1 and on_date = any($2::text[]::date[])",
        *(business_id, sorted(days)),
    )
    for statement in (_SUM_CALLS, _SUM_ANSWERS):
        await connection.execute(statement, business_id, sorted(days))


async def list_due_work(connection: Connection, now: datetime) -> list[tuple[UUID, str]]:
    """Return (business, entrypoint) of what is to be counted or reported; across all businesses."""
    return [(row[0], row[1]) for row in await connection.fetch("select * from due_recovery_work($1)", now)]
