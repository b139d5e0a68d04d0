"""Bookings for the people of the business: the day, one booking and what can be done about it, the feed."""

from datetime import timedelta

import httpx2
import pytest

from ringback.domain.bookings import MadeBy, Search
from ringback.store import waiting_list
from ringback.store.audit import list_entries
from ringback.store.db import business_transaction
from ringback.store.ids import new_id
from ringback.workflows.context import Context
from tests.cast import CARLA, TestClock
from tests.fixtures import Shops
from tests.web.api_cast import fill
from tests.web.bookings_cast import OLGA, SAM, THURSDAY_TEN, book, open_bookings
from tests.web.pages_cast import Site

DAY = "/bookings?on=2026-11-19"
FRIDAY = THURSDAY_TEN + timedelta(days=1)


@pytest.fixture
async def shops(context: Context, shops: Shops) -> Shops:
    """Both shops, with services that can be booked."""
    return await open_bookings(context, shops)


def choice(person: object = SAM, at: str = "2026-11-20T16:00:00Z") -> str:
    """Return an opening as the forms name it."""
    return f"{at}~{person}"


async def make(olga: httpx2.AsyncClient, **changes: str) -> httpx2.Response:
    """Send the form for a booking by hand."""
    form = {
        "booking_id": str(new_id()), "service": "Cleaning", "start": choice(), "phone": "(312) 555-0177",
        "name": "Nora Vale", "note": "afraid of needles",
    }  # fmt: skip
    return await olga.post("/bookings", data=form | changes)


async def test_a_day_shows_who_comes_to_whom(site: Site) -> None:
    await book(site.context, site.shops.harbor, staff_id=SAM)
    await book(site.context, site.shops.harbor, staff_id=OLGA, phone="+13125550177", for_whom=None)
    await book(site.context, site.shops.harbor, FRIDAY, phone="+13125550178", for_whom="Not today")

    text = (await (await site.olga()).get(DAY)).text

    sams, olgas = text.partition("<h2>Olga</h2>")[::2]
    assert "Carla Ruiz" in sams.partition("<h2>Sam</h2>")[2]
    assert "(312) 555-0177" in olgas
    assert "Not today" not in text
    assert 'href="/bookings?on=2026-11-18"' in text
    assert 'href="/bookings?on=2026-11-20"' in text


async def test_a_day_without_bookings_leads_to_one_that_has_some(site: Site) -> None:
    await book(site.context, site.shops.harbor)
    olga = await site.olga()

    before, after = (await olga.get("/bookings")).text, (await olga.get("/bookings?on=2026-12-01")).text

    assert "Nobody is booked on this day" in before
    assert 'The next booking is on <a href="/bookings?on=2026-11-19">' in before
    assert 'The last booking was on <a href="/bookings?on=2026-11-19">' in after


@pytest.mark.parametrize("on", ["yesterday", "2026-13-01", "0001-01-01", "9999-12-31"])
async def test_a_day_at_the_edge_of_the_calendar_does_no_harm(site: Site, on: str) -> None:
    assert (await (await site.olga()).get(f"/bookings?on={on}")).status_code in (200, 404)


async def test_who_waits_for_an_opening_is_listed(site: Site) -> None:
    await site.write("Anything on Friday?", name="Carla Ruiz")
    contact_id = await site.value("select contact_id from contacts where phone = $1", CARLA)
    harbor = site.shops.harbor
    async with business_transaction(site.context.pool, harbor.business_id) as connection:
        now = site.context.clock.now()
        await waiting_list.join_waiting_list(
            connection, harbor.business_id, contact_id, Search("Cleaning"), "Timmy", now
        )

    assert "Timmy" in (await (await site.olga()).get(DAY)).text


async def test_a_booking_made_by_hand_is_made_once_and_shown(site: Site) -> None:
    olga, booking_id = await site.olga(), str(new_id())

    answers = [await make(olga, booking_id=booking_id) for _ in range(2)]
    page = (await olga.get(answers[0].headers["location"])).text

    assert [answer.headers["location"] for answer in answers] == [f"/bookings/{booking_id}"] * 2
    assert await site.value("select count(*) from bookings") == 1
    for words in ("Nora Vale", "Fri, Nov 20", "afraid of needles", "$129 when it was booked", "by hand"):
        assert words in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"start": ""}, "Choose one of the free times."),
        ({"start": choice(at="2026-11-20T16:00:00")}, "Choose one of the free times."),
        ({"service": "Nothing"}, "Choose one of the free times."),
        ({"phone": "12"}, "Write the phone number of the person who is coming."),
        ({"service": "Home visit"}, "write the address"),
    ],
)
async def test_a_booking_by_hand_that_lacks_something_says_what(
    site: Site, changes: dict[str, str], sentence: str
) -> None:
    answer = await make(await site.olga(), **changes)

    assert answer.status_code == 422
    assert await site.value("select count(*) from bookings") == 0
    if changes.get("service") != "Nothing":
        assert sentence in answer.text
        assert 'value="Nora Vale"' in answer.text


