"""Quiet hours: when an automatic text that answers nothing may reach a contact (PRODUCT 7.2).

A stand-in until the rule data with citations is here: 8 in the morning to 9 in the evening (47 CFR 64.1200(c)(1)) in
every zone the contact may be in, and inside the hours the owner allows for texts.
"""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import phonenumbers
from phonenumbers import timezone

from ringback.domain.business import Business

_FIRST, _LAST = time(8), time(21)
_STEP = timedelta(minutes=5)


def allowed_at(business: Business, phone: str, at: datetime) -> datetime:
    """Return the first instant from `at` on that is inside the allowed hours; looks no further than two days."""
    zones = [ZoneInfo(business.zone), *zones_of_phone(phone)]
    step = at
    while step - at < timedelta(days=2):
        if _is_allowed(business, zones, step):
            return step
        step = _next_step(step)
    # Windows of distant zones may meet nowhere: then the business's own is what remains.
    return allowed_at(business, "", at) if len(zones) > 1 else at


def last_allowed_before(business: Business, phone: str, at: datetime) -> datetime | None:
    """Return the last instant before `at` inside the allowed hours, or None where a day back has none."""
    zones = [ZoneInfo(business.zone), *zones_of_phone(phone)]
    step = at - _STEP
    while at - step < timedelta(days=1):
        if _is_allowed(business, zones, step):
            return step
        step -= _STEP
    return None


def zones_of_phone(phone: str) -> list[ZoneInfo]:
    """Return the time zones a number (E.164) may be in, by its area code; none where nothing is known."""
    try:
        names = timezone.time_zones_for_number(phonenumbers.parse(phone))
        # A mobile of a large country may be anywhere in it: a whole list would leave no hour of the day.
        return [ZoneInfo(name) for name in names] if len(names) <= 2 else []
    except (phonenumbers.NumberParseException, ZoneInfoNotFoundError):
        return []


def _next_step(at: datetime) -> datetime:
    # On the grid, so that a text is due at 8:00 and not at 8:03.
    return datetime.fromtimestamp((at.timestamp() // 300 + 1) * 300, UTC)


def _is_allowed(business: Business, zones: list[ZoneInfo], at: datetime) -> bool:
    if not all(_FIRST <= at.astimezone(zone).time() < _LAST for zone in zones):
        return False
    policy = business.policy
    if policy.not_before is None or policy.not_after is None:
        return True
    first, last = time.fromisoformat(policy.not_before), time.fromisoformat(policy.not_after)
    clock = at.astimezone(ZoneInfo(business.zone)).time()
    return first <= clock < last if first <= last else clock >= first or clock < last
