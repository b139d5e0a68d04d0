"""Phone numbers: what a caller id really is, what people type, and how a number is shown."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType


class PhoneKind(StrEnum):
    """Whether a caller id can be texted, or why it is not.

    Textable only means that nothing speaks against it: US and Canadian numbers do not tell a mobile from a
    landline, which a look-up or a provider's error does (domain/number_facts).
    """

    TEXTABLE = "textable"
    WITHHELD = "withheld"
    SHORT_CODE = "short_code"
    TOLL_FREE = "toll_free"
    PREMIUM = "premium"
    # Where the numbering plan tells them apart: not in the US, Canada and Mexico.
    LANDLINE = "landline"
    FOREIGN = "foreign"
    INVALID = "invalid"


@dataclass(frozen=True, slots=True)
class Phone:
    """A caller id understood. `e164` is None when there is no number to call; `country` is ISO 3166 alpha-2."""

    raw: str
    e164: str | None
    kind: PhoneKind
    country: str | None


def parse_phone(raw: str, home_country: str, text_countries: frozenset[str] = frozenset()) -> Phone:
    """Return what a provider's caller id stands for; never raises.

    Textable are the home country and `text_countries`. When those are empty, a US or Canadian business also
    texts the other of the two, and nowhere else that shares +1 with them.
    """
    home = home_country.upper()
    said = _caller_part(raw)
    if _is_withheld(said):
        return Phone(raw, None, PhoneKind.WITHHELD, None)
    if re.fullmatch(r"\+?\d{3,6}", said):
        return Phone(raw, None, PhoneKind.SHORT_CODE, None)
    number = _parse(said, home)
    if number is None:
        return Phone(raw, None, PhoneKind.INVALID, None)
    country = phonenumbers.region_code_for_number(number)
    # A premium number of an allowed country is still one that somebody may earn money by our texting it.
    is_near = country in _textable_countries(home, text_countries)
    kind = _special_kind(number) or (_near_kind(number) if is_near else PhoneKind.FOREIGN)
    return Phone(raw, _e164(number), kind, None if country == _NO_COUNTRY else country)


def normalise_phone(text: str, country: str) -> str | None:
    """Return what a person typed as E.164, or None when it is no number of that or a named country.

    One with an extension is None too: neither a text nor a ring of ours would reach it.
    """
    number = _parse(_visible(text), country.upper())
    return _e164(number) if number and not number.extension else None


def show_phone(e164: str, country: str) -> str:
    """Return a number as people of `country` write it: national where they share the country code.

    One that is another's now is shown crossed out.
    """
    if is_retired(e164):
        return _RETIRED + show_phone(former_phone(e164), country)
    number = _parse(e164, country.upper())
    if number is None:
        return e164
    is_home = number.country_code == phonenumbers.country_code_for_region(country.upper())
    return phonenumbers.format_number(
        number, PhoneNumberFormat.NATIONAL if is_home else PhoneNumberFormat.INTERNATIONAL
    )


def retired_phone(phone: str, at: datetime) -> str:
    """Return what stands in the place of the number of a contact whom it does not reach any more; nothing dials it."""
    return f"{_RETIRED}{phone}{_SINCE}{at:%Y-%m-%d %H:%M:%S}"


def is_retired(phone: str) -> bool:
    """Return whether this stands for a number that belongs to somebody else now."""
    return phone.startswith(_RETIRED)


def former_phone(phone: str) -> str:
    """Return the number that this stands for, which is another's now; any other number is returned as it is."""
    return phone.removeprefix(_RETIRED).partition(_SINCE)[0] if is_retired(phone) else phone


_RETIRED, _SINCE = "✕ ", " · "
# How phonenumbers calls numbers of no country: freephone +800, satellites, +979 premium.
_NO_COUNTRY = "001"
_NEIGHBOURS = {"US": frozenset({"US", "CA"}), "CA": frozenset({"US", "CA"})}

# What phone companies send instead of a number. The numbers spell ANONYMOUS, RESTRICTED, BLOCKED, UNKNOWN,
# UNAVAILABLE and (so Twilio) no caller id on a keypad; P and O are the network's own private and out-of-area.
_WITHHELD_WORDS = frozenset(
    (
        *("", "anonymous", "restricted", "unavailable", "unknown", "private", "blocked", "withheld", "hidden"),
        *("p", "o", "none", "null", "noid", "nocallerid", "callerid", "outofarea", "notavailable", "idunavailable"),
        *("privatenumber", "privatecaller", "unknownnumber", "unknowncaller", "anonymouscaller", "blockedcaller"),
        *(
            "numberwithheld",
            "withheldnumber",
            "callerwithheld",
            "nonumber",
            "nocid",
            "callerunknown",
            "restrictedcaller",
        ),
        *("restrictednumber", "blockednumber", "unavailablenumber", "international", "payphone", "coinphone"),
    )
)
_WITHHELD_NUMBERS = frozenset(["266696687", "7378742833", "2562533", "8656696", "86282452253", "464"])

# Personal numbers (070 in the UK, 500 and its like in North America) follow a person and cost what they like.
_COSTLY = frozenset(
    (
        *(PhoneNumberType.PREMIUM_RATE, PhoneNumberType.SHARED_COST, PhoneNumberType.UAN, PhoneNumberType.PAGER),
        *(PhoneNumberType.PERSONAL_NUMBER, PhoneNumberType.VOICEMAIL),
    )
)


def _textable_countries(home: str, text_countries: frozenset[str]) -> frozenset[str]:
    if text_countries:
        return frozenset(country.upper() for country in text_countries) | {home}
    return _NEIGHBOURS.get(home, frozenset({home}))


def _special_kind(number: PhoneNumber) -> PhoneKind | None:
    kind = phonenumbers.number_type(number)
    if kind == PhoneNumberType.TOLL_FREE:
        return PhoneKind.TOLL_FREE
    is_satellite = phonenumbers.region_code_for_number(number) == _NO_COUNTRY
    # 976 is the pay-per-call exchange in any North American area code; 600 is Canada's for satellites and the like.
    north_american = str(number.national_number) if number.country_code == 1 else ""
    is_pay_per_call = north_american[3:6] == "976" or north_american[:3] == "600"
    return PhoneKind.PREMIUM if kind in _COSTLY or is_satellite or is_pay_per_call else None


def _near_kind(number: PhoneNumber) -> PhoneKind:
    is_landline = phonenumbers.number_type(number) == PhoneNumberType.FIXED_LINE
    return PhoneKind.LANDLINE if is_landline else PhoneKind.TEXTABLE


def _is_withheld(said: str) -> bool:
    if any(character.isdecimal() for character in said):
        return said.removeprefix("+") in _WITHHELD_NUMBERS
    return "".join(character for character in said.casefold() if character.isalpha()) in _WITHHELD_WORDS


def _caller_part(raw: str) -> str:
    """Return the user part of sip:, sips:, tel: and client: forms, with or without a display name; else all of it."""
    said = _visible(raw)
    address = re.search(r"(?:sips?|tel|client):([^@;>]*)", said, re.IGNORECASE)
    part = address.group(1) if address else said.partition("@")[0]
    return part.replace("%2B", "+").replace("%2b", "+").strip()


def _visible(text: str) -> str:
    # Numbers pasted from an address book come wrapped in invisible marks of writing direction.
    return "".join(character for character in text if unicodedata.category(character)[0] != "C").strip()


def _parse(text: str, country: str) -> PhoneNumber | None:
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_valid_number(number) else None


def _e164(number: PhoneNumber) -> str:
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)
