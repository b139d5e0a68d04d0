"""The installed app in a real browser: pushes shown by its service worker, and what is there without a network."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from playwright.async_api import Browser, BrowserContext, Page, ViewportSize, expect

from ringback.providers.web_push import WebPusher
from ringback.store import push_subscriptions
from ringback.store.db import business_transaction
from ringback.store.ids import new_id
from ringback.store.people import hash_token
from ringback.store.push_subscriptions import NewSubscription
from ringback.workflows.context import Context
from ringback.workflows.notices import notice_secret, push_token
from tests.fixtures import Shops
from tests.journeys.browsing import DESK, PHONE
from tests.patience import PATIENCE_SECONDS
from tests.web.pages_cast import COOKIE, Site, running_site

IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/19.0 Mobile/15E148 Safari/604.1"
)


@pytest.fixture
async def site(context: Context, shops: Shops) -> AsyncIterator[Site]:
    """The pages, with push set up."""
    async with running_site(replace(context, push=WebPusher("ringback@harbor.example")), shops) as running:
        yield running


@pytest.fixture
async def browsing(site: Site, browser: Browser) -> AsyncIterator[BrowserContext]:
    """Olga's phone: signed in, on the staff list, and allowed to show alerts."""
    context = await olgas_phone(site, browser)
    yield context
    site.feed.close()
    await context.close()


async def olgas_phone(site: Site, browser: Browser, **more: Any) -> BrowserContext:
    """A browser of Olga's."""
    context = await browser.new_context(viewport=PHONE, permissions=["notifications"], **more)
    token = await site.session(site.shops.harbor)
    await site.context.pool.execute(
        "update memberships set staff_id = $1 where business_id = $2",
        *(site.shops.harbor.staff[1].staff_id, site.shops.harbor.business_id),
    )
    await context.add_cookies([{"name": COOKIE, "value": token, "url": site.url}])
    return context


async def open_app(site: Site, context: BrowserContext, path: str = "/threads") -> Page:
    """Open a page and wait until its service worker is in charge of it."""
    page = await context.new_page()
    await page.goto(site.url + path)
    await page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    return page


async def until(page: Page, condition: str) -> None:
    """Wait until an asynchronous function of the page says true; Playwright takes its promise for a yes."""
    loop = f"async () => {{ while (!await ({condition})()) await new Promise((go) => setTimeout(go, 20)); }}"
    await asyncio.wait_for(page.evaluate(loop), PATIENCE_SECONDS)


KEPT = "async () => Boolean(await caches.match('/threads'))"
FORGOTTEN = "async () => !await caches.match('/threads')"


async def a_push(site: Site, context: BrowserContext) -> str:
    """A push that has left for this device; return the token in it."""
    [cookie] = await context.cookies(site.url)
    business, now = site.shops.harbor, site.context.clock.now()
    notice_id = new_id()
    async with business_transaction(site.context.pool, business.business_id) as connection:
        person_id = await connection.fetchval(
            "select person_id from memberships where business_id = $1", business.business_id
        )
        new = NewSubscription(person_id, hash_token(cookie["value"]), "https://fcm.googleapis.com/x", "k", "a", "Phone")
        device = await push_subscriptions.save_subscription(connection, business.business_id, new, now)
        assert device is not None
        await connection.execute(
            "insert into notices (business_id, notice_id, staff_id, kind, channel, words, path, created_at, send_at) "
            "values ($1, $2, $3, 'reply_due', 'push', 'Carla waits', '/threads', $4, $4)",
            *(business.business_id, notice_id, business.staff[1].staff_id, now),
        )
        await connection.execute(
            "insert into notice_pushes (business_id, notice_id, subscription_id, sent_at) values ($1, $2, $3, $4)",
            *(business.business_id, notice_id, device, now),
        )
    secret = await notice_secret(site.context.pool, site.context.sealer, now)
    return push_token(secret, business.business_id, notice_id, device)


async def deliver(site: Site, page: Page, told: dict[str, object]) -> None:
    """Let the browser receive a push, as if its push service had brought it."""
    devtools = await page.context.new_cdp_session(page)
    known: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def note(event: dict[str, Any]) -> None:
        for registration in event["registrations"]:
            if not known.done():
                known.set_result(registration["registrationId"])

    devtools.on("ServiceWorker.workerRegistrationUpdated", note)
    await devtools.send("ServiceWorker.enable")
    where = {
        "origin": site.url,
        "registrationId": await asyncio.wait_for(known, PATIENCE_SECONDS),
        "data": json.dumps(told),
    }
    await devtools.send("ServiceWorker.deliverPushMessage", where)


