"""What a ledger of recovered jobs leaves behind, for the stock of a business: a row in each of its tables."""

from uuid import UUID

from ringback.domain.business import Business
from ringback.domain.recovery import ServiceValue, Values
from ringback.store import recovery, report_queries
from ringback.store.db import Connection
from ringback.store.feed import Position
from ringback.store.recovery import Progress, Touched
from tests.cast import CARLA, NOON
from tests.store.recovery_history import History


async def add_recovery(connection: Connection, business: Business, person_id: UUID, word: str) -> None:
    """Add the rows; every free text contains `word`."""
    business_id = business.business_id
    call_id = await connection.fetchval(
        "select call_id from text_backs where business_id = $1 and message_id is not null", business_id
    )
    values = Values(12300, 80, 1100, {f"Cleaning at {word}": ServiceValue(4500)})
    await report_queries.save_values(connection, business_id, values)
    await report_queries.save_job_value(connection, business_id, call_id, 20000, f"Olga of {word}", NOON)
    await History(connection, business).answered_wait(CARLA, NOON, by=f"Sam of {word}", seconds=60)
    everyone = await recovery.list_everyone(connection, business_id)
    days = await recovery.recount(connection, business_id, Touched(everyone.contacts, everyone.calls), business.zone)
    await recovery.sum_days(connection, business_id, days)
    await recovery.save_progress(connection, business_id, Progress(Position(1, 0), business.zone, NOON))
    await report_queries.set_reader(connection, business_id, person_id, NOON, wanted=True)
    await report_queries.claim_week(connection, business_id, NOON.date(), NOON, 1)
