"""Texts about bookings: the reminder in time and once, on the way, late, and the waiting list."""

from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import UUID

import pytest

from ringback.domain.bookings import Booking, Opening, Search, Wanted
from ringback.domain.messages import Purpose
from ringback.receptionist.dialog import ConfirmBooking, Heard, Hold, JoinWaitingList, Release, Stage
from ringback.store import bookings, contacts, waiting_list
from ringback.store.db import business_transaction
from ringback.workflows import calendar
from ringback.workflows.context import Context
from ringback.workflows.reminders import remind, send_on_my_way, send_running_late
from tests.cast import CARLA, NOON, TestClock
from tests.workflows.desk import Desk
from tests.workflows.talk import Parrot, book, contact_id_of, open_talk, outbound, thread_of, tick

# Two days after NOON, at 15:00 in Chicago.
STARTS_AT = datetime(2026, 11, 20, 21, 0, tzinfo=UTC)


@pytest.fixture
async def talk(context: Context, clock: TestClock) -> tuple[Desk, Parrot]:
    """Harbor Dental, with a parrot for a receptionist; Carla has written."""
    desk, parrot = await open_talk(context, clock)
    await desk.text("Hello?")
    await desk.work(10)
    return desk, parrot


def opening(desk: Desk, starts_at: datetime = STARTS_AT) -> Opening:
    return Opening(starts_at, starts_at + timedelta(hours=1), desk.business.staff[0].staff_id)


async def booked(desk: Desk, starts_at: datetime = STARTS_AT) -> Booking:
    """Carla has a cleaning."""
    made = await book(desk, opening(desk, starts_at), await contact_id_of(desk))
    await desk.work(1)
    return made


async def reminders(desk: Desk) -> list[tuple[str, str]]:
    return [(state, body) for purpose, state, body in await outbound(desk) if purpose == Purpose.REMINDER]


async def cancel(desk: Desk, booking_id: UUID) -> None:
    async with business_transaction(desk.context.pool, desk.business.business_id) as connection:
        assert await calendar.cancel(connection, desk.business, booking_id, "contact", "ill", desk.clock.now())


async def move(desk: Desk, booking: Booking, starts_at: datetime) -> None:
    wanted = Wanted(booking.contact_id, "Cleaning", opening(desk, starts_at))
    async with business_transaction(desk.context.pool, desk.business.business_id) as connection:
        held = await calendar.hold(connection, desk.business, wanted, desk.clock.now(), booking.booking_id)
        assert isinstance(held, Booking)
        moved = await calendar.move(connection, desk.business, booking.booking_id, held.booking_id, desk.clock.now())
        assert isinstance(moved, Booking)


