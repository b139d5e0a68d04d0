"""Random histories of one contact, with opt-outs in words: no text after an opt-out but the one already handed over.

START opens the line it was sent to, and no other.

The real workflows on a real database, job by job; the phone company of the tests records what is handed to it.
"""

import asyncio
import os
import sys
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from ringback.domain.bookings import MadeBy, Opening, Wanted
from ringback.domain.business import Business
from ringback.domain.consent import is_carriers_own
from ringback.providers import twilio
from ringback.store import contacts
from ringback.store.db import business_transaction, open_pool
from ringback.store.ids import new_id
from ringback.workflows import calendar, upkeep
from ringback.workflows.consent_ledger import verify_ledger
from ringback.workflows.consent_opting import record_opt_out
from ringback.workflows.reminders import send_on_my_way
from ringback.workflows.replies import Reply, retry_reply, send_reply
from tests.cast import CARLA, NOON, TestClock, make_context
from tests.chaos.opt_out_world import CONFIRMATION, FAULTS, OPT_OUTS, OTHERS, WAITS, Told, World
from tests.database import Server, database_folder, running_server
from tests.workflows.phone_company import Treatment, refusal
from tests.workflows.talk import listening, open_talk


class Histories(RuleBasedStateMachine):
    """One history; `world` is set by whoever runs it."""

    world: World

    def __init__(self) -> None:
        super().__init__()
        self.told = Told()
        self.texts = 0

    @initialize()
    def open(self) -> None:
        """Open the shop; they have written once, and were answered."""
        clock = TestClock(NOON)
        self.desk, _ = self.world.run(open_talk(make_context(self.world.pool, clock), clock, _two_lines))
        self.told.numbers = frozenset(line.number for line in self.desk.business.lines)
        take = self.desk.company._take

        async def watched(form: dict[str, str]) -> Any:
            self._watch(form)
            before = len(self.desk.company.kept)
            try:
                return await take(form)
            finally:
                kept = len(self.desk.company.kept) > before
                is_closed = form["From"] in self.told.closed
                self.told.confirmations += kept and is_closed and form["Body"].startswith(CONFIRMATION)

        self.desk.company._take = watched  # type: ignore[method-assign]
        self.world.run(self._text("Hello?"))
        self.world.run(self.desk.work(6.0))
        self.world.histories += 1

    def _watch(self, form: dict[str, str]) -> None:
        """Judge a text at the moment in which it reaches the phone company."""
        if form["To"] != CARLA or form["From"] not in self.told.closed:
            return
        if form["Body"].startswith(CONFIRMATION):
            if self.told.carrier_answers:
                self.told.wrong.append("a confirmation beside the carrier's own")
        elif self.told.leaving:
            self.told.leaving -= 1
        else:
            self.told.wrong.append(f"after an opt-out: {form['Body']}")

    # --- what the contact does

    @rule(ads=st.booleans())
    def call(self, ads: bool) -> None:
        """They call, and nobody answers."""
        self.texts += 1
        line = self.desk.business.lines[int(ads)]
        self.world.run(self._call(f"CA-{self.texts}", line.number, int(ads)))

    async def _call(self, call: str, number: str, line: int) -> None:
        fields = {"CallSid": call, "From": CARLA, "To": number, "CallStatus": "ringing"}
        await self.desk.hook("voice", fields, line=self.desk.business.lines[line])
        over = {**fields, "CallStatus": "in-progress", "DialCallStatus": "no-answer"}
        await self.desk.hook("dialed", over, line=self.desk.business.lines[line])

    @rule(body=st.sampled_from(OTHERS), ads=st.booleans(), twice=st.booleans())
    def write(self, body: str, ads: bool, twice: bool) -> None:
        """They write something else, to either line, which may reach us twice."""
        self.world.run(self._text(body, line=int(ads), twice=twice))

    @rule(body=st.sampled_from(OPT_OUTS), ads=st.booleans(), twice=st.booleans())
    def opt_out(self, body: str, ads: bool, twice: bool) -> None:
        """They want no more texts, on either line."""
        self._stopped(carrier_answers=is_carriers_own(body, twilio.PROVIDER.carrier_words))
        self.world.run(self._text(body, line=int(ads), twice=twice))

    @rule(ads=st.booleans())
    def start(self, ads: bool) -> None:
        """They want texts again, from one line. What was said before is read first, as the queue does it."""
        self.world.run(self._text("START", line=int(ads)))
        self._started(self.desk.business.lines[int(ads)].number)

    @rule(body=st.sampled_from(OPT_OUTS), ads=st.booleans())
    def think_again(self, body: str, ads: bool) -> None:
        """They stop us on one line and want texts from the other; then they write to the first."""
        self.opt_out(body, ads, twice=False)
        self.start(not ads)
        self.write(OTHERS[0], ads, twice=False)

    @rule(ads=st.booleans())
    def ask_for_help(self, ads: bool) -> None:
        """They text HELP, which we answer and not the carrier."""
        self.world.run(self._text("Help?", line=int(ads)))

    async def _text(self, body: str, line: int = 0, *, twice: bool = False) -> None:
        self.texts += 1
        to = self.desk.business.lines[line]
        fields = {"MessageSid": f"SM-{self.texts}", "From": CARLA, "To": to.number, "Body": body}
        for _ in range(1 + twice):
            await self.desk.hook("message", fields, line=to)

    def _stopped(self, *, carrier_answers: bool, leaving: int = 0) -> None:
        if not self.told.is_out:
            self.told.confirmations, self.told.leaving = 0, leaving
            self.told.carrier_answers, self.told.closed = carrier_answers, set(self.told.numbers)
            self.world.opted_out += 1

    def _started(self, number: str) -> None:
        if self.told.confirmations > 1:
            self.told.wrong.append(f"{self.told.confirmations} confirmations")
        self.told.closed.discard(number)

    # --- what we do

    @rule(seconds=WAITS)
    def work(self, seconds: float) -> None:
        """Time passes, and what comes due is done, the reminders too."""
        self.world.run(self.desk.work(seconds))
        self.world.run(upkeep.start_due(self.desk.context))
        self.world.run(self.desk.work(1.0))

    @rule()
    def sweep(self) -> None:
        """The periodic work looks for what got stuck and for what is due."""
        self.desk.clock.pass_time(130)
        self.world.run(upkeep.sweep(self.desk.context))
        self.world.run(upkeep.start_due(self.desk.context))

    @rule()
    def reply(self) -> None:
        """Olga writes to them."""
        self.world.run(self._reply())

    async def _reply(self) -> None:
        for thread in await self.desk.table("threads"):
            self.texts += 1
            what = Reply(thread["thread_id"], new_id(), f"Olga {self.texts}", "Olga")
            await send_reply(self.desk.context, self.desk.business.business_id, what)

    @rule()
    def retry(self) -> None:
        """Olga taps "try again" on whatever was refused."""
        self.world.run(self._retry())

    async def _retry(self) -> None:
        for row in await self.desk.table("messages"):
            await retry_reply(self.desk.context, self.desk.business.business_id, row["message_id"])

    @rule(hours=st.sampled_from([30, 50]))
    def book(self, hours: int) -> None:
        """They get an appointment, with a reminder to come."""
        self.world.run(self._book(hours))

    async def _book(self, hours: int) -> None:
        starts_at = self.desk.clock.now().replace(minute=0, second=0, microsecond=0) + timedelta(hours=hours)
        opening = Opening(starts_at, starts_at + timedelta(hours=1), self.desk.business.staff[0].staff_id)
        wanted = Wanted(await self._contact(), "Cleaning", opening)
        now, business = self.desk.clock.now(), self.desk.business
        async with business_transaction(self.world.pool, business.business_id) as connection:
            await calendar.book(connection, business, new_id(), wanted, MadeBy.PAGE, now)

    @rule()
    def set_off(self) -> None:
        """Somebody is on the way to them."""
        self.world.run(self._set_off())

    async def _set_off(self) -> None:
        for row in await self.desk.table("bookings"):
            await send_on_my_way(self.desk.context, self.desk.business.business_id, row["booking_id"], 20, "Sam")

    @rule()
    def told_by_phone(self) -> None:
        """They tell Olga on the phone to stop, and she notes it on their page."""
        # What is waiting is read first: a STOP that came before is answered as a STOP.
        self.world.run(self.desk.work(0.0))
        self._stopped(carrier_answers=True)
        self.world.run(self._told_by_phone())

    async def _told_by_phone(self) -> None:
        contact_id, now = await self._contact(), self.desk.clock.now()
        async with business_transaction(self.world.pool, self.desk.business.business_id) as connection:
            await record_opt_out(connection, self.desk.business.business_id, contact_id, "they rang Olga", now)

    async def _contact(self) -> UUID:
        async with business_transaction(self.world.pool, self.desk.business.business_id) as connection:
            return await contacts.find_or_create_contact(
                connection, self.desk.business.business_id, CARLA, self.desk.clock.now()
            )

    # --- what the phone company does

    @rule(fault=st.sampled_from(sorted(FAULTS)))
    def fail(self, fault: str) -> None:
        """The next text meets trouble."""
        self.desk.company.treats.append(FAULTS[fault])

    @rule()
    def refuse_as_opted_out(self) -> None:
        """The carrier knows of an opt-out that never reached us (21610), and says so at the next text."""
        self.world.run(self.desk.work(0.0))
        self.desk.company.treats.clear()
        self.desk.company.treats.append(Treatment(keeps=False, says=refusal(21610)))
        before = len(self.desk.company.posts)
        self.world.run(self._reply())
        self.world.run(self._deliver_one())
        if len(self.desk.company.posts) > before and not self.desk.company.treats:
            self._stopped(carrier_answers=True)
        self.desk.company.treats.clear()

    async def _deliver_one(self) -> None:
        for job in await self.desk.jobs():
            if job["entrypoint"] == "deliver" and job["due"] <= self.desk.clock.now():
                await self.desk.do(job)
                return

    @rule(code=st.sampled_from(["21610", "30005"]))
    def report_failure(self, code: str) -> None:
        """A carrier says late that it did not deliver the last text."""
        self.world.run(self.desk.work(0.0))
        if self.told.is_out or not self.desk.company.kept:
            return
        sid = self.desk.company.kept[-1]["sid"]
        self.world.run(self.desk.progress(sid, "undelivered", ErrorCode=code))
        self.world.run(self.desk.work(0.0, only="note_progress"))
        if self.world.run(self.desk.fetch("select 1 from opt_outs where business_id = $1 and ended_at is null")):
            self._stopped(carrier_answers=True)

    @rule(body=st.sampled_from(OPT_OUTS))
    def race(self, body: str) -> None:
        """An opt-out is read while other workers hand over what is due."""
        self.world.run(self._race(body))

    async def _race(self, body: str) -> None:
        due = [job for job in await self.desk.jobs() if job["due"] <= self.desk.clock.now()]
        deliveries = [job for job in due if job["entrypoint"] == "deliver"][:3]
        if any(job["entrypoint"] == "take_message" for job in due):
            return
        # Each of these has begun to be handed over, and may reach the company once; none that comes after them may.
        posting = asyncio.gather(*(self.desk.do(job) for job in deliveries))
        await self._text(body)
        carrier_answers = is_carriers_own(body, twilio.PROVIDER.carrier_words)
        self._stopped(carrier_answers=carrier_answers, leaving=len(deliveries))
        reading = [job for job in await self.desk.jobs() if job["entrypoint"] == "take_message"]
        await asyncio.gather(posting, *(self.desk.do(job) for job in reading))
        self.told.leaving = 0

    @rule(body=st.sampled_from(OPT_OUTS), fault=st.sampled_from(sorted(FAULTS)))
    def stop_in_flight(self, body: str, fault: str) -> None:
        """An opt-out is read while a reply is on the wire, and the phone company then does not take that reply."""
        self.world.run(self.desk.work(0.0))
        if not self.told.is_out:
            self.world.run(self._stop_in_flight(body, fault))

    async def _stop_in_flight(self, body: str, fault: str) -> None:
        company = self.desk.company
        company.treats.clear()
        company.treats.append(FAULTS[fault])

        async def meanwhile(_: dict[str, str]) -> None:
            company.meanwhile = None
            await self._text(body)
            self._stopped(carrier_answers=is_carriers_own(body, twilio.PROVIDER.carrier_words))
            for job in await self.desk.jobs():
                if job["entrypoint"] == "take_message":
                    await self.desk.do(job)

        company.meanwhile = meanwhile
        await self._reply()
        await self._deliver_one()
        company.meanwhile = None

    def teardown(self) -> None:
        """Everything is done to its end; then the books are read."""
        if not hasattr(self, "desk"):
            return
        self.world.run(self.desk.work(700.0))
        self.world.sent += len(self.desk.company.kept)
        if self.told.closed and self.told.confirmations > 1:
            self.told.wrong.append(f"{self.told.confirmations} confirmations")
        self.told.wrong += self.world.run(self._books())
        assert not self.told.wrong, "; ".join(self.told.wrong)

    async def _books(self) -> list[str]:
        """Return what is wrong with the ledger of this history."""
        business_id = self.desk.business.business_id
        async with business_transaction(self.world.pool, business_id) as connection:
            report = await verify_ledger(connection, business_id)
        kinds = [row["kind"] for row in await self.desk.table("consent_entries")]
        accepted = [row for row in await self.desk.table("messages") if row["state"] == "accepted"]
        wrong = [f"the chain is broken: {report.breaks}"] if report.breaks else []
        if kinds.count("text_sent") != len(accepted):
            wrong.append(f"{len(accepted)} texts were sent, the ledger tells of {kinds.count('text_sent')}")
        if self.told.closed and "opted_out" not in kinds:
            wrong.append("the ledger tells of no opt-out")
        return wrong


def _two_lines(business: Business) -> Business:
    return replace(listening(business), lines=business.lines[:2])


def run_histories(server: Server, runs: int, steps: int) -> World:
    """Live through so many histories; raises AssertionError with the shortest one that breaks the rule."""
    database = asyncio.run(server.create())
    with asyncio.Runner() as runner:
        world = World(runner, runner.run(open_pool(server.app_url(database), size=5)))
        machine = type("OptOutHistories", (Histories,), {"world": world})
        how = settings(
            max_examples=runs,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        try:
            run_state_machine_as_test(machine, settings=how)
        finally:
            world.pool.terminate()
            runner.run(server.drop(database))
    return world


def measure(runs: int, steps: int = 14) -> dict[str, int]:
    """Return the figures of so many histories."""
    with database_folder() as folder, running_server(folder) as server:
        world = run_histories(server, runs, steps)
    return {
        "opt_out_runs": world.histories,
        "opt_outs_said": world.opted_out,
        "opt_out_texts_sent": world.sent,
        "opt_out_sends_after": 0,
    }


if __name__ == "__main__":
    for name, value in measure(int(os.environ.get("OPT_OUT_RUNS", "5000"))).items():
        sys.stdout.write(f"{name}: {value}\n")
