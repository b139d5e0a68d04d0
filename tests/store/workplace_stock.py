"""What people at work leave behind, for the stock of a business: a row in each table of the workplace."""

from ringback.domain.business import Business
from ringback.store import audit
from ringback.store.audit import Change
from ringback.store.db import Connection
from ringback.store.ids import new_id
from tests.cast import NOON


async def add_workplace(connection: Connection, business: Business, word: str) -> None:
    """Add the rows; every free text contains `word`."""
    business_id = business.business_id
    change = Change("settings.hours", f"the hours of {word}", {"mon": word}, {"mon": "closed"})
    await audit.add_entry(connection, business_id, f"Olga of {word}", change, NOON)
    await connection.execute(
        "insert into notices (business_id, notice_id, staff_id, kind, channel, words, path, created_at) "
        "values ($1, $2, $3, 'reply_due', 'push', $4, '/threads', $5)",
        *(business_id, new_id(), business.staff[0].staff_id, f"{word} waits", NOON),
    )
