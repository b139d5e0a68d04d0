"""Outcomes: a table for every way a call can end, and histories in any order, repeated and late."""

from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringback.domain.calls import (
    ANSWERED,
    CallEvent,
    CallEventKind,
    CallResult,
    CallStory,
    Outcome,
    Plan,
    decide_outcome,
    fold,
    is_missed,
    is_over,
)
from tests.cast import CARLA, HARBOR_NUMBER, NOON

R = CallResult
CALL = "CA-carla"


def event(kind: CallEventKind, result: CallResult | None = None, leg: str | None = None, **rest: Any) -> CallEvent:
    """One event of Carla's call, `after` seconds into it."""
    at = NOON + timedelta(seconds=rest.pop("after", 0))
    return CallEvent(kind, CALL, at, CARLA, HARBOR_NUMBER, leg_id=leg, result=result, **rest)


RINGING = event(CallEventKind.RINGING)
ACCEPTED = event(CallEventKind.ACCEPTED, leg="sam")
DECLINED = event(CallEventKind.DECLINED, leg="sam")


def leg(result: CallResult | None, name: str = "sam") -> CallEvent:
    return event(CallEventKind.LEG, result, name)


def dialed(result: CallResult, **rest: Any) -> CallEvent:
    return event(CallEventKind.DIALED, result, **rest)


def ended(result: CallResult, **rest: Any) -> CallEvent:
    return event(CallEventKind.ENDED, result, **rest)


def story(plan: Plan, *events: CallEvent, whisper: bool = True, blocked: bool = False) -> CallStory:
    return fold(CallStory(plan, whisper, blocked), events)


GONE = dialed(R.CANCELED, caller_gone=True)
SCREENED = [
    ("Sam presses 1", [leg(R.IN_PROGRESS), ACCEPTED, dialed(R.COMPLETED)], Outcome.ANSWERED_BY_STAFF),
    ("Sam presses 1, all else is lost", [ACCEPTED], Outcome.ANSWERED_BY_STAFF),
    ("Sam presses 1, Olga's leg is called off", [leg(R.CANCELED, "olga"), ACCEPTED], Outcome.ANSWERED_BY_STAFF),
    ("the conversation ends", [ACCEPTED, dialed(R.COMPLETED), ended(R.COMPLETED)], Outcome.ANSWERED_BY_STAFF),
    ("Carla ends the conversation", [ACCEPTED, dialed(R.COMPLETED, caller_gone=True)], Outcome.ANSWERED_BY_STAFF),
    ("Sam presses 1 after Carla has gone", [ACCEPTED, GONE, leg(R.COMPLETED)], Outcome.ABANDONED),
    ("nobody picks up", [leg(R.NO_ANSWER), dialed(R.NO_ANSWER)], Outcome.NO_ANSWER),
    ("nobody picks up, the legs' callbacks are lost", [dialed(R.NO_ANSWER)], Outcome.NO_ANSWER),
    ("the ringing's end is lost", [leg(R.RINGING), ended(R.COMPLETED)], Outcome.NO_ANSWER),
    ("the call ends unanswered", [leg(R.RINGING), ended(R.NO_ANSWER)], Outcome.NO_ANSWER),
    ("one rings out, one is busy", [leg(R.BUSY), leg(R.NO_ANSWER, "olga"), dialed(R.NO_ANSWER)], Outcome.NO_ANSWER),
    ("a leg whose state is not said", [leg(None), ended(R.COMPLETED)], Outcome.NO_ANSWER),
    ("busy", [leg(R.BUSY), dialed(R.BUSY)], Outcome.BUSY),
    ("one busy, one off", [leg(R.BUSY), leg(R.UNREACHABLE, "olga"), dialed(R.BUSY)], Outcome.BUSY),
    ("refused by button", [leg(R.DECLINED), dialed(R.BUSY)], Outcome.DECLINED),
    ("another key than 1", [leg(R.IN_PROGRESS), DECLINED, dialed(R.COMPLETED)], Outcome.DECLINED),
    ("another key, then it rings out", [DECLINED, dialed(R.NO_ANSWER)], Outcome.DECLINED),
    ("voicemail takes the leg", [leg(R.IN_PROGRESS), leg(R.COMPLETED), dialed(R.COMPLETED)], Outcome.CARRIER_VOICEMAIL),
    ("voicemail, and only the end is known", [dialed(R.COMPLETED)], Outcome.CARRIER_VOICEMAIL),
    ("voicemail on one leg, the other rings out", [leg(R.COMPLETED), dialed(R.NO_ANSWER)], Outcome.CARRIER_VOICEMAIL),
    ("Carla hangs up while it rings", [leg(R.RINGING), GONE], Outcome.ABANDONED),
    ("... as the number's status says it", [leg(R.RINGING), ended(R.CANCELED)], Outcome.ABANDONED),
    ("... during the voicemail's greeting", [leg(R.COMPLETED), GONE], Outcome.ABANDONED),
    ("... just as it rings out", [dialed(R.NO_ANSWER, caller_gone=True)], Outcome.ABANDONED),
    ("the phones are off", [leg(R.UNREACHABLE), dialed(R.UNREACHABLE)], Outcome.UNREACHABLE),
    ("nothing is known but the end", [ended(R.COMPLETED)], Outcome.FAILED),
    ("nothing is known at all", [RINGING], Outcome.FAILED),
]


