"""Hears the answer to a name, an address or a detail, and what callers say in its place."""

import re

from ringback.receptionist import asking, booking_talk, triage
from ringback.receptionist.beginning import take_in_all
from ringback.receptionist.dialog import Goal
from ringback.receptionist.draft import Draft
from ringback.receptionist.handing import let_go
from ringback.receptionist.hearing import REPLACES, Hearing, again
from ringback.receptionist.understanding.names import read_name
from ringback.receptionist.understanding.places import read_address
from ringback.receptionist.wanted import pick


def hear_detail(draft: Draft, hearing: Hearing) -> None:
    """Take the answer to what was asked, and a change of mind beside it or in its place."""
    if draft.dialog.goal is Goal.EMERGENCY:
        triage.hear_address(draft, hearing)
        return
    if _names_other_work(draft, hearing):
        let_go(draft)
        draft.remember(details={}, misread=0)
        take_in_all(draft, hearing)
        booking_talk.go_on(draft, hearing)
        return
    # People answer and think aloud in one go: "Carla Ruiz", then "actually, make it 4".
    parts = hearing.parts or (hearing,)
    about_time = [part for part in parts if _is_about_time(draft, part)]
    answers = [part for part in parts if part not in about_time]
    moved = any(_changes_the_time(draft, part) for part in about_time)
    new = [take_in_all(draft, part) for part in about_time]
    if moved:
        let_go(draft)
    # The same day said twice where a name was asked for is a name after all: it is read as one, not asked for again.
    if about_time and not any(new) and not moved:
        about_time, answers = [], list(parts)
    answer = hearing if not about_time else again(answers, draft.dialog, draft.desk) if answers else None
    if answer is None and draft.dialog.chosen is None:
        _go_on_or_ask(draft, hearing)
    elif answer is None or asking.read_detail(draft, answer):
        if hearing.for_whom:
            draft.remember(for_whom=hearing.for_whom)
        booking_talk.go_on(draft, hearing)


_RATHER = re.compile(r"\b(?:works?|is|would be|suits?)(?: me| us)? better\b|\brather\b|\bprefer\b", re.IGNORECASE)


def _names_other_work(draft: Draft, hearing: Hearing) -> bool:
    """ "No, the crown" where the name was asked for: another service, and neither a name nor an address."""
    dialog, country = draft.dialog, draft.desk.business.country
    if len(hearing.services) != 1 or dialog.service in hearing.services or dialog.moving is not None:
        return False
    match dialog.asking:
        case asking.NAME:
            return read_name(hearing.text, asked=True) is None
        case asking.ADDRESS:
            return read_address(hearing.text, asked=True, country=country) is None
        case _:
            return False


def _go_on_or_ask(draft: Draft, hearing: Hearing) -> None:
    """A time instead of the address or the name: kept for later; what was asked is still needed."""
    # What must be known before a time is looked for is asked for again by the booking itself.
    if draft.dialog.asking == asking.ADDRESS or not draft.dialog.search:
        draft.ask_again()
    else:
        booking_talk.go_on(draft, hearing)


def _changes_the_time(draft: Draft, hearing: Hearing) -> bool:
    """A change of mind beside a name or an address ("actually, make it 4")."""
    chosen = draft.dialog.chosen
    if chosen is None:
        return False
    other = bool(hearing.when.wishes) and pick(hearing.when, [chosen], draft.zone) is None
    return other or (hearing.staff is not None and hearing.staff != chosen.staff_id)


def _is_about_time(draft: Draft, hearing: Hearing) -> bool:
    """Whether a text speaks of the time or the person where something else was asked for."""
    if not (hearing.when.wishes or hearing.staff):
        return False
    match draft.dialog.asking:
        case asking.NAME:
            return read_name(hearing.text, asked=True) is None
        case asking.ADDRESS:
            return read_address(hearing.text, asked=True, country=draft.desk.business.country) is None
        case _:
            # Free text answers anything; only "make it 4" is plainly none.
            is_moved = bool(hearing.when.wishes) and (REPLACES.search(hearing.text) or _RATHER.search(hearing.text))
            return (asking.takes_any_words(draft) and bool(is_moved)) or not asking.can_read(draft, hearing)
