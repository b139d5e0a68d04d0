"""Which law applies to a contact, and what it says of an instant: may a text go, when next, how often in a day.

The strictest of all that may apply wins: numbers are kept by people who move, so an area code alone proves nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from ringback.domain.business import Business
from ringback.domain.law.files import disclosure_rules, recording_rules, texting_rules
from ringback.domain.law.places import UNKNOWN, Place, places_of_business, places_of_contact
from ringback.domain.law.values import DisclosureRule, Grounds, RecordingRule, TextingRule
from ringback.domain.phrases import phrase

# Longer than any run of holidays and Sundays that a calendar has.
_LOOK_AHEAD = timedelta(days=14)
_UNREAD = phrase("No rule of this place is known to us, so the strictest holds")


class _Rule(Protocol):
    @property
    def grounds(self) -> Grounds: ...


_R = TypeVar("_R", bound=_Rule)


@dataclass(frozen=True, slots=True)
class Applied:
    """A jurisdiction that applies, and why. `rules` are its rules over time; `zones`, where it is read."""

    place: Place
    rules: tuple[TextingRule, ...]

    @property
    def zones(self) -> tuple[str, ...]:
        """Return the zones in which the contact may be, as far as this place tells."""
        return self.place.zones or self.rules[-1].zones

    def rule_on(self, on: date) -> TextingRule:
        """Return the rule in force on a day."""
        return in_force(self.rules, on) or texting_rules()[UNKNOWN][0]


@dataclass(frozen=True, slots=True)
class AppliedLaw:
    """All that holds for one contact of one business. Every rule is kept in every zone of `zones` at once.

    `contact_zones` alone are what the law names ("at the called party's location"); `zones` has the business's too
    where the contact is known by an area code only. `on` is the day whose rules `rule_version` names.
    """

    applied: tuple[Applied, ...]
    contact_zones: tuple[str, ...]
    zones: tuple[str, ...]
    on: date | None = None

    def rules_on(self, on: date) -> tuple[TextingRule, ...]:
        """Return every rule that holds on a day, each once."""
        return tuple(dict.fromkeys(one.rule_on(on) for one in self.applied))

    @property
    def rule_version(self) -> str:
        """Return the rules and their versions, as the consent ledger keeps them: "US@1 US-FL@1"."""
        on = self.on or date.max
        return " ".join(sorted(rule.grounds.label for rule in self.rules_on(on)))

    @property
    def most_a_day(self) -> int:
        """Return how many texts that answer nothing may reach the contact in any 24 hours, over all lines."""
        caps = [rule.most_a_day for rule in self.rules_on(self.on or date.max)]
        # Three where no law counts, too: whoever gets more is not reminded, but pestered.
        return min(cap for cap in (*caps, texting_rules()[UNKNOWN][0].most_a_day) if cap is not None)


def law_for(business: Business | None, phone: str, *, address: str | None = None, on: date | None = None) -> AppliedLaw:
    """Return the law for texts of a business to a number (E.164), by the contact's address, number, and the business.

    `phone` may be empty: then the business's own place counts. `on` names the day whose versions are recorded.
    """
    country = business.country if business else "US"
    known = () if not phone and not address else places_of_contact(phone, address, country)
    own = places_of_business(business) if business else ()
    contact = _applied(known or own)
    applied = dict.fromkeys((*contact, *_applied(own)))
    contact_zones = _zones_of(contact)
    is_sure = bool(known) and all(place.is_sure for place in known)
    zones = contact_zones if is_sure or business is None else (*contact_zones, business.zone)
    return AppliedLaw(tuple(applied), contact_zones, tuple(dict.fromkeys(zones)), on)


def is_allowed(law: AppliedLaw, at: datetime) -> bool:
    """Return whether a text that answers nothing may reach the contact at an instant."""
    return all(_allows(law, at, ZoneInfo(zone)) for zone in law.zones)


def next_allowed_at(law: AppliedLaw, at: datetime) -> datetime | None:
    """Return the first instant (UTC) from `at` on at which a text may go, to the minute; None within two weeks."""
    if is_allowed(law, at):
        return at
    later = (start for start in _starts(law, at) if start > at and is_allowed(law, start))
    return next(later, None)


def only_where_the_contact_is(law: AppliedLaw) -> AppliedLaw:
    """Return the law without the business's own zone, for zones so far apart that they share no hour."""
    return replace(law, zones=law.contact_zones)


