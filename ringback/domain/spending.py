"""What a text or a call is likely to cost, what a day may cost, and who may use how much of it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from ringback.domain.business import Business
from ringback.domain.messages import Purpose
from ringback.domain.phones import parse_phone

MILLICENTS = 1000

# What the tables below rest on; a change of theirs changes this too (a test asks for it).
PRICES_AS_OF = date(2026, 11, 21)
PRICES_SOURCE = (
    "US and Canada: Twilio's list price of 0.83 US cents a segment and carriers' fees of up to 0.62 "
    "(budgetforge.dev/tools/twilio-sms-pricing-2026, 5 July 2026). Other countries: no list price could be read; "
    "set high on purpose, so that a cap is reached too early rather than too late."
)
# In thousandths of a US cent for one segment.
_SEGMENT = {
    "US": 1_500,
    "CA": 1_500,
    "PR": 5_000,
    "GB": 6_000,
    "IE": 11_000,
    "ES": 11_000,
    "AU": 7_000,
    "NZ": 13_000,
    "MX": 8_000,
}
_SEGMENT_ELSEWHERE = 30_000
# For one minute of one leg, and for one look-up of a number.
_MINUTE = {"US": 1_500, "CA": 1_500}
_MINUTE_ELSEWHERE = 15_000
_LOOK_UP = 1_000
# What a US dollar is in the owner's currency, rounded up: in hundredths, so that money stays whole.
_RATES = {"CA": 150, "GB": 100, "IE": 100, "ES": 100, "AU": 165, "NZ": 185, "MX": 2_200}
# The default cap, in US cents, for a business with the default limit of 200 first texts an hour.
_USUAL_CAP_CENTS = 2_000
_USUAL_PER_BUSINESS = 200
# An owner may set up to so many times the usual cap; above it, only whoever runs the installation.
_OWNERS_MOST = 10


class Share(StrEnum):
    """Whose money a text is; each may use the day's cap up to its own mark, and the last part is for people alone."""

    STRANGER = "stranger"
    AUTOMATIC = "automatic"
    EMERGENCY = "emergency"
    PERSON = "person"


# Percent of the cap. Automation stops first, so that a person is never cut off by it.
SHARES = {Share.STRANGER: 60, Share.AUTOMATIC: 80, Share.EMERGENCY: 90, Share.PERSON: 100}


@dataclass(frozen=True, slots=True)
class Cost:
    """What a text takes from a day's money: thousandths of a cent, the local day, when that ends, its cap and share."""

    millicents: int
    day_on: date
    ends_at: datetime
    cap_millicents: int
    percent: int


def share_of(purpose: Purpose, *, is_known: bool) -> Share:
    """Return whose money a text of this purpose is; `is_known`: the contact has texted us or booked before."""
    match purpose:
        case Purpose.REPLY:
            return Share.PERSON
        case Purpose.ALERT:
            return Share.EMERGENCY
        case Purpose.TEXT_BACK if not is_known:
            return Share.STRANGER
        case _:
            return Share.AUTOMATIC


def text_cost(business: Business, country: str | None, segments: int, share: Share, at: datetime) -> Cost:
    """Return what a text to a number of this country takes from the day on which it goes out."""
    return cost(business, segments * segment_millicents(business, country), share, at)


def cost(business: Business, millicents: int, share: Share, at: datetime) -> Cost:
    """Return an amount as what it takes from the local day of an instant."""
    day_on, ends_at = local_day(business.zone, at)
    return Cost(millicents, day_on, ends_at, cap_cents(business) * MILLICENTS, SHARES[share])


def segment_millicents(business: Business, country: str | None) -> int:
    """Return the price of one segment to a country: the owner's own for the home country, else the table's."""
    own = business.brakes.segment_millicents
    if own is not None and country == business.country:
        return own
    return _in_own_currency(business, _SEGMENT.get(country or "", _SEGMENT_ELSEWHERE))


def call_millicents(business: Business, phone: str, seconds: int) -> int:
    """Return the price of a call that we place: two legs, in started minutes."""
    minutes, own = -(-seconds // 60), business.brakes.call_minute_millicents
    country = parse_phone(phone, business.country).country or ""
    theirs = own if own is not None else _in_own_currency(business, _MINUTE.get(country, _MINUTE_ELSEWHERE))
    home = _MINUTE.get(business.country, _MINUTE_ELSEWHERE)
    return minutes * (theirs + (own if own is not None else _in_own_currency(business, home)))


def look_up_millicents(business: Business) -> int:
    """Return the price of asking a provider about one number."""
    return _in_own_currency(business, _LOOK_UP)


def _in_own_currency(business: Business, us_millicents: int) -> int:
    return -(-us_millicents * _RATES.get(business.country, 100) // 100)


def usual_cap_cents(business: Business) -> int:
    """Return the cap of a business that set none: as much as its hourly limit of first texts is above the usual one.

    Whoever raised that limit has said that they text much; a cap that ignored it would stop them at noon.
    """
    times = max(business.policy.per_business_an_hour, _USUAL_PER_BUSINESS)
    return _in_own_currency(business, _USUAL_CAP_CENTS * times // _USUAL_PER_BUSINESS)


def cap_cents(business: Business) -> int:
    """Return what texts and calls of one day may cost."""
    own = business.brakes.cap_cents_a_day
    return usual_cap_cents(business) if own is None else own


def owners_most_cap_cents(business: Business) -> int:
    """Return the highest cap that an owner may set, or reach by raising today's."""
    return _OWNERS_MOST * _in_own_currency(business, _USUAL_CAP_CENTS)


def local_day(zone: str, at: datetime) -> tuple[date, datetime]:
    """Return the day where the business is, and the instant at which it ends."""
    day = at.astimezone(ZoneInfo(zone)).date()
    midnight = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone))
    return day, midnight.astimezone(at.tzinfo)
