"""Signing in and out: who gets in, how guessing is slowed, and what the session's cookie and forms allow."""

from dataclasses import replace

import asyncpg
import httpx2
import pytest
from pwdlib import PasswordHash
from starlette.requests import Request

from ringback.store import people
from ringback.store.ids import new_id
from ringback.store.people import Person
from ringback.web import auth
from ringback.web.security import is_from_own_page
from ringback.workflows.context import Context
from tests.cast import TestClock
from tests.fixtures import Shops
from tests.web.pages_cast import COOKIE, Site

EMAIL = "olga@harbor.example"
PASSWORD = "drill-baby-drill"
HASH = PasswordHash.recommended().hash(PASSWORD)


@pytest.fixture
async def olga(pool: asyncpg.Pool, context: Context, shops: Shops) -> Person:
    """Harbor's owner, with a password."""
    person = Person(new_id(), EMAIL, "Olga", HASH)
    await people.save_person(pool, person, shops.harbor.business_id, "owner", context.clock.now())
    return person


async def enter(
    client: httpx2.AsyncClient, password: str = PASSWORD, email: str = EMAIL, after: str = "/calls"
) -> httpx2.Response:
    """Fill in the form."""
    return await client.post("/sign-in", data={"email": email, "password": password, "next": after})


async def test_the_right_password_opens_the_page_that_was_asked_for(site: Site, olga: Person) -> None:
    client = await site.visitor()

    answer = await enter(client, email=EMAIL.upper())

    assert (answer.status_code, answer.headers["location"]) == (303, "/calls")
    assert "Harbor Dental" in (await client.get("/calls")).text


async def test_the_cookie_is_kept_from_scripts_and_other_sites(site: Site, olga: Person) -> None:
    cookie = (await enter(await site.visitor())).headers["set-cookie"]

    assert cookie.startswith(f"{COOKIE}=")
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))


async def test_behind_tls_the_cookie_is_bound_to_this_host(site: Site, olga: Person) -> None:
    site.context.public_url = site.url.replace("http://", "https://")

    cookie = (await enter(await site.visitor())).headers["set-cookie"]

    assert cookie.startswith("__Host-ringback=")
    assert "Secure" in cookie


@pytest.mark.parametrize(("email", "password"), [(EMAIL, "wrong"), ("nobody@harbor.example", PASSWORD), ("", "")])
async def test_a_wrong_password_and_an_unknown_email_get_the_same_sentence(
    site: Site, olga: Person, email: str, password: str
) -> None:
    answer = await enter(await site.visitor(), password, email)

    assert answer.status_code == 401
    assert "That e-mail and password do not belong together." in answer.text
    assert "set-cookie" not in answer.headers


async def test_five_wrong_passwords_lock_an_email_for_a_quarter_of_an_hour(
    site: Site, olga: Person, clock: TestClock
) -> None:
    client = await site.visitor()
    for _ in range(5):
        assert (await enter(client, "wrong")).status_code == 401

    locked = await enter(client)
    clock.pass_time(15 * 60 + 1)
    later = await enter(client)

    assert locked.status_code == 429
    assert "Wait 15 minutes" in locked.text
    assert later.status_code == 303


async def test_right_passwords_use_up_no_tries(site: Site, olga: Person) -> None:
    answers = [await enter(await site.visitor()) for _ in range(7)]

    assert {answer.status_code for answer in answers} == {303}


async def test_twenty_failures_from_one_address_lock_the_address(context: Context, olga: Person) -> None:
    for n in range(20):
        result = await auth.sign_in(context, f"guess-{n}@harbor.example", "wrong", "192.0.2.1")
        assert isinstance(result, auth.WrongPassword)

    from_there = await auth.sign_in(context, EMAIL, PASSWORD, "192.0.2.1")
    from_elsewhere = await auth.sign_in(context, EMAIL, PASSWORD, "192.0.2.2")

    assert isinstance(from_there, auth.TooManyTries)
    assert isinstance(from_elsewhere, auth.Admitted)


async def test_signing_out_ends_the_session_itself(site: Site, olga: Person) -> None:
    client = await site.visitor()
    await enter(client)
    token = client.cookies[COOKIE]

    await client.post("/sign-out")
    thief = await site.visitor()
    thief.cookies.set(COOKIE, token)

    assert (await thief.get("/calls")).status_code == 303


async def test_signing_in_again_ends_the_session_before(site: Site, olga: Person) -> None:
    client = await site.visitor()
    await enter(client)
    first = client.cookies[COOKIE]

    await enter(client)

    assert await people.find_session(site.context.pool, first, site.context.clock.now()) is None
    assert (await client.get("/calls")).status_code == 200


async def test_someone_who_left_the_business_is_not_let_in(site: Site, olga: Person) -> None:
    await site.context.pool.execute("delete from memberships")

    assert (await enter(await site.visitor())).status_code == 403


@pytest.mark.parametrize("after", ["//evil.example", "/\\evil.example", "https://evil.example", "/sign-out", "/a\r\nb"])
async def test_signing_in_never_leads_to_another_site(site: Site, olga: Person, after: str) -> None:
    answer = await enter(await site.visitor(), after=after)

    assert (answer.status_code, answer.headers["location"]) == (303, "/")


async def test_a_form_of_another_site_is_refused(site: Site, olga: Person) -> None:
    client = await site.olga()

    answer = await client.post("/sign-out", headers={"origin": "https://evil.example"})

    assert answer.status_code == 403
    assert "This came from another site, so nothing was changed." in answer.text
    assert (await client.get("/calls")).status_code == 200


@pytest.mark.parametrize(
    ("headers", "is_own"),
    [
        ({"origin": "http://ringback.test"}, True),
        ({"origin": "http://10.0.0.5:8400"}, True),
        ({"origin": "http://ringback.test", "sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({}, False),
        ({"origin": "null"}, False),
        ({"origin": "https://evil.example"}, False),
        ({"origin": "http://ringback.test.evil.example"}, False),
        ({"origin": "http://ringback.test", "sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "same-site"}, False),
        ({"origin": "ftp://ringback.test"}, False),
    ],
)
def test_only_our_own_pages_may_change_something(headers: dict[str, str], is_own: bool) -> None:
    raw = [(name.encode(), value.encode()) for name, value in {"host": "10.0.0.5:8400", **headers}.items()]
    request = Request({"type": "http", "method": "POST", "headers": raw, "path": "/"})

    assert is_from_own_page(request, "http://ringback.test") is is_own


async def test_a_role_that_may_only_look_changes_nothing(site: Site) -> None:
    await site.write("Are you open?")
    viewer = await site.visitor(site.shops.harbor, role="viewer", name="Vera")

    seen = await viewer.get("/threads")
    refused = await viewer.post(f"/threads/{await site.thread_of()}/closure")

    assert seen.status_code == 200
    assert refused.status_code == 403
    assert "You may look at everything here, but not change it." in refused.text


async def test_each_person_sees_the_business_of_their_session(site: Site) -> None:
    rex = replace(site.shops.rex)
    client = await site.visitor(rex, name="Rex")

    assert "Rex Dental" in (await client.get("/threads")).text
