"""Questions about the talk itself: what was said just now, and what is in the calendar for the caller."""

import re

from ringback.receptionist.dialog import HandOverKind, Reply, Stage
from ringback.receptionist.draft import Draft
from ringback.receptionist.handing import hand_over
from ringback.receptionist.hearing import Hearing
from ringback.receptionist.scripts.lines import whose
from ringback.receptionist.understanding.intents import Intent
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
# "Hello?" while our question waits: they want to know whether anybody is there.
_KNOCKS = re.compile(r"^\W*(?:hello|hi|hey|hola|are you (?:still )?there|you there|anyone there|sigue ahi)\W*\?+\W*$")
_MONEY = re.compile(r"\b(?:price|cost|much|charge|fee|rate|cuanto|precio|costo|cobran?)\b")
_MY_BOOKING = re.compile(
    r"\b(?:when|what time|what day|which day|where|am i|do i|did i|is there)\b.*\b(?:my|our|i|we|me)\b"
    r".*\b(?:appointments?|appts?|bookings?|booked|visits?|scheduled|coming|cleaning|slot)\b"
    r"|\b(?:when|what time|what day)\b.*\b(?:are (?:you|they|we)|is (?:he|she|it|that|someone|the \w+))\b"
    r".*\b(?:coming|come|arrive|again|for)\b"
    r"|\b(?:what|when) (?:time|day)?\s?(?:was|is) (?:it|that|mine)\b|\bwhat (?:did|have) (?:i|we) book(?:ed)?\b"
    r"|\b(?:cuando|a que hora|que dia)\b.*\b(?:mi|nuestra|tengo|es|era|quede|quedo|vienen)\b(?:.*\bcita\b)?"
)


_HAVE_I = re.compile(
    r"\b(?:do|did) i (?:still )?have (?:a|an|my|any) (?:appointment|appt|booking|visit)\b"
    r"|\bi (?:have|had) (?:a|an|my) (?:appointment|appt|booking|visit)\b.*(?:\?|\bright\b)"
    r"|\bi (?:have|had) (?:a|an|my) (?:appointment|appt|booking|visit)\b.*\b(?:move|change|cancel|switch|resched\w*)\b"
    r"|\btengo (?:una |mi )?cita\b.*\?"
)


def asks_what_was_said(hearing: Hearing) -> bool:
    """Return whether a text only asks us to say our last question again."""
    said = plain(hearing.text).strip()
    return bool(_WHAT_WAS_SAID.search(said)) and not _MONEY.search(said)


def knocks(hearing: Hearing) -> bool:
    """Return whether a text only asks whether anybody is there."""
    return bool(_KNOCKS.search(plain(hearing.text)))


# "How are you?" asks nothing that anybody here would have to look up.
_SMALL_TALK = re.compile(
    r"^\W*(?:(?:hi|hello|hey|hola|good (?:morning|afternoon|evening)|buen[oa]s (?:dias|tardes|noches)|there)\b\W*)*(?:"
    r"how(?:\W?s| is| are|re)? (?:you|u|ya|it going|things|everything|your day(?: going)?)(?: (?:doing|all|today))*"
    r"|how you doing|what\W?s up|que tal(?: (?:esta\w*|todo))?|como (?:esta[ns]?|le va|te va|andan?|va todo))"
    r"(?: (?:usted|ustedes|hoy))?\W*$"
)


def is_small_talk(hearing: Hearing) -> bool:
    """Return whether a text is small talk and nothing else."""
    return bool(_SMALL_TALK.search(plain(hearing.text)))


_GOODBYE = re.compile(
    r"^\W*(?:(?:ok|okay|great|perfect|cool|awesome|good|sounds|thanks|thank|you|so|much|bye|vale|perfecto|listo|bien"
    r"|muchas|gracias)\b\W*)*(?:see (?:you|ya|u)|cya|nos vemos|hasta)\b(?: \w+){0,4}\W*$"
)


def says_goodbye(hearing: Hearing) -> bool:
    """Return whether a text only says when we shall meet ("thanks, see you tomorrow!")."""
    return not hearing.has(Intent.QUESTION) and bool(_GOODBYE.search(plain(hearing.text)))


_DECLINES = re.compile(
    r"\b(?:thanks|thank you|thx) (?:anyways?|though|but no)\b|\btoo (?:much|expensive|pricey)\b|\bi.?ll pass\b"
    r"|\blook elsewhere\b|\b(?:not|no longer) interested\b(?! in)|\bmuy caro\b|\bno (?:me|nos) interesa\b"
    r"|\bgracias (?:de todos modos|igual)\b"
)


def declines(hearing: Hearing) -> bool:
    """Return whether a caller goes away for good reasons of their own ("too much, thanks anyway")."""
    said = plain(hearing.text)
    # The "ya" of "ya no" is no "right now".
    is_more = (hearing.names_a_time and not said.startswith("ya no")) or hearing.has(Intent.QUESTION)
    return not is_more and bool(_DECLINES.search(said))


