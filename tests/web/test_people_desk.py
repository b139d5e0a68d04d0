"""A shared desk: switching by PIN, what a PIN may not do, and the lock when nobody is there."""

from uuid import UUID

import httpx2

from ringback.web import auth
from tests.cast import TestClock
from tests.web.pages_cast import COOKIE, Site
from tests.web.test_people_roles import person_of, whats

PIN = "491827"


async def desk_of(site: Site, minutes: str = "5") -> httpx2.AsyncClient:
    """Return the browser at Harbor's reception: Olga made it a shared desk, and both have a PIN."""
    olga = await site.olga()
    sam = await site.visitor(site.shops.harbor, "staff", "Sam")
    for one in (olga, sam):
        assert (await one.post("/me/pin", data={"pin": PIN})).status_code == 303
    await olga.post("/people/desks", data={"name": "Reception", "minutes": minutes})
    return olga


async def switch(client: httpx2.AsyncClient, person: UUID, pin: str = PIN) -> httpx2.Response:
    """Switch to somebody."""
    return await client.post("/desk", data={"person": str(person), "pin": pin})


async def test_two_people_take_turns_at_one_desk(site: Site) -> None:
    desk = await desk_of(site)
    olgas = desk.cookies[COOKIE]

    chooser = await desk.get("/desk")
    answer = await switch(desk, await person_of(site, "Sam"))
    page = await desk.get("/me")

    assert ("Olga" in chooser.text, "Sam" in chooser.text) == (True, True)
    assert answer.status_code == 303
    assert 'value="Sam"' in page.text
    before = await site.visitor()
    before.cookies.set(COOKIE, olgas)
    assert (await before.get("/me")).status_code == 303, "whoever was there before is signed out"


async def test_a_pin_gives_an_owner_the_rights_of_staff_and_no_way_to_more(site: Site) -> None:
    desk = await desk_of(site)
    await switch(desk, await person_of(site, "Olga"))

    answers = [
        await desk.get("/people"),
        await desk.post("/me/password", data={"current": "x", "password": "a brand new word"}),
        await desk.post("/me/pin", data={"pin": "738291"}),
        await desk.post("/me/passkeys/challenge"),
        await desk.post("/me/passkeys", data={"credential": "{}"}),
        await desk.post("/me/sessions/end"),
        await desk.get("/session/business"),
        await desk.post("/session/business", data={"business": str(site.shops.rex.business_id)}),
    ]

    assert (await desk.get("/calls")).status_code == 200
    assert {answer.status_code for answer in answers} == {403}


async def test_five_wrong_pins_hold_one_person_back_at_one_desk(site: Site, clock: TestClock) -> None:
    desk = await desk_of(site)
    sam, olga = await person_of(site, "Sam"), await person_of(site, "Olga")
    wrong = [(await switch(desk, sam, "000000")).status_code for _ in range(5)]

    held = await switch(desk, sam)
    other = await switch(desk, olga)
    clock.pass_time(15 * 60 + 1)
    later = await switch(desk, sam)

    assert wrong == [422] * 5
    assert held.status_code == 429
    assert "Too many tries." in held.text
    assert (other.status_code, later.status_code) == (303, 303)


async def test_a_pin_opens_nothing_away_from_the_desk(site: Site) -> None:
    await desk_of(site)
    stranger = await site.visitor()

    answer = await switch(stranger, await person_of(site, "Sam"))

    assert answer.headers["location"] == "/sign-in"
    assert COOKIE not in answer.cookies


async def test_nobody_of_another_business_switches_to_themselves_here(site: Site) -> None:
    desk, rex = await desk_of(site), await site.rex()
    await rex.post("/me/pin", data={"pin": PIN})

    answer = await switch(desk, await person_of(site, "Rex"))

    assert answer.status_code == 422
    assert "Rex" not in (await desk.get("/desk")).text


async def test_a_desk_locks_when_nobody_is_there(site: Site, clock: TestClock) -> None:
    desk = await desk_of(site, "2")
    await switch(desk, await person_of(site, "Sam"))
    clock.pass_time(110)
    busy = await desk.get("/calls")
    clock.pass_time(110)
    still = await desk.post("/session/presence")
    clock.pass_time(121)

    locked = await desk.get("/calls")
    chooser = await desk.get("/sign-in")

    assert (busy.status_code, still.status_code) == (200, 204)
    assert locked.headers["location"].startswith("/sign-in")
    assert chooser.headers["location"] == "/desk"


async def test_what_a_page_asks_for_by_itself_keeps_no_desk_open(site: Site, clock: TestClock) -> None:
    desk = await desk_of(site, "2")
    await switch(desk, await person_of(site, "Sam"))
    clock.pass_time(100)
    await desk.get("/calls", headers={"hx-request": "true"})
    clock.pass_time(30)

    assert (await desk.get("/calls")).status_code == 303


async def test_locking_by_hand_signs_out_at_once(site: Site) -> None:
    desk = await desk_of(site)
    await switch(desk, await person_of(site, "Sam"))

    answer = await desk.post("/desk/lock")

    assert answer.headers["location"] == "/desk"
    assert (await desk.get("/calls")).status_code == 303


async def test_a_password_still_signs_in_at_a_desk_and_locks_like_a_pin(site: Site, clock: TestClock) -> None:
    desk = await desk_of(site, "2")
    await site.context.pool.execute("update people set password_hash = $1", await auth.hash_secret("drill-baby-drill"))
    form = await desk.get("/sign-in?own=1")
    await desk.post("/desk/lock")
    form = await desk.get("/sign-in?own=1")
    own = {"email": "olga-owner@harbor-dental.example", "password": "drill-baby-drill"}

    await desk.post("/sign-in", data=own)
    people = await desk.get("/people")
    clock.pass_time(121)

    assert "Sign in to Ringback" in form.text
    assert people.status_code == 200, "with her own password she is the owner"
    assert (await desk.get("/people")).status_code == 303


async def test_owners_set_the_minutes_and_end_the_desk(site: Site) -> None:
    olga = await desk_of(site)
    desk_id = await site.value("select desk_id from shared_desks")

    wrong = await olga.post(f"/people/desks/{desk_id}/minutes", data={"minutes": "0"})
    right = await olga.post(f"/people/desks/{desk_id}/minutes", data={"minutes": "9"})
    minutes = str(await site.value("select idle_minutes from shared_desks"))
    await olga.post(f"/people/desks/{desk_id}/end")

    assert (wrong.status_code, right.status_code, minutes) == (422, 303, "9")
    assert (await olga.get("/desk")).headers["location"] == "/sign-in"
    assert (await whats(site))[:2] == ["people.desk_ended", "people.desk_minutes"]


async def test_a_desk_of_harbor_is_nothing_to_the_rival(site: Site) -> None:
    await desk_of(site)
    rex = await site.rex()
    path = f"/people/desks/{await site.value('select desk_id from shared_desks')}"

    answers = [await rex.post(f"{path}/minutes", data={"minutes": "9"}), await rex.post(f"{path}/end")]

    assert {answer.status_code for answer in answers} == {404}
    assert str(await site.value("select idle_minutes from shared_desks where ended_at is null")) == "5"


async def test_what_is_wrong_with_a_desk_stands_beside_the_field_and_is_kept(site: Site) -> None:
    olga = await site.olga()

    answer = await olga.post("/people/desks", data={"name": "", "minutes": "soon"})

    assert answer.status_code == 422
    assert ("Write a name." in answer.text, "from 1 to 240." in answer.text) == (True, True)
    assert 'value="soon"' in answer.text
    assert str(await site.value("select count(*) from shared_desks")) == "0"
