"""Mends misspelt time words ("wendesday", "mornng", "tomorow") by a small, bounded edit distance."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from ringback.receptionist.understanding.times_kinds import Lexicon

_SHORTEST = 4
# Longer words may have two mistakes; shorter ones would turn into each other.
_LONG = 8


class Speller:
    """Finds the time word that a word was meant to be. Only words of the closed lexicon are ever proposed."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._ordinary = lexicon.ordinary
        # A word of any length may come in by text; its variants grow with the square of that.
        self._longest = 2 + max(map(len, lexicon.correctable), default=0)
        self._by_variant = _index(lexicon.correctable)
        self.mend = lru_cache(maxsize=4096)(self._mend)

    def _mend(self, word: str) -> str:
        """Return the lexicon's word, or the word itself where nothing is near enough."""
        if not _SHORTEST <= len(word) <= self._longest or word in self._ordinary:
            return word
        near = {found for variant in _variants(word) for found in self._by_variant.get(variant, ())}
        distances = [(_distance(word, other), other) for other in near]
        meant = [(far, other) for far, other in distances if far <= _allowed(word, other)]
        return min(meant)[1] if meant else word


def _allowed(word: str, other: str) -> int:
    """How many mistakes may lie between the two: none where the first letter is wrong in a short word."""
    # Every second word is one letter from "five" or "past"; only swapped letters are surely a slip.
    if len(other) == _SHORTEST and sorted(word) != sorted(other):
        return 0
    if word[0] != other[:1] and min(len(word), len(other)) < 6 and sorted(word) != sorted(other):
        return 0
    return 2 if min(len(word), len(other)) >= _LONG else 1


def _index(words: frozenset[str]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for word in sorted(words):
        for variant in _variants(word):
            found.setdefault(variant, []).append(word)
    return {variant: tuple(those) for variant, those in found.items()}


def _variants(word: str) -> frozenset[str]:
    """The word, and what is left of it without one letter, or two of a long word: words with a common one are near."""
    once = set(_without_one(word))
    twice = {shorter for variant in once for shorter in _without_one(variant)} if len(word) >= _LONG - 1 else set()
    return frozenset({word} | once | twice)


def _without_one(word: str) -> Iterator[str]:
    return (word[:place] + word[place + 1 :] for place in range(len(word)))


def _distance(one: str, other: str) -> int:
    """Optimal string alignment: insertions, deletions, replacements, and swaps of neighbours cost 1 each."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, wanted in enumerate(other, 1):
            cost = min(last[j] + 1, row[-1] + 1, last[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]
