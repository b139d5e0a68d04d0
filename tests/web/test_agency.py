"""An agency across its businesses: who needs somebody, entering one, and a new one set up like another."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import httpx2
import pytest

from ringback.domain.business import Business, Duty, Fact, RoutingPolicy, RoutingRule, Service
from ringback.domain.wording import Rule, Wording
from ringback.store import agencies, alarms, businesses, people
from ringback.store.agencies import Agency
from ringback.store.db import business_transaction
from ringback.store.ids import new_id
from ringback.store.people import Person
from tests.cast import NOON, harbor, open_shop
from tests.patience import PATIENCE_SECONDS
from tests.store.stock import take_call
from tests.web.pages_cast import COOKIE, Site

MISSED = ("no_answer",)


async def ana(site: Site, *looked_after: Business) -> httpx2.AsyncClient:
    """Return the browser of Ana, whose agency looks after these businesses; she is in the first."""
    pool, agency_id = site.context.pool, new_id()
    await agencies.create_agency(pool, Agency(agency_id, "bright", "Bright Agency"), NOON)
    for business in looked_after:
        await agencies.add_business(pool, agency_id, business.business_id, NOON)
    person = Person(new_id(), "ana@bright.example", "Ana", "no password")
    person_id = await people.save_person(pool, person, looked_after[0].business_id, "viewer", NOON)
    await agencies.add_person(pool, agency_id, person_id, NOON)
    token = await people.start_session(pool, person_id, looked_after[0].business_id, NOON)
    client = httpx2.AsyncClient(
        base_url=site.url, cookies={COOKIE: token}, headers={"origin": site.url}, timeout=PATIENCE_SECONDS
    )
    return await site.stack.enter_async_context(client)


async def shop(site: Site, n: int) -> Business:
    """Open one more business, without lines."""
    business = replace(harbor(UUID(int=1000 + n)), slug=f"shop-{n}", name=f"Shop {n:03d}", lines=(), staff=())
    return await open_shop(site.context.pool, business)


def row_of(page: str, name: str) -> str:
    """Return the row of a business."""
    return next(row for row in table_of(page).split("<tr>") if f">{name}<" in row)


def table_of(page: str) -> str:
    """Return the rows of all businesses, without the frame around them."""
    return page.partition("<tbody>")[2].partition("</tbody>")[0]


async def test_each_business_of_the_agency_is_a_row_and_no_other_is(site: Site) -> None:
    second = await shop(site, 2)
    page = (await (await ana(site, site.shops.harbor, second)).get("/agency")).text
    assert "2 businesses" in page
    assert "2 lines" in row_of(page, "Harbor Dental")
    assert "No phone line yet" in row_of(page, "Shop 002")
    assert "Rex Dental" not in page


async def test_those_with_an_alarm_come_first_and_then_those_that_wait_longest(site: Site) -> None:
    quiet, alarmed = await shop(site, 1), await shop(site, 2)
    async with business_transaction(site.context.pool, alarmed.business_id) as connection:
        await alarms.raise_alarm(connection, alarmed.business_id, "credentials", "twilio", "refused", NOON)
    await site.write("Is anybody there?")
    page = (await (await ana(site, quiet, site.shops.harbor, alarmed)).get("/agency")).text

    rows = table_of(page)
    assert rows.index(">Shop 002<") < rows.index(">Harbor Dental<") < rows.index(">Shop 001<")
    assert "1 alarm" in row_of(page, "Shop 002")
    assert "1 conversation needs a reply" in page


async def test_the_month_is_counted_in_the_zone_of_each_business(site: Site) -> None:
    clock, business = site.context.clock, site.shops.harbor
    async with business_transaction(site.context.pool, business.business_id) as connection:
        call_id = await take_call(connection, business, "CA1")
        await connection.execute("update calls set outcome = 'no_answer' where call_id = $1", call_id)
        for began, counted in ((NOON, 1), (NOON.replace(day=1, hour=5, minute=1), 1), (NOON.replace(day=1, hour=4), 0)):
            await connection.execute("update calls set started_at = $1", began)
            [figures] = await agencies.load_figures(connection, [business.business_id], MISSED, clock.now())
            assert figures.missed == counted, began


async def test_a_booking_after_the_missed_call_is_recovered_and_one_before_it_is_not(site: Site) -> None:
    business = site.shops.harbor
    async with business_transaction(site.context.pool, business.business_id) as connection:
        call_id = await take_call(connection, business, "CA1")
        await connection.execute("update calls set outcome = 'no_answer' where call_id = $1", call_id)
        contact_id = await connection.fetchval("select contact_id from calls where call_id = $1", call_id)
        await connection.execute(
            "insert into bookings (business_id, booking_id, contact_id, service, staff_id, starts_at, ends_at, state, "
            "sitting_id, made_by, made_at, changed_at) values ($1, $2, $3, 'Cleaning', $4, $5, $6, 'booked', $2, "
            "'staff', $7, $7)",
            *(business.business_id, new_id(), contact_id, business.staff[0].staff_id),
            *(NOON + timedelta(days=1), NOON + timedelta(days=1, hours=1), NOON + timedelta(minutes=1)),
        )
        for made_at, recovered in ((NOON + timedelta(minutes=1), 1), (NOON - timedelta(days=1), 0)):
            await connection.execute("update bookings set made_at = $1", made_at)
            [figures] = await agencies.load_figures(connection, [business.business_id], MISSED, NOON)
            assert figures.recovered == recovered


async def test_a_search_finds_a_business_by_part_of_its_name(site: Site) -> None:
    await shop(site, 1)
    browser = await ana(site, site.shops.harbor, await shop(site, 2))
    rows = table_of((await browser.get("/agency?q=shop")).text)
    assert ">Shop 002<" in rows
    assert ">Harbor Dental<" not in rows
    assert "No business found" in (await browser.get("/agency?q=nowhere")).text


async def test_two_hundred_businesses_are_asked_in_two_queries(site: Site) -> None:
    shops = [await shop(site, n) for n in range(200)]
    browser = await ana(site, *shops)
    page = (await browser.get("/agency")).text
    assert "200 businesses" in page
    assert "100 more are not shown" in page
    async with business_transaction(site.context.pool, site.shops.rex.business_id) as connection:
        figures = await agencies.load_figures(connection, [one.business_id for one in shops], MISSED, NOON)
        assert [one.name for one in figures] == [one.name for one in shops]
        seen = await connection.fetch("select name from businesses")
        assert [row["name"] for row in seen] == ["Rex Dental"], "the transaction still sees its own business alone"


async def test_the_agency_enters_each_of_its_businesses_as_agency(site: Site) -> None:
    second = await shop(site, 2)
    browser = await ana(site, site.shops.harbor, second)
    entered = await browser.post("/session/business", data={"business": str(second.business_id)})
    assert entered.status_code == 303
    assert "Shop 002" in (await browser.get("/contacts")).text
    rexs = str(site.shops.rex.business_id)
    assert (await browser.post("/session/business", data={"business": rexs})).status_code in (403, 404)
    assert "Rex Dental" not in (await browser.get("/contacts")).text


@pytest.mark.parametrize("role", ["viewer", "staff", "owner"])
async def test_only_the_agency_sees_its_page_and_copies(site: Site, role: str) -> None:
    await ana(site, site.shops.harbor)
    browser = await site.visitor(site.shops.harbor, role, "Sam")
    assert (await browser.get("/agency")).status_code == 403
    assert (await browser.get("/agency/businesses/new")).status_code == 403
    form = {"source": str(site.shops.harbor.business_id), "name": "Copy", "zone": "America/Denver"}
    assert (await browser.post("/agency/businesses", data=form)).status_code == 403
    assert await businesses.find_business(site.context.pool, "copy") is None


async def test_someone_with_the_role_but_no_agency_finds_nothing(site: Site) -> None:
    browser = await site.visitor(site.shops.harbor, "agency", "Stray")
    assert (await browser.get("/agency")).status_code == 404


async def set_up(site: Site) -> Business:
    """Give Harbor what is its trade's and what is its own."""
    own = (
        Fact("Where do you park me?", "Behind the house at 12 Elm Street."),
        Fact("Which number for emergencies?", "Ring (312) 555-0123."),
        Fact("Do you take children?", "Harbor Dental sees children from three years on."),
    )
    full = replace(
        site.shops.harbor,
        address="12 Elm Street, Springfield",
        services=(Service("Cleaning", 45, 9500, staff=("Sam",)),),
        facts=own,
        receptionist=replace(
            site.shops.harbor.receptionist, on_call=("Sam",), emergency_instruction="Ring (312) 555-0123 now."
        ),
        routing=RoutingPolicy(target_minutes=9, backup="Olga", rules=(RoutingRule(("Sam",)),), roster=(Duty("Sam"),)),
        wordings=(
            Wording("Missed", "en", "Hi, this is {business}. Sorry we missed you. How can we help?"),
            Wording("Own", "en", "Hi, this is {business}. Ring (312) 555-0123. How can we help?"),
        ),
        rules=(Rule("Missed", lines=frozenset({"Main"})), Rule("Own"), Rule("Missed")),
    )
    return await open_shop(site.context.pool, full)


