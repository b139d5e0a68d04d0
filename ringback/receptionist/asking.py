"""Asks for what a service needs, one thing at a time, and reads the answers."""

import re

from ringback.domain.business import Detail, DetailKind, Service, Unfit
from ringback.receptionist.dialog import Goal, HandOverKind, NameContact, Reply, Stage
from ringback.receptionist.draft import Draft
from ringback.receptionist.handing import close, hand_over, leave_to_a_person, let_go
from ringback.receptionist.hearing import Hearing
from ringback.receptionist.scripts.lines import either
from ringback.receptionist.understanding.intents import Intent
from ringback.receptionist.understanding.names import read_name
from ringback.receptionist.understanding.numbers import read_choice, read_number
from ringback.receptionist.understanding.places import is_in_area, read_address

NAME, ADDRESS = "name", "address"
# Asked this often, an answer that cannot be read is taken as it is (and read back) or left to a person.
_TRIES = 2
_LONGEST_NAME = 3
_FEW = 3
_WORDS = re.compile(r"[^\w-]+")
# Somebody who does not know, or talks of something else, has not said where they live.
_NO_PLACE = re.compile(
    r"\b(?:don.?t|dont|not sure|dunno|idk|no s[eé]|why|hello|hola|wait|you|usted|what|how|gracias|thanks)\b|\?"
    r"|^\W*(?:and|but|so|ok|okay|y|pero)\b",
    re.IGNORECASE,
)
# What stands before a choice in a question: "¿Es casa o apartamento?", "... o la salida general".
_SMALL = re.compile(r"^(?:es|de|la|el|un|una)\s+")


def ask_before(draft: Draft, service: Service) -> bool:
    """Ask for what may show that the job is not for this business; nobody is offered times in vain."""
    # Without an area to check, the address can wait until a time is found.
    needs_area = service.at_address and draft.desk.business.receptionist.area
    if needs_area and draft.dialog.address is None:
        _ask(draft, ADDRESS)
        return True
    # An address that came with something else is looked at like one that was asked for.
    if needs_area and not _is_served(draft):
        return True
    # Answers that can end it come first; the rest waits until a time is kept.
    return _ask_first(draft, [detail for detail in _details(draft, service) if detail.unfit_answers])


def ask_after(draft: Draft, service: Service) -> bool:
    """Ask for the rest, once a time is being kept."""
    # "It's for my wife Dana" has named whom to expect.
    is_named = draft.dialog.name or (draft.dialog.for_whom or "")[:1].isupper()
    if service.asks_name and not is_named and not draft.dialog.unnamed:
        _ask(draft, NAME)
        return True
    if service.at_address and draft.dialog.address is None:
        _ask(draft, ADDRESS)
        return True
    return _ask_first(draft, _details(draft, service))


def _details(draft: Draft, service: Service) -> list[Detail]:
    known = draft.desk.caller.known
    return [detail for detail in service.details if not (detail.new_only and known)]


def _ask_first(draft: Draft, details: list[Detail]) -> bool:
    _take_from_the_beginning(draft, details)
    missing = next((detail for detail in details if detail.name not in draft.dialog.details), None)
    if missing is None:
        return False
    _ask(draft, missing.name)
    return True


def _take_from_the_beginning(draft: Draft, details: list[Detail]) -> None:
    """Take choices that the caller named in so many words at the start ("my kitchen sink is clogged")."""
    _note(draft, details, draft.dialog.about or "")


def note_choices(draft: Draft, hearing: Hearing) -> bool:
    """Keep a choice that a text names although something else was asked for; return whether there was one."""
    service = draft.service
    if service is None or draft.dialog.moving is not None or hearing.has(Intent.QUESTION):
        return False
    details = [detail for detail in _details(draft, service) if detail.name != draft.dialog.asking]
    return _note(draft, details, hearing.text)


