"""Whether carriers let a line text: the owner's word, the phone company's, and what carriers refused."""

from dataclasses import replace

import pytest

from ringback.domain.business import Line, Registration
from ringback.domain.registration import (
    Light,
    is_toll_free,
    is_worth_asking,
    may_text,
    needs_registration,
    standing,
    tell_standing,
)
from ringback.domain.registration_facts import CarrierFacts, CarrierWord
from tests.cast import NOON, harbor

R, W = Registration, CarrierWord
HEARD: list[CarrierWord | None] = [None, *CarrierWord]
BRITISH = "+442071838750"


def line(
    registration: Registration = R.UNKNOWN,
    word: CarrierWord | None = None,
    *,
    refused: bool = False,
    number: str = "+13125550100",
) -> Line:
    """Harbor's main line with what was heard of it."""
    heard = CarrierFacts(word=word, refused_at=NOON if refused else None, refused_code="30034" if refused else "")
    return replace(harbor().lines[0], number=number, registration=registration, carriers=heard)


# The owner's word, what the look-up brought, and whether texts leave the line.
STANDINGS = [
    (R.UNKNOWN, None, R.UNKNOWN),
    (R.UNKNOWN, W.MISSING, R.UNKNOWN),
    (R.UNKNOWN, W.APPROVED, R.APPROVED),
    (R.UNKNOWN, W.PENDING, R.PENDING),
    (R.UNKNOWN, W.REJECTED, R.PENDING),
    (R.PENDING, W.APPROVED, R.PENDING),
    (R.APPROVED, W.REJECTED, R.APPROVED),
    (R.NOT_NEEDED, W.MISSING, R.NOT_NEEDED),
]


@pytest.mark.parametrize(("said", "heard", "counts"), STANDINGS)
def test_the_owners_word_counts_and_without_one_the_phone_companys(
    said: Registration, heard: CarrierWord | None, counts: Registration
) -> None:
    assert standing(line(said, heard)) is counts


@pytest.mark.parametrize("said", list(R))
@pytest.mark.parametrize("heard", HEARD)
def test_what_carriers_refused_stays_held_whatever_anybody_says(said: Registration, heard: CarrierWord | None) -> None:
    held = line(said, heard, refused=True)

    assert standing(held) is R.PENDING
    assert not may_text(held)
    assert "30034" in tell_standing(held).sentence


@pytest.mark.parametrize("said", list(R))
@pytest.mark.parametrize("heard", HEARD)
@pytest.mark.parametrize("refused", [True, False])
def test_the_words_and_the_decision_never_disagree(
    said: Registration, heard: CarrierWord | None, refused: bool
) -> None:
    one = line(said, heard, refused=refused)
    told = tell_standing(one)

    assert (told.light is Light.HOLDS) == (not may_text(one))
    assert (told.light is Light.FINE) == (standing(one) in (R.APPROVED, R.NOT_NEEDED))
    assert told.step is None if told.light is Light.FINE else told.step is not None


def test_a_rejection_says_why() -> None:
    rejected = line(word=W.REJECTED)
    why = replace(rejected, carriers=replace(rejected.carriers, detail="No opt-in was shown."))

    assert tell_standing(why).sentence == (
        "The registration was turned down: No opt-in was shown. No text leaves this number."
    )
    assert tell_standing(rejected).sentence == "The registration was turned down. No text leaves this number."


@pytest.mark.parametrize(
    ("number", "needed"),
    [("+13125550100", True), ("+14165550123", True), ("+18005550100", True), (BRITISH, False), ("+18765550123", False)],
)
def test_numbers_of_the_us_and_canada_need_a_registration_and_others_do_not(number: str, needed: bool) -> None:
    assert needs_registration(number) is needed
    assert is_worth_asking(line(number=number)) is needed
    assert standing(line(number=number)) is (R.UNKNOWN if needed else R.NOT_NEEDED)


def test_toll_free_numbers_are_told_from_others() -> None:
    assert [is_toll_free(number) for number in ("+18005550100", "+18885550100", "+13125550100", BRITISH)] == [
        True,
        True,
        False,
        False,
    ]


def test_only_a_line_whose_standing_is_open_is_asked_about() -> None:
    assert [is_worth_asking(line(said)) for said in (R.UNKNOWN, R.PENDING, R.APPROVED, R.NOT_NEEDED)] == [
        True,
        True,
        False,
        False,
    ]
    assert is_worth_asking(line(R.NOT_NEEDED, refused=True)), "a refusal is lifted by what the phone company says"
