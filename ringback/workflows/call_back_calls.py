"""Calling a contact back: one tap is a row and a job; the staff phone rings, then the contact's; what came of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from ringback.domain.brakes import may_ring, may_ring_staff
from ringback.domain.business import Business, Line
from ringback.domain.call_back_calls import (
    CONTACT_RING_SECONDS,
    LATEST_SECONDS,
    SPOKEN_SECONDS,
    STAFF_RING_SECONDS,
    RingProgress,
    RingStep,
    spoken_connect,
    why_not_ring,
)
from ringback.domain.phrases import Phrase, phrase
from ringback.domain.spending import Share, call_millicents
from ringback.domain.textback import Mark
from ringback.ports import (
    Accepted,
    Adapter,
    AskToConnect,
    Capability,
    Connect,
    NoAnswer,
    NotSent,
    Rejected,
    RingOut,
    SendResult,
    TryLater,
    Uncertain,
    VoicePlan,
    VoiceStep,
)
from ringback.store import brakes, call_back_calls, contacts, jobs, threads
from ringback.store.businesses import LineSetup
from ringback.store.call_back_calls import Brake, NewRing
from ringback.store.call_backs import finish_call_back
from ringback.store.db import Connection, business_transaction
from ringback.store.ids import new_id, read_id
from ringback.workflows.brakes import take_money
from ringback.workflows.context import Context, line_of

_NO_LINE = phrase("The line of this conversation cannot make calls. Ring from your own phone.")
_HELD = phrase("This contact is being rung already, or was rung too often in the last hour. Wait a moment.")
_OVER_CAP = phrase("Today's limit on what texts and calls may cost is used up. Ring from your own phone, or raise it.")
# What a call back is likely to last; put right when it is over.
_USUAL_TALK_SECONDS = 180
# Why a call failed that cost nothing.
_NEVER_RANG = frozenset({"late", "refused", "not_sent"})


@dataclass(frozen=True, slots=True)
class Caller:
    """Who tapped: on the staff list they have the phone that rings first."""

    staff_id: UUID | None
    name: str


async def ask_for_call(
    context: Context, connection: Connection, business: Business, thread_id: UUID, caller: Caller
) -> UUID | Phrase | None:
    """Let the worker connect somebody with the contact of a thread; return the call's id, or why not.

    None where there is no such thread. The number is the contact's own; nobody can type another.
    """
    thread = await threads.get_thread(connection, business.business_id, thread_id)
    if thread is None:
        return None
    line = line_of(business, thread["line_id"])
    if line is None or Capability.VOICE not in context.providers[line.provider].capabilities:
        return _NO_LINE
    contact = await contacts.get_contact(connection, business.business_id, thread["contact_id"])
    person = next((one for one in business.staff if one.staff_id == caller.staff_id), None)
    blocked = contact is not None and Mark.BLOCKED in contact["standing"]["marks"]
    refused = why_not_ring(business, person, thread["phone"], blocked=blocked)
    if refused is not None or person is None:
        return refused
    ring = NewRing(new_id(), thread_id, thread["contact_id"], line.line_id, person.staff_id, caller.name)
    # After every check, so that what is refused does not count against the brake.
    now = context.clock.now()
    if not await call_back_calls.add_ring(connection, business.business_id, ring, Brake(), now):
        return _HELD
    if not await _pay(connection, business, ring.ring_id, thread["phone"], now):
        return _OVER_CAP
    await jobs.enqueue(connection, "ring_back", {"business": business.business_id, "ring": ring.ring_id})
    return ring.ring_id


async def _pay(connection: Connection, business: Business, ring_id: UUID, phone: str, now: datetime) -> bool:
    """Take what a call of usual length costs from the day's money, as a person's; False where it is spent."""
    millicents = call_millicents(business, phone, _USUAL_TALK_SECONDS)
    taken = await take_money(connection, business, millicents, Share.PERSON, now)
    if taken is None:
        await call_back_calls.save_placed(connection, business.business_id, ring_id, None, "refused")
        return False
    await brakes.save_ring_cost(connection, business.business_id, ring_id, taken)
    return True


async def ring_back(context: Context, business_id: UUID, ring_id: UUID) -> None:
    """Ring the staff phone. Asked of the phone company once at most: a phone that rings twice helps nobody."""
    # The claim is committed before the phone company is asked: a worker that dies in between rings nobody.
    ready = await _prepare(context, business_id, ring_id)
    if ready is None:
        return
    adapter, ring = ready
    said = await _place(context, adapter, ring)
    async with business_transaction(context.pool, business_id) as connection:
        provider_call_id = said.provider_message_id if isinstance(said, Accepted) else None
        await _save_placed(connection, business_id, ring_id, provider_call_id, _failed(said))
        row = await call_back_calls.get_ring(connection, business_id, ring_id)
        if row is not None:
            await call_back_calls.tell_thread(connection, business_id, row["thread_id"], context.clock.now())


async def _prepare(context: Context, business_id: UUID, ring_id: UUID) -> tuple[Adapter, RingOut] | None:
    async with business_transaction(context.pool, business_id) as connection:
        now = context.clock.now()
        row = await call_back_calls.claim_ring(connection, business_id, ring_id, now)
        if row is None:
            # Another worker took it, and may have died before it heard an answer: the phone may ring, or never will.
            await call_back_calls.note_unsure(connection, business_id, ring_id)
            return None
        business = await context.business(connection, business_id, row["version"])
        line, phone = line_of(business, row["line_id"]), _phone_of(business, row["staff_id"])
        if line is None or phone is None or (now - row["asked_at"]).total_seconds() > LATEST_SECONDS:
            failed = "late" if line and phone else "refused"
            await _save_placed(connection, business_id, ring_id, None, failed)
            await call_back_calls.tell_thread(connection, business_id, row["thread_id"], now)
            return None
        adapter = await context.adapter(connection, business_id, line, row["version"])
        return adapter, RingOut(phone, line.number, str(ring_id), STAFF_RING_SECONDS)


async def _save_placed(
    connection: Connection, business_id: UUID, ring_id: UUID, provider_call_id: str | None, failed: str | None
) -> None:
    await call_back_calls.save_placed(connection, business_id, ring_id, provider_call_id, failed)
    if failed in _NEVER_RANG:
        await brakes.correct_ring_cost(connection, business_id, ring_id, 0)


def _phone_of(business: Business, staff_id: UUID) -> str | None:
    phone = next((person.phone for person in business.staff if person.staff_id == staff_id), None)
    # Changed in the settings since the tap, perhaps, and into what costs extra.
    return phone if phone and may_ring_staff(phone, business.country) else None


async def _place(context: Context, adapter: Adapter, ring: RingOut) -> SendResult | None:
    """Return what the phone company said; None where the request certainly never reached it."""
    try:
        return adapter.read_sent(await context.http.send(adapter.ring_request(ring)))
    except NotSent:
        return None
    except NoAnswer as error:
        return Uncertain(str(error))


def _failed(said: SendResult | None) -> str | None:
    match said:
        case Accepted():
            return None
        case Uncertain():
            # It may ring all the same; then the callbacks take this back.
            return "uncertain"
        case Rejected():
            return "refused"
        case TryLater() | None:
            return "not_sent"


async def take_progress(context: Context, setup: LineSetup, told: RingProgress, now: datetime) -> VoicePlan:
    """Write down how far a call has come, and return what the phone company is to do next."""
    business_id, ring_id = setup.business.business_id, read_id(told.reference)
    if ring_id is None:
        return VoiceStep.HANG_UP
    async with business_transaction(context.pool, business_id) as connection:
        # A line tells of its own calls only, as its signature covers no others.
        row = await call_back_calls.get_ring(connection, business_id, ring_id)
        if row is None or row["line_id"] != setup.line.line_id:
            return VoiceStep.HANG_UP
        await _note(connection, setup.business, row, told)
        await call_back_calls.tell_thread(connection, business_id, row["thread_id"], now)
    return _next(setup.business, setup.line, told, row["contact_name"], row["phone"])


async def _note(connection: Connection, business: Business, row: dict[str, Any], told: RingProgress) -> None:
    business_id, ring_id = business.business_id, row["ring_id"]
    match told.step:
        case RingStep.STAFF_ANSWERED | RingStep.STAFF_ACCEPTED | RingStep.CONTACT_ANSWERED:
            await call_back_calls.note_step(connection, business_id, ring_id, told.step, told.at)
        case RingStep.CONTACT_OVER | RingStep.OVER:
            ended = await call_back_calls.note_end(connection, business_id, ring_id, told.talk_seconds, told.at)
            if ended is not None:
                await _end(connection, business, row["phone"], ended, told.at)
        case RingStep.STAFF_DECLINED:
            # The end of the call, which follows, says that nobody was put through.
            pass


async def _end(connection: Connection, business: Business, phone: str, ended: dict[str, Any], at: datetime) -> None:
    # From the row as it stands: the end of the whole call does not say how long they spoke, that of the contact's leg
    # does, and either may come first.
    business_id, spoke_seconds = business.business_id, ended["talk_seconds"] or 0
    millicents = call_millicents(business, phone, max(spoke_seconds, 1))
    await brakes.correct_ring_cost(connection, business_id, ended["ring_id"], millicents)
    if spoke_seconds >= SPOKEN_SECONDS:
        # One talk keeps every promise to call that was made to them.
        for call_back_id in await call_back_calls.list_open_tasks(connection, business_id, ended["contact_id"]):
            await finish_call_back(connection, business_id, call_back_id, ended["staff_name"], at)


def _next(business: Business, line: Line, told: RingProgress, name: str | None, phone: str) -> VoicePlan:
    match told.step:
        case RingStep.STAFF_ANSWERED:
            return AskToConnect(spoken_connect(business, name), business.language, told.reference)
        case RingStep.STAFF_ACCEPTED:
            # The number comes from the contact as it is now, and from nothing that a callback says.
            if not may_ring(business, phone):
                return VoiceStep.HANG_UP
            return Connect(phone, line.number, CONTACT_RING_SECONDS, told.reference)
        case RingStep.STAFF_DECLINED | RingStep.CONTACT_OVER:
            return VoiceStep.HANG_UP
        case RingStep.CONTACT_ANSWERED | RingStep.OVER:
            return VoiceStep.NOTHING
