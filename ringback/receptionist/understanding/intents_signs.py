"""Signs: which kinds of words a text holds. Intents are decided from them (`intents.read_intent`)."""

import re
from collections.abc import Mapping
from enum import StrEnum

from ringback.domain.consent_letters import Speller, fold
from ringback.receptionist.understanding import intents_en as english
from ringback.receptionist.understanding import intents_en_manners as manners
from ringback.receptionist.understanding import intents_es as spanish


class Sign(StrEnum):
    """One kind of words; the names are the keys of the word lists."""

    YES = "yes"
    ASSENT = "assent"
    NO = "no"
    LATER = "later"
    THANKS = "thanks"
    BYE = "bye"
    GREETING = "greeting"
    ALL = "all"
    BOOK = "book"
    WISH = "wish"
    JOB = "job"
    FREE = "free"
    RESCHEDULE = "reschedule"
    CANCEL = "cancel"
    ABSENT = "absent"
    ASKS = "asks"
    TOPIC = "topic"
    POLICY = "policy"
    BOT = "bot"
    HUMAN = "human"
    CALL_ME = "call_me"
    FRUSTRATED = "frustrated"
    WRONG_NUMBER = "wrong_number"
    ABUSE = "abuse"
    QUOTE = "quote"
    WAITING_LIST = "waiting_list"
    LATE = "late"
    TIME = "time"
    BANTER = "banter"
    ACCEPTS = "accepts"
    PREFACE = "preface"


_THUMBS = str.maketrans(
    {
        '"': " ",
        "\u201c": " ",
        "\u201d": " ",
        "\U0001f44d": " yes ",
        "\U0001f44c": " ok ",
        "\u2705": " yes ",
        "\U0001f44e": " no ",
    }
)
# "3:30" and "3.30" stay in one piece when colons and dots end clauses.
_CLOCK = re.compile(r"(?<=\d)[:.](?=\d\d)")
_SPELLER = Speller([*english.KNOWN, *spanish.KNOWN], [*english.REAL, *spanish.REAL])


def plain_words(text: str) -> str:
    """Return folded words with thumbs as words, times in one piece ("3h30") and common slips mended."""
    folded = fold(_CLOCK.sub("h", text.translate(_THUMBS)))
    return " ".join(english.SHORT.get(word) or _SPELLER.mend(word) for word in folded.split())


def hear(words: str) -> Mapping[Sign, str]:
    """Return the signs in the words, each with the part that shows it."""
    found = ((sign, pattern.search(words)) for sign, pattern in _PATTERNS.items())
    return {sign: match[0] for sign, match in found if match}


def _compile(sign: Sign) -> re.Pattern[str]:
    macros = english.MACROS | spanish.MACROS
    parts = (words for lists in (english, manners, spanish) for words in lists.WORDS.get(sign, ()))
    text = "|".join(f"(?:{part})" for part in parts)
    for _ in range(2):
        text = re.sub(r"\{([a-z_]+)\}", lambda found: macros[found[1]], text)
    return re.compile(rf"(?<!\S)(?:{text})(?!\S)")


_PATTERNS = {sign: _compile(sign) for sign in Sign}
