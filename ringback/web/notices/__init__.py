"""What reaches a phone: the installable app, its service worker, push, and answers from lock screens."""

from starlette.routing import BaseRoute

ROUTES: list[BaseRoute] = []