async def shown(page: Page) -> list[dict[str, Any]]:
    """The alerts that stand on the screen."""
    found: list[dict[str, Any]] = await page.evaluate(
        "async () => (await (await navigator.serviceWorker.ready).getNotifications())"
        ".map(({title, body, tag, data}) => ({title, body, tag, data}))"
    )
    return found


TOLD = {"title": "A reply is due", "body": "Harbor Dental", "path": "/threads", "tag": "one", "count": 2}


async def noted(site: Site, column: str) -> object:
    """What the product knows of the only notice."""
    async with business_transaction(site.context.pool, site.shops.harbor.business_id) as connection:
        return await connection.fetchval(f"select {column} from notices")


async def test_a_push_is_shown_by_the_service_worker_and_the_product_hears_of_it(
    site: Site, browsing: BrowserContext
) -> None:
    page = await open_app(site, browsing)
    token = await a_push(site, browsing)

    async with browsing.expect_event("response", lambda answer: answer.url.endswith("/notices/seen")) as answered:
        await deliver(site, page, {**TOLD, "token": token})
    assert (await answered.value).status == 204

    [alert] = await shown(page)
    assert (alert["title"], alert["body"], alert["data"]["path"]) == ("A reply is due", "Harbor Dental", "/threads")
    assert await noted(site, "shown_at") == site.context.clock.now()
    assert await noted(site, "acknowledged_at") is None


async def test_a_tapped_alert_is_acknowledged_without_a_cookie(site: Site, browsing: BrowserContext) -> None:
    page = await open_app(site, browsing)
    token = await a_push(site, browsing)
    async with browsing.expect_event("response", lambda answer: answer.url.endswith("/notices/seen")):
        await deliver(site, page, {**TOLD, "token": token})
    [worker] = browsing.service_workers
    await browsing.clear_cookies()

    seen = lambda answer: "opened" in (answer.request.post_data or "")  # noqa: E731
    async with browsing.expect_event("response", seen) as answered:
        # No browser lets a script tap an alert, so the event that a tap makes is made here.
        await worker.evaluate(
            "async () => { const [notification] = await registration.getNotifications();"
            "dispatchEvent(new NotificationEvent('notificationclick', { notification })); }"
        )

    assert (await answered.value).status == 204
    assert await noted(site, "acknowledged_at") == site.context.clock.now()
    assert await shown(page) == []


async def without_network(page: Page, site: Site, path: str) -> None:
    """Go to a page while the network is gone, for the page and for its service worker."""
    await page.context.set_offline(offline=True)
    await page.goto(site.url + path)


async def test_without_a_network_the_last_list_is_there_and_says_how_old_it_is(
    site: Site, browsing: BrowserContext
) -> None:
    await site.write("Are you open?", name="Carla Ruiz")
    page = await open_app(site, browsing)
    await page.reload()
    await until(page, KEPT)

    await without_network(page, site, "/bookings")

    await expect(page.get_by_role("heading", name="You are offline")).to_be_visible()
    await expect(page.get_by_role("heading", name="As it was when you last looked")).to_be_visible()
    await expect(page.locator("#kept")).to_contain_text("Carla Ruiz")
    await expect(page.locator("#kept a[href]")).to_have_count(0)
    await expect(page.locator("#kept")).not_to_contain_text("just now")
    kept = await page.evaluate(
        "async () => (await Promise.all((await caches.keys()).map(async (name) => "
        "(await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname)))).flat()"
    )
    assert [path for path in kept if not path.startswith("/static/")] == ["/offline", "/who", "/threads"]


async def test_signing_out_takes_the_kept_list_along(site: Site, browsing: BrowserContext) -> None:
    await site.write("Are you open?", name="Carla Ruiz")
    page = await open_app(site, browsing)
    await page.reload()
    await until(page, KEPT)

    await page.goto(f"{site.url}/more")
    await page.get_by_role("button", name="Sign out").click()
    await expect(page.get_by_label("Password")).to_be_visible()
    await until(page, FORGOTTEN)

    await without_network(page, site, "/threads")
    await expect(page.get_by_role("heading", name="You are offline")).to_be_visible()
    await expect(page.locator("#kept")).to_be_hidden()
    assert "Carla" not in await page.content()


