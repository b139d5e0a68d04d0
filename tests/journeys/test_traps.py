"""The traps that cost others months: lost, late, doubled and reordered callbacks, opt-outs, look-ups."""

from dataclasses import replace

import pytest

from ringback.domain.business import Mode
from tests.cast import CARLA, HARBOR_NUMBER, OLGA_PHONE, SAM_PHONE
from tests.journeys.conftest import OpenShop
from tests.journeys.shop import Shop, new_harbor, with_mode


async def test_every_callback_address_asks_the_phone_company_to_try_again(shop: Shop) -> None:
    """Trap 1: a 5xx of ours is not retried unless the address says so."""
    await shop.phones("no_answer")
    await shop.missed()
    await shop.texts()
    hooks = {event["hook"]: event["url"] for event in await shop.company.events("webhook.answered")}
    assert {"voice", "dial_action", "leg_status", "call_status", "message_status"} <= set(hooks)
    assert [hook for hook, url in hooks.items() if not url.endswith("#rc=3&rp=all")] == []


@pytest.mark.parametrize("effect", ["duplicate", "reorder", "delay"])
async def test_callbacks_that_come_thrice_or_in_any_order_or_late_make_one_decision(shop: Shop, effect: str) -> None:
    """Trap 4: one decision, one text."""
    options = {"duplicate": {"copies": 3}, "reorder": {"batch": 3}, "delay": {"seconds": 30}}[effect]
    await shop.phones("no_answer")
    for hook in ("leg_status", "call_status", "message_status"):
        await shop.company.set_webhook_fault(effect, on=hook, **options)
    if effect == "duplicate":
        for hook in ("voice", "dial_action"):
            await shop.company.set_webhook_fault(effect, on=hook, **options)
    decision = await shop.missed()
    assert decision["call_outcome"] == "no_answer"
    await shop.company.wait_for_texts(CARLA)
    await shop.company.wait_for_event("message.delivered")
    # What is still held comes now, after everything has been decided and sent.
    await shop.company.clear_faults()
    await shop.company.release_webhooks("reverse")
    await shop.company.wait_for_webhook("message_status", MessageStatus="delivered")
    await shop.company.wait_for_webhook("call_status", CallSid=decision["provider_call_id"])
    assert len(await shop.texts()) == 1
    assert len(await shop.fetch("select from text_backs")) == 1


@pytest.mark.parametrize("lost", ["dial_action", "call_status", "leg_status"])
async def test_a_lost_callback_changes_nothing_when_another_tells_of_the_end(shop: Shop, lost: str) -> None:
    """Any one of them may be lost."""
    await shop.phones("no_answer")
    await shop.company.set_webhook_fault("lose", on=lost)
    decision = await shop.missed()
    await shop.company.wait_for_event("webhook.lost", hook=lost)
    assert decision["decision"] == "send"
    assert len(await shop.texts()) == 1


async def test_a_keyword_that_the_carrier_has_answered_gets_no_second_answer(shop: Shop) -> None:
    """Trap 8: OptOutType means that it is handled; we only keep it."""
    await shop.connect(shop.main, advanced_opt_out=True)
    await shop.company.text(CARLA, HARBOR_NUMBER, "STOP")

    async def kept() -> list[object]:
        return list(await shop.fetch("select source from opt_outs where ended_at is null"))

    [opt_out] = await shop.wait_for(kept, "the opt-out")
    assert opt_out["source"] == "carrier"
    assert await shop.texts() == []


async def test_a_plain_stop_is_confirmed_by_the_carrier_alone(shop: Shop) -> None:
    """Without OptOutType the carrier still answers its own words; two confirmations would break the law's one."""
    await shop.company.text(CARLA, HARBOR_NUMBER, "STOP")

    async def kept() -> list[object]:
        return list(await shop.fetch("select from opt_outs where ended_at is null"))

    await shop.wait_for(kept, "the opt-out")
    assert await shop.texts() == []

    async def confirmations() -> list[str]:
        seen = [text["body"] for text in (await shop.company.handset(CARLA))["texts"]]
        return [body for body in seen if body != "STOP"]

    assert len(await shop.wait_for(confirmations, "the carrier's confirmation")) == 1


async def test_an_opt_out_that_only_the_carrier_knew_is_learned_from_its_refusal(shop: Shop) -> None:
    """Trap 9: 21610 suppresses; the next missed call says so."""
    await shop.phones("busy")
    await shop.company.set_webhook_fault("lose", on="message", count=1)
    await shop.company.text(CARLA, HARBOR_NUMBER, "STOP")
    await shop.company.wait_for_event("webhook.lost")
    assert (await shop.missed())["decision"] == "send"
    await shop.quiet()
    [opt_out] = await shop.fetch("select source from opt_outs where ended_at is null")
    assert opt_out["source"] == "carrier_error"
    assert (await shop.missed())["reason"] == "opted_out"
    assert await shop.texts() == []


