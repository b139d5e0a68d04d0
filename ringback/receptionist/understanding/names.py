"""Reads who is speaking, and for whom: "it's carla reyes", "soy Carla", "for my daughter Mia"."""

import re

from ringback.domain.links import find_link
from ringback.receptionist.facts_concepts import is_everyday
from ringback.receptionist.understanding.name_words import (
    ALSO_NAMES,
    CALENDAR,
    FAMILY,
    NOT_NAMES,
    PARTICLES,
    POLITE,
    STREET_WORDS,
    TITLES,
)
from ringback.receptionist.understanding.words import STOP_WORDS, plain

_LONGEST = 4
# Particles of a surname that are first names too: "Al Green", where a name is expected.
_PARTICLES_TOO = frozenset({"al", "van", "di"})
# "Miss Tuesday's slot", "don viernes": said before other words too.
_COURTEOUS = frozenset({"miss", "don", "dona", "ms"})
_DAYTIME = frozenset("today tomorrow tonight morning evening afternoon night noon hoy manana tarde noche".split())
_PART = r"[^\W\d_](?:[^\W\d_]|['\u2019\-](?=[^\W\d_]))*\.?"
_WORDS = rf"({_PART}(?:[ ]+{_PART}){{0,{_LONGEST}}})"

# After these a name follows, whatever it is; after the weak ones anything may ("it's urgent", "soy alergica").
_STRONG = re.compile(
    r"\b(?:(?:my|the|full|first)\s+name(?:'s|\u2019s|\s+is|s)?|(?<!\w )names?\s+(?:is|would be)|"
    r"(?<!your )(?<!his )(?<!her )(?<!their )(?<!company )(?<!business )(?<!the )(?<!last )(?<!\bs )names?\s+is|name:|"
    r"call me|i go by|"
    r"put (?:it|me|that) (?:down )?(?:under|as)|under the name(?: of)?|(?:book(?:ed)?|it) under|"
    r"me llamo|mi nombre(?: completo)? es|"
    r"a nombre de|ll[aá]m[ae]me|(?:le |te )?habla|de parte de)\s*:?\s+" + _WORDS,
    re.IGNORECASE,
)
_WEAK = re.compile(
    r"(?:^|[.,!?;\n]\s*|\b(?:hi|hello|hey|hola|buenas|yes|si|sí|sure|and|y|buenos d[ií]as|buenas tardes|there)[, ]+)"
    r"(?:i\s?['\u2019]?m|i am|it\s?['\u2019]?s|it is|this is|that['\u2019]s|soy|es|under|name)\s+" + _WORDS,
    re.IGNORECASE,
)
_DATED = re.compile(r"\b(?:april|may|june|august|mar|abril|mayo|junio)\.?\s+\d", re.IGNORECASE)
_SIGNED = re.compile(
    rf"(?:^|\n|[.!?]\s+)(?:thanks|thank you|regards|best|gracias|saludos)?\s*[-\u2013\u2014~,]\s*{_WORDS}\s*$", re.I
)
_SEPARATORS = re.compile(
    r"[,;:!?\n()/]+|\b(?:and|but|pero)\b|\s[-\u2013\u2014]\s|\d\w*|"
    # A full stop, unless it shortens a title.
    r"(?<!\bmr)(?<!\bms)(?<!\bdr)(?<!\bsr)(?<!\bmrs)(?<!\bsra)\.(?=\s|$)",
    re.IGNORECASE,
)

_RELATION = (
    r"((?:my|our|mi|mis|nuestr[oa])\s+(?:(?:little|older|younger|elderly|new|step|"
    r"hijo menor)\s+)?(?:" + FAMILY + r"))"
)
_FOR_FAMILY = re.compile(
    rf"(?:\b(?:for|on behalf of|para|de parte de)\s+{_RELATION}\b|^\W*{_RELATION}\b(?!['\u2019]s))"
    rf"(?:,?\s+(?:named|called|que se llama|se llama|is|es)?\s*({_PART}(?:[ ]+{_PART})?))?",
    re.IGNORECASE,
)
_FAMILY_NEEDS = re.compile(
    rf"{_RELATION}\s+(?:({_PART})\s+)?(?:needs?|wants?|has|is having|necesita|quiere|tiene)\b", re.I
)
_FOR_NAME = re.compile(
    r"\b(?:it(?:['\u2019]s| is)|this is|that(?:['\u2019]s| is)|not for me,?(?: it['\u2019]?s)?|someone else,?|es|"
    r"no es para m[ií],?(?: es)?)\s+"
    rf"(?:for|para)\s+({_PART}(?:[ ]+{_PART})?)",
    re.IGNORECASE,
)


def read_name(text: str, asked: bool) -> str | None:
    """Return the speaker's name as it is written to people, accents kept; a bare name only when `asked`."""
    strong = _STRONG.search(text)
    if strong and (name := _name_in(strong.group(1), surely=True)):
        return name
    # Every place is tried: "hi, it's urgent, this is Carla".
    for weak in _WEAK.finditer(text):
        if name := _name_in(weak.group(1), surely=asked):
            return name
    signed = _SIGNED.search(text)
    if signed and (name := _name_in(signed.group(1), surely=False, whole=True)):
        return name
    return _bare_name(text) if asked else None