def _note(draft: Draft, details: list[Detail], text: str) -> bool:
    before = draft.dialog.details
    said = f" {_WORDS.sub(' ', text.casefold())} "
    for detail in details:
        options = zip(detail.choices, _options(detail), strict=True)
        # "2 toilets clogged" names the toilet.
        named = [own for own, ways in options if any(f" {way}{end} " in said for way in ways for end in ("", "s"))]
        # An answer that would end the booking is asked for: it may have been said of something else.
        if detail.name not in draft.dialog.details and len(named) == 1 and not detail.rules_out(named[0]):
            draft.remember(details={**draft.dialog.details, detail.name: named[0]})
            draft.because(f"The caller had said it already: {detail.name}, {named[0]}.")
    return draft.dialog.details != before


def _options(detail: Detail) -> list[tuple[str, ...]]:
    """Each choice as it may be said: as the owner wrote it, and as their question in Spanish lists it."""
    spanish = _listed_in(detail.question_es or "")
    # Only a list as long as the choices can be theirs, in their order.
    if len(spanish) != len(detail.choices):
        return [(each.casefold(),) for each in detail.choices]
    return [(own.casefold(), other) for own, other in zip(detail.choices, spanish, strict=True)]


def _listed_in(question: str) -> list[str]:
    listed = question.strip(" \u00bf?").casefold().rpartition(":")[2]
    parts = [part.strip() for part in re.split(r",|\bo\b", listed) if part.strip()]
    return [_SMALL.sub("", part) for part in parts]


def _ask(draft: Draft, what: str) -> None:
    draft.remember(asking=what)
    draft.because(f"The booking needs: {what}.")
    question = question_for(draft, what)
    if question is not None:
        draft.ask(Stage.DETAIL, question)


def question_for(draft: Draft, what: str | None) -> Reply | None:
    """Return how the name, the address or a Detail is asked for in the thread's language."""
    if what in (NAME, ADDRESS):
        return draft.line(f"ask_{what}")
    detail = _detail_named(draft, what)
    if detail is None:
        return None
    # The owner's own words, in the caller's language where the owner gave them.
    asked = detail.question_es if draft.language == "es" and detail.question_es else detail.question
    # An owner who names the choices in the question need not hear them twice.
    said = [any(way in asked.casefold() for way in ways) for ways in _options(detail)]
    if detail.kind is DetailKind.CHOICE and not all(said):
        asked = f"{asked} ({either(detail.choices, draft.language).written})"
    return draft.line("plain", words=asked)


def _detail_named(draft: Draft, name: str | None) -> Detail | None:
    service = draft.service
    return next((detail for detail in service.details if detail.name == name), None) if service else None


def read_detail(draft: Draft, hearing: Hearing) -> bool:
    """Take the answer to what was asked; return whether the booking goes on from here."""
    match draft.dialog.asking:
        case "name":
            return _take_name(draft, hearing)
        case "address":
            return _take_address(draft, hearing)
        case _:
            return _take_detail(draft, hearing)


def _take_name(draft: Draft, hearing: Hearing) -> bool:
    name = read_name(hearing.text, asked=True)
    if name is not None:
        keep_name(draft, name)
        draft.remember(asking=None, misread=0)
        return True
    if _misread(draft):
        draft.ask(Stage.DETAIL, draft.line("ask_name_again"))
        return False
    # Said twice, a word or two that we do not know as a name are one; it is read back like any other.
    words = hearing.text.strip(" .,!").split()
    if hearing.reading.intent is Intent.OTHER and len(words) <= _LONGEST_NAME and all(map(str.isalpha, words)):
        keep_name(draft, " ".join(words))
    else:
        # A booking without a name still has the caller's number.
        draft.because("No name could be read twice; the booking goes on under the number.")
    draft.remember(asking=None, misread=0, unnamed=True)
    return True


def keep_name(draft: Draft, name: str) -> None:
    """Remember whose name it is: the contact's own, unless the booking is for somebody else."""
    draft.remember(name=name)
    if draft.dialog.for_whom is None:
        draft.do(NameContact(name))


def _take_address(draft: Draft, hearing: Hearing) -> bool:
    address = read_address(hearing.text, asked=True, country=draft.desk.business.country)
    if address is None and (_misread(draft) or not _is_place_like(hearing)):
        if draft.dialog.misread > _TRIES:
            # Nobody drives to a place that was never said; a fourth time asked would drive the caller away.
            leave_to_a_person(draft, hearing)
            draft.remember(asking=None)
            return False
        draft.ask(Stage.DETAIL, draft.line("ask_address_again"))
        return False
    draft.remember(asking=None, misread=0)
    draft.remember(address=address or hearing.text.strip())
    return _is_served(draft)


