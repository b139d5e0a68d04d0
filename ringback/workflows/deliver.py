"""An outgoing text leaves: last check, `sending`, hand over, settle. What is uncertain is looked up first."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, assert_never
from uuid import UUID

from ringback.domain.business import Business, Line
from ringback.domain.errors import ProviderError, ProviderErrorKind, kinds_proved_wrong
from ringback.domain.messages import (
    DeliveryStep,
    Drop,
    Leave,
    LookUp,
    Purpose,
    Send,
    Wait,
    decide_delivery,
)
from ringback.domain.quiet import Quiet, ask_law, is_unasked
from ringback.domain.redaction import redact_answer, redact_form
from ringback.domain.registration import may_text
from ringback.domain.textback import Reason, explain
from ringback.ports import (
    Accepted,
    Adapter,
    FoundText,
    HttpRequest,
    HttpResponse,
    NoAnswer,
    NotSent,
    Rejected,
    SendResult,
    SendText,
    TryLater,
    Uncertain,
)
from ringback.ports.sealing import CannotOpen
from ringback.store import alarms, call_backs, calls, deliveries, unasked
from ringback.store.db import Connection, business_transaction
from ringback.store.deliveries import Outgoing
from ringback.store.ids import new_id
from ringback.workflows.brakes import brake_of_text, read_held, tell_owner
from ringback.workflows.context import Context, Later, line_of
from ringback.workflows.erasing import recall_erased
from ringback.workflows.refusals import note_alert_unsaid, note_refusal, note_unsaid

# An uncertain text is looked up this many times, with growing pauses, before it counts as never sent.
_LOOK_UPS = 3
_FIRST_LOOK_SECONDS = 2.0
# From the commit of `sending` to the first byte; with the HTTP timeout it stays well inside SENDING_LEASE.
_LONGEST_STALL = timedelta(seconds=3)
# An answer dropped for one of these leaves somebody waiting for it.
_UNSAID = frozenset(
    [
        *(Reason.STALE, Reason.QUIET_HOURS, Reason.NOT_REGISTERED, Reason.NOT_TEXTABLE),
        *(Reason.OVER_CAP, Reason.OVER_BRAKE),
    ]
)


@dataclass(frozen=True, slots=True)
class _Ready:
    """A text marked as `sending`, or one to look up, with its line."""

    step: Send | LookUp
    outgoing: Outgoing
    line: Line
    adapter: Adapter
    at: datetime


async def deliver(context: Context, business_id: UUID, message_id: UUID) -> Later | None:
    """Move one outgoing text on. Runs any number of times, in any number of workers; the text leaves once.

    Raises NotSent or NoAnswer when a look-up fails: the job comes back later.
    """
    ready = await _prepare(context, business_id, message_id)
    match ready:
        case None | Later():
            return ready
        case _Ready(step=Send()):
            return await _hand_over(context, business_id, ready)
        case _Ready():
            return await _look_up(context, business_id, ready)
    assert_never(ready)


async def _prepare(context: Context, business_id: UUID, message_id: UUID) -> _Ready | Later | None:
    """Decide under the message's lock; a text to hand over is committed as `sending` before this returns."""
    async with context.pool.acquire() as connection, connection.transaction():
        # The present is read once the connection is there: in a burst, waiting for one can take seconds.
        now = context.clock.now()
        outgoing = await deliveries.load_delivery(connection, business_id, message_id, now)
        if outgoing is None:
            return None
        business = await context.business(connection, business_id, outgoing.version)
        if await recall_erased(context, connection, business, outgoing.version, outgoing.to, now):
            outgoing = await deliveries.load_delivery(connection, business_id, message_id, now) or outgoing
        line = line_of(business, outgoing.line_id)
        if line is None:
            # Ended meanwhile: nobody is left to hand it to, or to ask.
            await _give_up(connection, business_id, outgoing, ProviderErrorKind.LINE_CANNOT_SEND, now)
            return None
        quiet = _ask_law(business, outgoing, now)
        facts = replace(
            outgoing.facts,
            registered=may_text(line),
            switched_off=not line.text_back,
            quiet_until=quiet.until,
            over_law_cap=quiet.is_over_cap,
        )
        decided = decide_delivery(facts, now)
        if isinstance(decided, Send) and quiet.rule_version:
            await unasked.note_rule(connection, business_id, message_id, quiet.rule_version)
        step = await _take_step(connection, business, outgoing, decided, now)
        if step is None or isinstance(step, Later):
            return step
        try:
            adapter = await context.adapter(connection, business_id, line, outgoing.version)
        except (CannotOpen, ValueError):
            # Only the owner can mend its connection, and the caller must not wait for that.
            await _give_up(connection, business_id, outgoing, ProviderErrorKind.CREDENTIALS, now)
            return None
        return _Ready(step, outgoing, line, adapter, now)


