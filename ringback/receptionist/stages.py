"""What a text means at each stage of the dialog: an answer to what was asked, an interruption, or something new."""

import re
from collections.abc import Callable, Mapping

from ringback.receptionist import asides, asking, booking_talk, changing, questions, triage
from ringback.receptionist.beginning import asks_for_hours, asks_for_openings, begin, take_in_all
from ringback.receptionist.beside import answer_what_is_asked
from ringback.receptionist.detail_talk import hear_detail
from ringback.receptionist.dialog import Dialog, Goal, Reply, Stage
from ringback.receptionist.draft import Draft
from ringback.receptionist.handing import ask_what_else, leave_to_a_person, let_go, promise_call
from ringback.receptionist.hearing import REPLACES, Hearing
from ringback.receptionist.picking import picked
from ringback.receptionist.scripts.lines import either
from ringback.receptionist.understanding.intents import Intent
from ringback.receptionist.understanding.names import read_name
from ringback.receptionist.understanding.numbers import read_choice
from ringback.receptionist.understanding.places import read_address
from ringback.receptionist.wanted import pick

_TRIES = 2
_WITH = re.compile(r"\b(?:with|con|to|see)\b", re.IGNORECASE)


def hear_at_stage(draft: Draft, hearing: Hearing) -> None:
    """Take the text as what the stage expects, after the interruptions that any stage allows."""
    # Answered first, so that the turn ends with the question that the caller has to answer.
    hearing = answer_what_is_asked(draft, hearing)
    noted = asking.note_choices(draft, hearing)
    if draft.dialog.stage is Stage.IDLE:
        begin(draft, hearing)
    elif _interrupts(draft, hearing):
        return
    # "Apartment" where a time was asked for: it is kept, and what was asked still is.
    elif noted and not hearing.names_a_time and _is_waited_for(draft):
        draft.ask_again()
    else:
        _HANDLERS[draft.dialog.stage](draft, hearing)


def _is_waited_for(draft: Draft) -> bool:
    """Whether what was asked for cannot be what was said: "house" is no time, and nobody's name."""
    is_name = draft.dialog.stage is Stage.DETAIL and draft.dialog.asking == asking.NAME
    return is_name or draft.dialog.stage in (Stage.CHOICE, Stage.TIME)


# --- interruptions


def _interrupts(draft: Draft, hearing: Hearing) -> bool:
    reading, stage = hearing.reading, draft.dialog.stage
    if reading.intent is Intent.QUESTION_BOT:
        draft.say("are_you_a_bot", business=draft.desk.business.name)
        draft.ask_again()
        return True
    if reading.intent is Intent.CANCEL and stage not in (Stage.CANCEL_READ_BACK, Stage.WHICH_BOOKING):
        _drop_or_cancel(draft, hearing)
        return True
    if _is_about_the_talk(draft, hearing):
        return True
    if not hearing.has(Intent.QUESTION) or asks_for_openings(hearing) or hearing.has(Intent.CONFIRM):
        return False
    if stage is Stage.CHOICE and asides.asks_for_others(hearing):
        return False
    # What answers "which?" often looks like a question itself.
    if stage in (Stage.DID_YOU_MEAN, Stage.SERVICE, Stage.CALL_BACK) or _is_awaited(draft, hearing):
        return False
    if not questions.answer(draft, hearing):
        questions.leave_open(draft, hearing)
    if draft.dialog.stage is stage:
        draft.ask_again()
    return True


def _is_about_the_talk(draft: Draft, hearing: Hearing) -> bool:
    if asides.tell_bookings(draft, hearing):
        draft.ask_again()
        return True
    if (
        (asides.asks_what_was_said(hearing) or asides.knocks(hearing))
        and draft.dialog.pending is not None
        and draft.dialog.pending.written
    ):
        draft.because("The caller asked what we had said, so it is said again.")
        draft.ask_again()
        return True
    if asides.is_small_talk(hearing):
        draft.ask_again()
        return True
    if asides.declines(hearing):
        booking_talk.abandon(draft)
        return True
    return _wants_another_time(draft, hearing)


