"""What is known of a number, on the pages of a call and a contact and in the API; and a number given up by hand."""

from datetime import timedelta
from uuid import UUID

import pytest

from ringback.domain.number_facts import FactSource, LineType, NumberFact
from ringback.domain.phrases import Phrase
from ringback.store import contacts, number_facts
from ringback.store.contacts import OptIn, OptOut
from ringback.store.db import business_transaction
from ringback.web.pages.known_numbers import tell_facts
from tests.cast import CARLA, NOON
from tests.web.api_cast import api_app, client_of, make_key, ring
from tests.web.pages_cast import Site

DAY = timedelta(days=1)
LANDLINE = NumberFact(FactSource.LOOKUP, LineType.LANDLINE, NOON - 3 * DAY, NOON + DAY, "US", "Prairie Tel")


async def know(site: Site, *facts: NumberFact, name: str | None = "Carla Ruiz", opted_out: bool = False) -> UUID:
    """Let Harbor know Carla, and these facts of her number."""
    business_id = site.shops.harbor.business_id
    async with business_transaction(site.context.pool, business_id) as connection:
        contact_id = await contacts.find_or_create_contact(connection, business_id, CARLA, NOON)
        await contacts.save_contact(connection, business_id, contact_id, name, None)
        for fact in facts:
            await number_facts.save_number_fact(connection, business_id, CARLA, fact)
        if opted_out:
            said = OptOut(site.shops.harbor.lines[0].line_id, "keyword", NOON, "STOP")
            await contacts.save_opt_out(connection, business_id, contact_id, said, NOON)
    return contact_id


async def test_a_contact_says_what_is_known_of_the_number_and_from_where(site: Site) -> None:
    contact_id = await know(site, LANDLINE, NumberFact(FactSource.DELIVERED, LineType.UNKNOWN, NOON - DAY))
    text = (await (await site.olga()).get(f"/contacts/{contact_id}")).text

    known = text.partition("What is known of this number")[2].partition("</ul>")[0]
    assert known.index("a text arrived there") < known.index("Landline")
    assert "from the phone company’s look-up" in known
    assert "Carrier: Prairie Tel." in known


async def test_where_nothing_is_known_nothing_is_said(site: Site) -> None:
    nobody_answered = NumberFact(FactSource.LOOKUP, LineType.UNKNOWN, NOON, NOON + DAY)
    contact_id = await know(site, nobody_answered)

    assert "What is known of this number" not in (await (await site.olga()).get(f"/contacts/{contact_id}")).text


def test_a_fact_is_told_with_what_else_was_said_and_whether_it_is_past() -> None:
    risky = NumberFact(FactSource.LOOKUP, LineType.MOBILE, NOON, NOON, pumping_risk=80, is_reassigned=True)
    [told] = tell_facts([risky], NOON)

    assert told.is_past
    assert list(told.more) == ["It belongs to somebody else since.", "Texts to it are likely a fraud: 80 of 100."]
    assert all(isinstance(said, Phrase) for said in (told.line, told.source))


async def test_a_number_given_up_by_hand_begins_anew_and_the_history_stays(site: Site) -> None:
    contact_id = await know(site)
    await site.write("See you Thursday")
    olga = await site.olga()
    answer = await olga.post(f"/contacts/{contact_id}/reassignment")
    again = await olga.post(f"/contacts/{contact_id}/reassignment")

    assert (answer.status_code, again.status_code) == (303, 303)
    old = (await olga.get(f"/contacts/{contact_id}")).text
    assert "This number belongs to somebody else now" in old
    assert "The conversation" in old
    assert f"tel:{CARLA}" not in old
    new_id = await site.value("select contact_id from contacts where phone = $1", CARLA)
    assert new_id != contact_id
    new = (await olga.get(f"/contacts/{new_id}")).text
    assert "Carla Ruiz" not in new
    assert "said by somebody here" in new
    assert (await olga.get("/audit")).text.count("Number is somebody else’s") >= 1
    kept = await site.value("select count(*) from contacts where phone like '%' || $1 || '%'", CARLA)
    assert kept == 2


async def test_a_person_cannot_end_a_stop_by_saying_that_the_number_changed_hands(site: Site) -> None:
    contact_id = await know(site, opted_out=True)
    await (await site.olga()).post(f"/contacts/{contact_id}/reassignment")

    assert (
        await site.value(
            "select count(*) from opt_outs o join contacts c using (business_id, contact_id) "
            "where c.phone = $1 and o.ended_at is null",
            CARLA,
        )
        == 1
    )


async def test_what_start_has_opened_on_one_line_only_passes_to_whoever_has_the_number_now(site: Site) -> None:
    contact_id, harbor = await know(site, opted_out=True), site.shops.harbor
    main, ads = harbor.lines
    async with business_transaction(site.context.pool, harbor.business_id) as connection:
        await contacts.end_opt_out(connection, harbor.business_id, contact_id, OptIn(main.line_id, NOON, "START"))
    olga = await site.olga()
    page = (await olga.get(f"/contacts/{contact_id}")).text
    await olga.post(f"/contacts/{contact_id}/reassignment")

    assert f"No texts go out from {ads.label}: they asked for no more" in page
    assert "They want no more texts …" in page
    async with business_transaction(site.context.pool, harbor.business_id) as connection:
        found = await contacts.find_contact(connection, harbor.business_id, CARLA)
        assert found is not None
        assert not await contacts.is_opted_out(connection, harbor.business_id, found[0], main.line_id)
        assert await contacts.is_opted_out(connection, harbor.business_id, found[0], ads.line_id)


@pytest.mark.parametrize(("role", "status"), [("viewer", 403), ("staff", 303)])
async def test_whoever_may_work_with_contacts_may_say_that_a_number_changed_hands(
    site: Site, role: str, status: int
) -> None:
    contact_id = await know(site)
    person = await site.visitor(site.shops.harbor, role, "Sam")

    assert (await person.post(f"/contacts/{contact_id}/reassignment")).status_code == status
    assert (await (await site.rex()).post(f"/contacts/{contact_id}/reassignment")).status_code == 404


async def test_the_api_and_the_calls_page_tell_what_is_known_of_a_number(site: Site) -> None:
    call_id = await ring(site.context, site.shops.harbor, CARLA)
    contact_id = await know(site, LANDLINE)
    page = (await (await site.olga()).get(f"/calls/{call_id}")).text
    assert "Landline" in page.partition("What is known of this number")[2].partition("</ul>")[0]

    key = await make_key(site.context, site.shops.harbor)
    async with client_of(api_app(site.context), key) as api:
        one = (await api.get(f"/api/v1/contacts/{contact_id}")).json()["number_facts"]
        listed = (await api.get("/api/v1/contacts")).json()["items"][0]["number_facts"]

    [told] = one
    assert (told["source"], told["line_type"], told["carrier"]) == ("lookup", "landline", "Prairie Tel")
    assert listed == one
