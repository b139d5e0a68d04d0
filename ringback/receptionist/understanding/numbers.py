"""Reads phone numbers, counts and picks from a list: "the second one", "a couple", "312-555-0142"."""

import re
from collections.abc import Sequence
from itertools import takewhile

from ringback.domain.phones import normalise_phone
from ringback.receptionist.understanding.spellings import is_same_word
from ringback.receptionist.understanding.words import STOP_WORDS, plain, stem

_PHONE = re.compile(r"(?<![\w.])\+?\(?\d[\d\s().\-]{5,18}\d(?![\w])")
_DIGITS = re.compile(r"(?<![\w.])(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\s?(k\b)?")

_ONES = {
    **{word: value for value, word in enumerate("zero one two three four five six seven eight nine ten".split())},
    **{word: 11 + value for value, word in enumerate("eleven twelve thirteen fourteen fifteen sixteen".split())},
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
    "couple": 2,
    "pair": 2,
    "dozen": 12,
    **{word: value for value, word in enumerate("cero uno dos tres cuatro cinco seis siete ocho nueve diez".split())},
    **{word: 11 + value for value, word in enumerate("once doce trece catorce quince dieciseis diecisiete".split())},
    "dieciocho": 18,
    "diecinueve": 19,
    "veinte": 20,
    "una": 1,
    "un": 1,
    "par": 2,
    "docena": 12,
    "veinticinco": 25,
}
_TENS = {
    **{word: 20 + 10 * value for value, word in enumerate("twenty thirty forty fifty sixty seventy".split())},
    "eighty": 80,
    "ninety": 90,
    "fourty": 40,
    **{word: 30 + 10 * value for value, word in enumerate("treinta cuarenta cincuenta sesenta setenta".split())},
    "ochenta": 80,
    "noventa": 90,
}
_HUNDREDS = {"hundred": 100, "thousand": 1000, "cien": 100, "ciento": 100, "cientos": 100, "mil": 1000}
# "a", "one" and "un" open most sentences without counting anything.
_ARTICLES = frozenset({"un", "una"})

_ORDINALS = (
    ("first", "1st", "primero", "primera", "primer", "former"),
    ("second", "2nd", "segundo", "segunda"),
    ("third", "3rd", "tercero", "tercera", "tercer"),
    ("fourth", "4th", "cuarto", "cuarta"),
    ("fifth", "5th", "quinto", "quinta"),
)
_LAST = frozenset({"last", "latter", "ultimo", "ultima"})
_BARE_PICK = re.compile(
    r"(?:option|number|choice|opcion|numero|la|el|the|no\.?|#)?\s*#?(\d|[a-e])\s*[).]?(?: (?:please|por favor))?"
)


def read_phone(text: str, country: str) -> str | None:
    """Return the first phone number in the text as E.164; one of another country needs its "+"."""
    found = (normalise_phone(match.group(), country) for match in _PHONE.finditer(text))
    return next((number for number in found if number), None)


def read_number(text: str) -> float | None:
    """Return the first count in the text, in digits or words of either language."""
    digits = _DIGITS.search(text.lower())
    if digits:
        whole, fraction, thousands = digits.groups()
        return float(whole.replace(",", "") + (fraction or "")) * (1000 if thousands else 1)
    return _in_words(re.findall(r"[a-z]+", plain(text)))


def read_choice(text: str, options: tuple[str, ...]) -> int | None:
    """Return the place (from 0) of the option that the text picks, or None when it picks none or more than one."""
    said = plain(text).strip(" .!?")
    words = re.findall(r"[a-z0-9]+", said)
    same = [at for at, option in enumerate(options) if re.findall(r"[a-z0-9]+", plain(option)) == words]
    # An option said word for word is that one, even when another shares most of its words.
    named = same[0] if same else _named(words, options)
    if named is not None:
        return named
    place = _place(said, words, len(options))
    return place if place is not None and place < len(options) and not _is_elsewhere(said, place, options) else None


def _is_elsewhere(said: str, place: int, options: tuple[str, ...]) -> bool:
    """Whether the number said stands in another option ("2" while the first is at 2 PM): then it picks neither."""
    number = re.search(r"\d", said)
    others = (option for at, option in enumerate(options) if at != place)
    return number is not None and any(re.search(rf"\b{number.group()}\b", option) for option in others)


def _in_words(words: Sequence[str]) -> float | None:
    known = {**_ONES, **_TENS, **_HUNDREDS}
    start = next((at for at, word in enumerate(words) if word in known and not _is_article(words, at)), None)
    if start is None:
        return None
    run = takewhile(lambda word: word in known or word in ("y", "and", "a"), words[start:])
    return _sum([known[word] for word in run if word in known])


def _is_article(words: Sequence[str], at: int) -> bool:
    return (words[at] in _ARTICLES and len(words) > 1) or (words[at] == "one" and len(words) > at + 1 > 1)


def _sum(values: Sequence[int]) -> float:
    # "Two hundred fifty": a hundred multiplies what was said before it, the rest adds up.
    total = 0
    for value in values:
        total = max(total, 1) * value if value >= 100 and total < value else total + value
    return float(total)


def _place(said: str, words: Sequence[str], count: int) -> int | None:
    bare = _BARE_PICK.fullmatch(said)
    if bare:
        return _from_sign(bare.group(1))
    if len(words) == 1 and words[0] in _ONES:
        return _from_sign(str(_ONES[words[0]]))
    picks = {at for at, forms in enumerate(_ORDINALS) if not set(words).isdisjoint(forms)}
    picks |= {count - 1} if count and not _LAST.isdisjoint(words) else set()
    picks |= {_ONES[words[-1]] - 1} if len(words) > 1 and _is_counted(words) else set()
    return picks.pop() if len(picks) == 1 else None


def _from_sign(sign: str) -> int | None:
    """The place meant by "2" or "b"; nobody counts from 0."""
    if sign.isdecimal():
        return int(sign) - 1 if int(sign) else None
    return ord(sign) - ord("a")


def _is_counted(words: Sequence[str]) -> bool:
    """Whether it ends like "number two" or "option 2"; "two" on its own may be a time."""
    return words[-2] in ("number", "option", "choice", "opcion", "numero") and _ONES.get(words[-1], 0) > 0


def _named(words: Sequence[str], options: tuple[str, ...]) -> int | None:
    """The one option of which the text has the most words of its own, typos allowed."""
    heard = [stem(word) for word in words]
    scores = [_share(heard, option, options) for option in options]
    best = max(scores, default=0.0)
    return scores.index(best) if best > 0 and scores.count(best) == 1 else None


def _share(heard: Sequence[str], option: str, options: tuple[str, ...]) -> float:
    own = _content(option)
    shared = {word for other in options if other != option for word in _content(other)}
    telling = [word for word in own if word not in shared and not word.isdecimal()]
    hits = sum(any(is_same_word(word, meant) for word in heard) for meant in telling)
    return hits / len(own) if own else 0.0


def _content(text: str) -> list[str]:
    words = re.findall(r"[a-z0-9]+", plain(text))
    return [stem(word) for word in words if word not in STOP_WORDS] or [stem(word) for word in words]
