"""Caller ids of every kind are told apart, and numbers people type become E.164."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    ("+19005550199", PhoneKind.PREMIUM, "US"),
    ("+15039765555", PhoneKind.PREMIUM, "US"),
    ("+449098790000", PhoneKind.PREMIUM, "GB"),
    ("+448431234567", PhoneKind.PREMIUM, "GB"),
    ("+881612345678", PhoneKind.PREMIUM, None),
    ("+870773111632", PhoneKind.PREMIUM, None),
    ("+979123456789", PhoneKind.PREMIUM, None),
    ("+447400123456", PhoneKind.FOREIGN, "GB"),
    ("+525512345678", PhoneKind.FOREIGN, "MX"),
    ("+18762345678", PhoneKind.FOREIGN, "JM"),
    ("+18092345678", PhoneKind.FOREIGN, "DO"),
    ("+12423591234", PhoneKind.FOREIGN, "BS"),
    ("+17872345678", PhoneKind.FOREIGN, "PR"),
    ("+16713001234", PhoneKind.FOREIGN, "GU"),
    ("+16842581234", PhoneKind.FOREIGN, "AS"),
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
