"""Whether a machine answers our texts: by the words of auto-replies, by repetition, and by how fast it answers."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import pairwise

from ringback.domain.phrases import phrase

# So many of one text are a machine, where people would have said it otherwise by then; of a question, more: whoever
# waits for an answer does ask again.
_SAME, _SAME_QUESTION = 3, 5
_ALIKE = 0.92
# What people do say three times: it is too short to tell a machine by.
_SHORT_WORDS = 4
# Nobody reads a text and writes one in two seconds, and again, and again. Speed alone is no proof: a quick thumb, a
# suggestion tapped. Each of these texts must be much like the one before it; two alike are somebody who insists.
_AT_ONCE = timedelta(seconds=2)
_OFTEN = 3
_ROUGHLY_ALIKE = 0.75
# Ours and theirs in turns, without a pause in which a person could have thought; more turns than any booking takes.
_PING_PONG = 18
_NO_PAUSE = timedelta(seconds=6)
_SINCE = timedelta(hours=24)


class LoopSign(StrEnum):
    """By what a machine was known."""

    AUTO_REPLY = "auto_reply"
    SAME_TEXT = "same_text"
    AT_ONCE = "at_once"
    PING_PONG = "ping_pong"


SIGN_WORDS = {
    LoopSign.AUTO_REPLY: phrase("A machine answered our text (an automatic reply). The receptionist has gone quiet."),
    LoopSign.SAME_TEXT: phrase("The same text came again and again. The receptionist has gone quiet."),
    LoopSign.AT_ONCE: phrase("Answers came faster than a person can write. The receptionist has gone quiet."),
    LoopSign.PING_PONG: phrase("Texts went to and fro without a pause. The receptionist has gone quiet."),
}


@dataclass(frozen=True, slots=True)
class Said:
    """One text of a thread, oldest first in a sequence; `is_persons`: somebody of the business wrote it."""

    is_theirs: bool
    body: str
    at: datetime
    is_persons: bool = False


# Each says "I am a machine" or "nobody reads this" by itself.
_LABELS = (
    r"\bauto(?:matic|mated)?[ -]?(?:reply|response|responder|message|text|sms|system|assistant)\b",
    r"^\W*auto\s*:|[\[(]automated[\])]|\bsent (?:\w+ ){0,4}automatically\b|\benviado automaticamente\b",
    r"\bautomatic sms\b|^away message\b|^\W*ooo\b|\bcontestador automatico\b",
    r"\b(?:respuesta|mensaje|contestacion) automatic[ao]\b",
    r"\b(?:not|isn't|is not|are not|un)[ -]?(?:monitored|attended)\b|\bunattended\b",
    r"\btexts? to this number\b|\bfor outgoing notifications\b|\bmessage blocking (?:is )?active\b",
    r"\bno esta (?:supervisad|atendid|vigilad)[oa]\b|\bservic(?:e|io) (?:does not support|no admite)\b",
    r"^\W*no-?reply\b|\breplies to this\b",
    r"\b(?:not|n't) (?:set up to )?(?:accept|receive) (?:incoming |text )?(?:messages|texts|replies)\b",
    r"\b(?:cannot|no) (?:receive|recibe|admite) (?:text )?(?:messages|mensajes)\b",
    r"\b(?:do not|don't|please do not) reply to this (?:message|text|number|email)\b|^do not reply\b",
    r"\bno respond(?:a|as|er) a este mensaje\b|\bpor favor no responda\b",
    r"\bcould not be delivered because\b|\bcan't process your reply\b",
    r"\breply (?:with one of|y |yes |no |1 |2 |stop|help)|\bresponda (?:si|no|1|2) para\b",
    r"\b(?:un(?:recognized|known)|invalid) (?:command|response|option)\b|\bopcion no valida\b",
    r"\b(?:text|type|escriba) menu\b|\btext agent to\b",
    r"\byou(?:'ve| have) reached (?:an|the) automated\b",
    r"\bi'?m an? (?:bot|automated|virtual)\b|\bsoy un (?:bot|asistente virtual)\b",
    r"\bdo not disturb (?:while driving )?(?:is |turned )?on\b|\bno molestar mientras conduzco\b",
    r"\bnot receiving notifications\b|\bfocus turned on\b|\bis on do not disturb\b",
    r"\byour ticket number is\b|\byour request has been (?:logged|received)\b",
)
# Somebody who is away, with what only an automatic text adds to it.
_AWAY = (
    r"\bout of (?:the )?office\b|\baway from (?:my|our) (?:desk|phone)\b|\bon the road\b",
    r"\bin (?:a )?(?:class|meeting)\b",
    r"\b(?:i am|i'm|on) (?:currently )?(?:on )?(?:vacation|annual leave|holiday)\b|\bwe(?:'re| are) (?:closed|away)\b",
    r"\b(?:i am|i'm|ahora mismo estoy|estoy) (?:currently )?(?:driving|conduciendo|manejando)\b|^driving\b",
    r"\bfuera de la oficina\b|\bde vacaciones\b|\bestamos cerrados\b|^ausente hasta\b",
    r"\bi'm (?:busy|away)\b|\bthe person you are trying to reach\b|\bafter hours\b",
    r"\bthank(?:s| you) for (?:contacting|reaching out|your (?:message|text)|text(?:ing)?(?: us)?|messaging)\b",
    r"\bgracias por (?:contactar|su mensaje|tu mensaje)|\bteam has been notified\b|\bwe got your (?:text|message)\b",
    r"\b(?:we have|we've|hemos) (?:received|recibido)\b|\bmessage has been received\b",
)
_LATER = (
    r"\b(?:will|i'll|we'll) (?:get back|respond|reply|answer|see your message|be (?:back|with you))\b",
    r"\b(?:will|i'll) text (?:you )?back\b",
    r"\b(?:respond|reply) (?:as soon|on my return|when|during|within|later)\b|\bwhen (?:it is safe|i arrive)\b",
    r"\bwill (?:contact you|be with you|follow up|return your|be in touch)\b|\blimited access\b",
    r"\bnot (?:checking|available)\b|\bout of office until\b",
    r"\b(?:i will|and will|i'll) be back\b|\bfor urgent matters\b|\boffice is currently closed\b",
    r"\b(?:te|le|les) (?:respondere|respondo|responderemos|atenderemos|atendera)\b|\bun agente\b",
    r"\b(?:respondere(?:mos)?|contestare|no puedo contestar)\b|\ben breve\b|\ba la vuelta\b|\bpara urgencias\b",
)
# Whoever asks, or asks for something, is a person, whatever else stands there.
_ASKS = (
    r"\?",
    r"\b(?:can|could|would) (?:you|we|someone)\b|\bcall me\b|\btext me\b|\b(?:i|we) need\b|\bi'd like\b",
    r"\bstop sending\b|\bi don't want\b|\bnecesito\b|\bquiero\b",
    r"\b(?:yes|si),? (?:\w+ )?(?:is|esta)\b",
)
_LABEL, _IS_AWAY, _IS_LATER, _IS_ASKING = (re.compile("|".join(forms)) for forms in (_LABELS, _AWAY, _LATER, _ASKS))
# What machines write in spite of their question mark: a menu, and "what's up?" in an answer that says what it is.
_MENU = re.compile(
    r"\bhow can i help you today\b|\ben que puedo ayudarle\b|\breply with one of\b|\bsent .*automatically\b"
)


def is_auto_reply(text: str) -> bool:
    """Return whether a text is what a machine answers with: it says so, or is away and promises to answer later."""
    folded = _fold(text)
    if _MENU.search(folded) and _LABEL.search(folded):
        return True
    if _IS_ASKING.search(folded):
        return False
    return bool(_LABEL.search(folded) or (_IS_AWAY.search(folded) and _IS_LATER.search(folded)))


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold().replace("’", "'").replace("‘", "'"))
    return " ".join("".join(letter for letter in plain if not unicodedata.combining(letter)).split())


def judge_thread(said: Sequence[Said], now: datetime) -> LoopSign | None:
    """Return by what a machine is known at the other end, or None; `said` is oldest first, the newest ones theirs.

    What somebody of the business wrote begins everything anew: they are talking with a person.
    """
    recent = [one for one in said if now - one.at <= _SINCE]
    since = max((place + 1 for place, one in enumerate(recent) if one.is_persons), default=0)
    recent = recent[since:]
    theirs = [one for one in recent if one.is_theirs]
    if not theirs:
        return None
    if is_auto_reply(theirs[-1].body):
        return LoopSign.AUTO_REPLY
    if _says_the_same(theirs):
        return LoopSign.SAME_TEXT
    answered = _answer_times(recent)
    if _comes_at_once(answered) and _resembles_itself(theirs[-_OFTEN:]):
        return LoopSign.AT_ONCE
    return LoopSign.PING_PONG if _goes_to_and_fro(answered) else None


def is_persons_word(texts: Sequence[str], said: Sequence[Said]) -> bool:
    """Return whether these new texts are a person's: no automatic reply, and nothing that was said before."""
    before = [one.body for one in said if one.is_theirs][: -len(texts) or None]
    return not any(is_auto_reply(text) or any(_are_alike(text, old) for old in before) for text in texts)


