"""What comes before everything else in a text: danger, a refusal, anger, a wish for a person."""

import re

from ringback.domain.business import Service
from ringback.domain.money import show_price
from ringback.receptionist import asides, questions
from ringback.receptionist.dialog import (
    AlertOnCall,
    Close,
    Goal,
    HandOver,
    HandOverKind,
    MarkContact,
    Reply,
    Stage,
)
from ringback.receptionist.draft import Draft
from ringback.receptionist.handing import close, hand_over, let_go, promise_call, say_hand_over
from ringback.receptionist.hearing import Hearing
from ringback.receptionist.understanding.emergency import default_instruction, is_life_threatening
from ringback.receptionist.understanding.intents import Intent
from ringback.receptionist.understanding.places import read_address


def comes_first(draft: Draft, hearing: Hearing) -> bool:
    """Deal with what cannot wait; return whether that was all there is to this turn."""
    if hearing.has(Intent.OPT_OUT):
        # Honoured before the dialog sees it; heard here alone, saying nothing more is the only safe answer.
        _go_quiet(draft, "The text may ask us to stop, so nothing more is said.")
        return True
    # "Yes, please hurry" answers the question about the fee; whatever is said then goes to the on-call people anyway.
    answers_us = draft.dialog.goal is Goal.EMERGENCY and draft.dialog.pending is not None
    if hearing.emergency is not None and not answers_us:
        alert(draft, hearing, hearing.emergency)
        return True
    if draft.dialog.goal is Goal.EMERGENCY and draft.dialog.stage is Stage.IDLE and _adds_to_it(draft, hearing):
        # Said again, and not answered with "I don't know": they may need it now.
        if _WHAT_TO_DO.search(hearing.text) and draft.dialog.emergency is not None:
            _instruct(draft, draft.dialog.emergency)
        draft.do(
            AlertOnCall(hearing.text, read_address(hearing.text, asked=False, country=draft.desk.business.country))
        )
        draft.say("told_team")
        draft.because("While an emergency is open, what the caller adds goes to the on-call people.")
        return True
    if hearing.reading.wrong_number:
        draft.do(MarkContact("wrong_number"))
        draft.say("wrong_number")
        draft.because("The text says that this is a wrong number.")
        close(draft)
        # "We won't text you again" holds for the answer to their "no problem" too.
        draft.remember(wrong_number=True)
        return True
    if draft.dialog.wrong_number:
        draft.because("It was a wrong number, and we said that we would not write again.")
        return True
    if _goes_on_with_emergency(draft, hearing):
        return True
    if draft.dialog.handed_over:
        draft.because("A person was asked for, so the receptionist stays quiet.")
        return True
    return _wants_a_person(draft, hearing)


def _goes_on_with_emergency(draft: Draft, hearing: Hearing) -> bool:
    """Hear the answer to what an emergency made us ask; a person who has taken over changes nothing about that."""
    # Whether this is a machine is answered also then.
    asks_who = hearing.reading.intent is Intent.QUESTION_BOT and not draft.dialog.handed_over
    if draft.dialog.goal is not Goal.EMERGENCY or draft.dialog.pending is None or asks_who:
        return False
    match draft.dialog.stage:
        case Stage.EMERGENCY_FEE:
            hear_fee(draft, hearing)
        case Stage.DETAIL:
            hear_address(draft, hearing)
        case _:
            return False
    return True


_TRIES = 2
_WHAT_TO_DO = re.compile(r"\bwhat (?:do|should|can|shall) (?:i|we)\b|\bqu[e\u00e9] (?:hago|hacemos|debo)\b", re.I)
_ELSE = frozenset({Intent.BOOK, Intent.RESCHEDULE, Intent.CANCEL, Intent.QUESTION, Intent.QUESTION_BOT, Intent.HUMAN})


def _adds_to_it(draft: Draft, hearing: Hearing) -> bool:
    """Whether a text belongs to the emergency that is open, and is not the beginning of something else."""
    address = read_address(hearing.text, asked=False, country=draft.desk.business.country)
    # What no fact answers is for the people who are on their way.
    if hearing.reading.intent is Intent.QUESTION and not questions.is_known(draft, hearing):
        return True
    return address is not None or not (hearing.reading.intent in _ELSE or hearing.has(Intent.THANKS))


