"""What somebody hostile tries on the pages that need no sign-in, and what a hurried hand does by mistake."""

from datetime import timedelta
from uuid import UUID

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from structlog.testing import capture_logs

from ringback.domain.bookings import MadeBy, Taken
from ringback.domain.business import Business
from ringback.store.db import business_transaction
from ringback.store.ids import new_id
from ringback.store.link_secrets import LinkPurpose
from ringback.web.pages.errors import install_errors
from ringback.web.public.brakes import place_of
from ringback.web.public.feed import one_line_each
from ringback.workflows.context import Context
from ringback.workflows.direct_bookings import Order, place_order
from ringback.workflows.links import link_secret
from tests.cast import NOON, TestClock
from tests.fixtures import Shops
from tests.web.bookings_cast import THURSDAY_TEN, book, hidden_fields, open_bookings
from tests.web.pages_cast import Site
from tests.web.test_pages_booking_page import FORM, HOME, VISIT, order


@pytest.fixture
async def shops(context: Context, shops: Shops) -> Shops:
    """Both shops, with services that can be booked."""
    return await open_bookings(context, shops)


async def test_who_knows_the_id_of_a_booking_from_a_calendar_does_not_get_its_link(site: Site) -> None:
    stranger = await site.visitor()
    await order(stranger)
    seen = str(await site.value("select booking_id from bookings"))

    answer = await stranger.post(f"{HOME}/bookings", data=FORM | {"booking_id": seen})

    assert answer.status_code == 409
    assert "location" not in answer.headers


async def test_a_link_with_anything_added_to_it_opens_nothing(site: Site) -> None:
    stranger = await site.visitor()
    path = (await order(stranger)).headers["location"]

    answers = [await stranger.get(path + more) for more in ("!", "=", "%20", "%0d%0a")]

    assert [answer.status_code for answer in answers] == [404] * 4


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00"])
async def test_a_start_at_the_end_of_all_calendars_is_an_address_that_does_not_exist(site: Site, at: str) -> None:
    stranger, olga = await site.visitor(), await site.olga()
    path = (await order(stranger)).headers["location"]
    booking_id = await site.value("select booking_id from bookings")
    form = {"service": "Cleaning", "phone": "3125550142", "booking_id": str(new_id()), "start": f"{at}~{UUID(int=21)}"}

    answers = [
        await stranger.get(f"{HOME}/details", params={"service": "Cleaning", "at": at}),
        await stranger.post(f"{HOME}/read-back", data=FORM | {"at": at}),
        await stranger.post(f"{path}/opening", data={"at": at}),
    ]
    inside = [
        await olga.post("/bookings", data=form),
        await olga.post(f"/bookings/{booking_id}/opening", data=form),
    ]

    assert [answer.status_code for answer in answers] == [404] * 3
    assert [answer.status_code for answer in inside] == [422] * 2


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
async def test_a_day_at_the_end_of_all_calendars_shows_the_nearest_that_can_be_booked(site: Site, day: str) -> None:
    stranger = await site.visitor()

    answers = [await stranger.get(f"{HOME}/openings?service=Cleaning&{name}={day}") for name in ("on", "from")]

    assert [answer.status_code for answer in answers] == [200, 200]


@pytest.mark.parametrize("year", [1, 9999])
async def test_a_program_that_asks_for_a_start_in_no_year_of_ours_is_told_that_it_is_not_free(
    context: Context, shops: Shops, year: int
) -> None:
    wanted = Order(new_id(), "+13125550177", "Cleaning", THURSDAY_TEN.replace(year=year))
    async with business_transaction(context.pool, shops.harbor.business_id) as connection:
        assert await place_order(connection, shops.harbor, wanted, MadeBy.API, NOON) == Taken()


async def test_moving_twice_with_one_tap_too_many_is_moving_once(site: Site) -> None:
    stranger = await site.visitor()
    path = (await order(stranger)).headers["location"]

    answers = [await stranger.post(f"{path}/opening", data={"at": "2026-11-20T16:00:00Z"}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]


async def test_a_move_that_cannot_be_says_that_nothing_was_changed(site: Site) -> None:
    stranger = await site.visitor()
    path = (await order(stranger)).headers["location"]
    for phone in ("+13125550181", "+13125550182"):
        await book(site.context, site.shops.harbor, THURSDAY_TEN + timedelta(days=1), phone=phone)

    answer = await stranger.post(f"{path}/opening", data={"at": "2026-11-20T16:00:00Z"})

    assert "Your booking stays as it was" in answer.text
    assert "Nothing was booked" not in answer.text


async def test_looking_at_a_booking_writes_nothing(site: Site) -> None:
    stranger = await site.visitor()
    path = (await order(stranger)).headers["location"]
    before = await site.value("select xmin::text from link_secrets where purpose = 'booking'")

    await stranger.get(path)

    assert await site.value("select xmin::text from link_secrets where purpose = 'booking'") == before


async def test_a_look_at_a_booking_does_not_wait_for_another_visitor(context: Context, shops: Shops) -> None:
    harbor = shops.harbor.business_id
    async with business_transaction(context.pool, harbor) as first:
        made = await link_secret(first, context.sealer, harbor, LinkPurpose.BOOKING, NOON)
    async with business_transaction(context.pool, harbor) as first, business_transaction(context.pool, harbor) as other:
        await other.execute("set local lock_timeout = '1s'")
        assert await link_secret(first, context.sealer, harbor, LinkPurpose.BOOKING, NOON) == made
        assert await link_secret(other, context.sealer, harbor, LinkPurpose.BOOKING, NOON) == made


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::"),
        ("2001:db8:1:2:bbbb::2", "2001:db8:1:2::"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("unix:", "unix:"),
    ],
)
def test_a_household_with_a_million_addresses_is_one_place(address: str, place: str) -> None:
    assert place_of(address) == place


