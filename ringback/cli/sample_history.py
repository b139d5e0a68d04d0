"""Four weeks of an ordinary business, for the demo: calls, texts and bookings that went through the product itself.

Nothing here writes rows of its own: the callbacks of a phone company that takes every text come in at instants of the
past, and the workflows do what they do. So the pages of a demo show what they would show after a month.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from ringback.domain.bookings import find_service
from ringback.domain.business import Business, DetailKind
from ringback.domain.calls import CallEvent, CallEventKind, CallResult, Plan
from ringback.domain.hours import DayState, state_at
from ringback.domain.messages import MessageReceived
from ringback.ports import HttpRequest, HttpResponse, InboundEvent
from ringback.receptionist import memory
from ringback.receptionist.dialog import Dialog, Stage
from ringback.store import api_queries, contacts, dialogs, events, jobs, threads
from ringback.store.api_queries import CallFilter, ThreadFilter
from ringback.store.db import business_transaction
from ringback.store.events import CallArrival, Settle
from ringback.store.ids import new_id
from ringback.worker import ENTRYPOINTS
from ringback.workflows import upkeep
from ringback.workflows.context import Context
from ringback.workflows.replies import Reply, send_reply
from ringback.workflows.reports import recount_recovery

_DAYS = 28
_CALLS_A_DAY = (2, 6)
_TEXTS_AT_MOST = 9
# Done as they come; what tells staff phones of long ago is dropped in the end.
_DONE = ("settle_call", "take_message", "take_turn", "route_wait", "deliver", "follow_up", "plan_reminder", "remind")
_TOO_LATE_SECONDS = 600
_STILL_WAITING_HOURS = 20
_SEEN_TO, _RINGS_OUT = 0.85, 0.7
_STAFF_SAY = ("Thanks for waiting, I am ringing you in a few minutes.", "Sorry for the wait! Which day suits you best?")
_FIRST = ("Nora", "Luis", "Grace", "Omar", "Ivy", "Paul", "Rosa", "Ken", "June", "Theo", "Ana", "Walt", "Mina", "Joe")
_LAST = ("Vale", "Ortega", "Pike", "Haddad", "Lund", "Marsh", "Solis", "Brandt", "Okafor", "Reyes", "Finch", "Moss")
_STREETS = ("Elm St", "Oak Ave", "Birch Ln", "Lake St", "Cedar Rd", "Maple Ave")
_WHEN = ("tomorrow afternoon", "friday morning", "next monday", "as soon as you can", "thursday after 2")
_QUIET_ENDS = ("ok let me think about it", "thanks, I will call you later", "how much is it?")


@dataclass(slots=True)
class _ClockOfThen:
    at: datetime

    def now(self) -> datetime:
        return self.at

    def to_wall(self, at: datetime) -> datetime:
        return at

    def from_wall(self, at: datetime) -> datetime:
        return at


@dataclass(slots=True)
class _WillingCompany:
    """Takes every text, and is asked nothing else."""

    taken: int = 0

    async def send(self, request: HttpRequest) -> HttpResponse:
        """Answer as Twilio does when it has taken a text."""
        self.taken += 1
        body = {"sid": f"SM{self.taken:032x}", "status": "queued", "messages": [], "calls": []}
        return HttpResponse(201 if request.method == "POST" else 200, json.dumps(body).encode())


async def add_history(context: Context, business: Business) -> bool:
    """Let the past four weeks happen, once per business; return whether they did."""
    business_id = business.business_id
    async with business_transaction(context.pool, business_id) as connection:
        if await api_queries.list_calls(connection, business_id, CallFilter(), None, 1):
            return False
    now = context.clock.now()
    clock = _ClockOfThen(now)
    past = _Past(replace(context, http=_WillingCompany(), clock=clock), clock, business, Random(business.slug), now)
    for day in past.days():
        await past.live(day)
    # Reminders and the like of what is still to come are found again by the worker's own look around.
    await jobs.take_waiting(context.pool, business_id, None)
    # The dashboard is there from the first minute on.
    await recount_recovery(context, business_id)
    return True


@dataclass(slots=True)
class _Past:
    context: Context
    clock: _ClockOfThen
    business: Business
    random: Random
    until: datetime
    calls: int = 0

    def days(self) -> Iterator[datetime]:
        """Yield eight in the morning of each past day, local."""
        today = self.until.astimezone(ZoneInfo(self.business.zone)).replace(hour=8, minute=0, second=0, microsecond=0)
        for before in range(_DAYS, -1, -1):
            yield today - timedelta(days=before)

    async def live(self, morning: datetime) -> None:
        """Let one day's calls come in."""
        minutes = sorted(self.random.randrange(12 * 60) for _ in range(self.random.randint(*_CALLS_A_DAY)))
        for minute in minutes:
            at = morning + timedelta(minutes=minute, seconds=self.random.randrange(60))
            if at < self.until - timedelta(hours=1):
                self.clock.at = max(self.clock.at if self.calls else at, at)
                await self._tick()
                await self._call(_Caller.any(self.random, self.calls))

    async def _tick(self) -> None:
        await upkeep.start_due(self.context)
        await self._work()
        await self._look_in()

    async def _look_in(self) -> None:
        """Whoever works now looks into the inbox, some minutes later."""
        is_old = self.until - self.clock.at > timedelta(hours=_STILL_WAITING_HOURS)
        if is_old and state_at(self.business.hours, self.business.zone, self.clock.at) is DayState.OPEN:
            self.clock.at += timedelta(minutes=self.random.choice((1, 2, 3, 4, 12)))
            await self._staff_answers()

    async def _staff_answers(self) -> None:
        """Somebody sees to who waits, now and then not."""
        business_id = self.business.business_id
        async with business_transaction(self.context.pool, business_id) as connection:
            found = await api_queries.list_threads(connection, business_id, ThreadFilter(needs_reply=True), None, 50)
        for thread in found:
            if self.random.random() < _SEEN_TO:
                person = self.random.choice(self.business.staff).name
                reply = Reply(thread["thread_id"], new_id(), self.random.choice(_STAFF_SAY), person)
                await send_reply(self.context, business_id, reply)
                await self._work()

    async def _call(self, caller: "_Caller") -> None:
        self.calls += 1
        call_id, line = f"CA{self.calls:032x}", self.random.choice(self.business.lines)
        day = state_at(self.business.hours, self.business.zone, self.clock.at)
        is_answered = day is DayState.OPEN and self.random.random() < 0.45
        plan = Plan.RING if day is DayState.OPEN else Plan.CLOSED
        place = CallArrival(self.business.business_id, line.line_id, line.provider, caller.phone, plan, day)
        rang = CallEvent(CallEventKind.RINGING, call_id, self.clock.at, caller=caller.phone)
        await self._tell(place, rang, Settle(30.0, timer=True))
        self.clock.at += timedelta(seconds=self.random.randint(12, 40))
        if is_answered:
            await self._tell(place, replace(rang, kind=CallEventKind.ACCEPTED, at=self.clock.at))
            self.clock.at += timedelta(seconds=self.random.randint(60, 400))
        rings_out = not is_answered and plan is Plan.RING and self.random.random() < _RINGS_OUT
        if rings_out:
            rung = replace(rang, kind=CallEventKind.DIALED, at=self.clock.at, result=CallResult.NO_ANSWER)
            await self._tell(place, rung)
        result = CallResult.COMPLETED if is_answered else CallResult.NO_ANSWER
        ended = replace(
            rang, kind=CallEventKind.ENDED, at=self.clock.at, result=result, caller_gone=not (is_answered or rings_out)
        )
        await self._tell(place, ended, Settle(0.0))
        await self._work()
        if not is_answered and self.random.random() < 0.65:
            await self._talk(caller, line.line_id)
            await self._look_in()

    async def _tell(self, place: CallArrival, event: CallEvent, *due: Settle) -> None:
        inbound = InboundEvent(f"{event.call_id}-{event.kind}", event, {"CallSid": event.call_id})
        await events.receive_call(self.context.pool, place, inbound, list(due), self.clock.at)

    async def _talk(self, caller: "_Caller", line_id: UUID) -> None:
        bookable = [service.name for service in self.business.services if service.bookable and not service.emergency]
        service = self.random.choice(bookable) if bookable else "a visit"
        words: str | None = f"Hi, I need {service.lower()}"
        gives_up_after = self.random.choice((1, 2, 9, 9, 9))
        for n in range(_TEXTS_AT_MOST):
            if words is None:
                return
            self.clock.at += timedelta(seconds=self.random.randint(20, 240))
            await self._text(caller, line_id, words)
            dialog = await self._dialog(caller)
            is_last = n + 1 >= gives_up_after
            words = None if dialog is None else caller.answer(dialog, self.business, self.random)
            if is_last and words is not None:
                await self._text(caller, line_id, self.random.choice(_QUIET_ENDS))
                return

    async def _text(self, caller: "_Caller", line_id: UUID, words: str) -> None:
        line = next(line for line in self.business.lines if line.line_id == line_id)
        sid = f"SM-{self.random.getrandbits(64):x}"
        told = MessageReceived(sid, caller.phone, line.number, words, self.clock.at)
        business_id = self.business.business_id
        inbound = InboundEvent(sid, told, {"MessageSid": sid})
        await events.receive_text(self.context.pool, business_id, line_id, line.provider, inbound, self.clock.at)
        await self._work()

    async def _dialog(self, caller: "_Caller") -> Dialog | None:
        business_id = self.business.business_id
        async with business_transaction(self.context.pool, business_id) as connection:
            contact_id = await contacts.find_or_create_contact(connection, business_id, caller.phone, self.clock.at)
            thread = await threads.find_thread_of_contact(connection, business_id, contact_id)
            table = (
                await dialogs.load_turn(connection, business_id, thread.thread_id, self.clock.at) if thread else None
            )
        is_over = table is None or table.dialog is None or table.dialog.paused_at is not None
        return None if is_over or table is None or table.dialog is None else memory.load(table.dialog.state)

    async def _work(self) -> None:
        """Do what is due now, and what becomes due while the clock is moved on for it."""
        is_idle = False
        while not is_idle:
            is_idle = True
            for name in _DONE:
                for payload in await jobs.take_waiting(self.context.pool, self.business.business_id, name):
                    is_idle = False
                    await self._do(name, payload)

    async def _do(self, name: str, payload: dict[str, Any]) -> None:
        for _ in range(5):
            later = await ENTRYPOINTS[name](self.context, payload)
            if later is None or later.seconds > _TOO_LATE_SECONDS:
                return
            self.clock.at += timedelta(seconds=later.seconds)