async def test_a_time_that_was_just_taken_keeps_what_was_typed(site: Site) -> None:
    await book(site.context, site.shops.harbor, FRIDAY, staff_id=SAM)

    answer = await make(await site.olga())

    assert answer.status_code == 409
    assert "That time was just taken." in answer.text
    assert 'value="(312) 555-0177"' in answer.text


async def test_a_booking_is_moved_and_one_that_cannot_be_stays(site: Site) -> None:
    booking = await book(site.context, site.shops.harbor, staff_id=SAM)
    await book(site.context, site.shops.harbor, FRIDAY, staff_id=SAM, phone="+13125550177")
    olga, path = await site.olga(), f"/bookings/{booking.booking_id}"

    taken = await olga.post(f"{path}/opening", data={"start": choice()})
    nothing = await olga.post(f"{path}/opening", data={})
    moved = await olga.post(f"{path}/opening", data={"start": choice(OLGA)})
    page = (await olga.get(path)).text

    assert (taken.status_code, nothing.status_code, moved.status_code) == (409, 422, 303)
    assert "Fri, Nov 20" in page
    assert "Moved from" in page
    assert "<dd>Olga</dd>" in page


async def test_a_booking_is_confirmed_cancelled_and_then_nothing_more_can_be_done(site: Site) -> None:
    booking = await book(site.context, site.shops.harbor)
    olga, path = await site.olga(), f"/bookings/{booking.booking_id}"

    await olga.post(f"{path}/confirmation")
    confirmed = (await olga.get(path)).text
    await olga.post(f"{path}/cancellation", data={"why": "Carla is ill"})
    cancelled = (await olga.get(path)).text
    again = await olga.post(f"{path}/confirmation")

    assert "confirmed" in confirmed
    assert "by Olga: Carla is ill" in cancelled
    assert f"{path}/cancellation" not in cancelled
    assert (again.status_code, "the booking has changed meanwhile" in again.text) == (409, True)

    await olga.post("/me", data={"name": "Olga", "language": "es"})
    assert "the booking has changed meanwhile" not in (await olga.post(f"{path}/confirmation")).text


async def test_how_it_went_is_noted_after_it_began_and_can_be_taken_back(site: Site, clock: TestClock) -> None:
    booking = await book(site.context, site.shops.harbor)
    olga, path = await site.olga(), f"/bookings/{booking.booking_id}"
    assert "Did not come" not in (await olga.get(path)).text
    clock.pass_time(25 * 3600)

    await olga.post(f"{path}/mark", data={"state": "no_show"})
    missed = (await olga.get(path)).text
    await olga.post(f"{path}/mark", data={"state": "booked"})

    assert "noted by Olga" in missed
    assert await site.value("select state from bookings") == "booked"
    assert (await olga.post(f"{path}/mark", data={"state": "held"})).status_code == 400


async def test_the_log_says_who_did_what_to_a_booking_and_how_it_stood_before(site: Site) -> None:
    olga, booking_id = await site.olga(), str(new_id())
    sam, path = await site.visitor(site.shops.harbor, "staff", "Sam"), f"/bookings/{booking_id}"

    for _ in range(2):
        await make(olga, booking_id=booking_id)
        await sam.post(f"{path}/opening", data={"start": choice(OLGA, "2026-11-20T17:00:00Z")})
        await sam.post(f"{path}/confirmation")
    await olga.post(f"{path}/cancellation", data={"why": "Nora is ill"})
    await olga.post(f"{path}/cancellation")
    await olga.post("/bookings/feed")

    async with business_transaction(site.context.pool, site.shops.harbor.business_id) as connection:
        found = await list_entries(connection, site.shops.harbor.business_id, None, 20)
    told = [(entry["what"], entry["who"]) for entry in reversed(found)]
    assert sorted(told) == [
        ("booking.cancelled", "Olga"), ("booking.confirmed", "Sam"), ("booking.feed_renewed", "Olga"),
        ("booking.made", "Olga"), ("booking.moved", "Sam"),
    ]  # fmt: skip
    moved = next(entry for entry in found if entry["what"] == "booking.moved")
    assert (moved["before"]["staff"], moved["after"]["staff"]) == ("Sam", "Olga")
    assert moved["subject"] == "Cleaning, 2026-11-20 10:00"
    assert "ill" not in str(found)


@pytest.mark.parametrize(
    ("deed", "words"), [("on-my-way", "on the way, about 20 minutes"), ("delay", "running about 20 minutes late")]
)
async def test_one_tap_tells_the_contact(site: Site, deed: str, words: str) -> None:
    await site.write("See you tomorrow")
    booking = await book(site.context, site.shops.harbor)
    olga, path = await site.olga(), f"/bookings/{booking.booking_id}"

    none = await olga.post(f"{path}/{deed}", data={"minutes": "soon"})
    told = await olga.post(f"{path}/{deed}", data={"minutes": "20"})

    assert (none.status_code, "Say in how many minutes" in none.text) == (422, True)
    assert told.headers["location"] == f"/threads/{await site.thread_of()}"
    assert words in str(await site.value("select body from messages where direction = 'out'"))


