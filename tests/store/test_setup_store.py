"""Set-up in the database: what an owner says comes back as the same values, and rows of older versions still load."""

from dataclasses import replace
from datetime import date, timedelta

import asyncpg

from ringback.domain.business import (
    BookingPolicy,
    Business,
    Detail,
    DetailKind,
    Fact,
    ReceptionistPolicy,
    Resource,
    Service,
    Staff,
    TimeOff,
    Unfit,
)
from ringback.domain.hours import parse_hours
from ringback.store import businesses
from ringback.store.db import business_transaction
from tests.cast import NOON, harbor, open_shop

INSURANCE = Detail(
    "insurance",
    "Which insurance do you have?",
    "Que seguro tiene?",
    DetailKind.CHOICE,
    ("PPO", "HMO", "none"),
    unfit_answers=("HMO",),
    unfit_words="We are not in HMO networks.",
    unfit=Unfit.HAND_OVER,
    new_only=True,
)
CLEANING = Service(
    "Cleaning",
    60,
    14500,
    price_from=True,
    price_note="X-rays are extra.",
    also=("limpieza", "check-up"),
    buffer_minutes=10,
    capacity=2,
    staff=("Olga",),
    resources=("chair",),
    details=(INSURANCE, Detail("age", "How old are you?", kind=DetailKind.NUMBER, unfit_answers=("<3",))),
    emergency=True,
)


def equipped(business: Business) -> Business:
    """Return the business with a value in every field that the receptionist and the calendar read."""
    sam, olga = business.staff
    week = parse_hours({"mon": ["08:00-12:00", "13:00-17:00"], "wed": ["22:00-24:00"]}).weekly
    away = (
        TimeOff(date(2026, 12, 24), date(2026, 12, 31)),
        TimeOff(date(2026, 6, 1), date(2026, 6, 1), ("13:00", "15:00")),
    )
    return replace(
        business,
        staff=(replace(sam, takes_bookings=False), replace(olga, weekly=week, time_off=away)),
        services=(CLEANING, Service("Braces", 30, bookable=False, quote=True, at_address=True, asks_name=False)),
        facts=(Fact("Do you take new patients?", "Yes.", ("can I register",), "Si."),),
        resources=(Resource("Chair 1", "chair"), Resource("Chair 2", "chair")),
        booking=BookingPolicy(60, 30, 15, 20, 5, 2.5, "US-MA", public_page=False),
        receptionist=ReceptionistPolicy(
            on=False,
            settle_seconds=1.5,
            max_turns=9,
            says_automated=True,
            area=("021", "Quincy"),
            not_ours=("braces",),
            emergency_words=("knocked out",),
            emergency_instruction="Call 911 now.",
            on_call=("Olga", "Sam"),
        ),
        address="12 Wharf Street, Boston",
    )


async def load(pool: asyncpg.Pool, business: Business) -> tuple[Business | None, int]:
    """Return the stored business with its version."""
    async with business_transaction(pool, business.business_id) as connection:
        version = await businesses.load_version(connection, business.business_id)
        return await businesses.load_business(connection, business.business_id), version


async def test_everything_an_owner_sets_up_comes_back_as_the_same_values(pool: asyncpg.Pool) -> None:
    business = equipped(harbor())
    await open_shop(pool, business)

    loaded, _ = await load(pool, business)

    assert loaded == business
    assert loaded is not None
    # Equal to a text is not enough: rules match on the members.
    assert type(loaded.services[0].details[0].kind) is DetailKind
    assert type(loaded.services[0].details[0].unfit) is Unfit
    assert hash(loaded.services) == hash(business.services)


async def test_a_change_of_what_the_receptionist_knows_gives_the_setup_a_new_version(pool: asyncpg.Pool) -> None:
    business = equipped(harbor())
    await open_shop(pool, business)
    _, before = await load(pool, business)

    plain = replace(business, booking=BookingPolicy(), staff=tuple(Staff(p.staff_id, p.name) for p in business.staff))
    await open_shop(pool, plain)
    loaded, after = await load(pool, business)

    assert loaded is not None
    assert (loaded.booking, loaded.staff) == (plain.booking, plain.staff)
    assert after > before


async def test_a_business_stored_before_there_was_a_receptionist_loads_with_the_defaults(pool: asyncpg.Pool) -> None:
    business = harbor()
    await open_shop(pool, business)
    async with business_transaction(pool, business.business_id) as connection:
        # As the first release wrote them.
        await connection.execute(
            "update businesses set services = $2, facts = $3, resources = default, booking = default, "
            "receptionist = default, address = default, updated_at = $4 where business_id = $1",
            business.business_id,
            [{"name": "Cleaning", "minutes": 60, "price_cents": None}],
            [{"question": "Parking?", "answer": "Behind the house."}],
            NOON + timedelta(days=1),
        )
        await connection.execute(
            "update staff set takes_bookings = default, weekly = default, time_off = default where business_id = $1",
            business.business_id,
        )

    loaded, _ = await load(pool, business)

    assert loaded == replace(
        business,
        services=(Service("Cleaning", 60),),
        facts=(Fact("Parking?", "Behind the house."),),
        receptionist=ReceptionistPolicy(),
    )
