"""Answers that need no Fact, all from values: prices, lengths, opening hours, the address, the area, who works when."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ringback.domain.business import Business, Service
from ringback.receptionist.facts_concepts import is_everyday, is_trade_word
from ringback.receptionist.facts_hours import tell_hours, tell_staff_hours
from ringback.receptionist.facts_prices import describe, length_of, list_prices, price_of
from ringback.receptionist.understanding.naming import find_services, find_staff
from ringback.receptionist.understanding.places import is_in_area
from ringback.receptionist.understanding.words import STOP_WORDS, plain, stem, words_of


@dataclass(frozen=True, slots=True)
class Told:
    """Words put together from values, and the name of what they come from."""

    fact: str
    words: str


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked of whom, in which language, when (aware)."""

    text: str
    business: Business
    language: str
    now: datetime


# Several: the caller must say which.
Topic = Callable[[Question], Sequence[Told]]

# What makes a question one about a topic. Texts are compared in lower case without accents.
_PRICE = re.compile(
    r"\bhow much\b(?! time| longer)|\b(?:price|prices|pricing|cost|costs|rate|rates|fee|fees|charge|charges)\b|"
    r"\bcuanto (?:cuesta|cuestan|vale|valen|sale|salen|cobra|cobran|es|seria|por)\b|\b(?:precio|precios|tarifa|"
    r"tarifas|coste|costo)\b"
)
_LENGTH = re.compile(
    r"\bhow (?:long|much time)\b.*\b(?:take|takes|is|are|does|last|lasts|need|needs)\b|\bcuanto (?:tarda|tardan|"
    r"dura|duran|tiempo)\b"
)
_OFFER = re.compile(
    r"\b(?:do|does|can|could|would) (?:you|u|y'?all|they|anyone)(?: guys| also| still)? (?:do|offer|have|provide|"
    r"sell|handle|fix|repair|install|"
    r"service|perform|work on|replace)\b|\b(?:tell me|info|information|details|more) (?:about|on)\b|\bwhat(?: is|"
    r"'s| does) (?:a|an|the|your)\b|"
    r"\b(?:hacen|ofrecen|tienen|arreglan|reparan|instalan|realizan|informacion (?:de|sobre)|que es|que incluye)\b|"
    r"\bwhat(?:'s| is) included\b"
)
# "Any openings Friday?" asks for a free time, which the calendar answers and not the hours.
_WHEN_FREE = re.compile(
    r"\b(?:opening|openings|available|availability|appointment|appointments|slot|slots|spot|spots|book|cita|citas|"
    r"hueco|turno)\b"
)
_HOURS = re.compile(
    r"\b(?:are|r|is|be) (?:you|u|y'?all|they|it|the \w+|your \w+)(?: guys| folks)? (?:still |even )?(?:open|"
    r"closed|there)\b|"
    r"\b(?:do|does|will|when|time|what time)\b.*\b(?:open|close|closing|opening time)\b|\b(?:hours|opening times|"
    r"closing time)\b|^(?:you |u )?(?:open|closed)\b|"
    r"\b(?:horario|horarios|abren|abre|abierto|abiertos|cierran|cierra|cerrado|cerrados)\b"
)
_ADDRESS = re.compile(
    r"\b(?:where (?:are|r) (?:you|u|y'?all)|where(?:'s| is) (?:your|the) (?:\w+ )?(?:office|shop|store|salon|"
    r"clinic|place|studio|location)|"
    r"your (?:exact )?(?:address|location)|the address|you located|directions|find you|get to you|(?:do i|"
    r"to) get there|"
    r"donde (?:estan|esta|queda|quedan|se encuentran|se ubican)|su direccion|la direccion|ubicacion|ubicados|"
    r"como llego|como llegar)\b|^address$"
)
_AREA = re.compile(
    r"\b(?:do|does|can|could|will|would) (?:you|u|y'?all)(?: guys| folks)? (?:also |ever )?(?:come(?: out)?|"
    r"travel|go|drive|serve|service|cover|work|deliver)\b"
    r"(?: out)?(?: to| in| as far as)?|\b(?:what|which) (?:area|areas|zip codes|zips|towns|cities|"
    r"neighborhoods)\b|\bservice area\b|\bhow far do you\b|"
    r"\b(?:vienen|llegan|atienden|cubren|trabajan|van|sirven) (?:a|en|hasta|la zona)\b|\bque zonas?\b"
)
_WORKS = re.compile(
    r"\b(?:is|does|when|what days?|which days?|will)\b.*\b(?:in|work|works|working|there|hours|schedule|days|"
    r"off)\b|\b(?:trabaja|atiende|esta|horario)\b"
)

_YES = {"en": "Yes, we come to that area.", "es": "Sí, llegamos a esa zona."}
_NO = {
    "en": "Sorry, we don't come to that area. We serve {area}.",
    "es": "Lo siento, a esa zona no llegamos. Atendemos {area}.",
}
_SERVED = {"en": "The area we serve: {area}.", "es": "La zona que atendemos: {area}."}
_AT = {"en": "We're at {address}.", "es": "Estamos en {address}."}
_DOES = {"en": "Yes, we do that. {about}", "es": "Sí, lo hacemos. {about}"}
_LONGEST_AREA = 8


def find_topic(asked: Question) -> Sequence[Told]:
    """Return the answer that values give; several when several services may be meant, none for other questions."""
    return _first_of((_price, _length, _works, _hours, _area, _address), asked)


