"""Somebody is busy until a time, or is back: calls, threads and notices go by it from now on."""

from datetime import datetime
from uuid import UUID

from ringback.domain.away import Away, Back
from ringback.domain.business import Business, Staff
from ringback.store import audit, away
from ringback.store.audit import Change
from ringback.store.away import NewAway
from ringback.store.db import Connection


async def go_away(
    connection: Connection, business_id: UUID, new: NewAway, now: datetime, person_id: UUID | None = None
) -> None:
    """Note that a person, or the whole business, is away; written to the audit log."""
    await away.set_away(connection, business_id, new, now)
    change = Change("away.begin", _subject(new.staff_id), None, {"until": new.until_at})
    await audit.add_entry(connection, business_id, new.said_by, change, now, person_id)


async def come_back(
    connection: Connection,
    business_id: UUID,
    staff_id: UUID | None,
    said_by: str,
    now: datetime,
    person_id: UUID | None = None,
) -> bool:
    """Note that a person, or the business, is there again; False where they were not away."""
    if not await away.end_away(connection, business_id, staff_id, said_by, now):
        return False
    change = Change("away.end", _subject(staff_id))
    await audit.add_entry(connection, business_id, said_by, change, now, person_id)
    return True


def _subject(staff_id: UUID | None) -> str:
    return "everyone" if staff_id is None else str(staff_id)


async def say_away(
    connection: Connection, business: Business, person: Staff, said: Away | Back, now: datetime
) -> Away | Back:
    """Do what a staff member's text says of being away, and return it as it was done."""
    business_id = business.business_id
    match said:
        case Away(until_at, everyone):
            who = None if everyone else person.staff_id
            await go_away(connection, business_id, NewAway(who, until_at, person.name), now)
        case Back(everyone):
            was_away = await come_back(connection, business_id, person.staff_id, person.name, now)
            # Whoever sent everyone away ends it with the same word.
            if everyone or not was_away:
                await come_back(connection, business_id, None, person.name, now)
    return said
