"""What tests of the web share."""

from collections.abc import AsyncIterator

import pytest

from ringback.workflows.context import Context
from tests.fixtures import Shops
from tests.web.pages_cast import Site, running_site


@pytest.fixture
async def site(context: Context, shops: Shops) -> AsyncIterator[Site]:
    """The pages, served."""
    async with running_site(context, shops) as running:
        yield running
