"""Brings in a person: hand-overs, calls promised, quotes; each said to the caller in true words."""

from datetime import datetime, timedelta

from ringback.domain.business import Business
from ringback.domain.hours import DayState, describe_opening, next_opening, state_at
from ringback.receptionist.dialog import (
    Close,
    Goal,
    HandOver,
    HandOverKind,
    PromiseCall,
    Release,
    RequestQuote,
    Stage,
)
from ringback.receptionist.draft import Draft
from ringback.receptionist.hearing import Hearing
from ringback.receptionist.scripts.clock_words import say_start

# What a person needs to see of the caller's own words.
_LONGEST_QUOTE = 300
_STEP = timedelta(minutes=5)


def hand_over(draft: Draft, hearing: Hearing | None, kind: HandOverKind, stays: bool = False) -> None:
    """Give the thread to a person, with what is known of the matter; unless `stays`, the receptionist goes quiet."""
    draft.do(HandOver(kind, _summary(draft, hearing), stays))
    draft.because(f"A person was asked to take over ({kind.value.replace('_', ' ')}).")
    if not stays:
        let_go(draft)
        draft.remember(handed_over=True, stage=Stage.IDLE, goal=Goal.NONE, pending=None)


def pass_on_picture(draft: Draft, hearing: Hearing) -> None:
    """Give what a picture shows to people: nothing here can see it."""
    draft.say("picture")
    hand_over(draft, hearing, HandOverKind.PICTURE, stays=True)


def say_hand_over(draft: Draft) -> None:
    """Say that a person takes over, and when they can be there."""
    business, now = draft.desk.business, draft.desk.now
    if state_at(business.hours, business.zone, now) is DayState.OPEN:
        draft.say("hand_over_open")
        return
    # "Soon" at midnight would be a lie: the caller hears when somebody is there.
    opens_at = next_opening(business.hours, business.zone, now)
    draft.say("hand_over_closed", opens=describe_opening(opens_at, now, business.zone, draft.language))


def leave_to_a_person(draft: Draft, hearing: Hearing) -> None:
    """Stop asking for what could not be understood: the caller hears that a person takes over."""
    say_hand_over(draft)
    let_go(draft)
    hand_over(draft, hearing, HandOverKind.UNSURE, stays=True)
    draft.remember(stage=Stage.IDLE, goal=Goal.NONE, pending=None, misread=0)


def let_go(draft: Draft) -> None:
    """Free the time that was being kept for this caller."""
    if draft.dialog.held is not None:
        draft.do(Release(draft.dialog.held))
    draft.remember(held=None, chosen=None)


def ask_what_else(draft: Draft, why: str) -> None:
    """Let the time go that was to be booked, and ask for another; the rest of what is known stays."""
    let_go(draft)
    draft.because(why)
    draft.ask(Stage.TIME, draft.line("what_else"), draft.line("when"))


def promise_call(draft: Draft, hearing: Hearing) -> None:
    """Promise a call within the owner's time, counted in opening hours, and say by when."""
    business = draft.desk.business
    due_at = due_in_hours(business, draft.desk.now, business.receptionist.call_back_minutes)
    draft.do(PromiseCall(due_at, _summary(draft, hearing)))
    draft.say("call_back", due=say_start(due_at, business.zone, business.country, draft.language))
    draft.because("The caller asked to be called.")
    let_go(draft)
    draft.remember(stage=Stage.IDLE, goal=Goal.MESSAGE, pending=None)


def due_in_hours(business: Business, now: datetime, minutes: int) -> datetime:
    """Return when so many minutes of opening hours will have passed; without any hours in sight, so many minutes."""
    # An hour promised five minutes before closing falls due the next morning.
    at, left = now, timedelta(minutes=minutes)
    while left > timedelta(0):
        if state_at(business.hours, business.zone, at) is DayState.OPEN:
            at, left = at + min(_STEP, left), left - min(_STEP, left)
            continue
        opens_at = next_opening(business.hours, business.zone, at)
        if opens_at is None:
            return now + timedelta(minutes=minutes)
        at = opens_at
    return at


def request_quote(draft: Draft, hearing: Hearing) -> None:
    """Pass on what a quote needs; prices are a person's to say."""
    details = {"job": hearing.text, **draft.dialog.details}
    if draft.dialog.address:
        details["address"] = draft.dialog.address
    # The price of a quote is never said here, whatever the caller guesses.
    draft.do(RequestQuote(draft.dialog.service, details))
    hand_over(draft, hearing, HandOverKind.QUOTE, stays=True)
    draft.say("quote")
    draft.remember(stage=Stage.IDLE, goal=Goal.NONE, pending=None)


def close(draft: Draft) -> None:
    """Nothing is left to do here for now."""
    draft.do(Close())
    draft.remember(stage=Stage.IDLE, goal=Goal.NONE, pending=None)


def _summary(draft: Draft, hearing: Hearing | None) -> str:
    dialog = draft.dialog
    said = hearing.text if hearing else dialog.about
    parts = [
        f"wants: {dialog.service}" if dialog.service else None,
        f"time: {draft.start(dialog.chosen).written}" if dialog.chosen else None,
        f"address: {dialog.address}" if dialog.address else None,
        f"first wrote: “{dialog.about[:_LONGEST_QUOTE]}”" if dialog.about and dialog.about != said else None,
        f"wrote: “{said[:_LONGEST_QUOTE]}”" if said else None,
    ]
    return "; ".join(part for part in parts if part) or "no words"
