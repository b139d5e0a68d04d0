"""What a text means at each stage of the dialog: an answer to what was asked, an interruption, or something new."""

from collections.abc import Callable, Mapping

from ringback.domain.bookings import Opening
from ringback.receptionist import asking, booking_talk, changing, questions, triage
from ringback.receptionist.beginning import asks_for_hours, asks_for_openings, begin, take_in_all
from ringback.receptionist.dialog import Goal, HandOverKind, Stage
from ringback.receptionist.draft import Draft
from ringback.receptionist.handing import hand_over, let_go, promise_call, say_hand_over
from ringback.receptionist.hearing import Hearing, again
from ringback.receptionist.understanding.intents import Intent
from ringback.receptionist.understanding.names import read_name
from ringback.receptionist.understanding.numbers import read_choice
from ringback.receptionist.understanding.places import read_address
from ringback.receptionist.wanted import has_time, pick

_TRIES = 2


def hear_at_stage(draft: Draft, hearing: Hearing) -> None:
    """Take the text as what the stage expects, after the interruptions that any stage allows."""
    # Answered first, so that the turn ends with the question that the caller has to answer.
    hearing = _without_questions(draft, hearing)
    if draft.dialog.stage is Stage.IDLE:
        begin(draft, hearing)
    elif not _interrupts(draft, hearing):
        _HANDLERS[draft.dialog.stage](draft, hearing)


def _without_questions(draft: Draft, hearing: Hearing) -> Hearing:
    """Of several texts, answer those that only ask something; return the rest, which is about the matter itself."""
    asked = [part for part in hearing.parts if part.reading.intent is Intent.QUESTION and not part.names_a_time]
    rest = [part for part in hearing.parts if part not in asked]
    matters = draft.dialog.stage is not Stage.IDLE or any(part.has(Intent.BOOK) or part.names_a_time for part in rest)
    # A lone question is an interruption like any other, and is dealt with there.
    if not asked or not rest or not matters or draft.dialog.stage in _CHOOSING:
        return hearing
    for part in asked:
        questions.answer_beside(draft, part)
    return again(rest, draft.dialog, draft.desk)


# A text with a question mark answers "which one?" as well as any.
_CHOOSING = frozenset({Stage.DID_YOU_MEAN, Stage.SERVICE, Stage.CALL_BACK})


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
    if not hearing.has(Intent.QUESTION) or asks_for_openings(hearing) or hearing.has(Intent.CONFIRM):
        return False
    # What answers "which?" often looks like a question itself.
    if stage in (Stage.DID_YOU_MEAN, Stage.SERVICE, Stage.CALL_BACK) or _is_awaited(draft, hearing):
        return False
    if not questions.answer(draft, hearing):
        questions.leave_open(draft, hearing)
    if draft.dialog.stage is stage:
        draft.ask_again()
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
    if stage in (Stage.TIME, Stage.CHOICE, Stage.READ_BACK):
        return hearing.names_a_time and not asks_for_hours(hearing)
    if stage is not Stage.DETAIL or draft.dialog.asking == asking.NAME:
        return False
    is_address = draft.dialog.asking == asking.ADDRESS
    return not is_address or read_address(hearing.text, asked=False, country=draft.desk.business.country) is not None


# --- the booking's stages


def _hear_service(draft: Draft, hearing: Hearing) -> None:
    service = draft.desk.business.services
    if hearing.services:
        draft.remember(service=hearing.services[0])
    else:
        names = tuple(each.name for each in service if not each.emergency)
        chosen = read_choice(hearing.text, names)
        if chosen is not None:
            draft.remember(service=names[chosen])
    heard_more = booking_talk.take_in(draft, hearing)
    if draft.dialog.service is not None:
        draft.remember(misread=0)
        booking_talk.go_on(draft, hearing)
        return
    # A day or a question is no misreading; the service is simply still to be named.
    heard_more = heard_more or (hearing.has(Intent.QUESTION) and questions.answer(draft, hearing))
    if heard_more or not _misread(draft, hearing):
        draft.ask_again()


def _hear_time(draft: Draft, hearing: Hearing) -> None:
    # "Afternoon" here completes the hour that was said before; alone it would be a new wish.
    half = draft.dialog.half_minute
    if half is not None and not hearing.when.wishes and _says_half(hearing.text) is not None:
        booking_talk.settle_half(draft, bool(_says_half(hearing.text)))
        booking_talk.go_on(draft, hearing)
    elif take_in_all(draft, hearing) or hearing.names_a_time or hearing.when.any_time:
        _look(draft, hearing)
    elif hearing.has(Intent.CONFIRM) or hearing.has(Intent.BOOK):
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
    chosen = _picked(draft, hearing)
    changed = take_in_all(draft, hearing)
    if chosen is not None and not hearing.staff:
        booking_talk.choose(draft, chosen)
    elif changed:
        _look(draft, hearing)
    # The same wish again, or a plain no: both say that these offers will not do.
    elif hearing.has(Intent.DENY) or hearing.names_a_time:
        booking_talk.refuse_offers(draft)
    elif hearing.has(Intent.CONFIRM) or not _misread(draft, hearing):
        draft.ask_again()