@dataclass(frozen=True, slots=True)
class _Caller:
    phone: str
    name: str
    address: str

    @classmethod
    def any(cls, random: Random, n: int) -> "_Caller":
        """Return somebody new, or now and then somebody who has called before."""
        who = random.randrange(max(n // 3, 1)) if n and random.random() < 0.2 else n
        fixed = Random(who)
        name = f"{fixed.choice(_FIRST)} {fixed.choice(_LAST)}"
        street = f"{fixed.randint(10, 999)} {fixed.choice(_STREETS)}"
        return cls(f"+1312556{who % 10000:04d}", name, street)

    def answer(self, dialog: Dialog, business: Business, random: Random) -> str | None:
        """Return what they write next, or None where the talk is over."""
        match dialog.stage:
            case Stage.IDLE:
                return None
            case Stage.TIME:
                return random.choice(_WHEN)
            case Stage.CHOICE | Stage.WHICH_BOOKING | Stage.SERVICE | Stage.DID_YOU_MEAN:
                return "the first one"
            case Stage.DETAIL:
                own = {"name": self.name, "address": self.address}
                return own.get(dialog.asking or "") or _any_answer(business, dialog)
            case _:
                return "yes"


def _any_answer(business: Business, dialog: Dialog) -> str:
    service = find_service(business, dialog.service or "")
    asked = next((each for each in (service.details if service else ()) if each.name == dialog.asking), None)
    if asked is None:
        return "yes"
    fitting = [choice for choice in asked.choices if not asked.rules_out(choice)]
    by_kind = {DetailKind.CHOICE: fitting[0] if fitting else "yes", DetailKind.NUMBER: "8", DetailKind.YES_NO: "yes"}
    return by_kind.get(asked.kind, "it stopped working yesterday")
