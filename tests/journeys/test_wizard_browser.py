"""From an empty database to a text on the test phone, inside the set-up: by a newcomer, with a browser."""

import asyncio
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest
from playwright.async_api import Browser, Locator, Page, ViewportSize, expect

from ringback.web.wizard.steps import STEPS
from tests.database import Server
from tests.journeys.browsing import DESK, PHONE, OpenPage, is_complaint
from tests.journeys.installation import free_port

MOST_ACTIONS = 25
PATIENCE_SECONDS = 60.0


@dataclass
class Started:
    """`ringback serve` on an empty database: what it printed, and where its pretend phone company is."""

    address: str
    sandbox_url: str


@pytest.fixture
def started(server: Server, tmp_path: Path) -> Iterator[Started]:
    """An installation as a newcomer starts it: one command, and one address printed."""
    database, port, sandbox_port = asyncio.run(server.create()), free_port(), free_port()
    environment = {
        **os.environ,
        "DATABASE_URL": server.app_url(database),
        "RINGBACK_OWNER_DATABASE_URL": server.owner_url(database),
        "RINGBACK_PORT": str(port),
        "RINGBACK_HOME": str(tmp_path),
        "SANDBOX_PORT": str(sandbox_port),
        "PYTHONUNBUFFERED": "1",
    }
    log = tmp_path / "serve.log"
    with log.open("wb") as out:
        command = [sys.executable, "-m", "ringback.cli", "serve"]
        process = subprocess.Popen(command, env=environment, stdout=out, stderr=out)
        try:
            sandbox_url = f"http://127.0.0.1:{sandbox_port}"
            yield Started(_printed_address(process, log), sandbox_url)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)
            asyncio.run(server.drop(database))


def _printed_address(process: "subprocess.Popen[bytes]", log: Path) -> str:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        found = re.search(r"http\S+/welcome/\S+", log.read_text())
        if found:
            return found.group()
        time.sleep(0.05)
    raise AssertionError(f"no address was printed:\n{log.read_text()}")


@dataclass
class Hand:
    """Somebody's hand at the browser: every fill, choice and click is one action."""

    page: Page
    actions: int = 0

    async def fill(self, label: str, text: str) -> None:
        """Type into a field."""
        await self.page.get_by_label(label, exact=True).first.fill(text)
        self.actions += 1

    async def choose(self, label: str, value: str) -> None:
        """Choose from a list."""
        await self.page.get_by_label(label, exact=True).select_option(value)
        self.actions += 1

    async def press(self, name: str) -> None:
        """Press a button and wait for the page it leads to."""
        button: Locator = self.page.get_by_role("button", name=name)
        async with self.page.expect_navigation():
            await button.click()
        self.actions += 1


@pytest.fixture
async def complaints() -> AsyncIterator[list[str]]:
    """What the browser finds fault with; at the end, nothing."""
    found: list[str] = []
    yield found
    assert found == []