def discloses_automation(
    business: Business | None, phone: str, *, address: str | None = None, on: date | None = None
) -> bool:
    """Return whether an automatic conversation with a contact must say up front that it is automatic."""
    return any(rule.up_front for rule in disclosures_for(business, phone, address=address, on=on))


def disclosures_for(
    business: Business | None, phone: str, *, address: str | None = None, on: date | None = None
) -> tuple[DisclosureRule, ...]:
    """Return the rules on saying that one is a machine that apply to a contact on a day."""
    places = _places(business, phone, address)
    return _all_in_force(disclosure_rules(), places, on or date.max)


def recording_rule(
    business: Business | None, phone: str, *, address: str | None = None, on: date | None = None
) -> RecordingRule:
    """Return the strictest rule on recording or transcribing a call with a contact: of theirs and the business's."""
    found = _all_in_force(recording_rules(), _places(business, phone, address), on or date.max)
    return max(found, key=lambda rule: (rule.announcement_recorded, rule.all_parties))


def in_force(rules: tuple[_R, ...], on: date) -> _R | None:
    """Return the newest rule that is in force on a day."""
    if on == date.max:
        return rules[-1] if rules else None
    return next((rule for rule in reversed(rules) if rule.grounds.is_in_force(on)), None)


def _places(business: Business | None, phone: str, address: str | None) -> tuple[Place, ...]:
    own = places_of_business(business) if business else ()
    # Without a number only the business is known; without either, nothing is.
    if own and not phone and not address:
        return own
    return (*places_of_contact(phone, address, business.country if business else "US"), *own)


def _all_in_force(rules: Mapping[str, tuple[_R, ...]], places: tuple[Place, ...], on: date) -> tuple[_R, ...]:
    """The rules of every place and its country; a country of which nothing is known has the strictest."""
    found: list[_R] = []
    for place in places:
        own = [in_force(rules.get(name, ()), on) for name in (place.jurisdiction, place.jurisdiction[:2])]
        known = [rule for rule in own if rule is not None]
        is_read = place.jurisdiction[:2] in texting_rules() and place.jurisdiction != UNKNOWN
        found += known if known or (is_read and rules is disclosure_rules()) else rules[UNKNOWN]
    return tuple(dict.fromkeys(found))


def _applied(places: tuple[Place, ...]) -> tuple[Applied, ...]:
    rules, found = texting_rules(), []
    for place in places:
        country = place.jurisdiction[:2]
        if country in rules and country != place.jurisdiction:
            # Of a state, the country's rule holds as well.
            found.append(Applied(replace(place, jurisdiction=country), rules[country]))
        if place.jurisdiction in rules:
            found.append(Applied(place, rules[place.jurisdiction]))
        else:
            found.append(Applied(replace(place, jurisdiction=UNKNOWN, why=_UNREAD), rules[UNKNOWN]))
    return tuple(found)


def _zones_of(applied: tuple[Applied, ...]) -> tuple[str, ...]:
    zones = tuple(dict.fromkeys(zone for one in applied for zone in one.zones))
    # Toll-free, unreadable: from coast to coast, for nobody says where.
    return zones or texting_rules()["US"][0].zones


def _allows(law: AppliedLaw, at: datetime, zone: ZoneInfo) -> bool:
    local = at.astimezone(zone)
    hours = (rule.hours_on(local.date()) for rule in law.rules_on(local.date()))
    return all(one is not None and one.holds(local.time()) for one in hours)


def _starts(law: AppliedLaw, at: datetime) -> list[datetime]:
    """Every instant of the coming days at which the hours of some rule begin in some zone, in order."""
    found: set[datetime] = set()
    for zone in map(ZoneInfo, law.zones):
        first = at.astimezone(zone).date()
        for day in range(_LOOK_AHEAD.days + 1):
            on = first + timedelta(days=day)
            hours = (rule.hours_on(on) for rule in law.rules_on(on))
            found |= {datetime.combine(on, one.first, zone).astimezone(UTC) for one in hours if one is not None}
    return sorted(found)