def _wants_another_time(draft: Draft, hearing: Hearing) -> bool:
    """Whether what is being agreed on is to be moved to a time that is still to be said ("yes, can we move it?")."""
    # Where a time is agreed on and nothing is booked yet, "reschedule" means that time.
    names_another = hearing.names_a_time or hearing.staff or hearing.services
    if draft.dialog.chosen is None or names_another or not asides.asks_to_move(hearing):
        return False
    ask_what_else(draft, "The caller wants another time than the one agreed on.")
    return True


def _drop_or_cancel(draft: Draft, hearing: Hearing) -> None:
    """In short: "cancel that" in the middle of booking drops the talk; a booking that exists is asked about."""
    if draft.desk.caller.bookings and draft.dialog.chosen is None:
        let_go(draft)
        changing.start_change(draft, hearing, Goal.CANCEL)
    else:
        booking_talk.abandon(draft)


def _is_awaited(draft: Draft, hearing: Hearing) -> bool:
    """Whether a text with a question in it also brings what was asked for ("Tuesday at 3? do you take cards?")."""
    stage = draft.dialog.stage
    # In an emergency everything goes to the on-call people; nothing is looked up meanwhile.
    if draft.dialog.goal is Goal.EMERGENCY:
        return True
    # "Will" and "May" said once more after the read-back are the name, and no question.
    if stage is Stage.READ_BACK and read_name(hearing.text, asked=True) == draft.dialog.name is not None:
        return True
    if stage in (Stage.TIME, Stage.CHOICE, Stage.READ_BACK):
        asks_for_person = hearing.staff is not None and _WITH.search(hearing.text) is not None
        return asks_for_person or (hearing.names_a_time and not asks_for_hours(hearing))
    if stage is not Stage.DETAIL:
        return False
    # "Can we move it to 4?" is served, whatever was asked for.
    if hearing.when.wishes and REPLACES.search(hearing.text):
        return True
    country = draft.desk.business.country
    match draft.dialog.asking:
        case asking.NAME:
            return "?" not in hearing.text and read_name(hearing.text, asked=True) is not None
        case asking.ADDRESS:
            return read_address(hearing.text, asked=False, country=country) is not None
        case _:
            # Free text answers anything, also "what did you say the price was": a fact that answers it tells.
            return asking.can_read(draft, hearing) and not questions.is_known(draft, hearing)


# --- the booking's stages


def _hear_service(draft: Draft, hearing: Hearing) -> None:
    service = draft.desk.business.services
    if len(hearing.services) == 1:
        draft.remember(service=hearing.services[0])
    else:
        names = draft.dialog.suggested or tuple(each.name for each in service if not each.emergency)
        chosen = read_choice(hearing.text, names)
        if chosen is not None:
            draft.remember(service=names[chosen])
    before = draft.dialog
    heard_more = take_in_all(draft, hearing) or before.address != draft.dialog.address
    if draft.dialog.service is not None:
        draft.remember(misread=0, suggested=())
        booking_talk.go_on(draft, hearing)
        return
    # "Tune-up" fits two of them: those two are asked about, not the whole list once more.
    if len(hearing.services) > 1 and not draft.dialog.suggested:
        booking_talk.ask_service(draft, hearing)
        return
    # A day or a question is no misreading; the service is simply still to be named.
    heard_more = heard_more or (hearing.has(Intent.QUESTION) and questions.answer(draft, hearing))
    if heard_more or not _misread(draft, hearing):
        draft.ask_again()


