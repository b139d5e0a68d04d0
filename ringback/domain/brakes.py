"""How many texts may go out in an hour and a day: by caller, line, business, beginning of the number and country."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from uuid import UUID

from ringback.domain.business import Business
from ringback.domain.phones import Phone, PhoneKind, parse_phone

# A premium, shared-cost or satellite number is never rung, whatever country it is of.
_RUNG = frozenset({PhoneKind.TEXTABLE, PhoneKind.LANDLINE, PhoneKind.TOLL_FREE})
# Numbers of one block are rented together: pumping comes from a few thousand numbers that share all but four digits.
_BLOCK_DIGITS = 4
# Callers who have texted or booked get a quarter more: a flood of strangers must not shut them out.
_KNOWN_PERCENT = 125


class Scope(StrEnum):
    """What a limit counts by. The order is that in which the database locks their counters."""

    BUSINESS = "business"
    LINE = "line"
    COUNTRY = "country"
    PREFIX = "prefix"
    CALLER = "caller"
    MODEL_BUSINESS = "model_business"
    MODEL_CALLER = "model_caller"
    MODEL_THREAD = "model_thread"


@dataclass(frozen=True, slots=True)
class Place:
    """One counter and how far it may go; None: no limit of that length. An hour is counted over the last 60 minutes."""

    scope: Scope
    subject: str
    an_hour: int | None
    a_day: int | None


@dataclass(frozen=True, slots=True)
class Limits:
    """Every limit on first texts with what is left out filled in; `country_*` holds for countries abroad."""

    business_an_hour: int
    business_a_day: int
    line_an_hour: int
    line_a_day: int
    prefix_an_hour: int
    prefix_a_day: int
    country_an_hour: int
    country_a_day: int
    caller_an_hour: int
    caller_a_day: int


def limits_of(business: Business) -> Limits:
    """Return the limits that hold, with those that the owner left out."""
    policy, brakes = business.policy, business.brakes
    business_an_hour = policy.per_business_an_hour
    business_a_day = _or(brakes.per_business_a_day, 10 * business_an_hour)
    # A small town has one or two blocks of numbers, so a quarter of everybody still lets its people through.
    prefix_an_hour = _or(brakes.per_prefix_an_hour, -(-business_an_hour // 4))
    country_an_hour = _or(brakes.per_country_an_hour, -(-business_an_hour // 4))
    return Limits(
        business_an_hour=business_an_hour,
        business_a_day=business_a_day,
        line_an_hour=policy.per_line_an_hour,
        line_a_day=_or(brakes.per_line_a_day, 10 * policy.per_line_an_hour),
        prefix_an_hour=prefix_an_hour,
        prefix_a_day=_or(brakes.per_prefix_a_day, 4 * prefix_an_hour),
        country_an_hour=country_an_hour,
        country_a_day=_or(brakes.per_country_a_day, 4 * country_an_hour),
        caller_an_hour=brakes.per_caller_an_hour,
        caller_a_day=brakes.per_caller_a_day,
    )


def _or(own: int | None, usual: int) -> int:
    return usual if own is None else own


def first_text_places(business: Business, line_id: UUID, phone: Phone, *, is_known: bool) -> tuple[Place, ...]:
    """Return the places that a text-back takes, in the order in which they are locked."""
    limits, country, number = limits_of(business), phone.country, phone.e164 or phone.raw
    abroad = country is not None and country != business.country
    places = (
        Place(Scope.BUSINESS, "", limits.business_an_hour, limits.business_a_day),
        Place(Scope.LINE, str(line_id), limits.line_an_hour, limits.line_a_day),
        # At home the limit of the whole business is the country's.
        *((Place(Scope.COUNTRY, country, limits.country_an_hour, limits.country_a_day),) if country and abroad else ()),
        Place(Scope.PREFIX, prefix_of(number), limits.prefix_an_hour, limits.prefix_a_day),
    )
    known = tuple(_for_known(place) for place in places) if is_known else places
    return (*known, caller_place(business, number))


def caller_place(business: Business, phone: str) -> Place:
    """Return the place that any automatic text to a contact takes."""
    brakes = business.brakes
    return Place(Scope.CALLER, phone, brakes.per_caller_an_hour, brakes.per_caller_a_day)


def prefix_of(phone: str) -> str:
    """Return the block a number belongs to: all of it but the last four digits."""
    return phone[:-_BLOCK_DIGITS]


def for_known(limit: int) -> int:
    """Return a limit as it holds for callers who have texted or booked before."""
    return -(-limit * _KNOWN_PERCENT // 100)


def _for_known(place: Place) -> Place:
    hour, day = place.an_hour, place.a_day
    return Place(
        place.scope,
        place.subject,
        None if hour is None else for_known(hour),
        None if day is None else for_known(day),
    )


def model_places(business: Business, thread_id: UUID, phone: str) -> tuple[Place, ...]:
    """Return the counters that tokens of a model are taken from."""
    brakes = business.brakes
    return (
        Place(Scope.MODEL_BUSINESS, "", None, brakes.model_tokens_a_day),
        Place(Scope.MODEL_CALLER, phone, None, brakes.model_tokens_per_caller_a_day),
        Place(Scope.MODEL_THREAD, str(thread_id), None, brakes.model_tokens_per_thread_a_day),
    )


def may_ring(business: Business, phone: str) -> bool:
    """Return whether staff may be connected with this number: of an allowed country, and never one that costs extra."""
    return _may_be_rung(parse_phone(phone, business.country, ring_countries(business)))


def ring_countries(business: Business) -> frozenset[str]:
    """Return the countries that may be rung; empty: those that `parse_phone` takes for near."""
    return frozenset(business.brakes.ring_countries or business.text_countries)


# Asked for each phone of each incoming call.
@lru_cache(maxsize=1024)
def may_ring_staff(phone: str, country: str) -> bool:
    """Return whether a phone of the staff may be rung: the owner put it there, so any country, but nothing premium."""
    found = parse_phone(phone, country)
    return found.e164 is not None and found.kind in (*_RUNG, PhoneKind.FOREIGN)


def _may_be_rung(phone: Phone) -> bool:
    return phone.e164 is not None and phone.kind in _RUNG


# Above these only whoever runs the installation may go: a hacked page must not open the tap.
OWNERS_MOST = {
    "per_line_an_hour": 600,
    "per_business_an_hour": 2_000,
    "per_caller_an_hour": 200,
    "per_caller_a_day": 1_000,
    "per_line_a_day": 6_000,
    "per_business_a_day": 20_000,
    "per_prefix_an_hour": 500,
    "per_prefix_a_day": 5_000,
    "per_country_an_hour": 500,
    "per_country_a_day": 5_000,
    "model_tokens_per_thread_a_day": 500_000,
    "model_tokens_per_caller_a_day": 500_000,
    "model_tokens_a_day": 20_000_000,
}