def _go_quiet(draft: Draft, why: str) -> None:
    let_go(draft)
    draft.do(HandOver(HandOverKind.UNSURE, "may have asked for no more texts"))
    draft.do(Close())
    draft.because(why)
    draft.remember(handed_over=True, stage=Stage.IDLE, goal=Goal.NONE, pending=None)


# "Can I talk to Olga": whoever names one of ours to talk to wants a person.
_TALK_TO = re.compile(
    r"\b(?:talk|speak|chat)\s+(?:to|with)\b|\bhablar con\b|\bis \w+ (?:there|in|around)\b"
    r"(?! (?:on|this|next|today|tomorrow|mon|tue|wed|thu|fri|sat|sun))",
    re.IGNORECASE,
)


# "Will you call before you come?" asks about the visit, not for a call.
_CALLS_AHEAD = re.compile(
    r"\b(?:call|ring|text|llam\w+)\b.*"
    r"\b(?:ahead|before (?:you|they|he|she|coming|arriv\w+)|on (?:the|your|their) way|antes de)\b",
    re.IGNORECASE,
)


def _wants_a_person(draft: Draft, hearing: Hearing) -> bool:
    reading = hearing.reading
    if reading.abuse:
        draft.say("angry")
        hand_over(draft, hearing, HandOverKind.ANGER)
    elif reading.call_me and not _CALLS_AHEAD.search(hearing.text):
        promise_call(draft, hearing)
    elif reading.intent is Intent.HUMAN or (hearing.staff is not None and _TALK_TO.search(hearing.text)):
        say_hand_over(draft)
        hand_over(draft, hearing, HandOverKind.ASKED)
    elif draft.dialog.turns > draft.desk.business.receptionist.max_turns:
        say_hand_over(draft)
        hand_over(draft, hearing, HandOverKind.TOO_LONG)
    else:
        return False
    return True


def alert(draft: Draft, hearing: Hearing, kind: str) -> None:
    """Say what to do at once, alert the on-call people, and ask for the fee or the address where there is need."""
    address = draft.dialog.address or read_address(hearing.text, asked=False, country=draft.desk.business.country)
    draft.remember(emergency=kind, goal=Goal.EMERGENCY, address=address)
    # Before the fee, before the address: somebody is called out of bed while the caller still types.
    draft.do(AlertOnCall(hearing.text, address))
    draft.because(f"This reads as an emergency ({kind.replace('_', ' ')}).")
    # More of the same emergency adds to the alert; the instruction was given.
    if draft.dialog.alerted:
        draft.say("told_team")
        return
    hand_over(draft, hearing, HandOverKind.EMERGENCY, stays=True)
    _instruct(draft, kind)
    draft.say("alerted")
    draft.remember(alerted=True, stage=Stage.IDLE, pending=None, misread=0)
    # Who may be dying is not asked about money.
    if is_life_threatening(kind):
        ask_address(draft)
    else:
        _ask_for_the_visit(draft)


def _instruct(draft: Draft, kind: str) -> None:
    business, policy = draft.desk.business, draft.desk.business.receptionist
    own = policy.emergency_instruction
    if draft.language == "es" and policy.emergency_instruction_es:
        own = policy.emergency_instruction_es
    # Where a life may be at stake, calling the emergency services comes before anything the owner wrote.
    if own is None or is_life_threatening(kind):
        draft.say("plain", words=default_instruction(kind, business.trade, draft.language, business.country))
        draft.because("The instruction is the product's own for this kind of emergency.", "emergency instruction")
    if own is not None:
        draft.say("plain", words=own)
        draft.because("The instruction is the owner's.", "emergency instruction")


def _ask_for_the_visit(draft: Draft) -> None:
    service, question = _visit(draft), fee_question(draft)
    if service is not None and question is not None:
        draft.ask(Stage.EMERGENCY_FEE, question)
        draft.because("The fee is agreed to before anybody is sent.", f"service: {service.name}")
    else:
        ask_address(draft)


