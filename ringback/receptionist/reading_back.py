"""Reads a booking back before it is written: what, when, with whom, where and for whom."""

from ringback.domain.bookings import Booking, Opening
from ringback.receptionist.dialog import Reply, Stage
from ringback.receptionist.draft import Draft
from ringback.receptionist.scripts.lines import whose


def read_back(draft: Draft) -> None:
    """Read day, time and the rest back; only a yes to this writes the booking."""
    dialog = draft.dialog
    if dialog.chosen is None:
        return
    what, start, extra = dialog.service or "", draft.start(dialog.chosen), extra_of(draft, dialog.chosen)
    again = read_back_again(draft)
    is_move = draft.booking(dialog.moving) is not None
    line = again if is_move else draft.line("read_back", what=what, start=start, extra=extra)
    draft.ask(Stage.READ_BACK, line, again)
    draft.because("Day and time are read back before anything is booked.")


def read_back_again(draft: Draft) -> Reply:
    """Return the short form of the read-back, for after an interruption; that of a move has both times again."""
    dialog = draft.dialog
    if dialog.chosen is None:
        return Reply("", "")
    what, start, extra = dialog.service or "", draft.start(dialog.chosen), extra_of(draft, dialog.chosen)
    old = draft.booking(dialog.moving)
    if old is None:
        return draft.line("read_back_again", what=what, start=start, extra=extra)
    return draft.line("read_back_move", what=what, old=draft.start(old), start=start, extra=extra)


def extra_of(draft: Draft, taken: Opening | Booking) -> Reply:
    """Who with, where and for whom, as far as each matters here."""
    dialog, extra = draft.dialog, Reply("", "")
    person = draft.person(taken.staff_id)
    # With one person alone, naming them tells the caller nothing.
    able = [each for each in draft.desk.business.staff if each.takes_bookings]
    if person is not None and len(able) > 1:
        extra = _append(extra, draft.line("with", person=person.name))
    if dialog.address:
        extra = _append(extra, draft.line("at_place", address=dialog.address))
    name = for_whom(draft)
    if name:
        name = whose(name, draft.language)
        extra = _append(extra, draft.line("under", name=name))
    return extra


def _append(one: Reply, other: Reply) -> Reply:
    return Reply(one.written + other.written, one.spoken + other.spoken)


def for_whom(draft: Draft) -> str | None:
    """Whom staff expect: "my son" alone is nobody, where we know no name of the contact's."""
    dialog = draft.dialog
    is_relation = dialog.for_whom is not None and dialog.for_whom[:1].islower()
    if is_relation and dialog.name and draft.desk.caller.name is None and dialog.name not in (dialog.for_whom or ""):
        return f"{dialog.for_whom} ({dialog.name})"
    return dialog.for_whom or dialog.name
