"""Harbor Dental with services to book, its pages, and people who book: Carla, and strangers on the booking page."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from ringback.domain.bookings import Booking, MadeBy
from ringback.domain.business import Business, Detail, DetailKind, Fact, ReceptionistPolicy, Service, Unfit
from ringback.domain.hours import parse_hours
from ringback.store import businesses, dialogs, threads
from ringback.store.db import business_transaction
from ringback.store.ids import new_id
from ringback.workflows.context import Context
from ringback.workflows.direct_bookings import Order, place_order
from tests.cast import CARLA, NOON, SETTINGS
from tests.fixtures import Shops

SAM, OLGA = UUID(int=21), UUID(int=22)
# Thursday, 10:00 in Chicago: tomorrow, as the cast's clock stands.
THURSDAY_TEN = datetime(2026, 11, 19, 16, 0, tzinfo=UTC)
CLEANING = Service("Cleaning", 60, 12900, price_from=True, price_note="comes off the first filling")
VISIT = Service(
    "Home visit",
    30,
    8000,
    at_address=True,
    details=(
        Detail("steps", "How many steps to the door?", "¿Cuántos escalones hay?", DetailKind.NUMBER),
        Detail("pet", "Is there a dog?", kind=DetailKind.YES_NO, unfit_answers=("yes",), unfit_words="No dogs, sorry."),
        Detail("floor", "Which floor?", kind=DetailKind.CHOICE, choices=("ground", "first"), new_only=True),
        Detail("jaw", "Broken jaw?", kind=DetailKind.YES_NO, unfit_answers=("yes",), unfit=Unfit.HAND_OVER),
    ),
)
ADVICE = Service("Advice", 30, bookable=False)
WEEKDAYS = parse_hours({day: ["09:00-17:00"] for day in ("mon", "tue", "wed", "thu", "fri")})


def with_services(business: Business) -> Business:
    """Return a business with services that can be booked on weekdays from nine to five."""
    return replace(
        business,
        hours=WEEKDAYS,
        services=(CLEANING, VISIT, ADVICE),
        facts=(Fact("Where do I park?", "Behind the house."),),
        receptionist=ReceptionistPolicy(on=True),
        address="12 Harbor Street, Chicago",
    )


async def open_bookings(context: Context, shops: Shops) -> Shops:
    """Let both shops be booked; return them as they are now."""
    opened = [with_services(shop) for shop in (shops.harbor, shops.rex)]
    for shop in opened:
        async with business_transaction(context.pool, shop.business_id) as connection:
            await businesses.save_business(connection, shop, {line.number: SETTINGS for line in shop.lines}, NOON)
    return Shops(*opened)


async def book(
    context: Context,
    business: Business,
    starts_at: datetime = THURSDAY_TEN,
    *,
    phone: str = CARLA,
    made_by: MadeBy = MadeBy.STAFF,
    staff_id: UUID | None = None,
    for_whom: str | None = "Carla Ruiz",
) -> Booking:
    """Book a cleaning."""
    order = Order(new_id(), phone, "Cleaning", starts_at, staff_id, for_whom)
    async with business_transaction(context.pool, business.business_id) as connection:
        made = await place_order(connection, business, order, made_by, context.clock.now())
    assert isinstance(made, Booking)
    return made


def hidden_fields(page: str) -> dict[str, str]:
    """Return the hidden fields of a page's forms."""
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))


async def turn(context: Context, business: Business, thread_id: UUID, heard: UUID, said: str) -> UUID:
    """Let the receptionist have taken a turn: it read a text and wrote one, for a reason; return the text's id."""
    message_id, now = new_id(), context.clock.now()
    row = {
        "turn_id": new_id(),
        "happened": "heard",
        "heard": [heard],
        "actions": [{"action": "RecordGap", "question": "Is it free?"}],
        "why": [{"sentence": "They asked where to park.", "fact": "Where do I park?"}],
        "state_before": None,
        "state_after": {"language": "en"},
        "follow_up_at": None,
        "paused_at": None,
        "paused_by": None,
        "needs_person": "no",
        "urgent": False,
        "closure_id": None,
    }
    message = {
        "message_id": message_id, "direction": "out", "author": "receptionist", "purpose": "receptionist",
        "body": said, "segments": 1, "state": "accepted", "provider": "twilio", "turn_id": row["turn_id"],
    }  # fmt: skip
    async with business_transaction(context.pool, business.business_id) as connection:
        assert await threads.get_thread(connection, business.business_id, thread_id) is not None
        await dialogs.save_turn(connection, business.business_id, thread_id, row, [message], now)
    return message_id