def read_beneficiary(text: str) -> str | None:
    """Return for whom it is, when not for the speaker: a name ("Mia"), or the words for them ("my daughter")."""
    for match in (*_FOR_FAMILY.finditer(text), *_FAMILY_NEEDS.finditer(text)):
        *relations, called = match.groups()
        name = _name_in(called, surely=False) if called else None
        relation = next(words for words in relations if words)
        return name or " ".join(relation.lower().split())
    named = _FOR_NAME.search(text)
    return _name_in(named.group(1), surely=False) if named else None


def _bare_name(text: str) -> str | None:
    """The first part of an answer that is nothing but a name."""
    # A web address begins like a name, and is a sign of spam; "May 5" is a day.
    if find_link(text) or _DATED.search(text):
        return None
    for part in _SEPARATORS.split(text):
        words = part.split()
        while words and plain(words[0]) in POLITE:
            words = words[1:]
        while words and plain(words[-1]) in POLITE:
            words = words[:-1]
        # The first part that is more than a "yes" is the answer; a name further on is somebody else's.
        if words:
            return _name_in(" ".join(words), surely=True, whole=True)
    return None


def _name_in(words: str, *, surely: bool, whole: bool = False) -> str | None:
    """The name at the start of some words, up to the first word that is none; `whole`: all of them must be."""
    tokens = words.split()
    taken: list[str] = []
    for token in tokens[:_LONGEST]:
        last = plain(taken[-1]).strip(".") if taken else ""
        if not (_may_be_name(token, first=not _has_name(taken), surely=surely) or _is_surname(token, last, surely)):
            break
        taken.append(token)
        # "Carla Reyes. I need ...": a full stop ends the name, where it does not shorten it.
        if token.endswith(".") and len(token) > len("Dr.") and plain(token).strip(".") not in TITLES:
            break
    # "Carla de" was cut off before it became a name.
    is_first_name = surely and bool(taken) and plain(taken[0]).strip(".") in _PARTICLES_TOO
    while len(taken) > is_first_name and plain(taken[-1]).strip(".") in PARTICLES | TITLES:
        taken.pop()
    is_all = len(taken) == len(tokens)
    if not (_has_name(taken) or is_first_name) or _is_street(tokens[: len(taken) + 1]) or (whole and not is_all):
        return None
    return " ".join(_written(token, alone=len(taken) == 1) for token in taken)


def _has_name(taken: list[str]) -> bool:
    return any(plain(token).strip(".") not in PARTICLES | TITLES for token in taken)


def _is_street(tokens: list[str]) -> bool:
    return any(plain(token).strip(".") in STREET_WORDS for token in tokens[1:])


def _may_be_name(token: str, *, first: bool, surely: bool) -> bool:
    word = plain(token).strip(".'")
    # "that's", "hmmm": no letters of a name.
    if word.endswith("'s") or re.fullmatch(r"h?m{2,}", word):
        return False
    if not re.fullmatch(r"[^\W\d_]+(?:['.\- ][^\W\d_]+)*", word):
        return False
    if (
        word in TITLES
        or (surely and first and word in _PARTICLES_TOO)
        or (word in PARTICLES and (not first or token.islower()))
    ):
        return True
    if word in ALSO_NAMES:
        return surely or token[:1].isupper()
    if len(word) == 1:
        # The initial of "Carla R.", never the "i" or "u" of a text.
        return token.isupper() and not first
    return not _is_another_word(word)


def _is_surname(token: str, last: str, surely: bool) -> bool:
    """Whether a word that is none elsewhere is a surname here: "Mr. Friday", "Joe Friday", "Ann Browning"."""
    word = plain(token).strip(".'")
    if not word.isalpha() or len(word) < len("may") or not last or last in PARTICLES:
        return False
    is_told = last in TITLES and last not in _COURTEOUS
    looks_it = surely and token[:1].isupper() and not token.isupper() and not _is_another_word(last)
    return (is_told or looks_it) and (word in CALENDAR or word.endswith("ing")) and word not in _DAYTIME


def _is_another_word(word: str) -> bool:
    # "i'm sick", "this is leaking": what stands in everyday questions, or ends like a verb, is no name.
    looks_verbal = len(word) > len("king") + 1 and word.endswith(("ing", "ed", "ado", "ando", "iendo"))
    is_listed = word in NOT_NAMES or word in CALENDAR or word in STOP_WORDS
    return is_listed or looks_verbal or is_everyday(word)


def _written(token: str, *, alone: bool) -> str:
    """Capitalise what was thumbed in small letters or shouted; mixed spellings ("McKay", "de la Cruz") are kept."""
    token = token.rstrip(".") if len(token.rstrip(".")) > 2 and plain(token).strip(".") not in TITLES else token
    if not (token.islower() or (token.isupper() and len(token) > 1)):
        return token
    small = token.lower()
    if small in PARTICLES and not alone:
        return small
    capital = "".join(part[:1].upper() + part[1:] for part in re.split(r"(['\u2019\-])", small))
    return f"Mc{capital[2:].title()}" if small.startswith("mc") and len(small) > 4 else capital
