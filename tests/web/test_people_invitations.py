"""Invitations: a link that lets one person in, once, in one role; and what a stranger or a thief gets from it."""

import asyncio
import re
from dataclasses import replace
from urllib.parse import urlsplit

import httpx2
import pytest

from ringback.store import members, people
from ringback.store.db import business_transaction
from ringback.store.ids import new_id
from ringback.store.people import Person
from ringback.web import auth
from tests.cast import SAM_PHONE, TestClock
from tests.web.pages_cast import COOKIE, Site
from tests.web.test_people_roles import person_of, role_of, whats

PASSWORD = "three calm horses"


async def invited(olga: httpx2.AsyncClient, **fields: str) -> httpx2.Response:
    """Fill in the form of an invitation."""
    return await olga.post("/people/invitations", data={"name": "Sam", "role": "staff", **fields})


def link_in(page: str) -> str:
    """Return path and query of the link that a page shows."""
    found = re.search(r'value="([^"]*/invitation\?key=[^"]+)"', page)
    assert found is not None
    parts = urlsplit(found.group(1))
    return f"{parts.path}?{parts.query}"


async def come(site: Site, link: str, **fields: str) -> httpx2.Response:
    """Fill in the form behind a link, as somebody new."""
    stranger = await site.visitor()
    key = link.partition("key=")[2]
    form = {"key": key, "name": "Sam", "email": "sam@harbor.example", "password": PASSWORD, **fields}
    return await stranger.post("/invitation", data=form)


async def test_somebody_new_comes_in_with_the_role_they_were_invited_to(site: Site) -> None:
    link = link_in((await invited(await site.olga())).text)
    stranger = await site.visitor()

    shown = await stranger.get(link)
    answer = await come(site, link)
    stranger.cookies.set(COOKIE, answer.cookies[COOKIE])

    assert "Olga invites you." in shown.text
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "Harbor Dental" in (await stranger.get("/calls")).text
    assert await role_of(site, "Sam") == "staff"
    assert (await whats(site))[:2] == ["people.joined", "people.invited"]


async def test_the_new_password_signs_in(site: Site) -> None:
    await come(site, link_in((await invited(await site.olga())).text))

    result = await auth.sign_in(site.context, "sam@harbor.example", PASSWORD, "192.0.2.1")

    assert isinstance(result, auth.Admitted)


async def test_a_link_works_once(site: Site) -> None:
    link = link_in((await invited(await site.olga())).text)
    await come(site, link)

    second = await come(site, link, email="eve@harbor.example", name="Eve")

    assert second.status_code == 410
    assert await people.find_person(site.context.pool, "eve@harbor.example") is None


async def test_of_two_who_open_a_link_at_the_same_time_one_comes_in(site: Site) -> None:
    link = link_in((await invited(await site.olga())).text)

    answers = await asyncio.gather(
        *(come(site, link, email=f"{name}@harbor.example", name=name) for name in ("sam", "eve", "ann"))
    )

    assert sorted(answer.status_code for answer in answers) == [303, 410, 410]
    assert str(await site.value("select count(*) from memberships where role = 'staff'")) == "1"


async def test_a_link_works_for_a_week(site: Site, clock: TestClock) -> None:
    link = link_in((await invited(await site.olga())).text)
    clock.pass_time(7 * 24 * 3600 + 1)

    assert (await come(site, link)).status_code == 410


async def test_an_invitation_that_was_taken_back_opens_nothing(site: Site) -> None:
    olga = await site.olga()
    link = link_in((await invited(olga)).text)
    invitation_id = await site.value("select invitation_id from invitations")

    await olga.post(f"/people/invitations/{invitation_id}/end")

    assert (await come(site, link)).status_code == 410
    assert "Sam" not in (await olga.get("/people")).text.partition("Invited, and not here yet")[2]


async def test_the_invitation_of_an_owner_who_left_opens_nothing(site: Site) -> None:
    link = link_in((await invited(await site.olga(), role="owner")).text)
    second = await site.visitor(site.shops.harbor, "owner", "Otto")
    await second.post(f"/people/{await person_of(site, 'Olga')}/removal")

    assert (await come(site, link)).status_code == 410


async def test_somebody_with_an_account_comes_in_with_their_own_password(site: Site) -> None:
    known = Person(new_id(), "sam@harbor.example", "Sam", await auth.hash_secret("another long word"))
    await people.save_person(site.context.pool, known, site.shops.rex.business_id, "owner", site.context.clock.now())
    link = link_in((await invited(await site.olga())).text)

    wrong = await come(site, link)
    right = await come(site, link, password="another long word")

    assert wrong.status_code == 422
    assert (right.status_code, await role_of(site, "Sam")) == (303, "staff")
    person = await people.find_person(site.context.pool, "sam@harbor.example")
    assert person == known, "neither name nor password was changed"


async def test_who_is_signed_in_already_comes_in_as_themselves(site: Site) -> None:
    link = link_in((await invited(await site.olga(), role="viewer")).text)
    rex = await site.rex()

    shown = await rex.get(link)
    await rex.post("/invitation", data={"key": link.partition("key=")[2], "as": "me"})

    assert "Come in as Rex" in shown.text
    assert await role_of(site, "Rex") == "viewer"


