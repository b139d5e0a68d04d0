"""The law on texts, for people: may we text this number now, and every rule with its citation."""

from starlette.routing import BaseRoute

from ringback.web.law import asking, listing
from ringback.web.pages.roles import Role
from ringback.web.pages.visits import page_route

ROUTES: list[BaseRoute] = [
    page_route("/law", asking.show_form),
    # A question changes nothing; it is posted so that no number stands in an address or a log.
    page_route("/law", asking.answer, "POST", Role.VIEWER),
    page_route("/law/rules", listing.show_rules),
]
