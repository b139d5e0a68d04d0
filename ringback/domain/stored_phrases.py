"""Sentences that are stored with their gaps filled: their forms, by which a page finds out again what was filled in."""

import re
from functools import cache

from ringback.domain.phrases import Phrase, phrase

# The gap `why` holds a sentence of its own; all others hold names, numbers and codes.
TEXT_NOT_ARRIVED = phrase("The text did not arrive: %(why)s")
ANSWER_NOT_SENT = phrase("The receptionist's answer did not go out. %(why)s")
CALLS_UNREADABLE = phrase(
    "%(line)s: The phone company's list of calls could not be read. Calls whose callbacks are lost cannot be found."
)
CALLBACK_UNREADABLE = phrase("%(line)s: a callback could not be read. %(why)s")
BAD_SIGNATURE = phrase(
    "%(line)s: callbacks with a wrong signature came in and were refused. Is the account's token right?"
)
NO_LOOK_UPS = phrase("%(line)s: callers’ numbers cannot be looked up, and are texted all the same. %(why)s")
FILTERED = phrase(
    "Carriers filtered %(filtered)s of the last %(texts)s texts of this line as unwanted. "
    "Look at their words and at the line’s registration."
)
SET_ASIDE = phrase("Something of ours keeps failing (%(work)s) and was set aside. `ringback jobs list` says more.")
UNREACHED = phrase("%(name)s could not be told of something: no way to reach them works. See their phone and e-mail.")
PUSH_UNSEEN = phrase("Pushed, but no device said within %(seconds)s s that it showed it.")
NO_PICTURE = phrase("The phone company did not give the picture (answer %(status)s).")
HOOK_FAILING = phrase(
    "%(host)s has taken nothing from us for %(days)s days, so this outgoing hook was switched off. "
    "Mend the receiver and switch it on again under Outgoing hooks."
)
HOOK_GONE = phrase(
    "%(host)s answered that it wants no more from us (410), so this outgoing hook was switched off. "
    "Switch it on again under Outgoing hooks if that was a mistake."
)
UNKNOWN_HOST = phrase("Nobody knows the name %(host)s. Check how the address is written.")
MAIL_BUSY = phrase("The mail server asked us to come back later (answer %(code)s).")
MAIL_REFUSED = phrase("The mail server refused the letter (answer %(code)s).")
NO_MAILBOX = phrase("The mail server says that this address takes no mail (answer %(code)s).")

STORED = (
    *(TEXT_NOT_ARRIVED, ANSWER_NOT_SENT, CALLS_UNREADABLE, CALLBACK_UNREADABLE, BAD_SIGNATURE, NO_LOOK_UPS, FILTERED),
    *(SET_ASIDE, UNREACHED, PUSH_UNSEEN, NO_PICTURE, HOOK_FAILING, HOOK_GONE, UNKNOWN_HOST),
    *(MAIL_BUSY, MAIL_REFUSED, NO_MAILBOX),
)
_GAP = re.compile(r"%\((\w+)\)s")


def read_stored(text: str) -> Phrase | None:
    """Return the phrase that a stored sentence was made of; None for one that has none of these forms."""
    for msgid, form in _forms():
        if found := form.fullmatch(text):
            values: dict[str, object] = dict(found.groupdict())
            if "why" in values:
                why = found["why"]
                values["why"] = read_stored(why) or phrase(why)
            return phrase(msgid, **values)
    return None


@cache
def _forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((one.msgid, re.compile(_form(one.msgid), re.DOTALL)) for one in STORED)


def _form(msgid: str) -> str:
    # Split by its gaps, a sentence alternates between words and the names of gaps.
    parts = enumerate(_GAP.split(msgid))
    return "".join(f"(?P<{part}>.+)" if place % 2 else re.escape(part) for place, part in parts)
