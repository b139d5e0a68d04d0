"""Services and people are found by how callers call them."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringback.domain.business import Business, Service, Staff
from ringback.domain.hours import OpeningHours
from ringback.receptionist.understanding.naming import find_services, find_staff
from ringback.receptionist.understanding.spellings import is_same_word

OLGA, SAM, SALON = UUID(int=1), UUID(int=2), UUID(int=3)


def _business(*services: Service, staff: tuple[Staff, ...] = ()) -> Business:
    return Business(
        UUID(int=9),
        "harbor-dental",
        "Harbor Dental",
        "dental",
        "America/Chicago",
        "US",
        "en",
        OpeningHours({}),
        services=services,
        staff=staff,
    )


DENTAL = _business(
    Service("Check-up and cleaning", 60, also=("cleaning", "checkup", "limpieza")),
    Service("New patient visit", 60, also=("first visit", "new patient")),
    Service("Filling", 45, also=("cavity",)),
    Service("Teeth whitening", 60, also=("bleaching",)),
    Service("Emergency visit", 30, also=("toothache", "broken tooth", "dolor de muela")),
)
HEATING = _business(
    Service("AC tune-up", 60, also=("tune-up", "AC service")),
    Service("Furnace tune-up", 60, also=("tune-up", "boiler service")),
    Service("Diagnostic visit", 60, also=("not cooling", "not working", "broken")),
    Service("Estimate for a new system", 60, also=("new furnace", "quote")),
)


@pytest.mark.parametrize(
    ("text", "service"),
    [
        ("I need a cleaning", "Check-up and cleaning"),
        ("can i get my teeth cleaned", "Check-up and cleaning"),
        ("checkup tomorrow", "Check-up and cleaning"),
        ("whitning for my wife", "Teeth whitening"),
        ("i think i have a cavity", "Filling"),
        ("my tooth hurts", "Emergency visit"),
        ("limpieza para mi hija", "Check-up and cleaning"),
        ("me duele una muela", "Emergency visit"),
    ],
)
def test_a_service_is_found_by_name_other_words_stem_and_typo(text: str, service: str) -> None:
    assert find_services(text, DENTAL) == (service,)


@pytest.mark.parametrize(
    "text", ["I need an appointment", "hi there", "how much is parking", "root canal", "it's carla", "dental visit", ""]
)
def test_nothing_is_found_where_no_service_is_clearly_named(text: str) -> None:
    assert find_services(text, DENTAL) == ()


def test_two_services_are_both_found() -> None:
    assert set(find_services("a cleaning and a filling", DENTAL)) == {"Check-up and cleaning", "Filling"}


def test_a_name_that_fits_several_services_gives_them_all() -> None:
    assert set(find_services("tune-up please", HEATING)) == {"AC tune-up", "Furnace tune-up"}


def test_the_fuller_match_leaves_the_others_out() -> None:
    assert find_services("ac tune up", HEATING) == ("AC tune-up",)
    assert find_services("my furnace is broken", HEATING) == ("Diagnostic visit",)
    assert find_services("quote for a new furnace", HEATING) == ("Estimate for a new system",)


STAFF = _business(
    staff=(
        Staff(OLGA, "Olga Petrova, DDS"),
        Staff(SAM, "Dr. Sam Petrova"),
        Staff(SALON, "Harbor Hair & Nails"),
    )
)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("with Olga please", OLGA),
        ("is dr olga in on friday", OLGA),
        ("Dr. Olga Petrova", OLGA),
        ("I'd like to see Sam", SAM),
        ("at the harbor hair & nails", SALON),
        ("olga petrov", OLGA),
        ("Petrova", None),
        ("with Dr. Petrova", None),
        ("hair and nails", None),
        ("with somebody nice", None),
        ("I want my nails done", None),
        ("", None),
    ],
)
def test_people_are_found_by_what_is_theirs_alone(text: str, who: UUID | None) -> None:
    assert find_staff(text, STAFF) == who


@given(st.text(max_size=100))
def test_only_services_that_exist_are_found_and_each_once(text: str) -> None:
    named = find_services(text, DENTAL)
    assert len(set(named)) == len(named)
    assert set(named) <= {service.name for service in DENTAL.services}


@pytest.mark.parametrize(
    ("typed", "meant", "is_same"),
    [("whitning", "whitening", True), ("teh", "the", False), ("crown", "brown", False), ("cleanign", "cleaning", True)],
)
def test_one_slip_in_a_long_word_is_still_that_word(typed: str, meant: str, is_same: bool) -> None:
    assert is_same_word(typed, meant) is is_same
