"""Harbor Dental's desk in a test: its callbacks come in, its jobs are done one by one by a clock that we move."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import count
from typing import Any
from uuid import UUID

from ringback.domain.business import Business, Line
from ringback.ports import HookReply, NoAnswer, NotSent
from ringback.store import brakes
from ringback.store.db import business_transaction, rows
from ringback.worker import ENTRYPOINTS
from ringback.workflows.context import Context, Later
from ringback.workflows.poll import ProviderUnreadable
from ringback.workflows.receive import HookLine, receive_hook
from tests.cast import CARLA, TestClock, harbor, open_shop
from tests.workflows.phone_company import PhoneCompany, callback

CALL = "CA" + "1" * 32
LEG = "CA" + "2" * 32
# What sends a job back to the queue.
COMES_BACK = (NotSent, NoAnswer, ProviderUnreadable)

# What is done so that staff hear of a thread; most tests are about the caller, and leave it undone.
TELLS_STAFF = frozenset(["route_wait", "climb_wait", "own_call_back", "climb_call_back", "send_notice"])

_numbers = count(1000)
_WAITING = """
    select id, entrypoint, priority, convert_from(payload, 'UTF8') as payload, execute_after - created as delay
    from jobs.pgqueuer where status = 'queued' and convert_from(payload, 'UTF8')::jsonb->>'business' = $1
