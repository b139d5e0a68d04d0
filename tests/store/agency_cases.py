"""The calls of `twin_cases` for agencies, lists of contacts and files of contacts; and what is outside row security."""

from collections.abc import Awaitable, Callable
from typing import Any

from ringback.domain.call_back_calls import RingStep
from ringback.domain.textback import Mark
from ringback.store import agencies, audit, call_back_calls, contact_lists, people
from ringback.store.agencies import Agency
from ringback.store.call_back_calls import Brake, NewRing
from ringback.store.contact_lists import ContactSearch, Draft, Effect
from ringback.store.ids import new_id
from ringback.store.people import Person
from tests.cast import NOON
from tests.store.agency_stock import FRIEND, agency_of, friend_of, import_of, ring_of
from tests.store.outside_cases import Town, isolates
from tests.store.stock import LATER, Stock

Case = Callable[[Any], Awaitable[object]]


def _import(harbor: Stock) -> Any:
    return import_of(harbor.business_id)


def _friend(harbor: Stock) -> Any:
    return friend_of(harbor.business_id)


def _ring(harbor: Stock) -> NewRing:
    person = harbor.business.staff[0]
    return NewRing(new_id(), harbor.thread_id, harbor.contact_id, harbor.line_id, person.staff_id, person.name)


async def _spoken_with(ask: Any) -> tuple[int, float | None]:
    """Harbor's call back has ended well before it is counted: with none, both would be told of nothing."""
    ring_id = ring_of(ask.harbor.business_id)
    await ask.connection.execute("update call_back_calls set missed_at = $1 where ring_id = $2", NOON, ring_id)
    await call_back_calls.note_end(ask.connection, ask.business_id, ring_id, 30, LATER)
    return await call_back_calls.callback_seconds(ask.connection, ask.business_id, NOON, LATER)


async def _note_unsure(ask: Any) -> None:
    """Of a call that nobody has taken to be placed there is nothing to be unsure of."""
    ring_id = ring_of(ask.harbor.business_id)
    await ask.connection.execute("update call_back_calls set placing_at = $1 where ring_id = $2", NOON, ring_id)
    await call_back_calls.note_unsure(ask.connection, ask.business_id, ring_id)


AGENCY_CASES: dict[str, Case] = {
    "audit.list_choices": lambda a: audit.list_choices(a.connection, a.business_id),
    "contact_lists.list_contacts": lambda a: contact_lists.list_contacts(
        a.connection, a.business_id, ContactSearch(), None, 50
    ),
    "contact_lists.get_contact_page": lambda a: contact_lists.get_contact_page(
        a.connection, a.business_id, _friend(a.harbor)
    ),
    "contact_lists.list_marks": lambda a: contact_lists.list_marks(a.connection, a.business_id, _friend(a.harbor)),
    "contact_lists.save_draft": lambda a: contact_lists.save_draft(
        a.connection, a.business_id, Draft(new_id(), "rex.csv", "name,phone", "Rex"), LATER
    ),
    "contact_lists.get_import": lambda a: contact_lists.get_import(a.connection, a.business_id, _import(a.harbor)),
    "contact_lists.lock_import": lambda a: contact_lists.lock_import(a.connection, a.business_id, _import(a.harbor)),
    "contact_lists.list_imports": lambda a: contact_lists.list_imports(a.connection, a.business_id, 50),
    "contact_lists.find_known": lambda a: contact_lists.find_known(a.connection, a.business_id, [FRIEND]),
    "contact_lists.add_contacts": lambda a: contact_lists.add_contacts(
        a.connection, a.business_id, [(new_id(), "+13125550150", "Rex's friend", None)], LATER
    ),
    "contact_lists.fill_in": lambda a: contact_lists.fill_in(
        a.connection, a.business_id, [(a.harbor.opted_out_id, "Rex was here", "es")]
    ),
    "contact_lists.add_marks": lambda a: contact_lists.add_marks(
        a.connection, a.business_id, [(new_id(), a.harbor.contact_id)], (Mark.BLOCKED, "Rex", "Rex", LATER)
    ),
    "contact_lists.add_effects": lambda a: contact_lists.add_effects(
        a.connection,
        a.business_id,
        _import(a.harbor),
        [Effect(a.harbor.contact_id, made=False, name="Rex", language=None, mark_id=None)],
    ),
    "contact_lists.finish_import": lambda a: contact_lists.finish_import(
        a.connection, a.business_id, _import(a.harbor), "suppliers", (9, 9), LATER
    ),
    "contact_lists.undo_import": lambda a: contact_lists.undo_import(
        a.connection, a.business_id, _import(a.harbor), "Rex", LATER
    ),
}

