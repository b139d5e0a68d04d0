"""The inbox: each thread in one view, read apart from answered, found by what was said, and in one person's hands."""

import re
from uuid import UUID

import httpx2
import pytest
from markupsafe import escape

from ringback.domain.textback import Mark
from ringback.store import contacts, owners
from ringback.store.contacts import NewMark
from ringback.store.db import business_transaction
from ringback.store.ids import new_id
from tests.cast import CARLA, NOON, TestClock
from tests.fixtures import Shops
from tests.web.api_cast import ring
from tests.web.bookings_cast import book, open_bookings, turn
from tests.web.pages_cast import Site

HTMX = {"hx-request": "true"}
SAM, OLGA = UUID(int=21), UUID(int=22)
DORA, ELMA, FAY = "+13125550143", "+13125550144", "+13125550145"


def names_of(answer: httpx2.Response) -> list[str]:
    """Return the names in a list of threads, in order."""
    assert answer.status_code == 200
    rows = answer.text.partition('<ul class="rows"')[2].partition("</ul>")[0]
    return re.findall(r"<bdi>(\w+)</bdi></span>\n<time", rows)


def counts_of(answer: httpx2.Response) -> dict[str, int]:
    """Return the number beside each view."""
    found = re.findall(r"view=(\w+)[^>]*><span.*?</span>[^<]*(?:<span class=.number.>(\d+))?", answer.text)
    return {view: int(count or 0) for view, count in found}


async def write_reply(client: httpx2.AsyncClient, thread_id: UUID, body: str, **more: str) -> httpx2.Response:
    """Send a reply."""
    form = {"message_id": str(new_id()), "body": body, **more}
    return await client.post(f"/threads/{thread_id}/messages", data=form)


async def be_on_the_list(site: Site, name: str, staff_id: UUID) -> None:
    """Say which of the staff somebody who signs in is."""
    await site.context.pool.execute(
        "update memberships set staff_id = $2 where person_id in (select person_id from people where name = $1)",
        *(name, staff_id),
    )


async def test_each_thread_stands_in_one_view_and_the_views_are_counted(site: Site) -> None:
    shops = await open_bookings(site.context, site.shops)
    olga = await site.olga()
    for name, phone in (("Carla", CARLA), ("Dora", DORA), ("Elma", ELMA), ("Fay", FAY)):
        await site.write("Hello", phone, name=name)
    for phone in (DORA, ELMA):
        await write_reply(olga, await site.thread_of(phone), "Hello!")
    await book(site.context, shops.harbor, phone=ELMA)
    await olga.post(f"/threads/{await site.thread_of(FAY)}/closure")

    seen = {view: names_of(await olga.get(f"/threads?view={view}")) for view in ("needs_reply", "waiting", "booked")}

    assert seen == {"needs_reply": ["Carla"], "waiting": ["Dora"], "booked": ["Elma"]}
    assert names_of(await olga.get("/threads?view=done")) == ["Fay"]
    assert set(names_of(await olga.get("/threads"))) == {"Carla", "Dora", "Elma", "Fay"}
    assert counts_of(await olga.get("/threads")) == {"needs_reply": 1, "waiting": 1, "booked": 1, "done": 1}


async def test_opening_a_thread_reads_it_for_one_person_and_answers_nobody(site: Site, clock: TestClock) -> None:
    olga, sam = await site.olga(), await site.visitor(site.shops.harbor, "staff", "Sam")
    clock.pass_time(60)
    await site.write("Are you open?", name="Carla")
    assert names_of(await olga.get("/threads?unread=1")) == ["Carla"]

    page = await olga.get(f"/threads/{await site.thread_of()}")

    assert 'id="unread"' in page.text
    assert names_of(await olga.get("/threads?unread=1")) == []
    assert names_of(await sam.get("/threads?unread=1")) == ["Carla"]
    assert names_of(await olga.get("/threads?view=needs_reply")) == ["Carla"]

    await olga.post(f"/threads/{await site.thread_of()}/unread")
    assert names_of(await olga.get("/threads?unread=1")) == ["Carla"]