async def test_a_copy_has_the_set_up_and_none_of_the_phones_people_and_addresses(site: Site) -> None:
    source = await set_up(site)
    browser = await ana(site, source)
    form = {"source": str(source.business_id), "name": "Lake Dental", "zone": "America/Denver"}
    done = await browser.post("/agency/businesses", data=form)
    assert done.status_code == 303, done.text

    business_id = await businesses.find_business(site.context.pool, "lake-dental")
    assert business_id is not None
    async with business_transaction(site.context.pool, business_id) as connection:
        made = await businesses.load_business(connection, business_id)
        assert await connection.fetchval("select count(*) from connections") == 0
    assert made is not None
    assert (made.name, made.zone, made.hours) == ("Lake Dental", "America/Denver", source.hours)
    assert (made.lines, made.staff, made.address) == ((), (), None)
    assert made.routing == RoutingPolicy(target_minutes=9)
    assert (made.receptionist.on_call, made.receptionist.emergency_instruction) == ((), None)
    assert ([wording.name for wording in made.wordings], made.rules) == (["Missed"], (Rule("Missed"),))
    assert made.services == (Service("Cleaning", 45, 9500),)
    assert [fact.answer for fact in made.facts] == ["Lake Dental sees children from three years on."]

    page = (await browser.get(done.headers["location"])).text
    assert "Lake Dental is set up." in page
    await browser.post("/session/business", data={"business": str(business_id)})
    log = (await browser.get("/audit")).text
    assert "Set up as a copy" in log
    assert "Facts and words with a phone number or the address, which were left out: 4." in log