def _is_place_like(hearing: Hearing) -> bool:
    """Whether words that are no address we know how to read may still be one ("behind the old mill, second house")."""
    text = hearing.text
    words = sum(word.strip(",.").isalpha() and len(word) > 1 for word in text.split())
    # "OK book" and "and the main line" are answers to something else.
    is_answer = hearing.reading.intent is not Intent.OTHER or hearing.services or _NO_PLACE.search(text)
    return not is_answer and words > 1 and (words > _FEW or any(map(str.isdecimal, text)))


def _is_served(draft: Draft) -> bool:
    """Whether the business goes to the address; where it does not, the caller is told and the time let go."""
    area, address = draft.desk.business.receptionist.area, draft.dialog.address
    if not area or address is None or is_in_area(address, area) is not False:
        return True
    draft.say("unserved")
    draft.because(f"The address is outside the area served ({', '.join(area)}).", "area")
    let_go(draft)
    close(draft)
    # Kept, it would turn down whatever else they ask for.
    draft.remember(address=None)
    return False


def _take_detail(draft: Draft, hearing: Hearing) -> bool:
    detail = _detail_named(draft, draft.dialog.asking)
    if detail is None:
        return True
    answer = _read(detail, hearing)
    if answer is None and _misread(draft):
        question = draft.dialog.pending
        draft.ask(Stage.DETAIL, draft.line("ask_again", question=question or ""), again=question)
        return False
    # Twice unreadable: staff get the caller's own words.
    answer = answer or hearing.text
    draft.remember(asking=None, misread=0, details={**draft.dialog.details, detail.name: answer})
    # Judged by the owner's own list, word for word; nothing is inferred from the answer.
    return not detail.rules_out(answer) or _turn_down(draft, hearing, detail)


def _misread(draft: Draft) -> bool:
    """Count one more misread answer; return whether to ask again."""
    draft.remember(misread=draft.dialog.misread + 1)
    return draft.dialog.misread < _TRIES


def can_read(draft: Draft, hearing: Hearing) -> bool:
    """Return whether a text answers the Detail that was asked for; free text answers anything."""
    detail = _detail_named(draft, draft.dialog.asking)
    return detail is None or _read(detail, hearing) is not None


def takes_any_words(draft: Draft) -> bool:
    """Return whether the Detail that was asked for is answered by whatever is said."""
    detail = _detail_named(draft, draft.dialog.asking)
    return detail is not None and detail.kind is DetailKind.TEXT


def _read(detail: Detail, hearing: Hearing) -> str | None:
    match detail.kind:
        case DetailKind.TEXT:
            return hearing.text
        case DetailKind.YES_NO:
            if hearing.has(Intent.CONFIRM) == hearing.has(Intent.DENY):
                return None
            return "yes" if hearing.has(Intent.CONFIRM) else "no"
        case DetailKind.CHOICE:
            return _read_choice(detail, hearing.text)
        case DetailKind.NUMBER:
            number = read_number(hearing.text)
            return None if number is None else f"{number:g}"


def _read_choice(detail: Detail, text: str) -> str | None:
    chosen = read_choice(text, detail.choices)
    if chosen is None:
        chosen = read_choice(text, tuple(ways[-1] for ways in _options(detail)))
    return None if chosen is None else detail.choices[chosen]


def _turn_down(draft: Draft, hearing: Hearing, detail: Detail) -> bool:
    draft.because(f"The answer on “{detail.name}” shows that the job is not for this business.")
    if detail.unfit_words:
        draft.say("plain", words=detail.unfit_words)
    if detail.unfit is Unfit.HAND_OVER:
        if not detail.unfit_words:
            draft.say("person_decides")
        hand_over(draft, hearing, HandOverKind.UNFIT)
        return False
    if not detail.unfit_words:
        draft.say("unfit")
    let_go(draft)
    draft.remember(goal=Goal.NONE)
    close(draft)
    return False
