"""Bookings in the database: what is held, booked, moved and cancelled, and what the database itself refuses."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from ringback.domain.bookings import Booking, BookingState, Busy, MadeBy, Search, Taken, Wanted, Window
from ringback.domain.business import BookingPolicy, Business, Service
from ringback.domain.ics import entry_uid
from ringback.ports import Calendar, EntryChanged
from ringback.store import bookings, feed, waiting_list
from ringback.store.bookings import Asking
from ringback.store.db import Connection, business_transaction
from ringback.store.ids import new_id
from ringback.workflows import calendar
from ringback.workflows.calendar import BuiltInCalendar
from ringback.workflows.direct_bookings import move_directly
from tests.cast import NOON, open_shop
from tests.store.booking_races import CHAIR, OLGA, SAM, add_callers, booking_shop, count_overlaps, opening

HOUR = timedelta(hours=1)
# Tomorrow at ten in Chicago.
TEN = NOON + timedelta(days=1)
RUN_OUT = NOON + timedelta(minutes=10)


@dataclass(frozen=True)
class Desk:
    """A transaction of Harbor Dental, with Carla, her neighbour Dora, and others who call."""

    connection: Connection
    shop: Business
    carla: UUID
    dora: UUID

    async def hold(self, wanted: Wanted, now: datetime = NOON, moving: UUID | None = None) -> Booking | Taken:
        """Hold a time."""
        return await calendar.hold(self.connection, self.shop, wanted, now, moving)

    async def held(self, wanted: Wanted, moving: UUID | None = None) -> Booking:
        """Hold a time that is free."""
        held = await self.hold(wanted, moving=moving)
        assert isinstance(held, Booking)
        return held

    async def book(self, wanted: Wanted, booking_id: UUID | None = None, now: datetime = NOON) -> Booking | Taken:
        """Book a time."""
        return await calendar.book(self.connection, self.shop, booking_id or new_id(), wanted, MadeBy.STAFF, now)

    async def booked(self, wanted: Wanted) -> Booking:
        """Book a time that is free."""
        booked = await self.book(wanted)
        assert isinstance(booked, Booking)
        return booked

    async def get(self, booking: Booking) -> Booking | None:
        """Return a booking as it is now."""
        return await bookings.get_booking(self.connection, self.shop.business_id, booking.booking_id)

    async def rows(self) -> list[dict[str, Any]]:
        """Return all rows of bookings and of what they occupy."""
        found = []
        for table in ("bookings", "occupancies"):
            found += [dict(row) for row in await self.connection.fetch(f"select * from {table} order by 1, 2, 3")]
        return found

    def cleaning(self, at: datetime, contact_id: UUID | None = None, **more: Any) -> Wanted:
        """Return Carla's wish for an hour with Sam."""
        return Wanted(contact_id or self.carla, "Cleaning", opening(at), **more)


@pytest.fixture
async def desk(pool: asyncpg.Pool) -> AsyncIterator[Desk]:
    """An open transaction; it is committed in the end."""
    shop = await open_shop(pool, booking_shop())
    carla, dora = await add_callers(pool, shop, 2)
    async with business_transaction(pool, shop.business_id) as connection:
        yield Desk(connection, shop, carla, dora)


# --- holds


async def test_a_held_time_is_kept_for_one_caller_until_the_hold_runs_out(desk: Desk) -> None:
    held = await desk.held(desk.cleaning(TEN))
    assert (held.state, held.held_until) == (BookingState.HELD, RUN_OUT)
    before = await desk.rows()

    assert await desk.hold(desk.cleaning(TEN, desk.dora)) == Taken()
    assert await desk.book(desk.cleaning(TEN + HOUR / 2, desk.dora)) == Taken()
    assert await desk.rows() == before, "nothing was written"
    assert isinstance(await desk.hold(desk.cleaning(TEN, desk.dora), RUN_OUT), Booking)
    assert await desk.get(held) is None, "a hold that ran out leaves nothing behind"


async def test_asking_twice_for_the_same_start_is_one_hold(desk: Desk) -> None:
    await desk.held(desk.cleaning(TEN))
    again = await desk.held(desk.cleaning(TEN))
    other = await desk.held(Wanted(desk.carla, "Cleaning", opening(TEN, OLGA)))
    assert [row["booking_id"] for row in await desk.rows() if "state" in row] == [other.booking_id]
    assert again.booking_id != other.booking_id