def _hear_time(draft: Draft, hearing: Hearing) -> None:
    # "Afternoon" here completes the hour that was said before; alone it would be a new wish.
    half, before = draft.dialog.half_minute, draft.dialog
    if half is not None and not hearing.when.wishes and _says_half(hearing.text) is not None:
        booking_talk.settle_half(draft, bool(_says_half(hearing.text)))
        booking_talk.go_on(draft, hearing)
    elif take_in_all(draft, hearing) or hearing.names_a_time or hearing.when.any_time:
        _look(draft, hearing)
    # The name put right is all that was to be changed: the time that was read back is still wanted.
    elif hearing.reading.waiting_list and draft.dialog.moving is None and draft.dialog.search is not None:
        booking_talk.join_waiting_list(draft)
    elif hearing.has(Intent.DENY) and asides.takes_back(hearing):
        booking_talk.abandon(draft)
    elif hearing.has(Intent.CONFIRM) or hearing.has(Intent.BOOK) or _has_mended(before, draft.dialog):
        booking_talk.go_on(draft, hearing)
    elif hearing.has(Intent.DENY):
        booking_talk.abandon(draft)
    elif not _misread(draft, hearing):
        draft.ask_again()


_HALVES = {
    "am": False,
    "a.m": False,
    "morning": False,
    "mañana": False,
    "manana": False,
    "pm": True,
    "p.m": True,
    "afternoon": True,
    "evening": True,
    "tonight": True,
    "tarde": True,
    "noche": True,
}


def _says_half(text: str) -> bool | None:
    words = text.casefold().replace("?", " ").replace("!", " ").split()
    said = {half for word, half in _HALVES.items() if word in (each.strip(".,") for each in words)}
    return said.pop() if len(said) == 1 else None


def _hear_choice(draft: Draft, hearing: Hearing) -> None:
    chosen = picked(draft, hearing)
    changed = take_in_all(draft, hearing)
    if chosen is not None and not hearing.staff:
        booking_talk.choose(draft, chosen)
    elif changed:
        _look(draft, hearing)
    elif hearing.reading.waiting_list:
        booking_talk.join_waiting_list(draft)
    # The same wish again, or a plain no: both say that these offers will not do.
    elif hearing.has(Intent.DENY) or hearing.names_a_time or asides.asks_for_others(hearing):
        booking_talk.refuse_offers(draft)
    elif hearing.has(Intent.CONFIRM) and draft.dialog.misread:
        _number_the_offers(draft, hearing)
    elif not _misread(draft, hearing):
        draft.ask_again()


def _number_the_offers(draft: Draft, hearing: Hearing) -> None:
    """A second yes to "which one?": figures are what is left to make it easy; after that a person is."""
    if "1 (" in draft.dialog.said:
        _misread(draft, hearing)
        return
    starts = [draft.start(opening) for opening in draft.dialog.offered]
    numbered = [Reply(f"{at} ({start.written})", f"{at}, {start.spoken}") for at, start in enumerate(starts, 1)]
    draft.ask(Stage.CHOICE, draft.line("offer_numbered", choices=either(numbered, draft.language)))
    draft.because("A yes to two times leaves open which one.")


def _look(draft: Draft, hearing: Hearing) -> None:
    let_go(draft)
    draft.remember(misread=0)
    booking_talk.go_on(draft, hearing)


def _hear_read_back(draft: Draft, hearing: Hearing) -> None:
    if _differs(draft, hearing):
        # "Anything later?" is later than the one time that is spoken of.
        if draft.dialog.chosen is not None and not hearing.when.wishes:
            draft.remember(offered=(draft.dialog.chosen,))
        take_in_all(draft, hearing)
        _look(draft, hearing)
    elif _mends(draft, hearing):
        booking_talk.go_on(draft, hearing)
    # Only a clear yes books. The time goes back at once: it may be just what the next caller needs.
    elif hearing.has(Intent.DENY) and hearing.reading.intent is not Intent.CONFIRM:
        ask_what_else(draft, "The caller said no to the read-back; nothing was booked.")
    elif hearing.has(Intent.CONFIRM):
        _hear_yes(draft, hearing)
    elif not _misread(draft, hearing):
        draft.ask_again()


def _hear_yes(draft: Draft, hearing: Hearing) -> None:
    if hearing.has(Intent.QUESTION):
        questions.answer_beside(draft, hearing)
    # "OK how much?" has a yes in it and is none.
    only_asks = hearing.reading.intent is Intent.QUESTION and not asides.says_yes_first(hearing)
    if asides.takes_back(hearing) and draft.dialog.misread:
        ask_what_else(draft, "The yes was taken back a second time.")
        return
    if asides.is_conditional(hearing) or only_asks:
        draft.remember(misread=draft.dialog.misread + asides.takes_back(hearing))
        draft.because("The yes came with a condition, so it is asked for once more.")
        draft.ask_again()
        return
    booking_talk.book(draft)


