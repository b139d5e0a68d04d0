"""What an agency and a file of contacts leave behind, for the stock of a business."""

from datetime import timedelta
from uuid import UUID, uuid5

from ringback.domain.business import Business
from ringback.domain.textback import Mark
from ringback.store import agencies, call_back_calls, contact_lists, contacts, threads
from ringback.store.agencies import Agency
from ringback.store.call_back_calls import Brake, NewRing
from ringback.store.contact_lists import Draft, Effect
from ringback.store.db import Connection
from ringback.store.ids import new_id
from tests.cast import CARLA, NOON

FRIEND = "+13125550149"


def import_of(business_id: UUID) -> UUID:
    """Return the import of a stocked business."""
    return uuid5(business_id, "import")


def friend_of(business_id: UUID) -> UUID:
    """Return the contact that came with it."""
    return uuid5(business_id, "friend")


def ring_of(business_id: UUID) -> UUID:
    """Return the call back of a stocked business."""
    return uuid5(business_id, "ring")


def agency_of(business_id: UUID) -> UUID:
    """Return the agency of a stocked business."""
    return uuid5(business_id, "agency")


async def add_agency(connection: Connection, business: Business, word: str) -> None:
    """Let an agency of the business's own look after it, and bring a friend in; free texts contain `word`."""
    business_id = business.business_id
    agency = Agency(agency_of(business_id), f"agency-{word}", f"Agency of {word}")
    await agencies.create_agency(connection, agency, NOON)
    await agencies.add_business(connection, agency.agency_id, business_id, NOON)
    draft = Draft(import_of(business_id), f"{word}.csv", f"name,phone\nFriend of {word},{FRIEND}", f"Olga of {word}")
    await contact_lists.save_draft(connection, business_id, draft, NOON)
    contact_id, mark_id, name = friend_of(business_id), new_id(), f"Friend of {word}"
    await contact_lists.add_contacts(connection, business_id, [(contact_id, FRIEND, name, "en")], NOON)
    said = (Mark.DO_NOT_TEXT, f"{word} says so", f"Olga of {word}", NOON + timedelta(seconds=1))
    await contact_lists.add_marks(connection, business_id, [(mark_id, contact_id)], said)
    effect = Effect(contact_id, made=True, name=name, language="en", mark_id=mark_id)
    await contact_lists.add_effects(connection, business_id, draft.import_id, [effect])
    await _add_ring(connection, business)
    await contact_lists.finish_import(connection, business_id, draft.import_id, "friends", (1, 0), NOON)


async def _add_ring(connection: Connection, business: Business) -> None:
    business_id, line_id, person = business.business_id, business.lines[0].line_id, business.staff[0]
    contact_id = await contacts.find_or_create_contact(connection, business_id, CARLA, NOON)
    thread_id = await threads.find_or_create_thread(connection, business_id, contact_id, line_id, NOON)
    ring = NewRing(ring_of(business_id), thread_id, contact_id, line_id, person.staff_id, person.name)
    await call_back_calls.add_ring(connection, business_id, ring, Brake(), NOON)
