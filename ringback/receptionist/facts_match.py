"""Matches a question with known ones: kernel ridge regression over sparse features, in plain Python.

Every known question is an example of its label. The scores come out near 1 for a label whose examples alone explain
the question and fall with every label that competes (Suykens and Vandewalle 1999, least-squares support vectors).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt
from operator import mul

from ringback.receptionist.facts_concepts import angles_of
from ringback.receptionist.facts_features import features_of

# Smoothing: how far an example may be outvoted by its neighbours.
_RIDGE = 0.3
_LEAST_VOTE = 0.01
# The factorisation grows with the cube of the examples; past this the later wordings of each label are left out.
_MOST_EXAMPLES = 600

# The logistic fit of "the best label is right" on left-out examples and left-out labels; see confidence().
_BIAS, _BEST, _RUNNER_UP, _KNOWN_LABELS = -1.67, 9.4, -5.94, 1.8
_ODD_ANGLE = 1.0
_USUAL_LABELS = 77
_FEWEST_LABELS = 34

Vector = list[float]


@dataclass(frozen=True, slots=True)
class Match:
    """A label with its score; `confidence` (0..1) is that of being right, of this label against all others."""

    label: str
    score: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Matcher:
    """Labelled examples ready to be asked. `votes` holds, for each example, the labels it speaks for or against."""

    labels: tuple[str, ...]
    rarity: Mapping[str, float]
    postings: Mapping[str, tuple[tuple[int, float], ...]]
    examples: int
    votes: tuple[tuple[tuple[int, float], ...], ...]
    # From which sides each label's examples come at it: asked from another side, it is likely another question.
    angles: tuple[frozenset[str], ...]


def build_matcher(labelled: Sequence[tuple[str, Sequence[str]]]) -> Matcher:
    """Return a matcher for labels with their example questions, each label given once."""
    kept = _within_bounds(labelled)
    owners = [place for place, (_, examples) in enumerate(kept) for _ in examples]
    raw = [features_of(example) for _, examples in kept for example in examples]
    rarity = _rarity(raw)
    vectors = [_unit(features, rarity, len(raw)) for features in raw]
    postings = _postings(vectors)
    factor = _factorised([_similarities(postings, vector, len(raw)) for vector in vectors])
    rows = [_solved(factor, [float(owner == place) for owner in owners]) for place in range(len(kept))]
    votes = tuple(_telling(column) for column in zip(*rows, strict=True))
    angles = tuple(frozenset().union(*map(angles_of, examples)) for _, examples in kept)
    return Matcher(tuple(label for label, _ in kept), rarity, postings, len(raw), votes, angles)


def rank(matcher: Matcher, text: str, most: int = 3) -> tuple[Match, ...]:
    """Return the best labels for a question, best first, at most `most`; none when no word of it is known."""
    vector = _unit(features_of(text), matcher.rarity, matcher.examples)
    near = _similarities(matcher.postings, vector, matcher.examples)
    if not any(near):
        return ()
    scored = _scored(matcher, near)
    others = [score for score, _ in scored[1:]] + [0.0]
    known, angles = len(matcher.labels), angles_of(text)
    return tuple(
        Match(matcher.labels[place], score, confidence(score, others[at], known, len(angles - matcher.angles[place])))
        for at, (score, place) in enumerate(scored[:most])
    )


def _scored(matcher: Matcher, near: Vector) -> list[tuple[float, int]]:
    scores = [0.0] * len(matcher.labels)
    for votes, nearness in zip(matcher.votes, near, strict=True):
        if nearness:
            for place, weight in votes:
                scores[place] += nearness * weight
    return sorted(((score, place) for place, score in enumerate(scores)), reverse=True)


def confidence(best: float, runner_up: float, known: int, odd_angles: int = 0) -> float:
    """Return how likely the best label is right, given how many labels are known.

    The fewer questions a business has answered, the likelier is one that it has not, so the bar is higher. It is
    higher too for a question from a side that none of the examples takes ("why", "it does not work").
    """
    labels = min(max(known, _FEWEST_LABELS), _USUAL_LABELS)
    odds = _BIAS + _BEST * best + _RUNNER_UP * runner_up + _KNOWN_LABELS * log(labels / _USUAL_LABELS)
    return 1 / (1 + exp(_ODD_ANGLE * odd_angles - odds))


def _telling(column: Sequence[float]) -> tuple[tuple[int, float], ...]:
    # Most weights are next to nothing; leaving them out makes an answer several times faster and hardly changes one.
    return tuple((place, weight) for place, weight in enumerate(column) if abs(weight) >= _LEAST_VOTE)


def _within_bounds(labelled: Sequence[tuple[str, Sequence[str]]]) -> list[tuple[str, Sequence[str]]]:
    each = max(1, _MOST_EXAMPLES // max(1, len(labelled)))
    return [(label, examples[:each]) for label, examples in labelled]


def _rarity(examples: Sequence[Mapping[str, float]]) -> dict[str, float]:
    counts: defaultdict[str, int] = defaultdict(int)
    for features in examples:
        for name in features:
            counts[name] += 1
    return {name: log(1 + len(examples) / count) for name, count in counts.items()}


def _unit(features: Mapping[str, float], rarity: Mapping[str, float], examples: int) -> dict[str, float]:
    """Weigh features by rarity; those that no example knows lengthen the vector, so they speak against a match."""
    unknown = log(1 + examples)
    weighed = {name: _damped(weight) * rarity.get(name, unknown) for name, weight in features.items()}
    length = sqrt(sum(weight * weight for weight in weighed.values())) or 1.0
    return {name: weight / length for name, weight in weighed.items() if name in rarity}


def _damped(weight: float) -> float:
    # A word said five times is not five times the evidence.
    return 1 + log(weight) if weight > 1 else weight


def _postings(vectors: Sequence[Mapping[str, float]]) -> dict[str, tuple[tuple[int, float], ...]]:
    found: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for place, vector in enumerate(vectors):
        for name, weight in vector.items():
            found[name].append((place, weight))
    return {name: tuple(entries) for name, entries in found.items()}


def _similarities(
    postings: Mapping[str, Iterable[tuple[int, float]]], vector: Mapping[str, float], examples: int
) -> Vector:
    # Most features of a question are in few examples, so this walks those instead of all pairs.
    near = [0.0] * examples
    for name, weight in vector.items():
        for place, other in postings[name]:
            near[place] += weight * other
    return near


def _factorised(similar: Sequence[Vector]) -> list[Vector]:
    """Return the lower Cholesky factor of the similarities with the ridge on the diagonal."""
    rows: list[Vector] = []
    for place, row in enumerate(similar):
        lower: Vector = []
        for other in range(place):
            known = sum(map(mul, lower, rows[other]))
            lower.append((row[other] - known) / rows[other][other])
        lower.append(sqrt(row[place] + _RIDGE - sum(map(mul, lower, lower))))
        rows.append(lower)
    return rows


def _solved(factor: Sequence[Vector], wanted: Vector) -> Vector:
    down: Vector = []
    for row, value in zip(factor, wanted, strict=True):
        down.append((value - sum(map(mul, row, down))) / row[-1])
    return _solved_upwards(factor, down)


def _solved_upwards(factor: Sequence[Vector], down: Vector) -> Vector:
    # Column by column, so that the inner loop stays one comprehension: this is where a build spends its time.
    found = list(down)
    for place in range(len(factor) - 1, -1, -1):
        row = factor[place]
        found[place] /= row[place]
        value = found[place]
        found[:place] = [each - value * weight for each, weight in zip(found[:place], row, strict=False)]
    return found
