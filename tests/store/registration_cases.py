"""The calls of `twin_cases` for the registration with the carriers, and the case outside row-level security."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from ringback.domain.business import Registration
from ringback.domain.registration_facts import Answered, CarrierWord
from ringback.domain.registration_pages import PageExtras, Shown
from ringback.domain.registration_steps import Answers
from ringback.store import registration
from ringback.store.db import business_transaction
from tests.cast import NOON
from tests.store.stock import LATER

_APPROVED = Answered(CarrierWord.APPROVED)

REGISTRATION_CASES: dict[str, Callable[[Any], Awaitable[object]]] = {
    "registration.save_answer": lambda a: registration.save_answer(
        a.connection, a.business_id, a.harbor.line_id, _APPROVED, LATER
    ),
    "registration.save_trouble": lambda a: registration.save_trouble(
        a.connection, a.business_id, a.harbor.line_id, "Rex cannot be asked.", LATER
    ),
    "registration.save_refusal": lambda a: registration.save_refusal(
        a.connection, a.business_id, a.harbor.accepted_id, "30034", LATER
    ),
    "registration.set_registration": lambda a: registration.set_registration(
        a.connection, a.business_id, a.harbor.line_id, Registration.PENDING, LATER
    ),
    "registration.load_kept": lambda a: registration.load_kept(a.connection, a.business_id),
    "registration.save_answers": lambda a: registration.save_answers(
        a.connection, a.business_id, Answers(has_tax_number=False, is_company=False), LATER
    ),
    "registration.save_extras": lambda a: registration.save_extras(
        a.connection, a.business_id, PageExtras(legal_name="Rex LLC"), LATER
    ),
    "registration.tick_step": lambda a: registration.tick_step(a.connection, a.business_id, "pages", "Rex", LATER),
    "registration.untick_step": lambda a: registration.untick_step(a.connection, a.business_id, "profile"),
    "registration.keep_version": lambda a: registration.keep_version(
        a.connection, a.business_id, Shown("terms", "en", "rex", "Rex says"), LATER
    ),
}


async def a_day_later_every_open_line_is_asked_about_whosever_it_is(town: Any) -> None:
    day = timedelta(days=1)
    for one in (town.harbor, town.rex):
        async with business_transaction(town.pool, one.business_id) as connection:
            await registration.set_registration(connection, one.business_id, one.line_id, Registration.UNKNOWN, NOON)
    open_lines = {(one.business_id, one.line_id) for one in (town.harbor, town.rex)}
    assert not open_lines & set(await registration.list_lines_to_look_up(town.pool, NOON, NOON))
    assert open_lines <= set(await registration.list_lines_to_look_up(town.pool, NOON + day, NOON + day))


REGISTRATION_OUTSIDE: dict[str, Callable[[Any], Awaitable[None]]] = {
    "registration.list_lines_to_look_up": a_day_later_every_open_line_is_asked_about_whosever_it_is,
}