@pytest.mark.parametrize(("events", "outcome"), [row[1:] for row in SCREENED], ids=[row[0] for row in SCREENED])
def test_where_staff_must_press_1_all_events_tell_the_outcome(events: list[CallEvent], outcome: Outcome) -> None:
    assert decide_outcome(story(Plan.RING, *events)) is outcome


UNSCREENED = [
    ([leg(R.IN_PROGRESS)], Outcome.ANSWERED_BY_STAFF),
    ([leg(R.IN_PROGRESS), leg(R.COMPLETED), dialed(R.COMPLETED)], Outcome.ANSWERED_BY_STAFF),
    ([dialed(R.COMPLETED)], Outcome.ANSWERED_BY_STAFF),
    ([leg(R.COMPLETED), dialed(R.NO_ANSWER)], Outcome.ANSWERED_BY_STAFF),
    ([leg(R.NO_ANSWER), dialed(R.NO_ANSWER), ended(R.COMPLETED)], Outcome.NO_ANSWER),
    ([leg(R.RINGING), GONE, ended(R.COMPLETED)], Outcome.ABANDONED),
    ([leg(R.BUSY), dialed(R.BUSY)], Outcome.BUSY),
]


@pytest.mark.parametrize(("events", "outcome"), UNSCREENED)
def test_without_a_whisper_a_leg_that_was_up_was_a_person(events: list[CallEvent], outcome: Outcome) -> None:
    assert decide_outcome(story(Plan.RING, *events, whisper=False)) is outcome


@pytest.mark.parametrize("whisper", [True, False])
@pytest.mark.parametrize(
    ("events", "outcome"),
    [
        ([ended(R.COMPLETED)], Outcome.ANSWERED_BY_STAFF),
        ([ended(R.IN_PROGRESS)], Outcome.ANSWERED_BY_STAFF),
        ([leg(R.NO_ANSWER, "desk"), leg(R.IN_PROGRESS, "mobile"), ended(R.NO_ANSWER)], Outcome.ANSWERED_BY_STAFF),
        ([ended(R.BUSY)], Outcome.BUSY),
        ([ended(R.DECLINED)], Outcome.DECLINED),
        ([ended(R.CANCELED)], Outcome.ABANDONED),
        ([ended(R.UNREACHABLE)], Outcome.FAILED),
        ([ended(R.NO_ANSWER)], Outcome.NO_ANSWER),
        ([ended(R.RINGING)], Outcome.NO_ANSWER),
        ([RINGING], Outcome.NO_ANSWER),
    ],
)
def test_a_watched_phone_system_is_believed_whatever_the_whisper(
    events: list[CallEvent], outcome: Outcome, whisper: bool
) -> None:
    assert decide_outcome(story(Plan.WATCH, *events, whisper=whisper)) is outcome


