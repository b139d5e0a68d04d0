"""A thread needs a person, or a caller must be rung: whose it is, until when, and who is told first."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from ringback.domain.answering import staff_phones
from ringback.domain.business import Business, Staff
from ringback.domain.notice_words import reply_words
from ringback.domain.notices import NoticeKind
from ringback.domain.phones import parse_phone, show_phone
from ringback.domain.routing import Owner, Waiting, choose_owner, clock_starts_at, reply_due_at
from ringback.domain.textback import Mark
from ringback.store import call_backs, owners, routing, threads
from ringback.store.call_backs import CallBackToOwn, Owned
from ringback.store.db import Connection, business_transaction
from ringback.store.jobs import enqueue
from ringback.store.routing import Routed, WaitToRoute
from ringback.workflows.context import Context, Later, line_of
from ringback.workflows.notices import Notice, notify

# A receptionist that has not read by then has broken down, and people must not wait for it.
_PATIENCE = timedelta(minutes=1)
_SILENT = frozenset([Mark.BLOCKED, Mark.SPAM])


async def route_wait(context: Context, business_id: UUID, wait_id: UUID) -> Later | None:
    """Give a thread that needs a reply its owner, its due time and its first notice. Runs any number of times."""
    async with business_transaction(context.pool, business_id) as connection:
        now = context.clock.now()
        wait = await routing.load_wait_to_route(connection, business_id, wait_id)
        if wait is None:
            return None
        business = await context.business(connection, business_id, wait.version)
        # What the receptionist answers by itself is nobody's to answer.
        if wait.ended_how is None and wait.unheard_since is not None and now - wait.unheard_since < _PATIENCE:
            return Later(business.receptionist.settle_seconds + 1.0)
        if wait.ended_how is not None:
            await _note_end(connection, business, wait, now)
            return None
        await _route(connection, business, wait, now)
    return None


async def _note_end(connection: Connection, business: Business, wait: WaitToRoute, now: datetime) -> None:
    """Answered before anybody was told: the row is completed, so that it counts among the others."""
    due_at = reply_due_at(business, wait.needed_at)
    routed = Routed(due_at, wait.owner_id, (), None)
    await routing.save_routed(connection, business.business_id, wait.wait_id, routed, now)


async def _route(connection: Connection, business: Business, wait: WaitToRoute, now: datetime) -> None:
    business_id = business.business_id
    owner = choose_owner(business, _waiting(business, wait), now)
    owner_id = owner.staff.staff_id if owner.staff else None
    is_told = _is_told(business, wait)
    due_at = reply_due_at(business, wait.needed_at)
    routed = Routed(due_at, owner_id, told(owner), now if is_told else None)
    await owners.assign_thread(connection, business_id, wait.thread_id, owner_id, now)
    await routing.save_routed(connection, business_id, wait.wait_id, routed, now)
    if is_told:
        await enqueue(connection, "climb_wait", {"business": business_id, "wait": wait.wait_id})


def _is_told(business: Business, wait: WaitToRoute) -> bool:
    """What machines, spam and staff themselves write waits in the inbox, and alarms nobody."""
    is_person = parse_phone(wait.phone, business.country).e164 is not None
    return is_person and wait.phone not in staff_phones(business) and not _SILENT & set(wait.marks)


def _waiting(business: Business, wait: WaitToRoute) -> Waiting:
    line = line_of(business, wait.line_id)
    return Waiting(line.label if line else "", wait.texts, wait.service, wait.owner_id)


def told(owner: Owner) -> list[dict[str, Any]]:
    """Return the sentences of a choice as they are stored, to be said in the language of whoever reads them."""
    return [{"msgid": why.msgid, "values": why.values} for why in owner.why]


async def own_call_back(context: Context, business_id: UUID, call_back_id: UUID) -> None:
    """Give a call-back its owner by the same rules; from when it is due it climbs the ladder."""
    async with business_transaction(context.pool, business_id) as connection:
        now = context.clock.now()
        found = await call_backs.load_call_back_to_own(connection, business_id, call_back_id)
        if found is None or found.owned_at is not None:
            return
        business = await context.business(connection, business_id, found.version)
        owner = choose_owner(business, _to_ring(business, found), now).staff
        owned = _owned(business, found, owner.staff_id if owner else None)
        await call_backs.own_call_back(connection, business_id, call_back_id, owned, now)
        if owned.next_at is not None:
            seconds = max((owned.next_at - now).total_seconds(), 0.0)
            payload = {"business": business_id, "call_back": call_back_id}
            await enqueue(connection, "climb_call_back", payload, after_seconds=seconds)


def _owned(business: Business, found: CallBackToOwn, owner_id: UUID | None) -> Owned:
    """A promise is due at its time, and told of then; any other call-back at once, and due as a reply would be."""
    if found.is_promised:
        return Owned(owner_id, found.due_at, found.due_at)
    starts_at = found.created_at if found.urgent else clock_starts_at(business, found.created_at)
    # A storm is one alarm and a full page, and no bell that rings for each caller.
    next_at = None if found.in_a_storm and not found.urgent else starts_at
    return Owned(owner_id, reply_due_at(business, found.created_at), next_at)


def _to_ring(business: Business, found: CallBackToOwn) -> Waiting:
    line = line_of(business, found.line_id) if found.line_id else None
    return Waiting(line.label if line else "", (found.why,), None, found.thread_owner_id)


async def give_thread(
    connection: Connection, business: Business, thread_id: UUID, staff_id: UUID | None, by: str, now: datetime
) -> bool:
    """A person gives a thread to somebody, or back to everyone; whom it is given to is told. False: it was so."""
    business_id = business.business_id
    if not await owners.assign_thread(connection, business_id, thread_id, staff_id, now, by):
        return False
    person = next((one for one in business.staff if one.staff_id == staff_id), None)
    if person is not None and person.name == by:
        await routing.acknowledge_wait(connection, business_id, thread_id, by, now)
    elif person is not None:
        await _tell_new_owner(connection, business, thread_id, person, now)
    return True


async def _tell_new_owner(
    connection: Connection, business: Business, thread_id: UUID, person: Staff, now: datetime
) -> None:
    business_id = business.business_id
    again_at = max(now, clock_starts_at(business, now)) + timedelta(minutes=business.routing.step_minutes)
    wait_id = await routing.begin_again(connection, business_id, thread_id, again_at)
    thread = await threads.get_thread(connection, business_id, thread_id)
    if wait_id is None or thread is None:
        return
    caller = thread["contact_name"] or show_phone(thread["phone"], business.country)
    words = reply_words(business, caller, thread["preview"], again=False)
    notice = Notice(person.staff_id, NoticeKind.ASSIGNED, words, f"/threads/{thread_id}", thread_id)
    await notify(connection, business, [notice], now)
    seconds = (again_at - now).total_seconds()
    await enqueue(connection, "climb_wait", {"business": business_id, "wait": wait_id}, after_seconds=seconds)


async def take_thread(
    connection: Connection, business: Business, thread_id: UUID, staff_id: UUID, now: datetime
) -> bool:
    """ "I have it": the thread is theirs, and its ladder stops. False where somebody had taken it before."""
    person = next((one for one in business.staff if one.staff_id == staff_id), None)
    if person is None:
        return False
    await owners.assign_thread(connection, business.business_id, thread_id, staff_id, now, person.name)
    return await routing.acknowledge_wait(connection, business.business_id, thread_id, person.name, now)
