"""What the brakes leave behind, for the stock of a business."""

from uuid import UUID, uuid5

from ringback.domain.brakes import Place, Scope
from ringback.domain.business import Business
from ringback.domain.spending import Share, cost
from ringback.store import brakes, calls
from ringback.store.db import Connection
from ringback.store.ids import new_id
from tests.cast import NOON
from tests.store.agency_stock import ring_of


def held_call_of(business_id: UUID) -> UUID:
    """Return the call in a business's stock whose text-back is held."""
    return uuid5(business_id, "a held call")


async def add_brakes(connection: Connection, business: Business, person_id: UUID, word: str) -> None:
    """Add the rows; every free text contains `word`."""
    business_id, asked = business.business_id, cost(business, 1000, Share.PERSON, NOON)
    place = Place(Scope.PREFIX, f"prefix of {word}", 9, 9)
    await brakes.take_places(connection, business_id, (place,), asked.day_on, NOON)
    await brakes.take_money(connection, business_id, asked, NOON)
    await brakes.raise_cap(connection, business_id, asked, 5000, f"Olga of {word}")
    await brakes.save_ring_cost(connection, business_id, ring_of(business_id), cost(business, 900, Share.PERSON, NOON))
    await connection.execute(
        "update messages set cost = 1000, cost_on = $2 where business_id = $1 and direction = 'out'",
        *(business_id, asked.day_on),
    )
    await connection.execute(
        "update memberships set staff_id = $3 where business_id = $1 and person_id = $2",
        *(business_id, person_id, business.staff[-1].staff_id),
    )
    await _hold_call(connection, business, word)


async def _hold_call(connection: Connection, business: Business, word: str) -> None:
    business_id, call_id = business.business_id, held_call_of(business.business_id)
    await connection.execute(
        "insert into calls (business_id, call_id, line_id, contact_id, provider, provider_call_id, caller, plan, "
        "started_at) select business_id, $2, line_id, contact_id, provider, $3, caller, plan, started_at from calls "
        "where business_id = $1 and contact_id is not null order by call_id limit 1",
        *(business_id, call_id, f"CA held at {word}"),
    )
    held = {"decision": "skip", "reason": "over_cap", "why": f"{word} is held", "outcome": "no_answer"}
    row = {**held, "text_back_id": new_id(), "over_at": NOON}
    await calls.save_decision(connection, business_id, call_id, row, None, NOON)
