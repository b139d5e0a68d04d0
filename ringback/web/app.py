"""The web application: hooks as plain routes, pages, and the API, over one Context."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import structlog
from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import BaseRoute, Route

from ringback.web import api, pages, site
from ringback.web.health import healthz, metrics, readyz
from ringback.web.hooks import HookLines, hook
from ringback.web.limits import Gate
from ringback.web.live import Feed
from ringback.web.security import SecurityHeaders
from ringback.workflows.context import Context

log = structlog.get_logger()

OpenContext = Callable[[], AbstractAsyncContextManager[Context]]


def create_app(open_context: OpenContext) -> FastAPI:
    """Return the application; it opens its Context when it starts and closes it when it stops."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with open_context() as context:
            app.state.context = context
            app.state.hook_lines = HookLines(context)
            async with Feed.running(context) as feed:
                app.state.feed = feed
                yield

    routes: list[BaseRoute] = [
        Route("/hooks/{hook_key}/{what}", hook, methods=["POST", "GET"]),
        Route("/healthz", healthz),
        Route("/readyz", readyz),
        Route("/metrics", metrics),
        *site.ROUTES,
    ]
    app = FastAPI(
        title="Ringback",
        version="1",
        lifespan=lifespan,
        routes=routes,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
    )
    app.include_router(api.router)
    api.install_problems(app)
    pages.install_errors(app)
    app.add_middleware(Gate)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(GZipMiddleware, minimum_size=600)
    return app
