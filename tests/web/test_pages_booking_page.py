"""The booking page for people outside: what it says, what it books, and what it never does."""

import asyncio
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx2
import pytest

from ringback.domain.business import BookingPolicy, ReceptionistPolicy
from ringback.store import businesses
from ringback.store.db import business_transaction
from ringback.workflows.context import Context
from ringback.workflows.reminders import plan_reminder
from tests.cast import CARLA, NOON, SETTINGS, TestClock
from tests.fixtures import Shops
from tests.web.bookings_cast import THURSDAY_TEN, book, hidden_fields, open_bookings
from tests.web.pages_cast import Site

AT = "2026-11-19T16:00:00Z"
HOME = "/book/harbor-dental"
FORM = {"service": "Cleaning", "at": AT, "name": "Nora Vale", "phone": "(312) 555-0177"}
VISIT = FORM | {
    "service": "Home visit", "address": "5 Elm Street", "detail-0": "3", "detail-1": "no", "detail-3": "no",
}  # fmt: skip


@pytest.fixture
async def shops(context: Context, shops: Shops) -> Shops:
    """Both shops, with services that can be booked."""
    return await open_bookings(context, shops)


async def set_up(site: Site, **changes: Any) -> None:
    """Let Harbor's owner change the set-up."""
    shop = replace(site.shops.harbor, **changes)
    async with business_transaction(site.context.pool, shop.business_id) as connection:
        await businesses.save_business(connection, shop, {line.number: SETTINGS for line in shop.lines}, NOON)


async def order(visitor: httpx2.AsyncClient, form: dict[str, str] | None = None, **changes: str) -> httpx2.Response:
    """Go through the read-back to the booking."""
    checked = await visitor.post(f"{HOME}/read-back", data={**(form or FORM), **changes})
    assert checked.status_code == 200, checked.text
    return await visitor.post(f"{HOME}/bookings", data=hidden_fields(checked.text))


async def test_prices_are_written_in_the_language_of_the_page(site: Site) -> None:
    await set_up(site, country="MX", language="es")
    stranger = await site.visitor()

    assert "desde $129" in (await stranger.get(f"{HOME}?lang=es")).text
    assert "from MX$129" in (await stranger.get(f"{HOME}?lang=en")).text


async def test_from_the_services_to_a_booking_in_four_steps(site: Site) -> None:
    stranger = await site.visitor()

    services = (await stranger.get(HOME)).text
    openings = (await stranger.get(f"{HOME}/openings?service=Cleaning&on=2026-11-19")).text
    details = (await stranger.get(f"{HOME}/details?service=Cleaning&at={AT}")).text
    checked = (await stranger.post(f"{HOME}/read-back", data=FORM)).text
    before = await site.value("select count(*) from bookings")
    booked = await stranger.post(f"{HOME}/bookings", data=hidden_fields(checked))
    page = (await stranger.get(booked.headers["location"])).text

    assert "from $129" in services
    assert "comes off the first filling" in services
    assert "Advice" not in services
    assert f"at={AT.replace(':', '%3A')}" in openings
    assert "No automatic text is sent to it." in details
    assert "Thursday, November 19, 10:00 AM" in checked
    assert before == 0, "nothing is written, nor held, before the yes"
    assert "You are booked" in page
    assert "Thursday, November 19, 10:00 AM" in page
    assert await site.value("select made_by from bookings") == "page"


async def test_the_same_form_sent_twice_is_one_booking(site: Site) -> None:
    stranger = await site.visitor()
    checked = await stranger.post(f"{HOME}/read-back", data=FORM)
    fields = hidden_fields(checked.text)

    answers = await asyncio.gather(*(stranger.post(f"{HOME}/bookings", data=fields) for _ in range(3)))

    assert {answer.status_code for answer in answers} == {303}
    assert len({answer.headers["location"] for answer in answers}) == 1
    assert await site.value("select count(*) from bookings") == 1


async def test_a_time_that_was_just_taken_is_said_so_and_others_are_offered(site: Site) -> None:
    stranger = await site.visitor()
    checked = await stranger.post(f"{HOME}/read-back", data=FORM)
    for phone in ("+13125550181", "+13125550182"):
        await book(site.context, site.shops.harbor, phone=phone)

    gone = await stranger.post(f"{HOME}/bookings", data=hidden_fields(checked.text))
    again = hidden_fields(gone.text)

    assert gone.status_code == 409
    assert "That time was just taken" in gone.text
    assert "Thursday, November 19, 9:00 AM" in gone.text
    assert (again["name"], again["phone"]) == ("Nora Vale", "(312) 555-0177"), "what was typed is kept"
    assert (await order(stranger, again)).status_code == 303


