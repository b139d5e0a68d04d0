"""What tests of the web share."""

from collections.abc import AsyncIterator

import httpx2
import pytest

from ringback.workflows.context import Context
from tests.fixtures import Shops
from tests.web.api_cast import Seen, api_app, client_of, fill, make_key
from tests.web.pages_cast import Site, running_site


@pytest.fixture
async def site(context: Context, shops: Shops) -> AsyncIterator[Site]:
    """The pages, served."""
    async with running_site(context, shops) as running:
        yield running


@pytest.fixture
async def api(context: Context, shops: Shops) -> AsyncIterator[httpx2.AsyncClient]:
    """A program with Harbor's key."""
    async with client_of(api_app(context), await make_key(context, shops.harbor)) as client:
        yield client


@pytest.fixture
async def seen(context: Context, shops: Shops) -> Seen:
    """A thread with an emergency and a question."""
    return await fill(context, shops.harbor)
