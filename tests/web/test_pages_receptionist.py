"""The receptionist on the pages: why it said that, who answers, what it handed on, and what it could not answer."""

from datetime import timedelta
from uuid import UUID

import httpx2
import pytest

from ringback.store import alerts, dialogs, gaps, handoffs, promises, quotes
from ringback.store.alerts import NewAlert
from ringback.store.db import business_transaction
from ringback.store.promises import NewPromise
from ringback.workflows.context import Context
from tests.cast import CARLA, NOON, TestClock
from tests.fixtures import Shops
from tests.web.bookings_cast import book, open_bookings, turn
from tests.web.pages_cast import Site

HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture
async def shops(context: Context, shops: Shops) -> Shops:
    """Both shops, with the receptionist switched on."""
    return await open_bookings(context, shops)


async def talk(site: Site, heard: str = "Where do I park?") -> UUID:
    """Let Carla ask something and the receptionist answer; return the thread."""
    message_id = await site.write(heard, name="Carla Ruiz")
    thread_id = await site.thread_of()
    await turn(site.context, site.shops.harbor, thread_id, message_id, "Behind the house.")
    return thread_id


async def raise_alert(site: Site, thread_id: UUID) -> UUID:
    """Let Carla have an emergency."""
    business_id = site.shops.harbor.business_id
    alert = NewAlert(f"My face is swollen {HOSTILE}", "5 Elm Street", fee_agreed=True)
    async with business_transaction(site.context.pool, business_id) as connection:
        return await alerts.raise_alert(connection, business_id, thread_id, alert, NOON)


def main_of(answer: httpx2.Response) -> str:
    """Return what a page says below its frame."""
    return answer.text.partition('<main id="main"')[2]


async def test_each_text_of_the_receptionist_says_why_on_being_asked_without_any_script(site: Site) -> None:
    thread_id = await talk(site)

    page = main_of(await (await site.olga()).get(f"/threads/{thread_id}"))

    why = page.partition('<details class="why">')[2].partition("</details>")[0]
    assert "<summary>Why did it say that?</summary>" in why
    assert '<blockquote dir="auto">Where do I park?</blockquote>' in why
    assert "They asked where to park." in why
    assert "From your facts: Where do I park?" in why
    assert page.count("Why did it say that?") == 1, "what Carla wrote needs no reason"


async def test_what_happened_stands_between_the_texts_in_the_order_in_which_it_did(
    site: Site, clock: TestClock
) -> None:
    thread_id, business_id = await talk(site), site.shops.harbor.business_id
    async with business_transaction(site.context.pool, business_id) as connection:
        clock.pass_time(60)
        await handoffs.add_handoff(connection, business_id, thread_id, "asked", "Wants to talk.", clock.now())
        clock.pass_time(60)
        due_at = clock.now() + timedelta(hours=1)
        await promises.add_promise(
            connection, business_id, NewPromise(thread_id, "Call Carla", due_at, "Sam"), clock.now()
        )
        clock.pass_time(60)
        await quotes.request_quote(connection, business_id, thread_id, "Crown", {}, clock.now())
    clock.pass_time(60)
    await book(site.context, site.shops.harbor)
    clock.pass_time(60)
    await site.write("Thank you!")

    page = main_of(await (await site.olga()).get(f"/threads/{thread_id}"))

    places = [
        page.index(words)
        for words in (
            "Behind the house.", "Handed to a person</strong>: they asked for one", "Call back promised</strong>",
            "Quote asked for</strong>: Crown", "Cleaning, <time", "Thank you!",
        )
    ]  # fmt: skip
    assert places == sorted(places)


async def test_the_timeline_pages_through_texts_and_notes_and_shows_each_once_in_its_place(
    site: Site, clock: TestClock
) -> None:
    thread_id, business_id = await talk(site), site.shops.harbor.business_id
    for n in range(40):
        clock.pass_time(60)
        await site.write(f"Text {n}.")
        clock.pass_time(60)
        async with business_transaction(site.context.pool, business_id) as connection:
            await quotes.request_quote(connection, business_id, thread_id, f"Crown {n}.", {}, clock.now())
            await connection.execute("update quotes set sent_at = $1 where sent_at is null", clock.now())
    olga = await site.olga()

    whole, path = "", f"/threads/{thread_id}"
    while path:
        page = main_of(await olga.get(path))
        whole = page + whole
        link = page.partition(f'href="/threads/{thread_id}?before=')[2].partition('"')[0]
        path = f"/threads/{thread_id}?before={link}" if link else ""

    places = [whole.index(words) for n in range(40) for words in (f">Text {n}.</p>", f": Crown {n}.")]
    assert places == sorted(places)
    assert all(whole.count(words) == 1 for n in range(40) for words in (f">Text {n}.</p>", f": Crown {n}."))
    assert "Behind the house." in whole


