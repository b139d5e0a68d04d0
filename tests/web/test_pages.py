"""Pages: what a person of the business sees, what nobody else does, and that no stranger's words become markup."""

from datetime import timedelta

import pytest
from markupsafe import escape

from ringback.store import alarms, call_backs
from ringback.store.call_backs import NewCallBack
from ringback.store.db import business_transaction
from ringback.store.ids import new_id
from tests.cast import CARLA, NOON
from tests.web.api_cast import fill, ring
from tests.web.pages_cast import Site

HOSTILE = "<img src=x onerror=alert(1)> \"'&</p><hx-partial hx-target='body'>"


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/threads", "/threads/{thread_id}", "/calls", "/calls/{call_id}", "/call-backs"),
        *("/pictures/{message_id}/0", "/bookings", "/bookings/new", "/bookings/{booking_id}"),
        *("/bookings/{booking_id}/opening", "/gaps"),
    ],
)
async def test_who_is_not_signed_in_is_asked_to_sign_in(site: Site, path: str) -> None:
    seen = await fill(site.context, site.shops.harbor)
    stranger = await site.visitor()

    answer = await stranger.get(path.format(**seen.ids()))

    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in?next=%2F")
    assert "Carla" not in answer.text


@pytest.mark.parametrize("path", ["/threads", "/threads/{thread_id}", "/calls", "/calls/{call_id}", "/call-backs"])
async def test_every_page_opens_and_may_not_be_kept_by_a_cache(site: Site, path: str) -> None:
    seen = await fill(site.context, site.shops.harbor)
    olga = await site.olga()

    answer = await olga.get(path.format(**seen.ids()))

    assert answer.status_code == 200
    assert "(312) 555-0142" in answer.text
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/threads/{thread_id}"),
        ("GET", "/calls/{call_id}"),
        ("GET", "/pictures/{message_id}/0"),
        ("POST", "/threads/{thread_id}/messages"),
        ("POST", "/threads/{thread_id}/messages/{message_id}/attempts"),
        ("POST", "/threads/{thread_id}/closure"),
        ("POST", "/call-backs/{call_back_id}/completion"),
    ],
)
async def test_the_rival_is_told_that_nothing_is_there(site: Site, method: str, path: str) -> None:
    seen = await fill(site.context, site.shops.harbor)
    rex = await site.rex()

    form = {"message_id": str(new_id()), "body": "Hello from Rex"} if method == "POST" else None
    answer = await rex.request(method, path.format(**seen.ids()), data=form)

    assert answer.status_code == 404
    assert "555-0142" not in answer.text
    assert "Harbor" not in answer.text


async def test_the_rivals_own_lists_hold_nothing_of_ours(site: Site) -> None:
    await fill(site.context, site.shops.harbor)
    rex = await site.rex()

    for path in ("/threads", "/calls", "/call-backs"):
        text = (await rex.get(path)).text
        assert "Rex Dental" in text
        assert not any(word in text for word in ("555-0142", "Harbor", "Too many texts"))


async def test_words_of_strangers_are_shown_as_they_are_and_never_as_markup(site: Site) -> None:
    await site.write(HOSTILE, name=HOSTILE)
    olga = await site.olga()

    for path in ("/threads", f"/threads/{await site.thread_of()}"):
        text = (await olga.get(path)).text
        assert "&lt;img src=x onerror=alert(1)&gt;" in text
        assert "<img src=x" not in text
        assert "<hx-partial" not in text


async def test_a_call_says_what_happened_and_why_it_was_texted(site: Site) -> None:
    call_id = await ring(site.context, site.shops.harbor)
    olga = await site.olga()
    async with business_transaction(site.context.pool, site.shops.harbor.business_id) as connection:
        await connection.execute(
            "update messages set state = 'accepted', delivery = 'delivered', sending_at = $1",
            NOON + timedelta(seconds=4),
        )

    text = (await olga.get(f"/calls/{call_id}")).text

    assert "Nobody answered, while you were open" in text
    assert "Texted 4 s after the call ended, delivered" in text
    why = str(await site.value("select why from text_backs"))
    fired, _, passed_over = why.partition(". Rule ")
    assert f"<p>{escape(fired)}.</p>" in text
    assert f"<p>Rule {escape(passed_over)}</p></details>" in text
    assert "Wording:" in text
    assert "Your phones stopped ringing: nobody answered" in text


async def test_a_call_that_was_not_texted_says_why(site: Site) -> None:
    await ring(site.context, site.shops.harbor, name="CA1")
    again = await ring(site.context, site.shops.harbor, name="CA2")
    olga = await site.olga()

    assert "Not texted again: this caller was texted not long ago." in (await olga.get(f"/calls/{again}")).text
    assert "Not texted again: this caller was texted not long ago." in (await olga.get("/calls")).text


async def test_a_refused_text_says_why_in_words_for_the_owner(site: Site) -> None:
    seen = await fill(site.context, site.shops.harbor)
    olga = await site.olga()

    text = (await olga.get(f"/threads/{seen.thread_id}")).text

    assert "Not sent" in text
    assert "That number is a landline, which cannot get texts." in text


async def test_lists_page_through_everything_once(site: Site) -> None:
    for n in range(65):
        await site.write(f"Text number {n}.", f"+1312555{1000 + n}")
    olga = await site.olga()

    seen: list[str] = []
    path: str | None = "/threads"
    while path is not None:
        text = (await olga.get(path)).text
        seen += [line.split('id="t-')[1][:36] for line in text.splitlines() if 'id="t-' in line]
        older = [line for line in text.splitlines() if "Older conversations" in line]
        path = older[0].split('href="')[1].split('"')[0] if older else None

    assert (len(seen), len(set(seen))) == (65, 65)


