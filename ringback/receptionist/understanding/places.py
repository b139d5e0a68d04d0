"""Reads where something is: street addresses, postcodes, and whether a place lies in the business's area."""

import re
from collections.abc import Sequence

from ringback.receptionist.facts_concepts import is_everyday
from ringback.receptionist.understanding.name_words import CALENDAR, NOT_NAMES
from ringback.receptionist.understanding.postcodes import (
    ANY_POSTCODE,
    LONG_POSTCODE,
    find_outward_codes,
    find_postcodes,
)
from ringback.receptionist.understanding.spellings import is_same_word
from ringback.receptionist.understanding.street_words import ENGLISH_STREETS, SPANISH_STREETS, UNITS, US_STATES
from ringback.receptionist.understanding.words import STOP_WORDS, plain

_WORD = r"[^\W\d_][\w'\u2019.\-]*"
_NUMBER = r"\d{1,5}(?:[-/]\d{1,5})?(?:\s?[A-Za-z](?=\s))?"
_UNIT = (
    rf"(?:\b{UNITS}\b\.?\s*#?\s*[\w-]{{1,6}}\b(?:[ºª°])?(?:\s?[A-Z]\b)?|#\s*\w{{1,6}}|"
    rf"\d{{1,2}}\s?[ºª°](?:\s?[A-Za-z]{{1,4}}\b)?)"
)
# What goes on after a comma and is no town: "12 Elm St, can you come today".
_NO_TOWN = (
    r"and|but|or|please|thanks|thank|my|i|i'm|it|its|it's|the|can|could|will|would|is|are|what|when|how|do|does|"
    r"you|we|there|here|ring|knock|call|text|come|need|have|if|for|so|also|just|y|pero|por|mi|puede|puedes|pueden|gracias|"
    r"llame|toque|hay|es|necesito|tengo|cuando|que"
)
_TOWN = rf"(?!(?:{_NO_TOWN})\b){_WORD}(?:\s+(?!(?:and|but|y)\b){_WORD}){{0,3}}?"
_STATE_AND_CODE = rf"(?:\s+\b(?:{US_STATES})\b\.?)?(?:,?\s+{ANY_POSTCODE}\b)?"
_SEGMENT = (
    rf"(?:(?:col|colonia|barrio|fracc)\b\.?\s+{_TOWN}|{_UNIT}|(?:c\.?p\.?\s*)?{ANY_POSTCODE}\b(?:\s+{_TOWN})?|"
    rf"{_TOWN}{_STATE_AND_CODE})(?=\s*(?:[,.;\n!]|$))"
)
_TOWN_AND_CODE = r"(?-i:[A-Z][\w'\u2019-]+)(?:\s+(?-i:[A-Z][\w'\u2019-]+)){0,2}\s*,?"
_TAIL = (
    rf"(?:,?\s*{_UNIT})*(?:,\s*{_SEGMENT}){{0,4}}"
    rf"(?:,?\s+(?:{_TOWN_AND_CODE}\s*)?(?:\b(?:{US_STATES})\b\.?)?\s*,?\s*\b{ANY_POSTCODE}\b)?"
)
_LEAD = rf"(?:{_UNIT},?\s+)?"
_ENGLISH = re.compile(
    rf"(?<![\w$£€:#.]){_LEAD}{_NUMBER},?\s+(?:{_WORD}\s+|\d+(?:st|nd|rd|th)\s+){{0,4}}?"
    rf"(?:\d+(?:st|nd|rd|th)\s+)?"
    rf"(?:{ENGLISH_STREETS})\b\.?(?:\s+(?:{ENGLISH_STREETS})\b\.?)?(?:\s+(?:[NSEW]{{1,2}}|"
    rf"north|south|east|west)\b\.?)?{_TAIL}",
    re.IGNORECASE,
)
_SPANISH = re.compile(
    rf"(?<!\w)(?:c/|(?:{SPANISH_STREETS})(?!\w))\s*(?:{_WORD}\s+|\d{{1,3}}\s+de\s+){{0,5}}?{_WORD},?\s*"
    rf"(?:n[ºo°]\.?|n[uú]m(?:ero)?\.?|#)?\s*\d{{1,5}}(?:\s?(?:bis|[A-Z]))?\b{_TAIL}",
    re.IGNORECASE,
)
# "456 N Michigan", "12 Broadway, Chicago": a number and names only, taken when the words around it say address.
_NAMES_ONLY = re.compile(
    rf"(?<![\w$£€:#.]){_LEAD}\d{{1,5}}[A-Za-z]?\s+(?:[NSEW]{{1,2}}\.?\s+)?(?!(?:a|p)\.?m\b|"
    rf"{UNITS}\b){_WORD}(?:\s+{_WORD}){{0,3}}{_TAIL}",
    re.IGNORECASE,
)
_SAYS_ADDRESS = re.compile(
    r"\b(?:address(?: is|'s|:)?|i live at|we live at|located at|i'?m at|we'?re at|come to|direcci[oó]n(?: es|:)?|"
    r"vivo en|estoy en|estamos en)\s*:?\s+",
    re.IGNORECASE,
)
_NO_STREET = re.compile(
    r"\d+\s*(?:am|pm|a\.m|p\.m|o'?clock|ish|mins?|minutes?|hours?|hrs?|days?|weeks?|months?|years?|people|person|"
    r"kids?|dollars|bucks|times?|"
    r"appointments?|rooms?|bed|tooth|teeth|or|to|and|of|works?|is|please|would|in|on|at|y|o|de la|horas?|dias?|"
    r"personas?)\b",
    re.IGNORECASE,
)
# What numbers stand before when they count.
_COUNTED = frozenset(
    "april may june abril mayo junio minutos thousand degrees tuesdays gmt pst est joined mths".split()
)
_LEAD_IN = re.compile(
    r"^(?:(?:sure|yes|yeah|ok|okay|hi|thanks|it'?s|it is|that'?s|the|my|our|address|is|at|we'?re|i'?m|live|i|we|"
    r"located|on|"
    r"s[ií]|claro|es|la|mi|direcci[oó]n|vivo|estoy|en)[\s,:]+)+",
    re.IGNORECASE,
)
_AFTERWARDS = re.compile(
    r"(?:[.!,;]?\s*\b(?:thanks?|thank you|please|thx|gracias|por favor)\b.*|[\s,.;!]+)$", re.IGNORECASE
)


