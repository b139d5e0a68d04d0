"""Bookings in a real browser: the page for strangers without JavaScript, the day live, every new page's form."""

import gzip
import re

import pytest
from playwright.async_api import Page, ViewportSize, expect

from ringback.store import alerts
from ringback.store.alerts import NewAlert
from ringback.store.db import business_transaction
from ringback.workflows.context import Context
from ringback.workflows.handing_back import pause
from ringback.workflows.links import booking_path
from tests.cast import CARLA, NOON
from tests.fixtures import Shops
from tests.journeys.browsing import DESK, PHONE, OpenPage, find_faults
from tests.web.api_cast import fill
from tests.web.bookings_cast import book, open_bookings, turn
from tests.web.pages_cast import Site

HEAVIEST_BYTES, MOST_REQUESTS = 60_000, 12


@pytest.fixture
async def shops(context: Context, shops: Shops) -> Shops:
    """Both shops, with services that can be booked."""
    return await open_bookings(context, shops)


async def prepare(site: Site) -> dict[str, list[str]]:
    """Give Harbor something on every new page; return the pages of its people and those for strangers."""
    harbor = site.shops.harbor
    seen = await fill(site.context, harbor)
    await open_bookings(site.context, site.shops)
    booking = await book(site.context, harbor)
    heard = await site.write("Where do I park? And is there a very long word like Donaudampfschifffahrtsgesellschaft?")
    thread_id = await site.thread_of()
    await turn(site.context, harbor, thread_id, heard, "Behind the house.")
    async with business_transaction(site.context.pool, harbor.business_id) as connection:
        await alerts.raise_alert(connection, harbor.business_id, thread_id, NewAlert("Swollen face", "5 Elm St"), NOON)
        own = await booking_path(connection, site.context.sealer, harbor, booking.booking_id, NOON)
    path = f"/bookings/{booking.booking_id}"
    shop = "/book/harbor-dental"
    return {
        "inside": [
            "/bookings", "/bookings?on=2026-11-19", path, f"{path}/opening", "/bookings/new",
            "/bookings/new?service=Home+visit&on=2026-11-19", "/gaps", "/call-backs", f"/threads/{seen.thread_id}",
        ],
        "outside": [
            shop, f"{shop}/openings?service=Cleaning",
            f"{shop}/details?service=Home+visit&at=2026-11-19T18:00:00Z&lang=es",
            own, f"{own}/opening", f"{own}/opening?at=2026-11-19T18:00:00Z", "/book/nobody",
        ],
    }  # fmt: skip


async def test_a_stranger_books_moves_and_cancels_without_javascript(site: Site, open_page: OpenPage) -> None:
    page = await open_page("/book/harbor-dental", scripts=False, signed_in=False)

    await page.get_by_role("link", name="Home visit").click()
    await page.get_by_role("link", name="Fri 20").click()
    await page.get_by_role("link", name="10:00 AM").click()
    await page.get_by_role("button", name="Check and book").click()
    await expect(page.get_by_text("Write a name.")).to_be_visible()
    await page.get_by_label("Your name").fill("Nora Vale")
    await page.get_by_label("Mobile number").fill("(312) 555-0177")
    await page.get_by_label("Address where we come").fill("5 Elm Street")
    await page.get_by_label("How many steps").fill("3")
    await page.get_by_role("group", name="Is there a dog?").get_by_label("No").check()
    await page.get_by_role("group", name="Broken jaw?").get_by_label("No").check()
    await page.get_by_role("button", name="Check and book").click()
    await expect(page.get_by_role("heading")).to_have_text("Is this right?")
    await page.get_by_role("button", name="Yes, book it").click()
    await expect(page.get_by_role("heading")).to_contain_text("You are booked")

    await page.get_by_role("link", name="Change the time").click()
    await page.get_by_role("link", name="Thu 19").click()
    await page.get_by_role("link", name="9:30 AM").click()
    await page.get_by_role("button", name="Yes, move it").click()
    await expect(page.get_by_text("Thursday, November 19, 9:30 AM")).to_be_visible()

    await page.get_by_text("Cancel the booking").click()
    await page.get_by_role("button", name="Yes, cancel it").click()
    await expect(page.get_by_role("heading")).to_have_text("This booking is cancelled")
    assert await site.value("select count(*) from messages") == 0


