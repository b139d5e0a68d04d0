"""Emergencies told by words that stand together in one text, in any order, English or Spanish, over folded text.

The phrases of `emergency_words_*` know how it is mostly said; these know what it is about and catch the rest.
Each row is a set of words that must all be there; one that begins with "!" must not be.
"""

import re

from ringback.receptionist.understanding.emergency_kinds import EmergencyKind as Kind
from ringback.receptionist.understanding.emergency_sets_body import OF_BODIES
from ringback.receptionist.understanding.emergency_sets_home import OF_HOMES

TOGETHER = {**OF_BODIES, **OF_HOMES}


def _lookahead(words: str) -> str:
    sign, listed = ("!", words[1:]) if words.startswith("!") else ("=", words)
    return rf"(?{sign}.*(?<!\S)(?:{listed})(?!\S))"


def _compile(rows: tuple[tuple[str, ...], ...]) -> re.Pattern[str]:
    return re.compile("|".join("^" + "".join(_lookahead(words) for words in row) for row in rows))


_PATTERNS = {kind: _compile(rows) for kind, rows in TOGETHER.items()}


def tells_together(kind: Kind, words: str) -> bool:
    """Return whether one row of the kind has all its words in the folded text."""
    found = _PATTERNS.get(kind)
    return found is not None and found.search(words) is not None
