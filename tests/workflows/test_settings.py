"""One change of the set-up: whole or not at all, noted in the audit, and following names wherever they lead."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from ringback.domain.business import Business, Resource, RoutingPolicy, RoutingRule, Service
from ringback.domain.business_file import write_business_file
from ringback.domain.business_places import Document, Place, put, show_place, value_at
from ringback.domain.business_renaming import rename
from ringback.domain.wording import Rule, Wording
from ringback.store import businesses
from ringback.store.audit import list_entries
from ringback.store.db import Connection, business_transaction
from ringback.workflows.context import Context
from ringback.workflows.settings import (
    By,
    Edit,
    Gone,
    NewSettings,
    Outdated,
    Refused,
    Result,
    Saved,
    change_settings,
    print_of,
    replace_line_settings,
)
from tests.cast import NOON, SETTINGS
from tests.fixtures import Shops

OLGA = By("Olga", UUID(int=77))
BODY = "{business} here. Sorry we missed you. What do you need? Reply STOP to opt out."


async def give(context: Context, business: Business) -> None:
    """Let Harbor be set up like this."""
    async with business_transaction(context.pool, business.business_id) as connection:
        await businesses.save_business(connection, business, {}, NOON)


async def loaded(connection: Connection, shops: Shops) -> Business:
    """Harbor as it is stored."""
    business = await businesses.load_business(connection, shops.harbor.business_id)
    assert business is not None
    return business


async def change(context: Context, shops: Shops, place: Place, become: Callable[[Any], Any]) -> Result:
    """Change one part, as somebody does who has just looked at it."""
    async with business_transaction(context.pool, shops.harbor.business_id) as connection:
        part = value_at(write_business_file(await loaded(connection, shops)), place)
        edit = Edit(lambda _: place, print_of(part), become, "it")
        return await change_settings(connection, context, shops.harbor.business_id, edit, OLGA, NOON)


def with_key(**values: object) -> Callable[[Any], Any]:
    """A change that sets keys of a part."""
    return lambda part: {**(part or {}), **values}


async def test_a_change_is_saved_with_an_entry_of_what_it_was(context: Context, shops: Shops) -> None:
    result = await change(context, shops, ("business",), with_key(name="Harbor Teeth"))

    assert isinstance(result, Saved)
    async with business_transaction(context.pool, shops.harbor.business_id) as connection:
        assert (await loaded(connection, shops)).name == "Harbor Teeth"
        entry = (await list_entries(connection, shops.harbor.business_id, None, 1))[0]
    assert (entry["who"], entry["person_id"], entry["what"]) == ("Olga", OLGA.person_id, "settings.business")
    assert (entry["before"], entry["after"]) == ({"name": "Harbor Dental"}, {"name": "Harbor Teeth"})


async def test_a_change_that_changes_nothing_is_no_change(context: Context, shops: Shops) -> None:
    async with business_transaction(context.pool, shops.harbor.business_id) as connection:
        before = await businesses.load_version(connection, shops.harbor.business_id)
        noted = await list_entries(connection, shops.harbor.business_id, None, 10)

    assert await change(context, shops, ("booking",), lambda part: part) == Saved({}, {})

    async with business_transaction(context.pool, shops.harbor.business_id) as connection:
        assert await businesses.load_version(connection, shops.harbor.business_id) == before
        assert await list_entries(connection, shops.harbor.business_id, None, 10) == noted


async def test_what_the_document_refuses_leaves_everything_as_it_was(context: Context, shops: Shops) -> None:
    async with business_transaction(context.pool, shops.harbor.business_id) as connection:
        noted = await list_entries(connection, shops.harbor.business_id, None, 10)

    result = await change(context, shops, ("booking",), with_key(lead_minutes=-5))

    assert isinstance(result, Refused)
    assert [str(problem) for problem in result.problems] == ["booking.lead_minutes: must be at least 0."]
    async with business_transaction(context.pool, shops.harbor.business_id) as connection:
        assert (await loaded(connection, shops)).booking == shops.harbor.booking
        assert await list_entries(connection, shops.harbor.business_id, None, 10) == noted


async def test_a_part_that_has_changed_since_is_not_written_over(context: Context, shops: Shops) -> None:
    seen = print_of({})
    await change(context, shops, ("booking",), with_key(lead_minutes=30))

    async with business_transaction(context.pool, shops.harbor.business_id) as connection:
        edit = Edit(lambda _: ("booking",), seen, with_key(lead_minutes=45), "booking")
        result = await change_settings(connection, context, shops.harbor.business_id, edit, OLGA, NOON)

    assert result == Outdated({"lead_minutes": 30})


async def test_a_part_that_is_gone_is_said_to_be_gone(context: Context, shops: Shops) -> None:
    async with business_transaction(context.pool, shops.harbor.business_id) as connection:
        edit = Edit(lambda _: None, "", lambda part: part, "it")
        assert await change_settings(connection, context, shops.harbor.business_id, edit, OLGA, NOON) == Gone()


async def test_the_second_of_two_at_once_waits_and_is_told(context: Context, shops: Shops, pool: asyncpg.Pool) -> None:
    seen = print_of({})
    edits = [Edit(lambda _: ("booking",), seen, with_key(lead_minutes=minutes), "it") for minutes in (30, 45)]

    async def make(edit: Edit) -> Result:
        async with business_transaction(pool, shops.harbor.business_id) as connection:
            return await change_settings(connection, context, shops.harbor.business_id, edit, OLGA, NOON)

    results = await asyncio.gather(*(make(edit) for edit in edits))
    assert sorted(type(result).__name__ for result in results) == ["Outdated", "Saved"]


async def test_a_new_name_of_a_service_follows_into_coming_bookings(context: Context, shops: Shops) -> None:
    harbor = replace(
        shops.harbor,
        services=(Service("Check-up", 60),),
        routing=RoutingPolicy(rules=(RoutingRule(staff=("Sam",), services=("Check-up",)),)),
    )
    await give(context, harbor)

    assert isinstance(await change(context, shops, ("services", 0), with_key(name="Exam")), Saved)

    async with business_transaction(context.pool, shops.harbor.business_id) as connection:
        assert (await loaded(connection, shops)).routing.rules[0].services == ("Exam",)


async def test_a_retired_line_ends_and_the_others_stay(context: Context, shops: Shops) -> None:
    assert isinstance(await change(context, shops, ("lines", 0), lambda _: None), Saved)

    async with business_transaction(context.pool, shops.harbor.business_id) as connection:
        assert [line.label for line in (await loaded(connection, shops)).lines] == ["Google Ads"]


async def test_settings_of_a_line_are_tried_before_they_are_kept_and_never_told(context: Context, shops: Shops) -> None:
    business_id, line = shops.harbor.business_id, shops.harbor.lines[0]
    async with business_transaction(context.pool, business_id) as connection:
        wrong, new = NewSettings(line, {"auth_token": "has a space"}), NewSettings(line, {"auth_token": "fresh"})
        with pytest.raises(ValueError, match="auth_token"):
            await replace_line_settings(connection, context, business_id, wrong, OLGA, NOON)
        await replace_line_settings(connection, context, business_id, new, OLGA, NOON)
        kept = await context.line_settings(connection, business_id, line.line_id)
        entry = (await list_entries(connection, business_id, None, 1))[0]

    assert kept == {**SETTINGS, "auth_token": "fresh"}
    assert (entry["what"], entry["before"], entry["after"]) == ("settings.connection", None, ["auth_token"])


# Places and names in the document


@pytest.mark.parametrize(
    ("place", "shown", "value"),
    [
        (("booking",), "booking", {"lead_minutes": 1}),
        (("services", 1), "services[1]", {"name": "B", "details": [{"name": "d"}]}),
        (("services", 1, "details", 0), "services[1].details[0]", {"name": "d"}),
        (("services", 2), "services[2]", None),
        (("services", 0, "details", 0), "services[0].details[0]", None),
    ],
)
def test_a_place_is_shown_as_problems_name_it(place: Place, shown: str, value: object) -> None:
    document: Document = {
        "booking": {"lead_minutes": 1},
        "services": [{"name": "A"}, {"name": "B", "details": [{"name": "d"}]}],
    }
    assert (show_place(place), value_at(document, place)) == (shown, value)


def test_what_is_put_at_a_place_leaves_the_old_document_alone() -> None:
    document: Document = {"services": [{"name": "A"}, {"name": "B"}]}

    assert put(document, ("services", 0), None) == {"services": [{"name": "B"}]}
    assert put(document, ("services", 2), {"name": "C"})["services"][2] == {"name": "C"}
    assert put(document, ("services", 0, "details", 0), {"name": "d"})["services"][0]["details"] == [{"name": "d"}]
    assert document == {"services": [{"name": "A"}, {"name": "B"}]}


def test_a_name_that_another_entry_still_has_stays_where_it_is_used(shops: Shops) -> None:
    harbor = replace(
        shops.harbor,
        resources=(Resource("Chair 1", "stool"), Resource("Chair 2", "chair")),
        services=(Service("Check-up", 60, resources=("chair",)),),
        wordings=(Wording("Ours", "en", BODY),),
        rules=(Rule("Ours"),),
    )
    document = write_business_file(harbor)
    rename(document, "resources", "chair", "stool")
    assert value_at(document, ("services", 0, "resources")) == ["chair"]

    document["resources"][1]["kind"] = "stool"  # type: ignore[index]
    document["wordings"][0]["name"] = "Mine"  # type: ignore[index]
    rename(document, "resources", "chair", "stool")
    rename(document, "wordings", "Ours", "Mine")
    assert value_at(document, ("services", 0, "resources")) == ["stool"]
    assert value_at(document, ("rules", 0, "wording")) == "Mine"


def test_a_print_differs_where_the_part_does_and_nowhere_else() -> None:
    one = {"on": date(2026, 12, 25), "name": "Christmas"}
    assert print_of(one) == print_of(dict(reversed(one.items())))
    assert print_of(one) != print_of({**one, "name": "Noel"})
    assert print_of(None) != print_of({})