async def test_a_thread_is_given_to_a_person_and_back_and_the_timeline_says_by_whom(site: Site) -> None:
    await site.write("Hello", name="Carla")
    await site.write("Hello", DORA, name="Dora")
    olga, path = await site.olga(), f"/threads/{await site.thread_of()}"
    await be_on_the_list(site, "Olga", OLGA)

    await olga.post(f"{path}/owner", data={"staff": str(OLGA)})
    mine = names_of(await olga.get("/threads?whose=mine"))
    await olga.post(f"{path}/owner", data={"staff": str(SAM)})
    not_mine = names_of(await olga.get("/threads?whose=mine"))
    await olga.post(f"{path}/owner", data={"staff": ""})
    stranger = await olga.post(f"{path}/owner", data={"staff": str(new_id())})

    assert (mine, not_mine, stranger.status_code) == (["Carla"], [], 422)
    page = (await olga.get(path)).text
    places = [page.index(words) for words in ("Given to Olga · by Olga", "Given to Sam", "Given back to everybody")]
    assert places == sorted(places)
    assert await site.value("select count(*) from audit_entries where what = 'thread.owner'") == 3


async def test_the_list_narrows_by_line(site: Site) -> None:
    await site.write("Hello", name="Carla")
    olga, (main, ads) = await site.olga(), site.shops.harbor.lines

    assert names_of(await olga.get(f"/threads?line={main.line_id}")) == ["Carla"]
    assert names_of(await olga.get(f"/threads?line={ads.line_id}")) == []
    assert names_of(await olga.get("/threads?line=nonsense&view=nonsense")) == ["Carla"]


@pytest.mark.parametrize(
    "query", ["lea", "LEAKS", "jose", "José Ruiz", "fixed leak", "5550142", "(312) 555-0142", "0142", "312 555"]
)
async def test_search_finds_words_names_and_numbers_by_their_beginnings(site: Site, query: str) -> None:
    await site.write("The pipe leaks, can it be fixed?", name="José Ruiz")
    await site.write("Something else", "+17735558888", name="Dora")
    olga = await site.olga()

    page = (await olga.get("/threads", params={"q": query})).text

    assert "José Ruiz" in page
    assert "Dora" not in page


async def test_search_marks_hits_and_shows_strangers_words_as_they_are(site: Site) -> None:
    await site.write("<img src=x> Lëaks & <b>leaking</b> it's a pipe")
    olga = await site.olga()

    page = (await olga.get("/threads", params={"q": "leak img"})).text

    assert "&lt;<mark>img</mark> src=x&gt; <mark>Lëak</mark>s &amp; &lt;b&gt;<mark>leak</mark>ing&lt;/b&gt;" in page
    assert "<img src" not in page
    for odd in ("'", "\\", "':*", "!", "&|", "%", "a" * 300, "((", "\u202e"):
        assert (await olga.get("/threads", params={"q": odd})).status_code == 200


async def test_search_finds_nothing_of_the_rival(site: Site) -> None:
    await site.write("The pipe leaks", name="Carla")
    rex = await site.rex()

    page = (await rex.get("/threads", params={"q": "leaks"})).text

    assert "Nothing found" in page
    assert "pipe" not in page.replace('value="leaks"', "")


async def test_a_note_is_for_the_team_and_is_never_sent(site: Site) -> None:
    await site.write("Hello")
    olga, path = await site.olga(), f"/threads/{await site.thread_of()}"
    form = {"note_id": str(new_id()), "body": "Pays late <b>always</b>"}

    for _ in range(2):
        assert (await olga.post(f"{path}/notes", data=form)).status_code == 303
    empty = await olga.post(f"{path}/notes", data={**form, "body": " "})

    page = (await olga.get(path)).text
    assert page.count("Pays late &lt;b&gt;always&lt;/b&gt;") == 1
    assert 'class="note note-note"' in page
    assert empty.status_code == 422
    assert await site.value("select count(*) from messages where direction = 'out'") == 0


async def test_a_call_stands_in_the_timeline_with_its_decision_and_why(site: Site) -> None:
    call_id = await ring(site.context, site.shops.harbor)
    olga = await site.olga()

    page = (await olga.get(f"/threads/{await site.thread_of()}")).text

    entry = page.partition(f'id="n-{call_id}"')[2].partition("</li>")[0]
    assert "Nobody answered" in entry
    assert "A text is about to go out" in entry
    assert str(escape(await site.value("select why from text_backs"))) in entry
    assert page.index(f'id="n-{call_id}"') < page.index("Automatic text")


