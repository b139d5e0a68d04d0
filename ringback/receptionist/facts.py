"""Finds the business's own answer to a question: strict, so that what is not surely meant is asked or handed over."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from ringback.domain.business import Business, Fact
from ringback.receptionist.facts_concepts import concepts_of, in_english, is_everyday, is_trade_word
from ringback.receptionist.facts_match import Match, Matcher, build_matcher, confidence, rank
from ringback.receptionist.facts_topics import Question, Told, find_named_topic, find_offer, find_topic
from ringback.receptionist.understanding.words import STOP_WORDS, plain, stem, words_of

# How sure an answer must be: half of the business's questions answered well beats all of them answered badly.
ENOUGH = 0.41
# From here on the owner's own words go before an answer put together from prices and hours.
SURELY = 0.8
# "Did you mean" costs the caller a turn: it must be likely that one of those named is it.
ONE_OF_THEM = 0.6
_MOST_CANDIDATES = 3
# A garage's work, and what everybody comes in.
_EVERYBODYS = frozenset({"car", "truck", "house", "home"})
_ASKS_FOR_A_THING = re.compile(
    r"\b(?:take|accept|honou?r|carry|have|work with|use|stock|do|aceptan|toman|tienen|trabajan con|usan|hacen)\b"
)


@dataclass(frozen=True, slots=True)
class Found:
    """An answer of the business. `fact` is the Fact's question, or "service: <name>", "hours", "address", "area"."""

    fact: str
    answer: str
    score: float


@dataclass(frozen=True, slots=True)
class Unsure:
    """Two or three that may be meant: ask "did you mean"."""

    candidates: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """Nothing fits: hand over and record a Gap."""


Answer = Found | Unsure | NoAnswer


def answer_question(question: str, business: Business, language: str, now: datetime) -> Answer:
    """Return what the business's facts say to a question; a Fact's own question always finds it.

    Prices, hours and places come from the values of the business alone. `now` (aware) settles "today".
    """
    matches = _ranked(question, business, language)
    if matches and matches[0].confidence >= SURELY:
        return _fact(business, matches[0], language)
    asked = Question(question, business, language, now)
    # An owner may well have written a fact about prices; but only one that is surely meant goes before the values.
    told = find_named_topic(question, asked) or find_topic(asked)
    if told:
        return _said(told)
    decided = decide(_about_the_same(matches, question, business), len(business.facts))
    if isinstance(decided, Match):
        return _fact(business, decided, language)
    if mentioned := _only_mention(question, business):
        return _fact(business, mentioned, language)
    if offered := find_offer(asked):
        return _said(offered)
    return Unsure(tuple(_fact(business, match, language) for match in decided)) if decided else NoAnswer()


def decide(matches: Sequence[Match], known: int) -> Match | tuple[Match, ...]:
    """Return the match that is sure enough, else the two or three that only each other make unsure, else nothing."""
    if not matches:
        return ()
    if matches[0].confidence >= ENOUGH:
        return matches[0]
    for count in range(2, min(_MOST_CANDIDATES, len(matches)) + 1):
        rival = matches[count].score if count < len(matches) else 0.0
        together = sum(match.score for match in matches[:count])
        is_close = matches[count - 1].score >= matches[0].score / 2
        if is_close and confidence(together, rival, known) >= ONE_OF_THEM:
            return tuple(matches[:count])
    return ()


def build_index(business: Business) -> Matcher:
    """Return the business's facts ready to be asked; kept for the businesses asked last, so it costs once a change."""
    return _matcher(business.facts)


def _ranked(question: str, business: Business, language: str) -> Sequence[Match]:
    exact = _wordings(business.facts).get(tuple(words_of(question)))
    if exact is not None:
        return [Match(exact, 1.0, 1.0)]
    matcher = build_index(business)
    # Texts in a row ("hi!", "where do i park?") are read apart too: one of them is the question.
    parts = [question, *question.splitlines()]
    # Facts are mostly written in one language, and asked about in both.
    parts += [in_english(part) for part in parts] if language == "es" else []
    asked = (rank(matcher, part, _MOST_CANDIDATES + 1) for part in dict.fromkeys(parts))
    return max(filter(None, asked), key=lambda matches: matches[0].confidence, default=())


# Keyed by the facts themselves: a changed fact is another key, and nothing has to be told of the change.
@lru_cache(maxsize=256)
def _matcher(facts: tuple[Fact, ...]) -> Matcher:
    return build_matcher([(fact.question, (fact.question, *fact.also)) for fact in facts])


@lru_cache(maxsize=256)
def _wordings(facts: tuple[Fact, ...]) -> Mapping[tuple[str, ...], str]:
    """Every way to ask that an owner wrote down, with the fact it asks for; the first of two that are the same."""
    spelled = (
        (tuple(words_of(said)), fact.question) for fact in reversed(facts) for said in (*fact.also, fact.question)
    )
    return {words: question for words, question in spelled if words}


def _about_the_same(matches: Sequence[Match], question: str, business: Business) -> Sequence[Match]:
    """Drop all matches when the question is about work or a thing that neither the best fact nor any service knows.

    "Can I bring my dog" is not "What should I bring?".
    """
    if not matches:
        return ()
    fact = next(fact for fact in business.facts if fact.question == matches[0].label)
    services = (words for service in business.services for words in (service.name, *service.also))
    known = {stem(word) for text in (fact.question, *fact.also, fact.answer, *services) for word in words_of(text)}
    notions = {concept for at in concepts_of(sorted(known)) for concept in at}
    asked = [stem(word) for word in words_of(question) if is_trade_word(word) and word not in _EVERYBODYS]
    strange = [word for word, at in zip(asked, concepts_of(asked), strict=True) if not notions.intersection(at)]
    return () if any(word not in known for word in strange) else matches


def _only_mention(question: str, business: Business) -> Match | None:
    """The one fact whose answer has the very thing asked about: "do you take Cigna?", where the answer lists it."""
    if not _ASKS_FOR_A_THING.search(plain(question)):
        return None
    # Names of insurers, brands and cards are in no word list, which is how they are told from ordinary words.
    things = {word for word in words_of(question) if word not in STOP_WORDS and not is_everyday(word)}
    naming = [fact for fact in business.facts if things and things <= set(words_of(fact.answer))]
    return Match(naming[0].question, ENOUGH, ENOUGH) if len(naming) == 1 else None


def _fact(business: Business, match: Match, language: str) -> Found:
    fact = next(fact for fact in business.facts if fact.question == match.label)
    spoken = fact.answer_es if language == "es" and fact.answer_es else fact.answer
    return Found(fact.question, spoken, match.confidence)


def _said(told: Sequence[Told]) -> Found | Unsure:
    found = tuple(Found(each.fact, each.words, 1.0) for each in told[:_MOST_CANDIDATES])
    return found[0] if len(found) == 1 else Unsure(found)