async def test_a_released_hold_is_gone_and_a_booking_is_not_released(desk: Desk) -> None:
    held, booked = await desk.held(desk.cleaning(TEN)), await desk.booked(desk.cleaning(TEN + 2 * HOUR, desk.dora))
    assert await calendar.release(desk.connection, desk.shop, held.booking_id, NOON)
    assert not await calendar.release(desk.connection, desk.shop, held.booking_id, NOON)
    assert not await calendar.release(desk.connection, desk.shop, booked.booking_id, NOON)
    assert isinstance(await desk.hold(desk.cleaning(TEN, desk.dora)), Booking)


async def test_two_people_on_one_phone_may_have_the_same_start_and_one_person_may_not(desk: Desk) -> None:
    await desk.booked(desk.cleaning(TEN))
    with_olga = opening(TEN, OLGA)
    assert await desk.book(Wanted(desk.carla, "Cleaning", with_olga)) == Taken()
    daughter = await desk.booked(Wanted(desk.carla, "Cleaning", with_olga, for_whom="Mia"))
    assert await desk.book(Wanted(desk.carla, "Cleaning", with_olga, for_whom="mia")) == daughter


# --- booking


async def test_a_hold_becomes_a_booking_with_its_id_and_what_was_learnt_since(desk: Desk) -> None:
    held = await desk.held(desk.cleaning(TEN))
    wanted = desk.cleaning(TEN, for_whom="Mia", details={"Which tooth?": "the left one"})
    booked = await desk.book(wanted, held.booking_id)

    assert isinstance(booked, Booking)
    assert (booked.booking_id, booked.state, booked.held_until) == (held.booking_id, BookingState.BOOKED, None)
    assert (booked.for_whom, booked.details["Which tooth?"], booked.price_cents) == ("Mia", "the left one", 12900)
    assert await desk.book(wanted, held.booking_id, RUN_OUT + HOUR) == booked, "the same request again"


async def test_a_hold_that_ran_out_is_booked_all_the_same_while_the_time_is_free(desk: Desk) -> None:
    held = await desk.held(desk.cleaning(TEN))
    booked = await desk.book(desk.cleaning(TEN), held.booking_id, RUN_OUT + HOUR)
    assert isinstance(booked, Booking)
    assert booked.booking_id == held.booking_id


async def test_a_hold_that_ran_out_is_not_booked_once_another_has_the_time(desk: Desk) -> None:
    held = await desk.held(desk.cleaning(TEN))
    assert isinstance(await desk.book(desk.cleaning(TEN, desk.dora), now=RUN_OUT), Booking)
    assert await desk.book(desk.cleaning(TEN), held.booking_id, RUN_OUT) == Taken()


async def test_price_and_service_stay_as_they_were_booked(desk: Desk) -> None:
    booked = await desk.booked(desk.cleaning(TEN))
    dearer = replace(desk.shop, services=(Service("Cleaning", 60, price_cents=1),))
    held = await calendar.hold(desk.connection, dearer, desk.cleaning(TEN + 5 * HOUR), NOON, moving=booked.booking_id)
    assert isinstance(held, Booking)
    moved = await calendar.move(desk.connection, dearer, booked.booking_id, held.booking_id, NOON)
    assert isinstance(moved, Booking)
    assert moved.price_cents == 12900


async def test_the_buffer_after_a_booking_is_taken_too(desk: Desk) -> None:
    await desk.booked(desk.cleaning(TEN))
    assert await desk.book(desk.cleaning(TEN + HOUR, desk.dora)) == Taken()
    assert await desk.book(desk.cleaning(TEN - HOUR, desk.dora)) == Taken()
    assert isinstance(await desk.book(desk.cleaning(TEN + HOUR + timedelta(minutes=15), desk.dora)), Booking)


