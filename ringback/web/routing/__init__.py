"""Who answers what: rules, on-call, targets, who is away."""

from starlette.routing import BaseRoute

ROUTES: list[BaseRoute] = []
