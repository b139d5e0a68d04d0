"""What a text begins when nothing is pending: a booking, a change, a question, a quote, or small talk."""

import re

from ringback.receptionist import asking, booking_talk, changing, questions
from ringback.receptionist.dialog import Goal, HandOverKind, Stage
from ringback.receptionist.draft import Draft
from ringback.receptionist.handing import close, hand_over, request_quote, say_hand_over
from ringback.receptionist.hearing import Hearing
from ringback.receptionist.understanding.intents import Intent
from ringback.receptionist.understanding.names import read_name
from ringback.receptionist.understanding.places import read_address

_TRIES = 2


def begin(draft: Draft, hearing: Hearing) -> None:
    """Take up what the caller comes with."""
    caller, reading = draft.desk.caller, hearing.reading
    to_confirm = draft.booking(caller.to_confirm)
    # C was asked for; some write the word for it, in Spanish too.
    is_c = hearing.text.strip(" .!").casefold() in ("c", "s", "si", "sí")
    if to_confirm is not None and (is_c or reading.intent is Intent.CONFIRM):
        changing.confirm(draft, to_confirm)
    elif reading.running_late and caller.bookings:
        changing.note_late(draft, hearing)
    elif reading.intent is Intent.RESCHEDULE:
        changing.start_change(draft, hearing, Goal.RESCHEDULE)
    elif reading.intent is Intent.CANCEL:
        changing.start_change(draft, hearing, Goal.CANCEL)
    elif _is_not_ours(draft, hearing):
        return
    elif not _begin_answer(draft, hearing) and not _begin_booking(draft, hearing):
        _begin_small(draft, hearing)


def _is_not_ours(draft: Draft, hearing: Hearing) -> bool:
    words = hearing.text.casefold()
    # Said before any address or time is asked: nobody fills in a form to be turned away.
    named = next((each for each in draft.desk.business.receptionist.not_ours if each.casefold() in words), None)
    if named is None:
        return False
    draft.say("not_ours")
    draft.because(f"The business does not do this work (“{named}”).", "not ours")
    close(draft)
    return True


def _begin_answer(draft: Draft, hearing: Hearing) -> bool:
    if hearing.reading.intent is Intent.QUESTION_BOT:
        draft.say("are_you_a_bot", business=draft.desk.business.name)
        draft.because("The caller asked whether this is a machine.")
        return True
    if not hearing.has(Intent.QUESTION) or asks_for_openings(hearing):
        return False
    if questions.answer(draft, hearing):
        return True
    # "Can you fix my heater on Thursday?" is a wish in the form of a question.
    if hearing.services or hearing.names_a_time or hearing.has(Intent.BOOK):
        return False
    questions.leave_open(draft, hearing)
    return True


def _begin_booking(draft: Draft, hearing: Hearing) -> bool:
    if hearing.reading.quote:
        _begin_quote(draft, hearing)
        return True
    # "Yes" to a text-back that asks "shall we help?" is a beginning, not an answer of ours.
    first_yes = hearing.reading.intent is Intent.CONFIRM and draft.dialog.turns == 1
    if not (hearing.has(Intent.BOOK) or hearing.services or hearing.names_a_time or first_yes):
        return False
    take_in_all(draft, hearing)
    booking_talk.go_on(draft, hearing)
    return True


def _begin_quote(draft: Draft, hearing: Hearing) -> None:
    take_in_all(draft, hearing)
    draft.remember(goal=Goal.QUOTE)
    service = draft.service
    if service is not None and (asking.ask_before(draft, service) or asking.ask_after(draft, service)):
        return
    request_quote(draft, hearing)


def _begin_small(draft: Draft, hearing: Hearing) -> None:
    match hearing.reading.intent:
        case Intent.THANKS:
            draft.say("welcome")
            close(draft)
        case Intent.DENY:
            draft.say("no_problem")
            close(draft)
        case Intent.CONFIRM:
            draft.because("A yes to nothing that was asked needs no answer.")
            close(draft)
        case Intent.GREETING:
            draft.say("greeting", business=draft.desk.business.name)
        case Intent.SPAM:
            # Never marked by us alone: a wrong guess would lose a customer for good.
            draft.because("This reads as advertising, so nothing is answered; a person can look.")
            hand_over(draft, hearing, HandOverKind.UNSURE, stays=True)
        case _:
            _not_understood(draft, hearing)


def _not_understood(draft: Draft, hearing: Hearing) -> None:
    """Asked once what is wanted; the second time a person has to look, and the caller is told so once."""
    draft.remember(misread=draft.dialog.misread + 1)
    draft.because("It is not clear what is wanted.")
    # Two ways on offer cost the caller one word; an open "what?" costs them the whole story again.
    if draft.dialog.misread == 1:
        draft.say("message_taken")
        draft.ask(Stage.CALL_BACK, draft.line("what_next"))
        return
    if draft.dialog.misread == _TRIES:
        say_hand_over(draft)
    hand_over(draft, hearing, HandOverKind.UNSURE, stays=True)
    draft.remember(stage=Stage.IDLE, goal=Goal.NONE, pending=None)


_OPENING_WORDS = ("available", "availab", "opening", "free", "anything", "slot", "squeeze", "fit me", "come in")
_OPENING_WORDS_ES = ("hueco", "disponib", "libre", "cita", "turno", "algo para")


# "Are you open Sunday?" is about the business, "anything on Sunday?" about a free time.
_HOURS_WORDS = re.compile(r"\b(open|opens|close[sd]?|closing|hours|abren?|abierto|cierran?|cerrad[oa]|horarios?)\b")


def asks_for_openings(hearing: Hearing) -> bool:
    """Return whether a question is one for a free time ("anything on Friday?") and not for a fact."""
    words = hearing.text.casefold()
    if not hearing.names_a_time or _HOURS_WORDS.search(words):
        return False
    asks = any(word in words for word in (*_OPENING_WORDS, *_OPENING_WORDS_ES))
    return asks or hearing.has(Intent.BOOK)


def asks_for_hours(hearing: Hearing) -> bool:
    """Return whether a question names a time only to ask when the business works."""
    return bool(_HOURS_WORDS.search(hearing.text.casefold()))


def take_in_all(draft: Draft, hearing: Hearing) -> bool:
    """Note what the text says of the booking, and the name and the address where they are plainly given."""
    changed = booking_talk.take_in(draft, hearing)
    # Only where they say that it is their name; who is asked later gets asked once less.
    name = read_name(hearing.text, asked=False)
    if name is not None and name != draft.dialog.name:
        asking.keep_name(draft, name)
    address = read_address(hearing.text, asked=False, country=draft.desk.business.country)
    if address is not None:
        draft.remember(address=address)
    return changed
