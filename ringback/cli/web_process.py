"""`ringback web`: one process that answers HTTP."""

import uvicorn

from ringback.cli.logs import set_up_logs
from ringback.cli.secrets import need_sealer
from ringback.settings import Settings
from ringback.web.connections import connection_options
from ringback.wiring.site import web_app


def run_web(settings: Settings) -> None:
    """Serve HTTP until a signal comes."""
    set_up_logs(settings)
    need_sealer(settings)
    config = uvicorn.Config(
        web_app(settings),
        host=settings.host,
        port=settings.port,
        loop="uvloop",
        access_log=False,
        log_level="warning",
        # Its own handlers would write an error out in full, with the row of a caller in it.
        log_config=None,
        # An open live feed would otherwise hold up the exit for ever.
        timeout_graceful_shutdown=5,
        forwarded_allow_ips=settings.proxies,
        **connection_options(),
    )
    uvicorn.Server(config).run()
