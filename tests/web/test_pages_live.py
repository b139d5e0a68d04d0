"""The live feed: nothing is lost however often it breaks off, nothing of others comes through, and it ends in time."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx2
import pytest

from ringback.store import feed
from ringback.store.db import business_transaction
from tests.cast import TestClock
from tests.patience import PATIENCE_SECONDS
from tests.web.api_cast import fill, ring
from tests.web.pages_cast import Site


@dataclass(frozen=True)
class Event:
    """One server-sent event."""

    id: str
    name: str
    text: str


@asynccontextmanager
async def stream(
    client: httpx2.AsyncClient, page: str, last_id: str = "", after: str = ""
) -> AsyncIterator[AsyncIterator[Event]]:
    """Yield the events of an open page."""
    headers = {"last-event-id": last_id} if last_id else {}
    path = f"/events?page={page}&after={after}"
    async with asyncio.timeout(PATIENCE_SECONDS), client.stream("GET", path, headers=headers, timeout=None) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        yield read(response)


async def read(response: httpx2.Response) -> AsyncIterator[Event]:
    """Yield events as they come."""
    fields: dict[str, list[str]] = {}
    async for line in response.aiter_lines():
        if line:
            name, _, value = line.partition(": ")
            fields.setdefault(name, []).append(value)
        elif fields:
            yield Event(fields.get("id", [""])[0], fields.get("event", [""])[0], "\n".join(fields.get("data", [])))
            fields = {}


async def next_with(events: AsyncIterator[Event], words: str) -> Event:
    """Return the next event that holds some words."""
    async for event in events:
        if words in event.text:
            return event
    raise AssertionError(f"the stream ended before {words!r} came")


async def marker_of(client: httpx2.AsyncClient, path: str) -> str:
    """Return the place in the feed from which a page's stream starts."""
    return re.search(r"after=([0-9.-]+)", (await client.get(path)).text)[1]  # type: ignore[index]


async def test_a_text_appears_in_the_list_and_in_its_thread(site: Site) -> None:
    await site.write("Hello")
    olga, thread_id = await site.olga(), await site.thread_of()

    async with stream(olga, "threads") as of_list, stream(olga, f"thread&subject={thread_id}") as of_thread:
        await anext(of_list), await anext(of_thread)
        message_id = await site.write("Is anybody there?")
        row = await next_with(of_list, "Is anybody there?")
        message = await next_with(of_thread, "Is anybody there?")

    assert f'id="t-{thread_id}"' in row.text
    assert f'id="m-{message_id}"' in message.text
    assert 'class="count">1<' in row.text


async def test_a_call_appears_with_its_decision(site: Site) -> None:
    olga = await site.olga()

    async with stream(olga, "calls") as events:
        await anext(events)
        call_id = await ring(site.context, site.shops.harbor)
        event = await next_with(events, "A text is about to go out")

    assert f'hx-target="#calls:not(:has(#c-{call_id}))"' in event.text


async def test_what_changed_between_the_page_and_its_stream_is_sent(site: Site) -> None:
    olga = await site.olga()
    marker = await marker_of(olga, "/threads")
    await site.write("Written while the page was loading.")

    async with stream(olga, "threads", after=marker) as events:
        await next_with(events, "Written while the page was loading.")


async def test_fifty_cut_connections_lose_nothing(site: Site, clock: TestClock) -> None:
    await site.write("Text number 0.")
    olga, thread_id = await site.olga(), await site.thread_of()
    page, seen, last = f"thread&subject={thread_id}", set[str](), await marker_of(olga, "/threads")

    async def write_two(first: int) -> None:
        for n in (first, first + 1):
            await site.write(f"Text number {n}.")

    for cut in range(50):
        clock.pass_time(2)
        writing = asyncio.create_task(write_two(2 * cut + 1))
        async with stream(olga, page, last_id=last) as events:
            # Cut at the first sign of life, at the first text, or in between: whatever the race brings.
            for _ in range(1 + cut % 3):
                event = await anext(events)
                last = event.id
                seen |= numbers_in(event)
        await writing
    async with stream(olga, page, last_id=last) as events:
        while len(seen) < 100:
            seen |= numbers_in(await anext(events))

    assert seen == {str(n) for n in range(1, 101)}


def numbers_in(event: Event) -> set[str]:
    """Return which texts an event brings."""
    return set(re.findall(r">Text number ([1-9]\d*)\.</p>", event.text))