async def test_one_chair_serves_one_person_at_a_time_whoever_works_at_it(desk: Desk) -> None:
    chair = CHAIR.resource_id(desk.shop.business_id)
    await desk.booked(Wanted(desk.carla, "Filling", opening(TEN, SAM, chair)))
    assert await desk.book(Wanted(desk.dora, "Filling", opening(TEN + HOUR / 2, OLGA, chair))) == Taken()
    assert isinstance(await desk.book(Wanted(desk.dora, "Filling", opening(TEN + HOUR, OLGA, chair))), Booking)


async def test_a_seat_of_a_class_that_is_given_up_is_free_again(desk: Desk) -> None:
    tours = [await desk.booked(Wanted(desk.carla, "Tour", opening(TEN), for_whom=f"child {n}")) for n in range(7)]
    late = Wanted(desk.dora, "Tour", opening(TEN))
    assert await desk.book(late) == Taken()
    assert await desk.book(replace(late, opening=opening(TEN + HOUR / 2))) == Taken()
    await calendar.cancel(desk.connection, desk.shop, tours[3].booking_id, "contact", "ill", NOON)
    assert isinstance(await desk.book(late), Booking)
    assert await count_overlaps_here(desk) == 0


async def count_overlaps_here(desk: Desk) -> int:
    """Return how many seats of one class are given twice."""
    taken = await desk.connection.fetch(
        "select seat from bookings where state = 'booked' group by sitting_id, seat having count(*) > 1"
    )
    return len(taken)


async def test_a_person_has_time_to_get_from_one_address_to_another(desk: Desk) -> None:
    repair = Service("Repair", 60, at_address=True)
    shop = replace(desk.shop, services=(*desk.shop.services, repair), booking=BookingPolicy(travel_minutes=30))
    away = replace(desk, shop=shop)
    at_elm = Wanted(desk.carla, "Repair", opening(TEN), address="9 Elm St")
    await away.booked(at_elm)
    next_door = Wanted(desk.dora, "Repair", opening(TEN + HOUR), address="12 Oak St")
    assert await away.book(next_door) == Taken()
    assert await away.book(replace(next_door, address=None)) == Taken()
    assert await away.book(Wanted(desk.dora, "Cleaning", opening(TEN + HOUR))) == Taken(), "the shop is a place too"
    assert isinstance(await away.book(replace(next_door, address="9 elm st.")), Booking)
    assert isinstance(await away.book(replace(next_door, opening=opening(TEN + 2.5 * HOUR))), Booking)


async def test_the_database_refuses_an_overlap_that_the_code_let_through(desk: Desk) -> None:
    booked, other = await desk.booked(desk.cleaning(TEN)), await desk.booked(desk.cleaning(TEN + 5 * HOUR, desk.dora))
    # The buffer ends at 11:15: a minute before it is an overlap, that very minute is not.
    place = "update occupancies set from_at = $2 where booking_id = $1"
    await desk.connection.execute(place, other.booking_id, booked.ends_at + timedelta(minutes=15))
    with pytest.raises(asyncpg.ExclusionViolationError):
        await desk.connection.execute(place, other.booking_id, booked.ends_at + timedelta(minutes=14))


# --- moving and cancelling


async def test_a_booking_moves_to_a_time_that_overlaps_its_own_and_keeps_its_id(desk: Desk) -> None:
    booked = await desk.booked(desk.cleaning(TEN, details={"Which tooth?": "left"}))
    await bookings.confirm(desk.connection, desk.shop.business_id, booked.booking_id, NOON)
    await bookings.claim_reminder(desk.connection, desk.shop.business_id, booked.booking_id, NOON)
    held = await desk.held(desk.cleaning(TEN + HOUR / 2), moving=booked.booking_id)
    moved = await calendar.move(desk.connection, desk.shop, booked.booking_id, held.booking_id, NOON)

    assert isinstance(moved, Booking)
    assert (moved.booking_id, moved.starts_at, moved.moved_from) == (booked.booking_id, TEN + HOUR / 2, TEN)
    assert (moved.confirmed_at, moved.reminder_sent_at, moved.sequence) == (None, None, 1)
    assert moved.details == {"Which tooth?": "left"}
    assert await desk.get(held) is None
    assert await desk.book(desk.cleaning(TEN + HOUR, desk.dora)) == Taken()
    assert isinstance(await desk.book(desk.cleaning(TEN - HOUR, desk.dora)), Booking), "its old time is free"


