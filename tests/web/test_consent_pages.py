"""The consent record of a contact, as a page and as files, and an opt-out that a person here was told of."""

import csv
import io
from uuid import UUID

import pytest

from ringback.domain.messages import Author, Purpose
from ringback.domain.textback import Mark
from ringback.store import contacts, threads
from ringback.store.contacts import NewMark, OptOut
from ringback.store.db import business_transaction
from ringback.store.ids import new_id
from ringback.web.consent.document import printable
from ringback.workflows.outgoing import outgoing_message
from tests.cast import CARLA, NOON
from tests.web.pages_cast import Site

HOSTILE = "<img src=x onerror=alert(1)>"
STOPPED = f"=cmd|' /C calc'!A0 stop \U0001f6d1 текст {HOSTILE}"


async def stop(site: Site, words: str = STOPPED) -> UUID:
    """Let Carla write, be marked, and opt out."""
    await site.write("Hello", name="Carla Ruiz")
    business = site.shops.harbor
    async with business_transaction(site.context.pool, business.business_id) as connection:
        carla = await contacts.find_or_create_contact(connection, business.business_id, CARLA, NOON)
        mark = NewMark(Mark.DO_NOT_TEXT, "asked at the desk", "Sam")
        await contacts.add_mark(connection, business.business_id, carla, mark, NOON)
        said = OptOut(business.lines[0].line_id, "words", NOON, words)
        await contacts.save_opt_out(connection, business.business_id, carla, said, NOON)
    return carla


async def test_the_record_says_what_happened_in_words_and_shows_theirs_harmlessly(site: Site) -> None:
    carla = await stop(site)
    text = (await (await site.olga()).get(f"/contacts/{carla}/consent")).text

    for words in ("They asked for no more texts", "In their own words, in a text", "They texted you", "Main"):
        assert words in text
    assert "asked at the desk" in text
    assert HOSTILE not in text
    assert f"/contacts/{carla}/consent.pdf" in text


async def test_contact_and_conversation_lead_to_the_record(site: Site) -> None:
    carla = await stop(site)
    olga = await site.olga()

    for page in (f"/contacts/{carla}", f"/threads/{await site.thread_of()}"):
        assert f'href="/contacts/{carla}/consent"' in (await olga.get(page)).text


async def test_somebody_of_whom_nothing_is_known_has_an_empty_record_that_says_so(site: Site) -> None:
    business_id = site.shops.harbor.business_id
    async with business_transaction(site.context.pool, business_id) as connection:
        dora = await contacts.find_or_create_contact(connection, business_id, "+13125550143", NOON)
    olga = await site.olga()

    assert "Nothing yet." in (await olga.get(f"/contacts/{dora}/consent")).text
    assert (await olga.get(f"/contacts/{dora}/consent.pdf")).content.startswith(b"%PDF")


async def test_the_spreadsheet_has_every_entry_and_no_formula(site: Site) -> None:
    carla = await stop(site)
    answer = await (await site.olga()).get(f"/contacts/{carla}/consent.csv")
    heads, *lines = csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")))

    assert answer.headers["content-disposition"] == 'attachment; filename="consent-13125550142.csv"'
    assert answer.headers["cache-control"] == "no-store"
    assert [line[heads.index("Kind")] for line in lines].count("opted_out") == 1
    assert any(STOPPED in cell for line in lines for cell in line)
    assert not [cell for line in lines for cell in line if cell.startswith(("=", "+", "-", "@"))]


async def test_the_pdf_is_one_whatever_was_written(site: Site) -> None:
    carla = await stop(site, "\U0001f6d1\u200d\x07\ud7ff\U000e0041 стоп " + "x" * 150)
    answer = await (await site.olga()).get(f"/contacts/{carla}/consent.pdf")

    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF")
    assert answer.content.rstrip().endswith(b"%%EOF")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("déjà vu, ¿sí?", "déjà vu, ¿sí?"),
        ("“don’t” — ok…", '"don\'t" - ok...'),
        ("stop \U0001f6d1", "stop [OCTAGONAL SIGN]"),
        ("ст", "[CYRILLIC SMALL LETTER ES][CYRILLIC SMALL LETTER TE]"),
        ("a\x07b\nc", "a[U+0007]b / c"),
        ("\ud7ff", "[U+D7FF]"),
        ("e\u0301", "é"),
    ],
)
def test_what_the_fonts_cannot_show_is_named(text: str, shown: str) -> None:
    assert printable(text) == shown


