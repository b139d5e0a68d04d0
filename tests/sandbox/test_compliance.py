"""How a number stands with the carriers: what the company says when it is asked, and what becomes of its texts."""

import asyncio
from typing import Any

import pytest

from tests.sandbox.business import Business
from tests.sandbox.cast import CARLA, HARBOR
from tests.sandbox.company import PhoneCompany
from tests.sandbox.official import official_client

TOLL_FREE = "+18005550100"


async def campaigns_of(company: PhoneCompany, number: str) -> list[Any]:
    """The campaigns of the service that a number stands in, asked by the vendor's own library."""
    api = official_client(company.url).messaging.v1

    def ask() -> list[Any]:
        found = []
        for service in api.services.list():
            if number in {one.phone_number for one in api.services(service.sid).phone_numbers.list()}:
                found += api.services(service.sid).us_app_to_person.list()
        return found

    return await asyncio.to_thread(ask)


@pytest.mark.parametrize(
    ("registration", "status"), [("approved", "VERIFIED"), ("pending", "IN_PROGRESS"), ("rejected", "FAILED")]
)
async def test_a_number_stands_in_a_service_with_a_campaign(
    company: PhoneCompany, registration: str, status: str
) -> None:
    await company.add_number(HARBOR, registration=registration)
    [campaign] = await campaigns_of(company, HARBOR)

    assert campaign.campaign_status == status
    assert bool(campaign.errors) == (registration == "rejected")


async def test_a_number_that_nobody_registered_stands_in_no_service(company: PhoneCompany) -> None:
    await company.add_number(HARBOR, registration="none")

    assert await campaigns_of(company, HARBOR) == []


async def test_a_toll_free_number_has_a_verification_instead(company: PhoneCompany) -> None:
    sid = (await company.add_number(TOLL_FREE, registration="rejected"))["sid"]
    api = official_client(company.url).messaging.v1
    [found] = await asyncio.to_thread(api.tollfree_verifications.list, tollfree_phone_number_sid=sid)

    assert (found.status, bool(found.rejection_reason)) == ("TWILIO_REJECTED", True)
    assert await campaigns_of(company, TOLL_FREE) == []


@pytest.mark.parametrize(("number", "code"), [(HARBOR, 30034), (TOLL_FREE, 30032)])
@pytest.mark.parametrize("registration", ["none", "pending", "rejected"])
async def test_a_text_of_a_number_that_is_not_registered_is_taken_and_blocked(
    company: PhoneCompany, harbor: Business, number: str, code: int, registration: str
) -> None:
    await company.add_number(number, registration=registration)
    client = official_client(company.url)
    more = {"to": CARLA, "from_": number, "body": "Sorry we missed you.", "status_callback": harbor.url + "/status"}
    sent = await asyncio.to_thread(client.messages.create, **more)

    report = (await company.wait_for_webhook("message_status", MessageStatus="undelivered"))["params"]
    assert (report["ErrorCode"], report["MessageSid"]) == (str(code), sent.sid)
    assert (await company.handset(CARLA))["texts"] == []
