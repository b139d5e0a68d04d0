"""A turn of the receptionist: what the contact wrote is read, the engine decides, all of it is written at once."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from ringback.domain.bookings import Booking
from ringback.domain.business import Business
from ringback.domain.phones import parse_phone
from ringback.domain.phrases import phrase
from ringback.domain.textback import Mark
from ringback.receptionist import memory
from ringback.receptionist.dialog import Action, Caller, Desk, Dialog, HandOverKind, Happened, Heard, Reply, Why
from ringback.store import bookings, dialogs, handoffs
from ringback.store.db import Connection, business_transaction
from ringback.store.dialogs import TurnTable
from ringback.store.ids import new_id
from ringback.workflows.bot_loops import mind_machines
from ringback.workflows.context import Context, Later, line_of
from ringback.workflows.needs import meet_need
from ringback.workflows.turn_actions import take_actions
from ringback.workflows.turn_rows import RECEPTIONIST, Turn, message_rows, reply_at, turn_row, written

# An engine that asks for more than this within one turn goes in circles.
_MOST_NEEDS = 8
_MOST_PAUSES = 6
_NEVER_ANSWERED = frozenset([Mark.BLOCKED, Mark.DO_NOT_TEXT, Mark.SPAM])


class DialogGoesInCircles(RuntimeError):
    """The engine kept asking for openings or bookings without ever coming to an answer."""


async def take_turn(context: Context, business_id: UUID, thread_id: UUID) -> Later | None:
    """Let the receptionist read what waits in a thread, and answer it. Runs any number of times; answers once."""
    async with context.pool.acquire() as connection, connection.transaction():
        # The present is read once the connection is there: in a burst, waiting for one can take seconds.
        now = context.clock.now()
        table = await dialogs.load_turn(connection, business_id, thread_id, now)
        if table is None or not table.unheard:
            return None
        business = await context.business(connection, business_id, table.version)
        settled_at = _settled_at(business, table)
        if now < settled_at:
            # They are still typing: the next text belongs to this one.
            return Later((settled_at - now).total_seconds())
        minded = await mind_machines(connection, business, table, now)
        if minded is None:
            return None
        table = minded
        if not may_hear(business, table, now):
            await dialogs.forget_unheard(connection, business_id, thread_id)
            return None
        texts = tuple(text.body for text in table.unheard)
        heard = Heard(texts, pictures=sum(text.pictures for text in table.unheard))
        await hold_turn(context, connection, business, table, heard)
    return None


def _settled_at(business: Business, table: TurnTable) -> datetime:
    pause = timedelta(seconds=business.receptionist.settle_seconds)
    # Whoever never pauses is answered all the same, after a while.
    return min(table.unheard[-1].at + pause, table.unheard[0].at + _MOST_PAUSES * pause)


async def converse(
    context: Context, connection: Connection, business: Business, thread_id: UUID, happened: Happened
) -> Turn:
    """Hold one turn inside the caller's transaction, which must be this business's; roll it back and it never was.

    `ringback chat` and the evaluation speak with the receptionist through this. Raises LookupError for a thread that
    does not exist, and whatever the engine raises.
    """
    table = await dialogs.load_turn(connection, business.business_id, thread_id, context.clock.now())
    if table is None:
        raise LookupError(f"thread {thread_id} does not exist")
    return await hold_turn(context, connection, business, table, happened)


def may_answer(business: Business, table: TurnTable, now: datetime) -> bool:
    """Return whether the receptionist may speak in a thread at all; else a person does."""
    return _may_be_texted(business, table) and not _is_paused(business, table, now)


def may_hear(business: Business, table: TurnTable, now: datetime) -> bool:
    """Return whether the engine reads what is written. After a hand-over of its own it still does: for emergencies."""
    by_itself = table.dialog is not None and table.dialog.paused_by == RECEPTIONIST
    return _may_be_texted(business, table) and (by_itself or not _is_paused(business, table, now))


def _may_be_texted(business: Business, table: TurnTable) -> bool:
    contact = table.contact
    if not business.receptionist.on or table.for_alerts or line_of(business, table.line_id) is None:
        return False
    # Short codes and named senders are machines: answering them starts a loop.
    is_person = parse_phone(contact.phone, business.country).e164 is not None
    return is_person and not contact.opted_out and not contact.marks & _NEVER_ANSWERED


def _is_paused(business: Business, table: TurnTable, now: datetime) -> bool:
    paused_at = table.dialog.paused_at if table.dialog else None
    return paused_at is not None and not _is_long_ago(business, paused_at, now)


def _is_long_ago(business: Business, at: datetime, now: datetime) -> bool:
    """After so long a thread is not open any more: whoever was at it is done, and what was said is no context."""
    return now - at > timedelta(hours=business.policy.thread_open_hours)


async def hold_turn(
    context: Context, connection: Connection, business: Business, table: TurnTable, happened: Happened
) -> Turn:
    """Advance the dialog until nothing more is needed, and write the turn; see `converse`."""
    now = context.clock.now()
    line = line_of(business, table.line_id)
    if line is None:
        raise LookupError(f"line {table.line_id} has ended")
    before = known_dialog(business, table, now)
    start = before or Dialog(language=table.contact.language or line.language)
    desk = Desk(business, await _load_caller(connection, business, table, now), now)
    turn = await _advance(context, connection, desk, Turn(new_id(), happened, before, start))
    turn = replace(turn, message_ids=tuple(new_id() for _ in written(turn.replies)))
    row = turn_row(turn, table, business, now)
    rows = message_rows(turn, line, reply_at(turn, table, business, now))
    await take_actions(connection, business, table, turn.actions, now)
    await dialogs.save_turn(connection, business.business_id, table.thread_id, row, rows, now)
    return turn


def known_dialog(business: Business, table: TurnTable, now: datetime) -> Dialog | None:
    """Return the dialog that goes on, or None where this is the beginning of a new one."""
    row = table.dialog
    if row is None or row.last_turn_at is None or _is_long_ago(business, row.last_turn_at, now):
        return None
    return memory.load(row.state)


async def _load_caller(connection: Connection, business: Business, table: TurnTable, now: datetime) -> Caller:
    found: list[Booking] = []
    if table.has_bookings:
        found = await bookings.list_contact_bookings(connection, business.business_id, table.contact_id, now)
    contact = table.contact
    return Caller(table.contact_id, contact.phone, contact.name, table.known, tuple(found), table.to_confirm)


async def _advance(context: Context, connection: Connection, desk: Desk, turn: Turn) -> Turn:
    replies: tuple[Reply, ...] = ()
    actions: tuple[Action, ...] = ()
    why: tuple[Why, ...] = ()
    dialog, happened = turn.dialog, turn.happened
    for _ in range(_MOST_NEEDS + 1):
        step = context.advance(dialog, happened, desk)
        dialog = step.dialog
        replies, actions, why = replies + step.replies, actions + step.actions, why + step.why
        if step.need is None:
            return replace(turn, dialog=dialog, replies=replies, actions=actions, why=why)
        happened = await meet_need(connection, desk, step.need)
    raise DialogGoesInCircles(f"{_MOST_NEEDS} needs were met and there is still no answer")


async def give_up_turn(context: Context, business_id: UUID, thread_id: UUID) -> None:
    """The engine failed on these texts, or on a silence: nothing of the turn stands, and a person is asked."""
    now = context.clock.now()
    async with business_transaction(context.pool, business_id) as connection:
        summary = phrase("The receptionist could not go on from what they wrote. Please read it and answer.")
        await handoffs.add_handoff(connection, business_id, thread_id, HandOverKind.FAILED, summary, now)
        await dialogs.forget_unheard(connection, business_id, thread_id)
        await dialogs.set_follow_up(connection, business_id, thread_id, None)