async def test_it_moves_again_to_another_person(desk: Desk) -> None:
    booked = await desk.booked(desk.cleaning(TEN))
    for n, staff_id in enumerate((OLGA, SAM)):
        wanted = Wanted(desk.carla, "Cleaning", opening(TEN + HOUR / 2 * n, staff_id))
        held = await desk.held(wanted, moving=booked.booking_id)
        moved = await calendar.move(desk.connection, desk.shop, booked.booking_id, held.booking_id, NOON)
        assert isinstance(moved, Booking)
        assert (moved.staff_id, moved.sequence) == (staff_id, n + 1)


async def test_it_is_given_to_another_person_at_the_same_hour_and_nobody_is_offered_where_it_is(desk: Desk) -> None:
    booked = await desk.booked(desk.cleaning(TEN))
    business = desk.shop
    stays = [
        await move_directly(desk.connection, business, booked, TEN, staff_id, NOON)
        for staff_id in (None, booked.staff_id)
    ]
    given = await move_directly(desk.connection, business, booked, TEN, OLGA, NOON)

    assert booked.staff_id == SAM
    assert stays == [Taken(), Taken()]
    assert isinstance(given, Booking)
    assert (given.booking_id, given.starts_at, given.staff_id) == (booked.booking_id, TEN, OLGA)


async def test_a_hold_for_a_move_is_no_way_to_have_two_overlapping_bookings(desk: Desk) -> None:
    booked = await desk.booked(desk.cleaning(TEN))
    later = desk.cleaning(TEN + HOUR / 2)
    held = await desk.held(later, moving=booked.booking_id)
    assert await desk.book(later, held.booking_id) == Taken()
    assert await desk.hold(desk.cleaning(TEN + HOUR / 2, desk.dora), moving=booked.booking_id) == Taken()


async def test_a_move_to_a_time_that_another_took_meanwhile_leaves_the_booking_where_it_is(desk: Desk) -> None:
    booked = await desk.booked(desk.cleaning(TEN))
    held = await desk.held(desk.cleaning(TEN + 5 * HOUR), moving=booked.booking_id)
    assert isinstance(await desk.book(desk.cleaning(TEN + 5 * HOUR, desk.dora), now=RUN_OUT), Booking)
    assert await calendar.move(desk.connection, desk.shop, booked.booking_id, held.booking_id, RUN_OUT) == Taken()
    assert await desk.get(booked) == replace(booked, contact_phone="+13125550000")


async def test_a_booking_does_not_move_to_where_the_same_person_already_is(desk: Desk) -> None:
    booked, other = await desk.booked(desk.cleaning(TEN)), await desk.booked(desk.cleaning(TEN + 5 * HOUR))
    for staff_id in (SAM, OLGA):
        wanted = Wanted(desk.carla, "Cleaning", opening(TEN + 5 * HOUR, staff_id))
        assert await desk.hold(wanted, moving=booked.booking_id) == Taken()
    stays = await desk.hold(desk.cleaning(TEN), moving=booked.booking_id)
    assert isinstance(stays, Booking)
    assert stays.booking_id == booked.booking_id
    moved = await calendar.move(desk.connection, desk.shop, booked.booking_id, stays.booking_id, NOON)
    assert isinstance(moved, Booking)
    assert (moved.starts_at, moved.sequence) == (TEN, 0)
    assert await desk.get(other) is not None


async def test_another_contacts_hold_moves_nothing(desk: Desk) -> None:
    booked = await desk.booked(desk.cleaning(TEN))
    held = await desk.held(desk.cleaning(TEN + 5 * HOUR, desk.dora))
    assert await calendar.move(desk.connection, desk.shop, booked.booking_id, held.booking_id, NOON) == Taken()


