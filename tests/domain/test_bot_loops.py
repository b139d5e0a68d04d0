"""Machines are known by their words, by repetition and by haste; people who wait or are quick are left alone."""

from datetime import datetime, timedelta

import pytest

from ringback.domain.bot_loops import LoopSign, Said, is_auto_reply, is_persons_word, judge_thread
from tests.cast import NOON
from tests.domain.auto_reply_texts import AUTO_REPLIES, LATER_AUTO_REPLIES, LATER_PEOPLE, PEOPLE


@pytest.mark.parametrize("text", [*AUTO_REPLIES, *LATER_AUTO_REPLIES])
def test_a_machines_words_are_known(text: str) -> None:
    assert is_auto_reply(text)


@pytest.mark.parametrize("text", [*PEOPLE, *LATER_PEOPLE])
def test_a_persons_words_are_not_taken_for_a_machines(text: str) -> None:
    assert not is_auto_reply(text)


def mine(body: str, at: datetime, *, is_persons: bool = False) -> Said:
    """A text of ours."""
    return Said(is_theirs=False, body=body, at=at, is_persons=is_persons)


def theirs(body: str, at: datetime) -> Said:
    """A text of theirs."""
    return Said(is_theirs=True, body=body, at=at)


def exchange(*texts: str, pause_seconds: float = 30, ours: str = "What can we do for you?") -> tuple[Said, ...]:
    """Each of their texts as the answer to one of ours."""
    said: list[Said] = []
    for number, text in enumerate(texts):
        at = NOON + timedelta(minutes=number)
        said += [mine(f"{ours} ({number})", at), theirs(text, at + timedelta(seconds=pause_seconds))]
    return tuple(said)


LATER = NOON + timedelta(hours=1)
PROMO = "Your car's warranty is about to expire, call 555 0100 today"

MACHINES = [
    (exchange("Auto-reply: at work"), LoopSign.AUTO_REPLY),
    (exchange(PROMO, PROMO, PROMO), LoopSign.SAME_TEXT),
    (exchange(PROMO, PROMO.replace("0100", "0177"), PROMO.upper()), LoopSign.SAME_TEXT),
    (exchange("Hello from unit number 7 of the fleet", "Hello from unit number 7 of the float ok",
              "Bye from unit number 7 of the fleet", pause_seconds=1), LoopSign.AT_ONCE),
    (exchange(*(f"{word} is what my weather station measured" for word in
                ("rain", "sunshine and a breeze", "hail of a size never seen", "a storm") * 5), pause_seconds=4),
     LoopSign.SAME_TEXT),
    (exchange(*(" ".join(chr(97 + n) * 5 for _ in range(4 + n)) for n in range(18)), pause_seconds=4),
     LoopSign.PING_PONG),
]  # fmt: skip


@pytest.mark.parametrize(("said", "sign"), MACHINES)
def test_a_machine_is_known_by_how_it_answers(said: tuple[Said, ...], sign: LoopSign) -> None:
    assert judge_thread(said, LATER) is sign


PERSONS = [
    exchange("ok", "ok", "ok"),
    exchange("are you there?", "are you there?"),
    exchange("hello?", "hello?", "hello?", "hello?"),
    exchange(
        "Can somebody please call me back?", "Can somebody please call me back?", "Can somebody please call me back?"
    ),
    exchange("Yes", "Tuesday", "10 am", "Carla", "yes", pause_seconds=1),
    exchange("I need a cleaning", "Tuesday at ten", "my name is Carla Ruiz", "yes that is right", pause_seconds=0),
    exchange("the sink leaks", "the sink leaks a lot"),
    exchange(
        "no, nine thirty please", "is anything else free on the first of the month?",
        "anything else free on the first of the month", "then the second at nine thirty", pause_seconds=1,
    ),
    exchange(*("yes", "no") * 12, pause_seconds=20),
    (),
]  # fmt: skip


@pytest.mark.parametrize("said", PERSONS)
def test_people_who_wait_or_are_quick_are_no_machines(said: tuple[Said, ...]) -> None:
    assert judge_thread(said, LATER) is None


def test_what_a_person_of_the_business_wrote_begins_it_anew() -> None:
    said = exchange(PROMO, PROMO)
    olga = mine("Olga here: is that you, Carla?", NOON + timedelta(minutes=5), is_persons=True)
    assert judge_thread((*said, olga, theirs(PROMO, NOON + timedelta(minutes=6))), LATER) is None


def test_what_was_said_yesterday_is_forgotten() -> None:
    assert judge_thread(exchange(PROMO, PROMO, PROMO), NOON + timedelta(hours=25)) is None


def test_a_person_is_back_when_the_words_are_new() -> None:
    before = exchange(PROMO, PROMO, PROMO)
    for text, is_person in ((PROMO, False), ("I'm driving. Auto-reply", False), ("Sorry! I need a cleaning", True)):
        assert is_persons_word((text,), (*before, theirs(text, LATER))) is is_person