async def test_done_is_undone_from_the_list_and_the_thread_needs_its_reply_again(site: Site) -> None:
    await site.write("Hello", name="Carla")
    olga, path = await site.olga(), f"/threads/{await site.thread_of()}"

    done = await olga.post(f"{path}/closure")
    after = await olga.get(done.headers["location"])
    assert names_of(await olga.get("/threads?view=done")) == ["Carla"]
    await olga.post(f"{path}/reopening")

    assert f'action="{path}/reopening"' in after.text
    assert names_of(await olga.get("/threads?view=needs_reply")) == ["Carla"]


@pytest.mark.parametrize(
    ("word", "kind", "view"),
    [("blocked", "blocked", "done"), ("spam", "spam", "done"), ("do-not-text", "do_not_text", "needs_reply")],
)
async def test_a_mark_is_asked_about_made_and_undone(site: Site, word: str, kind: str, view: str) -> None:
    await site.write("Hello", name="Carla")
    olga, path = await site.olga(), f"/threads/{await site.thread_of()}"
    marks = "select count(*) from contact_marks where ended_at is null and kind = $1"

    asked = await olga.get(f"{path}/marks/{word}")
    assert asked.status_code == 200
    assert await site.value(marks, kind) == 0
    await olga.post(f"{path}/marks/{word}")
    assert await site.value(marks, kind) == 1
    assert names_of(await olga.get(f"/threads?view={view}")) == ["Carla"]
    await olga.post(f"{path}/marks/{word}/end")

    assert await site.value(marks, kind) == 0
    assert names_of(await olga.get("/threads?view=needs_reply")) == ["Carla"]
    assert await site.value("select count(*) from audit_entries where what like 'contact.%marked'") == 2
    assert (await olga.get(f"{path}/marks/untextable")).status_code == 404


@pytest.mark.parametrize(("mark", "words"), [(Mark.BLOCKED, "blocked"), (Mark.DO_NOT_TEXT, "do not text")])
async def test_whoever_is_marked_gets_no_text_from_a_person_either(site: Site, mark: Mark, words: str) -> None:
    await site.write("Hello")
    business_id, thread_id = site.shops.harbor.business_id, await site.thread_of()
    async with business_transaction(site.context.pool, business_id) as connection:
        contact_id = await contacts.find_or_create_contact(connection, business_id, CARLA, NOON)
        await contacts.add_mark(connection, business_id, contact_id, NewMark(mark, "says Olga", "Olga"), NOON)
    olga = await site.olga()

    answer = await write_reply(olga, thread_id, "Hello!")

    assert answer.status_code == 422
    assert words in answer.text
    assert "<textarea" not in answer.text.partition('id="composer"')[2].partition("</div>")[0]
    assert await site.value("select count(*) from messages where direction = 'out'") == 0


async def test_quick_replies_are_the_businesss_own_and_fill_in_what_is_known(site: Site) -> None:
    await site.write("Hello", name="Carla")
    olga, path = await site.olga(), f"/threads/{await site.thread_of()}"
    form = {"title": "Parking", "body": "Hi {caller_name}, park behind {business}."}

    for bad in ({"title": "", "body": "x"}, {"title": "x", "body": "{until}"}, {"title": "x", "body": "{x:>99999}"}):
        answer = await olga.post("/quick-replies", data=bad)
        assert (answer.status_code, answer.text.count('aria-invalid="true"')) == (422, 1)
    assert (await olga.post("/quick-replies", data=form)).status_code == 303
    again = await olga.post("/quick-replies", data={**form, "title": "PARKING"})
    quick_id = await site.value("select quick_reply_id from quick_replies")
    filled = await olga.post(f"{path}/draft", data={"body": "Yes.", "quick": str(quick_id)})

    assert again.status_code == 422
    assert "Hi {caller_name}, park behind {business}." in again.text
    assert ">Yes.\nHi Carla, park behind Harbor Dental.</textarea>" in filled.text
    assert await site.value("select count(*) from messages where direction = 'out'") == 0
    await olga.post(f"/quick-replies/{quick_id}", data={**form, "body": "Behind the house."})
    assert "Behind the house." in (await olga.get("/quick-replies")).text
    await olga.post(f"/quick-replies/{quick_id}/removal")
    assert "None yet" in (await olga.get("/quick-replies")).text