async def test_a_quote_is_noted_as_sent_and_then_as_agreed_to_and_counted_so(site: Site, clock: TestClock) -> None:
    thread_id, business_id = await talk(site), site.shops.harbor.business_id
    async with business_transaction(site.context.pool, business_id) as connection:
        await quotes.request_quote(connection, business_id, thread_id, "Crown", {}, clock.now())
    olga, viewer = await site.olga(), await site.visitor(site.shops.harbor, "viewer", "Vera")
    path = f"/threads/{thread_id}"
    steps = f"{path}/quotes/{await site.value('select quote_id from quotes')}"

    clock.pass_time(60)
    early = await olga.post(f"{steps}/acceptance")
    assert f'action="{steps}/sending"' in main_of(await olga.get(early.headers["location"]))
    for _ in range(2):
        assert (await olga.post(f"{steps}/sending")).status_code == 303
    sent = main_of(await olga.get(path))
    assert "Quote sent</strong>: Crown" in sent
    listed = (await olga.get("/dashboard/quotes?from=2026-11-01&to=2026-11-30")).text
    assert f'action="{steps}/acceptance"' in sent
    assert f'action="{steps}/acceptance"' in listed
    assert "/quotes/" not in main_of(await viewer.get(path))
    await olga.post(f"{steps}/acceptance")

    assert "Quote accepted</strong>: Crown" in main_of(await olga.get(path))
    assert "1 sent · 1 accepted" in (await olga.get("/dashboard/quotes?from=2026-11-01&to=2026-11-30")).text
    assert await site.value("select count(*) from audit_entries where what = 'thread.quote' and who = 'Olga'") == 2
    assert await site.value("select count(*) from changes where kind = 'thread' and at = $1", clock.now()) == 2


async def test_a_person_takes_over_and_hands_back_and_the_badge_says_who_answers(site: Site) -> None:
    thread_id = await talk(site)
    olga, path = await site.olga(), f"/threads/{thread_id}"
    before = main_of(await olga.get(path))

    await olga.post(f"{path}/takeover")
    taken = main_of(await olga.get(path))
    await olga.post(f"{path}/receptionist")
    back = main_of(await olga.get(path))

    for page in (before, back):
        assert "Receptionist answers" in page
        assert "I take over" in page
    assert "Receptionist paused: <bdi>Olga</bdi> answers" in taken
    assert "Hand back to the receptionist" in taken


async def test_a_thread_that_the_receptionist_gave_away_says_that_it_asks_for_a_person(site: Site) -> None:
    thread_id, business_id = await talk(site), site.shops.harbor.business_id
    async with business_transaction(site.context.pool, business_id) as connection:
        await connection.execute("update dialogs set paused_at = $1, paused_by = 'receptionist'", NOON)
        assert await dialogs.get_dialog(connection, business_id, thread_id) is not None

    assert "it asks for a person" in main_of(await (await site.olga()).get(f"/threads/{thread_id}"))


async def test_an_emergency_stands_on_top_of_every_page_until_somebody_takes_it(site: Site) -> None:
    thread_id = await talk(site)
    alert_id = await raise_alert(site, thread_id)
    olga, sam = await site.olga(), await site.visitor(site.shops.harbor, role="staff", name="Sam")
    paths = ("/threads", f"/threads/{thread_id}", "/calls", "/call-backs", "/bookings", "/gaps")

    shown = [(await olga.get(path)).text for path in paths]
    taken = await sam.post(f"/alerts/{alert_id}/acknowledgement", data={"minutes": "30"})
    late = await olga.post(f"/alerts/{alert_id}/acknowledgement", data={"minutes": "5"})
    after = [(await olga.get(path)).text for path in paths]

    for text in shown:
        assert "My face is swollen &lt;img" in text
        assert "the fee is agreed" in text
        assert "I take it" in text
        assert f'href="tel:{CARLA}">Call them' in text
    assert taken.headers["location"] == f"/threads/{thread_id}"
    assert (late.status_code, "Sam has taken this emergency already." in late.text) == (409, True)
    assert not any("I take it" in text for text in after)
    assert await site.value("select eta_minutes from alerts") == 30
    assert "30" in str(
        await site.value("select body from messages where author = 'receptionist' and body like '%30 min%'")
    )


