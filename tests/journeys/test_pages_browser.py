"""The pages in a real browser: live without moving what a person looks at, and whole without JavaScript."""

import pytest
from playwright.async_api import ViewportSize, expect
from pwdlib import PasswordHash

from ringback.store import people
from ringback.store.ids import new_id
from ringback.store.people import Person
from tests.cast import TestClock
from tests.fixtures import Shops
from tests.journeys.browsing import DESK, PHONE, OpenPage
from tests.web.api_cast import fill, ring
from tests.web.pages_cast import Site


async def test_without_javascript_one_signs_in_reads_and_replies(site: Site, shops: Shops, open_page: OpenPage) -> None:
    person = Person(new_id(), "olga@harbor.example", "Olga", PasswordHash.recommended().hash("drill"))
    now = site.context.clock.now()
    await people.save_person(site.context.pool, person, shops.harbor.business_id, "owner", now)
    await site.write("Are you open?")
    page = await open_page("/", scripts=False, signed_in=False)

    await page.get_by_label("E-mail").fill("olga@harbor.example")
    await page.get_by_label("Password").fill("drill")
    await page.get_by_role("button", name="Sign in").click()
    await page.get_by_role("link", name="Are you open?").click()
    await page.get_by_label("Your reply").fill("Yes, until five.")
    await page.get_by_role("button", name="Send", exact=True).click()

    await expect(page.locator(".bubble")).to_have_text(["Are you open?", "Yes, until five."])
    await expect(page.get_by_label("Your reply")).to_have_value("")


async def test_a_text_that_arrives_leaves_what_is_typed_and_the_focus_alone(site: Site, open_page: OpenPage) -> None:
    await site.write("Hello")
    page = await open_page(f"/threads/{await site.thread_of()}")
    box = page.get_by_label("Your reply")
    await box.press_sequentially("Half a sen")

    await site.write("Is anybody there?")
    await expect(page.locator(".bubble")).to_have_text(["Hello", "Is anybody there?"])

    await expect(box).to_have_value("Half a sen")
    await expect(box).to_be_focused()
    await box.press_sequentially("tence")
    await expect(box).to_have_value("Half a sentence")


async def test_the_newest_text_stays_in_view_and_an_older_one_that_is_read_stays_too(
    site: Site, open_page: OpenPage
) -> None:
    for n in range(25):
        await site.write(f"Text number {n}.")
    page = await open_page(f"/threads/{await site.thread_of()}")
    await expect(page.locator(".bubble", has_text="Text number 24.")).to_be_in_viewport()

    await site.write("The newest.")
    await expect(page.locator(".bubble", has_text="The newest.")).to_be_in_viewport()

    read = page.locator(".bubble", has_text="Text number 5.")
    await read.scroll_into_view_if_needed()
    before = await read.bounding_box()
    await site.write("Newer still.")
    await expect(page.locator(".bubble")).to_have_count(27)
    assert await read.bounding_box() == before


async def test_a_reply_appears_once_and_the_box_is_ready_for_the_next(site: Site, open_page: OpenPage) -> None:
    await site.write("Are you open?")
    page = await open_page(f"/threads/{await site.thread_of()}")

    for words in ("Yes.", "Until five."):
        await page.get_by_label("Your reply").fill(words)
        await page.get_by_role("button", name="Send", exact=True).click()
        await expect(page.locator(".bubble").last).to_have_text(words)
        await expect(page.get_by_label("Your reply")).to_have_value("")
    await site.write("Thanks!")

    await expect(page.locator(".bubble")).to_have_text(["Are you open?", "Yes.", "Until five.", "Thanks!"])


async def test_a_refused_reply_keeps_its_words_on_the_page(site: Site, open_page: OpenPage) -> None:
    await site.write("Are you open?")
    page = await open_page(f"/threads/{await site.thread_of()}")
    await page.get_by_label("Your reply").fill("   ")

    await page.get_by_role("button", name="Send", exact=True).click()

    await expect(page.get_by_role("alert").filter(has_text="Write something first.")).to_be_visible()
    await expect(page.get_by_label("Your reply")).to_have_value("   ")


