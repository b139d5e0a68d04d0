"""Pages run under a strict content security policy: no script, style or handler is written inside them."""

import re
from pathlib import Path

import pytest

from tests.architecture.sources import PACKAGE, clone_files, place

NEVER = {
    "an inline script": re.compile(r"<script\b(?![^>]*\ssrc=)", re.IGNORECASE),
    "an inline style sheet": re.compile(r"<style\b", re.IGNORECASE),
    "an event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "an htmx handler": re.compile(r"\b(?:data-)?hx-on\b", re.IGNORECASE),
    "an htmx expression": re.compile(r"""=\s*["'][^"']*\bj(?:s|avascript):""", re.IGNORECASE),
    "an htmx trigger filter": re.compile(r"""hx-trigger\s*=\s*(?:"[^"]*\[|'[^']*\[)""", re.IGNORECASE),
    "an address of another host": re.compile(
        r"""<(?:script|link|img|iframe)\b[^>]*(?:src|href)\s*=\s*["'](?:https?:)?//"""
    ),
}


def pages() -> list[Path]:
    """Every template and page of the product and of the sandbox."""
    return [path for path in clone_files() if path.suffix in {".html", ".jinja"} and path.is_relative_to(PACKAGE)]


def found(text: str) -> list[str]:
    """What a page holds that the policy would block, by line."""
    return [
        f"{text.count(chr(10), 0, match.start()) + 1}: {what}"
        for what, pattern in NEVER.items()
        for match in pattern.finditer(text)
    ]


def test_no_page_holds_what_the_policy_blocks() -> None:
    assert [f"{place(path)}:{line}" for path in pages() for line in found(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    "text",
    [
        "<script>go()</script>",
        "<style>a {}</style>",
        "<a\n onclick='go()'>",
        '<p class="a" style="color: red">',
        '<p hx-on:click="go()">',
        "<p hx-on::after-request='go()'>",
        "<p hx-vals='js:{a: 1}'>",
        '<a href="javascript:go()">',
        '<p hx-trigger="click[ctrlKey]">',
        '<script defer src="https://elsewhere.example/x.js"></script>',
    ],
)
def test_what_the_policy_blocks_is_found(text: str) -> None:
    assert len(found(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        '<script defer src="/static/htmx.js"></script>',
        '<p hx-get="/calls" hx-trigger="load, click">',
        '<a href="https://elsewhere.example/law">the law</a>',
        "<p>Answer on time = fewer lost jobs</p>",
    ],
)
def test_what_the_policy_allows_is_let_be(text: str) -> None:
    assert found(text) == []
