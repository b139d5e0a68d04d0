"""What the brakes hold, and letting it go."""

from starlette.routing import BaseRoute

from ringback.web.brakes import overview, releasing
from ringback.web.pages.roles import Role
from ringback.web.pages.visits import page_route

ROUTES: list[BaseRoute] = [
    page_route("/brakes", overview.show_brakes),
    page_route("/brakes/cap", releasing.raise_cap, "POST", Role.OWNER),
    page_route("/calls/{call_id}/text-anyway", releasing.release_call, "POST"),
]
