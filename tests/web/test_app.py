"""The installable app and the page of one's own alerts, over HTTP."""

import json
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any
from uuid import UUID

import httpx2
import pytest

from ringback.domain.notices import Channel
from ringback.providers.web_push import WebPusher
from ringback.store import notices
from ringback.store.db import business_transaction, rows
from ringback.workflows.context import Context
from ringback.workflows.notices import notice_secret, push_token
from tests.fixtures import Shops
from tests.patience import PATIENCE_SECONDS
from tests.web.pages_cast import Site, running_site
from tests.workflows.push_company import Browser

PHONE = Browser("phone")
AGENT = "Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Mobile Safari/537.36"


@pytest.fixture
async def site(context: Context, shops: Shops) -> AsyncIterator[Site]:
    """The pages, with push set up."""
    async with running_site(replace(context, push=WebPusher("ringback@harbor.example")), shops) as running:
        yield running


async def olga_of(site: Site) -> httpx2.AsyncClient:
    """Olga's browser, who is on the staff list."""
    olga = await site.olga()
    await site.context.pool.execute(
        "update memberships set staff_id = $1 where business_id = $2",
        *(site.shops.harbor.staff[1].staff_id, site.shops.harbor.business_id),
    )
    olga.headers["user-agent"] = AGENT
    return olga


def subscription(browser: Browser = PHONE, **more: Any) -> dict[str, Any]:
    """The form that a page sends when alerts are turned on."""
    given = browser.target
    return {"endpoint": given.endpoint, "p256dh": given.p256dh, "auth": given.auth, "old": "", **more}


async def table(site: Site, name: str) -> list[dict[str, object]]:
    """Harbor's rows of a table."""
    async with business_transaction(site.context.pool, site.shops.harbor.business_id) as connection:
        return rows(await connection.fetch(f"select * from {name}"))


async def test_the_app_is_named_after_the_business_of_whoever_installs_it(site: Site) -> None:
    stranger, olga = await site.visitor(), await site.olga()

    ours = (await olga.get("/manifest.webmanifest")).json()
    named = (await stranger.get("/manifest.webmanifest")).json()

    assert (ours["name"], ours["short_name"], named["name"]) == ("Harbor Dental", "Harbor", "Ringback")
    assert (ours["start_url"], ours["scope"], ours["display"]) == ("/threads", "/", "standalone")
    assert [shortcut["url"] for shortcut in ours["shortcuts"]] == ["/threads", "/call-backs", "/bookings"]


async def test_every_icon_of_the_app_is_there_in_the_size_it_says(site: Site) -> None:
    stranger = await site.visitor()
    manifest = (await stranger.get("/manifest.webmanifest")).json()

    for icon in manifest["icons"]:
        answer = await stranger.get(icon["src"])
        assert answer.headers["content-type"] == icon["type"]
        if icon["type"] == "image/png":
            size = f"{int.from_bytes(answer.content[16:20])}x{int.from_bytes(answer.content[20:24])}"
            assert size == icon["sizes"]
    assert {icon.get("purpose", "any") for icon in manifest["icons"]} == {"any", "maskable"}


async def test_the_service_worker_is_small_fresh_and_names_files_that_exist(site: Site) -> None:
    stranger = await site.visitor()

    worker = await stranger.get("/sw.js")

    assert worker.headers["content-type"].startswith("text/javascript")
    assert worker.headers["cache-control"] == "no-cache"
    assert len(worker.content) <= 4096
    shell = json.loads(re.findall(r"SHELL = (\[.*?\])", worker.text)[0])
    assert shell[0] == "/offline"
    assert [(await stranger.get(path)).status_code for path in shell] == [200] * len(shell)
    assert "worker-src 'self'" in worker.headers["content-security-policy"]


async def test_a_page_says_whose_copy_it_is_without_saying_who(site: Site) -> None:
    olga, rex, stranger = await site.olga(), await site.rex(), await site.visitor()

    marks = [(await one.get("/threads")).headers["x-who"] for one in (olga, olga, rex)]

    assert marks[0] == marks[1] != marks[2]
    assert "x-who" not in (await stranger.get("/sign-in")).headers
    assert "x-who" not in (await stranger.get("/offline")).headers


