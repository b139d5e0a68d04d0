"""A contact is forgotten for good, told what is known of them before, and still not texted when they call again."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from ringback.domain.bookings import BookingState
from ringback.domain.business import Business
from ringback.domain.consent_ledger import ConsentEntry, ConsentKind
from ringback.domain.erasing import Traces, is_erased, pseudonym_of
from ringback.domain.phones import parse_phone
from ringback.domain.phrases import Phrase, phrase
from ringback.store import booking_queries, consent_ledger, contacts, erasing, installation_keys, threads
from ringback.store.audit import Change, add_entry
from ringback.store.booking_queries import BookingFilter
from ringback.store.contacts import OptOut
from ringback.store.db import Connection
from ringback.workflows import calendar
from ringback.workflows.contact_import import Who
from ringback.workflows.context import Context
from ringback.workflows.secrets import open_key, seal_key

_KEY = "erased_numbers"
_WHY = phrase("The contact was erased.")
_MANY = 1000
STAFF = phrase("This number belongs to somebody who works here. Take it off the staff list first.")


class CannotErase(Exception):
    """The contact cannot be erased now; `sentence` says why and what to do."""

    def __init__(self, sentence: Phrase) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure did: rows by table, and whether the number is still not texted."""

    rows: dict[str, int]
    keeps_opt_out: bool


async def load_everything(
    connection: Connection, business: Business, contact_id: UUID
) -> dict[str, list[dict[str, Any]]] | None:
    """Return every row about a contact by its table, or None where there is no such contact."""
    traces = await erasing.find_traces(connection, business.business_id, contact_id)
    return None if traces is None else await erasing.load_rows(connection, business.business_id, traces)


async def erase_contact(
    context: Context, connection: Connection, business: Business, contact_id: UUID, who: Who, now: datetime
) -> Erased | None:
    """Forget a contact in the caller's transaction; None where there is none. Done twice it is done once.

    Raises CannotErase for the phones of staff.
    """
    business_id = business.business_id
    traces = await erasing.find_traces(connection, business_id, contact_id)
    if traces is None:
        return None
    if is_erased(traces.phone):
        return Erased({}, keeps_opt_out=False)
    if any(person.phone == traces.phone for person in business.staff):
        raise CannotErase(STAFF)
    keeps = await erasing.must_not_be_texted(connection, business_id, contact_id)
    if keeps:
        hashed = await _hash(context, connection, business_id, traces.phone, now)
        await erasing.keep_number(connection, business_id, hashed, now)
    await _stop(connection, business, traces, who.name, now)
    rows = await erasing.erase_rows(connection, business_id, traces)
    await _note(connection, business_id, contact_id, who, rows, now)
    return Erased(rows, keeps)


async def _stop(connection: Connection, business: Business, traces: Traces, who: str, now: datetime) -> None:
    """End what is under way, so that nothing of it works on after the words are gone."""
    business_id = business.business_id
    asked = BookingFilter(contact_id=traces.contact_id, since=now, state=BookingState.BOOKED)
    for booking in await booking_queries.list_bookings(connection, business_id, asked, None, _MANY):
        await calendar.cancel(connection, business, booking["booking_id"], who, _WHY, now)
    # Cancelling writes rows of its own; they are found with the others, by what leads to all of them.
    after = await erasing.find_traces(connection, business_id, traces.contact_id) or traces
    await erasing.stop_texts(connection, business_id, after, now)
    await erasing.finish_tasks(connection, business_id, after, who, now)
    for thread_id in after.threads:
        await threads.close_thread(connection, business_id, thread_id, who, now)


async def _note(
    connection: Connection, business_id: UUID, contact_id: UUID, who: Who, rows: dict[str, int], now: datetime
) -> None:
    name = pseudonym_of(contact_id)
    entry = ConsentEntry(contact_id, name, ConsentKind.ERASED, source=f"erased by {who.name}")
    await consent_ledger.add_consent_entry(connection, business_id, entry, now)
    await erasing.save_erasure(connection, business_id, contact_id, who.name, rows, now)
    await add_entry(connection, business_id, who.name, Change("contact.erased", name), now, who.person_id)


async def recall_erased(
    context: Context, connection: Connection, business: Business, version: int, caller: str, now: datetime
) -> bool:
    """Let an erased contact's opt-out stand again, now that their number is back; False for all other numbers."""
    phone = parse_phone(caller, business.country).e164
    kept = await context.erased_numbers(connection, business.business_id, version)
    # Nearly always nobody: then nothing is asked and nothing computed.
    if phone is None or not kept:
        return False
    hashed = await _hash(context, connection, business.business_id, phone, now)
    if hashed not in kept:
        return False
    since = await erasing.take_number(connection, business.business_id, hashed)
    if since is None:
        return False
    contact_id = await contacts.find_or_create_contact(connection, business.business_id, phone, now)
    await contacts.save_opt_out(connection, business.business_id, contact_id, OptOut(None, "erased", since), now)
    return True


async def _hash(context: Context, connection: Connection, business_id: UUID, phone: str, now: datetime) -> bytes:
    """There are few enough numbers to try them all: without the key, which is kept sealed, the hash tells nothing."""
    found = await installation_keys.find_key(connection, _KEY)
    if found is None:
        fresh = seal_key(context.sealer, _KEY, {"secret": secrets.token_hex(32)})
        found = await installation_keys.keep_key(connection, _KEY, fresh, now)
    key = bytes.fromhex(open_key(context.sealer, _KEY, found)["secret"])
    return hmac.digest(key, business_id.bytes + phone.encode(), "sha256")
