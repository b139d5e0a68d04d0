"""The row of a text that is to go out, and texts to the staff's own phones."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from ringback.domain.business import Line
from ringback.domain.messages import Author, Direction, MessageState, Purpose
from ringback.domain.segments import count_segments
from ringback.store import alerts, contacts, threads
from ringback.store.db import Connection
from ringback.store.ids import new_id


def outgoing_message(message_id: UUID, author: Author, purpose: Purpose, body: str, line: Line) -> dict[str, Any]:
    """Return the row of a text that is to go out on a line."""
    return {
        "message_id": message_id,
        "direction": Direction.OUT,
        "author": author,
        "purpose": purpose,
        "body": body,
        "segments": count_segments(body).count,
        "state": MessageState.INTENDED,
        "provider": line.provider,
    }


@dataclass(frozen=True, slots=True)
class ForStaff:
    """What is to be texted to a staff phone; after `valid_for` it would only add to the noise."""

    phone: str
    body: str
    valid_for: timedelta


async def text_staff_phone(
    connection: Connection, business_id: UUID, line: Line, text: ForStaff, now: datetime
) -> UUID | None:
    """Text a staff phone, in its own thread, which is nobody's conversation; return the text's id.

    None where no text can reach it: a STOP from a staff phone counts like anybody's.
    """
    contact_id = await contacts.find_or_create_contact(connection, business_id, text.phone, now)
    thread_id = await alerts.find_or_create_alert_thread(connection, business_id, contact_id, line.line_id, now)
    if not await alerts.may_be_alerted(connection, business_id, contact_id, line.line_id):
        return None
    message_id = new_id()
    message = outgoing_message(message_id, Author.SYSTEM, Purpose.ALERT, text.body, line)
    message["expires_at"] = now + text.valid_for
    await threads.add_message(connection, business_id, thread_id, line.line_id, message, now)
    return message_id
