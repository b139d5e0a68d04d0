"""The calls of `twin_cases` for the consent ledger, and what keeps the twins apart outside row-level security."""

from collections.abc import Awaitable, Callable
from typing import Any

from ringback.domain.consent_ledger import ConsentEntry, ConsentKind
from ringback.store import consent_ledger, contacts
from ringback.store.db import business_transaction
from tests.cast import CARLA
from tests.store.stock import LATER


async def erase_and_look(a: Any) -> object:
    """Only what the chain itself says is forgotten, so something has to be erased first."""
    erased = ConsentEntry(a.harbor.contact_id, "", ConsentKind.ERASED)
    await consent_ledger.add_consent_entry(a.connection, a.business_id, erased, LATER)
    await a.connection.execute("set constraints link_consent immediate")
    # The id that it was told itself is no news to Rex.
    return list((await consent_ledger.load_forgetting(a.connection, a.business_id)).erased.values())


async def add_and_count(a: Any) -> object:
    """Until the commit an entry has no place in the chain."""
    entry = ConsentEntry(a.harbor.contact_id, CARLA, ConsentKind.ASKED)
    await consent_ledger.add_consent_entry(a.connection, a.business_id, entry, LATER)
    return await consent_ledger.count_unchained(a.connection, a.business_id)


CONSENT_CASES: dict[str, Callable[[Any], Awaitable[object]]] = {
    "consent_ledger.add_consent_entry": lambda a: consent_ledger.add_consent_entry(
        a.connection,
        a.business_id,
        ConsentEntry(a.harbor.contact_id, CARLA, ConsentKind.DISCLOSED, "Rex was here"),
        LATER,
    ),
    "consent_ledger.list_consent": lambda a: consent_ledger.list_consent(
        a.connection, a.business_id, a.harbor.contact_id, None, 50
    ),
    "consent_ledger.load_forgetting": erase_and_look,
    "consent_ledger.list_links": lambda a: consent_ledger.list_links(a.connection, a.business_id, 0, 50),
    "consent_ledger.find_link_hash": lambda a: consent_ledger.find_link_hash(a.connection, a.business_id, 1),
    "consent_ledger.count_unchained": add_and_count,
    "consent_ledger.expire_consent": lambda a: consent_ledger.expire_consent(
        a.connection, a.business_id, 50, LATER.replace(year=LATER.year + 20)
    ),
    "contacts.find_contact": lambda a: contacts.find_contact(a.connection, a.business_id, CARLA),
}


async def all_ledgers_are_listed_by_id_and_open_nothing(town: Any) -> None:
    """The work that forgets what is old goes through all businesses, each in a transaction of its own."""
    found = await consent_ledger.list_ledgers(town.pool)
    assert set(found) == {town.harbor.business_id, town.rex.business_id}
    async with business_transaction(town.pool, town.rex.business_id) as connection:
        assert await consent_ledger.list_links(connection, town.harbor.business_id, 0, 50) == []


CONSENT_OUTSIDE: dict[str, Callable[[Any], Awaitable[None]]] = {
    "consent_ledger.list_ledgers": all_ledgers_are_listed_by_id_and_open_nothing,
}
