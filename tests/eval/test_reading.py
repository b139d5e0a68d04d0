"""The reader of our texts, in the forms that the scripts write and in those that other scripts might."""

from datetime import date

import pytest

from tests.eval.reading import Ask, understand, understand_turn

# A Friday.
TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("To confirm: Check-up, Thu Nov 26, 10:30 AM. Shall I book it?", [(date(2026, 11, 26), "10:30")]),
        (
            "We have Thu Nov 26, 10:30 AM or Fri Nov 27, 2 PM. Which suits you?",
            [(date(2026, 11, 26), "10:30"), (date(2026, 11, 27), "14:00")],
        ),
        (
            "We have Thu Nov 26, 10:30 AM or 4 PM. Which suits you?",
            [(date(2026, 11, 26), "10:30"), (date(2026, 11, 26), "16:00")],
        ),
        ("Does 10 AM on Thursday suit you, or 2 PM?", [(date(2026, 11, 26), "10:00"), (date(2026, 11, 26), "14:00")]),
        ("12 noon tomorrow?", [(date(2026, 11, 21), "12:00")]),
        ("Today at 17:45?", [(TODAY, "17:45")]),
        ("What time on Thu Nov 26 suits you?", [(date(2026, 11, 26), None)]),
        ("Sat 2 Jan, 9 AM?", [(date(2027, 1, 2), "09:00")]),
    ],
)
def test_days_and_times_of_a_question_are_options(text: str, options: list[tuple[date, str | None]]) -> None:
    assert [(option.on, option.at) for option in understand(text, TODAY).options] == options


def test_a_time_that_is_not_free_is_no_option() -> None:
    text = (
        "Thu Nov 26, 4:15 PM isn't free, sorry. The nearest are Thu Nov 26, 4 PM or Thu Nov 26, 4:30 PM. Does one suit?"
    )
    assert [option.at for option in understand(text, TODAY).options] == ["16:00", "16:30"]


def test_opening_hours_in_an_answer_are_no_options() -> None:
    text = "We're open Mon-Fri 8 AM to 6 PM. What day and time would suit you?"
    heard = understand(text, TODAY)
    assert (heard.options, heard.ask) == ((), Ask.WHEN)


def test_a_weekday_that_is_not_the_date_s_own_is_never_the_goal_s_day() -> None:
    [option] = understand("To confirm: Check-up, Mon Nov 26, 10 AM. Shall I book it?", TODAY).options
    assert option.on == date.max


def test_a_weekday_alone_is_the_next_one() -> None:
    assert [option.on for option in understand("Friday at 3 PM?", TODAY).options] == [date(2026, 11, 27)]


def test_the_longest_name_is_the_one_that_is_meant_and_its_words_are_no_days() -> None:
    heard = understand(
        "Thu Nov 26, 3 PM with Sun Smiles Main. Shall I book it?", TODAY, ["Sun Smiles", "Sun Smiles Main"]
    )
    assert heard.names == ("Sun Smiles Main",)
    assert len(heard.options) == 1


@pytest.mark.parametrize(
    ("text", "ask"),
    [
        ("What name should I put it under?", Ask.NAME),
        ("What day and time would suit you?", Ask.WHEN),
        ("Which other day or time would suit you?", Ask.WHEN),
        ("No problem. What should I change: the day, the time or something else?", Ask.WHEN),
        ("What do you need? For example: Check-up.", Ask.SERVICE),
        ("Who would you like to see?", Ask.PROVIDER),
        ("Is that 4 in the morning or in the afternoon?", Ask.HALF),
        ("Shall I put you on the waiting list?", Ask.OTHER),
    ],
)
def test_a_question_is_known_by_what_it_asks_for(text: str, ask: Ask) -> None:
    assert understand(text, TODAY).ask is ask


def test_only_a_statement_says_that_something_is_booked() -> None:
    assert understand("You're booked: Check-up, Thu Nov 26, 10 AM. To change it, just text us here.", TODAY).is_booked
    assert not understand("To confirm: Check-up, Thu Nov 26, 10 AM. Shall I book it?", TODAY).is_booked


def test_of_two_questions_in_a_row_the_second_is_the_one_that_waits() -> None:
    texts = ["We have Thu Nov 26, 10 AM or Fri Nov 27, 2 PM. Which suits you?", "What name should I put it under?"]
    heard = understand_turn(texts, TODAY)
    assert (heard.ask, heard.options) == (Ask.NAME, ())


def test_a_turn_that_says_booked_is_the_end_whatever_else_it_asks() -> None:
    booked = "You're booked: Check-up, Thu Nov 26, 10 AM."
    assert understand_turn([booked, "Anything else?"], TODAY).is_booked
