"""The steps of the set-up over HTTP: what each saves, what each refuses beside its field, and who may do it."""

from dataclasses import replace
from typing import Any

import pytest

from ringback.domain.business import Business
from ringback.domain.hours import dump_hours
from ringback.store import businesses
from ringback.store.db import business_transaction
from ringback.web.wizard.hours import read_spans
from ringback.web.wizard.steps import STEPS
from ringback.workflows.context import Context
from tests.cast import harbor, open_shop, rex
from tests.fixtures import Shops
from tests.web.pages_cast import Site
from tests.web.wizard_cast import Newcomer, newcomer

PAGES = [step.name for step in STEPS]
DEEDS = [
    *("business", "number/pretend", "number/account", "number/account/end", "number/line"),
    *("words", "words/preview", "hours", "people", "test/window", "test/ring", "test/end", "live"),
]


@pytest.fixture
async def shops() -> None:
    """None yet: the installation is empty."""


@pytest.fixture
async def olga(site: Site) -> Newcomer:
    """Olga, who has just come in."""
    return await newcomer(site)


async def saved(site: Site) -> Business:
    """The only business, as it is stored."""
    business_id = await site.context.pool.fetchval("select business_id from business_directory")
    async with business_transaction(site.context.pool, business_id) as connection:
        business = await businesses.load_business(connection, business_id)
    assert business is not None
    return business


async def audited(site: Site) -> list[str]:
    business = await saved(site)
    async with business_transaction(site.context.pool, business.business_id) as connection:
        return [row["what"] for row in await connection.fetch("select what from audit_entries order by at, entry_id")]


async def test_the_set_up_leads_to_the_first_step_that_is_not_done(olga: Newcomer) -> None:
    first = await olga.browser.get("/set-up")
    await olga.business()
    second = await olga.browser.get("/set-up")

    assert [one.headers["location"] for one in (first, second)] == ["/set-up/business", "/set-up/number"]


@pytest.mark.parametrize("page", PAGES)
async def test_every_step_can_be_opened_at_any_time_and_shows_all_steps(olga: Newcomer, page: str) -> None:
    text = await olga.get(page)

    assert text.count('aria-current="step"') == 1
    assert [name for name in PAGES if f'href="/set-up/{name}"' not in text] == []


async def test_name_and_trade_make_a_whole_business(olga: Newcomer) -> None:
    answer = await olga.business(name="Peak HVAC", trade="hvac", country="GB", zone="Europe/London")

    business = await saved(olga.site)
    assert answer.headers["location"] == "/set-up/number"
    assert (business.slug, business.name, business.zone, business.tone) == (
        "peak-hvac", "Peak HVAC", "Europe/London", "warm",
    )  # fmt: skip
    assert business.hours.weekly[0] == (("08:00", "17:00"),)
    assert "Tune-up" in [service.name for service in business.services]
    assert business.receptionist.emergency_instruction is not None
    assert await audited(olga.site) == ["person.first_owner", "wizard.business"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"trade": ""}, "trade"),
        ({"trade": "piracy"}, "trade"),
        ({"country": "ZZ"}, "country"),
        ({"zone": "Mars/Olympus"}, "zone"),
        ({"language": "xx"}, "language"),
    ],
)
async def test_a_wrong_answer_is_told_beside_its_field_and_nothing_is_saved(
    olga: Newcomer, changes: dict[str, str], field: str
) -> None:
    before = await saved(olga.site)
    answer = await olga.business(**changes)

    assert answer.status_code == 422
    assert f'id="{field}-trouble"' in answer.text
    assert "Harbor Dental" in answer.text or "name" in changes
    assert await saved(olga.site) == before


async def test_another_trade_fills_in_what_nobody_changed_and_leaves_what_somebody_did(olga: Newcomer) -> None:
    await olga.business(trade="dental")
    await olga.post("hours", pattern="daily", opens="07:00", closes="15:00")
    await olga.business(trade="salon")

    business = await saved(olga.site)
    assert [service.name for service in business.services] == ["Haircut", "Color", "Manicure"]
    assert dump_hours(business.hours)["sun"] == ["07:00-15:00"]
    assert (business.tone, business.slug) == ("warm", "harbor-dental")


async def test_two_businesses_of_one_name_get_addresses_of_their_own(olga: Newcomer) -> None:
    await open_shop(olga.site.context.pool, replace(rex(), slug="harbor-dental"))
    await olga.business()

    slugs = await olga.site.context.pool.fetch("select slug from business_directory order by slug")
    assert [row["slug"] for row in slugs] == ["harbor-dental", "harbor-dental-2"]


