"""Callbacks repeated, in any order, an hour late or lost: one decision for each call, and one text at most.

The histories are generated; each is lived through by a business of its own, in a real database, to the end.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.utils import format_datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ringback.domain.business import Business, Ring
from ringback.workflows import upkeep
from ringback.workflows.context import Context
from ringback.workflows.poll import poll_line
from tests.cast import CARLA, HARBOR_NUMBER, NOON, SAM_PHONE, TestClock
from tests.workflows.desk import Desk, open_desk
from tests.workflows.phone_company import Treatment, answer

EXAMPLES = 200
TALKS = ("accepts", "no whisper, answers")


@dataclass(frozen=True)
class Callback:
    """One callback of a call: the hook, its fields and its query."""

    what: str
    fields: tuple[tuple[str, str], ...]
    query: str = ""


@dataclass(frozen=True)
class Ended:
    """How one call of Carla's went: what Sam's phone did, and how the phone company tells and lists it."""

    name: str
    leg: str
    dialed: str
    whisper: bool = True
    key: str | None = None
    gone: bool = False


ENDS = [
    Ended("rings out", "no-answer", "no-answer"),
    Ended("is busy", "busy", "busy"),
    Ended("is off", "failed", "failed"),
    Ended("voicemail takes it", "completed", "completed"),
    Ended("presses 2", "completed", "completed", key="2"),
    Ended("accepts", "completed", "completed", key="1"),
    Ended("Carla hangs up", "canceled", "canceled", gone=True),
    Ended("no whisper, answers", "completed", "completed", whisper=False),
    Ended("no whisper, rings out", "no-answer", "no-answer", whisper=False),
]
OUTCOMES = {
    "rings out": "no_answer",
    "is busy": "busy",
    "is off": "unreachable",
    "voicemail takes it": "carrier_voicemail",
    "presses 2": "declined",
    "accepts": "answered_by_staff",
    "Carla hangs up": "abandoned",
    "no whisper, answers": "answered_by_staff",
    "no whisper, rings out": "no_answer",
}


def callbacks(call: str, end: Ended) -> Iterator[Callback]:
    """All callbacks of one call, in the order in which they happen."""
    whole = {"CallSid": call, "From": CARLA, "To": HARBOR_NUMBER}
    leg, query = {"CallSid": f"{call}-leg"}, f"call={call}"
    yield _callback("voice", {**whole, "CallStatus": "ringing"})
    yield _callback("leg", {**leg, "CallStatus": "ringing"}, query)
    if end.leg == "completed":
        yield _callback("leg", {**leg, "CallStatus": "in-progress"}, query)
    if end.leg == "completed" and end.whisper:
        yield _callback("whisper", {**leg, "CallStatus": "in-progress"}, query)
    if end.key:
        yield _callback("accepted", {**leg, "CallStatus": "in-progress", "Digits": end.key}, query)
    yield _callback("leg", {**leg, "CallStatus": end.leg}, query)
    state = "completed" if end.gone else "in-progress"
    yield _callback("dialed", {**whole, "CallStatus": state, "DialCallStatus": end.dialed})
    yield _callback("call_status", {**whole, "CallStatus": "completed"})


def _callback(what: str, fields: dict[str, str], query: str = "") -> Callback:
    return Callback(what, tuple(fields.items()), query)


@dataclass(frozen=True)
class Told:
    """A history as it reaches us: how the call or calls went, and by place in `happened` each callback that came, with
    the seconds before it."""

    ends: tuple[Ended, ...]
    arrivals: tuple[tuple[float, int], ...]
    # What the phone company does with the first texts it gets.
    troubles: tuple[str, ...]

    @property
    def happened(self) -> list[Callback]:
        """All callbacks, whether they reached us or not."""
        return [one for n, end in enumerate(self.ends) for one in callbacks(f"CA-{n}", end)]

    @property
    def is_whole(self) -> bool:
        """Nothing was lost."""
        return {place for _, place in self.arrivals} == set(range(len(self.happened)))


TREATMENTS = {
    "taken": Treatment(keeps=True),
    "busy": Treatment(keeps=False, says=answer(429, {})),
    "lost and kept": Treatment(keeps=True, says=answer(500, {})),
    "lost and not kept": Treatment(keeps=False, says=answer(500, {})),
}
GAPS = st.sampled_from([0.0, 0.0, 0.0, 0.5, 3.0, 20.0, 3600.0])


@st.composite
def tellings(draw: st.DrawFn) -> Told:
    whisper = draw(st.booleans())
    ends = tuple(
        draw(st.lists(st.sampled_from([end for end in ENDS if end.whisper is whisper]), min_size=1, max_size=2))
    )
    happened = Told(ends, (), ()).happened
    copies = draw(st.lists(st.integers(0, 3), min_size=len(happened), max_size=len(happened)))
    if draw(st.booleans()):
        copies = [max(1, n) for n in copies]
    came = [place for place, n in enumerate(copies) for _ in range(n)]
    if draw(st.booleans()):
        came = draw(st.permutations(came))
    troubles = draw(st.lists(st.sampled_from([*TREATMENTS]), max_size=2))
    return Told(ends, tuple((draw(GAPS), place) for place in came), tuple(troubles))


def as_listed(told: Told) -> list[dict[str, object]]:
    """The calls and legs as the phone company lists them."""
    at = format_datetime(NOON)
    times = {"start_time": at, "end_time": at, "duration": "20"}
    listed: list[dict[str, object]] = []
    for n, end in enumerate(told.ends):
        call = {"from": CARLA, "to": HARBOR_NUMBER, "sid": f"CA-{n}", "direction": "inbound", "status": "completed"}
        leg = {"from": CARLA, "to": SAM_PHONE, "sid": f"CA-{n}-leg", "direction": "outbound-dial", "status": end.leg}
        listed += [{**call, **times}, {**leg, **times, "parent_call_sid": f"CA-{n}"}]
    return listed


async def live_through(desk: Desk, told: Told) -> None:
    """Let every callback come, then our timers, the sweep and the poll, until nothing is left to do."""
    desk.company.calls = as_listed(told)
    desk.company.treats.extend(TREATMENTS[trouble] for trouble in told.troubles)
    for seconds, place in told.arrivals:
        await desk.work(seconds)
        callback = told.happened[place]
        await desk.hook(callback.what, dict(callback.fields), callback.query)
    for seconds in (100, 300, 1200):
        await desk.work(seconds)
        await poll_line(desk.context, desk.business.business_id, desk.line.line_id)
        await upkeep.sweep(desk.context)
    await desk.work(10)
    assert await desk.jobs() == []


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(told=tellings())
async def test_one_decision_for_each_call_and_one_text_at_most(context: Context, clock: TestClock, told: Told) -> None:
    clock.at = NOON
    whisper = told.ends[0].whisper

    def screened(business: Business) -> Business:
        return replace(business, lines=tuple(replace(line, ring=Ring(whisper=whisper)) for line in business.lines))

    desk = await open_desk(context, clock, screened)
    await live_through(desk, told)
    decisions, texts = await desk.decisions(), await desk.table("messages")
    calls = sorted(await desk.table("calls"), key=lambda row: row["provider_call_id"])
    assert [row["provider_call_id"] for row in calls] == [f"CA-{n}" for n in range(len(told.ends))]
    assert {row["call_id"] for row in decisions} == {row["call_id"] for row in calls}
    assert len(decisions) == len(calls)
    assert len(desk.company.kept) <= 1, "Carla was texted twice"
    assert [text["state"] for text in texts if text["state"] not in ("accepted", "dropped")] == []
    if told.is_whole:
        assert [row["outcome"] for row in calls] == [OUTCOMES[end.name] for end in told.ends]
    reasons = {row["reason"] for row in decisions}
    assert reasons <= {None, "answered", "answered_since", "texted_recently", "stale"}
    if None in reasons:
        assert len(desk.company.kept) == 1
    if not any(end.name in TALKS for end in told.ends):
        assert reasons & {None, "stale"}, "Carla was missed, and neither texted nor left for a call-back"
    if (
        told.is_whole
        and all(end.name in TALKS for end in told.ends)
        and not any(seconds for seconds, _ in told.arrivals)
    ):
        assert desk.company.posts == [], "Carla was answered and texted"
