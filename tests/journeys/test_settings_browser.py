"""The settings in a real browser: typed on a phone, previewed while typing, and whole without JavaScript."""

import pytest
from playwright.async_api import ViewportSize, expect

from tests.journeys.browsing import DESK, PHONE, OpenPage
from tests.web.pages_cast import Site
from tests.web.settings_cast import entry_path, full_harbor, load, store


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
async def test_an_owner_finds_changes_and_sees_what_changed(
    site: Site, open_page: OpenPage, viewport: ViewportSize
) -> None:
    await store(site, full_harbor())
    page = await open_page("/settings", viewport)

    await page.get_by_role("link", name="What you sell, what it costs").click()
    await page.get_by_role("link", name="Check-up").click()
    await page.get_by_label("Price", exact=True).fill("160")
    await page.get_by_role("button", name="Save").click()

    await expect(page.get_by_role("status")).to_contain_text("Price")
    await expect(page.get_by_role("status")).to_contain_text("160")
    assert (await load(site)).services[0].price_cents == 16000


async def test_a_wording_is_previewed_while_it_is_typed(site: Site, open_page: OpenPage) -> None:
    await store(site, full_harbor())
    page = await open_page(await entry_path(site, await site.olga(), "wordings"))
    box = page.get_by_label("Text", exact=True)

    await box.fill("Harbor Dental here: we are on {line}!!")

    await expect(page.locator("#preview")).to_contain_text("we are on Google Ads!!")
    await expect(page.locator("#preview")).to_contain_text("One mark is enough")
    await expect(box).to_be_focused()
    await box.fill("Sorry we missed you.")
    await expect(page.locator("#preview")).to_contain_text("Name the business in the first sentence")


async def test_a_mistake_leads_from_the_summary_to_the_field(site: Site, open_page: OpenPage) -> None:
    await store(site, full_harbor())
    page = await open_page(await entry_path(site, await site.olga(), "services"))

    await page.get_by_label("It takes").fill("soon")
    await page.get_by_role("button", name="Save").click()
    await page.get_by_role("link", name="It takes: must be a whole number").click()

    await expect(page.get_by_label("It takes")).to_be_in_viewport()
    await expect(page.get_by_label("It takes")).to_have_value("soon")
    await expect(page.get_by_label("It takes")).to_have_accessible_description("It takes: must be a whole number")


async def test_without_javascript_hours_are_set_and_a_wording_previewed(site: Site, open_page: OpenPage) -> None:
    await store(site, full_harbor())
    page = await open_page("/settings/hours", scripts=False)
    sunday = page.get_by_role("group", name="Sunday")
    await sunday.get_by_label("Opens", exact=True).fill("10:00")
    await sunday.get_by_label("Closes", exact=True).fill("14:00")
    await page.get_by_role("button", name="Save").click()

    await expect(page.get_by_role("status")).to_contain_text("10:00–14:00")
    assert (await load(site)).hours.weekly[6] == (("10:00", "14:00"),)

    await page.goto(site.url + await entry_path(site, await site.olga(), "wordings"))
    await page.get_by_label("Text", exact=True).fill("{business} here. How can we help?")
    await page.get_by_role("button", name="Preview").click()
    await expect(page.locator("#preview .bubble")).to_have_text("Harbor Dental here. How can we help?")
    await page.get_by_role("button", name="Save").click()
    assert (await load(site)).wordings[0].body == "{business} here. How can we help?"


async def test_no_page_of_the_settings_scrolls_sideways_on_a_phone(site: Site, open_page: OpenPage) -> None:
    await store(site, full_harbor())
    olga = await site.olga()
    page = await open_page("/settings")
    entries = [await entry_path(site, olga, slug) for slug in ("lines", "staff", "services", "wordings", "rules")]
    for path in ["/settings/hours", "/settings/special-days", "/settings/rules", *entries]:
        async with page.expect_response("**/events?**"):
            await page.goto(site.url + path)
        wider = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider == 0, path