def fee_question(draft: Draft) -> Reply | None:
    """Return the question whether the emergency fee is agreed to; None where there is none."""
    service = _visit(draft)
    if service is None or not service.price_cents:
        return None
    price = show_price(service.price_cents, draft.desk.business.country)
    note = f" ({service.price_note.rstrip('.')})" if service.price_note else ""
    return draft.line("fee", price=price, note=note)


def _visit(draft: Draft) -> Service | None:
    return next((service for service in draft.desk.business.services if service.emergency), None)


def ask_address(draft: Draft) -> None:
    """Ask where to come, unless it is known or the caller comes here."""
    service = _visit(draft)
    goes_there = service.at_address if service else any(each.at_address for each in draft.desk.business.services)
    if goes_there and draft.dialog.address is None:
        draft.remember(asking="address")
        draft.ask(Stage.DETAIL, draft.line("emergency_address"))
    else:
        draft.remember(stage=Stage.IDLE, pending=None)


_COSTLY = re.compile(r"\b(?:a lot|expensive|pricey|too much|caro|mucho dinero)\b", re.IGNORECASE)


def _agrees(hearing: Hearing) -> bool:
    """Whether a text agrees to the fee, plainly: somebody is sent, and it is paid."""
    if asides.is_conditional(hearing) or _COSTLY.search(hearing.text):
        return False
    return hearing.has(Intent.CONFIRM) and (not hearing.has(Intent.QUESTION) or asides.says_yes_first(hearing))


def hear_fee(draft: Draft, hearing: Hearing) -> None:
    """The answer to the emergency fee; anything else is passed on, and the question stands."""
    address = draft.dialog.address or read_address(hearing.text, asked=False, country=draft.desk.business.country)
    draft.remember(address=address)
    if hearing.has(Intent.DENY):
        draft.do(AlertOnCall(hearing.text, address, fee_agreed=False))
        draft.say("fee_declined")
        draft.because("The caller did not agree to the fee.")
        hand_over(draft, hearing, HandOverKind.EMERGENCY)
        # "OK, send somebody after all" must reach the on-call people, and not a silent thread.
        draft.remember(goal=Goal.EMERGENCY)
    # "OK but how much are parts?" agrees to nothing yet.
    elif _agrees(hearing):
        draft.do(AlertOnCall(hearing.text, address, fee_agreed=True))
        draft.say("fee_agreed")
        draft.because("The caller agreed to the fee.")
        draft.remember(misread=0)
        ask_address(draft)
    else:
        draft.do(AlertOnCall(hearing.text, address))
        draft.say("told_team")
        _ask_again_or_leave_it(draft)


def _ask_again_or_leave_it(draft: Draft) -> None:
    """Put the question once or twice more; after that the on-call people ask it, who have heard everything."""
    draft.remember(misread=draft.dialog.misread + 1)
    if draft.dialog.misread > _TRIES:
        draft.remember(stage=Stage.IDLE, pending=None, asking=None, misread=0)
    else:
        draft.ask_again()


def hear_address(draft: Draft, hearing: Hearing) -> None:
    """Where the emergency is, in the caller's words: on-call people read it, no machine has to."""
    read = read_address(hearing.text, asked=True, country=draft.desk.business.country)
    # Words without any number are hardly an address the first time; they go to the on-call people all the same.
    is_answer = hearing.reading.intent in (Intent.OTHER, Intent.EMERGENCY) and draft.dialog.misread > 0
    is_place = any(sign.isdecimal() for sign in hearing.text) or is_answer
    address = read or (hearing.text.strip() if is_place else None)
    draft.do(AlertOnCall(hearing.text, address))
    draft.say("told_team")
    draft.because("The on-call person is told what the caller wrote.")
    if address is None:
        _ask_again_or_leave_it(draft)
    else:
        draft.remember(address=address, asking=None, stage=Stage.IDLE, pending=None, misread=0)
