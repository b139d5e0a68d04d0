"""Emergencies: people on call are texted until one takes it; then the caller is told who comes and when."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from ringback.domain.business import Business
from ringback.receptionist.dialog import AlertOnCall, HandOver, HandOverKind
from ringback.store import threads
from ringback.store.db import business_transaction
from ringback.workflows.alerts import acknowledge_alert, alert_on_call
from ringback.workflows.context import Context
from tests.cast import CARLA, OLGA_PHONE, SAM_PHONE, TestClock
from tests.workflows.desk import Desk
from tests.workflows.talk import Parrot, listening, open_talk, tick

FLOOD = AlertOnCall("water everywhere", "12 Oak St", fee_agreed=True)
AGAIN_SECONDS = 5 * 60


def on_call(business: Business, *names: str) -> Business:
    return listening(business, on_call=names or ("Sam", "Olga"))


@pytest.fixture
async def talk(context: Context, clock: TestClock) -> tuple[Desk, Parrot]:
    """Harbor Dental, with Sam and then Olga on call."""
    return await open_talk(context, clock, on_call)


async def emergency(talk: tuple[Desk, Parrot], sid: str = "SM-flood") -> UUID:
    """Carla tells of an emergency; the first round has gone out."""
    desk, parrot = talk
    parrot.will(FLOOD, HandOver(HandOverKind.EMERGENCY, "Flood", stays=True), say="Shut the main valve.")
    await desk.text("water everywhere pls", sid)
    await desk.work(10)
    found: UUID = (await desk.table("alerts"))[-1]["alert_id"]
    return found


def to(desk: Desk, phone: str) -> list[str]:
    """What a phone was texted."""
    return [post["Body"] for post in desk.company.posts if post["To"] == phone]


async def pass_round(desk: Desk) -> None:
    desk.clock.pass_time(AGAIN_SECONDS)
    await tick(desk)


async def alert_row(desk: Desk) -> dict[str, Any]:
    [row] = await desk.table("alerts")
    return row


async def test_the_first_on_call_is_texted_at_once_and_the_caller_told_what_to_do(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    await emergency(talk)
    assert to(desk, CARLA) == ["Shut the main valve."]
    [words] = to(desk, SAM_PHONE)
    assert words.startswith('EMERGENCY Harbor Dental: (312) 555-0142: "water everywhere". Address: 12 Oak St.')
    assert to(desk, OLGA_PHONE) == []


async def test_each_round_texts_one_more_person_until_somebody_takes_it(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    await emergency(talk)
    desk.clock.pass_time(AGAIN_SECONDS - 20)
    await tick(desk)
    assert len(to(desk, SAM_PHONE)) == 1
    await pass_round(desk)
    assert [len(to(desk, phone)) for phone in (SAM_PHONE, OLGA_PHONE)] == [2, 1]
    assert await desk.table("alarms") == []
    await pass_round(desk)
    assert [len(to(desk, phone)) for phone in (SAM_PHONE, OLGA_PHONE)] == [3, 2]
    assert [alarm["kind"] for alarm in await desk.table("alarms")] == ["emergency"]
    await desk.text("1", "SM-olga", sender=OLGA_PHONE)
    await desk.work(5)
    await pass_round(desk)
    assert [len(to(desk, phone)) for phone in (SAM_PHONE, OLGA_PHONE)] == [3, 2]
    assert all(alarm["ended_at"] is not None for alarm in await desk.table("alarms"))


@pytest.mark.parametrize(
    ("body", "minutes", "told"),
    [
        ("on my way 30", 30, "Sam from Harbor Dental is on the way, about 30 minutes."),
        ("1", None, "Sam from Harbor Dental has your message and will call you shortly."),
    ],
)
async def test_the_answer_of_a_staff_phone_takes_it_and_the_caller_hears_who_comes(
    talk: tuple[Desk, Parrot], body: str, minutes: int | None, told: str
) -> None:
    desk, parrot = talk
    await emergency(talk)
    await desk.text(body, "SM-sam", sender=SAM_PHONE)
    await desk.work(5)
    alert = await alert_row(desk)
    assert (alert["acknowledged_by"], alert["eta_minutes"], alert["next_at"]) == ("Sam", minutes, None)
    assert to(desk, CARLA)[-1] == told
    [handoff] = await desk.table("handoffs")
    assert handoff["taken_by"] == "Sam"
    # Staff never speak with the receptionist.
    assert len(parrot.heard) == 1


async def test_who_cannot_come_sends_the_alert_on_at_once(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    await emergency(talk)
    await desk.text("can't, out of town", "SM-sam", sender=SAM_PHONE)
    await desk.work(5)
    assert (await alert_row(desk))["acknowledged_at"] is None
    assert len(to(desk, OLGA_PHONE)) == 1


async def test_the_first_to_answer_takes_it_and_the_second_is_told_so(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    await emergency(talk)
    await pass_round(desk)
    await desk.text("1 20", "SM-olga", sender=OLGA_PHONE)
    await desk.work(5)
    await desk.text("1 10", "SM-sam", sender=SAM_PHONE)
    await desk.work(5)
    assert (await alert_row(desk))["acknowledged_by"] == "Olga"
    assert to(desk, SAM_PHONE)[-1] == "Olga has already taken it. Thank you."
    assert len(to(desk, CARLA)) == 2


async def test_it_can_be_taken_on_a_page_once(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    alert_id = await emergency(talk)
    business_id = desk.business.business_id
    assert await acknowledge_alert(desk.context, business_id, alert_id, "Olga", 40)
    assert not await acknowledge_alert(desk.context, business_id, alert_id, "Sam", 5)
    await desk.work(5)
    assert to(desk, CARLA)[-1] == "Olga from Harbor Dental is on the way, about 40 minutes."


async def test_what_the_caller_adds_belongs_to_the_same_alert(talk: tuple[Desk, Parrot]) -> None:
    desk, parrot = talk
    await emergency(talk)
    parrot.will(AlertOnCall("it is at the ceiling now"), say="Help is being called.")
    await desk.text("it is at the ceiling now", "SM-2")
    await desk.work(10)
    alert = await alert_row(desk)
    assert alert["words"] == "water everywhere / it is at the ceiling now"
    assert (alert["address"], alert["fee_agreed"]) == ("12 Oak St", True)
    assert len(to(desk, SAM_PHONE)) == 1


async def test_alerts_are_nobodys_conversation_until_staff_write_something_else(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    await emergency(talk)
    await desk.text("1", "SM-sam", sender=SAM_PHONE)
    await desk.work(5)
    business_id = desk.business.business_id

    async def inbox() -> list[str]:
        async with business_transaction(desk.context.pool, business_id) as connection:
            return [row["phone"] for row in await threads.list_threads(connection, business_id, None, 50)]

    assert await inbox() == [CARLA]
    await desk.text("Could somebody order gloves?", "SM-sam-2", sender=SAM_PHONE)
    await desk.work(5)
    assert sorted(await inbox()) == sorted([CARLA, SAM_PHONE])


async def test_without_a_phone_on_call_the_pages_raise_the_alarm(context: Context, clock: TestClock) -> None:
    def nobody(business: Business) -> Business:
        return listening(replace(business, staff=tuple(replace(one, phone=None) for one in business.staff)))

    talk = await open_talk(context, clock, nobody)
    await emergency(talk)
    [alarm] = await talk[0].table("alarms")
    assert alarm["words"].startswith("There is an emergency and nobody on call has a phone")


async def test_without_names_everyone_who_takes_calls_is_on_call(context: Context, clock: TestClock) -> None:
    talk = await open_talk(context, clock, listening)
    await emergency(talk)
    await pass_round(talk[0])
    assert [len(to(talk[0], phone)) for phone in (SAM_PHONE, OLGA_PHONE)] == [2, 0]


async def test_however_often_the_round_runs_each_phone_is_texted_once_in_it(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    alert_id = await emergency(talk)
    for _ in range(3):
        await alert_on_call(desk.context, desk.business.business_id, alert_id)
    await desk.work(5)
    assert len(to(desk, SAM_PHONE)) == 1


async def test_a_caller_who_said_stop_is_told_nothing_more(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    await emergency(talk)
    await desk.text("STOP", "SM-stop")
    await desk.work(5)
    await desk.text("1 20", "SM-sam", sender=SAM_PHONE)
    await desk.work(5)
    assert to(desk, CARLA) == ["Shut the main valve."]
