"""What waiting leaves behind, for the stock of a business: a wait, somebody away, a text of staff on its way."""

from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from ringback.domain.business import Business
from ringback.store import away, relay
from ringback.store.away import NewAway
from ringback.store.db import Connection
from ringback.store.ids import new_id
from ringback.store.relay import NewRelay
from tests.cast import NOON


@dataclass(frozen=True)
class RoutingStock:
    """Ids of what waits."""

    wait_id: UUID
    relay_id: UUID


async def add_routing(connection: Connection, business: Business, thread_id: UUID, word: str) -> RoutingStock:
    """Add the rows; every free text contains `word`. The wait is there since the thread needs a reply."""
    business_id, sam = business.business_id, business.staff[0].staff_id
    wait_id: UUID = await connection.fetchval(
        "update reply_waits set next_at = $3 where business_id = $1 and thread_id = $2 and ended_how is null "
        "returning wait_id",
        *(business_id, thread_id, NOON),
    )
    await away.set_away(connection, business_id, NewAway(sam, NOON + timedelta(hours=1), f"Sam of {word}"), NOON)
    await connection.execute(
        "insert into staff_quiet_hours (business_id, staff_id, quiet_from, quiet_until) "
        "values ($1, $2, '22:00', '07:00') on conflict do nothing",
        *(business_id, sam),
    )
    held = NewRelay(
        new_id(), sam, business.lines[0].line_id, f"{word} opens at 8", [thread_id], NOON + timedelta(minutes=30)
    )
    await relay.add_relay(connection, business_id, held, NOON, asked=True)
    await relay.add_relay(connection, business_id, replace(held, relay_id=new_id(), thread_id=thread_id), NOON)
    await connection.execute(
        "update messages set written_by = $3 where business_id = $1 and thread_id = $2 and author = 'staff'",
        *(business_id, thread_id, f"Sam of {word}"),
    )
    return RoutingStock(wait_id, held.relay_id)