async def test_a_long_thread_opens_at_its_end_and_leads_back_to_its_start(site: Site) -> None:
    for n in range(70):
        await site.write(f"Text number {n}.")
    olga, path = await site.olga(), f"/threads/{await site.thread_of()}"

    latest = (await olga.get(path)).text
    earlier_link = (
        next(line for line in latest.splitlines() if "Earlier texts" in line).split('href="')[1].split('"')[0]
    )
    earlier = (await olga.get(earlier_link)).text

    def bubble(n: int) -> str:
        return f">Text number {n}.</p>"

    assert [bubble(n) in latest for n in (39, 40, 69)] == [False, True, True]
    assert [bubble(n) in earlier for n in (9, 10, 39, 40)] == [False, True, True, False]
    assert latest.index(bubble(40)) < latest.index(bubble(69))


@pytest.mark.parametrize("path", ["/threads", "/calls", "/call-backs"])
async def test_an_empty_list_says_what_will_appear_and_how(site: Site, path: str) -> None:
    olga = await site.olga()

    text = (await olga.get(path)).text

    assert "will appear here" in text
    assert "hang up" in text


@pytest.mark.parametrize(
    "path", ["/threads?before=rubbish", "/calls?before=2026-01-01~x", "/threads/not-an-id", "/nowhere"]
)
async def test_an_address_that_leads_nowhere_says_so(site: Site, path: str) -> None:
    olga = await site.olga()

    answer = await olga.get(path)

    assert answer.status_code == 404
    assert "There is nothing here" in answer.text


async def test_what_waits_is_counted_in_the_navigation(site: Site) -> None:
    await site.write("Are you open?")
    await fill(site.context, site.shops.harbor)
    olga = await site.olga()

    text = (await olga.get("/calls")).text

    assert 'class="count">1<span class="sr"> need a reply</span>' in text
    assert 'class="count">1<span class="sr"> to do</span>' in text
    assert "Too many texts were due." in text


async def test_a_call_back_that_is_done_is_gone(site: Site) -> None:
    seen = await fill(site.context, site.shops.harbor)
    olga = await site.olga()

    first = await olga.post(f"/call-backs/{seen.call_back_id}/completion")
    second = await olga.post(f"/call-backs/{seen.call_back_id}/completion")

    assert (first.status_code, second.status_code) == (303, 404)
    assert "Nobody to ring" in (await olga.get("/call-backs")).text
    assert await site.value("select done_by from call_backs") == "Olga"


async def test_an_urgent_call_back_comes_first_and_says_so(site: Site) -> None:
    business_id = site.shops.harbor.business_id
    async with business_transaction(site.context.pool, business_id) as connection:
        for why, urgent in (("A text was late.", False), ("Rang twice within five minutes.", True)):
            task = NewCallBack(None, None, CARLA, why, NOON, urgent)
            await call_backs.add_call_back(connection, business_id, task, NOON)
        await alarms.raise_alarm(connection, business_id, "credentials", "x", "The phone company refused us.", NOON)
    olga = await site.olga()

    text = (await olga.get("/call-backs")).text

    assert text.index("Rang twice within five minutes.") < text.index("A text was late.")
    assert "The phone company refused us." in text


async def test_pictures_are_shown_as_images_and_everything_else_is_only_saved(site: Site) -> None:
    message_id = await site.write("Look", pictures=3)
    async with business_transaction(site.context.pool, site.shops.harbor.business_id) as connection:
        await connection.execute(
            r"update pictures set bytes = '\x89504e47', content_type = 'image/png' where position = 0"
        )
        await connection.execute(
            "update pictures set bytes = '<svg/>', content_type = 'image/svg+xml' where position = 1"
        )
    olga, rex = await site.olga(), await site.rex()

    shown, saved, missing = [await olga.get(f"/pictures/{message_id}/{n}") for n in range(3)]

    assert (shown.headers["content-type"], shown.headers["content-disposition"][:6]) == ("image/png", "inline")
    assert saved.headers["content-type"] == "application/octet-stream"
    assert saved.headers["content-disposition"].startswith("attachment")
    assert {shown.headers["x-content-type-options"], saved.headers["x-content-type-options"]} == {"nosniff"}
    assert (missing.status_code, (await rex.get(f"/pictures/{message_id}/0")).status_code) == (404, 404)
    assert "A picture is being fetched" in (await olga.get(f"/threads/{await site.thread_of()}")).text


async def test_every_answer_tells_the_browser_what_to_refuse(site: Site) -> None:
    olga = await site.olga()

    for path in ("/threads", "/sign-in", "/nowhere", "/static/ringback.css"):
        headers = (await olga.get(path)).headers
        assert "script-src 'self';" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert "strict-transport-security" not in headers


async def test_files_named_by_their_content_are_kept_for_good(site: Site) -> None:
    olga = await site.olga()
    text = (await olga.get("/threads")).text
    style = text.split('<link rel="stylesheet" href="')[1].split('"')[0]

    by_content, by_name = await olga.get(style), await olga.get(style.partition("?")[0])

    assert "immutable" in by_content.headers["cache-control"]
    assert by_name.headers["cache-control"] == "no-cache"