"""


def another_harbor(change: Callable[[Business], Business] = lambda business: business) -> Business:
    """Harbor Dental once more, as a business of its own, so that one database serves many examples."""
    n = next(_numbers)
    business = harbor(UUID(int=n << 32))
    lines = tuple(
        replace(line, line_id=UUID(int=(n << 32) + place), hook_key=f"{line.hook_key}-{n}", texts_per_second=0.0)
        for place, line in enumerate(business.lines)
    )
    people = tuple(replace(person, staff_id=UUID(int=(n << 33) + place)) for place, person in enumerate(business.staff))
    return change(replace(business, slug=f"harbor-{n}", lines=lines, staff=people))


@dataclass
class Desk:
    """One business with its phone company; `due` says when each waiting job is to run, by the test's clock."""

    context: Context
    clock: TestClock
    company: PhoneCompany
    business: Business
    due: dict[int, datetime] = field(default_factory=dict)
    tells_staff: bool = False
    _hook_lines: dict[str, HookLine] = field(default_factory=dict)

    @property
    def line(self) -> Line:
        """The main line."""
        return self.business.lines[0]

    async def hook(self, what: str, fields: dict[str, str], query: str = "", line: Line | None = None) -> HookReply:
        """Let one callback come in."""
        line = line or self.line
        request = callback(line.hook_key, what, fields, query)
        return await receive_hook(self.context, await self.hook_line(line), request)

    async def hook_line(self, line: Line) -> HookLine:
        """A line ready to take callbacks, remembered as the web process remembers it."""
        key = line.hook_key
        if key not in self._hook_lines:
            setup = await self.context.setup_of_hook(key)
            assert setup is not None
            self._hook_lines[key] = HookLine(setup, self.context.make_adapter(setup.line, setup.settings))
        return self._hook_lines[key]

    async def ring(self, call: str = CALL, caller: str = CARLA, line: Line | None = None) -> HookReply:
        """A call comes in."""
        number = (line or self.line).number
        fields = {"CallSid": call, "From": caller, "To": number, "CallStatus": "ringing"}
        return await self.hook("voice", fields, line=line)

    async def dialed(self, result: str = "no-answer", call: str = CALL, caller: str = CARLA, **more: str) -> HookReply:
        """The ringing of staff is over."""
        fields = {"CallSid": call, "From": caller, "To": self.line.number, "CallStatus": "in-progress"}
        return await self.hook("dialed", {**fields, "DialCallStatus": result, **more})

    async def accepted(self, digits: str = "1", call: str = CALL) -> HookReply:
        """Whoever picked up pressed a key."""
        return await self.hook(
            "accepted", {"CallSid": LEG, "CallStatus": "in-progress", "Digits": digits}, f"call={call}"
        )

    async def text(self, body: str, sid: str = "SM-in-1", sender: str = CARLA, **more: str) -> HookReply:
        """A text comes in."""
        return await self.hook(
            "message", {"MessageSid": sid, "From": sender, "To": self.line.number, "Body": body, **more}
        )

    async def progress(self, sid: str, status: str, reference: UUID | str = "", **more: str) -> HookReply:
        """The carrier says what became of a text of ours."""
        query = f"message={reference}" if reference else ""
        return await self.hook("message_status", {"MessageSid": sid, "MessageStatus": status, **more}, query)

    async def miss(self, call: str = CALL, caller: str = CARLA) -> UUID:
        """A call that nobody takes, decided; return the message that is to go out."""
        await self.ring(call, caller)
        await self.dialed(call=call, caller=caller)
        await self.work(3, only="settle_call")
        found = await self.fetch(
            "select message_id from text_backs b join calls c using (business_id, call_id) "
            "where business_id = $1 and provider_call_id = $2",
            call,
        )
        message: UUID = found[0]["message_id"]
        return message

    async def fetch(self, sql: str, *values: object) -> list[dict[str, Any]]:
        """Rows of this business; `$1` is its id."""
        async with business_transaction(self.context.pool, self.business.business_id) as connection:
            return rows(await connection.fetch(sql, self.business.business_id, *values))

    async def message(self, message_id: UUID) -> dict[str, Any]:
        """One text as it stands."""
        [row] = await self.fetch("select * from messages where business_id = $1 and message_id = $2", message_id)
        return row

    async def decisions(self) -> list[dict[str, Any]]:
        """The decisions about all calls."""
        return await self.fetch("select * from text_backs where business_id = $1 order by decided_at")

    async def table(self, name: str) -> list[dict[str, Any]]:
        """All rows of a table that are this business's."""
        return await self.fetch(f"select * from {name} where business_id = $1")

    async def jobs(self) -> list[dict[str, Any]]:
        """The jobs that wait, the next first, each with the instant it is due by the test's clock."""
        waiting = await self.context.pool.fetch(_WAITING, str(self.business.business_id))
        jobs = [{**dict(row), "payload": json.loads(row["payload"])} for row in waiting]
        jobs = [job for job in jobs if self.tells_staff or job["entrypoint"] not in TELLS_STAFF]
        for job in jobs:
            job["due"] = self.due.setdefault(job["id"], self.clock.now() + job["delay"])
        return sorted(jobs, key=lambda job: (job["due"], -job["priority"], job["id"]))

    async def work(self, seconds: float = 0.0, only: str | None = None, most: int = 200) -> int:
        """Let `seconds` pass and do every job that comes due, in order; return how many were done."""
        until = self.clock.now().timestamp() + seconds
        for done in range(most):
            jobs = [job for job in await self.jobs() if only in (None, job["entrypoint"])]
            if not jobs or jobs[0]["due"].timestamp() > until:
                self.clock.at = max(self.clock.at, datetime.fromtimestamp(until, self.clock.at.tzinfo))
                return done
            self.clock.at = max(self.clock.at, jobs[0]["due"])
            await self.do(jobs[0])
        raise AssertionError(f"{most} jobs were done and there is no end: {await self.jobs()}")

    async def do(self, job: dict[str, Any]) -> None:
        """Do one job; one that is wanted again later, or that fails as the worker expects, comes back."""
        await self._take_away(job["id"])
        try:
            later = await ENTRYPOINTS[job["entrypoint"]](self.context, job["payload"])
        except COMES_BACK:
            later = Later(2.0)
        if isinstance(later, Later):
            await self._bring_back(job, max(later.seconds, 0.05))

    async def forget_jobs(self) -> None:
        """Lose every job, as a restored backup does."""
        for job in await self.jobs():
            await self._take_away(job["id"])

    async def _take_away(self, job_id: int) -> None:
        await self.context.pool.execute("delete from jobs.pgqueuer where id = $1", job_id)

    async def _bring_back(self, job: dict[str, Any], seconds: float) -> None:
        await self.context.pool.execute(
            "select enqueue_job($1, $2, make_interval(secs => $3))", job["entrypoint"], job["payload"], seconds
        )


async def open_desk(
    context: Context, clock: TestClock, change: Callable[[Business], Business] = lambda business: business
) -> Desk:
    """Return the desk of a new Harbor Dental with a phone company of its own."""
    business = await open_shop(context.pool, another_harbor(change))
    # All these shops are rung by one Carla, which only a machine would do.
    await brakes.end_past_brakes(context.pool, clock.now(), date.max)
    company = PhoneCompany(clock)
    return Desk(replace(context, http=company), clock, company, business)


async def until_somebody_waits(desk: Desk, how_many: int = 1) -> None:
    """Return when so many transactions of other connections wait for a lock in this database."""
    for _ in range(3_000):
        waiting = await desk.context.pool.fetchval(
            "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
        )
        if waiting >= how_many:
            return
        await asyncio.sleep(0.01)
    raise AssertionError("nobody waits for a lock")
