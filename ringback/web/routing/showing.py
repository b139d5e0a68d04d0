"""Who answers? The page of rules, targets, ladder and roster, with a trial: "who would get this?"."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from starlette.responses import Response

from ringback.domain.away import at_local
from ringback.domain.business import Business, RoutingPolicy
from ringback.domain.business_file import write_business_file
from ringback.domain.hours import minute_of
from ringback.domain.routing import Waiting, choose_owner, on_call, reply_due_at, rungs_of
from ringback.store import away, routing
from ringback.web.pages.roles import Role, role_of
from ringback.web.pages.visits import Desk, Visit
from ringback.workflows.settings import print_of

_MET_SINCE = timedelta(days=30)
_POLICY = ("target_minutes", "step_minutes", "outside_hours", "backup", "confirm_relay")
_DUTY = ("staff", "first_on", "last_on", "every_weeks")

# The fields of a form, each with all that was sent under its name.
Fields = dict[str, tuple[str, ...]]


async def show_routing(visit: Visit) -> Response:
    """Show who answers what."""
    async with visit.desk() as desk:
        return await routing_page(visit, desk)


async def routing_page(
    visit: Visit,
    desk: Desk,
    problems: Mapping[str, str] | None = None,
    typed: Fields | None = None,
    status: int = 200,
) -> Response:
    """Return the page; `problems` by field and `typed` are of a form that was refused."""
    business, now = desk.business, desk.now
    shown = {
        "may_change": role_of(visit.signed_in) >= Role.OWNER,
        "seen": seen_of(business),
        "policy": business.routing,
        "on_call": on_call(business, now),
        "away": await away.list_away(desk.connection, desk.business_id, now),
        "share": await routing.share_met(desk.connection, desk.business_id, now - _MET_SINCE, now),
        "problems": problems or {},
        "given": _policy_form(business.routing, typed or {}),
        "duty": {name: (typed or {}).get(name, ("",))[-1] for name in _DUTY},
        "duty_days": (typed or {}).get("days", ()),
        "trial": try_out(business, visit.request.query_params, now),
        "asked": {name: visit.request.query_params.get(name, "") for name in ("line", "words", "service", "on", "at")},
    }
    return await visit.page(desk, "routing/routing.html", status, **shown)


def _policy_form(policy: RoutingPolicy, typed: Fields) -> dict[str, Any]:
    """What was typed where this form was refused, else how it stands; an unticked box is not sent at all."""
    if "target_minutes" not in typed:
        return {name: getattr(policy, name) for name in _POLICY}
    return {name: typed.get(name, ("",))[-1] for name in _POLICY}


def seen_of(business: Business) -> str:
    """Return the mark of the routing that a form was made from."""
    return print_of(write_business_file(business)["routing"])


def try_out(business: Business, asked: Mapping[str, str], now: datetime) -> dict[str, Any] | None:
    """Return who would get a text, why, until when, and who is told after them; None where nothing was asked."""
    if "words" not in asked:
        return None
    at = _instant(business, asked, now)
    waiting = Waiting(asked.get("line", ""), (asked["words"][:2000],), asked.get("service") or None)
    owner = choose_owner(business, waiting, at)
    rungs = rungs_of(business, owner.staff.staff_id if owner.staff else None, at)
    return {"at": at, "owner": owner, "due_at": reply_due_at(business, at), "rungs": [rung for rung in rungs if rung]}


def _instant(business: Business, asked: Mapping[str, str], now: datetime) -> datetime:
    """The local day and time of a trial; what is no time is now."""
    try:
        on = date.fromisoformat(asked.get("on", ""))
        hour, minute = divmod(minute_of(asked.get("at", "")), 60)
        return at_local(on, hour % 24, minute, business.zone)
    except (ValueError, OverflowError):
        return now
