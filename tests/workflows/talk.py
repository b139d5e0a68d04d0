"""Harbor Dental with its receptionist on, and an engine small enough to hold in a test."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from ringback.domain.bookings import Booking, BookingState, MadeBy, Opening, Wanted
from ringback.domain.business import Business, ReceptionistPolicy, Service
from ringback.receptionist.dialog import (
    Action,
    Dialog,
    HandOver,
    Happened,
    Heard,
    Need,
    Reply,
    Silence,
    Stage,
    Step,
    Why,
)
from ringback.receptionist.dialog import Desk as EngineDesk
from ringback.store.db import business_transaction
from ringback.store.ids import new_id
from ringback.workflows import calendar, upkeep
from ringback.workflows.context import Context
from tests.cast import TestClock
from tests.workflows.desk import Desk, open_desk

SETTLE_SECONDS = 4.0


@dataclass
class Parrot:
    """An engine that says back what it heard; `answers` gives the steps of its next turns, `heard` what it was told."""

    answers: list[Callable[[Dialog], Step]] = field(default_factory=list)
    heard: list[Happened] = field(default_factory=list)
    desks: list[EngineDesk] = field(default_factory=list)

    def __call__(self, dialog: Dialog, happened: Happened, desk: EngineDesk) -> Step:
        """Advance."""
        self.heard.append(happened)
        self.desks.append(desk)
        if self.answers:
            return self.answers.pop(0)(dialog)
        if dialog.handed_over:
            return Step(dialog)
        if isinstance(happened, Heard):
            turned = replace(dialog, turns=dialog.turns + 1, stage=Stage.TIME, followed_up=False)
            return Step(turned, (said(f"You said {' / '.join(happened.texts)}."),), why=(Why("a parrot", "fact"),))
        if isinstance(happened, Silence) and not happened.followed_up:
            return Step(replace(dialog, followed_up=True), (said("Are you still there?"),))
        return Step(dialog)

    def will(self, *actions: Action, say: str | None = None, need: Need | None = None) -> None:
        """Let the next step do these."""
        replies = (said(say),) if say else ()
        quiet = any(isinstance(action, HandOver) and not action.stays for action in actions)
        self.answers.append(lambda dialog: Step(replace(dialog, handed_over=quiet), replies, actions, need))

    def will_fail(self, error: Exception) -> None:
        """Let the next step break down."""

        def fail(_: Dialog) -> Step:
            raise error

        self.answers.append(fail)


def said(words: str) -> Reply:
    """The same for the eye and the ear."""
    return Reply(words, words)


def listening(business: Business, **policy: Any) -> Business:
    """Return the business with its receptionist on, and one thing to book."""
    receptionist = ReceptionistPolicy(on=True, settle_seconds=SETTLE_SECONDS, **policy)
    return replace(business, receptionist=receptionist, services=(Service("Cleaning", 60),))


async def open_talk(
    context: Context, clock: TestClock, change: Callable[[Business], Business] = listening
) -> tuple[Desk, Parrot]:
    """Return a desk whose receptionist is a parrot."""
    parrot = Parrot()
    desk = await open_desk(replace(context, advance=parrot), clock, change)
    return desk, parrot


async def tick(desk: Desk) -> None:
    """Let the minute's tick enqueue what is due, and do it."""
    await upkeep.start_due(desk.context)
    await desk.work()


async def outbound(desk: Desk) -> list[tuple[str, str, str]]:
    """Our texts in order: purpose, state and words."""
    found = await desk.fetch(
        "select purpose, state, body from messages where business_id = $1 and direction = 'out' "
        "order by created_at, message_id"
    )
    return [(row["purpose"], row["state"], row["body"]) for row in found]


async def thread_of(desk: Desk) -> dict[str, Any]:
    """The one thread there is, as it stands."""
    [thread] = await desk.table("threads")
    return thread


async def thread_id_of(desk: Desk) -> UUID:
    """Its id."""
    found: UUID = (await thread_of(desk))["thread_id"]
    return found


async def contact_id_of(desk: Desk) -> UUID:
    """Who the thread is with."""
    found: UUID = (await thread_of(desk))["contact_id"]
    return found


async def book(desk: Desk, opening: Opening, contact_id: UUID) -> Booking:
    """Book an opening for a contact."""
    wanted = Wanted(contact_id, "Cleaning", opening)
    async with business_transaction(desk.context.pool, desk.business.business_id) as connection:
        booked = await calendar.book(connection, desk.business, new_id(), wanted, MadeBy.STAFF, desk.clock.now())
    assert isinstance(booked, Booking)
    assert booked.state is BookingState.BOOKED
    return booked
