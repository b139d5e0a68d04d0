"""What a browser gives away about where a business is: guessed once, shown, and for its owner to correct."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from zoneinfo import available_timezones

from babel import Locale
from starlette.requests import Request

from ringback.web.words import current_language

# The countries first served, with the zones in which most of their businesses are, the commonest first.
ZONES: Mapping[str, tuple[str, ...]] = {
    "US": (
        "America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles",
        "America/Anchorage", "Pacific/Honolulu",
    ),
    "CA": (
        "America/Toronto", "America/Winnipeg", "America/Regina", "America/Edmonton", "America/Vancouver",
        "America/Halifax", "America/St_Johns",
    ),
    "GB": ("Europe/London",),
    "IE": ("Europe/Dublin",),
    "AU": (
        "Australia/Sydney", "Australia/Melbourne", "Australia/Brisbane", "Australia/Adelaide", "Australia/Darwin",
        "Australia/Perth", "Australia/Hobart",
    ),
    "NZ": ("Pacific/Auckland",),
    "ES": ("Europe/Madrid", "Atlantic/Canary"),
    "MX": ("America/Mexico_City", "America/Monterrey", "America/Cancun", "America/Hermosillo", "America/Tijuana"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ZoneGroup:
    """The zones of one country, as the list of zones shows them."""

    country: str
    zones: tuple[str, ...]


def guess_country(request: Request) -> str:
    """Return the country of the browser's first language that names one ("en-GB"), else the US."""
    for part in request.headers.get("accept-language", "")[:500].split(","):
        _, _, region = part.partition(";")[0].strip().partition("-")
        if len(region) == 2 and region.isascii() and region.isalpha() and region.upper() in countries():
            return region.upper()
    return "US"


def guess_zone(country: str) -> str:
    """Return the zone in which most businesses of a country are; the browser's own replaces it by script."""
    return ZONES.get(country, ("UTC",))[0]


@cache
def countries() -> Mapping[str, None]:
    """Return the codes of all countries, those first served before the others."""
    codes = [str(code) for code in Locale("en").territories]
    known = [code for code in codes if len(code) == 2 and code.isalpha() and code not in _NONE]
    return dict.fromkeys([*ZONES, *sorted(known)])


# Codes that CLDR names and no country has: outlying parts, pseudo-locales, the unknown one.
_NONE = frozenset({"EU", "EZ", "UN", "XA", "XB", "QO", "ZZ"})


def country_names() -> list[tuple[str, str]]:
    """Return (code, name) of every country in the reader's language: those first served, then the others by name."""
    names = Locale(current_language()).territories
    served = [(code, names[code]) for code in ZONES]
    others = [(code, names[code]) for code in countries() if code not in ZONES and code in names]
    return served + sorted(others, key=lambda one: one[1])


@cache
def zone_groups() -> tuple[ZoneGroup, ...]:
    """Return the zones by country; those of no country served are in one group with an empty name."""
    served = {zone for zones in ZONES.values() for zone in zones}
    others = tuple(sorted(zone for zone in available_timezones() if "/" in zone and zone not in served))
    areas = ("Africa/", "America/", "Antarctica/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")
    real = tuple(zone for zone in others if zone.startswith(areas))
    return (*(ZoneGroup(country, zones) for country, zones in ZONES.items()), ZoneGroup("", real))
