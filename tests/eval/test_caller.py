"""The caller simulator itself: yes to the goal and to nothing else, in the caller's own words, and not for ever."""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from tests.eval.caller import DONE, PATIENCE_MESSAGES, Goal, Part, Phrases, Said, World, say
from tests.eval.messy import Mess, plan_mess, say_messily, scribble

TODAY = date(2026, 11, 20)
GOAL = Goal(date(2026, 11, 26), "15:30", "Olga")
PHRASES = Phrases("I need a check-up", "next Thursday", "half past 3 in the afternoon", provider="Dr. Olga")
WORLD = World(TODAY, ("Olga", "Sam"))
RIGHT = "To confirm: Check-up, Thu Nov 26, 3:30 PM with Olga. Shall I book it?"
BOOKED = "You're booked: Check-up, Thu Nov 26, 3:30 PM with Olga."


def after(*ours: str, phrases: Phrases = PHRASES) -> Said:
    """Return what the caller says after these texts of ours, each a turn of its own."""
    return say(GOAL, phrases, [[text] for text in ours], WORLD)


def test_the_first_text_is_the_caller_s_own_opening() -> None:
    assert after().text == "I need a check-up"


def test_the_goal_read_back_gets_a_yes() -> None:
    assert after(RIGHT).is_yes


def test_no_other_day_time_or_person_ever_gets_a_yes() -> None:
    days = [TODAY + timedelta(days=n) for n in range(14)]
    times = [
        (f"{hour % 12 or 12}:{minute:02d} {'AM' if hour < 12 else 'PM'}", hour, minute)
        for hour in range(7, 22)
        for minute in (0, 30)
    ]
    for day, (shown, hour, minute), person in product(days, times, ("Olga", "Sam")):
        is_goal = (day, f"{hour:02d}:{minute:02d}", person) == (GOAL.on, GOAL.at, GOAL.provider)
        text = f"To confirm: Check-up, {day:%a %b} {day.day}, {shown} with {person}. Shall I book it?"
        assert after(text).is_yes == is_goal, text


def test_a_read_back_that_names_nobody_gets_no_yes_from_a_caller_who_asked_for_somebody() -> None:
    said = after("To confirm: Check-up, Thu Nov 26, 3:30 PM. Shall I book it?")
    assert not said.is_yes
    assert "Dr. Olga" in said.text


def test_a_caller_who_asked_for_nobody_takes_whoever_is_free() -> None:
    said = say(replace(GOAL, provider=None), replace(PHRASES, provider=None), [[RIGHT.replace("Olga", "Sam")]], WORLD)
    assert said.is_yes


@pytest.mark.parametrize(
    ("read_back", "answer"),
    [
        ("To confirm: Check-up, Wed Nov 25, 3:30 PM with Olga. Shall I book it?", "No, next Thursday"),
        ("To confirm: Check-up, Thu Nov 26, 3 PM with Olga. Shall I book it?", "No, half past 3 in the afternoon"),
        ("To confirm: Check-up, Thu Nov 26, 3:30 PM with Sam. Shall I book it?", "No, with Dr. Olga"),
        (
            "To confirm: Check-up, Wed Nov 25, 3 PM with Olga. Shall I book it?",
            "No, next Thursday at half past 3 in the afternoon",
        ),
    ],
)
def test_a_wrong_read_back_is_put_right_in_the_caller_s_own_words(read_back: str, answer: str) -> None:
    assert after(read_back).text == answer


def test_the_same_wrong_read_back_again_is_refused_with_the_whole_wish() -> None:
    wrong = "To confirm: Check-up, Wed Nov 25, 3:30 PM with Olga. Shall I book it?"
    assert after(wrong, wrong).text == "No, I want next Thursday at half past 3 in the afternoon with Dr. Olga"


def test_of_two_offers_the_goal_s_is_picked() -> None:
    said = after("We have Thu Nov 26, 10 AM or Thu Nov 26, 3:30 PM. Which suits you?")
    assert said.text == "next Thursday at half past 3 in the afternoon works, please"
    assert not said.is_yes


def test_offers_that_are_not_the_goal_s_are_refused() -> None:
    said = after("We have Thu Nov 26, 10 AM or Thu Nov 26, 2 PM. Which suits you?")
    assert said.text == "No, half past 3 in the afternoon"


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("What name should I put it under?", "Carla Ruiz"),
        ("What day and time would suit you?", "next Thursday at half past 3 in the afternoon"),
        ("What time on Thu Nov 26 suits you?", "half past 3 in the afternoon"),
        ("What time on Wed Nov 25 suits you?", "No, next Thursday"),
        ("Who would you like to see?", "with Dr. Olga"),
        ("Is that 3:30 in the morning or in the afternoon?", "In the afternoon"),
    ],
)
def test_questions_are_answered_with_the_caller_s_own_phrases(question: str, answer: str) -> None:
    assert after(question).text == answer


UNSAID = replace(PHRASES, time=None, tried="3:15 pm")


def test_a_time_the_caller_never_said_is_not_put_into_their_mouth() -> None:
    ours = ["What day and time would suit you?", *["We have Thu Nov 26, 8 AM or Thu Nov 26, 9 AM. Which suits?"] * 5]
    said = [after(*ours[:count], phrases=UNSAID).text for count in range(1, len(ours) + 1)]
    assert not [text for text in said if "3:30" in text or "half past" in text]
    assert said[-1] == "No, do you have anything else on next Thursday?"


