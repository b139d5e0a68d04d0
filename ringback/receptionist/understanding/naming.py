"""Finds which of the business's services, and which of its people, a text names."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from math import log
from uuid import UUID

from ringback.domain.business import Business, Service, Staff
from ringback.receptionist.facts_concepts import concepts_of, is_everyday, trade_concepts
from ringback.receptionist.understanding.name_words import NOT_NAMES
from ringback.receptionist.understanding.spellings import is_same_word
from ringback.receptionist.understanding.words import STOP_WORDS, plain, stem, words_of

# Words that half of all services are called by; alone they name none.
_GENERAL = frozenset(
    stem(word)
    for word in (
        "service services appointment visit session standard regular new basic full general call job work other free "
        "treatment consult consultation quick same day minute min hour emergency first time cita servicio visita "
        "sesion "
        "general nuevo completo consulta package special half whole per"
    ).split()
)
# A name counts as said when so much of it was, weighed by how rare its words are among the services.
_ENOUGH = 0.7
_AS_GOOD = 0.05
# "New" and "service" tell a little in "new furnace", and nothing in a service's own name.
_GENERAL_WEIGHT = 0.8
_HEAD = 2.5
# A notion shared ("hygienist", "cleaning") is good evidence, the very word better.
_BY_NOTION = 0.9


@dataclass(frozen=True, slots=True)
class _Phrase:
    """One way to say a service: its telling stems with their weights, and the trade's notion of each."""

    service: str
    stems: tuple[tuple[str, float], ...]
    notions: Mapping[str, frozenset[str]]
    # "Not working", "look at it": one telling word that says nothing without the small one beside it.
    needs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Heard:
    stems: tuple[str, ...]
    notions: frozenset[str]
    words: frozenset[str]


def find_services(text: str, business: Business) -> tuple[str, ...]:
    """Return the names of the services that a text names, best first; empty when no name is clearly said.

    Several come back when several are said, or when what is said fits several ("a tune-up" of two kinds).
    """
    heard = _heard(text)
    best: defaultdict[str, float] = defaultdict(float)
    for phrase in _phrases(business.services):
        best[phrase.service] = max(best[phrase.service], _share_said(phrase, heard))
    named = [name for name, share in best.items() if share >= _ENOUGH]
    said = {name: _said_stems(name, heard, business.services) for name in named}
    kept = [name for name in named if not any(_is_part_of(name, other, said, best) for other in named)]
    return tuple(sorted(kept, key=lambda name: (-best[name], -len(said[name]))))


def find_staff(text: str, business: Business) -> UUID | None:
    """Return the person a text asks for, by full name, or by first or last name where only one person has it."""
    heard = re.findall(r"[a-z0-9&]+", plain(text).replace("'", ""))
    people = [(person.staff_id, _name_words(person)) for person in business.staff]
    full = [(len(words), staff_id) for staff_id, words in people if words and _has_run(heard, words)]
    if full:
        return max(full)[1]
    shares = sorted(((_part_said(words, heard, people, text), staff_id) for staff_id, words in people), reverse=True)
    if not shares or shares[0][0] <= 0 or (len(shares) > 1 and shares[1][0] == shares[0][0]):
        return None
    return shares[0][1]


def _heard(text: str) -> _Heard:
    words = words_of(text)
    stems = [stem(word) for word in words]
    # Once more without the small words: "me duele una muela" is a "dolor de muela".
    bare = [stem(word) for word in words if word not in STOP_WORDS]
    notions = {concept for at in (*concepts_of(stems), *concepts_of(bare)) for concept in at}
    small = re.findall(r"[a-z]+", re.sub("['\u2019]", "", plain(text)))
    return _Heard(
        tuple(stems), frozenset(notions & trade_concepts()), frozenset((*small, *map(" ".join, pairwise(small))))
    )


def _share_said(phrase: _Phrase, heard: _Heard) -> float:
    if phrase.needs and not phrase.needs & heard.words:
        return 0.0
    total = sum(weight for _, weight in phrase.stems)
    said = sum(weight * _is_said(word, phrase.notions[word], heard) for word, weight in phrase.stems)
    return said / total if total else 0.0


def _is_said(word: str, notions: frozenset[str], heard: _Heard) -> float:
    if any(is_same_word(each, word) for each in heard.stems):
        return 1.0
    return _BY_NOTION if notions & heard.notions else 0.0


def _is_part_of(name: str, other: str, said: Mapping[str, set[str]], best: Mapping[str, float]) -> bool:
    """Whether another service explains the same words and more ("AC tune-up" those of every tune-up)."""
    if said[name] == said[other]:
        return best[name] < best[other] - _AS_GOOD
    return said[name] < said[other]


def _said_stems(name: str, heard: _Heard, services: tuple[Service, ...]) -> set[str]:
    phrases = [phrase for phrase in _phrases(services) if phrase.service == name]
    words = {word for phrase in phrases for word, _ in phrase.stems}
    return {each for each in heard.stems for word in words if is_same_word(each, word)}


