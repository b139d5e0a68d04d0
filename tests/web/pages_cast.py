"""The pages over real HTTP, with Harbor's owner Olga and the rival Rex signed in, and a conversation to look at."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from uuid import UUID

import httpx2
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware

from ringback.domain.business import Business
from ringback.domain.messages import Picture
from ringback.store import contacts, people, threads
from ringback.store.db import business_transaction
from ringback.store.ids import new_id
from ringback.store.people import Person
from ringback.web import pages, site
from ringback.web.live import Feed
from ringback.web.security import SecurityHeaders
from ringback.workflows.context import Context
from tests.cast import CARLA
from tests.fixtures import Shops
from tests.patience import PATIENCE_SECONDS

COOKIE = "ringback"


def pages_app(context: Context) -> Starlette:
    """Return an application that is the pages and nothing else; its feed is set by whoever serves it."""
    app = Starlette(routes=site.ROUTES, middleware=[Middleware(SecurityHeaders)])
    pages.install_errors(app)
    app.state.context = context
    return app


@asynccontextmanager
async def serving(app: Starlette) -> AsyncIterator[str]:
    """Yield the address of a server in this test's own event loop."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", lifespan="off", timeout_graceful_shutdown=5))
    task = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110
        # uvicorn offers no event for this moment, only the flag.
        await asyncio.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        await task


@dataclass
class Site:
    """The running pages and the people who use them."""

    context: Context
    shops: Shops
    url: str
    feed: Feed
    stack: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def visitor(
        self, business: Business | None = None, role: str = "owner", name: str = "Olga"
    ) -> httpx2.AsyncClient:
        """Return a browser, signed in where a business is given; it follows no redirects."""
        cookies = {COOKIE: await self.session(business, role, name)} if business else {}
        headers = {"origin": self.url}
        client = httpx2.AsyncClient(base_url=self.url, cookies=cookies, headers=headers, timeout=PATIENCE_SECONDS)
        return await self.stack.enter_async_context(client)

    async def session(self, business: Business, role: str = "owner", name: str = "Olga") -> str:
        """Return the token of a new session."""
        pool, now = self.context.pool, self.context.clock.now()
        person = Person(new_id(), f"{name.lower()}-{role}@{business.slug}.example", name, "no password")
        person_id = await people.save_person(pool, person, business.business_id, role, now)
        return await people.start_session(pool, person_id, business.business_id, now)

    async def olga(self) -> httpx2.AsyncClient:
        """Return the browser of Harbor's owner."""
        return await self.visitor(self.shops.harbor)

    async def rex(self) -> httpx2.AsyncClient:
        """Return the browser of the rival shop."""
        return await self.visitor(self.shops.rex, name="Rex")

    async def write(self, body: str, phone: str = CARLA, *, name: str | None = None, pictures: int = 0) -> UUID:
        """Let a contact write to Harbor's first line; return the text's id."""
        business_id, line, now = self.shops.harbor.business_id, self.shops.harbor.lines[0], self.context.clock.now()
        message_id = new_id()
        async with business_transaction(self.context.pool, business_id) as connection:
            contact_id = await contacts.find_or_create_contact(connection, business_id, phone, now)
            if name is not None:
                await contacts.save_contact(connection, business_id, contact_id, name, None)
            thread_id = await threads.find_or_create_thread(connection, business_id, contact_id, line.line_id, now)
            message = {
                "message_id": message_id, "direction": "in", "author": "contact", "purpose": "inbound", "body": body,
                "segments": 1, "state": "received", "provider": "twilio",
            }  # fmt: skip
            await threads.add_message(connection, business_id, thread_id, line.line_id, message, now)
            await threads.note_inbound(connection, business_id, thread_id, now)
            shown = [Picture(f"https://company.example/{n}", "image/png") for n in range(pictures)]
            await threads.add_pictures(connection, business_id, message_id, shown)
        return message_id

    async def thread_of(self, phone: str = CARLA) -> UUID:
        """Return Harbor's thread with a contact."""
        return await self.value(
            "select thread_id from threads join contacts using (contact_id) where phone = $1", phone
        )

    async def value(self, sql: str, *arguments: object) -> UUID:
        """Return what Harbor's database says."""
        async with business_transaction(self.context.pool, self.shops.harbor.business_id) as connection:
            found: UUID = await connection.fetchval(sql, *arguments)
        return found


@asynccontextmanager
async def running_site(context: Context, shops: Shops) -> AsyncIterator[Site]:
    """Yield the running pages."""
    app = pages_app(context)
    async with Feed.running(context) as feed, serving(app) as url:
        app.state.feed = feed
        site = Site(context, shops, url, feed)
        try:
            async with site.stack:
                yield site
        finally:
            feed.close()
