"""The settings over HTTP: what is shown is what is stored, what is sent untouched changes nothing, roles are kept."""

from dataclasses import replace
from datetime import date

import httpx2
import pytest

from ringback.domain.hours import Holiday
from ringback.store.audit import list_entries
from ringback.store.db import business_transaction
from tests.cast import AUTH_TOKEN, SETTINGS
from tests.web.pages_cast import Site
from tests.web.settings_cast import (
    entry_path,
    export,
    forms_in,
    full_harbor,
    links_in,
    load,
    open_form,
    sample,
    send,
    store,
)

TABLES = ("business", "hours", "text-back", "booking", "receptionist", "number-lookup")
LISTS = ("lines", "staff", "special-days", "services", "facts", "wordings", "rules", "resources")


async def every_form(browser: httpx2.AsyncClient) -> list[str]:
    """The address of every form of a business that is there to be changed, without the empty ones for new entries."""
    found = [f"/settings/{slug}" for slug in TABLES]
    for slug in LISTS:
        links = await links_in(browser, f"/settings/{slug}", f"/settings/{slug}/")
        found += [link for link in links if not link.endswith(("/new", "/trial"))]
    for service in [path for path in found if path.startswith("/settings/services/")]:
        found += [link for link in await links_in(browser, service, f"{service}/details/") if not link.endswith("/new")]
    return found


@pytest.mark.parametrize("shop", ["cast", "harbor-dental.toml", "peak-hvac.toml", "ridgeline-plumbing.toml"])
async def test_every_form_sent_as_it_came_leaves_the_export_as_it_was(site: Site, shop: str) -> None:
    await store(site, full_harbor() if shop == "cast" else sample(shop))
    browser, before = await site.olga(), await export(site)
    paths = await every_form(browser)
    assert len(paths) > 12

    for path in paths:
        answer = await send(browser, await open_form(browser, path))
        assert (answer.status_code, answer.headers["location"].partition("?")[2]) == (303, "saved=same"), path

    assert await export(site) == before


async def test_what_was_changed_is_saved_said_and_noted_with_what_it_was(site: Site) -> None:
    await store(site, full_harbor())
    olga = await site.olga()
    form = await open_form(olga, "/settings/booking")

    answer = await send(olga, form.filled(lead_minutes="45", public_page=None))
    page = (await olga.get(answer.headers["location"])).text

    kept = (await load(site)).booking
    assert (kept.lead_minutes, kept.public_page, kept.reminder_hours) == (45, False, 1.5)
    assert "Saved. What is different now:" in page
    assert "Not sooner than" in page
    entry = await _last_entry(site)
    assert (entry["who"], entry["what"], entry["subject"]) == ("Olga", "settings.booking", "booking")
    assert (entry["before"], entry["after"]) == ({}, {"lead_minutes": 45, "public_page": False})


async def _last_entry(site: Site) -> dict[str, object]:
    business_id = site.shops.harbor.business_id
    async with business_transaction(site.context.pool, business_id) as connection:
        return (await list_entries(connection, business_id, None, 1))[0]


async def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(site: Site) -> None:
    await store(site, full_harbor())
    olga, before = await site.olga(), await export(site)
    form = await open_form(olga, await entry_path(site, olga, "services"))

    answer = await send(olga, form.filled(name="", minutes="soon", price_cents="a lot"))

    assert answer.status_code == 422
    assert "3 things keep this from being saved" in answer.text
    for shown in (
        'href="#f-name">Name: is empty',
        'id="f-minutes-wrong"><span aria-hidden="true">!</span> It takes: must be a whole number',
        "Price: must be an amount like 129 or 129.50",
        'aria-invalid="true" aria-describedby="f-price_cents-hint f-price_cents-wrong"',
    ):
        assert shown in answer.text, shown
    again = forms_in(answer.text)[0]
    assert (again.text("minutes"), again.text("price_cents"), again.text("also")) == (
        "soon", "a lot", "cleaning\r\nlimpieza",
    )  # fmt: skip
    assert await export(site) == before


async def test_a_problem_of_another_page_is_said_with_the_way_there(site: Site) -> None:
    await store(site, full_harbor())
    olga = await site.olga()
    sam = await entry_path(site, olga, "staff")
    service = await entry_path(site, olga, "services")
    removal = forms_in((await olga.get(f"{sam}/removal")).text)[0]

    answer = await send(olga, removal)

    assert answer.status_code == 422
    assert f'<a href="{service}">Services</a>: there is nothing called &#34;Sam&#34; here' in answer.text
    assert [person.name for person in (await load(site)).staff] == ["Sam", "Olga"]


