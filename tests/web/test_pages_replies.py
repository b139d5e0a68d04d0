"""Replies: sent once however often the form is, kept when they are refused, and tried again only when that is safe."""

import asyncio

import httpx2
import pytest

from ringback.store import contacts
from ringback.store.contacts import OptOut
from ringback.store.db import business_transaction
from ringback.store.ids import new_id
from tests.cast import CARLA, NOON
from tests.web.pages_cast import Site

HTMX = {"hx-request": "true"}


async def form_of(client: httpx2.AsyncClient, path: str) -> str:
    """Return the id that the page has made for the next reply."""
    return (await client.get(path)).text.split('name="message_id" value="')[1][:36]


async def test_a_form_sent_twice_is_one_reply(site: Site) -> None:
    await site.write("Are you open?")
    olga, path = await site.olga(), f"/threads/{await site.thread_of()}"
    form = {"message_id": await form_of(olga, path), "body": "Yes, until five."}

    answers = await asyncio.gather(*(olga.post(f"{path}/messages", data=form) for _ in range(3)))

    assert {answer.status_code for answer in answers} == {303}
    assert await site.value("select count(*) from messages where direction = 'out'") == 1
    assert (await olga.get(path)).text.count(">Yes, until five.</p>") == 1
    assert await site.value("select written_by from messages where direction = 'out'") == "Olga"


async def test_a_reply_answers_who_was_waiting(site: Site) -> None:
    await site.write("Are you open?")
    olga, path = await site.olga(), f"/threads/{await site.thread_of()}"
    assert "</span> Needs reply</span>" in (await olga.get("/threads")).text

    await olga.post(f"{path}/messages", data={"message_id": str(new_id()), "body": "Yes."})

    assert "</span> Needs reply</span>" not in (await olga.get("/threads")).text


@pytest.mark.parametrize(("body", "sentence"), [(" \n", "Write something first."), ("x" * 1601, "this one has 1601")])
async def test_a_refused_reply_comes_back_with_its_words(site: Site, body: str, sentence: str) -> None:
    await site.write("Are you open?")
    olga, path = await site.olga(), f"/threads/{await site.thread_of()}"
    form = {"message_id": str(new_id()), "body": body}

    whole = await olga.post(f"{path}/messages", data=form)
    part = await olga.post(f"{path}/messages", data=form, headers=HTMX)

    for answer in (whole, part):
        assert answer.status_code == 422
        assert sentence in answer.text
        assert body.strip() in answer.text
        assert form["message_id"] in answer.text
    assert whole.text.startswith("<!doctype html>")
    assert "<html" not in part.text


async def test_a_reply_sent_from_the_live_page_comes_back_in_place(site: Site) -> None:
    await site.write("Are you open?")
    olga, path = await site.olga(), f"/threads/{await site.thread_of()}"
    form = {"message_id": await form_of(olga, path), "body": "Yes, until five."}

    part = (await olga.post(f"{path}/messages", data=form, headers=HTMX)).text

    assert f'hx-target="#messages:not(:has(#m-{form["message_id"]}))"' in part
    assert 'id="composer"' in part
    assert f'name="message_id" value="{form["message_id"]}"' not in part


async def test_who_asked_for_no_more_texts_gets_no_reply_box(site: Site) -> None:
    await site.write("STOP")
    business, thread_id = site.shops.harbor, await site.thread_of()
    async with business_transaction(site.context.pool, business.business_id) as connection:
        contact_id = await contacts.find_or_create_contact(connection, business.business_id, CARLA, NOON)
        opt_out = OptOut(business.lines[0].line_id, "keyword", NOON, "STOP")
        await contacts.save_opt_out(connection, business.business_id, contact_id, opt_out, NOON)
    olga = await site.olga()

    page = (await olga.get(f"/threads/{thread_id}")).text
    answer = await olga.post(f"/threads/{thread_id}/messages", data={"message_id": str(new_id()), "body": "Sorry"})

    assert "They asked for no more texts." in page
    assert "<textarea" not in page
    assert answer.status_code == 422
    assert await site.value("select count(*) from messages where direction = 'out'") == 0


async def test_a_refused_text_is_sent_again_by_its_button(site: Site) -> None:
    await site.write("Are you open?")
    olga, path, message_id = await site.olga(), f"/threads/{await site.thread_of()}", str(new_id())
    await olga.post(f"{path}/messages", data={"message_id": message_id, "body": "Yes."})
    async with business_transaction(site.context.pool, site.shops.harbor.business_id) as connection:
        await connection.execute(
            "update messages set state = 'rejected', error_kind = 'credentials' where direction = 'out'"
        )
    assert "Send it again" in (await olga.get(path)).text

    again = await olga.post(f"{path}/messages/{message_id}/attempts")
    twice = await olga.post(f"{path}/messages/{message_id}/attempts", headers=HTMX)

    assert (again.status_code, twice.status_code) == (303, 409)
    assert "Only a text that the phone company refused can be sent again." in twice.text
    assert await site.value("select count(*) from messages where direction = 'out' and state = 'intended'") == 1


async def test_a_thread_that_is_done_says_so_until_the_contact_writes_again(site: Site) -> None:
    await site.write("Thanks!")
    olga, thread_id = await site.olga(), await site.thread_of()

    answer = await olga.post(f"/threads/{thread_id}/closure")
    done = (await olga.get("/threads")).text
    await site.write("One more thing")

    assert (answer.status_code, answer.headers["location"]) == (303, f"/threads?done={thread_id}")
    assert "</span> Done</span>" in done
    assert "</span> Needs reply</span>" in (await olga.get("/threads")).text


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"body=Hello", 400),
        (b"message_id=no-id&body=Hello", 400),
        (b"message_id=00000000-0000-0000-0000-000000000009&body=%ff", 400),
        (b"message_id=00000000-0000-0000-0000-000000000009&body=a%00b", 400),
        (b"message_id=00000000-0000-0000-0000-000000000009&body=\xff", 400),
        (b"body=" + b"x" * 70_000, 413),
    ],
)
async def test_a_spoilt_form_is_refused_with_a_sentence(site: Site, content: bytes, status: int) -> None:
    await site.write("Are you open?")
    olga = await site.olga()

    answer = await olga.post(
        f"/threads/{await site.thread_of()}/messages",
        content=content,
        headers={"content-type": "application/x-www-form-urlencoded"},
    )

    assert answer.status_code == status
    assert await site.value("select count(*) from messages where direction = 'out'") == 0


async def test_a_reply_typed_in_an_ended_session_stays_on_the_page(site: Site) -> None:
    await site.write("Are you open?")
    stranger = await site.visitor()

    answer = await stranger.post(f"/threads/{await site.thread_of()}/messages", headers=HTMX)

    assert (answer.status_code, answer.headers["hx-retarget"]) == (401, "#notice")
    assert "What you typed is still here" in answer.text
