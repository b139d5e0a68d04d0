"""Openings as a page shows them: a week of days to choose from, and the starts of one of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from starlette.requests import Request

from ringback.domain.bookings import Opening
from ringback.web.pages.day_links import read_day, show_start

DAYS_ON_A_PAGE = 7
_WEEK = timedelta(days=DAYS_ON_A_PAGE)


@dataclass(frozen=True, slots=True)
class Week:
    """The days a page offers; `last_on` is the last that may be booked at all."""

    today: date
    first_on: date
    chosen_on: date | None
    last_on: date

    @property
    def days(self) -> tuple[date, date]:
        """Return the first and the last day on the page."""
        return self.first_on, min(self.last_on, self.first_on + timedelta(days=DAYS_ON_A_PAGE - 1))


def read_week(request: Request, now: datetime, zone: ZoneInfo, horizon_days: int) -> Week:
    """Return the week that an address asks for with `on` or `from`; today's where it asks for none."""
    today = now.astimezone(zone).date()
    last_on = today + timedelta(days=horizon_days)
    chosen, first = read_day(request, "on"), read_day(request, "from")
    # A day out of reach must not carry the sum of days below over the end of the calendar.
    chosen = None if chosen is None else min(max(chosen, today), last_on)
    # Weeks are counted from today, so that a day lies on the same page whichever way one comes to it.
    begin = first or (today if chosen is None else today + (chosen - today) // _WEEK * _WEEK)
    return Week(today, min(max(begin, today), last_on), chosen, last_on)


def show_week(
    week: Week,
    openings: Sequence[Opening],
    zone: ZoneInfo,
    week_link: Callable[..., str],
    start_link: Callable[..., str],
) -> dict[str, Any]:
    """Return what the list of openings shows; the first day with an opening is chosen where the visitor chose none."""
    days = [_show_day(on, openings, zone, (week, week_link, start_link)) for on in _days_of(week)]
    chosen = next((day for day in days if day["on"] == week.chosen_on), None)
    chosen = chosen or next((day for day in days if day["openings"]), days[0])
    first_on, last_on = week.days
    later, earlier = last_on + timedelta(days=1), first_on - _WEEK
    return {
        "days": days,
        "chosen": chosen,
        "later_link": week_link(**{"from": later}) if later <= week.last_on else None,
        "earlier_link": week_link(**{"from": max(earlier, week.today)}) if first_on > week.today else None,
    }


def _days_of(week: Week) -> list[date]:
    first_on, last_on = week.days
    return [first_on + timedelta(days=n) for n in range((last_on - first_on).days + 1)]


def _show_day(
    on: date, openings: Sequence[Opening], zone: ZoneInfo, links: tuple[Week, Callable[..., str], Callable[..., str]]
) -> dict[str, Any]:
    week, week_link, start_link = links
    local = [opening.starts_at.astimezone(zone) for opening in openings]
    return {
        "on": on,
        "openings": [
            {"local": at, "link": start_link(at=show_start(at.astimezone(UTC)))} for at in local if at.date() == on
        ],
        "link": week_link(**{"from": week.first_on, "on": on}),
    }
