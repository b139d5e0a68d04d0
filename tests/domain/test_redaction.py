"""What is kept for support has no number and no words of a caller in it, and still helps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringback.domain.redaction import hide_numbers, redact_answer, redact_form
from tests.cast import CARLA


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("call +13125550142 now", "call …42 now"),
        ("To=%2B13125550142&x=1", "To=…42&x=1"),
        ("(312) 555-0142 is busy", "…42 is busy"),
        ("312-555-0142", "…42"),
        ("+44 20 7946 0958", "…58"),
        ("Key (phone)=(+13125550142) already exists.", "Key (phone)=(…42) already exists."),
    ],
)
def test_a_number_is_hidden_however_it_is_written(text: str, hidden: str) -> None:
    assert hide_numbers(text) == hidden


@pytest.mark.parametrize(
    "text",
    [
        "SM11111111111111111111111111111111",
        "01a1ff1a-1dbe-78b9-8c5b-f97147c5157b",
        "2026-11-18T16:00:00.000123+00:00",
        "job 1234567890 failed",
        "error 21610",
    ],
)
def test_ids_and_instants_are_left_as_they_are(text: str) -> None:
    assert hide_numbers(text) == text


def test_a_request_is_kept_without_words_and_numbers() -> None:
    form = [("To", CARLA), ("From", "+13125550100"), ("Body", "It hurts"), ("StatusCallback", "https://x/hooks/k")]
    kept = redact_form(form)
    assert kept == {"To": "…42", "From": "…00", "Body": "…", "StatusCallback": "https://x/hooks/k"}


def test_an_answer_keeps_what_went_wrong_and_loses_who_and_what() -> None:
    answer = (
        '{"sid": "SM1", "body": "It \\"hurts\\" +1312", "to": "+13125550142", "status": "queued", '
        '"code": 21211, "message": "The number +13125550142 is not valid."}'
    )
    kept = redact_answer(answer)
    assert kept == (
        '{"sid": "SM1", "body": "…", "to": "…42", "status": "queued", "code": 21211, '
        '"message": "The number …42 is not valid."}'
    )


@given(st.text(max_size=300), st.integers(min_value=0, max_value=400))
def test_no_word_is_left_of_an_answer_that_was_cut_off_anywhere(body: str, length: int) -> None:
    mark = "Quux"
    answer = '{"sid": "SM1", "body": "' + mark + body.replace("\\", "").replace('"', "")
    assert mark not in redact_answer(answer[: max(length, 25 + len(mark))])