async def test_a_time_that_is_gone_before_the_read_back_is_said_so_too(site: Site) -> None:
    for phone in ("+13125550181", "+13125550182"):
        await book(site.context, site.shops.harbor, phone=phone)

    answer = await (await site.visitor()).post(f"{HOME}/read-back", data=FORM)

    assert (answer.status_code, "That time was just taken" in answer.text) == (409, True)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", " ", "Write a name."),
        ("phone", "12", "Write a mobile number we can call, like (312) 555-0142."),
        ("phone", "+1 800 555 0199", "Write a mobile number we can call"),
        ("phone", "+44 7700 900142", "Write a mobile number we can call"),
        ("address", "", "Write the address where we should come."),
        ("detail-0", "three", "Write a number."),
        ("detail-1", "", "Please answer this."),
        ("detail-1", "maybe", "Please answer this."),
        ("detail-2", "cellar", "Please answer this."),
        ("note", "x" * 501, "That is too long."),
    ],
)
async def test_what_is_missing_is_said_beside_its_field_and_the_rest_is_kept(
    site: Site, field: str, value: str, sentence: str
) -> None:
    stranger = await site.visitor()

    for step in ("read-back", "bookings"):
        form = VISIT | {field: value, "booking_id": "0199f0c4-8d3e-7c52-9f6b-3f1f5f1c2a10"}
        answer = await stranger.post(f"{HOME}/{step}", data=form)
        assert answer.status_code == 422
        assert f'<span id="{field}-trouble" class="trouble">{sentence}' in answer.text
        assert ('value="Nora Vale"' in answer.text) is (field != "name")
    assert await site.value("select count(*) from bookings") == 0


async def test_the_answers_go_with_the_booking_under_the_owners_names(site: Site) -> None:
    await order(await site.visitor(), VISIT, note="Ring twice")

    assert await site.value("select details from bookings") == {
        "steps": "3", "pet": "no", "jaw": "no", "note": "Ring twice",
    }  # fmt: skip
    assert await site.value("select address from bookings") == "5 Elm Street"


@pytest.mark.parametrize(("field", "words"), [("detail-1", "No dogs, sorry."), ("detail-3", "Please call us, and we")])
async def test_an_answer_that_shows_the_job_is_not_ours_ends_it_kindly(site: Site, field: str, words: str) -> None:
    answer = await (await site.visitor()).post(f"{HOME}/read-back", data=VISIT | {field: "yes"})

    assert answer.status_code == 422
    assert words in answer.text
    assert "Call (312) 555-0100" in answer.text


async def test_an_address_outside_the_area_is_not_booked(site: Site) -> None:
    await set_up(site, receptionist=ReceptionistPolicy(area=("60601", "60602")))
    stranger = await site.visitor()

    outside = await stranger.post(f"{HOME}/read-back", data=VISIT | {"address": "5 Elm Street, Miami FL 33101"})
    inside = await stranger.post(f"{HOME}/read-back", data=VISIT | {"address": "5 Elm Street, Chicago IL 60601"})

    assert (outside.status_code, inside.status_code) == (422, 200)
    assert "outside the area we go to" in outside.text
    assert "Change what I wrote" in outside.text


async def test_nothing_is_texted_to_a_number_that_was_typed(site: Site) -> None:
    await order(await site.visitor(), at="2026-11-25T16:00:00Z")
    by_page = await site.value("select booking_id from bookings")
    by_staff = (await book(site.context, site.shops.harbor, THURSDAY_TEN + timedelta(days=6))).booking_id

    for booking_id in (by_page, by_staff):
        await plan_reminder(site.context, site.shops.harbor.business_id, booking_id)

    due = "select booking_id from reminders where due_at is not null"
    assert await site.value("select count(*) from messages") == 0
    assert await site.value(due) == by_staff, "and no other: who made theirs on the phone is reminded"
    assert await site.value("select count(*) from reminders where due_at is not null") == 1


async def test_the_contact_of_a_typed_number_keeps_its_name_and_hears_nothing(site: Site) -> None:
    await site.write("Hello", name="Carla Ruiz")

    await order(await site.visitor(), phone=CARLA, name="Mallory")

    assert await site.value("select name from contacts where phone = $1", CARLA) == "Carla Ruiz"
    assert await site.value("select for_whom from bookings") == "Mallory"
    assert await site.value("select count(*) from messages where direction = 'out'") == 0


