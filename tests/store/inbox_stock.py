"""What people leave behind in the inbox, for the stock of a business: a row in each of its tables."""

from datetime import timedelta
from uuid import UUID, uuid5

from ringback.domain.business import Business
from ringback.store import inbox, owners, presence, quick_replies, suggestions, thread_notes
from ringback.store.db import Connection
from ringback.store.suggestions import NewSuggestion
from tests.cast import NOON


def id_of(business_id: UUID, what: str) -> UUID:
    """Return the id of a row that the cases ask for: a person, a note, a quick reply or a suggestion of a business."""
    return uuid5(business_id, what)


async def add_inbox(connection: Connection, business: Business, thread_id: UUID, message_id: UUID, word: str) -> None:
    """Add the rows; every free text contains `word`."""
    business_id, olga = business.business_id, (id_of(business.business_id, "person"), f"Olga of {word}")
    await inbox.mark_read(connection, business_id, olga[0], thread_id, NOON)
    await presence.note_typing(connection, business_id, thread_id, olga, NOON + timedelta(hours=1), NOON)
    words = (olga[1], f"{word} pays late")
    await thread_notes.add_thread_note(connection, business_id, thread_id, id_of(business_id, "note"), words, NOON)
    staff_id = business.staff[0].staff_id
    for owner_id in (staff_id, None):
        await owners.assign_thread(connection, business_id, thread_id, owner_id, NOON, olga[1])
    await quick_replies.save_quick_reply(connection, business_id, id_of(business_id, "quick"), word, f"{word} is open.")
    made = NewSuggestion(id_of(business_id, "suggestion"), thread_id, message_id, f"{word} opens at nine.", ())
    await suggestions.save_suggestion(connection, business_id, made, NOON)
