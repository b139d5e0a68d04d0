"""The product, driven by a marked caller through what works and what fails: nothing written down names them."""

import re

import httpx2

from tests.cast import HARBOR_NUMBER
from tests.journeys.shop import Shop
from tests.journeys.test_texts import received
from tests.patience import PATIENCE_SECONDS

PHONE = "+13125557788"
# What they are called, what they say, and their number however it is written.
MARKS = re.compile(r"Quux|Zephyrine|abscess|555\D{0,3}7788", re.IGNORECASE)
WORDS = "It is Zephyrine Quux, my abscess burst, call 312 555 7788"


async def drive(shop: Shop) -> None:
    """Let them call, write, be refused by the carrier and opt out."""
    await shop.phones("no_answer")
    await shop.missed(PHONE, caller_name="ZEPHYRINE QUUX")
    await shop.texts(PHONE)
    await shop.company.text(PHONE, HARBOR_NUMBER, WORDS)
    await received(shop, 1)
    await shop.company.set_rest_fault("500_before", on="messages", count=1)
    await shop.company.text(PHONE, HARBOR_NUMBER, "Zephyrine here, help")
    await received(shop, 2)
    await shop.company.text(PHONE, HARBOR_NUMBER, "STOP")
    await received(shop, 3)
    await shop.quiet()


async def knock(shop: Shop) -> None:
    """Send what is refused: forged and unreadable callbacks, wrong passwords, addresses that lead nowhere."""
    url, key = shop.installation.url, shop.main.hook_key
    told = {"From": PHONE, "To": HARBOR_NUMBER, "Body": WORDS, "MessageSid": "SM" + "7" * 32}
    async with httpx2.AsyncClient(base_url=url, headers={"origin": url}, timeout=PATIENCE_SECONDS) as client:
        await client.post(f"/hooks/{key}/message", data=told, headers={"x-twilio-signature": "forged"})
        await client.post(f"/hooks/{key}/message", content=b"\xff\xfe" + WORDS.encode())
        await client.post(f"/hooks/{WORDS.replace(' ', '-')}/message", data=told)
        await client.post("/sign-in", data={"email": "zephyrine@quux.example", "password": WORDS})
        await client.get(f"/contacts/{PHONE}?q={WORDS}")
        await client.get("/api/v1/contacts", params={"phone": PHONE}, headers={"authorization": f"Bearer rb_{WORDS}"})
        await client.post("/api/v1/messages", json={"body": WORDS, "to": PHONE})


async def test_no_log_figure_alarm_or_kept_exchange_names_a_caller(shop: Shop) -> None:
    await drive(shop)
    await knock(shop)

    async with httpx2.AsyncClient(base_url=shop.installation.url, timeout=PATIENCE_SECONDS) as client:
        metrics = (await client.get("/metrics")).text
    written = "\n".join(log.read_text() for log in shop.installation.home.glob("*.log"))
    exchanges = [str(dict(row)) for row in await shop.fetch("select * from provider_exchanges")]
    alarms = [str(dict(row)) for row in await shop.fetch("select * from alarms")]

    assert "ringback_" in metrics
    assert len(exchanges) >= 2
    assert '"event"' in written, "something was logged at all"
    found = [line for line in (*written.splitlines(), *metrics.splitlines(), *exchanges, *alarms) if MARKS.search(line)]
    assert found == []
    assert await shop.fetch("select 1 from messages where body like '%Zephyrine%'"), "the database has what logs lack"
