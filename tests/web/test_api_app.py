"""The API inside the whole application: its failures stay problems among pages that answer people."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from ringback.web.app import create_app
from ringback.workflows.context import Context
from tests.fixtures import Shops
from tests.web.api_cast import client_of, make_key


async def test_programs_get_problems_and_people_get_pages(context: Context, shops: Shops) -> None:
    @asynccontextmanager
    async def opened() -> AsyncIterator[Context]:
        yield context

    app = create_app(opened)
    async with app.router.lifespan_context(app), client_of(app, await make_key(context, shops.harbor)) as client:
        calls = await client.get("/api/v1/calls")
        refused = [await client.get(path) for path in ("/api/v1/nothing", "/api", "/api/v1/calls/7", "/nothing")]

    assert (calls.status_code, calls.headers["cache-control"]) == (200, "no-store")
    assert calls.headers["x-content-type-options"] == "nosniff"
    kinds = [(answer.status_code, answer.headers["content-type"].partition(";")[0]) for answer in refused]
    problem = "application/problem+json"
    assert kinds == [(404, problem), (404, problem), (422, problem), (404, "text/html")]


async def test_a_database_that_is_gone_is_a_problem_in_the_whole_application_too(
    context: Context, shops: Shops
) -> None:
    @asynccontextmanager
    async def opened() -> AsyncIterator[Context]:
        yield context

    app, key = create_app(opened), await make_key(context, shops.harbor)
    app.state.context = context
    context.pool.terminate()
    async with client_of(app, key) as client:
        answer = await client.get("/api/v1/calls")

    assert (answer.status_code, answer.headers["content-type"]) == (503, "application/problem+json")
