"""The inbox in a real browser: two people in one thread, drafts that last, keys, and a scroll that stays put."""

import pytest
from playwright.async_api import Page, ViewportSize, expect

from ringback.store import quick_replies
from ringback.store.db import business_transaction
from ringback.store.ids import new_id
from ringback.workflows.handing_back import pause
from tests.cast import CARLA, TestClock
from tests.journeys.browsing import DESK, PHONE, OpenPage
from tests.web.bookings_cast import book, open_bookings
from tests.web.pages_cast import COOKIE, Site

DORA = "+13125550143"


async def as_sam(site: Site, page: Page) -> None:
    """Let the browser of a page be Sam's from the next request on."""
    token = await site.session(site.shops.harbor, "staff", "Sam")
    await page.context.add_cookies([{"name": COOKIE, "value": token, "url": site.url}])


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
async def test_two_people_in_one_thread_see_each_other_and_do_not_answer_twice(
    site: Site, clock: TestClock, open_page: OpenPage, viewport: ViewportSize
) -> None:
    await site.write("Are you open?")
    path = f"/threads/{await site.thread_of()}"
    clock.pass_time(1)
    sams = await open_page("/threads", viewport)
    await as_sam(site, sams)
    async with sams.expect_response("**/events?page=thread&**"):
        await sams.goto(site.url + path)
    olgas = await open_page(path, viewport)
    await expect(sams.locator("#presence")).to_contain_text("Olga is here too")

    await sams.get_by_label("Your reply").press_sequentially("Yes, until")
    await expect(olgas.locator("#presence")).to_contain_text("Sam is answering")
    clock.pass_time(1)
    await olgas.get_by_label("Your reply").fill("We are.")
    await olgas.get_by_role("button", name="Send", exact=True).click()
    await expect(olgas.get_by_role("alert").filter(has_text="Sam is writing an answer right now")).to_be_visible()
    await expect(olgas.get_by_label("Your reply")).to_have_value("We are.")
    await sams.get_by_role("button", name="Send", exact=True).click()

    await expect(olgas.locator(".bubble")).to_have_text(["Are you open?", "Yes, until"])
    await expect(sams.locator(".bubble")).to_have_text(["Are you open?", "Yes, until"])
    await olgas.get_by_role("button", name="Send anyway").click()
    await expect(sams.locator(".bubble")).to_have_text(["Are you open?", "Yes, until", "We are."])


async def test_a_draft_lasts_until_it_is_sent_and_belongs_to_its_thread(site: Site, open_page: OpenPage) -> None:
    await site.write("Hello")
    await site.write("Hello", DORA)
    carlas, doras = f"/threads/{await site.thread_of()}", f"/threads/{await site.thread_of(DORA)}"
    page = await open_page(carlas)
    box = page.get_by_label("Your reply")
    await box.fill("Half a sentence")

    await page.goto(site.url + doras)
    await expect(box).to_have_value("")
    await page.goto(site.url + carlas)
    await expect(box).to_have_value("Half a sentence")
    await page.get_by_role("button", name="Send", exact=True).click()
    await expect(box).to_have_value("")
    await page.reload()

    await expect(page.locator(".bubble").last).to_have_text("Half a sentence")
    await expect(box).to_have_value("")


async def test_who_reads_older_texts_is_told_of_a_new_one_and_is_not_moved(site: Site, open_page: OpenPage) -> None:
    for n in range(25):
        await site.write(f"Text number {n}.")
    page = await open_page(f"/threads/{await site.thread_of()}")
    await expect(page.locator("#below")).to_be_hidden()
    read = page.locator(".bubble", has_text="Text number 5.")
    await read.scroll_into_view_if_needed()
    before = await read.bounding_box()

    await site.write("The newest.")
    await expect(page.get_by_role("button", name="New text below")).to_be_visible()
    assert await read.bounding_box() == before
    await page.get_by_role("button", name="New text below").click()

    await expect(page.locator(".bubble", has_text="The newest.")).to_be_in_viewport()
    await expect(page.locator("#below")).to_be_hidden()


async def test_a_thread_opens_at_the_first_text_that_was_not_read(
    site: Site, clock: TestClock, open_page: OpenPage
) -> None:
    await site.write("Text number 0.")
    path = f"/threads/{await site.thread_of()}"
    page = await open_page(path)
    for n in range(1, 26):
        clock.pass_time(1)
        await site.write(f"Text number {n}.")
        if n == 3:
            await expect(page.locator(".bubble")).to_have_count(4)
            await page.goto("about:blank")
    clock.pass_time(1)

    async with page.expect_response("**/events?**"):
        await page.goto(site.url + path)

    await expect(page.locator("#unread")).to_be_in_viewport()
    await expect(page.locator("#unread + .message .bubble")).to_have_text("Text number 4.")


