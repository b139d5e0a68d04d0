"""Calling back from a page: who may, whom, how often, and what is refused with a sentence."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import httpx2
import pytest

from ringback.domain.business import Staff
from ringback.domain.call_back_calls import RingProgress, RingStep, spoken_connect, why_not_ring
from ringback.domain.textback import Mark
from ringback.ports import AskToConnect, Connect, VoiceStep
from ringback.store import businesses, call_back_calls, contacts
from ringback.store.businesses import LineSetup
from ringback.store.call_backs import NewCallBack, add_call_back
from ringback.store.contacts import NewMark
from ringback.store.db import business_transaction
from ringback.store.ids import new_id
from ringback.workflows.call_back_calls import ring_back, take_progress
from tests.cast import CARLA, HARBOR_NUMBER, NOON, SAM_PHONE, SETTINGS, TestClock, harbor
from tests.store.stock import take_call
from tests.web.pages_cast import Site


async def sam(site: Site, staff: str | None = "Sam", role: str = "staff") -> httpx2.AsyncClient:
    """Return the browser of Sam, who is on the staff list unless said otherwise."""
    browser = await site.visitor(site.shops.harbor, role, "Sam")
    staff_id = next((one.staff_id for one in site.shops.harbor.staff if one.name == staff), None)
    await site.context.pool.execute(
        "update memberships set staff_id = $1 where person_id = (select person_id from people where email = $2)",
        *(staff_id, f"sam-{role}@{site.shops.harbor.slug}.example"),
    )
    return browser


async def tap(site: Site, browser: httpx2.AsyncClient) -> httpx2.Response:
    """Tap "Call back" in Carla's thread."""
    return await browser.post(f"/threads/{await site.thread_of()}/rings")


async def rings(site: Site) -> int:
    """Return how many calls back were asked for."""
    return int(str(await site.value("select count(*) from call_back_calls")))


async def test_a_tap_asks_for_one_call_and_says_what_comes(site: Site) -> None:
    await site.write("Call me", name="Carla Ruiz")
    browser = await sam(site)
    done = await tap(site, browser)
    assert done.status_code == 303
    text = (await browser.get(done.headers["location"])).text
    assert "Your phone is about to ring. Answer it, and press 1." in text
    assert "Carla Ruiz" in text
    thread = (await browser.get(f"/threads/{await site.thread_of()}")).text
    assert done.headers["location"] in thread


async def test_two_taps_ring_once_and_more_than_six_in_an_hour_are_held(site: Site, clock: TestClock) -> None:
    await site.write("Call me")
    browser = await sam(site)
    taken = []
    for _ in range(9):
        taken.append((await tap(site, browser)).status_code)
        again = await tap(site, browser)
        assert again.status_code == 422
        assert "rung already" in again.text
        clock.pass_time(120)
    assert taken == [303] * 6 + [422] * 3
    assert await rings(site) == 6


async def test_the_number_is_the_threads_own_whatever_a_form_says(site: Site) -> None:
    await site.write("Call me")
    browser = await sam(site)
    await browser.post(f"/threads/{await site.thread_of()}/rings", data={"phone": "+19005550100", "to": "+19005550100"})
    ring_id = await site.value("select ring_id from call_back_calls")
    async with business_transaction(site.context.pool, site.shops.harbor.business_id) as connection:
        row = await call_back_calls.claim_ring(connection, site.shops.harbor.business_id, ring_id, NOON)
    assert row is not None
    assert row["phone"] == CARLA


@pytest.mark.parametrize(
    ("staff", "phone", "blocked", "said"),
    [
        (None, CARLA, False, "not on the staff list"),
        (Staff(UUID(int=1), "Sam"), CARLA, False, "no phone number of yours"),
        (Staff(UUID(int=1), "Sam", SAM_PHONE), CARLA, True, "is blocked"),
        (Staff(UUID(int=1), "Sam", SAM_PHONE), SAM_PHONE, False, "your own number"),
        (Staff(UUID(int=1), "Sam", SAM_PHONE), "+19005550100", False, "costs extra"),
        (Staff(UUID(int=1), "Sam", SAM_PHONE), "+442071838750", False, "abroad"),
        (Staff(UUID(int=1), "Sam", SAM_PHONE), "55512", False, "costs extra"),
        (Staff(UUID(int=1), "Sam", SAM_PHONE), CARLA, False, None),
        (Staff(UUID(int=1), "Sam", SAM_PHONE), "+18005550100", False, None),
    ],
)
def test_who_is_not_rung_and_why(staff: Staff | None, phone: str, blocked: bool, said: str | None) -> None:
    why = why_not_ring(harbor(), staff, phone, blocked=blocked)
    assert said in why if said and why else why is None and said is None


