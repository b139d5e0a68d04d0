"""The row of a text that is to go out."""

from typing import Any
from uuid import UUID

from ringback.domain.business import Line
from ringback.domain.messages import Author, Direction, MessageState, Purpose
from ringback.domain.segments import count_segments


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
