"""People in a real browser: passkeys, an invitation opened on a phone, a shared desk; also without JavaScript."""

import re
from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Browser, CDPSession, Page, expect

from ringback.store import members
from tests.cast import TestClock
from tests.journeys.browsing import DESK, PHONE, OpenPage
from tests.web.pages_cast import COOKIE, Site
from tests.web.test_people_roles import person_of

Arrive = Callable[[str], Awaitable[Page]]


@pytest.fixture
async def arrive(site: Site, browser: Browser) -> Arrive:
    """Opens pages as Olga by the name `localhost`: browsers make no passkeys for an address of digits."""
    url = site.url.replace("127.0.0.1", "localhost")
    site.context.public_url = url
    browsing = await browser.new_context(viewport=PHONE, base_url=url)
    await browsing.add_cookies([{"name": COOKIE, "value": await site.session(site.shops.harbor), "url": url}])

    async def open_one(path: str) -> Page:
        page = await browsing.new_page()
        await page.goto(path)
        return page

    return open_one


async def give_authenticator(page: Page, *, proves_person: bool = True) -> CDPSession:
    """Give the page a device that keeps passkeys."""
    session = await page.context.new_cdp_session(page)
    await session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": proves_person, "automaticPresenceSimulation": True,
    }  # fmt: skip
    await session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


async def add_passkey(page: Page) -> None:
    """Add a passkey on the page of one's own."""
    await page.get_by_role("button", name="Add a passkey on this device").click()
    await expect(page.locator("#passkeys ~ .rows").first).to_contain_text("Chrome · Linux")


async def test_a_passkey_is_added_and_signs_in(site: Site, arrive: Arrive) -> None:
    page = await arrive("/me")
    await give_authenticator(page)
    await add_passkey(page)
    await page.get_by_role("button", name="Sign out", exact=True).click()
    await expect(page).to_have_url(re.compile(r"/sign-in$"))

    await page.get_by_role("button", name="Sign in with a passkey").click()

    await expect(page.get_by_role("link", name="Bookings")).to_be_visible()
    await page.goto("/me")
    await expect(page.get_by_text("Chrome on Linux")).to_be_visible()
    await expect(page.locator("#passkeys ~ .rows").first).to_contain_text("used just now")


async def test_a_passkey_that_was_removed_signs_in_no_more(site: Site, arrive: Arrive) -> None:
    page = await arrive("/me")
    await give_authenticator(page)
    await add_passkey(page)
    await page.get_by_role("button", name=re.compile("^Remove ?: Chrome")).click()
    await page.get_by_role("button", name="Sign out", exact=True).click()

    await page.get_by_role("button", name="Sign in with a passkey").click()

    await expect(page.get_by_role("alert")).to_contain_text("That passkey did not open Ringback.")


async def test_a_device_that_does_not_ask_who_holds_it_opens_nothing(site: Site, arrive: Arrive) -> None:
    page = await arrive("/me")
    await give_authenticator(page, proves_person=False)

    await page.get_by_role("button", name="Add a passkey on this device").click()

    await expect(page.get_by_text("No passkey was added. Try again.")).to_be_visible()


async def test_one_answer_of_a_passkey_works_once(site: Site, arrive: Arrive) -> None:
    page = await arrive("/me")
    await give_authenticator(page)
    await add_passkey(page)
    await page.get_by_role("button", name="Sign out", exact=True).click()
    async with page.expect_request("**/sign-in/passkey") as sent:
        await page.get_by_role("button", name="Sign in with a passkey").click()
    body = (await sent.value).post_data
    assert body is not None

    thief = await site.visitor()
    form = {"content-type": "application/x-www-form-urlencoded", "origin": site.context.public_url}
    again = await thief.post("/sign-in/passkey", content=body, headers=form)

    await expect(page.get_by_role("link", name="Bookings")).to_be_visible()
    assert (again.status_code, COOKIE in again.cookies) == (401, False)


async def test_without_javascript_somebody_is_invited_and_comes_in(site: Site, open_page: OpenPage) -> None:
    site.context.public_url = site.url
    olga = await open_page("/people", scripts=False)
    await olga.get_by_label("Name", exact=True).fill("Sam")
    await olga.get_by_label("Role").last.select_option("staff")
    await olga.get_by_role("button", name="Make the invitation").click()
    link = await olga.get_by_label("The link").input_value()

    sam = await open_page("/sign-in", scripts=False, signed_in=False)
    await sam.goto(link)
    await sam.get_by_label("Your e-mail").fill("sam@harbor.example")
    await sam.get_by_label("Password").fill("short")
    await sam.get_by_role("button", name="Come in").click()
    await expect(sam.get_by_role("alert")).to_contain_text("Use at least 12 characters.")
    await expect(sam.get_by_label("Your e-mail")).to_have_value("sam@harbor.example")
    await sam.get_by_label("Password").fill("three calm horses")
    await sam.get_by_role("button", name="Come in").click()

    await expect(sam.locator(".shop")).to_have_text("Harbor Dental")


async def test_two_people_take_turns_at_the_reception_and_the_desk_locks(
    site: Site, open_page: OpenPage, clock: TestClock
) -> None:
    await site.session(site.shops.harbor, "staff", "Sam")
    desk = await open_page("/me", DESK)
    await desk.get_by_text("Set a PIN").click()
    await desk.get_by_label("Six digits").fill("491827")
    await desk.get_by_role("button", name="Set it").click()
    await desk.goto(f"{site.url}/people")
    await desk.get_by_text("Make this device a shared desk").click()
    await desk.get_by_label("What you call it").fill("Reception")
    await desk.get_by_role("button", name="Make it a shared desk").click()
    await desk.get_by_role("link", name="Olga").click()
    await desk.get_by_label("Olga").check()
    await desk.get_by_label("My PIN").fill("491827")
    await desk.get_by_role("button", name="Go on").click()
    await expect(desk.locator(".shop")).to_contain_text("Harbor Dental · Olga")

    await desk.clock.install()
    await desk.goto(f"{site.url}/calls")
    clock.pass_time(6 * 60)
    await desk.clock.fast_forward("06:00")

    await expect(desk.get_by_role("heading", name="Who is working?")).to_be_visible()
    await desk.goto(f"{site.url}/calls")
    await expect(desk).to_have_url(re.compile(r"/desk$"))


async def test_a_person_of_two_businesses_switches_in_the_header(site: Site, open_page: OpenPage) -> None:
    await site.session(site.shops.harbor)
    await members.add_member(
        site.context.pool, site.shops.rex.business_id, await person_of(site, "Olga"), "staff", None
    )
    page = await open_page("/calls", scripts=False)

    await page.get_by_role("link", name="Harbor Dental").click()
    await page.get_by_role("button", name=re.compile("^Go there ?: Rex")).click()

    await expect(page.locator(".shop")).to_contain_text("Rex Dental")
