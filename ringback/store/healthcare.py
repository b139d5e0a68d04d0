"""How often somebody was reminded: a provider may do so once a day and three times a week."""

from datetime import datetime, timedelta
from uuid import UUID

from ringback.store.db import Connection


async def count_reminders(
    connection: Connection, business_id: UUID, contact_id: UUID, now: datetime
) -> tuple[int, int]:
    """Return how many reminders a contact was sent, or is about to be, in 24 hours and in seven days."""
    row = await connection.fetchrow(
        "select count(*) filter (where m.created_at > $4) as today, count(*) as week "
        "from threads t join messages m using (business_id, thread_id) "
        "where t.business_id = $1 and t.contact_id = $2 and m.created_at > $3 and m.purpose = 'reminder' "
        "and m.direction = 'out' and m.state not in ('dropped', 'rejected')",
        *(business_id, contact_id, now - timedelta(days=7), now - timedelta(hours=24)),
    )
    return (row["today"], row["week"]) if row else (0, 0)