async def test_a_change_behind_a_slow_transaction_is_late_and_not_lost(site: Site) -> None:
    olga = await site.olga()

    async with stream(olga, "threads") as events:
        await anext(events)
        async with business_transaction(site.context.pool, site.shops.rex.business_id) as slow:
            await slow.execute("select pg_current_xact_id()")
            await site.write("Held back for a moment.")
            waiting = asyncio.create_task(next_with(events, "Held back for a moment."))
            done, _ = await asyncio.wait({waiting}, timeout=0.5)
            assert not done
        await waiting


async def test_the_rivals_stream_stays_silent(site: Site) -> None:
    await site.write("Hello")
    rex, thread_id = await site.rex(), await site.thread_of()

    async with stream(rex, "threads") as of_list, stream(rex, f"thread&subject={thread_id}") as of_thread:
        await anext(of_list), await anext(of_thread)
        await fill(site.context, site.shops.harbor)
        await site.write("For Harbor alone.")
        site.feed.wake(site.shops.rex.business_id)
        assert ((await anext(of_list)).text, (await anext(of_thread)).text) == ("", "")


async def test_a_reader_who_was_away_too_long_is_told_to_load_anew(site: Site, clock: TestClock) -> None:
    olga = await site.olga()
    marker = await marker_of(olga, "/threads")
    clock.pass_time(25 * 3600)

    async with stream(olga, "threads", last_id=marker) as events:
        first = await anext(events)

    assert (first.name, first.id > marker) == ("reload", True)


@pytest.mark.parametrize("known", ["rubbish", "1-2", "1-2.x", f"{2**64}-1.5", f"1-{2**64}.5"])
async def test_an_id_that_is_none_of_ours_loads_the_page_anew(site: Site, known: str) -> None:
    olga = await site.olga()

    async with stream(olga, "threads", last_id=known) as events:
        assert (await anext(events)).name == "reload"


async def test_more_changes_than_parts_can_carry_load_the_page_anew(site: Site) -> None:
    olga = await site.olga()
    marker = await marker_of(olga, "/threads")
    for n in range(70):
        await site.write("Hello", f"+1312555{2000 + n}")

    async with stream(olga, "threads", after=marker) as events:
        assert [(await anext(events)).name, (await anext(events)).name] == ["", "reload"]


async def test_more_texts_than_a_page_holds_load_the_thread_anew(site: Site, clock: TestClock) -> None:
    await site.write("Hello")
    olga, thread_id = await site.olga(), await site.thread_of()
    marker = await marker_of(olga, f"/threads/{thread_id}")
    clock.pass_time(10)
    for n in range(40):
        await site.write(f"Text number {n}.")

    async with stream(olga, f"thread&subject={thread_id}", after=marker) as events:
        assert [(await anext(events)).name, (await anext(events)).name] == ["", "reload"]


async def test_signing_out_ends_the_stream(site: Site) -> None:
    olga = await site.olga()

    async with stream(olga, "threads") as events:
        await anext(events)
        await olga.post("/sign-out")
        rest = [event async for event in events]

    assert rest[-1].name == "ended"
    assert "You have been signed out" in rest[-2].text


async def test_closing_the_feed_ends_every_stream(site: Site) -> None:
    olga = await site.olga()

    async with stream(olga, "threads") as one, stream(olga, "calls") as other:
        await anext(one), await anext(other)
        site.feed.close()
        assert {event.text async for event in one} <= {""}
        assert {event.text async for event in other} <= {""}


async def test_the_stream_is_for_people_who_are_signed_in(site: Site) -> None:
    stranger = await site.visitor()

    answer = await stranger.get("/events?page=threads", headers={"accept": "text/html, text/event-stream"})

    assert answer.status_code == 401


async def test_a_page_that_does_not_exist_has_no_stream(site: Site) -> None:
    olga = await site.olga()

    assert (await olga.get("/events?page=secrets")).status_code == 404
    assert (await olga.get("/events?page=thread&subject=x")).status_code == 404


async def test_a_position_is_never_before_what_the_page_shows(site: Site) -> None:
    before = await feed.current_position(site.context.pool)
    await site.write("Hello")

    after = await feed.current_position(site.context.pool)

    assert (after.xid, after.change_id) > (before.xid, before.change_id)
