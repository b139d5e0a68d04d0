"""Assemble the phone company: REST API, control API and test phone under one port."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from socket import socket
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from ringback.sandbox.api.asking import ROOT, not_found
from ringback.sandbox.api.routes import TRANSPORT, api_routes
from ringback.sandbox.company import Company
from ringback.sandbox.control import control_routes
from ringback.sandbox.pages import page_routes
from ringback.sandbox.settings import SandboxSettings


def create_app(settings: SandboxSettings | None = None) -> Starlette:
    """Return the ASGI app; its `state.company` exists while the app runs."""
    chosen = settings or SandboxSettings()

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        # Made inside the running loop, which its locks and events belong to.
        app.state.company = Company(chosen)
        yield
        await app.state.company.close()

    nothing = Route(ROOT + "/{rest:path}", _nothing_here, methods=["GET", "POST", "DELETE"])
    routes: list[BaseRoute] = [*api_routes(), nothing, *control_routes(), *page_routes()]
    return Starlette(routes=routes, lifespan=lifespan)


async def _nothing_here(request: Request) -> Response:
    return not_found(request.url.path).response()


class ResettableProtocol(HttpToolsProtocol):
    """Hands the connection to the app, so that the reset faults can tear it down."""

    def on_message_begin(self) -> None:
        """Start a request with the transport in its scope."""
        # The place where the server makes the scope; there is no official way to the transport.
        super().on_message_begin()
        self.scope["extensions"] = {TRANSPORT: self.transport}  # type: ignore[dict-item]


class SandboxServer(uvicorn.Server):
    """Ends the event streams of open pages before it waits for connections to finish."""

    def __init__(self, app: Starlette, **options: Any) -> None:
        # The API dates its own answers, by the company's clock.
        own: dict[str, Any] = {"http": ResettableProtocol, "access_log": False, "date_header": False}
        super().__init__(uvicorn.Config(app, **own, **options))
        self._app = app

    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        """Stop serving."""
        self._app.state.company.events.close()
        await super().shutdown(sockets)


def server(settings: SandboxSettings, host: str = "127.0.0.1", port: int = 0) -> SandboxServer:
    """Return a server ready to run; port 0 takes a free one."""
    # A request that hangs on purpose must not keep the process alive.
    options = {"log_level": "warning", "timeout_graceful_shutdown": 1}
    return SandboxServer(create_app(settings), host=host, port=port, **options)


def run(host: str = "127.0.0.1", port: int = 8401, speed: float | None = None, config: Path | None = None) -> None:
    """Serve until interrupted; `config` is a JSON file in the shape of SandboxSettings, `speed` wins over it."""
    settings = SandboxSettings.load(config) if config else SandboxSettings()
    reachable = "127.0.0.1" if host == "0.0.0.0" else host  # noqa: S104 - compared, not bound
    chosen = replace(
        settings,
        public_url=settings.public_url or f"http://{reachable}:{port}",
        speed=settings.speed if speed is None else speed,
    )
    server(chosen, host, port).run()
