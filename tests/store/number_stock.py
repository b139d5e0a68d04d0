"""What is known of numbers, for the stock of a business: a row of each source."""

from dataclasses import replace
from datetime import timedelta

from ringback.domain.business import Business
from ringback.domain.number_facts import FactSource, LineType, NumberFact
from ringback.domain.textback import Mark
from ringback.store import contacts, number_facts
from ringback.store.contacts import NewMark
from ringback.store.db import Connection
from tests.cast import CARLA, NOON

# Carla's sister, as the stock knows her.
SISTER = "+13125550143"


async def add_number_facts(connection: Connection, business: Business, word: str) -> None:
    """Add the rows; every free text contains `word`."""
    fact = NumberFact(
        FactSource.LOOKUP, LineType.MOBILE, NOON, NOON + timedelta(days=90), "US", f"Carrier of {word}", 3
    )
    for source in FactSource:
        await number_facts.save_number_fact(connection, business.business_id, CARLA, replace(fact, source=source))
    sister_id = await contacts.find_or_create_contact(connection, business.business_id, SISTER, NOON)
    mark = NewMark(Mark.UNTEXTABLE, f"Landline of {word}", "look-up")
    await contacts.add_mark(connection, business.business_id, sister_id, mark, NOON)
