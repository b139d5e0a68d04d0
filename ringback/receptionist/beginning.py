"""What a text begins when nothing is pending: a booking, a change, a question, a quote, or small talk."""

import re

from ringback.receptionist import asides, asking, booking_talk, changing, questions
from ringback.receptionist.dialog import Goal, HandOverKind, Stage
from ringback.receptionist.draft import Draft
from ringback.receptionist.handing import close, hand_over, pass_on_picture, request_quote, say_hand_over
from ringback.receptionist.hearing import MOVES, Hearing
from ringback.receptionist.understanding.intents import Intent
from ringback.receptionist.understanding.names import read_name
from ringback.receptionist.understanding.places import read_address

_TRIES = 2


# Said of a booking that stands, such words need no noun to be plain.
_CANCEL_IT = re.compile(
    r"\bcancel\s+(?:it|that|this|them|mine|my|please|pls)\b|(?<!not )(?<!n.t )(?<!nt )\bcancel\W*$"
    r"|\bcancelar?(?:la|lo)\b|\bcanc[eé]l[ae](?:la|lo)\b",
    re.IGNORECASE,
)


def _cancels_it(draft: Draft, hearing: Hearing) -> bool:
    """ "Cancel that", or "cancel Leo's", of a booking that stands."""
    words = hearing.text.casefold()
    whose = [(booking.for_whom or "").split(" ")[0].casefold() for booking in draft.desk.caller.bookings]
    is_theirs = "cancel" in words and any(name and name in words for name in whose)
    return bool(whose) and (is_theirs or _CANCEL_IT.search(hearing.text) is not None)


_NAME = re.compile(r"\b(?:change|put|under|wrong|different|cambi\w+|pon\w*)\b.*\b(?:name|nombre)\b", re.IGNORECASE)


def begin(draft: Draft, hearing: Hearing) -> None:
    """Take up what the caller comes with."""
    caller, reading = draft.desk.caller, hearing.reading
    if asides.is_small_talk(hearing):
        draft.say("greeting", business=draft.desk.business.name)
        return
    to_confirm = draft.booking(caller.to_confirm)
    # C was asked for; some write the word for it, in Spanish too.
    is_c = hearing.text.strip(" .!").casefold() in ("c", "s", "si", "sí")
    if to_confirm is not None and (is_c or reading.intent is Intent.CONFIRM):
        changing.confirm(draft, to_confirm)
    elif reading.running_late and caller.bookings:
        changing.note_late(draft, hearing)
    elif len(caller.bookings) == 1 and asides.says_goodbye(hearing):
        # Said back with the day we have: whoever meant another one hears of it now.
        draft.say("see_you", start=draft.start(caller.bookings[0]))
        close(draft)
    # "Change it to my wife's name" moves nothing: the time stays, and a person puts the name right.
    elif caller.bookings and not hearing.names_a_time and _NAME.search(hearing.text):
        _pass_on(draft, hearing)
    elif reading.intent is Intent.RESCHEDULE or _names_a_better_time(hearing, draft):
        changing.start_change(draft, hearing, Goal.RESCHEDULE)
    elif reading.intent is Intent.CANCEL or _cancels_it(draft, hearing):
        changing.start_change(draft, hearing, Goal.CANCEL)
    elif (
        asides.tell_bookings(draft, hearing)
        or _is_not_ours(draft, hearing)
        or _adds_to_a_call(draft, hearing)
        or _has_a_question(draft, hearing)
        or _changes_the_service(draft, hearing)
    ):
        return
    elif not _begin_answer(draft, hearing) and not _begin_booking(draft, hearing):
        _begin_small(draft, hearing)


def _adds_to_a_call(draft: Draft, hearing: Hearing) -> bool:
    """After a call was promised, an hour, a number or a few words more belong to it, unless they begin something."""
    begins = hearing.services or hearing.reading.intent not in (Intent.OTHER, Intent.CONFIRM)
    if draft.dialog.goal is not Goal.MESSAGE or begins:
        return False
    draft.say("message_taken")
    draft.because("A call was promised; what the caller adds goes to the same people.")
    hand_over(draft, hearing, HandOverKind.ASKED, stays=True)
    return True


_QUESTION_TO_COME = re.compile(
    r"^\W*(?:(?:hi|hello|hey|hola|ok|okay|so|and|also|y)\b\W*)*(?:"
    r"i\W?(?:ve)? ?(?:have|had|got) (?:a|another|one)(?: more)?(?: quick)? question"
    r"|(?:quick|a) question|can i ask (?:you )?(?:a question|something)|question|(?:tengo )?una (?:pregunta|duda)"
    r"|(?:le )?puedo (?:hacerle una pregunta|preguntar algo))\W*$",
    re.IGNORECASE,
)


def _has_a_question(draft: Draft, hearing: Hearing) -> bool:
    if not _QUESTION_TO_COME.search(hearing.text):
        return False
    draft.say("go_ahead")
    draft.because("The caller announced a question.")
    return True


