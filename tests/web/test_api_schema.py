"""The OpenAPI document holds: generated requests, right and wrong ones, are answered as it says, never with a 5xx."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest
import schemathesis
import uvicorn
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, settings
from schemathesis.config import SchemathesisConfig

from ringback.store.db import open_pool
from ringback.store.people import hash_token
from ringback.web import api
from tests.cast import harbor, make_context, open_shop, rex
from tests.database import Server
from tests.sandbox.serving import serving
from tests.web.api_cast import fill, make_key

# Known before any database is: the cases are made from the document when the tests are collected.
KEY = "rb_" + "k" * 43
CONFIG = {
    "auth": {"openapi": {"API key": {"bearer": KEY}}},
    "phases": {"coverage": {"unexpected-methods": []}},
    "checks": {
        # Whether a text is a phone number, and a cursor ours, is more than JSON Schema can say.
        "positive_data_acceptance": {"expected-statuses": ["2xx", "400", "404", "409", "422"]},
    },
}


@dataclass(frozen=True)
class Served:
    """The API over a socket, and Harbor's ids."""

    url: str
    ids: dict[str, str]


def _document() -> dict[str, object]:
    app = FastAPI(title="Ringback", version="1")
    app.include_router(api.router)
    api.install_problems(app)
    return app.openapi()


schema = schemathesis.openapi.from_dict(_document(), config=SchemathesisConfig.from_dict(CONFIG))


@pytest.fixture(scope="module")
def served(server: Server) -> Iterator[Served]:
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
        await pool.execute("update api_keys set key_hash = $1 where key_hash = $2", hash_token(KEY), hash_token(made))
        yield
        await pool.close()

    app = FastAPI(lifespan=lifespan)
    app.include_router(api.router)
    api.install_problems(app)
    with serving(lambda _: uvicorn.Server(uvicorn.Config(app, log_level="critical"))) as url:
        yield Served(url, found)
    asyncio.run(server.drop(database))


@schema.parametrize()
@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
def test_generated_requests_are_answered_as_the_document_says(case: schemathesis.Case[Any], served: Served) -> None:
    for name in served.ids.keys() & (case.path_parameters or {}).keys():
        # A made-up id leads to a 404; half of them are made right, to take the case to the rows.
        if _is_even_id(case.path_parameters[name]):
            case.path_parameters[name] = served.ids[name]
    case.call_and_validate(base_url=served.url)


def _is_even_id(text: object) -> bool:
    id_pattern = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{11}[02468ace]"
    return isinstance(text, str) and re.fullmatch(id_pattern, text) is not None
