"""Who answers what: rules, on-call, targets, who is away."""

from starlette.routing import BaseRoute

from ringback.web.pages.roles import Role
from ringback.web.pages.visits import page_route
from ringback.web.routing import away, changing, rule_form, showing

ROUTES: list[BaseRoute] = [
    page_route("/routing", showing.show_routing),
    page_route("/routing/policy", changing.save_policy, "POST", Role.OWNER),
    page_route("/routing/rules/{number}", rule_form.show_rule, "GET", Role.OWNER),
    page_route("/routing/rules/{number}", rule_form.save_rule, "POST", Role.OWNER),
    page_route("/routing/rules/{number}/position", changing.move_rule, "POST", Role.OWNER),
    page_route("/routing/rules/{number}/removal", changing.remove_rule, "POST", Role.OWNER),
    page_route("/routing/roster", changing.add_duty, "POST", Role.OWNER),
    page_route("/routing/roster/{number}/removal", changing.remove_duty, "POST", Role.OWNER),
    page_route("/away", away.show_away),
    page_route("/away", away.go, "POST"),
    page_route("/away/end", away.end, "POST"),
]