async def test_a_number_that_was_only_typed_is_not_texted_by_a_tap_either(site: Site) -> None:
    booking = await book(site.context, site.shops.harbor, made_by=MadeBy.PAGE)
    olga, path = await site.olga(), f"/bookings/{booking.booking_id}"

    page = (await olga.get(path)).text
    answer = await olga.post(f"{path}/delay", data={"minutes": "20"})

    assert "Only typed on your booking page" in page
    assert "Text them" not in page
    assert (answer.status_code, "Call them instead." in answer.text) == (422, True)
    assert await site.value("select count(*) from messages") == 0


async def test_the_feed_opens_with_its_address_alone_and_not_with_the_old_one(site: Site) -> None:
    await book(site.context, site.shops.harbor)
    olga, stranger = await site.olga(), await site.visitor()

    def path_on(page: str) -> str:
        return "/feeds" + page.split('href="http://ringback.test/feeds', 1)[1].partition('"')[0]

    old = path_on((await olga.get("/bookings")).text)
    feed = await stranger.get(old)
    await olga.post("/bookings/feed")
    new = path_on((await olga.get("/bookings")).text)

    assert feed.headers["content-type"].startswith("text/calendar")
    assert "SUMMARY:Carla Ruiz: Cleaning" in feed.text
    assert [(await stranger.get(path)).status_code for path in (old, new)] == [404, 200]
    assert (await stranger.get(new.replace("harbor-dental", "rex-dental"))).status_code == 404


async def test_the_link_of_a_booking_leads_to_its_own_page(site: Site) -> None:
    booking = await book(site.context, site.shops.harbor)
    page = (await (await site.olga()).get(f"/bookings/{booking.booking_id}")).text
    path = "/book" + page.split('href="http://ringback.test/book', 1)[1].partition('"')[0]

    assert "You are booked" in (await (await site.visitor()).get(path)).text


async def test_a_viewer_sees_bookings_but_no_address_that_opens_them_and_changes_nothing(site: Site) -> None:
    booking = await book(site.context, site.shops.harbor)
    viewer = await site.visitor(site.shops.harbor, role="viewer", name="Vera")
    path = f"/bookings/{booking.booking_id}"

    day, page = (await viewer.get(DAY)).text, (await viewer.get(path)).text
    refused = await viewer.post(f"{path}/cancellation", data={"why": ""})

    assert "Carla Ruiz" in day
    assert "/feeds/" not in day
    assert "/book/harbor-dental/bookings/" not in page
    assert '<form method="post" action="/bookings' not in page
    assert refused.status_code == 403


async def test_words_of_strangers_stay_words(site: Site) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    booking = await book(site.context, site.shops.harbor, for_whom=hostile)
    olga = await site.olga()

    for path in (DAY, f"/bookings/{booking.booking_id}", f"/bookings/{booking.booking_id}/opening"):
        text = (await olga.get(path)).text
        assert "&lt;img src=x" in text
        assert "<img src=x" not in text


PATHS = [
    ("GET", "/bookings/{booking_id}"),
    ("GET", "/bookings/{booking_id}/opening"),
    *(("POST", f"/bookings/{{booking_id}}/{deed}") for deed in (
        "confirmation", "mark", "cancellation", "opening", "on-my-way", "delay",
    )),
    ("POST", "/gaps/{gap_id}/answer"),
    ("POST", "/alerts/{alert_id}/acknowledgement"),
    ("POST", "/threads/{thread_id}/takeover"),
    ("POST", "/threads/{thread_id}/receptionist"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path"), PATHS)
async def test_the_rival_is_told_that_nothing_is_there_and_changes_nothing(site: Site, method: str, path: str) -> None:
    seen = await fill(site.context, site.shops.harbor)
    rex, before = await site.rex(), await site.value("select to_jsonb(b)::text from bookings b")

    form = {"start": choice(), "state": "done", "minutes": "5", "why": "Rex"} if method == "POST" else None
    answer = await rex.request(method, path.format(**seen.ids()), data=form)

    assert answer.status_code in (404, 409)
    assert "Harbor" not in answer.text
    assert "555-0142" not in answer.text
    assert await site.value("select to_jsonb(b)::text from bookings b") == before


async def test_the_rivals_own_pages_hold_nothing_of_ours(site: Site) -> None:
    await book(site.context, site.shops.harbor)
    rex = await site.rex()

    for path in (DAY, "/bookings/new?service=Cleaning", "/gaps"):
        text = (await rex.get(path)).text
        assert "Rex Dental" in text
        assert not any(word in text for word in ("Carla", "555-0142", "Harbor Dental"))
