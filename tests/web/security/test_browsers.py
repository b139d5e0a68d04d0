"""What browsers are told to refuse: scripts of others, frames, kept copies, and forms from other sites."""

import re
from collections.abc import Iterator

import httpx2
from starlette.routing import Route

from ringback.store import people
from ringback.store.db import business_transaction
from ringback.web.pages.visits import PageRoute
from ringback.web.site import ROUTES
from tests.architecture.sources import PACKAGE
from tests.fixtures import Shops
from tests.web.pages_cast import Site
from tests.web.security.served import Served, browser_of

ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
}
# One of each kind of answer: page, redirect, refusal, error, API, hook, file, monitor.
KINDS = ("/sign-in", "/threads", "/no-such-page", "/bug", "/api/v1/calls", "/api/v1/bug", "/hooks/x/voice",
         "/static/ringback.css", "/healthz", "/book/no-such-shop", "/manifest.webmanifest", "/sw.js")  # fmt: skip
NOBODY = "00000000-0000-4000-8000-000000000000"


def _policy(answer: httpx2.Response) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in answer.headers["content-security-policy"].split(";"))
    return {name: sources for name, _, sources in parts}


async def test_every_kind_of_answer_has_every_header(served: Served) -> None:
    async with browser_of(served) as stranger:
        answers = {path: await stranger.get(path) for path in KINDS}

    for path, answer in answers.items():
        assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS, path
        assert _policy(answer)["frame-ancestors"] == "'none'", path
        assert "access-control-allow-origin" not in answer.headers, path
        assert "server" not in answer.headers, path
        assert "x-powered-by" not in answer.headers, path


async def test_the_policy_lets_nothing_run_that_is_not_a_file_of_ours(served: Served) -> None:
    async with browser_of(served) as stranger:
        policy = _policy(await stranger.get("/sign-in"))

    assert (policy["default-src"], policy["object-src"], policy["base-uri"]) == ("'none'", "'none'", "'none'")
    assert (policy["script-src"], policy["style-src"], policy["form-action"]) == ("'self'", "'self'", "'self'")
    assert {source for sources in policy.values() for source in sources.split()} == {"'none'", "'self'"}


async def test_over_tls_browsers_are_told_to_stay_there_for_a_year_with_all_names_below(served: Served) -> None:
    served.site.context.public_url = "https://calls.harbor.example"
    async with browser_of(served, host="calls.harbor.example") as outside:
        told = (await outside.get("/sign-in")).headers["strict-transport-security"]
    async with browser_of(served) as inside:
        plain = await inside.get("/sign-in")

    assert int(re.findall(r"max-age=(\d+)", told)[0]) >= 365 * 24 * 3600
    assert "includeSubDomains" in told
    assert "strict-transport-security" not in plain.headers


async def test_nothing_but_files_and_pictures_stays_in_a_cache(served: Served) -> None:
    token = await served.site.session(served.site.shops.harbor)
    message_id = await served.site.write("Look", pictures=1)
    async with business_transaction(served.site.context.pool, served.site.shops.harbor.business_id) as connection:
        await connection.execute(r"update pictures set bytes = '\x89504e47', content_type = 'image/png'")
    async with browser_of(served, token) as olga:
        pages = {path: await olga.get(path) for path in _plain_pages()}
        picture = await olga.get(f"/pictures/{message_id}/0")
        kept = await olga.get("/static/ringback.css?v=1")

    assert {path: a.headers["cache-control"] for path, a in pages.items() if "no-store" not in _caching(a)} == {}
    assert "private" in _caching(picture)
    assert "public" in _caching(kept)


def _caching(answer: httpx2.Response) -> str:
    return answer.headers["cache-control"]


def _plain_pages() -> Iterator[str]:
    # A page with an id in its address would be a 404 here; the answer goes through the same code.
    for route in ROUTES:
        if isinstance(route, PageRoute) and "GET" in (route.methods or ()) and "{" not in route.path:
            yield from () if route.path == "/events" else (route.path,)


