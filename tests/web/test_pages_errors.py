"""When something fails: people get a page that says what was kept and what to do, programs get no page."""

import asyncio
import signal
import sys
from pathlib import Path

import asyncpg
import httpx2
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from ringback.web import pages
from ringback.workflows.context import Context
from tests.cast import make_context
from tests.database import Server
from tests.web.pages_cast import Site, pages_app


async def broken(_: Request) -> Response:
    """Fail as a bug would."""
    raise ZeroDivisionError("a secret detail")


def client_of(app: Starlette) -> httpx2.AsyncClient:
    """Return a client that sees answers and no exceptions."""
    transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)
    return httpx2.AsyncClient(
        transport=transport, base_url="http://ringback.test", headers={"origin": "http://ringback.test"}
    )


async def test_a_bug_gets_a_page_without_its_details(context: Context) -> None:
    app = pages_app(context)
    app.router.routes.append(Route("/broken", broken))

    async with client_of(app) as client:
        answer = await client.get("/broken")

    assert answer.status_code == 500
    assert "Something went wrong here" in answer.text
    assert "secret" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


async def test_a_database_that_is_gone_is_named_and_nothing_is_said_to_be_lost(server: Server) -> None:
    name = await server.create()
    pool = await asyncpg.create_pool(server.app_url(name), min_size=0)
    await server.drop(name)

    async with client_of(pages_app(make_context(pool))) as client:
        page = await client.get("/threads", headers={"cookie": "ringback=x"})
        part = await client.post("/threads/x/messages", headers={"cookie": "ringback=x", "hx-request": "true"})
    pool.terminate()

    assert (page.status_code, page.headers["retry-after"]) == (503, "5")
    assert "Calls and texts that were accepted are kept." in page.text
    assert (part.status_code, part.headers["hx-retarget"]) == (503, "#notice")
    assert "What you typed is still here" in part.text


@pytest.mark.parametrize(("path", "status"), [("/api/v1/nothing", 404), ("/hooks/x/voice", 500), ("/metrics", 404)])
async def test_programs_get_no_page(context: Context, path: str, status: int) -> None:
    app = pages_app(context)
    app.router.routes.append(Route("/hooks/x/voice", broken))

    async with client_of(app) as client:
        answer = await client.get(path)

    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/plain")


async def test_the_answers_installed_for_programs_before_are_kept(context: Context) -> None:
    def problem(_: Request, error: Exception) -> Response:
        return PlainTextResponse(f"problem {type(error).__name__}", 418)

    app = Starlette(routes=[Route("/api/broken", broken), Route("/broken", broken)])
    app.add_exception_handler(Exception, problem)
    pages.install_errors(app)

    async with client_of(app) as client:
        for_program, for_person = await client.get("/api/broken"), await client.get("/broken")

    assert (for_program.status_code, for_person.status_code) == (418, 500)


async def test_an_address_that_is_none_is_said_so_in_the_readers_language(site: Site) -> None:
    answer = await (await site.visitor()).get("/nowhere", headers={"accept-language": "es-MX,en;q=0.5"})

    assert (answer.status_code, "Aquí no hay nada" in answer.text) == (404, True)
    assert '<html lang="es">' in answer.text


async def test_a_wrong_method_is_refused_with_a_sentence(site: Site) -> None:
    olga = await site.olga()

    answer = await olga.delete("/threads")

    assert answer.status_code == 405
    assert "That does not work this way" in answer.text


SERVED = """
import asyncio, sys, uvicorn
from contextlib import asynccontextmanager
from ringback.store.db import open_pool
from ringback.web.live import Feed
from tests.cast import make_context
from tests.web.pages_cast import pages_app

async def main(url, token):
    pool = await open_pool(url)
    app = pages_app(make_context(pool))
    @asynccontextmanager
    async def lifespan(_):
        async with Feed.running(app.state.context) as feed:
            app.state.feed = feed
            print("up", flush=True)
            yield
            print("down", flush=True)
    app.router.lifespan_context = lifespan
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="critical"))
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    print(server.servers[0].sockets[0].getsockname()[1], flush=True)
    await serving

asyncio.run(main(*sys.argv[1:]))
"""


async def test_a_server_told_to_stop_does_not_wait_for_open_streams(site: Site, server: Server) -> None:
    token = await site.session(site.shops.harbor)
    database = await site.context.pool.fetchval("select current_database()")
    root = Path(__file__).parents[2]
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", SERVED, server.app_url(database), token), cwd=root, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    assert await process.stdout.readline() == b"up\n"
    url = f"http://127.0.0.1:{int(await process.stdout.readline())}/events?page=threads"

    async with asyncio.timeout(20), httpx2.AsyncClient(cookies={"ringback": token}) as client:
        async with client.stream("GET", url, timeout=None) as response:
            lines = response.aiter_lines()
            await anext(lines)
            process.send_signal(signal.SIGTERM)
            async for _ in lines:
                pass
        # Without a limit of its own the server would wait for the stream for ever, and never come down.
        assert await process.stdout.readline() == b"down\n"
        await process.wait()