async def test_two_who_edit_the_same_form_see_both_and_neither_is_lost(site: Site) -> None:
    await store(site, full_harbor())
    olga, partner = await site.olga(), await site.visitor(site.shops.harbor, name="Pat")
    path = await entry_path(site, olga, "services")
    first, second = await open_form(olga, path), await open_form(partner, path)

    assert (await send(partner, second.filled(price_cents="160"))).status_code == 303
    held = await send(olga, first.filled(price_cents="155.50"))

    assert held.status_code == 409
    assert "Pat changed this on" in held.text
    assert '<th scope="row">Price</th><td>160</td><td>155.50</td>' in held.text
    assert (await load(site)).services[0].price_cents == 16000
    again = next(form for form in forms_in(held.text) if form.action == path)
    assert (await send(olga, again)).status_code == 303
    assert (await load(site)).services[0].price_cents == 15550


async def test_two_who_edit_different_forms_do_not_disturb_each_other(site: Site) -> None:
    await store(site, full_harbor())
    olga = await site.olga()
    first, second = await open_form(olga, "/settings/booking"), await open_form(olga, "/settings/text-back")

    assert (await send(olga, first.filled(lead_minutes="45"))).status_code == 303
    assert (await send(olga, second.filled(window_hours="6"))).status_code == 303


async def test_what_somebody_else_removed_is_kept_as_typed_for_a_new_entry(site: Site) -> None:
    await store(site, full_harbor())
    olga = await site.olga()
    path = await entry_path(site, olga, "facts")
    form = await open_form(olga, path)
    await send(olga, forms_in((await olga.get(f"{path}/removal")).text)[0])

    held = await send(olga, form.filled(answer="Behind the barn."))

    assert held.status_code == 409
    again = next(form for form in forms_in(held.text) if form.action == "/settings/facts/new")
    assert again.text("answer") == "Behind the barn."
    assert (await send(olga, again)).status_code == 303
    assert (await load(site)).facts[-1].answer == "Behind the barn."


async def test_a_person_who_is_renamed_stays_the_same_person_everywhere(site: Site) -> None:
    await store(site, full_harbor())
    olga, before = await site.olga(), await load(site)
    form = await open_form(olga, await entry_path(site, olga, "staff"))

    assert (await send(olga, form.filled(name="Samuel"))).status_code == 303

    after = await load(site)
    assert (after.staff[0].name, after.staff[0].staff_id) == ("Samuel", before.staff[0].staff_id)
    assert after.services[0].staff == ("Samuel",)
    assert after.lines[0].ring.staff == ("Olga", "Samuel")
    assert after.receptionist.on_call == ("Olga", "Samuel")


async def test_rules_move_by_buttons_and_the_order_is_kept(site: Site) -> None:
    await store(site, full_harbor())
    olga = await site.olga()
    moves = [form for form in forms_in((await olga.get("/settings/rules")).text) if form.action.endswith("/position")]

    assert (await send(olga, moves[0].filled(to="down"))).status_code == 303
    assert [rule.wording for rule in (await load(site)).rules] == ["Ours", "Closed"]
    # The list has changed since: the second tap of a double tap moves nothing.
    assert (await send(olga, moves[0].filled(to="down"))).status_code == 409
    assert [rule.wording for rule in (await load(site)).rules] == ["Ours", "Closed"]


async def test_a_line_is_retired_and_its_calls_stay(site: Site) -> None:
    await store(site, replace(full_harbor(), rules=()))
    olga = await site.olga()
    path = await entry_path(site, olga, "lines", 1)

    answer = await send(olga, forms_in((await olga.get(f"{path}/removal")).text)[0])

    assert answer.status_code == 303
    assert [line.label for line in (await load(site)).lines] == ["Main"]
    ended = "select count(*) from lines where label = 'Google Ads' and ended_at is not null"
    assert int(str(await site.value(ended))) == 1


async def test_a_line_that_a_rule_names_cannot_be_retired(site: Site) -> None:
    await store(site, full_harbor())
    olga = await site.olga()
    path = await entry_path(site, olga, "lines", 0)

    answer = await send(olga, forms_in((await olga.get(f"{path}/removal")).text)[0])

    assert answer.status_code == 422
    assert "Rules</a>: there is nothing called" in answer.text
    assert len((await load(site)).lines) == 2


