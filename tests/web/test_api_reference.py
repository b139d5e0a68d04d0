"""The page on the API has every address with an example, and nothing that the API does not have."""

import re

from fastapi import FastAPI

from ringback.web import api
from ringback.web.api.gate import LARGEST_BODY_BYTES
from tests.architecture.sources import ROOT

PAGE = (ROOT / "docs" / "reference" / "api.md").read_text(encoding="utf-8")


def addresses() -> set[str]:
    """Return every `METHOD /path` of the router."""
    app = FastAPI()
    app.include_router(api.router)
    return {f"{method.upper()} {path}" for path, methods in app.openapi()["paths"].items() for method in methods}


def test_every_address_has_its_paragraph_and_no_other_has_one() -> None:
    assert set(re.findall(r"`([A-Z]+ /api/v1/[^`]*)`", PAGE)) == addresses()


def test_every_address_has_a_curl_example_right_below() -> None:
    examples = set()
    for address, example in re.findall(
        r"`([A-Z]+ /api/v1/[^`]*)`[^`]*(?:`[^`\n]+`[^`]*)*```sh\n(.*?)```", PAGE, re.DOTALL
    ):
        method, _, path = address.partition(" ")
        shape = re.sub(r"\{kind\}", "spam", path)
        shape = re.sub(r"\{(\w+)_id\}", lambda found: "$" + found[1].upper(), shape)
        said = re.search(r"-X (\w+)", example)
        assumed = "POST" if "--json" in example else "GET"
        if f"$URL{shape}" in example and (said[1] if said else assumed) == method:
            examples.add(address)

    assert examples == addresses()


def test_the_limit_of_a_body_is_the_one_in_the_code() -> None:
    assert f"{LARGEST_BODY_BYTES:,} bytes" in PAGE
