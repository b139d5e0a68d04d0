"""The live feed of one web process."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from ringback.workflows.context import Context


class Feed:
    """Streams of changes to the pages that are open."""

    @classmethod
    @asynccontextmanager
    async def running(cls, context: Context) -> AsyncIterator["Feed"]:
        """Yield a feed that listens until the block ends."""
        yield cls()
