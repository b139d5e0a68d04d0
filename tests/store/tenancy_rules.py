"""What must hold of every table, view and function of a database so that no business can reach another one's rows."""

from collections.abc import Awaitable, Callable

import asyncpg

from ringback.store.tenancy import ACROSS_BUSINESSES, OUTSIDE_ROW_SECURITY

Rule = Callable[[asyncpg.Connection], Awaitable[list[str]]]

_BUSINESS_TABLES = """
    select c.oid, c.relname, c.relowner, c.relrowsecurity, c.relforcerowsecurity, a.attnum
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
      and a.attname = 'business_id' and not a.attisdropped and c.relname <> all($1)
"""


async def _names(connection: asyncpg.Connection, statement: str, *values: object) -> list[str]:
    return sorted(row[0] for row in await connection.fetch(statement, *values))


async def unsecured(connection: asyncpg.Connection) -> list[str]:
    """Return tables of a business where row-level security is not both enabled and forced."""
    wrong = f"select relname from ({_BUSINESS_TABLES}) t where not (relrowsecurity and relforcerowsecurity)"
    return await _names(connection, wrong, list(OUTSIDE_ROW_SECURITY))


async def without_app_policy(connection: asyncpg.Connection) -> list[str]:
    """Return tables of a business whose only policy for the application is not "its own business, both ways"."""
    wrong = f"""
        select t.relname from ({_BUSINESS_TABLES}) t where 1 <> (
            select count(*) from pg_policy p
            where p.polrelid = t.oid and p.polroles && array['ringback_app'::regrole::oid, 0])
        or not exists (
            select from pg_policy p where p.polrelid = t.oid and p.polroles = array['ringback_app'::regrole::oid]
            and p.polcmd = '*' and p.polpermissive
            and pg_get_expr(p.polqual, t.oid) = '(business_id = current_business())'
            and pg_get_expr(p.polwithcheck, t.oid) = '(business_id = current_business())')
    """
    return await _names(connection, wrong, list(OUTSIDE_ROW_SECURITY))


async def without_owner_policy(connection: asyncpg.Connection) -> list[str]:
    """Return tables of a business whose owner sees no rows: its backups would be empty, without a word."""
    wrong = f"""
        select t.relname from ({_BUSINESS_TABLES}) t where not exists (
            select from pg_policy p where p.polrelid = t.oid and p.polroles = array[t.relowner] and p.polcmd = '*'
            and pg_get_expr(p.polqual, t.oid) = 'true' and pg_get_expr(p.polwithcheck, t.oid) = 'true')
    """
    return await _names(connection, wrong, list(OUTSIDE_ROW_SECURITY))


async def not_keyed_by_business(connection: asyncpg.Connection) -> list[str]:
    """Return tables of a business whose primary key does not begin with it."""
    wrong = f"""
        select t.relname from ({_BUSINESS_TABLES}) t where not exists (
            select from pg_constraint k where k.conrelid = t.oid and k.contype = 'p' and k.conkey[1] = t.attnum)
    """
    return await _names(connection, wrong, list(OUTSIDE_ROW_SECURITY))


async def of_nobody(connection: asyncpg.Connection) -> list[str]:
    """Return tables that have no business_id and are not on the list of those outside."""
    wrong = """
        select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'm')
        and c.relname <> all($1) and not exists (
            select from pg_attribute a where a.attrelid = c.oid and a.attname = 'business_id' and not a.attisdropped)
    """
    return await _names(connection, wrong, list(OUTSIDE_ROW_SECURITY))


async def listed_in_vain(connection: asyncpg.Connection) -> list[str]:
    """Return names on the list of tables outside that are no table, or are secured after all."""
    wrong = """
        select n from unnest($1::text[]) n where not exists (
            select from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
            and c.relname = n and not c.relrowsecurity)
    """
    return await _names(connection, wrong, list(OUTSIDE_ROW_SECURITY))


async def views_past_security(connection: asyncpg.Connection) -> list[str]:
    """Return views that read with their owner's eyes, and materialized views, which cannot do otherwise."""
    wrong = """
        select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and (c.relkind = 'm' or
        (c.relkind = 'v' and not coalesce(c.reloptions, '{}') && '{security_invoker=true,security_invoker=on}'))
    """
    return await _names(connection, wrong)


_DEFINERS = (
    "select p.* from pg_proc p where p.pronamespace in ('public'::regnamespace, 'jobs'::regnamespace) and p.prosecdef"
)


async def definers_not_listed(connection: asyncpg.Connection) -> list[str]:
    """Return functions that run as the owner without being on the list, and names on it that are no such function."""
    found = set(await _names(connection, f"select proname from ({_DEFINERS}) p"))
    return sorted(found ^ ACROSS_BUSINESSES)


async def definers_led_astray(connection: asyncpg.Connection) -> list[str]:
    """Return functions that run as the owner and look names up where the caller says, or when they run."""
    wrong = f"""
        select proname from ({_DEFINERS}) p
        where not exists (select from unnest(proconfig) c where c like 'search\\_path=%') or prosqlbody is null
    """
    return await _names(connection, wrong)


async def definers_that_tell(connection: asyncpg.Connection) -> list[str]:
    """Return functions that run as the owner and give more than ids and a kind."""
    wrong = f"""
        select proname from ({_DEFINERS}) p
        where prorettype <> 'void'::regtype and (proallargtypes is null or exists (
            select from unnest(proallargtypes, proargmodes, proargnames) a(type, mode, name)
            where mode <> 'i' and type <> 'uuid'::regtype and (type, name) <> ('text'::regtype, 'kind')))
    """
    return await _names(connection, wrong)


RULES: dict[str, Rule] = {
    rule.__name__: rule
    for rule in (
        unsecured,
        without_app_policy,
        without_owner_policy,
        not_keyed_by_business,
        of_nobody,
        listed_in_vain,
        views_past_security,
        definers_not_listed,
        definers_led_astray,
        definers_that_tell,
    )
}
