"""The settings of a business, each form a part of its business file."""

from starlette.routing import BaseRoute

ROUTES: list[BaseRoute] = []
