"""What the law counts of a contact, for the stock of a business: a text that answered nothing, and by which rules."""

from uuid import UUID

from ringback.store import unasked
from ringback.store.db import Connection
from tests.cast import NOON


async def add_law(connection: Connection, business_id: UUID, message_id: UUID, word: str) -> None:
    """Count a text that has left; its rules contain `word`."""
    await unasked.note_rule(connection, business_id, message_id, f"US@{word}")
    await connection.execute(
        "update messages set sending_at = $3 where business_id = $1 and message_id = $2", business_id, message_id, NOON
    )
