"""Calling a contact back with one tap."""

from starlette.routing import BaseRoute

ROUTES: list[BaseRoute] = []