async def test_what_was_typed_comes_back_with_change(open_page: OpenPage) -> None:
    page = await open_page(
        "/book/harbor-dental/details?service=Cleaning&at=2026-11-20T16:00:00Z", scripts=False, signed_in=False
    )
    await page.get_by_label("Your name").fill("Nora Vale")
    await page.get_by_label("Mobile number").fill("(312) 555-0177")
    await page.get_by_role("button", name="Check and book").click()

    await page.get_by_role("button", name="Change").click()

    await expect(page.get_by_label("Your name")).to_have_value("Nora Vale")


async def test_olga_books_by_hand_without_javascript(site: Site, open_page: OpenPage) -> None:
    page = await open_page("/bookings", scripts=False)

    await page.get_by_role("link", name="New booking").click()
    await page.get_by_label("Service").select_option("Cleaning")
    await page.get_by_label("With").select_option("Sam")
    await page.get_by_role("button", name="Show free times").click()
    await page.get_by_role("group", name="Thu, Nov 19").get_by_label("11:00 AM").check()
    await page.get_by_label("Their phone number").fill("312 555 0177")
    await page.get_by_label("Who is coming").fill("Nora Vale")
    await page.get_by_role("button", name="Book it").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Nora Vale")
    await page.get_by_text("Cancel this booking").click()
    await page.get_by_label("Why, for those who ask later").fill("Mistake")
    await page.get_by_role("button", name="Cancel the booking").click()

    await expect(page.get_by_text("by Olga: Mistake")).to_be_visible()


async def test_a_booking_appears_on_the_open_day_and_an_emergency_on_any_page(site: Site, open_page: OpenPage) -> None:
    await site.write("Hello", name="Carla Ruiz")
    page = await open_page("/bookings?on=2026-11-19")

    booking = await book(site.context, site.shops.harbor)
    await expect(page.get_by_role("link", name="Carla Ruiz")).to_be_visible()
    harbor, thread_id = site.shops.harbor, await site.thread_of(CARLA)
    async with business_transaction(site.context.pool, harbor.business_id) as connection:
        await alerts.raise_alert(connection, harbor.business_id, thread_id, NewAlert("Swollen face"), NOON)
    await expect(page.get_by_text("Swollen face")).to_be_visible()
    await page.get_by_role("button", name="I take it").click()

    await expect(page).to_have_url(f"{site.url}/threads/{thread_id}")
    await expect(page.get_by_text("taken by Olga")).to_be_visible()
    assert booking.contact_phone is None


async def test_the_badge_follows_live_and_a_reason_that_is_open_stays_open(site: Site, open_page: OpenPage) -> None:
    heard = await site.write("Where do I park?", name="Carla Ruiz")
    thread_id = await site.thread_of()
    await turn(site.context, site.shops.harbor, thread_id, heard, "Behind the house.")
    await pause(site.context, site.shops.harbor.business_id, thread_id, "Olga")
    page, other = await open_page(f"/threads/{thread_id}"), await open_page(f"/threads/{thread_id}")
    await page.get_by_text("Why did it say that?").click()
    await expect(page.get_by_text("They asked where to park.")).to_be_visible()

    await other.get_by_role("button", name="Hand back to the receptionist").click()

    await expect(page.get_by_text("Receptionist answers")).to_be_visible()
    await expect(page.get_by_text("They asked where to park.")).to_be_visible()


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
async def test_no_new_page_is_wider_than_its_screen_or_has_small_targets_or_faults(
    site: Site, open_page: OpenPage, viewport: ViewportSize
) -> None:
    pages = await prepare(site)
    for path in [*pages["inside"], *pages["outside"]]:
        page = await open_page(path, viewport, signed_in=path in pages["inside"])

        assert (path, await page.evaluate("document.documentElement.scrollWidth")) == (path, viewport["width"])
        assert (path, await low_targets(page)) == (path, [])
        assert (path, await find_faults(page)) == (path, [])
        await page.close()


async def low_targets(page: Page) -> list[str]:
    """Return what a thumb would miss; a radio button has its whole label."""
    return list(
        await page.evaluate(
            "[...document.querySelectorAll('button, .button, nav a, a.row, input:not([type=hidden], [type=radio]), "
            "textarea, select, summary, label.choice')]"
            ".filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 44).map(e => e.outerHTML)"
        )
    )


async def test_every_new_page_is_light(site: Site) -> None:
    pages, olga = await prepare(site), await site.olga()
    for path in [*pages["inside"], *pages["outside"]]:
        page = await olga.get(path)
        files = [await olga.get(file) for file in set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page.text))]

        # As the whole application sends them: compressed.
        weight = sum(len(gzip.compress(answer.content)) for answer in (page, *files))
        assert (path, weight <= HEAVIEST_BYTES, len(files) < MOST_REQUESTS) == (path, True, True)
        assert len(files) >= 2
