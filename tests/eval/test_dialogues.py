"""A row of set C as a caller, and the shop that the caller texts; the row is our own, in the set's form."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from ringback.domain.business import Business
from ringback.domain.business_file import read_business_file
from tests.eval.caller import Part
from tests.eval.dialogues import Replay, read_dialogue
from tests.eval.replaying import PERSONAS, script_of
from tests.eval.set_c import succeeded
from tests.eval.shopfile import business_file

PROVIDER = "Harbor Dental: Olga"


def row(**changes: Any) -> dict[str, Any]:
    """Return a dialogue in which Carla first asks for Sam on the 5th, then for Olga on the 7th at 4 pm."""
    return {
        "id": "own-1",
        "vertical": "dentist",
        "ref": "2019-03-01T08:00:00",
        "goal": {"provider": PROVIDER, "date": "2019-03-07", "time": "16:00"},
        "phrases": {
            "appointment_date": [
                {"turn": 3, "value": "2019-03-05", "phrase": "the 5th"},
                {"turn": 5, "value": "2019-03-07", "phrase": "the 7th"},
            ],
            "appointment_time": [{"turn": 5, "value": "16:00", "phrase": "4 pm"}],
            "dentist_name": [
                {"turn": 3, "value": "Sam", "phrase": "Dr. Sam"},
                {"turn": 5, "value": PROVIDER, "phrase": "Dr. Olga"},
            ],
        },
        "turns": [
            {"speaker": "USER", "text": "Hello there.", "acts": []},
            {"speaker": "SYSTEM", "text": "Shall I look for one?", "acts": []},
            {"speaker": "USER", "text": "Yes, please.", "acts": [["AFFIRM_INTENT", "", []]]},
            {
                "speaker": "USER",
                "text": "Is Dr. Sam free on the 5th?",
                "acts": [["INFORM", "appointment_date", ["2019-03-05"]], ["INFORM", "dentist_name", ["Sam"]]],
            },
            {"speaker": "SYSTEM", "text": "Dr. Sam is off.", "acts": []},
            {"speaker": "USER", "text": "No, sorry, 4 pm on the 7th with Dr. Olga.", "acts": []},
        ],
        **changes,
    }


def test_the_caller_s_words_are_the_last_ones_that_mean_the_goal() -> None:
    replay = read_dialogue(row())
    assert (replay.phrases.day, replay.phrases.time, replay.phrases.provider) == ("the 7th", "4 pm", "Dr. Olga")
    assert replay.goal.on == date(2019, 3, 7)
    assert replay.other_words[Part.DAY] == ["the 5th"]


def test_the_opening_is_the_first_turn_that_a_business_could_make_something_of() -> None:
    assert read_dialogue(row()).phrases.opening == "Is Dr. Sam free on the 5th?"


def test_a_wordy_caller_s_sentences_are_turns_that_say_nothing_wrong_without_the_answer_they_begin_with() -> None:
    replay = read_dialogue(row())
    assert replay.phrases.sentences == {frozenset(Part): "sorry, 4 pm on the 7th with Dr. Olga."}


def test_a_caller_who_named_nobody_asks_for_nobody() -> None:
    phrases = {slot: said for slot, said in row()["phrases"].items() if slot != "dentist_name"}
    assert read_dialogue(row(phrases=phrases)).goal.provider is None


def test_a_time_that_was_only_accepted_has_no_words_and_the_one_refused_is_taken_at_the_shop() -> None:
    replay = read_dialogue(row(goal={"provider": PROVIDER, "date": "2019-03-07", "time": "16:15"}))
    assert (replay.phrases.time, replay.phrases.tried, replay.taken_at) == (None, "4 pm", "16:00")
    shop = applied(replay)
    assert {(off.first_on, off.span) for person in shop.staff for off in person.time_off} == {
        (date(2019, 3, 7), ("16:00", "16:15"))
    }


def applied(replay: Replay) -> Business:
    """Return the business that a replay's file describes."""
    connection = {"account_sid": "AC" + "0" * 32, "auth_token": "token"}
    document = business_file(replay, "harbor", "+13125550100", connection)
    return read_business_file(document, None, uuid4, lambda: "hook", frozenset({"twilio"})).business


@pytest.mark.parametrize("vertical", ["dentist", "hair salon", "doctor", "therapist", "a trade of its own"])
def test_the_shop_s_file_is_one_that_apply_takes(vertical: str) -> None:
    shop = applied(read_dialogue(row(vertical=vertical)))
    assert [person.name for person in shop.staff] == [PROVIDER, "Sam"]
    assert len(shop.services) == 1


def test_every_persona_opens_with_something() -> None:
    for persona in PERSONAS:
        assert script_of(persona, read_dialogue(row()))([])


@pytest.mark.parametrize(
    ("changes", "success"),
    [
        ({}, True),
        ({"time": "16:30"}, False),
        ({"date": "2019-03-08"}, False),
        ({"provider": "Sam"}, False),
        ({"n_bookings": 2}, False),
    ],
)
def test_success_is_the_goal_booked_once(changes: dict[str, Any], success: bool) -> None:
    result = {"date": "2019-03-07", "time": "16:00", "provider": PROVIDER, "n_bookings": 1, **changes}
    assert succeeded(row(), result) is success
