"""Before a text that answers nothing is written: when it may go, by the law where the contact lives."""

from datetime import datetime
from uuid import UUID

from ringback.domain.business import Business
from ringback.domain.quiet import ask_law
from ringback.store import unasked
from ringback.store.db import Connection


async def lawful_at(
    connection: Connection, business: Business, contact_id: UUID, phone: str, now: datetime
) -> datetime | None:
    """Return when a contact may get one more text that answers nothing; None where they had enough of them today.

    Delivery asks again: what is written now may leave much later.
    """
    known = await unasked.load_unasked(connection, business.business_id, contact_id, now)
    quiet = ask_law(business, phone, known.address, known.sent_today, now)
    return None if quiet.is_over_cap else quiet.until or now