def _says_the_same(theirs: Sequence[Said]) -> bool:
    last = theirs[-1].body
    # "ok" three times, or "are you there?", is a person who waits.
    if len(_fold(last).split()) < _SHORT_WORDS:
        return False
    often = _SAME_QUESTION if _IS_ASKING.search(_fold(last)) else _SAME
    return sum(_are_alike(last, one.body) for one in theirs) >= often


def _are_alike(one: str, other: str, share: float = _ALIKE) -> bool:
    first, second = (re.sub(r"\d+", "0", _fold(text)) for text in (one, other))
    return first == second or SequenceMatcher(None, first, second, autojunk=False).ratio() >= share


def _comes_at_once(answered: Sequence[timedelta]) -> bool:
    return len(answered) >= _OFTEN and all(pause <= _AT_ONCE for pause in answered[-_OFTEN:])


def _resembles_itself(theirs: Sequence[Said]) -> bool:
    bodies = [one.body for one in theirs]
    if any(len(_fold(body).split()) < _SHORT_WORDS for body in bodies):
        return False
    return all(_are_alike(one, other, _ROUGHLY_ALIKE) for one, other in pairwise(bodies))


def _answer_times(recent: Sequence[Said]) -> list[timedelta]:
    """How long each text of theirs came after the one of ours that it answers."""
    return [after.at - before.at for before, after in pairwise(recent) if after.is_theirs and not before.is_theirs]


def _goes_to_and_fro(answered: Sequence[timedelta]) -> bool:
    return len(answered) >= _PING_PONG and all(pause <= _NO_PAUSE for pause in answered[-_PING_PONG:])
