"""The pages of routing and of being away: what they show, what they change, and who may."""

import re
from uuid import UUID

import httpx2
import pytest

from ringback.domain.business import Business
from ringback.store import businesses
from ringback.store.db import business_transaction
from tests.web.pages_cast import Site


async def harbor_now(site: Site) -> Business:
    """Return Harbor Dental as it is stored."""
    async with business_transaction(site.context.pool, site.shops.harbor.business_id) as connection:
        found = await businesses.load_business(connection, site.shops.harbor.business_id)
    assert found is not None
    return found


async def seen(client: httpx2.AsyncClient, path: str = "/routing") -> str:
    return (await client.get(path)).text.split('name="seen" value="')[1][:20]


async def add_rule(client: httpx2.AsyncClient, **fields: str | list[str]) -> httpx2.Response:
    form = {"seen": await seen(client, "/routing/rules/new"), **fields}
    return await client.post("/routing/rules/new", data=form)


async def audited(site: Site) -> int:
    async with business_transaction(site.context.pool, site.shops.harbor.business_id) as connection:
        return int(await connection.fetchval("select count(*) from audit_entries"))


async def test_an_owner_makes_moves_changes_and_removes_rules(site: Site) -> None:
    olga = await site.olga()
    assert "There are no rules" in (await olga.get("/routing")).text
    assert (await add_rule(olga, keywords="invoice, insurance", staff=["Olga", ""])).status_code == 303
    await add_rule(olga, lines=["Main"], staff=["", "Sam"], days=["closed"], on_call="on")

    first, second = (await harbor_now(site)).routing.rules
    assert (first.keywords, first.staff) == (("invoice", "insurance"), ("Olga",))
    assert (second.lines, second.staff, second.on_call, second.days) == (("Main",), ("Sam",), True, ("closed",))
    await olga.post("/routing/rules/1/position", data={"seen": await seen(olga), "to": "up"})
    assert (await harbor_now(site)).routing.rules == (second, first)
    form = {"seen": await seen(olga, "/routing/rules/1"), "keywords": "bill", "staff": "Sam"}
    await olga.post("/routing/rules/1", data=form)
    assert (await harbor_now(site)).routing.rules[1].keywords == ("bill",)
    await olga.post("/routing/rules/0/removal", data={"seen": await seen(olga)})
    assert [rule.staff for rule in (await harbor_now(site)).routing.rules] == [("Sam",)]
    assert await audited(site) == 5


async def test_a_rule_for_nobody_is_refused_and_what_was_typed_is_kept(site: Site) -> None:
    olga = await site.olga()
    answer = await add_rule(olga, keywords="invoice")

    assert answer.status_code == 422
    assert "names nobody" in answer.text
    assert 'value="invoice"' in answer.text
    assert (await harbor_now(site)).routing.rules == ()


async def test_target_ladder_and_confirmation_are_saved(site: Site) -> None:
    olga = await site.olga()
    form = {"target_minutes": "10", "step_minutes": "3", "outside_hours": "at_once", "backup": "Sam"}
    answer = await olga.post("/routing/policy", data={"seen": await seen(olga), **form, "confirm_relay": "on"})

    policy = (await harbor_now(site)).routing
    assert answer.status_code == 303
    assert (policy.target_minutes, policy.step_minutes, policy.outside_hours) == (10, 3, "at_once")
    assert (policy.backup, policy.confirm_relay) == ("Sam", True)


@pytest.mark.parametrize("minutes", ["soon", "0", "99999", ""])
async def test_a_target_that_is_no_number_of_minutes_is_said_beside_the_field(site: Site, minutes: str) -> None:
    olga = await site.olga()
    form = {"target_minutes": minutes, "step_minutes": "5", "outside_hours": "at_once", "backup": ""}
    answer = await olga.post("/routing/policy", data={"seen": await seen(olga), **form})

    assert answer.status_code == 422
    assert f'name="target_minutes" inputmode="numeric" value="{minutes}"' in answer.text
    assert 'id="target_minutes-wrong"' in answer.text
    assert (await harbor_now(site)).routing.target_minutes == 5


async def test_what_was_chosen_beside_a_wrong_number_is_kept(site: Site) -> None:
    olga = await site.olga()
    form = {"target_minutes": "soon", "step_minutes": "5", "outside_hours": "at_once", "backup": "Sam"}
    page = (await olga.post("/routing/policy", data={"seen": await seen(olga), **form, "confirm_relay": "on"})).text

    assert 'value="at_once" checked' in page
    assert "<option selected>Sam</option>" in page
    assert 'name="confirm_relay" value="on" checked' in page


async def test_a_form_that_is_older_than_a_change_saves_nothing(site: Site) -> None:
    olga = await site.olga()
    old = await seen(olga)
    await add_rule(olga, staff="Olga")
    answer = await olga.post("/routing/rules/0/removal", data={"seen": old})

    assert answer.status_code == 409
    assert len((await harbor_now(site)).routing.rules) == 1