def read_address(text: str, asked: bool, country: str) -> str | None:
    """Return the street address in the caller's words; without a kind of street only when `asked` or announced."""
    for shape in (_SPANISH, _ENGLISH) if country in ("ES", "MX") else (_ENGLISH, _SPANISH):
        for match in shape.finditer(text):
            if not _NO_STREET.match(match.group()):
                return _with_town(match)
    announced = _SAYS_ADDRESS.search(text)
    if announced or asked:
        return _bare_address(text[announced.end() :] if announced else text, country)
    return None


# "denver 80202", "in Wheat Ridge CO 80033": a postcode makes towns of the words before it.
_TO_THE_CODE = re.compile(
    rf"[\s,]+(?:(?:in|en)\s+)?(?P<town>(?:{_WORD}\s+){{0,3}}?{_WORD}[\s,]+)??(?:(?:{US_STATES})\b\.?,?\s+)?{LONG_POSTCODE}\b",
    re.IGNORECASE,
)
_TO_THE_END = re.compile(
    rf"[ ]+(?:(?:in|en)[ ]+)?(?P<town>{_WORD}(?:[ ]+{_WORD}){{0,2}}?)(?:,?[ ]+(?:{US_STATES})\b\.?)?"
    rf"(?=[ ]*(?:[.!]?[ ]*$|,|[.!]?[ ]+(?:thanks|thank you|thx|please|pls|gracias|por favor)\b))",
    re.IGNORECASE | re.MULTILINE,
)


def _with_town(match: re.Match[str]) -> str:
    """The address with the town, the state and the postcode that follow it without a comma."""
    text, end = match.string, match.start() + len(match.group().rstrip())
    for shape in (_TO_THE_CODE, _TO_THE_END):
        more = shape.match(text, end)
        if more and all(map(_may_be_town, (more["town"] or "").replace(",", " ").split())):
            return _tidy(text[match.start() : more.end()])
    return _tidy(match.group())


def _may_be_town(word: str) -> bool:
    said = plain(word).strip(".'")
    is_other = said in NOT_NAMES or said in CALENDAR or said in STOP_WORDS
    # Capitals tell a town from the word it is called by ("Orange", "Reading"); small letters do not.
    return not is_other and (word[:1].isupper() or not is_everyday(said))


def read_postcode(text: str, country: str) -> str | None:
    """Return the postcode in the text, as that country writes them, in capitals."""
    return next(iter(find_postcodes(text, country)), None)


def is_in_area(address_or_text: str, area: tuple[str, ...]) -> bool | None:
    """Return whether a place is in the area: postcodes, their beginnings or names. None: the text does not tell.

    Only a postcode can say no: a town that is not listed may lie inside one that is.
    """
    codes, names = [each for each in area if _has_digit(each)], [each for each in area if not _has_digit(each)]
    if any(_names_place(address_or_text, name) for name in names):
        return True
    # The surest code alone counts: a house number that looks like one must not decide.
    said = _codes_like(codes, address_or_text) or find_outward_codes(address_or_text)
    if not said or not codes:
        return None
    starts = tuple(_packed(code) for code in codes)
    return any(_packed(code).startswith(starts) for code in said[:1])


def _codes_like(codes: Sequence[str], text: str) -> Sequence[str]:
    # Four digits are a year or a time as often as a postcode: only an area that is given in such codes counts them.
    is_short = any(len(code) == len("2042") and code.isdecimal() for code in codes)
    return [code for code in find_postcodes(text) if is_short or len(code) > len("2042")]


def _bare_address(text: str, country: str) -> str | None:
    line = _LEAD_IN.sub("", text.strip())
    match = _NAMES_ONLY.search(line)
    if match and not _NO_STREET.match(match.group()) and not _is_no_street(match.group()):
        return _with_town(match)
    # "Rose Cottage, Mill Lane, Kinsale": houses have names there.
    has_street = re.search(rf"\b(?:{ENGLISH_STREETS})\b", line, re.IGNORECASE) and "," in line
    is_named_house = country in ("GB", "IE") and (has_street or find_postcodes(line, country))
    return _tidy(line) if is_named_house and "?" not in line else None


def _is_no_street(words: str) -> bool:
    word = plain(next(iter(re.findall(r"[^\W\d_]{2,}", words)), ""))
    return is_everyday(word) or word in NOT_NAMES or word in CALENDAR or word in STOP_WORDS or word in _COUNTED


def _tidy(words: str) -> str:
    return " ".join(_AFTERWARDS.sub("", words).split()).strip(" ,.;")


def _names_place(text: str, name: str) -> bool:
    heard, wanted = re.findall(r"[a-z0-9']+", plain(text)), re.findall(r"[a-z0-9']+", plain(name))
    starts = range(len(heard) - len(wanted) + 1)
    return bool(wanted) and any(all(map(is_same_word, heard[at:], wanted)) for at in starts)


def _has_digit(text: str) -> bool:
    return any(character.isdecimal() for character in text)


def _packed(code: str) -> str:
    return re.sub(r"[\s-]", "", code.upper())