@pytest.mark.parametrize("end", [*CallResult])
@pytest.mark.parametrize(
    ("plan", "outcome"),
    [
        (Plan.CLOSED, Outcome.CLOSED),
        (Plan.OVERFLOW, Outcome.OVERFLOW),
        (Plan.LOOP, Outcome.BLOCKED),
        (Plan.UNKNOWN, Outcome.FAILED),
    ],
)
def test_where_nobody_was_rung_the_plan_is_the_outcome_whatever_the_status_word(
    plan: Plan, outcome: Outcome, end: CallResult
) -> None:
    for whisper in (True, False):
        assert decide_outcome(story(plan, RINGING, ended(end), whisper=whisper)) is outcome


@pytest.mark.parametrize("plan", [*Plan])
def test_a_blocked_caller_is_refused_and_not_missed(plan: Plan) -> None:
    blocked = story(plan, RINGING, blocked=True)
    assert is_over(blocked)
    assert decide_outcome(blocked) is Outcome.BLOCKED


MISSED = {
    Outcome.ANSWERED_BY_STAFF: False,
    Outcome.ANSWERED_BY_RECEPTIONIST: False,
    Outcome.RECEPTIONIST_FAILED: True,
    Outcome.NO_ANSWER: True,
    Outcome.BUSY: True,
    Outcome.DECLINED: True,
    Outcome.CLOSED: True,
    Outcome.ABANDONED: True,
    Outcome.VOICEMAIL_LEFT: True,
    Outcome.VOICEMAIL_EMPTY: True,
    Outcome.CARRIER_VOICEMAIL: True,
    Outcome.OVERFLOW: True,
    Outcome.UNREACHABLE: True,
    Outcome.FAILED: True,
    Outcome.BLOCKED: False,
}


def test_missed_means_that_nobody_of_ours_spoke_with_a_caller_we_let_in() -> None:
    assert {outcome: is_missed(outcome) for outcome in Outcome} == MISSED


def test_a_call_is_over_once_someone_took_it_or_the_ringing_or_the_call_ended() -> None:
    assert not is_over(story(Plan.RING, RINGING, leg(R.COMPLETED), DECLINED))
    assert is_over(story(Plan.RING, ACCEPTED))
    assert is_over(story(Plan.RING, dialed(R.NO_ANSWER)))
    assert is_over(story(Plan.RING, ended(R.COMPLETED)))


def test_a_call_is_over_at_the_first_sign_of_it_in_any_order() -> None:
    signs = (ended(R.COMPLETED, after=9), dialed(R.NO_ANSWER, after=7), ended(R.COMPLETED, after=30))
    for order in permutations(signs):
        assert story(Plan.RING, *order).over_at == NOON + timedelta(seconds=7)


def test_a_later_fact_about_a_leg_never_gives_way_to_an_earlier_one() -> None:
    facts = [leg(result) for result in (R.RINGING, R.IN_PROGRESS, R.COMPLETED)]
    for order in permutations(facts):
        assert story(Plan.RING, *order).legs == {"sam": R.COMPLETED}


# What a phone company can tell of one call. `talked` says whether staff and caller were put through.
@dataclass(frozen=True)
class History:
    """One real call: its plan, all its events in the order they happened, and what really became of it."""

    plan: Plan
    whisper: bool
    events: tuple[CallEvent, ...]
    talked: bool

    def told(self, events: list[CallEvent] | tuple[CallEvent, ...]) -> CallStory:
        return fold(CallStory(self.plan, self.whisper), events)


SILENT = (R.NO_ANSWER, R.BUSY, R.DECLINED, R.UNREACHABLE)


@st.composite
def histories(draw: st.DrawFn) -> History:
    plan = draw(st.sampled_from([Plan.RING, Plan.RING, Plan.RING, *Plan]))
    whisper = draw(st.booleans())
    if plan is not Plan.RING:
        result = draw(st.sampled_from([R.COMPLETED, R.NO_ANSWER, R.BUSY, R.CANCELED, R.UNREACHABLE, R.DECLINED]))
        return History(plan, whisper, (RINGING, ended(result, after=20)), plan is Plan.WATCH and result is R.COMPLETED)
    return _rung(draw, whisper)


