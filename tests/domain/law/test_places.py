"""Where a contact is: address before number before business, the strictest of all that may apply."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import product
from uuid import UUID

import phonenumbers
import pytest
from phonenumbers import geocoder

from ringback.domain.business import Business, Line, Mode
from ringback.domain.law.disclosing import automation_mark, with_mark
from ringback.domain.law.explaining import explain_law
from ringback.domain.law.files import texting_rules
from ringback.domain.law.rules import discloses_automation, law_for, next_allowed_at, recording_rule
from ringback.domain.law.states import STATES, state_of_number, states_of_address
from tests.cast import CARLA, harbor

FLORIDA, MAINE, LOS_ANGELES, DENVER = "+13055550142", "+12075550142", "+12135550142", "+13035550142"
TOLL_FREE, PARIS, MADRID, ENGLISH_MOBILE = "+18005550142", "+33140205050", "+34612345678", "+447911123456"
TODAY = date(2026, 11, 21)


def shop(zone: str, number: str, country: str = "US") -> Business:
    """A business with one line, known by its number alone."""
    line = Line(UUID(int=14), number, "twilio", Mode.FRONT, "Main", "en", "a-shop")
    return replace(harbor(), zone=zone, country=country, lines=(line,))


LARAMIE = replace(shop("America/Denver", CARLA), address="Laramie, WY 82070")


def test_area_codes_lie_where_the_number_plan_says() -> None:
    # The maintained source, which is too large to carry about: a new area code shows up here.
    names = {name: code for code, (name, _) in STATES.items()} | {"Washington D.C.": "DC", "Washington State": "WA"}
    for code in range(200, 990):
        number = phonenumbers.parse(f"+1{code}2345678")
        if phonenumbers.region_code_for_number(number) != "US":
            continue
        said = geocoder.description_for_number(number, "en")
        expected = names.get(said) or (said[-2:] if said else None)
        found = state_of_number(number)
        assert (found[0] if found else None) == expected, code


@pytest.mark.parametrize(
    ("address", "states"),
    [
        ("33139", ("FL",)),
        ("12 Ocean Drive, Miami Beach, FL 33139", ("FL",)),
        ("12345 Main Street, Providence, RI 02903-1234", ("RI",)),
        ("12345 Main Street", ()),
        # Five digits of a house, which would be a ZIP code of Washington, three hours ahead.
        ("Unit 2, 20500 Ventura Boulevard, Woodland Hills, CA", ("CA",)),
        ("Unit 2, 20500 Ventura Boulevard", ()),
        ("12345 5th Avenue, Providence, RI", ("RI",)),
        ("Unit 2, 20500 Ventura Boulevard, Woodland Hills 91364", ("CA",)),
        ("Miami FL 33139 side door", ("FL",)),
        ("Miami Beach 33139 USA", ("FL",)),
        ("Austin, TX", ("TX",)),
        ("Austin, TX, USA", ("TX",)),
        ("10 Downing Street", ()),
        ("00901", ()),
        ("06390", ("CT", "NY")),
        ("88510", ("TX",)),
        ("96701", ("HI",)),
        ("20500", ("DC",)),
        ("20101", ("VA",)),
        ("99950", ("AK",)),
        ("00501", ("NY",)),
        ("05501", ("MA",)),
        ("00000", ()),
        ("somewhere", ()),
    ],
)
def test_an_address_tells_its_state(address: str, states: tuple[str, ...]) -> None:
    assert states_of_address(address) == states


@pytest.mark.parametrize(
    ("address", "zones"),
    [
        ("33139", "America/New_York"),
        ("Pensacola, FL 32501", "America/Chicago"),
        ("Dallas, TX 75201", "America/Chicago"),
        ("79901", "America/Denver"),
        ("Austin, TX", "America/Chicago America/Denver"),
        ("37201", "America/New_York America/Chicago"),
    ],
)
def test_an_address_tells_its_clock_where_the_prefix_does(address: str, zones: str) -> None:
    assert law_for(None, CARLA, address=address).zones == tuple(zones.split())


@pytest.mark.parametrize(
    ("phone", "address", "version"),
    [
        (FLORIDA, None, "US-FL@1 US@1"),
        # Somebody from Miami who lives in Chicago.
        (FLORIDA, "60601", "US-IL@1 US@1"),
        (CARLA, "Miami, FL 33139", "US-FL@1 US@1"),
        (CARLA, "no idea", "US-IL@1 US@1"),
        (CARLA, "221B Baker Street, London NW1 6XE", "GB@1"),
        (CARLA, "Toronto ON M5V 2T6", "CA@1"),
        (CARLA, "Toronto, ON M5V 2T6, Canada", "CA@1"),
        (CARLA, "1 Grafton Street, Dublin D02 X285, Ireland", "IE@1"),
        # A flat and what follows it have the shape of a postcode elsewhere; the clock of that place would wake people.
        (CARLA, "12 Main St Apt B2 3rd floor, Miami, FL 33139", "US-FL@1 US@1"),
        (CARLA, "410 Elm St Apt C12 Park Towers, Miami, FL 33139", "US-FL@1 US@1"),
        (CARLA, "410 Elm St Apt B2 3rd floor", "US-IL@1 US@1"),
        (CARLA, "410 Elm St Apt C12 Park Avenue", "US-IL@1 US@1"),
        (CARLA, "410 Elm St Unit A12 1234", "US-IL@1 US@1"),
        (CARLA, "06390", "US-CT@1 US-NY@1 US@1"),
        (MAINE, None, "US@1 XX@1"),
        (TOLL_FREE, None, "XX@1"),
        (PARIS, None, "XX@1"),
        (MADRID, None, "ES@1"),
        (ENGLISH_MOBILE, None, "GB@1"),
        ("nobody", None, "XX@1"),
    ],
)
def test_a_contact_is_where_the_address_says_else_the_number(phone: str, address: str | None, version: str) -> None:
    assert law_for(None, phone, address=address, on=TODAY).rule_version == version


@pytest.mark.parametrize(
    ("business", "phone", "address", "version", "zones"),
    [
        # An area code proves little: the business's own place and clock count as well.
        (shop("America/Chicago", CARLA), FLORIDA, None, "US-FL@1 US-IL@1 US@1", "America/New_York America/Chicago"),
        (shop("America/New_York", FLORIDA), CARLA, None, "US-FL@1 US-IL@1 US@1", "America/Chicago America/New_York"),
        # An address does: then the clock is the contact's alone, and of the business only its rules are left.
        (shop("America/New_York", FLORIDA), CARLA, "60601", "US-FL@1 US-IL@1 US@1", "America/Chicago"),
        (shop("America/Chicago", "+13125550100"), "", None, "US-IL@1 US@1", "America/Chicago"),
        (shop("Europe/London", "+442079460142", "GB"), ENGLISH_MOBILE, None, "GB@1", "Europe/London"),
        (shop("Europe/London", "+442079460142", "GB"), MADRID, "NW1 6XE, Baker Street", "GB@1", "Europe/London"),
        (LARAMIE, DENVER, None, "US-CO@1 US-WY@1 US@1", "America/Denver"),
        (replace(harbor(), lines=()), "", None, "US@1", "America/Chicago"),
    ],
)  # fmt: skip
def test_the_strictest_of_the_contacts_and_the_businesss_place_holds(
    business: Business, phone: str, address: str | None, version: str, zones: str
) -> None:
    law = law_for(business, phone, address=address, on=TODAY)
    assert (law.rule_version, law.zones) == (version, tuple(zones.split()))


def test_a_code_that_straddles_a_border_is_read_on_both_clocks() -> None:
    # 850 is Tallahassee (eastern) and Pensacola (central): from 8 there to 8 here.
    law = law_for(None, "+18505550142")
    assert law.zones == ("America/New_York", "America/Chicago")
    assert next_allowed_at(law, datetime(2026, 11, 20, 13, 0, tzinfo=UTC)) == datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
    assert next_allowed_at(law, datetime(2026, 11, 21, 1, 0, tzinfo=UTC)) == datetime(2026, 11, 21, 14, 0, tzinfo=UTC)


def test_a_mobile_of_a_large_country_without_a_file_is_read_on_all_its_clocks() -> None:
    # Russia: 9 in its west is 19 in Kamchatka, and New York has nothing to do with it. Sunday has no such hour.
    law = law_for(None, "+79123456789")
    assert {"Europe/Samara", "Europe/Moscow", "Asia/Kamchatka"} <= set(law.zones)
    assert next_allowed_at(law, datetime(2026, 12, 19, 9, 0, tzinfo=UTC)) == datetime(2026, 12, 21, 7, 0, tzinfo=UTC)


def test_no_two_places_leave_a_contact_without_any_hour() -> None:
    # A number of each state for the contact, one of each for the business: rules of both in the contact's zone.
    numbers = {state_of_number(phonenumbers.parse(f"+1{code}2345678")): f"+1{code}5550142" for code in range(201, 990)}
    phones = [phone for place, phone in numbers.items() if place is not None] + [MADRID, ENGLISH_MOBILE, TOLL_FREE]
    friday = datetime(2026, 12, 25, tzinfo=UTC)
    for contact, own in product(phones, [FLORIDA, "+15025550142", "+14015550142", "+12155550142", "+18015550142"]):
        law = law_for(shop("America/New_York", own), contact)
        assert next_allowed_at(law, friday) is not None, (contact, own)


def test_every_place_allows_three_texts_a_day_at_most() -> None:
    assert law_for(None, CARLA).most_a_day == 3
    assert {versions[-1].most_a_day for versions in texting_rules().values()} == {None, 3}


@pytest.mark.parametrize(
    ("phone", "on", "up_front"),
    [
        (MAINE, TODAY, True),
        (LOS_ANGELES, TODAY, True),
        (FLORIDA, TODAY, False),
        (DENVER, date(2026, 12, 31), False),
        (DENVER, date(2027, 1, 1), True),
        # Utah's law ends with June 2027.
        ("+18015550142", date(2027, 6, 30), True),
        ("+18015550142", date(2027, 7, 1), False),
        (MADRID, date(2026, 8, 1), False),
        (MADRID, date(2026, 8, 2), True),
        (ENGLISH_MOBILE, TODAY, False),
        (PARIS, TODAY, True),
    ],
)
def test_who_must_be_told_that_a_machine_writes(phone: str, on: date, up_front: bool) -> None:
    assert discloses_automation(None, phone, on=on) is up_front


def test_a_business_in_maine_tells_everybody() -> None:
    assert discloses_automation(shop("America/New_York", MAINE), FLORIDA, on=TODAY)
    assert not discloses_automation(harbor(), FLORIDA, on=TODAY)


@pytest.mark.parametrize(
    ("phone", "own", "label", "all_parties", "recorded"),
    [
        (FLORIDA, None, "US-FL@1", True, False),
        ("+12065550142", None, "US-WA@1", True, True),
        (DENVER, None, "US@1", False, False),
        ("+15035550142", None, "US-OR@1", False, False),
        (DENVER, FLORIDA, "US-FL@1", True, False),
        (MADRID, None, "ES@1", True, False),
        (PARIS, None, "XX@1", True, True),
    ],
)
def test_who_must_know_of_a_recording(
    phone: str, own: str | None, label: str, all_parties: bool, recorded: bool
) -> None:
    rule = recording_rule(shop("America/Denver", own) if own else None, phone, on=TODAY)
    assert (rule.grounds.label, rule.all_parties, rule.announcement_recorded) == (label, all_parties, recorded)


def test_the_mark_is_added_once_and_only_where_a_machine_answers() -> None:
    now = datetime(2026, 11, 21, 16, tzinfo=UTC)
    on = replace(harbor(), receptionist=replace(harbor().receptionist, on=True))
    assert automation_mark(on, CARLA, "en", now) == ""
    assert automation_mark(harbor(), MAINE, "en", now) == ""
    mark = automation_mark(on, MAINE, "en", now)
    assert with_mark("Hi, this is Harbor Dental.", mark) == "Hi, this is Harbor Dental. (automated assistant)"
    assert with_mark("Hi from Harbor's automated assistant.", mark) == "Hi from Harbor's automated assistant."
    assert with_mark("Hola.", automation_mark(on, MAINE, "es", now)) == "Hola. (asistente automatizado)"


def test_an_explanation_names_each_rule_with_its_reason() -> None:
    found = explain_law(None, FLORIDA, datetime(2026, 11, 22, 1, 30, tzinfo=UTC))
    assert not found.is_allowed
    assert found.next_at == datetime(2026, 11, 22, 13, tzinfo=UTC)
    assert [(one.grounds.jurisdiction, one.today, one.is_open, one.whys) for one in found.rules] == [
        ("US", "08:00-21:00", True, ("The area code",)),
        ("US-FL", "08:00-20:00", False, ("The area code",)),
    ]
    assert found.most_a_day == 3