async def test_the_source_is_as_it_was_after_a_copy(site: Site) -> None:
    source = await set_up(site)
    form = {"source": str(source.business_id), "name": "Lake Dental", "zone": "America/Denver"}
    await (await ana(site, source)).post("/agency/businesses", data=form)
    async with business_transaction(site.context.pool, source.business_id) as connection:
        assert await businesses.load_business(connection, source.business_id) == source


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": ""}, "Write the name that callers know it by."),
        ({"name": "…"}, "Write the name that callers know it by."),
        ({"name": "Rex Dental"}, "a name too much like this one"),
        ({"zone": "Chicago"}, "This is no time zone."),
        ({"source": "rex"}, "Choose one of your businesses."),
    ],
)
async def test_a_copy_that_cannot_be_made_says_why_beside_the_field_and_keeps_what_was_typed(
    site: Site, changes: dict[str, str], said: str
) -> None:
    source = await set_up(site)
    browser = await ana(site, source)
    form = {"source": str(source.business_id), "name": "Lake Dental", "zone": "America/Denver"} | changes
    form["source"] = str(site.shops.rex.business_id) if form["source"] == "rex" else form["source"]
    refused = await browser.post("/agency/businesses", data=form)
    assert refused.status_code == 422
    assert said in refused.text
    assert f'value="{form["zone"]}"' in refused.text
    assert await businesses.find_business(site.context.pool, "lake-dental") is None
    assert len(await businesses.list_slugs(site.context.pool)) == 2