def _differs(draft: Draft, hearing: Hearing) -> bool:
    """Whether the text names another time, person or service than the one that was read back."""
    dialog = draft.dialog
    if dialog.chosen is None:
        return True
    when = hearing.when
    # A yes that names another time, person or service is a change of mind, however it begins.
    other_time = bool(when.wishes) and pick(when, [dialog.chosen], draft.zone) is None
    other_person = hearing.staff is not None and hearing.staff != dialog.chosen.staff_id
    other_service = bool(hearing.services) and dialog.service not in hearing.services and dialog.moving is None
    return other_time or bool(when.not_wishes) or when.earlier or when.later or other_person or other_service


def _mends(draft: Draft, hearing: Hearing) -> bool:
    """Whether the text corrects the name, the address or whom it is for: read back again with it."""
    before = draft.dialog
    take_in_all(draft, hearing)
    # Two words and nothing else, after a name was read back, are the right name.
    name = read_name(hearing.text, asked=True)
    is_whole = name is not None and (" " in name or before.name is None)
    if name is not None and is_whole and before.name == draft.dialog.name and not hearing.when.wishes:
        asking.keep_name(draft, name)
    return _has_mended(before, draft.dialog)


def _has_mended(before: Dialog, after: Dialog) -> bool:
    return (before.name, before.address, before.for_whom) != (after.name, after.address, after.for_whom)


def _misread(draft: Draft, hearing: Hearing) -> bool:
    """Count a text that could not be read; after two in a row a person takes over, and True is returned."""
    draft.remember(misread=draft.dialog.misread + 1)
    draft.because("The text does not answer what was asked.")
    if draft.dialog.misread < _TRIES:
        return False
    leave_to_a_person(draft, hearing)
    return True


# --- the other stages


def _hear_waiting_list(draft: Draft, hearing: Hearing) -> None:
    if hearing.has(Intent.CONFIRM) or hearing.reading.waiting_list:
        booking_talk.join_waiting_list(draft)
    elif hearing.names_a_time:
        _hear_time(draft, hearing)
    elif hearing.has(Intent.DENY):
        booking_talk.abandon(draft)
    elif not _misread(draft, hearing):
        draft.ask_again()


def _hear_call_back(draft: Draft, hearing: Hearing) -> None:
    """The answer to "book a visit, or should someone call you?"."""
    words = hearing.text.casefold()
    # The question names both ways, so one word is enough.
    if "call" in words or "llam" in words:
        promise_call(draft, hearing)
        return
    draft.remember(stage=Stage.IDLE, pending=None)
    if hearing.has(Intent.CONFIRM) or "visit" in words:
        booking_talk.take_in(draft, hearing)
        booking_talk.go_on(draft, hearing)
    else:
        begin(draft, hearing)


def _hear_did_you_mean(draft: Draft, hearing: Hearing) -> None:
    if not questions.hear_which(draft, hearing):
        begin(draft, hearing)


_HANDLERS: Mapping[Stage, Callable[[Draft, Hearing], None]] = {
    Stage.IDLE: begin,
    Stage.SERVICE: _hear_service,
    Stage.TIME: _hear_time,
    Stage.CHOICE: _hear_choice,
    Stage.DETAIL: hear_detail,
    Stage.READ_BACK: _hear_read_back,
    Stage.WHICH_BOOKING: changing.hear_which_booking,
    Stage.CANCEL_READ_BACK: changing.hear_cancel,
    Stage.EMERGENCY_FEE: triage.hear_fee,
    Stage.DID_YOU_MEAN: _hear_did_you_mean,
    Stage.WAITING_LIST: _hear_waiting_list,
    Stage.CALL_BACK: _hear_call_back,
}
