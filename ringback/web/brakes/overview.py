"""The brakes on one page: what today may cost and has cost, how many texts went out, what is held and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from starlette.responses import Response

from ringback.domain.brakes import Limits, Scope, limits_of
from ringback.domain.business import Business
from ringback.domain.money import show_price
from ringback.domain.phones import show_phone
from ringback.domain.phrases import Phrase, phrase
from ringback.domain.spending import (
    MILLICENTS,
    SHARES,
    Cost,
    Share,
    cap_cents,
    cost,
    owners_most_cap_cents,
    segment_millicents,
)
from ringback.store import brakes
from ringback.store.brakes import SpendDay, Used
from ringback.web.pages.visits import Desk, Visit

_MOST_HELD = 50
_NEWS = {
    "raised": phrase("Today's limit is higher now. What was held before stays on your call-back list."),
    "most": phrase("Today's limit is as high as you can set it. Your agency, or whoever runs this, can go further."),
    "texted": phrase("The text is on its way."),
}


@dataclass(frozen=True, slots=True)
class Meter:
    """One counter against its limits."""

    name: str
    hour: int
    an_hour: int
    day: int
    a_day: int

    @property
    def is_full(self) -> bool:
        """Return whether nothing more goes out by it."""
        return self.hour >= self.an_hour or self.day >= self.a_day


async def show_brakes(visit: Visit) -> Response:
    """Show the brakes."""
    async with visit.desk() as desk:
        today = cost(desk.business, 0, Share.PERSON, desk.now)
        used = await brakes.list_used(desk.connection, desk.business_id, today.day_on, desk.now)
        shown: dict[str, Any] = {
            "money": await _money(desk, today),
            "meters": list(_meters(desk.business, used)),
            "shares": [(share.value, percent) for share, percent in SHARES.items()],
            "held": await _held(desk, today),
            "news": _NEWS.get(visit.request.query_params.get("done", "")),
        }
        return await visit.page(desk, "brakes/brakes.html", **shown)


async def _money(desk: Desk, today: Cost) -> dict[str, Any]:
    business, country = desk.business, desk.business.country
    day = await brakes.load_spend_day(desk.connection, desk.business_id, today.day_on)
    usual = cap_cents(business)
    cap = usual + day.raised // MILLICENTS
    return {
        "spent": show_price(-(-day.spent // MILLICENTS), country),
        "cap": show_price(cap, country),
        "usual": show_price(usual, country),
        "percent": _percent(day, cap),
        "is_held": day.told_at is not None,
        "ends_at": today.ends_at,
        "raised_by": day.raised_by,
        "may_be_raised": cap < max(owners_most_cap_cents(business), usual),
        "segment_cents": f"{segment_millicents(business, country) / MILLICENTS:g}",
    }


def _percent(day: SpendDay, cap: int) -> int:
    return 100 if cap == 0 else min(100, day.spent // (10 * cap))


def _meters(business: Business, used: list[Used]) -> Iterator[Meter]:
    limits = limits_of(business)
    found = {(one.scope, one.subject): one for one in used}
    yield _meter(found.get((Scope.BUSINESS, "")), say_scope(Scope.BUSINESS), _limits(limits, Scope.BUSINESS))
    for line in business.lines:
        one = found.get((Scope.LINE, str(line.line_id)))
        yield _meter(one, f"{line.label}, {show_phone(line.number, business.country)}", _limits(limits, Scope.LINE))
    for one in used:
        if one.scope in (Scope.PREFIX, Scope.COUNTRY, Scope.CALLER):
            yield _meter(one, _subject(business, one), _limits(limits, one.scope))


def _meter(used: Used | None, name: str, most: tuple[int, int]) -> Meter:
    return Meter(name, used.hour if used else 0, most[0], used.day if used else 0, most[1])


def _limits(limits: Limits, scope: Scope) -> tuple[int, int]:
    return getattr(limits, f"{scope.value}_an_hour"), getattr(limits, f"{scope.value}_a_day")


def _subject(business: Business, used: Used) -> str:
    match used.scope:
        case Scope.PREFIX:
            return f"{used.subject}****"
        case Scope.CALLER:
            return show_phone(used.subject, business.country)
        case _:
            return used.subject


def say_scope(scope: Scope) -> Phrase:
    """Return what people call a counter that has no name of its own."""
    return phrase("All lines") if scope is Scope.BUSINESS else phrase("Other")


async def _held(desk: Desk, today: Cost) -> dict[str, Any]:
    since = today.ends_at - timedelta(days=1)
    found = await brakes.count_held(desk.connection, desk.business_id, since)
    counts = {reason: found.get(reason, 0) for reason in ("over_cap", "over_brake", "robocall")}
    rows = await brakes.list_held(desk.connection, desk.business_id, since, _MOST_HELD)
    return {"counts": counts, "total": sum(counts.values()), "rows": rows}
