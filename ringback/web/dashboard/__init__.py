"""What the product brought and what leaks, with the rows behind every figure."""

from starlette.routing import BaseRoute

ROUTES: list[BaseRoute] = []
