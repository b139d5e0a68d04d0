"""Over made-up histories: figures are what a plain recount gives, and each opens as many rows as it says."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

import asyncpg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ringback.domain.calls import Outcome, is_missed
from ringback.domain.recovery_figures import Cut, Figure
from ringback.domain.recovery_periods import Period
from ringback.store import recovery, report_queries
from ringback.store.db import Connection, set_business
from ringback.store.recovery import CUT_BY, Touched
from ringback.store.report_queries import Wanted
from tests.cast import NOON, harbor, open_shop
from tests.database import Server, fresh_pool
from tests.store.recovery_history import History

CREDIT = timedelta(days=30)
PHONES = ("+13125550142", "+13125550143", "+13125550144")
EVER = Period(NOON.date() - timedelta(days=5), NOON.date() + timedelta(days=300))


@dataclass(frozen=True)
class Happening:
    """Something that happened so many hours after NOON to one of three contacts."""

    kind: str
    hours: int
    contact: int
    line: int
    odd: bool


HAPPENINGS = st.builds(
    Happening,
    st.sampled_from(["missed", "texted", "texted", "answered", "withheld", "reply", "booking", "call_back"]),
    st.integers(0, 24 * 80),
    st.integers(0, 2),
    st.integers(0, 1),
    st.booleans(),
)


@dataclass
class Told:
    """The same history, as the oracle remembers it: per contact."""

    calls: dict[UUID, tuple[int, datetime, str, bool]] = field(default_factory=dict)
    texted: dict[int, list[tuple[datetime, UUID]]] = field(default_factory=dict)
    replies: dict[int, list[datetime]] = field(default_factory=dict)
    bookings: dict[int, list[datetime]] = field(default_factory=dict)
    called_back: dict[int, list[datetime]] = field(default_factory=dict)


async def happen(story: History, told: Told, one: Happening) -> None:
    """Write a happening into the database and into the oracle's memory."""
    at, phone = NOON + timedelta(hours=one.hours, seconds=len(told.calls)), PHONES[one.contact]
    match one.kind:
        case "missed" | "texted" | "answered":
            outcome = "answered_by_staff" if one.kind == "answered" else "busy" if one.odd else "no_answer"
            call = await story.call(phone, at, outcome, line=one.line)
            told.calls[call] = (one.contact, at, outcome, False)
            if one.kind == "texted":
                await story.text_back(call, phone, at, delivery="failed" if one.odd and one.line else "delivered")
                if not (one.odd and one.line):
                    told.texted.setdefault(one.contact, []).append((at, call))
        case "withheld":
            told.calls[await story.call(None, at, line=one.line)] = (-1, at, "no_answer", False)
        case "reply":
            await story.reply(phone, at)
            told.replies.setdefault(one.contact, []).append(at)
        case "booking":
            # Far enough apart that no two stand at the same time.
            await story.book(phone, at, state="cancelled" if one.odd else "booked", ahead=1)
            if not one.odd:
                told.bookings.setdefault(one.contact, []).append(at)
        case "call_back":
            missed = [call for call, (who, _, how, _) in told.calls.items() if who == one.contact and how == "busy"]
            if missed and missed[-1] not in {call for call, entry in told.calls.items() if entry[3]}:
                who, called_at, how, _ = told.calls[missed[-1]]
                told.calls[missed[-1]] = (who, called_at, how, True)
                await story.call_back(missed[-1], phone, called_at, called_at + timedelta(hours=1))
                told.called_back.setdefault(one.contact, []).append(called_at + timedelta(hours=1))


def credited(told: Told, moments: dict[int, list[datetime]]) -> set[UUID]:
    """Return which texted calls get the credit of moments: each moment its contact's first within 30 days before."""
    found = set()
    for contact, instants in moments.items():
        for at in instants:
            before = [one for one in told.texted.get(contact, []) if at - CREDIT <= one[0] < at]
            # A text that left in the very second of the moment is not before it, but it ends no credit either.
            if before:
                found.add(min(before)[1])
    return found


def lost(told: Told) -> set[UUID]:
    """Return the missed calls after which nobody spoke or wrote, each contact's last of 30 days."""
    found = set()
    for call, (who, at, outcome, _) in told.calls.items():
        later = [
            other for other, (whose, then, _, _) in told.calls.items()
            if whose == who != -1 and (then, other) > (at, call) and then <= at + CREDIT
        ]  # fmt: skip
        heard = [*told.replies.get(who, []), *told.bookings.get(who, []), *told.called_back.get(who, [])]
        if is_missed(Outcome(outcome)) and not later and not [moment for moment in heard if moment > at]:
            found.add(call)
    return found


