"""An entry of the consent ledger in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ringback.domain.phrases import phrase
from ringback.web.pages.telling import OUTCOMES

# How an opt-out reached a person here; the words of the ledger begin with one of these.
TOLD_BY = {
    "phone": phrase("On the phone"),
    "voicemail": phrase("In a voicemail"),
    "email": phrase("By e-mail"),
    "in_person": phrase("In person"),
    "letter": phrase("In a letter"),
}

KINDS = {
    "called": phrase("They called you"),
    "texted_us": phrase("They texted you"),
    "asked": phrase("They booked on your page and left their number"),
    "text_sent": phrase("You texted them"),
    "opted_out": phrase("They asked for no more texts"),
    "opted_in": phrase("They asked for texts again"),
    "suppressed": phrase("Automatic texts to them were stopped"),
    "erased": phrase("Their data was erased"),
    "disclosed": phrase("They were told what the law asks you to say"),
    "expired": phrase("Entries were kept long enough and deleted"),
}
_TEXTS = {
    "text_back": phrase("Automatic text after a missed call"),
    "reply": phrase("Written by a person here; the words are in the conversation"),
    "receptionist": phrase("Written by the receptionist; the words are in the conversation"),
    "follow_up": phrase("The receptionist asked once more"),
    "booking": phrase("About their appointment"),
    "reminder": phrase("Reminder of their appointment"),
    "keyword_answer": phrase("Answer to STOP, START or HELP"),
}
_OPT_OUTS = {
    "keyword": phrase("By a keyword, in a text"),
    "words": phrase("In their own words, in a text"),
    "carrier": phrase("By a keyword that the phone company acted on"),
    "carrier_error": phrase("The phone company refused a text to them, for they had opted out there"),
    "erased": phrase("Asked before their data was erased; it still holds"),
    "staff": phrase("They told a person here"),
}
_MARKS = {
    "do_not_text": phrase("Marked “do not text”"),
    "blocked": phrase("Blocked"),
    "spam": phrase("Marked as spam"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """An entry in words: what happened, more about it, and what was said, word for word."""

    what: str
    more: str
    quote: str


def tell(row: Mapping[str, Any]) -> Told:
    """Return an entry in words; what has no words yet shows by its own name."""
    what, words, source = KINDS.get(row["kind"], row["kind"]), row["words"] or "", row["source"]
    match row["kind"]:
        case "called":
            return Told(what, OUTCOMES.get(words, words.replace("_", " ")), "")
        case "text_sent":
            return Told(what, _TEXTS.get(source, source), words)
        case "opted_out" if source == "staff":
            how, _, said = words.partition(": ")
            return Told(what, TOLD_BY.get(how, _OPT_OUTS["staff"]), said if how in TOLD_BY else words)
        case "opted_out":
            # A number is the phone company's error, and nobody's words.
            return Told(what, _OPT_OUTS.get(source, source), "" if source == "carrier_error" else words)
        case "suppressed":
            mark, _, why = words.partition(": ")
            return Told(what, _MARKS.get(mark, mark), why)
        case _:
            return Told(what, "", words)