async def test_a_landline_is_learned_from_the_delivery_report(shop: Shop) -> None:
    """Trap 9: 30006 marks the number, a person is asked to call back, and no second text is tried."""
    await shop.phones("busy")
    await shop.company.behave(CARLA, "manual", kind="landline")
    await shop.missed()

    async def marked() -> list[object]:
        return list(await shop.fetch("select from contact_marks where kind = 'untextable'"))

    await shop.wait_for(marked, "the mark")
    [call_back] = await shop.fetch("select why from call_backs")
    assert "landline" in call_back["why"]
    assert (await shop.missed())["reason"] == "not_textable"
    assert len(await shop.texts()) == 1


@pytest.mark.parametrize("fault", ["500_after", "reset_after", "hang_after"])
async def test_an_answer_that_never_came_is_looked_up_and_not_sent_again(shop: Shop, fault: str) -> None:
    """Trap 10: the phone company took the text and then failed: nobody gets it twice."""
    await shop.phones("busy")
    # Without its reports, only a look-up can tell what became of the text.
    await shop.company.set_webhook_fault("lose", on="message_status")
    await shop.company.set_rest_fault(fault, on="messages", count=1, seconds=12, match={"method": "POST"})
    await shop.missed()

    async def accepted() -> list[object]:
        return list(await shop.fetch("select from messages where state = 'accepted' and lookups > 0"))

    await shop.wait_for(accepted, "the text to be found")
    assert len(await shop.texts()) == 1


@pytest.mark.parametrize("fault", ["500_before", "reset_before", "429"])
async def test_a_text_that_the_phone_company_did_not_take_goes_out_in_the_end(shop: Shop, fault: str) -> None:
    """Trap 10, the other half: a text that was never taken is not lost either."""
    await shop.phones("busy")
    await shop.company.set_rest_fault(fault, on="messages", count=1, match={"method": "POST"})
    await shop.missed()
    await shop.company.wait_for_events(1, "message.accepted", to=CARLA, source="api", seconds=40)
    assert len(await shop.texts()) == 1


async def test_a_forwarded_call_whose_caller_is_the_forwarding_number_is_not_texted(open_harbor: OpenShop) -> None:
    """Trap 14: some carriers replace the caller by the number that forwards; texting it would text ourselves."""
    old_number = "+13125550155"
    shop = await open_harbor(with_mode(new_harbor(), Mode.OVERFLOW, forwarding_number=old_number))
    decision = await shop.missed(caller=old_number, forwarded_from=old_number)
    assert (decision["call_outcome"], decision["reason"]) == ("overflow", "own_number")
    assert await shop.texts(old_number) == []


async def test_a_staff_phone_that_forwards_back_to_us_does_not_ring_for_ever(shop: Shop) -> None:
    """Trap 6: the bounced leg is refused."""
    call = await shop.ring(forwarded_from=SAM_PHONE)
    decision = await shop.decided(call)
    assert decision["plan"] == "loop"
    assert not await shop.company.events("call.ringing", to=OLGA_PHONE)


async def test_a_call_that_a_phone_system_reports_is_watched_and_texted(open_harbor: OpenShop) -> None:
    """Mode watch: another system answers the number; we hear of the call's end alone."""
    shop = await open_harbor(with_mode(new_harbor(), Mode.WATCH))
    await shop.connect(shop.main, voice_url="")
    call = await shop.ring()
    decision = await shop.decided(call)
    assert decision["plan"] == "watch"
    assert decision["decision"] == "send"


async def test_a_text_that_waited_too_long_becomes_a_call_back(open_harbor: OpenShop) -> None:
    """A late text is worse than none: the phone company stays away until the text is stale."""
    policy = replace(new_harbor().policy, stale_after_seconds=2)
    shop = await open_harbor(new_harbor(policy=policy))
    await shop.phones("busy")
    await shop.company.set_rest_fault("429", on="messages", match={"method": "POST"})
    call = await shop.ring()
    await shop.decided(call)

    async def dropped() -> bool:
        return bool((await shop.decided(call))["reason"] == "stale")

    await shop.wait_for(dropped, "the text to go stale")
    await shop.company.clear_faults()
    assert await shop.texts() == []
    assert len(await shop.fetch("select from call_backs")) == 1
