"""Caller ids of every kind are told apart, and numbers people type become E.164."""

from itertools import islice

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers import PhoneNumberType

from ringback.domain.phones import Phone, PhoneKind, normalise_phone, parse_phone, show_phone

CARLA = "+15035550100"

TEXTABLE_IDS = [
    ("+15035550100", "+15035550100", "US"),
    ("5035550100", "+15035550100", "US"),
    ("15035550100", "+15035550100", "US"),
    ("(503) 555-0100", "+15035550100", "US"),
    ("sip:+15035550100@pbx.example;user=phone", "+15035550100", "US"),
    ("sips:%2B15035550100@pbx.example", "+15035550100", "US"),
    ('"Carla Ruiz" <sip:5035550100@pbx.example>', "+15035550100", "US"),
    ("tel:+1-503-555-0100", "+15035550100", "US"),
    ("5035550100@pbx.example", "+15035550100", "US"),
    ("\u202a+1 503-555-0100\u202c", "+15035550100", "US"),
    ("+14165550123", "+14165550123", "CA"),
]


@pytest.mark.parametrize(("raw", "e164", "country"), TEXTABLE_IDS)
def test_a_number_of_the_us_or_canada_is_textable_for_a_us_business(raw: str, e164: str, country: str) -> None:
    assert parse_phone(raw, "US") == Phone(raw, e164, PhoneKind.TEXTABLE, country)


WITHHELD_IDS = [
    *("", "  ", "anonymous", "Anonymous", "RESTRICTED", "unavailable", "Unknown", "private", "blocked", "P", "O"),
    *("No Caller ID", "Private Number", "unknown-caller", "out of area", "sip:anonymous@anonymous.invalid"),
    *('"Anonymous" <sip:anonymous@anonymous.invalid>', "anonymous@anonymous.invalid", "sip:@pbx.example"),
    *("+266696687", "266696687", "+7378742833", "+2562533", "+8656696", "+86282452253", "+464", "464"),
    *("client:Anonymous", "sip:unavailable@unknown.invalid", "sip:restricted@pbx.example", "Number Withheld"),
    *("Withheld Number", "NO NUMBER", "no cid", "Caller Unknown", "Restricted Number", "Payphone", "International"),
    *("<sip:anonymous@anonymous.invalid>;tag=1", "\u202aanonymous\u202c", "Unavailable Number", "N/A None"[4:]),
]


@pytest.mark.parametrize("raw", WITHHELD_IDS)
def test_a_withheld_caller_id_is_no_number(raw: str) -> None:
    assert parse_phone(raw, "US") == Phone(raw, None, PhoneKind.WITHHELD, None)


OTHER_IDS = [
    ("22333", PhoneKind.SHORT_CODE, None),
    ("+227626", PhoneKind.SHORT_CODE, None),
    ("\u202a22333\u202c", PhoneKind.SHORT_CODE, None),
    ("911", PhoneKind.SHORT_CODE, None),
    ("+18005550199", PhoneKind.TOLL_FREE, "US"),
    ("+18885550199", PhoneKind.TOLL_FREE, "US"),
    ("+80012345678", PhoneKind.TOLL_FREE, None),
    ("+448001111111", PhoneKind.TOLL_FREE, "GB"),
    *((f"+1{code}5550199", PhoneKind.TOLL_FREE, "US") for code in (800, 833, 844, 855, 866, 877, 888)),
    ("+19005550199", PhoneKind.PREMIUM, "US"),
    *((f"+1{code}2345678", PhoneKind.PREMIUM, "US") for code in (500, 521, 533, 544, 566, 577, 588)),
    *((f"+1{code}2345678", PhoneKind.PREMIUM, "CA") for code in (600, 622, 633)),
    *((f"+1{code}2345678", PhoneKind.INVALID, None) for code in (456, 700, 710, 822)),
    ("+447012345678", PhoneKind.PREMIUM, "GB"),
    ("+443001234567", PhoneKind.PREMIUM, "GB"),
    ("+447600123456", PhoneKind.PREMIUM, "GB"),
    ("+15039765555", PhoneKind.PREMIUM, "US"),
    ("+449098790000", PhoneKind.PREMIUM, "GB"),
    ("+448431234567", PhoneKind.PREMIUM, "GB"),
    ("+881612345678", PhoneKind.PREMIUM, None),
    ("+870773111632", PhoneKind.PREMIUM, None),
    ("+979123456789", PhoneKind.PREMIUM, None),
    ("+447400123456", PhoneKind.FOREIGN, "GB"),
    ("+525512345678", PhoneKind.FOREIGN, "MX"),
    ("client:sam", PhoneKind.INVALID, None),
    ("sip:sam@pbx.example", PhoneKind.INVALID, None),
    ("+1503555", PhoneKind.INVALID, None),
    ("+10005550100", PhoneKind.INVALID, None),
    ("0000000000", PhoneKind.INVALID, None),
    ("+15035550100123456", PhoneKind.INVALID, None),
    ("Carla", PhoneKind.INVALID, None),
]


@pytest.mark.parametrize(("raw", "kind", "country"), OTHER_IDS)
def test_what_must_not_be_texted_is_named_by_its_kind(raw: str, kind: PhoneKind, country: str | None) -> None:
    phone = parse_phone(raw, "US")
    assert (phone.kind, phone.country) == (kind, country)
    assert (phone.e164 is None) == (kind in {PhoneKind.SHORT_CODE, PhoneKind.INVALID})


