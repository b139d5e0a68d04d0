"""Turns a question into weighted features: words, pairs of words, notions and pairs of notions, bits of spelling."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ringback.receptionist.facts_concepts import concepts_of, is_denied
from ringback.receptionist.understanding.words import STOP_WORDS, stem, words_of

# What each kind of evidence weighs. Two notions in one question ("card" with "not arrived") say more than either.
_WORD, _STOP_WORD, _DENIED, _CONCEPT, _BIGRAM, _NOTIONS, _SPELLING = 1.0, 0.3, 0.7, 1.0, 0.5, 1.2, 0.3
_WINDOW = 8
_SPELLED = (3, 4, 5)

Features = dict[str, float]


@dataclass(frozen=True, slots=True)
class _Said:
    words: Sequence[str]
    stems: Sequence[str]
    concepts: Sequence[Sequence[str]]


def features_of(text: str) -> Features:
    """Return the features of a question with their weights, before any account of how rare they are."""
    words = words_of(text)
    stems = [stem(word) for word in words]
    said = _Said(words, stems, concepts_of(stems))
    return _word_features(said) | _bigrams(said) | _concept_features(said) | _notion_pairs(said) | _spelling(said)


def _word_features(said: _Said) -> Features:
    weights: defaultdict[str, float] = defaultdict(float)
    for place, (word, cut) in enumerate(zip(said.words, said.stems, strict=True)):
        is_stop = word in STOP_WORDS
        weights[f"w {cut}"] += _STOP_WORD if is_stop else _WORD
        if not is_stop and is_denied(said.stems, place):
            weights[f"n {cut}"] += _DENIED
    return weights


def _bigrams(said: _Said) -> Features:
    return {f"b {first} {second}": _BIGRAM for first, second in pairwise(said.stems)}


def _concept_features(said: _Said) -> Features:
    weights: Features = {}
    for place, (word, concepts) in enumerate(zip(said.words, said.concepts, strict=True)):
        denied = word not in STOP_WORDS and is_denied(said.stems, place)
        for concept in concepts:
            weights[f"k {concept}"] = _CONCEPT
            if denied:
                weights[f"kn {concept}"] = _DENIED * _CONCEPT
    return weights


def _notion_pairs(said: _Said) -> Features:
    """Every two notions that stand near each other, in either order; a word without any notion stands for itself."""
    notions = [
        concepts or [f"_{cut}"]
        for word, cut, concepts in zip(said.words, said.stems, said.concepts, strict=True)
        if concepts or word not in STOP_WORDS
    ]
    weights: Features = {}
    # Near, not next: "my card still hasn't, after two weeks, arrived".
    for place, left in enumerate(notions):
        for right in notions[place + 1 : place + _WINDOW]:
            _pair(weights, left, right)
    return weights


def _pair(weights: Features, left: Sequence[str], right: Sequence[str]) -> None:
    # A word of many notions says less about each of them.
    weight = _NOTIONS / float(len(left) * len(right)) ** 0.5
    for one in left:
        for other in right:
            if one != other:
                weights[f"s {one} {other}" if one < other else f"s {other} {one}"] = weight


def _spelling(said: _Said) -> Features:
    weights: defaultdict[str, float] = defaultdict(float)
    # A slip of the thumb changes some letters of a word and leaves most of its pieces.
    for word in said.words:
        if word not in STOP_WORDS:
            _spell(weights, f"^{word}$")
    return weights


def _spell(weights: defaultdict[str, float], word: str) -> None:
    for length in _SPELLED:
        count = len(word) - length + 1
        for start in range(max(count, 0)):
            weights[f"c {word[start : start + length]}"] += _SPELLING / count**0.5
