"""Every callback of a call is lost: the poll finds the call at the phone company, and the caller is texted once."""

from ringback.wiring import PROVIDERS
from ringback.wiring.clock import ShiftedClock
from ringback.wiring.http import OutgoingHttp
from ringback.workflows.context import Context
from ringback.workflows.poll import poll_line
from ringback.workflows.settle import settle_call
from tests.cast import SAM_PHONE, SEALER
from tests.journeys.shop import Shop


async def poll(shop: Shop) -> None:
    """Do what the worker does every other minute."""
    http = OutgoingHttp()
    context = Context(shop.pool, ShiftedClock(), http, PROVIDERS, shop.installation.url, sealer=SEALER)
    await poll_line(context, shop.business.business_id, shop.main.line_id)
    await http.close()


async def test_a_call_of_which_no_callback_came_is_found_and_texted_once(shop: Shop) -> None:
    """Twice polled, once texted; and a callback that comes after all changes nothing."""
    await shop.phones("no_answer")
    for hook in ("voice", "dial_action", "leg_status", "call_status"):
        await shop.company.set_webhook_fault("lose", on=hook)
    call = await shop.ring()
    await shop.company.wait_for_end(call)
    for _ in range(2):
        await poll(shop)
    decision = await shop.decided(call)
    assert (decision["call_outcome"], decision["decision"]) == ("failed", "send")
    assert len(await shop.texts()) == 1
    assert len(await shop.fetch("select from calls")) == 1


async def test_an_answered_call_whose_end_was_lost_is_never_texted(shop: Shop) -> None:
    """Sam took it; the timer and the poll find a conversation, and its end, and text nobody."""
    await shop.company.behave(SAM_PHONE, "answer", keys="1")
    for hook in ("dial_action", "call_status"):
        await shop.company.set_webhook_fault("lose", on=hook)
    call = await shop.ring()
    decision = await shop.decided(call)
    await poll(shop)
    assert decision["reason"] == "answered"
    assert await shop.texts() == []


async def test_the_timer_asks_the_phone_company_before_it_gives_a_call_up(shop: Shop) -> None:
    """Only the voice callback came; our own timer runs, looks, and decides from what it finds."""
    await shop.phones("busy")
    for hook in ("dial_action", "leg_status", "call_status"):
        await shop.company.set_webhook_fault("lose", on=hook)
    call = await shop.ring()
    await shop.company.wait_for_end(call)
    [row] = await shop.fetch("select call_id from calls where provider_call_id = $1", call)
    http = OutgoingHttp()
    context = Context(shop.pool, ShiftedClock(), http, PROVIDERS, shop.installation.url, sealer=SEALER)
    await settle_call(context, shop.business.business_id, row["call_id"], timer=True)
    await http.close()
    decision = await shop.decided(call)
    assert (decision["call_outcome"], decision["decision"]) == ("busy", "send")
    assert len(await shop.texts()) == 1
