"""Several businesses looked after by one company, contacts brought along, and who changed what."""

from starlette.routing import BaseRoute

ROUTES: list[BaseRoute] = []