async def test_who_writes_comes_to_the_top_of_the_list(site: Site, clock: TestClock, open_page: OpenPage) -> None:
    for name, phone in (("Ann", "+13125550181"), ("Ben", "+13125550182"), ("Cy", "+13125550183")):
        await site.write("Hello", phone, name=name)
        clock.pass_time(60)
    page = await open_page("/threads")
    names = page.locator("#threads .name")
    await expect(names).to_have_text(["Cy", "Ben", "Ann"])

    await site.write("Me first", "+13125550181")
    await expect(names).to_have_text(["Ann", "Cy", "Ben"])
    clock.pass_time(60)
    await site.write("I am new", "+13125550184", name="Dee")

    await expect(names).to_have_text(["Unread: Dee", "Ann", "Cy", "Ben"])
    await expect(page.locator("nav .count")).to_contain_text("4")
    await expect(page.get_by_role("link", name="Conversations")).to_have_attribute("aria-current", "page")


async def test_a_row_that_holds_the_focus_is_not_moved(site: Site, clock: TestClock, open_page: OpenPage) -> None:
    for name, phone in (("Ann", "+13125550181"), ("Ben", "+13125550182")):
        await site.write("Hello", phone, name=name)
        clock.pass_time(60)
    page = await open_page("/threads")
    await page.get_by_role("link", name="Ann").focus()

    await site.write("Me first", "+13125550181")

    await expect(page.get_by_text("Me first")).to_be_visible()
    await expect(page.locator("#threads .name")).to_have_text(["Ben", "Ann"])
    await expect(page.get_by_role("link", name="Ann")).to_be_focused()


async def test_a_page_catches_up_after_its_stream_was_cut(site: Site, open_page: OpenPage) -> None:
    await site.write("Hello")
    page = await open_page(f"/threads/{await site.thread_of()}")

    site.feed.close()
    await site.write("Written while nobody listened.")
    site.feed.is_closing = False

    await expect(page.locator(".bubble")).to_have_text(["Hello", "Written while nobody listened."])


async def test_a_page_that_was_away_too_long_loads_itself_anew_and_keeps_the_draft(
    site: Site, clock: TestClock, open_page: OpenPage
) -> None:
    await site.write("Hello")
    page = await open_page(f"/threads/{await site.thread_of()}")
    await page.get_by_label("Your reply").fill("Half a sentence")

    site.feed.close()
    clock.pass_time(25 * 3600)
    await site.write("Written a day later.")
    site.feed.is_closing = False

    await expect(page.locator(".bubble")).to_have_text(["Hello", "Written a day later."])
    await expect(page.get_by_label("Your reply")).to_have_value("Half a sentence")


async def test_signing_out_elsewhere_says_so_and_keeps_the_draft(site: Site, open_page: OpenPage) -> None:
    await site.write("Hello")
    page = await open_page(f"/threads/{await site.thread_of()}")
    await page.get_by_label("Your reply").fill("Half a sentence")

    await site.context.pool.execute("delete from sessions")
    site.feed.wake(site.shops.harbor.business_id)

    await expect(page.get_by_role("alert").filter(has_text="You have been signed out")).to_be_visible()
    await expect(page.get_by_label("Your reply")).to_have_value("Half a sentence")


async def test_a_call_appears_on_the_list_and_its_page_follows_it(site: Site, open_page: OpenPage) -> None:
    page = await open_page("/calls")

    call_id = await ring(site.context, site.shops.harbor)
    await page.get_by_role("link", name="Nobody answered").click()

    await expect(page).to_have_url(f"{site.url}/calls/{call_id}")
    await expect(page.get_by_role("heading", name="Was this caller texted?")).to_be_visible()


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
async def test_no_page_is_wider_than_its_screen_or_has_small_targets(
    site: Site, open_page: OpenPage, viewport: ViewportSize
) -> None:
    seen = await fill(site.context, site.shops.harbor)
    for path in ("/threads", f"/threads/{seen.thread_id}", "/calls", f"/calls/{seen.call_id}", "/call-backs"):
        page = await open_page(path, viewport)

        width = await page.evaluate("document.documentElement.scrollWidth")
        low = await page.evaluate(
            "[...document.querySelectorAll('button, .button, nav a, a.row, input:not([type=hidden]), textarea')]"
            ".filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 44).map(e => e.outerHTML)"
        )

        assert (path, width) == (path, viewport["width"])
        assert low == []