def _names_a_better_time(hearing: Hearing, draft: Draft) -> bool:
    """ "Actually 4" right after booking moves what was booked."""
    is_bare = bool(draft.desk.caller.bookings) and not hearing.services and not hearing.for_whom
    return is_bare and hearing.names_a_time and MOVES.search(hearing.text) is not None


def _changes_the_service(draft: Draft, hearing: Hearing) -> bool:
    """ "Actually make that an AC tune-up" after booking: a second visit is not what is meant, so people change it."""
    bookings = draft.desk.caller.bookings
    others = [name for name in hearing.services if all(booking.service != name for booking in bookings)]
    if not bookings or not others or not MOVES.search(hearing.text):
        return False
    draft.say("service_change")
    draft.because("The caller wants another service in the place of one that is booked.")
    hand_over(draft, hearing, HandOverKind.ASKED, stays=True)
    return True


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
        _keep_the_service(draft, hearing)
        return True
    # "Can you fix my heater on Thursday?" is a wish in the form of a question.
    if hearing.services or hearing.names_a_time or hearing.has(Intent.BOOK) or _goes_on_with_address(draft, hearing):
        return False
    questions.leave_open(draft, hearing)
    return True


def _keep_the_service(draft: Draft, hearing: Hearing) -> None:
    """ "How much to fix my furnace?" and then "ok, can you come today?" are about one thing."""
    named = [draft.service_named(name) for name in hearing.services]
    if draft.dialog.stage is Stage.IDLE and len(named) == 1 and named[0] is not None:
        draft.remember(service=named[0].name)


_ANOTHER = re.compile(
    r"\b(?:same|another|also|too|next one|other one|second|tambi[e\u00e9]n|otr[oa]|mism[oa])\b", re.IGNORECASE
)
_FOR_SOMEBODY = re.compile(r"\b(?:for|para) ([A-Z][a-z]+)\b")


def _take_the_last(draft: Draft, hearing: Hearing) -> None:
    """ "And Tuesday at 4 for Leo", right after a booking, is another of the same; the read-back says so."""
    named = _FOR_SOMEBODY.search(hearing.text)
    whom = read_name(named.group(1), asked=True) if named else None
    is_another = hearing.for_whom or whom or _ANOTHER.search(hearing.text)
    if hearing.services or draft.dialog.service or not draft.dialog.last_service or not is_another:
        return
    draft.remember(service=draft.dialog.last_service, for_whom=whom)


def _begin_booking(draft: Draft, hearing: Hearing) -> bool:
    if hearing.reading.quote:
        _begin_quote(draft, hearing)
        return True
    # "Yes" to a text-back that asks "shall we help?" is a beginning, not an answer of ours.
    first_yes = hearing.reading.intent is Intent.CONFIRM and draft.dialog.turns == 1
    begins = hearing.has(Intent.BOOK) or hearing.services or hearing.names_a_time or first_yes
    if not begins and not _goes_on_with_address(draft, hearing):
        return False
    _take_the_last(draft, hearing)
    take_in_all(draft, hearing)
    booking_talk.go_on(draft, hearing)
    return True


def _goes_on_with_address(draft: Draft, hearing: Hearing) -> bool:
    """ "What about 12 Oak St instead?" after an address outside the area: the rest is known already."""
    country = draft.desk.business.country
    return draft.dialog.service is not None and read_address(hearing.text, asked=False, country=country) is not None


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


def _pass_on(draft: Draft, hearing: Hearing) -> None:
    draft.say("noted_for_visit")
    draft.because("Something about a visit to come, as it seems; people are told.")
    hand_over(draft, hearing, HandOverKind.UNSURE, stays=True)


def _not_understood(draft: Draft, hearing: Hearing) -> None:
    """Asked once what is wanted; the second time a person has to look, and the caller is told so once."""
    # "The gate code is 1234": whoever has a visit to come is not asked whether they want one.
    if draft.desk.caller.bookings:
        _pass_on(draft, hearing)
        return
    # "This is it", beside a picture: what is meant is in the picture, and people see those.
    if hearing.pictures:
        pass_on_picture(draft, hearing)
        return
    draft.remember(misread=draft.dialog.misread + 1)
    draft.because("It is not clear what is wanted.")
    # Two ways on offer cost the caller one word; an open "what?" costs them the whole story again.
    if draft.dialog.misread == 1:
        ways_on = draft.line("what_next")
        draft.ask(Stage.CALL_BACK, draft.line("ask_again", question=ways_on), again=ways_on)
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
        draft.remember(address=_mended(draft.dialog.address, address))
    return changed


_HOUSE_NUMBER = re.compile(r"^\d+[a-z]?\b", re.IGNORECASE)


def _mended(known: str | None, said: str) -> str:
    """The address as it is now: "14 Oak St" after "12 Oak St, Evanston 60201" corrects the number alone."""
    number = _HOUSE_NUMBER.match(said)
    if known is None or number is None:
        return said
    corrected = _HOUSE_NUMBER.sub(number.group(), known)
    return corrected if corrected.casefold().startswith(said.casefold()) else said
