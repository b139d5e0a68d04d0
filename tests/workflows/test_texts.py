"""Texts that come in: one thread, keywords at once, pictures kept."""

import asyncio
from dataclasses import replace

import pytest

from ringback.domain.business import Business
from ringback.ports import HttpResponse, NotSent
from ringback.workflows.context import Context
from ringback.workflows.texts import take_message
from tests.cast import CARLA, TestClock
from tests.workflows.desk import Desk, open_desk

JPEG = HttpResponse(200, b"\xff\xd8\xff", {"content-type": "image/jpeg"})
PICTURE_URL = "https://api.twilio.com/media/1"


async def answers(desk: Desk) -> list[str]:
    """The words of our answers to keywords that were handed over."""
    return [post["Body"] for post in desk.company.posts]


async def test_a_text_opens_a_thread_that_needs_a_reply(desk: Desk) -> None:
    await desk.text("Is Dr. Lee in today?")
    came_at = desk.clock.now()
    await desk.work(5)
    [thread], [message] = await desk.table("threads"), await desk.table("messages")
    assert (message["body"], message["state"], message["direction"]) == ("Is Dr. Lee in today?", "received", "in")
    assert thread["needs_reply_at"] == thread["last_inbound_at"] == came_at
    assert desk.company.posts == []


async def test_a_text_told_three_times_is_one(desk: Desk) -> None:
    for _ in range(3):
        await desk.text("Hello?")
        await desk.work(1)
    assert len(await desk.table("messages")) == 1


async def test_two_texts_at_once_from_one_new_contact_meet_in_one_thread(desk: Desk) -> None:
    await desk.text("Hello?", "SM-1")
    await desk.text("Anyone there?", "SM-2")
    events = [row["event_id"] for row in await desk.table("inbound_events")]
    await asyncio.gather(*(take_message(desk.context, desk.business.business_id, one) for one in events * 2))
    assert [len(await desk.table(name)) for name in ("contacts", "threads", "messages")] == [1, 1, 2]


async def test_texts_on_two_lines_are_one_thread_that_answers_on_the_line_used_last(desk: Desk) -> None:
    main, ads = desk.business.lines
    await desk.text("Hello?", "SM-1")
    await desk.work(1)
    await desk.hook(
        "message", {"MessageSid": "SM-2", "From": CARLA, "To": ads.number, "Body": "On your other number"}, line=ads
    )
    await desk.work(1)
    [thread] = await desk.table("threads")
    assert thread["line_id"] == ads.line_id
    assert {row["line_id"] for row in await desk.table("messages")} == {main.line_id, ads.line_id}


async def test_a_short_code_is_a_contact_under_its_own_name(desk: Desk) -> None:
    await desk.text("Your code is 1234", sender="12345")
    await desk.work(1)
    assert [row["phone"] for row in await desk.table("contacts")] == ["12345"]


@pytest.mark.parametrize(
    ("body", "more", "source", "answered"),
    [
        ("STOP", {}, "keyword", 0),
        ("stop", {}, "keyword", 0),
        ("STOP", {"OptOutType": "STOP"}, "carrier", 0),
        ("Please leave me be", {"OptOutType": "STOP"}, "carrier", 0),
        ("Stop.", {}, "keyword", 1),
        ("ALTO", {}, "keyword", 1),
        ("opt out", {}, "keyword", 1),
    ],
)
async def test_stop_is_honoured_at_once_and_confirmed_only_where_the_carrier_does_not(
    desk: Desk, body: str, more: dict[str, str], source: str, answered: int
) -> None:
    await desk.text(body, **more)
    await desk.work(5)
    assert [row["source"] for row in await desk.table("opt_outs")] == [source]
    assert len(await answers(desk)) == answered
    [thread] = await desk.table("threads")
    assert thread["needs_reply_at"] is None


async def test_a_stop_told_three_times_is_confirmed_once(desk: Desk) -> None:
    for _ in range(3):
        await desk.text("Stop!")
        await desk.work(5)
    assert len(await answers(desk)) == 1


async def test_a_second_stop_earns_no_second_confirmation(desk: Desk) -> None:
    """47 CFR 64.1200(a)(12): the confirmation is the only additional message."""
    await desk.text("Stop!", "SM-1")
    await desk.work(5)
    await desk.text("STOP!!", "SM-2")
    await desk.work(5)
    assert len(await answers(desk)) == 1


async def test_start_ends_the_opt_out_and_the_next_missed_call_is_texted(desk: Desk) -> None:
    await desk.text("STOP", "SM-1")
    await desk.work(5)
    await desk.ring("CA-1")
    await desk.dialed(call="CA-1")
    await desk.work(10)
    assert [row["reason"] for row in await desk.decisions()] == ["opted_out"]
    await desk.text("start!", "SM-2")
    await desk.work(5)
    [opt_out] = await desk.table("opt_outs")
    assert opt_out["ended_at"] is not None
    await desk.miss("CA-2")
    await desk.work(10)
    assert len(await answers(desk)) == 2


@pytest.mark.parametrize(
    ("body", "more", "answered"),
    [("HELP", {}, 0), ("help", {}, 0), ("Help?", {}, 1), ("Ayuda", {}, 1), ("?", {"OptOutType": "HELP"}, 0)],
)
async def test_help_is_answered_once_by_us_or_by_the_carrier(
    desk: Desk, body: str, more: dict[str, str], answered: int
) -> None:
    await desk.text(body, **more)
    await desk.work(5)
    words = await answers(desk)
    assert len(words) == answered
    assert all("Harbor Dental" in one and "(312) 555-0100" in one for one in words)
    assert await desk.table("opt_outs") == []


