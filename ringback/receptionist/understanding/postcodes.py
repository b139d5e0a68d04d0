"""Postcodes of the countries served: how each looks, and which number of a text is one."""

import re
from collections.abc import Sequence

_BRITISH = r"[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}"
_CANADIAN = r"[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z]\s*\d[ABCEGHJ-NPRSTV-Z]\d"
_IRISH = r"(?:[AC-FHKNPRTV-Y]\d{2}|D6W)\s*[0-9AC-FHKNPRTV-Y]{4}"
_FIVE, _FOUR = r"\d{5}(?:-\d{4})?", r"\d{4}"

POSTCODES = {
    "US": _FIVE,
    "ES": r"\d{5}",
    "MX": r"\d{5}",
    "CA": _CANADIAN,
    "GB": _BRITISH,
    "IE": _IRISH,
    "AU": _FOUR,
    "NZ": _FOUR,
}
# Four digits alone are a year, a time or a house as often.
LONG_POSTCODE = rf"(?:{_CANADIAN}|{_BRITISH}|{_IRISH}|{_FIVE})"
ANY_POSTCODE = rf"(?:{_CANADIAN}|{_BRITISH}|{_IRISH}|{_FIVE}|{_FOUR})"

# The first half alone ("SW1A", "M5V") is how people name their part of town.
_OUTWARD = re.compile(r"\b(?:[A-Z]{1,2}\d[A-Z\d]?|[A-Z]\d[A-Z])\b")
_NAMED = re.compile(
    r"(?:zip|post\s?code|postal|eircode|c\.?p\.?|c[oó]digo postal)\W*(?:code)?\W*(?:is|es)?\W*$", re.IGNORECASE
)
# What follows a house number: a street's name, not the end of the address.
_HOUSE = re.compile(r"\s+(?:[NSEW]\.?\s+)?[A-Za-z]")
_TOWN = re.compile(r"\s+[A-Za-z][\w .'-]*$")


def find_postcodes(text: str, country: str | None = None) -> Sequence[str]:
    """Return the postcodes in the text, surest first, in capitals with single spaces; `country` None: of any kind."""
    shape = re.compile(
        rf"(?<![\w#$£€.-])(?<!\d ){POSTCODES.get(country or '', ANY_POSTCODE)}(?![\w-]|\.\d|:\d| \d)", re.IGNORECASE
    )
    found = [(_doubt(text, match), -match.start(), _tidy(match.group())) for match in shape.finditer(text)]
    return [code for doubt, _, code in sorted(found) if doubt < _TOO_DOUBTFUL]


def find_outward_codes(text: str) -> Sequence[str]:
    """Return first halves of British and Canadian postcodes said on their own ("do you come to SW1A?")."""
    return _OUTWARD.findall(text.upper())


_TOO_DOUBTFUL = 2


def _doubt(text: str, match: re.Match[str]) -> int:
    """0: it says so itself, or stands at the end; 1: before a town; 2: in front of a street, so a house number."""
    # Letters and digits mixed are no house number in any country served.
    if not match.group().isdecimal() or _NAMED.search(text[: match.start()]):
        return 0
    after = text[match.end() :]
    if not _HOUSE.match(after):
        return 0
    is_first = not text[: match.start()].strip()
    if is_first or len(match.group()) < len("00000"):
        return 1 if _TOWN.fullmatch(after) and not _STREETISH.search(after) and len(match.group()) > len("0000") else 2
    return 1


_STREETISH = re.compile(
    r"\b(?:st|street|ave?|avenue|rd|road|dr|drive|ln|lane|blvd|way|ct|court|pl|hwy|pkwy)\b", re.IGNORECASE
)


def _tidy(code: str) -> str:
    return " ".join(code.upper().split())
