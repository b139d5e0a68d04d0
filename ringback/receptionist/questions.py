"""Answers from the business's own facts; what they do not say is asked of a person and noted as a gap."""

import re
from collections.abc import Sequence

from ringback.receptionist.dialog import HandOverKind, RecordGap, Reply, Stage
from ringback.receptionist.draft import Draft
from ringback.receptionist.facts import Found, NoAnswer, Unsure, answer_question
from ringback.receptionist.facts_prices import length_of, price_of
from ringback.receptionist.handing import hand_over
from ringback.receptionist.hearing import Hearing
from ringback.receptionist.scripts.lines import either
from ringback.receptionist.understanding.intents import Intent
from ringback.receptionist.understanding.naming import find_services
from ringback.receptionist.understanding.numbers import read_choice
from ringback.receptionist.understanding.words import STOP_WORDS, words_of

_MORE_CANDIDATES = 3
_SENTENCE = re.compile(r"(?<=[?.!])\s+|\n")
_PRICE = re.compile(
    r"\b(?:how much|price|prices|cost|costs|charge|rate|cu[aá]nto|precio|costo|cuesta)\b", re.IGNORECASE
)
_LENGTH = re.compile(
    r"\bhow long (?:does|will|would|do|is) (?:it|that|this|the (?:visit|appointment))\b"
    r"|\bcu[a\u00e1]nto (?:dura|tarda)\b",
    re.IGNORECASE,
)
_OF_PRICES = frozenset("much cuanto cuesta cuestan seria va costar sale vale final total exactly going gonna".split())
_AND_LENGTH = re.compile(r"\b(?:how long|cu[a\u00e1]nto (?:dura|tarda))\b", re.IGNORECASE)
_LEADING_YES = re.compile(
    r"^\W*(yes|yeah|yep|yup|sure|ok|okay|s[ií]|claro|perfect|great|y)\b[\s,.!-]*"
    r"(?:(?:and|y)\s+)?(?:(?:let.?s )?(?:do|book) it\b)?",
    re.IGNORECASE,
)


def answer(draft: Draft, hearing: Hearing) -> bool:
    """Answer what a text asks, each of its questions; False where no fact of the business does."""
    desk = draft.desk
    # Two questions in one text would blur each other: each is looked up by itself first.
    asked = [sentence for sentence in _SENTENCE.split(hearing.text) if sentence.strip()]
    if len(asked) > 1:
        answers = [_look_up(draft, sentence, find_services(sentence, desk.business)) for sentence in asked]
        found = [each for each in answers if isinstance(each, Found)]
        if found:
            _give(draft, *{each.fact: each for each in found}.values())
            return True
    match _look_up(draft, hearing.text, hearing.services):
        case Found() as one:
            _give(draft, one)
        case Unsure(candidates):
            _ask_which(draft, hearing, candidates)
        case NoAnswer():
            return False
    return True


def _look_up(draft: Draft, text: str, services: Sequence[str]) -> Found | Unsure | NoAnswer:
    """Look a question up; "how much?" in the middle of a booking is about what is being booked."""
    business, language = draft.desk.business, draft.language
    answered = answer_question(text, business, language, draft.desk.now)
    service = draft.service or draft.service_named(draft.dialog.last_service)
    if service is None or services:
        return answered
    asks_price = _PRICE.search(text) is not None
    # "How much is it?" alone is about this service, also where a fact about some other price is worded like it.
    is_bare = asks_price and service.price_cents is not None and all(map(_tells_nothing, words_of(text)))
    if isinstance(answered, Found) and answered.fact != "prices" and not is_bare:
        return answered
    found = [price_of(service, business, language)] if asks_price else []
    found += [length_of(service, language)] if _LENGTH.search(text) or (found and _AND_LENGTH.search(text)) else []
    return Found(f"service: {service.name}", " ".join(found), 1.0) if found else answered


