"""A provider's callback comes in: verify it, store it with its job in one statement, answer. Nothing else."""

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from ringback.domain.answering import (
    Answer,
    longest_ring_seconds,
    plan_call,
    spoken_closed,
    spoken_missed,
    spoken_whisper,
)
from ringback.domain.business import Mode, RingOrder
from ringback.domain.call_back_calls import RingProgress
from ringback.domain.calls import CallEvent, CallEventKind, CallResult, Plan
from ringback.domain.phones import parse_phone
from ringback.ports import (
    Adapter,
    HookReply,
    HookRequest,
    InboundEvent,
    RingStaff,
    SayAndHangUp,
    VoicePlan,
    VoiceStep,
    Whisper,
)
from ringback.store import events
from ringback.store.businesses import LineSetup
from ringback.store.events import CallArrival, CallReceipt, Settle
from ringback.workflows.call_back_calls import take_progress
from ringback.workflows.context import Context

# Calls that only hear some words from us end soon; then our own timer asks what became of them.
_SPOKEN_CALL_SECONDS = 30.0


class HookRefused(Exception):
    """The callback does not come from the provider (or its token changed): answered 403, nothing is stored."""


@dataclass(frozen=True, slots=True)
class HookLine:
    """A line ready to take callbacks."""

    setup: LineSetup
    adapter: Adapter


async def receive_hook(context: Context, line: HookLine, request: HookRequest) -> HookReply:
    """Take one callback and return what the provider must get at once.

    Raises HookRefused, ports.HookUnreadable, and asyncpg errors when the database cannot take it: then the
    provider is answered 503 and, asked to in the URL we gave it, tries again.
    """
    if not line.adapter.verify(request):
        raise HookRefused("The signature does not match.")
    # One instant for everything this callback does, so that its rows agree.
    now = context.clock.now()
    plan: VoicePlan = VoiceStep.NOTHING
    for inbound in line.adapter.read(request, now):
        if isinstance(inbound.event, CallEvent):
            plan = await _take_call_event(context, line.setup, request.what, (inbound, inbound.event), now)
        elif isinstance(inbound.event, RingProgress):
            plan = await take_progress(context, line.setup, inbound.event, now)
        else:
            business_id = line.setup.business.business_id
            await events.receive_text(
                context.pool, business_id, line.setup.line.line_id, line.setup.line.provider, inbound, now
            )
    return line.adapter.render(plan, request)


async def _take_call_event(
    context: Context, setup: LineSetup, what: str, told: tuple[InboundEvent, CallEvent], now: datetime
) -> VoicePlan:
    inbound, event = told
    caller = parse_phone(event.caller, setup.business.country).e164
    answer = None
    if what == "voice":
        answer = plan_call(setup.business, setup.line, caller, event.forwarded_from, now)
    arrival = CallArrival(
        setup.business.business_id,
        setup.line.line_id,
        setup.line.provider,
        phone=caller,
        plan=answer.plan if answer else plan_unanswered(setup),
        day=answer.day if answer else None,
    )
    receipt = await events.receive_call(context.pool, arrival, inbound, settle_jobs(setup, event, answer), now)
    if receipt.blocked and answer is not None:
        return VoiceStep.REFUSE
    if answer is not None:
        return _first_answer(setup, event, answer)
    return _next_step(setup, what, event, receipt)


def plan_unanswered(setup: LineSetup) -> Plan:
    """Return the plan of a call that did not ask us what to do (a poll or a status callback told of it)."""
    match setup.line.mode:
        case Mode.OVERFLOW:
            return Plan.OVERFLOW
        case Mode.WATCH:
            return Plan.WATCH
        case Mode.FRONT:
            return Plan.UNKNOWN
    assert_never(setup.line.mode)


def settle_jobs(setup: LineSetup, event: CallEvent, answer: Answer | None) -> tuple[Settle, ...]:
    """Return the jobs an event earns: its own timer when a call begins, the settle window when it may be over."""
    match event.kind:
        case CallEventKind.RINGING:
            rings = answer is not None and answer.plan is Plan.RING
            seconds = longest_ring_seconds(setup.line, len(answer.phones)) if answer and rings else _SPOKEN_CALL_SECONDS
            return (Settle(seconds, timer=True),)
        # Events of one moment race each other here: deciding a little later sees them all.
        case CallEventKind.ACCEPTED | CallEventKind.DIALED | CallEventKind.ENDED:
            return (Settle(setup.business.policy.settle_seconds),)
        case CallEventKind.LEG | CallEventKind.DECLINED:
            return ()
    assert_never(event.kind)


def _next_step(setup: LineSetup, what: str, event: CallEvent, receipt: CallReceipt) -> VoicePlan:
    language = setup.line.language
    match what:
        case "dialed":
            # A whisper that nobody accepted ends as "completed" too, and then the caller still waits.
            talked = event.result is CallResult.COMPLETED and (receipt.accepted or not setup.line.ring.whisper)
            words = spoken_missed(setup.business, language)
            return VoiceStep.HANG_UP if talked or event.caller_gone else SayAndHangUp(words, language)
        case "whisper":
            return Whisper(spoken_whisper(setup.business, setup.line, setup.business.language), language)
        case "accepted":
            return VoiceStep.BRIDGE if event.kind is CallEventKind.ACCEPTED else VoiceStep.HANG_UP
        case _:
            return VoiceStep.NOTHING


def _first_answer(setup: LineSetup, event: CallEvent, answer: Answer) -> VoicePlan:
    language, business, ring = setup.line.language, setup.business, setup.line.ring
    match answer.plan:
        case Plan.RING:
            # The caller's own number shows on the staff's phones; a withheld one cannot be passed on.
            caller = parse_phone(event.caller, business.country).e164 or setup.line.number
            return RingStaff(answer.phones, ring.seconds, ring.order is RingOrder.IN_TURN, ring.whisper, caller)
        case Plan.CLOSED:
            return SayAndHangUp(spoken_closed(business, language), language)
        case Plan.LOOP:
            return VoiceStep.REFUSE
        case Plan.OVERFLOW | Plan.WATCH | Plan.UNKNOWN:
            return SayAndHangUp(spoken_missed(business, language), language)
    assert_never(answer.plan)
