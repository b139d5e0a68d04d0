"""The ladder: the owner is told that somebody waits, then the backup, then everyone, until one of them sees to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from ringback.domain.business import Business, Staff
from ringback.domain.notice_words import call_back_words, reply_words
from ringback.domain.notices import NoticeKind, choose_send_at
from ringback.domain.phones import show_phone
from ringback.domain.routing import Climb, Sleep, Tell, climb, clock_starts_at, rungs_of
from ringback.store import call_backs, notices, routing
from ringback.store.call_backs import CallBackToOwn
from ringback.store.db import Connection, business_transaction
from ringback.store.jobs import enqueue
from ringback.store.routing import WaitToClimb
from ringback.workflows.context import Context
from ringback.workflows.notices import Notice, notify


async def climb_wait(context: Context, business_id: UUID, wait_id: UUID) -> None:
    """Tell the next rung of a wait, if it is due. A rung is told in the transaction that counts it: once."""
    async with business_transaction(context.pool, business_id) as connection:
        now = context.clock.now()
        wait = await routing.load_wait_to_climb(connection, business_id, wait_id)
        if wait is None or wait.next_at > now:
            return
        seen_by = wait.taken_by or wait.seen_by
        if seen_by is not None:
            await routing.acknowledge_wait(connection, business_id, wait.thread_id, seen_by, now)
            return
        business = await context.business(connection, business_id, wait.version)
        if wait.has_alert:
            # The emergency has a ladder of its own, and a louder one.
            later = now + timedelta(minutes=business.receptionist.alert_again_minutes)
            await routing.save_step(connection, business_id, wait_id, wait.step, later)
            return
        starts_at = now if wait.urgent else clock_starts_at(business, wait.needed_at)
        again_at = max(now, starts_at) + timedelta(minutes=business.routing.step_minutes)
        place = _Place(wait.owner_id, wait.step, _kind(wait))
        decided = await _decide(connection, business, place, again_at, now)
        step, next_at = _after(decided, wait.step)
        await routing.save_step(connection, business_id, wait_id, step, next_at)
        await _come_back(connection, "climb_wait", {"business": business_id, "wait": wait_id}, next_at, now)
        if isinstance(decided, Tell):
            await notify(connection, business, _notices(business, wait, decided), now)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where on the ladder of whom, and as what kind of notice the next rung would be told."""

    owner_id: UUID | None
    step: int
    kind: NoticeKind


async def _decide(
    connection: Connection, business: Business, place: _Place, again_at: datetime, now: datetime
) -> Climb:
    rungs = rungs_of(business, place.owner_id, now)
    people = [person.staff_id for person in business.staff]
    reach = await notices.load_reach(connection, business.business_id, people, now)
    ends = {one.staff_id: choose_send_at(place.kind, one.policy, business.zone, now) for one in reach}
    return climb(rungs, place.step, {who: at for who, at in ends.items() if at > now}, again_at)


def _after(decided: Climb, step: int) -> tuple[int, datetime | None]:
    match decided:
        case Tell(step=after, next_at=next_at):
            return after, next_at
        case Sleep(until):
            return step, until
        case None:
            return step, None


def _notices(business: Business, wait: WaitToClimb, told: Tell) -> list[Notice]:
    caller = wait.contact_name or show_phone(wait.phone, business.country)
    words = reply_words(business, caller, wait.words, again=wait.step > 0)
    path = f"/threads/{wait.thread_id}"
    return [Notice(one.staff_id, _kind(wait), words, path, wait.thread_id) for one in told.people]


def _kind(wait: WaitToClimb) -> NoticeKind:
    """The first rung is told in the usual way; a later one, or an urgent one, may come through quiet hours."""
    if wait.step > 0 or wait.urgent:
        return NoticeKind.ESCALATED
    return NoticeKind.REPLY_DUE if wait.owner_id is None else NoticeKind.ASSIGNED


async def climb_call_back(context: Context, business_id: UUID, call_back_id: UUID) -> None:
    """Tell the next rung that a call-back is overdue, if nobody has rung or taken it."""
    async with business_transaction(context.pool, business_id) as connection:
        now = context.clock.now()
        found = await call_backs.load_call_back_to_own(connection, business_id, call_back_id)
        if found is None or found.acknowledged_at is not None or found.next_at is None or found.next_at > now:
            return
        business = await context.business(connection, business_id, found.version)
        again_at = now + timedelta(minutes=business.routing.step_minutes)
        place = _Place(found.owner_id, found.step, NoticeKind.CALL_BACK_DUE)
        decided = await _decide(connection, business, place, again_at, now)
        step, next_at = _after(decided, found.step)
        await call_backs.save_call_back_step(connection, business_id, call_back_id, step, next_at)
        payload = {"business": business_id, "call_back": call_back_id}
        await _come_back(connection, "climb_call_back", payload, next_at, now)
        if isinstance(decided, Tell):
            await notify(connection, business, _call_back_notices(business, found, decided.people), now)


def _call_back_notices(business: Business, due: CallBackToOwn, people: Sequence[Staff]) -> list[Notice]:
    caller = due.contact_name or show_phone(due.caller, business.country)
    words = call_back_words(business, caller)
    return [Notice(one.staff_id, NoticeKind.CALL_BACK_DUE, words, "/call-backs") for one in people]


async def _come_back(
    connection: Connection, entrypoint: str, payload: dict[str, UUID], at: datetime | None, now: datetime
) -> None:
    # The minute's tick would find it too; a job of its own is there to the second.
    if at is not None:
        seconds = max((at - now).total_seconds(), 0.0)
        await enqueue(connection, entrypoint, dict(payload), after_seconds=seconds)


async def see_thread(
    connection: Connection, business_id: UUID, thread_id: UUID, staff_id: UUID | None, now: datetime
) -> bool:
    """A person opens a thread: if they were told that it waits, its ladder stops. False where nothing changed."""
    # A page left open is no sign of life: this is for a page that somebody asked for.
    if staff_id is None:
        return False
    return await routing.acknowledge_as_told(connection, business_id, thread_id, staff_id, now)


async def pass_on(connection: Connection, business_id: UUID, thread_id: UUID, now: datetime) -> bool:
    """Somebody who was told cannot answer: the next rung is told at once. False where the ladder is at its end."""
    wait = await routing.hurry_wait(connection, business_id, thread_id, now)
    if wait is not None:
        await enqueue(connection, "climb_wait", {"business": business_id, "wait": wait})
    return wait is not None