async def test_typing_anothers_number_name_and_time_does_not_lead_to_their_booking(site: Site) -> None:
    theirs = await book(site.context, site.shops.harbor, for_whom="Carla Ruiz")
    stranger = await site.visitor()

    checked = await stranger.post(f"{HOME}/read-back", data=FORM | {"phone": CARLA, "name": "Carla Ruiz"})
    answer = await stranger.post(f"{HOME}/bookings", data=hidden_fields(checked.text))

    assert (checked.status_code, answer.status_code) == (200, 409)
    assert str(theirs.booking_id) not in answer.text + checked.text
    assert "location" not in answer.headers


async def test_too_many_bookings_from_one_place_are_held_back_and_an_hour_later_let_through(
    site: Site, clock: TestClock
) -> None:
    stranger = await site.visitor()
    for n in range(8):
        at = f"2026-11-{19 + n // 4:02d}T{15 + n % 4 * 2:02d}:00:00Z"
        assert (await order(stranger, at=at, phone=f"+131255501{n:02d}")).status_code == 303

    held_back = await order(stranger, at="2026-11-23T16:00:00Z", phone="+13125550190")
    clock.pass_time(3601)
    later = await order(stranger, at="2026-11-23T16:00:00Z", phone="+13125550190")

    assert (held_back.status_code, later.status_code) == (429, 303)
    assert "Too many bookings" in held_back.text
    assert await site.context.pool.fetchval("select count(*) from sign_in_failures where source like '%555%'") == 0


async def test_too_many_bookings_with_one_number_are_held_back(site: Site) -> None:
    stranger = await site.visitor()
    answers = [await order(stranger, at=f"2026-11-{day}T16:00:00Z") for day in (19, 20, 23, 24, 25, 26)]

    assert [answer.status_code for answer in answers] == [303] * 5 + [429]


async def test_a_form_of_another_site_books_changes_and_cancels_nothing(site: Site) -> None:
    path = (await order(await site.visitor())).headers["location"]
    elsewhere = await site.visitor()
    elsewhere.headers["origin"] = "https://elsewhere.example"

    answers = [
        await elsewhere.post(f"{HOME}/read-back", data=FORM),
        await elsewhere.post(f"{HOME}/bookings", data=FORM),
        await elsewhere.post(f"{path}/cancellation"),
        await elsewhere.post(f"{path}/opening", data={"at": "2026-11-20T16:00:00Z"}),
    ]

    assert {answer.status_code for answer in answers} == {403}
    assert await site.value("select count(*) from bookings where state = 'booked'") == 1


@pytest.mark.parametrize(
    "path",
    [
        "/book/nobody",
        "/book/%00",
        f"{HOME}/openings?service=Nothing",
        f"{HOME}/openings?service=Advice",
        f"{HOME}/openings?service=Cleaning&on=yesterday",
        f"{HOME}/details?service=Cleaning&at=soon",
        f"{HOME}/details?service=Cleaning&at=2026-11-19T16:00:00",
        f"{HOME}/bookings/nothing",
        f"{HOME}/bookings/{'A' * 43}",
        f"{HOME}/bookings/{'é' * 20}",
        "/feeds/harbor-dental/nothing.ics",
    ],
)
async def test_what_is_not_there_says_nothing_of_the_business(site: Site, path: str) -> None:
    answer = await (await site.visitor()).get(path)

    assert answer.status_code == 404
    assert "Harbor" not in answer.text
    assert "/threads" not in answer.text


async def test_a_page_that_is_switched_off_is_not_there(site: Site) -> None:
    path = (await order(await site.visitor())).headers["location"]
    await set_up(site, booking=BookingPolicy(public_page=False))
    stranger = await site.visitor()

    answers = [
        await stranger.get(HOME),
        await stranger.get(path),
        await stranger.post(f"{HOME}/read-back", data=FORM),
        await stranger.post(f"{HOME}/bookings", data=FORM),
        await stranger.post(f"{path}/cancellation"),
    ]

    assert {answer.status_code for answer in answers} == {404}


async def test_a_link_changes_its_own_booking_and_no_other(site: Site) -> None:
    stranger = await site.visitor()
    path = (await order(stranger)).headers["location"]
    other = await book(site.context, site.shops.harbor)
    token = path.rsplit("/", 1)[1]
    forged = path.replace(token, token[:-3] + ("AAA" if token[-3:] != "AAA" else "BBB"))

    moved = await stranger.post(f"{path}/opening", data={"at": "2026-11-20T16:00:00Z"})
    again = await stranger.get(path)
    cancelled = [await stranger.post(f"{path}/cancellation") for _ in range(2)]
    page = (await stranger.get(path)).text

    assert (await stranger.get(forged)).status_code == 404
    assert (moved.status_code, [answer.status_code for answer in cancelled]) == (303, [303, 303])
    assert "Friday, November 20, 10:00 AM" in again.text
    assert "This booking is cancelled" in page
    assert f"{path}/cancellation" not in page
    assert await site.value("select cancelled_by from bookings where state = 'cancelled'") == "contact"
    assert await site.value("select state from bookings where booking_id = $1", other.booking_id) == "booked"


