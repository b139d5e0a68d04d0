"""Bookings, openings, the feed, and what the receptionist leaves behind, through the REST API."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx2
import pytest

from ringback.store import promises
from ringback.store.db import business_transaction
from ringback.store.ids import new_id
from ringback.store.promises import NewPromise
from ringback.workflows.context import Context
from tests.cast import NOON
from tests.fixtures import Shops
from tests.web.api_cast import Seen
from tests.web.bookings_cast import OLGA, SAM, THURSDAY_TEN, book, open_bookings, turn

AT = "2026-11-19T16:00:00Z"
FRIDAY = "2026-11-20T16:00:00Z"


@pytest.fixture
async def shops(context: Context, shops: Shops) -> Shops:
    """Both shops, with services that can be booked."""
    return await open_bookings(context, shops)


async def make(api: httpx2.AsyncClient, **changes: Any) -> httpx2.Response:
    """Ask for a booking."""
    wanted = {"service": "Cleaning", "starts_at": AT, "phone": "(312) 555-0177", "for_whom": "Nora Vale"}
    return await api.post("/api/v1/bookings", json=wanted | changes)


def code(answer: httpx2.Response) -> str:
    """Return which problem an answer is."""
    return str(answer.json()["type"]).rpartition(":")[2]


async def test_openings_are_the_free_starts_of_the_days_asked_for(api: httpx2.AsyncClient) -> None:
    asked = {"service": "Cleaning", "from": "2026-11-19", "to": "2026-11-20", "staff": str(SAM)}
    before = (await api.get("/api/v1/openings", params=asked)).json()["items"]
    await make(api, staff=str(SAM))
    after = (await api.get("/api/v1/openings", params=asked)).json()["items"]

    gone = {one["starts_at"] for one in before} - {one["starts_at"] for one in after}
    assert (before[0]["starts_at"], before[0]["staff_name"]) == ("2026-11-19T15:00:00Z", "Sam")
    assert gone == {"2026-11-19T15:30:00Z", AT, "2026-11-19T16:30:00Z"}
    assert [one["starts_at"] for one in before] == sorted(one["starts_at"] for one in before)


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"service": "Nothing"}, "query.service"),
        ({"service": "Advice"}, "query.service"),
        ({"service": "Cleaning", "from": "2026-11-20", "to": "2026-11-19"}, "query.to"),
        ({"service": "Cleaning", "from": "2026-11-01", "to": "2026-12-02"}, "query.to"),
        ({"service": "Cleaning", "first_on": "2026-11-01"}, "query.first_on"),
        ({}, "query.service"),
    ],
)
async def test_openings_that_cannot_be_looked_for_are_refused_by_field(
    api: httpx2.AsyncClient, asked: dict[str, str], field: str
) -> None:
    answer = await api.get("/api/v1/openings", params=asked)

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
async def test_days_at_the_edge_of_the_calendar_have_no_openings(api: httpx2.AsyncClient, day: str) -> None:
    answer = await api.get("/api/v1/openings", params={"service": "Cleaning", "from": day})

    assert (answer.status_code, answer.json()["items"]) == (200, [])


async def test_a_booking_is_made_once_under_its_id(api: httpx2.AsyncClient) -> None:
    wanted = str(new_id())

    answers = [await make(api, id=wanted, staff=str(OLGA), details={"tooth": "left"}) for _ in range(2)]

    [booking] = (await api.get("/api/v1/bookings")).json()["items"]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json() == booking
    assert (booking["id"], booking["state"], booking["made_by"]) == (wanted, "booked", "api")
    assert (booking["staff_name"], booking["for_whom"], booking["details"]) == ("Olga", "Nora Vale", {"tooth": "left"})
    assert (booking["price_cents"], booking["contact"]["phone"]) == (12900, "+13125550177")


async def test_a_start_that_is_not_free_is_refused_and_nothing_is_booked(api: httpx2.AsyncClient) -> None:
    await make(api, staff=str(SAM))

    answers = [
        await make(api, staff=str(SAM), phone="+13125550178"),
        await make(api, starts_at="2026-11-22T16:00:00Z"),
        await make(api, starts_at="2026-11-19T16:07:00Z"),
    ]

    assert [(answer.status_code, code(answer)) for answer in answers] == [(409, "taken")] * 3
    assert len((await api.get("/api/v1/bookings")).json()["items"]) == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"service": "Nothing"}, "body.service"),
        ({"phone": "12"}, "body.phone"),
        ({"service": "Home visit"}, "body.address"),
        ({"starts_at": "2026-11-19T16:00:00"}, "body.starts_at"),
        ({"details": {f"d{n}": "x" for n in range(21)}}, "body.details"),
    ],
)
async def test_a_booking_that_cannot_be_made_is_refused_by_field(
    api: httpx2.AsyncClient, change: dict[str, Any], field: str
) -> None:
    answer = await make(api, **change)

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)


async def test_a_booking_is_moved_confirmed_marked_and_cancelled(api: httpx2.AsyncClient) -> None:
    path = f"/api/v1/bookings/{(await make(api)).json()['id']}"

    moved = (await api.patch(path, json={"starts_at": FRIDAY})).json()
    same = (await api.patch(path, json={"starts_at": FRIDAY})).json()
    confirmed = (await api.patch(path, json={"confirmed": True})).json()
    missed = (await api.patch(path, json={"state": "no_show"})).json()
    taken_back = (await api.patch(path, json={"state": "booked"})).json()
    cancelled = (await api.patch(path, json={"state": "cancelled", "why": "They called."})).json()
    changes = ({"starts_at": AT}, {"state": "done"}, {"state": "cancelled"})
    too_late = [await api.patch(path, json=change) for change in changes]

    assert (moved["starts_at"], moved["moved_from"], same["starts_at"]) == (FRIDAY, AT, FRIDAY)
    assert confirmed["confirmed_at"] is not None
    assert (missed["state"], missed["marked_by"], taken_back["state"]) == ("no_show", "API", "booked")
    assert (cancelled["state"], cancelled["cancelled_by"]) == ("cancelled", "API")
    assert cancelled["cancel_why"] == "They called."
    assert [(answer.status_code, code(answer)) for answer in too_late] == [(409, "not_possible")] * 3


async def test_a_move_to_a_start_that_is_taken_leaves_the_booking(api: httpx2.AsyncClient) -> None:
    await make(api, starts_at=FRIDAY, staff=str(SAM), phone="+13125550178")
    booking = (await make(api, staff=str(SAM))).json()
    path = f"/api/v1/bookings/{booking['id']}"

    answer = await api.patch(path, json={"starts_at": FRIDAY, "staff": str(SAM)})

    assert (answer.status_code, code(answer)) == (409, "taken")
    assert (await api.get(path)).json() == booking


@pytest.mark.parametrize(
    "change", [{}, {"why": "x"}, {"state": "done", "confirmed": True}, {"confirmed": False}, {"state": "held"}]
)
async def test_a_change_is_one_change(api: httpx2.AsyncClient, change: dict[str, Any]) -> None:
    path = f"/api/v1/bookings/{(await make(api)).json()['id']}"

    assert (await api.patch(path, json=change)).status_code == 422


async def test_bookings_are_found_by_each_filter(api: httpx2.AsyncClient) -> None:
    first = (await make(api, staff=str(SAM))).json()
    other = (await make(api, starts_at=FRIDAY, staff=str(OLGA), phone="+13125550178")).json()
    await api.patch(f"/api/v1/bookings/{other['id']}", json={"state": "cancelled"})

    filters: list[dict[str, str]] = [
        {"until": FRIDAY}, {"staff": str(SAM)}, {"contact": first["contact"]["id"]}, {"state": "booked"},
        {"since": AT, "until": "2026-11-19T16:00:01Z"}, {"service": "Cleaning", "state": "booked"},
    ]  # fmt: skip
    found = [[one["id"] for one in (await api.get("/api/v1/bookings", params=f)).json()["items"]] for f in filters]
    none = [{"service": "Home visit"}, {"since": "2026-11-21T00:00:00Z"}, {"changed_since": "2026-11-19T00:00:00Z"}]

    assert found == [[first["id"]]] * len(filters)
    assert [(await api.get("/api/v1/bookings", params=f)).json()["items"] for f in none] == [[]] * len(none)


async def test_the_list_of_bookings_goes_on_where_its_page_ended(
    api: httpx2.AsyncClient, context: Context, shops: Shops
) -> None:
    for n in range(5):
        await book(context, shops.harbor, THURSDAY_TEN + timedelta(hours=n // 2), phone=f"+1312555018{n}")
    whole = [one["id"] for one in (await api.get("/api/v1/bookings")).json()["items"]]

    walked, cursor = list[str](), None
    while not walked or cursor:
        page = (await api.get("/api/v1/bookings", params={"limit": 2, **({"cursor": cursor} if cursor else {})})).json()
        walked += [one["id"] for one in page["items"]]
        cursor = page["next_cursor"]

    assert (walked, len(whole)) == (whole, 5)


async def test_the_feed_gets_another_address_and_the_old_one_ends(api: httpx2.AsyncClient) -> None:
    old, same = [(await api.get("/api/v1/feed")).json()["url"] for _ in range(2)]
    new = (await api.post("/api/v1/feed")).json()["url"]

    assert old == same != new
    assert new == (await api.get("/api/v1/feed")).json()["url"]
    assert new.startswith("http://ringback.test/feeds/harbor-dental/")


async def test_turns_tell_why_the_receptionist_said_it(
    api: httpx2.AsyncClient, context: Context, shops: Shops, seen: Seen
) -> None:
    said = await turn(context, shops.harbor, seen.thread_id, seen.message_id, "Behind the house.")

    [told] = (await api.get(f"/api/v1/threads/{seen.thread_id}/turns")).json()["items"]

    assert (told["heard"], told["said"], told["happened"]) == ([str(seen.message_id)], [str(said)], "heard")
    assert told["why"] == [{"sentence": "They asked where to park.", "fact": "Where do I park?"}]
    assert told["actions"] == [{"action": "RecordGap", "question": "Is it free?"}]


async def test_a_thread_is_taken_over_and_handed_back(
    api: httpx2.AsyncClient, context: Context, shops: Shops, seen: Seen
) -> None:
    await turn(context, shops.harbor, seen.thread_id, seen.message_id, "Behind the house.")
    path = f"/api/v1/threads/{seen.thread_id}/takeover"

    taken, back, again = await api.post(path), await api.delete(path), await api.delete(path)

    assert (taken.json()["paused_by"], taken.json()["paused_at"] is not None) == ("API", True)
    assert back.json() == again.json() == {"paused_at": None, "paused_by": None}


async def test_an_emergency_is_taken_once(api: httpx2.AsyncClient, seen: Seen) -> None:
    path = f"/api/v1/alerts/{seen.alert_id}/acknowledgement"
    before = (await api.get("/api/v1/alerts")).json()["items"]

    first = (await api.post(path, json={"by": "Sam", "minutes": 30})).json()
    second = (await api.post(path, json={"by": "Olga"})).json()

    [open_one] = before
    assert (open_one["id"], open_one["words"], open_one["acknowledged_by"]) == (str(seen.alert_id), "It bleeds", None)
    assert (first["acknowledged_by"], first["eta_minutes"]) == ("Sam", 30)
    assert second == first
    assert (await api.get("/api/v1/alerts")).json()["items"] == []
    assert (await api.get("/api/v1/alerts?state=done")).json()["items"] == [first]
    assert (await api.post(path, json={"by": "Sam", "minutes": 0})).status_code == 422


async def test_a_gap_is_taken_off_the_list_once(api: httpx2.AsyncClient, seen: Seen) -> None:
    path = f"/api/v1/gaps/{seen.gap_id}/answer"

    first, second = (await api.post(path)).json(), (await api.post(path)).json()

    assert (first["question"], first["answered_by"], second) == ("Do you take insurance?", "API", first)
    assert (await api.get("/api/v1/gaps")).json()["items"] == []
    assert (await api.get("/api/v1/gaps?state=done")).json()["items"] == [first]


async def test_a_promise_is_kept_by_completing_its_call_back(
    api: httpx2.AsyncClient, context: Context, shops: Shops, seen: Seen
) -> None:
    business_id = shops.harbor.business_id
    async with business_transaction(context.pool, business_id) as connection:
        made = NewPromise(seen.thread_id, "Call Carla", NOON + timedelta(hours=1), "Sam")
        await promises.add_promise(connection, business_id, made, NOON)
    [promise] = (await api.get("/api/v1/promises")).json()["items"]

    await api.post(f"/api/v1/call-backs/{promise['call_back_id']}/completion")

    assert (promise["about"], promise["owner"], promise["done_at"]) == ("Call Carla", "Sam", None)
    assert (await api.get("/api/v1/promises")).json()["items"] == []
    [kept] = (await api.get("/api/v1/promises?state=done")).json()["items"]
    assert (kept["id"], kept["done_by"]) == (promise["id"], "API")


async def test_who_waits_for_an_opening_is_listed(api: httpx2.AsyncClient, seen: Seen) -> None:
    [waiting] = (await api.get("/api/v1/waiting-list")).json()["items"]

    assert (waiting["service"], UUID(waiting["contact"]["id"])) == ("Cleaning", seen.contact_id)
