"""Stored sentences: their forms are found again, and no sentence is taken for another."""

import re

import pytest

from ringback.domain.errors import ProviderErrorKind, words_for_owner
from ringback.domain.phrases import Phrase, phrase
from ringback.domain.stored_phrases import CALLS_UNREADABLE, NO_LOOK_UPS, STORED, TEXT_NOT_ARRIVED, read_stored


def filled(form: Phrase) -> Phrase:
    """Return a form with something in each of its gaps."""
    return phrase(form.msgid, **{gap: f"Line 2: {gap}." for gap in re.findall(r"%\((\w+)\)s", form.msgid)})


@pytest.mark.parametrize("form", STORED, ids=lambda form: form.msgid[:40])
def test_what_was_filled_in_is_found_again(form: Phrase) -> None:
    made = filled(form)
    found = read_stored(str(made))

    assert made.values
    assert found is not None
    assert (found, found.msgid, found.values) == (str(made), form.msgid, made.values)


def test_a_sentence_within_a_sentence_is_one_that_can_be_said_too() -> None:
    refused = words_for_owner(ProviderErrorKind.CREDENTIALS)
    within = phrase(NO_LOOK_UPS.msgid, line="Main", why=refused)
    found = read_stored(str(phrase(TEXT_NOT_ARRIVED.msgid, why=within)))

    assert found is not None
    inner = found.values["why"]
    assert isinstance(inner, Phrase)
    assert (inner.msgid, inner.values) == (NO_LOOK_UPS.msgid, {"line": "Main", "why": refused})


@pytest.mark.parametrize("text", ["", "Rang twice within five minutes.", f"{CALLS_UNREADABLE.msgid} And more."])
def test_what_has_none_of_the_forms_is_left_as_it_is(text: str) -> None:
    assert read_stored(text) is None