async def test_an_invitation_takes_no_rights_away(site: Site) -> None:
    olga = await site.olga()
    link = link_in((await invited(olga, role="viewer")).text)

    await olga.post("/invitation", data={"key": link.partition("key=")[2], "as": "me"})

    assert await role_of(site, "Olga") == "owner"


async def test_an_email_of_the_staff_list_makes_them_that_person(site: Site) -> None:
    second = await site.visitor(site.shops.harbor, "owner", "Otto")
    page = await invited(second, name="", email="OLGA@harbor.example")

    await come(site, link_in(page.text), name="Olga", email="olga@harbor.example")

    olga_id = await person_of(site, "Olga")
    found = await site.value("select staff_id from memberships where person_id = $1", olga_id)
    assert found == site.shops.harbor.staff[1].staff_id


async def test_a_text_carries_a_link_that_needs_a_code_which_is_not_in_it(site: Site) -> None:
    olga = await site.olga()
    page = (await invited(olga, staff=str(site.shops.harbor.staff[0].staff_id), by_text="yes")).text
    body = str(await site.value("select body from messages"))
    phone = await site.value(
        "select c.phone from messages m join threads t using (business_id, thread_id) "
        "join contacts c using (business_id, contact_id) where t.for_alerts"
    )
    link = re.search(r"/invitation\?key=[\w-]+", body)
    code = re.search(r'class="code">(\d{3}) (\d{3})<', page)
    assert link is not None
    assert code is not None
    digits = code.group(1) + code.group(2)

    without = await come(site, link.group())
    right = await come(site, link.group(), code=digits)

    assert str(phone) == SAM_PHONE
    assert digits not in body
    assert (without.status_code, right.status_code) == (422, 303)


async def test_guessing_the_code_is_stopped(site: Site) -> None:
    olga = await site.olga()
    await invited(olga, staff=str(site.shops.harbor.staff[0].staff_id), by_text="yes")
    body = str(await site.value("select body from messages"))
    link = body[body.index("/invitation?key=") :].split(maxsplit=1)[0]

    answers = [await come(site, link, code="x") for _ in range(6)]

    assert "That is not the code." in answers[4].text
    assert "Too many tries." in answers[5].text


@pytest.mark.parametrize(
    ("fields", "trouble"),
    [
        ({"name": ""}, "Write a name."),
        ({"email": "sam"}, "This is no e-mail address."),
        ({"by_text": "yes"}, "Choose somebody of your staff list who has a phone"),
        ({"email": "olga-owner@harbor-dental.example"}, "works here already."),
    ],
)
async def test_what_is_wrong_stands_beside_the_field_and_the_rest_is_kept(
    site: Site, fields: dict[str, str], trouble: str
) -> None:
    answer = await invited(await site.olga(), **{"email": "kept@harbor.example", "role": "viewer", **fields})

    assert answer.status_code == 422
    assert trouble in answer.text
    assert f'value="{fields.get("email", "kept@harbor.example")}"' in answer.text
    assert '<option value="viewer" selected>' in answer.text


async def test_nobody_gives_away_a_role_above_their_own(site: Site) -> None:
    for role in ("agency", "king", ""):
        assert (await invited(await site.olga(), role=role)).status_code == 403


async def test_the_database_holds_no_link_and_no_code(site: Site) -> None:
    page = (await invited(await site.olga(), staff=str(site.shops.harbor.staff[0].staff_id), by_text="yes")).text
    key = link_in(page).partition("key=")[2]

    async with business_transaction(site.context.pool, site.shops.harbor.business_id) as connection:
        tables = ("invitations", "sign_in_tokens", "audit_entries", "messages")
        held = [str(row[0]) for t in tables for row in await connection.fetch(f"select to_jsonb(t)::text from {t} t")]

    code = re.search(r'class="code">(\d{3}) (\d{3})<', page)
    assert code is not None
    assert [row for row in held if key in row or code.group(1) + code.group(2) in row] == []


async def test_a_link_that_nobody_made_and_one_of_another_kind_open_nothing(site: Site) -> None:
    stranger = await site.visitor()

    for key in ("", "nonsense", "x" * 5000):
        assert (await stranger.get(f"/invitation?key={key}")).status_code == 410


async def test_a_membership_by_invitation_keeps_the_place_of_somebody_else(site: Site) -> None:
    harbor, pool = site.shops.harbor, site.context.pool
    await site.olga()
    staff_id = harbor.staff[0].staff_id
    person = replace(Person(new_id(), "new@harbor.example", "New", "hash"))
    await members.create_person(pool, person, site.context.clock.now())
    await members.change_member(pool, harbor.business_id, await person_of(site, "Olga"), "owner", staff_id)

    await members.add_member(pool, harbor.business_id, person.person_id, "staff", staff_id)

    assert await members.find_member_of_staff(pool, harbor.business_id, staff_id) == await person_of(site, "Olga")
