"""Lost callbacks: ask the provider which calls there were, and what became of one."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from ringback.domain.business import Line
from ringback.domain.calls import CallEvent
from ringback.domain.phones import parse_phone
from ringback.domain.phrases import phrase
from ringback.domain.stored_phrases import CALLS_UNREADABLE
from ringback.ports import Adapter, Capability, HttpRequest, InboundEvent
from ringback.ports.sealing import CannotOpen
from ringback.store import alarms, businesses, calls, events
from ringback.store.businesses import LineSetup
from ringback.store.db import Connection, business_transaction
from ringback.store.events import CallArrival
from ringback.workflows.context import Context, line_of
from ringback.workflows.receive import plan_unanswered, settle_jobs

# Calls are listed from a little before the last look: providers list a call some time after it began.
_OVERLAP = timedelta(minutes=5)
_FIRST_LOOK = timedelta(minutes=15)
_UNREADABLE = "look_up_refused"


class ProviderUnreadable(RuntimeError):
    """The provider's answer to a look-up made no sense; the job is tried again later."""


async def poll_line(context: Context, business_id: UUID, line_id: UUID) -> None:
    """List a line's recent calls and take in what no callback told us. Raises NotSent and NoAnswer.

    A list that cannot be read (credentials refused) is the owner's to mend: it raises an alarm.
    """
    now = context.clock.now()
    async with business_transaction(context.pool, business_id) as connection:
        setup = await _load_setup(context, connection, business_id, line_id)
        if setup is None or Capability.POLL not in context.providers[setup.line.provider].capabilities:
            return
        polled = await businesses.load_polled(connection, business_id, line_id)
        adapter = await context.adapter(connection, business_id, setup.line, setup.version)
    # A line polled for the first time has no past here: old calls of the number are not ours to text.
    since = polled - _OVERLAP if polled else now - _FIRST_LOOK
    request = adapter.calls_request(setup.line.number, context.clock.to_wall(since))
    try:
        found = await _ask(context, adapter, request, now)
    except ProviderUnreadable:
        async with business_transaction(context.pool, business_id) as connection:
            words = phrase(CALLS_UNREADABLE.msgid, line=setup.line.label)
            await alarms.raise_alarm(connection, business_id, _UNREADABLE, str(line_id), words, now)
        return
    await _take(context, setup, found, now)
    async with business_transaction(context.pool, business_id) as connection:
        await businesses.save_polled(connection, business_id, line_id, now)
        await alarms.end_alarm(connection, business_id, _UNREADABLE, str(line_id), now)


async def look_at_call(context: Context, business_id: UUID, call_id: UUID) -> None:
    """Ask the provider about one call and its legs, and take in what it says.

    Raises NotSent, NoAnswer and ProviderUnreadable.
    """
    now = context.clock.now()
    async with business_transaction(context.pool, business_id) as connection:
        call = await calls.load_call(connection, business_id, call_id, now)
        setup = await _load_setup(context, connection, business_id, call.line_id) if call else None
        if call is None or setup is None:
            return
        try:
            adapter = await context.adapter(connection, business_id, setup.line, setup.version)
        except (CannotOpen, ValueError) as error:
            # Set aside, the call would never be decided: in the end its caller is one to ring.
            raise ProviderUnreadable("The connection of a line cannot be used.") from error
    if Capability.POLL in context.providers[setup.line.provider].capabilities:
        for request in (
            adapter.legs_request(call.provider_call_id),
            adapter.calls_request(setup.line.number, context.clock.to_wall(call.started_at - _OVERLAP)),
        ):
            found = await _ask(context, adapter, request, now)
            # The list has other callers' calls too; those are the line's poll to take.
            about_it = [one for one in found if _is_about(one, call.provider_call_id)]
            await _take(context, setup, about_it, now)


async def _load_setup(context: Context, connection: Connection, business_id: UUID, line_id: UUID) -> LineSetup | None:
    version = await businesses.load_version(connection, business_id)
    business = await context.business(connection, business_id, version)
    line: Line | None = line_of(business, line_id)
    return None if line is None else LineSetup(business, line, {}, version)


def _is_about(inbound: InboundEvent, provider_call_id: str) -> bool:
    return isinstance(inbound.event, CallEvent) and inbound.event.call_id == provider_call_id


async def _ask(context: Context, adapter: Adapter, request: HttpRequest, now: datetime) -> list[InboundEvent]:
    found = adapter.read_calls(await context.http.send(request), context.clock.to_wall(now))
    if found is None:
        raise ProviderUnreadable("The phone company's list of calls could not be read.")
    return [replace(one, event=replace(one.event, at=context.clock.from_wall(one.event.at))) for one in found]


async def _take(context: Context, setup: LineSetup, found: Iterable[InboundEvent], now: datetime) -> None:
    for inbound in found:
        if not isinstance(inbound.event, CallEvent):
            continue
        arrival = CallArrival(
            setup.business.business_id,
            setup.line.line_id,
            setup.line.provider,
            phone=parse_phone(inbound.event.caller, setup.business.country).e164,
            plan=plan_unanswered(setup),
            day=None,
        )
        jobs = settle_jobs(setup, inbound.event, None)
        await events.receive_call(context.pool, arrival, inbound, jobs, now)
