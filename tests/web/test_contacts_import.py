"""Bringing contacts in: look first, change once, overwrite nothing, take it back."""

import httpx2
import pytest

from ringback.store import calls, contacts
from ringback.store.db import business_transaction
from tests.cast import CARLA, NOON
from tests.store.stock import take_call
from tests.web.pages_cast import Site

NORA = "+13125550177"
FRIENDS = "Name,Phone,Language\nCarla Ruiz,(312) 555-0142,es\nNora Vale,312 555 0177,\nNobody,call me,\n"


async def upload(browser: httpx2.AsyncClient, content: bytes | str, name: str = "family.csv") -> httpx2.Response:
    """Send a file."""
    raw = content.encode() if isinstance(content, str) else content
    return await browser.post("/contacts/imports", files={"file": (name, raw, "text/csv")})


async def draft(browser: httpx2.AsyncClient, content: str = FRIENDS, name: str = "family.csv") -> str:
    """Send a file that can be read; return the address of its page."""
    sent = await upload(browser, content, name)
    assert sent.status_code == 303, sent.text
    return str(sent.headers["location"])


async def bring_in(browser: httpx2.AsyncClient, content: str = FRIENDS, kind: str = "friends") -> str:
    """Send a file and bring it in; return the address of its page."""
    page = await draft(browser, content, "phone.vcf" if content.startswith("BEGIN:VCARD") else "family.csv")
    done = await browser.post(f"{page}/completion", data={"kind": kind})
    assert done.status_code == 303
    return page


async def known(site: Site) -> list[tuple[str, str | None, str | None, list[str]]]:
    """Return Harbor's contacts with the marks that stand."""
    async with business_transaction(site.context.pool, site.shops.harbor.business_id) as connection:
        found = await connection.fetch(
            "select phone, name, language, array(select kind from contact_marks m where m.contact_id = c.contact_id "
            "and m.ended_at is null) as marks from contacts c order by phone"
        )
    return [tuple(row) for row in found]


async def test_a_file_shows_what_becomes_of_it_before_anything_is_changed(site: Site) -> None:
    olga = await site.olga()
    text = (await olga.get(f"{await draft(olga)}?kind=friends")).text
    assert "2 new contacts" in text
    assert "Carla Ruiz" in text
    assert "do not text" in text
    assert "Line 4" in text
    assert "This is no phone number." in text
    assert await known(site) == []


async def test_friends_are_known_from_day_one_and_get_no_automatic_text(site: Site) -> None:
    olga = await site.olga()
    page = await bring_in(olga)
    assert await known(site) == [
        (CARLA, "Carla Ruiz", "es", ["do_not_text"]),
        (NORA, "Nora Vale", None, ["do_not_text"]),
    ]
    text = (await olga.get(page)).text
    assert "2 contacts were added." in text
    assert "of which 1 could not be used" in text
    contact = await site.value("select contact_id from contacts where phone = $1", CARLA)
    assert "Olga: Family and friends, from a file" in (await olga.get(f"/contacts/{contact}")).text
    assert "Contacts brought in" in (await olga.get("/audit")).text


async def test_the_first_call_of_somebody_brought_in_is_no_strangers(site: Site) -> None:
    business, olga = site.shops.harbor, await site.olga()
    page = await bring_in(olga, kind="patients")
    async with business_transaction(site.context.pool, business.business_id) as connection:
        call_id = await take_call(connection, business, "CA1")
        call = await calls.load_call(connection, business.business_id, call_id, NOON)
    assert call is not None
    assert not call.first_time
    assert (call.contact.name, call.contact.language) == ("Carla Ruiz", "es") if call.contact else False

    await olga.post(f"{page}/undoing")
    async with business_transaction(site.context.pool, business.business_id) as connection:
        again = await calls.load_call(connection, business.business_id, call_id, NOON)
    assert again is not None
    assert again.first_time


async def test_the_file_itself_is_forgotten_once_it_is_in(site: Site) -> None:
    await bring_in(await site.olga())
    assert await site.value("select content from contact_imports") is None


async def test_what_is_known_is_never_overwritten(site: Site) -> None:
    await site.write("Hello", name="Mrs Ruiz")
    await bring_in(await site.olga(), kind="patients")
    assert await known(site) == [(CARLA, "Mrs Ruiz", "es", []), (NORA, "Nora Vale", None, [])]


async def test_the_same_file_twice_changes_nothing_the_second_time(site: Site) -> None:
    olga = await site.olga()
    first = await bring_in(olga)
    before = await known(site)
    await olga.post(f"{first}/completion", data={"kind": "suppliers"})
    again = await bring_in(olga)
    assert await known(site) == before
    assert "nothing was changed" in (await olga.get(again)).text


async def test_an_import_is_taken_back_whole(site: Site) -> None:
    olga = await site.olga()
    page = await bring_in(olga)
    for _ in range(2):
        assert (await olga.post(f"{page}/undoing")).status_code == 303
    assert await known(site) == []
    assert "This file was taken back" in (await olga.get(page)).text
    assert "Import taken back" in (await olga.get("/audit")).text


