"""The closed lists of the settings, in words."""

from collections.abc import Mapping, Sequence
from functools import cache
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global

from ringback.domain.business import Business, Resource
from ringback.domain.phrases import Phrase, phrase
from ringback.domain.trade_defaults import TRADE_NAMES
from ringback.domain.trades import TONES
from ringback.web.settings.inputs import Choices, Option
from ringback.web.words import current_language

DAYS: Mapping[str, Phrase] = {
    "mon": phrase("Monday"),
    "tue": phrase("Tuesday"),
    "wed": phrase("Wednesday"),
    "thu": phrase("Thursday"),
    "fri": phrase("Friday"),
    "sat": phrase("Saturday"),
    "sun": phrase("Sunday"),
}
_TONE_WORDS = {"warm": phrase("Warm"), "brief": phrase("Brief"), "formal": phrase("Formal")}
_LANGUAGES = {"en": phrase("English"), "es": phrase("Spanish")}
# Where the product is served first; any other country of the world can be typed in the business file.
_COUNTRIES = ("US", "CA", "GB", "IE", "AU", "NZ", "ES", "MX")


def fixed(words: Mapping[str, Phrase]) -> Choices:
    """Return a list that is the same for every business."""
    return lambda _: [Option(value, label) for value, label in words.items()]


def optional(words: dict[str, Phrase], none: Phrase) -> Choices:
    """Return a list that begins with a choice of none of them."""
    return lambda _: [Option("", none), *(Option(value, label) for value, label in words.items())]


languages = fixed(_LANGUAGES)
languages_or_own = optional(_LANGUAGES, phrase("The language of the business"))
tones = fixed({tone: _TONE_WORDS[tone] for tone in TONES})


def trades(_: Business) -> Sequence[Option]:
    """Return every trade that has wordings of its own."""
    return [Option(trade, name) for trade, name in TRADE_NAMES.items()]


def countries(business: Business) -> Sequence[Option]:
    """Return the countries we know best, and the one the business is in."""
    names = Locale(current_language()).territories
    known = dict.fromkeys((*_COUNTRIES, business.country, *business.text_countries))
    return [Option(code, names.get(code, code)) for code in known]


def zones(business: Business) -> Sequence[Option]:
    """Return the time zones of the business's country, and the one it is in."""
    return [Option(zone, zone.replace("_", " ")) for zone in sorted({business.zone, *_zones_of(business.country)})]


@cache
def _zones_of(country: str) -> tuple[str, ...]:
    known = available_timezones()
    return tuple(zone for zone in get_global("territory_zones").get(country, ()) if zone in known) or tuple(known)


def staff(business: Business) -> Sequence[Option]:
    """Return everybody on the staff list."""
    return [Option(person.name, person.name) for person in business.staff]


def bookable_staff(business: Business) -> Sequence[Option]:
    """Return those who take bookings."""
    return [Option(person.name, person.name) for person in business.staff if person.takes_bookings]


def labels(business: Business) -> Sequence[Option]:
    """Return where callers saw the numbers of the business."""
    return [Option(label, label) for label in dict.fromkeys(line.label for line in business.lines)]


def wordings(business: Business) -> Sequence[Option]:
    """Return the wordings by name."""
    return [Option(wording.name, wording.name) for wording in business.wordings]


def kinds(business: Business) -> Sequence[Option]:
    """Return the kinds of resources there are."""
    return [Option(kind, kind) for kind in dict.fromkeys(_kinds(business.resources))]


def _kinds(resources: Sequence[Resource]) -> list[str]:
    return [resource.kind for resource in resources]
