"""Questions about the talk itself: what was said just now, and what is in the calendar for the caller."""

import re

from ringback.receptionist.dialog import Reply
from ringback.receptionist.draft import Draft
from ringback.receptionist.hearing import Hearing
from ringback.receptionist.scripts.lines import whose
from ringback.receptionist.understanding.words import plain

_WHAT_WAS_SAID = re.compile(
    r"\b(?:what|which|when|how)\b.*\b(?:did (?:you|u) (?:say|mean)|(?:you|u) said|again)\b|\bis (?:that|it) [ap]m\b"
    r"|\b(?:que|cual|cuando)\b.*\b(?:dijo|dijiste|dijeron|dice)\b|\bno (?:le |te )?entendi\b|\bcome again\b"
    r"|\bsay (?:that )?again\b|\brepeat (?:that|please|it)\b|\brep[ie]t[ea]\w*\b"
    r"|^(?:sorry|pardon|what|huh|como|perdon|wdym)\s*\?+$"
    r"|\bwhat do (?:you|u) mean\b|\bi (?:don.?t|dont) (?:get|understand)\b"
)
_OTHERS = re.compile(
    r"\b(?:anything|something|any|what|got|have|nothing)\b.*\b(?:else|other|others|more)\b(?! question)"
    r"|\banother (?:time|day|slot|option)\b|\b(?:other|more) (?:times?|days?|slots?|options?|openings?)\b"
    r"|\b(?:otra hora|otro dia|otras horas|otros dias|algo mas|hay mas|otras opciones)\b"
)
_MONEY = re.compile(r"\b(?:price|cost|much|charge|fee|rate|cuanto|precio|costo|cobran?)\b")
_MY_BOOKING = re.compile(
    r"\b(?:when|what time|what day|which day|where|am i|do i|did i|is there)\b.*\b(?:my|our|i|we|me)\b"
    r".*\b(?:appointments?|appts?|bookings?|booked|visits?|scheduled|coming|cleaning|slot)\b"
    r"|\b(?:when|what time|what day)\b.*\b(?:are (?:you|they|we)|is (?:he|she|it|that|someone|the \w+))\b"
    r".*\b(?:coming|come|arrive|again|for)\b"
    r"|\b(?:what|when) (?:time|day)?\s?(?:was|is) (?:it|that|mine)\b"
    r"|\b(?:cuando|a que hora|que dia)\b.*\b(?:mi|nuestra|tengo|es|era|quede|quedo|vienen)\b(?:.*\bcita\b)?"
)


def asks_what_was_said(hearing: Hearing) -> bool:
    """Return whether a text only asks us to say our last question again."""
    said = plain(hearing.text).strip()
    return bool(_WHAT_WAS_SAID.search(said)) and not _MONEY.search(said)


def asks_for_others(hearing: Hearing) -> bool:
    """Return whether a text asks for other times than those on offer without saying which ("anything else?")."""
    said = plain(hearing.text)
    return bool(_OTHERS.search(said)) and not _MONEY.search(said)


def tell_bookings(draft: Draft, hearing: Hearing) -> bool:
    """Say what the calendar has for this caller, where that is the question and it has anything."""
    bookings = draft.desk.caller.bookings
    said = plain(hearing.text)
    if not bookings or _MONEY.search(said) or not (_MY_BOOKING.search(said) or asks_what_was_said(hearing)):
        return False
    for booking in bookings:
        whom = whose(booking.for_whom, draft.language) if booking.for_whom else None
        extra = draft.line("under", name=whom) if whom else Reply("", "")
        draft.say("your_booking", what=booking.service, start=draft.start(booking), extra=extra)
    # Who holds the phone is who made them; nothing of anybody else's is told.
    draft.because("The caller asked about a booking of theirs; this is what the calendar has.")
    return True