def _rung(draw: st.DrawFn, whisper: bool) -> History:
    events, up = [RINGING], False
    names = [f"leg-{n}" for n in range(draw(st.integers(1, 4)))]
    taker = draw(st.sampled_from([None, *names]))
    for name in names:
        mine, is_up = _leg_events(draw, name, whisper, name == taker)
        events, up = events + mine, up or is_up
    gone = taker is None and draw(st.booleans())
    whole = R.COMPLETED if taker or up else draw(st.sampled_from(SILENT))
    events.append(dialed(R.CANCELED if gone else whole, after=25, caller_gone=gone or draw(st.booleans())))
    events.append(ended(R.COMPLETED if taker else draw(st.sampled_from([R.COMPLETED, R.NO_ANSWER])), after=26))
    return History(Plan.RING, whisper, tuple(events), taker is not None)


def _leg_events(draw: st.DrawFn, name: str, whisper: bool, takes: bool) -> tuple[list[CallEvent], bool]:
    """The events of one leg, and whether it was picked up by something or someone."""
    events = [leg(R.RINGING, name)]
    # Without a whisper a phone that picks up takes the call; with one, a mobile's voicemail picks up and waits.
    picks_up = takes or (whisper and draw(st.booleans()))
    if not picks_up:
        return [*events, leg(draw(st.sampled_from([*SILENT, R.CANCELED])), name)], False
    events.append(leg(R.IN_PROGRESS, name))
    if takes and whisper:
        events.append(event(CallEventKind.ACCEPTED, leg=name))
    elif not takes and draw(st.booleans()):
        events.append(event(CallEventKind.DECLINED, leg=name))
    return [*events, leg(R.COMPLETED, name)], True


@st.composite
def shuffled(draw: st.DrawFn, events: tuple[CallEvent, ...]) -> list[CallEvent]:
    """Every event one to three times, in any order."""
    repeated = [one for one in events for _ in range(draw(st.integers(1, 3)))]
    return draw(st.permutations(repeated))


@given(st.data(), histories())
def test_order_and_repeats_make_no_difference(data: st.DataObject, history: History) -> None:
    told = data.draw(shuffled(history.events))
    assert history.told(told) == history.told(history.events)


@given(st.data(), histories())
def test_what_comes_late_changes_nothing_but_the_knowledge(data: st.DataObject, history: History) -> None:
    """Folding a part now and the rest an hour later is folding all of it at once."""
    told = data.draw(shuffled(history.events))
    cut = data.draw(st.integers(0, len(told)))
    assert fold(history.told(told[:cut]), told[cut:]) == history.told(history.events)


@given(st.data(), histories())
def test_an_answered_call_never_becomes_missed(data: st.DataObject, history: History) -> None:
    told = data.draw(shuffled(history.events))
    answered = False
    for cut in range(len(told) + 1):
        so_far = history.told(told[:cut])
        is_answered = is_over(so_far) and decide_outcome(so_far) in ANSWERED
        assert is_answered or not answered, f"{told[cut - 1]} turned an answered call into a missed one"
        answered = is_answered
    assert answered is history.talked


@given(st.data(), histories())
def test_behind_a_whisper_nobody_answers_who_has_not_accepted(data: st.DataObject, history: History) -> None:
    heard = data.draw(shuffled(history.events))
    silent = [one for one in heard if one.kind is not CallEventKind.ACCEPTED]
    plan = Plan.RING if history.plan is Plan.WATCH else history.plan
    told = fold(replace(history.told([]), plan=plan, whisper=True), silent)
    assert decide_outcome(told) not in ANSWERED


@given(st.sets(st.sampled_from([RINGING, ACCEPTED, DECLINED, GONE, *map(leg, R), *map(dialed, R), *map(ended, R)])))
def test_any_events_at_all_have_an_outcome(events: set[CallEvent]) -> None:
    for plan in Plan:
        for whisper in (True, False):
            assert decide_outcome(story(plan, *events, whisper=whisper)) in Outcome
