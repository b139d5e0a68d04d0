"""Calling back with one tap, through real HTTP: the staff phone rings first, then the contact's."""

from typing import Any
from uuid import UUID

import httpx2
import pytest

from ringback.store import people
from ringback.store.ids import new_id
from ringback.store.people import Person
from tests.cast import CARLA, HARBOR_NUMBER, NOON, OLGA_PHONE, SAM_PHONE
from tests.journeys.shop import Shop
from tests.web.pages_cast import COOKIE

# A keyword of Python, so it cannot be written as an argument.
FROM_HARBOR: dict[str, Any] = {"from": HARBOR_NUMBER}


async def signed_in(shop: Shop) -> httpx2.AsyncClient:
    """Return the browser of Sam, who is on the staff list."""
    sam = Person(new_id(), f"sam@{shop.business.slug}.example", "Sam", "no password")
    person_id = await people.save_person(shop.pool, sam, shop.business.business_id, "staff", NOON)
    await shop.pool.execute(
        "update memberships set staff_id = $1 where person_id = $2", shop.business.staff[0].staff_id, person_id
    )
    now = await shop.pool.fetchval("select now()")
    token = await people.start_session(shop.pool, person_id, shop.business.business_id, now)
    url = shop.installation.url
    return httpx2.AsyncClient(base_url=url, cookies={COOKIE: token}, headers={"origin": url}, timeout=20)


async def carlas_thread(shop: Shop) -> UUID:
    """Let Carla be missed; return her thread."""
    await shop.phones("no_answer")
    await shop.missed()
    [thread] = await shop.wait_for(
        lambda: shop.fetch("select thread_id from threads where not for_alerts"), "the thread"
    )
    # The missed call has rung the same phones.
    await shop.company.look_from_now()
    found: UUID = thread["thread_id"]
    return found


async def tap(shop: Shop, thread_id: UUID) -> str:
    """Let Sam tap "Call back" in a thread; return the page that is shown."""
    async with await signed_in(shop) as sam:
        done = await sam.post(f"/threads/{thread_id}/rings")
        assert done.status_code == 303, done.text
        return str(done.headers["location"])


async def ended(shop: Shop) -> Any:
    """Wait for the end of the call, and return its row."""
    look = "select * from call_back_calls where ended_at is not null or failed is not null"
    [row] = await shop.wait_for(lambda: shop.fetch(look), "the end of the call")
    return row


async def ask_for_task(shop: Shop) -> None:
    """Note that Carla waits for a call."""
    await shop.fetch(
        "insert into call_backs (business_id, call_back_id, contact_id, caller, why, due_at, created_at) "
        "select business_id, $1, contact_id, phone, 'She asked for it.', now(), now() from contacts returning 1",
        new_id(),
    )


async def test_both_phones_are_connected_and_the_task_is_done(shop: Shop) -> None:
    thread_id = await carlas_thread(shop)
    await ask_for_task(shop)
    await shop.company.behave(SAM_PHONE, "answer", keys="1")
    await shop.company.behave(CARLA, "answer", hang_up_after_seconds=12)
    page = await tap(shop, thread_id)

    row = await ended(shop)
    assert row["failed"] is None
    assert row["talk_seconds"] >= 10
    assert row["missed_at"] <= row["asked_at"] <= row["staff_answered_at"] <= row["staff_accepted_at"]
    assert row["staff_accepted_at"] <= row["contact_answered_at"] <= row["ended_at"]
    done = await shop.fetch("select done_by from call_backs where why = 'She asked for it.'")
    assert [one["done_by"] for one in done] == ["Sam"]
    assert not await shop.company.events("call.ringing", to=OLGA_PHONE, **FROM_HARBOR)
    async with await signed_in(shop) as sam:
        assert "The call is over." in (await sam.get(page)).text
        thread = (await sam.get(f"/threads/{row['thread_id']}")).text
        assert "Called back" in thread


@pytest.mark.parametrize("manner", ["no_answer", "decline", "voicemail"])
async def test_a_staff_phone_that_nobody_answers_rings_nobody_else(shop: Shop, manner: str) -> None:
    thread_id = await carlas_thread(shop)
    await shop.company.behave(CARLA, "answer")
    await shop.company.behave(SAM_PHONE, manner)
    await tap(shop, thread_id)
    assert (await ended(shop))["failed"] == "no_staff"
    assert not await shop.company.events("call.ringing", to=CARLA)


async def test_a_contact_who_does_not_answer_leaves_the_task_open(shop: Shop) -> None:
    thread_id = await carlas_thread(shop)
    await ask_for_task(shop)
    await shop.company.behave(SAM_PHONE, "answer", keys="1")
    await shop.company.behave(CARLA, "decline")
    await tap(shop, thread_id)
    row = await ended(shop)
    assert (row["failed"], row["talk_seconds"]) == ("no_contact", None)
    assert len(await shop.fetch("select 1 from call_backs where done_at is null and why = 'She asked for it.'")) == 1


async def test_a_company_that_refuses_is_said_so_and_asked_once(shop: Shop) -> None:
    thread_id = await carlas_thread(shop)
    await shop.company.set_rest_fault("500_before", on="calls", count=1)
    page = await tap(shop, thread_id)
    assert (await ended(shop))["failed"] == "uncertain"
    async with await signed_in(shop) as sam:
        assert "Your phone may still ring" in (await sam.get(page)).text
    await shop.quiet()
    assert not await shop.company.events("call.ringing", to=SAM_PHONE, **FROM_HARBOR)
