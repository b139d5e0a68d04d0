"""One text from intent to delivery: what may still stop it, and what a carrier's word changes."""

import operator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from ringback.domain.messages import (
    SENDING_LEASE,
    Delivery,
    DeliveryFacts,
    DeliveryStep,
    Drop,
    Leave,
    LookUp,
    MessageState,
    Purpose,
    Send,
    Wait,
    decide_delivery,
    later_delivery,
)
from ringback.domain.textback import Reason
from tests.cast import NOON

SECOND = timedelta(seconds=1)
OUTGOING = [purpose for purpose in Purpose if purpose is not Purpose.INBOUND]


def due(**facts: Any) -> DeliveryFacts:
    """A text-back that is due, with nothing against it but `facts`."""
    plain = DeliveryFacts(
        state=MessageState.INTENDED,
        purpose=Purpose.TEXT_BACK,
        send_at=NOON,
        expires_at=NOON + timedelta(minutes=10),
        sending_at=None,
        opted_out=False,
        do_not_text=False,
        blocked=False,
    )
    return replace(plain, **facts)


SHORTLY = Wait(NOON + SECOND)
STEPS: list[tuple[str, dict[str, Any], DeliveryStep]] = [
    ("due", {}, Send()),
    ("due without an end", {"expires_at": None}, Send()),
    ("not yet due", {"send_at": NOON + SECOND}, Wait(NOON + SECOND)),
    ("held until the morning", {"send_at": NOON + 60000 * SECOND, "expires_at": None}, Wait(NOON + 60000 * SECOND)),
    ("quiet by law for an hour", {"quiet_until": NOON + 3600 * SECOND, "expires_at": None}, Wait(NOON + 3600 * SECOND)),
    ("quiet by law for longer than it is worth", {"quiet_until": NOON + 600 * SECOND}, Drop(Reason.QUIET_HOURS)),
    ("quiet by law, and not yet due", {"quiet_until": NOON + 600 * SECOND, "send_at": NOON + SECOND}, SHORTLY),
    ("one more than the law allows in a day", {"over_law_cap": True}, Drop(Reason.TEXTED_RECENTLY)),
    ("one second before its end", {"expires_at": NOON + SECOND}, Send()),
    ("at its end", {"expires_at": NOON}, Drop(Reason.STALE)),
    ("a reply at its end", {"expires_at": NOON, "purpose": Purpose.REPLY}, Drop(Reason.STALE)),
    ("opted out", {"opted_out": True}, Drop(Reason.OPTED_OUT)),
    ("opted out while it waits", {"opted_out": True, "send_at": NOON + SECOND}, Drop(Reason.OPTED_OUT)),
    ("a reply to one opted out", {"opted_out": True, "purpose": Purpose.REPLY}, Drop(Reason.OPTED_OUT)),
    ("the answer to STOP", {"opted_out": True, "purpose": Purpose.KEYWORD_ANSWER}, Send()),
    ("blocked", {"blocked": True}, Drop(Reason.BLOCKED)),
    ("marked do not text", {"do_not_text": True}, Drop(Reason.DO_NOT_TEXT)),
    ("a person's reply to them", {"blocked": True, "do_not_text": True, "purpose": Purpose.REPLY}, Send()),
    ("answered since", {"answered_since": True}, Drop(Reason.ANSWERED_SINCE)),
    ("called back", {"called_back": True}, Drop(Reason.CALLED_BACK)),
    ("the contact has written since", {"wrote_since": True}, Drop(Reason.THREAD_OPEN)),
    ("a reply to what they wrote", {"wrote_since": True, "purpose": Purpose.REPLY}, Send()),
    ("a reply after a call", {"answered_since": True, "called_back": True, "purpose": Purpose.REPLY}, Send()),
    ("not registered", {"registered": False}, Drop(Reason.NOT_REGISTERED)),
    ("a reply, not registered", {"registered": False, "purpose": Purpose.REPLY}, Drop(Reason.NOT_REGISTERED)),
    ("stopped and stale", {"opted_out": True, "expires_at": NOON}, Drop(Reason.OPTED_OUT)),
    ("answered and stale", {"answered_since": True, "expires_at": NOON}, Drop(Reason.ANSWERED_SINCE)),
    ("a text of theirs is unread", {"unread_text": True}, SHORTLY),
    ("a reply while one is unread", {"unread_text": True, "purpose": Purpose.REPLY}, SHORTLY),
    ("the caller rings again", {"ringing": True}, SHORTLY),
    ("a reply while they ring", {"ringing": True, "purpose": Purpose.REPLY}, Send()),
    ("ringing past its end", {"ringing": True, "expires_at": NOON}, Drop(Reason.STALE)),
    ("being handed over", {"state": MessageState.SENDING, "sending_at": NOON}, Wait(NOON + SENDING_LEASE)),
    (
        "handed over by a worker that may live",
        {"state": MessageState.SENDING, "sending_at": NOON - SENDING_LEASE + SECOND},
        Wait(NOON + SECOND),
    ),
    (
        "handed over by a worker that died",
        {"state": MessageState.SENDING, "sending_at": NOON - SENDING_LEASE},
        LookUp(),
    ),
    ("handed over at an unknown time", {"state": MessageState.SENDING}, Wait(NOON + SENDING_LEASE)),
    ("uncertain", {"state": MessageState.UNCERTAIN, "sending_at": NOON}, LookUp()),
    ("uncertain and opted out", {"state": MessageState.UNCERTAIN, "opted_out": True}, LookUp()),
    ("accepted", {"state": MessageState.ACCEPTED}, Leave()),
    ("refused", {"state": MessageState.REJECTED}, Leave()),
    ("dropped", {"state": MessageState.DROPPED}, Leave()),
    ("not ours to send", {"state": MessageState.RECEIVED, "purpose": Purpose.INBOUND}, Leave()),
]


