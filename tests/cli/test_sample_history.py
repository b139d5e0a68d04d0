"""The demo's past: what four weeks leave behind, made by the product itself."""

import pytest

from ringback.cli import sample_history, setting_up
from ringback.cli.demo import SAMPLES, read_sample
from ringback.settings import Settings
from ringback.store.db import business_transaction
from ringback.workflows.context import Context

_ACCOUNT = {"account_sid": "AC" + "1" * 32, "auth_token": "0" * 32, "api_url": "http://127.0.0.1:1"}


@pytest.mark.parametrize("sample", SAMPLES)
async def test_a_month_of_calls_texts_and_bookings_is_lived_once(context: Context, sample: str) -> None:
    business = await setting_up.apply_document(Settings(), context.pool, read_sample(sample), line_settings=_ACCOUNT)

    lived = [await sample_history.add_history(context, business) for _ in range(2)]

    assert lived == [True, False]
    async with business_transaction(context.pool, business.business_id) as connection:
        outcomes = {row[0] for row in await connection.fetch("select distinct outcome from calls")}
        booked = await connection.fetchval("select count(*) from bookings where state = 'booked'")
        left = await connection.fetchval(
            "select count(*) from messages where state not in ('accepted', 'received', 'dropped')"
        )
        last = await connection.fetchval("select max(created_at) from messages")
        counted = await connection.fetchval("select count(*) from recovery_calls where outcome = 'no_answer'")
        alarms = await connection.fetchval("select count(*) from alarms where ended_at is null")
    waiting = await context.pool.fetchval("select count(*) from jobs.pgqueuer where status = 'queued'")
    assert outcomes >= {"answered_by_staff", "no_answer", "abandoned", "closed"}
    assert booked >= 5
    assert counted >= 5
    assert (left, alarms, waiting) == (0, 0, 0)
    assert last <= context.clock.now()