def find_offer(asked: Question) -> Sequence[Told]:
    """Return what is known of a service that a question names ("do you do fillings?"), less sure than a Fact."""
    return _first_of((_offer,), asked)


def _first_of(topics: Sequence[Topic], asked: Question) -> Sequence[Told]:
    for topic in topics:
        if told := topic(asked):
            return told
    return ()


def find_named_topic(name: str, asked: Question) -> Sequence[Told]:
    """Return the answer whose very name is said ("Filling", "hours"): the pick after "did you mean"."""
    service = next((each for each in asked.business.services if plain(each.name) == plain(name).strip(" .!?")), None)
    if service:
        return [_about(service, asked)]
    named: Mapping[str, Topic] = {"hours": _hours, "address": _address, "area": _area, "prices": _prices}
    topic = named.get(plain(name).strip(" .!?"))
    return topic(asked) if topic else ()


def _price(asked: Question) -> Sequence[Told]:
    if not _PRICE.search(plain(asked.text)):
        return ()
    meant = _meant(asked)
    if not meant:
        return _prices(asked) if _is_bare(asked.text) else ()
    return [_told(service, price_of(service, asked.business, asked.language)) for service in meant]


def _length(asked: Question) -> Sequence[Told]:
    meant = _meant(asked) if _LENGTH.search(plain(asked.text)) else ()
    return [_told(service, length_of(service, asked.language)) for service in meant]


def _offer(asked: Question) -> Sequence[Told]:
    said = plain(asked.text)
    meant = _meant(asked) if _OFFER.search(said) and not _WHEN_FREE.search(said) else ()
    return [
        _told(service, _DOES[asked.language].format(about=describe(service, asked.business, asked.language)))
        for service in meant
    ]


def _works(asked: Question) -> Sequence[Told]:
    said = plain(asked.text)
    staff_id = find_staff(asked.text, asked.business) if _WORKS.search(said) and not _WHEN_FREE.search(said) else None
    person = next((each for each in asked.business.staff if each.staff_id == staff_id), None)
    if person is None:
        return ()
    return [
        Told(f"staff: {person.name}", tell_staff_hours(asked.text, person, asked.business, asked.language, asked.now))
    ]


def _hours(asked: Question) -> Sequence[Told]:
    said = plain(asked.text)
    if not _HOURS.search(said) or _WHEN_FREE.search(said):
        return ()
    return [Told("hours", tell_hours(asked.text, asked.business, asked.language, asked.now))]


def _address(asked: Question) -> Sequence[Told]:
    # Where to leave the car is a fact of its own, and rarely at the address.
    address = asked.business.address
    if address is None or not _ADDRESS.search(plain(asked.text)) or "park" in plain(asked.text):
        return ()
    return [Told("address", _AT[asked.language].format(address=address))]


def _area(asked: Question) -> Sequence[Told]:
    area = asked.business.receptionist.area
    # "Do you service boilers?" is about the work, not about a place.
    is_about_work = any(map(is_trade_word, words_of(asked.text)))
    if not area or is_about_work or not _AREA.search(plain(asked.text)):
        return ()
    listed = ", ".join(_towns_first(area))
    match is_in_area(asked.text, area):
        case True:
            return [Told("area", _YES[asked.language])]
        case False:
            return [Told("area", _NO[asked.language].format(area=listed))]
        case None:
            return [Told("area", _SERVED[asked.language].format(area=listed))]


def _towns_first(area: Sequence[str]) -> Sequence[str]:
    """Towns say more than postcodes, which are listed only where there are no towns."""
    towns = [each for each in area if not any(map(str.isdecimal, each))]
    return (towns or area)[:_LONGEST_AREA]


def _prices(asked: Question) -> Sequence[Told]:
    listed = list_prices(asked.business, asked.language)
    return [Told("prices", listed)] if listed else ()


def _meant(asked: Question) -> Sequence[Service]:
    """The services named, unless the question is about something more: a missed one, one with insurance."""
    names = find_services(asked.text, asked.business)
    services = [service for name in names for service in asked.business.services if service.name == name]
    return services if not _has_more(asked.text, services) else ()


def _has_more(text: str, services: Sequence[Service]) -> bool:
    own = {stem(word) for service in services for said in (service.name, *service.also) for word in words_of(said)}
    rest = [word for word in words_of(text) if word not in STOP_WORDS and word not in _ASKING and stem(word) not in own]
    return any(is_everyday(word) and not is_trade_word(word) for word in rest)


def _told(service: Service, words: str | None) -> Told:
    return Told(f"service: {service.name}", words or "")


def _about(service: Service, asked: Question) -> Told:
    return _told(service, describe(service, asked.business, asked.language))


# Words of the asking itself.
_ASKING = frozenset(
    "price prices pricing cost costs rate rates fee fees charge charges charging much long take takes last lasts "
    "do offer "
    "have provide handle usually about typically average start starting starts range approximately roughly today "
    "tomorrow appointment visit session service person people one get done going current currently normally regular "
    "basic whole full time need new order work works use dentist doctor team cuanto cuesta cuestan precio precios "
    "tarda "
    "dura tarifa cobran vale hacen ofrecen tienen cita servicio cost".split()
)
_OF_PRICES = frozenset(
    "price prices pricing cost costs rate rates fee fees charge charges list services visit much cuanto cuesta "
    "cuestan cobran precio "
    "precios tarifa tarifas lista servicios visita usually typically generally".split()
)


def _is_bare(text: str) -> bool:
    """Whether it asks for prices as such, and names no work that we might not do."""
    return all(word in _OF_PRICES or word in STOP_WORDS for word in words_of(text))
