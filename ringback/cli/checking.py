"""`ringback check`: what is wrong, in sentences, from the database to the last line."""

import asyncio

from ringback import wiring
from ringback.domain.business import Business, Mode, Registration
from ringback.settings import Settings
from ringback.store import businesses
from ringback.store.db import DatabaseUnreachable, business_transaction
from ringback.web.health import find_problems as find_installation_problems
from ringback.workflows.context import Context


def find_problems(settings: Settings) -> list[str]:
    """Return every problem found; an empty list means that calls can be taken and texted."""
    try:
        return asyncio.run(_find(settings))
    except DatabaseUnreachable as error:
        return [f"{error} Is `ringback serve` running?" if settings.database_url is None else str(error)]


async def _find(settings: Settings) -> list[str]:
    problems = _address_problems(settings)
    async with wiring.open_context(settings, pool_size=2) as context:
        found = await find_installation_problems(context)
        # Without its tables nothing else can be asked.
        if found and "migration" in found[0]:
            return problems + found
        problems += found
        for slug in await businesses.list_slugs(context.pool):
            problems += await _business_problems(context, slug)
    return problems


def _address_problems(settings: Settings) -> list[str]:
    if settings.address.startswith("https://"):
        return []
    return [
        f"Phone companies are given {settings.address}, which they cannot reach or trust. "
        "Set RINGBACK_PUBLIC_URL to your https address (the sandbox does not mind)."
    ]


async def _business_problems(context: Context, slug: str) -> list[str]:
    business_id = await businesses.find_business(context.pool, slug)
    if business_id is None:
        return []
    async with business_transaction(context.pool, business_id) as connection:
        business = await businesses.load_business(connection, business_id)
        if business is None:
            return [f"{slug}: the business cannot be loaded."]
        problems = _setup_problems(business)
        for line in business.lines:
            settings = await businesses.load_line_settings(connection, business_id, line.line_id)
            try:
                context.make_adapter(line, settings)
            except (ValueError, KeyError) as error:
                problems.append(f"{slug}, {line.number}: {error}")
    return problems


def _setup_problems(business: Business) -> list[str]:
    slug = business.slug
    problems = []
    if not business.lines:
        problems.append(f"{slug}: there is no line yet. Add one with `ringback line add`.")
    rings = any(person.phone and person.takes_calls for person in business.staff)
    if not rings and any(line.mode is Mode.FRONT for line in business.lines):
        problems.append(f"{slug}: no staff phone rings, so every call to a `front` line is missed.")
    problems.extend(
        f"{slug}, {line.number}: carriers have not approved this line, so nobody is texted."
        for line in business.lines
        if line.registration is Registration.PENDING
    )
    return problems
