"""What our previous text asked for: a yes means something else after an offer than after "anything else?"."""

import re
from enum import StrEnum

from ringback.receptionist.understanding.intents_signs import plain_words


class Asked(StrEnum):
    """What the caller was asked, or NOTHING."""

    CONFIRM = "confirm"
    WHETHER = "whether"
    TIME = "time"
    ELSE = "else"
    NOTHING = "nothing"


_ELSE = re.compile(
    r"\b(?:anything|something|any(?:thing)?|what) (?:else|more|other)|else (?:i|you|we)|further assist|(?:other|"
    r"another) (?:help|task|assistance)|do anything|algo mas|otra cosa|any other"
)
_CONFIRM = re.compile(
    r"\b(?:confirm|confirming|confirmation|correct|is (?:this|that|it|everything) (?:right|ok|okay|good)|right [?]|am "
    r"i right|reconfirm|to be sure|ensure|all good|sound (?:good|right|correct)|do(?:es)? (?:this|that|it) (?:work|"
    r"look|suit)|details|you (?:want|wish|would like|wanted)|correcto|esta bien|de acuerdo|le parece|le sirve)\b"
)
_WHETHER = re.compile(
    r"\b(?:(?:would|do|did) you (?:like|want|need|wish|care)|(?:shall|should|can|could|may|must) (?:i|we)|want to|"
    r"want me to|ready to|like me to|prefer to|would(?: \S+){0,8} (?:work|suit|be ok)|will you (?:take|be)|i can "
    r"(?:make|book|try)|quiere|quisiera|desea|le gustaria|prefiere|puedo|podemos|se la)\b"
)
_OFFER = re.compile(
    r"\b(?:(?:at|for|on|to|try|like) (?:\d{1,2}(?:h\d\d)?|noon|monday|tuesday|wednesday|thursday|friday|saturday|"
    r"sunday|march|next)|\d{1,2}(?:h\d\d)? ?(?:am|pm)|a las \d|el (?:lunes|martes|miercoles|jueves|viernes|sabado))\b"
)
_TIME = re.compile(r"\b(?:what|which) (?:day|time|date)|when would|que (?:dia|hora|fecha)|cuando\b")


def read_previous(previous: str) -> Asked:
    """Return what our last text asked; the last question counts when it asked several things."""
    words = plain_words(previous)
    if not words:
        return Asked.NOTHING
    if _ELSE.search(words):
        return Asked.ELSE
    if _TIME.search(words):
        return Asked.TIME
    if _CONFIRM.search(words) or (_OFFER.search(words) and not _BOOKED.search(words)):
        return Asked.CONFIRM
    return Asked.WHETHER if _WHETHER.search(words) else Asked.NOTHING


# "Your appointment is booked for 3 pm" tells; it offers nothing.
_BOOKED = re.compile(
    r"\b(?:is|has been|have|been|its|ive|are|youre|esta|queda|quedo|all) (?:booked|set|confirmed|scheduled|made|set|"
    r"reserved)|reservad[oa]|confirmad[oa]|agendad[oa]\b"
)
