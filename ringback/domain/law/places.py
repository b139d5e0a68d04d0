"""Where a contact and a business are, as far as we know: the jurisdictions whose rules hold, and the time zones."""

import re
from dataclasses import dataclass

import phonenumbers
from phonenumbers import PhoneNumber, timezone

from ringback.domain.business import Business
from ringback.domain.law.files import texting_rules
from ringback.domain.law.states import STATES, state_of_number, states_of_address, zones_of_address
from ringback.domain.phrases import Phrase, phrase

# What stands for every place whose rules we have not read: the strictest pack.
UNKNOWN = "XX"


@dataclass(frozen=True, slots=True)
class Place:
    """One jurisdiction ("US-FL", "GB") that may apply, the zones that its time may be read in, and how we know.

    Without `zones` the jurisdiction's own outermost ones hold. `is_sure`: somebody gave it as their address.
    """

    jurisdiction: str
    zones: tuple[str, ...]
    why: Phrase
    is_sure: bool = False


def places_of_contact(phone: str, address: str | None, country: str) -> tuple[Place, ...]:
    """Return where a contact may be: by their address, else by their number; an unknown place where neither says."""
    by_address = _places_of_address(address, country, phrase("The contact's address"))
    if by_address:
        return by_address
    found = _place_of_phone(phone)
    return (found,) if found else (Place(UNKNOWN, (), phrase("The number does not tell where it is")),)


def places_of_business(business: Business) -> tuple[Place, ...]:
    """Return where a business is: by its address, else by its first line; else only in its country."""
    zones = (business.zone,)
    by_address = _places_of_address(business.address, business.country, phrase("The business's address"))
    if by_address:
        return tuple(Place(place.jurisdiction, zones, place.why, is_sure=True) for place in by_address)
    lines = (_place_of_phone(line.number) for line in business.lines)
    own = next((place for place in lines if place and _country(place.jurisdiction) == business.country), None)
    if own is not None:
        return (Place(own.jurisdiction, zones, phrase("The business's own number")),)
    return (Place(business.country, zones, phrase("The business's country")),)


def _country(jurisdiction: str) -> str:
    return jurisdiction[:2]


# The shape of a postcode, and what a country is called behind one.
_POSTCODES = {
    "CA": (r"[ABCEGHJ-NPR-TVXY]\d[A-Z] ?\d[A-Z]\d", "CANADA"),
    "GB": (r"[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}", "UK|UNITED KINGDOM|ENGLAND|SCOTLAND|WALES|NORTHERN IRELAND"),
    "IE": (r"(?:[AC-FHKNPRTV-Y]\d\d|D6W) ?(?!\d{4})[AC-FHKNPRTV-Y\d]{4}", "IRELAND"),
}
# Abroad only at the end: "Apt B2 3rd floor" has the shape of a British code, "C12 Park Avenue" of an Irish one.
_AT_HOME = {country: re.compile(rf"\b{code}\b") for country, (code, _) in _POSTCODES.items()}
_ABROAD = {
    country: re.compile(rf"\b{code}(?:,?\s*(?:{names}))?[\s.]*$") for country, (code, names) in _POSTCODES.items()
}


def _places_of_address(address: str | None, country: str, why: Phrase) -> tuple[Place, ...]:
    if not address:
        return ()
    # Five digits are a postcode in Spain and Mexico too: only who is at home in the US means a ZIP by them.
    states = states_of_address(address) if country == "US" else ()
    if states:
        return tuple(Place(f"US-{state}", zones_of_address(address, state), why, is_sure=True) for state in states)
    shapes = {**_ABROAD, country: _AT_HOME[country]} if country in _AT_HOME else _ABROAD
    elsewhere = next((name for name, shape in shapes.items() if shape.search(address.upper())), None)
    return (Place(elsewhere, (), why, is_sure=True),) if elsewhere else ()


def _place_of_phone(phone: str) -> Place | None:
    try:
        number = phonenumbers.parse(phone)
    except phonenumbers.NumberParseException:
        return None
    found = state_of_number(number)
    if found is not None:
        state, zones = found
        return Place(f"US-{state}", zones or _zones(number) or STATES[state][1], phrase("The area code"))
    country = phonenumbers.region_code_for_number(number)
    # Toll-free numbers and the like: American on paper, and nobody knows where.
    if country is None or country in ("US", "001"):
        return None
    # The islands around Great Britain share its numbers, and mobiles of one are listed under another.
    country = "GB" if country in ("GG", "JE", "IM") else country
    return Place(country, _zones(number, country), phrase("The country of the number"))


def _zones(number: PhoneNumber, country: str = "US") -> tuple[str, ...]:
    """Return the zones a number may be in; none where a rule file names the outermost ones of its country."""
    names = tuple(timezone.time_zones_for_number(number))
    # A mobile of a large country may be anywhere in it. +1 is more than a country: its whole list leaves no day.
    has_outermost = country in texting_rules() or number.country_code == 1
    return () if "Etc/Unknown" in names or (has_outermost and len(names) > 2) else names