# "Yes... wait", "sure if it's free", "ok but is parking free?": a yes that hangs on something is none yet.
_ON_CONDITION = re.compile(
    r"(?<!can.t )(?<!cant )\bwait\b|\bhold on\b|\bnot yet\b|\blet me (?:check|ask|see|think)\b|\bdepends\b"
    r"|\b(?:only|but|sure|ok|okay|yes|yeah) if\b|\bif (?:so|yes|not)\b"
    r"|\b(?:yes|s[i\u00ed])\W+(?:or|o)? ?no\b\W*$|\bas long as\b|\bprovided\b"
    # Written so, "si" is an "if" before these; a yes has its accent or a comma.
    r"|(?-i:\b[sS]i) (?:(?:no|me|se|le|nos) )?"
    r"(?:puedo|puede\w*|podemos|hay|tienen|aceptan|cobran|llego|fuera|es posible)\b"
    r"|\besp[e\u00e9]r[ae]\w*\b|\bun momento\b|\bsiempre que\b|\bs[i\u00ed],? pero\b",
    re.IGNORECASE,
)
_BUT = re.compile(r"\b(?:but|pero|first|before|antes|primero)\b", re.IGNORECASE)


# "OK leave it", "yeah nah", "si, mejor no": a yes with a no in it is asked about once more, which costs one word.
_TAKEN_BACK = re.compile(
    r"\b(?:nah|nope|nvm|never ?mind|not|don.?t|can.?t(?! wait)|cannot|won.?t|maybe|perhaps|mistake|wrong"
    r"|changed my mind|leave it|drop it|one (?:sec\w*|min\w*|moment)|i.?(?:ll| will) (?:call|think|check|ask)"
    r"|too (?:late|early|soon|far)|i mean|(?:ya|mejor|todavia|aun) no|dejel[oa]|dejal[oa]|olvid\w+|tal vez|quizas?"
    r"|me equivoque|lo pienso)\b"
    r"|\bno\b(?! (?:problem|worries|prob|rush|pets?|insurance|questions?|hay problema|tengo|se preocupe)\b)"
)
_NO_REFUSAL = re.compile(r"\b(?:why not|not a problem|(?:don.?t|do not) (?:worry|have|forget|know)|if not)\b")


def takes_back(hearing: Hearing) -> bool:
    """Return whether a text that begins with a yes goes on with a no."""
    return bool(_TAKEN_BACK.search(_NO_REFUSAL.sub(" ", plain(hearing.text))))


_PLAIN_YES = re.compile(r"^\W*(?:yes|yeah|yep|yup|sure|y|s[i\u00ed]|claro)\b(?!.*\b(?:but|pero|if)\b)", re.IGNORECASE)


def says_yes_first(hearing: Hearing) -> bool:
    """Return whether a text begins with a yes that no "but" takes back ("yes, do you take cards?")."""
    return bool(_PLAIN_YES.search(hearing.text))


def is_conditional(hearing: Hearing) -> bool:
    """Return whether a yes hangs on something that is not settled yet."""
    asks = hearing.has(Intent.QUESTION)
    if takes_back(hearing):
        return True
    return bool(_ON_CONDITION.search(hearing.text)) or (asks and bool(_BUT.search(hearing.text)))


# "My two kids", "me and my wife": one visit is booked at a time, and the caller is told so.
_SEVERAL = re.compile(
    r"\b(?:both|two|2|three|3|all|four|4)\b(?: of)?(?: my| our| the)? (?:kids|children|sons|daughters|boys|girls|us)\b"
    r"|\bme and my \w+|\bmy \w+ and (?:i|me|myself)\b|\b(?:mis|los|las)(?: dos| tres)? (?:hij[oa]s|ni[n\u00f1][oa]s)\b"
    r"|\bpara mi y mi \w+|\bfor my (?:kids|children|sons|daughters|parents|boys|girls)\b",
    re.IGNORECASE,
)


def is_for_several(hearing: Hearing) -> bool:
    """Return whether visits for more than one person are asked for."""
    return bool(_SEVERAL.search(hearing.text))


def asks_for_others(hearing: Hearing) -> bool:
    """Return whether a text asks for other times than those on offer without saying which ("anything else?")."""
    said = plain(hearing.text)
    return bool(_OTHERS.search(said)) and not _MONEY.search(said)


_MOVE = re.compile(
    r"\b(?:move|push|change|switch|bump) (?:it|that|this|me|the time|the day|times?|days?)\b"
    r"|\breschedul\w+|\b(?:another|a different|some other) (?:time|day|date|hour|slot)\b"
    r"|\b(?:cambiar(?:la|lo)?|moverl[ao]|reprogramar\w*)\b|\b(?:otra hora|otro dia|otra fecha)\b"
)


def asks_to_move(hearing: Hearing) -> bool:
    """Return whether another time is wished for than the one agreed on, without saying which."""
    return hearing.reading.intent is Intent.RESCHEDULE or bool(_MOVE.search(plain(hearing.text)))


def tell_bookings(draft: Draft, hearing: Hearing) -> bool:
    """Say what the calendar has for this caller, where that is the question and it has anything."""
    bookings = draft.desk.caller.bookings
    said = plain(hearing.text)
    if not bookings and _HAVE_I.search(said) and draft.dialog.stage is Stage.IDLE:
        draft.say("no_booking")
        draft.because("The caller believes that they have a booking; the calendar has none to come.")
        hand_over(draft, hearing, HandOverKind.UNSURE, stays=True)
        return True
    if not bookings or _MONEY.search(said) or not (_MY_BOOKING.search(said) or asks_what_was_said(hearing)):
        return False
    for booking in bookings:
        whom = whose(booking.for_whom, draft.language) if booking.for_whom else None
        extra = draft.line("under", name=whom) if whom else Reply("", "")
        draft.say("your_booking", what=booking.service, start=draft.start(booking), extra=extra)
    # Who holds the phone is who made them; nothing of anybody else's is told.
    draft.because("The caller asked about a booking of theirs; this is what the calendar has.")
    return True
