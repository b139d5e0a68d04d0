"""Carrier behaviour: statuses in order, opt-out words, numbers that cannot be texted, phones that are off."""

import asyncio
from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.twiml.messaging_response import MessagingResponse

from ringback.sandbox.keywords import Keyword, find_keyword
from ringback.sandbox.segments import count_segments
from tests.sandbox.business import Business, Say
from tests.sandbox.cast import CARLA, HARBOR
from tests.sandbox.company import PhoneCompany
from tests.sandbox.official import official_client


async def send(company: PhoneCompany, body: str = "Sorry we missed you.", **more: Any) -> Any:
    client = official_client(company.url)
    return await asyncio.to_thread(client.messages.create, to=CARLA, from_=HARBOR, body=body, **more)


async def test_statuses_come_in_order_and_are_reported(company: PhoneCompany, harbor: Business) -> None:
    sent = await send(company, status_callback=harbor.url + "/status")
    await company.wait_for_events(4, "webhook.answered", hook="message_status", params={"MessageSid": sent.sid})

    reported = [one.params["MessageStatus"] for one in harbor.got("/status")]
    assert reported == ["queued", "sending", "sent", "delivered"]
    assert "RawDlrDoneDate" in harbor.got("/status")[-1].params


@pytest.mark.parametrize(("kind", "code"), [("landline", 30006), ("filtered", 30007), ("unreachable", 30003)])
async def test_a_text_that_cannot_arrive_is_accepted_first(
    company: PhoneCompany, harbor: Business, kind: str, code: int
) -> None:
    await company.behave(CARLA, kind=kind)

    sent = await send(company, status_callback=harbor.url + "/status")

    report = (await company.wait_for_webhook("message_status", MessageStatus="undelivered"))["params"]
    assert (report["ErrorCode"], report["MessageSid"]) == (str(code), sent.sid)
    assert (await company.handset(CARLA))["texts"] == []


async def test_a_number_that_does_not_exist_is_refused(company: PhoneCompany) -> None:
    await company.behave(CARLA, kind="invalid")

    with pytest.raises(TwilioRestException) as refused:
        await send(company)

    assert refused.value.code == 21211


async def test_a_text_waits_for_a_phone_that_is_off(company: PhoneCompany) -> None:
    await company.behave(CARLA, switched_off=True)
    sent = await send(company, validity_period=3600)
    await company.wait_for_event("message.waiting", sid=sent.sid)

    await company.behave(CARLA, switched_off=False)

    await company.wait_for_event("message.delivered", sid=sent.sid)


async def test_a_text_expires_when_the_phone_stays_off(company: PhoneCompany) -> None:
    await company.behave(CARLA, switched_off=True)

    sent = await send(company, validity_period=5)

    await company.wait_for_event("message.failed", sid=sent.sid, error_code=30036)


async def test_stop_blocks_this_number_for_this_phone_until_start(company: PhoneCompany, harbor: Business) -> None:
    await company.text(CARLA, HARBOR, " stop ")
    await company.wait_for_webhook("message", Body=" stop ")
    await company.wait_for_event("message.delivered")

    with pytest.raises(TwilioRestException) as refused:
        await send(company)
    assert (refused.value.status, refused.value.code) == (400, 21610)
    [stop, confirmation] = (await company.handset(CARLA))["texts"]
    assert (stop["mine"], confirmation["mine"]) == (True, False)
    assert "unsubscribed" in confirmation["body"]
    assert await company.messages() == [], "the carrier's own words are not the business's"

    await company.text(CARLA, HARBOR, "START")
    assert (await send(company)).status == "queued"


async def test_a_second_stop_is_not_confirmed_again(company: PhoneCompany) -> None:
    await company.text(CARLA, HARBOR, "STOP")
    await company.text(CARLA, HARBOR, "STOP")
    await company.wait_for_event("message.delivered")

    assert len(await company.events("message.accepted", source="carrier")) == 1


async def test_opt_out_type_is_told_only_where_it_is_switched_on(company: PhoneCompany, harbor: Business) -> None:
    await company.text(CARLA, HARBOR, "HELP")
    await company.wait_for_webhook("message")
    await company.add_number(HARBOR, advanced_opt_out=True)
    await company.text(CARLA, HARBOR, "HELP")
    await company.wait_for_events(2, "webhook.answered", hook="message")

    assert [one.params.get("OptOutType") for one in harbor.got("/sms")] == [None, "HELP"]


@pytest.mark.parametrize(
    ("body", "keyword"),
    [
        *((word, Keyword.STOP) for word in "STOP Unsubscribe end quit STOPALL revoke OptOut cancel".split()),
        *((word, Keyword.START) for word in "START yes unstop".split()),
        *((word, Keyword.HELP) for word in "help INFO".split()),
        *((words, None) for words in ("STOP PLEASE", "please stop", "stop.", "no", "")),
    ],
)
def test_only_a_whole_keyword_counts(body: str, keyword: Keyword | None) -> None:
    assert find_keyword(body) is keyword


async def test_an_answer_document_becomes_a_text(company: PhoneCompany, harbor: Business) -> None:
    answer = MessagingResponse()
    answer.message("We open at 8.")
    harbor.say("/sms", str(answer))

    await company.text(CARLA, HARBOR, "Hours?")
    await company.wait_for_event("message.delivered")

    assert (await company.handset(CARLA))["texts"][-1]["body"] == "We open at 8."


async def test_a_plain_answer_is_texted_to_the_sender(company: PhoneCompany, harbor: Business) -> None:
    harbor.say("/sms", Say("ok", content_type="text/plain"))

    await company.text(CARLA, HARBOR, "Hours?")
    await company.wait_for_event("message.delivered")

    assert (await company.handset(CARLA))["texts"][-1]["body"] == "ok"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Say("{}", content_type="application/json"), 12300),
        (Say("<Response>"), 12100),
        (Say(f"<Response><Message to='{HARBOR}'>Hi</Message></Response>"), 21266),
    ],
)
async def test_an_answer_that_cannot_be_texted_is_said_on_the_console(
    company: PhoneCompany, harbor: Business, answer: Say, code: int
) -> None:
    harbor.say("/sms", answer)

    await company.text(CARLA, HARBOR, "Hours?")

    await company.wait_for_event("message.error", code=code)


async def test_a_picture_from_the_business_is_fetched_and_shown(company: PhoneCompany, company_url: str) -> None:
    picture = await company.upload(b"\x89PNG map")

    sent = await send(company, media_url=[f"{company_url}/sandbox/api/media/{picture}"])
    await company.wait_for_event("message.delivered", sid=sent.sid)

    [text] = (await company.handset(CARLA))["texts"]
    assert len(text["media"]) == 1


async def test_a_picture_that_cannot_be_fetched_fails_the_text(company: PhoneCompany, company_url: str) -> None:
    sent = await send(company, media_url=[f"{company_url}/sandbox/api/media/none"])

    await company.wait_for_event("message.failed", sid=sent.sid, error_code=11200)


@pytest.mark.parametrize(
    ("body", "segments"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("[" * 80, 1),
        ("[" * 81, 2),
        ("á" * 70, 1),
        ("á" * 71, 2),
        ("é" * 160, 1),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
        ("a" * 459, 3),
    ],
)
def test_segments_are_counted_as_billed(body: str, segments: int) -> None:
    assert count_segments(body) == segments
