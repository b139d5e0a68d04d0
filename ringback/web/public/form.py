"""The booking form: what a stranger typed, and what is missing in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ringback.domain.business import Business, Detail, DetailKind, Service, Unfit
from ringback.domain.caller_names import visible
from ringback.domain.phones import PhoneKind, parse_phone

_LONGEST = {"name": 80, "phone": 40, "address": 200, "note": 500}
_LONGEST_ANSWER = 200
_NOTE = "note"


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as it came. `troubles` names what is wrong by field, as a key of the page's words."""

    given: Mapping[str, str]
    troubles: Mapping[str, str]
    # E.164; None where it is no number that a call or a text could reach.
    phone: str | None = None
    # The caller's answers by the Detail's name, for the booking.
    details: Mapping[str, str] = field(default_factory=dict)


def read_booking_form(form: Mapping[str, str], service: Service, business: Business) -> Filled:
    """Return what was typed, trimmed, with everything that is missing or cannot be taken."""
    names = ["name", "phone", "address", "note", *(_field(n) for n in range(len(service.details)))]
    # One line each, as they are read back: a break or a hidden character has no business in a calendar.
    given = {name: visible(form.get(name, "")) for name in names}
    phone = _textable(given["phone"], business)
    troubles = dict(_troubles(given, service, phone))
    answers = {detail.name: given[_field(n)] for n, detail in enumerate(service.details) if given[_field(n)]}
    note = {_NOTE: given["note"]} if given["note"] else {}
    return Filled(given, troubles, phone, {**answers, **note})


def _textable(text: str, business: Business) -> str | None:
    phone = parse_phone(text, business.country, frozenset(business.text_countries))
    # A landline is a number to be reached at, though no text of ours will.
    return phone.e164 if phone.kind in (PhoneKind.TEXTABLE, PhoneKind.LANDLINE) else None


def _troubles(given: Mapping[str, str], service: Service, phone: str | None) -> Iterator[tuple[str, str]]:
    if not given["name"]:
        yield "name", "need_name"
    if phone is None:
        yield "phone", "need_phone"
    if service.at_address and not given["address"]:
        yield "address", "need_address"
    for n, detail in enumerate(service.details):
        trouble = _trouble_of(detail, given[_field(n)])
        if trouble:
            yield _field(n), trouble
    for name, text in given.items():
        if len(text) > _LONGEST.get(name, _LONGEST_ANSWER):
            yield name, "too_long"


def _trouble_of(detail: Detail, answer: str) -> str | None:
    if not answer:
        # Only they know whether they have been here before.
        return None if detail.new_only else "need_answer"
    if detail.kind is DetailKind.NUMBER and not answer.replace(".", "", 1).isdecimal():
        return "need_number"
    choices = ("yes", "no") if detail.kind is DetailKind.YES_NO else detail.choices
    return "need_answer" if detail.kind in (DetailKind.YES_NO, DetailKind.CHOICE) and answer not in choices else None


def _field(place: int) -> str:
    return f"detail-{place}"


@dataclass(frozen=True, slots=True)
class NotForUs:
    """An answer showed that the job is not for this business; `words` are the owner's, where they wrote some."""

    words: str | None


def find_unfit(service: Service, details: Mapping[str, str]) -> NotForUs | None:
    """Return why the job is not taken, or None where nothing speaks against it."""
    for detail in service.details:
        answer = details.get(detail.name, "")
        if answer and detail.rules_out(answer):
            # A person decides about those: on the page that means a call.
            return NotForUs(detail.unfit_words if detail.unfit is Unfit.DECLINE else None)
    return None
