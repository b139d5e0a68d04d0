"""`agency`: companies that look after several businesses, which businesses, and who works for them."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import asyncpg

from ringback import wiring
from ringback.cli.database import in_pool
from ringback.cli.output import fail
from ringback.cli.setting_up import load, new_person
from ringback.domain.copying import slug_of
from ringback.settings import Settings
from ringback.store import agencies, people
from ringback.store.agencies import Agency
from ringback.store.ids import new_id


def create_agency(settings: Settings, name: str) -> dict[str, str]:
    """`ringback agency create`: an agency that looks after nothing yet."""
    slug = slug_of(name)
    if not slug:
        fail(f"“{name}” has no letter that a slug could be made of.", code=2)

    async def work(pool: asyncpg.Pool) -> None:
        now = wiring.make_clock(settings).now()
        if not await agencies.create_agency(pool, Agency(new_id(), slug, name), now):
            fail(f"There is an agency “{slug}” already.")

    in_pool(settings, work)
    return {"agency": slug, "name": name}


def add_to_agency(
    settings: Settings, slug: str, businesses: Sequence[str], email: str | None, name: str
) -> dict[str, Any]:
    """`ringback agency add`: businesses to look after, and a person who works there; a new one gets a password."""
    if not businesses and email is None:
        fail("Say what to add: --business, --email, or both.", code=2)

    async def work(pool: asyncpg.Pool) -> dict[str, Any]:
        agency = await _find(pool, slug)
        # Businesses first, so that somebody new can sign in to one.
        for business in businesses:
            await _add_business(settings, pool, agency, business)
        password = None if email is None else await _add_person(settings, pool, agency, email, name)
        told: dict[str, Any] = {"agency": slug, "businesses": await agencies.list_slugs(pool, agency.agency_id)}
        if email is not None:
            told |= {"email": email, "sign_in": f"{settings.address}/sign-in"}
        return told | ({"password": password} if password else {})

    return in_pool(settings, work)


async def _find(pool: asyncpg.Pool, slug: str) -> Agency:
    agency = await agencies.find_agency(pool, slug)
    if agency is None:
        fail(f"There is no agency “{slug}”. Create it first: ringback agency create NAME")
    return agency


async def _add_business(settings: Settings, pool: asyncpg.Pool, agency: Agency, slug: str) -> None:
    business = await load(pool, slug)
    now = wiring.make_clock(settings).now()
    if not await agencies.add_business(pool, agency.agency_id, business.business_id, now):
        fail(f"Another agency looks after “{slug}”.")


async def _add_person(settings: Settings, pool: asyncpg.Pool, agency: Agency, email: str, name: str) -> str | None:
    """Return the password of a person who is new here; one who is known keeps theirs."""
    now = wiring.make_clock(settings).now()
    ids = await agencies.list_business_ids(pool, agency.agency_id)
    # Who works for no business has nothing that a session could be for.
    if not ids:
        fail("This agency looks after no business yet, so nobody could sign in. Add one with --business first.")
    known, password = await people.find_person(pool, email), None
    # A known person keeps their password: a command must not take over somebody's sign-in.
    if known is None:
        password = secrets.token_urlsafe(12)
        known = new_person(email, name, password)
        person_id = await people.save_person(pool, known, ids[0], "agency", now)
        known = replace(known, person_id=person_id)
    await agencies.add_person(pool, agency.agency_id, known.person_id, now)
    return password