async def test_a_cancelled_booking_frees_its_time_once_and_stays_on_record(desk: Desk) -> None:
    booked = await desk.booked(desk.cleaning(TEN))
    cancelled = await calendar.cancel(desk.connection, desk.shop, booked.booking_id, "contact", "ill", NOON)
    assert cancelled is not None
    assert (cancelled.state, cancelled.cancelled_by, cancelled.sequence) == (BookingState.CANCELLED, "contact", 1)
    assert await calendar.cancel(desk.connection, desk.shop, booked.booking_id, "Sam", "again", NOON) is None
    assert await desk.book(desk.cleaning(TEN), booked.booking_id) == Taken(), "an old request does not bring it back"
    assert isinstance(await desk.book(desk.cleaning(TEN, desk.dora)), Booking)


async def test_no_show_and_done_are_marked_and_taken_back(desk: Desk) -> None:
    booked, held = await desk.booked(desk.cleaning(TEN)), await desk.held(desk.cleaning(TEN + 5 * HOUR))
    for state in (BookingState.NO_SHOW, BookingState.DONE, BookingState.BOOKED):
        assert await bookings.mark(desk.connection, desk.shop.business_id, booked.booking_id, state, "Sam", NOON)
        now = await desk.get(booked)
        assert now is not None
        assert now.state is state
    for one, state in ((held, BookingState.DONE), (booked, BookingState.CANCELLED)):
        assert not await bookings.mark(desk.connection, desk.shop.business_id, one.booking_id, state, "Sam", NOON)


async def test_a_booking_is_confirmed_and_reminded_of_once(desk: Desk) -> None:
    booked = await desk.booked(desk.cleaning(TEN))
    who = (desk.connection, desk.shop.business_id, booked.booking_id)
    assert [await bookings.confirm(*who, NOON), await bookings.confirm(*who, NOON + HOUR)] == [True, True]
    assert [await bookings.claim_reminder(*who, NOON), await bookings.claim_reminder(*who, NOON)] == [True, False]
    now = await desk.get(booked)
    assert now is not None
    assert (now.confirmed_at, now.reminder_sent_at) == (NOON, NOON)
    await calendar.cancel(desk.connection, desk.shop, booked.booking_id, "Sam", "closed", NOON)
    assert not await bookings.confirm(*who, NOON)


# --- lists and the feed


async def test_lists_tell_what_stands_in_order_and_with_whom(desk: Desk) -> None:
    later, first = await desk.booked(desk.cleaning(TEN + 5 * HOUR)), await desk.booked(desk.cleaning(TEN, desk.dora))
    await desk.held(desk.cleaning(TEN + 9 * HOUR))
    gone = await desk.booked(desk.cleaning(TEN + 12 * HOUR))
    await calendar.cancel(desk.connection, desk.shop, gone.booking_id, "Sam", "closed", NOON + HOUR)
    business_id = desk.shop.business_id
    standing = await bookings.list_bookings(desk.connection, business_id, NOON, TEN + timedelta(days=2))
    assert [one.booking_id for one in standing] == [first.booking_id, later.booking_id]
    assert [one.contact_phone for one in standing] == ["+13125550001", "+13125550000"]
    assert await bookings.list_bookings(desk.connection, business_id, NOON, TEN, SAM) == []
    assert await bookings.list_bookings(desk.connection, business_id, NOON, TEN + HOUR, OLGA) == []
    carlas = await bookings.list_contact_bookings(desk.connection, business_id, desk.carla, NOON)
    assert [one.booking_id for one in carlas] == [later.booking_id]
    over = later.ends_at
    assert await bookings.list_contact_bookings(desk.connection, business_id, desk.carla, over) == []


async def test_busy_times_are_gathered_by_unit_without_what_ran_out_or_is_the_askers_own(desk: Desk) -> None:
    booked = await desk.booked(desk.cleaning(TEN))
    await desk.held(desk.cleaning(TEN + 5 * HOUR, desk.dora))
    minute = int(TEN.timestamp()) // 60
    range_of = (NOON, TEN + timedelta(days=2))

    async def busy(now: datetime, asking: Asking) -> list[Busy]:
        return await bookings.load_busy(desk.connection, desk.shop.business_id, *range_of, now, asking)

    ours, theirs = (minute, minute + 75), (minute + 300, minute + 375)
    assert [sorted(one.spans) for one in await busy(NOON, Asking())] == [[ours, theirs]]
    assert await busy(RUN_OUT, Asking()) == [Busy(SAM, (ours,), seats=1)]
    assert await busy(NOON, Asking(contact_id=desk.dora)) == [Busy(SAM, (ours,), seats=1)]
    assert await busy(NOON, Asking(moving=booked.booking_id)) == [Busy(SAM, (theirs,), seats=1)]


