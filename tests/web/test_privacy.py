"""The privacy pages: healthcare mode and periods saved, a contact's file, and their erasure."""

import io
import json
import zipfile

import httpx2
import pytest

from ringback.domain import healthcare
from ringback.domain.business import Business
from ringback.domain.retention import Kind, kept_days
from ringback.store import businesses, contacts, threads
from ringback.store.contacts import OptOut
from ringback.store.db import business_transaction
from ringback.store.threads import FetchedPicture
from tests.cast import NOON, SAM_PHONE
from tests.web.pages_cast import Site

_PERIODS = {f"keep_{kind}_days": "400" for kind in Kind} | {"keep_exchanges_days": "30", "keep_events_days": "90"}
_PICTURE = b"the picture of a tooth"


async def carla(site: Site) -> str:
    """Let Carla write, with a picture; return the path of her contact."""
    message_id = await site.write("It hurts since Monday", name="Carla Ruiz", pictures=1)
    business_id = site.shops.harbor.business_id
    async with business_transaction(site.context.pool, business_id) as connection:
        picture = FetchedPicture(0, "image/png", _PICTURE)
        await threads.save_picture(connection, business_id, message_id, picture, NOON)
    return f"/contacts/{await site.value('select contact_id from contacts')}"


async def harbor_now(site: Site) -> Business:
    """Return Harbor Dental as it is stored."""
    async with business_transaction(site.context.pool, site.shops.harbor.business_id) as connection:
        found = await businesses.load_business(connection, site.shops.harbor.business_id)
    assert found is not None
    return found


async def save(olga: httpx2.AsyncClient, **fields: str) -> httpx2.Response:
    """Send the form of the privacy page."""
    seen = (await olga.get("/privacy")).text.split('name="seen" value="')[1][:20]
    return await olga.post("/privacy", data={"seen": seen, **_PERIODS, **fields})


async def test_an_owner_sets_the_mode_and_the_periods(site: Site) -> None:
    olga = await site.olga()
    answer = await save(olga, healthcare="yes", model_agreement="yes", keep_pictures_days="14")

    assert answer.status_code == 303
    harbor = await harbor_now(site)
    assert healthcare.is_on(harbor)
    assert healthcare.may_show_model(harbor)
    assert (kept_days(harbor.privacy, Kind.PICTURES), kept_days(harbor.privacy, Kind.MESSAGES)) == (14, 400)
    page = (await olga.get("/privacy?saved=1")).text
    assert "Healthcare mode is on" in page
    await save(olga, healthcare="")
    assert (await harbor_now(site)).privacy.healthcare is None


@pytest.mark.parametrize(("days", "sentence"), [("soon", "must be a whole number"), ("3", "30")])
async def test_a_period_that_is_none_or_too_short_stands_beside_its_field_with_what_was_typed(
    site: Site, days: str, sentence: str
) -> None:
    olga = await site.olga()
    answer = await save(olga, keep_messages_days=days)

    assert answer.status_code == 422
    assert f'value="{days}" aria-describedby="keep_messages_days-hint keep_messages_days-trouble"' in answer.text
    assert sentence in answer.text.split('id="keep_messages_days-trouble"')[1].split("</p>")[0]
    assert (await harbor_now(site)).privacy == site.shops.harbor.privacy


async def test_the_page_says_what_goes_tonight(site: Site) -> None:
    await carla(site)
    site.context.clock.pass_time(401 * 86400)  # type: ignore[attr-defined]
    await save(await site.olga())

    page = (await (await site.olga()).get("/privacy")).text
    assert "is older and goes tonight" in page or "are older and go tonight" in page


async def test_a_contacts_file_has_every_word_and_picture_and_the_log_says_who_took_it(site: Site) -> None:
    path, olga = await carla(site), await site.olga()
    page = (await olga.get(f"{path}/privacy")).text
    answer = await olga.post(f"{path}/everything.zip")
    file = zipfile.ZipFile(io.BytesIO(answer.content))
    rows = json.loads(file.read("contact.json"))

    assert "<dt>Texts</dt><dd>1</dd>" in page
    assert rows["messages"][0]["body"] == "It hurts since Monday"
    assert file.read(rows["pictures"][0]["bytes"]) == _PICTURE
    assert "messages: stays" in file.read("README.txt").decode()
    assert "Carla" not in answer.headers["content-disposition"]
    assert await site.value("select count(*) from audit_entries where what = 'contact.exported'") == 1


async def test_an_erasure_wants_a_tick_says_what_stays_and_is_for_good(site: Site) -> None:
    path, olga = await carla(site), await site.olga()
    business_id = site.shops.harbor.business_id
    async with business_transaction(site.context.pool, business_id) as connection:
        contact_id = await connection.fetchval("select contact_id from contacts")
        await contacts.save_opt_out(connection, business_id, contact_id, OptOut(None, "staff", NOON), NOON)
    page = (await olga.get(f"{path}/privacy")).text
    unsure = await olga.post(f"{path}/erasure", data={})
    sure = await olga.post(f"{path}/erasure", data={"sure": "yes"})
    after = (await olga.get(f"{path}/privacy")).text

    assert "this number is not to be texted" in page
    assert unsure.status_code == 422
    assert "Tick this first" in unsure.text
    assert sure.status_code == 303
    assert "This contact was erased." in after
    assert "Carla" not in after + (await olga.get(path)).text + (await olga.get("/threads")).text
    assert "Erased" in (await olga.get(path)).text
    assert path not in (await olga.get("/contacts")).text
    assert (await olga.post(f"{path}/erasure", data={"sure": "yes"})).status_code == 303


async def test_a_phone_of_staff_is_not_erased_while_they_work_here(site: Site) -> None:
    await site.write("On my way", SAM_PHONE)
    path = f"/contacts/{await site.value('select contact_id from contacts')}"
    answer = await (await site.olga()).post(f"{path}/erasure", data={"sure": "yes"})

    assert answer.status_code == 422
    assert "somebody who works here" in answer.text


async def test_the_rival_finds_nobody_and_staff_may_not_look(site: Site) -> None:
    path = await carla(site)
    rex, sam = await site.rex(), await site.visitor(site.shops.harbor, "staff", "Sam")

    assert (await rex.get(f"{path}/privacy")).status_code == 404
    assert (await sam.get(f"{path}/privacy")).status_code == 403
    assert (await rex.post(f"{path}/everything.zip")).status_code == 404
    assert (await sam.post(f"{path}/everything.zip")).status_code == 403
    assert (await rex.post(f"{path}/erasure", data={"sure": "yes"})).status_code == 404
    assert (await sam.post(f"{path}/erasure", data={"sure": "yes"})).status_code == 403
    assert await site.value("select body from messages") == "It hurts since Monday"
