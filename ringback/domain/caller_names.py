"""Makes a caller's name fit to be said back: it comes from the caller's phone company and can be anything."""

import re
import unicodedata

from ringback.domain.links import find_link
from ringback.domain.segments import gsm7_like

LONGEST_CALLER_NAME = 20

# What phone companies send when they know no name.
_STAND_INS = frozenset(
    "caller call calls unknown anonymous unavailable private restricted blocked withheld wireless toll free cell "
    "mobile spam scam fraud likely risk name number phone telemarketer customer subscriber".split()
)
_STATES = frozenset(
    "AK AL AR AZ CA CO CT DC DE FL GA HI IA ID IL IN KS KY LA MA MD ME MI MN MO MS MT NC ND NE NH NJ NM NV NY OH OK OR "
    "PA RI SC SD TN TX UT VA VT WA WI WV WY".split()
)


def clean_caller_name(name: str) -> str:
    """Return the name in GSM-7 and short, or "" for a link, a town, a stand-in, or whatever else is no name."""
    plain = " ".join(gsm7_like(visible(name)).split())
    if find_link(plain) or not re.fullmatch(r"[^\W\d_][\w '.,&-]*", plain) or _is_stand_in(plain):
        return ""
    # Phone companies list "RUIZ, CARLA".
    last, comma, first = plain.partition(", ")
    plain = f"{first} {last}" if comma else plain
    return _cut(plain.title() if plain.isupper() else plain)


def visible(text: str) -> str:
    """Return `text` on one line, without the control and format characters that could hide or turn words."""
    spaced = (" " if character.isspace() else character for character in text)
    return " ".join("".join(kept for kept in spaced if unicodedata.category(kept)[0] != "C").split())


def _is_stand_in(name: str) -> bool:
    words = re.findall(r"\w+", name)
    # "PORTLAND OR": without a name, many companies send the town the number is from.
    is_town = name.isupper() and len(words) > 1 and words[-1] in _STATES
    has_digit = any(character.isdecimal() for character in name)
    return is_town or has_digit or not _STAND_INS.isdisjoint(word.casefold() for word in words)


def _cut(name: str) -> str:
    while len(name) > LONGEST_CALLER_NAME and " " in name:
        name = name.rpartition(" ")[0]
    return name[:LONGEST_CALLER_NAME].rstrip(" ,&-")