async def test_one_place_cannot_fill_the_calendar_by_coming_back_every_hour(site: Site, clock: TestClock) -> None:
    stranger, answers = await site.visitor(), []
    for n in range(21):
        at = f"2026-11-{(23, 24, 25, 26, 27)[n // 5]}T{15 + n % 5}:00:00Z"
        answers.append((await order(stranger, at=at, phone=f"+131255501{n:02d}")).status_code)
        clock.pass_time(900)

    assert answers == [303] * 20 + [429]


async def test_one_number_cannot_be_booked_again_and_again_by_coming_back_every_hour(
    site: Site, clock: TestClock
) -> None:
    stranger, answers = await site.visitor(), []
    for day in (23, 24, 25, 27, 30):
        answers.append((await order(stranger, at=f"2026-11-{day}T16:00:00Z")).status_code)
        clock.pass_time(900)
    for day in (1, 2):
        clock.pass_time(3600)
        answers.append((await order(stranger, at=f"2026-12-0{day}T16:00:00Z")).status_code)

    assert answers == [303] * 6 + [429]


async def test_a_link_from_last_year_does_not_tell_any_more_who_was_where(site: Site, clock: TestClock) -> None:
    stranger = await site.visitor()
    path = (await order(stranger)).headers["location"]
    clock.pass_time(33 * 24 * 3600)

    answers = [await stranger.get(path), await stranger.get(f"{path}/calendar.ics")]

    assert [answer.status_code for answer in answers] == [404, 404]


async def test_an_answer_tapped_by_mistake_can_be_changed_without_typing_all_again(site: Site) -> None:
    stranger = await site.visitor()
    unfit = await stranger.post(f"{HOME}/read-back", data=VISIT | {"detail-1": "yes"})

    form = await stranger.post(f"{HOME}/details", data=hidden_fields(unfit.text))

    assert "Change what I wrote" in unfit.text
    assert 'value="Nora Vale"' in form.text


async def test_a_line_break_in_a_name_puts_no_line_into_the_calendar_file(site: Site) -> None:
    stranger = await site.visitor()
    evil = "Nora\rATTENDEE:mailto:x@example.com\r\nURL:https://x.example\u2028X\x0bY"
    path = (await order(stranger, VISIT, name=evil, address=f"5 Elm Street{evil}")).headers["location"]

    file = (await stranger.get(f"{path}/calendar.ics")).text
    page = (await stranger.get(path)).text

    assert not [line for line in file.splitlines() if line.startswith(("ATTENDEE", "URL:http"))]
    assert "\r" not in file.replace("\r\n", "")
    assert "\u2028" not in page
    assert await site.value("select count(*) from bookings where for_whom ~ '[[:cntrl:]]'") == 0


def test_whatever_a_calendar_file_is_made_of_each_of_its_lines_is_one_line() -> None:
    assert one_line_each("SUMMARY:Nora\rX\u0085Y\u2028Z\x0b\r\nEND:VEVENT\r\n") == (
        "SUMMARY:Nora X Y Z \r\nEND:VEVENT\r\n"
    )


async def test_markup_in_what_was_typed_stays_text_on_every_page(site: Site) -> None:
    stranger, olga = await site.visitor(), await site.olga()
    evil = '"><script>alert(1)</script>'
    checked = await stranger.post(f"{HOME}/read-back", data=VISIT | {"name": evil, "address": evil, "note": evil})
    # The fields come escaped, so they are sent as they were typed.
    form = VISIT | {
        "name": evil,
        "address": evil,
        "note": evil,
        "booking_id": hidden_fields(checked.text)["booking_id"],
    }
    path = (await stranger.post(f"{HOME}/bookings", data=form)).headers["location"]
    booking_id = await site.value("select booking_id from bookings")

    pages = [
        checked.text,
        (await stranger.get(path)).text,
        (await olga.get("/bookings?on=2026-11-19")).text,
        (await olga.get(f"/bookings/{booking_id}")).text,
    ]

    assert ["<script>alert" in page for page in pages] == [False] * 4
    assert all("&lt;script&gt;" in page for page in pages)


@pytest.mark.parametrize("error", [RuntimeError, ConnectionRefusedError])
async def test_a_failure_on_a_page_with_a_secret_address_keeps_it_out_of_the_log(error: type[Exception]) -> None:
    async def fail(_: Request) -> Response:
        raise error

    app = Starlette(routes=[Route("/book/{slug}/bookings/{token}", fail)])
    install_errors(app)
    transport = httpx2.ASGITransport(app, raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url="http://shop.example") as stranger:
        with capture_logs() as logs:
            answer = await stranger.get(f"{HOME}/bookings/s3cret")

    assert answer.status_code >= 500
    assert [entry["path"] for entry in logs] == [f"{HOME}/bookings"]


async def test_a_time_that_is_gone_leaves_no_contact_behind(context: Context, shops: Shops) -> None:
    harbor: Business = shops.harbor
    for phone in ("+13125550181", "+13125550182"):
        await book(context, harbor, phone=phone)
    async with business_transaction(context.pool, harbor.business_id) as connection:
        late = Order(new_id(), "+13125550183", "Cleaning", THURSDAY_TEN)
        assert await place_order(connection, harbor, late, MadeBy.PAGE, NOON) == Taken()
        found = await connection.fetchval("select count(*) from contacts where phone = '+13125550183'")
    assert found == 0