CALLING_CASES: dict[str, Case] = {
    "call_back_calls.add_ring": lambda a: call_back_calls.add_ring(
        a.connection, a.business_id, _ring(a.harbor), Brake(), LATER
    ),
    "call_back_calls.claim_ring": lambda a: call_back_calls.claim_ring(
        a.connection, a.business_id, ring_of(a.harbor.business_id), LATER
    ),
    "call_back_calls.save_placed": lambda a: call_back_calls.save_placed(
        a.connection, a.business_id, ring_of(a.harbor.business_id), "CA-rex", None
    ),
    "call_back_calls.get_ring": lambda a: call_back_calls.get_ring(
        a.connection, a.business_id, ring_of(a.harbor.business_id)
    ),
    "call_back_calls.note_step": lambda a: call_back_calls.note_step(
        a.connection, a.business_id, ring_of(a.harbor.business_id), RingStep.STAFF_ANSWERED, LATER
    ),
    "call_back_calls.note_end": lambda a: call_back_calls.note_end(
        a.connection, a.business_id, ring_of(a.harbor.business_id), 30, LATER
    ),
    "call_back_calls.tell_thread": lambda a: call_back_calls.tell_thread(
        a.connection, a.business_id, a.harbor.thread_id, LATER
    ),
    "call_back_calls.list_open_tasks": lambda a: call_back_calls.list_open_tasks(
        a.connection, a.business_id, a.harbor.contact_id
    ),
    "call_back_calls.note_unsure": _note_unsure,
    "call_back_calls.callback_seconds": _spoken_with,
    "call_back_calls.find_thread_of_task": lambda a: call_back_calls.find_thread_of_task(
        a.connection, a.business_id, a.harbor.call_back_id
    ),
}

# Reads each business under its own row-level security, whichever the transaction saw before.
AGENCY_SETS_BUSINESS: dict[str, Case] = {
    "agencies.load_figures": lambda a: agencies.load_figures(a.connection, [a.business_id], ["no_answer"], LATER),
}


@isolates("agencies.create_agency", "agencies.find_agency", "agencies.agency_of", "agencies.list_business_ids")
@isolates("agencies.add_business", "agencies.remove_business", "agencies.add_person", "agencies.remove_person")
@isolates("agencies.list_slugs")
async def the_people_of_rexs_agency_enter_rexs_business_and_never_harbors(town: Town) -> None:
    rexs, harbors = agency_of(town.rex.business_id), agency_of(town.harbor.business_id)
    person = Person(new_id(), "ana@agency.example", "Ana", "hash")
    await people.save_person(town.pool, person, town.rex.business_id, "owner", LATER)

    await agencies.add_person(town.pool, rexs, person.person_id, LATER)
    assert not await agencies.add_business(town.pool, rexs, town.harbor.business_id, LATER), "it has an agency already"
    assert not await agencies.remove_business(town.pool, rexs, town.harbor.business_id)
    assert not await agencies.remove_person(town.pool, harbors, person.person_id)
    assert not await agencies.create_agency(town.pool, Agency(new_id(), "agency-harbor", "Taken"), LATER)

    assert await agencies.list_business_ids(town.pool, rexs) == [town.rex.business_id]
    assert await agencies.list_slugs(town.pool, rexs) == ["rex-dental"]
    found = await agencies.find_agency(town.pool, "agency-rival")
    assert found == await agencies.agency_of(town.pool, person.person_id, town.rex.business_id)
    assert await agencies.agency_of(town.pool, person.person_id, town.harbor.business_id) is None
    entered = "select business_id, role from memberships where person_id = $1"
    assert [tuple(row) for row in await town.pool.fetch(entered, person.person_id)] == [
        (town.rex.business_id, "agency")
    ]
    assert await agencies.remove_person(town.pool, rexs, person.person_id)
    assert await town.pool.fetch(entered, person.person_id) == []
    assert await agencies.remove_business(town.pool, rexs, town.rex.business_id)
    assert await agencies.list_business_ids(town.pool, rexs) == []