async def test_a_booking_is_reminded_of_a_day_before_and_once(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    made = await booked(desk)
    desk.clock.at = STARTS_AT - timedelta(hours=24, minutes=1)
    await tick(desk)
    assert await reminders(desk) == []
    desk.clock.at = STARTS_AT - timedelta(hours=24)
    await tick(desk)
    words = "Harbor Dental: a reminder of your Cleaning, Fri Nov 20, 3 PM. Reply C to confirm, or text us to change it."
    assert await reminders(desk) == [("accepted", words)]
    for _ in range(3):
        await remind(desk.context, desk.business.business_id, made.booking_id)
        desk.clock.pass_time(3600)
        await tick(desk)
    assert len(await reminders(desk)) == 1


async def test_the_answer_to_a_reminder_is_known_to_be_about_its_booking(talk: tuple[Desk, Parrot]) -> None:
    desk, parrot = talk
    made = await booked(desk)
    desk.clock.at = STARTS_AT - timedelta(hours=24)
    await tick(desk)
    await desk.text("C", "SM-c")
    await desk.work(10)
    assert parrot.heard[-1] == Heard(("C",))
    assert parrot.desks[-1].caller.to_confirm == made.booking_id
    await desk.text("Thanks", "SM-d")
    await desk.work(10)
    assert parrot.desks[-1].caller.to_confirm is None


@pytest.mark.parametrize(
    ("starts_at", "due_at"),
    [
        # 05:30 in Chicago, so 24 hours before it is night: at 8 that day.
        (datetime(2026, 11, 20, 11, 30, tzinfo=UTC), datetime(2026, 11, 19, 14, 0, tzinfo=UTC)),
        # Too shortly after it was booked.
        (NOON + timedelta(hours=25), None),
        (NOON + timedelta(hours=27), NOON + timedelta(hours=3)),
    ],
)
async def test_a_reminder_keeps_quiet_hours_and_is_not_for_what_was_just_booked(
    talk: tuple[Desk, Parrot], starts_at: datetime, due_at: datetime | None
) -> None:
    desk, _ = talk
    desk.clock.at = NOON
    await booked(desk, starts_at)
    [row] = await desk.table("reminders")
    assert row["due_at"] == due_at


async def test_a_booking_that_was_moved_is_reminded_of_at_its_new_time_alone(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    made = await booked(desk)
    later = STARTS_AT + timedelta(days=2)
    await move(desk, made, later)
    await desk.work(1)
    desk.clock.at = STARTS_AT - timedelta(hours=24)
    await tick(desk)
    assert await reminders(desk) == []
    desk.clock.at = later - timedelta(hours=24)
    await tick(desk)
    assert [words for _, words in await reminders(desk)] == [
        "Harbor Dental: a reminder of your Cleaning, Sun Nov 22, 3 PM. Reply C to confirm, or text us to change it."
    ]


async def test_a_booking_that_was_cancelled_is_not_reminded_of_even_at_the_last_moment(
    talk: tuple[Desk, Parrot],
) -> None:
    desk, _ = talk
    made = await booked(desk)
    desk.clock.at = STARTS_AT - timedelta(hours=24)
    await remind(desk.context, desk.business.business_id, made.booking_id)
    await cancel(desk, made.booking_id)
    await desk.work(10)
    [(state, _)] = await reminders(desk)
    assert state == "dropped"
    desk.clock.pass_time(3600)
    await tick(desk)
    assert len(await reminders(desk)) == 1


async def test_a_bare_cancel_ends_our_texts_and_a_person_asks_what_was_meant(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    await booked(desk)
    await desk.text("CANCEL", "SM-cancel")
    await desk.work(5)
    assert len(await desk.table("opt_outs")) == 1
    [handoff] = await desk.table("handoffs")
    assert handoff["summary"].startswith("They texted CANCEL, which ends our texts, and have a booking.")
    assert [row["state"] for row in await desk.table("bookings")] == ["booked"]


async def test_after_stop_nobody_is_reminded(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    await booked(desk)
    await desk.text("STOP", "SM-stop")
    await desk.work(5)
    desk.clock.at = STARTS_AT - timedelta(hours=24)
    await tick(desk)
    assert [state for state, _ in await reminders(desk)] == ["dropped"]
    assert len(desk.company.posts) == 1


async def test_a_tap_says_who_is_on_the_way_and_two_taps_say_it_once(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    made = await booked(desk)
    send = partial(send_on_my_way, desk.context, desk.business.business_id, made.booking_id, 20, "Olga")
    assert [await send(), await send()] == [None, None]
    assert await send_running_late(desk.context, desk.business.business_id, made.booking_id, 15, "Olga") is None
    await desk.work(5)
    assert [post["Body"] for post in desk.company.posts][1:] == [
        "Harbor Dental: Sam is on the way, about 20 minutes.",
        "Harbor Dental: Sam is running about 15 minutes late. Sorry for the wait.",
    ]
    notices = [row for row in await desk.table("messages") if row["purpose"] == Purpose.BOOKING]
    assert {(row["author"], row["written_by"]) for row in notices} == {("staff", "Olga")}


async def test_a_notice_that_cannot_be_said_is_refused_with_a_sentence(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    made = await booked(desk)
    business_id = desk.business.business_id

    async def refused(minutes: int, booking_id: UUID = made.booking_id) -> str | None:
        answer = await send_on_my_way(desk.context, business_id, booking_id, minutes, "Olga")
        return answer.code if answer else None

    assert await refused(0) == "minutes"
    assert await refused(20, UUID(int=404)) == "not_found"
    await desk.text("STOP", "SM-stop")
    await desk.work(5)
    assert await refused(20) == "opted_out"
    await cancel(desk, made.booking_id)
    assert await refused(20) == "not_found"


async def wait_in_line(desk: Desk, phone: str, sid: str) -> UUID:
    """Somebody else writes, and waits for a cleaning."""
    await desk.text("Anything free?", sid, sender=phone)
    await desk.work(10)
    async with business_transaction(desk.context.pool, desk.business.business_id) as connection:
        business_id = desk.business.business_id
        contact_id = await contacts.find_or_create_contact(connection, business_id, phone, desk.clock.now())
        search = Search("Cleaning")
        await waiting_list.join_waiting_list(connection, business_id, contact_id, search, None, desk.clock.now())
    return contact_id


async def test_an_opening_is_offered_to_one_who_waits_at_a_time_and_kept_for_them(
    talk: tuple[Desk, Parrot],
) -> None:
    desk, parrot = talk
    made = await booked(desk)
    parrot.will(say="Nothing yet.")
    dora = await wait_in_line(desk, "+13125550143", "SM-dora")
    parrot.will(say="Nothing yet.")
    await wait_in_line(desk, "+13125550144", "SM-emma")
    await cancel(desk, made.booking_id)
    await desk.work(1)

    def offers() -> list[str]:
        return [post["To"] for post in desk.company.posts if "has opened up" in post["Body"]]

    assert offers() == ["+13125550143"]
    [held] = [row for row in await desk.table("bookings") if row["state"] == "held"]
    assert held["contact_id"] == dora
    [state] = [row["state"] for row in await desk.table("dialogs") if row["state"]["stage"] == Stage.CHOICE]
    assert [datetime.fromisoformat(one["starts_at"]) for one in state["offered"]] == [held["starts_at"]]
    # Dora lets it pass: then it is Emma's turn, and after her nobody is left.
    for _ in range(3):
        await desk.work(desk.business.booking.hold_minutes * 60 + 10)
    assert offers() == ["+13125550143", "+13125550144"]


async def test_a_turn_can_put_somebody_on_the_waiting_list_and_confirm_a_booking(talk: tuple[Desk, Parrot]) -> None:
    desk, parrot = talk
    made = await booked(desk)
    wanted = Wanted(made.contact_id, "Cleaning", opening(desk, STARTS_AT + timedelta(days=1)))
    parrot.will(need=Hold(wanted))
    parrot.will(ConfirmBooking(made.booking_id), JoinWaitingList(Search("Cleaning")), say="Done.")
    await desk.text("C", "SM-c")
    await desk.work(10)
    [held] = [row for row in await desk.table("bookings") if row["state"] == "held"]
    parrot.will(Release(held["booking_id"]), say="Let go.")
    await desk.text("never mind", "SM-d")
    await desk.work(10)
    assert [row["state"] for row in await desk.table("bookings")] == ["booked"]
    async with business_transaction(desk.context.pool, desk.business.business_id) as connection:
        confirmed = await bookings.get_booking(connection, desk.business.business_id, made.booking_id)
    assert confirmed is not None
    assert confirmed.confirmed_at is not None
    assert len(await desk.table("waiting_list")) == 1
    assert (await thread_of(desk))["needs_reply_at"] is None
    assert {post["To"] for post in desk.company.posts} == {CARLA}