@pytest.mark.parametrize(
    ("form", "week"),
    [
        ({"pattern": "weekdays", "opens": "08:00", "closes": "16:30"}, {"mon": ["08:00-16:30"], "sat": []}),
        ({"pattern": "with_saturday", "opens": "08:00", "closes": "16:30"}, {"sat": ["08:00-16:30"], "sun": []}),
        ({"pattern": "always"}, {"mon": ["00:00-24:00"], "sun": ["00:00-24:00"]}),
        (
            {"pattern": "own", "mon": "8-12, 1pm-5pm", "tue": "closed"},
            {"mon": ["08:00-12:00", "13:00-17:00"], "tue": []},
        ),
    ],
)
async def test_hours_are_saved_by_the_simplest_choice_and_shown_again(
    olga: Newcomer, form: dict[str, str], week: dict[str, list[str]]
) -> None:
    answer = await olga.post("hours", **form)

    hours = dump_hours((await saved(olga.site)).hours)
    assert answer.headers["location"] == "/set-up/people"
    assert {day: hours[day] for day in week} == week
    assert f'value="{form["pattern"]}" checked' in await olga.get("hours")


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"pattern": ""}, "pattern"),
        ({"pattern": "weekdays", "opens": "", "closes": "17:00"}, "times"),
        ({"pattern": "weekdays", "opens": "09:00", "closes": "09:00"}, "times"),
        ({"pattern": "own", "mon": "mornings"}, "mon"),
        ({"pattern": "own", "wed": "8-12, 11-15"}, "wed"),
        ({"pattern": "own"}, "mon"),
    ],
)
async def test_hours_that_say_nothing_are_refused_beside_their_field(
    olga: Newcomer, form: dict[str, str], field: str
) -> None:
    answer = await olga.post("hours", **form)

    assert answer.status_code == 422
    assert f'id="{field}-trouble"' in answer.text


@pytest.mark.parametrize(
    ("typed", "spans"),
    [
        ("8-17", ["08:00-17:00"]),
        ("9-5", ["09:00-17:00"]),
        ("8:30 am – 5 pm", ["08:30-17:00"]),
        ("12am to 12pm", ["00:00-12:00"]),
        ("22:00-06:00", ["22:00-06:00"]),
        ("8.00-12.00; 14.00-18.00", ["08:00-12:00", "14:00-18:00"]),
        ("", []),
        ("cerrado", []),
        ("25-26", None),
        ("8", None),
        ("13pm-14pm", None),
    ],
)
def test_times_are_read_as_people_write_them(typed: str, spans: list[str] | None) -> None:
    assert read_spans(typed) == spans


async def test_words_left_as_they_are_stay_the_built_in_ones(olga: Newcomer) -> None:
    await olga.business()
    page = await olga.get("words")
    bodies = {moment: page.split(f'id="{moment}"')[1].split(">", 1)[1].split("<")[0]
              for moment in ("missed", "closed", "busy")}  # fmt: skip

    answer = await olga.post("words", tone="formal", **bodies)

    assert answer.headers["location"] == "/set-up/hours"
    assert (await saved(olga.site)).wordings == ()


OWN = {
    "missed": "Hi, {business} here, sorry! What do you need? STOP to opt out.",
    "closed": "{business} opens {opens}. What do you need? STOP to opt out.",
    "busy": "{business} here, on another call. What do you need? STOP to opt out.",
}


async def test_words_of_ones_own_are_saved_with_their_rules_and_shown_again(olga: Newcomer) -> None:
    await olga.business()
    await olga.post("words", tone="brief", **OWN)

    business = await saved(olga.site)
    named = {wording.name: wording.body for wording in business.wordings}
    assert [named[name] for name in ("Missed call", "After hours", "Busy")] == list(OWN.values())
    assert {rule.wording for rule in business.rules} == set(named)
    # Who speaks Spanish must not get English words because of it.
    assert "Missed call (Spanish)" in named
    assert "Hi, Harbor Dental here, sorry!" in await olga.get("words")


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("What do you need?", "Name the business"),
        ("{business}: " + "please wait a little " * 12, "Shorten it"),
        ("{business}: see https://harbor.example", "link"),
        ("{business}, {price}?", "price"),
    ],
)
async def test_words_with_an_error_are_not_saved_and_stay_in_their_field(olga: Newcomer, body: str, why: str) -> None:
    await olga.business()
    answer = await olga.post("words", tone="warm", **{**OWN, "missed": body})

    assert answer.status_code == 422
    assert 'id="missed-trouble"' in answer.text
    assert why in answer.text
    assert (await saved(olga.site)).wordings == ()


async def test_the_preview_says_what_the_caller_reads_and_what_it_costs(olga: Newcomer) -> None:
    await olga.business()
    answer = await olga.post("words/preview", moment="missed", missed="¡{business} está aquí! ¿Qué necesita?")

    assert answer.status_code == 200
    assert "¡Harbor Dental está aquí!" in answer.text
    assert "1 text" in answer.text
    assert "accents or emoji" in answer.text
    assert "<html" not in answer.text


async def test_a_tone_is_shown_before_it_is_saved(olga: Newcomer) -> None:
    await olga.business()
    page = await olga.get("words?tone=brief")

    assert "{business} here. We missed your call." in page
    assert (await saved(olga.site)).tone == "formal"