async def test_another_sign_in_on_the_same_device_does_not_see_the_list_of_the_one_before(
    site: Site, browsing: BrowserContext
) -> None:
    await site.write("Are you open?", name="Carla Ruiz")
    page = await open_app(site, browsing)
    await page.reload()
    await until(page, KEPT)
    rex = await site.session(site.shops.rex, name="Rex")
    await browsing.add_cookies([{"name": COOKIE, "value": rex, "url": site.url}])

    await page.goto(f"{site.url}/more")
    await until(page, FORGOTTEN)

    await without_network(page, site, "/threads")
    assert "Carla" not in await page.content()


async def test_an_iphone_is_told_how_to_install_first(site: Site, browser: Browser) -> None:
    context = await olgas_phone(site, browser, user_agent=IPHONE)
    page = await open_app(site, context, "/me/notices")

    await expect(page.get_by_text("Choose “Add to Home Screen”")).to_be_visible()
    await expect(page.get_by_role("button", name="Turn alerts on here")).to_be_hidden()
    site.feed.close()
    await context.close()


async def test_a_browser_without_its_push_service_says_so_and_offers_another_try(
    site: Site, browsing: BrowserContext
) -> None:
    page = await open_app(site, browsing, "/me/notices")
    # Nothing of this test leaves the machine, and the answer of a push service that is away comes at once.
    await page.evaluate(
        "() => { PushManager.prototype.subscribe = () => Promise.reject(new DOMException('away', 'AbortError')); }"
    )

    await page.get_by_role("button", name="Turn alerts on here").click()

    await expect(page.get_by_text("the browser could not reach its push service")).to_be_visible()
    await expect(page.get_by_role("button", name="Try again")).to_be_visible()


GIVEN = """
    const given = {
      endpoint: "https://fcm.googleapis.com/fcm/send/phone",
      toJSON: () => ({
        endpoint: "https://fcm.googleapis.com/fcm/send/phone",
        keys: { p256dh: "%s", auth: "c2l4dGVlbiBieXRlcyBvaw" },
      }),
    };
    PushManager.prototype.subscribe = async () => { localStorage.given = "yes"; return given; };
    PushManager.prototype.getSubscription = async () => localStorage.given ? given : null;
"""
POINT = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"


async def test_alerts_are_turned_on_with_one_tap_and_the_device_is_listed(site: Site, browsing: BrowserContext) -> None:
    await browsing.add_init_script(GIVEN % POINT)
    page = await open_app(site, browsing, "/me/notices")

    await page.get_by_role("button", name="Turn alerts on here").click()

    await expect(page.get_by_text("Alerts are on here.")).to_be_visible()
    await expect(page.get_by_role("list", name="Devices that get your alerts")).to_contain_text("Chrome")
    again = await browsing.new_page()
    async with again.expect_request("**/me/notices/devices") as renewed:
        await again.goto(f"{site.url}/threads")
    assert "old=https%3A%2F%2Ffcm" in ((await renewed.value).post_data or "")


async def test_a_test_alert_shows_on_the_page_what_became_of_it(site: Site, browsing: BrowserContext) -> None:
    page = await open_app(site, browsing, "/me/notices")
    token = await a_push(site, browsing)

    await deliver(site, page, {**TOLD, "token": token})

    await expect(page.get_by_text("Phone: shown after 0 s.")).to_be_visible()


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
async def test_the_page_of_alerts_fits_its_screen(site: Site, browser: Browser, viewport: ViewportSize) -> None:
    context = await olgas_phone(site, browser)
    page = await open_app(site, context, "/me/notices")
    await page.set_viewport_size(viewport)

    width = await page.evaluate("document.documentElement.scrollWidth")
    low = await page.evaluate(
        "[...document.querySelectorAll('button, .button, select, input:not([type=checkbox])')]"
        ".filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 44).map(e => e.outerHTML)"
    )
    site.feed.close()
    await context.close()

    assert (width, low) == (viewport["width"], [])
