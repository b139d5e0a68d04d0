"""Pages for people: sign-in, calls, threads, call-backs."""

from starlette.applications import Starlette
from starlette.routing import BaseRoute

ROUTES: list[BaseRoute] = []


def install_errors(app: Starlette) -> None:
    """Let errors answer with a page that says what happened."""
