"""What tests of the web's security share."""

from collections.abc import AsyncIterator

import pytest

from ringback.workflows.context import Context
from tests.web.pages_cast import Site
from tests.web.security.served import Served, serving_product


@pytest.fixture
async def served(context: Context, site: Site) -> AsyncIterator[Served]:
    """The whole web application, served."""
    async with serving_product(context, site) as running:
        yield running