async def test_help_from_one_who_opted_out_is_not_answered(desk: Desk) -> None:
    await desk.text("STOP", "SM-1")
    await desk.text("Help?", "SM-2")
    await desk.work(5)
    assert await answers(desk) == []


async def test_the_answer_to_a_keyword_is_worth_nothing_after_five_minutes(desk: Desk) -> None:
    """47 CFR 64.1200(a)(12)."""
    await desk.text("Stop.")
    await desk.work(only="take_message")
    desk.clock.pass_time(301)
    await desk.work(5)
    assert await answers(desk) == []


def in_spanish(business: Business) -> Business:
    return replace(business, lines=tuple(replace(line, language="es") for line in business.lines))


async def test_a_spanish_line_answers_in_spanish(context: Context, clock: TestClock) -> None:
    desk = await open_desk(context, clock, in_spanish)
    await desk.text("Basta")
    await desk.work(5)
    [words] = await answers(desk)
    assert "mensajes" in words


async def test_a_stop_drops_the_text_that_is_about_to_leave(desk: Desk) -> None:
    message_id = await desk.miss()
    await desk.text("STOP")
    await desk.work(only="take_message")
    message = await desk.message(message_id)
    assert (message["state"], message["error_kind"]) == ("dropped", "opted_out")
    [decision] = await desk.decisions()
    assert (decision["decision"], decision["reason"]) == ("skip", "opted_out")
    await desk.work(30)
    assert desk.company.posts == []


async def test_a_text_that_nobody_has_read_yet_holds_ours_back(desk: Desk) -> None:
    """It may be a STOP: delivery waits for it, however long its job takes."""
    message_id = await desk.miss()
    await desk.text("STOP")
    await desk.work(30, only="deliver")
    assert desk.company.posts == []
    assert (await desk.message(message_id))["state"] == "intended"
    await desk.work(only="take_message")
    await desk.work(30)
    assert desk.company.posts == []
    assert (await desk.message(message_id))["state"] == "dropped"


async def test_an_opt_out_on_one_line_is_one_on_all(desk: Desk) -> None:
    await desk.text("STOP")
    await desk.work(5)
    ads = desk.business.lines[1]
    await desk.ring("CA-1", line=ads)
    await desk.dialed(call="CA-1")
    await desk.work(10)
    assert [row["reason"] for row in await desk.decisions()] == ["opted_out"]


async def pictured(desk: Desk, *urls: str) -> list[tuple[object, object, object]]:
    """A text with pictures is taken in; what became of each."""
    fields = {f"MediaUrl{n}": url for n, url in enumerate(urls)}
    await desk.text(
        "Look", NumMedia=str(len(urls)), **fields, **{f"MediaContentType{n}": "image/png" for n in range(9)}
    )
    await desk.work(10)
    found = await desk.fetch("select * from pictures where business_id = $1 order by position")
    return [(row["bytes"], row["content_type"], row["failed"]) for row in found]


async def test_pictures_are_kept_with_their_text(desk: Desk) -> None:
    second = "https://api.twilio.com/media/2"
    desk.company.pictures = {
        PICTURE_URL: JPEG,
        second: HttpResponse(200, b"GIF89a", {"content-type": "image/gif; q=1"}),
    }
    assert await pictured(desk, PICTURE_URL, second) == [
        (b"\xff\xd8\xff", "image/jpeg", None),
        (b"GIF89a", "image/gif", None),
    ]


async def test_a_picture_kept_elsewhere_is_fetched_there_without_our_credentials(desk: Desk) -> None:
    elsewhere = "https://store.example/1"
    desk.company.pictures = {PICTURE_URL: HttpResponse(307, b"", {"location": elsewhere}), elsewhere: JPEG}
    assert await pictured(desk, PICTURE_URL) == [(b"\xff\xd8\xff", "image/jpeg", None)]
    first, second = desk.company.asked
    assert first.auth is not None
    assert (second.url, second.auth, dict(second.headers)) == (elsewhere, None, {})


@pytest.mark.parametrize(
    ("url", "given", "why"),
    [
        (PICTURE_URL, HttpResponse(404, b""), "404"),
        (PICTURE_URL, HttpResponse(200, b"x" * (5 * 1024 * 1024 + 1)), "5 MB"),
        ("https://evil.example/1", JPEG, "not at Twilio"),
    ],
)
async def test_a_picture_that_cannot_be_kept_says_why(desk: Desk, url: str, given: HttpResponse, why: str) -> None:
    desk.company.pictures = {url: given}
    [(content, _, failed)] = await pictured(desk, url)
    assert content is None
    assert why in str(failed)


async def test_a_picture_that_cannot_be_reached_is_fetched_later_and_the_others_are_kept(desk: Desk) -> None:
    second = "https://api.twilio.com/media/2"
    desk.company.pictures = {PICTURE_URL: JPEG, second: NotSent("no route")}
    assert await pictured(desk, PICTURE_URL, second) == [
        (b"\xff\xd8\xff", "image/jpeg", None),
        (None, "image/png", None),
    ]
    asked = len(desk.company.asked)
    desk.company.pictures[second] = JPEG
    await desk.work(60)
    assert [row["bytes"] for row in await desk.table("pictures")] == [b"\xff\xd8\xff"] * 2
    assert [request.url for request in desk.company.asked[asked:]] == [second]


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_a_picture_that_the_company_cannot_give_just_now_is_fetched_later(desk: Desk, status: int) -> None:
    desk.company.pictures = {PICTURE_URL: HttpResponse(status, b"")}
    assert await pictured(desk, PICTURE_URL) == [(None, "image/png", None)]
    desk.company.pictures = {PICTURE_URL: JPEG}
    await desk.work(60)
    [row] = await desk.table("pictures")
    assert (row["bytes"], row["failed"]) == (b"\xff\xd8\xff", None)
