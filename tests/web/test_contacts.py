"""Contacts for the people of the business: the list, one contact, and the marks on them."""

from uuid import UUID

import pytest

from ringback.domain.textback import Mark
from ringback.store import contacts
from ringback.store.contacts import NewMark
from ringback.store.db import business_transaction
from ringback.store.ids import new_id
from tests.cast import CARLA, NOON
from tests.web.pages_cast import Site

HOSTILE = "<img src=x onerror=alert(1)>"


async def add(site: Site, phone: str, name: str | None = None, mark: Mark | None = None) -> UUID:
    """Let Harbor know somebody."""
    business_id = site.shops.harbor.business_id
    async with business_transaction(site.context.pool, business_id) as connection:
        contact_id = await contacts.find_or_create_contact(connection, business_id, phone, NOON)
        await contacts.save_contact(connection, business_id, contact_id, name, None)
        if mark:
            await contacts.add_mark(connection, business_id, contact_id, NewMark(mark, "rang at night", "Sam"), NOON)
    return contact_id


async def test_the_list_shows_names_first_and_goes_on_page_by_page(site: Site) -> None:
    for n in range(60):
        await add(site, f"+131255501{n:02d}", f"Caller {n:02d}" if n < 55 else None)
    olga = await site.olga()

    first = (await olga.get("/contacts")).text
    more = first.partition('class="more"><a class="button" href="')[2].partition('"')[0].replace("&amp;", "&")
    second = (await olga.get(more)).text

    assert first.index("Caller 00") < first.index("Caller 49")
    assert "Caller 50" not in first
    assert second.index("Caller 50") < second.index("Caller 54") < second.index("(312) 555-0159")
    assert "More contacts" not in second


@pytest.mark.parametrize("said", ["ruiz", "555-0142", "(312) 555 01 42", "0142"])
async def test_a_contact_is_found_by_part_of_the_name_or_number(site: Site, said: str) -> None:
    await add(site, CARLA, "Carla Ruiz")
    await add(site, "+13125550177", "Nora Vale")
    text = (await (await site.olga()).get("/contacts", params={"q": said})).text
    assert "Carla Ruiz" in text
    assert "Nora Vale" not in text


async def test_the_list_can_be_of_those_with_a_mark(site: Site) -> None:
    await add(site, CARLA, "Carla Ruiz", Mark.SPAM)
    await add(site, "+13125550177", "Nora Vale")
    text = (await (await site.olga()).get("/contacts?mark=spam")).text
    assert "Carla Ruiz" in text
    assert "Nora Vale" not in text
    assert (await (await site.olga()).get("/contacts?mark=saint")).status_code == 404


async def test_an_empty_list_says_how_it_is_filled(site: Site) -> None:
    olga = await site.olga()
    assert "No contacts yet" in (await olga.get("/contacts")).text
    assert "Nobody found" in (await olga.get("/contacts?q=zzz")).text


async def test_a_contact_shows_who_marked_them_why_and_leads_to_the_conversation(site: Site) -> None:
    await site.write("Hello", name=HOSTILE)
    contact_id = await add(site, CARLA, HOSTILE, Mark.DO_NOT_TEXT)
    text = (await (await site.olga()).get(f"/contacts/{contact_id}")).text
    assert "Sam: rang at night" in text
    assert f'href="/threads/{await site.thread_of()}"' in text
    assert HOSTILE not in text


async def test_name_and_language_are_changed_and_the_log_says_by_whom(site: Site) -> None:
    contact_id = await add(site, CARLA, "Karla")
    olga = await site.olga()
    done = await olga.post(f"/contacts/{contact_id}", data={"name": " Carla  Ruiz ", "language": "es"})
    assert (done.status_code, done.headers["location"]) == (303, f"/contacts/{contact_id}")
    assert await site.value("select name from contacts where contact_id = $1", contact_id) == "Carla Ruiz"

    log = (await olga.get("/audit")).text
    assert "Contact changed" in log
    assert '<del><span class="sr">before: </span>Karla</del>' in log
    assert '<ins><span class="sr">after: </span>Carla Ruiz</ins>' in log


