"""Counters of texts, the money of a day, and what brakes have held: taken under locks, and read for a page."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import asyncpg

from ringback.domain.brakes import Place, Scope
from ringback.domain.spending import Cost
from ringback.store.db import Connection, rows


def brake_row(cost: Cost, places: Sequence[Place], why: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return what the SQL functions take: an amount of money, the places to take, and the words for each Reason."""
    return {**asdict(cost), "places": [asdict(place) for place in places], "why": dict(why or {})}


async def take_places(
    connection: Connection, business_id: UUID, places: Sequence[Place], day_on: date, now: datetime, *, amount: int = 1
) -> Scope | None:
    """Take `amount` in each counter, or in none: then return the scope of the first that is full."""
    asked = [{**asdict(place), "amount": amount} for place in places]
    full = await connection.fetchval("select take_places($1, $2, $3, $4)", business_id, asked, day_on, now)
    return None if full is None else Scope(full)


async def take_money(connection: Connection, business_id: UUID, cost: Cost, now: datetime) -> str | None:
    """Take an amount of the day's money; else return `cap_reached` (the owner has not heard of it) or `over_cap`."""
    held: str | None = await connection.fetchval("select take_money($1, $2, $3)", business_id, asdict(cost), now)
    return held


async def correct_text_cost(
    connection: Connection, business_id: UUID, message_id: UUID, millicents: int, now: datetime
) -> bool:
    """Put the provider's price in the place of our estimate, on the day it was counted; False where it is the same."""
    done = await connection.fetchval(
        "with was as (select message_id, cost, cost_on from messages "
        "  where business_id = $1 and message_id = $2 and cost is not null and cost <> $3 for update), "
        "m as (update messages m set cost = $3 from was where m.business_id = $1 and m.message_id = was.message_id), "
        "d as (update spend_days d set spent = greatest(d.spent + $3 - was.cost, 0) from was "
        "  where d.business_id = $1 and d.day_on = was.cost_on returning d.day_on) "
        "select true from d, note_change($1, 'spend', $2, $4)",
        *(business_id, message_id, millicents, now),
    )
    return bool(done)


async def save_ring_cost(connection: Connection, business_id: UUID, ring_id: UUID, cost: Cost) -> None:
    """Write down what a call that we place was taken for."""
    await connection.execute(
        "update call_back_calls set cost = $3, cost_on = $4 where business_id = $1 and ring_id = $2",
        *(business_id, ring_id, cost.millicents, cost.day_on),
    )


async def correct_ring_cost(connection: Connection, business_id: UUID, ring_id: UUID, millicents: int) -> None:
    """Put what a call really cost, by how long it lasted, in the place of our estimate."""
    await connection.execute(
        "with was as (select ring_id, cost, cost_on from call_back_calls "
        "  where business_id = $1 and ring_id = $2 and cost is not null for update), "
        "r as (update call_back_calls r set cost = $3 from was where r.business_id = $1 and r.ring_id = was.ring_id) "
        "update spend_days d set spent = greatest(d.spent + $3 - was.cost, 0) from was "
        "where d.business_id = $1 and d.day_on = was.cost_on",
        *(business_id, ring_id, millicents),
    )


@dataclass(frozen=True, slots=True)
class SpendDay:
    """What a day has cost, what its cap was raised by, and since when something is held; in thousandths of a cent."""

    spent: int = 0
    raised: int = 0
    raised_by: str | None = None
    told_at: datetime | None = None


async def load_spend_day(connection: Connection, business_id: UUID, day_on: date) -> SpendDay:
    """Return a day's money; of a day without any spending nothing is stored."""
    row = await connection.fetchrow(
        "select spent, raised, raised_by, told_at from spend_days where business_id = $1 and day_on = $2",
        *(business_id, day_on),
    )
    return SpendDay() if row is None else SpendDay(**dict(row))


async def raise_cap(
    connection: Connection, business_id: UUID, raised: Cost, most_millicents: int, by: str
) -> int | None:
    """Add an amount to today's cap, up to `most_millicents` above the usual one; return the day's addition by then.

    None where the day's cap is as high as it may be. What is held next is told anew.
    """
    added: int | None = await connection.fetchval(
        "insert into spend_days as d (business_id, day_on, ends_at, raised, raised_by) "
        "values ($1, $2, $3, least($4::bigint, $5), $6) on conflict (business_id, day_on) do update set "
        "raised = least(d.raised + $4, $5), raised_by = $6, told_at = null where d.raised < $5 returning raised",
        *(business_id, raised.day_on, raised.ends_at, raised.millicents, most_millicents, by),
    )
    return added


@dataclass(frozen=True, slots=True)
class Used:
    """How much of one counter is used: in the last hour and today."""

    scope: Scope
    subject: str
    hour: int
    day: int


async def list_used(connection: Connection, business_id: UUID, day_on: date, now: datetime) -> list[Used]:
    """Return the fullest counters of each kind: the business, every line, and five of each other scope."""
    found = await connection.fetch(
        "select scope, subject, hour, day from (select c.scope, c.subject, h.hour, "
        "  case when c.day_on = $2 then c.day_used else 0 end as day, row_number() over "
        "    (partition by c.scope order by h.hour desc, c.day_used desc, c.subject) as place "
        "  from brake_counts c, lateral (select sum(n)::int as hour "
        "    from unnest(brake_window(c.counts, c.slot, brake_slot($3))) n) h "
        "  where c.business_id = $1 and c.day_on >= $2::date - 1) x "
        "where (place <= 5 or scope = 'line') and (hour > 0 or day > 0) order by scope, place",
        *(business_id, day_on, now),
    )
    return [Used(Scope(row["scope"]), row["subject"], row["hour"], row["day"]) for row in found]


async def list_held(connection: Connection, business_id: UUID, since: datetime, limit: int) -> list[dict[str, Any]]:
    """Return the calls whose text-back a brake holds, newest first, with their callers and Reasons."""
    return rows(
        await connection.fetch(
            "select t.call_id, t.reason, t.decided_at, c.caller, c.caller_name, n.phone, n.name as contact_name "
            "from text_backs t join calls c using (business_id, call_id) "
            "left join contacts n on n.business_id = t.business_id and n.contact_id = t.contact_id "
            "where t.business_id = $1 and t.reason in ('over_brake', 'over_cap', 'robocall') and t.decided_at > $2 "
            "order by t.decided_at desc, t.call_id limit $3",
            *(business_id, since, limit),
        )
    )


async def count_held(connection: Connection, business_id: UUID, since: datetime) -> dict[str, int]:
    """Return how many text-backs each brake has held since an instant, by Reason."""
    found = await connection.fetch(
        "select reason, count(*) as n from text_backs where business_id = $1 "
        "and reason in ('over_brake', 'over_cap', 'robocall') and decided_at > $2 group by reason",
        *(business_id, since),
    )
    return {row["reason"]: row["n"] for row in found}


async def release_text_back(
    connection: Connection,
    business_id: UUID,
    call_id: UUID,
    decision: Mapping[str, Any],
    message: Mapping[str, Any],
    now: datetime,
) -> str:
    """Send a text-back that a brake holds; return `send`, or why not: `gone`, `claimed`, `over_cap`, `over_brake`."""
    return str(
        await connection.fetchval(
            "select release_text_back($1, $2, $3, $4, $5)", business_id, call_id, dict(decision), dict(message), now
        )
    )


async def end_past_brakes(pool: asyncpg.Pool, now: datetime, before: date) -> None:
    """End the alarms of caps whose day is over; delete counters and hashes of older days; across all businesses."""
    await pool.execute("select end_past_brakes($1, $2)", now, before)
