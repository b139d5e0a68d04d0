"""A conversation with a business's receptionist that never happened: on the real database, and undone each time."""

from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any, assert_never
from uuid import UUID

from ringback.domain import consent
from ringback.domain.business import Business, Line
from ringback.domain.messages import OptKeyword
from ringback.domain.phones import show_phone
from ringback.ports import Clock
from ringback.receptionist.dialog import Heard
from ringback.store import contacts, dialogs, threads
from ringback.store.contacts import OptIn, OptOut
from ringback.store.db import Connection, set_business
from ringback.workflows.context import Context
from ringback.workflows.converse import converse, may_hear
from ringback.workflows.turn_rows import Turn, dump_action, written

# What the person at the keyboard says in place of a staff member who hands the thread back.
RESUME = "/resume"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the caller's text led to: texts, and for /why and programs what stands behind them."""

    heard: str
    replies: tuple[str, ...]
    spoken: tuple[str, ...] = ()
    why: tuple[dict[str, Any], ...] = ()
    actions: tuple[dict[str, Any], ...] = ()
    stage: str | None = None
    quiet: bool = False


@dataclass(slots=True)
class _ClockOfThen:
    """Says when each text was written, also when it is told again."""

    clock: Clock
    at: datetime

    def now(self) -> datetime:
        """Return the instant of the text at hand."""
        return self.at

    def to_wall(self, at: datetime) -> datetime:
        """Return the real instant of one of ours."""
        return self.clock.to_wall(at)

    def from_wall(self, at: datetime) -> datetime:
        """Return our instant of a real one."""
        return self.clock.from_wall(at)


@dataclass(slots=True)
class Rehearsal:
    """A conversation with a receptionist. `caller` is E.164.

    Whoever books holds the business's calendar until their transaction ends, so none stays open while a person types:
    each text is answered in a transaction that first tells again what was said before, and then undoes all of it.
    """

    context: Context
    business: Business
    caller: str
    language: str | None = None
    _said: list[tuple[str, datetime]] = field(default_factory=list)

    async def hear(self, text: str) -> Answer:
        """Return what the receptionist answers to a text of the caller; RESUME hands the thread back to it."""
        self._said.append((text, self.context.clock.now()))
        async with self.context.pool.acquire() as connection:
            transaction = connection.transaction()
            await transaction.start()
            try:
                return await self._tell(connection)
            finally:
                # What was said, held and booked never happened: no text, no job, no alert leaves a rollback.
                await transaction.rollback()

    async def _tell(self, connection: Connection) -> Answer:
        clock = _ClockOfThen(self.context.clock, self._said[0][1])
        await set_business(connection, self.business.business_id)
        thread = await _open_thread(replace(self.context, clock=clock), connection, self)
        answer = Answer("", ())
        for text, at in self._said:
            clock.at = at
            answer = await thread.hear(text)
        return answer


@dataclass(frozen=True, slots=True)
class _Thread:
    """The caller's thread, for as long as the transaction lasts."""

    context: Context
    connection: Connection
    business: Business
    line: Line
    contact_id: UUID
    thread_id: UUID

    async def hear(self, text: str) -> Answer:
        business_id, now = self.business.business_id, self.context.clock.now()
        if text == RESUME:
            await dialogs.resume_dialog(self.connection, business_id, self.thread_id, now)
            return Answer(text, ())
        keyword = consent.read_consent(text)
        if keyword is not None:
            return await self._obey(keyword, text, now)
        table = await dialogs.load_turn(self.connection, business_id, self.thread_id, now)
        if table is None or not may_hear(self.business, table, now):
            return Answer(text, (), quiet=True)
        heard = Heard((text,))
        return _answer(text, await converse(self.context, self.connection, self.business, self.thread_id, heard))

    async def _obey(self, keyword: OptKeyword, text: str, now: datetime) -> Answer:
        """STOP, START and HELP never reach the receptionist."""
        business, language = self.business, self.line.language
        whose = (self.connection, business.business_id, self.contact_id)
        match keyword:
            case OptKeyword.STOP:
                await contacts.save_opt_out(*whose, OptOut(self.line.line_id, "words", now, text[:200]), now)
                said = consent.opt_out_answer(business.name, language)
            case OptKeyword.START:
                await contacts.end_opt_out(*whose, OptIn(self.line.line_id, now, text[:200]))
                said = consent.opt_in_answer(business.name, language)
            case OptKeyword.HELP:
                said = consent.help_answer(business.name, show_phone(self.line.number, business.country), language)
            case _:
                assert_never(keyword)
        why = {"sentence": f"The text was read as {keyword.upper()}, which comes before everything else.", "fact": None}
        return Answer(text, (said,), (said,), (why,))


async def _open_thread(context: Context, connection: Connection, rehearsal: Rehearsal) -> _Thread:
    business_id, now = rehearsal.business.business_id, context.clock.now()
    line = rehearsal.business.lines[0]
    contact_id = await contacts.find_or_create_contact(connection, business_id, rehearsal.caller, now)
    if rehearsal.language is not None:
        known = await contacts.get_contact(connection, business_id, contact_id)
        name = known["name"] if known else None
        await contacts.save_contact(connection, business_id, contact_id, name, rehearsal.language)
    thread_id = await threads.find_or_create_thread(connection, business_id, contact_id, line.line_id, now)
    return _Thread(context, connection, rehearsal.business, line, contact_id, thread_id)


def _answer(text: str, turn: Turn) -> Answer:
    return Answer(
        heard=text,
        replies=tuple(written(turn.replies)),
        spoken=tuple(reply.spoken for reply in turn.replies),
        why=tuple(asdict(why) for why in turn.why),
        actions=tuple(dict(dump_action(action)) for action in turn.actions),
        stage=turn.dialog.stage.value,
        quiet=turn.dialog.handed_over and not turn.replies,
    )
