"""The API over a socket with a database of its own, for whoever asks it thousands of generated questions."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any

import uvicorn
from fastapi import FastAPI

from ringback.store.db import open_pool
from ringback.store.people import hash_token
from ringback.web import api
from tests.cast import harbor, make_context, open_shop, rex
from tests.database import Server
from tests.sandbox.serving import serving
from tests.web.api_cast import fill, make_key

# Known before any database is: the cases are made from the document when the tests are collected.
KEY = "rb_" + "k" * 43


@dataclass(frozen=True)
class Served:
    """The API over a socket, and Harbor's ids."""

    url: str
    ids: dict[str, str]

    def aim(self, case: Any) -> None:
        """A made-up id leads to a 404; half of them are made right, to take the case to the rows."""
        for name in self.ids.keys() & (case.path_parameters or {}).keys():
            if _is_even_id(case.path_parameters[name]):
                case.path_parameters[name] = self.ids[name]


def api_document() -> dict[str, object]:
    """Return the OpenAPI document of the API."""
    app = FastAPI(title="Ringback", version="1")
    app.include_router(api.router)
    api.install_problems(app)
    return app.openapi()


@contextmanager
def serving_api(server: Server) -> Iterator[Served]:
    """Serve the API over a database of its own for all the cases."""
    database = asyncio.run(server.create())
    found: dict[str, str] = {}

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        pool = await open_pool(server.app_url(database))
        app.state.context = context = make_context(pool)
        business = await open_shop(pool, harbor())
        await open_shop(pool, rex())
        found.update((await fill(context, business)).ids())
        made = await make_key(context, business)
        # Thousands of questions in a minute are what this key is for.
        sql = "update api_keys set key_hash = $1, per_minute = 1000000 where key_hash = $2"
        await pool.execute(sql, hash_token(KEY), hash_token(made))
        yield
        await pool.close()

    app = FastAPI(lifespan=lifespan)
    app.include_router(api.router)
    api.install_problems(app)
    with serving(lambda _: uvicorn.Server(uvicorn.Config(app, log_level="critical"))) as url:
        yield Served(url, found)
    asyncio.run(server.drop(database))


def _is_even_id(text: object) -> bool:
    id_pattern = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{11}[02468ace]"
    return isinstance(text, str) and re.fullmatch(id_pattern, text) is not None