# Every area code inside +1 that is neither the US (its states) nor Canada, with its country: they look domestic, and
# rates of the Caribbean ones are why "one ring" callers use them. Published by the numbering plan's administrator.
ISLANDS = {
    "242": "BS", "246": "BB", "264": "AI", "268": "AG", "284": "VG", "340": "VI", "345": "KY", "441": "BM",
    "473": "GD", "649": "TC", "658": "JM", "664": "MS", "670": "MP", "671": "GU", "684": "AS", "721": "SX",
    "758": "LC", "767": "DM", "784": "VC", "787": "PR", "809": "DO", "829": "DO", "849": "DO", "868": "TT",
    "869": "KN", "876": "JM", "939": "PR",
}  # fmt: skip


def island_numbers(code: str) -> list[str]:
    """Three ordinary numbers of the area code: many of its exchanges belong to nobody, some are toll-free."""
    numbers = (f"+1{code}{exchange}5678" for exchange in range(200, 1000))
    kinds = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE, PhoneNumberType.FIXED_LINE_OR_MOBILE}
    return list(islice((one for one in numbers if phonenumbers.number_type(phonenumbers.parse(one)) in kinds), 3))


@pytest.mark.parametrize(("code", "country"), ISLANDS.items())
def test_no_number_of_an_island_inside_plus_one_is_taken_for_a_domestic_one(code: str, country: str) -> None:
    numbers = island_numbers(code)

    assert len(numbers) == 3
    for home in ("US", "CA"):
        assert {(parse_phone(number, home).kind, parse_phone(number, home).country) for number in numbers} == {
            (PhoneKind.FOREIGN, country)
        }


@pytest.mark.parametrize("code", ISLANDS)
def test_an_island_that_the_owner_allows_may_be_texted(code: str) -> None:
    kinds = {parse_phone(number, "US", frozenset(ISLANDS.values())).kind for number in island_numbers(code)}

    assert kinds <= {PhoneKind.TEXTABLE, PhoneKind.LANDLINE}


LANDLINES = [("GB", "+442071838750"), ("AU", "+61212345678"), ("ES", "+34911234567"), ("NZ", "+6493001234")]


@pytest.mark.parametrize(("home", "number"), LANDLINES)
def test_a_landline_is_named_where_the_numbering_plan_tells_it(home: str, number: str) -> None:
    phone = parse_phone(number, home)

    assert (phone.kind, phone.e164) == (PhoneKind.LANDLINE, number)
    assert parse_phone(number, "US").kind is PhoneKind.FOREIGN


COUNTRY_CASES = [
    ("US", frozenset(), "CA", True),
    ("CA", frozenset(), "US", True),
    ("us", frozenset(), "US", True),
    ("US", frozenset({"US"}), "CA", False),
    ("US", frozenset({"MX"}), "US", True),
    ("US", frozenset({"mx"}), "MX", True),
    ("US", frozenset({"PR"}), "PR", True),
    ("GB", frozenset(), "GB", True),
    ("GB", frozenset(), "US", False),
]
NUMBERS = {
    "US": CARLA, "CA": "+14165550123", "MX": "+525512345678", "GB": "+447400123456", "PR": "+17872345678"
}  # fmt: skip


@pytest.mark.parametrize(("home", "allowed", "caller", "textable"), COUNTRY_CASES)
def test_countries_that_may_be_texted_are_home_its_neighbour_and_those_listed(
    home: str, allowed: frozenset[str], caller: str, textable: bool
) -> None:
    kind = parse_phone(NUMBERS[caller], home, allowed).kind
    assert kind is (PhoneKind.TEXTABLE if textable else PhoneKind.FOREIGN)


def test_a_listed_country_does_not_make_its_premium_numbers_textable() -> None:
    assert parse_phone("+449098790000", "US", frozenset({"GB"})).kind is PhoneKind.PREMIUM


TYPED = [
    ("503-555-0100", "US", CARLA),
    ("(503) 555 0100", "us", CARLA),
    ("+1 503.555.0100", "US", CARLA),
    (" 1 503 555 0100 ", "US", CARLA),
    ("\u2066+15035550100\u2069", "US", CARLA),
    ("+44 7400 123456", "US", "+447400123456"),
    ("07400 123456", "GB", "+447400123456"),
    ("555-0100", "US", None),
    ("503-555-0100 x12", "US", None),
    ("Olga", "US", None),
    ("", "US", None),
    ("123", "US", None),
]


@pytest.mark.parametrize(("text", "country", "e164"), TYPED)
def test_what_people_type_becomes_e164_or_nothing(text: str, country: str, e164: str | None) -> None:
    assert normalise_phone(text, country) == e164


def test_numbers_are_shown_as_people_there_write_them() -> None:
    assert show_phone(CARLA, "US") == "(503) 555-0100"
    assert show_phone("+14165550123", "US") == "(416) 555-0123"
    assert show_phone("+447400123456", "US") == "+44 7400 123456"
    assert show_phone("+447400123456", "gb") == "07400 123456"
    assert show_phone("anonymous", "US") == "anonymous"


@given(st.text(max_size=40), st.sampled_from(["US", "CA", "GB", "MX"]))
def test_no_caller_id_makes_parsing_fail_and_only_whole_numbers_are_textable(raw: str, home: str) -> None:
    phone = parse_phone(raw, home)
    assert phone.raw == raw
    if phone.kind is PhoneKind.TEXTABLE:
        assert phone.e164 is not None
        assert normalise_phone(phone.e164, home) == phone.e164
        assert parse_phone(phone.e164, home).kind is PhoneKind.TEXTABLE
