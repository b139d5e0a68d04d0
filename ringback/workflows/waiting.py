"""A booking was cancelled or moved: those who wait for such an opening are asked, one at a time."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from ringback.domain.bookings import Booking, Opening, Taken, Wanted
from ringback.domain.business import Business
from ringback.domain.openings import suits
from ringback.domain.quiet import allowed_at
from ringback.receptionist.booking_words import offer_text
from ringback.receptionist.dialog import Dialog, Goal, OpeningsFound, Reply, Stage, Why
from ringback.store import bookings, dialogs, threads, waiting_list
from ringback.store.db import Connection, business_transaction
from ringback.store.dialogs import TurnTable
from ringback.store.ids import new_id
from ringback.store.waiting_list import Waiting
from ringback.workflows import calendar
from ringback.workflows.context import Context, Later, line_of
from ringback.workflows.converse import known_dialog, may_answer
from ringback.workflows.quiet_hours import lawful_at
from ringback.workflows.turn_rows import Turn, message_rows, turn_row

_MOST_ASKED = 20


async def offer_opening(context: Context, business_id: UUID, booking_id: UUID) -> Later | None:
    """Offer what is free now to the next who waits for that service, and come back when their time to answer is over.

    The hold keeps the time for them alone; where they take it or nobody waits any more, nothing is left to offer.
    """
    async with business_transaction(context.pool, business_id) as connection:
        now = context.clock.now()
        freed = await bookings.get_booking(connection, business_id, booking_id)
        if freed is None:
            return None
        business = await context.current_business(connection, business_id)
        allowed = allowed_at(business, "", now)
        if allowed > now:
            return Later((allowed - now).total_seconds())
        line_up = await waiting_list.list_waiting(connection, business_id, freed.service, _MOST_ASKED)
    for waiting in line_up:
        # One transaction each: a thread is locked before the calendar, never after it.
        async with business_transaction(context.pool, business_id) as connection:
            if await _offer(connection, business, waiting, context.clock.now()):
                return Later(business.booking.hold_minutes * 60 + 5)
    return None


async def _offer(connection: Connection, business: Business, waiting: Waiting, now: datetime) -> bool:
    business_id = business.business_id
    thread = await threads.find_thread_of_contact(connection, business_id, waiting.contact_id)
    table = await dialogs.load_turn(connection, business_id, thread.thread_id, now) if thread else None
    # With a person at it, or in the middle of something else, an offer would only confuse.
    if table is None or table.unheard or not may_answer(business, table, now) or _is_talking(business, table, now):
        return False
    if await lawful_at(connection, business, table.contact_id, table.contact.phone, now) != now:
        return False
    found = await calendar.find(connection, business, waiting.search, now, waiting.contact_id)
    # The search falls back on what is nearest; whoever waits was promised what they asked for.
    if not found or not suits(business, waiting.search, found[0]):
        return False
    wanted = Wanted(waiting.contact_id, waiting.search.service, found[0], waiting.for_whom, waiting.search.address)
    held = await calendar.hold(connection, business, wanted, now)
    if isinstance(held, Taken):
        return False
    if not await waiting_list.take_waiting(connection, business_id, waiting.waiting_id, now):
        await calendar.release(connection, business, held.booking_id, now)
        return False
    await _tell(connection, business, table, (waiting, found[0], held), now)
    return True


def _is_talking(business: Business, table: TurnTable, now: datetime) -> bool:
    try:
        dialog = known_dialog(business, table, now)
    except ValueError:
        # Of a version that we cannot read: their next text goes to a person, and the others wait no longer for it.
        return True
    return dialog is not None and dialog.stage is not Stage.IDLE


async def _tell(
    connection: Connection, business: Business, table: TurnTable, offer: tuple[Waiting, Opening, Booking], now: datetime
) -> None:
    waiting, opening, held = offer
    line = line_of(business, table.line_id)
    if line is None or held.held_until is None:
        return
    before = known_dialog(business, table, now)
    start = before or Dialog(language=table.contact.language or line.language)
    # As if they had just been offered this one time: a yes goes on from there.
    dialog = replace(
        start,
        stage=Stage.CHOICE,
        goal=Goal.BOOK,
        service=waiting.search.service,
        search=waiting.search,
        offered=(opening,),
        chosen=None,
        held=None,
        moving=None,
        for_whom=waiting.for_whom,
        address=waiting.search.address or start.address,
    )
    words = offer_text(business, held, held.held_until, dialog.language)
    why = Why("A booking was cancelled or moved, and this contact is next on the waiting list.")
    turn = Turn(new_id(), OpeningsFound((opening,)), before, dialog, (Reply(words, words),), (), (why,), (new_id(),))
    row = turn_row(turn, table, business, now) | {"needs_person": "kept", "follow_up_at": None}
    rows = message_rows(turn, line, now)
    await dialogs.save_turn(connection, business.business_id, table.thread_id, row, rows, now)