def _picked(draft: Draft, hearing: Hearing) -> Opening | None:
    offered = draft.dialog.offered
    if hearing.when.soonest and offered:
        return min(offered, key=lambda opening: opening.starts_at)
    fitting = pick(hearing.when, offered, draft.zone)
    if fitting is not None or hearing.has(Intent.DENY):
        return fitting
    # "The first one" is an offer, not the first of the month.
    index = read_choice(hearing.text, tuple(draft.start(opening).written for opening in offered))
    bare = hearing.text.strip(" .!#").isdigit()
    if index is not None and (bare or not any(map(has_time, hearing.when.wishes))):
        return offered[index]
    if hearing.when.wishes:
        return None
    takes_any = hearing.when.any_time or (hearing.has(Intent.CONFIRM) and len(offered) == 1)
    return offered[0] if takes_any and offered else None


def _look(draft: Draft, hearing: Hearing) -> None:
    let_go(draft)
    draft.remember(misread=0)
    booking_talk.go_on(draft, hearing)


def _hear_read_back(draft: Draft, hearing: Hearing) -> None:
    if _differs(draft, hearing):
        take_in_all(draft, hearing)
        _look(draft, hearing)
    # Only a clear yes books. The time goes back at once: it may be just what the next caller needs.
    elif hearing.has(Intent.DENY) and hearing.reading.intent is not Intent.CONFIRM:
        let_go(draft)
        draft.because("The caller said no to the read-back; nothing was booked.")
        draft.ask(Stage.TIME, draft.line("what_else"), draft.line("when"))
    elif hearing.has(Intent.CONFIRM):
        if hearing.has(Intent.QUESTION):
            questions.answer_beside(draft, hearing)
        booking_talk.book(draft)
    elif _mends(draft, hearing):
        booking_talk.go_on(draft, hearing)
    elif not _misread(draft, hearing):
        draft.ask_again()


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
    after = draft.dialog
    return (before.name, before.address, before.for_whom) != (after.name, after.address, after.for_whom)


def _hear_detail(draft: Draft, hearing: Hearing) -> None:
    if draft.dialog.goal is Goal.EMERGENCY:
        triage.hear_address(draft, hearing)
        return
    # People answer and think aloud in one go: "Carla Ruiz", then "actually, make it 4".
    about_time = [part for part in hearing.parts or (hearing,) if _is_about_time(draft, part)]
    answers = [part for part in hearing.parts or (hearing,) if part not in about_time]
    for part in about_time:
        take_in_all(draft, part)
    if any(_changes_the_time(draft, part) for part in about_time):
        let_go(draft)
    answer = hearing if not about_time else again(answers, draft.dialog, draft.desk) if answers else None
    if answer is None and draft.dialog.chosen is None:
        _go_on_or_ask(draft, hearing)
    elif answer is None or asking.read_detail(draft, answer):
        if hearing.for_whom:
            draft.remember(for_whom=hearing.for_whom)
        booking_talk.go_on(draft, hearing)


def _go_on_or_ask(draft: Draft, hearing: Hearing) -> None:
    """A time instead of the address or the name: kept for later; what was asked is still needed."""
    if draft.dialog.asking == asking.NAME:
        booking_talk.go_on(draft, hearing)
    else:
        draft.ask_again()


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
            return read_name(hearing.text, asked=hearing.staff is None) is None
        case asking.ADDRESS:
            return read_address(hearing.text, asked=True, country=draft.desk.business.country) is None
        case _:
            return not asking.can_read(draft, hearing)


def _misread(draft: Draft, hearing: Hearing) -> bool:
    """Count a text that could not be read; after two in a row a person takes over, and True is returned."""
    draft.remember(misread=draft.dialog.misread + 1)
    draft.because("The text does not answer what was asked.")
    if draft.dialog.misread < _TRIES:
        return False
    say_hand_over(draft)
    let_go(draft)
    hand_over(draft, hearing, HandOverKind.UNSURE, stays=True)
    draft.remember(stage=Stage.IDLE, goal=Goal.NONE, pending=None, misread=0)
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
    Stage.DETAIL: _hear_detail,
    Stage.READ_BACK: _hear_read_back,
    Stage.WHICH_BOOKING: changing.hear_which_booking,
    Stage.CANCEL_READ_BACK: changing.hear_cancel,
    Stage.EMERGENCY_FEE: triage.hear_fee,
    Stage.DID_YOU_MEAN: _hear_did_you_mean,
    Stage.WAITING_LIST: _hear_waiting_list,
    Stage.CALL_BACK: _hear_call_back,
}