async def test_the_keys_of_a_desk_move_reply_finish_and_search(
    site: Site, clock: TestClock, open_page: OpenPage
) -> None:
    for name, phone in (("Ann", CARLA), ("Ben", DORA)):
        await site.write("Hello", phone, name=name)
        clock.pass_time(60)
    page = await open_page("/threads", DESK)

    for key in ("j", "j", "k"):
        await page.keyboard.press(key)
    await expect(page.get_by_role("link", name="Ben")).to_be_focused()
    await page.keyboard.press("?")
    await expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    await page.keyboard.press("Escape")
    await page.keyboard.press("/")
    await expect(page.get_by_label("Search texts, names and numbers")).to_be_focused()
    await page.goto(f"{site.url}/threads/{await site.thread_of(DORA)}")
    await page.keyboard.press("r")
    await expect(page.get_by_label("Your reply")).to_be_focused()
    await page.keyboard.type("Two")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("lines")
    await page.keyboard.press("Enter")
    await expect(page.locator(".bubble").last).to_have_text("Two\nlines")
    await page.locator("h1").click()
    await page.keyboard.press("e")

    await expect(page.get_by_role("status")).to_contain_text("Done: Ben")


async def test_a_row_comes_into_its_view_and_leaves_it_by_itself(
    site: Site, clock: TestClock, open_page: OpenPage
) -> None:
    await site.write("Hello", name="Ann")
    clock.pass_time(60)
    page = await open_page("/threads?view=needs_reply")
    names = page.locator("#threads .name")
    clock.pass_time(60)

    await site.write("Hello", DORA, name="Ben")
    await expect(names).to_have_text(["Unread: Ben", "Ann"])
    await expect(page.locator("#views [aria-current]")).to_contain_text("Needs reply 2")
    olga = await site.olga()
    form = {"message_id": str(new_id()), "body": "Yes."}
    await olga.post(f"/threads/{await site.thread_of()}/messages", data=form)

    await expect(names).to_have_text(["Unread: Ben"])
    await expect(page.locator("#views [aria-current]")).to_contain_text("Needs reply 1")


async def test_a_quick_reply_comes_after_what_was_typed(site: Site, open_page: OpenPage) -> None:
    await site.write("Hello", name="Carla")
    business_id = site.shops.harbor.business_id
    async with business_transaction(site.context.pool, business_id) as connection:
        await quick_replies.save_quick_reply(
            connection, business_id, new_id(), "Parking", "Park behind {business}, {caller_name}."
        )
    page = await open_page(f"/threads/{await site.thread_of()}")
    await page.get_by_label("Your reply").fill("Yes.")

    await page.get_by_text("Quick replies").click()
    await page.get_by_role("button", name="Parking").click()

    await expect(page.get_by_label("Your reply")).to_have_value("Yes.\nPark behind Harbor Dental, Carla.")
    await page.get_by_role("button", name="Send", exact=True).click()
    await expect(page.locator(".bubble").last).to_have_text("Yes.\nPark behind Harbor Dental, Carla.")


async def test_the_receptionist_suggests_by_itself_and_is_retired_by_what_comes_next(
    site: Site, clock: TestClock, open_page: OpenPage
) -> None:
    site.shops = await open_bookings(site.context, site.shops)
    await book(site.context, site.shops.harbor)
    await site.write("Where do I park?")
    thread_id = await site.thread_of()
    await pause(site.context, site.shops.harbor.business_id, thread_id, "Olga")
    page = await open_page(f"/threads/{thread_id}")
    suggestion = page.locator("#suggestion")
    await expect(suggestion).to_contain_text("Behind the house.")

    clock.pass_time(5)
    await site.write("And where do I park on Sunday?")
    await expect(page.locator(".bubble")).to_have_count(2)
    await expect(suggestion.get_by_role("button", name="Send it")).to_be_visible()
    await suggestion.get_by_role("button", name="Edit").click()
    await expect(page.get_by_label("Your reply")).to_have_value(await suggestion.locator("p span").inner_text())
    await suggestion.get_by_role("button", name="Send it").click()

    await expect(page.locator(".bubble")).to_have_count(3)
    await expect(suggestion).to_be_hidden()


async def test_without_javascript_notes_owners_quick_replies_and_search_work_too(
    site: Site, open_page: OpenPage
) -> None:
    await site.write("The pipe leaks", name="Carla")
    page = await open_page("/threads?view=needs_reply", scripts=False)

    await page.get_by_role("link", name="Carla").click()
    await page.get_by_text("Note for the team").click()
    await page.get_by_label("A note, never sent to them").fill("She pays late.")
    await page.get_by_role("button", name="Keep the note").click()
    await expect(page.locator(".note-note")).to_contain_text("She pays late.")
    await page.get_by_role("link", name="About this contact, and more").click()
    await page.get_by_label("Who answers").select_option("Sam")
    await page.get_by_role("button", name="Give").click()
    await expect(page.locator(".note-assignment")).to_contain_text("Given to Sam")
    await page.goto(site.url + "/threads")
    await page.get_by_label("Search texts, names and numbers").fill("leak")
    await page.get_by_role("button", name="Search").click()

    await expect(page.locator("mark")).to_have_text("leak")
