"""The receptionist over real HTTP: a missed caller is answered and booked, and an emergency finds a person."""

from typing import Any

import pytest

from ringback.domain.business import ReceptionistPolicy, Service
from tests.cast import CARLA, HARBOR_NUMBER, SAM_PHONE
from tests.journeys.conftest import OpenShop
from tests.journeys.shop import Shop, new_harbor

POLICY = ReceptionistPolicy(settle_seconds=0.2, emergency_words=("knocked out",), on_call=("Sam",))
SERVICES = (Service("Cleaning", 60), Service("Emergency visit", 30, emergency=True))


@pytest.fixture
async def talking(open_harbor: OpenShop) -> Shop:
    """Harbor Dental with its receptionist on."""
    return await open_harbor(new_harbor(receptionist=POLICY, services=SERVICES))


async def say(shop: Shop, body: str, phone: str = CARLA) -> str:
    """Text the business; return the last text that came back."""
    before = len(await shop.texts(to=phone))
    await shop.company.text(phone, HARBOR_NUMBER, body)

    async def look() -> list[dict[str, Any]]:
        return (await shop.company.messages(to=phone))[before:]

    texts: list[dict[str, Any]] = await shop.wait_for(look, f"an answer to {body!r}")
    return str(texts[-1]["body"])


async def test_a_missed_caller_is_answered_booked_and_asked_for_nothing_more(talking: Shop) -> None:
    await talking.phones("busy")
    await talking.missed()
    assert len(await talking.texts()) == 1
    offer = await say(talking, "Hi, I need a cleaning tomorrow")
    assert "?" in offer
    read_back = await say(talking, "the first one")
    if "name" in read_back:
        read_back = await say(talking, "Carla Ruiz")
    assert "Cleaning" in read_back
    assert await talking.fetch("select 1 from bookings where state = 'booked'") == []
    booked = await say(talking, "yes")
    assert "booked" in booked
    [booking] = await talking.fetch("select state, service from bookings")
    assert (booking["state"], booking["service"]) == ("booked", "Cleaning")
    assert await talking.fetch("select 1 from threads where needs_reply_at is not null") == []
    # Every text of the caller was read by one turn, and each turn has its reasons.
    assert await talking.fetch("select 1 from messages where direction = 'in' and turn_id is null") == []
    assert await talking.fetch("select 1 from turns where why = '[]'") == []


async def test_an_emergency_finds_sam_and_the_caller_hears_that_he_comes(talking: Shop) -> None:
    await say(talking, "My son's tooth was knocked out!!")

    async def alerted() -> list[dict[str, Any]]:
        return await talking.company.messages(to=SAM_PHONE)

    [alert] = await talking.wait_for(alerted, "Sam's alert")
    assert alert["body"].startswith("EMERGENCY Harbor Dental")
    before = len(await talking.texts())
    await talking.company.text(SAM_PHONE, HARBOR_NUMBER, "on my way 20")

    async def told() -> list[dict[str, Any]]:
        return (await talking.company.messages(to=CARLA))[before:]

    [coming] = await talking.wait_for(told, "word of who comes")
    assert coming["body"] == "Sam from Harbor Dental is on the way, about 20 minutes."
    assert len(await talking.company.messages(to=SAM_PHONE)) == 1
