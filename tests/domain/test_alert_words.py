"""What staff are told of an emergency, and what their answers mean."""

from dataclasses import replace

import pytest

from ringback.domain.alert_words import (
    CannotCome,
    Coming,
    Emergency,
    alert_text,
    coming_text,
    read_answer,
    taken_text,
)
from ringback.domain.segments import Encoding, count_segments
from tests.cast import harbor


@pytest.mark.parametrize(
    ("body", "minutes"),
    [
        ("1", None),
        ("ok", None),
        ("OK!", None),
        ("on it", None),
        ("Got it, calling them now", None),
        ("👍", None),
        ("voy", None),
        ("1 30", 30),
        ("1, 30 min", 30),
        ("30", 30),
        ("on my way 30", 30),
        ("omw, 20 mins", 20),
        ("there in 15 minutes", 15),
        ("ok 45m", 45),
        ("1 hour", 60),
        ("in an hour", 60),
        ("2 hrs", 120),
        ("half an hour", 30),
        ("voy en media hora", 30),
        ("en 25 minutos", 25),
        ("I'll be at 12th street soon", None),
        ("99999", None),
    ],
)
def test_whatever_is_no_refusal_takes_the_alert_with_the_minutes_it_names(body: str, minutes: int | None) -> None:
    assert read_answer(body) == Coming(minutes)


@pytest.mark.parametrize(
    "body", ["no", "No.", "can't tonight", "I can’t", "cannot", "not me", "busy till 9", "NO PUEDO", "no, 30 min away"]
)
def test_a_refusal_is_never_taken_for_a_yes(body: str) -> None:
    assert read_answer(body) == CannotCome()


def test_the_alert_says_who_what_where_and_how_to_take_it() -> None:
    emergency = Emergency("Carla, (312) 555-0142", "water everywhere", "12 Oak St", fee_agreed=True)
    assert alert_text(harbor(), emergency) == (
        'EMERGENCY Harbor Dental: Carla, (312) 555-0142: "water everywhere". Address: 12 Oak St. '
        "Agreed to the emergency fee. Reply 1 and your minutes to get there (1 30), or NO if you cannot."
    )


def test_a_later_round_says_that_it_is_still_open_and_leaves_out_what_is_not_known() -> None:
    words = alert_text(harbor(), Emergency("(312) 555-0142", "x" * 500, again=True))
    assert words.startswith("STILL OPEN - EMERGENCY Harbor Dental: ")
    assert "Address" not in words
    assert "fee" not in words
    assert count_segments(words).count == 2


def test_the_alert_speaks_the_language_of_the_business() -> None:
    emergency = Emergency("Carla", "fuga", "Calle 8", fee_agreed=False)
    words = alert_text(replace(harbor(), language="es"), emergency)
    assert words.startswith("EMERGENCIA Harbor Dental: Carla")
    assert "No acepta la tarifa" in words
    assert count_segments(words).encoding is Encoding.GSM7


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_caller_is_told_minutes_only_where_somebody_said_them(language: str) -> None:
    with_minutes, without = coming_text(harbor(), "Sam", 30, language), coming_text(harbor(), "Sam", None, language)
    assert "30" in with_minutes
    assert not any(character.isdigit() for character in without)
    assert all("Sam" in words and count_segments(words).count == 1 for words in (with_minutes, without))
    assert "Sam" in taken_text("Sam", language)
