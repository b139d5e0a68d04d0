"""May we text this number now? The page's answer, what it keeps of a mistake, and the list of all rules."""

from dataclasses import replace

import pytest

from ringback.domain.business import TextBackPolicy
from ringback.domain.law.files import disclosure_rules, recording_rules, texting_rules
from ringback.store import businesses
from ringback.store.db import business_transaction
from tests.cast import CARLA, NOON
from tests.web.pages_cast import Site

FLORIDA = "(305) 555-0142"


async def test_a_number_in_florida_in_the_evening_may_be_texted_in_the_morning(site: Site) -> None:
    olga = await site.olga()
    asked = {"number": FLORIDA, "address": "", "day": "2026-11-21", "clock": "20:30"}
    page = (await olga.post("/law", data=asked)).text
    assert "Not now" in page
    # 8 o'clock in Chicago, where the business is, is 9 in Miami: with an area code alone, both clocks are kept.
    assert "from Sun, Nov 22, 9:00 AM, their time" in page
    assert "Fla. Stat. 501.616(6)" in page
    assert "47 CFR 64.1200(c)(1)" in page
    assert 'value="2026-11-21"' in page


async def test_an_address_and_no_time_ask_about_now(site: Site) -> None:
    olga = await site.olga()
    page = (await olga.post("/law", data={"number": CARLA, "address": "Providence, RI 02903"})).text
    assert "R.I. Gen. Laws 5-61-3.6" in page
    assert "At this instant, a text may reach" in page


async def test_the_owners_own_hours_are_said_where_they_are_later(site: Site) -> None:
    olga = await site.olga()
    asked = {"number": CARLA, "day": "2026-11-20", "clock": "08:00"}
    assert "Your own hours" not in (await olga.post("/law", data=asked)).text
    business = site.shops.harbor
    later = replace(business, policy=TextBackPolicy(not_before="10:30", not_after="18:00"))
    async with business_transaction(site.context.pool, business.business_id) as connection:
        await businesses.save_business(connection, later, {}, NOON)
    page = (await olga.post("/law", data=asked)).text
    assert "Your own hours for texts make it Fri, Nov 20, 10:30 AM" in page


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"number": "hello"}, "That is no phone number"),
        ({"number": FLORIDA, "day": "2026-11-21"}, "both a day and a time"),
        ({"number": FLORIDA, "day": "soon", "clock": "12:00"}, "both a day and a time"),
        ({"number": FLORIDA, "day": "9999-12-31", "clock": "23:59"}, "both a day and a time"),
        ({"number": FLORIDA, "day": "0001-01-01", "clock": "00:00"}, "both a day and a time"),
        ({}, "That is no phone number"),
    ],
)
async def test_a_mistake_is_said_beside_its_field_and_what_was_typed_is_kept(
    site: Site, typed: dict[str, str], says: str
) -> None:
    answer = await (await site.olga()).post("/law", data={**typed, "address": "Miami <FL>"})
    assert answer.status_code == 422
    assert says in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert "Miami &lt;FL&gt;" in answer.text


async def test_every_rule_stands_on_the_list_with_its_citation(site: Site) -> None:
    page = (await (await site.olga()).get("/law/rules")).text
    for rules in (texting_rules(), recording_rules(), disclosure_rules()):
        for versions in rules.values():
            for rule in versions:
                grounds = rule.grounds
                assert grounds.name in page
                assert grounds.citation.replace("&", "&amp;").replace("'", "&#39;") in page


async def test_the_settings_lead_to_the_law(site: Site) -> None:
    olga = await site.olga()
    assert 'href="/law"' in (await olga.get("/settings")).text
    assert "May we text this number now?" in (await olga.get("/law")).text