async def test_a_long_record_goes_on_page_by_page(site: Site) -> None:
    for _ in range(60):
        await site.write("Hello again")
    contact_id = await site.value("select contact_id from contacts where phone = $1", CARLA)
    olga = await site.olga()
    first = (await olga.get(f"/contacts/{contact_id}/consent")).text
    more = first.partition('class="more"><a class="button" href="')[2].partition('"')[0].replace("&amp;", "&")

    assert first.count("They texted you") == 50
    assert (await olga.get(more)).text.count("They texted you") == 10
    assert (await olga.get(f"/contacts/{contact_id}/consent.pdf")).status_code == 200


# --- "they asked us by phone"


async def pending(site: Site) -> UUID:
    """Return a text to Carla that is still with us."""
    await site.write("Hello")
    business = site.shops.harbor
    message = outgoing_message(new_id(), Author.STAFF, Purpose.REPLY, "See you at 3.", business.lines[0])
    async with business_transaction(site.context.pool, business.business_id) as connection:
        thread_id = await site.thread_of()
        await threads.add_message(connection, business.business_id, thread_id, business.lines[0].line_id, message, NOON)
    return UUID(str(message["message_id"]))


async def test_an_opt_out_told_on_the_phone_counts_as_a_stop(site: Site) -> None:
    message_id = await pending(site)
    carla = await site.value("select contact_id from contacts where phone = $1", CARLA)
    olga = await site.olga()
    form = (await olga.get(f"/contacts/{carla}/opt-out")).text
    done = await olga.post(f"/contacts/{carla}/opt-out", data={"how": "phone", "words": "please stop texting"})

    assert "It counts as if they had texted STOP" in form
    assert (done.status_code, done.headers["location"]) == (303, f"/contacts/{carla}")
    assert "Asked for no more texts" in (await olga.get(f"/contacts/{carla}")).text
    assert await site.value("select state from messages where message_id = $1", message_id) == "dropped"
    assert await site.value("select count(*) from messages where purpose = 'keyword_answer'") == 0
    record = (await olga.get(f"/contacts/{carla}/consent")).text
    assert "On the phone" in record
    assert "please stop texting" in record
    assert await site.value("select who from audit_entries where what = 'contact.opted_out'") == "Olga"


async def test_noted_twice_it_stands_once(site: Site) -> None:
    await site.write("Hello")
    carla = await site.value("select contact_id from contacts where phone = $1", CARLA)
    olga = await site.olga()
    for _ in range(2):
        assert (await olga.post(f"/contacts/{carla}/opt-out", data={"how": "email", "words": ""})).status_code == 303

    assert await site.value("select count(*) from opt_outs") == 1
    assert await site.value("select count(*) from audit_entries where what = 'contact.opted_out'") == 1
    assert "This stands already" in (await olga.get(f"/contacts/{carla}/opt-out")).text


@pytest.mark.parametrize("given", [{}, {"how": "pigeon"}, {"how": "phone", "words": "x" * 181}])
async def test_what_cannot_be_saved_is_said_beside_the_form_and_what_was_typed_is_kept(
    site: Site, given: dict[str, str]
) -> None:
    await site.write("Hello")
    carla = await site.value("select contact_id from contacts where phone = $1", CARLA)
    answer = await (await site.olga()).post(f"/contacts/{carla}/opt-out", data=given)

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert given.get("words", "") in answer.text
    assert await site.value("select count(*) from opt_outs") == 0


async def test_a_viewer_reads_the_record_and_notes_nothing(site: Site) -> None:
    carla = await stop(site)
    viewer = await site.visitor(site.shops.harbor, "viewer", "Vera")

    assert (await viewer.get(f"/contacts/{carla}/consent")).status_code == 200
    assert (await viewer.post(f"/contacts/{carla}/opt-out", data={"how": "phone"})).status_code == 403


async def test_rex_next_door_finds_nothing_of_it(site: Site) -> None:
    carla = await stop(site)
    rex = await site.rex()

    for path in ("consent", "consent.csv", "consent.pdf", "opt-out"):
        assert (await rex.get(f"/contacts/{carla}/{path}")).status_code == 404
    assert (await rex.post(f"/contacts/{carla}/opt-out", data={"how": "phone"})).status_code == 404