async def test_a_name_that_is_too_long_is_refused_beside_the_field_and_kept(site: Site) -> None:
    contact_id = await add(site, CARLA, "Carla")
    refused = await (await site.olga()).post(f"/contacts/{contact_id}", data={"name": "x" * 81, "language": ""})
    assert refused.status_code == 422
    assert "too long" in refused.text
    assert "x" * 81 in refused.text
    assert await site.value("select name from contacts where contact_id = $1", contact_id) == "Carla"


async def test_a_mark_is_set_once_and_taken_off_again(site: Site) -> None:
    contact_id = await add(site, CARLA, "Carla")
    olga = await site.olga()
    for _ in range(2):
        await olga.post(f"/contacts/{contact_id}/marks", data={"kind": "blocked", "why": "Shouts at Sam"})
    assert await site.value("select count(*) from contact_marks where contact_id = $1", contact_id) == 1
    assert "Olga: Shouts at Sam" in (await olga.get(f"/contacts/{contact_id}")).text

    await olga.post(f"/contacts/{contact_id}/marks/blocked/end")
    text = (await olga.get(f"/contacts/{contact_id}")).text
    assert "taken off by Olga" in text
    log = (await olga.get("/audit?kind=contact")).text
    assert "Mark set" in log
    assert "Mark ended" in log


async def test_who_is_marked_as_spam_here_waits_for_nobodys_reply_until_it_is_taken_off(site: Site) -> None:
    await site.write("Cheap roofs!")
    contact_id, olga = await site.value("select contact_id from contacts"), await site.olga()
    waiting = "select count(*) from threads where needs_reply_at is not null"

    await olga.post(f"/contacts/{contact_id}/marks", data={"kind": "spam", "why": ""})
    assert await site.value(waiting) == 0
    await olga.post(f"/contacts/{contact_id}/marks/spam/end")
    assert await site.value(waiting) == 1


@pytest.mark.parametrize("kind", ["untextable", "saint", ""])
async def test_a_mark_that_is_not_a_persons_to_set_is_refused(site: Site, kind: str) -> None:
    contact_id = await add(site, CARLA)
    assert (await (await site.olga()).post(f"/contacts/{contact_id}/marks", data={"kind": kind})).status_code == 404
    assert await site.value("select count(*) from contact_marks") == 0


async def test_the_rival_finds_none_of_harbors_contacts_and_changes_none(site: Site) -> None:
    contact_id = await add(site, CARLA, "Carla Ruiz", Mark.SPAM)
    rex = await site.rex()
    page = f"/contacts/{contact_id}"
    assert "Carla" not in (await rex.get("/contacts?q=carla")).text
    assert (await rex.get(page)).status_code == 404
    for path, form in (
        (page, {"name": "Rex was here", "language": ""}),
        (f"{page}/marks", {"kind": "blocked"}),
        (f"{page}/marks/spam/end", {}),
    ):
        assert (await rex.post(path, data=form)).status_code == 404
    assert await site.value("select name from contacts where contact_id = $1", contact_id) == "Carla Ruiz"
    assert await site.value("select count(*) from contact_marks where ended_at is null") == 1


async def test_a_viewer_looks_and_changes_nothing(site: Site) -> None:
    contact_id = await add(site, CARLA, "Carla")
    vera = await site.visitor(site.shops.harbor, "viewer", "Vera")
    text = (await vera.get(f"/contacts/{contact_id}")).text
    assert "Carla" in text
    assert "<form" not in text
    assert (await vera.post(f"/contacts/{contact_id}", data={"name": "Vera", "language": ""})).status_code == 403
    assert await site.value("select name from contacts where contact_id = $1", contact_id) == "Carla"


async def test_an_address_that_names_nobody_is_not_found(site: Site) -> None:
    olga = await site.olga()
    for path in (f"/contacts/{new_id()}", "/contacts/nobody", "/contacts?after=nobody"):
        assert (await olga.get(path)).status_code == 404