async def test_an_urgent_text_is_not_said_to_have_rung_twice(site: Site) -> None:
    await talk(site)
    business_id = site.shops.harbor.business_id
    async with business_transaction(site.context.pool, business_id) as connection:
        await connection.execute("update threads set urgent_at = $1", NOON)

    page = (await (await site.olga()).get("/threads")).text

    assert ("Urgent</span>" in page, "Rang twice" in page) == (True, False)


async def test_a_viewer_sees_the_emergency_but_cannot_take_it(site: Site) -> None:
    alert_id = await raise_alert(site, await talk(site))
    viewer = await site.visitor(site.shops.harbor, role="viewer", name="Vera")

    page, answer = await viewer.get("/threads"), await viewer.post(f"/alerts/{alert_id}/acknowledgement")

    assert "My face is swollen" in page.text
    assert "I take it" not in page.text
    assert answer.status_code == 403


async def test_questions_without_an_answer_are_listed_with_what_to_do_and_taken_off(site: Site) -> None:
    thread_id, business_id = await talk(site), site.shops.harbor.business_id
    async with business_transaction(site.context.pool, business_id) as connection:
        for question in ('Do you take "Delta"?', 'do you take "delta"?', HOSTILE):
            await gaps.record_gap(connection, business_id, thread_id, question, NOON)
    olga = await site.olga()
    gap_id = await site.value("select gap_id from gaps where times = 2")

    page = (await olga.get("/gaps")).text
    fact = (await olga.get("/settings/facts/new?question=Do+you+take+%22Delta%22%3F&answer=Yes")).text
    first = await olga.post(f"/gaps/{gap_id}/answer")
    second = await olga.post(f"/gaps/{gap_id}/answer")
    after = (await olga.get("/gaps")).text

    assert 'class="count">2<span class="sr"> to look at' in page
    assert "Asked 2 times" in page
    assert 'href="/settings/facts/new?question=Do+you+take+%22Delta%22%3F"' in page
    assert 'name="question" value="Do you take &#34;Delta&#34;?"' in fact
    assert "Yes</textarea>" not in fact
    assert "&lt;img src=x" in page
    assert "<img src=x" not in page
    assert (first.status_code, second.status_code) == (303, 404)
    assert "Delta" not in after
    assert await site.value("select answered_by from gaps where gap_id = $1", gap_id) == "Olga"


async def test_without_questions_the_page_says_what_will_appear(site: Site) -> None:
    assert "Every question had an answer" in (await (await site.olga()).get("/gaps")).text


async def test_a_promised_call_back_says_who_promised_and_where(site: Site) -> None:
    thread_id, business_id = await talk(site), site.shops.harbor.business_id
    async with business_transaction(site.context.pool, business_id) as connection:
        await promises.add_promise(connection, business_id, NewPromise(thread_id, "Call Carla", NOON, "Sam"), NOON)

    page = (await (await site.olga()).get("/call-backs")).text

    assert "Promised" in page
    assert "Sam rings" in page
    assert f'href="/threads/{thread_id}"' in page


async def test_who_says_i_ring_is_shown_and_the_others_are_told_no_more(site: Site) -> None:
    thread_id, business_id = await talk(site), site.shops.harbor.business_id
    async with business_transaction(site.context.pool, business_id) as connection:
        await promises.add_promise(connection, business_id, NewPromise(thread_id, "Call Carla", NOON, None), NOON)
    call_back_id = await site.value("select call_back_id from call_backs")
    olga, viewer = await site.olga(), await site.visitor(site.shops.harbor, "viewer", "Vera")

    refused = await viewer.post(f"/call-backs/{call_back_id}/acknowledgement")
    taken = await olga.post(f"/call-backs/{call_back_id}/acknowledgement")

    page = (await olga.get("/call-backs")).text
    assert (refused.status_code, taken.status_code) == (403, 303)
    assert "Olga rings" in page
    assert "I ring" not in page
    assert await site.value("select acknowledged_by from call_backs where next_at is null") == "Olga"
