"""What an owner dials so that a carrier sends on the calls nobody answers, by country and kind of phone.

GSM codes are of 3GPP TS 22.030 (annex B), which mobiles keep to nearly everywhere. Star codes of fixed lines are
customs of a country; what no source of ours confirms says so, and sends the owner to the carrier.
"""

from dataclasses import dataclass
from enum import StrEnum

import phonenumbers
from phonenumbers import PhoneNumberFormat

from ringback.domain.phrases import Phrase, phrase


class When(StrEnum):
    """Which calls a code sends on."""

    UNANSWERED = "unanswered"
    BUSY = "busy"
    UNREACHABLE = "unreachable"
    ALL_MISSED = "all_missed"


@dataclass(frozen=True, slots=True)
class Code:
    """What to dial for some calls, and what to dial to undo it."""

    when: When
    dial: str
    undo: str


@dataclass(frozen=True, slots=True)
class Carrier:
    """How one carrier, or one kind of phone, sends calls on. Without codes it is done in its own settings.

    `is_sure` is False where nobody of ours has seen it confirmed: ask the carrier first.
    """

    name: Phrase
    codes: tuple[Code, ...] = ()
    is_sure: bool = True
    note: Phrase | None = None


# Voicemail of a mobile often answers after 20 to 25 seconds: forwarding must be faster.
_RING_SECONDS = 15
_COMES_FIRST = phrase("Forwarding takes the place of the voicemail this number has now.")
_IN_SETTINGS = Carrier(
    phrase("Internet phone or phone system (VoIP)"),
    note=phrase("In its own settings, look for “forward when unanswered”, “when busy” and “when offline”."),
)


def carriers_of(country: str, number: str) -> tuple[Carrier, ...]:
    """Return the ways to forward to `number` (E.164) that people of a country have; elsewhere, those of mobiles."""
    local = _national(number)
    match country.upper():
        case "US":
            return (*_american_mobiles(number, local), _american_landline(local), _IN_SETTINGS)
        case "CA":
            rogers = _gsm(phrase("Rogers, Bell, Telus and their brands (mobile)"), number, is_sure=False)
            return rogers, _american_landline(local), _IN_SETTINGS
        case "GB" | "IE" | "ES":
            return _gsm(_MOBILES[country.upper()], number), _fixed(_FIXED[country.upper()], number), _IN_SETTINGS
        case "AU" | "NZ" | "MX":
            return _gsm(_MOBILES[country.upper()], number), _unknown_landline(), _IN_SETTINGS
        case _:
            return _gsm(phrase("Any mobile"), number), _unknown_landline(), _IN_SETTINGS


_MOBILES = {
    "GB": phrase("EE, O2, Vodafone, Three and their brands (mobile)"),
    "IE": phrase("Vodafone, Three, Eir and their brands (mobile)"),
    "ES": phrase("Movistar, Orange, Vodafone, Yoigo and their brands (mobile)"),
    "AU": phrase("Telstra, Optus, Vodafone and their brands (mobile)"),
    "NZ": phrase("Spark, One NZ, 2degrees and their brands (mobile)"),
    "MX": phrase("Telcel, AT&T, Movistar and their brands (mobile)"),
}
_FIXED = {
    "GB": phrase("BT and most landlines"),
    "IE": phrase("Eir and most landlines"),
    "ES": phrase("Movistar and most landlines"),
}


def _american_mobiles(number: str, local: str) -> tuple[Carrier, ...]:
    verizon = Carrier(
        phrase("Verizon (mobile)"),
        (Code(When.ALL_MISSED, f"*71{local}", "*73"),),
        note=phrase("One code for unanswered and busy calls. Wait for the tone, then hang up."),
    )
    # Of AT&T two sets of codes go round, and neither is confirmed.
    att = _gsm(phrase("AT&T (mobile)"), number, is_sure=False)
    return _gsm(phrase("T-Mobile (mobile)"), number), att, verizon


def _american_landline(local: str) -> Carrier:
    codes = Code(When.UNANSWERED, f"*92{local}", "*93"), Code(When.BUSY, f"*90{local}", "*91")
    note = phrase("Many landlines and cable companies use these; some sell forwarding as an extra.")
    return Carrier(phrase("Landline or cable"), codes, is_sure=False, note=note)


def _gsm(name: Phrase, number: str, *, is_sure: bool = True) -> Carrier:
    codes = (
        Code(When.UNANSWERED, f"**61*{number}**{_RING_SECONDS}#", "##61#"),
        Code(When.BUSY, f"**67*{number}#", "##67#"),
        Code(When.UNREACHABLE, f"**62*{number}#", "##62#"),
    )
    return Carrier(name, codes, is_sure, _COMES_FIRST)


def _fixed(name: Phrase, number: str) -> Carrier:
    # A landline dials another country with the 00 of Europe, its own without any code.
    dialled = _national(number) if phonenumbers.parse(number).country_code in (44, 353, 34) else f"00{number[1:]}"
    codes = Code(When.UNANSWERED, f"*61*{dialled}#", "#61#"), Code(When.BUSY, f"*67*{dialled}#", "#67#")
    return Carrier(name, codes, is_sure=False)


def _unknown_landline() -> Carrier:
    note = phrase("Ask your carrier for “call forwarding when unanswered and when busy”. Codes differ here.")
    return Carrier(phrase("Landline"), note=note)


def _national(number: str) -> str:
    """Return the digits that people of the number's own country dial."""
    shown = phonenumbers.format_number(phonenumbers.parse(number), PhoneNumberFormat.NATIONAL)
    return "".join(mark for mark in shown if mark.isdigit())
