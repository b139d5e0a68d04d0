"""Questions that come beside something else: they are answered first, and the rest is heard as if it had come alone."""

import re
from collections.abc import Sequence

from ringback.receptionist import asking, questions
from ringback.receptionist.beginning import asks_for_hours
from ringback.receptionist.dialog import Goal, Stage
from ringback.receptionist.draft import Draft
from ringback.receptionist.hearing import Hearing, again
from ringback.receptionist.understanding.intents import Intent
from ringback.receptionist.understanding.words import plain

# A text with a question mark answers "which one?" as well as any.
_CHOOSING = frozenset({Stage.DID_YOU_MEAN, Stage.SERVICE, Stage.CALL_BACK})
_ASKING = r"do|does|is|are|what|where|how|can|tienen|aceptan|hay|cu[a\u00e1]nto|d[o\u00f3]nde"
_WISHING = r"(?:can|could|may) (?:i|we|you)\b|i(?:'d| would| need| want)\b|do you\b|pued[eo]n?\b|quiero\b|necesito\b"
# "Do you take Delta? And can I come Thursday", "need a cleaning thursday, do you take Aetna".
_BETWEEN = re.compile(
    rf"(?<=[?!])\s+|\n|(?<=[^\W\d_]{{3}}\.)\s+|[,;.]\s+(?=(?:(?:and|also|y)\s+)?(?:{_ASKING})\b)"
    rf"|\s+(?:and|y)\s+(?=(?:also\s+)?(?:{_WISHING}))",
    re.IGNORECASE,
)
# What nobody here knows is passed on to people where it plainly asks for something about the business.
_ASKS_A_FACT = re.compile(
    r"^\W*(?:(?:and|also|so|y|oh|btw|hi|hello|hola)\W+)*(?:"
    r"do (?:you|u|y.?all)(?: guys)? (?:take|accept|offer|charge|give)|(?:is|are) there|what (?:is|are) your"
    r"|aceptan|cobran|dan|toman)\b"
)


def answer_what_is_asked(draft: Draft, hearing: Hearing) -> Hearing:
    """Answer what a turn asks beside the matter itself; return the rest of it."""
    # In an emergency nothing is looked up.
    if draft.dialog.stage in _CHOOSING or draft.dialog.goal is Goal.EMERGENCY:
        return hearing
    before = draft.dialog
    # "No hot water. How much to look at it?" asks about what the other sentence names.
    if before.stage is Stage.IDLE and before.service is None and len(hearing.services) == 1:
        draft.remember(service=hearing.services[0])
    asked: list[Hearing] = []
    rest: list[Hearing] = []
    for part in hearing.parts or (hearing,):
        of_part, left = _taken_apart(draft, part, is_whole=bool(hearing.parts))
        asked += of_part
        rest += left
    # A lone question is an interruption like any other, and is dealt with there.
    if not asked or not _matters(draft, rest):
        draft.remember(service=before.service)
        return hearing
    for part in asked:
        questions.answer_beside(draft, part)
    return again(rest, draft.dialog, draft.desk)


def _taken_apart(draft: Draft, part: Hearing, *, is_whole: bool) -> tuple[list[Hearing], list[Hearing]]:
    """The questions of one text, and what is left of it."""
    # A text to itself that only asks is one question, however many sentences it has.
    if is_whole and part.reading.intent is Intent.QUESTION and not part.names_a_time:
        return [part], []
    # A yes to the read-back is weighed together with all that it hangs on.
    if draft.dialog.stage is Stage.READ_BACK:
        return [], [part]
    sentences = [_alone(draft, words) for words in _BETWEEN.split(part.text) if words.strip()]
    asked = [each for each in sentences if _only_asks(draft, each)]
    left = [each.text for each in sentences if each not in asked]
    if not asked or not left:
        return [], [part]
    return asked, [_alone(draft, " ".join(left))]


def _alone(draft: Draft, text: str) -> Hearing:
    return again((text,), draft.dialog, draft.desk)


def _only_asks(draft: Draft, sentence: Hearing) -> bool:
    if sentence.reading.intent is not Intent.QUESTION or (sentence.names_a_time and not asks_for_hours(sentence)):
        return False
    return questions.is_known(draft, sentence) or _ASKS_A_FACT.search(plain(sentence.text)) is not None


def _matters(draft: Draft, rest: Sequence[Hearing]) -> bool:
    """Whether what is left is more than manners: a wish at the beginning, an answer later on."""
    if draft.dialog.stage is Stage.IDLE:
        return any(part.has(Intent.BOOK) or part.names_a_time or _names_work(part) for part in rest)
    least = 2 if draft.dialog.stage is Stage.DETAIL and asking.takes_any_words(draft) else 1
    return any(
        part.reading.intent not in (Intent.THANKS, Intent.GREETING) and len(part.text.split()) >= least for part in rest
    )


def _names_work(part: Hearing) -> bool:
    return bool(part.services) and not part.has(Intent.QUESTION)
