"""Numbers and words of callers taken out of what is kept or written down for support."""

import re
from collections.abc import Iterable

HIDDEN = "…"
# Fields of phone companies' requests and answers that hold a caller's words, and those that hold a number.
_WORDS = frozenset({"body", "text", "content", "friendly_name", "caller_name", "callername"})
_NUMBERS = frozenset({"to", "from", "caller", "called", "phone_number", "to_formatted", "from_formatted"})
# With a plus (also as a URL writes it), or as people of North America write one. Not the digits of an id or an instant.
_NUMBER = re.compile(
    r"(?<![\w+%])(?:\+|%2[Bb])\d[\d\s().-]{5,18}\d|(?<![\w(.-])\(?[2-9]\d{2}\)?[\s.-]\s?[2-9]\d{2}[\s.-]\d{4}(?![\w.-])"
)
# The last one may have been cut off.
_FIELD = re.compile(r'"(\w+)"(\s*:\s*)"((?:[^"\\]|\\.)*)("|\\?$)')
_LONGEST_ANSWER = 8000


def hide_numbers(text: str) -> str:
    """Return a text in which no phone number is left but its last two digits."""
    return _NUMBER.sub(lambda found: HIDDEN + re.sub(r"\D", "", found.group())[-2:], text)


def redact_form(form: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the fields of a request as they may be kept: no words, no numbers, no more than what helps support."""
    # What an answer calls a message is what went wrong; in a request it is what is said.
    return {name: HIDDEN if name.lower() == "message" else _hide(name, value) for name, value in form}


def redact_answer(answer: str) -> str:
    """Return a phone company's JSON (or anything else it said) as it may be kept."""
    cut = answer[:_LONGEST_ANSWER]
    hidden = _FIELD.sub(lambda found: f'"{found[1]}"{found[2]}"{_hide(found[1], found[3])}"', cut)
    return hide_numbers(hidden)


def _hide(name: str, value: str) -> str:
    if name.lower() in _WORDS:
        return HIDDEN
    if name.lower() in _NUMBERS:
        return HIDDEN + value[-2:]
    return hide_numbers(value)