def _tells_nothing(word: str) -> bool:
    return word in STOP_WORDS or _PRICE.fullmatch(word) is not None or word in _OF_PRICES


def is_known(draft: Draft, hearing: Hearing) -> bool:
    """Return whether a text is a question that the business's values or facts answer."""
    return hearing.has(Intent.QUESTION) and isinstance(_look_up(draft, hearing.text, hearing.services), Found)


def answer_beside(draft: Draft, hearing: Hearing) -> None:
    """Answer the question that came with a yes; what nobody knows is left to a person, and the yes still counts."""
    asked = _LEADING_YES.sub("", hearing.text)
    # "Y?" and "yes do it" ask nothing.
    if not any(map(str.isalpha, asked)) or asked.casefold().strip(" .!") == "do it":
        return
    match _look_up(draft, asked, hearing.services):
        case Found() as found:
            draft.say("plain", words=found.answer)
            draft.because("The answer is the business's own.", found.fact)
        case _:
            leave_open(draft, hearing)


def _give(draft: Draft, *given: Found) -> None:
    for found in given:
        draft.say("plain", words=found.answer)
        draft.because("The answer is the business's own.", found.fact)
    services = [draft.service_named(found.fact.removeprefix("service: ")) for found in given]
    service = next((each for each in services if each is not None and each.bookable), None)
    booked = {booking.service for booking in draft.desk.caller.bookings}
    if service is not None and draft.dialog.stage is Stage.IDLE and service.name not in booked:
        draft.remember(service=service.name)
        # An offer, not a question that must be answered: after the next question it is not made again.
        draft.ask(Stage.TIME, draft.line("want_time"), again=Reply("", ""))


def _ask_which(draft: Draft, hearing: Hearing, candidates: tuple[Found, ...]) -> None:
    # More than three to choose from is a menu, and menus are what callers fled from.
    named = tuple(found.fact.removeprefix("service: ").rstrip(" ?") for found in candidates[:_MORE_CANDIDATES])
    draft.because("Two or more facts may be meant, so the caller is asked.")
    line = draft.line("did_you_mean", choices=either(named, draft.language))
    draft.remember(suggested=tuple(found.fact for found in candidates[:_MORE_CANDIDATES]), question=hearing.text)
    draft.ask(Stage.DID_YOU_MEAN, line)


def leave_open(draft: Draft, hearing: Hearing) -> None:
    """Nobody here knows: a person is asked, and the owner sees what was missing."""
    # In the caller's own words: they show the owner how customers speak of it.
    draft.do(RecordGap(draft.dialog.question or hearing.text))
    draft.say("unknown")
    draft.because("No fact of the business answers this.")
    hand_over(draft, hearing, HandOverKind.UNANSWERED, stays=True)
    draft.remember(suggested=(), question=None)


def hear_which(draft: Draft, hearing: Hearing) -> bool:
    """The answer to "did you mean"; False where the text is about something else."""
    suggested = draft.dialog.suggested
    names = tuple(fact.removeprefix("service: ") for fact in suggested)
    # By number or by words; a plain yes picks nothing where several were named.
    chosen = read_choice(hearing.text, names)
    if chosen is None and hearing.reading.intent is Intent.CONFIRM and len(names) == 1:
        chosen = 0
    if chosen is not None:
        match answer_question(names[chosen], draft.desk.business, draft.language, draft.desk.now):
            case Found() as found:
                draft.remember(stage=Stage.IDLE, pending=None, suggested=(), question=None)
                _give(draft, found)
                return True
            case _:
                pass
    if hearing.reading.intent is Intent.CONFIRM and len(names) > 1 and chosen is None:
        draft.ask_again()
        return True
    if hearing.reading.intent is Intent.DENY or chosen is not None:
        draft.remember(stage=Stage.IDLE, pending=None)
        leave_open(draft, hearing)
        return True
    draft.remember(stage=Stage.IDLE, pending=None, suggested=(), question=None)
    return False