@pytest.mark.parametrize(("facts", "step"), [row[1:] for row in STEPS], ids=[row[0] for row in STEPS])
def test_the_last_look_before_a_text_leaves(facts: dict[str, Any], step: DeliveryStep) -> None:
    assert decide_delivery(due(**facts), NOON) == step


INSTANTS = st.integers(-900, 900).map(lambda seconds: NOON + timedelta(seconds=seconds))
# Of a dozen hindrances mostly none or one: if each were as likely as not, next to nothing would ever leave.
RARELY = st.sampled_from([*[False] * 9, True])
ANY_FACTS = st.builds(
    DeliveryFacts,
    state=st.just(MessageState.INTENDED) | st.sampled_from(MessageState),
    purpose=st.sampled_from(OUTGOING),
    send_at=INSTANTS,
    expires_at=st.none() | INSTANTS,
    sending_at=st.none() | INSTANTS,
    registered=RARELY.map(operator.not_),
    **dict.fromkeys(
        (
            *("opted_out", "do_not_text", "blocked", "untextable", "unread_text", "over_law_cap"),
            *("answered_since", "called_back", "wrote_since", "ringing", "person_wrote", "switched_off"),
        ),
        RARELY,
    ),
)


def test_there_are_texts_among_them_that_leave() -> None:
    once = settings(max_examples=500, phases=[Phase.generate])
    find(ANY_FACTS, lambda facts: decide_delivery(facts, NOON) == Send(), settings=once)


@given(ANY_FACTS)
def test_after_an_opt_out_nothing_leaves_but_the_answer_to_a_keyword(facts: DeliveryFacts) -> None:
    step = decide_delivery(replace(facts, opted_out=True), NOON)
    assert not isinstance(step, Send) or facts.purpose is Purpose.KEYWORD_ANSWER


@given(ANY_FACTS)
def test_nothing_automatic_leaves_for_who_is_blocked_or_not_to_be_texted(facts: DeliveryFacts) -> None:
    by_hand = (Purpose.REPLY, Purpose.KEYWORD_ANSWER, Purpose.ALERT)
    for marked in (replace(facts, blocked=True), replace(facts, do_not_text=True)):
        assert not isinstance(decide_delivery(marked, NOON), Send) or facts.purpose in by_hand


@given(ANY_FACTS)
def test_nothing_that_a_person_has_overtaken_leaves(facts: DeliveryFacts) -> None:
    assert not isinstance(decide_delivery(replace(facts, person_wrote=True), NOON), Send)


@given(ANY_FACTS)
def test_only_an_intended_text_leaves_and_never_early_or_late(facts: DeliveryFacts) -> None:
    if isinstance(decide_delivery(facts, NOON), Send):
        assert facts.state is MessageState.INTENDED
        assert facts.send_at <= NOON
        assert facts.expires_at is None or facts.expires_at > NOON
        assert facts.registered
        assert not facts.unread_text


@given(ANY_FACTS, st.sampled_from([MessageState.SENDING, MessageState.UNCERTAIN]), INSTANTS)
def test_what_may_have_left_is_looked_up_and_never_sent_again_or_dropped(
    facts: DeliveryFacts, state: MessageState, now: Any
) -> None:
    assert isinstance(decide_delivery(replace(facts, state=state), now), LookUp | Wait)


@given(ANY_FACTS)
def test_whoever_waits_waits_for_the_future(facts: DeliveryFacts) -> None:
    step = decide_delivery(facts, NOON)
    if isinstance(step, Wait):
        assert step.until > NOON


@given(ANY_FACTS)
def test_a_text_that_is_due_and_untouched_waits_for_no_more_than_its_lease(facts: DeliveryFacts) -> None:
    """Nothing that is due can hang: it is sent, dropped or looked up, or asked again within seconds."""
    step = decide_delivery(replace(facts, send_at=NOON, sending_at=NOON), NOON)
    assert not isinstance(step, Wait) or step.until <= NOON + SENDING_LEASE


DELIVERIES = st.sampled_from(Delivery)


@given(DELIVERIES, DELIVERIES, DELIVERIES)
def test_the_order_and_number_of_status_callbacks_make_no_difference(a: Delivery, b: Delivery, c: Delivery) -> None:
    assert later_delivery(a, b) is later_delivery(b, a)
    assert later_delivery(later_delivery(a, b), c) is later_delivery(a, later_delivery(b, c))
    assert later_delivery(a, a) is a
    assert later_delivery(None, a) is a


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        (None, Delivery.QUEUED, Delivery.QUEUED),
        (Delivery.QUEUED, Delivery.SENT, Delivery.SENT),
        (Delivery.SENT, Delivery.SENDING, Delivery.SENT),
        (Delivery.SENT, Delivery.DELIVERED, Delivery.DELIVERED),
        (Delivery.DELIVERED, Delivery.SENT, Delivery.DELIVERED),
        (Delivery.SENT, Delivery.UNDELIVERED, Delivery.UNDELIVERED),
        (Delivery.FAILED, Delivery.SENT, Delivery.FAILED),
        (Delivery.UNDELIVERED, Delivery.DELIVERED, Delivery.DELIVERED),
        (Delivery.DELIVERED, Delivery.READ, Delivery.READ),
        (Delivery.READ, Delivery.DELIVERED, Delivery.READ),
    ],
)
def test_a_delivery_report_never_takes_a_text_back(old: Delivery | None, new: Delivery, kept: Delivery) -> None:
    assert later_delivery(old, new) is kept