async def test_every_change_is_told_to_the_pages_and_to_who_follows_the_calendar(pool: asyncpg.Pool) -> None:
    shop = await open_shop(pool, booking_shop())
    carla, dora = await add_callers(pool, shop, 2)
    async with business_transaction(pool, shop.business_id) as connection:
        following: Calendar = BuiltInCalendar(connection, shop.business_id, NOON)
        begun = await following.read_changes(None)
        position = feed.parse_position(begun.token)
    async with business_transaction(pool, shop.business_id) as connection:
        desk = Desk(connection, shop, carla, dora)
        booked, gone = await desk.booked(desk.cleaning(TEN)), await desk.booked(desk.cleaning(TEN + 5 * HOUR))
        await calendar.cancel(connection, shop, gone.booking_id, "Sam", "closed", NOON)
        await desk.held(desk.cleaning(TEN + 9 * HOUR))
    async with business_transaction(pool, shop.business_id) as connection:
        assert position is not None
        told = await feed.list_changes(connection, shop.business_id, position)
        changes = await BuiltInCalendar(connection, shop.business_id, NOON).read_changes(begun.token)
    assert [change.kind for change in told] == ["booking"] * 4
    assert changes.entries == (
        EntryChanged(entry_uid(booked), TEN, TEN + HOUR),
        EntryChanged(entry_uid(gone)),
    )
    assert changes.token != begun.token
    assert await count_overlaps(pool, shop) == 0


# --- openings over what is stored


async def test_openings_leave_out_what_others_hold_and_keep_what_the_caller_holds(desk: Desk) -> None:
    ten = Window(date(2026, 11, 19), date(2026, 11, 19), 600, 600, exact=True)
    search = Search("Cleaning", (ten,), staff_id=SAM)
    await desk.held(desk.cleaning(TEN))
    for contact_id, is_free in ((desk.carla, True), (desk.dora, False), (None, False)):
        found = await calendar.find(desk.connection, desk.shop, search, NOON, contact_id)
        assert (found[0].starts_at == TEN) is is_free


async def test_a_booking_that_moves_is_not_in_its_own_way_and_not_offered_its_own_time(desk: Desk) -> None:
    booked = await desk.booked(desk.cleaning(TEN))
    day = Window(date(2026, 11, 19), date(2026, 11, 19))
    search = Search("Cleaning", (day,), staff_id=SAM, limit=100, moving=booked.booking_id)
    starts = [one.starts_at for one in await calendar.find(desk.connection, desk.shop, search, NOON)]
    assert TEN not in starts
    assert {TEN - HOUR / 2, TEN + HOUR / 2} <= set(starts)


# --- the waiting list


async def test_who_waits_is_listed_once_in_order_with_the_wish_and_told_once(desk: Desk) -> None:
    business_id = desk.shop.business_id
    window = Window(date(2026, 11, 19), None, 600, None, frozenset({3, 4}), exact=True)
    wish = Search("Cleaning", (window,), staff_id=SAM, address="9 Elm St")
    for contact_id, search in ((desk.dora, Search("Cleaning")), (desk.carla, Search("Cleaning")), (desk.carla, wish)):
        await waiting_list.join_waiting_list(desk.connection, business_id, contact_id, search, None, NOON)
    await waiting_list.join_waiting_list(desk.connection, business_id, desk.dora, Search("Tour"), None, NOON)

    listed = await waiting_list.list_waiting(desk.connection, business_id, "Cleaning")
    assert [(one.contact_id, one.search) for one in listed] == [(desk.dora, Search("Cleaning")), (desk.carla, wish)]
    assert len(await waiting_list.list_waiting(desk.connection, business_id, None)) == 3
    told = [await waiting_list.take_waiting(desk.connection, business_id, listed[0].waiting_id, NOON) for _ in range(2)]
    assert told == [True, False]
    left = await waiting_list.list_waiting(desk.connection, business_id, "Cleaning")
    assert [one.contact_id for one in left] == [desk.carla]
