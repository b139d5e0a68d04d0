"""A call is settled: one outcome, one decision."""

from ringback.workflows.context import Context
from tests.fixtures import Shops


async def test_the_shops_are_stored(context: Context, shops: Shops) -> None:
    """The twin businesses load back as they were stored."""
    setup = await context.setup_of_hook("harbor-main")
    assert setup is not None
    assert setup.business == shops.harbor
