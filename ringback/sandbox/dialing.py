"""Run `<Dial>`: ring other people for a caller, together or in turn, and connect the first who accepts."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from ringback.sandbox.calls import Call, CallOver, CallStatus, Direction, StatusHook
from ringback.sandbox.company import Company
from ringback.sandbox.switchboard import answer, end, phones_of, register, ring
from ringback.sandbox.twiml import Dial, Target

# Runs the whisper on a leg; returns to connect it, raises CallOver when the leg was hung up.
Whisper = Callable[[Call, Target], Awaitable[None]]
# The best news of several legs names the whole <Dial>.
RANKED = (CallStatus.COMPLETED, CallStatus.NO_ANSWER, CallStatus.BUSY, CallStatus.CANCELED, CallStatus.FAILED)


@dataclass(frozen=True, slots=True)
class Dialed:
    """How a `<Dial>` went. `bridged` None: a leg answered but never accepted, so the vendor sends no DialBridged."""

    status: CallStatus
    leg: Call
    bridged: bool | None
    seconds: int

    def params(self) -> dict[str, str]:
        """Return what the `action` request carries on top of the call's own parameters."""
        params = {"DialCallStatus": str(self.status), "DialCallSid": self.leg.sid}
        if self.bridged is not None:
            params["DialBridged"] = str(self.bridged).lower()
        return params | ({"DialCallDuration": str(self.seconds)} if self.leg.is_answered else {})


async def dial(company: Company, call: Call, verb: Dial, base: Callable[[str], str], whisper: Whisper) -> Dialed:
    """Ring the targets and stay until it is over; `base` makes a URL of the document absolute.

    Returns also when the caller hung up meanwhile: look at `call`.
    """
    groups = [(target,) for target in verb.targets] if verb.sequential else [verb.targets]
    legs: list[Call] = []
    for group in groups:
        legs = [_open(company, call, verb, target, base) for target in group]
        winner = await _ring_all(company, call, verb, list(zip(legs, group, strict=True)), whisper)
        if winner:
            return await _connect(company, call, winner, verb.limit_seconds)
        # Nobody further is rung for a caller who is gone or was sent elsewhere.
        if call.cut.is_set():
            break
    return _unconnected(company, call, legs)


def _open(company: Company, call: Call, verb: Dial, target: Target, base: Callable[[str], str]) -> Call:
    hook = None
    if target.status_callback:
        hook = StatusHook(base(target.status_callback), target.status_callback_method, target.status_events)
    leg = Call(
        call.account,
        Direction.DIAL,
        # Without callerId the staff see who really calls.
        verb.caller_id or (call.from_ if call.direction is Direction.INBOUND else call.to),
        target.number,
        target.number,
        company.clock.now(),
        parent=call,
        status_hook=hook,
    )
    register(company, leg)
    return leg


async def _ring_all(
    company: Company, call: Call, verb: Dial, pairs: list[tuple[Call, Target]], whisper: Whisper
) -> Call | None:
    tries = [company.start(_try(company, leg, target, verb.timeout_seconds, whisper)) for leg, target in pairs]
    gone = asyncio.ensure_future(call.cut.wait())
    # The caller's hang-up is awaited beside the legs: it must stop the ringing at once.
    waiting: set[asyncio.Future[Any]] = {*tries, gone}
    while waiting - {gone} and not gone.done() and not any(_accepted(one) for one in tries):
        _, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    gone.cancel()
    legs = [leg for leg, _ in pairs]
    # Two may accept in the same moment; the first target listed wins, the other is dropped.
    won = [leg for leg, one in zip(legs, tries, strict=True) if _accepted(one) and not leg.is_over]
    winner = won[0] if won and not call.cut.is_set() else None
    for leg in legs:
        if leg is not winner:
            _drop(company, leg)
    return winner


def _accepted(attempt: "asyncio.Task[bool]") -> bool:
    return attempt.done() and not attempt.cancelled() and attempt.exception() is None and attempt.result()


async def _try(company: Company, leg: Call, target: Target, seconds: float, whisper: Whisper) -> bool:
    """Ring one leg and run its whisper; True when it may be connected."""
    try:
        if not await ring(company, leg, seconds):
            return False
        if target.url:
            await whisper(leg, target)
    except CallOver:
        return False
    return not leg.is_over


def _drop(company: Company, leg: Call) -> None:
    # A leg in its whisper was answered, so it is completed, not cancelled.
    end(company, leg, CallStatus.COMPLETED if leg.is_answered else CallStatus.CANCELED, 487)


async def _connect(company: Company, call: Call, leg: Call, limit_seconds: float) -> Dialed:
    # With answerOnBridge the caller's own call is answered only here.
    answer(company, call)
    call.peer, leg.peer = leg, call
    started_at = company.clock.now()
    text = f"{company.name_of(call.handset_number)} and {company.name_of(leg.to)} are talking"
    company.log("call.bridged", text, *phones_of(call), *phones_of(leg), call=call.sid, leg=leg.sid)
    ends = {asyncio.ensure_future(call.cut.wait()), asyncio.ensure_future(leg.cut.wait())}
    limit = company.clock.wall_seconds(limit_seconds)
    _, pending = await asyncio.wait(ends, timeout=limit, return_when=asyncio.FIRST_COMPLETED)
    for one in pending:
        one.cancel()
    end(company, leg, CallStatus.COMPLETED)
    call.peer = None
    seconds = company.clock.seconds_between(started_at, company.clock.now())
    return Dialed(CallStatus.COMPLETED, leg, bridged=True, seconds=seconds)


def _unconnected(company: Company, call: Call, legs: list[Call]) -> Dialed:
    leg = min(legs, key=lambda one: RANKED.index(one.status))
    seconds = company.clock.seconds_between(leg.answered_at, leg.ended_at)
    if call.is_over:
        # Reported from production: the caller's hang-up shows as `canceled` here, as `completed` on the call.
        return Dialed(CallStatus.CANCELED, leg, bridged=False, seconds=seconds)
    # Reported for a machine that took the whisper: `completed`, and no DialBridged at all.
    return Dialed(leg.status, leg, None if leg.is_answered else False, seconds)
