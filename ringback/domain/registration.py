"""Whether carriers let a line text: the owner's word, the phone company's, and what carriers did, taken together."""

from dataclasses import dataclass
from enum import StrEnum

import phonenumbers
from phonenumbers import PhoneNumberType

from ringback.domain.business import Line, Registration
from ringback.domain.phrases import Phrase, phrase
from ringback.domain.registration_facts import CarrierWord


def standing(line: Line) -> Registration:
    """Return what counts for a line: under `pending` no text leaves it, under `unknown` texts are tried."""
    # Carriers outrank everybody: what they refuse once they refuse, and bill, every time (Twilio 30034).
    if line.carriers.refused_at is not None:
        return Registration.PENDING
    if line.registration is not Registration.UNKNOWN:
        return line.registration
    match line.carriers.word:
        case CarrierWord.APPROVED:
            return Registration.APPROVED
        case CarrierWord.PENDING | CarrierWord.REJECTED:
            return Registration.PENDING
        case CarrierWord.MISSING | None:
            return Registration.UNKNOWN if needs_registration(line.number) else Registration.NOT_NEEDED


def may_text(line: Line) -> bool:
    """Return whether registration leaves a line free to text."""
    return standing(line) is not Registration.PENDING


def needs_registration(number: str) -> bool:
    """Return whether carriers ask for a registration of this number (E.164): those of the US and Canada do."""
    parsed = phonenumbers.parse(number, None)
    return phonenumbers.region_code_for_number(parsed) in ("US", "CA")


def is_toll_free(number: str) -> bool:
    """Return whether a number (E.164) is toll-free, which is verified instead of registered."""
    parsed = phonenumbers.parse(number, None)
    return bool(phonenumbers.number_type(parsed) == PhoneNumberType.TOLL_FREE)


def is_worth_asking(line: Line) -> bool:
    """Return whether the phone company's word could change anything for a line."""
    if line.carriers.refused_at is not None:
        return True
    is_open = line.registration in (Registration.UNKNOWN, Registration.PENDING)
    return is_open and needs_registration(line.number)


class Light(StrEnum):
    """How a line stands at a glance: fine, worth a thought, or no text leaves it."""

    FINE = "fine"
    WARNS = "warns"
    HOLDS = "holds"


@dataclass(frozen=True, slots=True)
class Told:
    """How a line stands, in words; `step` says what to do next, where anything is to do."""

    light: Light
    sentence: Phrase
    step: Phrase | None = None


def tell_standing(line: Line) -> Told:
    """Return how the registration of a line stands, and what to do about it."""
    if line.carriers.refused_at is not None:
        return _refused(line)
    match line.registration:
        case Registration.APPROVED:
            return Told(Light.FINE, phrase("Carriers let this number text: you said that it is approved."))
        case Registration.NOT_NEEDED:
            return Told(Light.FINE, phrase("This number needs no registration."))
        case Registration.PENDING:
            return _pending(line)
        case Registration.UNKNOWN:
            return _looked_up(line)


def _refused(line: Line) -> Told:
    return Told(
        Light.HOLDS,
        phrase(
            "Carriers refused a text of this number because it is not registered (error %(code)s). No text leaves it "
            "now, and every missed call becomes a call-back.",
            code=line.carriers.refused_code,
        ),
        phrase(
            "Register the number with the list below. Once your phone company says that it is approved, texts go out "
            "again by themselves."
        ),
    )


def _pending(line: Line) -> Told:
    said = phrase("You said that it is still being registered: no text leaves it, and every missed call becomes a "
                  "call-back.")  # fmt: skip
    if line.carriers.word is CarrierWord.APPROVED:
        return Told(Light.HOLDS, said, phrase("Your phone company says that it is approved now: let it text."))
    return Told(Light.HOLDS, said, phrase("Finish the list below. We ask your phone company once a day."))


def _looked_up(line: Line) -> Told:
    match line.carriers.word:
        case CarrierWord.APPROVED:
            return Told(Light.FINE, phrase("Carriers let this number text: your phone company says it is approved."))
        case CarrierWord.PENDING:
            return Told(
                Light.HOLDS,
                phrase("Your phone company says that the registration is being looked at. Until it is approved no "
                       "text leaves this number, and every missed call becomes a call-back."),
                phrase("Nothing to do but wait. We ask once a day."),
            )  # fmt: skip
        case CarrierWord.REJECTED:
            return _rejected(line)
        case CarrierWord.MISSING:
            return Told(
                Light.WARNS,
                phrase("Your phone company knows of no registration for this number. Texts are tried, but carriers in "
                       "the US and Canada block and bill them."),
                phrase("Register it with the list below."),
            )  # fmt: skip
        case None:
            return _not_asked(line)


def _rejected(line: Line) -> Told:
    why = line.carriers.detail
    return Told(
        Light.HOLDS,
        phrase("The registration was turned down: %(why)s. No text leaves this number.", why=why.rstrip(". "))
        if why
        else phrase("The registration was turned down. No text leaves this number."),
        phrase("Mend it with the texts below, and hand it in again at your phone company."),
    )


def _not_asked(line: Line) -> Told:
    if not needs_registration(line.number):
        return Told(Light.FINE, phrase("Numbers of this country need no registration that we know of."))
    return Told(
        Light.WARNS,
        phrase("Nobody knows yet whether carriers let this number text. Texts are tried; those of US and Canadian "
               "numbers that are not registered are blocked and billed."),
        phrase("Look it up, or say how it stands."),
    )  # fmt: skip
