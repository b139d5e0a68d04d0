"""`privacy`: one contact's rows taken along or erased, and what is old enough to go."""

from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg

from ringback import wiring
from ringback.cli.database import in_pool
from ringback.cli.output import fail
from ringback.cli.setting_up import load
from ringback.domain.business import Business
from ringback.domain.phones import normalise_phone
from ringback.domain.retention import kept_days
from ringback.settings import Settings
from ringback.store import contacts
from ringback.store.audit import Change, add_entry
from ringback.store.db import Connection, business_transaction
from ringback.workflows.contact_export import Everything, count_rows, pack
from ringback.workflows.contact_import import Who
from ringback.workflows.erasing import CannotErase, erase_contact, load_everything
from ringback.workflows.retention import count_old, forget_old_of

_BY = "command line"


def export_contact(settings: Settings, slug: str, phone: str, out: Path) -> dict[str, Any]:
    """`ringback privacy export`: everything about a contact as a ZIP file."""

    async def work(pool: asyncpg.Pool) -> tuple[Everything, bytes]:
        business = await load(pool, slug)
        async with business_transaction(pool, business.business_id) as connection:
            contact_id, now = await _find(connection, business, phone), wiring.make_clock(settings).now()
            told = await load_everything(connection, business, contact_id) or {}
            change = Change("contact.exported", phone)
            await add_entry(connection, business.business_id, _BY, change, now)
        return told, pack(business.name, told, now)

    told, packed = in_pool(settings, work)
    # Somebody's whole history: nobody else on this machine may read it.
    out.touch(mode=0o600)
    out.write_bytes(packed)
    return {"file": str(out), "rows": count_rows(told)}


def erase(settings: Settings, slug: str, phone: str, *, sure: bool) -> dict[str, Any]:
    """`ringback privacy erase`: a contact forgotten for good; without `sure` it only says what would go."""

    async def work(pool: asyncpg.Pool) -> dict[str, Any]:
        business = await load(pool, slug)
        async with (
            wiring.open_context(settings, pool_size=2) as context,
            business_transaction(pool, business.business_id) as connection,
        ):
            contact_id, now = await _find(connection, business, phone), context.clock.now()
            if not sure:
                told = await load_everything(connection, business, contact_id) or {}
                fail(
                    f"{sum(map(len, told.values()))} rows are about this contact. They cannot be brought back: "
                    "say --sure to erase them, or take them along first with `ringback privacy export`."
                )
            try:
                erased = await erase_contact(context, connection, business, contact_id, Who(_BY, None), now)
            except CannotErase as error:
                fail(str(error))
        return {"erased": str(contact_id), "rows": erased.rows if erased else {}}

    return in_pool(settings, work)


async def _find(connection: Connection, business: Business, phone: str) -> UUID:
    wanted = normalise_phone(phone, business.country) or phone
    found = await contacts.find_contact(connection, business.business_id, wanted)
    if found is None:
        fail(f"{business.slug} has no contact with the number {phone}.")
    return found[0]


def retention(settings: Settings, slug: str, *, dry_run: bool) -> dict[str, Any]:
    """`ringback privacy retention`: what is older than it is kept goes now; `dry_run` only counts it."""

    async def work(pool: asyncpg.Pool) -> dict[str, Any]:
        business = await load(pool, slug)
        async with wiring.open_context(settings, pool_size=2) as context:
            async with business_transaction(pool, business.business_id) as connection:
                old = await count_old(context, connection, business)
            if not dry_run:
                await forget_old_of(context, business.business_id)
        kinds = {
            kind.value: {"kept_days": kept_days(business.privacy, kind), "old": count} for kind, count in old.items()
        }
        return {"would_go" if dry_run else "gone": kinds}

    return in_pool(settings, work)