async def test_a_link_of_one_shop_opens_nothing_at_another(site: Site) -> None:
    path = (await order(await site.visitor())).headers["location"]

    answer = await (await site.visitor()).get(path.replace("harbor-dental", "rex-dental"))

    assert answer.status_code == 404


async def test_a_move_to_a_time_that_is_gone_leaves_the_booking_where_it_was(site: Site) -> None:
    stranger = await site.visitor()
    path = (await order(stranger)).headers["location"]
    friday = THURSDAY_TEN + timedelta(days=1)
    for phone in ("+13125550181", "+13125550182"):
        await book(site.context, site.shops.harbor, friday, phone=phone)

    answer = await stranger.post(f"{path}/opening", data={"at": "2026-11-20T16:00:00Z"})

    assert (answer.status_code, "That time was just taken" in answer.text) == (409, True)
    assert "Thursday, November 19, 10:00 AM" in (await stranger.get(path)).text


async def test_what_has_begun_can_no_longer_be_changed_by_its_link(site: Site, clock: TestClock) -> None:
    stranger = await site.visitor()
    path = (await order(stranger)).headers["location"]
    clock.pass_time(25 * 3600)

    page = (await stranger.get(path)).text
    await stranger.post(f"{path}/cancellation")
    moved = await stranger.post(f"{path}/opening", data={"at": "2026-11-20T16:00:00Z"})

    assert "This booking is over" in page
    assert moved.status_code == 404
    assert await site.value("select state from bookings") == "booked"


async def test_the_calendar_file_has_the_booking_and_no_phone_number_of_the_contact(site: Site) -> None:
    stranger = await site.visitor()
    path = (await order(stranger)).headers["location"]

    answer = await stranger.get(f"{path}/calendar.ics")

    assert answer.headers["content-type"].startswith("text/calendar")
    assert answer.headers["content-disposition"] == 'attachment; filename="harbor-dental.ics"'
    assert "DTSTART;TZID=America/Chicago:20261119T100000" in answer.text
    assert "5550177" not in answer.text


@pytest.mark.parametrize(
    ("query", "header", "said"),
    [
        ("", "", "What can we do for you?"),
        ("", "es-MX,es;q=0.9,en;q=0.8", "¿En qué podemos ayudarle?"),
        ("", "fr-FR,en;q=0.5,es;q=0.4", "What can we do for you?"),
        ("", "es;q=0,en;q=0.1", "What can we do for you?"),
        ("?lang=es", "en", "¿En qué podemos ayudarle?"),
        ("?lang=fr", "es;q=nonsense,,;", "What can we do for you?"),
    ],
)
async def test_the_page_speaks_the_language_that_was_chosen_or_that_the_browser_likes_best(
    site: Site, query: str, header: str, said: str
) -> None:
    answer = await (await site.visitor()).get(f"{HOME}{query}", headers={"accept-language": header})

    assert said in answer.text
    assert answer.headers["vary"] == "Accept-Language"


async def test_the_chosen_language_stays_through_all_steps(site: Site) -> None:
    stranger = await site.visitor()
    services = (await stranger.get(f"{HOME}?lang=es")).text
    openings = (await stranger.get(f"{HOME}/openings?service=Cleaning&lang=es")).text
    checked = await stranger.post(f"{HOME}/read-back?lang=es", data=FORM)
    booked = await stranger.post(f"{HOME}/bookings?lang=es", data=hidden_fields(checked.text))
    page = (await stranger.get(booked.headers["location"])).text

    for text in (services, openings):
        assert all("lang=" in link for link in re.findall(r'href="(/book/[^"]+)"', text))
    assert "¿Está todo bien?" in checked.text
    assert "Su reserva está hecha" in page
    assert '<html lang="es">' in page


async def test_every_step_after_the_first_is_kept_out_of_search_engines_and_caches(site: Site) -> None:
    stranger = await site.visitor()
    path = (await order(stranger)).headers["location"]

    first, page = await stranger.get(HOME), await stranger.get(path)

    assert "x-robots-tag" not in first.headers
    assert (page.headers["x-robots-tag"], page.headers["cache-control"]) == ("noindex", "no-store")
    assert page.headers["referrer-policy"] == "same-origin"
