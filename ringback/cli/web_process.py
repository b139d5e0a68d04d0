"""`ringback web`: one process that answers HTTP."""

import uvicorn

from ringback.cli.logs import set_up_logs
from ringback.settings import Settings
from ringback.wiring.site import web_app


def run_web(settings: Settings) -> None:
    """Serve HTTP until a signal comes."""
    set_up_logs(settings)
    config = uvicorn.Config(
        web_app(settings),
        host=settings.host,
        port=settings.port,
        loop="uvloop",
        http="httptools",
        access_log=False,
        log_level="warning",
        # An open live feed would otherwise hold up the exit for ever.
        timeout_graceful_shutdown=5,
        server_header=False,
    )
    uvicorn.Server(config).run()