async def _give_up(
    connection: Connection, business_id: UUID, outgoing: Outgoing, kind: ProviderErrorKind, now: datetime
) -> None:
    """No way is left to hand a text over, or to ask about it: as if it had been refused."""
    if await deliveries.give_up(connection, business_id, outgoing.message_id, kind, now):
        await note_refusal(connection, business_id, outgoing, ProviderError(kind), now)


def _ask_law(business: Business, outgoing: Outgoing, now: datetime) -> Quiet:
    """What the law says at the last moment: of answers nothing, so that they cost no look into it."""
    sent_today = outgoing.unasked_today
    if sent_today is None or not is_unasked(outgoing.purpose, outgoing.written_by, outgoing.over_at, now):
        return Quiet("")
    return ask_law(business, outgoing.to, outgoing.address, sent_today, now)


async def _take_step(
    connection: Connection, business: Business, outgoing: Outgoing, step: DeliveryStep, now: datetime
) -> Send | LookUp | Later | None:
    """Write what the step asks for; return it where something is left to do outside the transaction."""
    match step:
        case Send():
            return await _begin(connection, business, outgoing, step, now)
        case Wait(until):
            return Later((until - now).total_seconds())
        case Drop(reason):
            await _drop(connection, business.business_id, outgoing, Reason(reason), now)
        case LookUp():
            return step
        case Leave():
            pass
    return None


async def _begin(
    connection: Connection, business: Business, outgoing: Outgoing, step: Send, now: datetime
) -> Send | Later | None:
    brake = brake_of_text(business, outgoing, now)
    said = await deliveries.save_sending(connection, business.business_id, outgoing, brake, now)
    if isinstance(said, str):
        await _drop(connection, business.business_id, outgoing, read_held(said), now)
        await tell_owner(connection, business, said, now)
        return None
    return step if said is None else Later((said - now).total_seconds())


async def _drop(connection: Connection, business_id: UUID, outgoing: Outgoing, reason: Reason, now: datetime) -> None:
    thread = await deliveries.drop_message(connection, business_id, outgoing.message_id, reason, now)
    # What a person has overtaken, or the contact refused, nobody waits for.
    if thread is not None and outgoing.purpose is Purpose.RECEPTIONIST and reason in _UNSAID:
        await note_unsaid(connection, business_id, outgoing, explain(reason), now)
    if thread is not None and outgoing.purpose is Purpose.ALERT:
        await note_alert_unsaid(connection, business_id, outgoing.message_id, now)
    if thread is None or outgoing.purpose is not Purpose.TEXT_BACK:
        return
    await calls.release_claim(connection, business_id, outgoing.message_id)
    if reason in _UNSAID:
        await call_backs.add_call_back_for_message(connection, business_id, outgoing.message_id, explain(reason), now)


