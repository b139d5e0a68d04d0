"""A machine is known by two signs together; nobody who is known, vouched for or merely quick is taken for one."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ringback.domain.calls import CallEvent, CallEventKind, Outcome
from ringback.domain.robocalls import Attestation, CallSigns, attestation_of, is_robocall, lasted, read_attestation
from tests.cast import CARLA, NOON

LINE = "+13125550100"
STRANGER = CallSigns(
    caller="+14155550123",
    line_number=LINE,
    outcome=Outcome.ABANDONED,
    lasted=timedelta(seconds=20),
    attestation=Attestation.NONE,
    rings_across=1,
    is_known=False,
    first_time=True,
)
SOON = timedelta(seconds=2)

WORDS = [
    ("TN-Validation-Passed-A", Attestation.FULL), ("TN-Validation-Passed-B", Attestation.PARTIAL),
    ("TN-Validation-Passed-C", Attestation.GATEWAY), ("TN-Validation-Failed-A", Attestation.FAILED),
    ("TN-Validation-Failed", Attestation.FAILED), ("No-TN-Validation", Attestation.NONE),
    ("tn-validation-passed-c", Attestation.GATEWAY), ("", Attestation.NONE), (None, Attestation.NONE),
    ("something new", Attestation.NONE),
]  # fmt: skip


@pytest.mark.parametrize(("words", "attestation"), WORDS)
def test_what_the_phone_company_found_is_read(words: str | None, attestation: Attestation) -> None:
    assert read_attestation(words) is attestation


def test_the_attestation_comes_with_the_first_event_and_no_other() -> None:
    ringing = CallEvent(CallEventKind.RINGING, "CA1", NOON, verstat="TN-Validation-Passed-C")
    assert attestation_of((CallEvent(CallEventKind.ENDED, "CA1", NOON), ringing)) is Attestation.GATEWAY
    assert attestation_of(()) is Attestation.NONE


MACHINES = [
    {"attestation": Attestation.GATEWAY, "lasted": SOON},
    {"attestation": Attestation.FAILED, "outcome": Outcome.VOICEMAIL_EMPTY},
    {"attestation": Attestation.GATEWAY, "caller": "+13125557777", "outcome": Outcome.NO_ANSWER},
    {"attestation": Attestation.GATEWAY, "rings_across": 5},
    {"rings_across": 20, "lasted": SOON},
]


@pytest.mark.parametrize("signs", MACHINES)
def test_two_signs_are_a_machine(signs: dict[str, object]) -> None:
    assert is_robocall(replace(STRANGER, **signs))  # type: ignore[arg-type]


PERSONS = [
    # One sign alone.
    {"attestation": Attestation.GATEWAY}, {"lasted": SOON}, {"rings_across": 4}, {"rings_across": 30},
    {"outcome": Outcome.VOICEMAIL_EMPTY}, {"caller": "+13125557777"},
    # A neighbour who misdials and hangs up.
    {"caller": CARLA, "lasted": SOON},
    # The company rang out at once: how long we let it ring says nothing of the caller.
    {"attestation": Attestation.GATEWAY, "outcome": Outcome.NO_ANSWER, "lasted": SOON},
    # The carrier vouches for the number.
    {"attestation": Attestation.FULL, "rings_across": 50, "lasted": SOON},
    {"attestation": Attestation.PARTIAL, "lasted": SOON},
    # Not known for how long: nothing is made of it.
    {"attestation": Attestation.GATEWAY, "lasted": None},
    # Elsewhere the first digits are no neighbourhood.
    {"attestation": Attestation.GATEWAY, "caller": "+442079460123", "line_number": "+442079460999"},
]  # fmt: skip


@pytest.mark.parametrize("signs", PERSONS)
def test_one_sign_or_a_vouched_number_is_no_machine(signs: dict[str, object]) -> None:
    assert not is_robocall(replace(STRANGER, **signs))  # type: ignore[arg-type]


@pytest.mark.parametrize("signs", MACHINES)
def test_nobody_who_is_known_or_has_rung_before_is_a_machine(signs: dict[str, object]) -> None:
    machine = replace(STRANGER, **signs)  # type: ignore[arg-type]
    assert not is_robocall(replace(machine, is_known=True))
    assert not is_robocall(replace(machine, first_time=False))


def test_a_call_without_an_end_has_no_length() -> None:
    assert lasted(NOON, None) is None
    assert lasted(NOON, NOON + SOON) == SOON
