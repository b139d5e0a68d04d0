"""Marks on contacts, set and taken off by people and by programs: what follows for the thread, and for the books."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from ringback.domain.textback import Mark
from ringback.store import contacts, inbox, threads
from ringback.store.audit import Change, add_entry
from ringback.store.contacts import NewMark
from ringback.store.db import Connection
from ringback.workflows.contact_import import Who

# They wait for nobody's reply; who is not to be texted may still be called back.
_ENDS_WAITING = (Mark.BLOCKED, Mark.SPAM)


async def set_mark(
    connection: Connection,
    business_id: UUID,
    contact: Mapping[str, Any],
    new: NewMark,
    now: datetime,
    person_id: UUID | None = None,
) -> None:
    """Mark a contact who does not have this mark; `contact` is a row with `contact_id`, `phone` and `thread_id`."""
    await contacts.add_mark(connection, business_id, contact["contact_id"], new, now)
    # The number, not the name: names change, and two people may have one.
    change = Change("contact.marked", contact["phone"], None, {"mark": new.kind, "why": new.why})
    await add_entry(connection, business_id, new.made_by, change, now, person_id)
    if new.kind in _ENDS_WAITING and contact["thread_id"] is not None:
        await threads.close_thread(connection, business_id, contact["thread_id"], new.made_by, now)


async def take_mark_off(
    connection: Connection, business_id: UUID, contact: Mapping[str, Any], kind: Mark, who: Who, now: datetime
) -> None:
    """End a mark that a contact has; the waiting that it had ended comes back."""
    await contacts.end_mark(connection, business_id, contact["contact_id"], kind, who.name, now)
    change = Change("contact.unmarked", contact["phone"], {"mark": kind})
    await add_entry(connection, business_id, who.name, change, now, who.person_id)
    if kind in _ENDS_WAITING and contact["thread_id"] is not None:
        await inbox.reopen_thread(connection, business_id, contact["thread_id"], now)
