"""Healthcare mode: what leaves the product says that there is an appointment or a message, and never about what.

That somebody is a practice's patient, and what for, is protected health information (45 CFR 160.103). A reminder may
say who reminds and when, no more than is necessary (45 CFR 164.502(b)); docs/how-to/healthcare.md has the whole list.
"""

from ringback.domain.business import Business
from ringback.domain.notices import NoticeKind

# Their callers are patients. A vet's are animals, which HIPAA does not protect; a med spa's visits are treatments.
TRADES = frozenset({"dental", "medical", "med_spa"})
# 47 CFR 64.1200(a)(9)(iv): so long and so often may a reminder of a provider be, at most.
LONGEST_REMINDER = 160
REMINDERS_A_DAY, REMINDERS_A_WEEK = 1, 3

_PATIENT = ("A message from a patient.", "Un mensaje de un paciente.")
# Nothing in these is about a caller.
_NOT_OF_PATIENTS = frozenset({NoticeKind.ALARM, NoticeKind.REPORT, NoticeKind.TEST})


def is_on(business: Business) -> bool:
    """Return whether a business works in healthcare mode: as its owner said, else as its trade suggests."""
    said = business.privacy.healthcare
    return business.trade in TRADES if said is None else said


def may_show_model(business: Business) -> bool:
    """Return whether what patients write may go to a model that somebody else runs."""
    return not is_on(business) or business.privacy.model_agreement


def patient_words(language: str) -> str:
    """Return all that a notice, a push, a letter or an alert says of a patient's message."""
    return _PATIENT[1] if language == "es" else _PATIENT[0]


def notice_words(business: Business, kind: NoticeKind, words: str, language: str) -> str:
    """Return what a notice may say outside the product; `words` are those of its page."""
    if kind in _NOT_OF_PATIENTS or not is_on(business):
        return words
    return patient_words(language)


def caller_outside(business: Business, phone: str) -> str:
    """Return how a caller is named in a text to staff: in healthcare mode just so that several can be told apart."""
    return f"…{phone.strip()[-2:]}" if is_on(business) else phone


def what_is_booked(business: Business, service: str, language: str) -> str:
    """Return what a confirmation, a reminder or a calendar entry calls a booking."""
    if not is_on(business):
        return service
    return "cita" if language == "es" else "appointment"


def may_remind(business: Business, today: int, this_week: int) -> bool:
    """Return whether one more reminder may go to somebody who had so many in 24 hours and in seven days."""
    return not is_on(business) or (today < REMINDERS_A_DAY and this_week < REMINDERS_A_WEEK)
