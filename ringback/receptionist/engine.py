"""The scripted receptionist: one step from what is known and what happened to what is said, done and needed next.

Pure: the same dialog, happening and desk always give the same step, and every step carries its reasons.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import assert_never
from zoneinfo import ZoneInfo

from ringback.domain.bookings import Taken
from ringback.domain.law.rules import discloses_automation
from ringback.receptionist import booking_talk, changing, questions
from ringback.receptionist.dialog import (
    BookingCancelled,
    BookingMade,
    Desk,
    Dialog,
    Goal,
    HandOverKind,
    Happened,
    Heard,
    HoldMade,
    OpeningsFound,
    SetLanguage,
    Silence,
    Stage,
    Step,
)
from ringback.receptionist.draft import Draft
from ringback.receptionist.handing import hand_over, leave_to_a_person, pass_on_picture
from ringback.receptionist.hearing import Hearing, listen
from ringback.receptionist.pending import translate_pending
from ringback.receptionist.scripts.lines import either
from ringback.receptionist.stages import hear_at_stage
from ringback.receptionist.triage import comes_first
from ringback.receptionist.understanding.intents import Intent


def advance(dialog: Dialog, happened: Happened, desk: Desk) -> Step:
    """Return the next step. With a `need` in it, advance again from its dialog with what met the need."""
    draft = Draft(dialog, desk)
    match happened:
        case Heard():
            _hear(draft, happened)
        case Silence(followed_up):
            _follow_up(draft, followed_up)
        case OpeningsFound(openings):
            booking_talk.offer(draft, openings)
        case HoldMade(booking):
            draft.remember(held=booking.booking_id)
            booking_talk.go_on(draft)
        case BookingMade(booking):
            booking_talk.confirm_made(draft, booking)
        case BookingCancelled(booking):
            changing.confirm_cancelled(draft, booking)
        case Taken():
            booking_talk.say_taken(draft)
        case _:
            assert_never(happened)
    return draft.step()


def _hear(draft: Draft, heard: Heard) -> None:
    hearing = listen(heard, draft.dialog, draft.desk)
    _note(draft, hearing)
    # Danger and refusals are heard in every state, also while a person is expected.
    if comes_first(draft, hearing):
        return
    # Up front, before the first thing said: an owner, or a law, may want it so.
    if not draft.dialog.greeted and _says_automated(draft.desk):
        draft.say("automated", business=draft.desk.business.name)
    # What a picture shows is for people to see; words beside it are heard as always.
    if hearing.pictures and not hearing.text.strip():
        pass_on_picture(draft, hearing)
        draft.ask_again()
        return
    before = draft.dialog
    hear_at_stage(draft, hearing)
    _end_standstill(draft, hearing, before)


def _says_automated(desk: Desk) -> bool:
    """By the owner's choice, or by a law of the place where the contact or the business is."""
    business = desk.business
    if business.receptionist.says_automated:
        return True
    return discloses_automation(business, desk.caller.phone, on=desk.now.astimezone(ZoneInfo(business.zone)).date())


_MOST_STANDSTILLS = 4


def _end_standstill(draft: Draft, hearing: Hearing, before: Dialog) -> None:
    """Whoever gets the same question over and over, whatever they write, gets a person instead."""
    now = draft.dialog
    is_waiting = now.pending is not None and now.stage is not Stage.IDLE and draft.need is None
    if not is_waiting or now.goal is Goal.EMERGENCY or replace(now, misread=before.misread) != before:
        draft.remember(standstill=0)
        return
    # Questions that got their answers are no standstill, however many they are.
    draft.remember(standstill=before.standstill + (not questions.is_known(draft, hearing)))
    if draft.dialog.standstill < _MOST_STANDSTILLS:
        return
    draft.unsay()
    draft.because("The same question was put again and again and is not answered.")
    leave_to_a_person(draft, hearing)
    draft.remember(standstill=0)


def _note(draft: Draft, hearing: Hearing) -> None:
    dialog = draft.dialog
    if hearing.language != dialog.language:
        draft.do(SetLanguage(hearing.language))
        draft.because(f"The texts are in another language now ({hearing.language}).")
    # A name from an earlier visit is not asked for again.
    name = dialog.name or draft.desk.caller.name
    draft.remember(language=hearing.language, turns=dialog.turns + 1, name=name, followed_up=False)
    if hearing.language != dialog.language:
        translate_pending(draft)
    # What they come with is worth keeping in their own words; what they answer later is kept where it belongs.
    if dialog.about is None and dialog.stage is Stage.IDLE and hearing.text.strip():
        draft.remember(about=hearing.text)
    draft.because(_heard(hearing, dialog.stage))


# As the owner would say it; the labels are for programs.
_HEARD: Mapping[Intent, str] = {
    Intent.BOOK: "a wish to book",
    Intent.RESCHEDULE: "a wish to move a booking",
    Intent.CANCEL: "a wish to cancel",
    Intent.QUESTION: "a question",
    Intent.QUESTION_BOT: "the question whether this is a machine",
    Intent.OPT_OUT: "a wish for no more texts",
    Intent.HUMAN: "a wish for a person",
    Intent.EMERGENCY: "an emergency",
    Intent.CONFIRM: "a yes",
    Intent.DENY: "a no",
    Intent.THANKS: "thanks",
    Intent.GREETING: "a greeting",
    Intent.SPAM: "advertising",
}


def _heard(hearing: Hearing, stage: Stage) -> str:
    heard = _HEARD.get(hearing.reading.intent)
    if heard is None:
        return "Read as the answer to what was asked." if stage is not Stage.IDLE else "Heard no plain wish."
    return f"Heard {heard}: “{hearing.reading.why}”." if hearing.reading.why else f"Heard {heard}."


def _follow_up(draft: Draft, followed_up: bool) -> None:
    dialog = draft.dialog
    # Somebody who got their answer owes us none.
    if dialog.stage is Stage.IDLE or dialog.handed_over:
        return
    if followed_up:
        draft.because("Still no answer after the follow-up.")
        hand_over(draft, None, HandOverKind.SILENCE)
        return
    draft.remember(followed_up=True)
    draft.because("The caller had begun and fell silent; this is asked once.")
    if dialog.stage is Stage.READ_BACK and dialog.chosen is not None:
        draft.say("still_there_read_back", what=dialog.service or "", start=draft.start(dialog.chosen))
    elif dialog.stage is Stage.CHOICE and dialog.offered:
        choices = either([draft.start(opening) for opening in dialog.offered], draft.language)
        draft.say("still_there_choice", choices=choices)
    else:
        draft.say("still_there")
