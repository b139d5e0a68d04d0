"""What stands in code blocks works: business files can be applied, JSON parses, web addresses exist, links lead on."""

import json
import re
import tomllib
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from starlette.applications import Starlette
from starlette.routing import Match

from ringback.domain.business import Business
from ringback.domain.business_file import read_business_file
from ringback.sandbox.app import create_app as create_sandbox
from ringback.settings import Settings
from ringback.wiring import PROVIDERS
from ringback.wiring.site import web_app
from tests.architecture.sources import place
from tests.docs.pages import anchors, blocks, commands, documents, links, names_in, read, rows, section

# The first part of an example's address says which server it is for.
_OURS = re.compile(r"^(\$URL|http://127\.0\.0\.1:84(00|01)(?!\d)|\$SANDBOX|\$API)(/.*)?$")


def asgi_app(server: str) -> Starlette:
    """Return our web application, or the sandbox where an example names that."""
    if server in ("$SANDBOX", "$API", "http://127.0.0.1:8401"):
        return create_sandbox()
    return web_app(Settings())


def requests() -> Iterator[tuple[str, str, str, str]]:
    """Yield (document, server, method, path) of each curl example; a variable in a path stands for an id."""
    for where, words in commands("curl"):
        method = "POST" if {"--json", "--data-urlencode", "-d"} & set(words) and "--get" not in words else "GET"
        if "-X" in words:
            method = words[words.index("-X") + 1]
        for word in words:
            if found := _OURS.match(word):
                server, path = found[1], urlsplit(found[3] or "/").path
                yield where, server, method, re.sub(r"\$\w+", str(UUID(int=7)), path)


def exists(server: str, method: str, path: str) -> bool:
    """Return whether a route takes this request; one that takes the path by another method does not count."""
    scope = {"type": "http", "method": method, "path": path, "root_path": "", "headers": []}
    return any(route.matches(scope)[0] is Match.FULL for route in asgi_app(server).routes)


def test_every_web_address_of_a_curl_example_exists() -> None:
    asked = list(requests())
    wrong = [f"{where}: {method} {path}" for where, server, method, path in asked if not exists(server, method, path)]

    assert wrong == []
    assert {server for _, server, _, _ in asked} >= {"$URL", "$SANDBOX", "$API"}


def test_every_request_of_the_sandboxs_control_api_exists() -> None:
    told = [cells[0] for cells in rows(section(read("reference/sandbox.md"), "## Control API"))]
    asked = [request for cell in told for request in _control_requests(cell)]
    wrong = [f"{method} {path}" for method, path in asked if not exists("$SANDBOX", method, f"/sandbox/api{path}")]

    assert wrong == []
    assert len(asked) > 15


def _control_requests(cell: str) -> Iterator[tuple[str, str]]:
    """`POST /handsets/{number}/answer`, `/decline` in one cell: the method and the beginning stand once."""
    method, before = "", ""
    for name in names_in(cell):
        said, _, path = name.rpartition(" ")
        if not path.startswith("/"):
            continue
        method, before = (said, path.rpartition("/")[0]) if said else (method, before)
        yield method, re.sub(r"\{\w+\}", "7", path if said else before + path)


def test_an_address_that_does_not_exist_would_be_found() -> None:
    assert not exists("$URL", "GET", "/api/v1/cals")
    assert not exists("$URL", "POST", "/readyz")
    assert not exists("$SANDBOX", "GET", "/sandbox/api/mesages")


def test_every_toml_example_is_a_business_file_that_can_be_applied() -> None:
    ids = iter(UUID(int=n) for n in range(1, 1000))
    for path in documents():
        whole: Business | None = None
        for code in blocks(path, "toml"):
            document = tomllib.loads(code)
            assert document, place(path)
            # An example that shows a part goes with the whole business shown above it on the same page.
            result = read_business_file(
                _with_business(document, whole), whole, lambda: next(ids), lambda: "key", frozenset(PROVIDERS)
            )
            whole = result.business


def _with_business(document: dict[str, Any], whole: Business | None) -> dict[str, Any]:
    return document if whole is None or "business" in document else {"business": {"slug": whole.slug}, **document}


def test_every_json_example_parses() -> None:
    for path in documents():
        for code in blocks(path, "json"):
            # An ellipsis inside a string is a value left out; it is text like any other.
            assert isinstance(json.loads(code), dict), place(path)


def test_every_link_to_a_heading_leads_to_one() -> None:
    dead = []
    for path in documents():
        for target in links(path):
            file, hash_mark, anchor = target.partition("#")
            if not hash_mark or "://" in target:
                continue
            place_of_it = (path.parent / file) if file else path
            if place_of_it.suffix == ".md" and anchor not in anchors(place_of_it):
                dead.append(f"{place(path)}: {target}")

    assert dead == []
