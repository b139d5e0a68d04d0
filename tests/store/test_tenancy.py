"""The database itself keeps businesses apart: its catalogue is asked, and each rule is shown to find its breach."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from ringback.store.tenancy import ACROSS_BUSINESSES, OUTSIDE_ROW_SECURITY
from tests.database import Server
from tests.store.places import connected
from tests.store.tenancy_rules import RULES

_COLUMNS = "(business_id uuid not null, note_id uuid not null, words text"
_TABLE = f"create table notes {_COLUMNS}, primary key (business_id, note_id));"
_SECURED = f"{_TABLE} alter table notes enable row level security; alter table notes force row level security;"
_OWN = "(business_id = current_business())"
_APP = f"create policy one_business on notes to ringback_app using {_OWN} with check {_OWN};"
_OWNER = "create policy owner_sees_all on notes to current_user using (true) with check (true);"
_AS_OWNER = "language sql stable security definer"
_PINNED = f"{_AS_OWNER} set search_path = public"

# (the rule that must find it, what someone might add one day)
BREACHES = {
    "a plain table": ("unsecured", _TABLE),
    "a table its owner could read past": ("unsecured", _TABLE + "alter table notes enable row level security;"),
    "a table without a policy": ("without_app_policy", _SECURED + _OWNER),
    "a policy that lets writes through": (
        "without_app_policy", f"{_SECURED} create policy p on notes to ringback_app using {_OWN} with check (true);"
    ),
    "a policy that lets reads through": (
        "without_app_policy", f"{_SECURED} create policy p on notes to ringback_app using (true) with check {_OWN};"
    ),
    "a second policy beside a good one": (
        "without_app_policy", _SECURED + _APP + "create policy p on notes to public using (true);"
    ),
    "a table whose owner sees nothing": ("without_owner_policy", _SECURED + _APP),
    "a key that begins with something else": (
        "not_keyed_by_business", f"create table notes {_COLUMNS}, primary key (note_id, business_id));"
    ),
    "a table without a key": ("not_keyed_by_business", f"create table notes {_COLUMNS});"),
    "a table of nobody": ("of_nobody", "create table notes (note_id uuid primary key);"),
    "a directory under security": ("listed_in_vain", "alter table line_directory enable row level security;"),
    "a directory that is gone": ("listed_in_vain", "drop table line_directory;"),
    "an ordinary view": ("views_past_security", "create view notes as select * from messages;"),
    "a materialized view": ("views_past_security", "create materialized view notes as select * from messages;"),
    "a new function that runs as the owner": (
        "definers_not_listed", f"create function notes() returns int {_PINNED} begin atomic select 1; end;",
    ),
    "a listed function that is gone": ("definers_not_listed", "drop function stuck_messages;"),
    "a function without its own search path": ("definers_led_astray", "alter function stuck_messages reset all;"),
    "a function whose names are bound late": (
        "definers_led_astray", f"create function notes() returns int {_PINNED} as 'select 1';"
    ),
    "a function that gives words": (
        "definers_that_tell",
        f"create function notes() returns table (business_id uuid, body text) {_PINNED} "
        "begin atomic select m.business_id, m.body from messages m; end;",
    ),
    "a function that gives one value": (
        "definers_that_tell", f"create function notes() returns text {_AS_OWNER} begin atomic select 'a'; end;"
    ),
}  # fmt: skip


@pytest.fixture
async def database(server: Server) -> AsyncIterator[str]:
    """The name of a migrated database of the test's own."""
    name = await server.create()
    yield name
    await server.drop(name)


async def test_every_table_view_and_function_keeps_every_rule(server: Server, database: str) -> None:
    async with connected(server.owner_url(database)) as owner:
        found = {name: broken for name, rule in RULES.items() if (broken := await rule(owner))}

    assert found == {}


async def test_each_rule_finds_what_breaks_it(server: Server, database: str) -> None:
    found: dict[str, str] = {}
    async with connected(server.owner_url(database)) as owner:
        for breach, (_, statements) in BREACHES.items():
            transaction = owner.transaction()
            await transaction.start()
            await owner.execute(statements)
            found[breach] = " ".join([name for name, rule in RULES.items() if await rule(owner)])
            await transaction.rollback()

    unnoticed = {breach: found[breach] for breach, (rule, _) in BREACHES.items() if rule not in found[breach].split()}
    assert unnoticed == {}
    assert {rule for rule, _ in BREACHES.values()} == RULES.keys()


async def test_a_table_added_as_it_should_be_breaks_no_rule(server: Server, database: str) -> None:
    async with connected(server.owner_url(database)) as owner:
        await owner.execute(_SECURED + _APP + _OWNER)
        found = {name: broken for name, rule in RULES.items() if (broken := await rule(owner))}

    assert found == {}


async def test_the_lists_of_exceptions_give_reasons_and_are_short() -> None:
    assert all(len(reason) > 10 for reason in OUTSIDE_ROW_SECURITY.values())
    assert len(OUTSIDE_ROW_SECURITY) + len(ACROSS_BUSINESSES) <= 35, "each exception is one more place to check by hand"


async def test_the_application_owns_nothing_and_has_no_power(server: Server, database: str) -> None:
    powers = "rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication"
    async with connected(server.owner_url(database)) as owner:
        assert not await owner.fetchval(f"select {powers} from pg_roles where rolname = 'ringback_app'")
        assert await owner.fetchval("select count(*) from pg_auth_members where member = 'ringback_app'::regrole") == 0
        owned = "select count(*) from pg_shdepend where deptype = 'o' and refobjid = 'ringback_app'::regrole"
        assert await owner.fetchval(owned) == 0


FORBIDDEN = (
    "create table public.notes (n int)",
    "create table jobs.notes (n int)",
    "create schema notes",
    "create function public.notes() returns int language sql as 'select 1'",
    "alter table messages disable row level security",
    "alter table messages no force row level security",
    "create policy mine on messages using (true)",
    "drop policy one_business on messages",
    "alter function current_business() volatile",
    "truncate messages",
    "update schema_migrations set sha256 = ''",
    "delete from schema_migrations",
    "insert into schema_migrations (name, sha256) values ('9999_mine.sql', '')",
    "set role ringback_owner",
    "set session authorization ringback_owner",
)


async def test_the_application_may_not_change_the_rules_it_lives_by(server: Server, database: str) -> None:
    allowed = []
    async with connected(server.app_url(database)) as app:
        for statement in FORBIDDEN:
            try:
                await app.execute(statement)
            except asyncpg.InsufficientPrivilegeError:
                continue
            allowed.append(statement)

    assert allowed == []


async def test_turning_row_security_off_is_an_error_and_not_a_way_around(server: Server, database: str) -> None:
    async with connected(server.app_url(database)) as app:
        await app.execute("set row_security = off")
        with pytest.raises(asyncpg.InsufficientPrivilegeError, match="row-level security"):
            await app.fetch("select * from messages")
