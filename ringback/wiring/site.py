"""The web application of an installation; a module of its own, so that a worker does not load the web."""

from fastapi import FastAPI

from ringback.settings import Settings
from ringback.web.app import create_app
from ringback.wiring import open_context


def web_app(settings: Settings) -> FastAPI:
    """Return the web application of this installation."""
    return create_app(lambda: open_context(settings))
