"""The calls of `twin_cases` for the ledger of recovered jobs, its sums and its values."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from ringback.domain.recovery import Values
from ringback.domain.recovery_figures import Cut, Figure
from ringback.domain.recovery_periods import Period
from ringback.store import recovery, report_queries
from ringback.store.feed import Change, Position
from ringback.store.recovery import Progress, Touched
from ringback.store.report_queries import Wanted
from tests.cast import NOON
from tests.store.stock import LATER

_DAYS = Period(NOON.date() - timedelta(days=5), NOON.date() + timedelta(days=5))
_SINCE, _UNTIL = NOON - timedelta(days=5), NOON + timedelta(days=5)
_TODAY = {NOON.date().isoformat()}
_CHANGE = Position(2, 0)


async def _sum_and_read(ask: Any) -> object:
    await ask.connection.execute("delete from recovery_days where business_id = $1", ask.business_id)
    await recovery.sum_days(ask.connection, ask.business_id, _TODAY)
    return await report_queries.sum_period(ask.connection, ask.business_id, _DAYS, (Cut.ALL,))


async def _forget_and_read(ask: Any) -> object:
    await recovery.forget_ledger(ask.connection, ask.business_id)
    return await ask.connection.fetchval("select count(*) from recovery_calls")


async def _save_and_read(ask: Any) -> object:
    await report_queries.save_job_value(
        ask.connection, ask.business_id, ask.harbor.texted_call_id, 99, "Rex was here", LATER
    )
    return await ask.connection.fetchval("select value_cents from job_values where business_id = $1", ask.business_id)


async def _progress_and_read(ask: Any) -> object:
    await recovery.save_progress(ask.connection, ask.business_id, Progress(Position(9, 9), "UTC", LATER))
    return await recovery.load_progress(ask.connection, ask.business_id)


async def _values_and_read(ask: Any) -> object:
    await report_queries.save_values(ask.connection, ask.business_id, Values(1))
    return await report_queries.load_values(ask.connection, ask.business_id)


async def _reader_and_read(ask: Any) -> object:
    person = ask.harbor.person_id
    await report_queries.set_reader(ask.connection, ask.business_id, person, LATER, wanted=False)
    await report_queries.set_reader(ask.connection, ask.business_id, person, LATER, wanted=True)
    return await ask.connection.fetchval("select since_at from weekly_report_readers")


RECOVERY_CASES: dict[str, Callable[[Any], Awaitable[object]]] = {
    "recovery.lock_progress": lambda a: recovery.lock_progress(a.connection, a.business_id),
    "recovery.load_progress": lambda a: recovery.load_progress(a.connection, a.business_id),
    "recovery.save_progress": _progress_and_read,
    "recovery.find_touched": lambda a: recovery.find_touched(
        a.connection, a.business_id, [Change(_CHANGE, "thread", a.harbor.thread_id, LATER)]
    ),
    "recovery.list_everyone": lambda a: recovery.list_everyone(a.connection, a.business_id),
    "recovery.forget_ledger": _forget_and_read,
    "recovery.recount": lambda a: recovery.recount(
        a.connection, a.business_id, Touched((a.harbor.contact_id,)), "America/Chicago"
    ),
    "recovery.sum_days": _sum_and_read,
    "report_queries.sum_period": lambda a: report_queries.sum_period(
        a.connection, a.business_id, _DAYS, (Cut.ALL, Cut.STAFF)
    ),
    "report_queries.sum_months": lambda a: report_queries.sum_months(a.connection, a.business_id, _DAYS),
    "report_queries.first_counted_day": lambda a: report_queries.first_counted_day(a.connection, a.business_id),
    "report_queries.count_recovered": lambda a: report_queries.count_recovered(
        a.connection, a.business_id, _SINCE, _UNTIL
    ),
    "report_queries.count_quotes": lambda a: report_queries.count_quotes(a.connection, a.business_id, _SINCE, _UNTIL),
    "report_queries.list_rows": lambda a: report_queries.list_rows(
        a.connection, a.business_id, Wanted(Figure.CALLS, _DAYS), None, 50
    ),
    "report_queries.list_recovered": lambda a: report_queries.list_recovered(
        a.connection, a.business_id, _SINCE, _UNTIL, 50
    ),
    "report_queries.get_row": lambda a: report_queries.get_row(a.connection, a.business_id, a.harbor.texted_call_id),
    "report_queries.list_answers": lambda a: report_queries.list_answers(
        a.connection, a.business_id, _DAYS, "Sam of harbor", None, 50
    ),
    "report_queries.list_quotes_asked": lambda a: report_queries.list_quotes_asked(
        a.connection, a.business_id, _SINCE, _UNTIL, 50
    ),
    "report_queries.load_values": lambda a: report_queries.load_values(a.connection, a.business_id),
    "report_queries.save_values": _values_and_read,
    "report_queries.save_job_value": _save_and_read,
    "report_queries.list_readers": lambda a: report_queries.list_readers(a.connection, a.business_id),
    "report_queries.set_reader": _reader_and_read,
    "report_queries.claim_week": lambda a: report_queries.claim_week(
        a.connection, a.business_id, NOON.date(), LATER, 1
    ),
}
