"""Whether the routing of a business file holds together: its names lead somewhere, its days come in order."""

from ringback.domain.business import Business
from ringback.domain.business_reading import Problems, refuse_unknown


def check_routing(business: Business, problems: Problems) -> None:
    """Add what is wrong between the routing and the people, lines and services that it names."""
    if problems.broken & {"routing", "staff"}:
        return
    names = [person.name for person in business.staff]
    backup = [business.routing.backup] if business.routing.backup else []
    refuse_unknown("routing.backup", "staff member", backup, names, problems)
    _check_rules(business, names, problems)
    _check_roster(business, names, problems)


def _check_rules(business: Business, names: list[str], problems: Problems) -> None:
    labels = [line.label for line in business.lines]
    services = [service.name for service in business.services]
    for index, rule in enumerate(business.routing.rules):
        place = f"routing.rules[{index}]"
        if not rule.staff and not rule.on_call:
            problems.add(place, "names nobody; write staff or on_call = true")
        refuse_unknown(f"{place}.staff", "staff member", rule.staff, names, problems)
        if "lines" not in problems.broken:
            refuse_unknown(f"{place}.lines", "line with the label", rule.lines, labels, problems)
        if "services" not in problems.broken:
            refuse_unknown(f"{place}.services", "service", rule.services, services, problems)


def _check_roster(business: Business, names: list[str], problems: Problems) -> None:
    for index, duty in enumerate(business.routing.roster):
        place = f"routing.roster[{index}]"
        refuse_unknown(f"{place}.staff", "staff member", [duty.staff], names, problems)
        # Without a first week nobody could say which weeks are meant.
        if duty.every_weeks > 1 and duty.first_on is None:
            problems.add(f"{place}.first_on", "is missing; every_weeks counts from it")
        if duty.first_on and duty.last_on and duty.last_on < duty.first_on:
            problems.add(f"{place}.last_on", "is before first_on")