def expected(told: Told) -> dict[Figure, set[UUID]]:
    """Return the rows of each figure by a plain recount."""
    texted = {call for calls in told.texted.values() for _, call in calls}
    booked = credited(told, told.bookings)
    return {
        Figure.CALLS: set(told.calls),
        Figure.MISSED: {call for call, one in told.calls.items() if is_missed(Outcome(one[2]))},
        Figure.TEXTED: texted,
        Figure.REPLIED: credited(told, told.replies),
        Figure.RECOVERED: booked,
        Figure.BOOKED: booked,
        Figure.CONFIRMED: set(),
        Figure.ESTIMATED: booked,
        Figure.LOST: lost(told),
        Figure.CALLED_BACK: {call for call, one in told.calls.items() if one[3]},
    }


@pytest.fixture
async def pool(server: Server) -> AsyncIterator[asyncpg.Pool]:
    """A database of the test's own."""
    async with fresh_pool(server) as fresh:
        await open_shop(fresh, harbor())
        yield fresh


async def count_all(connection: Connection, business_id: UUID) -> None:
    """Count the ledger from the beginning."""
    await recovery.forget_ledger(connection, business_id)
    everyone = await recovery.list_everyone(connection, business_id)
    days = await recovery.recount(connection, business_id, everyone, "America/Chicago")
    await recovery.sum_days(connection, business_id, days)


async def dump(connection: Connection) -> list[str]:
    """Return every row of the ledger and of its sums."""
    found = await connection.fetch(
        "select to_jsonb(r)::text from recovery_calls r union all select to_jsonb(d)::text from recovery_days d"
    )
    return sorted(row[0] for row in found)


async def check_rows(connection: Connection, business_id: UUID, period: Period) -> None:
    """Assert that every figure of every part of every cut has as many rows as it says."""
    parts = await report_queries.sum_period(connection, business_id, period, tuple(CUT_BY))
    names = {(part.cut, part.name) for part in parts} | {(Cut.ALL, ""), (Cut.OUTCOME, "busy")}
    for cut, name in names:
        for figure in Figure:
            said = sum(getattr(one.counts, figure) for one in parts if (one.cut, one.name) == (cut, name))
            rows = await report_queries.list_rows(
                connection, business_id, Wanted(figure, period, cut, name), None, 1000
            )
            assert (figure, cut, name, len(rows)) == (figure, cut, name, said)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    happenings=st.lists(HAPPENINGS, max_size=14, unique_by=lambda one: one.hours // 2),
    split=st.integers(0, 14),
    days=st.tuples(st.integers(0, 60), st.integers(0, 30)),
)
async def test_figures_rows_and_sums_agree_with_a_plain_recount(
    pool: asyncpg.Pool, happenings: Sequence[Happening], split: int, days: tuple[int, int]
) -> None:
    shop = harbor()
    async with pool.acquire() as connection:
        transaction = connection.transaction()
        await transaction.start()
        try:
            await set_business(connection, shop.business_id)
            story, told = History(connection, shop), Told()
            for one in happenings[:split]:
                await happen(story, told, one)
            await count_all(connection, shop.business_id)
            for one in happenings[split:]:
                await happen(story, told, one)
            touched = await recovery.list_everyone(connection, shop.business_id)
            changed = await recovery.recount(connection, shop.business_id, touched, shop.zone)
            await recovery.sum_days(connection, shop.business_id, changed)
            step_by_step = await dump(connection)
            await count_all(connection, shop.business_id)

            assert step_by_step == await dump(connection)
            for figure, calls in expected(told).items():
                rows = await report_queries.list_rows(connection, shop.business_id, Wanted(figure, EVER), None, 1000)
                assert (figure, {row["call_id"] for row in rows}) == (figure, calls)
            first = NOON.date() + timedelta(days=days[0])
            await check_rows(connection, shop.business_id, Period(first, first + timedelta(days=days[1])))
        finally:
            await transaction.rollback()


async def test_touching_one_contact_leaves_the_others_rows_alone(pool: asyncpg.Pool) -> None:
    shop = harbor()
    async with pool.acquire() as connection, connection.transaction():
        await set_business(connection, shop.business_id)
        story = History(connection, shop)
        for phone in PHONES:
            await story.text_back(await story.call(phone, NOON), phone, NOON)
        await count_all(connection, shop.business_id)
        await story.reply(PHONES[0], NOON + timedelta(hours=1))
        contact_id = await story.contact(PHONES[0], NOON)
        assert contact_id
        days = await recovery.recount(connection, shop.business_id, Touched((contact_id,)), shop.zone)
        await recovery.sum_days(connection, shop.business_id, days)
        step_by_step = await dump(connection)
        await count_all(connection, shop.business_id)

        assert step_by_step == await dump(connection)