async def test_every_changing_route_refuses_what_comes_from_another_site(served: Served) -> None:
    token = await served.site.session(served.site.shops.harbor, role="agency")
    foreign = {"origin": "https://evil.example", "sec-fetch-site": "cross-site"}
    sibling = {"origin": served.url, "sec-fetch-site": "same-site"}
    statuses = {}
    for name, headers in (("foreign", foreign), ("sibling", sibling), ("null", {"origin": "null"})):
        async with browser_of(served, token, **headers) as browser:
            for path in _changing():
                statuses[name, path] = (await browser.post(path, data={"key": "x"})).status_code

    assert len(statuses) > 200
    assert {where: status for where, status in statuses.items() if status not in (403, 404)} == {}
    # A 404 would hide a route that checks later; only what strangers hold a key for may look that up first.
    assert {path for (_, path), status in statuses.items() if status == 404} <= KEYED


# Addresses with a key of their own, where nobody's cookie counts.
KEYED = {"/notices/seen", "/book/x/details", "/book/x/read-back", "/book/x/bookings", "/welcome/x"}


def _changing() -> Iterator[str]:
    for route in ROUTES:
        if isinstance(route, Route) and "POST" in (route.methods or ()):
            path = re.sub(r"\{(slug|key|token|kind|mark|number|position)(:\w+)?\}", "x", route.path)
            yield re.sub(r"\{\w+(:\w+)?\}", NOBODY, path)


async def test_what_only_looks_changes_no_session_and_what_changes_is_no_get(served: Served) -> None:
    token = await served.site.session(served.site.shops.harbor)
    async with browser_of(served, token) as olga:
        gets = {path: (await olga.get(path)).status_code for path in ("/sign-out", "/desk/lock", "/me/sessions/end")}

    assert set(gets.values()) == {405}


async def test_a_business_of_another_cannot_read_a_kept_picture_or_a_page_across_origins(served: Served) -> None:
    async with browser_of(served, origin="https://evil.example") as elsewhere:
        preflight = await elsewhere.options("/api/v1/calls", headers={"access-control-request-method": "GET"})
        answer = await elsewhere.get("/api/v1/openapi.json")

    assert preflight.status_code == 405
    assert not [name for name in (*preflight.headers, *answer.headers) if name.startswith("access-control")]


async def test_cookies_are_few_short_and_locked(site: Site, shops: Shops) -> None:
    site.context.public_url = site.url.replace("http://", "https://")
    person = await site.context.pool.fetchval("select person_id from people limit 1")
    assert person is None, "nobody has signed in yet"
    token = await site.session(shops.harbor)
    browser = await site.visitor()
    browser.cookies.set("__Host-ringback", token)

    answer = await browser.post("/session/business", data={"business": str(shops.harbor.business_id)})
    (cookie,) = answer.headers.get_list("set-cookie")

    assert cookie.startswith("__Host-ringback=")
    assert {"HttpOnly", "Secure", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    assert len(cookie.split(";")[0]) < 200
    assert await people.find_session(site.context.pool, token, site.context.clock.now()) is None


def test_scripts_put_text_into_pages_as_text_and_run_no_text() -> None:
    dangerous = re.compile(
        r"\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval|Function|postMessage)\b *[(=]"
    )
    ours = sorted((PACKAGE / "web" / "static").glob("*.js"))
    found = [f"{path.name}: {hit[0]}" for path in ours for hit in dangerous.finditer(path.read_text("utf-8"))]

    assert ours
    assert found == []


def test_no_page_loads_anything_from_elsewhere() -> None:
    # A link may lead elsewhere once it is pressed; nothing is fetched or sent there by the page itself.
    outside = re.compile(r"""(?:src|action|srcset)=["'](?:https?:)?//|<link[^>]+href=["'](?:https?:)?//""")
    templates = sorted((PACKAGE / "web" / "templates").rglob("*.html"))

    assert [path.name for path in templates if outside.search(path.read_text("utf-8"))] == []


def test_scripts_keep_only_drafts_and_the_marks_of_a_push_in_the_browser() -> None:
    kept = re.compile(r"(?:localStorage|sessionStorage)\.(?:setItem\((\w+)|(\w+) = )")
    scripts = sorted((PACKAGE / "web" / "static").glob("*.js"))
    names = {next(filter(None, hit)) for path in scripts for hit in kept.findall(path.read_text("utf-8"))}

    assert names == {"keyOf", "pushKey", "pushEndpoint", "renewed"}
    # keyOf names drafts; app.js drops them where somebody signs out.
    assert 'startsWith("draft:")' in (PACKAGE / "web" / "static" / "app.js").read_text("utf-8")
