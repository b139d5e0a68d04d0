"""The REST API breaks on demand, before or after it took the request."""

import asyncio
import time
from typing import Any

import httpx2
import pytest

from tests.patience import PATIENCE_SECONDS
from tests.sandbox.cast import CARLA, HARBOR
from tests.sandbox.company import ACCOUNT_SID, AUTH_TOKEN, PhoneCompany, Refused


async def post_text(company: PhoneCompany, read_seconds: float = PATIENCE_SECONDS) -> httpx2.Response:
    timeout = httpx2.Timeout(PATIENCE_SECONDS, read=read_seconds)
    async with httpx2.AsyncClient(auth=(ACCOUNT_SID, AUTH_TOKEN), timeout=timeout) as http:
        url = f"{company.url}/2010-04-01/Accounts/{ACCOUNT_SID}/Messages.json"
        return await http.post(url, data={"To": CARLA, "From": HARBOR, "Body": "Sorry we missed you."})


@pytest.mark.parametrize(
    ("effect", "status", "code", "taken"),
    [("429", 429, 20429, 0), ("500_before", 500, 20500, 0), ("500_after", 500, 20500, 1)],
)
async def test_an_error_answer_says_nothing_of_whether_the_text_was_taken(
    company: PhoneCompany, effect: str, status: int, code: int, taken: int
) -> None:
    await company.set_rest_fault(effect, on="messages", count=1)

    answer = await post_text(company)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert len(await company.messages()) == taken
    assert (await post_text(company)).status_code == 201


@pytest.mark.parametrize(("effect", "taken"), [("reset_before", 0), ("reset_after", 1)])
async def test_a_connection_is_reset(company: PhoneCompany, effect: str, taken: int) -> None:
    await company.set_rest_fault(effect, on="messages", count=1)

    with pytest.raises(httpx2.ReadError):
        await post_text(company)

    assert len(await company.messages()) == taken


@pytest.mark.parametrize(("effect", "taken"), [("hang_before", 0), ("hang_after", 1)])
async def test_a_hanging_request_runs_into_the_clients_timeout(company: PhoneCompany, effect: str, taken: int) -> None:
    await company.set_rest_fault(effect, on="messages", count=1, seconds=30)

    with pytest.raises(httpx2.ReadTimeout):
        await post_text(company, read_seconds=0.3)

    assert len(await company.messages()) == taken


async def test_latency_delays_an_answer_that_is_otherwise_good(company: PhoneCompany) -> None:
    await company.set_rest_fault("latency", on="messages", seconds=0.2)
    began = time.monotonic()

    answer = await post_text(company)

    assert answer.status_code == 201
    assert time.monotonic() - began >= 0.2


async def test_a_fault_on_another_resource_or_method_does_not_strike(company: PhoneCompany) -> None:
    await company.set_rest_fault("429", on="calls")
    await company.set_rest_fault("429", on="messages", match={"method": "GET"})
    await company.set_rest_fault("429", on="messages", match={"To": HARBOR})

    assert (await post_text(company)).status_code == 201


async def test_cleared_faults_strike_no_more(company: PhoneCompany) -> None:
    await company.set_rest_fault("500_before")
    await company.clear_faults()

    answers = await asyncio.gather(*(post_text(company) for _ in range(3)))

    assert [one.status_code for one in answers] == [201, 201, 201]


@pytest.mark.parametrize(
    "wanted",
    [{"effect": "explode"}, {"effect": "429", "sconds": 3}, {"effect": "duplicate"}],
)
async def test_a_fault_that_makes_no_sense_is_refused(company: PhoneCompany, wanted: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        await company.set_rest_fault(**wanted)
