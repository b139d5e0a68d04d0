"""The first owner: one address, once, for whoever was given it, and for nobody where somebody can sign in."""

import asyncio

import httpx2
import pytest

from ringback.store.people import hash_token
from ringback.workflows.context import Context
from tests.cast import harbor, open_shop
from tests.web.pages_cast import Site
from tests.web.wizard_cast import PASSWORD, newcomer, welcome_key

FORM = {"name": "Olga", "email": "olga@harbor.example", "password": PASSWORD}


@pytest.fixture
async def shops() -> None:
    """None yet: the installation is empty."""


async def count(site: Site, table: str) -> int:
    return int(await site.context.pool.fetchval(f"select count(*) from {table}"))


async def test_the_first_address_makes_an_owner_and_leads_into_the_set_up(site: Site) -> None:
    olga = await newcomer(site)

    page = await olga.get("business")

    assert "Step 1 of 7" in page
    role = await site.context.pool.fetchval("select role from memberships")
    assert (role, await count(site, "welcome_keys"), await count(site, "business_directory")) == ("owner", 0, 1)


async def test_only_the_hash_of_the_key_is_stored(site: Site) -> None:
    key = await welcome_key(site.context)

    stored = await site.context.pool.fetch("select key_hash from welcome_keys")

    assert [row["key_hash"] for row in stored] == [hash_token(key)]


@pytest.mark.parametrize("key", ["guess", "%00", "x" * 300])
async def test_another_key_opens_nothing(site: Site, key: str) -> None:
    await welcome_key(site.context)
    stranger = await site.visitor()

    for answer in (await stranger.get(f"/welcome/{key}"), await stranger.post(f"/welcome/{key}", data=FORM)):
        assert answer.status_code == 404
    assert await count(site, "people") == 0


async def test_of_two_with_one_key_one_becomes_the_owner(site: Site) -> None:
    key = await welcome_key(site.context)
    browsers = [await site.visitor() for _ in range(2)]

    async def come(browser: httpx2.AsyncClient, name: str) -> int:
        form = {**FORM, "name": name, "email": f"{name.lower()}@harbor.example"}
        return (await browser.post(f"/welcome/{key}", data=form)).status_code

    answers = await asyncio.gather(come(browsers[0], "Olga"), come(browsers[1], "Rex"))

    assert sorted(answers) == [303, 404]
    assert (await count(site, "people"), await count(site, "business_directory")) == (1, 1)


async def test_a_used_key_is_gone_for_good(site: Site) -> None:
    await newcomer(site)
    stranger = await site.visitor()

    assert await count(site, "welcome_keys") == 0
    answer = await stranger.get("/welcome/anything")
    assert answer.status_code == 404
    assert "Sign in" in answer.text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"password": "short words"}, "at least 12 characters"),
        ({"password": "password password"}, "a guesser tries"),
        ({"email": "olga"}, "no e-mail address"),
        ({"name": " "}, "Write a name"),
    ],
)
async def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_is_kept(
    site: Site, changes: dict[str, str], sentence: str
) -> None:
    key = await welcome_key(site.context)
    browser = await site.visitor()

    answer = await browser.post(f"/welcome/{key}", data={**FORM, **changes})

    [field] = changes
    assert answer.status_code == 422
    assert f'id="{field}-trouble"' in answer.text
    assert sentence in answer.text
    assert f'value="{changes.get("name", "Olga").strip()}"' in answer.text
    assert PASSWORD not in answer.text
    assert await count(site, "people") == 0


async def test_a_form_of_another_site_makes_nobody_an_owner(site: Site) -> None:
    key = await welcome_key(site.context)
    browser = await site.visitor()

    answer = await browser.post(f"/welcome/{key}", data=FORM, headers={"origin": "https://rex.example"})

    assert (answer.status_code, await count(site, "people")) == (403, 0)


@pytest.mark.parametrize(("header", "country"), [("en-GB,en;q=0.9", "GB"), ("es-MX", "MX"), ("en", "US"), ("zz", "US")])
async def test_the_country_is_guessed_from_the_browser(site: Site, header: str, country: str) -> None:
    key = await welcome_key(site.context)
    browser = await site.visitor()
    browser.headers["accept-language"] = header

    await browser.post(f"/welcome/{key}", data=FORM)
    page = (await browser.get("/set-up/business")).text

    assert f'<option value="{country}" selected>' in page


async def test_where_a_business_was_applied_from_a_file_the_first_owner_gets_that_one(
    context: Context, site: Site
) -> None:

    await open_shop(context.pool, harbor())
    olga = await newcomer(site)

    assert "Harbor Dental" in await olga.get("business")
    assert await count(site, "business_directory") == 1
