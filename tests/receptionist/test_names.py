"""Names are read from how people give them, and nothing else is taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringback.receptionist.understanding.names import read_beneficiary, read_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("it's Carla Reyes", "Carla Reyes"),
        ("this is carla", "Carla"),
        ("Hi, this is Olga from Wharf Street", "Olga"),
        ("hi im sam, my sink is leaking", "Sam"),
        ("soy Carla", "Carla"),
        ("me llamo maría josé garcía", "María José García"),
        ("Buenas tardes, habla Carlos Ruiz", "Carlos Ruiz"),
        ("my name is CARLA DE LA CRUZ", "Carla de la Cruz"),
        ("put it under Carla R.", "Carla R."),
        ("My sink is leaking. - Carla", "Carla"),
        ("my name is Bill", "Bill"),
    ],
)
def test_a_name_that_is_given_is_read(text: str, name: str) -> None:
    assert read_name(text, asked=False) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Carla", "Carla"),
        ("carla reyes", "Carla Reyes"),
        ("yes it's carla", "Carla"),
        ("Sure, it's O'Brien", "O'Brien"),
        ("mcdonald", "McDonald"),
        ("Jean-Luc", "Jean-Luc"),
        ("Ana María", "Ana María"),
        ("Carla, 312-555-0142", "Carla"),
        ("Carla. Thanks!", "Carla"),
        ("Will Smith", "Will Smith"),
        ("Carla Reyes and my address is 12 Elm St", "Carla Reyes"),
        ("Mrs. Reyes", "Mrs. Reyes"),
    ],
)
def test_a_bare_name_is_read_when_it_was_asked_for(text: str, name: str) -> None:
    assert read_name(text, asked=True) == name


@pytest.mark.parametrize("text", ["Carla", "carla reyes", "Ana María"])
def test_a_bare_name_is_not_read_unasked(text: str) -> None:
    assert read_name(text, asked=False) is None


@pytest.mark.parametrize(
    "text",
    [
        *("Yes", "no", "ok", "Tuesday", "tomorrow at 3", "thanks", "3pm works", "the second one", "Cleaning please"),
        *("Elm Street", "12 Oak Ave", "I need a cleaning", "What are your prices?", "why do you need my name?"),
        *("I'm running late", "it's urgent", "this is about my bill", "I am interested", "i'm at work", "soy alérgica"),
        *(
            "my tooth hurts",
            "it's for my daughter",
            "gracias",
            "howdy",
            "that's ok",
            "hmmm, which one",
            "el martes",
            "",
            "👍",
            "http://example.com",
        ),
    ],
)
def test_what_is_no_name_is_not_taken_for_one(text: str) -> None:
    assert read_name(text, asked=True) is None


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("it's for my daughter Mia", "Mia"),
        ("a cleaning for my daughter", "my daughter"),
        ("book a cut for my son, Ben", "Ben"),
        ("my son needs a cleaning", "my son"),
        ("my dog Rex is bleeding", "Rex"),
        ("it's for Mia", "Mia"),
        ("cita para mi mamá por favor", "mi mamá"),
        ("para mi hijo Leo", "Leo"),
        ("es para Lucía", "Lucía"),
    ],
)
def test_somebody_else_is_read_by_name_or_by_relation(text: str, whom: str) -> None:
    assert read_beneficiary(text) == whom


@pytest.mark.parametrize(
    "text",
    ["for me", "for Monday", "for my house", "appointment for Invisalign", "my mom's furnace is out", "it's for 3pm"],
)
def test_a_day_a_thing_or_oneself_is_nobody_else(text: str) -> None:
    assert read_beneficiary(text) is None


NAMED = "hi it's my name is Carla carla Ruiz O'Neil for son daughter Leo me thanks! 4 Tuesday soy de la para hija Ana,"


@given(st.text(max_size=80) | st.lists(st.sampled_from(NAMED.split()), max_size=7).map(" ".join))
def test_any_text_gives_a_name_of_letters_or_none(text: str) -> None:
    for name in (read_name(text, asked=True), read_name(text, asked=False), read_beneficiary(text)):
        assert name is None or (name.strip() == name and any(letter.isalpha() for letter in name))
        assert name is None or not any(character.isdigit() for character in name)
