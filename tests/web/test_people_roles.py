"""Who works here: roles given and taken by owners, the last of whom stays, and nobody above themselves."""

import asyncio
from uuid import UUID

import httpx2
import pytest

from ringback.store import audit, members
from ringback.store.db import business_transaction
from tests.web.pages_cast import COOKIE, Site


async def person_of(site: Site, name: str) -> UUID:
    """Return somebody's id."""
    return await site.value("select person_id from people where name = $1", name)


async def role_of(site: Site, name: str) -> str | None:
    """Return somebody's role at Harbor's."""
    return await members.role_in(site.context.pool, site.shops.harbor.business_id, await person_of(site, name))


async def whats(site: Site) -> list[str]:
    """Return what was changed at Harbor's, the newest first."""
    async with business_transaction(site.context.pool, site.shops.harbor.business_id) as connection:
        return [row["what"] for row in await audit.list_entries(connection, site.shops.harbor.business_id, None, 50)]


async def sam(site: Site, role: str = "staff") -> httpx2.AsyncClient:
    """Return the browser of Harbor's Sam."""
    return await site.visitor(site.shops.harbor, role, "Sam")


async def test_an_owner_sees_who_works_here_and_nobody_of_the_rival(site: Site) -> None:
    olga, _, _ = await site.olga(), await sam(site), await site.rex()

    page = (await olga.get("/people")).text

    assert "sam-staff@harbor-dental.example" in page
    assert "rex" not in page.lower()


@pytest.mark.parametrize("role", ["staff", "viewer"])
async def test_only_owners_open_the_page_and_its_forms(site: Site, role: str) -> None:
    client = await sam(site, role)
    person_id = await person_of(site, "Sam")

    answers = [
        await client.get("/people"),
        await client.post(f"/people/{person_id}/role", data={"role": "owner"}),
        await client.post("/people/invitations", data={"name": "Eve", "role": "viewer"}),
        await client.post("/people/desks", data={"name": "Mine"}),
    ]

    assert {answer.status_code for answer in answers} == {403}
    assert await role_of(site, "Sam") == role


async def test_an_owner_makes_somebody_staff_an_owner_and_one_of_the_staff_list(site: Site) -> None:
    olga, _ = await site.olga(), await sam(site)
    staff_id = site.shops.harbor.staff[0].staff_id

    path = f"/people/{await person_of(site, 'Sam')}/role"
    answer = await olga.post(path, data={"role": "owner", "staff": str(staff_id)})

    assert answer.status_code == 303
    assert await role_of(site, "Sam") == "owner"
    assert (
        await site.value("select staff_id from memberships where role = 'owner' and staff_id is not null") == staff_id
    )
    assert (await whats(site))[0] == "people.role"


async def test_the_last_owner_can_neither_step_down_nor_go(site: Site) -> None:
    olga = await site.olga()
    path = f"/people/{await person_of(site, 'Olga')}"

    down, gone = await olga.post(f"{path}/role", data={"role": "staff"}), await olga.post(f"{path}/removal")

    assert (down.status_code, gone.status_code) == (409, 409)
    assert "Somebody has to own this business." in gone.text
    assert await role_of(site, "Olga") == "owner"


async def test_of_two_owners_one_may_go(site: Site) -> None:
    olga, second = await site.olga(), await sam(site, "owner")

    answer = await second.post(f"/people/{await person_of(site, 'Olga')}/removal")

    assert answer.status_code == 303
    assert (await olga.get("/threads")).status_code == 303, "her session here ended with her membership"


async def test_of_two_owners_who_remove_each_other_at_once_one_stays(site: Site) -> None:
    olga, second = await site.olga(), await sam(site, "owner")
    paths = [f"/people/{await person_of(site, name)}/removal" for name in ("Sam", "Olga")]

    await asyncio.gather(olga.post(paths[0]), second.post(paths[1]))

    assert (
        str(
            await site.value(
                "select count(*) from memberships where role = 'owner' and business_id = $1",
                site.shops.harbor.business_id,
            )
        )
        == "1"
    )


async def test_an_owner_cannot_touch_the_agency_nor_give_its_role_away(site: Site) -> None:
    olga, _ = await site.olga(), await site.visitor(site.shops.harbor, "agency", "Ann")
    path = f"/people/{await person_of(site, 'Ann')}"

    refused = [
        await olga.post(f"{path}/role", data={"role": "viewer"}),
        await olga.post(f"{path}/removal"),
        await olga.post(f"{path}/reset"),
        await olga.post(f"/people/{await person_of(site, 'Olga')}/role", data={"role": "agency"}),
    ]

    assert [answer.status_code for answer in refused] == [403, 403, 403, 400]
    assert await role_of(site, "Ann") == "agency"


async def test_a_place_on_the_staff_list_is_one_persons(site: Site) -> None:
    olga, _ = await site.olga(), await sam(site)
    staff_id = str(site.shops.harbor.staff[0].staff_id)
    own = {"role": "owner", "staff": staff_id}
    await olga.post(f"/people/{await person_of(site, 'Olga')}/role", data=own)

    answer = await olga.post(f"/people/{await person_of(site, 'Sam')}/role", data={"role": "staff", "staff": staff_id})

    assert answer.status_code == 409
    assert "Somebody else is this person of the staff list already." in answer.text


async def test_the_rival_reaches_nobody_of_harbor(site: Site) -> None:
    _, rex, _ = await site.olga(), await site.rex(), await sam(site)
    person_id = await person_of(site, "Sam")

    answers = [
        await rex.post(f"/people/{person_id}/{what}", data={"role": "viewer"}) for what in ("role", "removal", "reset")
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert await role_of(site, "Sam") == "staff"


async def test_somebody_removed_is_out_at_once(site: Site) -> None:
    olga, client = await site.olga(), await sam(site)

    await olga.post(f"/people/{await person_of(site, 'Sam')}/removal")

    assert (await client.get("/threads")).headers["location"].startswith("/sign-in")
    assert (await whats(site))[0] == "people.removed"


async def test_who_works_for_two_businesses_switches_between_them(site: Site) -> None:
    olga = await site.olga()
    harbor, rex = site.shops.harbor, site.shops.rex
    await members.add_member(site.context.pool, rex.business_id, await person_of(site, "Olga"), "viewer", None)
    old = olga.cookies[COOKIE]

    listed = (await olga.get("/session/business")).text
    answer = await olga.post("/session/business", data={"business": str(rex.business_id)})

    assert "Rex Dental" in listed
    assert answer.headers["location"] == "/"
    assert "Rex Dental" in (await olga.get("/calls")).text
    assert (await olga.get("/people")).status_code == 403, "the role is that of the business"
    olga.cookies.clear()
    olga.cookies.set(COOKIE, old)
    assert (await olga.get("/calls")).status_code == 303, "the session before is over"
    assert harbor.name in listed


async def test_nobody_switches_to_a_business_they_do_not_work_for(site: Site) -> None:
    olga = await site.olga()

    for business in (str(site.shops.rex.business_id), "nonsense", ""):
        assert (await olga.post("/session/business", data={"business": business})).status_code == 404

    assert "Harbor Dental" in (await olga.get("/calls")).text


async def test_the_header_leads_to_the_other_businesses_only_where_there_are_some(site: Site) -> None:
    olga = await site.olga()
    alone = (await olga.get("/calls")).text
    rex_id = site.shops.rex.business_id
    await members.add_member(site.context.pool, rex_id, await person_of(site, "Olga"), "viewer", None)

    assert 'href="/session/business"' not in alone
    assert 'href="/session/business"' in (await olga.get("/calls")).text
