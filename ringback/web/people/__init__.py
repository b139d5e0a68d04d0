"""Who works here: sign-in, passkeys, invitations, sessions, businesses to switch between."""

from starlette.routing import BaseRoute

ROUTES: list[BaseRoute] = []
