"""A new business of an agency, set up as another one of its businesses is."""

from datetime import datetime
from uuid import UUID

from ringback.domain.business import Business
from ringback.domain.business_file import read_business_file
from ringback.domain.copying import NewName, copy_setup
from ringback.store import agencies, businesses
from ringback.store.audit import Change, add_entry
from ringback.store.db import business_transaction
from ringback.store.ids import new_id
from ringback.workflows.contact_import import Who
from ringback.workflows.context import Context


async def copy_to_new(context: Context, agency_id: UUID, source: Business, to: NewName, who: Who) -> Business:
    """Set up a new business of the agency; its audit log says what was left out.

    Raises BusinessFileError with a sentence for each problem, and SlugTaken; then nothing was made.
    """
    # By way of the document, which checks the copy as it would a file that somebody wrote.
    copied = copy_setup(source, to)
    # A copy has no lines, so no provider is named and no hook key is asked for.
    made = read_business_file(copied.document, None, new_id, str, frozenset(context.providers)).business
    now: datetime = context.clock.now()
    async with business_transaction(context.pool, made.business_id) as connection:
        await businesses.save_business(connection, made, {}, now)
        await agencies.add_business(connection, agency_id, made.business_id, now)
        change = Change("business.copied", made.name, None, {"from": source.name, "left_out": [*copied.left_out]})
        await add_entry(connection, made.business_id, who.name, change, now, who.person_id)
    return made
