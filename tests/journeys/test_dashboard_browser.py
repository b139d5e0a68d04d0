"""The dashboard in a real browser: on a phone and a desk, light and dark, and with JavaScript off."""

from datetime import timedelta

import pytest
from playwright.async_api import ViewportSize, expect

from ringback.store.db import business_transaction
from ringback.workflows.reports import recount_recovery
from tests.cast import CARLA, NOON
from tests.journeys.browsing import AXE, DESK, PHONE, OpenPage, find_faults, read_axe
from tests.store.recovery_history import History
from tests.web.pages_cast import Site

HEAVIEST_BYTES = 60_000
PAGES = (
    "/dashboard",
    "/dashboard?span=last_month",
    "/dashboard/values",
    "/dashboard/quotes?from=2026-11-01&to=2026-11-30",
)
ROWS = "/dashboard/rows?figure=missed&from=2026-11-01&to=2026-11-30"


async def fill_months(site: Site) -> None:
    """Give Harbor four months of calls, some of them missed, texted, answered and booked."""
    harbor = site.shops.harbor
    async with business_transaction(site.context.pool, harbor.business_id) as connection:
        story = History(connection, harbor)
        for number in range(160):
            at = NOON - timedelta(hours=17 * number)
            phone = CARLA if number == 0 else f"+1312556{number:04d}"
            outcome = ("no_answer", "busy", "closed", "answered_by_staff")[number % 4]
            call = await story.call(phone, at, outcome, line=number % 2)
            if outcome == "answered_by_staff":
                continue
            if number % 7:
                await story.text_back(call, phone, at, wording=f"{outcome} wording")
            if number % 3 == 0:
                await story.reply(phone, at + timedelta(minutes=9))
                await story.answered_wait(phone, at + timedelta(minutes=9), by=("Sam", "Olga")[number % 2], seconds=140)
            if number % 6 == 0:
                await story.book(phone, at + timedelta(minutes=30), price_cents=12900 + 100 * number, ahead=number + 1)
    await recount_recovery(site.context, harbor.business_id)


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
async def test_nothing_is_cut_off_or_hard_to_read(site: Site, open_page: OpenPage, viewport: ViewportSize) -> None:
    await fill_months(site)
    for path in (*PAGES, ROWS):
        page = await open_page(path, viewport)
        for summary in await page.locator("summary").all():
            await summary.click()
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        assert await find_faults(page) == [], path


def test_axe_is_at_hand() -> None:
    if not AXE:
        pytest.skip("The accessibility check needs axe-core: set RINGBACK_AXE to its axe.min.js.")
    assert read_axe().startswith("/*! axe")


async def test_a_figure_leads_to_its_rows_and_a_job_is_confirmed_without_javascript(
    site: Site, open_page: OpenPage
) -> None:
    await fill_months(site)
    page = await open_page("/dashboard", scripts=False)
    missed = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="Missed calls"))
    number = (await missed.get_by_role("link").inner_text()).split()[0]

    await missed.get_by_role("link").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text(f"Missed calls: {number}")
    await page.go_back()
    await page.locator(".cards").get_by_role("link", name="Recovered").click()
    await page.locator("details.confirm summary").first.click()
    await page.get_by_label("Value of the job").first.fill("450")
    await page.get_by_role("button", name="Confirm").first.click()

    await expect(page.get_by_text("Brought $450, confirmed by Olga")).to_be_visible()
    await page.goto(f"{site.url}/dashboard")
    await expect(page.locator(".cards .second")).to_contain_text("$450")


async def test_charts_have_a_name_and_a_table_and_the_page_is_light(site: Site, open_page: OpenPage) -> None:
    await fill_months(site)
    page = await open_page("/dashboard")

    await expect(page.get_by_role("img", name="Missed calls and recovered jobs")).to_be_visible()
    await page.get_by_text("The months as a table").click()
    await expect(page.get_by_role("row", name="November 2026")).to_be_visible()
    await expect(page.get_by_role("region", name="When calls are missed").get_by_role("columnheader")).to_have_count(7)
    assert await page.locator("script[src*=chart]").count() == 0
    sizes = await page.evaluate("performance.getEntriesByType('resource').map(one => one.decodedBodySize)")
    assert len(sizes) <= 12
    document = await page.evaluate("performance.getEntriesByType('navigation')[0].transferSize")
    assert document < 2 * HEAVIEST_BYTES
