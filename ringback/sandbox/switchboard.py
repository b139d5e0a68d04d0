"""What happens to one call: it is placed, rings, is answered and ends, and each step is reported."""

from ringback.sandbox.callparams import status_params
from ringback.sandbox.calls import Call, CallOver, CallStatus, Direction, Pickup, Spoken
from ringback.sandbox.company import Company
from ringback.sandbox.handsets import Manner
from ringback.sandbox.webhooks import Hook, HookKind, deliver

# Event names of `statusCallbackEvent` for the states that are not an end.
EVENT_OF = {CallStatus.INITIATED: "initiated", CallStatus.RINGING: "ringing", CallStatus.IN_PROGRESS: "answered"}
PICKUP_STATUS = {
    Pickup.BUSY: (CallStatus.BUSY, 486),
    # The vendor has no status of its own for a declined call: only the SIP code tells it from a busy line.
    Pickup.DECLINED: (CallStatus.BUSY, 603),
    Pickup.FAILED: (CallStatus.FAILED, 404),
}

VOICEMAIL_SECONDS = 180.0
LEG_ENDS = {
    CallStatus.COMPLETED: "is off the line again",
    CallStatus.BUSY: "is busy",
    CallStatus.NO_ANSWER: "did not answer",
    CallStatus.CANCELED: "stopped ringing",
    CallStatus.FAILED: "cannot be reached",
}
SCRIPTED = {
    Manner.ANSWER: Pickup.ANSWERED,
    Manner.VOICEMAIL: Pickup.VOICEMAIL,
    Manner.DECLINE: Pickup.DECLINED,
}


def register(company: Company, call: Call) -> None:
    """Enter a new call in the books."""
    company.calls[call.sid] = call


def progress(company: Company, call: Call, status: CallStatus) -> None:
    """Move a running call to `status` and report it."""
    # The API never shows `initiated`: to it such a call is still queued.
    call.status = CallStatus.QUEUED if status is CallStatus.INITIATED else status
    call.updated_at = company.clock.now()
    _report(company, call, status)


def _report(company: Company, call: Call, status: CallStatus) -> None:
    hook = call.status_hook
    if hook is None or EVENT_OF.get(status, "completed") not in hook.events:
        return
    # Both are call progress to the vendor; tests want to break one without the other.
    kind = HookKind.LEG_STATUS if call.direction is Direction.DIAL else HookKind.CALL_STATUS
    params = status_params(company, call, status, call.reports)
    # Counted when the event happens, not when it is sent: order on the wire proves nothing.
    call.reports += 1
    request = Hook(kind, call.account, hook.url, params, hook.method, order=call.report_order, phones=phones_of(call))
    company.start(deliver(company, request))


def phones_of(call: Call) -> tuple[str, ...]:
    """Return the handsets whose screens show this call."""
    return (call.handset_number,)


def answer(company: Company, call: Call) -> None:
    """Note that the call is answered; a second time changes nothing."""
    if call.is_answered or call.is_over:
        return
    call.answered_at = company.clock.now()
    progress(company, call, CallStatus.IN_PROGRESS)
    company.log("call.answered", _answered_words(company, call), *phones_of(call), call=call.sid)


def _answered_words(company: Company, call: Call) -> str:
    if call.direction is Direction.INBOUND:
        return f"{company.name_of(call.to)} picked up the call from {call.from_}"
    return f"{company.name_of(call.to)} was answered"


def end(company: Company, call: Call, status: CallStatus, sip_code: int = 200) -> None:
    """Give the call its last status, stop what is going on in it and report it; a second end changes nothing."""
    if call.is_over:
        return
    # Set first: `progress` reports durations only of a call that is over.
    call.ended_at = company.clock.now()
    call.sip_code = sip_code
    progress(company, call, status)
    call.cut.set()
    text = _ended_words(company, call)
    # The caller's screen changes too when a leg of the call ends.
    phones = {*phones_of(call), *(phones_of(call.parent) if call.parent else ())}
    company.log("call.ended", text, *phones, call=call.sid, status=str(status), direction=str(call.direction))


def _ended_words(company: Company, call: Call) -> str:
    name = company.name_of(call.handset_number)
    if call.direction is Direction.INBOUND:
        return f"The call of {name} to {company.name_of(call.to)} is over: {call.status}"
    return f"{name} {'declined' if call.sip_code == 603 else LEG_ENDS[call.status]}"


