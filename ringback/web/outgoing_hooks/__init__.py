"""Outgoing hooks: owners add addresses that are told what happens, and see what became of each delivery."""

from starlette.routing import BaseRoute

from ringback.web.outgoing_hooks import changing, showing
from ringback.web.pages.roles import Role
from ringback.web.pages.visits import page_route

_ONE = "/outgoing-hooks/{hook_id}"

ROUTES: list[BaseRoute] = [
    page_route("/outgoing-hooks", showing.show_hooks, "GET", Role.OWNER),
    page_route("/outgoing-hooks", changing.add, "POST", Role.OWNER),
    page_route(_ONE, showing.show_hook, "GET", Role.OWNER),
    page_route(_ONE, changing.change, "POST", Role.OWNER),
    page_route(f"{_ONE}/switch", changing.switch, "POST", Role.OWNER),
    page_route(f"{_ONE}/secret", changing.renew, "POST", Role.OWNER),
    page_route(f"{_ONE}/removal", changing.remove, "POST", Role.OWNER),
    page_route(f"{_ONE}/tests", changing.send_test, "POST", Role.OWNER),
    page_route(f"{_ONE}/deliveries/{{delivery_id}}/again", changing.send_again, "POST", Role.OWNER),
]