async def test_the_roster_takes_days_and_other_weeks(site: Site) -> None:
    olga = await site.olga()
    form = {"staff": "Sam", "days": ["sat", "sun"], "first_on": "2026-11-16", "last_on": "", "every_weeks": "2"}
    await olga.post("/routing/roster", data={"seen": await seen(olga), **form})
    [duty] = (await harbor_now(site)).routing.roster
    assert (duty.staff, duty.days, str(duty.first_on), duty.every_weeks) == ("Sam", ("sat", "sun"), "2026-11-16", 2)

    wrong = {**form, "first_on": "soon"}
    answer = await olga.post("/routing/roster", data={"seen": await seen(olga), **wrong})
    assert answer.status_code == 422
    assert "must be a date" in answer.text
    assert re.findall(r'value="(\w+)" checked', answer.text.partition('id="duty-staff"')[2]) == ["sat", "sun"]
    await olga.post("/routing/roster/0/removal", data={"seen": await seen(olga)})
    assert (await harbor_now(site)).routing.roster == ()


async def test_the_trial_says_who_would_get_a_text_and_why(site: Site) -> None:
    olga = await site.olga()
    await add_rule(olga, keywords="invoice", staff="Olga")
    page = (await olga.get("/routing", params={"words": "my invoice?", "line": "Main", "service": ""})).text
    assert "Olga gets it." in page
    assert "Rule 1 fits: Olga answers." in page
    page = (await olga.get("/routing", params={"words": "hello", "line": "Main", "service": ""})).text
    assert "Everyone gets it." in page
    assert "Rule 1 is for words that they did not write." in page


@pytest.mark.parametrize(
    "params", [{"on": "2026-99-99", "at": "x"}, {"on": "9999-12-31", "at": "23:59"}, {"at": "24:00"}]
)
async def test_a_trial_of_an_impossible_moment_is_one_of_now(site: Site, params: dict[str, str]) -> None:
    answer = await (await site.olga()).get("/routing", params={"words": "hello", **params})

    assert answer.status_code == 200


async def test_busy_by_one_tap_and_back_again(site: Site) -> None:
    olga = await site.olga()
    assert (await olga.post("/away", data={"who": "everyone", "minutes": "60"})).status_code == 303
    assert (await harbor_now(site)).away_until is not None
    assert "Said by Olga." in (await olga.get("/away")).text
    await olga.post("/away/end", data={"staff": "everyone"})
    assert (await harbor_now(site)).away_until is None
    assert "Everybody is there." in (await olga.get("/away")).text
    assert await audited(site) == 2


async def test_who_is_on_the_staff_list_goes_away_alone(site: Site) -> None:
    sam = site.shops.harbor.staff[0]
    browser = await site.visitor(site.shops.harbor, "staff", "Sam")
    pool = site.context.pool
    await pool.execute("update memberships set staff_id = $1 where role = 'staff'", sam.staff_id)
    await browser.post("/away", data={"who": "me", "day": "tomorrow", "at": "09:00"})

    found = await harbor_now(site)
    assert f"{found.staff[0].away_until:%Y-%m-%d %H:%M}" == "2026-11-19 15:00"
    assert found.away_until is None
    await browser.post("/away/end", data={"staff": str(sam.staff_id)})
    assert (await harbor_now(site)).staff[0].away_until is None


@pytest.mark.parametrize("form", [{}, {"at": "09:00", "day": "today"}, {"at": "25:00"}, {"minutes": "999999"}])
async def test_a_time_that_is_past_or_none_is_said_beside_the_field(site: Site, form: dict[str, str]) -> None:
    olga = await site.olga()
    answer = await olga.post("/away", data={"who": "everyone", **form})

    assert answer.status_code == 422
    assert "still to come" in answer.text
    assert (await harbor_now(site)).away_until is None


async def test_who_is_not_on_the_staff_list_cannot_be_away_alone(site: Site) -> None:
    answer = await (await site.olga()).post("/away", data={"who": "me", "minutes": "30"})

    assert answer.status_code == 422
    assert "not on the staff list" in answer.text


OWNERS = ["/routing/policy", "/routing/rules/new", "/routing/rules/0", "/routing/rules/0/position"]
OWNERS += ["/routing/rules/0/removal", "/routing/roster", "/routing/roster/0/removal"]


@pytest.mark.parametrize(("role", "paths"), [("viewer", [*OWNERS, "/away", "/away/end"]), ("staff", OWNERS)])
async def test_who_may_only_look_or_answer_changes_nothing(site: Site, role: str, paths: list[str]) -> None:
    browser = await site.visitor(site.shops.harbor, role, "Sam")
    for path in ("/routing", "/away"):
        page = await browser.get(path)
        assert page.status_code == 200
    for path in paths:
        assert (await browser.post(path, data={"who": "everyone", "minutes": "5"})).status_code == 403
    assert await audited(site) == 0


async def test_rex_sees_and_ends_nothing_of_harbors(site: Site) -> None:
    olga, rex = await site.olga(), await site.rex()
    await add_rule(olga, keywords="invoice", staff="Olga")
    await olga.post("/away", data={"who": "everyone", "minutes": "60"})

    assert "invoice" not in (await rex.get("/routing")).text
    assert "Everybody is there." in (await rex.get("/away")).text
    assert (await rex.get("/routing/rules/0")).status_code == 404
    assert (await rex.post("/away/end", data={"staff": str(UUID(int=21))})).status_code == 404
    await rex.post("/away/end", data={"staff": "everyone"})
    assert (await harbor_now(site)).away_until is not None