async def test_secrets_are_replaced_and_never_shown(site: Site) -> None:
    await store(site, full_harbor())
    olga = await site.olga()
    path = f"{await entry_path(site, olga, 'lines')}/connection"
    page = (await olga.get(path)).text

    assert AUTH_TOKEN not in page
    assert "api_url" not in page
    form = next(form for form in forms_in(page) if form.action == path)
    assert form.text("auth_token") == ""
    assert (await send(olga, form.filled(auth_token="another-token"))).status_code == 303
    settings = await _settings(site)
    assert settings == {**SETTINGS, "auth_token": "another-token"} | {
        name: settings.get(name, "") for name in ("api_key_sid", "messaging_service_sid") if name in settings
    }
    assert "another-token" not in (await olga.get(path)).text
    assert "another-token" not in str(await _last_entry(site))

    refused = await send(olga, form.filled(auth_token="with space"))
    assert refused.status_code == 422
    assert (await _settings(site))["auth_token"] == "another-token"


async def _settings(site: Site) -> dict[str, str]:
    business = await load(site)
    async with business_transaction(site.context.pool, business.business_id) as connection:
        return await site.context.line_settings(connection, business.business_id, business.lines[0].line_id)


async def test_staff_and_viewers_look_and_change_nothing_and_the_rival_finds_nothing(site: Site) -> None:
    await store(site, full_harbor())
    olga, before = await site.olga(), await export(site)
    paths = [*await every_form(olga), "/settings", *(f"/settings/{slug}" for slug in LISTS)]
    others = [await site.visitor(site.shops.harbor, role, name="Sam") for role in ("staff", "viewer")]
    rex = await site.rex()

    for path in paths:
        for other in others:
            page = await other.get(path)
            assert page.status_code == 200, path
            assert forms_in(page.text) == [] or "disabled" in page.text, path
            assert (await other.post(path, content="seen=x")).status_code in (403, 405), path
        seen = await rex.get(path)
        assert seen.status_code in (200, 404), path
        assert "Harbor" not in seen.text, path
        assert "Wharf" not in seen.text, path
    assert await export(site) == before


async def test_a_service_that_is_renamed_keeps_its_coming_bookings(site: Site) -> None:
    await store(site, full_harbor())
    olga = await site.olga()
    form = await open_form(olga, await entry_path(site, olga, "services"))

    assert (await send(olga, form.filled(name="Dental check-up"))).status_code == 303

    kept = (await load(site)).services[0]
    assert (kept.name, len(kept.details)) == ("Dental check-up", 2)


@pytest.mark.parametrize(
    ("field", "text", "kept"),
    [
        ("price_cents", "$1,290", 129_000),
        ("price_cents", "99,5", 9950),
        ("price_cents", "", None),
        ("minutes", "45", 45),
    ],
)
async def test_numbers_may_be_written_as_people_write_them(site: Site, field: str, text: str, kept: int | None) -> None:
    await store(site, full_harbor())
    olga = await site.olga()
    form = await open_form(olga, await entry_path(site, olga, "services", 1))

    assert (await send(olga, form.filled(**{field: text}))).status_code == 303
    assert getattr((await load(site)).services[1], field) == kept


async def test_a_phone_is_understood_as_it_is_written_at_home(site: Site) -> None:
    olga = await site.olga()
    form = await open_form(olga, await entry_path(site, olga, "staff"))

    assert (await send(olga, form.filled(phone="(312) 555-0188"))).status_code == 303
    assert (await load(site)).staff[0].phone == "+13125550188"


async def test_a_special_day_is_added_and_shown_with_the_public_holidays_to_come(site: Site) -> None:
    await store(site, full_harbor())
    olga = await site.olga()
    form = await open_form(olga, "/settings/special-days/new")

    answer = await send(olga, form.filled(on="2026-12-31", name="New Year's Eve", spans=["08:00", "12:00"]))
    page = (await olga.get(answer.headers["location"])).text

    assert (await load(site)).hours.holidays[-1] == Holiday(date(2026, 12, 31), "New Year's Eve", (("08:00", "12:00"),))
    assert "Added: 2026-12-31." in page
    # Illinois keeps Lincoln's birthday; Christmas is one of the shop's own days already.
    assert "Lincoln" in page
    assert page.count("Christmas") == 1
