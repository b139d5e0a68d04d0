"""Puts a phrase together with its values, once for the eye and once for the ear."""

import re
from collections.abc import Mapping, Sequence

from ringback.domain.segments import count_segments, gsm7_like
from ringback.receptionist.dialog import Reply
from ringback.receptionist.scripts import english, spanish

_SCRIPTS: Mapping[str, Mapping[str, str]] = {"en": english.LINES, "es": spanish.LINES}
_OR = {"en": " or ", "es": " o "}

Value = str | Reply


def say(line: str, language: str, /, **values: Value) -> Reply:
    """Return one line of the script; a value that is a Reply is written in the one form and spoken in the other."""
    # A language without a script is answered in English rather than not at all.
    words = _SCRIPTS.get(language, english.LINES)[line]
    # The same words twice, because "Thu Nov 26, 10:30 AM" reads well and sounds badly.
    written = {name: value.written if isinstance(value, Reply) else value for name, value in values.items()}
    spoken = {name: value.spoken if isinstance(value, Reply) else value for name, value in values.items()}
    return Reply(_thrifty(words.format_map(written)), words.format_map(spoken))


def join(replies: Sequence[Reply]) -> Reply:
    """Return several replies as one, in order."""
    written = " ".join(reply.written for reply in replies if reply.written)
    return Reply(_thrifty(written), " ".join(reply.spoken for reply in replies if reply.spoken))


def either(choices: Sequence[Value], language: str) -> Reply:
    """Return "a, b or c"."""
    said = [choice if isinstance(choice, Reply) else Reply(choice, choice) for choice in choices]
    return Reply(
        _listed([choice.written for choice in said], _OR[language]),
        _listed([choice.spoken for choice in said], _OR[language]),
    )


def _listed(words: Sequence[str], last: str) -> str:
    return last.join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _thrifty(text: str) -> str:
    # One accented letter outside GSM-7 costs a whole text more; it is dropped only where it would.
    plain = gsm7_like(text)
    return plain if count_segments(plain).count < count_segments(text).count else text


_OURS = {
    "en": re.compile(r"\b(?:my|our|mi|mis)\b", re.IGNORECASE),
    "es": re.compile(r"\b(?:mis?|my|our)\b", re.IGNORECASE),
}
_YOURS = {"en": "your", "es": "su"}


def whose(for_whom: str, language: str) -> str:
    """Return for whom a booking is as it is said back to them: "my daughter" is "your daughter"."""
    return _OURS[language].sub(_YOURS[language], for_whom)
