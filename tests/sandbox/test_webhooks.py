"""How the company calls the business's server: signed, retried, redirected, and broken when asked."""

import pytest

from tests.sandbox.business import Business, Say
from tests.sandbox.cast import CARLA, HARBOR, SAM
from tests.sandbox.company import PhoneCompany


async def set_voice(company: PhoneCompany, url: str, **more: str) -> None:
    await company.add_number(HARBOR, voice_url=url, **more)


@pytest.mark.parametrize("method", ["POST", "GET"])
async def test_the_vendors_validator_accepts_the_signature(
    company: PhoneCompany, harbor: Business, method: str
) -> None:
    await set_voice(company, harbor.url + "/voice?line=main&note=a%20b+c&empty=", voice_method=method)

    await company.wait_for_end(await company.place_call(CARLA, HARBOR))

    [voice] = harbor.got("/voice")
    assert voice.genuine
    assert (voice.method, voice.params["FromCity"]) == (method, "")


async def test_a_forged_signature_is_not_accepted_by_the_validator(company: PhoneCompany, harbor: Business) -> None:
    await company.set_webhook_fault("bad_signature", on="voice", count=1)

    await company.place_call(CARLA, HARBOR)
    await company.wait_for_webhook("call_status")

    assert [one.genuine for one in harbor.received] == [False, True]


async def test_a_server_error_is_not_retried_unless_the_url_asks(company: PhoneCompany, harbor: Business) -> None:
    harbor.say("/voice", Say(status=500), "<Response/>")

    call = await company.place_call(CARLA, HARBOR)

    assert await company.wait_for_end(call) == "failed"
    assert len(harbor.got("/voice")) == 1


async def test_the_url_may_ask_for_retries_which_carry_one_token(company: PhoneCompany, harbor: Business) -> None:
    await set_voice(company, harbor.url + "/voice#rc=3&rp=all")
    harbor.say("/voice", Say(status=500), Say(status=404), "<Response/>")

    call = await company.place_call(CARLA, HARBOR)

    assert await company.wait_for_end(call) == "completed"
    tries = harbor.got("/voice")
    assert len(tries) == 3
    assert len({one.token for one in tries}) == 1
    assert all(one.genuine for one in tries)


async def test_a_silent_server_is_given_up_after_the_read_timeout(company: PhoneCompany, harbor: Business) -> None:
    await set_voice(company, harbor.url + "/voice#rt=200&rc=5&rp=rt")
    harbor.say("/voice", Say(status=0), "<Response/>")

    # Five more tries, because an answer may take longer than that on a busy machine too.
    assert await company.wait_for_end(await company.place_call(CARLA, HARBOR)) == "completed"
    assert len(harbor.got("/voice")) > 1


async def test_the_fallback_url_is_asked_when_the_first_one_fails(company: PhoneCompany, harbor: Business) -> None:
    await set_voice(company, harbor.url + "/voice", voice_fallback_url=harbor.url + "/spare")
    harbor.say("/voice", Say(status=503))

    assert await company.wait_for_end(await company.place_call(CARLA, HARBOR)) == "completed"
    [spare] = harbor.got("/spare")
    assert (spare.params["ErrorCode"], spare.params["ErrorUrl"]) == ("11200", harbor.url + "/voice")


async def test_a_duplicated_webhook_arrives_as_often_as_asked(company: PhoneCompany, harbor: Business) -> None:
    await company.set_webhook_fault("duplicate", on="call_status", copies=3)

    await company.wait_for_end(await company.place_call(CARLA, HARBOR))
    await company.wait_for_events(3, "webhook.answered", hook="call_status")

    assert len({one.token for one in harbor.got("/ended")}) == 1


async def test_a_lost_webhook_never_arrives(company: PhoneCompany, harbor: Business) -> None:
    await company.set_webhook_fault("lose", on="call_status")

    call = await company.place_call(CARLA, HARBOR)

    await company.wait_for_event("webhook.lost", params={"CallSid": call})
    assert harbor.got("/ended") == []


async def test_a_late_webhook_arrives_after_the_delay(company: PhoneCompany, harbor: Business) -> None:
    await company.set_webhook_fault("delay", on="voice", seconds=10, count=1)

    await company.wait_for_end(await company.place_call(CARLA, HARBOR))

    kinds = [event["kind"] for event in await company.events("webhook", hook="voice")]
    assert kinds == ["webhook.delayed", "webhook.answered"]


async def test_held_webhooks_are_released_in_the_order_asked_for(company: PhoneCompany, harbor: Business) -> None:
    await company.set_webhook_fault("hold", on="call_status")
    calls = [await company.place_call(CARLA, HARBOR) for _ in range(3)]
    await company.wait_for_events(3, "webhook.held")
    held = [event["params"]["CallSid"] for event in await company.events("webhook.held")]

    assert await company.release_webhooks("reverse") == 3
    await company.wait_for_events(3, "webhook.answered", hook="call_status")

    assert [one.params["CallSid"] for one in harbor.got("/ended")] == held[::-1]
    assert set(held) == set(calls)


async def test_reordered_webhooks_arrive_newest_first(company: PhoneCompany, harbor: Business) -> None:
    events = "initiated ringing answered completed"
    number = f'<Number statusCallback="/leg" statusCallbackEvent="{events}">{SAM}</Number>'
    harbor.say("/voice", f'<Response><Dial timeout="5">{number}</Dial></Response>')
    await company.behave(SAM, "answer", hang_up_after_seconds=5)
    await company.set_webhook_fault("reorder", on="leg_status", batch=4)

    await company.place_call(CARLA, HARBOR)
    await company.wait_for_events(4, "webhook.answered", hook="leg_status")

    assert [one.params["SequenceNumber"] for one in harbor.got("/leg")] == ["3", "2", "1", "0"]


async def test_a_fault_strikes_only_what_it_matches_and_is_used_up(company: PhoneCompany, harbor: Business) -> None:
    await company.set_webhook_fault("lose", on="call_status", count=1, match={"From": CARLA})

    await company.place_call(SAM, HARBOR)
    await company.place_call(CARLA, HARBOR)
    await company.place_call(CARLA, HARBOR)
    await company.wait_for_events(2, "webhook.answered", hook="call_status")

    assert len(await company.events("webhook.lost")) == 1


async def test_the_same_seed_strikes_the_same_requests(company: PhoneCompany, harbor: Business) -> None:
    struck = []
    for _ in range(2):
        await company.set_webhook_fault("bad_signature", on="voice", probability=0.5, seed=7)
        for _ in range(8):
            await company.wait_for_end(await company.place_call(CARLA, HARBOR))
        struck.append([one.genuine for one in harbor.got("/voice")])
        harbor.received.clear()
        await company.clear_faults()

    assert struck[0] == struck[1]
    assert set(struck[0]) == {True, False}