async def test_alerts_are_turned_on_for_a_device_listed_and_removed(site: Site) -> None:
    olga = await olga_of(site)

    assert (await olga.post("/me/notices/devices", data=subscription())).status_code == 204
    page = await olga.get("/me/notices")
    assert "Chrome · Android" in page.text
    assert PHONE.target.endpoint not in page.text

    [device] = await table(site, "push_subscriptions")
    answer = await olga.post(f"/me/notices/devices/{device['subscription_id']}/removal")
    assert answer.status_code == 303
    assert "Chrome · Android" not in (await olga.get("/me/notices")).text
    assert (await olga.post(f"/me/notices/devices/{device['subscription_id']}/removal")).status_code == 404
    assert [entry["what"] for entry in await table(site, "audit_entries")] == ["notices.device", "notices.device"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"endpoint": "https://127.0.0.1/push"},
        {"endpoint": "http://fcm.googleapis.com/fcm/send/phone"},
        {"endpoint": "https://rex.example/push"},
        {"p256dh": "short"},
        {"auth": ""},
    ],
)
async def test_what_is_no_subscription_is_not_kept(site: Site, wrong: dict[str, Any]) -> None:
    olga = await olga_of(site)

    assert (await olga.post("/me/notices/devices", data=subscription(**wrong))).status_code == 422

    assert await table(site, "push_subscriptions") == []


async def test_a_device_renews_its_own_subscription_and_takes_over_nobody_elses(site: Site) -> None:
    olga = await olga_of(site)
    sam = await site.visitor(site.shops.harbor, "staff", "Sam")
    old = subscription()["endpoint"]
    await olga.post("/me/notices/devices", data=subscription())

    assert (await sam.post("/me/notices/devices", data=subscription(old=old))).status_code == 404
    assert (await olga.post("/me/notices/devices", data=subscription(Browser("new"), old=old))).status_code == 204

    kept = await table(site, "push_subscriptions")
    assert sorted((str(row["endpoint"])[-5:], row["ended_why"]) for row in kept) == [
        ("d/new", None), ("phone", "renewed"),
    ]  # fmt: skip


async def test_nobody_removes_a_device_of_another(site: Site) -> None:
    olga = await olga_of(site)
    await olga.post("/me/notices/devices", data=subscription())
    [device] = await table(site, "push_subscriptions")

    for other in (await site.rex(), await site.visitor(site.shops.harbor, "staff", "Sam")):
        answer = await other.post(f"/me/notices/devices/{device['subscription_id']}/removal")
        assert answer.status_code == 404

    assert await table(site, "push_subscriptions") == [device]


CHOICE = {"first": "sms", "second": "email", "third": "", "quiet_from": "22:00", "quiet_until": "07:00"}


async def test_a_person_chooses_ways_and_quiet_hours(site: Site) -> None:
    olga = await olga_of(site)

    assert (await olga.post("/me/notices", data={**CHOICE, "urgent_through": "on"})).status_code == 303

    page = (await olga.get("/me/notices")).text
    assert 'value="22:00"' in page
    assert re.search(r'name="urgent_through"\s+checked', page)
    async with business_transaction(site.context.pool, site.shops.harbor.business_id) as connection:
        staff_id, now = site.shops.harbor.staff[1].staff_id, site.context.clock.now()
        [me] = await notices.load_reach(connection, site.shops.harbor.business_id, [staff_id], now)
    assert me.policy.channels == (Channel.SMS, Channel.EMAIL)
    assert [entry["what"] for entry in await table(site, "audit_entries")] == ["notices.choice"]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"first": "", "second": ""}, "Choose at least one way"),
        ({"first": "pigeon"}, "Choose at least one way"),
        ({"second": "sms"}, "Name each way once."),
        ({"quiet_until": ""}, "Quiet hours have a beginning and an end"),
        ({"quiet_until": "22:00"}, "Quiet hours have a beginning and an end"),
        ({"quiet_until": "late"}, "Quiet hours have a beginning and an end"),
        ({"quiet_from": "22:00 or so", "quiet_until": "late"}, "Quiet hours have a beginning and an end"),
    ],
)
async def test_what_cannot_be_chosen_comes_back_as_typed_with_why(
    site: Site, wrong: dict[str, str], sentence: str
) -> None:
    olga = await olga_of(site)

    answer = await olga.post("/me/notices", data={**CHOICE, "quiet_from": "22:00", **wrong})

    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="22:00' in answer.text
    assert await table(site, "staff_channels") == []