async def test_somebody_who_is_not_on_the_staff_list_is_told_so(site: Site) -> None:
    await site.write("Call me")
    refused = await tap(site, await sam(site, staff=None))
    assert refused.status_code == 422
    assert "You are not on the staff list" in refused.text
    assert await rings(site) == 0


async def test_a_blocked_contact_is_not_rung(site: Site) -> None:
    await site.write("Call me")
    business_id = site.shops.harbor.business_id
    async with business_transaction(site.context.pool, business_id) as connection:
        contact_id = await contacts.find_or_create_contact(connection, business_id, CARLA, NOON)
        await contacts.add_mark(connection, business_id, contact_id, NewMark(Mark.BLOCKED, "rude", "Sam"), NOON)
    assert (await tap(site, await sam(site))).status_code == 422
    assert await rings(site) == 0


async def test_a_viewer_and_the_rival_ring_nobody(site: Site) -> None:
    await site.write("Call me")
    thread_id = await site.thread_of()
    viewer = await sam(site, staff=None, role="viewer")
    assert (await viewer.post(f"/threads/{thread_id}/rings")).status_code == 403
    rex = await site.rex()
    assert (await rex.post(f"/threads/{thread_id}/rings")).status_code == 404
    browser = await sam(site)
    page = (await tap(site, browser)).headers["location"]
    assert (await rex.get(page)).status_code == 404
    assert (await rex.post(f"/call-backs/{new_id()}/rings")).status_code == 404
    assert await rings(site) == 1


async def test_a_call_back_task_rings_its_contact(site: Site) -> None:
    await site.write("Call me")
    business_id = site.shops.harbor.business_id
    async with business_transaction(site.context.pool, business_id) as connection:
        contact_id = await contacts.find_or_create_contact(connection, business_id, CARLA, NOON)
        await add_call_back(connection, business_id, NewCallBack(None, contact_id, CARLA, "asked", NOON), NOON)
    task = await site.value("select call_back_id from call_backs")
    browser = await sam(site)
    assert f'action="/call-backs/{task}/rings"' in (await browser.get("/call-backs")).text
    assert (await browser.post(f"/call-backs/{task}/rings")).status_code == 303
    assert await rings(site) == 1


async def test_a_call_that_waited_too_long_for_the_worker_is_not_made(site: Site, clock: TestClock) -> None:
    await site.write("Call me")
    browser = await sam(site)
    page = (await tap(site, browser)).headers["location"]
    clock.pass_time(60)
    await ring_back(site.context, site.shops.harbor.business_id, UUID(page.rpartition("/")[2]))
    assert "This took too long" in (await browser.get(page)).text


async def test_a_company_out_of_reach_is_said_so_and_not_asked_again(site: Site) -> None:
    await site.write("Call me")
    browser = await sam(site)
    page = (await tap(site, browser)).headers["location"]
    for _ in range(2):
        await ring_back(site.context, site.shops.harbor.business_id, UUID(page.rpartition("/")[2]))
    assert "could not be reached" in (await browser.get(page)).text


async def progress(site: Site, ring_id: UUID, step: RingStep, seconds: float, talked: int | None = None) -> object:
    """Let the phone company tell how far a call has come, so long after NOON."""
    business = site.shops.harbor
    setup = LineSetup(business, business.lines[0], SETTINGS, 1)
    told = RingProgress(str(ring_id), step, NOON + timedelta(seconds=seconds), talked)
    return await take_progress(site.context, setup, told, told.at)