def hang_up(company: Company, call: Call) -> None:
    """The handset hangs up, or declines a call that is still ringing there."""
    if call.is_answered:
        end(company, call, CallStatus.COMPLETED)
    elif call.direction is Direction.INBOUND:
        company.log("call.abandoned", f"{company.name_of(call.handset_number)} hung up", call=call.sid)
        end(company, call, company.options.abandoned_status, 487)
    else:
        # To the callee there is one red button, for declining and for hanging up.
        pick_up(call, Pickup.DECLINED)


def pick_up(call: Call, result: Pickup) -> bool:
    """Decide what comes of a ringing call; False when that is decided already."""
    if call.pickup.done() or call.is_over:
        return False
    call.pickup.set_result(result)
    return True


async def ring(company: Company, call: Call, seconds: float) -> bool:
    """Ring the handset of an outgoing call; True once it is answered. Ends the call when it is not."""
    progress(company, call, CallStatus.INITIATED)
    # A phone that is busy or off never rings, so no `ringing` is reported.
    barred = _barred(company, call)
    if barred:
        end(company, call, *PICKUP_STATUS[barred])
        return False
    progress(company, call, CallStatus.RINGING)
    _log_ring(company, call)
    script = company.start(_behave(company, call))
    result = await call.within(call.pickup, company.clock.wall_seconds(seconds))
    if result in (Pickup.ANSWERED, Pickup.VOICEMAIL):
        answer(company, call)
        return True
    # Else a scripted phone would pick up a call that nobody offers any more.
    script.cancel()
    end(company, call, *((CallStatus.NO_ANSWER, 487) if result is None else PICKUP_STATUS[result]))
    return False


def _log_ring(company: Company, call: Call) -> None:
    facts = {"call": call.sid, "to": call.to, "from": call.from_}
    company.log("call.ringing", f"Ringing {company.name_of(call.to)}…", *phones_of(call), **facts)


def _barred(company: Company, call: Call) -> Pickup | None:
    """Return why the handset does not even ring."""
    behaviour = company.handset(call.handset_number).behaviour
    if behaviour.switched_off or behaviour.manner is Manner.UNREACHABLE:
        return Pickup.FAILED
    full = behaviour.lines is not None and _calls_on(company, call) >= behaviour.lines
    return Pickup.BUSY if full or behaviour.manner is Manner.BUSY else None


async def _behave(company: Company, call: Call) -> None:
    """Act out the handset's script for one ringing call."""
    behaviour = company.handset(call.handset_number).behaviour
    result = SCRIPTED.get(behaviour.manner)
    if result is None:
        return
    await company.clock.sleep(behaviour.after_seconds)
    if pick_up(call, result) and result is not Pickup.DECLINED:
        await _talk(company, call, result)


async def _talk(company: Company, call: Call, who: Pickup) -> None:
    behaviour = company.handset(call.handset_number).behaviour
    # A mailbox never presses a key, and holds the line as long as it would record.
    limit = VOICEMAIL_SECONDS if who is Pickup.VOICEMAIL else None
    if behaviour.keys and who is Pickup.ANSWERED:
        await company.clock.sleep(behaviour.keys_after_seconds)
        if call.is_over:
            return
        press(company, call, behaviour.keys)
    await hang_up_after(company, call, behaviour.hang_up_after_seconds or limit)


async def hang_up_after(company: Company, call: Call, seconds: float | None) -> None:
    """Let the handset put down after so many telephone seconds; None: never by itself."""
    if seconds is not None:
        await company.clock.sleep(seconds)
        if not call.is_over:
            hang_up(company, call)


def _calls_on(company: Company, new: Call) -> int:
    others = (call for call in company.calls.values() if call is not new and not call.is_over)
    return sum(call.handset_number == new.handset_number for call in others)


def press(company: Company, call: Call, keys: str) -> None:
    """Press keys on the handset's side of a call; raise CallOver when nobody is on the line."""
    if call.is_over or not call.is_answered:
        raise CallOver
    call.keys += keys
    for key in keys:
        # One at a time: a <Gather> may end in the middle of what was pressed.
        call.sounds.put_nowait(key)
    company.log("call.keys", f"{company.name_of(call.handset_number)} pressed {keys}", *phones_of(call), call=call.sid)


def speak(company: Company, call: Call, spoken: Spoken) -> None:
    """Say something into the handset; raise CallOver when nobody is on the line."""
    if call.is_over or not call.is_answered:
        raise CallOver
    call.sounds.put_nowait(spoken)
    company.log("call.speech", f"{company.name_of(call.handset_number)} said: {spoken.text or '…'}", *phones_of(call))