async def test_who_wrote_since_or_was_named_by_a_person_stays_when_an_import_is_taken_back(site: Site) -> None:
    olga = await site.olga()
    page = await bring_in(olga)
    await site.write("Hi, it is me")
    nora = await site.value("select contact_id from contacts where phone = $1", NORA)
    await olga.post(f"/contacts/{nora}", data={"name": "Nora V.", "language": ""})

    await olga.post(f"{page}/undoing")
    assert await known(site) == [(CARLA, None, None, []), (NORA, "Nora V.", None, [])]


async def test_a_mark_that_stood_before_survives_the_undoing(site: Site) -> None:
    olga, business_id = await site.olga(), site.shops.harbor.business_id
    async with business_transaction(site.context.pool, business_id) as connection:
        carla = await contacts.find_or_create_contact(connection, business_id, CARLA, NOON)
    await olga.post(f"/contacts/{carla}/marks", data={"kind": "do_not_text", "why": "asked me"})
    page = await bring_in(olga)
    await olga.post(f"{page}/undoing")
    assert await known(site) == [(CARLA, None, None, ["do_not_text"])]


async def test_columns_without_headings_we_know_are_chosen_by_hand(site: Site) -> None:
    olga = await site.olga()
    page = await draft(olga, "A,B,C\n1,Carla Ruiz,12 of 3125550142\n2,Nora,3125550177\n".replace("12 of ", ""))
    columns = {"phone_1": "2", "name_1": "1", "phone_2": "", "language": ""}
    assert "Which column has the phone numbers?" in (await olga.get(f"{page}?phone_1=")).text
    looked = await olga.get(page, params=columns)
    assert "2 new contacts" in looked.text
    refused = await olga.post(f"{page}/completion", data={**columns, "phone_1": "", "kind": "patients"})
    assert refused.status_code == 422
    assert "Choose the column that has the phone numbers." in refused.text
    await olga.post(f"{page}/completion", data={**columns, "kind": "patients"})
    assert await known(site) == [(CARLA, "Carla Ruiz", None, []), (NORA, "Nora", None, [])]


async def test_who_they_are_has_to_be_said(site: Site) -> None:
    olga = await site.olga()
    page = await draft(olga)
    refused = await olga.post(f"{page}/completion", data={"kind": "neighbours"})
    assert refused.status_code == 422
    assert "Say who these people are." in refused.text
    assert await known(site) == []


async def test_a_card_of_a_phone_is_brought_in_with_all_its_numbers(site: Site) -> None:
    card = "BEGIN:VCARD\nVERSION:3.0\nFN:Carla Ruiz\nTEL:3125550142\nTEL:+1 312 555 0177\nEND:VCARD\n"
    await bring_in(await site.olga(), card, "suppliers")
    assert [row[:2] for row in await known(site)] == [(CARLA, "Carla Ruiz"), (NORA, "Carla Ruiz")]


async def test_ten_thousand_rows_are_brought_in_and_taken_back(site: Site) -> None:
    olga = await site.olga()
    rows = "".join(f"Caller {n},+1312{n // 100 + 200:03d}{n % 100:04d}\n" for n in range(10_000))
    page = await bring_in(olga, "Name,Phone\n" + rows, "suppliers")
    assert await site.value("select count(*) from contact_marks") == len(await known(site)) > 9_000
    await olga.post(f"{page}/undoing")
    assert await known(site) == []


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "This file is empty."),
        (b"PK\x03\x04\x00\x00\x00", "This is no CSV or vCard file."),
        (b'Name,Phone\n"' + b"x" * 200_000, "Is a quote open there?"),
    ],
)
async def test_what_cannot_be_read_is_refused_beside_the_field(site: Site, content: bytes, why: str) -> None:
    refused = await upload(await site.olga(), content)
    assert refused.status_code == 422
    assert why in refused.text
    assert await site.value("select count(*) from contact_imports") == 0


async def test_a_form_without_a_file_asks_for_one(site: Site) -> None:
    olga = await site.olga()
    refused = await olga.post("/contacts/imports", files={"file": ("", b"", "text/csv")})
    assert (refused.status_code, "Choose a file first." in refused.text) == (422, True)
    assert (await olga.post("/contacts/imports", data={"file": "x"})).status_code == 400


async def test_a_file_of_more_than_5_mb_is_refused(site: Site) -> None:
    refused = await upload(await site.olga(), b"Name,Phone\n" + b"x,1\n" * 1_400_000)
    assert refused.status_code == 413
    assert "larger than 5 MB" in refused.text


async def test_the_rival_sees_none_of_it_and_brings_nothing_in(site: Site) -> None:
    olga, rex = await site.olga(), await site.rex()
    page = await draft(olga)
    assert "family.csv" not in (await rex.get("/contacts/imports")).text
    for answer in (
        await rex.get(page),
        await rex.post(f"{page}/completion", data={"kind": "friends"}),
        await rex.post(f"{page}/undoing"),
    ):
        assert answer.status_code == 404
    assert await known(site) == []


async def test_a_viewer_brings_nothing_in(site: Site) -> None:
    vera = await site.visitor(site.shops.harbor, "viewer", "Vera")
    page = await draft(await site.olga())
    assert (await upload(vera, FRIENDS)).status_code == 403
    assert (await vera.post(f"{page}/completion", data={"kind": "friends"})).status_code == 403
    assert await known(site) == []