async def test_a_reply_written_while_somebody_else_answered_asks_first(site: Site, clock: TestClock) -> None:
    seen = await site.write("Are you open?")
    thread_id = await site.thread_of()
    olga, sam = await site.olga(), await site.visitor(site.shops.harbor, "staff", "Sam")
    clock.pass_time(5)
    assert (await write_reply(sam, thread_id, "Yes, until five.", seen=str(seen))).status_code == 303

    asked = await write_reply(olga, thread_id, "We are.", seen=str(seen))
    assert asked.status_code == 422
    assert "Sam answered while you wrote: “Yes, until five.”" in asked.text
    assert ">We are.</textarea>" in asked.text
    assert "Send anyway" in asked.text
    insisted = await write_reply(olga, thread_id, "We are.", seen=str(seen), anyway="1")

    assert insisted.status_code == 303
    assert await site.value("select count(*) from messages where direction = 'out'") == 2


async def test_a_reply_sent_while_somebody_else_writes_asks_first(site: Site, clock: TestClock) -> None:
    await site.write("Are you open?")
    thread_id = await site.thread_of()
    olga, sam = await site.olga(), await site.visitor(site.shops.harbor, "staff", "Sam")
    assert (await sam.post(f"/threads/{thread_id}/typing", data={"body": "Ye"})).status_code == 204

    page = await olga.get(f"/threads/{thread_id}")
    asked = await write_reply(olga, thread_id, "We are.")
    clock.pass_time(10)
    later = await write_reply(olga, thread_id, "We are.")

    assert "Sam is answering" in page.text
    assert (asked.status_code, later.status_code) == (422, 303)
    assert "Sam is writing an answer right now." in asked.text


async def test_the_clock_of_a_reply_is_shown_and_says_when_it_has_run_out(site: Site, clock: TestClock) -> None:
    await site.write("Are you open?")
    olga, business_id = await site.olga(), site.shops.harbor.business_id
    async with business_transaction(site.context.pool, business_id) as connection:
        await connection.execute("update threads set reply_due_at = $1::timestamptz + interval '5 minutes'", NOON)

    before = (await olga.get("/threads")).text
    clock.pass_time(600)
    after = (await olga.get("/threads")).text

    assert re.search(r"Answer by <time[^>]*>10:05", before)
    assert re.search(r"Overdue since <time[^>]*>10:05", after)


async def test_an_owner_whose_thread_it_is_stands_beside_it(site: Site) -> None:
    await site.write("Hello")
    business_id = site.shops.harbor.business_id
    async with business_transaction(site.context.pool, business_id) as connection:
        await owners.assign_thread(connection, business_id, await site.thread_of(), SAM, NOON)

    assert "<bdi>Sam</bdi>" in (await (await site.olga()).get("/threads")).text


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/threads/{id}/about"),
        ("GET", "/threads/{id}/marks/blocked"),
        *(("POST", f"/threads/{{id}}/{what}") for what in (
            "draft", "notes", "typing", "owner", "suggestion", "reopening", "unread", "marks/spam", "marks/spam/end",
            "suggestions/{id}/removal",
        )),
        ("POST", "/quick-replies/{id}"),
        ("POST", "/quick-replies/{id}/removal"),
    ],
)  # fmt: skip
async def test_the_rival_finds_none_of_it_and_a_viewer_changes_none(site: Site, method: str, path: str) -> None:
    await site.write("Hello", name="Carla")
    address = path.format(id=await site.thread_of())
    rex, viewer = await site.rex(), await site.visitor(site.shops.harbor, "viewer", "Vera")
    form = {"body": "Hello", "title": "x", "note_id": str(new_id())} if method == "POST" else None

    refused = await rex.request(method, address, data=form)
    looked = await viewer.request(method, address, data=form)

    assert refused.status_code == 404
    assert "Carla" not in refused.text
    assert looked.status_code == (200 if method == "GET" else 403)


async def test_a_viewer_reads_along_and_is_offered_nothing_to_press(site: Site) -> None:
    await site.write("Hello", name="Carla")
    viewer = await site.visitor(site.shops.harbor, "viewer", "Vera")

    page = (await viewer.get(f"/threads/{await site.thread_of()}")).text

    assert "You may read along here." in page
    assert '<form method="post"' not in page.partition('<main id="main"')[2]


@pytest.fixture
async def open_shops(site: Site) -> Shops:
    """Both shops, with services and the receptionist on."""
    shops = await open_bookings(site.context, site.shops)
    site.shops = shops
    return shops


