"""The calls of `twin_cases` for what is known of numbers, and for a number that changed hands."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from ringback.domain.number_facts import FactSource, LineType, NumberFact
from ringback.store import number_facts
from ringback.store.number_facts import Claim
from tests.cast import CARLA, NOON
from tests.store.stock import LATER

_FACT = NumberFact(FactSource.DELIVERED, LineType.LANDLINE, LATER, carrier="Rex was here")


async def _facts(ask: Any) -> object:
    return await ask.connection.fetch("select * from number_facts order by phone, source")


async def _save_and_read(ask: Any) -> object:
    await number_facts.save_number_fact(ask.connection, ask.business_id, CARLA, _FACT)
    return await _facts(ask)


async def _learn_and_read(ask: Any) -> object:
    await number_facts.save_contact_fact(ask.connection, ask.business_id, ask.harbor.contact_id, _FACT)
    return await _facts(ask)


async def _note_and_read(ask: Any) -> object:
    later = NOON + timedelta(days=2)
    await number_facts.note_texting(ask.connection, ask.business_id, ask.harbor.contact_id, FactSource.TEXTED_US, later)
    return await _facts(ask)


async def _move_and_read(ask: Any) -> object:
    await number_facts.move_call(ask.connection, ask.business_id, ask.harbor.open_call_id, ask.harbor.opted_out_id)
    return await ask.connection.fetch("select call_id, contact_id from calls order by 1")


async def _copy_and_read(ask: Any) -> object:
    await number_facts.copy_opt_out(ask.connection, ask.business_id, ask.harbor.opted_out_id, ask.harbor.contact_id)
    return await ask.connection.fetch("select contact_id, words from opt_outs order by 1")


async def _end_and_read(ask: Any) -> object:
    await number_facts.end_lookup_mark(ask.connection, ask.business_id, ask.harbor.opted_out_id, LATER)
    return await ask.connection.fetch("select kind, ended_at from contact_marks order by 1, 2")


NUMBER_CASES: dict[str, Callable[[Any], Awaitable[object]]] = {
    "number_facts.list_number_facts": lambda a: number_facts.list_number_facts(a.connection, a.business_id, CARLA),
    "number_facts.save_number_fact": _save_and_read,
    "number_facts.save_contact_fact": _learn_and_read,
    "number_facts.claim_lookup": lambda a: number_facts.claim_lookup(
        a.connection, a.business_id, Claim(CARLA, LATER, LATER), LATER
    ),
    "number_facts.has_number": lambda a: number_facts.has_number(
        a.connection, a.business_id, a.harbor.contact_id, CARLA
    ),
    "number_facts.note_texting": _note_and_read,
    "number_facts.last_heard_at": lambda a: number_facts.last_heard_at(
        a.connection, a.business_id, a.harbor.contact_id, LATER
    ),
    "number_facts.retire_contact": lambda a: number_facts.retire_contact(
        a.connection, a.business_id, a.harbor.contact_id, LATER
    ),
    "number_facts.move_call": _move_and_read,
    "number_facts.copy_opt_out": _copy_and_read,
    "number_facts.end_lookup_mark": _end_and_read,
    "number_facts.count_filtered": lambda a: number_facts.count_filtered(
        a.connection, a.business_id, a.harbor.business.lines[0].line_id, NOON - timedelta(days=9)
    ),
}