async def _hand_over(context: Context, business_id: UUID, ready: _Ready) -> Later | None:
    outgoing = ready.outgoing
    # Stalled since the commit (a suspended machine, swapping): another worker may have taken the text for lost.
    if context.clock.now() - ready.at > _LONGEST_STALL:
        async with business_transaction(context.pool, business_id) as connection:
            await deliveries.put_back(connection, business_id, outgoing.message_id, outgoing.attempts + 1)
        return Later(0)
    expires = outgoing.facts.expires_at
    text = SendText(
        to=outgoing.to,
        sender=ready.line.number,
        body=outgoing.body,
        reference=str(outgoing.message_id),
        valid_seconds=int((expires - context.clock.now()).total_seconds()) if expires else None,
    )
    request = ready.adapter.send_request(text)
    # No transaction is open from here to the answer: what is known stands in the row.
    response: HttpResponse | None = None
    try:
        response = await context.http.send(request)
        result = ready.adapter.read_sent(response)
    except NotSent as error:
        result = TryLater(ProviderError(ProviderErrorKind.PROVIDER_DOWN, detail=str(error)), after_seconds=2.0)
    except NoAnswer as error:
        result = Uncertain(str(error))
    now = context.clock.now()
    async with business_transaction(context.pool, business_id) as connection:
        exchange = _exchange(request, response, result, ready.line.provider)
        row = _result_row(result, outgoing.attempts + 1, now)
        if not await deliveries.save_sent(connection, business_id, outgoing.message_id, row, exchange, now):
            return None
        if isinstance(result, Rejected):
            await note_refusal(connection, business_id, outgoing, result.error, now)
        if isinstance(result, Accepted):
            line_id = str(outgoing.line_id)
            await alarms.end_line_alarms(connection, business_id, kinds_proved_wrong(), line_id, now)
    return Later(row["retry_after"]) if "retry_after" in row else None


def _result_row(result: SendResult, attempt: int, now: datetime) -> dict[str, Any]:
    """What becomes of the text; `attempt` fences it against a later attempt of another worker."""
    match result:
        case Accepted(provider_message_id):
            return {"state": "accepted", "attempt": attempt, "provider_message_id": provider_message_id}
        case Rejected(error):
            return {"state": "rejected", "attempt": attempt, "error_kind": error.kind, "error_code": error.code}
        case TryLater(error, after_seconds):
            wait = min(after_seconds * 2 ** min(attempt - 1, 5), 60.0)
            later = {"send_at": now + timedelta(seconds=wait), "retry_after": wait}
            why = {"error_kind": error.kind, "error_code": error.code}
            return {"state": "intended", "attempt": attempt, **why, **later}
        case Uncertain():
            return {"state": "uncertain", "attempt": attempt, "retry_after": _FIRST_LOOK_SECONDS}
    assert_never(result)


def _exchange(
    request: HttpRequest, response: HttpResponse | None, result: SendResult, provider: str
) -> Mapping[str, Any]:
    """What went over the wire, for support: no credentials, no words and no numbers, which stay in the message."""
    form = redact_form(request.form)
    answer = redact_answer(response.body.decode("utf-8", "replace"))[:2000] if response else type(result).__name__
    return {
        "exchange_id": new_id(),
        "provider": provider,
        "what": "send",
        "request": {"method": request.method, "url": request.url, "form": form},
        "status": response.status if response else None,
        "response": answer if response is None or response.status >= 400 else "",
    }


async def _look_up(context: Context, business_id: UUID, ready: _Ready) -> Later | None:
    outgoing = ready.outgoing
    since = context.clock.to_wall((outgoing.facts.sending_at or outgoing.facts.send_at) - timedelta(minutes=2))
    response = await context.http.send(ready.adapter.find_request(outgoing.to, ready.line.number, since))
    found = ready.adapter.read_found(response)
    # A provider in trouble lists late; each look waits longer.
    pause = Later(_FIRST_LOOK_SECONDS * 2 ** (outgoing.lookups + 1))
    if found is None:
        return pause
    now = context.clock.now()
    async with business_transaction(context.pool, business_id) as connection:
        known = await deliveries.known_provider_ids(connection, business_id, outgoing.thread_id)
        match = _pick(found, outgoing, known, since)
        # Another worker may have moved the text on while we asked: then this answer is about the past.
        if not await deliveries.save_found(connection, business_id, outgoing, match, now) or match is not None:
            return None
        # Three looks, seconds apart, saw nothing: a text that had been taken would be listed by now.
        if outgoing.lookups + 1 < _LOOK_UPS:
            return pause
        await deliveries.send_again(connection, business_id, outgoing.message_id, outgoing.attempts, now)
    return None


def _pick(found: tuple[FoundText, ...], outgoing: Outgoing, known: frozenset[str], since: datetime) -> str | None:
    """The provider's id of our text: same words to the same number since then, and not another text of ours."""
    for text in found:
        is_ours = text.to == outgoing.to and text.body == outgoing.body and text.at >= since
        if is_ours and text.provider_message_id not in known:
            return text.provider_message_id
    return None
