"""Write the icons of the installable app as PNG, from the SVG files beside them. Run it after one of those changes."""

import asyncio
import sys
from pathlib import Path

from playwright.async_api import async_playwright

STATIC = Path(__file__).parents[1] / "ringback" / "web" / "static"
CHROMIUM = "/usr/bin/chromium"
# The corners of a maskable icon are cut by the phone, so it fills its square; the badge is white on nothing.
ICONS = {
    "192": ("icon.svg", 192),
    "512": ("icon.svg", 512),
    "maskable": ("icons/maskable.svg", 512),
    "badge": ("icons/badge.svg", 96),
}


async def draw() -> None:
    """Let a browser draw each icon at its size."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for name, (source, size) in ICONS.items():
            page = await browser.new_page(viewport={"width": size, "height": size})
            svg = (STATIC / source).read_text("utf-8").replace("<svg ", f'<svg width="{size}" height="{size}" ', 1)
            await page.set_content(f"<style>*{{margin:0;display:block}}</style>{svg}")
            await page.screenshot(path=STATIC / "icons" / f"{name}.png", omit_background=True)
        await browser.close()


def main() -> None:
    """Draw all icons."""
    asyncio.run(draw())
    sys.stdout.write("the icons are up to date\n")


if __name__ == "__main__":
    main()