async def test_the_owner_alone_says_what_lock_screens_may_show(site: Site) -> None:
    olga, sam = await olga_of(site), await site.visitor(site.shops.harbor, "staff", "Sam")

    assert (await sam.post("/me/notices/rules", data={"push_wait_seconds": "60"})).status_code == 403
    for typed in ("5", "601", "0599", "many", "9" * 5000):
        assert (await olga.post("/me/notices/rules", data={"push_wait_seconds": typed})).status_code == 422
    assert (
        await olga.post("/me/notices/rules", data={"push_wait_seconds": "60", "shows_words": "on"})
    ).status_code == 303

    [rules] = await table(site, "notice_rules")
    assert (rules["push_wait_seconds"], rules["shows_words"]) == (60, True)
    assert "/me/notices/rules" not in (await sam.get("/me/notices")).text


async def test_a_test_alert_is_told_step_by_step(site: Site) -> None:
    olga = await olga_of(site)
    await olga.post("/me/notices/devices", data=subscription())

    assert (await olga.post("/me/notices/test", data={"channel": "push"})).status_code == 303
    assert "On its way." in (await olga.get("/me/notices")).text
    assert (await olga.post("/me/notices/test", data={"channel": "pigeon"})).status_code == 422


async def shown_push(site: Site) -> tuple[UUID, str]:
    """A push to Olga's phone that has left; return the notice and the token in it."""
    olga = await olga_of(site)
    await olga.post("/me/notices/devices", data=subscription())
    await olga.post("/me/notices/test", data={"channel": "push"})
    business_id, now = site.shops.harbor.business_id, site.context.clock.now()
    async with business_transaction(site.context.pool, business_id) as connection:
        found = await connection.fetchrow("select notice_id, subscription_id from notices, push_subscriptions")
        assert found is not None
        notice_id, subscription_id = found
        await connection.execute(
            "insert into notice_pushes (business_id, notice_id, subscription_id, sent_at) values ($1, $2, $3, $4)",
            *(business_id, notice_id, subscription_id, now),
        )
    secret = await notice_secret(site.context.pool, site.context.sealer, now)
    return notice_id, push_token(secret, business_id, notice_id, subscription_id)


async def test_a_phone_says_without_a_cookie_that_it_showed_a_notice_and_that_it_was_opened(site: Site) -> None:
    _, token = await shown_push(site)
    phone = httpx2.AsyncClient(base_url=site.url, timeout=PATIENCE_SECONDS)

    for what in ("shown", "shown", "opened"):
        assert (await phone.post("/notices/seen", data={"token": token, "what": what})).status_code == 204
    await phone.aclose()

    [notice] = await table(site, "notices")
    assert (notice["shown_at"], notice["acknowledged_at"]) == (site.context.clock.now(),) * 2
    assert "Chrome · Android: opened." in (await (await olga_of(site)).get("/me/notices")).text


@pytest.mark.parametrize("fields", [{"what": "erased"}, {"token": "A" * 86}, {"token": ""}, {"token": "é"}])
async def test_what_is_no_answer_of_a_phone_is_not_found(site: Site, fields: dict[str, str]) -> None:
    _, token = await shown_push(site)

    answer = await (await site.visitor()).post("/notices/seen", data={"token": token, "what": "opened", **fields})

    assert answer.status_code == 404
    assert [notice["acknowledged_at"] for notice in await table(site, "notices")] == [None]


async def test_a_person_who_is_not_on_the_staff_list_is_told_so(site: Site) -> None:
    olga = await site.olga()

    assert "You are not on the staff list" in (await olga.get("/me/notices")).text
    assert (await olga.post("/me/notices", data=CHOICE)).status_code == 422
    assert (await olga.post("/me/notices/test", data={"channel": "sms"})).status_code == 422


async def test_a_viewer_is_told_of_nothing(site: Site) -> None:
    viewer = await site.visitor(site.shops.harbor, "viewer", "Vera")

    page = (await viewer.get("/me/notices")).text

    assert "are not told of anything" in page
    assert (await viewer.post("/me/notices/devices", data=subscription())).status_code == 403