async def test_whoever_sets_it_up_becomes_a_person_of_the_staff_who_gets_the_replies(olga: Newcomer) -> None:
    await olga.business()
    answer = await olga.post("people", me="0", name_0="Olga", phone_0="312 555 0162", replies_0="yes", name_1="")

    business = await saved(olga.site)
    [person] = business.staff
    assert answer.headers["location"] == "/set-up/test"
    assert (person.name, person.phone, person.email) == ("Olga", "+13125550162", "olga@harbor.example")
    assert [rule.staff for rule in business.routing.rules] == [("Olga",)]
    assert await olga.site.context.pool.fetchval("select staff_id from memberships") == person.staff_id
    assert (await audited(olga.site))[-2:] == ["wizard.people", "people.linked"]


async def test_a_new_name_leaves_a_person_who_they_are(olga: Newcomer) -> None:
    await olga.post("people", me="0", name_0="Olga", phone_0="3125550162", replies_0="yes", name_1="Sam", phone_1="")
    before = (await saved(olga.site)).staff
    await olga.post(
        "people", me="0", name_0="Olga R.", phone_0="3125550162", name_1="Sam", phone_1="3125550161", replies_1="yes"
    )

    after = await saved(olga.site)
    assert [person.staff_id for person in after.staff] == [person.staff_id for person in before]
    assert [rule.staff for rule in after.routing.rules] == [("Sam",)]
    assert "Olga R." in await olga.get("people")


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"name_0": "Olga", "phone_0": ""}, "phone_0"),
        ({"name_0": "Olga", "phone_0": "call me"}, "phone_0"),
        ({"name_0": "", "phone_0": "3125550162"}, "name_0"),
        ({"name_0": "Olga", "phone_0": "3125550162", "name_1": "olga"}, "name_1"),
    ],
)
async def test_people_who_cannot_be_reached_are_refused_beside_their_field(
    olga: Newcomer, form: dict[str, str], field: str
) -> None:
    answer = await olga.post("people", me="0", replies_0="yes", **form)

    assert answer.status_code == 422
    assert f'id="{field}-trouble"' in answer.text
    assert (await saved(olga.site)).staff == ()


async def test_somebody_has_to_get_the_replies(olga: Newcomer) -> None:
    answer = await olga.post("people", me="0", name_0="Olga", phone_0="3125550162")

    assert answer.status_code == 422
    assert 'id="replies-trouble"' in answer.text


async def test_without_a_number_nothing_can_be_tested_or_go_live(olga: Newcomer) -> None:
    assert "Connect a number first" in await olga.get("test")
    assert "No number is connected yet" in await olga.get("live")
    assert (await olga.post("test/ring")).status_code == 404
    assert (await olga.post("live", line="")).status_code == 404
    assert (await olga.post("test/window", phone="3125550162")).status_code == 422


@pytest.mark.parametrize("role", ["staff", "viewer"])
async def test_only_owners_see_or_change_the_set_up(context: Context, site: Site, role: str) -> None:
    shop = await open_shop(context.pool, harbor())
    browser = await site.visitor(shop, role, "Sam")
    line = shop.lines[0].line_id

    answers = [await browser.get(f"/set-up/{page}") for page in PAGES]
    answers += [await browser.post(f"/set-up/{deed}", data={"name": "Rex"}) for deed in DEEDS]
    answers += [await browser.post(f"/set-up/number/{line}/{deed}") for deed in ("hooks", "end")]

    assert {answer.status_code for answer in answers} == {403}


async def test_rex_reaches_no_line_of_harbor(context: Context, site: Site) -> None:
    shops = Shops(await open_shop(context.pool, harbor()), await open_shop(context.pool, rex()))
    browser = await site.visitor(shops.rex, name="Rex")
    line = shops.harbor.lines[0].line_id

    for deed in ("hooks", "end"):
        assert (await browser.post(f"/set-up/number/{line}/{deed}")).status_code == 404
    assert (await browser.post("/set-up/live", data={"line": str(line)})).status_code == 404
    async with business_transaction(context.pool, shops.harbor.business_id) as connection:
        kept: Any = await businesses.load_business(connection, shops.harbor.business_id)
    assert kept == shops.harbor


async def test_a_business_from_a_file_is_live_and_has_no_set_up_to_finish(context: Context, site: Site) -> None:
    shop = await open_shop(context.pool, harbor())
    browser = await site.visitor(shop)

    assert not any(line.in_set_up for line in shop.lines)
    assert "Go on with the set-up" not in (await browser.get("/more")).text
    assert "You are live" in (await browser.get("/set-up/live")).text


async def test_an_unfinished_set_up_is_said_on_every_page_of_the_owner(olga: Newcomer) -> None:
    assert "Go on with the set-up" in (await olga.browser.get("/more")).text
