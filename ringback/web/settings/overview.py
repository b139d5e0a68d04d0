"""Everything that can be set, in the order in which a business needs it, with how it stands."""

from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from ringback.domain.business import Business
from ringback.domain.phrases import Phrase, phrase
from ringback.web.pages.roles import Role, role_of
from ringback.web.pages.visits import Visit
from ringback.web.settings.brakes_form import BRAKES
from ringback.web.settings.business_forms import BUSINESS, HOURS, LINES, RESOURCES, SPECIAL_DAYS, STAFF
from ringback.web.settings.forms import Form
from ringback.web.settings.lookup_form import NUMBER_LOOKUP
from ringback.web.settings.offering_forms import FACTS, SERVICES
from ringback.web.settings.text_forms import BOOKING, RECEPTIONIST, RULES, TEXT_BACK, WORDINGS


@dataclass(frozen=True, slots=True)
class Link:
    """A page of another area that people look for here."""

    path: str
    title: Phrase
    about: Phrase
    least: Role = Role.VIEWER


_REGISTRATION = Link(
    "/registration",
    phrase("Registration"),
    phrase("Whether carriers let your numbers text, and what they ask for"),
    Role.OWNER,
)

_LAW = Link("/law", phrase("May we text this number now?"), phrase("Quiet hours and limits by law, with citations"))

_BRAKES = Link("/brakes", phrase("What the brakes hold"), phrase("Today's costs and counts, and letting texts go"))

_HOOKS = Link(
    "/outgoing-hooks", phrase("Outgoing hooks"), phrase("Your own programs are told what happens here"), Role.OWNER
)

# In the order of a caller's way: the business, the missed call, who answers, what is sold.
_GROUPS: tuple[tuple[Phrase, tuple[Form | Link, ...]], ...] = (
    (phrase("The business"), (BUSINESS, HOURS, SPECIAL_DAYS, LINES, _REGISTRATION, STAFF, _HOOKS)),
    (phrase("When a call is missed"), (TEXT_BACK, WORDINGS, RULES, NUMBER_LOOKUP, _LAW, BRAKES, _BRAKES)),
    (
        phrase("Who answers"),
        (
            Link("/routing", phrase("Who owns the reply"), phrase("Routing, how soon, and who is told next")),
            Link("/me/notices", phrase("Your alerts"), phrase("How you are told, and your quiet hours")),
        ),
    ),
    (phrase("The receptionist"), (RECEPTIONIST, FACTS)),
    (
        phrase("Services and bookings"),
        (
            SERVICES,
            BOOKING,
            RESOURCES,
            Link(
                "/dashboard/values",
                phrase("What a job is worth"),
                phrase("For the figures of the dashboard"),
                Role.OWNER,
            ),
        ),
    ),
)


async def show_overview(visit: Visit) -> Response:
    """List every page of the settings."""
    async with visit.desk() as desk:
        role = role_of(visit.signed_in)
        groups = [
            (title, [_row(each, desk.business) for each in pages if _may_see(each, role)]) for title, pages in _GROUPS
        ]
        may_change = role >= Role.OWNER
        return await visit.page(desk, "settings/overview.html", groups=groups, may_change=may_change)


def _may_see(page: Form | Link, role: Role) -> bool:
    return not isinstance(page, Link) or role >= page.least


def _row(page: Form | Link, business: Business) -> dict[str, Any]:
    # Other areas count their own.
    if isinstance(page, Link):
        return {"path": page.path, "title": page.title, "about": page.about, "count": None}
    counted = _COUNTED.get(page.slug)
    count = len(counted(business)) if counted else None
    return {"path": f"/settings/{page.slug}", "title": page.title, "about": page.about, "count": count}


_COUNTED: dict[str, Any] = {
    "lines": lambda business: business.lines,
    "staff": lambda business: business.staff,
    "special-days": lambda business: business.hours.holidays,
    "services": lambda business: business.services,
    "facts": lambda business: business.facts,
    "wordings": lambda business: business.wordings,
    "rules": lambda business: business.rules,
    "resources": lambda business: business.resources,
}
