"""What the brakes leave behind, for the stock of a business."""

from ringback.domain.brakes import Place, Scope
from ringback.domain.business import Business
from ringback.domain.spending import Share, cost
from ringback.store import brakes
from ringback.store.db import Connection
from tests.cast import NOON


async def add_brakes(connection: Connection, business: Business, word: str) -> None:
    """Add the rows; every free text contains `word`."""
    business_id, asked = business.business_id, cost(business, 1000, Share.PERSON, NOON)
    place = Place(Scope.PREFIX, f"prefix of {word}", 9, 9)
    await brakes.take_places(connection, business_id, (place,), asked.day_on, NOON)
    await brakes.take_money(connection, business_id, asked, NOON)
    await brakes.raise_cap(connection, business_id, asked, 5000, f"Olga of {word}")
    await connection.execute(
        "update messages set cost = 1000, cost_on = $2 where business_id = $1 and direction = 'out'",
        *(business_id, asked.day_on),
    )
