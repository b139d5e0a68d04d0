"""Texts both ways, through real HTTP: threads, pictures, keywords, replies and what carriers do to them."""

import asyncio
from uuid import uuid4

from ringback.store.db import business_transaction
from ringback.wiring import PROVIDERS
from ringback.wiring.clock import ShiftedClock
from ringback.workflows.context import Context
from ringback.workflows.replies import Reply, send_reply
from tests.cast import CARLA, HARBOR_ADS_NUMBER, HARBOR_NUMBER, SEALER, NoNetwork
from tests.journeys.shop import Shop


def context_of(shop: Shop) -> Context:
    """Return a context on the running installation's database: what a page or the API works with."""
    return Context(shop.pool, ShiftedClock(), NoNetwork(), PROVIDERS, shop.installation.url, sealer=SEALER)


async def received(shop: Shop, count: int) -> list[dict[str, object]]:
    """Wait for inbound texts and return them, oldest first."""

    async def look() -> list[dict[str, object]]:
        found = await shop.fetch(
            "select m.*, t.contact_id from messages m join threads t using (business_id, thread_id) "
            "where direction = 'in' order by m.created_at, m.message_id"
        )
        return [dict(row) for row in found] if len(found) >= count else []

    found: list[dict[str, object]] = await shop.wait_for(look, f"{count} texts")
    return found


async def test_a_reply_opens_a_thread_and_asks_for_an_answer(shop: Shop) -> None:
    """The missed caller's reply is one thread, marked as needing a reply."""
    await shop.phones("busy")
    await shop.missed()
    await shop.texts()
    await shop.company.text(CARLA, HARBOR_NUMBER, "A filling fell out ☹")
    [text] = await received(shop, 1)
    assert text["body"] == "A filling fell out ☹"
    [thread] = await shop.fetch("select needs_reply_at, preview from threads where not for_alerts")
    assert thread["needs_reply_at"] is not None
    assert thread["preview"] == "A filling fell out ☹"


async def test_twenty_texts_at_once_on_two_lines_make_one_thread(shop: Shop) -> None:
    """Found or created under the database's protection; every text is kept, with its line."""
    numbers = [HARBOR_NUMBER, HARBOR_ADS_NUMBER]
    await asyncio.gather(*(shop.company.text(CARLA, numbers[n % 2], f"text {n}") for n in range(20)))
    texts = await received(shop, 20)
    assert sorted(str(text["body"]) for text in texts) == sorted(f"text {n}" for n in range(20))
    assert len({text["thread_id"] for text in texts}) == 1
    assert len({text["line_id"] for text in texts}) == 2


async def test_a_picture_is_fetched_and_stored(shop: Shop) -> None:
    """The phone company keeps pictures behind credentials and a redirect; we keep them with the text."""
    await shop.company.text(CARLA, HARBOR_NUMBER, "my tooth", media=("sample",))

    async def stored() -> list[object]:
        return list(await shop.fetch("select content_type, bytes, failed from pictures where fetched_at is not null"))

    [picture] = await shop.wait_for(stored, "the picture")
    assert picture["failed"] is None
    assert picture["content_type"].startswith("image/")
    assert len(picture["bytes"]) > 50


async def test_the_same_text_delivered_three_times_is_kept_once(shop: Shop) -> None:
    """Duplicate callbacks are the phone company's right."""
    await shop.company.set_webhook_fault("duplicate", on="message", copies=3)
    await shop.company.text(CARLA, HARBOR_NUMBER, "hello")
    await received(shop, 1)
    await shop.quiet()
    assert len(await received(shop, 1)) == 1


async def test_a_staff_reply_goes_out_from_the_line_used_last_and_is_delivered(shop: Shop) -> None:
    """And the same form sent twice is one text."""
    await shop.company.text(CARLA, HARBOR_NUMBER, "first")
    await received(shop, 1)
    await shop.company.text(CARLA, HARBOR_ADS_NUMBER, "second")
    texts = await received(shop, 2)
    reply = Reply(texts[0]["thread_id"], uuid4(), "Come at 3 PM.", "Olga")  # type: ignore[arg-type]
    for _ in range(2):
        assert await send_reply(context_of(shop), shop.business.business_id, reply) is None
    [sent] = await shop.company.wait_for_texts(CARLA)
    assert (sent["from"], sent["body"]) == (HARBOR_ADS_NUMBER, "Come at 3 PM.")

    async def delivered() -> list[object]:
        return list(await shop.fetch("select from messages where delivery = 'delivered'"))

    await shop.wait_for(delivered, "the delivery report")
    assert len(await shop.texts()) == 1
    [thread] = await shop.fetch("select needs_reply_at from threads where not for_alerts")
    assert thread["needs_reply_at"] is None


async def test_a_reply_to_someone_who_opted_out_is_refused_with_a_sentence(shop: Shop) -> None:
    """Staff texts obey STOP too; START lets them through again."""
    await shop.company.text(CARLA, HARBOR_NUMBER, "hola")
    [text] = await received(shop, 1)
    await shop.company.text(CARLA, HARBOR_NUMBER, "alto")
    await received(shop, 2)
    await shop.quiet()
    reply = Reply(text["thread_id"], uuid4(), "Buenas tardes", "Olga")  # type: ignore[arg-type]
    refused = await send_reply(context_of(shop), shop.business.business_id, reply)
    assert refused is not None
    assert refused.code == "opted_out"
    await shop.company.text(CARLA, HARBOR_NUMBER, "start")
    await received(shop, 3)
    await shop.quiet()
    assert await send_reply(context_of(shop), shop.business.business_id, reply) is None


async def test_a_stop_while_a_text_is_on_its_way_stops_it(shop: Shop) -> None:
    """STOP drops every text that was not handed over, and is confirmed once where the carrier does not."""
    await shop.company.text(CARLA, HARBOR_NUMBER, "hi")
    [text] = await received(shop, 1)
    await shop.company.set_rest_fault("429", on="messages", count=2, match={"method": "POST", "To": CARLA})
    reply = Reply(text["thread_id"], uuid4(), "Hello from Harbor", "Olga")  # type: ignore[arg-type]
    await send_reply(context_of(shop), shop.business.business_id, reply)
    await shop.company.text(CARLA, HARBOR_NUMBER, "Opt-out!!")
    await received(shop, 2)
    bodies = [str(sent["body"]) for sent in await shop.texts()]
    assert [body for body in bodies if "Hello" in body] == []
    assert len([body for body in bodies if "no more texts" in body]) == 1


async def test_a_filtered_text_shows_why_and_becomes_a_call_back(shop: Shop) -> None:
    """30007: never retried, a person is asked to call back; one alone may be chance, and alarms nobody."""
    await shop.phones("busy")
    await shop.company.behave(CARLA, "manual", kind="filtered")
    await shop.missed()

    async def failed() -> list[object]:
        return list(await shop.fetch("select error_kind, error_code from messages where error_kind is not null"))

    [message] = await shop.wait_for(failed, "the failure")
    assert (message["error_kind"], message["error_code"]) == ("filtered", "30007")
    assert await shop.fetch("select from alarms where kind = 'filtered'") == []
    assert len(await shop.fetch("select from call_backs")) == 1
    assert len(await shop.texts()) == 1


async def test_rex_sees_nothing_of_all_this(shop: Shop) -> None:
    """The rival's transaction has no rows of Harbor Dental."""
    await shop.company.text(CARLA, HARBOR_NUMBER, "secret")
    await received(shop, 1)
    async with business_transaction(shop.pool, uuid4()) as connection:
        assert await connection.fetchval("select count(*) from messages") == 0
