"""One installation and one phone company for all journeys of a test process; each test opens a shop of its own."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

import asyncpg
import pytest

from ringback.domain.business import Business
from ringback.store.db import open_pool
from tests.database import Server
from tests.journeys.browsing import browser, open_page, site
from tests.journeys.installation import Installation, running_installation
from tests.journeys.shop import Shop, new_harbor
from tests.sandbox.company import PhoneCompany, running_company

# Fixtures that live with what they are made of.
__all__ = ["browser", "open_page", "site"]

OpenShop = Callable[..., Awaitable[Shop]]


@pytest.fixture(scope="session")
def installation(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Web, worker and phone company, running."""
    with (
        running_company(speed=20) as company_url,
        running_installation(server, company_url, tmp_path_factory.mktemp("installation")) as running,
    ):
        yield running


@pytest.fixture
async def company(installation: Installation) -> AsyncIterator[PhoneCompany]:
    """The phone company, with a clean slate."""
    async with PhoneCompany(installation.company_url) as phone_company:
        await phone_company.reset()
        yield phone_company


@pytest.fixture
async def shop_pool(installation: Installation) -> AsyncIterator[asyncpg.Pool]:
    """A pool on the installation's database."""
    pool = await open_pool(installation.server.app_url(installation.database), size=3)
    yield pool
    await pool.close()


@pytest.fixture
async def open_harbor(
    installation: Installation, company: PhoneCompany, shop_pool: asyncpg.Pool
) -> AsyncIterator[OpenShop]:
    """Opens Harbor Dental, as it is or as the test wants it; waits at the end until it has nothing left to do."""
    opened: list[Shop] = []

    async def open_shop(business: Business | None = None) -> Shop:
        shop = Shop(installation, company, shop_pool, business or new_harbor())
        opened.append(shop)
        return await shop.open()

    yield open_shop
    await company.clear_faults()
    for shop in opened:
        # What this shop still sends would otherwise arrive in the next test's books.
        await shop.quiet()
        await shop.close()


@pytest.fixture
async def shop(open_harbor: OpenShop) -> Shop:
    """Harbor Dental with two phones that ring together."""
    return await open_harbor()
