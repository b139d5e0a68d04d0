"""The question that waits for an answer, put in the language the caller writes now."""

from collections.abc import Mapping

from ringback.receptionist.asking import question_for
from ringback.receptionist.booking_talk import listed_services
from ringback.receptionist.dialog import Dialog, Goal, Reply, Stage
from ringback.receptionist.draft import Draft
from ringback.receptionist.reading_back import read_back_again
from ringback.receptionist.scripts.lines import either
from ringback.receptionist.triage import fee_question

_LINES: Mapping[Stage, str] = {
    Stage.TIME: "when",
    Stage.DETAIL: "emergency_address",
    Stage.CALL_BACK: "what_next",
    Stage.WAITING_LIST: "no_opening",
}


def translate_pending(draft: Draft) -> None:
    """Put the waiting question anew after a change of language; where that cannot be, it stays as it was."""
    dialog = draft.dialog
    if dialog.pending is None or not dialog.pending.written:
        return
    anew = _anew(draft, dialog)
    if anew is not None:
        draft.remember(pending=anew)


def _anew(draft: Draft, dialog: Dialog) -> Reply | None:
    # What is asked with the names of things in it is put together anew; the rest are lines of the script.
    match dialog.stage:
        case Stage.SERVICE:
            return draft.line("which_service_again", examples=either(listed_services(draft), draft.language))
        case Stage.CHOICE if dialog.offered:
            choices = either([draft.start(opening) for opening in dialog.offered], draft.language)
            return draft.line("offer_again" if len(dialog.offered) > 1 else "offer_one", choices=choices)
        case Stage.EMERGENCY_FEE:
            return fee_question(draft)
        case Stage.READ_BACK:
            return read_back_again(draft)
        case Stage.DETAIL if dialog.goal is not Goal.EMERGENCY:
            return question_for(draft, dialog.asking)
        case _:
            line = _LINES.get(dialog.stage)
            return draft.line(line) if line else None