async def test_each_step_leads_to_the_next_and_the_contact_hears_the_business(site: Site) -> None:
    await site.write("Call me", name="Carla Ruiz")
    await tap(site, await sam(site))
    ring_id = await site.value("select ring_id from call_back_calls")
    asked = await progress(site, ring_id, RingStep.STAFF_ANSWERED, 5)
    assert asked == AskToConnect("Harbor Dental. Press 1 to be connected to Carla Ruiz.", "en", str(ring_id))
    connect = await progress(site, ring_id, RingStep.STAFF_ACCEPTED, 8)
    assert connect == Connect(CARLA, HARBOR_NUMBER, 30, str(ring_id))
    assert await progress(site, ring_id, RingStep.CONTACT_OVER, 60, 40) is VoiceStep.HANG_UP


async def test_a_number_that_costs_extra_by_now_is_not_rung_when_the_staff_phone_is_up(site: Site) -> None:
    await site.write("Call me")
    await tap(site, await sam(site))
    ring_id = await site.value("select ring_id from call_back_calls")
    await site.value("update contacts set phone = '+19005550100' where phone = $1 returning 1", CARLA)
    assert await progress(site, ring_id, RingStep.STAFF_ACCEPTED, 8) is VoiceStep.HANG_UP


@pytest.mark.parametrize("talked", [9, 10])
async def test_the_wait_counts_from_the_first_missed_call_once_both_have_spoken_ten_seconds(
    site: Site, clock: TestClock, talked: int
) -> None:
    business = site.shops.harbor
    async with business_transaction(site.context.pool, business.business_id) as connection:
        for name, minutes in (("CA1", -30), ("CA2", -10)):
            call_id = await take_call(connection, business, name)
            await connection.execute(
                "update calls set outcome = 'no_answer', over_at = $2 where call_id = $1",
                *(call_id, NOON + timedelta(minutes=minutes)),
            )
    await site.write("Call me")
    await tap(site, await sam(site))
    ring_id = await site.value("select ring_id from call_back_calls")
    await progress(site, ring_id, RingStep.STAFF_ACCEPTED, 8)
    await progress(site, ring_id, RingStep.CONTACT_ANSWERED, 20)
    # The same news twice, and the end of the staff's leg first, make no difference.
    for step, seconds, spoken in ((RingStep.OVER, 60, None), (RingStep.CONTACT_OVER, 60, talked)) * 2:
        await progress(site, ring_id, step, seconds, spoken)
    async with business_transaction(site.context.pool, business.business_id) as connection:
        until = NOON + timedelta(days=1)
        counted = await call_back_calls.callback_seconds(connection, business.business_id, NOON, until)
    assert counted == ((1, 30 * 60 + 20) if talked == 10 else (0, None))


async def test_another_line_and_an_unknown_call_move_nothing(site: Site) -> None:
    await site.write("Call me")
    await tap(site, await sam(site))
    ring_id = await site.value("select ring_id from call_back_calls")
    business = site.shops.harbor
    told = RingProgress(str(ring_id), RingStep.STAFF_ACCEPTED, NOON)
    other = LineSetup(business, business.lines[1], SETTINGS, 1)
    assert await take_progress(site.context, other, told, NOON) is VoiceStep.HANG_UP
    for strange in (str(new_id()), "no id"):
        told = RingProgress(strange, RingStep.STAFF_ACCEPTED, NOON)
        setup = LineSetup(business, business.lines[0], SETTINGS, 1)
        assert await take_progress(site.context, setup, told, NOON) is VoiceStep.HANG_UP
    assert await site.value("select staff_accepted_at from call_back_calls") is None


def test_the_staff_phone_speaks_the_language_of_the_business() -> None:
    spanish = replace(harbor(), language="es")
    assert spoken_connect(spanish, "Carla") == "Harbor Dental. Pulse 1 para hablar con Carla."
    assert spoken_connect(harbor(), None) == "Harbor Dental. Press 1 to be connected to your caller."


async def test_without_a_phone_in_the_settings_nobody_is_rung(site: Site) -> None:
    business = site.shops.harbor
    bare = replace(business, staff=(replace(business.staff[0], phone=None), *business.staff[1:]))
    async with business_transaction(site.context.pool, business.business_id) as connection:
        await businesses.save_business(connection, bare, {}, NOON)
    await site.write("Call me")
    assert "There is no phone number of yours" in (await tap(site, await sam(site))).text
