"""Saying that a machine writes, where a law wants it said up front whatever the owner chose."""

from datetime import datetime
from zoneinfo import ZoneInfo

from ringback.domain.business import Business
from ringback.domain.law.rules import discloses_automation

# GSM-7 letters only: an accent would halve the room of the whole text.
_MARKS = {"en": "(automated assistant)", "es": "(asistente automatizado)"}
_SAID = ("automated assistant", "asistente autom")


def automation_mark(business: Business, phone: str, language: str, now: datetime) -> str:
    """Return what a first automatic text to a number adds, or "" where no law asks for it or no machine answers.

    `phone` may be empty: then the law of the business's own place counts.
    """
    on = now.astimezone(ZoneInfo(business.zone)).date()
    if not business.receptionist.on or not discloses_automation(business, phone, on=on):
        return ""
    return _MARKS.get(language, _MARKS["en"])


def with_mark(text: str, mark: str) -> str:
    """Return a text with the mark at its end; one that says it in its own words is left as it is."""
    if not mark or any(said in text.casefold() for said in _SAID):
        return text
    return f"{text} {mark}"
