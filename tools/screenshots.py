"""Make the pictures in docs/images: the main pages of a demo, on a phone and a desk, light and dark.

usage: python -m tools.screenshots [chromium]
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

IMAGES = Path(__file__).parents[1] / "docs" / "images"
_CHROMIUM = "/usr/bin/chromium"
_PORT, _SANDBOX_PORT = 8478, 8479
# A Thursday morning in the hours of every sample.
_CLOCK = "2026-11-19T15:30:00+00:00"
_SIZES = {"phone": ViewportSize(width=390, height=844), "desktop": ViewportSize(width=1280, height=800)}
# Each page's address; one that begins with "!" is the first link of a page to such an address.
PAGES = {
    "inbox": "/threads",
    "thread": "/threads !/threads/",
    "bookings": "/bookings",
    "call": "/calls !/calls/",
    "dashboard": "/dashboard",
    "settings": "/settings",
}


@dataclass(frozen=True, slots=True)
class Login:
    """How to get into the demo."""

    url: str
    email: str
    password: str


def main() -> None:
    """Write every picture anew."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    chromium = sys.argv[1] if len(sys.argv) > 1 else _CHROMIUM
    with _demo() as login, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for size, viewport in _SIZES.items():
            for is_dark in (False, True):
                _take_all(browser, login, (size, viewport), is_dark=is_dark)
        browser.close()


def _take_all(browser: Browser, login: Login, size: tuple[str, ViewportSize], *, is_dark: bool) -> None:
    scheme: Literal["dark", "light"] = "dark" if is_dark else "light"
    page = browser.new_context(viewport=size[1], color_scheme=scheme, locale="en-US").new_page()
    page.goto(f"{login.url}/sign-in")
    page.fill("input[name=email]", login.email)
    page.fill("input[name=password]", login.password)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(re.compile(r"/threads"))
    for name, address in PAGES.items():
        _open(page, login.url, address)
        page.screenshot(path=IMAGES / f"{name}-{size[0]}-{scheme}.png")
    page.context.close()


def _open(page: Page, url: str, address: str) -> None:
    path, _, link = address.partition(" !")
    page.goto(url + path)
    if link:
        href = page.locator(f"main a[href^='{link}']").first.get_attribute("href")
        page.goto(f"{url}{href}")


@contextmanager
def _demo() -> Iterator[Login]:
    with tempfile.TemporaryDirectory() as home:
        environment = {
            **os.environ, "RINGBACK_HOME": home, "PORT": str(_PORT), "SANDBOX_PORT": str(_SANDBOX_PORT),
            "RINGBACK_CLOCK": _CLOCK, "PYTHONUNBUFFERED": "1",
        }  # fmt: skip
        command = [sys.executable, "-m", "ringback.cli", "demo"]
        running = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        try:
            yield _read_login(running)
        finally:
            running.send_signal(signal.SIGTERM)
            running.wait(timeout=30)


def _read_login(running: subprocess.Popen[str]) -> Login:
    for line in running.stdout or ():
        found = re.search(r"Sign in as (\S+) with (\S+)", line)
        if found:
            return Login(f"http://127.0.0.1:{_PORT}", found[1], found[2])
    raise RuntimeError("The demo ended before it was ready.")


if __name__ == "__main__":
    main()
