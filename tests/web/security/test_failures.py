"""When something breaks, nobody outside learns how, we find it in the log, and nothing is let through."""

import asyncio
import re
from uuid import uuid4

import asyncpg
import pytest
from structlog.testing import capture_logs

from ringback.store.people import SignedIn
from ringback.web import auth
from ringback.web.hooks import HookLines
from ringback.workflows.context import Context
from tests.fixtures import Shops
from tests.web.pages_cast import COOKIE, Site
from tests.web.security.served import Served, browser_of


async def test_a_bug_shows_a_reference_that_is_in_the_log_and_nothing_of_the_inside(served: Served) -> None:
    async with browser_of(served) as stranger:
        with capture_logs() as lines:
            page = await stranger.get("/bug")
            part = await stranger.get("/bug", headers={"hx-request": "true"})
            api = await stranger.get("/api/v1/bug")

    logged = {line["reference"] for line in lines if line["event"] == "page_failed"}
    for answer in (page, part):
        assert answer.status_code == 500
        [reference] = re.findall(r"Reference ([0-9a-f]{8})", answer.text)
        assert reference in logged
    assert api.status_code == 500
    for answer in (page, part, api):
        assert "secret-of-the-database" not in answer.text
        assert "Traceback" not in answer.text
        assert "RuntimeError" not in answer.text
    assert "+13125550142" not in str([line for line in lines if line["event"] == "page_failed"])


async def test_a_database_that_is_gone_lets_nobody_in(site: Site, shops: Shops) -> None:
    token = await site.session(shops.harbor)
    broken = await asyncpg.create_pool("postgresql://nobody@127.0.0.1:9/none", min_size=0, timeout=1)
    site.context.pool = broken
    browser = await site.visitor()
    browser.cookies.set(COOKIE, token)

    answers = [await browser.get("/threads"), await browser.post("/me/pin", data={"pin": "491827"})]
    answers.append(await browser.post("/sign-in", data={"email": "a@b.example", "password": "x" * 12}))

    assert [answer.status_code for answer in answers] == [503, 503, 503]
    broken.terminate()


async def test_a_token_that_is_none_is_nobody(site: Site) -> None:
    found: list[SignedIn | None] = []
    for token in ("", "x", "' or true --", "\x00", "a" * 5000, str(uuid4())):
        browser = await site.visitor()
        answer = await browser.get("/threads", headers={"cookie": f"{COOKIE}={token}".replace("\x00", "%00")})
        found.append(None if answer.status_code in (303, 400) else SignedIn(uuid4(), "", uuid4(), ""))

    assert found == [None] * 6


async def test_a_stored_hash_that_cannot_be_read_opens_to_nobody() -> None:
    assert not await auth.is_right("no password", "no password")
    assert not await auth.is_right("", "")
    assert not await auth.is_right("x", None)


async def test_callbacks_with_a_wrong_signature_are_held_back_by_address_and_right_ones_never(
    served: Served, shops: Shops
) -> None:
    path = f"/hooks/{shops.harbor.lines[0].hook_key}/voice"
    async with browser_of(served) as stranger:
        unknown = [(await stranger.post("/hooks/guess/voice")).status_code for _ in range(60)]
        wrong = await stranger.post(path, data={"CallSid": "CA1"})

    assert set(unknown) == {404}
    assert wrong.status_code == 429
    assert int(wrong.headers["retry-after"]) > 0
    rows = await served.site.context.pool.fetch("select source, used from request_counts")
    assert [tuple(row) for row in rows] == [("hook 127.0.0.1", 60)]


async def test_one_process_holds_an_address_back_for_what_another_counted(context: Context, shops: Shops) -> None:
    first, second = HookLines(context), HookLines(context)
    for _ in range(59):
        await first.note_bad("192.0.2.7")
    await second.note_bad("192.0.2.7")

    assert second.is_held("192.0.2.7")
    assert not second.is_held("192.0.2.8")


async def test_a_hundred_sign_ins_at_once_use_the_memory_of_two(monkeypatch: pytest.MonkeyPatch) -> None:
    running, most = 0, 0

    async def slow(*_: object) -> bool:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0)
        running -= 1
        return False

    monkeypatch.setattr(asyncio, "to_thread", slow)
    await asyncio.gather(*(auth.is_right("x", "y") for _ in range(100)))

    assert most == auth._AT_ONCE
