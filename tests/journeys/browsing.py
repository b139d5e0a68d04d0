"""A real browser for the journeys: pages as Olga or a stranger sees them, on a phone or a desk, scripts or none."""

import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from playwright.async_api import Browser, ConsoleMessage, Page, ViewportSize, async_playwright, expect

from ringback.workflows.context import Context
from tests.fixtures import Shops
from tests.patience import PATIENCE_SECONDS
from tests.web.pages_cast import COOKIE, Site, running_site

AXE = os.environ.get("RINGBACK_AXE", "")
CHROMIUM = Path("/usr/bin/chromium")
HAS_CHROMIUM = CHROMIUM.exists()
PHONE = ViewportSize(width=360, height=740)
DESK = ViewportSize(width=1280, height=800)

OpenPage = Callable[..., Awaitable[Page]]
# Of itself it gives a page five seconds, which a busy machine may need.
expect.set_options(timeout=PATIENCE_SECONDS * 1000)


@pytest.fixture
async def site(context: Context, shops: Shops) -> AsyncIterator[Site]:
    """The pages, served."""
    async with running_site(context, shops) as running:
        yield running


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """Debian's Chromium."""
    if not HAS_CHROMIUM:
        pytest.skip("The journeys need Debian's package `chromium`.")
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield running
        await running.close()


@pytest.fixture
async def open_page(site: Site, browser: Browser) -> AsyncIterator[OpenPage]:
    """Opens pages as Olga; at the end, no page may have complained of anything, least of all of the policy."""
    complaints: list[str] = []
    async with AsyncExitStack() as stack:

        async def open_one(
            path: str,
            viewport: ViewportSize = PHONE,
            *,
            scripts: bool = True,
            signed_in: bool = True,
        ) -> Page:
            browsing = await browser.new_context(viewport=viewport, java_script_enabled=scripts)
            stack.push_async_callback(browsing.close)
            if signed_in:
                token = await site.session(site.shops.harbor)
                await browsing.add_cookies([{"name": COOKIE, "value": token, "url": site.url}])
            page = await browsing.new_page()
            page.on("console", lambda said: complaints.append(said.text) if is_complaint(said) else None)
            page.on("pageerror", lambda error: complaints.append(str(error)))
            if scripts and signed_in:
                async with page.expect_response("**/events?**"):
                    await page.goto(site.url + path)
            else:
                await page.goto(site.url + path)
            return page

        yield open_one
        site.feed.close()
    assert complaints == []


def is_complaint(said: ConsoleMessage) -> bool:
    """Return whether the browser found fault; that it logs every answer which is no success is none of it."""
    return said.type in ("error", "warning") and not said.text.startswith("Failed to load resource")


async def find_faults(page: Page) -> list[str]:
    """Return what axe finds by day and by night; without axe at hand nothing, and `test_axe_is_at_hand` is skipped."""
    if not AXE:
        return []
    await page.evaluate(read_axe())
    by_day = await page.evaluate("axe.run()")
    await page.emulate_media(color_scheme="dark")
    by_night = await page.evaluate("axe.run()")
    violations = [*by_day["violations"], *by_night["violations"]]
    return [f"{one['id']}: {node['html']}" for one in violations for node in one["nodes"]]


def read_axe() -> str:
    """Return axe-core's script."""
    return Path(AXE).read_text("utf-8")