@lru_cache(maxsize=256)
def _phrases(services: tuple[Service, ...]) -> tuple[_Phrase, ...]:
    named = [(service.name, _telling(service.name)) for service in services]
    also = [(service.name, _content(said), _needs(said)) for service in services for said in service.also]
    used: defaultdict[str, set[str]] = defaultdict(set)
    for name, stems in named + [(name, stems) for name, stems, _ in also]:
        for word in stems:
            used[word].add(name)
    weights = {word: _weight(word, len(names), len(services)) for word, names in used.items()}
    # What a service is stands last in its name ("Teeth whitening"); what goes before tells it from its sisters.
    heads = [_phrase(name, stems, weights | _head(stems, len(services))) for name, stems in named if stems]
    return (*heads, *(replace(_phrase(name, stems, weights), needs=needs) for name, stems, needs in also if stems))


_NEGATIONS = frozenset(
    "not no isnt dont doesnt didnt wont wouldnt cant cannot arent never stopped stop quit hardly barely aint "
    "nunca nada sin".split()
)


def _needs(said: str) -> frozenset[str]:
    """The small words of which one must be said too: "works for me" is not "not working"."""
    words, content = re.findall(r"[a-z]+", plain(said)), _content(said)
    if len(content) != 1 or len(words) < 2:
        return frozenset()
    if set(words) & _NEGATIONS:
        return _NEGATIONS
    # "Look at it" needs its "at"; an article ("the drain") tells nothing.
    return frozenset(" ".join(pair) for pair in pairwise(words) if pair[1] == "at")


def _head(stems: Sequence[str], services: int) -> dict[str, float]:
    return {} if stems[-1] in _GENERAL else {stems[-1]: _HEAD * log(1 + services)}


def _phrase(name: str, stems: Sequence[str], weights: Mapping[str, float]) -> _Phrase:
    return _Phrase(name, tuple((word, weights[word]) for word in stems), _notions(stems))


def _telling(name: str) -> tuple[str, ...]:
    content = _content(name)
    # "Consultation" or "New visit": where all is general, the name as a whole is the name.
    return tuple(word for word in content if word not in _GENERAL) or content


def _content(said: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(stem(word) for word in words_of(said) if word not in STOP_WORDS))


def _weight(word: str, services_with_it: int, services: int) -> float:
    return _GENERAL_WEIGHT if word in _GENERAL else log(1 + services / services_with_it)


def _notions(stems: Sequence[str]) -> dict[str, frozenset[str]]:
    found = zip(stems, concepts_of(stems), strict=True)
    return {word: frozenset(concepts) & trade_concepts() for word, concepts in found}


# What businesses are called by, and so no one's own name; "great" is an answer before it is a salon.
_FIRM_WORDS = frozenset(
    "salon studio lab spa clinic center centre shop barber barbers family cosmetic dental dentistry hair nails "
    "skin beauty "
    "care medical practice group office associates premier clips cuts bar house company co inc llc ltd hospital "
    "health "
    "services team first great best perfect".split()
)
# From so many words of its own on, a name is that of a firm, and often has its town in it.
_FIRM_LIKE = 3
_TITLES = frozenset(
    "dr dra doctor doctora md dds dmd phd rn np do pa mr mrs ms miss mx sr sra srta dvm vmd jr ii iii".split()
)
_CALLED_FOR = (
    r"(?:with|see|seeing|want|for|to|prefer|is|does|doctora?|dr|dra|con|by|ask|usual)\.?(?:\s+(?:dr|dra|"
    r"doctora?)\.?)?"
)


def _name_words(person: Staff) -> list[str]:
    words = re.findall(r"[a-z0-9&]+", plain(person.name).replace("'", ""))
    return [word for word in words if word not in _TITLES] or words


def _has_run(heard: Sequence[str], words: Sequence[str]) -> bool:
    starts = range(len(heard) - len(words) + 1)
    is_known = len(words) > 1 or not is_everyday(words[0])
    return is_known and any(all(map(is_same_word, heard[at:], words)) for at in starts)


def _part_said(
    words: Sequence[str], heard: Sequence[str], people: Sequence[tuple[UUID, list[str]]], text: str
) -> float:
    """How much of a name is said, counting only words that are a name on their own and no one else's."""
    own = [word for word in words if len(word) > 1 and not _is_common(word)]
    shared = {word for _, others in people if others is not words for word in others}
    telling = [word for word in own if word not in shared]
    said = [word for word in telling if any(is_same_word(each, word) for each in heard)]
    if not said:
        return 0.0
    together = sum(any(is_same_word(each, word) for each in heard) for word in words)
    # Half of all first names are words too ("Will", "Rose"), so one word needs a sign that a person is meant.
    is_meant = together > 1 or _is_called_for(said[0], text, capital_will_do=len(own) < _FIRM_LIKE)
    return together / len(words) + len(said) if is_meant else 0.0


def _is_common(word: str) -> bool:
    return is_everyday(word) or word in STOP_WORDS or word in _FIRM_WORDS or word in NOT_NAMES


def _is_called_for(word: str, text: str, *, capital_will_do: bool) -> bool:
    """Whether a single name stands like a person's: after "with" or "Dr", or written with a capital."""
    is_after = re.search(rf"\b{_CALLED_FOR}\s+\w*?{re.escape(word)}", plain(text))
    return bool(is_after) or (
        capital_will_do and re.search(rf"(?<!\bin )(?<!near )\b{re.escape(word.capitalize())}", text) is not None
    )