async def open_address(
    browser: Browser, address: str, viewport: ViewportSize, complaints: list[str], *, scripts: bool = True
) -> Page:
    context = await browser.new_context(viewport=viewport, java_script_enabled=scripts)
    page = await context.new_page()
    page.on("console", lambda said: complaints.append(said.text) if is_complaint(said) else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    await page.goto(address)
    return page


async def set_up(hand: Hand) -> None:
    """Walk from the printed address to the page of the test call."""
    await hand.fill("Your name", "Olga")
    await hand.fill("Your e-mail, to sign in with", "olga@harbor.example")
    await hand.fill("A new password", "three brown harbors")
    await hand.press("Start")
    await hand.fill("Name of the business, as callers know it", "Harbor Dental")
    await hand.choose("What do you do?", "dental")
    await hand.press("Next: your number")
    await hand.press("Try it with a pretend number")
    await hand.press("Next: your hours")
    await hand.press("Next: who gets replies")
    await hand.fill("Mobile", "(312) 555-0162")
    await hand.press("Next: the test call")


async def hurry(started: Started) -> None:
    """Let telephone time pass faster: nobody has to hear it ring."""
    async with httpx2.AsyncClient(timeout=PATIENCE_SECONDS) as http:
        answer = await http.post(f"{started.sandbox_url}/sandbox/api/speed", json={"speed": 20})
        assert answer.status_code == 200


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
async def test_from_an_empty_database_to_a_text_on_the_test_phone_in_at_most_25_actions(
    started: Started, browser: Browser, complaints: list[str], viewport: ViewportSize
) -> None:
    page = await open_address(browser, started.address, viewport, complaints)
    hand = Hand(page)
    await hurry(started)

    await set_up(hand)
    await hand.press("Ring from the test phone")

    # Nothing is loaded by hand from here: the page follows the call by itself.
    await expect(page.locator(".handset .bubble")).to_contain_text("Harbor Dental", timeout=40_000)
    assert hand.actions <= MOST_ACTIONS
    for stage in await page.locator(".stages li").all():
        await expect(stage).to_have_class("stage-done")
    assert await page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]

    await hand.press("Next: go live")
    await hand.press("Go live")
    await expect(page.get_by_role("heading", level=1)).to_have_text("You are live")
    assert hand.actions <= MOST_ACTIONS


async def test_the_same_without_javascript_by_looking_again(
    started: Started, browser: Browser, complaints: list[str]
) -> None:
    page = await open_address(browser, started.address, PHONE, complaints, scripts=False)
    await hurry(started)
    hand = Hand(page)
    await set_up(hand)
    await hand.press("Ring from the test phone")

    deadline = time.monotonic() + PATIENCE_SECONDS
    while await page.locator(".handset .bubble").count() == 0:
        assert time.monotonic() < deadline, await page.locator("#main").inner_text()
        await page.get_by_role("link", name="Look again").click()

    await expect(page.locator(".handset .bubble")).to_contain_text("Harbor Dental")


async def test_a_set_up_is_left_and_taken_up_where_it_was_and_its_address_works_once(
    started: Started, browser: Browser, complaints: list[str]
) -> None:
    page = await open_address(browser, started.address, PHONE, complaints)
    await set_up(Hand(page))
    await page.get_by_role("link", name="Leave it for now").click()
    await page.get_by_role("link", name="Go on with the set-up").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Test call")

    await page.get_by_role("navigation", name="Steps of the set-up").get_by_role("link", name="Your business").click()

    await expect(page.get_by_label("Name of the business, as callers know it")).to_have_value("Harbor Dental")
    await expect(page.get_by_label("What do you do?")).to_have_value("dental")
    stranger = await open_address(browser, started.address, PHONE, [])
    await expect(stranger.get_by_text("This address has been used")).to_be_visible()


async def test_the_text_is_previewed_and_counted_while_it_is_typed(open_page: OpenPage) -> None:
    page = await open_page("/set-up/words")

    await page.get_by_label("When nobody answers").fill("¡Hola! What is up at {business}? STOP to opt out.")

    preview = page.locator("#preview-missed")
    await expect(preview).to_contain_text("What is up at Harbor Dental?")
    await expect(preview).to_contain_text("1 text")
    await page.get_by_label("When nobody answers").fill("Who is there?")
    await expect(preview).to_contain_text("Name the business in the first sentence")
    await page.get_by_role("button", name="Next: your hours").click()
    await expect(page.locator("#missed-trouble")).to_be_visible()
    await expect(page.get_by_label("When nobody answers")).to_have_value("Who is there?")


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
async def test_no_step_scrolls_sideways_or_has_a_target_too_small_for_a_thumb(
    open_page: OpenPage, viewport: ViewportSize
) -> None:
    for step in STEPS:
        page = await open_page(f"/set-up/{step.name}", viewport)
        assert await page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], step.name
        assert await page.evaluate(_TOO_SMALL) == [], step.name
        await page.close()


_TOO_SMALL = """
    [...document.querySelectorAll("main button, main select, main input:not([type=radio], [type=checkbox])")]
    .filter((one) => one.offsetParent && one.getBoundingClientRect().height < 44).map((one) => one.outerHTML)
"""
