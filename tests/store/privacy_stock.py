"""What privacy leaves behind, for the stock of a business: a number that is not texted, and an erasure."""

import hashlib

from ringback.domain.business import Business
from ringback.store import erasing
from ringback.store.db import Connection
from ringback.store.ids import new_id
from tests.cast import NOON


async def add_privacy(connection: Connection, business: Business, word: str) -> None:
    """Add the rows; every free text contains `word`."""
    await erasing.keep_number(connection, business.business_id, hashlib.sha256(word.encode()).digest(), NOON)
    rows = {"messages": 3}
    await erasing.save_erasure(connection, business.business_id, new_id(), f"Olga of {word}", rows, NOON)
