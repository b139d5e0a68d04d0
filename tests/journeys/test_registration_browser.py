"""The registration on a phone: nothing is wider than the screen, a text is copied with one tap, no script is needed."""

from ringback.store import registration
from ringback.store.db import business_transaction
from tests.cast import NOON
from tests.journeys.browsing import PHONE, OpenPage
from tests.web.pages_cast import Site

PATHS = ("/registration", "/registration/texts", "/registration/pages", "/p/harbor-dental/sms-consent")
LOW = (
    "[...document.querySelectorAll('main button, main a.button, main summary, main nav a, main label.choice')]"
    ".filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 44).map(e => e.outerHTML)"
)


async def test_the_pages_fit_a_phone_and_a_text_is_copied_with_one_tap(site: Site, open_page: OpenPage) -> None:
    business_id = site.shops.harbor.business_id
    async with business_transaction(site.context.pool, business_id) as connection:
        await registration.tick_step(connection, business_id, "pages", "Olga", NOON)
    for path in PATHS:
        page = await open_page(path, signed_in=path.startswith("/registration"))
        assert await page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
        assert await page.evaluate(LOW) == []

    texts = await open_page("/registration/texts")
    await texts.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await texts.click("button[data-copy='t-message_flow']")
    copied = await texts.evaluate("navigator.clipboard.readText()")
    assert copied == await texts.input_value("#t-message_flow")
    assert copied.startswith("Consumers opt in by calling Harbor Dental")


async def test_without_scripts_the_list_is_answered_and_the_texts_can_be_read(site: Site, open_page: OpenPage) -> None:
    page = await open_page("/registration", scripts=False)
    await page.check("input[name=has_tax_number][value=yes]")
    await page.check("input[name=is_company][value=yes]")
    await page.click("text=Show my list")
    await page.click("#step-low_brand button")

    assert await page.locator("#step-low_brand").get_by_text("Done, says Olga:").is_visible()
    texts = await open_page("/registration/texts", scripts=False)
    assert await texts.is_visible("#t-message_flow")
    assert not await texts.is_visible("button[data-copy='t-message_flow']")
