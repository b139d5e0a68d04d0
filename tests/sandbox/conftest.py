"""One phone company for all sandbox tests, reset before each; a business of its own for every test."""

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from tests.sandbox.business import Business, running_business
from tests.sandbox.cast import HARBOR
from tests.sandbox.company import PhoneCompany, running_company


@pytest.fixture(scope="session")
def company_url() -> Iterator[str]:
    with running_company() as url:
        yield url


@pytest.fixture
def harbor() -> Iterator[Business]:
    # A server of its own: a webhook still on its way from the test before must not arrive here.
    with running_business() as business:
        yield business


@pytest_asyncio.fixture
async def company(company_url: str, harbor: Business) -> AsyncIterator[PhoneCompany]:
    async with PhoneCompany(company_url) as client:
        await client.reset()
        await client.add_number(
            HARBOR,
            friendly_name="Harbor Dental",
            voice_url=harbor.url + "/voice",
            status_callback=harbor.url + "/ended",
            sms_url=harbor.url + "/sms",
        )
        yield client
        assert await client.events("exchange.error") == [], "the phone company itself broke down"
