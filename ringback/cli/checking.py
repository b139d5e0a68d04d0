"""`ringback check`: what is wrong, in sentences, from the database to the last line."""

import asyncio
from dataclasses import dataclass, field

from ringback import wiring
from ringback.cli.database import say_unreachable
from ringback.domain.business import Business, Mode
from ringback.domain.registration import Light, Told, is_worth_asking, tell_standing
from ringback.ports.sealing import CannotOpen
from ringback.settings import Settings
from ringback.store import businesses
from ringback.store.db import DatabaseUnreachable, business_transaction
from ringback.web.health import find_problems as find_installation_problems
from ringback.workflows.context import Context
from ringback.workflows.registration import look_up


@dataclass(frozen=True, slots=True)
class Findings:
    """What is wrong, and what is worth a thought: without problems, calls can be taken and texted."""

    problems: list[str]
    warnings: list[str] = field(default_factory=list)


def look(settings: Settings) -> Findings:
    """Look at everything, and ask the phone companies about lines whose registration is not settled."""
    try:
        return asyncio.run(_find(settings))
    except DatabaseUnreachable as error:
        return Findings([say_unreachable(settings, error)])


async def _find(settings: Settings) -> Findings:
    problems = _address_problems(settings)
    warnings: list[str] = []
    async with wiring.open_context(settings, pool_size=2) as context:
        found = await find_installation_problems(context)
        # Without its tables nothing else can be asked.
        if found and "migration" in found[0]:
            return Findings(problems + found)
        problems += found
        for slug in await businesses.list_slugs(context.pool):
            business = await _load(context, slug)
            if business is None:
                problems.append(f"{slug}: the business cannot be loaded.")
                continue
            problems += _setup_problems(business) + await _connection_problems(context, business)
            told = await _registrations(context, business)
            problems += [sentence for light, sentence in told if light is Light.HOLDS]
            warnings += [sentence for light, sentence in told if light is Light.WARNS]
    return Findings(problems, warnings)


def _address_problems(settings: Settings) -> list[str]:
    if settings.address.startswith("https://"):
        return []
    return [
        f"Phone companies are given {settings.address}, which they cannot reach or trust. "
        "Set RINGBACK_PUBLIC_URL to your https address (the sandbox does not mind)."
    ]


def _setup_problems(business: Business) -> list[str]:
    slug = business.slug
    problems = []
    if not business.lines:
        problems.append(f"{slug}: there is no line yet. Add one with `ringback line add`.")
    rings = any(person.phone and person.takes_calls for person in business.staff)
    if not rings and any(line.mode is Mode.FRONT for line in business.lines):
        problems.append(f"{slug}: no staff phone rings, so every call to a `front` line is missed.")
    return problems


async def _connection_problems(context: Context, business: Business) -> list[str]:
    problems = []
    async with business_transaction(context.pool, business.business_id) as connection:
        for line in business.lines:
            try:
                settings = await context.line_settings(connection, business.business_id, line.line_id)
                context.make_adapter(line, settings)
            except (ValueError, KeyError, CannotOpen) as error:
                problems.append(f"{business.slug}, {line.number}: {error}")
    return problems


async def _registrations(context: Context, business: Business) -> list[tuple[Light, str]]:
    """Return how each line stands with the carriers; the phone company is asked first where its word matters."""
    for line in business.lines:
        if is_worth_asking(line):
            await look_up(context, business.business_id, line.line_id)
    asked = await _load(context, business.slug) or business
    told = [(line.number, tell_standing(line)) for line in asked.lines]
    return [(one.light, f"{business.slug}, {number}: {_say(one)}") for number, one in told]


def _say(told: Told) -> str:
    return f"{told.sentence} {told.step}" if told.step else told.sentence


async def _load(context: Context, slug: str) -> Business | None:
    business_id = await businesses.find_business(context.pool, slug)
    if business_id is None:
        return None
    async with business_transaction(context.pool, business_id) as connection:
        return await businesses.load_business(connection, business_id)
