"""Finds the notions behind a question's words: "how much", "fee" and "cuanto" are all about a price."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from ringback.receptionist.facts_lexicon import EVERYDAY
from ringback.receptionist.facts_lexicon_trades import TRADES
from ringback.receptionist.understanding.words import STOP_WORDS, stem, words_of

# How far a "not" reaches: "has not yet gone through".
_REACH = 3
_LONGEST_PHRASE = 3

Entries = Mapping[tuple[str, ...], tuple[str, ...]]


def concepts_of(stems: Sequence[str]) -> list[list[str]]:
    """Return for each word its notions; a phrase's stand at its first word, those of a "not" at its verb."""
    entries = _entries()
    return [_at(entries, stems, place) for place in range(len(stems))]


def is_denied(stems: Sequence[str], place: int) -> bool:
    """Return whether a "not" shortly before the word turns it round."""
    return "not" in stems[max(0, place - _REACH) : place]


def _at(entries: Entries, stems: Sequence[str], place: int) -> list[str]:
    phrases = (tuple(stems[place : place + length]) for length in range(1, _LONGEST_PHRASE + 1))
    found = [concept for phrase in phrases for concept in entries.get(phrase, ())]
    # "not" and its verb side by side were found at the "not" already.
    if stems[place] not in STOP_WORDS and "not" in stems[max(0, place - _REACH) : max(0, place - 1)]:
        found.extend(entries.get(("not", stems[place]), ()))
    return list(dict.fromkeys(found))


@cache
def _entries() -> Entries:
    entries: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for concept, forms in _read(EVERYDAY + TRADES):
        for form in forms:
            entries[tuple(stem(word) for word in words_of(form.replace("_", " ")))].append(concept)
    return {phrase: tuple(dict.fromkeys(concepts)) for phrase, concepts in entries.items()}


def angles_of(text: str) -> frozenset[str]:
    """Return from which side a question comes at its subject: "why", and "trouble" when something went wrong."""
    stems = [stem(word) for word in words_of(text)]
    found = {concept for concepts in concepts_of(stems) for concept in concepts}
    is_trouble = "not" in stems or not found.isdisjoint(_TROUBLES)
    return frozenset(["trouble"] * is_trouble + ["why"] * ("why" in found or "why" in stems))


_TROUBLES = frozenset(
    "fail trouble unable decline wrong revert pending notmine stolen lost twice swallow unblock forget".split()
)


def in_english(text: str) -> str:
    """Return a Spanish question word by word as far as the notions go: enough to find an English fact by."""
    entries = _entries()
    found = (entries.get((stem(word),)) for word in words_of(text) if word not in STOP_WORDS)
    return " ".join(_names()[concepts[0]] for concepts in found if concepts)


@cache
def _names() -> Mapping[str, str]:
    # The first form of every notion is an English word.
    return {concept: forms[0].replace("_", " ") for concept, forms in _read(EVERYDAY + TRADES)}


def is_everyday(word: str) -> bool:
    """Return whether a word is one of the questions people ask a business, so that it is no name."""
    return stem(word) in _everyday_stems()


def is_trade_word(word: str) -> bool:
    """Return whether a word on its own is one of the trades' work: "boiler", "filling"."""
    return stem(word) in _trade_stems()


@cache
def trade_concepts() -> frozenset[str]:
    """Return the notions of trades' work: "clean", "drain"; those of everyday questions are not among them."""
    return frozenset(concept for concept, _ in _read(TRADES))


@cache
def _everyday_stems() -> frozenset[str]:
    return frozenset(stem(word) for _, forms in _read(EVERYDAY + TRADES) for form in forms for word in form.split("_"))


@cache
def _trade_stems() -> frozenset[str]:
    # The words of a phrase are not: "put in" is work, "in" is none.
    return frozenset(stem(form) for _, forms in _read(TRADES) for form in forms if "_" not in form)


def _read(lexicon: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each notion with its forms; a line that begins with a blank goes on with the notion above it."""
    for line in filter(None, lexicon.replace("\n  ", " ").splitlines()):
        concept, _, forms = line.partition(":")
        yield concept, forms.split()