async def talk_with_olga(site: Site, clock: TestClock, heard: str) -> tuple[httpx2.AsyncClient, UUID]:
    """Let the receptionist and then Olga speak with Carla, who asks something new; return Olga and the thread."""
    message_id = await site.write("Hello", name="Carla")
    thread_id = await site.thread_of()
    await turn(site.context, site.shops.harbor, thread_id, message_id, "Hello!")
    olga = await site.olga()
    clock.pass_time(60)
    await write_reply(olga, thread_id, "Olga here.")
    clock.pass_time(60)
    await site.write(heard)
    return olga, thread_id


async def test_the_receptionist_suggests_and_writes_nothing(site: Site, clock: TestClock, open_shops: Shops) -> None:
    olga, thread_id = await talk_with_olga(site, clock, "Where do I park?")
    before = await site.value("select count(*) from messages"), await site.value("select count(*) from turns")

    part = await olga.post(f"/threads/{thread_id}/suggestion", headers=HTMX)
    again = await olga.post(f"/threads/{thread_id}/suggestion")

    assert "Behind the house." in part.text
    assert again.status_code == 303
    assert (await site.value("select count(*) from messages"), await site.value("select count(*) from turns")) == before
    assert await site.value("select count(*) from suggestions") == 1
    assert await site.value("select paused_by from dialogs") == "Olga"


async def test_a_suggestion_is_sent_as_it_stands_and_only_once(site: Site, clock: TestClock, open_shops: Shops) -> None:
    olga, thread_id = await talk_with_olga(site, clock, "Where do I park?")
    page = (await olga.post(f"/threads/{thread_id}/suggestion", headers=HTMX)).text
    form = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))

    for _ in range(2):
        assert (await olga.post(f"/threads/{thread_id}/messages", data=form)).status_code in (303, 422)

    assert await site.value("select count(*) from messages where author = 'staff' and body like '%house%'") == 1
    assert await site.value("select settled_as from suggestions") == "sent"
    assert "Suggested:" not in (await olga.get(f"/threads/{thread_id}")).text


async def test_a_suggestion_is_edited_or_dropped(site: Site, clock: TestClock, open_shops: Shops) -> None:
    olga, thread_id = await talk_with_olga(site, clock, "Where do I park?")
    await olga.post(f"/threads/{thread_id}/suggestion")
    found = await site.value("select suggestion_id from suggestions")

    edited = await olga.post(f"/threads/{thread_id}/draft", data={"suggestion": str(found)})
    assert re.search(r"Behind the house\.</textarea>", edited.text)
    dropped = await olga.post(f"/threads/{thread_id}/suggestions/{found}/removal")

    assert dropped.status_code == 303
    assert await site.value("select settled_as from suggestions") == "dropped"
    assert "Suggested:" not in (await olga.get(f"/threads/{thread_id}")).text


async def test_anything_newer_retires_a_suggestion(site: Site, clock: TestClock, open_shops: Shops) -> None:
    olga, thread_id = await talk_with_olga(site, clock, "Where do I park?")
    page = (await olga.post(f"/threads/{thread_id}/suggestion", headers=HTMX)).text
    form = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))
    clock.pass_time(5)
    await site.write("Never mind, I found it.")

    stale = await olga.post(f"/threads/{thread_id}/messages", data=form)

    assert stale.status_code == 422
    assert "Something newer was written since this was suggested." in stale.text
    assert "Suggested:" not in (await olga.get(f"/threads/{thread_id}")).text
    assert await site.value("select count(*) from messages where author = 'staff' and body like '%house%'") == 0


@pytest.mark.parametrize("heard", ["I want to speak to a human being", "Can somebody call me back please?"])
async def test_what_a_person_could_not_keep_is_not_suggested(
    site: Site, clock: TestClock, open_shops: Shops, heard: str
) -> None:
    olga, thread_id = await talk_with_olga(site, clock, heard)

    await olga.post(f"/threads/{thread_id}/suggestion")

    assert await site.value("select count(*) from suggestions where body is not null") == 0
    for table in ("promises", "handoffs", "gaps", "bookings"):
        assert await site.value(f"select count(*) from {table}") == 0


async def test_while_the_receptionist_answers_it_suggests_nothing(site: Site, open_shops: Shops) -> None:
    await site.write("Where do I park?")
    olga = await site.olga()

    await olga.post(f"/threads/{await site.thread_of()}/suggestion")

    assert await site.value("select count(*) from suggestions") == 0
