"""The whole web application over real HTTP, with the same limits on connections as `ringback web` has."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx2
import uvicorn
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ringback.web.app import create_app
from ringback.web.connections import connection_options
from ringback.workflows.context import Context
from tests.patience import PATIENCE_SECONDS
from tests.web.pages_cast import Site


@dataclass(frozen=True)
class Served:
    """The served application and the people who use it."""

    site: Site
    port: int

    @property
    def url(self) -> str:
        """Return its address."""
        return f"http://127.0.0.1:{self.port}"

    async def raw(self, request: bytes) -> bytes:
        """Return all that is answered to these bytes; the connection stays open until the server ends it."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(request)
        await writer.drain()
        async with asyncio.timeout(PATIENCE_SECONDS):
            answer = await reader.read(-1)
        writer.close()
        return answer


async def _bug(_: Request) -> Response:
    raise RuntimeError("secret-of-the-database +13125550142")


@asynccontextmanager
async def serving_product(context: Context, site: Site) -> AsyncIterator[Served]:
    """Yield the served application, with one route that has a bug."""

    @asynccontextmanager
    async def open_context() -> AsyncIterator[Context]:
        yield context

    app = create_app(open_context)
    app.router.routes.insert(0, Route("/bug", _bug, methods=["GET", "POST"]))
    app.router.routes.insert(0, Route("/api/v1/bug", _bug))
    config = uvicorn.Config(app, port=0, log_level="critical", timeout_graceful_shutdown=2, **connection_options())
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110
        # uvicorn offers no event for this moment, only the flag.
        await asyncio.sleep(0.01)
    try:
        yield Served(site, server.servers[0].sockets[0].getsockname()[1])
    finally:
        server.should_exit = True
        await task


def browser_of(served: Served, token: str = "", **headers: str) -> httpx2.AsyncClient:
    """Return a browser on the served application, signed in where a token is given."""
    cookies = {"ringback": token} if token else {}
    return httpx2.AsyncClient(
        base_url=served.url, cookies=cookies, headers={"origin": served.url, **headers}, timeout=PATIENCE_SECONDS
    )