def test_a_time_the_caller_never_said_is_taken_where_it_is_offered() -> None:
    offer = (
        "Thu Nov 26, 3:15 PM isn't free, sorry. The nearest are Thu Nov 26, 3 PM or Thu Nov 26, 3:30 PM. Does one suit?"
    )
    assert after("When?", offer, phrases=UNSAID).text == "Thu Nov 26 3:30 PM works, please"


def test_a_wordy_caller_answers_with_whole_turns_that_say_what_was_asked_and_as_little_else_as_possible() -> None:
    sentences = {
        frozenset({Part.DAY}): "I could do Thursday next week.",
        frozenset({Part.DAY, Part.TIME}): "Thursday next week at half past 3 would be lovely.",
    }
    wordy = replace(PHRASES, sentences=sentences)
    assert after("What day and time would suit you?", phrases=wordy).text == sentences[frozenset({Part.DAY, Part.TIME})]
    wrong_day = "We have Wed Nov 25, 3:30 PM. Does that suit you?"
    assert after(wrong_day, phrases=wordy).text == "No, I could do Thursday next week."
    assert after("Who would you like to see?", phrases=wordy).text == "with Dr. Olga"


def test_a_caller_gives_up_after_twelve_of_our_messages() -> None:
    ours = ["What day and time would suit you?"] * PATIENCE_MESSAGES
    assert after(*ours[:-1]) != DONE
    assert after(*ours) == DONE


def test_a_caller_who_is_told_that_it_is_booked_is_done() -> None:
    assert after(RIGHT, BOOKED) == DONE


# --- a stand-in business, to see whole dialogues


def scripted_business(texts: Sequence[str]) -> str:
    """Ask one thing after the other and read back what it was told, whatever that was."""
    said = " ".join(texts).lower()
    day = "Thu Nov 26" if "thursday" in said or "thurs" in said else None
    at = "3:30 PM" if "half" in said or "3:30" in said else None
    if day is None or at is None:
        return "What day and time would suit you?"
    if "carla" not in said:
        return "What name should I put it under?"
    if not texts[-1].lower().startswith("yes"):
        return f"To confirm: Check-up, {day}, {at} with Olga, for Carla Ruiz. Shall I book it?"
    return BOOKED


def converse(answer: Callable[[Sequence[Sequence[str]]], list[str]]) -> tuple[list[str], list[list[str]]]:
    """Return what the caller and the stand-in said until the caller was done."""
    heard: list[str] = []
    ours: list[list[str]] = []
    while texts := answer(ours):
        heard += texts
        ours.append([scripted_business(heard)])
    return heard, ours


def plainly(ours: Sequence[Sequence[str]]) -> list[str]:
    said = say(GOAL, PHRASES, ours, WORLD)
    return [] if said.done else [said.text]


def test_a_plain_caller_gets_a_booking_from_a_business_that_listens() -> None:
    heard, ours = converse(plainly)
    assert ours[-1] == [BOOKED]
    assert len(heard) == 4


@pytest.mark.parametrize("seed", range(30))
def test_a_messy_caller_s_dialogue_ends_and_is_the_same_each_time(seed: int) -> None:
    mess = plan_mess(str(seed), PHRASES, {Part.DAY: ["tomorrow"]})

    def messily(ours: Sequence[Sequence[str]]) -> list[str]:
        return say_messily(GOAL, PHRASES, ours, WORLD, mess)

    first, ours = converse(messily)
    assert converse(messily) == (first, ours)
    assert sum(map(len, ours)) <= PATIENCE_MESSAGES


MESS = Mess("seed")


def messy_turn(mess: Mess, *ours: str) -> list[str]:
    return [text.lower() for text in say_messily(GOAL, PHRASES, [[text] for text in ours], WORLD, mess)]


def test_a_second_thought_in_the_same_turn_ends_with_the_goal_s_words() -> None:
    mess = replace(MESS, second_thought={Part.DAY: "sunday 8"}, same_turn=True)
    first, *rest = messy_turn(mess, "What day and time would suit you?")
    assert "8" in first
    assert rest


def test_a_second_thought_later_is_put_right_in_the_next_turn() -> None:
    mess = replace(MESS, second_thought={Part.TIME: "8 pm"})
    told = messy_turn(mess, "What day and time would suit you?")
    assert any("8" in text for text in told)
    later = messy_turn(mess, "What day and time would suit you?", "What name should I put it under?")
    assert len(later) == 2


def test_a_question_in_the_middle_of_a_read_back_is_followed_by_the_yes() -> None:
    mess = replace(MESS, question="do you have parking?", question_turn=1, question_alone=True)
    assert not messy_turn(mess, RIGHT)[0].startswith("yes")
    assert messy_turn(mess, RIGHT, f"Yes, behind the building. {RIGHT}")[0].startswith("yes")


def test_a_question_in_between_is_not_taken_for_the_answer_it_stands_for() -> None:
    mess = replace(MESS, question="do you have parking?", question_turn=1, question_alone=True)
    offer = "We have Thu Nov 26, 8 AM or Thu Nov 26, 9 AM. Which suits you?"
    texts = say_messily(GOAL, UNSAID, [[offer], [offer]], WORLD, mess)
    assert "3:15" in "".join(texts)


def test_thanks_are_the_last_word() -> None:
    mess = replace(MESS, thanks="thx")
    assert messy_turn(mess, RIGHT, BOOKED) == ["thx"]
    assert messy_turn(mess, RIGHT, BOOKED, "You're welcome!") == []


def test_thumbs_never_change_a_figure() -> None:
    for seed in range(200):
        written = scribble("Please make it the 14th at 10:45, or 3:30 pm", random.Random(seed))
        assert [part for part in ("14", "10:45", "3:30") if part not in written] == []
