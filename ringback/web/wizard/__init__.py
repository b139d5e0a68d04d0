"""From nothing to a text on a phone: the set-up, step by step."""

from starlette.routing import BaseRoute

ROUTES: list[BaseRoute] = []
